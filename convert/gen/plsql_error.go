package gen

import (
	"strconv"
	"strings"

	"landfall/convert/support"
	"landfall/internal/model"
	"landfall/internal/oracle/resolve"
	"landfall/internal/oracle/syntax/ast"
)

func init() {
	builtins["SQLCODE"] = sqlcode
	builtins["SQLERRM"] = sqlerrm
	builtins["DBMS_UTILITY.FORMAT_ERROR_STACK"] = errorStack
	builtins["DBMS_UTILITY.FORMAT_ERROR_BACKTRACE"] = errorBacktrace
	builtins["DBMS_UTILITY.FORMAT_CALL_STACK"] = callStack
}

// handlerCondition writes what a handler catches.
func (g *gen) handlerCondition(h *ast.Handler) string {
	list := make([]string, 0, len(h.Names))
	for _, n := range h.Names {
		list = append(list, g.condition(n))
	}
	return strings.Join(list, " OR ")
}

// sameCondition are the exceptions that PL/pgSQL calls by Oracle's name.
var sameCondition = map[string]bool{"NO_DATA_FOUND": true, "TOO_MANY_ROWS": true, "CASE_NOT_FOUND": true}

// condition is the condition of WHEN for the name of an exception.
func (g *gen) condition(n *ast.Name) string {
	ref := g.ref(n)
	last := g.f.Last(n)
	if last == "OTHERS" && g.f.NumParts(n) == 1 {
		return g.source(n)
	}
	if state, ora, ok := g.userException(n, ref); ok {
		if ora != 0 {
			return conditionsOf(ora, state)
		}
		return "SQLSTATE '" + state + "'"
	}
	if sameCondition[last] {
		return g.f.Text(n.Hi - 1)
	}
	if cond, _, _, ok := support.Predefined(last); ok {
		return cond
	}
	g.refuse(n, "exception-init", "the exception %s is not declared in the source", g.source(n))
	return "OTHERS"
}

// userException is the SQLSTATE of an exception that the source declares, and the Oracle number that
// PRAGMA EXCEPTION_INIT binds it to, 0 without one.
func (g *gen) userException(n *ast.Name, ref *resolve.Ref) (state string, ora int, ok bool) {
	if parts := g.f.Parts(n); ref.Kind != resolve.Exception && len(parts) > 1 && support.States(parts[len(parts)-1]) == nil {
		g.report(n, "exception-init", "the exception %s is not declared in the source: an SQLSTATE made of its name stands for it", g.source(n))
		return unknownState(strings.Join(parts, ".")), 0, true
	}
	if ref.Kind != resolve.Exception || ref.Builtin != "" {
		return "", 0, false
	}
	if d, is := ref.Decl.(*ast.ExceptionDecl); is {
		if x, known := g.e.exceptions.local[declKey{g.info.File, d.Lo}]; known {
			return x.state, x.ora, true
		}
	}
	if ref.Object != nil {
		if x, known := g.e.exceptions.member[memberName{ref.Object.Schema, ref.Object.Name, g.f.Last(n)}]; known {
			return x.state, x.ora, true
		}
	}
	return "", 0, false
}

// moreStates are SQLSTATEs that PostgreSQL raises by itself for an Oracle error, besides the one that converted code raises.
var moreStates = map[int][]string{
	-1: {"23P01"}, -1407: {"23502"}, -2292: {"23503"}, -12899: {"22001"}, -1438: {"22003"}, -1426: {"22003"}, -1401: {"22001"},
	-4043: {"42P01", "42883"}, -1418: {"42704", "42P01"}, -2289: {"42P01"}, -1430: {"42701"}, -2443: {"42704"}, -2441: {"42704"}, -4080: {"42704"},
	-1434: {"42P01"}, -12003: {"42P01"}, -2275: {"42710"}, -2260: {"42P16"}, -2261: {"42P07"}, -1442: {"42710"}, -1408: {"42P07"}, -1841: {"22008"},
	-1843: {"22008", "22007"}, -1830: {"22007", "22008"}, -1847: {"22008"}, -1850: {"22008"}, -1858: {"22007"}, -1840: {"22007"}, -1821: {"22007"},
	-6502: {"22000", "22001", "22003", "22004", "22P02"}, -1007: {"42804"}, -1722: {"22P02"}, -6550: {"42601", "42883"}, -900: {"42601"},
	-933: {"42601"}, -936: {"42601"}, -911: {"42601"}, -923: {"42601"}, -904: {"42703", "42702"}, -942: {"42P01", "3F000"}, -955: {"42P07", "42710", "42723"},
	-4068: {"0A000"}, -60: {"40P01"}, -54: {"55P03"}, -30006: {"55P03"}, -24381: {}, -8177: {"40001"}, -2291: {"23503"}, -2290: {"23514"}, -1400: {"23502"},
	-4021: {"55P03"}, -2049: {"55P03"}, -1031: {"42501"}, -1017: {"28P01", "28000"}, -6508: {"42883", "42P01"}, -4098: {"42883"}, -932: {"42804", "42883"},
}

