package plsql

import (
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/orasim/ora"
)

// inLoop compiles the body of a loop, which EXIT and CONTINUE may refer to.
func (c *compiler) inLoop(labels []*ast.Name, stmts []ast.Stmt) (body stmt, id int) {
	c.lastLoop++
	k := &loopScope{id: c.lastLoop}
	if len(labels) > 0 {
		k.label = c.f.Last(labels[0])
	}
	c.loops = append(c.loops, k)
	body = c.list(stmts)
	c.loops = c.loops[:len(c.loops)-1]
	return body, k.id
}

// turn runs a body once: done tells that the loop is over, with the way on.
func turn(fr *Frame, body stmt, id int) (done bool, j *jump, err error) {
	j, err = body(fr)
	if err != nil {
		return true, nil, err
	}
	if err := fr.Run.tick(); err != nil {
		return true, nil, err
	}
	switch {
	case j == nil:
		return false, nil, nil
	case j.kind == jumpExit && j.loop == id:
		return true, nil, nil
	case j.kind == jumpNext && j.loop == id:
		return false, nil, nil
	}
	return true, j, nil
}

func (c *compiler) loop(n ast.Stmt) (stmt, error) {
	switch x := n.(type) {
	case *ast.Loop:
		body, id := c.inLoop(x.Labels, x.Stmts)
		return func(fr *Frame) (*jump, error) {
			for {
				if done, j, err := turn(fr, body, id); done {
					return j, err
				}
			}
		}, nil
	case *ast.While:
		k, err := c.condition(x.Cond)
		if err != nil {
			c.note(n, err, "Statement ignored")
		}
		body, id := c.inLoop(x.Labels, x.Stmts)
		return func(fr *Frame) (*jump, error) {
			for {
				ok, err := k(fr)
				if !ok || err != nil {
					return nil, err
				}
				if done, j, err := turn(fr, body, id); done {
					return j, err
				}
			}
		}, nil
	}
	x := n.(*ast.For)
	it := x.Iter
	if len(it.Iterands) != 1 || len(it.Controls) != 1 || it.Iterands[0].Type != nil || it.Iterands[0].Mutable != 0 {
		return nil, c.unsupported(it, "iterator of 21c")
	}
	k := it.Controls[0]
	if k.Step != nil || k.Repeat || k.While != nil || k.When != nil {
		return nil, c.unsupported(it, "iterator of 21c")
	}
	switch k.Kind {
	case ast.IterRange:
		return c.forRange(x, k)
	case ast.IterQuery, ast.IterExpr:
		return c.forCursor(x, k)
	}
	return nil, c.unsupported(it, "iterator of 21c")
}

// scoped opens the scope of a loop with its variable.
func (c *compiler) scoped(n *ast.For, t *Type) (*scope, *entry) {
	s := c.push()
	if len(n.Labels) > 0 {
		s.label = c.f.Last(n.Labels[0])
	}
	e := &entry{name: c.f.Last(n.Iter.Iterands[0].Name), kind: isVar, typ: t, slot: c.newSlot(), readonly: t.Kind == KindScalar}
	s.entries = append(s.entries, e)
	return s, e
}

// bounds gives low and high of low .. high, neither of which may be NULL.
func (c *compiler) bounds(low, high ast.Expr) (func(*Frame) (a, b int, err error), error) {
	from, err := c.integer(low)
	if err != nil {
		return nil, err
	}
	to, err := c.integer(high)
	if err != nil {
		return nil, err
	}
	return func(fr *Frame) (int, int, error) {
		a, ok1, err := from(fr)
		if err != nil {
			return 0, 0, err
		}
		b, ok2, err := to(fr)
		if err == nil && (!ok1 || !ok2) {
			err = valueError()
		}
		return a, b, err
	}, nil
}

// forRange is FOR i IN [REVERSE] low .. high: the bounds are evaluated once.
func (c *compiler) forRange(n *ast.For, k *ast.IterControl) (stmt, error) {
	bounds, err := c.bounds(k.Low, k.High)
	if err != nil {
		return nil, err
	}
	s, e := c.scoped(n, ScalarType(c.host.Named("PLS_INTEGER")))
	body, id := c.inLoop(n.Labels, n.Stmts)
	c.pop(s)
	return func(fr *Frame) (*jump, error) {
		a, b, err := bounds(fr)
		if err != nil {
			return nil, err
		}
		step := 1
		if k.Reverse {
			a, b, step = b, a, -1
		}
		for i := a; i*step <= b*step; i += step {
			fr.slots[e.slot] = numberOf(i)
			if done, j, err := turn(fr, body, id); done {
				return j, err
			}
		}
		return nil, nil
	}, nil
}

