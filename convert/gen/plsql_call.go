package gen

import (
	"regexp"
	"slices"
	"strings"

	"landfall/internal/model"
	"landfall/internal/oracle/resolve"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
	"landfall/internal/postgres/quote"
)

// callee is what is known of the routine that a call means.
type callee struct {
	known  bool
	fn     bool // a function
	params []calleeParam
	ret    resolve.Type
}

// calleeParam is one parameter of a callee.
type calleeParam struct {
	name    string // folded
	in, out bool
	typ     model.TypeRef
	decl    *ast.Param // where the routine is declared in the same statement
	deflt   bool
	known   resolve.Type // as far as the resolver knows it
	exact   bool         // other routines have the name: the argument must have the very type of the parameter
}

// callee finds out what a call means.
func (g *gen) callee(ref *resolve.Ref) callee {
	if r := ref.Routine; r != nil {
		c := callee{known: true, fn: r.Function, ret: *ref.TypeOf()}
		var own []*ast.Param
		if d, ok := ref.Decl.(*ast.Routine); ok && len(d.Params) == len(r.Params) {
			own = d.Params
		}
		c.params = make([]calleeParam, 0, len(r.Params))
		for i := range r.Params {
			p := &r.Params[i]
			if i == 0 && p.Name == "SELF" && r.Method != "" { // see extraArgs
				continue
			}
			cp := calleeParam{name: p.Name, in: p.Mode != "OUT", out: strings.Contains(p.Mode, "OUT"), typ: p.Type, deflt: p.Default != ""}
			if own != nil {
				cp.decl = own[i]
			}
			cp.exact = r.Overload > 0 || r.Method != ""
			cp.known = *ref.ParamType(p.Name)
			c.params = append(c.params, cp)
		}
		return c
	}
	d, ok := ref.Decl.(*ast.Routine)
	if !ok {
		return callee{}
	}
	c := callee{known: true, fn: d.Kind == token.FUNCTION, ret: *ref.TypeOf()}
	for i, p := range d.Params {
		if i == 0 && g.f.Last(p.Name) == "SELF" && ref.Object != nil && ref.Object.Type != nil {
			continue
		}
		c.params = append(c.params, calleeParam{
			name: g.f.Last(p.Name), in: p.In || !p.Out, out: p.Out, typ: g.ref(p.Name).TypeOf().Ref, decl: p, deflt: p.Default != nil,
		})
	}
	return c
}

// param is the parameter that an argument is for, nil when that is not known.
func (c *callee) param(f *ast.File, i int, a *ast.Arg) *calleeParam {
	if a.Name != nil {
		name := f.Last(a.Name)
		for k := range c.params {
			if c.params[k].name == name {
				return &c.params[k]
			}
		}
		return nil
	}
	if i < len(c.params) {
		return &c.params[i]
	}
	return nil
}

func (c *callee) hasOut() bool {
	for i := range c.params {
		if c.params[i].out {
			return true
		}
	}
	return false
}

// calledStmt converts a call as a statement, without a look at what comes out.
func (g *gen) calledStmt(x *ast.CallStmt) string {
	var (
		n *ast.Name
		c *ast.Call
	)
	switch e := x.Call.(type) {
	case *ast.Name:
		n = e
	case *ast.Call:
		c = e
		n, _ = e.Fn.(*ast.Name)
	}
	if text, ok := g.methodStmt(x); ok {
		return text
	}
	if n == nil {
		return "CALL " + g.text(x.Call)
	}
	if n.Link != 0 {
		return g.remoteCall(x, n)
	}
	ref := g.ref(n)
	name := strings.Join(g.f.Parts(n), ".")
	switch {
	case name == "RAISE_APPLICATION_ERROR" || name == "DBMS_STANDARD.RAISE_APPLICATION_ERROR":
		if ref.Kind == resolve.Builtin || ref.Kind == resolve.Unknown {
			return g.raiseApplicationError(x, c)
		}
	case ref.Kind == resolve.Builtin:
		return g.suppliedStmt(x)
	case ref.Kind == resolve.Remote:
		return g.remoteCall(x, n)
	}
	return g.callRoutine(x, n, c, ref)
}