// conditionsOf is the condition of WHEN for an Oracle error number.
func conditionsOf(ora int, state string) string {
	list := []string{"SQLSTATE '" + state + "'"}
	for _, s := range moreStates[ora] {
		if s != state {
			list = append(list, "SQLSTATE '"+s+"'")
		}
	}
	return strings.Join(list, " OR ")
}

// raise converts RAISE.
func (g *gen) raise(x *ast.Raise) string {
	if x.Exception == nil {
		if s, ok := g.reraise(g.indent(x)); ok {
			return s
		}
		return "RAISE"
	}
	n := x.Exception
	last := g.f.Last(n)
	if state, ora, ok := g.userException(n, g.ref(n)); ok {
		if ora == 0 {
			return "RAISE SQLSTATE '" + state + "' USING MESSAGE = " + literal(strings.ToLower(last))
		}
		if ora <= -20000 && ora >= -20999 {
			return "RAISE SQLSTATE '" + state + "' USING MESSAGE = " + literal("ORA"+strconv.Itoa(ora)+": ")
		}
		return "RAISE SQLSTATE '" + state + "' USING MESSAGE = " + g.use("sqlerrm") + "(" + strconv.Itoa(ora) + ")"
	}
	if sameCondition[last] {
		return "RAISE " + g.f.Text(n.Hi-1)
	}
	if _, state, ora, ok := support.Predefined(last); ok {
		if name := raisedBy[state]; name != "" {
			return "RAISE " + name
		}
		return "RAISE SQLSTATE '" + state + "' USING MESSAGE = " + g.use("sqlerrm") + "(" + strconv.Itoa(ora) + ")"
	}
	g.refuse(n, "exception-init", "the exception %s is not declared in the source", g.source(n))
	return "RAISE"
}

// raiseMessage keeps RAISE with a level and a text, which is PL/pgSQL's.
func (g *gen) raiseMessage(x *ast.RaiseMessage) string {
	g.reportAs(x, "raise-application-error", model.Low, model.Review, "RAISE with a level and a text is PL/pgSQL's statement, not Oracle's: it stays as it is")
	var subs []sub
	for _, a := range x.Args {
		subs = append(subs, put(a, g.text(a)))
	}
	for _, o := range x.Options {
		subs = append(subs, put(o.X, g.text(o.X)))
	}
	return g.splice(x, subs...)
}

// raisedBy are the conditions whose text landfall.sqlerrm makes from the SQLSTATE alone.
var raisedBy = map[string]string{"22012": "division_by_zero", "42P03": "duplicate_cursor", "2202E": "array_subscript_error"}

