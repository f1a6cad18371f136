package parser

import (
	"bytes"

	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// atCallSpec reports whether a call specification stands behind IS or AS. Its words are names as well, so a
// second word that no declaration could have decides.
func (p *parser) atCallSpec() bool {
	t, u := p.peek(1), p.peek(2)
	switch {
	case p.is(token.LANGUAGE):
		return t.Is(token.JAVA) && u.Is(token.NAME) || t.Is(token.C) && (u.Is(token.NAME) || u.Is(token.LIBRARY))
	case p.is(token.EXTERNAL):
		return t.Is(token.LIBRARY) || t.Is(token.NAME) || t.Is(token.LANGUAGE) || t.Kind == token.Semi
	case p.is(token.MLE):
		return t.Is(token.MODULE) || t.Is(token.LANGUAGE)
	}
	return false
}

// parseCallSpec reads LANGUAGE JAVA NAME ..., LANGUAGE C ... LIBRARY ..., EXTERNAL ..., MLE ....
// The parts of the C form stand in any order, as releases differ.
func (p *parser) parseCallSpec() *ast.CallSpec {
	lo := p.mark()
	c := &ast.CallSpec{}
	switch {
	case p.gotKw(token.MLE):
		p.parseMLE(c)
		c.Span = p.since(lo)
		return c
	case p.gotKw(token.EXTERNAL):
		c.External = true
	}
	for {
		switch {
		case p.gotKw(token.LANGUAGE):
			c.Language = p.tok.Kw
			c.LangName = p.parseIdent()
		case p.gotKw(token.NAME):
			c.Name = p.parseOperand()
		case p.gotKw(token.LIBRARY):
			c.Library = p.parseName()
		case p.is(token.AGENT):
			p.next()
			p.wantKw(token.IN)
			p.want(token.LParen)
			c.Agent = p.parseNames()
			p.want(token.RParen)
		case p.is(token.WITH):
			p.next()
			p.wantKw(token.CONTEXT)
			c.Context = true
		case p.is(token.PARAMETERS):
			c.Params = p.parseCallParams()
		case p.is(token.CALLING):
			p.next()
			p.wantKw(token.STANDARD)
			if c.Standard = p.gotAny(token.C, token.PASCAL); c.Standard == 0 {
				p.expected("C", "PASCAL")
			}
		default:
			c.Span = p.since(lo)
			return c
		}
	}
}

// parseCallParams reads PARAMETERS (...): external parameters with their properties, checked for parentheses.
func (p *parser) parseCallParams() *ast.Clause {
	lo := p.mark()
	c := &ast.Clause{Head: p.tok.Kw}
	p.next()
	if !p.at(token.LParen) {
		p.expected("\"(\"")
	}
	depth := 0
	for {
		switch p.tok.Kind {
		case token.LParen:
			depth++
		case token.RParen:
			depth--
		case token.Ident, token.QuotedIdent, token.Comma, token.Dot:
		default:
			p.expected("a parameter", "\")\"")
		}
		p.next()
		if depth == 0 {
			c.Span = p.since(lo)
			return c
		}
	}
}

// parseMLE reads MODULE name [ENV env] SIGNATURE '...' or LANGUAGE name [PURE] source.
func (p *parser) parseMLE(c *ast.CallSpec) {
	c.Language = token.MLE
	if p.gotKw(token.MODULE) {
		c.Library = p.parseName()
		if p.gotKw(token.ENV) {
			c.Env = p.parseName()
		}
		if p.gotKw(token.PURE) {
			p.gotKw(token.ENV)
		}
		p.wantKw(token.SIGNATURE)
		c.Name = p.parseOperand()
		return
	}
	p.wantKw(token.LANGUAGE)
	c.LangName = p.parseIdent()
	p.gotKw(token.PURE)
	if p.at(token.LBrace) && p.peek(1).Kind == token.LBrace {
		c.Source = p.parseForeignText("}}")
		return
	}
	c.Source = p.parseOperand()
}

// parseForeignText takes text of another language, up to and with its end mark, as one Raw token. What the
// lexer has made of it so far is dropped.
func (p *parser) parseForeignText(end string) ast.Expr {
	lo, off := p.mark(), p.tok.Off
	n := bytes.Index(p.f.Src[off:], []byte(end))
	if n < 0 {
		p.expected("\"" + end + "\"")
	}
	raw := token.Token{Off: off, Len: uint32(n + len(end)), Kind: token.Raw, Flags: p.tok.Flags}
	for _, e := range p.f.Errors[p.script.errors:] {
		if e.Lexical && e.Off >= off {
			e.Msg = "" // sortErrors takes it out
		}
	}
	p.cutTokens(lo, int(raw.End()), 0)
	p.f.Tokens = append(p.f.Tokens, raw)
	p.i = lo + 1
	p.load()
	return &ast.Literal{Span: p.since(lo), Kind: ast.LitString}
}
