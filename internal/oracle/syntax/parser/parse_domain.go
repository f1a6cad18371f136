package parser

import (
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// startsDomainStmt reports whether DOMAIN, USECASE DOMAIN or FLEXIBLE DOMAIN stands here, behind CREATE.
func (p *parser) startsDomainStmt() bool {
	return p.is(token.DOMAIN) || p.isAny(token.USECASE, token.FLEXIBLE) && p.peek(1).Is(token.DOMAIN)
}

// parseCreateDomain reads CREATE DOMAIN of 23ai.
func (p *parser) parseCreateDomain(lo uint32) ast.Stmt {
	d := &ast.CreateDomain{Flexible: p.is(token.FLEXIBLE)}
	p.gotAny(token.USECASE, token.FLEXIBLE)
	p.wantKw(token.DOMAIN)
	d.IfNotExists = p.gotIfNotExists()
	d.Name = p.parseName()
	if d.Flexible { // (columns) CHOOSE DOMAIN USING (...) FROM {CASE ... | DECODE(...)}: kept whole
		if p.atEnd() {
			p.expected("the columns of the domain")
		}
		p.skipRest()
		d.Span = p.since(lo)
		return d
	}
	p.wantKw(token.AS)
	switch {
	case p.is(token.ENUM) && p.peek(1).Kind == token.LParen:
		p.next()
		p.next()
		d.Enum = append(d.Enum, p.parseEnumItem())
		for p.got(token.Comma) {
			d.Enum = append(d.Enum, p.parseEnumItem())
		}
		p.want(token.RParen)
	case p.got(token.LParen):
		d.Many = true
		d.Columns = append(d.Columns, p.parseDomainColumn())
		for p.got(token.Comma) {
			d.Columns = append(d.Columns, p.parseDomainColumn())
		}
		p.want(token.RParen)
	default:
		d.Columns = append(d.Columns, p.parseDomainType())
	}
	p.parseDomainRest(d)
	d.Span = p.since(lo)
	return d
}

// parseDomainColumn reads column AS type {option}.
func (p *parser) parseDomainColumn() *ast.ColumnDef {
	lo := p.mark()
	name := p.parseIdent()
	p.wantKw(token.AS)
	c := p.parseDomainType()
	c.Name = name
	c.Span = p.since(lo)
	return c
}

// parseDomainType reads type [STRICT] {option}.
func (p *parser) parseDomainType() *ast.ColumnDef {
	lo := p.mark()
	c := &ast.ColumnDef{Type: p.parseDataType()}
	for p.gotKw(token.STRICT) || p.parseColumnOption(c) {
	}
	c.Span = p.since(lo)
	return c
}

func (p *parser) parseDomainRest(d *ast.CreateDomain) {
	for {
		switch {
		case p.is(token.DISPLAY):
			p.next()
			d.Display = p.parseExpr()
		case p.is(token.ORDER):
			p.next()
			d.Order = p.parseExpr()
		case p.is(token.ANNOTATIONS):
			d.Annotations = p.parseAnnotations()
		case d.Many && p.isAny(token.CONSTRAINT, token.CHECK):
			d.Constraints = append(d.Constraints, p.parseConstraint(true))
		default:
			return
		}
	}
}

func (p *parser) parseEnumItem() *ast.EnumItem {
	lo := p.mark()
	e := &ast.EnumItem{Names: []*ast.Name{p.parseIdent()}}
	for p.got(token.EQ) {
		if !p.tok.Name() {
			e.Value = p.parseExpr()
			break
		}
		e.Names = append(e.Names, p.parseIdent())
	}
	e.Span = p.since(lo)
	return e
}
