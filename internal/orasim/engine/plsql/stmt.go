package plsql

import (
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/orasim/ora"
)

// stmt is a compiled statement. It ends with nil, or tells where to go on.
type stmt func(*Frame) (*jump, error)

// jump is a way out of a statement.
type jump struct {
	kind  jumpKind
	loop  int    // of exit and next
	label string // of goto
}

type jumpKind uint8

const (
	jumpReturn jumpKind = iota
	jumpExit
	jumpNext
	jumpGoto
)

var returned = &jump{kind: jumpReturn}

// list compiles statements in order. A GOTO to a label of the list goes on there.
func (c *compiler) list(nodes []ast.Stmt) stmt {
	labels := map[string]int{}
	names := map[string]bool{}
	for i, n := range nodes {
		for _, l := range ast.Labels(n) {
			name := c.f.Last(l)
			labels[name], names[name] = i, true
		}
	}
	c.labels = append(c.labels, names)
	var steps []stmt
	for _, n := range nodes {
		steps = append(steps, c.statement(n))
	}
	c.labels = c.labels[:len(c.labels)-1]
	if len(steps) == 1 && len(labels) == 0 {
		return steps[0]
	}
	return func(fr *Frame) (*jump, error) {
		for i := 0; i < len(steps); i++ {
			j, err := steps[i](fr)
			if err != nil {
				return nil, err
			}
			if j == nil {
				continue
			}
			at, here := labels[j.label]
			if j.kind != jumpGoto || !here {
				return j, nil
			}
			if err := fr.Run.tick(); err != nil {
				return nil, err
			}
			i = at - 1
		}
		return nil, nil
	}
}

// statement compiles one statement; a wrong one is noted and does nothing.
func (c *compiler) statement(n ast.Stmt) stmt {
	s, err := c.compile(n)
	if err != nil {
		c.note(n, err, "Statement ignored")
		return func(*Frame) (*jump, error) { return nil, nil }
	}
	switch n.(type) {
	case *ast.Block, *ast.Labeled:
		return s // their parts have lines of their own
	}
	return c.traced(n, s)
}

func (c *compiler) compile(n ast.Stmt) (stmt, error) {
	switch x := n.(type) {
	case *ast.NullStmt, *ast.PragmaStmt:
		return func(*Frame) (*jump, error) { return nil, nil }, nil
	case *ast.Labeled:
		return c.statement(x.Stmt), nil
	case *ast.Block:
		return c.block(x), nil
	case *ast.AssignStmt:
		return c.assign(x)
	case *ast.CallStmt:
		return c.call(x)
	case *ast.If:
		return c.ifStmt(x)
	case *ast.CaseStmt:
		return c.caseStmt(x)
	case *ast.Loop, *ast.While, *ast.For:
		return c.loop(x)
	case *ast.Exit:
		return c.exit(x)
	case *ast.Goto:
		return c.gotoStmt(x)
	case *ast.Return:
		return c.returnStmt(x)
	case *ast.Raise:
		return c.raise(x)
	case *ast.SelectStmt:
		return c.selectInto(x)
	case *ast.Insert, *ast.Update, *ast.Delete, *ast.Merge, *ast.MultiInsert:
		return c.dml(x)
	case *ast.ForAll:
		return c.forAll(x)
	case *ast.Open:
		return c.open(x)
	case *ast.OpenFor:
		return c.openFor(x)
	case *ast.Fetch:
		return c.fetch(x)
	case *ast.Close:
		return c.closeCursor(x)
	case *ast.ExecImmediate:
		return c.execute(x)
	case *ast.Commit, *ast.Rollback, *ast.Savepoint, *ast.SetTransaction, *ast.LockTable:
		return c.transaction(x)
	}
	return nil, c.unsupported(n, "PL/SQL statement")
}

// assign is target := value.
func (c *compiler) assign(n *ast.AssignStmt) (stmt, error) {
	t, err := c.target(n.Target)
	if err != nil {
		return nil, err
	}
	f, err := c.into(n.Value, t.typ)
	if err != nil {
		return nil, err
	}
	c.lobFlow(n.Value, t)
	size := 0
	if t.bind != nil && t.typ.class() == ClassText {
		size = t.bind.size
	}
	return func(fr *Frame) (*jump, error) {
		v, err := f(fr)
		if err != nil {
			return nil, err
		}
		if size > 0 && c.host.Charset().Len(bytesOf(v)) > size {
			return nil, ora.New(6502, ": character string buffer too small")
		}
		return nil, t.set(fr, v)
	}, nil
}
