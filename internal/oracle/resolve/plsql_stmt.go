package resolve

import (
	"landfall/internal/oracle/syntax/ast"
)

// nested resolves a block inside the scope at hand.
func (r *resolver) nested(b *ast.Block) {
	r.push(blockScope)
	r.blockIn(b, b.Labels)
	r.pop()
}

// blockIn resolves a block whose scope is already there.
func (r *resolver) blockIn(b *ast.Block, labels []*ast.Name) {
	r.label(labels)
	r.decls(b.Decls)
	lo := len(r.assigned)
	r.stmts(b.Stmts)
	if len(b.Handlers) > 0 { // an exception may come before or after any assignment
		r.forgetSince(lo)
	}
	for _, h := range b.Handlers {
		for _, n := range h.Names {
			r.exception(n)
		}
		r.branch(func() { r.stmts(h.Stmts) })
	}
	r.word(b.EndName)
}

func (r *resolver) label(labels []*ast.Name) {
	for _, n := range labels {
		r.set(n, &Ref{Kind: Label})
		r.scope.labels = append(r.scope.labels, r.name(n))
	}
}

// exception resolves a name in RAISE or WHEN.
func (r *resolver) exception(n *ast.Name) {
	if n == nil {
		return
	}
	if p := r.parts(n); len(p) == 1 && p[0] == "OTHERS" {
		r.set(n, r.exceptionRef("OTHERS"))
		return
	}
	r.value(n, asValue)
}

func (r *resolver) labelUse(n *ast.Name) {
	if n != nil {
		r.set(n, &labelRef)
	}
}

var labelRef = Ref{Kind: Label}

// target resolves what is assigned to.
func (r *resolver) target(e ast.Expr) {
	r.expr(e)
	switch x := e.(type) {
	case *ast.Name:
		r.forgetName(x)
	}
}

func (r *resolver) targets(list []ast.Expr) {
	for _, e := range list {
		r.target(e)
	}
}

func (r *resolver) stmts(list []ast.Stmt) {
	for _, s := range list {
		r.statement(s)
	}
}

// loop runs f as the body of a loop: what is assigned in it has no constant text at its head.
func (r *resolver) loop(labels []*ast.Name, n ast.Node, f func()) {
	r.push(blockScope)
	r.label(labels)
	r.loops++
	r.forgetAssigned(n)
	r.branch(f)
	r.loops--
	r.pop()
}

// plStatement resolves the statements that only blocks have; false when it is another.
func (r *resolver) plStatement(s ast.Stmt) bool {
	switch x := s.(type) {
	case *ast.Block:
		r.nested(x)
	case *ast.Labeled:
		for _, n := range x.Labels {
			r.set(n, &labelRef)
		}
		r.forgetAll()
		r.statement(x.Stmt)
	case *ast.NullStmt:
	case *ast.AssignStmt:
		r.expr(x.Value)
		r.expr(x.Target)
		r.assignText(x)
	case *ast.CallStmt:
		r.callStmt(x.Call)
	case *ast.If:
		for _, a := range x.Arms {
			r.expr(a.Cond)
			r.branch(func() { r.stmts(a.Then) })
		}
		r.branch(func() { r.stmts(x.Else) })
	case *ast.CaseStmt:
		r.expr(x.Operand)
		for _, a := range x.Arms {
			r.exprs(a.Choices)
			r.branch(func() { r.stmts(a.Then) })
		}
		r.branch(func() { r.stmts(x.Else) })
		r.labelUse(x.EndLabel)
	case *ast.Exit:
		r.labelUse(x.Label)
		r.expr(x.When)
	case *ast.Goto:
		r.labelUse(x.Label)
	case *ast.Return:
		r.expr(x.Value)
	case *ast.Raise:
		r.exception(x.Exception)
	case *ast.RaiseMessage:
		for _, a := range x.Args {
			r.expr(a)
		}
		for _, o := range x.Options {
			r.expr(o.X)
		}
	case *ast.PipeRow:
		r.expr(x.Row)
	case *ast.PragmaStmt:
		if x.Pragma != nil {
			r.pragma(x.Pragma)
		}
	case *ast.Loop:
		r.loop(x.Labels, x, func() { r.stmts(x.Stmts) })
		r.labelUse(x.EndLabel)
	case *ast.While:
		r.loop(x.Labels, x, func() {
			r.expr(x.Cond)
			r.stmts(x.Stmts)
		})
		r.labelUse(x.EndLabel)
	case *ast.For:
		r.loop(x.Labels, x, func() {
			r.iterator(x.Iter)
			r.stmts(x.Stmts)
		})
		r.labelUse(x.EndLabel)
	case *ast.ForAll:
		r.expr(x.Low)
		r.expr(x.High)
		r.expr(x.Of)
		r.loop(nil, x, func() {
			ref := &Ref{Kind: Variable, Decl: x, typ: typeInteger}
			r.set(x.Index, ref)
			r.scope.put(r.name(x.Index), &entry{ref: ref, typ: typeInteger, routine: r.routine})
			r.statement(x.Action)
		})
	case *ast.Open:
		r.cursor(x.Cursor)
	case *ast.OpenFor:
		r.target(x.Cursor)
		if x.Query != nil {
			r.query(x.Query)
		}
		if x.Text != nil {
			r.expr(x.Text)
			r.dynamic(x, x.Text, "", "")
		}
		r.using(x.Using)
	case *ast.Fetch:
		r.cursor(x.Cursor)
		r.targets(x.Into)
		r.expr(x.Limit)
	case *ast.Close:
		r.cursor(x.Cursor)
	case *ast.ExecImmediate:
		r.executeImmediate(x)
	default:
		return false
	}
	return true
}

