package parser

import (
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// parseInlineExternal reads ((columns) TYPE driver DEFAULT DIRECTORY ... REJECT LIMIT ...) of an inline external
// table. The columns are Types and Names; the access part is a language of its own and is kept whole.
func (p *parser) parseInlineExternal() *ast.Clause {
	lo := p.mark()
	c := &ast.Clause{Head: token.EXTERNAL}
	p.want(token.LParen)
	p.want(token.LParen)
	for {
		c.Names = append(c.Names, p.parseNewName())
		c.Types = append(c.Types, p.parseDataType())
		if !p.got(token.Comma) {
			break
		}
	}
	p.want(token.RParen)
	for depth := 1; depth > 0; p.next() {
		switch p.tok.Kind {
		case token.LParen:
			depth++
		case token.RParen:
			depth--
		case token.EOF, token.Semi, token.TermSlash:
			p.expected(kindText(token.RParen))
		}
	}
	c.Span = p.since(lo)
	return c
}