// raiseApplicationError converts RAISE_APPLICATION_ERROR(number, text [, keep]).
func (g *gen) raiseApplicationError(x *ast.CallStmt, c *ast.Call) string {
	var number, text, keep ast.Expr
	if c != nil {
		for i, a := range c.Args {
			switch {
			case a.Name == nil && i == 0, a.Name != nil && g.f.Last(a.Name) == "NUM":
				number = a.X
			case a.Name == nil && i == 1, a.Name != nil && g.f.Last(a.Name) == "MSG":
				text = a.X
			default:
				keep = a.X
			}
		}
	}
	if number == nil || text == nil {
		g.refuse(x, "raise-application-error", "RAISE_APPLICATION_ERROR takes a number and a text")
		return "NULL"
	}
	f := g.expr(text)
	if v, ok := g.constantInt(number); ok && v <= -20000 && v >= -20999 {
		state := support.SQLState(v)
		if l, ok := text.(*ast.Literal); ok && l.Kind == ast.LitString {
			if s, ok := g.stringValue(l); ok && s != "" {
				return "RAISE EXCEPTION " + literal(strings.ReplaceAll(s, "%", "%%")) + " USING ERRCODE = '" + state + "'"
			}
		}
		msg := f.s
		if f.typ.number() || f.typ == pgTimestamp {
			msg = f.cast("text", pgText).s
		}
		if !f.notNull {
			msg = "coalesce(" + f.s + ", ' ')"
		}
		return "RAISE EXCEPTION USING ERRCODE = '" + state + "', MESSAGE = " + msg
	}
	args := g.expr(number).cast("integer", pgInteger).s + ", " + f.s
	if keep != nil {
		args += ", " + g.text(keep)
	}
	return "CALL " + g.use("raise_application_error") + "(" + args + ")"
}

// inHandler reports whether the error that SQLCODE means is known here.
func (g *gen) inHandler() bool { return g.body != nil && len(g.body.errors) > 0 }

// errorState and errorMessage are SQLSTATE and message of the error at hand.
func (g *gen) errorState() (state, message string) {
	if t := g.body.errors[len(g.body.errors)-1]; t != nil {
		return t.state, t.message
	}
	return "SQLSTATE", "SQLERRM"
}

func sqlcode(g *gen, _ *ast.Name, _ *ast.Call) frag {
	if !g.inHandler() {
		if !g.calledInHandler() {
			return frag{s: "0", prec: precPrimary, typ: pgInteger, notNull: true}
		}
		return frag{s: g.use("sqlcode") + "(" + passedState + ", " + passedMessage + ")", prec: precPrimary, typ: pgInteger, notNull: true}
	}
	state, message := g.errorState()
	return frag{s: g.use("sqlcode") + "(" + state + ", " + message + g.conversionPlace() + ")", prec: precPrimary, typ: pgInteger, notNull: true}
}

func sqlerrm(g *gen, _ *ast.Name, c *ast.Call) frag {
	if c != nil && len(c.Args) == 1 {
		if n, ok := c.Args[0].X.(*ast.Name); !ok || g.ref(n).Builtin != "SQLCODE" {
			return frag{s: g.use("sqlerrm") + "(" + g.expr(c.Args[0].X).cast("integer", pgInteger).s + ")", prec: precPrimary, typ: pgText}
		}
	}
	if !g.inHandler() && g.calledInHandler() {
		return frag{s: g.use("sqlerrm") + "(" + passedState + ", " + passedMessage + ")", prec: precPrimary, typ: pgText}
	}
	if !g.inHandler() {
		return frag{s: "'ORA-0000: normal, successful completion'", prec: precPrimary, typ: pgLiteral, notNull: true}
	}
	state, message := g.errorState()
	return frag{s: g.use("sqlerrm") + "(" + state + ", " + message + g.conversionPlace() + ")", prec: precPrimary, typ: pgText, notNull: true}
}

func errorStack(g *gen, n *ast.Name, c *ast.Call) frag { return sqlerrm(g, n, nil) }

// errorBacktrace is the context of the error: where it was raised, from the innermost call outwards.
func errorBacktrace(g *gen, _ *ast.Name, _ *ast.Call) frag {
	if !g.inHandler() {
		return atom("NULL::text", pgText)
	}
	if t := g.body.errors[len(g.body.errors)-1]; t != nil {
		return atom(t.context, pgText)
	}
	g.declareOnce(errorContextVar, "text")
	return atom(errorContextVar, pgText)
}

const (
	errorContextVar = "lf_context"
	callStackVar    = "lf_stack"
)

func callStack(g *gen, n *ast.Name, _ *ast.Call) frag {
	if g.body == nil {
		return g.refuse(n, "not-converted", "the call stack is known in routines only")
	}
	g.declareOnce(callStackVar, "text")
	get := "GET DIAGNOSTICS " + callStackVar + " = PG_CONTEXT"
	for _, s := range g.body.before {
		if s == get {
			return atom(callStackVar, pgText)
		}
	}
	g.body.before = append(g.body.before, get)
	return atom(callStackVar, pgText)
}

