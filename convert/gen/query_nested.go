package gen

import (
	"strings"

	"landfall/internal/oracle/resolve"
	"landfall/internal/oracle/syntax/ast"
)

// nestedAggregates are the inner calls of aggregates of aggregates: MAX(SUM(x)) takes the groups' sums and gives one row
// (SQL Language Reference 19c, "Aggregate Functions").
func (g *gen) nestedAggregates(q *ast.QueryBlock) []*ast.Call {
	if q.GroupBy == nil {
		return nil
	}
	var inner []*ast.Call
	for _, it := range q.Items {
		own(it.X, func(n ast.Node) {
			c, ok := n.(*ast.Call)
			if !ok || !g.isAggregate(c) {
				return
			}
			for _, a := range c.Args {
				own(a.X, func(m ast.Node) {
					if d, ok := m.(*ast.Call); ok && g.isAggregate(d) {
						inner = append(inner, d)
					}
				})
			}
		})
	}
	return inner
}

// isAggregate reports whether a call is an aggregate, not a window function.
func (g *gen) isAggregate(c *ast.Call) bool {
	n, ok := c.Fn.(*ast.Name)
	if !ok || c.Over != nil {
		return false
	}
	ref := g.ref(n)
	if ref.Routine != nil {
		return ref.Routine.Aggregate
	}
	return (ref.Kind == resolve.Builtin || ref.Kind == resolve.Unknown) && aggregateFunctions[g.f.Last(n)] && g.f.NumParts(n) == 1
}

// nested writes the groups as an inner query and the aggregates of them around it.
func (b *block) nested(subs []sub, inner []*ast.Call) string {
	g, q := b.g, b.q
	at := g.alias()
	var list []string
	calls := map[string]string{}
	for _, c := range inner {
		f := g.expr(c)
		name := calls[f.s]
		if name == "" {
			name = "a" + itoa(len(list)+1)
			calls[f.s] = name
			list = append(list, f.s+" AS "+name)
		}
		if g.movedCall == nil {
			g.movedCall = map[*ast.Call]frag{}
		}
		g.movedCall[c] = frag{s: at + "." + name, prec: precPrimary, typ: f.typ}
	}
	lo, hi := q.Items[0].Lo, q.Items[len(q.Items)-1].Hi
	in := append([]sub{{lo, hi, strings.Join(list, ", ")}}, subs...)
	into := ""
	if q.Into != nil {
		into = " " + g.into(q.Into)
		in = append(in, put(q.Into, ""))
	}
	in = append(in, b.grouping()...)
	text := g.splice(q, in...)
	var items []string
	for _, it := range q.Items {
		items = append(items, g.selectItem(it))
	}
	line := g.lineBreak(q)
	return "SELECT " + strings.Join(items, ", ") + into + line + "FROM (" + text + ") AS " + at
}
