package resolve

import (
	"landfall/internal/oracle/syntax/ast"
)

// model resolves the MODEL clause; the select list then sees the columns of the model only.
func (r *resolver) model(b *ast.QueryBlock, s *scope) {
	m := b.Model
	main := &source{shape: &shape{}, ref: &Ref{Kind: Query, Decl: m}}
	cells := []*source{main}
	r.modelColumns(m.Cols, main.shape)
	for _, f := range m.Refs {
		src := &source{alias: r.name(f.Name), shape: &shape{}, ref: &Ref{Kind: Query, Decl: f}}
		r.set(f.Name, src.ref)
		row := &shape{}
		r.in(s.parent, func() { row = r.query(f.Query) })
		r.in(&scope{kind: queryScope, parent: s.parent, sources: []*source{{shape: row}}}, func() { r.modelColumns(f.Cols, src.shape) })
		cells = append(cells, src)
	}
	r.word(m.Name)
	s.sources = cells
	if m.Rules == nil {
		return
	}
	r.expr(m.Rules.Iterate)
	r.expr(m.Rules.Until)
	for _, u := range m.Rules.Rules {
		r.expr(u.Cell)
		r.orderBy(u.OrderBy)
		r.expr(u.X)
	}
}

func (r *resolver) modelColumns(c *ast.ModelColumns, row *shape) {
	if c == nil {
		return
	}
	for _, list := range [...][]*ast.SelectItem{c.Partition, c.Dimension, c.Measures} {
		for _, it := range list {
			t := r.expr(it.X)
			f := &field{typ: t, ref: &Ref{Kind: Column, Decl: it, typ: t}}
			if n, ok := plainNameOf(it.X); ok {
				f.name = r.name(n)
				if ref := r.info.Known(n); ref != nil && ref.Kind == Column {
					f.ref.Object, f.ref.Column = ref.Object, ref.Column
				}
			}
			if it.Alias != nil {
				f.name = r.name(it.Alias)
				r.set(it.Alias, f.ref)
			}
			row.add(f)
		}
	}
}
