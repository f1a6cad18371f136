package engine

import (
	"strconv"
	"strings"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/orasim/session"
)

// typeViews are object and collection types.
var typeViews []dictView

func init() {
	typeViews = []dictView{
		{
			name: "TYPES", of: "owner type_name", rows: dictTypesRows,
			columns: "owner:i type_name:i type_oid:r typecode:i attributes:n methods:n predefined:i incomplete:i final:i instantiable:i persistable:i@18 supertype_owner:i supertype_name:i local_attributes:n local_methods:n",
		},
		{
			name: "TYPE_ATTRS", of: "owner type_name", rows: dictTypeAttrs,
			columns: "owner:i type_name:i attr_name:i attr_type_mod:i attr_type_owner:i attr_type_name:i length:n precision:n scale:n character_set_name:i attr_no:n inherited:i char_used:i@12.1",
		},
		{
			name: "TYPE_METHODS", of: "owner type_name", rows: dictTypeMethods,
			columns: "owner:i type_name:i method_name:i method_no:n method_type:i parameters:n results:n final:i instantiable:i overriding:i inherited:i",
		},
		{
			name: "COLL_TYPES", of: "owner type_name", rows: dictCollTypes,
			columns: "owner:i type_name:i coll_type:i upper_bound:n elem_type_mod:i elem_type_owner:i elem_type_name:i length:n precision:n scale:n character_set_name:i elem_storage:i nulls_stored:i char_used:i@12.1",
		},
		{name: "PLSQL_TYPES", of: "owner package_name", rows: dictPLSQLTypes, columns: "owner:i type_name:i package_name:i type_oid:r typecode:i attributes:n"},
	}
}

// eachType calls f for every type.
func (s *Session) eachType(f func(o *object, t *model.Type)) {
	for _, o := range s.db.sorted(0, func(o *object) bool { return o.kind == "TYPE" }) {
		if t := o.typeFacts(); t != nil {
			f(o, t)
		}
	}
}

// typeFacts is what the text of a type says, nil where it was not understood. While a folder is being loaded, the folder's catalog is not there yet.
func (o *object) typeFacts() *model.Type {
	m := o.facts
	if m == nil && o.file != nil {
		m = factsOf(o.file, o.owner, o)
	}
	if m == nil {
		return nil
	}
	return m.Type
}

// super finds the type that another is under; nil where there is none.
func (s *Session) super(o *object, t *model.Type) (*object, *model.Type) {
	if t.Under == "" {
		return nil, nil
	}
	owner, name := o.owner, t.Under
	if i := strings.IndexByte(name, '.'); i >= 0 {
		owner, name = name[:i], name[i+1:]
	}
	up := s.db.objects2(objectName{owner: owner, name: name})
	if up == nil || up.kind != "TYPE" {
		return nil, nil
	}
	ut := up.typeFacts()
	if ut == nil {
		return nil, nil
	}
	return up, ut
}

// attributes are those of a type, those that it inherits first.
func (s *Session) attributes(o *object, t *model.Type, depth int) (all []*model.Column, inherited int) {
	if up, ut := s.super(o, t); up != nil && depth < 16 {
		all, _ = s.attributes(up, ut, depth+1)
		inherited = len(all)
	}
	return append(all, t.Attributes...), inherited
}

func dictTypesRows(s *Session, put putRow) {
	s.eachType(func(o *object, t *model.Type) {
		u := s.udtOf(o)
		code := word(t.Form == model.FormObject || t.Form == model.FormIncomplete, "OBJECT", "COLLECTION")
		all, inherited := s.attributes(o, t, 0)
		var upOwner, upName string
		if up, _ := s.super(o, t); up != nil {
			upOwner, upName = up.owner, up.name
		}
		local := any(nil)
		if upName != "" {
			local = len(all) - inherited
		}
		put("owner", o.owner, "type_name", o.name, "type_oid", o.typeID(), "typecode", code, "attributes", len(all), "methods", len(t.Methods), "predefined", "NO", "incomplete", t.Form == model.FormIncomplete, "final", t.Final || code == "COLLECTION",
			"instantiable", u == nil || !u.never, "persistable", "YES", "supertype_owner", upOwner, "supertype_name", upName, "local_attributes", local)
	})
	// the one opaque type that is served: drivers look it up by its identity
	put("owner", "SYS", "type_name", "XMLTYPE", "type_oid", session.XMLTypeID, "typecode", "XMLTYPE", "attributes", 0, "methods", 0, "predefined", "NO", "incomplete", false, "final", true,
		"instantiable", true, "persistable", "YES")
}

