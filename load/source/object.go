package source

import (
	"fmt"
	"slices"
	"strings"

	"landfall/internal/model"
)

// ObjectType is an object type or collection as DBA_TYPES has it.
type ObjectType struct {
	Super      Name // the type that it is under
	Collection bool
	Varray     bool
	Attributes []TypeAttribute // of an object, those that it inherits first
	Element    model.TypeRef   // of a collection
}

// TypeAttribute is one as DBA_TYPE_ATTRS has it.
type TypeAttribute struct {
	Name string
	Type model.TypeRef
}

// JSONText is the type of a column whose expression makes JSON, a CLOB or text that is small enough to come with its row.
const JSONText = "JSON TEXT"

// objectTypes reads the types that columns are of, the types of their attributes, and those under them. Without such columns it asks nothing.
func (r *reader) objectTypes() error {
	r.f.Types = map[Name]*ObjectType{}
	known := map[string]bool{}
	var next []string
	add := func(t model.TypeRef) {
		if t.User && !known[t.Schema] {
			known[t.Schema] = true
			next = append(next, t.Schema)
		}
	}
	for i := range r.f.Tables {
		for _, c := range r.f.Tables[i].Columns {
			if !c.Generated {
				add(c.Type)
			}
		}
	}
	for len(next) > 0 {
		owners := next
		next = nil
		slices.Sort(owners)
		if err := r.typesOf(owners, add); err != nil {
			return fmt.Errorf("object types: %w", err)
		}
	}
	return nil
}

// typesOf reads the types of some owners; add is told of every type that they name.
func (r *reader) typesOf(owners []string, add func(model.TypeRef)) error {
	all := r.own
	r.own = owners
	defer func() { r.own = all }()
	own := func(owner string) bool { return slices.Contains(owners, owner) }
	under := func(v []string) {
		if own(v[0]) {
			r.f.Types[Name{v[0], v[1]}] = &ObjectType{Super: Name{v[3], v[4]}, Collection: v[2] == "COLLECTION"}
		}
		add(model.TypeRef{User: true, Schema: v[0]})
		if v[3] != "" {
			add(model.TypeRef{User: true, Schema: v[3]})
		}
	}
	const types = "SELECT owner, type_name, typecode, supertype_owner, supertype_name FROM DBA_TYPES WHERE "
	if err := r.perSchema(types+"owner IN (%s)", under); err != nil {
		return err
	}
	if err := r.perSchema(types+"supertype_owner IN (%s)", under); err != nil {
		return err
	}
	// CHAR_USED came with 12.1; how long texts are is not asked for
	err := r.perSchema(`SELECT owner, type_name, attr_name, attr_type_name, attr_type_owner, attr_type_mod, TO_CHAR(length), TO_CHAR(precision), TO_CHAR(scale), character_set_name
  FROM DBA_TYPE_ATTRS WHERE owner IN (%s) ORDER BY owner, type_name, attr_no`, func(v []string) {
		if t := r.f.Types[Name{v[0], v[1]}]; t != nil {
			ref := partType(v[3:])
			add(ref)
			t.Attributes = append(t.Attributes, TypeAttribute{v[2], ref})
		}
	})
	if err != nil {
		return err
	}
	return r.perSchema(`SELECT owner, type_name, coll_type, elem_type_name, elem_type_owner, elem_type_mod, TO_CHAR(length), TO_CHAR(precision), TO_CHAR(scale), character_set_name
  FROM DBA_COLL_TYPES WHERE owner IN (%s)`, func(v []string) {
		if t := r.f.Types[Name{v[0], v[1]}]; t != nil {
			t.Element, t.Varray = partType(v[3:]), v[2] != "TABLE"
			add(t.Element)
		}
	})
}

// partType is the type of an attribute or element: name, owner, modifier, length, precision, scale, character set. Time zones are spelt
// TZ in these views, and the digits of seconds are the scale.
func partType(v []string) model.TypeRef {
	name := strings.NewReplacer("WITH LOCAL TZ", "WITH LOCAL TIME ZONE", "WITH TZ", "WITH TIME ZONE").Replace(v[0])
	t := TypeOf(name, v[1], v[3], v[4], v[5], "", v[3])
	switch {
	case v[2] == "REF" || v[2] == "POINTER":
		t.Ref = true
	case strings.HasPrefix(name, "TIMESTAMP"):
		t.Precision = number(v[5])
	case name == "INTERVAL DAY TO SECOND":
		t.Precision, t.Scale = number(v[4]), number(v[5])
	case v[6] == "NCHAR_CS" && (name == "VARCHAR2" || name == "CHAR" || name == "CLOB"):
		t.Name, t.Sem = map[string]string{"VARCHAR2": "NVARCHAR2", "CHAR": "NCHAR", "CLOB": "NCLOB"}[name], ""
	}
	return t
}
