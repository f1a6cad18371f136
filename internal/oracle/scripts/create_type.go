package scripts

import (
	"strings"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// typeDef takes the definition of a type apart; without one it is incomplete.
func (x *extractor) typeDef(d ast.TypeDef) *model.Type {
	t := &model.Type{Form: model.FormIncomplete}
	switch d := d.(type) {
	case *ast.RecordType:
		t.Form = model.FormRecord
		for _, v := range d.Fields {
			c := &model.Column{Name: x.last(v.Name), Type: x.typeRef(v.Type), NotNull: v.NotNull, Pos: x.pos(v)}
			if v.Default != nil {
				c.Default = x.text(v.Default)
			}
			t.Attributes = append(t.Attributes, c)
		}
	case *ast.CollectionType:
		elem := x.typeRef(d.Elem)
		t.Elem = &elem
		switch d.Kind {
		case ast.NestedTable:
			t.Form = model.FormNestedTable
		case ast.Varray:
			t.Form = model.FormVarray
			if d.Limit != nil {
				t.Limit = x.text(d.Limit)
			}
		case ast.AssociativeArray:
			t.Form = model.FormAssoc
			index := x.typeRef(d.Index)
			t.IndexBy = &index
		}
	case *ast.RefCursorType:
		t.Form = model.FormRefCursor
		if d.Return != nil {
			elem := x.typeRef(d.Return)
			t.Elem = &elem
		}
	case *ast.ObjectType:
		t.Form, t.Final = model.FormObject, true
		if d.Under != nil {
			t.Under = strings.Join(x.parts(d.Under), ".")
		}
		x.typeElems(t, d.Elems)
		for _, m := range d.Modifiers {
			if m.Kind == token.FINAL {
				t.Final = !m.Not
			}
		}
	case *ast.OpaqueType:
		t.Form = model.FormObject
		x.typeElems(t, d.Elems)
	}
	return t
}

func (x *extractor) typeElems(t *model.Type, elems []ast.Decl) {
	for _, e := range elems {
		switch e := e.(type) {
		case *ast.AttrDecl:
			t.Attributes = append(t.Attributes, &model.Column{Name: x.last(e.Name), Type: x.typeRef(e.Type), Pos: x.pos(e)})
		case *ast.Method:
			t.Methods = append(t.Methods, x.method(e))
		}
	}
	overloads(t.Methods)
}

func (x *extractor) method(m *ast.Method) *model.Routine {
	r := x.routine(m.Routine)
	r.Pos, r.Method = x.pos(m), word(m.Kind)
	if m.Order != 0 {
		r.Method = word(m.Order)
	}
	return r
}

func (x *extractor) createType(s *ast.CreateType) {
	o := x.create(s, model.KindType, s.Name, s.Replace, s.IfNotExists)
	o.Type = x.typeDef(s.Def)
	o.Type.Name, o.Type.Pos = o.Name, o.Pos
}

func (x *extractor) createTypeBody(s *ast.CreateTypeBody) {
	schema, name := x.qualified(s.Name)
	m := x.createAs(s, key{model.KindTypeBody, schema, name}, s.Replace, s.IfNotExists)
	for _, d := range s.Decls {
		if me, ok := d.(*ast.Method); ok {
			m.methods = append(m.methods, x.method(me))
		}
	}
}
