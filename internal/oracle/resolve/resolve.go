package resolve

import (
	"slices"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// Resolve looks up everything one top-level statement of a file names. schema is the current schema, folded;
// a stored unit that names its owner is resolved in the owner's schema, as Oracle compiles it.
func Resolve(cat *model.Catalog, f *ast.File, s ast.Stmt, schema string) *Info {
	return resolveAt(&Estate{cat: cat}, f, s, schema, 0)
}

func resolveAt(e *Estate, f *ast.File, s ast.Stmt, schema string, depth int) *Info {
	if depth == 0 && s != nil && hasBinds(f, s) {
		return resolveBinds(e, f, s, schema, nil)
	}
	return newResolver(e, f, s, schema, depth).run(s)
}

// resolveNames is resolveAt without what only the conversion of the statement asks for. Statements with host variables are rare.
func resolveNames(e *Estate, f *ast.File, s ast.Stmt, schema string) *Info {
	if hasBinds(f, s) {
		return resolveAt(e, f, s, schema, 0)
	}
	r := newResolver(e, f, s, schema, 0)
	r.namesOnly = true
	return r.run(s)
}

// run resolves the statement, which may be nil.
func (r *resolver) run(s ast.Stmt) *Info {
	if s != nil {
		r.statement(s)
	}
	r.finish()
	return r.info
}

func newResolver(e *Estate, f *ast.File, s ast.Stmt, schema string, depth int) *resolver {
	return &resolver{
		estate: e, cat: e.cat, f: f, schema: schema, depth: depth,
		info:     &Info{File: f, Stmt: s, names: newMeanings(s), rows: map[ast.Node]*shape{}, types: newTypings(s)},
		rows:     map[*model.Object]*shape{},
		members:  map[memberKey]*entry{},
		types:    map[*model.Type]*Type{},
		objects:  map[objectName]*reached{},
		builtin:  map[string]*Ref{},
		depends:  map[dependKey]bool{},
		routines: map[*ast.Routine]*scope{},
	}
}

// resolver is the state of one Resolve. It is used by one goroutine.
type resolver struct {
	estate *Estate
	cat    *model.Catalog
	f      *ast.File
	info   *Info
	schema string
	also   string        // looked in where the schema does not have a table
	self   *model.Object // the object the statement creates
	depth  int           // of dynamic SQL inside dynamic SQL
	// namesOnly leaves Accesses, Depends and Dynamic out
	namesOnly bool

	scope   *scope
	sql     int // how many SQL statements enclose the place
	routine int // number of the routine at hand
	last    int // the last number given
	trigger *triggerRows
	binds   map[string]*Type // of host variables; see resolveBinds

	rows     map[*model.Object]*shape
	members  map[memberKey]*entry
	types    map[*model.Type]*Type
	objects  map[objectName]*reached
	builtin  map[string]*Ref
	depends  map[dependKey]bool
	routines map[*ast.Routine]*scope // of the parameters
	accesses []*access
	assigned []*entry // variables whose text changed, for the branches to forget
	loops    int
	views    int  // how many views' queries enclose the place
	base     *Ref // of the name looked up last: what its parts behind baseRest are fields of
	baseRest int
	partial  bool     // the name looked up last begins with something that has no part of the name
	source   *source  // of the column looked up last
	opens    int      // sources of the innermost query with any that may have the column looked up last
	names    []string // what parts cuts its results from
}

// ident is the folded name of a token.
func (r *resolver) ident(tok uint32) string {
	if t := r.f.Tokens[tok]; t.Kind == token.Ident && t.Kw != 0 {
		return t.Kw.String()
	}
	return r.f.Ident(tok)
}

// parts are the folded parts of a name before its link.
func (r *resolver) parts(n *ast.Name) []string {
	if cap(r.names)-len(r.names) < 4 {
		r.names = make([]string, 0, 256)
	}
	parts := r.names[len(r.names):]
	for i := r.f.NextPart(n.Lo, n.Hi); i < n.Hi; i = r.f.NextPart(i+1, n.Hi) {
		parts = append(parts, r.ident(i))
	}
	return r.keep(parts)
}

// keep takes the parts of a name off the array that the next names are cut from.
func (r *resolver) keep(parts []string) []string {
	r.names = r.names[:min(len(r.names)+len(parts), cap(r.names))]
	return parts[:len(parts):len(parts)]
}

// name is the folded single name of a declaration or alias.
func (r *resolver) name(n *ast.Name) string {
	if n == nil || n.Empty() {
		return ""
	}
	return r.ident(n.Hi - 1)
}

func (r *resolver) set(n *ast.Name, ref *Ref) {
	if n != nil {
		r.info.names.make(n).ref = ref
	}
}

func (r *resolver) typed(e ast.Expr, t *Type) *Type {
	if t == nil {
		t = typeUnknown
	}
	if t.Class != ClassUnknown || t.shape != nil {
		r.info.types.set(e, t)
	}
	return t
}

var wordRef = Ref{Kind: Word}

// word marks names that are not looked up.
func (r *resolver) word(names ...*ast.Name) {
	for _, n := range names {
		r.set(n, &wordRef)
	}
}

func (r *resolver) finish() {
	r.info.names.finish()
	r.info.types.finish()
	r.info.Accesses = make([]Access, len(r.accesses))
	for i, a := range r.accesses {
		slices.Sort(a.Columns)
		a.Columns = slices.Compact(a.Columns)
		r.info.Accesses[i] = a.Access
	}
}
