package parser

import (
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// parseOpen reads OPEN cursor [(args)] and OPEN cursor FOR query | text [USING ...].
func (p *parser) parseOpen() ast.Stmt {
	lo := p.mark()
	p.next()
	c := p.parseChain("a cursor")
	if !p.gotKw(token.FOR) {
		return &ast.Open{Span: p.since(lo), Cursor: c}
	}
	s := &ast.OpenFor{Cursor: c}
	if p.is(token.SELECT) || p.is(token.WITH) || p.parenQueryAt(0) {
		s.Query = p.parseSelect()
	} else {
		s.Text = p.parseExpr()
	}
	if p.is(token.USING) {
		s.Using = p.parseBindArgs()
	}
	s.Span = p.since(lo)
	return s
}

// parseFetch reads FETCH cursor [BULK COLLECT] INTO targets [LIMIT n].
func (p *parser) parseFetch() ast.Stmt {
	lo := p.mark()
	p.next()
	s := &ast.Fetch{Cursor: p.parseChain("a cursor")}
	if p.gotKw(token.BULK) {
		p.wantKw(token.COLLECT)
		s.Bulk = true
	}
	p.wantKw(token.INTO)
	s.Into = p.parseTargets()
	if p.gotKw(token.LIMIT) {
		s.Limit = p.parseExpr()
	}
	s.Span = p.since(lo)
	return s
}

// parseClose reads CLOSE cursor.
func (p *parser) parseClose() ast.Stmt {
	lo := p.mark()
	p.next()
	s := &ast.Close{Cursor: p.parseChain("a cursor")}
	s.Span = p.since(lo)
	return s
}

// parseTargets reads the variables behind INTO.
func (p *parser) parseTargets() []ast.Expr {
	list := []ast.Expr{p.parseChain("a variable")}
	for p.got(token.Comma) {
		list = append(list, p.parseChain("a variable"))
	}
	return list
}

// parseExecImmediate reads EXECUTE IMMEDIATE text [INTO ...] [USING ...] [RETURNING INTO ...].
func (p *parser) parseExecImmediate() *ast.ExecImmediate {
	lo := p.mark()
	p.next()
	p.next()
	s := &ast.ExecImmediate{Text: p.parseExpr()}
	if p.gotSeq(token.BULK, token.COLLECT) {
		s.Bulk = true
	}
	if s.Bulk || p.is(token.INTO) {
		p.wantKw(token.INTO)
		s.Into = p.parseTargets()
	}
	if p.is(token.USING) {
		s.Using = p.parseBindArgs()
	}
	if p.gotAny(token.RETURNING, token.RETURN) != 0 {
		if p.gotSeq(token.BULK, token.COLLECT) {
			s.ReturningBulk = true
		}
		p.wantKw(token.INTO)
		s.Returning = p.parseTargets()
	}
	s.Span = p.since(lo)
	return s
}

// parseBindArgs reads USING [IN | OUT | IN OUT] value, ...
func (p *parser) parseBindArgs() []*ast.UsingArg {
	p.next()
	var args []*ast.UsingArg
	for {
		lo := p.mark()
		a := &ast.UsingArg{}
		a.In = p.gotKw(token.IN)
		if p.is(token.OUT) {
			switch t := p.peek(1); {
			case t.Name() && !t.Is(token.RETURNING), t.Kind == token.Bind:
				a.Out = true
				p.next()
			}
		}
		a.X = p.parseExpr()
		a.Span = p.since(lo)
		args = append(args, a)
		if !p.got(token.Comma) {
			return args
		}
	}
}
