package parser

import (
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// parseDataType reads any type reference.
func (p *parser) parseDataType() *ast.DataType {
	lo := p.mark()
	d := p.newType()
	if p.is(token.REF) && p.peek(1).Name() && !p.peek(1).Is(token.CURSOR) {
		d.Ref = true
		p.next()
	}
	if n := p.peek(1).Kind; p.word(wordType) && n != token.Dot && n != token.Percent && n != token.At {
		p.parseBuiltinType(d)
	} else {
		p.parseNamedType(d)
	}
	d.Span = p.since(lo)
	return d
}

func (p *parser) parseNamedType(d *ast.DataType) {
	if p.word(wordPLSQLStop) {
		p.expected("a data type")
	}
	d.Name = p.parseName()
	switch {
	case p.at(token.Percent):
		p.next()
		if d.Anchor = p.gotAny(token.TYPE, token.ROWTYPE); d.Anchor == 0 {
			p.expected("TYPE", "ROWTYPE")
		}
	case p.at(token.LParen) && !p.outerMark():
		p.parseTypeArgs(d) // a constrained use of a PL/SQL subtype, a parameter of an index type
	}
	p.parseCharset(d)
}

func (p *parser) parseBuiltinType(d *ast.DataType) {
	d.Kw = p.tok.Kw
	p.next()
	switch d.Kw {
	case token.DOUBLE:
		p.gotKw(token.PRECISION)
	case token.LONG:
		if p.is(token.RAW) || p.is(token.VARCHAR) {
			p.next()
		}
	case token.NATIONAL:
		if p.gotAny(token.CHARACTER, token.CHAR) == 0 {
			p.expected("CHARACTER")
		}
		p.gotKw(token.VARYING)
	case token.CHAR, token.CHARACTER, token.NCHAR:
		if !p.gotSeq(token.LARGE, token.OBJECT) {
			p.gotKw(token.VARYING)
		}
	case token.INTERVAL:
		p.parseIntervalType(d)
		return
	}
	if p.at(token.LParen) && !p.outerMark() {
		p.parseTypeArgs(d)
	}
	if d.Kw == token.TIMESTAMP || d.Kw == token.TIME {
		switch {
		case p.isSeq(token.WITH, token.TIME, token.ZONE):
			p.skip(3)
			d.TimeZone = token.ZONE
		case p.isSeq(token.WITH, token.LOCAL, token.TIME, token.ZONE):
			p.skip(4)
			d.TimeZone = token.LOCAL
		}
	}
	p.parseCharset(d)
}

// parseTypeArgs reads (10,2), (*,2), (30 CHAR), (max_len BYTE), (3, FLOAT32), (OBJECT).
func (p *parser) parseTypeArgs(d *ast.DataType) {
	most := 0
	switch d.Kw {
	case token.NUMBER, token.NUMERIC, token.DECIMAL, token.DEC:
		most = 2
	case token.VARCHAR2, token.VARCHAR, token.CHAR, token.CHARACTER, token.NCHAR, token.NVARCHAR2, token.RAW, token.FLOAT,
		token.TIMESTAMP, token.UROWID:
		most = 1
	}
	p.want(token.LParen)
	for {
		if p.at(token.Star) {
			lo := p.mark()
			p.next()
			d.Args = append(d.Args, &ast.AnyValue{Span: p.since(lo)})
		} else {
			d.Args = append(d.Args, p.parseExpr())
		}
		if k := p.gotAny(token.CHAR, token.BYTE); k != 0 {
			d.Sem = k
		}
		if len(d.Args) == most || !p.got(token.Comma) {
			break
		}
	}
	p.want(token.RParen)
}

func (p *parser) parseIntervalType(d *ast.DataType) {
	switch {
	case p.gotKw(token.YEAR):
		p.intervalArg(&d.Args)
		p.wantKw(token.TO, token.MONTH)
		d.LastField = token.MONTH
	case p.gotKw(token.DAY):
		p.intervalArg(&d.Args)
		p.wantKw(token.TO, token.SECOND)
		d.LastField = token.SECOND
		if p.got(token.LParen) {
			d.SecondArg = p.parseExpr()
			p.want(token.RParen)
		}
	default:
		p.expected("YEAR", "DAY")
	}
}

func (p *parser) intervalArg(args *[]ast.Expr) {
	if p.got(token.LParen) {
		*args = append(*args, p.parseExpr())
		p.want(token.RParen)
	}
}

// parseCharset reads CHARACTER SET ANY_CS and CHARACTER SET name%CHARSET.
func (p *parser) parseCharset(d *ast.DataType) {
	if !p.is(token.CHARACTER) || !p.peek(1).Is(token.SET) {
		return
	}
	lo := p.mark()
	p.skip(2)
	c := &ast.Clause{Head: token.CHARACTER, Names: []*ast.Name{p.parseName()}}
	if p.got(token.Percent) {
		p.wantKw(token.CHARSET)
	}
	c.Span = p.since(lo)
	d.Charset = c
}
