package gen

import (
	"slices"
	"strings"

	"landfall/convert/support"
	"landfall/internal/model"
	"landfall/internal/oracle/resolve"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/postgres/quote"
)

// Packages that Oracle supplies: their members are those of orafce where it has them, functions of the support schema
// named package_member where that has them, and refused with a route elsewhere.

// suppliedRoutine is a routine that stands for a member of a supplied package.
type suppliedRoutine struct {
	target string // quoted name
	sigs   []support.Signature
	// outs tells that OUT parameters of Oracle come back as the row of a function: SELECT ... INTO.
}

// suppliedFor finds what stands for a member of a supplied package; ok is false when nothing does.
func (g *gen) suppliedFor(name string) (suppliedRoutine, bool) {
	name = strings.TrimPrefix(name, "SYS.")
	if o, ok := orafce[name]; ok {
		g.need("orafce")
		return o, true
	}
	own := ownName(name)
	if sigs := support.Signatures(own); len(sigs) > 0 {
		for _, e := range support.Needs(own) {
			g.need(e)
		}
		return suppliedRoutine{target: g.use(own), sigs: sigs}, true
	}
	return suppliedRoutine{}, false
}

// ownName is what the support schema calls a member.
func ownName(member string) string { return strings.ToLower(strings.ReplaceAll(member, ".", "_")) }

// ownSupplied converts a call of a function whose arguments the plain form of a member does not take: the support
// schema's does.
func (g *gen) ownSupplied(n *ast.Name, c *ast.Call, name string) frag {
	own := ownName(name)
	for _, e := range support.Needs(own) {
		g.need(e)
	}
	at := whole(n, c)
	call := g.suppliedCallArgs(at, c, suppliedRoutine{target: g.use(own), sigs: support.Signatures(own)})
	if call.procedure {
		return g.refuse(at, suppliedRule(name), "%s is a procedure and stands in an expression", g.source(n))
	}
	return g.suppliedResult(n, c, call)
}

// supplied converts a member of a supplied package in an expression.
func (g *gen) supplied(n *ast.Name, c *ast.Call, name string) frag {
	if short := strings.TrimPrefix(name, "SYS."); short != name {
		if b := builtins[short]; b != nil {
			return b(g, n, c)
		}
		name = short
	}
	if v, ok := suppliedConstants[name]; ok && c == nil {
		f := atom(v, pgInteger)
		if strings.HasPrefix(v, "E'") {
			f.typ = pgText
		}
		f.notNull = v != "NULL"
		return f
	}
	at := whole(n, c)
	r, ok := g.suppliedFor(name)
	if !ok {
		return g.noSupplied(at, n, c, name)
	}
	call := g.suppliedCallArgs(at, c, r)
	if call.procedure || len(call.targets) > 0 {
		return g.refuse(at, "other-package", "%s sets its arguments and stands in an expression", g.source(n))
	}
	return g.suppliedResult(n, c, call)
}

// suppliedResult is the value of a call; the type that the function returns counts where Oracle's is not known.
func (g *gen) suppliedResult(n *ast.Name, c *ast.Call, call suppliedCall) frag {
	typ := typeOf(g.info.Type(asExpr(n, c)))
	if typ == pgUnknown {
		typ = paramClass(call.returns)
	}
	return atom(call.text, typ)
}

func asExpr(n *ast.Name, c *ast.Call) ast.Expr {
	if c != nil {
		return c
	}
	return n
}

// otherSuppliedStmt converts a call as a statement of a member that has no conversion of its own.
func (g *gen) otherSuppliedStmt(x *ast.CallStmt) string {
	n, c := callParts(x.Call)
	if n == nil {
		return g.refuse(x, "other-package", "no PostgreSQL form is known for %s", g.what(x)).s
	}
	name := strings.TrimPrefix(g.ref(n).Builtin, "SYS.")
	if s, ok := suppliedStmts[name]; ok {
		return s(g, x, n, c)
	}
	r, ok := g.suppliedFor(name)
	if !ok {
		return "PERFORM " + g.noSupplied(x, n, c, name).s
	}
	if rule := suppliedRule(name); rule == "jobs" {
		g.reportAs(x, rule, model.Medium, model.Review, "%s gives the job to pg_cron, which runs its text as it stands: it is not converted", r.target)
	}
	call := g.suppliedCallArgs(x, c, r)
	switch {
	case call.procedure:
		return "CALL " + call.text
	case len(call.targets) > 0:
		return "SELECT * INTO " + strings.Join(call.targets, ", ") + " FROM " + call.text
	}
	return "PERFORM " + call.text
}

func callParts(e ast.Expr) (*ast.Name, *ast.Call) {
	switch x := e.(type) {
	case *ast.Name:
		return x, nil
	case *ast.Call:
		if n, ok := x.Fn.(*ast.Name); ok {
			return n, x
		}
	}
	return nil, nil
}

// suppliedCall is a converted call.
type suppliedCall struct {
	text      string
	procedure bool
	targets   []string // of the row that a function gives back
	returns   string   // type of a function's result, where it is known
}

