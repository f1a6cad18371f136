package scripts

import (
	"slices"

	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// loopRow is one row of a cursor FOR loop over literals: FOR t IN (SELECT 'A' AS name FROM dual UNION ALL ...).
type loopRow struct {
	name   string
	fields map[string]string
	up     *loopRow
}

// value is constant with the fields of literal loop rows. Where only the beginning is known, it gives that.
func (x *extractor) value(e ast.Expr, in *loopRow) (string, bool) {
	switch e := e.(type) {
	case *ast.Name:
		p := x.f.Parts(e)
		if len(p) != 2 {
			return "", false
		}
		for r := in; r != nil; r = r.up {
			if r.name == p[0] {
				s, ok := r.fields[p[1]]
				return s, ok
			}
		}
		return "", false
	case *ast.Paren:
		return x.value(e.X, in)
	case *ast.Binary:
		if _, ok := x.constant(e); !ok {
			a, ok := x.value(e.X, in)
			if !ok || !x.isConcat(e) {
				return a, false
			}
			b, also := x.value(e.Y, in)
			return a + b, also
		}
	}
	return x.constant(e)
}

func (x *extractor) isConcat(e *ast.Binary) bool { return e.Op.Kind == token.Concat }

// literalRows are the rows of a loop over selects of literals FROM dual, joined by UNION ALL or UNION; nil for
// any other loop.
func (x *extractor) literalRows(n *ast.For) []*loopRow {
	if n.Iter == nil || len(n.Iter.Iterands) != 1 || len(n.Iter.Controls) != 1 || n.Iter.Controls[0].Kind != ast.IterQuery {
		return nil
	}
	q := n.Iter.Controls[0].Query
	if q == nil || q.With != nil || q.Limit != nil {
		return nil
	}
	var lists [][]*ast.SelectItem
	if !x.literalSelects(q.Body, &lists) || len(lists) == 0 {
		return nil
	}
	var names []string
	for _, it := range lists[0] {
		switch e := it.X.(type) {
		case *ast.Name:
			names = append(names, x.last(e))
		default:
			names = append(names, "")
		}
		if it.Alias != nil {
			names[len(names)-1] = x.last(it.Alias)
		}
	}
	var rows []*loopRow
	for _, items := range lists {
		if len(items) != len(names) {
			return nil
		}
		r := &loopRow{name: x.last(n.Iter.Iterands[0].Name), fields: map[string]string{}}
		for i, it := range items {
			if v, ok := x.constant(it.X); ok {
				r.fields[names[i]] = v
			}
		}
		rows = append(rows, r)
	}
	return rows
}

func (x *extractor) literalSelects(q ast.QueryExpr, into *[][]*ast.SelectItem) bool {
	switch q := q.(type) {
	case *ast.SetOp:
		return q.Op == token.UNION && x.literalSelects(q.Left, into) && x.literalSelects(q.Right, into)
	case *ast.ParenQuery:
		return q.Query != nil && q.Query.With == nil && x.literalSelects(q.Query.Body, into)
	case *ast.QueryBlock:
		if len(q.From) != 1 || q.Where != nil || q.Hier != nil || q.GroupBy != nil || q.Having != nil || q.Model != nil {
			return false
		}
		t, ok := q.From[0].(*ast.TableName)
		if !ok || x.f.Last(t.Name) != "DUAL" || slices.ContainsFunc(q.Items, func(it *ast.SelectItem) bool { return it.X == nil }) {
			return false
		}
		*into = append(*into, q.Items)
		return true
	}
	return false
}
