package parser

import (
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// parseInclude reads @file or @@file where a statement or declaration of a PL/SQL unit would stand: SQL*Plus reads
// the file into its buffer there. The command is the rest of the line.
func (p *parser) parseInclude() *ast.Include {
	lo := p.mark()
	if p.tok.Flags&token.FlagNewline == 0 || !startsFileName(p.peek(1)) {
		p.expected("a statement")
	}
	n := &ast.Include{}
	p.next()
	if p.at(token.At) {
		n.Nested = true
		p.next()
	}
	if p.tok.Flags&token.FlagNewline != 0 {
		p.expected("a file name")
	}
	for !p.at(token.EOF) && !p.at(token.TermSlash) && p.tok.Flags&token.FlagNewline == 0 {
		p.next()
	}
	n.Span = p.since(lo)
	p.noteAt(int(p.f.Tokens[lo].Off), "a file is read into the unit here; it is not looked at as part of it", "")
	return n
}

func startsFileName(t token.Token) bool {
	switch t.Kind {
	case token.Ident, token.QuotedIdent, token.At, token.Dot, token.DotDot, token.Slash, token.Question:
		return t.Flags&(token.FlagNewline|token.FlagComment) == 0
	}
	return false
}
