package gen

import (
	"landfall/internal/oracle/resolve"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// endsTransaction reports whether statements end a transaction, by themselves or through a routine of the source.
func (g *gen) endsTransaction(list []ast.Stmt) bool {
	found := false
	for _, s := range list {
		ast.Walk(s, func(n ast.Node) bool {
			if _, ok := n.(*ast.Routine); ok {
				return false
			}
			found = found || g.transactionEnd(n)
			return !found
		})
	}
	return found
}

// transactionEnd reports whether a node is what ends a transaction: COMMIT, ROLLBACK, the name of a routine that does.
func (g *gen) transactionEnd(n ast.Node) bool {
	switch x := n.(type) {
	case *ast.Commit:
		return true
	case *ast.Rollback:
		return x.To == nil
	case *ast.Name:
		ref := g.ref(x)
		return ref.Kind == resolve.Routine && g.e.calls.commits(ref.Routine)
	}
	return false
}

// callsGiving reports whether statements call a routine that has a variant which gives errors back.
func (g *gen) callsGiving(list []ast.Stmt) bool {
	found := false
	for _, s := range list {
		ast.Walk(s, func(n ast.Node) bool {
			switch x := n.(type) {
			case *ast.Name:
				if ref := g.ref(x); ref.Kind == resolve.Routine && g.e.calls.gives(ref.Routine) {
					found = true
				}
			case *ast.Routine:
				return false
			}
			return !found
		})
	}
	return found
}

// goesOn reports whether some handler keeps what the block has written: it neither rolls back nor raises.
func (g *gen) goesOn(handlers []*ast.Handler) bool {
	for _, h := range handlers {
		undo := g.terminates(h.Stmts)
		for _, s := range h.Stmts {
			if r, ok := s.(*ast.Rollback); ok && r.To == nil {
				undo = true
			}
		}
		if !undo {
			return true
		}
	}
	return false
}

// terminates reports whether statements always end by raising.
func (g *gen) terminates(list []ast.Stmt) bool {
	if len(list) == 0 {
		return false
	}
	switch x := list[len(list)-1].(type) {
	case *ast.Raise:
		return true
	case *ast.RaiseMessage:
		return g.f.Last(x.Level) == "EXCEPTION"
	case *ast.CallStmt:
		c, ok := x.Call.(*ast.Call)
		if !ok {
			return false
		}
		n, ok := c.Fn.(*ast.Name)
		return ok && g.f.Last(n) == "RAISE_APPLICATION_ERROR"
	case *ast.If:
		if !x.HasElse || !g.terminates(x.Else) {
			return false
		}
		for _, a := range x.Arms {
			if !g.terminates(a.Then) {
				return false
			}
		}
		return true
	case *ast.Block:
		return len(x.Handlers) == 0 && g.terminates(x.Stmts)
	}
	return false
}

// losesWork reports whether something is written before something that can fail.
func (g *gen) losesWork(list []ast.Stmt) bool {
	wrote := false
	for _, s := range list {
		if wrote && g.canFail(s) {
			return true
		}
		if g.losesWorkInside(s) {
			return true
		}
		if !wrote && g.writesAny(s) {
			if isLoop(s) {
				return true
			}
			wrote = true
		}
	}
	return false
}

func (g *gen) losesWorkInside(s ast.Stmt) bool {
	switch x := s.(type) {
	case *ast.If:
		for _, a := range x.Arms {
			if g.losesWork(a.Then) {
				return true
			}
		}
		return g.losesWork(x.Else)
	case *ast.CaseStmt:
		for _, a := range x.Arms {
			if g.losesWork(a.Then) {
				return true
			}
		}
		return g.losesWork(x.Else)
	case *ast.Block:
		for _, h := range x.Handlers {
			if g.losesWork(h.Stmts) {
				return true
			}
		}
		return g.losesWork(x.Stmts)
	case *ast.ForAll: // ORA-24381 leaves what the other iterations did
		return x.Save
	case *ast.Labeled:
		return g.losesWorkInside(x.Stmt)
	}
	return false
}

// children are the statements inside a statement, each list on its own being enough for losesWork.
func children(s ast.Stmt) []ast.Stmt {
	switch s.(type) {
	case *ast.If, *ast.CaseStmt, *ast.Block, *ast.Labeled, *ast.ForAll:
		return []ast.Stmt{s}
	}
	return nil
}

func isLoop(s ast.Stmt) bool {
	switch x := s.(type) {
	case *ast.Loop, *ast.While, *ast.For:
		return true
	case *ast.Labeled:
		return isLoop(x.Stmt)
	}
	return false
}

// writesAny reports whether a statement changes data, by itself or through routines that do or are not known.
func (g *gen) writesAny(s ast.Stmt) bool {
	found := false
	ast.Walk(s, func(n ast.Node) bool {
		switch x := n.(type) {
		case *ast.Insert, *ast.Update, *ast.Delete, *ast.Merge, *ast.MultiInsert, *ast.ExecImmediate:
			found = true
		case *ast.CallStmt:
			e := x.Call
			if c, ok := e.(*ast.Call); ok {
				e = c.Fn
			}
			if n, ok := e.(*ast.Name); ok {
				switch g.ref(n).Kind {
				case resolve.Routine:
					found = found || g.assume
				case resolve.Unknown, resolve.Remote:
					found = found || g.f.Last(n) != "RAISE_APPLICATION_ERROR"
				}
			}
		case *ast.Name:
			if ref := g.ref(x); ref.Kind == resolve.Routine {
				if r := g.e.calls.routines[ref.Routine]; r != nil && r.writes {
					found = true
				}
			}
		}
		return !found
	})
	return found
}

// canFail reports whether a statement can raise an error.
func (g *gen) canFail(s ast.Stmt) bool {
	switch x := s.(type) {
	case *ast.NullStmt, *ast.Commit, *ast.Rollback, *ast.PragmaStmt, *ast.Goto:
		return false
	case *ast.Exit:
		return x.When != nil && g.failable(x.When)
	case *ast.Return:
		return x.Value != nil && g.failable(x.Value)
	case *ast.AssignStmt:
		return !g.plainTarget(x.Target) || !g.simpleValue(x.Value, x.Target)
	case *ast.CallStmt:
		e := x.Call
		c, ok := e.(*ast.Call)
		if ok {
			e = c.Fn
		}
		if n, is := e.(*ast.Name); is && g.ref(n).Builtin == "DBMS_OUTPUT.PUT_LINE" {
			return c != nil && len(c.Args) > 0 && g.failable(c.Args[0].X)
		}
	case *ast.If:
		for _, a := range x.Arms {
			if g.failable(a.Cond) || g.anyFails(a.Then) {
				return true
			}
		}
		return g.anyFails(x.Else)
	case *ast.Labeled:
		return g.canFail(x.Stmt)
	}
	return true
}

func (g *gen) anyFails(list []ast.Stmt) bool {
	for _, s := range list {
		if g.canFail(s) {
			return true
		}
	}
	return false
}

// simpleValue reports whether a value can be assigned without an error: a constant or variable of the same sort.
func (g *gen) simpleValue(e, target ast.Expr) bool {
	switch x := e.(type) {
	case *ast.Literal:
		return true
	case *ast.Paren:
		return g.simpleValue(x.X, target)
	case *ast.Name:
		ref := g.ref(x)
		if ref.Builtin == "SQLCODE" {
			return true
		}
		return (ref.Kind == resolve.Variable || ref.Kind == resolve.Parameter) && ref.TypeOf().Class == g.class(target) && ownerOf(ref) == nil
	case *ast.Attr:
		return true
	}
	return false
}

// failable reports whether an expression can raise an error.
func (g *gen) failable(e ast.Node) bool {
	found := false
	ast.Walk(e, func(n ast.Node) bool {
		switch x := n.(type) {
		case *ast.Subquery, *ast.Exists, *ast.Cast, *ast.New, *ast.Field:
			found = true
		case *ast.Call:
			n, ok := x.Fn.(*ast.Name)
			found = found || !ok || !safeBuiltins[g.ref(n).Builtin]
		case *ast.Binary:
			if x.Op.Kind == token.Slash {
				found = true
			}
			a, b := g.class(x.X), g.class(x.Y)
			if x.Op.Kw == 0 && x.Op.Kind != token.Concat && isText(a) != isText(b) && a != resolve.ClassUnknown && b != resolve.ClassUnknown && a != resolve.ClassNull && b != resolve.ClassNull {
				found = true
			}
		case *ast.Name:
			if ref := g.ref(x); ref.Kind == resolve.Routine || ownerOf(ref) != nil && ref.Kind == resolve.Variable {
				found = true
			}
		}
		return !found
	})
	return found
}

func isText(c resolve.TypeClass) bool { return c == resolve.ClassText || c == resolve.ClassChar }

var safeBuiltins = map[string]bool{
	"NVL": true, "NVL2": true, "COALESCE": true, "UPPER": true, "LOWER": true, "TRIM": true, "LTRIM": true, "RTRIM": true, "LENGTH": true, "SUBSTR": true,
	"INSTR": true, "REPLACE": true, "ABS": true, "SIGN": true, "SYSDATE": true, "NULLIF": true, "GREATEST": true, "LEAST": true,
}

// lostByFunctions tells of functions that write and can fail then, where a block with handlers calls them: what they have
// written is undone with the expression that they stand in, and Oracle keeps it.
func (g *gen) lostByFunctions(b *ast.Block) {
	if !g.goesOn(b.Handlers) {
		return
	}
	told := false
	for _, s := range b.Stmts {
		ast.Walk(s, func(n ast.Node) bool {
			switch x := n.(type) {
			case *ast.Routine:
				return false
			case *ast.Block:
				return !told && len(x.Handlers) == 0
			case *ast.Name:
				ref := g.ref(x)
				if ref.Kind != resolve.Routine {
					break
				}
				if r := g.e.calls.routines[ref.Routine]; r != nil && r.function && r.writes && r.leaves && !r.autonomous && !g.e.calls.gives(ref.Routine) {
					told = true
					g.report(x, "handler-keeps-work", "the function %s writes and can fail afterwards: when it does, a handler of this block goes on without what it has written, which Oracle keeps; make a procedure of it, or write behind the call", g.source(x))
				}
			}
			return !told
		})
	}
}