// remoteCall refuses a call behind a database link.
func (g *gen) remoteCall(x *ast.CallStmt, n *ast.Name) string {
	g.refuse(x, "link-use", "the procedure %s lies behind a database link", g.source(n))
	return "NULL"
}

// userArgs converts the arguments of a call of a routine of the user's, those by name with their names.
func (g *gen) userArgs(c *ast.Call, to *callee, one func(ast.Expr, *calleeParam) string) []string {
	if c == nil {
		return nil
	}
	var list []string
	for i, a := range c.Args {
		s := one(a.X, to.param(g.f, i, a))
		if a.Name != nil {
			s = g.localName(g.f.Last(a.Name)) + " => " + s
		}
		list = append(list, s)
	}
	return list
}

// arg converts an argument by the way of its parameter.
func (g *gen) arg(x ast.Expr, p *calleeParam) string {
	if p != nil && p.out {
		return g.outArg(x, p)
	}
	return g.inArg(x, p)
}

// statementArg converts an argument of CALL, which takes no subquery.
func (g *gen) statementArg(x ast.Expr, p *calleeParam) string {
	if p != nil && p.out {
		return g.outArg(x, p)
	}
	return g.outOfLine(g.inArg(x, p), x, p)
}

// callRoutine converts a call of a procedure of the user's.
func (g *gen) callRoutine(x *ast.CallStmt, n *ast.Name, c *ast.Call, ref *resolve.Ref) string {
	g.absentRoutine(n, ref)
	to := g.callee(ref)
	var list []string
	before, behind := g.extraArgs(n, c)
	for _, a := range before {
		list = append(list, g.extraOutOfLine(a))
		g.body.after = append(g.body.after, a.after...)
	}
	list = append(list, g.userArgs(c, &to, g.statementArg)...)
	named := c != nil && slices.ContainsFunc(c.Args, func(a *ast.Arg) bool { return a.Name != nil })
	for _, a := range behind {
		if named {
			break
		}
		list = append(list, a.text)
	}
	g.cursorsGiven(c)
	args := strings.Join(list, ", ")
	if c != nil && len(before) == 0 && len(behind) == 0 && len(c.Args) > 0 {
		args = g.layout(c, list)
	}
	name := g.routineName(n, ref)
	if t := g.body.try; t != nil && g.e.calls.gives(ref.Routine) {
		more, leave := t.stateCall()
		name, args = tryName(name), joined(args, more)
		g.body.after = append([]string{leave}, g.body.after...)
	}
	return "CALL " + name + "(" + args + ")"
}

// outOfLine is an argument of CALL, where PostgreSQL takes no subquery.
func (g *gen) outOfLine(s string, e ast.Expr, p *calleeParam) string {
	typ, ok := g.typeText(g.info.Type(e), inParameter)
	if !ok && p != nil {
		typ, ok = g.paramType(p)
	}
	if !ok {
		return s
	}
	return g.callValue(s, typ)
}

// callValue is a value as an argument of CALL: one with a subquery goes to a variable first.
func (g *gen) callValue(s, typ string) string {
	if !subquery(s) {
		return s
	}
	t := g.temp(typ)
	g.body.before = append(g.body.before, t+" := "+s)
	return t
}

var subqueryStart = regexp.MustCompile(`(?i)\(\s*(SELECT|WITH|VALUES)\b`)

// subquery reports whether a converted expression may hold a subquery.
func subquery(s string) bool { return subqueryStart.MatchString(s) }

