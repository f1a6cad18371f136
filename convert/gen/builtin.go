package gen

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"landfall/internal/model"
	"landfall/internal/oracle/resolve"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// builtin converts one function or pseudo-column of Oracle's; c is nil where no parentheses stand.
type builtin func(g *gen, n *ast.Name, c *ast.Call) frag

// builtins are the conversions by folded name; members of supplied packages as DBMS_OUTPUT.PUT_LINE.
var builtins = map[string]builtin{}

func init() {
	for _, group := range []map[string]builtin{
		nullFunctions, numberFunctions, textFunctions, dateFunctions, conversionFunctions, regexpFunctions, aggregateBuiltins,
		windowFunctions, sessionFunctions, rawFunctions, xmlFunctions, jsonFunctions, refusedFunctions(),
	} {
		maps.Copy(builtins, group)
	}
}

// builtinName converts a pseudo-column, or a function without parentheses.
func (g *gen) builtinName(n *ast.Name, ref *resolve.Ref) frag {
	if b := builtins[ref.Builtin]; b != nil {
		return b(g, n, nil)
	}
	if isSupplied(ref) {
		return g.supplied(n, nil, ref.Builtin)
	}
	return g.refuse(n, unknownRule(ref.Builtin), "no PostgreSQL form is known for %s", g.source(n))
}

// unknownRule is the rule of a function that is not converted: that of its package, where it belongs to one.
func unknownRule(name string) string {
	if strings.Contains(name, ".") {
		return suppliedRule(name)
	}
	return "not-converted"
}

// call converts a call, an element of a collection or a constructor.
func (g *gen) call(c *ast.Call) frag {
	if f, ok := g.movedCall[c]; ok {
		return f
	}
	n, ok := c.Fn.(*ast.Name)
	if !ok {
		return g.chain(c)
	}
	if n.Link != 0 {
		return g.remoteFunction(n, c)
	}
	if f, ok := g.spatialConstructor(n, c); ok {
		return f
	}
	ref := g.ref(n)
	switch ref.Kind {
	case resolve.Builtin, resolve.Pseudo:
		if b := builtins[ref.Builtin]; b != nil {
			return b(g, n, c)
		}
		if isSupplied(ref) {
			return g.supplied(n, c, ref.Builtin)
		}
		return g.refuse(c, unknownRule(ref.Builtin), "no PostgreSQL form is known for the function %s", g.source(n))
	case resolve.Variable, resolve.Parameter, resolve.Column, resolve.PseudoRecord:
		return g.element(c, n, ref)
	case resolve.TypeName:
		return g.constructor(c, n, ref)
	case resolve.Unknown:
		if f, ok := g.rowMethod(n, c); ok {
			return f
		}
		if b := builtins[strings.Join(g.f.Parts(n), ".")]; b != nil {
			return b(g, n, c)
		}
	}
	if ref.Routine != nil && ref.Routine.Method == "CONSTRUCTOR" { // in the type's own body
		return g.constructor(c, n, ref)
	}
	return g.routineCall(n, c, c, ref)
}

// args are the converted arguments of a call, in order; named notation is not looked at.
func (g *gen) args(c *ast.Call) []frag {
	if c == nil {
		return nil
	}
	list := make([]frag, len(c.Args))
	for i, a := range c.Args {
		list[i] = g.expr(a.X)
	}
	return list
}

// arg is an argument of a call as it is written, nil when there are fewer.
func arg(c *ast.Call, i int) ast.Expr {
	if c == nil || i >= len(c.Args) {
		return nil
	}
	return c.Args[i].X
}

