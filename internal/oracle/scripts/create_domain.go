package scripts

import (
	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
)

// createDomain takes in a domain of 23ai. One of a single column has a type: columns of it are of the type that it
// narrows.
func (x *extractor) createDomain(s *ast.CreateDomain) {
	schema, name := x.qualified(s.Name)
	o := x.createAs(s, key{model.KindDomain, schema, name}, false, s.IfNotExists).obj
	if s.Many || s.Flexible {
		return
	}
	base := model.TypeRef{Name: "NUMBER"} // of an enumeration
	if len(s.Columns) == 1 {
		base = x.typeRef(s.Columns[0].Type)
	} else {
		for _, e := range s.Enum {
			if l, ok := e.Value.(*ast.Literal); ok && l.Kind == ast.LitString {
				base = model.TypeRef{Name: "VARCHAR2"}
			}
		}
	}
	o.Type = &model.Type{Name: name, Form: model.FormSubtype, Elem: &base, Pos: o.Pos}
}
