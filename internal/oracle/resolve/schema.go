package resolve

import (
	"strings"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/parser"
)

type objectName struct{ schema, name string }

// reached is what a schema-level name leads to.
type reached struct {
	object       *model.Object
	synonyms     []*model.Object
	link         string // behind a database link
	schema, name string // there
}

// maxSynonyms bounds a chain of synonyms; Oracle refuses a looping one with ORA-01775.
const maxSynonyms = 32

// lookup finds the object that a name means in a schema ("" is the current one): own objects, private
// synonyms, and for an unqualified name public synonyms. nil when nothing is found.
func (r *resolver) lookup(schema, name string) *reached {
	key := objectName{schema, name}
	if x, ok := r.objects[key]; ok {
		return x
	}
	x := r.lookupNew(schema, name)
	r.objects[key] = x
	return x
}

func (r *resolver) lookupNew(schema, name string) *reached {
	if r.cat == nil {
		return nil
	}
	var o *model.Object
	if schema == "PUBLIC" {
		o = r.cat.Find(model.KindSynonym, "PUBLIC", name)
	} else {
		in := schema
		if in == "" {
			in = r.schema
		}
		o = r.own(in, name)
		if o == nil && schema == "" && r.also != "" {
			o = r.own(r.also, name)
		}
		if o == nil && schema == "" {
			o = r.public(name)
		}
	}
	x := &reached{}
	for o != nil && o.Kind == model.KindSynonym && o.Synonym != nil {
		if len(x.synonyms) == maxSynonyms {
			return nil
		}
		x.synonyms = append(x.synonyms, o)
		s := o.Synonym
		if s.Link != "" {
			x.link, x.schema, x.name = s.Link, s.TargetSchema, s.Target
			return x
		}
		in := s.TargetSchema
		if in == "" {
			in = o.Schema
			if s.Public {
				in = r.schema
			}
		}
		next := r.own(in, s.Target)
		if next == nil {
			x.schema, x.name = in, s.Target
		}
		o = next
	}
	if o == nil && len(x.synonyms) == 0 {
		return nil
	}
	x.object = o
	return x
}

// own finds an object in one schema. What scripts create without naming a schema belongs to whoever runs
// them, so it answers for any schema that is the current one.
func (r *resolver) own(schema, name string) *model.Object {
	if o := r.find(schema, name); o != nil {
		return o
	}
	if schema != "" && schema == r.schema {
		return r.find("", name)
	}
	return nil
}

var otherKinds = []model.ObjectKind{model.KindOperator, model.KindCluster}

func (r *resolver) find(schema, name string) *model.Object {
	o := r.cat.Lookup(schema, name)
	if o == nil || o.Kind == model.KindSynonym && o.Synonym != nil && o.Synonym.Public {
		for _, k := range otherKinds {
			if x := r.cat.Find(k, schema, name); x != nil {
				return x
			}
		}
		if o != nil && schema != "PUBLIC" {
			return nil
		}
	}
	return o
}

func (r *resolver) public(name string) *model.Object {
	for _, schema := range [...]string{"PUBLIC", ""} {
		if o := r.cat.Find(model.KindSynonym, schema, name); o != nil && o.Synonym != nil && (o.Synonym.Public || schema == "PUBLIC") {
			return o
		}
	}
	return nil
}

// schemaKnown reports whether the catalog has anything to say of a schema.
func (r *resolver) schemaKnown(name string) bool {
	if name == r.schema && name != "" {
		return true
	}
	if r.cat == nil {
		return false
	}
	return r.cat.Find(model.KindUser, "", name) != nil || r.cat.Find(model.KindSchema, "", name) != nil || r.cat.HasSchema(name)
}

type memberKey struct {
	object *model.Object
	name   string
}

// member finds a member of a package or a static member of a type.
func (r *resolver) member(o *model.Object, name string) *entry {
	key := memberKey{o, name}
	e, ok := r.members[key]
	if !ok {
		e = r.memberNew(o, name)
		r.members[key] = e
	}
	return e
}

func (r *resolver) memberNew(o *model.Object, name string) *entry {
	var routines []*model.Routine
	switch {
	case o.Package != nil:
		for _, v := range o.Package.Variables {
			if v.Name == name {
				return r.packageVariable(o, v)
			}
		}
		for _, t := range o.Package.Types {
			if t.Name == name {
				typ := r.defined(t, o)
				return &entry{ref: &Ref{Kind: TypeName, Object: o, typ: typ}, typ: typ}
			}
		}
		routines = o.Package.Routines
	case o.Type != nil:
		routines = o.Type.Methods
	default:
		return nil
	}
	e := &entry{}
	for _, m := range routines {
		if m.Name == name {
			e.routines = append(e.routines, r.signature(o, m))
		}
	}
	if e.routines == nil {
		return nil
	}
	e.ref = e.routines[0].ref
	return e
}

