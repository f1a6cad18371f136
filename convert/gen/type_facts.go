package gen

import (
	"strings"
	"sync"

	"landfall/internal/model"
	"landfall/internal/oracle/resolve"
	"landfall/internal/oracle/scripts"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// typeFacts is what the conversion knows of an object type beyond the catalog.
type typeFacts struct {
	e          *Estate
	object     *model.Object
	spec, body half
	super      *typeFacts
	subs       []*typeFacts // directly under it
	referred   bool         // a REF of the source points to objects of the type

	naming sync.Once
	named  map[*model.Routine]string // PostgreSQL names of overloads that need one of their own
}

func (e *Estate) typeFacts() {
	e.types = map[*model.Object]*typeFacts{}
	for _, u := range e.units {
		switch x := u.Stmt.(type) {
		case *ast.CreateType:
			d, ok := x.Def.(*ast.ObjectType)
			if !ok {
				continue
			}
			if t := e.typeFactsOf(u, x.Name); t != nil && (t.spec.unit == nil || e.creator[u.Object] == u) {
				t.spec.unit, t.spec.decls = u, d.Elems
			}
		case *ast.CreateTypeBody:
			if t := e.typeFactsOf(u, x.Name); t != nil && (t.body.unit == nil || e.creator[u.Object] == u) {
				t.body.unit, t.body.decls = u, x.Decls
			}
		}
	}
	for _, o := range e.Catalog.Objects {
		t := e.types[o]
		if t == nil || o.Type == nil || o.Type.Under == "" {
			continue
		}
		schema, name, ok := strings.Cut(o.Type.Under, ".")
		if !ok {
			schema, name = o.Schema, o.Type.Under
		}
		for _, s := range []string{schema, ""} {
			if up := e.types[e.Catalog.Find(model.KindType, s, name)]; up != nil && up != t {
				t.super = up
				up.subs = append(up.subs, t)
				break
			}
		}
	}
}

func (e *Estate) typeFactsOf(u *scripts.Unit, n *ast.Name) *typeFacts {
	parts := u.Source.Parsed.Parts(n)
	if len(parts) == 0 {
		return nil
	}
	schema := u.Schema
	if len(parts) > 1 {
		schema = parts[len(parts)-2]
	}
	o := e.Catalog.Find(model.KindType, schema, parts[len(parts)-1])
	if o == nil {
		o = e.Catalog.Find(model.KindType, "", parts[len(parts)-1])
	}
	if o == nil {
		return nil
	}
	if e.types[o] == nil {
		e.types[o] = &typeFacts{e: e, object: o}
	}
	return e.types[o]
}

// family reports whether a type has a supertype or subtypes. Values of such types are jsonb, which tells what they are by
// typeTag: a place of the supertype can hold any of them.
func (t *typeFacts) family() bool {
	return t != nil && (t.super != nil || len(t.subs) > 0 || t.object.Type != nil && t.object.Type.Under != "")
}

// typeTag is the key under which an object of a family keeps the name of its type.
const typeTag = "$type"

// tag is the value of typeTag for objects of the type.
func (t *typeFacts) tag() string { return t.e.names.fold(t.object.Name) }

// below are the type and all its subtypes.
func (t *typeFacts) below() []*typeFacts {
	list := []*typeFacts{t}
	for i := 0; i < len(list) && len(list) < 1000; i++ {
		list = append(list, list[i].subs...)
	}
	return list
}

// tags are the quoted values of typeTag of the type and its subtypes.
func (t *typeFacts) tags() string {
	var list []string
	for _, s := range t.below() {
		list = append(list, literal(s.tag()))
	}
	return strings.Join(list, ", ")
}

// objectFacts are the facts of the object type behind a type, nil for all others.
func (g *gen) objectFacts(t resolve.Type) *typeFacts {
	t = t.Base()
	if t.Class != resolve.ClassObject || t.Object == nil || t.Ref.Ref {
		return nil
	}
	return g.e.types[t.Object]
}

// jsonObject reports whether values of a type are objects kept as jsonb.
func (g *gen) jsonObject(t resolve.Type) bool {
	return t.Class == resolve.ClassObject && g.objectFacts(t).family()
}

// method finds the declaration of a method in a type's specification, nil when it has none of that name and signature.
func (t *typeFacts) method(f *ast.File, m *ast.Method) *ast.Method {
	if t.spec.unit == nil {
		return nil
	}
	own := t.spec.unit.Source.Parsed
	for _, d := range t.spec.decls {
		o, ok := d.(*ast.Method)
		if !ok || own.Last(o.Routine.Name) != f.Last(m.Routine.Name) || o.Routine.Kind != m.Routine.Kind {
			continue
		}
		a, b := withoutSelf(own, o.Routine.Params), withoutSelf(f, m.Routine.Params)
		if len(a) != len(b) {
			continue
		}
		same := true
		for i := range a {
			same = same && own.Last(a[i].Name) == f.Last(b[i].Name)
		}
		if same {
			return o
		}
	}
	return nil
}

// overriders are the nearest subtypes that have a method of their own in place of the type's.
func (t *typeFacts) overriders(f *ast.File, m *ast.Method) []*typeFacts {
	if m.Kind != token.MEMBER {
		return nil
	}
	var list []*typeFacts
	for _, s := range t.subs {
		if s.method(f, m) != nil {
			list = append(list, s)
			continue
		}
		list = append(list, s.overriders(f, m)...)
	}
	return list
}

// withoutSelf are the parameters of a method without SELF, where it is declared.
func withoutSelf(f *ast.File, list []*ast.Param) []*ast.Param {
	if len(list) > 0 && f.Last(list[0].Name) == "SELF" {
		return list[1:]
	}
	return list
}

// abstract reports whether a method is NOT INSTANTIABLE.
func abstract(m *ast.Method) bool {
	for _, x := range m.Modifiers {
		if x.Not && x.Kind == token.INSTANTIABLE {
			return true
		}
	}
	return false
}
