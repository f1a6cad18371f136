package gen

import (
	"fmt"
	"path"
	"strings"

	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
	"landfall/internal/postgres/quote"
)

// A statement of a script with host variables is one that a program runs with values of its own: it becomes a prepared
// statement, which the server checks as the program's would be. Variables are numbered by name.

// valueBinds are the host variables that give a value, as token indexes; those that only take one (RETURNING INTO) are not
// among them.
func (g *gen) valueBinds(s ast.Stmt) []uint32 {
	var into ast.Span
	if ret := returningOf(s); ret != nil && ret.Into != nil {
		into = ret.Into.Range()
	}
	var list []uint32
	for i := range g.f.Significant(s.Range()) {
		k := g.f.Tokens[i].Kind
		if (k == token.Bind || k == token.Question) && (i < into.Lo || i >= into.Hi) {
			list = append(list, i)
		}
	}
	return list
}

func (g *gen) bindsIn(s ast.Stmt) bool { return len(g.valueBinds(s)) > 0 }

// prepared emits a statement with host variables. convert gives its text.
func (g *gen) prepared(s ast.Stmt, convert func() string) {
	number := map[string]int{}
	var names []string
	at := map[uint32]int{}
	for _, i := range g.valueBinds(s) {
		t := g.f.Tokens[i]
		name := strings.ToUpper(g.f.Text(i))
		if t.Kind == token.Question { // each ? is a variable of its own
			name = fmt.Sprintf("?%d", len(names)+1)
		}
		if number[name] == 0 {
			names = append(names, g.f.Text(i))
			number[name] = len(names)
		}
		at[i] = number[name]
	}
	g.bindText = func(tok uint32) string { return fmt.Sprintf("$%d", at[tok]) }
	text := convert()
	g.bindText = nil
	for i, n := range names {
		names[i] = fmt.Sprintf("$%d %s", i+1, strings.TrimPrefix(n, ":"))
	}
	file := strings.TrimSuffix(path.Base(g.f.Name), path.Ext(g.f.Name))
	name := quote.Ident(short(strings.ToLower(fmt.Sprintf("%s_%d", file, g.f.Pos(s).Line))))
	g.script(s, PhaseScript, "-- "+strings.Join(names, ", ")+"\nPREPARE "+name+" AS\n"+text)
}

// hostBlock converts a block of a script that calls one routine, or takes one value of a function, with host variables: the
// call as a statement with variables of psql (:'name'). ok is false for other blocks.
func (g *gen) hostBlock(x *ast.Block) bool {
	if len(x.Decls) > 0 || len(x.Handlers) > 0 || len(x.Stmts) != 1 || !g.bindsIn(x) {
		return false
	}
	var text string
	found, parts := len(g.found), len(g.parts)
	g.bindText = func(tok uint32) string { return ":'" + strings.ToLower(strings.TrimPrefix(g.f.Text(tok), ":")) + "'" }
	g.body = &routine{name: "", node: x}
	g.body.facts = g.bodyFacts(x, x)
	switch s := x.Stmts[0].(type) {
	case *ast.CallStmt:
		text = g.callStmt(s)
	case *ast.AssignStmt:
		t, ok := s.Target.(*ast.BindExpr)
		if ok {
			text = "SELECT " + g.text(s.Value) + " AS " + g.e.names.ident(strings.ToUpper(strings.TrimPrefix(g.source(t), ":")))
		}
	}
	simple := text != "" && len(g.body.before) == 0 && len(g.body.after) == 0 && len(g.body.decls) == 0
	g.body, g.bindText = nil, nil
	if !simple {
		g.found, g.parts, g.refusal = g.found[:found], g.parts[:parts], nil
		return false
	}
	g.script(x, PhaseScript, text)
	return true
}
