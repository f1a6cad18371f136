package parser

import (
	"strings"

	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// raisesMessage reports whether the token behind RAISE is a level in front of a text.
func (p *parser) raisesMessage() bool {
	if t := p.peek(2); t.Kind != token.String {
		return false
	}
	switch strings.ToUpper(p.f.Text(p.i + 1)) {
	case "NOTICE", "INFO", "WARNING", "LOG", "DEBUG", "EXCEPTION":
		return true
	}
	return false
}

// parseRaiseMessage reads RAISE level 'format' [, arg ...] [USING option = value, ...].
func (p *parser) parseRaiseMessage() ast.Stmt {
	lo := p.mark()
	p.next()
	s := &ast.RaiseMessage{Level: p.parseIdent()}
	s.Format = p.parseOperand()
	for p.got(token.Comma) {
		s.Args = append(s.Args, p.parseExpr())
	}
	if p.gotKw(token.USING) {
		for {
			at := p.mark()
			a := &ast.Arg{Name: p.parseIdent()}
			p.want(token.EQ)
			a.X = p.parseExpr()
			a.Span = p.since(at)
			s.Options = append(s.Options, a)
			if !p.got(token.Comma) {
				break
			}
		}
	}
	s.Span = p.since(lo)
	return s
}