func (r *resolver) executeImmediate(x *ast.ExecImmediate) {
	r.expr(x.Text)
	r.dynamic(x, x.Text, "", "")
	r.targets(x.Into)
	r.using(x.Using)
	r.targets(x.Returning)
}

func (r *resolver) using(list []*ast.UsingArg) {
	for _, u := range list {
		if u.Out {
			r.target(u.X)
			continue
		}
		r.expr(u.X)
	}
}

// cursor resolves what OPEN, FETCH, CLOSE or a loop names and gives its row.
func (r *resolver) cursor(e ast.Expr) *Type {
	switch x := e.(type) {
	case *ast.Name:
		return r.value(x, asCursor).typ
	case *ast.Call:
		return r.typed(x, r.call(x, asCursor))
	}
	return r.expr(e)
}

// iterator resolves the head of a FOR loop and declares its variables in the scope at hand.
func (r *resolver) iterator(it *ast.Iterator) {
	if it == nil {
		return
	}
	own := r.scope
	var types []*Type
	r.scope = own.parent
	for _, c := range it.Controls {
		types = r.control(c, types)
	}
	r.scope = own
	for i, v := range it.Iterands {
		t := typeUnknown
		if i < len(types) {
			t = types[i]
		}
		if v.Type != nil {
			t = r.dataType(v.Type)
		}
		ref := &Ref{Kind: Variable, Decl: v, typ: t}
		r.set(v.Name, ref)
		own.put(r.name(v.Name), &entry{ref: ref, typ: t, routine: r.routine})
	}
	for _, c := range it.Controls { // the predicates see the variable
		r.expr(c.While)
		r.expr(c.When)
	}
}

func (r *resolver) control(c *ast.IterControl, types []*Type) []*Type {
	row := typeUnknown
	switch {
	case c.Query != nil:
		row = &Type{Class: ClassRecord, Decl: c, shape: r.query(c.Query)}
	case c.Dynamic != nil:
		r.executeImmediate(c.Dynamic)
		row = openRow
	case c.Kind == ast.IterRange:
		r.expr(c.Low)
		r.expr(c.High)
		r.expr(c.Step)
		row = typeInteger
	case c.Kind == ast.IterExpr:
		row = r.cursor(c.X)
		if row.Class == ClassCursor {
			if row.shape != nil {
				row = &Type{Class: ClassRecord, Decl: c, shape: row.shape}
			} else {
				row = openRow
			}
		}
	default:
		t := r.cursor(c.X)
		elem := typeUnknown
		switch {
		case t.Class == ClassCollection && t.Elem != nil:
			elem = t.Elem
		case t.Class == ClassRecord:
			elem = t
		}
		index := typeInteger
		switch c.Kind {
		case ast.IterIndices:
			row = index
		case ast.IterPairs:
			if len(types) == 0 {
				return []*Type{index, elem}
			}
		default:
			row = elem
		}
	}
	if len(types) == 0 {
		return []*Type{row}
	}
	return types
}
