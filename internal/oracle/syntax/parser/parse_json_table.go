package parser

import (
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// parseJSONTable reads expr [FORMAT JSON] [, path] [ON ERROR ...] COLUMNS ... up to the ")".
func (p *parser) parseJSONTable(c *ast.Call) {
	c.Args = append(c.Args, p.parseJSONArg(false))
	if p.got(token.Comma) {
		c.Args = append(c.Args, p.parseJSONArg(false))
	}
	lo := p.mark()
	o := p.parseFuncOptions()
	if o == nil {
		o = &ast.FuncOptions{}
	}
	o.Columns = p.parseJSONColumns()
	for p.tok.Kind == token.Ident && p.parseFuncOption(o) {
		continue
	}
	o.Span = p.since(lo)
	c.Options = o
}

// parseNestedJSON reads NESTED [PATH] column [, path] COLUMNS (...) behind a table (19c).
func (p *parser) parseNestedJSON(lo uint32, t ast.TableRef) ast.TableRef {
	p.wantKw(token.NESTED)
	p.gotKw(token.PATH)
	n := &ast.NestedJSON{X: t}
	clo := p.mark()
	n.Call = p.newCall()
	p.parseJSONTable(n.Call)
	n.Call.Span = p.since(clo)
	n.Span = p.since(lo)
	return n
}

// parseJSONColumns reads COLUMNS (a ..., b ...); the parentheses may be left out.
func (p *parser) parseJSONColumns() []*ast.TableColumn {
	p.wantKw(token.COLUMNS)
	p.enter()
	paren := p.got(token.LParen)
	var list []*ast.TableColumn
	for {
		list = append(list, p.parseJSONColumn())
		if !p.got(token.Comma) {
			break
		}
	}
	if paren {
		p.want(token.RParen)
	}
	p.leave()
	return list
}

func (p *parser) parseJSONColumn() *ast.TableColumn {
	lo := p.mark()
	col := &ast.TableColumn{}
	if p.is(token.NESTED) && (p.peek(1).Is(token.PATH) || isString(p.peek(1).Kind) || p.nestedStep()) {
		p.next()
		olo := p.mark()
		p.gotKw(token.PATH)
		o := &ast.FuncOptions{Path: p.parseJSONPath()}
		for p.tok.Kind == token.Ident && p.parseFuncOption(o) {
			continue
		}
		o.Span = p.since(olo)
		col.Options = o
		col.Nested = p.parseJSONColumns()
		col.Span = p.since(lo)
		return col
	}
	col.Name = p.parseIdent()
	if p.gotSeq(token.FOR, token.ORDINALITY) {
		col.Ordinality = true
		col.Span = p.since(lo)
		return col
	}
	if p.tok.Name() && !p.startsJSONColumnClause() {
		col.Type = p.parseDataType()
	}
	olo := p.mark()
	o := &ast.FuncOptions{}
	for p.tok.Kind == token.Ident {
		if p.gotKw(token.EXISTS) {
			col.Exists = true
		} else if o.Path == nil && p.gotKw(token.PATH) {
			o.Path = p.parseJSONPath()
		} else if !p.parseFuncOption(o) {
			break
		}
	}
	if p.mark() > olo {
		o.Span = p.since(olo)
		col.Options = o
	}
	col.Span = p.since(lo)
	return col
}

// nestedStep reports whether NESTED is followed by a path in the simple dot notation: NESTED items[*] COLUMNS,
// NESTED a.b COLUMNS.
func (p *parser) nestedStep() bool {
	if !p.peek(1).Name() {
		return false
	}
	t := p.peek(2)
	return t.Kind == token.LBracket || t.Kind == token.Dot || t.Is(token.COLUMNS)
}

// parseJSONPath reads a path: text, or in the simple dot notation a.b[0].c[*].
func (p *parser) parseJSONPath() ast.Expr {
	if !p.tok.Name() {
		return p.parseOperand()
	}
	lo := p.mark()
	var x ast.Expr = p.parseName()
	for {
		switch {
		case p.at(token.LBracket):
			x = p.parseIndex(lo, x)
		case p.at(token.Dot) && p.peek(1).Name():
			p.next()
			f := &ast.Field{X: x, Name: p.parseIdent()}
			f.Span = p.since(lo)
			x = f
		default:
			return x
		}
	}
}

// startsJSONColumnClause tells a clause from a data type behind a column's name.
func (p *parser) startsJSONColumnClause() bool {
	switch p.tok.Kw {
	case token.PATH, token.EXISTS, token.FORMAT, token.NULL, token.ERROR, token.DEFAULT, token.TRUNCATE, token.EMPTY,
		token.TRUE, token.FALSE, token.WITH, token.WITHOUT, token.ALLOW, token.DISALLOW:
		return p.tok.Kind == token.Ident
	}
	return false
}

// parseJSONTransform reads expr, operation, ... [PASSING ...] [RETURNING ...] up to the ")".
func (p *parser) parseJSONTransform(c *ast.Call) {
	c.Args = append(c.Args, p.parseJSONArg(false))
	p.want(token.Comma)
	lo := p.mark()
	o := &ast.FuncOptions{}
	o.Ops = p.parseJSONOps()
	for p.tok.Kind == token.Ident && p.parseFuncOption(o) {
		continue
	}
	o.Span = p.since(lo)
	c.Options = o
}

func (p *parser) parseJSONOps() []*ast.JSONOp {
	var ops []*ast.JSONOp
	for {
		ops = append(ops, p.parseJSONOp())
		if !p.got(token.Comma) {
			return ops
		}
	}
}

// parseJSONOp reads one operation: SET path = value, REMOVE path, KEEP path, path, NESTED PATH path (...), CASE ...
func (p *parser) parseJSONOp() *ast.JSONOp {
	p.enter()
	lo := p.mark()
	op := &ast.JSONOp{Op: p.tok.Kw}
	if !p.at(token.Ident) {
		p.expected("an operation of JSON_TRANSFORM")
	}
	switch p.tok.Kw {
	case token.CASE:
		p.next()
		for p.is(token.WHEN) || p.is(token.ELSE) {
			op.Ops = append(op.Ops, p.parseJSONArm())
		}
		p.wantKw(token.END)
	case token.NESTED:
		p.next()
		p.gotKw(token.PATH)
		op.Paths = append(op.Paths, p.parseOperand())
		p.want(token.LParen)
		op.Ops = p.parseJSONOps()
		p.want(token.RParen)
	case token.KEEP, token.REMOVE, token.RENAME, token.SET, token.INSERT, token.REPLACE, token.APPEND, token.PREPEND,
		token.COPY, token.MINUS, token.MERGE, token.UNION, token.INTERSECT, token.SORT, token.ADD_SET,
		token.REMOVE_SET:
		p.next()
		p.parseJSONChange(op)
	default:
		p.expected("an operation of JSON_TRANSFORM")
	}
	op.Span = p.since(lo)
	p.leave()
	return op
}

// parseJSONArm reads WHEN condition THEN (operations) or ELSE (operations).
func (p *parser) parseJSONArm() *ast.JSONOp {
	lo := p.mark()
	arm := &ast.JSONOp{Op: p.tok.Kw}
	p.next()
	if arm.Op == token.WHEN {
		arm.Paths = append(arm.Paths, p.parseOperand())
		p.wantKw(token.THEN)
	}
	p.want(token.LParen)
	arm.Ops = p.parseJSONOps()
	p.want(token.RParen)
	arm.Span = p.since(lo)
	return arm
}

func (p *parser) parseJSONChange(op *ast.JSONOp) {
	op.Paths = append(op.Paths, p.parseOperand())
	switch {
	case op.Op == token.KEEP:
		for p.at(token.Comma) && isString(p.peek(1).Kind) {
			p.next()
			op.Paths = append(op.Paths, p.parseOperand())
		}
	case op.Op == token.SORT:
		for {
			switch {
			case p.gotAny(token.ASC, token.DESC, token.REVERSE, token.UNIQUE) != 0, p.gotSeq(token.REMOVE, token.NULLS):
			case p.is(token.ORDER):
				olo := p.mark()
				o := &ast.FuncOptions{OrderBy: p.parseOrderBy()}
				o.Span = p.since(olo)
				op.Options = o
			default:
				return
			}
		}
	case p.got(token.EQ), op.Op == token.RENAME && p.gotKw(token.WITH):
		op.ByPath = p.gotKw(token.PATH)
		op.Value = p.parseExpr()
	}
	if o := p.parseFuncOptions(); o != nil {
		op.Options = o
	}
}
