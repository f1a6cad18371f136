package parser

import (
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// parseGrant reads GRANT and REVOKE of system privileges, object privileges, roles and code-based roles.
// What a privilege is called is not checked: each release adds some.
func (p *parser) parseGrant() ast.Stmt {
	lo := p.mark()
	g := &ast.Grant{Revoke: p.is(token.REVOKE)}
	p.next()
	for {
		g.Privileges = append(g.Privileges, p.parsePrivilege())
		if !p.got(token.Comma) {
			break
		}
	}
	if p.gotKw(token.ON) {
		p.parseGrantObject(g)
	}
	if g.Revoke {
		p.wantKw(token.FROM)
	} else {
		p.wantKw(token.TO)
	}
	for {
		if p.peek(1).Name() {
			if k := p.gotAny(token.PROCEDURE, token.FUNCTION, token.PACKAGE); k != 0 {
				g.GranteeUnits = append(g.GranteeUnits, k)
			}
		}
		g.Grantees = append(g.Grantees, p.parseName())
		if !p.got(token.Comma) {
			break
		}
	}
	for p.parseGrantOption(g) {
	}
	g.Span = p.since(lo)
	return g
}

// parsePrivilege reads words up to ',', '(', ON, TO or FROM; the last two only when they end the list.
func (p *parser) parsePrivilege() *ast.Privilege {
	lo := p.mark()
	v := &ast.Privilege{First: p.tok.Kw}
	if p.tok.Kind != token.Ident {
		v.First = 0
	}
	if p.is(token.ALL) {
		v.All = true
	}
	if !p.tok.Name() {
		p.expected("a privilege", "a role")
	}
	words := 0
	for p.tok.Name() {
		if words > 0 && p.isAny(token.ON, token.TO, token.FROM) && p.endsPrivilege() {
			break
		}
		if words > 0 && (p.tok.Kw == 0 || p.tok.Kind != token.Ident) && !p.atSubst() {
			p.expected("\",\"", "ON", "TO", "FROM")
		}
		p.next()
		words++
	}
	if words == 1 {
		v.Name = &ast.Name{Span: p.since(lo)}
	}
	if p.at(token.LParen) {
		v.Columns = p.parseNameGroup()
	}
	v.Span = p.since(lo)
	return v
}

// endsPrivilege tells ON, TO and FROM as the end of the privileges from their use inside one, as in
// ON COMMIT REFRESH.
func (p *parser) endsPrivilege() bool {
	return !p.isSeq(token.ON, token.COMMIT, token.REFRESH)
}

// parseGrantObject reads what stands behind ON.
func (p *parser) parseGrantObject(g *ast.Grant) {
	if p.peek(1).Name() && !p.peek(1).Is(token.TO) && !p.peek(1).Is(token.FROM) {
		switch k := p.tok.Kw; k {
		case token.DIRECTORY, token.EDITION, token.USER, token.TYPE, token.SCHEMA, token.DOMAIN, token.TABLE,
			token.SEQUENCE, token.HIERARCHY, token.VIEW, token.PROCEDURE, token.FUNCTION, token.PACKAGE:
			g.OnKind = k
			p.next()
		case token.MINING:
			p.next()
			p.wantKw(token.MODEL)
			g.OnKind = k
		case token.JAVA:
			p.next()
			if p.gotAny(token.SOURCE, token.RESOURCE, token.CLASS) == 0 {
				p.expected("SOURCE", "RESOURCE")
			}
			g.OnKind = k
		case token.SQL:
			p.next()
			p.wantKw(token.TRANSLATION, token.PROFILE)
			g.OnKind = k
		case token.MLE:
			p.next()
			if p.gotAny(token.MODULE, token.ENV) == 0 {
				p.expected("MODULE", "ENV")
			}
			g.OnKind = k
		case token.PROPERTY:
			p.next()
			p.wantKw(token.GRAPH)
			g.OnKind = k
		case token.ANALYTIC:
			p.next()
			p.wantKw(token.VIEW)
			g.OnKind = k
		}
	}
	g.Objects = p.parseNames()
}

func (p *parser) parseGrantOption(g *ast.Grant) bool {
	lo := p.mark()
	switch {
	case p.gotKw(token.WITH):
		switch p.gotAny(token.ADMIN, token.GRANT, token.HIERARCHY, token.DELEGATE) {
		case token.ADMIN:
			g.Admin = true
		case token.GRANT:
			g.GrantOption = true
		case token.HIERARCHY:
			g.Hierarchy = true
		case token.DELEGATE:
			g.Delegate = true
		default:
			p.expected("ADMIN OPTION", "GRANT OPTION", "HIERARCHY OPTION", "DELEGATE OPTION")
		}
		p.wantKw(token.OPTION)
	case p.gotKw(token.IDENTIFIED):
		p.wantKw(token.BY)
		p.gotKw(token.VALUES)
		p.skipPassword()
		for p.got(token.Comma) {
			p.skipPassword()
		}
		g.Identified = p.clause(lo, token.IDENTIFIED)
	case p.gotKw(token.CONTAINER):
		p.want(token.EQ)
		if p.gotAny(token.ALL, token.CURRENT) == 0 {
			p.expected("ALL", "CURRENT")
		}
		g.Container = p.clause(lo, token.CONTAINER)
	case p.gotKw(token.CASCADE):
		p.wantKw(token.CONSTRAINTS)
		g.Cascade = true
	case p.gotKw(token.FORCE):
		g.Force = true
	default:
		return false
	}
	return true
}