// extraOutOfLine does the same for the object that a procedure is called of.
func (g *gen) extraOutOfLine(a extraArg) string {
	if a.typ == "" || a.out || !subquery(a.text) {
		return a.text
	}
	t := g.temp(a.typ)
	g.body.before = append(g.body.before, t+" := "+a.text)
	return t
}

func suffixed(name, suffix string) string {
	if strings.HasSuffix(name, `"`) {
		return strings.TrimSuffix(name, `"`) + suffix + `"`
	}
	return name + suffix
}

func joined(args string, more []string) string {
	if args != "" {
		args += ", "
	}
	return args + strings.Join(more, ", ")
}

// layout puts converted arguments where the source has them, with its line breaks and comments.
func (g *gen) layout(c *ast.Call, list []string) string {
	subs := make([]sub, len(list))
	for i, a := range c.Args {
		subs[i] = put(a, list[i])
	}
	return g.spliceRange(c.Args[0].Lo, c.Args[len(c.Args)-1].Hi, subs...)
}

// inArg converts an argument that is only read.
func (g *gen) inArg(e ast.Expr, p *calleeParam) string {
	f := frag{}
	if p == nil {
		f = g.expr(e)
	} else {
		f = g.argument(e, p)
	}
	if t := g.body; t == nil || t.try == nil || g.inSQL() || !g.failable(e) {
		return f.s
	}
	typ, known := "", false
	if p != nil {
		typ, known = g.paramType(p)
	}
	if !known {
		typ = g.valueType(g.info.Type(e), "text")
	}
	v := g.temp(typ)
	g.body.before = append(g.body.before, g.body.try.tried(v+" := "+f.s, g.indent(e)))
	return v
}

// exactly is an argument with the very type of the parameter. PostgreSQL looks through domains when it weighs the overloads
// of a name, so that only an exact match is sure to find the right one (PG, "Function Type Resolution").
func (g *gen) exactly(f frag, e ast.Expr, want string) frag {
	if n, ok := e.(*ast.Name); ok {
		switch k := g.ref(n).Kind; k {
		case resolve.Variable, resolve.Parameter:
			if unsized(g.targetType(n)) == want {
				return f
			}
		}
	}
	if strings.HasSuffix(f.s, "::"+want) {
		return f
	}
	return f.cast(want, f.typ)
}

// sameType reports whether a variable of a type can be passed for a parameter without a cast.
func (g *gen) sameType(variable, param string) bool {
	if strings.HasSuffix(variable, "%TYPE") || strings.HasSuffix(variable, "%ROWTYPE") || variable == "record" {
		return true // not known here
	}
	return unsized(variable) == unsized(param)
}

// unsized is a type without its length. Of char(n) that is bpchar: char alone is char(1).
func unsized(s string) string {
	if i := strings.IndexByte(s, '('); i >= 0 {
		base, rest := strings.TrimSpace(s[:i]), s[strings.IndexByte(s, ')')+1:]
		if base == "char" {
			base = "bpchar"
		}
		return base + rest
	}
	return s
}

// argument converts an argument for a parameter: PostgreSQL finds a routine by the types of the arguments, and takes a
// narrower number for a wider one only.
func (g *gen) argument(e ast.Expr, p *calleeParam) frag {
	t := resolve.BuiltinType(p.typ)
	if p.known.Class == resolve.ClassRecord {
		t = p.known
	}
	if p.decl != nil {
		t = *g.ref(p.decl.Name).TypeOf()
	}
	want, known := g.paramType(p)
	g.want(e, func() string { return want })
	f := g.argAs(e, t)
	if !known {
		return f
	}
	want = unsized(want)
	if p.exact && want != "refcursor" {
		return g.exactly(f, e, want)
	}
	switch {
	case f.typ == pgNull:
		return f
	case want == "integer" && (f.typ == pgNumeric || f.typ == pgFloat || f.typ == pgText || f.typ == pgChar):
		return f.cast("integer", pgInteger)
	case want == "numeric" && (f.typ == pgText || f.typ == pgChar || f.typ == pgFloat):
		return f.cast("numeric", pgNumeric)
	case want == "double precision" && f.typ.text() && f.typ != pgLiteral, want == "real" && f.typ.text() && f.typ != pgLiteral:
		return f.cast(want, pgFloat)
	case (want == "varchar" || want == "text" || want == "bpchar") && f.typ.number():
		return f.cast("text", pgText)
	}
	return f
}

