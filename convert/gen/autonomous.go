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
	pragma := hasPragma(r.Body.Decls, token.AUTONOMOUS_TRANSACTION)
	if g.e.Policy.Autonomous == "refuse" {
		return g.refusedWhole(r, spec, pragma, "autonomous-transaction", "the policy refuses transactions of their own")
	}
	inner := spec
	inner.name = short(spec.name + "$auto")
	inner.autonomous = true
	work, m := g.routineSQL(r, inner)
	if m.Refused {
		spec.autonomous = true
		return g.routineSQL(r, spec)
	}
	if g.e.Policy.Autonomous == "pg_background" {
		g.need("pg_background")
		g.report(pragma, "autonomous-transaction", "the routine runs in a background worker of pg_background, which sees committed rows only and none of the session's state; max_worker_processes bounds how many run at a time")
	} else {
		g.need("dblink")
		g.report(pragma, "autonomous-transaction", "the routine runs on a second connection by dblink, which sees committed rows only and none of the session's state; landfall.autonomous_conninfo says where it connects to")
	}
	b := &routine{name: spec.name, function: r.Kind == token.FUNCTION, node: r, outer: g.body}
	g.body = b
	head := g.header(r, spec)
	body, ok := g.autonomousBody(r, spec, quote.Qualified(inner.schema, inner.name))
	g.body = b.outer
	target := quote.Qualified(spec.schema, spec.name)
	m.Target, m.Args = target, head.args
	if !ok {
		return g.refusedWhole(r, spec, pragma, "autonomous-transaction", "an autonomous routine that gives back more than its value, or changes variables of the routine around it, is not converted in this way")
	}
	sql := work + "\n" + head.create(target) + "LANGUAGE plpgsql\nAS " + dollar("\n"+body) + ";\n"
	return sql, m
}

// autonomousBody is the wrapper: it writes the call as text, with the arguments as constants, and takes what comes back
// from the row that the call gives.
func (g *gen) autonomousBody(r *ast.Routine, spec routineSpec, work string) (string, bool) {
	var formats, args, back []string
	add := func(name, typ string) {
		formats = append(formats, "%L"+strings.ReplaceAll(cast(typ), "%", "%%"))
		args = append(args, name)
	}
	for _, p := range spec.before {
		if p.mode != "" && p.mode != "IN" {
			return "", false
		}
		add(p.name, p.typ)
	}
	for _, p := range r.Params {
		name, typ := g.localName(g.f.Last(p.Name)), g.castType(p.Type)
		if p.Out {
			back = append(back, "    "+name+" := lf_row["+itoa(len(back)+1)+"]"+cast(typ)+";\n")
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
	if g.e.Policy.Autonomous == "pg_background" {
		return g.backgroundBody(r, call, list, len(back))
	}
	if r.Kind == token.PROCEDURE && len(back) == 0 {
		return "BEGIN\n    CALL " + g.use("autonomous") + "(format(" + literal("CALL "+call) + list + "));\nEND;\n", true
	}
	verb := "CALL "
	if r.Kind == token.FUNCTION {
		verb = "SELECT * FROM "
		value := "lf_row[" + itoa(len(back)+1) + "]" + cast(g.castType(r.Return))
		if len(back) > 0 {
			back = append(back, "    "+returnValue+" := "+value+";\n")
		} else {
			back = append(back, "    RETURN "+value+";\n")
		}
	}
	return "DECLARE\n    lf_row text[] := " + g.use("autonomous_row") + "(format(" + literal(verb+call) + list + "), " + itoa(len(back)) + ");\nBEGIN\n" +
		strings.Join(back, "") + "END;\n", true
}

// castType is a type that a cast can name, which %TYPE is not; "" where it is not known.
func (g *gen) castType(d *ast.DataType) string {
	if s := g.argType(d); !strings.HasSuffix(s, "%TYPE") {
		return s
	}
	t, _ := g.absentType(d)
	return t
}

func cast(typ string) string {
	if typ == "" {
		return ""
	}
	return "::" + typ
}

// backgroundBody is the wrapper for pg_background: a worker runs the call as text, and gives one text back. What OUT
// parameters give back has no form there.
func (g *gen) backgroundBody(r *ast.Routine, call, list string, back int) (string, bool) {
	if back > 0 {
		return "", false
	}
	result := func(sql string) string {
		return "pg_background_result(pg_background_launch(format(" + literal(sql) + list + "))) AS lf_r(value text)"
	}
	if r.Kind == token.PROCEDURE {
		return "BEGIN\n    PERFORM FROM " + result("CALL "+call) + ";\nEND;\n", true
	}
	return "BEGIN\n    RETURN (SELECT value" + cast(g.castType(r.Return)) + " FROM " + result("SELECT ("+call+")::text") + ");\nEND;\n", true
}

// refusedWhole is the stub of a routine that is refused as a whole.
func (g *gen) refusedWhole(r *ast.Routine, spec routineSpec, at ast.Node, rule, message string) (string, Member) {
	spec.autonomous = true
	spec.refuse = func() { g.refuse(at, rule, "%s", message) }
	return g.routineSQL(r, spec)
}

// undoneRollback looks for ROLLBACK in a handler of an autonomous function's own block. The block has undone by then what it did, in
// PostgreSQL; what the handler itself did before is undone by a block around it, which undoneRollback asks for: it gives how many
// statements of the handler stand before ROLLBACK.
func (g *gen) undoneRollback(b *ast.Block, h *ast.Handler) int {
	r, ok := g.body.node.(*ast.Routine)
	if !ok || !g.body.autonomous || !g.body.function || r.Body != b || g.body.try != nil {
		return 0
	}
	for i, s := range h.Stmts {
		switch x := s.(type) {
		case *ast.Savepoint, *ast.Labeled:
			return 0
		case *ast.Commit:
			return 0
		case *ast.Rollback:
			if x.To != nil || x.Force != nil {
				return 0
			}
			text := "NULL"
			if i > 0 {
				in := g.indent(x)
				text = "RAISE SQLSTATE '" + undoState + "' USING MESSAGE = 'rollback';\n" + in + "EXCEPTION WHEN SQLSTATE '" + undoState + "' THEN\n" + in + "    NULL;\n" + in + "END"
			}
			if g.body.undo == nil {
				g.body.undo = map[*ast.Rollback]string{}
			}
			g.body.undo[x] = text
			return i
		}
	}
	return 0
}

// undoes is what stands for a ROLLBACK that a block undoes.
func (r *routine) undoes(x *ast.Rollback) (text string, ok bool) {
	if r != nil {
		text, ok = r.undo[x]
	}
	return text, ok
}
