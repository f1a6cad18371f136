package gen

import (
	"slices"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// Some code that reads well does not compile in Oracle: EXIT outside of a loop, PIPE ROW in a plain function, a constraint
// called a.b. Converted word by word it would be SQL that PostgreSQL does not take either, or takes for something else. So
// every statement is looked through before it is converted, each routine of a package by itself, and what Oracle refuses at
// compile time is refused here, with Oracle's number where its manual has one (Database Error Messages 19c, PLS-00001 to
// PLS-01918). Names and types are not asked: what the source does not declare may be somewhere else.

// sourceErrors refuses what Oracle would not compile in a node, and reports whether there is anything. Routines of packages
// and types are left to routineErrors.
func (g *gen) sourceErrors(n ast.Node) bool {
	c := newSourceCheck(g, n)
	switch n.(type) {
	case *ast.CreateRoutine, *ast.PlusCommand, *ast.BadStmt:
		return false
	case *ast.CreatePackageBody, *ast.CreateTypeBody:
		c.apart = true
		c.code = kindBlock // of the initialisation
	case *ast.Block, *ast.CreateTrigger:
		c.code = kindBlock
	}
	c.node(n)
	return c.found
}

// emitsRefused reports whether the conversion of a statement leaves a comment by itself where something is refused.
func emitsRefused(s ast.Stmt) bool {
	switch s.(type) {
	case *ast.CreateTrigger, *ast.Block:
		return true
	}
	return false
}

// routineErrors is sourceErrors for a routine with its body.
func (g *gen) routineErrors(r *ast.Routine) bool {
	c := newSourceCheck(g, r)
	c.node(r)
	return c.found
}

// codeKind is what the statements of a body belong to.
type codeKind uint8

const (
	kindNone codeKind = iota
	kindBlock
	kindProcedure
	kindFunction
	kindPipelined
)

// sourceCheck is one look through a tree.
type sourceCheck struct {
	g     *gen
	top   ast.Node
	apart bool // routines with bodies are looked at by themselves
	code  codeKind
	loops []ast.Stmt // around the place, outermost first
	into  *ast.Into  // the INTO that the statement at hand may have
	attrs *ast.Call  // the XMLATTRIBUTES that an XMLELEMENT above has
	found bool
	down  func(ast.Node) // node, made once
}

func newSourceCheck(g *gen, top ast.Node) *sourceCheck {
	c := &sourceCheck{g: g, top: top}
	c.down = c.node
	return c
}

func (c *sourceCheck) wrong(n ast.Node, format string, args ...any) {
	c.found = true
	c.g.refuse(n, "invalid-source", format, args...)
}

func (c *sourceCheck) node(n ast.Node) {
	switch x := n.(type) {
	case *ast.Name, *ast.Literal:
		return
	case *ast.Routine:
		c.routine(x)
		return
	case *ast.Loop:
		c.plain(x.Labels...)
		c.loop(x)
		return
	case *ast.While:
		c.plain(x.Labels...)
		c.loop(x)
		return
	case *ast.For:
		c.plain(x.Labels...)
		c.loop(x)
		return
	case *ast.Exit:
		c.exit(x)
	case *ast.PipeRow:
		if c.code != kindPipelined && c.code != kindNone {
			c.wrong(x, "PLS-00629: PIPE ROW stands in what is no pipelined function")
		}
	case *ast.Return:
		c.returns(x)
	case *ast.SelectStmt:
		if b := intoBlock(x.Query.Body); b != nil {
			c.into = b.Into
		} else if c.code != kindNone && n != c.top {
			c.wrong(x, "PLS-00428: a SELECT that is a statement of PL/SQL needs INTO")
		}
	case *ast.QueryBlock:
		if x.Into != nil && x.Into != c.into && !c.g.ignoresInto(x.Into) {
			c.wrong(x.Into, "INTO stands in a query whose rows go to the statement around it")
		}
	case *ast.Call:
		c.attributes(x)
	case *ast.CallStmt:
		c.call(x.Call)
	case *ast.SQLCall:
		c.call(x.Call)
		if x.Into != nil {
			if _, host := x.Into.(*ast.BindExpr); !host {
				c.wrong(x.Into, "CALL gives its result to a host variable, and INTO names %s", oneLine(c.g.source(x.Into)))
			}
		}
	case *ast.OpenFor:
		c.ignoreInto(x.Query)
	case *ast.CursorDecl:
		c.plain(x.Name)
		c.ignoreInto(x.Query)
	case *ast.IterControl:
		if x.Kind == ast.IterQuery {
			c.ignoreInto(x.Query)
		}
	default:
		c.names(n)
	}
	n.EachChild(c.down)
}

// routine looks at a routine, with what is around it set aside.
func (c *sourceCheck) routine(x *ast.Routine) {
	if c.apart && x.Body != nil {
		return
	}
	if ast.Node(x) != c.top { // a stand-alone one may have its schema in front
		c.plain(x.Name)
	}
	code, loops := c.code, c.loops
	c.loops = nil
	switch {
	case x.Kind == token.PROCEDURE:
		c.code = kindProcedure
	case c.pipelined(x):
		c.code = kindPipelined
	default:
		c.code = kindFunction
	}
	x.EachChild(c.down)
	c.code, c.loops = code, loops
}

// pipelined reports whether a function is PIPELINED; a body may leave the word to the specification.
func (c *sourceCheck) pipelined(r *ast.Routine) bool {
	if hasProp(r.Props, token.PIPELINED) {
		return true
	}
	m := c.g.member
	return ast.Node(r) == c.top && m != nil && m.decl != nil && hasProp(m.decl.Props, token.PIPELINED)
}

func (c *sourceCheck) loop(x ast.Stmt) {
	c.loops = append(c.loops, x)
	x.EachChild(c.down)
	c.loops = c.loops[:len(c.loops)-1]
}

// exit checks that EXIT or CONTINUE stands in the loop that it means.
func (c *sourceCheck) exit(x *ast.Exit) {
	word := c.g.f.Text(x.Lo)
	if x.Label == nil {
		if len(c.loops) == 0 {
			c.wrong(x, "PLS-00376: %s stands outside of a loop", word)
		}
		return
	}
	c.plain(x.Label)
	label := c.g.f.Last(x.Label)
	for _, l := range c.loops {
		if slices.ContainsFunc(ast.Labels(l), func(n *ast.Name) bool { return c.g.f.Last(n) == label }) {
			return
		}
	}
	c.wrong(x, "PLS-00373: %s names %s, and no loop around it has that label", word, c.g.source(x.Label))
}

// returns checks that RETURN has a value where it must, and none where it must not.
func (c *sourceCheck) returns(x *ast.Return) {
	switch {
	case x.Value != nil && (c.code == kindProcedure || c.code == kindBlock):
		c.wrong(x, "PLS-00372: RETURN has a value, and there is no function to return it")
	case x.Value != nil && c.code == kindPipelined:
		c.wrong(x, "PLS-00633: RETURN of a pipelined function has a value")
	case x.Value == nil && c.code == kindFunction && !c.constructor():
		c.wrong(x, "PLS-00503: RETURN of a function needs a value")
	}
}

// constructor reports whether the routine at hand may be a constructor, which returns itself.
func (c *sourceCheck) constructor() bool {
	r, ok := c.top.(*ast.Routine)
	return ok && r.ReturnSelf
}

// call checks that what is called as a statement is a procedure by its form.
func (c *sourceCheck) call(e ast.Expr) {
	switch e.(type) {
	case *ast.Name, *ast.Call, *ast.Field, *ast.Index:
	default:
		c.wrong(e, "PLS-00103: an expression stands where a procedure is called")
	}
}

// attributes checks that XMLATTRIBUTES stands in XMLELEMENT.
func (c *sourceCheck) attributes(x *ast.Call) {
	n, ok := x.Fn.(*ast.Name)
	if !ok {
		return
	}
	switch c.g.f.Tokens[n.Hi-1].Kw {
	case token.XMLELEMENT:
		for _, a := range x.Args {
			if v, ok := a.X.(*ast.Call); ok {
				if n := called(v); n != nil && c.g.f.Tokens[n.Hi-1].Kw == token.XMLATTRIBUTES {
					c.attrs = v
				}
			}
		}
	case token.XMLATTRIBUTES:
		if x != c.attrs && n.Hi-n.Lo == 1 {
			c.wrong(x, "XMLATTRIBUTES stands outside of XMLELEMENT")
		}
	}
}

// ignoreInto notes an INTO in the query of a cursor, which Oracle takes and pays no heed to.
func (c *sourceCheck) ignoreInto(q *ast.Select) {
	if q == nil {
		return
	}
	b := intoBlock(q.Body)
	if b == nil || c.g.ignoresInto(b.Into) {
		return
	}
	if c.g.ignoredInto == nil {
		c.g.ignoredInto = map[*ast.Into]bool{}
	}
	c.g.ignoredInto[b.Into] = true
	c.g.reportAs(b.Into, "invalid-source", model.Low, model.Review, "%s in the query of a cursor is left out: Oracle reads over it, the rows are fetched", oneLine(c.g.source(b.Into)))
}

func (g *gen) ignoresInto(x *ast.Into) bool { return g.ignoredInto[x] }
