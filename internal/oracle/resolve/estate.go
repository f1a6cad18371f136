package resolve

import (
	"sync"
	"sync/atomic"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
)

// Estate resolves the statements of one catalog and keeps what is the same for all of them: the rows of tables, which most
// statements of an estate share. It may be used by any number of goroutines.
type Estate struct {
	cat  *model.Catalog
	rows *sync.Map // *model.Object -> *shape, nil for one that is not kept; the map is nil for a single statement
	vars *sync.Map // *ast.File -> []*ast.PlusCommand: its VARIABLE commands

	ahead *sync.Map // ast.Stmt -> *early: what ResolveAhead found and Resolve has not asked for yet
	room  atomic.Int64
}

// early is an Info that waits for Resolve.
type early struct {
	info   *Info
	schema string
}

// aheadTokens is of how many tokens of source ResolveAhead keeps the Infos at most, which take some 50 bytes a token.
const aheadTokens = 8 << 20

// NewEstate is for a frozen catalog.
func NewEstate(cat *model.Catalog) *Estate {
	e := &Estate{cat: cat, rows: &sync.Map{}, vars: &sync.Map{}, ahead: &sync.Map{}}
	e.KeepAhead(0)
	return e
}

// KeepAhead says of how many tokens of source ResolveAhead keeps what it gives; 0 or more than is usual: as many as is usual. It is
// called before ResolveAhead.
func (e *Estate) KeepAhead(tokens int64) {
	if tokens <= 0 || tokens > aheadTokens {
		tokens = aheadTokens
	}
	e.room.Store(tokens)
}

// Resolve is the function of that name. It gives what ResolveAhead has kept of the statement, once.
func (e *Estate) Resolve(f *ast.File, s ast.Stmt, schema string) *Info {
	if x, ok := e.ahead.LoadAndDelete(s); ok {
		e.room.Add(tokensOf(s))
		if x := x.(*early); x.info.File == f && x.schema == schema {
			return x.info
		}
	}
	return resolveAt(e, f, s, schema, 0)
}

// ResolveAhead is Resolve for a pass over everything that comes before another one: as long as there is room for it, what it gives is kept for
// the next Resolve of the same statement; kept tells whether it is, and the tree has to stay as long. An Info that is not kept tells what
// names and expressions mean, and nothing else: no Accesses, Depends and Dynamic.
func (e *Estate) ResolveAhead(f *ast.File, s ast.Stmt, schema string) (info *Info, kept bool) {
	n := tokensOf(s)
	if e.room.Add(-n) < 0 {
		e.room.Add(n)
		return resolveNames(e, f, s, schema), false
	}
	info = resolveAt(e, f, s, schema, 0)
	if _, twice := e.ahead.Swap(s, &early{info, schema}); twice {
		e.room.Add(n)
	}
	return info, true
}

func tokensOf(s ast.Stmt) int64 { return int64(s.Range().Hi - s.Range().Lo) }

// ObjectType is the type that an object of the catalog defines.
func (e *Estate) ObjectType(o *model.Object) Type {
	return *newResolver(e, nil, nil, o.Schema, maxDynamic).objectType(o)
}

// RowType is the object type of the rows of an object table or object view; the zero Type for all others.
func (e *Estate) RowType(o *model.Object) Type {
	of := ""
	switch {
	case o.Table != nil:
		of = o.Table.OfType
	case o.View != nil:
		of = o.View.OfType
	}
	if of == "" {
		return Type{}
	}
	if t := newResolver(e, nil, nil, o.Schema, maxDynamic).userType(splitName(of), o); t != nil {
		return *t
	}
	return Type{}
}

// row is the row of a table of which no statement can see another one: its columns have types that no name has to be looked
// up for. What a shape makes when it is first asked for is there already, so that nobody writes to it. nil for all else.
func (e *Estate) row(o *model.Object) *shape {
	if e.rows == nil || o.Table == nil {
		return nil
	}
	if s, ok := e.rows.Load(o); ok {
		return s.(*shape)
	}
	s, _ := e.rows.LoadOrStore(o, plainRow(o))
	return s.(*shape)
}

func plainRow(o *model.Object) *shape {
	cols := o.Table.Columns
	if len(cols) == 0 || o.Implied || o.Table.OfType != "" {
		return nil
	}
	s := &shape{}
	for _, c := range cols {
		class := builtinTypes[c.Type.Name]
		if class == ClassUnknown || c.Type.User || c.Type.Anchor != "" {
			return nil
		}
		typ := &Type{Class: class, Ref: c.Type}
		s.add(&field{name: c.Name, typ: typ, ref: &Ref{Kind: Column, Object: o, Column: c, typ: typ}})
	}
	for _, f := range s.fields {
		f.outerRef()
		f.itemRef()
	}
	s.find("") // makes the index of a wide row
	return s
}