// routineCall converts a call of a routine of the user's in an expression; c is nil without parentheses, at is the whole
// expression.
func (g *gen) routineCall(n *ast.Name, c *ast.Call, at ast.Node, ref *resolve.Ref) frag {
	if c != nil && ref.Routine != nil && ref.Routine.Method == "CONSTRUCTOR" {
		return g.constructor(c, n, resolve.Ref{Kind: resolve.TypeName, Object: ref.Object}.WithType(g.info.Type(c)))
	}
	if f, ok := g.methodInSQL(n, c, at, ref); ok {
		return f
	}
	g.absentRoutine(n, ref)
	to := g.callee(ref)
	before, behind := g.extraArgs(n, c)
	composite := to.known && to.hasOut() || g.e.calls.asProcedure(ref.Routine)
	for _, a := range append(append([]extraArg{}, before...), behind...) {
		composite = composite || a.out
	}
	if composite {
		return g.compositeCall(n, c, at, ref, to, before, behind)
	}
	var list []string
	for _, a := range before {
		list = append(list, a.text)
	}
	list = append(list, g.userArgs(c, &to, g.inArg)...)
	for _, a := range behind {
		list = append(list, a.text)
	}
	args := strings.Join(list, ", ")
	if c != nil && len(before) == 0 && len(behind) == 0 && len(c.Args) > 0 {
		args = g.layout(c, list)
	}
	name := g.routineName(n, ref)
	if g.inSQL() && g.e.calls.forSQL(ref.Routine) {
		name = suffixed(name, "$sql")
	}
	text := name + "(" + args + ")"
	if c != nil && ref.Routine != nil && ref.Routine.Aggregate {
		text = g.aggregateText(c, name, args)
	}
	return atom(text, typeOf(g.callType(n, c, ref)))
}

