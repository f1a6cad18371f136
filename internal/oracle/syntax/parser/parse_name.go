package parser

import (
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// parseIdent reads one name part. Any keyword may be a name here except those the SQL grammar could not do
// without; Oracle itself lets most reserved words through in qualified positions.
func (p *parser) parseIdent() *ast.Name {
	lo := p.mark()
	if !p.tok.Name() && p.tok.Kind != token.Bind {
		p.expected("a name")
	}
	p.next()
	return &ast.Name{Span: p.since(lo)}
}

// parseName reads a qualified name with an optional database link: a.b.c@link.domain@qualifier.
func (p *parser) parseName() *ast.Name {
	lo := p.mark()
	if !p.tok.Name() && p.tok.Kind != token.Bind {
		p.expected("a name")
	}
	p.next()
	n := &ast.Name{}
	for p.at(token.Dot) && p.peek(1).Name() {
		p.next()
		p.next()
	}
	if p.at(token.At) {
		n.Link = p.mark()
		p.next()
		p.parseIdent()
		for p.at(token.Dot) || p.at(token.At) {
			p.next()
			p.parseIdent()
		}
	}
	n.Span = p.since(lo)
	return n
}
