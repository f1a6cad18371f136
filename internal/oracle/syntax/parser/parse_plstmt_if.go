package parser

import (
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// parseIf reads IF ... END IF.
func (p *parser) parseIf() ast.Stmt {
	p.enter()
	lo := p.mark()
	base := len(p.nest)
	s := &ast.If{}
	for p.is(token.IF) && len(s.Arms) == 0 || p.is(token.ELSIF) {
		at := p.mark()
		p.next()
		if len(s.Arms) == 0 {
			p.open(nestIf, 0)
		}
		arm := &ast.IfArm{Cond: p.parseExpr()}
		p.wantKw(token.THEN)
		p.nestFrom = p.i
		arm.Then = p.parseStmts()
		p.nestFrom = p.i
		arm.Span = p.since(at)
		s.Arms = append(s.Arms, arm)
	}
	if p.gotKw(token.ELSE) {
		s.HasElse = true
		s.Else = p.parseStmts()
	}
	p.closeWord(token.IF, base, lo)
	s.Span = p.since(lo)
	p.leave()
	return s
}

// closeWord reads END IF, END LOOP or END CASE. Where another END stands that belongs to something around it
// the error is recorded and nothing consumed: only this construct is bad.
func (p *parser) closeWord(word token.Keyword, base int, lo uint32) {
	if p.isSeq(token.END, word) {
		p.next()
		p.next()
		p.shut(base)
		return
	}
	if p.atUnitEnd() {
		p.missingEnd(lo)
		p.shut(base)
		return
	}
	wrong := p.is(token.END) && p.endsWith(token.IF, token.LOOP, token.CASE)
	p.record(p.i, "", []string{"END " + word.String()}, p.openedAt(lo))
	p.unclosed = true
	p.shut(base)
	if p.is(token.END) && p.peek(1).Kind == token.Semi && p.sameColumn(lo, p.i) {
		// meant for this construct, as its place in the text says
		p.next()
		p.next()
		p.nestFrom = p.i
		return
	}
	if wrong && p.strayEnd() { // closes nothing else: a slip of the pen for ours
		p.next()
		p.next()
		if p.tok.Name() && p.tok.Flags&token.FlagNewline == 0 {
			p.next()
		}
		p.got(token.Semi)
		p.nestFrom = p.i
	}
}

// sameColumn reports whether two tokens are the first of their lines and stand equally far in.
func (p *parser) sameColumn(a, b uint32) bool {
	ca, cb := p.indent(a), p.indent(b)
	return ca > 0 && ca == cb
}

// indent is how many bytes of space stand before a token on its line; -1 when it is not the first there.
func (p *parser) indent(tok uint32) int {
	off := int(p.f.Tokens[tok].Off)
	i := off
	for i > 0 && (p.f.Src[i-1] == ' ' || p.f.Src[i-1] == '\t') {
		i--
	}
	if i > 0 && p.f.Src[i-1] != '\n' {
		return -1
	}
	return off - i
}

// parseCaseStmt reads CASE ... END CASE [label].
func (p *parser) parseCaseStmt() ast.Stmt {
	p.enter()
	lo := p.mark()
	base := len(p.nest)
	p.next()
	p.open(nestCase, 0)
	s := &ast.CaseStmt{}
	if !p.is(token.WHEN) {
		s.Operand = p.parseExpr()
		if !p.is(token.WHEN) {
			p.expected("WHEN")
		}
	}
	for p.is(token.WHEN) {
		at := p.mark()
		p.next()
		arm := &ast.CaseArm{}
		if s.Operand == nil {
			arm.Choices = append(arm.Choices, p.parseExpr())
		} else {
			arm.Choices = p.parseCaseChoices()
		}
		p.wantKw(token.THEN)
		p.nestFrom = p.i
		arm.Then = p.parseStmts()
		p.nestFrom = p.i
		arm.Span = p.since(at)
		s.Arms = append(s.Arms, arm)
	}
	if p.gotKw(token.ELSE) {
		s.HasElse = true
		s.Else = p.parseStmts()
	}
	p.closeWord(token.CASE, base, lo)
	if !p.unclosed && p.tok.Name() && p.tok.Flags&token.FlagNewline == 0 {
		s.EndLabel = p.parseIdent()
	}
	s.Span = p.since(lo)
	p.leave()
	return s
}

// parseCaseChoices reads the choices of one WHEN of a simple CASE.
func (p *parser) parseCaseChoices() []ast.Expr {
	list := []ast.Expr{p.parseWhenChoice(true)}
	for p.got(token.Comma) {
		list = append(list, p.parseWhenChoice(true))
	}
	return list
}

// parseReturn reads RETURN [value].
func (p *parser) parseReturn() ast.Stmt {
	lo := p.mark()
	p.next()
	s := &ast.Return{}
	if !p.at(token.Semi) {
		s.Value = p.parseExpr()
	}
	s.Span = p.since(lo)
	return s
}

// parseExit reads EXIT or CONTINUE [label] [WHEN condition].
func (p *parser) parseExit() ast.Stmt {
	lo := p.mark()
	s := &ast.Exit{Continue: p.is(token.CONTINUE)}
	p.next()
	if p.tok.Name() && !p.is(token.WHEN) {
		s.Label = p.parseIdent()
	}
	if p.gotKw(token.WHEN) {
		s.When = p.parseExpr()
	}
	s.Span = p.since(lo)
	return s
}

// parseRaise reads RAISE [exception].
func (p *parser) parseRaise() ast.Stmt {
	lo := p.mark()
	p.next()
	s := &ast.Raise{}
	if !p.at(token.Semi) {
		s.Exception = p.parseName()
	}
	s.Span = p.since(lo)
	return s
}

// parsePipeRow reads PIPE ROW (row).
func (p *parser) parsePipeRow() ast.Stmt {
	lo := p.mark()
	p.next()
	p.next()
	p.want(token.LParen)
	s := &ast.PipeRow{Row: p.parseExpr()}
	p.want(token.RParen)
	s.Span = p.since(lo)
	return s
}