// compositeCall converts a call of a function with OUT parameters: it is taken out of the expression, to a SELECT ahead of
// the statement that sets the arguments and gives the value.
func (g *gen) compositeCall(n *ast.Name, c *ast.Call, at ast.Node, ref *resolve.Ref, to callee, before, behind []extraArg) frag {
	if g.inSQL() || g.body == nil {
		return g.refuse(at, "function-out", "%s sets its arguments and stands in SQL", g.source(n))
	}
	if g.e.calls.asProcedure(ref.Routine) {
		return g.procedureValue(n, c, ref, to, g.temp(g.valueType(to.ret, "text")))
	}
	var list, targets, after []string
	for _, a := range before {
		list = append(list, a.text)
		after = append(after, a.after...)
		if a.out {
			targets = append(targets, a.text)
		}
	}
	given := make([]*ast.Arg, len(to.params))
	composite := isComposite(to.ret) // PL/pgSQL takes a composite variable alone in INTO: a record takes all then
	for _, a := range before {
		composite = composite || a.out && a.record
	}
	for k := range to.params {
		composite = composite || to.params[k].out && (to.params[k].typ.User || to.params[k].typ.Anchor == "ROWTYPE")
	}
	if c != nil {
		for i, a := range c.Args {
			for k := range to.params {
				if a.Name == nil && k == i || a.Name != nil && to.params[k].name == g.f.Last(a.Name) {
					given[k] = a
				}
			}
		}
	}
	for k := range to.params {
		p := &to.params[k]
		a := given[k]
		if p.in && a != nil {
			s := g.inArg(a.X, p)
			if a.Name != nil {
				s = g.localName(p.name) + " => " + s
			}
			list = append(list, s)
		}
		if !p.out {
			continue
		}
		if composite {
			if a != nil {
				v := frag{s: "\x00." + g.localName(p.name), prec: precPrimary, typ: typeOf(g.info.Type(a.X))}
				after = append(after, g.setTo(a.X, v))
			}
			continue
		}
		switch {
		case a == nil:
			targets = append(targets, g.temp(g.outType(p)))
		case g.plainTarget(a.X):
			targets = append(targets, g.target(a.X))
		default:
			t := g.temp(g.targetType(a.X))
			targets = append(targets, t)
			after = append(after, g.setTo(a.X, frag{s: t, prec: precPrimary, typ: typeOf(g.info.Type(a.X))}))
		}
	}
	for _, a := range behind {
		list = append(list, a.text)
		if a.out {
			targets = append(targets, a.text)
		}
	}
	from := " FROM " + g.routineName(n, ref) + "(" + strings.Join(list, ", ") + ")"
	if composite {
		t := g.temp("record")
		g.body.before = append(g.body.before, "SELECT * INTO "+t+from)
		for _, a := range append(before, behind...) {
			if a.out {
				name := a.name
				if name == "" {
					name = a.text
				}
				g.body.before = append(g.body.before, a.text+" := "+t+"."+name)
			}
		}
		for _, s := range after {
			g.body.before = append(g.body.before, strings.ReplaceAll(s, "\x00", t))
		}
		return atom(t+"."+returnValue, typeOf(to.ret))
	}
	t := g.temp(g.valueType(to.ret, "text"))
	targets = append(targets, t)
	call := "SELECT * INTO " + strings.Join(targets, ", ") + from
	g.body.before = append(g.body.before, call)
	g.body.before = append(g.body.before, after...)
	return atom(t, typeOf(to.ret))
}

func isComposite(t resolve.Type) bool {
	return t.Class == resolve.ClassRecord || t.Class == resolve.ClassObject
}

// procedureValue calls a function that has become a procedure, ahead of the statement.
func (g *gen) procedureValue(n *ast.Name, c *ast.Call, ref *resolve.Ref, to callee, t string) frag {
	outer := g.body.after
	g.body.after = nil
	list := g.userArgs(c, &to, g.arg)
	list = append(list, returnValue+" => "+t)
	name := g.routineName(n, ref)
	after := g.body.after
	g.body.after = outer
	if y := g.body.try; y != nil {
		more, leave := y.stateCall()
		name, list = tryName(name), append(list, more...)
		after = append([]string{leave}, after...)
	}
	g.body.before = append(g.body.before, "CALL "+name+"("+strings.Join(list, ", ")+")")
	g.body.before = append(g.body.before, after...)
	return atom(t, typeOf(to.ret))
}

func (g *gen) outType(p *calleeParam) string {
	if s, ok := g.paramType(p); ok {
		return s
	}
	return "text"
}

// routineName is the qualified PostgreSQL name of a routine.
func (g *gen) routineName(n *ast.Name, ref *resolve.Ref) string {
	if s, ok := g.nestedTarget(ref); ok {
		return s
	}
	if o := ownerOf(ref); o != nil && o.Kind != model.KindType {
		if p := g.packageOf(ref); p != nil {
			return quote.Qualified(p.schema, g.e.routineTarget(p, ref.Routine, g.f.Last(n)))
		}
		return g.e.names.pkg(o.Schema, o.Name).qualified(g.e.names.fold(g.f.Last(n)))
	}
	if ref.Object != nil && ref.Object.Kind == model.KindType && ref.Routine != nil {
		return g.methodName(n, ref)
	}
	if ref.Object != nil {
		return g.e.names.object(ref.Object)
	}
	if parts := g.f.Parts(n); len(parts) == 3 { // schema.package.routine
		return g.memberName(parts)
	}
	return g.objectName(n)
}