// errorContext is the statement that keeps the context of the error where a handler asks for it, "" when it does not.
func (g *gen) errorContext(h *ast.Handler) string {
	if !g.asksContext(h) {
		return ""
	}
	g.declareOnce(errorContextVar, "text")
	return "GET STACKED DIAGNOSTICS " + errorContextVar + " = PG_EXCEPTION_CONTEXT"
}

func (g *gen) asksContext(h ast.Node) bool {
	found := false
	ast.Walk(h, func(n ast.Node) bool {
		if x, ok := n.(*ast.Name); ok && g.ref(x).Builtin == "DBMS_UTILITY.FORMAT_ERROR_BACKTRACE" {
			found = true
		}
		return !found
	})
	return found
}

// A routine that asks for SQLCODE outside of its handlers means the error that its caller handles: the caller's handler
// keeps it in two settings around the call.
const (
	passedState   = "nullif(current_setting('lf.sqlstate', true), '')"
	passedMessage = "current_setting('lf.sqlerrm', true)"
)

// calledInHandler reports whether the routine at hand is called by a handler somewhere in the source.
func (g *gen) calledInHandler() bool {
	if g.body == nil {
		return false
	}
	r, ok := g.body.node.(*ast.Routine)
	if !ok {
		return false
	}
	if g.body.outer != nil { // a local one: a handler of the routine around it may call it
		return true
	}
	f := g.e.calls.routines[g.routineOf(r, routineSpec{})]
	return f != nil && f.inHandler
}

// tellsError reports whether a built-in tells of the error that is being handled.
func tellsError(builtin string) bool {
	switch builtin {
	case "SQLCODE", "SQLERRM", "DBMS_UTILITY.FORMAT_ERROR_STACK", "DBMS_UTILITY.FORMAT_ERROR_BACKTRACE":
		return true
	}
	return false
}

// localAsks reports whether a local routine asks for SQLCODE or SQLERRM outside of its handlers, or calls what does.
func (g *gen) localAsks(r *ast.Routine, seen map[*ast.Routine]bool) bool {
	if seen[r] {
		return false
	}
	seen[r] = true
	found := false
	ast.Walk(r, func(n ast.Node) bool {
		switch x := n.(type) {
		case *ast.Handler:
			return false
		case *ast.Name:
			ref := g.ref(x)
			found = found || tellsError(ref.Builtin) || g.routineAsks(ref, seen)
		}
		return !found
	})
	return found
}

func (g *gen) routineAsks(ref *resolve.Ref, seen map[*ast.Routine]bool) bool {
	if ref.Kind != resolve.Routine {
		return false
	}
	if r := g.e.calls.routines[ref.Routine]; r != nil {
		return r.asksError
	}
	d, ok := ref.Decl.(*ast.Routine)
	if !ok || g.f != g.unit.Source.Parsed {
		return false
	}
	if n := g.nestedOf(d); n != nil && n.routine != nil { // with the body, behind a forward declaration
		d = n.routine
	}
	return g.localAsks(d, seen)
}

// passError keeps the error at hand for what a statement of a handler calls.
func (g *gen) passError(s ast.Stmt) {
	switch s.(type) {
	case *ast.If, *ast.CaseStmt, *ast.Loop, *ast.While, *ast.For, *ast.Block, *ast.Labeled:
		return
	}
	if !g.inHandler() || !g.asksError(s) {
		return
	}
	state, message := g.errorState()
	g.body.before = append([]string{"PERFORM set_config('lf.sqlstate', " + state + ", false), set_config('lf.sqlerrm', " + message + ", false)"}, g.body.before...)
	g.body.after = append(g.body.after, "PERFORM set_config('lf.sqlstate', '', false)")
}

func (g *gen) asksError(s ast.Stmt) bool {
	found := false
	ast.Walk(s, func(n ast.Node) bool {
		if x, ok := n.(*ast.Name); ok {
			found = found || g.routineAsks(g.ref(x), map[*ast.Routine]bool{})
		}
		return !found
	})
	return found
}
