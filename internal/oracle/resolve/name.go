package resolve

import (
	"strings"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// found is what a name has led to.
type found struct {
	ref   *Ref
	typ   *Type
	sigs  []*signature
	entry *entry
	from  *access
}

func (f found) known() bool { return f.ref != nil && f.ref.Kind != Unknown }

var notFound = found{ref: &unknownRef, typ: typeUnknown}

// use says how a name stands in its statement, where that makes a difference.
type use uint8

const (
	asValue  use = iota
	asCall       // in front of parentheses
	asAction     // a procedure call as a statement
	asCursor     // of OPEN, FETCH, CLOSE, a cursor loop
)

// qualified looks a name up in one scope that holds declarations; rest are the parts behind what was found.
func (s *scope) qualified(r *resolver, parts []string) (*entry, []string) {
	if e := s.entry(r, parts[0]); e != nil {
		if e.sub == nil || len(parts) == 1 || e.typ != nil {
			return e, parts[1:]
		}
		if m := e.sub.entry(r, parts[1]); m != nil {
			return m, parts[2:]
		}
		return e, parts[1:]
	}
	if len(parts) > 1 {
		for _, l := range s.labels {
			if l == parts[0] {
				if e := s.entry(r, parts[1]); e != nil {
					return e, parts[2:]
				}
			}
		}
		if s.kind == unitScope && s.unit != nil && len(parts) > 2 && parts[0] == s.unit.Schema && parts[1] == s.unit.Name {
			if e := s.entry(r, parts[2]); e != nil {
				return e, parts[3:]
			}
		}
	}
	return nil, nil
}

func (s *scope) entry(r *resolver, name string) *entry {
	if e := s.names[name]; e != nil {
		return e
	}
	if s.kind == unitScope && s.unit != nil {
		return r.member(s.unit, name)
	}
	return nil
}

// lookupValue finds what a name means where a value, a call or a target stands.
func (r *resolver) lookupValue(n *ast.Name, parts []string, how use) found {
	r.base, r.baseRest, r.source, r.opens, r.partial = nil, 0, nil, 0, false
	f := r.findValue(n, parts, how)
	if r.source != nil && r.source.node != nil {
		r.info.names.of(n, r.source.node)
	}
	if r.base != nil && len(parts) > 1 && f.known() {
		r.info.names.begins(n, Base{Ref: r.base, Parts: len(parts) - r.baseRest})
	}
	if r.partial && !f.known() {
		if r.info.missing == nil {
			r.info.missing = map[*ast.Name]bool{}
		}
		r.info.missing[n] = true
	}
	return f
}

func (r *resolver) findValue(n *ast.Name, parts []string, how use) found {
	if n.Link != 0 {
		return found{ref: r.remoteRef(n, false), typ: typeUnknown}
	}
	if len(parts) == 0 {
		return notFound
	}
	if r.f.Tokens[n.Lo].Kind == token.Bind {
		return r.bindName(parts)
	}
	if r.substituted(n) {
		return found{ref: &wordRef, typ: typeUnknown}
	}
	if r.inSQL() && len(parts) == 1 {
		switch r.f.Tokens[n.Lo].Kw { // reserved in SQL: no column can have such a name without quotes
		case token.SYSDATE, token.USER, token.UID:
			t := pseudoValues[parts[0]]
			return found{ref: r.pseudo(parts[0], t), typ: t}
		}
	}
	if last := parts[len(parts)-1]; len(parts) > 1 && (last == "NEXTVAL" || last == "CURRVAL") {
		if f := r.sequence(n, parts); f.known() {
			return f
		}
	}
	var open *source // of a row of which not all is known, so the name may be its column
	inner := true
	for s := r.scope; s != nil; s = s.parent {
		switch s.kind {
		case cteScope:
			if e := s.names[parts[0]]; e != nil && e.cte == nil { // functions of WITH
				if f := r.below(e.found(), parts[1:]); f.known() {
					return f
				}
			}
		case queryScope:
			f, src := r.columnAt(s, parts, inner, how)
			if f.known() {
				return f
			}
			if open == nil {
				open = src
			}
			inner = false
		default:
			e, rest := s.qualified(r, parts)
			if e == nil || e.ref == nil {
				continue
			}
			if how == asCall && len(rest) == 0 && e.uncallable() {
				continue
			}
			if f := r.below(e.found(), rest); f.known() || len(rest) > 0 && e.ref.Kind != Routine && e.ref.Kind != Label {
				return f
			}
		}
	}
	if f := r.global(n, parts, how); f.known() {
		if open == nil || len(parts) > 1 || how != asValue || f.ref.Kind == Pseudo {
			r.noteGlobal(f, parts, n)
			return f
		}
	}
	if open != nil && how == asValue {
		if r.opens == 1 {
			r.source = open
		}
		open.acc.column(parts[min(len(parts), 2)-1])
		return found{ref: &Ref{Kind: openKind(open), Object: objectOf(open), Link: linkOf(open)}, typ: typeUnknown, from: open.acc}
	}
	if r.depth > 0 && strings.HasPrefix(parts[0], holePrefix) {
		return found{ref: &wordRef, typ: typeUnknown}
	}
	r.missingValue(parts, how, n)
	return notFound
}

// substituted reports whether a SQL*Plus variable stands in a name, so that nothing can be said of it.
func (r *resolver) substituted(n *ast.Name) bool {
	for i := n.Lo; i < n.Hi; i++ {
		if r.f.Tokens[i].Flags&token.FlagSubst != 0 {
			return true
		}
	}
	return false
}

func openKind(s *source) RefKind {
	if s.ref != nil && s.ref.Kind == Remote {
		return Remote
	}
	return Column
}

func objectOf(s *source) *model.Object {
	if s.ref != nil {
		return s.ref.Object
	}
	return nil
}

func linkOf(s *source) string {
	if s.ref != nil {
		return s.ref.Link
	}
	return ""
}

// uncallable reports whether nothing in parentheses can stand behind a name: a scalar does not hide a function.
func (e *entry) uncallable() bool {
	switch e.ref.Kind {
	case Variable, Parameter:
		return e.typ != nil && e.typ.Class != ClassUnknown && e.typ.Class < ClassXML
	case Exception, Label:
		return true
	}
	return false
}

func (e *entry) found() found {
	return found{ref: e.ref, typ: e.typ, sigs: e.routines, entry: e}
}

// columnAt looks a name up among the row sources of one query. The source returned is one that may have the
// column although it is not known.
func (r *resolver) columnAt(s *scope, parts []string, inner bool, how use) (found, *source) {
	if len(parts) == 1 {
		name := parts[0]
		if how == asCall { // COUNT(x) is the function, whatever columns there are
			return notFound, nil
		}
		if s.aliases != nil && inner {
			if f := s.aliases.find(name); f != nil {
				return found{ref: f.ref, typ: f.typ, from: f.from}, nil
			}
		}
		var open *source
		opens := 0
		for _, src := range s.sources {
			if f := src.shape.find(name); f != nil {
				src.acc.column(name)
				r.source = src
				return fieldFound(f, src, inner), nil
			}
			if src.shape.open {
				if opens++; open == nil {
					open = src
				}
			}
		}
		if t, ok := pseudoColumns[name]; ok && how == asValue && (len(s.sources) > 0 || !inner) {
			return found{ref: r.pseudo(name, t), typ: t}, nil
		}
		for _, src := range s.sources {
			if src.alias == name { // VALUE(t), REF(t), a row as a whole
				return found{ref: r.sourceRef(src), typ: &Type{Class: ClassRecord, Object: objectOf(src), shape: src.shape}}, nil
			}
		}
		if _, ok := pseudoValues[name]; ok {
			open = nil
		}
		if open != nil && r.opens == 0 {
			r.opens = opens
		}
		return notFound, open
	}
	for _, src := range s.sources {
		rest := parts[1:]
		switch {
		case src.alias == parts[0]:
		case len(parts) > 2 && src.alias == parts[1] && src.schema != "" && src.schema == parts[0]:
			rest = parts[2:]
		case len(parts) > 2 && src.alias == parts[1] && src.ref != nil && src.ref.Object != nil && src.ref.Object.Schema == parts[0]:
			rest = parts[2:]
		default:
			continue
		}
		r.source = src
		if f := src.shape.find(rest[0]); f != nil {
			src.acc.column(rest[0])
			return r.below(fieldFound(f, src, inner), rest[1:]), nil
		}
		if t, ok := pseudoColumns[rest[0]]; ok {
			return found{ref: r.pseudo(rest[0], t), typ: t}, nil
		}
		if src.elem != nil {
			if f := r.part(found{ref: r.sourceRef(src), typ: src.elem}, rest[0]); f.known() {
				return r.below(f, rest[1:]), nil
			}
		}
		if src.shape.open {
			src.acc.column(rest[0])
			return found{ref: &Ref{Kind: openKind(src), Object: objectOf(src), Link: linkOf(src), Outer: !inner}, typ: typeUnknown}, nil
		}
		r.source, r.partial = nil, true
	}
	// an attribute of an object column, without the alias that Oracle asks for only in some places
	for _, src := range s.sources {
		if f := src.shape.find(parts[0]); f != nil && (f.typ.shape != nil || f.typ.Class == ClassXML || f.typ.Class == ClassJSON || f.typ.Class == ClassCollection) {
			src.acc.column(parts[0])
			r.source = src
			return r.below(fieldFound(f, src, inner), parts[1:]), nil
		}
	}
	return notFound, nil
}

func fieldFound(f *field, src *source, inner bool) found {
	from := src.acc
	if f.from != nil {
		from = f.from
	}
	if inner {
		return found{ref: f.ref, typ: f.typ, from: from}
	}
	return found{ref: f.outerRef(), typ: f.typ, from: from}
}

func (r *resolver) sourceRef(src *source) *Ref {
	if src.ref != nil {
		return src.ref
	}
	src.ref = &Ref{Kind: Query}
	return src.ref
}

func (r *resolver) pseudo(name string, t *Type) *Ref {
	if ref := r.builtin["."+name]; ref != nil {
		return ref
	}
	ref := &Ref{Kind: Pseudo, Builtin: name, typ: t}
	r.builtin["."+name] = ref
	return ref
}

// below goes from what was found to its fields, attributes and methods.
func (r *resolver) below(f found, rest []string) found {
	r.base, r.baseRest = f.ref, len(rest)
	for _, name := range rest {
		had := f.ref.Kind
		f = r.part(f, name)
		if !f.known() {
			r.partial = had == Variable || had == Parameter
			return f
		}
	}
	if f.typ == nil {
		f.typ = typeUnknown
	}
	return f
}

func (r *resolver) part(f found, name string) found {
	t := f.typ
	if f.ref.Kind == Routine && len(f.sigs) > 0 && t == nil { // f.field of a function without arguments
		t = f.sigs[0].ret
	}
	if t == nil {
		switch f.ref.Kind {
		case Remote, Builtin, Host:
			return found{ref: f.ref, typ: typeUnknown}
		}
		return notFound
	}
	if t.shape != nil {
		if x := t.shape.find(name); x != nil {
			if f.ref.Kind == Column {
				return found{ref: x.ref, typ: x.typ, from: f.from}
			}
			if x.ref.Kind == Column && (f.ref.Kind == Variable || f.ref.Kind == Parameter) {
				if _, loop := f.ref.Decl.(*ast.Iterand); !loop {
					return found{ref: x.itemRef(), typ: x.typ}
				}
			}
			return found{ref: x.ref, typ: x.typ}
		}
	}
	switch {
	case t == typeJSONDot || documentColumn(f):
		return r.jsonStep()
	case t.Class == ClassCollection && collectionMethods[name] != nil:
		m := collectionMethods[name]
		if m == typeInteger && t.def != nil && t.def.IndexBy != nil && r.typeRef(*t.def.IndexBy, t.Object).Class == ClassText && name != "COUNT" {
			m = typeText
		}
		return found{ref: r.builtinRef("COLLECTION."+name, m), typ: m}
	case t.Class == ClassXML:
		return found{ref: r.builtinRef("XMLTYPE."+name, nil), typ: xmlMethod(name)}
	case t.Class == ClassJSON, t.Class == ClassAny:
		m := suppliedMember(t.Ref.Name + "." + name)
		if m == nil {
			m = typeUnknown
		}
		return found{ref: r.builtinRef(t.Ref.Name+"."+name, m), typ: m}
	}
	if t.Object != nil && t.Object.Type != nil && t.def != nil {
		if e := r.method(t.Object, name); e != nil {
			return e.found()
		}
	}
	if t.shape != nil && t.shape.open || t.Class == ClassUnknown || t.Class == ClassObject && t.shape == nil {
		ref := *f.ref
		if ref.Kind == Routine || ref.Kind == Cursor || ref.Kind == TypeName {
			ref.Kind = Variable
		}
		ref.typ, ref.Column = nil, nil
		return found{ref: &ref, typ: typeUnknown}
	}
	return notFound
}

func xmlMethod(name string) *Type {
	switch name {
	case "GETSTRINGVAL", "GETROOTELEMENT", "GETNAMESPACE":
		return typeText
	case "GETCLOBVAL":
		return typeClob
	case "GETBLOBVAL":
		return typeBlob
	case "GETNUMBERVAL", "EXISTSNODE", "ISFRAGMENT":
		return typeNumber
	case "EXTRACT", "TRANSFORM":
		return typeXML
	}
	return typeUnknown
}

// method finds a method of an object type or of its supertypes.
func (r *resolver) method(o *model.Object, name string) *entry {
	key := memberKey{o, name + "()"} // with the inherited overloads
	if e, ok := r.members[key]; ok {
		return e
	}
	var all *entry
	for at, n := o, 0; n < maxSynonyms; n++ {
		if e := r.member(at, name); e != nil {
			all = withInherited(all, e)
		}
		if at.Type == nil || at.Type.Under == "" {
			break
		}
		u := r.userType(splitName(at.Type.Under), at)
		if u == nil || u.Object == nil || u.Object == at {
			break
		}
		at = u.Object
	}
	r.members[key] = all
	return all
}

// withInherited adds the overloads of a supertype that the type does not override.
func withInherited(own, super *entry) *entry {
	if own == nil {
		return super
	}
	var more []*signature
	for _, s := range super.routines {
		over := false
		for _, o := range own.routines {
			over = over || sameSignature(o, s)
		}
		if !over && (s.ref.Routine == nil || s.ref.Routine.Method != "CONSTRUCTOR") {
			more = append(more, s)
		}
	}
	if len(more) == 0 {
		return own
	}
	e := *own
	e.routines = append(append([]*signature{}, own.routines...), more...)
	return &e
}

// inObject goes from a schema object to the member that the rest of the name means.
func (r *resolver) inObject(x *reached, rest []string) found {
	o := x.object
	switch {
	case x.link != "":
		return found{ref: r.shared(x, Remote, nil), typ: typeUnknown}
	case o == nil:
		if suppliedPackage(x.name) || suppliedSchemas[x.schema] {
			name := strings.Join(append([]string{x.name}, rest...), ".")
			return found{ref: &Ref{Kind: Builtin, Builtin: name, Synonyms: x.synonyms}, typ: typeUnknown}
		}
	case o.Package != nil || o.Kind == model.KindPackage:
		if len(rest) == 0 {
			return found{ref: r.shared(x, Package, nil)}
		}
		if e := r.member(o, rest[0]); e != nil {
			f := e.found()
			if len(x.synonyms) > 0 {
				ref := *f.ref
				ref.Synonyms = x.synonyms
				f.ref = &ref
			}
			return r.below(f, rest[1:])
		}
	case o.Routine != nil || o.Kind == model.KindProcedure || o.Kind == model.KindFunction:
		f := r.standAlone(x)
		return r.below(f, rest)
	case o.Sequence != nil || o.Kind == model.KindSequence:
		return found{ref: r.shared(x, Sequence, typeNumber), typ: typeNumber}
	case o.Kind == model.KindType:
		t := r.objectType(o)
		if len(rest) > 0 {
			if e := r.method(o, rest[0]); e != nil {
				return r.below(e.found(), rest[1:])
			}
			return notFound
		}
		return found{ref: r.shared(x, TypeName, t), typ: t}
	case o.Kind == model.KindOperator:
		return found{ref: r.shared(x, Routine, nil), typ: typeUnknown}
	case o.Table != nil || o.View != nil:
		row := &Type{Class: ClassRecord, Object: o, shape: r.rowOf(o)}
		return r.below(found{ref: r.shared(x, Table, row), typ: row}, rest)
	}
	return notFound
}

func (r *resolver) standAlone(x *reached) found {
	key := memberKey{x.object, ""}
	e := r.members[key]
	if e == nil {
		e = &entry{ref: r.shared(x, Routine, nil)}
		if x.object.Routine != nil {
			s := r.signature(x.object, x.object.Routine)
			s.ref.Synonyms = x.synonyms
			e.ref, e.routines = s.ref, []*signature{s}
		}
		r.members[key] = e
	}
	return e.found()
}

// noteGlobal enters the use of a schema object among the dependencies.
func (r *resolver) noteGlobal(f found, parts []string, n *ast.Name) {
	switch f.ref.Kind {
	case Builtin, Pseudo:
		if len(f.ref.Synonyms) > 0 {
			r.depend(f.ref.Synonyms[0], howReferences, n)
		}
		return
	}
	x, _ := r.walkObject(parts)
	if x == nil {
		return
	}
	how := howReferences
	switch f.ref.Kind {
	case Routine:
		how = howCalls
	case TypeName:
		how = howType
	case Sequence:
		how = howReads
	}
	r.reachedBy(x, how, n)
}

// missingValue enters a name that looks like a call of something the catalog does not have.
func (r *resolver) missingValue(parts []string, how use, n *ast.Name) {
	if how != asCall && how != asAction && (len(parts) < 2 || r.depth > 0 || r.inSQL() || r.declared(parts[0])) {
		return
	}
	if x, _ := r.walkObject(parts); x != nil {
		r.reachedBy(x, howCalls, n)
		return
	}
	schema, name := "", parts[0]
	if len(parts) > 1 && r.schemaKnown(parts[0]) {
		schema, name = parts[0], parts[1]
	}
	r.missing("", schema, name, howCalls, n)
}

// declared reports whether a name is known around, so that what follows it is at fault.
func (r *resolver) declared(name string) bool {
	for s := r.scope; s != nil; s = s.parent {
		if s.entry(r, name) != nil {
			return true
		}
	}
	return false
}
