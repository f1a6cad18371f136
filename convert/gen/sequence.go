package gen

import (
	"landfall/internal/oracle/resolve"
	"landfall/internal/oracle/syntax/ast"
)

// sequenceName is the quoted name of the sequence of s.NEXTVAL.
func (g *gen) sequenceName(n *ast.Name, ref *resolve.Ref) string {
	if ref.Object != nil {
		return g.e.names.object(ref.Object)
	}
	parts := g.f.Parts(n)
	name := ""
	for i, p := range parts[:len(parts)-1] {
		if i > 0 {
			name += "."
		}
		name += g.e.names.ident(p)
	}
	return name
}

// sequenceValue converts s.NEXTVAL and s.CURRVAL.
func (g *gen) sequenceValue(n *ast.Name, ref *resolve.Ref) frag {
	if s, ok := g.drawn[n]; ok {
		return frag{s: s, prec: precPrimary, typ: pgInteger, notNull: true}
	}
	fn := "nextval"
	if g.f.Last(n) == "CURRVAL" {
		fn = "currval"
	}
	return frag{s: fn + "(" + literal(g.sequenceName(n, ref)) + ")", prec: precPrimary, typ: pgInteger, notNull: true}
}

// sequenceUses are the places below some expressions that name one sequence, in order, by its name.
func (g *gen) sequenceUses(list ...ast.Node) (uses map[string][]*ast.Name, order []string) {
	uses = map[string][]*ast.Name{}
	for _, e := range list {
		own(e, func(c ast.Node) {
			n, ok := c.(*ast.Name)
			if !ok || g.ref(n).Kind != resolve.Sequence {
				return
			}
			s := g.sequenceName(n, g.ref(n))
			if len(uses[s]) == 0 {
				order = append(order, s)
			}
			uses[s] = append(uses[s], n)
		})
	}
	return uses, order
}

// draws reports whether a place is NEXTVAL.
func (g *gen) draws(n *ast.Name) bool { return g.f.Last(n) == "NEXTVAL" }

// once lets one row draw a sequence once, however often it names NEXTVAL, and CURRVAL be that value (SQL Language Reference
// 19c, "Sequence Pseudocolumns"). In a select list values are made from left to right, so the first place draws.
func (g *gen) once(items []*ast.SelectItem) {
	var list []ast.Node
	for _, it := range items {
		list = append(list, it.X)
	}
	uses, order := g.sequenceUses(list...)
	for _, s := range order {
		g.drawAt(s, uses[s])
	}
}

func (g *gen) drawAt(sequence string, places []*ast.Name) {
	drawn := false
	for _, n := range places {
		drawn = drawn || g.draws(n)
	}
	if !drawn || len(places) < 2 {
		return
	}
	for i, n := range places {
		fn := "currval("
		if i == 0 {
			fn = "nextval("
		}
		g.draw(n, fn+literal(sequence)+")")
	}
}

func (g *gen) draw(n *ast.Name, text string) {
	if g.drawn == nil {
		g.drawn = map[*ast.Name]string{}
	}
	g.drawn[n] = text
}
