package gen

import (
	"strings"

	"landfall/internal/oracle/syntax/ast"
)

// hideColumns writes out the * of a query over a table with invisible columns: it leaves those out (SQL Language Reference
// 19c, "CREATE TABLE", VISIBLE | INVISIBLE), and PostgreSQL cannot hide a column.
func (g *gen) hideColumns(q *ast.QueryBlock) {
	items, ok := plainFrom(q.From)
	if !ok {
		return
	}
	lists := make([]string, len(items))
	hidden := map[ast.Node]bool{}
	for i, t := range items {
		lists[i], hidden[t] = g.visibleOf(t)
	}
	for _, it := range q.Items {
		n, ok := it.X.(*ast.Name)
		if !ok || !n.Star {
			continue
		}
		parts := g.f.Parts(n)
		var list []string
		any := false
		for i, t := range items {
			if len(parts) == 0 || g.f.Last(sourceName(t)) == parts[len(parts)-1] {
				list = append(list, lists[i])
				any = any || hidden[t]
			}
		}
		if any && g.stars[it] == "" {
			if g.stars == nil {
				g.stars = map[*ast.SelectItem]string{}
			}
			g.stars[it] = strings.Join(list, ", ")
		}
	}
}

// plainFrom are the tables and subqueries of FROM in order; ok is false where * has another order than they have.
func plainFrom(from []ast.TableRef) (items []ast.TableRef, ok bool) {
	for _, t := range from {
		switch x := t.(type) {
		case *ast.TableName, *ast.SubqueryRef:
			if sourceName(x) == nil {
				return nil, false
			}
			items = append(items, x)
		case *ast.Join:
			if x.Natural || len(x.Using) > 0 {
				return nil, false
			}
			both, ok := plainFrom([]ast.TableRef{x.Left, x.Right})
			if !ok {
				return nil, false
			}
			items = append(items, both...)
		default:
			return nil, false
		}
	}
	return items, true
}

// sourceName is the name by which a query knows an item of FROM.
func sourceName(t ast.TableRef) *ast.Name {
	switch x := t.(type) {
	case *ast.TableName:
		if x.Alias != nil {
			return x.Alias
		}
		return x.Name
	case *ast.SubqueryRef:
		return x.Alias
	}
	return nil
}

// visibleOf is what * gives of an item of FROM; hidden tells that it is not all of it.
func (g *gen) visibleOf(t ast.TableRef) (list string, hidden bool) {
	name := g.e.names.ident(g.f.Last(sourceName(t)))
	x, ok := t.(*ast.TableName)
	if !ok {
		return name + ".*", false
	}
	o := g.ref(x.Name).Object
	if o == nil || o.Table == nil {
		return name + ".*", false
	}
	var cols []string
	if r := g.objectRows(o); r != nil {
		for _, c := range r.columns(g, x) {
			if c.of == nil {
				cols = append(cols, name+"."+c.name)
			}
		}
		return strings.Join(cols, ", "), true
	}
	for _, c := range o.Table.Columns {
		if c.Invisible {
			hidden = true
		} else {
			cols = append(cols, name+"."+g.e.names.ident(c.Name))
		}
	}
	if !hidden {
		return name + ".*", false
	}
	return strings.Join(cols, ", "), true
}
