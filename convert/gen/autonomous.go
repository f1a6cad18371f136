package gen

import (
	"strings"

	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
	"landfall/internal/postgres/quote"
)

// autonomousPragma stands for PRAGMA AUTONOMOUS_TRANSACTION: the routine around it has been split already.
func (g *gen) autonomousPragma(x *ast.Pragma) string {
	if g.body == nil || !g.body.autonomous {
		g.refuse(x, "autonomous-transaction", "only a procedure or function can have a transaction of its own here: put the work of this block into one")
	}
	return ""
}

// autonomousRoutine converts a routine with a transaction of its own to two: name$auto does the work, and name runs it on a
// second connection (dblink), where it is a transaction (PL/SQL Language Reference, "Autonomous Transactions").
func (g *gen) autonomousRoutine(r *ast.Routine, spec routineSpec) (string, Member) {
	inner := spec
	inner.name = short(spec.name + "$auto")
	inner.autonomous = true
	work, m := g.routineSQL(r, inner)
	if m.Refused {
		spec.autonomous = true
		return g.routineSQL(r, spec)
	}
	pragma := hasPragma(r.Body.Decls, token.AUTONOMOUS_TRANSACTION)
	g.need("dblink")
	g.report(pragma, "autonomous-transaction", "the routine runs on a second connection by dblink, which sees committed rows only and none of the session's state; landfall.autonomous_conninfo says where it connects to")
	b := &routine{name: spec.name, function: r.Kind == token.FUNCTION, node: r, outer: g.body}
	g.body = b
	head := g.header(r, spec)
	body, ok := g.autonomousBody(r, spec, quote.Qualified(inner.schema, inner.name))
	g.body = b.outer
	target := quote.Qualified(spec.schema, spec.name)
	m.Target, m.Args = target, head.args
	if !ok {
		return g.refusedWhole(r, spec, pragma, "autonomous-transaction", "an autonomous routine inside another, whose variables it changes, is not converted")
	}
	sql := work + "\n" + head.create(target) + "LANGUAGE plpgsql\nAS " + dollar("\n"+body) + ";\n"
	return sql, m
}

// autonomousBody is the wrapper: it writes the call as text, with the arguments as constants, and takes what comes back
// from the row that the call gives.
func (g *gen) autonomousBody(r *ast.Routine, spec routineSpec, work string) (string, bool) {
	var formats, args, back []string
	add := func(name, typ string) {
		formats = append(formats, "%L::"+strings.ReplaceAll(typ, "%", "%%"))
		args = append(args, name)
	}
	for _, p := range spec.before {
		if p.mode != "" && p.mode != "IN" {
			return "", false
		}
		add(p.name, p.typ)
	}
	for _, p := range r.Params {
		name, typ := g.localName(g.f.Last(p.Name)), g.dataType(p.Type, inParameter)
		if p.Out {
			back = append(back, "    "+name+" := lf_row["+itoa(len(back)+1)+"]::"+typ+";\n")
		}
		switch {
		case !p.Out || p.In:
			add(name, typ)
		case r.Kind == token.PROCEDURE:
			formats = append(formats, "NULL")
		}
	}
	list := ""
	if len(args) > 0 {
		list = ", " + strings.Join(args, ", ")
	}
	call := work + "(" + strings.Join(formats, ", ") + ")"
	if r.Kind == token.PROCEDURE && len(back) == 0 {
		return "BEGIN\n    CALL " + g.use("autonomous") + "(format(" + literal("CALL "+call) + list + "));\nEND;\n", true
	}
	verb := "CALL "
	if r.Kind == token.FUNCTION {
		verb = "SELECT * FROM "
		ret := g.dataType(r.Return, inParameter)
		value := "lf_row[" + itoa(len(back)+1) + "]::" + ret
		if len(back) > 0 {
			back = append(back, "    "+returnValue+" := "+value+";\n")
		} else {
			back = append(back, "    RETURN "+value+";\n")
		}
	}
	return "DECLARE\n    lf_row text[] := " + g.use("autonomous_row") + "(format(" + literal(verb+call) + list + "), " + itoa(len(back)) + ");\nBEGIN\n" +
		strings.Join(back, "") + "END;\n", true
}

// refusedWhole is the stub of a routine that is refused as a whole.
func (g *gen) refusedWhole(r *ast.Routine, spec routineSpec, at ast.Node, rule, message string) (string, Member) {
	spec.autonomous = true
	spec.refuse = func() { g.refuse(at, rule, "%s", message) }
	return g.routineSQL(r, spec)
}
