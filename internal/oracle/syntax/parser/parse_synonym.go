package parser

import (
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

func (p *parser) parseCreateSynonym(lo uint32, replace bool, editionable token.Keyword) ast.Stmt {
	s := &ast.CreateSynonym{Replace: replace, Editionable: editionable, Public: p.gotKw(token.PUBLIC)}
	p.wantKw(token.SYNONYM)
	s.IfNotExists = p.gotIfNotExists()
	s.Name = p.parseName()
	if p.is(token.SHARING) {
		s.Sharing = p.parseProp()
	}
	p.wantKw(token.FOR)
	s.Target = p.parseName()
	s.Span = p.since(lo)
	return s
}

// parseCreateDBLink reads [SHARED] [PUBLIC] DATABASE LINK ... .
func (p *parser) parseCreateDBLink(lo uint32) ast.Stmt {
	d := &ast.CreateDBLink{Shared: p.gotKw(token.SHARED), Public: p.gotKw(token.PUBLIC)}
	p.wantKw(token.DATABASE, token.LINK)
	d.IfNotExists = p.gotIfNotExists()
	d.Name = p.parseLinkName()
	for {
		switch {
		case p.gotKw(token.CONNECT):
			if p.gotKw(token.WITH) {
				d.Credential = p.parseName()
				continue
			}
			p.wantKw(token.TO)
			if p.gotKw(token.CURRENT_USER) {
				d.CurrentUser = true
				continue
			}
			d.User = p.parseIdent()
			p.wantKw(token.IDENTIFIED, token.BY)
			d.Password = p.parsePassword()
		case p.gotKw(token.AUTHENTICATED):
			p.wantKw(token.BY)
			d.AuthUser = p.parseIdent()
			p.wantKw(token.IDENTIFIED, token.BY)
			d.AuthPassword = p.parsePassword()
		case p.gotKw(token.USING):
			d.Using = p.parseText()
		default:
			d.Span = p.since(lo)
			return d
		}
	}
}

// parseLinkName reads link.domain@qualifier.
func (p *parser) parseLinkName() *ast.Name {
	lo := p.mark()
	n := p.parseName()
	n.Link = 0 // an @ in the name of a link is its connection qualifier
	n.Span = p.since(lo)
	return n
}

// parsePassword reads [VALUES] password [, ...] as one opaque clause.
func (p *parser) parsePassword() *ast.Clause {
	lo := p.mark()
	p.gotKw(token.VALUES)
	p.skipPassword()
	return p.clause(lo, token.PASSWORD)
}
