package gen

import (
	"landfall/internal/oracle/resolve"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
	"landfall/internal/postgres/quote"
)

// Nested subprograms become routines of their own, outer$inner, ahead of the one around them. What they use of its
// variables is handed in; what they change comes back.

// capture is a variable of an outer routine that a nested one uses.
type capture struct {
	decl     ast.Node
	name     string // folded
	assigned bool
}

// nestedInfo is what is known of one nested routine.
type nestedInfo struct {
	routine  *ast.Routine // with the body
	schema   string       // unquoted; pg_temp inside anonymous blocks
	name     string       // unquoted
	captured []capture
}

// rootBody is the outermost routine, trigger or block around the place.
func (g *gen) rootBody() *routine {
	b := g.body
	for b.outer != nil {
		b = b.outer
	}
	return b
}

// nestedRoutine converts a routine that is declared in another; nothing of it stays in the declaration section.
func (g *gen) nestedRoutine(x *ast.Routine) string {
	if x.Body == nil && x.CallSpec == nil {
		return "" // forward declaration
	}
	n := g.nestedOf(x)
	spec := routineSpec{schema: n.schema, name: n.name, member: g.f.Last(x.Name), original: x}
	for _, c := range n.captured {
		typ := g.capturedType(c)
		if typ == "" {
			g.refuse(x, "nested-subprogram", "the nested routine %s uses the cursor %s of the routine around it", g.f.Last(x.Name), c.name)
			return ""
		}
		p := extraParam{name: g.declName(c.decl, c.name), typ: typ}
		if c.assigned {
			p.mode = "INOUT"
		}
		spec.before = append(spec.before, p)
	}
	sql, m := g.routineSQL(x, spec)
	if m.Refused {
		g.refuse(x, "nested-subprogram", "the nested routine %s is refused for %s", m.Name, m.Code)
		return ""
	}
	g.hoistedRoutines = append(g.hoistedRoutines, sql)
	return ""
}

// nestedOf gives name and captured variables of a nested routine; the declaration may be a forward one.
func (g *gen) nestedOf(decl *ast.Routine) *nestedInfo {
	if g.nested == nil {
		g.nested = map[*ast.Routine]*nestedInfo{}
	}
	if n := g.nested[decl]; n != nil {
		return n
	}
	root := g.rootBody()
	n := &nestedInfo{routine: g.bodyOfForward(decl, root)}
	g.nested[decl] = n
	g.nested[n.routine] = n
	n.schema, n.name = g.nestedSchema(), short(root.name+"$"+g.e.names.fold(g.f.Last(decl.Name)))
	if root.name == "" || n.schema == "pg_temp" {
		n.name = g.e.names.fold(g.f.Last(decl.Name))
	}
	n.captured = g.captures(n.routine, root, map[*ast.Routine]bool{})
	return n
}

// nestedSchema is the schema of the routine around; blocks of scripts leave nothing behind.
func (g *gen) nestedSchema() string {
	root := g.rootBody()
	if _, block := root.node.(*ast.Block); block && !root.trigger || root.node == nil && !root.trigger {
		return "pg_temp"
	}
	if root.schema != "" {
		return root.schema
	}
	return ""
}

// bodyOfForward finds the routine with the body behind a forward declaration.
func (g *gen) bodyOfForward(decl *ast.Routine, root *routine) *ast.Routine {
	if decl.Body != nil || root.node == nil {
		return decl
	}
	found := decl
	ast.Walk(root.node, func(n ast.Node) bool {
		if r, ok := n.(*ast.Routine); ok && r.Body != nil && r != root.node && g.f.Last(r.Name) == g.f.Last(decl.Name) && len(r.Params) == len(decl.Params) {
			found = r
			return false
		}
		return true
	})
	return found
}

// captures are the variables of outer routines that a nested one uses, itself or by the nested routines that it calls,
// in order of their first mention.
func (g *gen) captures(r *ast.Routine, root *routine, active map[*ast.Routine]bool) []capture {
	if active[r] {
		return nil
	}
	active[r] = true
	defer delete(active, r)
	var list []capture
	at := map[ast.Node]int{}
	add := func(c capture) {
		own := r.Range()
		if d := c.decl.Range(); d.Lo >= own.Lo && d.Hi <= own.Hi {
			return
		}
		i, ok := at[c.decl]
		if !ok {
			i = len(list)
			at[c.decl] = i
			list = append(list, c)
		}
		list[i].assigned = list[i].assigned || c.assigned
	}
	written := g.writtenNames(r)
	other := map[*ast.Name]bool{} // fields and parameters, which are no variables
	ast.Walk(r, func(n ast.Node) bool {
		switch f := n.(type) {
		case *ast.Field:
			if f.Name != nil {
				other[f.Name] = true
			}
		case *ast.Arg:
			if f.Name != nil {
				other[f.Name] = true
			}
		}
		x, ok := n.(*ast.Name)
		if !ok || other[x] {
			return true
		}
		b := g.info.Base(x)
		switch b.Ref.Kind {
		case resolve.Variable, resolve.Parameter, resolve.Cursor:
			if d := b.Ref.Decl; d != nil && b.Ref.Object == nil && g.insideRoot(d, root) && isDeclaration(d) {
				add(capture{decl: d, name: g.f.Last(declaredName(d)), assigned: written[x]})
			}
		case resolve.Routine:
			if d, ok := b.Ref.Decl.(*ast.Routine); ok && g.isNested(d) {
				for _, c := range g.captures(g.bodyOfForward(d, root), root, active) {
					add(c)
				}
			}
		}
		return true
	})
	return list
}

