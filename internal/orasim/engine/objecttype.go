package engine

import (
	"strings"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
	"landfall/internal/orasim/ora"
	"landfall/internal/orasim/session"
)

// udt is a user-defined type as values need it: an object type with its attributes, those that it inherits first, or a collection
// with its element.
type udt struct {
	object  *object
	attrs   []udtAttr
	elem    *typ
	limit   int // of a VARRAY; 0 is none
	above   []objectName
	never   bool // NOT INSTANTIABLE
	methods map[string]bool
	ctors   [][2]int // least and most arguments of constructors that the type itself declares
}

type udtAttr struct {
	name string
	typ  typ
}

// udt finds the type behind a column or expression; nil for REFs, and for what the catalog does not know.
func (s *Session) udt(t typ) *udt {
	if t.kind != kOther || t.ref || t.name == "" {
		return nil
	}
	parts := []string{t.name}
	if t.schema != "" {
		parts = []string{t.schema, t.name}
	}
	return s.udtNamed(s.schema, parts)
}

// udtOf reads a type of the catalog; nil for anything else, and for types that are only announced.
func (s *Session) udtOf(o *object) *udt {
	if o == nil || o.kind != "TYPE" {
		return nil
	}
	facts := o.typeFacts()
	if facts == nil {
		return nil
	}
	u := &udt{object: o, methods: map[string]bool{}}
	switch {
	case facts.Elem != nil && (facts.Form == model.FormNestedTable || facts.Form == model.FormVarray):
		elem := s.partType(o, *facts.Elem)
		u.elem = &elem
		if facts.Form == model.FormVarray {
			for _, d := range facts.Limit {
				u.limit = u.limit*10 + int(d-'0')
			}
		}
		return u
	case facts.Form != model.FormObject:
		return nil
	}
	for owner, of, depth := o, facts, 0; of != nil && depth < 16; depth++ {
		var own []udtAttr
		for _, a := range of.Attributes {
			own = append(own, udtAttr{a.Name, s.partType(owner, a.Type)})
		}
		u.attrs = append(own, u.attrs...)
		for _, m := range of.Methods {
			if m.Method != "CONSTRUCTOR" {
				u.methods[m.Name] = true
				continue
			}
			if owner == o {
				least := 0
				for _, p := range m.Params {
					if p.Default == "" {
						least++
					}
				}
				u.ctors = append(u.ctors, [2]int{least, len(m.Params)})
			}
		}
		if owner != o {
			u.above = append(u.above, owner.objectName)
		}
		owner, of = s.super(owner, of)
	}
	if n, ok := o.stmt.(*ast.CreateType); ok {
		if def, ok := n.Def.(*ast.ObjectType); ok {
			for _, m := range def.Modifiers {
				u.never = u.never || m.Not && m.Kind == token.INSTANTIABLE
			}
		}
	}
	return u
}

// partType is the type of an attribute or element of a type: names without a schema are looked up from the type's own.
func (s *Session) partType(of *object, r model.TypeRef) typ {
	t := typeOf(r, false)
	if t.kind == kOther && t.schema == "" && r.User {
		t.schema = of.owner
		if o := s.db.lookup(of.owner, []string{t.name}); o != nil {
			t.schema = o.owner
		}
	}
	return t
}

// settled gives a user-defined type of a column its schema.
func (s *Session) settled(owner string, r model.TypeRef, t typ) typ {
	if t.kind == kOther && t.schema == "" && (r.User || r.Ref) {
		if o := s.db.lookup(owner, []string{t.name}); o != nil && o.kind == "TYPE" {
			t.schema = o.owner
		}
	}
	return t
}

func (u *udt) typ() typ { return typ{kind: kOther, name: u.object.name, schema: u.object.owner} }

func (u *udt) is(n objectName) bool {
	if u.object.objectName == n {
		return true
	}
	for _, a := range u.above {
		if a == n {
			return true
		}
	}
	return false
}

// takes reports whether a place of type u holds values of type v: of u itself, and of the types under it.
func (u *udt) takes(v *udt) bool { return v != nil && v.is(u.object.objectName) }

func (u *udt) attribute(name string) int {
	for i, a := range u.attrs {
		if a.name == name {
			return i
		}
	}
	return -1
}

// The image of a collection is the list of its elements as it passes the seam (session.AppendParts), that of an object its type, owner
// and name, as parts, and the list of its attributes.

// image is that of an object.
func (u *udt) image(attrs [][]byte) []byte {
	b := session.AppendPart(nil, []byte(u.object.owner))
	b = session.AppendPart(b, []byte(u.object.name))
	return session.AppendParts(b, attrs)
}

// parts takes the image of a collection apart; what they point at is that of the image.
func parts(v []byte) ([][]byte, error) {
	list, err := session.PartsOf(v)
	if err != nil {
		return nil, ora.Unsupported("the image of an object")
	}
	return list, nil
}

// objectParts takes the image of an object apart.
func objectParts(v []byte) (of objectName, attrs [][]byte, err error) {
	owner, rest, err := session.PartOf(v)
	var name []byte
	if err == nil {
		name, rest, err = session.PartOf(rest)
	}
	if err != nil {
		return of, nil, ora.Unsupported("the image of an object")
	}
	attrs, err = parts(rest)
	return objectName{owner: string(owner), name: string(name)}, attrs, err
}

// made are the attributes of an object type, the element of a collection.
func (u *udt) made() []udtAttr {
	if u.elem != nil {
		return []udtAttr{{"COLUMN_VALUE", *u.elem}}
	}
	return u.attrs
}

// titled is a type's name in messages.
func (u *udt) titled() string { return strings.Join([]string{u.object.owner, u.object.name}, ".") }