// suppliedCallArgs converts the arguments of a call for the signature that fits best.
func (g *gen) suppliedCallArgs(at ast.Node, c *ast.Call, r suppliedRoutine) suppliedCall {
	var args []*ast.Arg
	if c != nil {
		args = c.Args
	}
	sig, ok := g.suppliedSignature(args, r.sigs)
	if !ok {
		g.refuse(at, "other-package", "%s with these arguments has no counterpart", g.what(at))
		return suppliedCall{text: "NULL"}
	}
	out := suppliedCall{procedure: sig.Procedure, returns: sig.Returns}
	var list []string
	named := false
	for i, a := range args {
		p := paramOf(g, sig, i, a)
		if p == nil {
			continue
		}
		s := ""
		switch {
		case p.Mode == "INOUT", p.Mode == "OUT" && sig.Procedure:
			s = g.suppliedTarget(a.X, *p)
		case p.Mode == "OUT":
			out.targets = append(out.targets, g.suppliedTarget(a.X, *p))
			continue
		default:
			s = g.suppliedValue(a.X, *p, len(r.sigs) > 1)
		}
		if a.Name != nil {
			named = true
			s = quote.Ident(p.Name) + " => " + s
		}
		list = append(list, s)
	}
	if sig.Procedure && !named { // PostgreSQL asks for something in the place of an OUT argument that is left out
		for i := len(args); i < len(sig.Params) && !sig.Params[i].Default; i++ {
			list = append(list, "NULL")
		}
	}
	out.text = r.target + "(" + strings.Join(list, ", ") + ")"
	return out
}

func paramOf(g *gen, sig support.Signature, i int, a *ast.Arg) *support.Param {
	if a.Name != nil {
		name := strings.ToLower(g.f.Last(a.Name))
		for k := range sig.Params {
			if sig.Params[k].Name == name {
				return &sig.Params[k]
			}
		}
		return nil
	}
	if n := len(sig.Params); n > 0 && i >= n-1 && sig.Params[n-1].Mode == "VARIADIC" {
		p := sig.Params[n-1]
		p.Type, p.Mode = strings.TrimSuffix(p.Type, "[]"), "IN"
		return &p
	}
	if i < len(sig.Params) {
		return &sig.Params[i]
	}
	return nil
}

// suppliedSignature picks the overload whose parameters fit the arguments best.
func (g *gen) suppliedSignature(args []*ast.Arg, sigs []support.Signature) (support.Signature, bool) {
	best, score := support.Signature{}, -1
	for _, s := range sigs {
		fit := 1
		for i, a := range args {
			p := paramOf(g, s, i, a)
			if p == nil {
				fit = -1
				break
			}
			fit += fits(typeOf(g.info.Type(a.X)), p.Type)
		}
		if fit < 0 {
			continue
		}
		for i := len(args); i < len(s.Params); i++ {
			missing := !s.Params[i].Default && s.Params[i].Mode != "VARIADIC" && !(s.Procedure && s.Params[i].Mode == "OUT")
			if missing && !slices.ContainsFunc(args, func(a *ast.Arg) bool { return a.Name != nil }) {
				fit = -1
				break
			}
		}
		if fit > score {
			best, score = s, fit
		}
	}
	return best, score >= 0
}

// fits tells how well an argument fits a parameter: 2 its own type, 1 unknown, 0 another.
func fits(t pgType, param string) int {
	want := paramClass(param)
	switch {
	case t == pgUnknown || t == pgNull || want == pgUnknown:
		return 1
	case t == want, t.text() && want.text(), t.number() && want.number():
		return 2
	}
	return 0
}

func paramClass(typ string) pgType {
	switch typ {
	case "text", "varchar", "character varying", "name":
		return pgText
	case "numeric":
		return pgNumeric
	case "integer", "bigint", "smallint":
		return pgInteger
	case "double precision", "real":
		return pgFloat
	case "bytea":
		return pgBytea
	case "timestamp", "date":
		return pgTimestamp
	case "timestamptz":
		return pgTimestampTZ
	case "boolean":
		return pgBoolean
	case "jsonb":
		return pgJSON
	}
	return pgUnknown
}

// suppliedValue converts an argument that goes in.
func (g *gen) suppliedValue(e ast.Expr, p support.Param, overloaded bool) string {
	switch paramClass(p.Type) {
	case pgText:
		f := g.str(e)
		if overloaded && (f.typ == pgLiteral || f.typ == pgNull) {
			f = f.cast("text", pgText)
		}
		return f.s
	case pgNumeric:
		return g.num(e).s
	case pgInteger:
		f := g.num(e)
		if f.typ != pgInteger && f.typ != pgNull {
			f = f.cast(p.Type, pgInteger)
		}
		return f.s
	case pgBytea:
		return g.toBytes(e, g.expr(e)).s
	case pgTimestamp:
		return g.moment(e).s
	}
	f := g.expr(e)
	if p.Type == `"any"` || p.Type == "anyelement" {
		if f.typ == pgLiteral || f.typ == pgNull {
			f = f.cast("text", pgText)
		}
	}
	return f.s
}

// suppliedTarget is a variable for an argument that is set; what PL/pgSQL cannot set goes through one of ours.
func (g *gen) suppliedTarget(e ast.Expr, p support.Param) string {
	if g.plainTarget(e) && (p.Type == "" || p.Type == "anyelement" || p.Mode == "OUT" || g.sameType(g.targetType(e), p.Type)) {
		return g.target(e)
	}
	typ := p.Type
	if typ == "anyelement" || typ == "" {
		typ = g.targetType(e)
	}
	t := g.temp(typ)
	if g.body == nil { // refused
		return t
	}
	if p.Mode == "INOUT" {
		g.body.before = append(g.body.before, t+" := "+g.text(e))
	}
	g.body.after = append(g.body.after, g.setTo(e, frag{s: t, prec: precPrimary, typ: paramClass(typ)}))
	return t
}

// isSupplied reports whether a name is a member of a package that Oracle supplies.
func isSupplied(ref *resolve.Ref) bool {
	return ref.Kind == resolve.Builtin && strings.Contains(ref.Builtin, ".") && !strings.HasPrefix(ref.Builtin, "COLLECTION.") && !strings.HasPrefix(ref.Builtin, "XMLTYPE.") && ref.Builtin != resolve.JSONDot
}