func (r *resolver) packageVariable(o *model.Object, v *model.Variable) *entry {
	e := &entry{ref: &Ref{Object: o, Variable: v}}
	r.members[memberKey{o, v.Name}] = e // %TYPE of itself by mistake must end
	switch v.What {
	case "exception":
		e.ref.Kind = Exception
	case "cursor":
		e.ref.Kind = Cursor
		e.typ = r.typeRef(v.Type, o)
		if e.typ.shape == nil { // the row of a query; Object and Ref.Name tell whose
			row := r.queryRow(o, v.Query)
			if row == nil {
				row = &shape{open: true}
			}
			e.typ = &Type{Class: ClassRecord, Object: o, Ref: model.TypeRef{Name: v.Name}, shape: row}
		}
		e.ref.typ = e.typ
	default:
		e.ref.Kind = Variable
		e.typ = r.typeRef(v.Type, o)
		e.ref.typ = e.typ
	}
	return e
}

// openRow is a row of which nothing is known.
var openRow = &Type{Class: ClassRecord, shape: &shape{open: true}}

func (r *resolver) signature(o *model.Object, m *model.Routine) *signature {
	s := &signature{fn: m.Function}
	for i, p := range m.Params {
		if i == 0 && p.Name == "SELF" && o.Type != nil { // callers do not pass it
			continue
		}
		s.params = append(s.params, param{name: p.Name, typ: r.typeRef(p.Type, o), optional: p.Default != "", out: p.Mode != "" && p.Mode != "IN"})
	}
	s.ref = &Ref{Kind: Routine, Object: o, Routine: m, sig: s}
	switch {
	case m.Method == "CONSTRUCTOR" || m.Return == nil && m.Function && o.Type != nil:
		s.ret = r.objectType(o)
	case m.Return != nil:
		s.ret = r.typeRef(*m.Return, o)
	}
	if s.ret != nil {
		s.ref.typ = s.ret
	}
	return s
}

// rowOf is the row of a table or view.
func (r *resolver) rowOf(o *model.Object) *shape {
	if s, ok := r.rows[o]; ok {
		return s
	}
	if s := r.estate.row(o); s != nil {
		r.rows[o] = s
		return s
	}
	s := &shape{}
	r.rows[o] = s
	var cols []*model.Column
	of := ""
	switch {
	case o.Table != nil:
		cols, of = o.Table.Columns, o.Table.OfType
		s.open = len(cols) == 0 || o.Implied
	case o.View != nil:
		cols, of = o.View.Columns, o.View.OfType
		s.open = len(cols) == 0 || o.Invalid != ""
	default:
		s.open = true
	}
	for _, c := range cols {
		if of != "" && c.Type.Name == "" { // constraints and defaults of an attribute, which is taken from the type
			continue
		}
		typ := r.typeRef(c.Type, o)
		s.add(&field{name: c.Name, typ: typ, ref: &Ref{Kind: Column, Object: o, Column: c, typ: typ}})
	}
	if of != "" {
		r.addAttributes(s, o, of)
	}
	if o.View != nil && of == "" {
		r.viewRow(s, o)
	}
	return s
}

// maxViews bounds views on views.
const maxViews = 24

// viewRow takes the types of a view's columns, and their names where the catalog lacks them, from its query.
func (r *resolver) viewRow(s *shape, o *model.Object) {
	if o.View.Query == "" || r.views >= maxViews {
		return
	}
	known := len(s.fields) > 0
	for _, f := range s.fields {
		known = known && f.typ.Class != ClassUnknown
	}
	if known {
		return
	}
	row := r.queryRow(o, o.View.Query)
	switch {
	case row == nil:
	case len(s.fields) == 0:
		for _, f := range row.fields {
			s.add(&field{name: f.name, typ: f.typ, ref: &Ref{Kind: Column, Object: o, typ: f.typ}})
		}
		s.open = row.open
	case len(row.fields) == len(s.fields) && !row.open:
		for i, f := range s.fields {
			if f.typ.Class == ClassUnknown {
				f.typ = row.fields[i].typ
				f.ref.typ = f.typ
			}
		}
	}
}

// queryRow is the row of a query that an object of the catalog holds as text; nil when it is not known.
func (r *resolver) queryRow(o *model.Object, query string) *shape {
	if query == "" || r.views >= maxViews {
		return nil
	}
	f := parser.Parse(o.Name, []byte(query), parser.Options{})
	if len(f.Errors) > 0 || len(f.Stmts) == 0 {
		return nil
	}
	q, ok := f.Stmts[0].(*ast.SelectStmt)
	if !ok {
		return nil
	}
	schema := o.Schema
	if schema == "" {
		schema = r.schema
	}
	sub := newResolver(r.estate, f, nil, schema, maxDynamic)
	sub.rows, sub.types, sub.members, sub.views = r.rows, r.types, r.members, r.views+1
	return sub.query(q.Query)
}

