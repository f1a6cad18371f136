package resolve

import (
	"slices"
	"strings"
	"sync"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// typeRef is the type that a catalog type reference means, seen from the object that holds it.
func (r *resolver) typeRef(t model.TypeRef, from *model.Object) *Type {
	switch {
	case t.Anchor != "":
		return r.anchored(splitName(t.Name), t.Anchor, t.Schema, from)
	case !t.User:
		if class, ok := builtinTypes[t.Name]; ok {
			return &Type{Class: class, Ref: t}
		}
	}
	if t.Name == "REF CURSOR" {
		return typeCursor
	}
	parts := splitName(t.Name)
	if t.Schema != "" {
		parts = append([]string{t.Schema}, parts...)
	}
	if u := r.userType(parts, from); u != nil {
		if t.Ref {
			return &Type{Class: ClassObject, Ref: t, Object: u.Object, shape: u.shape}
		}
		return u
	}
	if class, ok := builtinTypes[t.Name]; ok {
		return &Type{Class: class, Ref: t}
	}
	return &Type{Ref: t}
}

// splitName takes a qualified name as written apart and folds its parts.
func splitName(s string) []string {
	if !strings.Contains(s, `"`) {
		if !strings.Contains(s, ".") {
			return []string{strings.ToUpper(s)}
		}
		return strings.Split(strings.ToUpper(s), ".")
	}
	var parts []string
	for s != "" {
		if s[0] == '"' {
			if i := strings.IndexByte(s[1:], '"'); i >= 0 {
				parts = append(parts, s[1:i+1])
				s = strings.TrimPrefix(s[i+2:], ".")
				continue
			}
		}
		head, rest, _ := strings.Cut(s, ".")
		parts = append(parts, strings.ToUpper(strings.TrimSpace(head)))
		s = rest
	}
	return parts
}

// atOwner runs f with names looked up as in the schema of an object.
func (r *resolver) atOwner(o *model.Object, f func()) {
	if o == nil || o.Schema == "" || o.Schema == r.schema {
		f()
		return
	}
	schema, objects := r.schema, r.objects
	r.schema, r.objects = o.Schema, map[objectName]*reached{}
	f()
	r.schema, r.objects = schema, objects
}

// userType finds a user-defined type by its parts: t, pkg.t, schema.t, schema.pkg.t.
func (r *resolver) userType(parts []string, from *model.Object) (t *Type) {
	if from != nil && from.Package != nil && len(parts) == 1 {
		if e := r.member(from, parts[0]); e != nil && e.ref.Kind == TypeName {
			return e.typ
		}
	}
	r.atOwner(from, func() {
		x, rest := r.walkObject(parts)
		switch {
		case x == nil || x.object == nil:
		case len(rest) == 0 && x.object.Type != nil:
			t = r.objectType(x.object)
		case len(rest) == 1 && x.object.Package != nil:
			if e := r.member(x.object, rest[0]); e != nil && e.ref.Kind == TypeName {
				t = e.typ
			}
		}
	})
	return t
}

// walkObject finds the object at the head of a qualified name, in the current schema or in the one that the
// first part names, and gives the parts behind it.
func (r *resolver) walkObject(parts []string) (*reached, []string) {
	if x := r.lookup("", parts[0]); x != nil {
		return x, parts[1:]
	}
	if len(parts) > 1 {
		if x := r.lookup(parts[0], parts[1]); x != nil {
			return x, parts[2:]
		}
		if o := r.ownerless(parts); o != nil {
			return &reached{object: o}, parts[2:]
		}
	}
	return nil, parts
}

// ownerless finds schema.type and schema.package.member where the source has nothing of that schema and creates the type or
// package without naming one: scripts that are run as their owner are called by others with the owner's name.
func (r *resolver) ownerless(parts []string) *model.Object {
	if r.cat == nil || r.schemaKnown(parts[0]) || suppliedPackage(parts[0]) || suppliedSchemas[parts[0]] {
		return nil
	}
	if len(parts) > 2 {
		if o := r.cat.Find(model.KindPackage, "", parts[1]); o != nil {
			return o
		}
	}
	return r.cat.Find(model.KindType, "", parts[1])
}

// anchored is the type of name%TYPE or name%ROWTYPE of a catalog object.
func (r *resolver) anchored(parts []string, anchor, schema string, from *model.Object) (t *Type) {
	t = typeUnknown
	if schema != "" {
		parts = append([]string{schema}, parts...)
	}
	if from != nil && from.Package != nil {
		if e := r.member(from, parts[0]); e != nil && e.typ != nil && e.ref.Kind != TypeName {
			return fieldsOf(e.typ, parts[1:])
		}
	}
	r.atOwner(from, func() {
		x, rest := r.walkObject(parts)
		if x == nil || x.object == nil {
			switch {
			case x != nil || suppliedSchemas[parts[0]] || suppliedPackage(parts[0]):
			case anchor == "ROWTYPE":
				t = unknownRow(parts)
			case anchor == "TYPE":
				t = unknownColumn(parts)
			}
			return
		}
		t = r.anchorAt(x.object, rest, anchor)
	})
	return t
}

func (r *resolver) anchorAt(o *model.Object, rest []string, anchor string) *Type {
	switch {
	case o.Table != nil || o.View != nil:
		row := r.rowOf(o)
		if len(rest) == 0 {
			return &Type{Class: ClassRecord, Object: o, shape: row}
		}
		if f := row.find(rest[0]); f != nil {
			return fieldsOf(f.typ, rest[1:])
		}
	case o.Package != nil && len(rest) > 0:
		if e := r.member(o, rest[0]); e != nil && e.typ != nil {
			return fieldsOf(e.typ, rest[1:])
		}
	}
	return typeUnknown
}

func fieldsOf(t *Type, parts []string) *Type {
	for _, p := range parts {
		if t == nil || t.shape == nil {
			return typeUnknown
		}
		f := t.shape.find(p)
		if f == nil {
			return typeUnknown
		}
		t = f.typ
	}
	if t == nil {
		return typeUnknown
	}
	return t
}

// objectType is the type that a SQL type object stands for.
func (r *resolver) objectType(o *model.Object) *Type {
	if o.Type == nil {
		return &Type{Class: ClassObject, Ref: model.TypeRef{Name: o.Name, Schema: o.Schema, User: true}, Object: o}
	}
	return r.defined(o.Type, o)
}

// defined is a type of the catalog: of its own, or declared in a package.
func (r *resolver) defined(d *model.Type, o *model.Object) *Type {
	if t := r.types[d]; t != nil {
		return t
	}
	t := &Type{Ref: model.TypeRef{Name: d.Name, Schema: o.Schema, User: true}, Object: o, def: d}
	r.types[d] = t
	switch d.Form {
	case model.FormObject, model.FormRecord, model.FormIncomplete:
		t.Class = ClassObject
		if d.Form == model.FormRecord {
			t.Class = ClassRecord
		}
		t.shape = &shape{open: d.Form == model.FormIncomplete}
		if d.Under != "" {
			if u := r.userType(splitName(d.Under), o); u != nil && u.shape != nil && u != t {
				for _, f := range u.shape.fields {
					t.shape.add(f)
				}
			} else {
				t.shape.open = true
			}
		}
		for _, a := range d.Attributes {
			typ := r.typeRef(a.Type, o)
			kind := Variable
			if d.Form == model.FormObject {
				kind = Column
			}
			t.shape.add(&field{name: a.Name, typ: typ, ref: &Ref{Kind: kind, Object: o, Column: a, typ: typ}})
		}
	case model.FormVarray, model.FormNestedTable, model.FormAssoc:
		t.Class = ClassCollection
		if d.Elem != nil {
			t.Elem = r.typeRef(*d.Elem, o)
		}
		if d.Form == model.FormAssoc {
			t.keys = ClassInteger
			if d.IndexBy != nil {
				i := r.typeRef(*d.IndexBy, o)
				t.keys, t.keyLength = keysOf(i), lengthOf(i)
			}
		}
	case model.FormRefCursor:
		t.Class = ClassCursor
		if d.Elem != nil {
			if row := r.typeRef(*d.Elem, o); row.shape != nil {
				t.shape = row.shape
			}
		}
	case model.FormSubtype:
		if d.Elem != nil {
			base := r.typeRef(*d.Elem, o)
			t.base = base
			t.Class, t.Elem, t.shape, t.limits = base.Class, base.Elem, base.shape, narrowed(base.Limits(), d.Low, d.High, d.NotNull)
			if !base.Ref.User {
				t.Ref = base.Ref
			}
			if base.def != nil || base.Object != nil {
				t.Object = base.Object
			}
		}
	}
	return t
}

// dataType is the type that a type reference of the statement means; the names in it are resolved.
func (r *resolver) dataType(d *ast.DataType) *Type {
	if d == nil {
		return typeUnknown
	}
	for _, a := range d.Args {
		if n, ok := a.(*ast.Name); ok {
			if d.Name == nil && r.scope == nil {
				r.word(n)
				continue
			}
		}
		r.expr(a)
	}
	if d.SecondArg != nil {
		r.expr(d.SecondArg)
	}
	if d.Charset != nil {
		r.word(d.Charset.Names...)
	}
	if d.Name == nil {
		return r.builtinType(d)
	}
	n := d.Name
	if n.Link != 0 {
		r.set(n, r.remoteRef(n, true))
		return typeUnknown
	}
	if r.substituted(n) {
		r.word(n)
		return typeUnknown
	}
	parts := r.parts(n)
	if d.Anchor != 0 {
		return r.anchor(d, n, parts)
	}
	f := r.findType(parts, n)
	r.set(n, f.ref)
	if f.typ == nil {
		return typeUnknown
	}
	if d.Ref {
		return &Type{Class: ClassObject, Ref: model.TypeRef{Name: f.typ.Ref.Name, Schema: f.typ.Ref.Schema, User: true, Ref: true}, Object: f.typ.Object, shape: f.typ.shape}
	}
	return f.typ
}

// findType looks a type name up: declared around, in the schema, built in.
func (r *resolver) findType(parts []string, at ast.Node) entry {
	for s := r.scope; s != nil; s = s.parent {
		if e, rest := s.qualified(r, parts); e != nil && len(rest) == 0 && e.ref != nil && e.ref.Kind == TypeName {
			return *e
		}
	}
	if x, rest := r.walkObject(parts); x != nil {
		switch {
		case x.link != "":
			r.reachedBy(x, howType, at)
			return entry{ref: &Ref{Kind: Remote, Link: x.link, Synonyms: x.synonyms}}
		case x.object == nil:
		case len(rest) == 0 && (x.object.Kind == model.KindType || x.object.Kind == model.KindDomain && x.object.Type != nil):
			r.reachedBy(x, howType, at)
			t := r.objectType(x.object)
			return entry{ref: r.shared(x, TypeName, t), typ: t}
		case len(rest) == 1 && x.object.Package != nil:
			r.reachedBy(x, howType, at)
			if e := r.member(x.object, rest[0]); e != nil && e.ref.Kind == TypeName {
				return *e
			}
		}
	}
	last := parts[len(parts)-1]
	if class, ok := builtinTypes[last]; ok && (len(parts) == 1 || suppliedSchemas[parts[0]]) {
		t := plain(class, last)
		return entry{ref: &Ref{Kind: TypeName, Builtin: last, typ: t}, typ: t}
	}
	if suppliedPackage(parts[0]) || suppliedSchemas[parts[0]] {
		name := strings.Join(parts, ".")
		ref, t := &Ref{Kind: TypeName, Builtin: name}, suppliedType(name)
		if t.Class == ClassCollection {
			ref.typ = t
		}
		return entry{ref: ref, typ: t}
	}
	if x, _ := r.walkObject(parts); x == nil && r.depth == 0 {
		schema := ""
		if len(parts) > 1 {
			schema = parts[0]
		}
		r.missing("", schema, last, howType, at)
	}
	return entry{ref: &Ref{Kind: Unknown}}
}

// suppliedType is the type of collections that supplied packages declare and code often uses.
func suppliedType(name string) *Type {
	name = strings.TrimPrefix(name, "SYS.")
	var elem *Type
	switch name {
	case "DBMS_SQL.VARCHAR2_TABLE", "DBMS_SQL.VARCHAR2A", "DBMS_SQL.VARCHAR2S", "ODCIVARCHAR2LIST", "DBMS_UTILITY.LNAME_ARRAY",
		"DBMS_UTILITY.NAME_ARRAY", "DBMS_UTILITY.UNCL_ARRAY", "DBMS_OUTPUT.CHARARR", "DBMSOUTPUT_LINESARRAY", "ORA_NAME_LIST_T", "OWA.VC_ARR", "JSON_KEY_LIST":
		elem = typeText
	case "DBMS_SQL.NUMBER_TABLE", "ODCINUMBERLIST", "DBMS_UTILITY.NUMBER_ARRAY":
		elem = typeNumber
	case "DBMS_SQL.DATE_TABLE", "ODCIDATELIST":
		elem = typeDate
	case "DBMS_SQL.CLOB_TABLE":
		elem = typeClob
	case "DBMS_SQL.DESC_TAB", "DBMS_SQL.DESC_TAB2", "DBMS_SQL.DESC_TAB3", "DBMS_SQL.DESC_TAB4":
		elem = describedColumn
	default:
		return openRow
	}
	t := &Type{Class: ClassCollection, Ref: model.TypeRef{Name: name, User: true}, Elem: elem}
	if strings.Contains(name, ".") { // those of packages are index-by tables
		t.keys = ClassInteger
	}
	return t
}

// describedColumn is DBMS_SQL.DESC_REC and its successors (PL/SQL Packages and Types Reference, "DBMS_SQL Data Structures").
var describedColumn = func() *Type {
	s := &shape{open: true}
	for name, t := range map[string]*Type{
		"COL_TYPE": typeInteger, "COL_MAX_LEN": typeInteger, "COL_NAME": typeText, "COL_NAME_LEN": typeInteger, "COL_SCHEMA_NAME": typeText, "COL_SCHEMA_NAME_LEN": typeInteger,
		"COL_PRECISION": typeInteger, "COL_SCALE": typeInteger, "COL_CHARSETID": typeInteger, "COL_CHARSETFORM": typeInteger, "COL_NULL_OK": typeBoolean,
		"COL_TYPE_NAME": typeText, "COL_TYPE_NAME_LEN": typeInteger,
	} {
		s.fields = append(s.fields, &field{name: name, typ: t, ref: &Ref{Kind: Variable, typ: t}})
	}
	slices.SortFunc(s.fields, func(a, b *field) int { return strings.Compare(a.name, b.name) })
	for _, f := range s.fields { // nobody may write to what all share
		f.outerRef()
		f.itemRef()
	}
	s.find("")
	return &Type{Class: ClassRecord, shape: s}
}()

// anchor resolves name%TYPE and name%ROWTYPE.
func (r *resolver) anchor(d *ast.DataType, n *ast.Name, parts []string) *Type {
	if r.trigger != nil && r.f.Tokens[n.Lo].Kind == token.Bind {
		f := r.bindName(parts)
		r.set(n, f.ref)
		return f.typ
	}
	// what is declared around first: variables, cursors, records and their fields
	for s := r.scope; s != nil; s = s.parent {
		if s.kind == queryScope || s.kind == cteScope {
			continue
		}
		e, rest := s.qualified(r, parts)
		if e == nil || e.ref == nil || e.ref.Kind == TypeName && len(rest) > 0 || e.ref.Kind == Routine {
			continue
		}
		f := r.below(found{ref: e.ref, typ: e.typ}, rest)
		if f.ref.Kind == Unknown {
			continue
		}
		r.set(n, f.ref)
		return f.typ
	}
	x, rest := r.walkObject(parts)
	switch {
	case x == nil:
	case x.link != "":
		r.reachedBy(x, howReferences, n)
		r.set(n, &Ref{Kind: Remote, Link: x.link, Synonyms: x.synonyms})
		return openAnchor(d, parts)
	case x.object == nil:
	case x.object.Table != nil || x.object.View != nil:
		r.reachedBy(x, howType, n)
		row := &Type{Class: ClassRecord, Object: x.object, shape: r.rowOf(x.object)}
		f := r.below(found{ref: r.shared(x, Table, row), typ: row}, rest)
		r.set(n, f.ref)
		return f.typ
	case x.object.Package != nil && len(rest) > 0:
		r.reachedBy(x, howType, n)
		if e := r.member(x.object, rest[0]); e != nil {
			f := r.below(found{ref: e.ref, typ: e.typ}, rest[1:])
			r.set(n, f.ref)
			return f.typ
		}
	}
	if suppliedTable(parts[0]) || suppliedSchemas[parts[0]] || suppliedPackage(parts[0]) {
		r.set(n, r.builtinRef(strings.Join(parts, "."), nil))
		return openAnchor(d, parts)
	}
	if x == nil {
		schema, name := "", parts[0]
		if len(parts) > 1 && (d.Anchor == token.ROWTYPE || len(parts) > 2) {
			schema, name = parts[0], parts[1]
		}
		r.missing("", schema, name, howType, n)
	}
	r.set(n, &unknownRef)
	if d.Anchor == token.TYPE && x == nil {
		return unknownColumn(parts)
	}
	return openAnchor(d, parts)
}

// unknownColumn is the type of a column of a table that the catalog does not have; Ref names it.
func unknownColumn(parts []string) *Type {
	if len(parts) < 2 {
		return typeUnknown
	}
	return &Type{Ref: model.TypeRef{Name: strings.Join(parts, "."), Anchor: "TYPE"}}
}

func openAnchor(d *ast.DataType, parts []string) *Type {
	if d.Anchor == token.ROWTYPE {
		return unknownRow(parts)
	}
	return typeUnknown
}

// unknownRow is the row of a table that the catalog does not have; Ref names it.
func unknownRow(parts []string) *Type {
	last := parts[len(parts)-1]
	if suppliedTable(last) || suppliedSchemas[parts[0]] || suppliedPackage(parts[0]) {
		return openRow
	}
	return &Type{Class: ClassRecord, Ref: model.TypeRef{Name: strings.Join(parts, "."), Anchor: "ROWTYPE"}, shape: &shape{open: true}}
}

// shared is a Ref to an object, one for each way it is reached.
func (r *resolver) shared(x *reached, kind RefKind, t *Type) *Ref {
	ref := &Ref{Kind: kind, Object: x.object, Synonyms: x.synonyms, Link: x.link}
	if t != nil {
		ref.typ = t
	}
	return ref
}

// builtinType reads a built-in type with its size.
func (r *resolver) builtinType(d *ast.DataType) *Type {
	name := d.Kw.String()
	switch d.Kw {
	case token.TIMESTAMP:
		switch d.TimeZone {
		case token.ZONE:
			name = "TIMESTAMP WITH TIME ZONE"
		case token.LOCAL:
			name = "TIMESTAMP WITH LOCAL TIME ZONE"
		}
	case token.INTERVAL:
		name = "INTERVAL DAY TO SECOND"
		if d.LastField == token.MONTH {
			name = "INTERVAL YEAR TO MONTH"
		}
	case token.LONG, token.DOUBLE, token.NATIONAL, token.CHAR, token.CHARACTER, token.NCHAR, token.BINARY:
		for i := d.Lo + 1; i < d.Hi; i++ {
			t := r.f.Tokens[i]
			if t.Kind != token.Ident {
				break
			}
			name += " " + r.ident(i)
		}
		if i := strings.Index(name, " CHARACTER SET"); i > 0 {
			name = name[:i]
		}
	}
	if len(d.Args) == 0 && d.Sem == 0 {
		return bareType(name)
	}
	t := &Type{Class: builtinTypes[name], Ref: model.TypeRef{Name: name}}
	for i, a := range d.Args {
		switch l := a.(type) {
		case *ast.AnyValue:
			t.Ref.Star = true
		case *ast.Literal:
			v, ok := smallNumber(r.f.Bytes(l.Lo))
			if ok && i == 0 {
				t.Ref.Precision = &v
			} else if ok {
				t.Ref.Scale = &v
			}
		}
	}
	if d.Sem != 0 {
		t.Ref.Sem = d.Sem.String()
	}
	return t
}

// bareTypes are the types that consist of a name, by that name: nobody writes to them.
var bareTypes sync.Map

func bareType(name string) *Type {
	if t, ok := bareTypes.Load(name); ok {
		return t.(*Type)
	}
	t := &Type{Class: builtinTypes[name], Ref: model.TypeRef{Name: name}}
	if t.Class != ClassUnknown { // of which there are only so many
		bareTypes.Store(name, t)
	}
	return t
}

func smallNumber(b []byte) (int, bool) {
	v := 0
	for _, c := range b {
		if c < '0' || c > '9' || v > 1e8 {
			return 0, false
		}
		v = v*10 + int(c-'0')
	}
	return v, len(b) > 0
}