func (g *gen) insideRoot(d ast.Node, root *routine) bool {
	if root.node == nil {
		return true
	}
	s, r := d.Range(), root.node.Range()
	return s.Lo >= r.Lo && s.Hi <= r.Hi
}

func isDeclaration(d ast.Node) bool { return declaredName(d) != nil }

func declaredName(d ast.Node) *ast.Name {
	switch x := d.(type) {
	case *ast.VarDecl:
		return x.Name
	case *ast.Param:
		return x.Name
	case *ast.Iterand:
		return x.Name
	case *ast.CursorDecl:
		return x.Name
	}
	return nil
}

// capturedType is the type under which a captured variable is handed in, "" for what cannot be.
func (g *gen) capturedType(c capture) string {
	switch d := c.decl.(type) {
	case *ast.VarDecl:
		return g.dataType(d.Type, inParameter)
	case *ast.Param:
		return g.dataType(d.Type, inParameter)
	case *ast.Iterand:
		if ref := g.ref(d.Name); ref.TypeOf().Class == resolve.ClassInteger || ref.TypeOf().Class == resolve.ClassNumber {
			return "integer"
		}
		return "record"
	}
	return ""
}

// isNested reports whether a declared routine lies inside the routine, trigger or block at hand.
func (g *gen) isNested(d *ast.Routine) bool {
	if g.body == nil {
		return false
	}
	root := g.rootBody()
	return root.node != nil && d != root.node && g.insideRoot(d, root)
}

// writtenNames are the names in a routine that something is assigned to through.
func (g *gen) writtenNames(r ast.Node) map[*ast.Name]bool {
	m := map[*ast.Name]bool{}
	mark := func(list ...ast.Expr) {
		for _, e := range list {
			if n := baseName(e); n != nil {
				m[n] = true
			}
		}
	}
	ast.Walk(r, func(n ast.Node) bool {
		markSet(n, mark)
		switch x := n.(type) {
		case *ast.Fetch:
			mark(x.Cursor)
		case *ast.Open:
			mark(x.Cursor)
		case *ast.OpenFor:
			mark(x.Cursor)
		case *ast.Close:
			mark(x.Cursor)
		case *ast.Call:
			g.writtenArgs(x, mark)
		case *ast.CallStmt: // v.EXTEND, v.DELETE and methods that change their object
			if c, ok := x.Call.(*ast.Call); ok {
				mark(c.Fn)
			} else {
				mark(x.Call)
			}
		}
		return true
	})
	return m
}

// markSet marks the places that a statement or clause gives a value, arguments of calls apart.
func markSet(n ast.Node, mark func(...ast.Expr)) {
	switch x := n.(type) {
	case *ast.AssignStmt:
		mark(x.Target)
	case *ast.Into:
		mark(x.Targets...)
	case *ast.Fetch:
		mark(x.Into...)
	case *ast.ExecImmediate:
		mark(x.Into...)
		mark(x.Returning...)
		for _, u := range x.Using {
			if u.Out {
				mark(u.X)
			}
		}
	}
}

// writtenArgs marks arguments for OUT parameters; of a routine that is not known all may be.
func (g *gen) writtenArgs(c *ast.Call, mark func(...ast.Expr)) {
	n, ok := c.Fn.(*ast.Name)
	if !ok {
		return
	}
	ref := g.ref(n)
	if ref.Kind != resolve.Routine {
		return
	}
	to := g.callee(ref)
	for i, a := range c.Args {
		if p := to.param(g.f, i, a); p != nil && p.out {
			mark(a.X)
		}
	}
}

// extraArgs are arguments that a routine takes besides those of the source: what a nested routine uses of the routine
// around it, the object of a method.
func (g *gen) extraArgs(n *ast.Name, c *ast.Call) (before, behind []extraArg) {
	ref := g.ref(n)
	if d, ok := ref.Decl.(*ast.Routine); ok && g.isNested(d) {
		for _, v := range g.nestedOf(d).captured {
			before = append(before, extraArg{text: g.declName(v.decl, v.name), out: v.assigned})
		}
		return before, nil
	}
	return g.methodArgs(n, c)
}

// nestedTarget is the quoted name of a nested routine; ok is false for all others.
func (g *gen) nestedTarget(ref *resolve.Ref) (name string, ok bool) {
	d, isRoutine := ref.Decl.(*ast.Routine)
	if !isRoutine || !g.isNested(d) {
		return "", false
	}
	n := g.nestedOf(d)
	return quote.Qualified(n.schema, n.name), true
}

// takeHoisted gives the routines that stand ahead of the one at hand.
func (g *gen) takeHoisted() string {
	s := ""
	for _, h := range g.hoistedRoutines {
		s += h + "\n"
	}
	g.hoistedRoutines = nil
	return s
}

// hasPragma reports whether a declaration section holds a pragma.
func hasPragma(list []ast.Decl, kind token.Keyword) *ast.Pragma {
	for _, d := range list {
		if p, ok := d.(*ast.Pragma); ok && p.Kind == kind {
			return p
		}
	}
	return nil
}