// addAttributes gives an object table or view the attributes of its type.
func (r *resolver) addAttributes(s *shape, o *model.Object, of string) {
	schema, name, ok := strings.Cut(of, ".")
	if !ok {
		schema, name = o.Schema, of
	}
	if x := r.lookup(schema, name); x != nil && x.object != nil {
		if t := r.objectType(x.object); t.shape != nil {
			for _, f := range t.shape.fields {
				if s.find(f.name) == nil { // a column of the table's own, not of the objects as such
					s.add(&field{name: f.name, typ: f.typ, ref: &Ref{Kind: Column, Object: o, Column: f.ref.Column, typ: f.typ}})
				}
			}
			s.open = t.shape.open
			return
		}
	}
	s.open = true
}

// table is where a name in FROM or as target of DML leads.
func (r *resolver) table(n *ast.Name, node ast.Node, how string) (*source, *access) {
	parts := r.parts(n)
	if len(parts) == 0 {
		r.set(n, &unknownRef)
		return &source{shape: &shape{open: true}}, nil
	}
	last := parts[len(parts)-1]
	src := &source{alias: last}
	if n.Link != 0 {
		link := strings.ToUpper(r.f.LinkName(n))
		src.shape = &shape{open: true}
		src.ref = &Ref{Kind: Remote, Link: link}
		src.acc = r.access(node, n, nil, link)
		schema := ""
		if len(parts) > 1 {
			schema = parts[0]
		}
		r.remote(schema, last, link, n)
		r.set(n, src.ref)
		return src, src.acc
	}
	if len(parts) == 1 {
		if e := r.cte(last); e != nil {
			src.shape = e.cte
			src.ref = e.ref
			r.set(n, e.ref)
			return src, nil
		}
		if strings.HasPrefix(last, holePrefix) {
			src.shape, src.ref = &shape{open: true}, &wordRef
			r.set(n, src.ref)
			return src, nil
		}
	}
	if r.substituted(n) {
		src.shape, src.ref = &shape{open: true}, &wordRef
		r.set(n, src.ref)
		return src, nil
	}
	schema := ""
	if len(parts) > 1 {
		schema = parts[len(parts)-2]
	}
	src.schema = schema
	x := r.lookup(schema, last)
	if x == nil {
		r.unknownTable(n, node, src, schema, last, how)
		return src, src.acc
	}
	r.reachedBy(x, how, n)
	src.ref = &Ref{Kind: Table, Object: x.object, Synonyms: x.synonyms, Link: x.link}
	src.shape = &shape{open: true}
	switch {
	case x.link != "":
		src.ref.Kind = Remote
	case x.object == nil:
		src.ref.Kind = Unknown
		if suppliedTable(x.name) || suppliedSchemas[x.schema] {
			src.ref.Kind, src.ref.Builtin = Builtin, x.name
		} else {
			r.missing("", x.schema, x.name, how, n)
		}
	case x.object.Table != nil || x.object.View != nil:
		src.shape = r.rowOf(x.object)
	case x.object.Kind == model.KindTable || x.object.Kind == model.KindView || x.object.Kind == model.KindMaterializedView:
	default:
		src.ref.Kind = kindOf(x.object)
	}
	src.acc = r.access(node, n, x.object, x.link)
	r.set(n, src.ref)
	return src, src.acc
}

func (r *resolver) unknownTable(n *ast.Name, node ast.Node, src *source, schema, last, how string) {
	src.shape = &shape{open: true}
	switch {
	case last == "DUAL" && (schema == "" || schema == "SYS"):
		src.shape = dualRow
		src.ref = r.builtinRef("DUAL", nil)
	case suppliedTable(last) || suppliedSchemas[schema]:
		src.ref = r.builtinRef(last, nil)
	default:
		src.ref = &Ref{Kind: Unknown}
		r.missing("", schema, last, how, n)
		src.acc = r.access(node, n, nil, "")
	}
	r.set(n, src.ref)
}

var dummyRef = &Ref{Kind: Column, Builtin: "DUAL.DUMMY", typ: typeText}

var dualRow = &shape{fields: []*field{{name: "DUMMY", typ: typeText, ref: dummyRef, outer: dummyRef}}}

func kindOf(o *model.Object) RefKind {
	switch o.Kind {
	case model.KindTable, model.KindView, model.KindMaterializedView, model.KindCluster:
		return Table
	case model.KindPackage:
		return Package
	case model.KindProcedure, model.KindFunction, model.KindOperator:
		return Routine
	case model.KindSequence:
		return Sequence
	case model.KindType:
		return TypeName
	}
	return Unknown
}

func (r *resolver) cte(name string) *entry {
	for s := r.scope; s != nil; s = s.parent {
		if s.kind == cteScope {
			if e := s.names[name]; e != nil && e.cte != nil {
				return e
			}
		}
	}
	return nil
}

func (r *resolver) builtinRef(name string, t *Type) *Ref {
	if ref := r.builtin[name]; ref != nil {
		return ref
	}
	ref := &Ref{Kind: Builtin, Builtin: name}
	if t != nil {
		ref.typ = t
	}
	r.builtin[name] = ref
	return ref
}
