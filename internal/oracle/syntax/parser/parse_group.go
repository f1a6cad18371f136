package parser

import (
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// parseHierarchy reads START WITH and CONNECT BY in either order.
func (p *parser) parseHierarchy() *ast.Hierarchy {
	lo := p.mark()
	h := &ast.Hierarchy{}
	for {
		switch {
		case h.Start == nil && p.isSeq(token.START, token.WITH):
			p.skip(2)
			h.Start = p.parseExpr()
		case h.Connect == nil && p.isSeq(token.CONNECT, token.BY):
			p.skip(2)
			h.NoCycle = p.gotKw(token.NOCYCLE)
			h.Connect = p.parseExpr()
		default:
			if h.Connect == nil {
				p.expected("CONNECT BY")
			}
			h.Span = p.since(lo)
			return h
		}
	}
}

// parseGroupBy reads GROUP BY items, grouping sets and composite columns included.
func (p *parser) parseGroupBy() *ast.GroupBy {
	lo := p.mark()
	p.wantKw(token.GROUP, token.BY)
	g := &ast.GroupBy{}
	if p.gotKw(token.ALL) {
		g.All = true
	} else {
		g.Items = p.parseGroupItems()
	}
	g.Span = p.since(lo)
	return g
}

func (p *parser) parseGroupItems() []ast.Expr {
	var items []ast.Expr
	for {
		items = append(items, p.parseGroupItem())
		if !p.got(token.Comma) {
			return items
		}
	}
}

func (p *parser) parseGroupItem() ast.Expr {
	lo := p.mark()
	n := p.peek(1)
	switch {
	case p.at(token.LParen) && n.Kind == token.RParen:
		p.skip(2)
		return &ast.List{Span: p.since(lo)}
	case (p.is(token.ROLLUP) || p.is(token.CUBE)) && n.Kind == token.LParen, p.is(token.GROUPING) && n.Is(token.SETS):
		p.enter()
		g := &ast.Grouping{Kind: p.tok.Kw}
		p.next()
		p.gotKw(token.SETS)
		p.want(token.LParen)
		g.Items = p.parseGroupItems()
		p.want(token.RParen)
		g.Span = p.since(lo)
		p.leave()
		return g
	}
	return p.parseExpr()
}

// parseWindows reads WINDOW name AS (spec), ...
func (p *parser) parseWindows() []*ast.WindowDef {
	p.wantKw(token.WINDOW)
	var list []*ast.WindowDef
	for {
		lo := p.mark()
		w := &ast.WindowDef{Name: p.parseNewName()}
		p.wantKw(token.AS)
		if !p.at(token.LParen) {
			p.expected(kindText(token.LParen))
		}
		w.Spec = p.parseOver(p.mark())
		w.Span = p.since(lo)
		list = append(list, w)
		if !p.got(token.Comma) {
			return list
		}
	}
}