// exit is EXIT and CONTINUE.
func (c *compiler) exit(n *ast.Exit) (stmt, error) {
	word := "EXIT"
	kind := jumpExit
	if n.Continue {
		word, kind = "CONTINUE", jumpNext
	}
	if len(c.loops) == 0 {
		return nil, c.wrong(n, 376, "illegal EXIT/CONTINUE statement; it must appear inside a loop")
	}
	target := c.loops[len(c.loops)-1]
	if n.Label != nil {
		target = nil
		name := c.f.Last(n.Label)
		for _, k := range c.loops {
			if k.label == name {
				target = k
			}
		}
		if target == nil {
			return nil, c.wrong(n.Label, 373, "%s label '%s' must label a LOOP statement", word, name)
		}
	}
	j := &jump{kind: kind, loop: target.id}
	if n.When == nil {
		return func(*Frame) (*jump, error) { return j, nil }, nil
	}
	when, err := c.condition(n.When)
	if err != nil {
		return nil, err
	}
	return func(fr *Frame) (*jump, error) {
		ok, err := when(fr)
		if !ok || err != nil {
			return nil, err
		}
		return j, nil
	}, nil
}

// gotoStmt is GOTO: the label must stand in a list of statements around it.
func (c *compiler) gotoStmt(n *ast.Goto) (stmt, error) {
	name := c.f.Last(n.Label)
	for _, names := range c.labels {
		if names[name] {
			j := &jump{kind: jumpGoto, label: name}
			return func(*Frame) (*jump, error) { return j, nil }, nil
		}
	}
	return nil, c.wrong(n, 375, "illegal GOTO statement; this GOTO cannot branch to label '%s'", name)
}

func (c *compiler) returnStmt(n *ast.Return) (stmt, error) {
	r := c.current
	switch {
	case (r == nil || r.ret == nil) && n.Value != nil:
		return nil, c.wrong(n, 372, "In a procedure, RETURN statement cannot contain an expression")
	case n.Value == nil && r != nil && r.ret != nil:
		return nil, c.wrong(n, 503, "RETURN <value> statement is required for this return from function")
	case n.Value == nil:
		return func(*Frame) (*jump, error) { return returned, nil }, nil
	}
	f, err := c.into(n.Value, r.ret)
	if err != nil {
		return nil, err
	}
	c.lobFlow(n.Value, &value{typ: r.ret, root: r.lob("")})
	return func(fr *Frame) (*jump, error) {
		v, err := f(fr)
		if err != nil {
			return nil, err
		}
		fr.ret = v
		return returned, nil
	}, nil
}

// transaction is COMMIT, ROLLBACK, SAVEPOINT and what the engine runs by itself.
func (c *compiler) transaction(n ast.Stmt) (stmt, error) {
	host := c.host
	switch x := n.(type) {
	case *ast.Commit:
		if len(x.Force) > 0 {
			return nil, c.unsupported(n, "COMMIT FORCE")
		}
		return func(fr *Frame) (*jump, error) {
			fr.Run.sql.did(0)
			return nil, host.Commit(fr.Run.Ctx)
		}, nil
	case *ast.Rollback:
		if x.Force != nil {
			return nil, c.unsupported(n, "ROLLBACK FORCE")
		}
		if x.To != nil {
			name := c.f.Last(x.To)
			return func(*Frame) (*jump, error) { return nil, host.RollbackTo(name) }, nil
		}
		return func(fr *Frame) (*jump, error) {
			fr.Run.sql.did(0)
			return nil, host.Rollback()
		}, nil
	case *ast.Savepoint:
		name := c.f.Last(x.Name)
		return func(*Frame) (*jump, error) {
			host.Savepoint(name)
			return nil, nil
		}, nil
	}
	f := host.Command(c.f, n)
	return func(fr *Frame) (*jump, error) { return nil, f(fr) }, nil
}

// tick looks for a cancel now and then, and lets expressions see the time of now.
func (r *Run) tick() error {
	r.steps++
	if r.steps&255 == 0 && r.Ctx.Err() != nil {
		return ora.New(1013)
	}
	r.Host.Tick(r.Exec)
	return nil
}
