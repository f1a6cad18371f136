package parser

import (
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// parseXMLArgs reads the arguments and clauses of a SQL/XML function up to its ")".
func (p *parser) parseXMLArgs(c *ast.Call, kw token.Keyword) {
	switch kw {
	case token.XMLELEMENT, token.XMLPI:
		p.gotAny(token.ENTITYESCAPING, token.NOENTITYESCAPING)
		c.Args = append(c.Args, p.parseXMLName())
		for p.got(token.Comma) {
			c.Args = append(c.Args, p.parseXMLArg())
		}
	case token.XMLFOREST, token.XMLATTRIBUTES, token.XMLCOLATTVAL:
		p.gotAny(token.ENTITYESCAPING, token.NOENTITYESCAPING)
		p.gotAny(token.SCHEMACHECK, token.NOSCHEMACHECK)
		for {
			c.Args = append(c.Args, p.parseXMLArg())
			if !p.got(token.Comma) {
				break
			}
		}
	case token.XMLQUERY, token.XMLEXISTS, token.XMLTABLE:
		p.parseXQuery(c, kw)
	case token.XMLPARSE, token.XMLSERIALIZE:
		p.parseXMLText(c)
	case token.XMLROOT:
		p.parseXMLRoot(c)
	default:
		p.expected("an argument")
	}
}

// parseXMLName reads [NAME] identifier | EVALNAME expr, the first argument of XMLELEMENT and XMLPI.
func (p *parser) parseXMLName() *ast.Arg {
	lo := p.mark()
	a := p.newArg()
	switch n := p.peek(1); {
	case p.is(token.EVALNAME) && n.Kind != token.Comma && n.Kind != token.RParen:
		p.next()
		a.Extra = &ast.Clause{Span: p.since(lo), Head: token.EVALNAME}
		a.X = p.parseExpr()
	default:
		if p.is(token.NAME) && n.Name() {
			p.next()
		}
		if !p.tok.Name() {
			a.X = p.parseExpr()
		} else {
			a.X = p.parseIdent()
		}
	}
	a.Span = p.since(lo)
	return a
}

// parseXMLArg reads expr [[AS] alias | AS EVALNAME expr].
func (p *parser) parseXMLArg() *ast.Arg {
	lo := p.mark()
	a := p.newArg()
	a.X = p.parseArgValue()
	if elo := p.mark(); p.is(token.AS) {
		p.next()
		a.Extra = &ast.Clause{Head: token.AS}
		if p.is(token.EVALNAME) && p.peek(1).Kind != token.Comma && p.peek(1).Kind != token.RParen {
			p.next()
			a.Extra.Head = token.EVALNAME
			a.Extra.Exprs = append(a.Extra.Exprs, p.parseExpr())
		} else {
			a.Extra.Names = append(a.Extra.Names, p.parseIdent())
		}
		a.Extra.Span = p.since(elo)
	} else if p.tok.Name() && !p.word(wordReserved) {
		a.Extra = &ast.Clause{Head: token.AS}
		a.Extra.Names = append(a.Extra.Names, p.parseIdent())
		a.Extra.Span = p.since(elo)
	}
	a.Span = p.since(lo)
	return a
}

// parseXQuery reads [XMLNAMESPACES (...),] query [PASSING ...] and the rest of XMLQUERY, XMLEXISTS and XMLTABLE.
func (p *parser) parseXQuery(c *ast.Call, kw token.Keyword) {
	if p.is(token.XMLNAMESPACES) && p.peek(1).Kind == token.LParen {
		c.Args = append(c.Args, p.parseNamespaces())
		p.want(token.Comma)
	}
	c.Args = append(c.Args, p.parsePlainArg())
	lo := p.mark()
	o := &ast.FuncOptions{}
	if p.is(token.PASSING) {
		p.parsePassing(o)
	}
	if p.gotKw(token.RETURNING) {
		if p.gotKw(token.CONTENT) {
			o.Content = token.CONTENT
		} else {
			p.wantKw(token.SEQUENCE, token.BY, token.REF)
			o.Content = token.SEQUENCE
		}
	}
	if p.is(token.NULL) {
		o.On = append(o.On, p.parseOnClause())
	}
	if kw == token.XMLTABLE && p.gotKw(token.COLUMNS) {
		for {
			o.Columns = append(o.Columns, p.parseXMLColumn())
			if !p.got(token.Comma) {
				break
			}
		}
	}
	o.Span = p.since(lo)
	c.Options = o
}

// parseNamespaces reads XMLNAMESPACES ('uri' AS "name", DEFAULT 'uri') as an argument that is a call; the Extra
// of its arguments is AS or DEFAULT.
func (p *parser) parseNamespaces() *ast.Arg {
	lo := p.mark()
	c := p.newCall()
	c.Fn = p.parseIdent()
	p.want(token.LParen)
	for {
		alo := p.mark()
		a := p.newArg()
		if p.gotKw(token.DEFAULT) {
			a.Extra = &ast.Clause{Span: p.since(alo), Head: token.DEFAULT}
			a.X = p.parseOperand()
		} else {
			a.X = p.parseOperand()
			elo := p.mark()
			p.wantKw(token.AS)
			a.Extra = &ast.Clause{Head: token.AS, Names: []*ast.Name{p.parseIdent()}}
			a.Extra.Span = p.since(elo)
		}
		a.Span = p.since(alo)
		c.Args = append(c.Args, a)
		if !p.got(token.Comma) {
			break
		}
	}
	p.want(token.RParen)
	c.Span = p.since(lo)
	arg := p.newArg()
	arg.X = c
	arg.Span = c.Span
	return arg
}

// parseXMLColumn reads name FOR ORDINALITY | name [type | XMLTYPE [(SEQUENCE) BY REF]] [PATH 'x'] [DEFAULT x].
func (p *parser) parseXMLColumn() *ast.TableColumn {
	lo := p.mark()
	col := &ast.TableColumn{Name: p.parseIdent()}
	if p.gotSeq(token.FOR, token.ORDINALITY) {
		col.Ordinality = true
		col.Span = p.since(lo)
		return col
	}
	if p.tok.Name() && !p.is(token.PATH) && !p.is(token.DEFAULT) {
		col.Type = p.parseDataType()
		p.gotSeq(token.BY, token.REF)
	}
	olo := p.mark()
	o := &ast.FuncOptions{}
	for {
		switch {
		case o.Path == nil && p.gotKw(token.PATH):
			o.Path = p.parseOperand()
		case o.Default == nil && p.gotKw(token.DEFAULT):
			o.Default = p.parseExpr()
		default:
			if p.mark() > olo {
				o.Span = p.since(olo)
				col.Options = o
			}
			col.Span = p.since(lo)
			return col
		}
	}
}

// parseXMLText reads the arguments of XMLPARSE and XMLSERIALIZE.
func (p *parser) parseXMLText(c *ast.Call) {
	o := &ast.FuncOptions{}
	if o.Content = p.gotAny(token.DOCUMENT, token.CONTENT); o.Content == 0 {
		p.expected("DOCUMENT", "CONTENT")
	}
	c.Args = append(c.Args, p.parsePlainArg())
	lo := p.mark()
	for {
		switch {
		case p.gotKw(token.WELLFORMED):
			o.Wellformed = true
		case o.Returning == nil && p.gotKw(token.AS):
			o.Returning = p.parseDataType()
		case p.gotKw(token.ENCODING):
			o.Encoding = p.parseOperand()
		case p.gotKw(token.VERSION):
			o.Version = p.parseOperand()
		case p.gotSeq(token.NO, token.INDENT):
		case p.gotKw(token.INDENT):
			o.Pretty = true
			if p.gotKw(token.SIZE) {
				p.want(token.EQ)
				wlo := p.mark()
				w := &ast.Clause{Head: token.SIZE, Exprs: []ast.Expr{p.parseOperand()}}
				w.Span = p.since(wlo)
				o.Words = w
			}
		case p.isAny(token.HIDE, token.SHOW):
			p.next()
			p.wantKw(token.DEFAULTS)
		default:
			o.Span = p.since(lo)
			c.Options = o
			return
		}
	}
}

// parseXMLRoot reads expr, VERSION x|NO VALUE [, STANDALONE YES|NO|NO VALUE].
func (p *parser) parseXMLRoot(c *ast.Call) {
	c.Args = append(c.Args, p.parsePlainArg())
	p.want(token.Comma)
	lo := p.mark()
	o := &ast.FuncOptions{}
	p.wantKw(token.VERSION)
	if !p.gotSeq(token.NO, token.VALUE) {
		o.Version = p.parseOperand()
	}
	if p.got(token.Comma) {
		wlo := p.mark()
		p.wantKw(token.STANDALONE)
		w := &ast.Clause{Head: p.tok.Kw}
		switch {
		case p.gotKw(token.YES):
		case p.gotKw(token.NO):
			p.gotKw(token.VALUE)
		default:
			p.expected("YES", "NO")
		}
		w.Span = p.since(wlo)
		o.Words = w
	}
	o.Span = p.since(lo)
	c.Options = o
}