// typeOfRef is a data type as the views of types show it.
func typeOfRef(owner string, r model.TypeRef, widest int) (typeOwner, name any, length, prec, scale any, charset, used string) {
	t := typeOf(r, false)
	text, n, p, sc := t.dictType(widest)
	switch {
	case t.kind == kOther:
		typeOwner = t.schema
		if t.schema == "" && r.User {
			typeOwner = owner
		}
	case t.kind.text():
		length, charset, used = n, word(t.national, "NCHAR_CS", "CHAR_CS"), word(t.charSem, "C", "B")
	case t.kind == kRaw:
		length = n
	case t.kind == kNumber:
		prec, scale = p, sc
	}
	if t.kind.datetime() && t.kind != kDate || t.kind.interval() {
		text, scale = r.Name, sc
	}
	return typeOwner, text, length, prec, scale, charset, used
}

func dictTypeAttrs(s *Session, put putRow) {
	s.eachType(func(o *object, t *model.Type) {
		all, inherited := s.attributes(o, t, 0)
		for i, a := range all {
			owner, name, length, prec, scale, charset, used := typeOfRef(o.owner, a.Type, s.db.set.Widest)
			put("owner", o.owner, "type_name", o.name, "attr_name", a.Name, "attr_type_mod", word(a.Type.Ref, "REF", ""), "attr_type_owner", owner, "attr_type_name", name, "length", length, "precision", prec, "scale", scale,
				"character_set_name", charset, "attr_no", i+1, "inherited", i < inherited, "char_used", used)
		}
	})
}

func dictTypeMethods(s *Session, put putRow) {
	s.eachType(func(o *object, t *model.Type) {
		for i, m := range t.Methods {
			kind := "PUBLIC"
			if m.Method == "MAP" || m.Method == "ORDER" {
				kind = m.Method
			}
			results := 0
			if m.Return != nil {
				results = 1
			}
			put("owner", o.owner, "type_name", o.name, "method_name", m.Name, "method_no", i+1, "method_type", kind, "parameters", len(m.Params), "results", results, "final", "NO", "instantiable", "YES", "inherited", "NO")
		}
	})
}

func dictCollTypes(s *Session, put putRow) {
	s.eachType(func(o *object, t *model.Type) {
		if t.Elem == nil || t.Form != model.FormVarray && t.Form != model.FormNestedTable {
			return
		}
		owner, name, length, prec, scale, charset, used := typeOfRef(o.owner, *t.Elem, s.db.set.Widest)
		var limit any
		if n, err := strconv.Atoi(t.Limit); err == nil && t.Form == model.FormVarray {
			limit = n
		}
		put("owner", o.owner, "type_name", o.name, "coll_type", word(t.Form == model.FormVarray, "VARYING ARRAY", "TABLE"), "upper_bound", limit, "elem_type_mod", word(t.Elem.Ref, "REF", ""), "elem_type_owner", owner, "elem_type_name", name,
			"length", length, "precision", prec, "scale", scale, "character_set_name", charset, "nulls_stored", "YES", "char_used", used)
	})
}

// dictPLSQLTypes are the records and collections that package specifications declare.
func dictPLSQLTypes(s *Session, put putRow) {
	for _, o := range s.db.sorted(0, func(o *object) bool { return o.kind == "PACKAGE" }) {
		n, ok := o.stmt.(*ast.CreatePackage)
		if !ok {
			continue
		}
		for _, d := range n.Decls {
			t, ok := d.(*ast.TypeDecl)
			if !ok {
				continue
			}
			name, code, fields := o.file.Last(t.Name), "COLLECTION", 0
			switch def := t.Def.(type) {
			case *ast.RecordType:
				code, fields = "PL/SQL RECORD", len(def.Fields)
			case *ast.CollectionType:
			default:
				continue
			}
			put("owner", o.owner, "type_name", name, "package_name", o.name, "type_oid", typeIdentity(o.owner, o.name+"."+name, o.id), "typecode", code, "attributes", fields)
		}
	}
}
