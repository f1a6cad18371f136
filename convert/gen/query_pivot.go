package gen

import (
	"strings"

	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
	"landfall/internal/postgres/quote"
)

// pivot converts PIVOT (SQL Language Reference 19c, pivot_clause): rows are grouped by all columns that it does not name, and
// every value of the list becomes an aggregate with a filter.
func (g *gen) pivot(x *ast.Pivot) string {
	if x.XML || x.Query != nil || x.Any {
		g.refuse(x, "pivot", "PIVOT XML makes columns of values that are known only when it runs")
		return ""
	}
	fields, open := g.info.Row(x.X)
	if _, ok := x.X.(*ast.Join); ok || open || len(fields) == 0 {
		g.refuse(x, "pivot", "the columns of %s are not known, and PIVOT groups by those that it does not name", g.what(x.X))
		return ""
	}
	from := g.tableRef(x.X)
	used := map[string]bool{}
	for _, a := range x.Aggs {
		g.names(a.X, func(n *ast.Name) {
			if g.info.From(n) != nil {
				used[g.f.Last(n)] = true
			}
		})
	}
	for _, n := range x.For {
		used[g.f.Last(n)] = true
	}
	var list, group []string
	for _, f := range fields {
		if !used[f.Name] {
			list = append(list, g.e.names.ident(f.Name))
			group = append(group, g.e.names.ident(f.Name))
		}
	}
	for _, v := range x.In {
		filter := g.pivotFilter(x.For, v)
		name := g.pivotName(v.X)
		if v.Alias != nil {
			name = g.f.Last(v.Alias)
		}
		for _, a := range x.Aggs {
			call := g.text(a.X)
			if !plainCall(call) {
				g.refuse(a, "pivot", "no filter can be put on %s", g.what(a.X))
				return ""
			}
			n := name
			if a.Alias != nil {
				n += "_" + g.f.Last(a.Alias)
			}
			list = append(list, call+" FILTER (WHERE "+filter+") AS "+quote.Ident(g.e.names.fold(n)))
		}
	}
	in := g.lineBreak(x)
	text := "(SELECT " + strings.Join(list, ", ") + in + "FROM " + from
	if len(group) > 0 {
		text += in + "GROUP BY " + strings.Join(group, ", ")
	}
	return text + ") AS " + g.sourceAlias(x)
}

// pivotFilter is the condition that a row belongs to a value of the list.
func (g *gen) pivotFilter(cols []*ast.Name, v *ast.PivotItem) string {
	values := []ast.Expr{v.X}
	if l, ok := ast.Unparen(v.X).(*ast.List); ok {
		values = l.Items
	}
	if len(values) != len(cols) {
		g.refuse(v, "pivot", "the list has %d values for %d columns", len(values), len(cols))
		return ""
	}
	var parts []string
	for i, n := range cols {
		f := g.expr(values[i])
		if f.typ == pgNull {
			parts = append(parts, g.word(n)+" IS NULL")
			continue
		}
		parts = append(parts, g.word(n)+" = "+f.in(precCompare+1))
	}
	return strings.Join(parts, " AND ")
}

// pivotName is the name of a column that a value without alias makes: its text, quotes included.
func (g *gen) pivotName(e ast.Expr) string {
	if l, ok := e.(*ast.List); ok {
		var parts []string
		for _, it := range l.Items {
			parts = append(parts, g.pivotName(it))
		}
		return strings.Join(parts, "_")
	}
	return g.source(e)
}

// plainCall reports whether a text is one call with nothing around it.
func plainCall(s string) bool {
	i := strings.IndexByte(s, '(')
	if i <= 0 || !strings.HasSuffix(s, ")") || strings.HasPrefix(s, "nullif(") || strings.HasPrefix(s, "coalesce(") {
		return false
	}
	for _, c := range s[:i] {
		if c != '_' && c != '.' && (c < 'a' || c > 'z') && (c < 'A' || c > 'Z') && (c < '0' || c > '9') {
			return false
		}
	}
	depth := 0
	quoted := byte(0)
	for k := i; k < len(s); k++ {
		switch c := s[k]; {
		case quoted != 0:
			if c == quoted {
				quoted = 0
			}
		case c == '\'' || c == '"':
			quoted = c
		case c == '(':
			depth++
		case c == ')':
			if depth--; depth == 0 && k < len(s)-1 {
				return false
			}
		}
	}
	return depth == 0
}

// unpivot converts UNPIVOT: a row for each column of the list, by a lateral VALUES. Rows without any value are left out
// unless NULLS are included.
func (g *gen) unpivot(x *ast.Unpivot) string {
	fields, open := g.info.Row(x.X)
	if _, ok := x.X.(*ast.Join); ok || (open || len(fields) == 0) && g.starred {
		g.refuse(x, "unpivot", "the columns of %s are not known, and UNPIVOT keeps those that it does not name", g.what(x.X))
		return ""
	}
	from := g.tableRef(x.X)
	source := g.sourceAlias(x.X)
	values := g.alias()
	used := map[string]bool{}
	var rows []string
	for _, it := range x.In {
		var row []string
		for _, n := range it.Cols {
			used[g.f.Last(n)] = true
			row = append(row, source+"."+g.e.names.ident(g.f.Last(n)))
		}
		names := []ast.Expr{it.Values}
		if it.Values != nil {
			if l, ok := ast.Unparen(it.Values).(*ast.List); ok {
				names = l.Items
			}
		}
		for i := range x.For {
			switch {
			case it.Values == nil: // the columns' own names
				var parts []string
				for _, n := range it.Cols {
					parts = append(parts, g.f.Last(n))
				}
				row = append(row, quote.Literal(strings.Join(parts, "_")))
			case i < len(names):
				row = append(row, g.text(names[i]))
			}
		}
		rows = append(rows, "("+strings.Join(row, ", ")+")")
	}
	var list, cols, filter []string
	if open { // the block around names what it wants
		list = append(list, source+".*")
		fields = nil
	}
	for _, f := range fields {
		if !used[f.Name] {
			list = append(list, source+"."+g.e.names.ident(f.Name))
		}
	}
	for _, n := range append(append([]*ast.Name{}, x.Cols...), x.For...) {
		cols = append(cols, g.word(n))
	}
	// FOR columns come first in Oracle's row
	for _, n := range append(append([]*ast.Name{}, x.For...), x.Cols...) {
		list = append(list, values+"."+g.word(n))
	}
	for _, n := range x.Cols {
		filter = append(filter, values+"."+g.word(n)+" IS NOT NULL")
	}
	in := g.lineBreak(x)
	text := "(SELECT " + strings.Join(list, ", ") + in + "FROM " + from +
		in + "CROSS JOIN LATERAL (VALUES " + strings.Join(rows, ", ") + ") AS " + values + "(" + strings.Join(cols, ", ") + ")"
	if x.Nulls != token.INCLUDE {
		text += in + "WHERE " + strings.Join(filter, " OR ")
	}
	return text + ") AS " + g.sourceAlias(x)
}
