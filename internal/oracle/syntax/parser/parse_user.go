package parser

import (
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// parseUser reads CREATE USER and ALTER USER from the word USER.
func (p *parser) parseUser(lo uint32, alter bool) ast.Stmt {
	p.wantKw(token.USER)
	u := &ast.CreateUser{Alter: alter}
	u.IfExists = p.gotIfNotExists() || p.gotIfExists()
	u.Names = p.parseNames()
	for p.parseUserOption(u) {
	}
	if p.mark() == u.Names[len(u.Names)-1].Hi {
		p.expected("IDENTIFIED", "an option")
	}
	u.Span = p.since(lo)
	return u
}

func (p *parser) parseUserOption(u *ast.CreateUser) bool {
	if p.tok.Kind != token.Ident {
		return false
	}
	lo, next := p.mark(), p.peek(1)
	switch head := p.tok.Kw; head {
	case token.IDENTIFIED:
		p.next()
		p.parseIdentified(u)
	case token.NO:
		p.next()
		p.wantKw(token.AUTHENTICATION)
		u.Auth = token.NO
	case token.DEFAULT:
		p.next()
		switch p.gotAny(token.TABLESPACE, token.ROLE, token.COLLATION) {
		case token.TABLESPACE:
			u.Tablespace = p.parseIdent()
		case token.ROLE:
			u.DefaultRole = p.parseDefaultRole(lo)
		case token.COLLATION:
			p.parseIdent()
			u.Options = append(u.Options, p.clause(lo, head))
		default:
			p.expected("TABLESPACE", "ROLE", "COLLATION")
		}
	case token.LOCAL:
		p.next()
		p.wantKw(token.TEMPORARY, token.TABLESPACE)
		p.parseIdent()
		u.Options = append(u.Options, p.clause(lo, head))
	case token.TEMPORARY:
		p.next()
		p.wantKw(token.TABLESPACE)
		p.gotKw(token.GROUP)
		u.Temporary = p.parseIdent()
	case token.PROFILE:
		p.next()
		u.Profile = p.parseIdent()
	case token.QUOTA:
		u.Quotas = append(u.Quotas, p.parseQuota())
	case token.ACCOUNT:
		p.next()
		if u.Account = p.gotAny(token.LOCK, token.UNLOCK); u.Account == 0 {
			p.expected("LOCK", "UNLOCK")
		}
	case token.PASSWORD:
		p.next()
		p.wantKw(token.EXPIRE)
		u.Expire = true
	case token.READ:
		p.next()
		if p.gotAny(token.ONLY, token.WRITE) == 0 {
			p.expected("ONLY", "WRITE")
		}
		u.Options = append(u.Options, p.clause(lo, head))
	case token.ENABLE, token.DISABLE:
		p.next()
		switch p.gotAny(token.EDITIONS, token.DICTIONARY) {
		case token.EDITIONS:
			if p.gotKw(token.FOR) {
				p.parseNames()
			}
			p.gotKw(token.FORCE)
		case token.DICTIONARY:
			p.wantKw(token.PROTECTION)
		default:
			p.expected("EDITIONS", "DICTIONARY PROTECTION")
		}
		u.Options = append(u.Options, p.clause(lo, head))
	case token.CONTAINER:
		p.next()
		p.want(token.EQ)
		p.parseIdent()
		u.Options = append(u.Options, p.clause(lo, head))
	case token.REPLACE: // ALTER USER u IDENTIFIED BY new REPLACE old
		p.next()
		p.skipPassword()
		u.Options = append(u.Options, p.clause(lo, head))
	case token.GRANT, token.REVOKE: // proxy clause: GRANT|REVOKE CONNECT THROUGH ...
		if !next.Is(token.CONNECT) {
			return false
		}
		p.skipProxy()
		u.Options = append(u.Options, p.clause(lo, head))
	case token.EXPIRE, token.HTTP, token.SET, token.ADD, token.REMOVE:
		if head == token.HTTP || head == token.EXPIRE {
			for p.tok.Kind == token.Ident || p.atText() {
				p.next()
			}
		} else {
			p.next()
			p.wantKw(token.CONTAINER_DATA)
			p.skipRest()
		}
		u.Options = append(u.Options, p.clause(lo, head))
	default:
		return false
	}
	return true
}

// parseIdentified reads what follows IDENTIFIED.
func (p *parser) parseIdentified(u *ast.CreateUser) {
	u.Auth = p.gotAny(token.BY, token.EXTERNALLY, token.GLOBALLY)
	switch u.Auth {
	case token.BY:
		lo := p.mark()
		p.gotKw(token.VALUES)
		p.skipPassword()
		if p.gotKw(token.DIGEST) {
			if p.gotAny(token.ENABLE, token.DISABLE) == 0 {
				p.expected("ENABLE", "DISABLE")
			}
		}
		u.Password = p.clause(lo, token.PASSWORD)
	case token.EXTERNALLY, token.GLOBALLY:
		if p.gotKw(token.AS) && !p.got(token.QuotedIdent) {
			p.parseText()
		}
	default:
		p.expected("BY", "EXTERNALLY", "GLOBALLY")
	}
}

func (p *parser) parseDefaultRole(lo uint32) *ast.Clause {
	c := &ast.Clause{Head: token.ROLE}
	switch {
	case p.gotKw(token.ALL):
		if p.gotKw(token.EXCEPT) {
			c.Names = p.parseNames()
		}
	case p.gotKw(token.NONE):
	default:
		c.Names = p.parseNames()
	}
	c.Span = p.since(lo)
	return c
}

func (p *parser) parseQuota() *ast.Quota {
	lo := p.mark()
	p.wantKw(token.QUOTA)
	q := &ast.Quota{}
	if p.gotKw(token.UNLIMITED) {
		q.Unlimited = true
	} else {
		at := p.mark()
		p.skipSize()
		q.Size = p.clause(at, token.SIZE)
	}
	p.wantKw(token.ON)
	q.Tablespace = p.parseIdent()
	q.Span = p.since(lo)
	return q
}

// skipProxy reads GRANT|REVOKE CONNECT THROUGH {ENTERPRISE USERS | user [WITH ...] [AUTHENTICATION REQUIRED ...]}.
func (p *parser) skipProxy() {
	p.next()
	p.wantKw(token.CONNECT, token.THROUGH)
	if p.gotKw(token.ENTERPRISE) {
		p.wantKw(token.USERS)
		return
	}
	p.parseIdent()
	if p.gotKw(token.WITH) {
		if p.gotKw(token.NO) {
			p.wantKw(token.ROLES)
		} else {
			p.wantKw(token.ROLE)
			if p.gotKw(token.ALL) {
				p.wantKw(token.EXCEPT)
			}
			p.parseNames()
		}
	}
	if p.gotKw(token.AUTHENTICATION) {
		p.wantKw(token.REQUIRED)
	} else if p.gotKw(token.AUTHENTICATED) {
		p.wantKw(token.USING)
		p.skipRest()
	}
}

// parseRole reads CREATE ROLE, ALTER ROLE from the word ROLE.
func (p *parser) parseRole(lo uint32, alter bool) ast.Stmt {
	p.wantKw(token.ROLE)
	r := &ast.CreateRole{Alter: alter}
	r.IfNotExists = p.gotIfNotExists() || p.gotIfExists()
	r.Name = p.parseIdent()
	at := p.mark()
	for {
		switch {
		case p.gotKw(token.NOT):
			p.wantKw(token.IDENTIFIED)
			r.Auth = token.NOT
		case p.gotKw(token.IDENTIFIED):
			p.parseRoleAuth(r)
		case p.gotKw(token.CONTAINER):
			p.want(token.EQ)
			p.parseIdent()
		default:
			if p.mark() != at {
				r.Options = p.clause(at, token.IDENTIFIED)
			}
			r.Span = p.since(lo)
			return r
		}
	}
}

func (p *parser) parseRoleAuth(r *ast.CreateRole) {
	r.Auth = p.gotAny(token.BY, token.USING, token.EXTERNALLY, token.GLOBALLY)
	switch r.Auth {
	case token.BY:
		p.gotKw(token.VALUES)
		p.skipPassword()
	case token.USING:
		p.parseName()
	case token.EXTERNALLY:
	case token.GLOBALLY:
		if p.gotKw(token.AS) {
			p.parseText()
		}
	default:
		p.expected("BY", "USING", "EXTERNALLY", "GLOBALLY")
	}
}
