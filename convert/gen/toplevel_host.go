package gen

import (
	"slices"
	"strings"

	"landfall/internal/model"
	"landfall/internal/oracle/resolve"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// Blocks and calls of a script with host variables run in psql, whose variables take the place of SQL*Plus's: :'x' is the
// value of x, and \gset puts what a statement returns into the variables of its columns' names. psql puts no values into
// a block's text, so a block becomes a procedure of the session with the variables as its parameters, and a call of it.
// A variable that is empty is NULL, as everywhere.

// hostStatement converts a block or call of a script with host variables; ok is false when it has none.
func (g *gen) hostStatement(s ast.Stmt) (ok bool) {
	if g.sent != nil && g.hasBinds(s) {
		g.sentCall(s)
		return true
	}
	if !g.bindsIn(s) {
		return false
	}
	if g.hostRefused(s); g.refusal != nil {
		g.refusedStatement(s)
		return true
	}
	switch x := s.(type) {
	case *ast.SQLCall:
		one := ast.Stmt(&ast.CallStmt{Span: x.Call.Range(), Call: x.Call})
		if x.Into != nil {
			one = &ast.AssignStmt{Span: x.Span, Target: x.Into, Value: x.Call}
		}
		if !g.hostCall(s, one) {
			g.hostBlock(s, func() string { return g.blockOf([]ast.Stmt{one}) })
		}
	case *ast.PlusCommand:
		if len(x.Body) != 1 || !g.hostCall(s, x.Body[0]) {
			g.hostBlock(s, func() string { return g.blockOf(x.Body) })
		}
	case *ast.Block:
		if len(x.Decls) > 0 || len(x.Handlers) > 0 || len(x.Stmts) != 1 || !g.hostCall(s, x.Stmts[0]) {
			g.hostBlock(s, func() string { return g.blockSQL(x) })
		}
	}
	return true
}

// hostRefused refuses what psql's variables cannot stand for.
func (g *gen) hostRefused(s ast.Stmt) {
	for i := range g.f.Significant(s.Range()) {
		switch g.f.Tokens[i].Kind {
		case token.Question:
			g.refuse(s, "not-converted", "the variable of a ? has no name that psql could know it by")
		case token.Bind:
			if g.info.Bind(resolve.BindName(g.f, i)).Class == resolve.ClassCursor {
				g.refuse(s, "not-converted", "the host variable %s is a cursor, which ends with the transaction of its block: let the script run the query instead", g.f.Text(i))
			}
		}
	}
	ast.Walk(s, func(n ast.Node) bool {
		if r, ok := n.(*ast.Routine); ok && slices.ContainsFunc(g.valueBinds(s), func(i uint32) bool { return i >= r.Lo && i < r.Hi }) {
			g.refuse(r, "not-converted", "a nested routine uses host variables of the block around it: pass them as parameters")
		}
		return true
	})
}

// hostValue is a variable of psql as a value.
func (g *gen) hostValue(name string) string {
	value := "nullif(:'" + hostName(name) + "', '')"
	if typ := g.hostType(name); typ != "text" && typ != "varchar" {
		value += "::" + typ
	}
	return value
}

// hostName is the name of a host variable in psql, which takes letters, digits and underscores.
func hostName(name string) string {
	return strings.Map(func(c rune) rune {
		if c == '$' || c == '#' {
			return '_'
		}
		return c
	}, strings.ToLower(name))
}

// hostType is the PostgreSQL type of a host variable; text where its places do not tell.
func (g *gen) hostType(name string) string {
	if t, ok := g.bindTypeName(name); ok {
		return t
	}
	return "text"
}

// hostCall converts a call of one routine that sets no variable, or the assignment of one value, as a statement of its
// own. ok is false for all else.
func (g *gen) hostCall(s, one ast.Stmt) bool {
	var text, end string
	found, parts, outer := len(g.found), len(g.parts), g.refusal
	g.bindText = func(tok uint32) string { return g.hostValue(resolve.BindName(g.f, tok)) }
	g.body = &routine{node: s}
	block, _ := s.(*ast.Block)
	g.body.facts = g.bodyFacts(s, block)
	switch x := one.(type) {
	case *ast.CallStmt:
		text, end = g.callStmt(x), ";\n"
		if call, function := strings.CutPrefix(text, "PERFORM "); function { // what stands for it is a function
			text = "SELECT " + call
		} else if !strings.HasPrefix(text, "CALL ") { // RAISE and the like are PL/pgSQL
			text = ""
		}
	case *ast.AssignStmt:
		if t, ok := x.Target.(*ast.BindExpr); ok {
			g.want(x.Value, func() string { return g.hostType(resolve.BindName(g.f, t.Lo)) })
			value := g.assigned(x.Value, g.info.Type(t))
			text, end = "SELECT "+value.s+" AS "+g.e.names.ident(strings.ToUpper(hostName(resolve.BindName(g.f, t.Lo)))), " \\gset\n"
		}
	}
	simple := text != "" && g.refusal == outer && len(g.body.before) == 0 && len(g.body.after) == 0 && len(g.body.decls) == 0
	g.body, g.bindText = nil, nil
	if !simple {
		g.found, g.parts, g.refusal = g.found[:found], g.parts[:parts], outer
		return false
	}
	g.emit(&Output{Phase: PhaseScript, SQL: g.hostDefaults(s, end != ";\n") + g.mark(s) + g.withStrays(s, text) + end})
	return true
}

// hostVariable is one parameter of a block's procedure.
type hostVariable struct {
	name, typ string
	set       bool
}

// hostVariables are those of a statement, in order of their first place.
func (g *gen) hostVariables(s ast.Node) []hostVariable {
	set := g.bindsSet(s)
	var list []hostVariable
	for i := range g.f.Significant(s.Range()) {
		if g.f.Tokens[i].Kind != token.Bind {
			continue
		}
		name := resolve.BindName(g.f, i)
		if !slices.ContainsFunc(list, func(v hostVariable) bool { return v.name == name }) {
			list = append(list, hostVariable{name, g.hostType(name), set[name]})
		}
	}
	return list
}

// bindsSet are the host variables that a statement gives a value.
func (g *gen) bindsSet(s ast.Node) map[string]bool {
	set := map[string]bool{}
	sets := func(list ...ast.Expr) {
		for _, e := range list {
			if x, ok := e.(*ast.BindExpr); ok {
				set[resolve.BindName(g.f, x.Lo)] = true
			}
		}
	}
	ast.Walk(s, func(n ast.Node) bool {
		markSet(n, sets)
		if x, ok := n.(*ast.Call); ok {
			fn, ok := x.Fn.(*ast.Name)
			if !ok {
				return true
			}
			ref := g.ref(fn)
			to := g.callee(ref)
			for i, a := range x.Args {
				if p := to.param(g.f, i, a); p != nil && p.out || ref.Kind == resolve.Builtin && strings.Contains(ref.Builtin, ".") {
					sets(a.X)
				}
			}
		}
		return true
	})
	return set
}

// hostDefaults makes variables known to psql that SQL*Plus knows before they have a value: those that a VARIABLE command
// declares and those that the statement sets. Others must be set (\set x ...) before the script runs.
func (g *gen) hostDefaults(s ast.Node, assignment bool) string {
	text := ""
	for _, v := range g.hostVariables(s) {
		if v.set && !assignment || g.info.Declared(v.name) {
			n := hostName(v.name)
			text += "\\if :{?" + n + "} \\else \\set " + n + " '' \\endif\n"
		}
	}
	return text
}

// hostBlock emits statements as a procedure of the session and its call. body gives the block.
func (g *gen) hostBlock(x ast.Stmt, body func() string) {
	name := g.placeName(x)
	g.bindText = func(tok uint32) string { return name + "." + g.hostParam(resolve.BindName(g.f, tok)) }
	g.body = &routine{node: x}
	block, _ := x.(*ast.Block)
	g.body.facts = g.bodyFacts(x, block)
	text, open := body(), ""
	if block != nil && g.needsUseColumn(block) {
		open = "#variable_conflict use_column\n"
	}
	g.body, g.bindText = nil, nil
	if g.refusal != nil {
		g.refusedStatement(x)
		return
	}
	text = g.withStrays(x, text)
	var params, args []string
	end := ";\n"
	for _, v := range g.hostVariables(x) {
		p := g.hostParam(v.name) + " " + v.typ
		if v.set {
			p, end = "INOUT "+p, " \\gset\n"
		}
		params, args = append(params, p), append(args, g.hostValue(v.name))
	}
	head := "CREATE OR REPLACE PROCEDURE pg_temp." + name + "(" + strings.Join(params, ", ") + ")\nLANGUAGE plpgsql\nAS "
	call := g.hostDefaults(x, false) + "CALL pg_temp." + name + "(" + strings.Join(args, ", ") + ")" + end
	o := g.emit(&Output{Phase: PhaseScript, SQL: g.mark(x) + head + dollar("\n"+open+text+";\n") + ";\n" + call})
	if block != nil {
		o.Kind = model.KindAnonymousBlock
	}
}

// hostParam is a host variable as parameter of a block's procedure; its name is also that of the column that \gset reads.
func (g *gen) hostParam(name string) string {
	return g.e.names.ident(strings.ToUpper(hostName(name)))
}
