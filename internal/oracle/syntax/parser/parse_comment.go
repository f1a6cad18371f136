package parser

import (
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// parseComment reads COMMENT ON kind object IS 'text'.
func (p *parser) parseComment() ast.Stmt {
	lo := p.mark()
	p.wantKw(token.COMMENT, token.ON)
	c := &ast.Comment{Kind: p.tok.Kw}
	switch c.Kind {
	case token.TABLE, token.COLUMN, token.INDEXTYPE, token.OPERATOR, token.EDITION, token.DOMAIN, token.VIEW:
		p.next()
	case token.MATERIALIZED:
		p.next()
		p.wantKw(token.VIEW)
	case token.SNAPSHOT:
		p.next()
		c.Kind = token.MATERIALIZED
	case token.MINING:
		p.next()
		p.wantKw(token.MODEL)
	case token.AUDIT:
		p.next()
		p.wantKw(token.POLICY)
	case token.PROPERTY:
		p.next()
		p.wantKw(token.GRAPH)
	default:
		p.expected("TABLE", "COLUMN", "MATERIALIZED VIEW", "INDEXTYPE", "OPERATOR", "EDITION", "MINING MODEL")
	}
	c.Object = p.parseName()
	p.wantKw(token.IS)
	c.Text = p.parseText()
	c.Span = p.since(lo)
	return c
}
