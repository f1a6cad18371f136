package scripts

import (
	"slices"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// alter turns each action of an ALTER into a change, so that one that must wait does not hold up the others.
func (x *extractor) alter(s *ast.Alter) {
	schema, name := x.qualified(s.Name)
	switch s.Kind {
	case token.TABLE:
		for _, a := range s.Actions {
			x.alterTable(s, key{model.KindTable, schema, name}, a)
		}
	case token.MATERIALIZED:
		kind := model.KindMaterializedView
		if s.Log {
			kind = model.KindMaterializedViewLog
		}
		for _, a := range s.Actions {
			x.change(s, []key{{kind, schema, name}}, kind, func(_ *folder, o *model.Object, _ bool) bool {
				if a.Refresh != nil && o.View != nil {
					o.View.Refresh = refreshText(a.Refresh)
				}
				return true
			})
		}
	case token.INDEX:
		for _, a := range s.Actions {
			x.alterIndex(s, key{model.KindIndex, schema, name}, a)
		}
	case token.SEQUENCE:
		for _, a := range s.Actions {
			x.change(s, []key{{model.KindSequence, schema, name}}, model.KindSequence, func(_ *folder, o *model.Object, _ bool) bool {
				x.sequence(a.Options, o.Sequence)
				return true
			})
		}
	case token.TYPE:
		for _, a := range s.Actions {
			x.alterType(s, key{model.KindType, schema, name}, a)
		}
	case token.TRIGGER:
		for _, a := range s.Actions {
			x.alterTrigger(s, key{model.KindTrigger, schema, name}, a)
		}
	default:
		kind := model.ObjectKind(word(s.Kind))
		if !kind.Known() {
			return
		}
		if s.Kind == token.SYNONYM && s.Public {
			schema = "PUBLIC"
		}
		for _, a := range s.Actions {
			if a.Verb == token.COMPILE {
				continue
			}
			x.change(s, []key{{kind, schema, name}}, kind, noted)
		}
	}
}

func (x *extractor) alterIndex(s ast.Stmt, k key, a *ast.AlterAction) {
	x.change(s, []key{k}, model.KindIndex, func(fd *folder, o *model.Object, _ bool) bool {
		switch a.Verb {
		case token.RENAME:
			if a.Object == token.TO && a.NewName != nil {
				fd.rename(o, x.last(a.NewName), x.u.at)
				return true
			}
		case token.REBUILD:
			o.Index.Unusable = false
		}
		x.indexClause(o.Index, a.Verb)
		for _, p := range a.Props {
			x.indexClause(o.Index, p.Head)
		}
		if o.Index.Partition != nil && a.Object == token.PARTITION {
			x.alterPartitions(o.Index.Partition, a)
		}
		return true
	}).quiet = true // indexes of constraints have no CREATE of their own
}

func (x *extractor) alterTrigger(s ast.Stmt, k key, a *ast.AlterAction) {
	if a.Verb == token.COMPILE {
		return
	}
	x.change(s, []key{k}, model.KindTrigger, func(fd *folder, o *model.Object, _ bool) bool {
		switch a.Verb {
		case token.ENABLE:
			o.Trigger.Disabled = false
		case token.DISABLE:
			o.Trigger.Disabled = true
		case token.RENAME:
			fd.rename(o, x.last(a.NewName), x.u.at)
		}
		return true
	})
}

func (x *extractor) alterType(s ast.Stmt, k key, a *ast.AlterAction) {
	if a.Verb == token.COMPILE || a.Verb == token.CASCADE || a.Verb == token.INVALIDATE || a.Verb == token.RESET {
		return
	}
	x.change(s, []key{k}, model.KindType, func(_ *folder, o *model.Object, _ bool) bool {
		t := o.Type
		switch {
		case a.Verb == token.REPLACE:
			t.Attributes, t.Methods, t.Form = nil, nil, model.FormObject
			x.typeElems(t, a.Decls)
		case a.Object == token.ATTRIBUTE:
			return x.alterAttributes(t, a)
		case a.Object == token.METHOD:
			for _, d := range a.Decls {
				m, ok := d.(*ast.Method)
				if !ok {
					continue
				}
				r := x.method(m)
				if a.Verb == token.ADD {
					t.Methods = append(t.Methods, r)
					continue
				}
				n := len(t.Methods)
				t.Methods = slices.DeleteFunc(t.Methods, func(d *model.Routine) bool { return d.Name == r.Name && len(d.Params) == len(r.Params) })
				if len(t.Methods) == n {
					return false
				}
			}
			overloads(t.Methods)
		case a.Object == token.LIMIT && len(a.Exprs) > 0:
			t.Limit = x.text(a.Exprs[0])
		case a.Object == token.ELEMENT && len(a.Props) > 0 && len(a.Props[0].Types) > 0:
			elem := x.typeRef(a.Props[0].Types[0])
			t.Elem = &elem
		case a.Verb == token.FINAL:
			t.Final = true
		case a.Verb == token.NOT && a.Object == token.FINAL:
			t.Final = false
		}
		return true
	})
}

func (x *extractor) alterAttributes(t *model.Type, a *ast.AlterAction) bool {
	for _, d := range a.Columns {
		name := x.last(d.Name)
		i := slices.IndexFunc(t.Attributes, func(c *model.Column) bool { return c.Name == name })
		switch {
		case a.Verb == token.ADD && i < 0:
			t.Attributes = append(t.Attributes, &model.Column{Name: name, Type: x.typeRef(d.Type), Pos: x.pos(d)})
		case a.Verb == token.MODIFY && i >= 0:
			t.Attributes[i].Type = x.typeRef(d.Type)
		case a.Verb == token.DROP && i >= 0:
			t.Attributes = slices.Delete(t.Attributes, i, i+1)
		default:
			return false
		}
	}
	return true
}
