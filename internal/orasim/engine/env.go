package engine

import (
	"context"

	"landfall/internal/orasim/engine/plsql"
	"landfall/internal/orasim/ora"
	"landfall/internal/orasim/store"
	"landfall/internal/orasim/value/datetime"
)

// env is what an expression is evaluated in: the row of its query block, and the block around it.
type env struct {
	row   [][]byte // columns of the FROM clause, or groups and aggregates
	win   [][]byte // results of analytic functions
	out   [][]byte // the select list, for ORDER BY
	outer *env
	ex    *execution
	prior [][]byte // the parent row, in CONNECT BY
	node  *treeNode
}

// execution is one run of one statement.
type execution struct {
	ctx    context.Context
	s      *Session
	snap   store.Snapshot
	binds  [][]byte
	now    moment // SYSDATE and the like are the same through the whole statement
	steps  int
	ctes   map[*cteDef]*cteRows
	seqs   map[*sequence][]byte     // NEXTVAL is taken once a row
	memo   map[any]any              // results of subqueries that depend on nothing outside
	frame  *plsql.Frame             // of the PL/SQL block whose expressions are evaluated
	value  []byte                   // what a conversion of PL/SQL converts
	nested map[*plsql.Cursor]uint64 // its CURSOR expressions that no client has taken, with their handles
	of     *execution               // the one whose part this is, for a view that is read AS OF
}

// past is the execution of a view AS OF an SCN: everything in it is read as of then.
func (ex *execution) past(scn uint64) *execution {
	p := *ex
	p.snap, p.of = store.Snapshot{SCN: scn}, ex
	p.ctes, p.memo = map[*cteDef]*cteRows{}, map[any]any{}
	return &p
}

// moment is an instant in UTC.
type moment struct{ datetime.Time }

// tick looks for a cancel every few thousand rows.
func (ex *execution) tick() error {
	for ex.of != nil { // whose context is that of the running call
		ex = ex.of
	}
	ex.steps++
	if ex.steps&1023 == 0 && ex.ctx.Err() != nil {
		return ora.New(1013)
	}
	return nil
}

// expr is a compiled expression.
type expr struct {
	typ  typ
	eval func(*env) ([]byte, error)
	// slot is the place in the row of a plain column of the block itself, -1 for anything else.
	slot int
	// constant is set where nothing of a row or bind is used.
	constant bool
	// bind is the index+1 of a bind that is all there is.
	bind int
	col  *colInfo // the column it is
	null bool     // the literal NULL or ''
}

// still is an env for constants: no row, no binds.
func (c *compiler) still() *env { return &env{ex: c.s.execution(context.Background())} }

// constantValue is what a constant expression gives, NULL for any other.
func (c *compiler) constantValue(x expr) ([]byte, error) {
	if !x.constant {
		return nil, nil
	}
	return x.eval(c.still())
}

// tri is the value of a condition.
type tri int8

const (
	no tri = iota
	yes
	unknown
)

func truth(b bool) tri {
	if b {
		return yes
	}
	return no
}

func (t tri) not() tri {
	switch t {
	case no:
		return yes
	case yes:
		return no
	}
	return unknown
}

// cond is a compiled condition.
type cond func(*env) (tri, error)

// fixed is an expression of one value.
func fixed(t typ, v []byte) expr {
	return expr{typ: t, slot: -1, constant: true, eval: func(*env) ([]byte, error) { return v, nil }}
}

func computed(t typ, f func(*env) ([]byte, error)) expr {
	return expr{typ: t, slot: -1, eval: f}
}

// text of SQL: ” is NULL.
func str(s string) []byte {
	if s == "" {
		return nil
	}
	return []byte(s)
}
