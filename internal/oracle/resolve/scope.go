package resolve

import (
	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
)

// shape is a row: the fields of a record, object type, table or query, in order. open tells that there may be
// more fields than are known.
type shape struct {
	fields []*field
	index  map[string]*field
	open   bool
}

type field struct {
	name  string
	typ   *Type
	ref   *Ref
	outer *Ref // the same reached from an inner query
	item  *Ref // the same as a field of a variable
	from  *access
}

func (s *shape) add(f *field) {
	s.fields = append(s.fields, f)
	if s.index != nil && s.index[f.name] == nil {
		s.index[f.name] = f
	}
}

// find gives the first field of a name. Wide rows get an index with their first search.
func (s *shape) find(name string) *field {
	if s.index != nil {
		return s.index[name]
	}
	if len(s.fields) > 12 {
		s.index = make(map[string]*field, len(s.fields))
		for _, f := range s.fields {
			if s.index[f.name] == nil {
				s.index[f.name] = f
			}
		}
		return s.index[name]
	}
	for _, f := range s.fields {
		if f.name == name {
			return f
		}
	}
	return nil
}

func (f *field) outerRef() *Ref {
	if f.outer == nil {
		o := *f.ref
		o.Outer = true
		f.outer = &o
	}
	return f.outer
}

// itemRef is the field seen as part of a variable.
func (f *field) itemRef() *Ref {
	if f.item == nil {
		o := *f.ref
		o.Kind = Variable
		f.item = &o
	}
	return f.item
}

// source is one row source of a query: an item of FROM or the target of DML.
type source struct {
	alias, schema string
	node          ast.Node // the item of FROM
	shape         *shape
	acc           *access
	ref           *Ref
	elem          *Type           // of the objects of TABLE(...)
	merged        map[string]bool // columns that USING or NATURAL has joined with an earlier source's
}

type scopeKind uint8

const (
	queryScope scopeKind = iota
	cteScope             // the names of a WITH clause
	blockScope           // block, routine, loop
	unitScope            // package or object type
)

// scope is one level of visible names; look-ups go from the innermost outwards.
type scope struct {
	parent *scope
	kind   scopeKind
	names  map[string]*entry
	labels []string // what qualifies names of this scope: block labels, the routine's or unit's name

	sources []*source
	aliases *shape // select list, seen by ORDER BY
	vars    bool   // pattern variables qualify the sources too

	unit    *model.Object
	routine int // number of the routine a block scope lies in
}

// entry is one declared name.
type entry struct {
	ref      *Ref
	typ      *Type // of a variable; the row of a cursor; the type itself of a type
	routines []*signature
	cte      *shape
	sub      *scope // what a label or routine name qualifies

	constant bool
	routine  int        // number of the routine that declares it
	text     *textValue // constant text it holds at this point, nil when that is not known
	captured bool       // assigned by a nested routine
}

type param struct {
	name     string
	typ      *Type
	optional bool
	out      bool
}

// signature is one routine that a call can mean.
type signature struct {
	params []param
	ret    *Type
	fn     bool
	decl   *ast.Routine
	ref    *Ref
}

func (s *scope) put(name string, e *entry) {
	if s.names == nil {
		s.names = map[string]*entry{}
	}
	s.names[name] = e
}

func (r *resolver) push(kind scopeKind) *scope {
	s := &scope{parent: r.scope, kind: kind, routine: r.routine}
	r.scope = s
	return s
}

func (r *resolver) pop() { r.scope = r.scope.parent }

// in runs f with another innermost scope.
func (r *resolver) in(s *scope, f func()) {
	old := r.scope
	r.scope = s
	f()
	r.scope = old
}

// plsql is the innermost scope that is not a query's: where INTO targets and cursors are looked up.
func (r *resolver) plsql() *scope {
	s := r.scope
	for s != nil && (s.kind == queryScope || s.kind == cteScope) {
		s = s.parent
	}
	return s
}

// inSQL reports whether the innermost scope is a query's.
func (r *resolver) inSQL() bool { return r.sql > 0 }
