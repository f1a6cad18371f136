package parser

import (
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// parseJSONArgs reads the arguments and clauses of a SQL/JSON function up to its ")".
func (p *parser) parseJSONArgs(c *ast.Call, kw token.Keyword) {
	if kw == token.JSON_ARRAYAGG {
		c.Distinct = p.distinct()
	}
	entries := kw == token.JSON_OBJECT || kw == token.JSON_OBJECTAGG
	if !p.startsJSONOption() {
		for {
			c.Args = append(c.Args, p.parseJSONArg(entries))
			if !p.got(token.Comma) {
				break
			}
		}
	}
	c.Options = p.parseFuncOptions()
}

// parseJSONArg reads x [FORMAT JSON], and in JSON_OBJECT the entries [KEY] k VALUE v, k : v, *, t.*, col.
// The key of an entry is Keys[0].
func (p *parser) parseJSONArg(entry bool) *ast.Arg {
	lo := p.mark()
	a := p.newArg()
	switch n := p.starItem(); {
	case entry && n > 0:
		p.skip(n)
		name := p.newName()
		name.Star = true
		name.Span = p.since(lo)
		a.X = name
	case entry:
		if p.is(token.KEY) && startsOperand(p.peek(1)) && p.peek(1).Kind != token.LParen && !p.peek(1).Is(token.VALUE) {
			p.next()
		}
		a.X = p.parseOperand()
		if p.is(token.VALUE) || p.is(token.IS) {
			p.next()
			a.Keys = []ast.Expr{a.X}
			a.X = p.parseExpr()
		} else if p.got(token.Colon) || p.at(token.Bind) {
			// 'k':v without a space reads as a bind :v; nothing else can stand here
			a.Keys = []ast.Expr{a.X}
			a.X = p.parseExpr()
		}
	default:
		a.X = p.parseArgValue()
	}
	a.Extra = p.parseFormatJSON()
	a.Span = p.since(lo)
	return a
}

// parseFormatJSON reads FORMAT JSON [ENCODING x]; nil without it.
func (p *parser) parseFormatJSON() *ast.Clause {
	if !p.is(token.FORMAT) || !p.peek(1).Is(token.JSON) {
		return nil
	}
	lo := p.mark()
	p.skip(2)
	c := &ast.Clause{Head: token.FORMAT}
	if p.gotKw(token.ENCODING) {
		c.Names = append(c.Names, p.parseIdent())
	}
	c.Span = p.since(lo)
	return c
}

// startsJSONOption tells JSON_ARRAY(RETURNING CLOB) and the like, which have clauses and no argument.
func (p *parser) startsJSONOption() bool {
	switch {
	case p.is(token.RETURNING):
		return p.peek(1).Name()
	case p.is(token.NULL), p.is(token.ABSENT):
		return p.peek(1).Is(token.ON) && p.peek(2).Is(token.NULL)
	}
	return false
}

// parseFuncOptions reads the clauses behind the arguments of a SQL/JSON or SQL/XML function; nil when none follows.
func (p *parser) parseFuncOptions() *ast.FuncOptions {
	if p.tok.Kind != token.Ident {
		return nil
	}
	lo := p.mark()
	o := &ast.FuncOptions{}
	for p.tok.Kind == token.Ident && p.parseFuncOption(o) {
		continue
	}
	if p.mark() == lo {
		return nil
	}
	o.Span = p.since(lo)
	return o
}

func (p *parser) parseFuncOption(o *ast.FuncOptions) bool {
	n := p.peek(1)
	switch p.tok.Kw {
	case token.RETURNING:
		p.next()
		o.Returning = p.parseDataType()
		if lo := p.mark(); p.gotKw(token.USING) { // of an object type or record
			k := p.gotAny(token.CASE_SENSITIVE, token.CASE_INSENSITIVE)
			if k == 0 {
				p.expected("CASE_SENSITIVE", "CASE_INSENSITIVE")
			}
			p.wantKw(token.MAPPING)
			o.Words = &ast.Clause{Head: k, Span: p.since(lo)}
		}
	case token.FORMAT:
		if !n.Is(token.JSON) {
			return false
		}
		p.skip(2)
		o.Format = true
	case token.PRETTY:
		p.next()
		o.Pretty = true
	case token.ASCII:
		p.next()
		o.ASCII = true
	case token.ORDERED:
		p.next()
		o.Ordered = true
	case token.TRUNCATE:
		p.next()
		o.Truncate = true
	case token.STRICT, token.LAX:
		o.Strict = p.is(token.STRICT)
		p.next()
	case token.EXTENDED:
		p.next()
	case token.ALLOW, token.DISALLOW:
		if n.Is(token.BOOLEAN) { // ALLOW BOOLEAN TO NUMBER CONVERSION
			lo := p.mark()
			k := p.tok.Kw
			p.skip(2)
			p.wantKw(token.TO, token.NUMBER, token.CONVERSION)
			o.Words = &ast.Clause{Head: k, Span: p.since(lo)}
			return true
		}
		if !n.Is(token.SCALARS) {
			return false
		}
		o.Scalars = p.tok.Kw
		p.skip(2)
	case token.WITH, token.WITHOUT:
		p.parseWrapper(o)
	case token.KEEP, token.OMIT:
		if !n.Is(token.QUOTES) {
			return false
		}
		o.Quotes = p.tok.Kw
		p.skip(2)
		if p.gotKw(token.ON) {
			p.wantKw(token.SCALAR, token.STRING)
		}
	case token.TYPE:
		if n.Kind == token.LParen {
			p.skip(2)
			if o.Type = p.gotAny(token.STRICT, token.LAX); o.Type == 0 {
				p.expected("STRICT", "LAX")
			}
			p.want(token.RParen)
		} else {
			p.next()
			if o.Type = p.gotAny(token.STRICT, token.LAX); o.Type == 0 {
				p.expected("STRICT", "LAX")
			}
		}
	case token.PASSING:
		p.parsePassing(o)
	case token.ORDER:
		o.OrderBy = p.parseOrderBy()
	case token.NULL, token.ERROR, token.TRUE, token.FALSE, token.EMPTY, token.DEFAULT, token.ABSENT, token.IGNORE,
		token.CREATE, token.REMOVE, token.REPLACE:
		o.On = append(o.On, p.parseOnClause())
	default:
		return false
	}
	return true
}

// parseWrapper reads WITH|WITHOUT [CONDITIONAL|UNCONDITIONAL] [ARRAY] WRAPPER and WITH|WITHOUT UNIQUE KEYS.
func (p *parser) parseWrapper(o *ast.FuncOptions) {
	k := p.tok.Kw
	p.next()
	if p.gotKw(token.UNIQUE) {
		o.UniqueKeys = k
		p.gotKw(token.KEYS)
		return
	}
	if lo := p.mark(); k == token.WITH && p.gotKw(token.TYPENAME) { // JSON_OBJECT of an object type
		o.Words = &ast.Clause{Head: token.TYPENAME, Span: p.since(lo)}
		return
	}
	if w := p.gotAny(token.CONDITIONAL, token.UNCONDITIONAL); w != 0 {
		k = w
	}
	o.Wrapper = k
	p.gotKw(token.ARRAY)
	p.wantKw(token.WRAPPER)
}

// parseOnClause reads action ON event.
func (p *parser) parseOnClause() *ast.OnClause {
	lo := p.mark()
	c := &ast.OnClause{Action: p.tok.Kw}
	p.next()
	switch c.Action {
	case token.EMPTY:
		c.Of = p.gotAny(token.ARRAY, token.OBJECT)
	case token.DEFAULT:
		c.Default = p.parseOperand()
	}
	p.wantKw(token.ON)
	if c.Event = p.gotAny(token.ERROR, token.EMPTY, token.MISMATCH, token.NULL, token.MISSING, token.EXISTING); c.Event == 0 {
		p.expected("ERROR", "EMPTY", "MISMATCH", "NULL", "MISSING", "EXISTING")
	}
	if c.Event == token.MISMATCH && p.got(token.LParen) {
		for {
			c.Details = append(c.Details, p.tok.Kw)
			switch {
			case p.gotSeq(token.MISSING, token.DATA), p.gotSeq(token.EXTRA, token.DATA), p.gotSeq(token.TYPE, token.ERROR):
			default:
				p.expected("MISSING DATA", "EXTRA DATA", "TYPE ERROR")
			}
			if !p.got(token.Comma) {
				break
			}
		}
		p.want(token.RParen)
	}
	c.Span = p.since(lo)
	return c
}

// parsePassing reads PASSING [BY VALUE] expr [AS name], ...
func (p *parser) parsePassing(o *ast.FuncOptions) {
	p.wantKw(token.PASSING)
	p.gotSeq(token.BY, token.VALUE)
	for {
		lo := p.mark()
		a := &ast.PassingArg{X: p.parseExpr()}
		if p.gotKw(token.AS) {
			a.Name = p.parseIdent()
		}
		a.Span = p.since(lo)
		o.Passing = append(o.Passing, a)
		if !p.got(token.Comma) {
			return
		}
	}
}

// parseIsJSONOptions reads what may follow IS JSON: [FORMAT JSON] [VALUE|ARRAY|OBJECT|SCALAR] [STRICT|LAX] [WITH|WITHOUT
// UNIQUE KEYS] [ALLOW|DISALLOW SCALARS] [VALIDATE [USING] schema], with or without parentheses.
func (p *parser) parseIsJSONOptions() *ast.FuncOptions {
	lo := p.mark()
	o := &ast.FuncOptions{}
	paren := false
	if p.at(token.LParen) && !p.outerMark() {
		p.next()
		paren = true
	}
	for {
		switch {
		case o.Words == nil && p.isAny(token.VALUE, token.ARRAY, token.OBJECT, token.SCALAR):
			wlo := p.mark()
			k := p.tok.Kw
			p.next()
			o.Words = &ast.Clause{Head: k, Span: p.since(wlo)}
			continue
		case p.isSeq(token.FORMAT, token.JSON):
			p.skip(2)
			continue
		case p.isAny(token.STRICT, token.LAX):
			o.Strict = p.is(token.STRICT)
			p.next()
			continue
		case p.isAny(token.WITH, token.WITHOUT) && p.peek(1).Is(token.UNIQUE):
			p.parseWrapper(o)
			continue
		case p.isAny(token.ALLOW, token.DISALLOW) && p.peek(1).Is(token.SCALARS):
			o.Scalars = p.tok.Kw
			p.skip(2)
			continue
		case p.is(token.VALIDATE):
			p.next()
			p.gotKw(token.CAST)
			p.gotKw(token.USING)
			plo := p.mark()
			o.Passing = append(o.Passing, &ast.PassingArg{X: p.parseOperand()})
			o.Passing[len(o.Passing)-1].Span = p.since(plo)
			continue
		}
		break
	}
	if paren {
		p.want(token.RParen)
	}
	if p.mark() == lo {
		return nil
	}
	o.Span = p.since(lo)
	return o
}

// parseJSONValue reads JSON {...} and JSON [...] (21c); lo is the mark of JSON, whose next token is the bracket.
func (p *parser) parseJSONValue(lo uint32) ast.Expr {
	p.next()
	v := p.parseJSONBody()
	v.Span = p.since(lo)
	return v
}

func (p *parser) parseJSONBody() *ast.JSONValue {
	p.enter()
	lo := p.mark()
	v := &ast.JSONValue{Array: p.at(token.LBracket)}
	closing := token.RBrace
	if v.Array {
		closing = token.RBracket
	}
	p.next()
	for !p.at(closing) && !p.startsJSONOption() {
		alo := p.mark()
		a := p.newArg()
		switch {
		case v.Array:
			a.X = p.parseJSONItem()
		case p.starItem() > 0:
			a = p.parseJSONArg(true)
		default:
			x := p.parseExpr()
			if p.got(token.Colon) || p.gotKw(token.VALUE) || p.at(token.Bind) {
				a.Keys = []ast.Expr{x}
				x = p.parseJSONItem()
			}
			a.X = x
		}
		if a.Extra == nil {
			a.Extra = p.parseFormatJSON()
		}
		a.Span = p.since(alo)
		v.Args = append(v.Args, a)
		if !p.got(token.Comma) {
			break
		}
	}
	v.Options = p.parseFuncOptions()
	p.want(closing)
	v.Span = p.since(lo)
	p.leave()
	return v
}

func (p *parser) parseJSONItem() ast.Expr {
	if p.at(token.LBrace) || p.at(token.LBracket) {
		return p.parseJSONBody()
	}
	return p.parseArgValue()
}
