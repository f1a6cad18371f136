package resolve

import (
	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
)

// createDomain resolves CREATE DOMAIN of 23ai. Its expressions name the value by the domain's name or VALUE, or, of a
// domain of several columns, by their names.
func (r *resolver) createDomain(x *ast.CreateDomain) {
	o := r.creates(model.KindDomain, x.Name)
	row := &shape{}
	for _, c := range x.Columns {
		t := r.dataType(c.Type)
		ref := &Ref{Kind: Column, Decl: c, Object: o, typ: t}
		if x.Many {
			row.add(&field{name: r.name(c.Name), typ: t, ref: ref})
			r.set(c.Name, ref)
			continue
		}
		row.add(&field{name: r.name(x.Name), typ: t, ref: ref})
		row.add(&field{name: "VALUE", typ: t, ref: ref})
	}
	for _, c := range x.Columns {
		r.word(c.Collation)
		r.rowExpr(c.Default, row)
		r.constraints(c.Constraints, row)
		for _, cl := range c.Options {
			r.wordsIn(cl)
		}
		r.annotations(c.Annotations)
	}
	for _, e := range x.Enum {
		r.word(e.Names...)
		r.expr(e.Value)
	}
	r.constraints(x.Constraints, row)
	r.rowExpr(x.Display, row)
	r.rowExpr(x.Order, row)
	r.annotations(x.Annotations)
}
