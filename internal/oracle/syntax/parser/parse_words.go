package parser

import (
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/lexer"
	"landfall/internal/oracle/syntax/token"
)

// This file holds the small pieces that all DDL is made of: numbers, sizes, texts, name lists, opaque groups.

// skipParens passes over a group in parentheses whatever is inside, as long as it is balanced.
func (p *parser) skipParens() {
	p.want(token.LParen)
	for depth := 1; depth > 0; p.next() {
		switch p.tok.Kind {
		case token.LParen:
			depth++
		case token.RParen:
			depth--
		case token.EOF, token.Semi, token.TermSlash:
			p.expected("\")\"")
		}
	}
}

// skipRest passes over the rest of a statement, which must be balanced. It stops at the terminator, or where
// one is missing: in front of a line that surely begins another statement.
func (p *parser) skipRest() {
	depth := 0
	for {
		if depth == 0 && p.tok.Flags&token.FlagNewline != 0 && p.tok.Kind == token.Ident && p.atLineStart() {
			return
		}
		switch p.tok.Kind {
		case token.LParen:
			depth++
		case token.RParen:
			if depth == 0 {
				p.expected("the end of the statement")
			}
			depth--
		case token.EOF, token.Semi, token.TermSlash:
			if depth > 0 {
				p.expected("\")\"")
			}
			return
		}
		p.next()
	}
}

// atLineStart reports whether the current token is the first byte of a line that begins a statement or command.
func (p *parser) atLineStart() bool {
	off := int(p.tok.Off)
	return off > 0 && p.f.Src[off-1] == '\n' && lexer.LineStart(p.f.Src, off) >= lexer.StartCommand
}

// atEnd reports whether the statement is over.
func (p *parser) atEnd() bool {
	return p.at(token.EOF) || p.at(token.Semi) || p.at(token.TermSlash)
}

// atSubst reports whether a substitution variable stands here; it can be any word or number.
func (p *parser) atSubst() bool {
	return p.tok.Kind == token.Ident && p.tok.Flags&token.FlagSubst != 0
}

// skipNumber reads an unsigned number or a substitution variable.
func (p *parser) skipNumber() {
	if !p.at(token.Number) && !p.atSubst() {
		p.expected("a number")
	}
	p.next()
}

// skipSize reads a number with an optional unit: 64K, 10 M, 1T.
func (p *parser) skipSize() {
	p.skipNumber()
	if p.atUnit() {
		p.next()
	}
}

// atUnit reports whether the token is one of the size units K M G T P E.
func (p *parser) atUnit() bool {
	if p.tok.Kind != token.Ident || p.tok.Len != 1 {
		return false
	}
	switch p.f.Src[p.tok.Off] | 0x20 {
	case 'k', 'm', 'g', 't', 'p', 'e':
		return true
	}
	return false
}

// parseNumber reads a number with an optional sign.
func (p *parser) parseNumber() ast.Expr {
	lo := p.mark()
	if p.at(token.Minus) || p.at(token.Plus) {
		op := p.tok
		p.next()
		x := p.parseNumber()
		return &ast.Unary{Span: p.since(lo), Op: op, X: x}
	}
	switch {
	case p.at(token.Number):
		p.next()
		return &ast.Literal{Span: p.since(lo), Kind: ast.LitNumber}
	case p.atSubst():
		return p.parseIdent()
	}
	p.expected("a number")
	return nil
}

// parseText reads a text literal or a substitution variable that stands for one.
func (p *parser) parseText() ast.Expr {
	lo := p.mark()
	switch {
	case p.atText():
		p.next()
		return &ast.Literal{Span: p.since(lo), Kind: ast.LitString}
	case p.atSubst():
		return p.parseIdent()
	}
	p.expected("a text literal")
	return nil
}

func (p *parser) atText() bool {
	switch p.tok.Kind {
	case token.String, token.QString, token.NString, token.UString:
		return true
	}
	return false
}

// parseNameGroup reads ( name {, name} ).
func (p *parser) parseNameGroup() []*ast.Name {
	p.want(token.LParen)
	names := p.parseNames()
	p.want(token.RParen)
	return names
}

// gotIfExists and gotIfNotExists read IF EXISTS and IF NOT EXISTS of 23ai.
func (p *parser) gotIfExists() bool    { return p.gotSeq(token.IF, token.EXISTS) }
func (p *parser) gotIfNotExists() bool { return p.gotSeq(token.IF, token.NOT, token.EXISTS) }

// clause closes a Clause that began at lo.
func (p *parser) clause(lo uint32, head token.Keyword) *ast.Clause {
	return &ast.Clause{Span: p.since(lo), Head: head}
}

// skipPassword reads the one word or text that is a password.
func (p *parser) skipPassword() {
	if !p.tok.Name() && !p.atText() {
		p.expected("a password")
	}
	p.next()
}

// parseOfType reads the type behind OF in object tables and views. It takes no arguments: a parenthesis
// behind it opens the list of columns.
func (p *parser) parseOfType() *ast.DataType {
	lo := p.mark()
	t := &ast.DataType{}
	if p.is(token.XMLTYPE) {
		t.Kw = token.XMLTYPE
		p.next()
	} else {
		t.Name = p.parseName()
	}
	t.Span = p.since(lo)
	return t
}

// skipSubst passes over substitution variables that stand for modifiers: CREATE &public. SYNONYM.
func (p *parser) skipSubst() {
	for p.atSubst() && p.peek(1).Name() {
		p.next()
	}
}

// skipNameOrText reads one name or one text where Oracle takes either.
func (p *parser) skipNameOrText() {
	if !p.tok.Name() && !p.atText() {
		p.expected("a name", "a text literal")
	}
	p.next()
}
