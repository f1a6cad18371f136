package parser

import (
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// parseTransaction reads COMMIT, ROLLBACK, SAVEPOINT, SET TRANSACTION, SET ROLE and SET CONSTRAINTS, in a
// script or a block, up to the ';'.
func (p *parser) parseTransaction() ast.Stmt {
	lo := p.mark()
	switch p.tok.Kw {
	case token.COMMIT:
		return p.parseCommit()
	case token.ROLLBACK:
		return p.parseRollback()
	case token.SAVEPOINT:
		p.next()
		s := &ast.Savepoint{Name: p.parseIdent()}
		s.Span = p.since(lo)
		return s
	case token.SET:
		p.next()
		switch {
		case p.gotKw(token.TRANSACTION):
			return p.parseSetTransaction(lo)
		case p.gotKw(token.ROLE):
			return p.parseSetRole(lo)
		case p.gotAny(token.CONSTRAINT, token.CONSTRAINTS) != 0:
			return p.parseSetConstraints(lo)
		}
		p.expected("TRANSACTION", "ROLE", "CONSTRAINTS")
	}
	p.expected("COMMIT", "ROLLBACK", "SAVEPOINT", "SET")
	return nil
}

func (p *parser) parseCommit() ast.Stmt {
	lo := p.mark()
	s := &ast.Commit{}
	p.next()
	p.gotKw(token.WORK)
	for {
		switch {
		case p.gotKw(token.COMMENT):
			s.Comment = p.parseOperand()
		case p.is(token.WRITE):
			at := p.mark()
			p.next()
			for p.gotAny(token.WAIT, token.NOWAIT, token.IMMEDIATE, token.BATCH) != 0 {
			}
			s.Write = &ast.Clause{Span: p.since(at), Head: token.WRITE}
		case p.gotKw(token.FORCE):
			s.Force = p.parseExprList()
		default:
			s.Span = p.since(lo)
			return s
		}
	}
}

func (p *parser) parseRollback() ast.Stmt {
	lo := p.mark()
	s := &ast.Rollback{}
	p.next()
	p.gotKw(token.WORK)
	switch {
	case p.gotKw(token.TO):
		if p.is(token.SAVEPOINT) && p.peek(1).Name() {
			p.next()
		}
		s.To = p.parseIdent()
	case p.gotKw(token.FORCE):
		s.Force = p.parseOperand()
	}
	s.Span = p.since(lo)
	return s
}

func (p *parser) parseSetTransaction(lo uint32) ast.Stmt {
	s := &ast.SetTransaction{}
	switch {
	case p.gotKw(token.READ):
		if s.Mode = p.gotAny(token.ONLY, token.WRITE); s.Mode == 0 {
			p.expected("ONLY", "WRITE")
		}
	case p.gotKw(token.ISOLATION):
		p.wantKw(token.LEVEL)
		if s.Mode = p.gotAny(token.SERIALIZABLE); s.Mode == 0 {
			p.wantKw(token.READ, token.COMMITTED)
			s.Mode = token.COMMITTED
		}
	case p.gotKw(token.USE):
		p.wantKw(token.ROLLBACK, token.SEGMENT)
		s.Mode, s.Segment = token.ROLLBACK, p.parseIdent()
	}
	if p.gotKw(token.NAME) {
		s.Name = p.parseOperand()
	} else if s.Mode == 0 {
		p.expected("READ", "ISOLATION LEVEL", "USE", "NAME")
	}
	s.Span = p.since(lo)
	return s
}

func (p *parser) parseSetRole(lo uint32) ast.Stmt {
	s := &ast.SetRole{}
	switch {
	case p.gotKw(token.NONE):
		s.None = true
	case p.gotKw(token.ALL):
		s.All = true
		if p.gotKw(token.EXCEPT) {
			s.Except = p.parseNames()
		}
	default:
		for {
			s.Roles = append(s.Roles, p.parseIdent())
			if p.gotKw(token.IDENTIFIED) {
				p.wantKw(token.BY)
				s.Passwords = append(s.Passwords, p.parseIdent())
			}
			if !p.got(token.Comma) {
				break
			}
		}
	}
	s.Span = p.since(lo)
	return s
}

func (p *parser) parseSetConstraints(lo uint32) ast.Stmt {
	s := &ast.SetConstraints{}
	if p.gotKw(token.ALL) {
		s.All = true
	} else {
		s.Names = p.parseNames()
	}
	switch p.gotAny(token.IMMEDIATE, token.DEFERRED) {
	case token.DEFERRED:
		s.Deferred = true
	case 0:
		p.expected("IMMEDIATE", "DEFERRED")
	}
	s.Span = p.since(lo)
	return s
}

// parseLockTable reads LOCK TABLE.
func (p *parser) parseLockTable() ast.Stmt {
	lo := p.mark()
	p.next()
	p.next()
	s := &ast.LockTable{}
	for {
		s.Tables = append(s.Tables, p.parseLockTarget())
		if !p.got(token.Comma) {
			break
		}
	}
	p.wantKw(token.IN)
	at := p.mark()
	s.Mode = &ast.Clause{Head: p.tok.Kw}
	for p.gotAny(token.ROW, token.SHARE, token.EXCLUSIVE, token.UPDATE) != 0 {
	}
	s.Mode.Span = p.since(at)
	if s.Mode.Empty() {
		p.expected("ROW", "SHARE", "EXCLUSIVE")
	}
	p.wantKw(token.MODE)
	if p.gotKw(token.NOWAIT) {
		s.NoWait = true
	} else if p.gotKw(token.WAIT) {
		s.Wait = p.parseOperand()
	}
	s.Span = p.since(lo)
	return s
}

func (p *parser) parseLockTarget() *ast.LockTarget {
	lo := p.mark()
	t := &ast.LockTarget{Table: p.parseName()}
	if t.Part = p.gotAny(token.PARTITION, token.SUBPARTITION); t.Part != 0 {
		keys := p.gotKw(token.FOR)
		p.want(token.LParen)
		if keys {
			t.Keys = p.parseExprList()
		} else {
			t.PartName = p.parseIdent()
		}
		p.want(token.RParen)
	}
	t.Span = p.since(lo)
	return t
}
