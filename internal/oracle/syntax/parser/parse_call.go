package parser

import (
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// parseCall reads (args) behind fn and the clauses of aggregate and analytic functions behind that.
func (p *parser) parseCall(lo uint32, fn ast.Expr) ast.Expr {
	p.enter()
	kw := token.Keyword(0)
	if n, ok := fn.(*ast.Name); ok {
		// only the last part names the function: SYS.XMLAGG(x) too
		if t := p.f.Tokens[n.Hi-1]; t.Kind == token.Ident {
			kw = t.Kw
		}
		if words[kw]&wordOwnArgs != 0 && n.Hi-n.Lo == 1 {
			if x := p.parseOwnCall(lo, fn, kw); x != nil {
				p.leave()
				return x
			}
		}
	}
	c := p.newCall()
	c.Fn = fn
	p.next()
	switch p.tok.Kind {
	case token.RParen:
	case token.Star:
		p.next()
		c.Star = true
	default:
		switch {
		case words[kw]&wordMining != 0:
			p.parseMiningArgs(c)
		case kw == token.APPROX_RANK && (p.is(token.ORDER) || p.is(token.PARTITION) && p.peek(1).Is(token.BY)):
			c.Over = p.parseApproxRank()
		default:
			c.Distinct = p.distinct()
			p.parseArgs(c, kw)
		}
	}
	p.want(token.RParen)
	p.parseCallTail(c)
	c.Span = p.since(lo)
	p.leave()
	return c
}

// distinct takes DISTINCT, UNIQUE or ALL before the arguments of an aggregate.
func (p *parser) distinct() token.Keyword {
	switch p.tok.Kw {
	case token.DISTINCT, token.UNIQUE, token.ALL:
		return p.gotAny(token.DISTINCT, token.UNIQUE, token.ALL)
	}
	return 0
}

func (p *parser) parseArgs(c *ast.Call, kw token.Keyword) {
	from := len(p.args)
	for {
		a := p.parseArg(kw)
		p.args = append(p.args, a)
		if !p.got(token.Comma) {
			break
		}
	}
	c.Args = cut(p, &p.slab.argLists, p.args[from:])
	p.args = p.args[:from]
	if p.tok.Kind != token.RParen && p.tok.Kind == token.Ident {
		c.Spec = p.parseArgsTail(kw)
	}
}

// parseArg reads one argument: x, name => x, and in PL/SQL the choices of a qualified expression.
func (p *parser) parseArg(kw token.Keyword) *ast.Arg {
	lo := p.mark()
	a := p.newArg()
	if p.tok.Kind == token.Ident || p.tok.Kind == token.QuotedIdent {
		if p.peek(1).Kind == token.Arrow {
			a.Name = p.parseIdent()
			p.next()
			a.X = p.parseArgValue()
			a.Span = p.since(lo)
			return a
		}
		if p.plsql > 0 && p.is(token.FOR) {
			a.Keys = []ast.Expr{p.parseIterChoice()}
			p.want(token.Arrow)
			a.X = p.parseExpr()
			a.Span = p.since(lo)
			return a
		}
	}
	if p.at(token.Star) && (kw == token.VECTOR || kw == token.TO_VECTOR) {
		p.next() // any number of dimensions
		a.X = &ast.Name{Span: p.since(lo), Star: true}
	} else {
		a.X = p.parseArgValue()
	}
	switch p.tok.Kind {
	case token.Arrow, token.Bar, token.DotDot:
		if p.plsql > 0 {
			p.parseChoices(lo, a)
		}
	case token.Ident:
		p.parseArgExtra(a, kw)
	}
	a.Span = p.since(lo)
	return a
}

// parseIterChoice reads FOR i IN controls [INDEX expr | SEQUENCE].
func (p *parser) parseIterChoice() ast.Expr {
	lo := p.mark()
	p.wantKw(token.FOR)
	c := &ast.IterChoice{Iter: p.parseIterator()}
	if p.gotKw(token.INDEX) {
		c.Index = p.parseExpr()
	} else {
		c.Sequence = p.gotKw(token.SEQUENCE)
	}
	c.Span = p.since(lo)
	return c
}

// parseArgValue reads the value of an argument. A query needs its own parentheses except as the only
// argument of a function that takes a set, where Oracle leaves them out.
func (p *parser) parseArgValue() ast.Expr {
	if p.is(token.SELECT) || p.is(token.WITH) {
		lo := p.mark()
		q := p.parseSelect()
		return &ast.Subquery{Span: p.since(lo), Query: q}
	}
	return p.parseExpr()
}

// parseChoices reads the rest of 1 | 2..5 => x, the first choice of which is a.X.
func (p *parser) parseChoices(lo uint32, a *ast.Arg) {
	klo := lo
	for {
		if p.got(token.DotDot) {
			high := p.parseOperand()
			a.X = &ast.RangeOf{Span: p.since(klo), Low: a.X, High: high}
		}
		a.Keys = append(a.Keys, a.X)
		if !p.got(token.Bar) {
			break
		}
		klo = p.mark()
		a.X = p.parseOperand()
	}
	p.want(token.Arrow)
	a.X = p.parseExpr()
}

// parseArgExtra reads the words that some functions take behind an argument.
func (p *parser) parseArgExtra(a *ast.Arg, kw token.Keyword) {
	lo := p.mark()
	switch p.tok.Kw {
	case token.DEFAULT: // TO_NUMBER(x DEFAULT 0 ON CONVERSION ERROR, fmt)
		if words[kw]&wordConversion == 0 {
			return
		}
		p.next()
		c := &ast.Clause{Head: token.DEFAULT, Exprs: []ast.Expr{p.parseExpr()}}
		p.wantKw(token.ON, token.CONVERSION, token.ERROR)
		c.Span = p.since(lo)
		a.Extra = c
	case token.IGNORE, token.RESPECT: // LAST_VALUE(x IGNORE NULLS)
		if p.peek(1).Is(token.NULLS) {
			a.Extra = &ast.Clause{Head: p.tok.Kw}
			p.skip(2)
			a.Extra.Span = p.since(lo)
		}
	case token.DETERMINISTIC: // APPROX_MEDIAN(x DETERMINISTIC, 'ERROR_RATE')
		switch kw {
		case token.APPROX_MEDIAN, token.APPROX_PERCENTILE, token.APPROX_PERCENTILE_DETAIL:
			p.next()
			a.Extra = &ast.Clause{Head: token.DETERMINISTIC, Span: p.since(lo)}
		}
	case token.AS:
		switch kw {
		case token.VALIDATE_CONVERSION:
			p.next()
			c := &ast.Clause{Head: token.AS, Types: []*ast.DataType{p.parseDataType()}}
			c.Span = p.since(lo)
			a.Extra = c
		}
	}
}

// parseArgsTail reads the words some functions take behind their last argument.
func (p *parser) parseArgsTail(kw token.Keyword) *ast.Clause {
	lo := p.mark()
	switch p.tok.Kw {
	case token.ORDER: // XMLAGG(x ORDER BY y), COLLECT(x ORDER BY y)
		switch kw {
		case token.XMLAGG, token.COLLECT, token.ARRAY_AGG, token.LISTAGG, token.SYS_XMLAGG:
			c := &ast.Clause{Head: token.ORDER}
			for _, it := range p.parseOrderBy().Items {
				c.Items = append(c.Items, it)
			}
			c.Span = p.since(lo)
			return c
		}
	case token.ON: // LISTAGG(x, ',' ON OVERFLOW TRUNCATE '...' WITHOUT COUNT)
		if kw == token.LISTAGG {
			return p.parseOverflow()
		}
	case token.USING:
		if words[kw]&wordUsing != 0 {
			return p.parseUsing()
		}
	case token.RETURNING: // FROM_VECTOR(v RETURNING CLOB FORMAT SPARSE)
		if kw == token.FROM_VECTOR || kw == token.VECTOR_SERIALIZE {
			p.next()
			c := &ast.Clause{Head: token.RETURNING, Types: []*ast.DataType{p.parseDataType()}}
			if p.gotKw(token.FORMAT) && p.gotAny(token.SPARSE, token.DENSE) == 0 {
				p.expected("SPARSE", "DENSE")
			}
			c.Span = p.since(lo)
			return c
		}
	case token.BY, token.MAX, token.OVERLAP, token.SPLIT, token.LANGUAGE, token.NORMALIZE, token.EXTENDED:
		if kw == token.VECTOR_CHUNKS {
			return p.parseChunking()
		}
	case token.FROM: // NTH_VALUE(x, 2 FROM LAST)
		if kw == token.NTH_VALUE && (p.peek(1).Is(token.FIRST) || p.peek(1).Is(token.LAST)) {
			p.next()
			c := &ast.Clause{Head: p.tok.Kw}
			p.next()
			c.Span = p.since(lo)
			return c
		}
	}
	return nil
}

// parseChunking reads the clauses of VECTOR_CHUNKS: BY WORDS MAX 100 OVERLAP 10 SPLIT BY SENTENCE LANGUAGE x
// NORMALIZE ALL | (a, b) EXTENDED.
func (p *parser) parseChunking() *ast.Clause {
	lo := p.mark()
	c := &ast.Clause{Head: p.tok.Kw}
	for {
		switch {
		case p.gotKw(token.EXTENDED):
		case p.gotKw(token.BY), p.gotKw(token.LANGUAGE), p.gotSeq(token.SPLIT, token.BY):
			c.Names = append(c.Names, p.parseName())
		case p.gotKw(token.MAX), p.gotKw(token.OVERLAP):
			c.Exprs = append(c.Exprs, p.parseOperand())
		case p.gotKw(token.NORMALIZE):
			if p.at(token.LParen) {
				c.Names = append(c.Names, p.parseNameGroup()...)
			} else {
				p.skip(1)
			}
		default:
			c.Span = p.since(lo)
			return c
		}
	}
}

func (p *parser) parseOverflow() *ast.Clause {
	lo := p.mark()
	p.wantKw(token.ON, token.OVERFLOW)
	c := &ast.Clause{Head: p.tok.Kw}
	switch {
	case p.gotKw(token.ERROR):
	case p.gotKw(token.TRUNCATE):
		if isString(p.tok.Kind) || p.at(token.Bind) || p.at(token.Ident) && !p.isAny(token.WITH, token.WITHOUT) {
			c.Exprs = append(c.Exprs, p.parseOperand())
		}
		if p.gotAny(token.WITH, token.WITHOUT) != 0 {
			p.wantKw(token.COUNT)
		}
	default:
		p.expected("ERROR", "TRUNCATE")
	}
	c.Span = p.since(lo)
	return c
}