// takes guards a conversion: a call with another number of arguments is refused, as Oracle does.
func takes(low, high int, b builtin) builtin {
	return func(g *gen, n *ast.Name, c *ast.Call) frag {
		count := 0
		if c != nil {
			count = len(c.Args)
		}
		switch {
		case count < low || count > high:
			return g.refuse(whole(n, c), "not-converted", "%s is called with %d arguments", g.source(n), count)
		case c != nil && namedNotation(c) && !strings.HasPrefix(g.ref(n).Builtin, "REGEXP_"):
			if p, ok := positional(g.f, g.ref(n).Builtin, c); ok {
				return b(g, n, p)
			}
			return g.refuse(c, "not-converted", "%s is called with names of its parameters", g.source(n))
		case count > 0 && c.Args[0].Extra != nil && c.Args[0].Extra.Head == token.DEFAULT:
			return g.onError(n, c)
		}
		return b(g, n, c)
	}
}

// namedNotation reports whether a call names a parameter: f(x => 1).
func namedNotation(c *ast.Call) bool {
	for _, a := range c.Args {
		if a.Name != nil {
			return true
		}
	}
	return false
}

// whole is the node of a use of a function.
func whole(n *ast.Name, c *ast.Call) ast.Node {
	if c != nil {
		return c
	}
	return n
}

// note reports a change that keeps the meaning.
func (g *gen) note(n ast.Node, rule, message string) {
	r := g.rule(rule)
	g.reportAs(n, rule, min(r.Severity, model.Low), min(r.Effort, model.Auto), "%s", message)
}

// renamed makes a call over the arguments' own lines: only the name of the function changes.
func (g *gen) renamed(n *ast.Name, c *ast.Call, name string, t pgType, args ...frag) frag {
	subs := []sub{put(n, name)}
	for i, a := range args {
		subs = append(subs, put(c.Args[i], a.s))
	}
	f := atom("", t)
	if slices.IsSortedFunc(c.Args, func(a, b *ast.Arg) int { return cmp.Compare(a.Lo, b.Lo) }) {
		f.s = g.splice(c, subs...)
	} else { // named notation in another order
		list := make([]string, len(args))
		for i, a := range args {
			list[i] = a.s
		}
		f.s = name + "(" + strings.Join(list, ", ") + ")"
	}
	f.notNull = len(args) > 0
	for _, a := range args {
		f.notNull = f.notNull && a.notNull
	}
	return f
}

// same converts a function that PostgreSQL has with the same arguments and meaning: only the name changes.
func same(name string, t pgType) builtin {
	return func(g *gen, n *ast.Name, c *ast.Call) frag {
		if c == nil {
			return atom(name+"()", t)
		}
		return g.renamed(n, c, name, t, g.args(c)...)
	}
}

// refusedBuiltin refuses a function by a rule, with the reason.
func refusedBuiltin(rule, reason string) builtin {
	return func(g *gen, n *ast.Name, c *ast.Call) frag {
		return g.refuse(whole(n, c), rule, "%s: %s", strings.ToUpper(g.source(n)), reason)
	}
}

// constArg is the value of an argument that is known when the code is converted: a text constant, a PL/SQL constant of the
// unit that is one, or these joined by ||.
func (g *gen) constArg(c *ast.Call, i int) (string, bool) {
	e := arg(c, i)
	if e == nil {
		return "", false
	}
	s, ok := g.knownText(e, 0)
	return s, ok && s != ""
}

func (g *gen) knownText(e ast.Expr, depth int) (string, bool) {
	if depth > 20 {
		return "", false
	}
	switch x := ast.Unparen(e).(type) {
	case *ast.Literal:
		if x.Kind == ast.LitString {
			return g.stringValue(x)
		}
	case *ast.Name:
		if d, ok := g.ref(x).Decl.(*ast.VarDecl); ok && g.ref(x).Kind == resolve.Variable && d.Constant && d.Default != nil {
			return g.knownText(d.Default, depth+1)
		}
	case *ast.Binary:
		if x.Op.Kind == token.Concat {
			a, ok := g.knownText(x.X, depth+1)
			b, ok2 := g.knownText(x.Y, depth+1)
			return a + b, ok && ok2
		}
	}
	return "", false
}
