package gen

import (
	"fmt"
	"strings"

	"landfall/internal/oracle/resolve"
	"landfall/internal/oracle/scripts"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// Statement is what becomes of a statement that a program sends to the server, with values of its own for the host
// variables.
type Statement struct {
	Result
	// Text is the statement as the program sends it now, without semicolon, host variables as $1, $2 ...; "" when it is
	// refused or nothing is left of it.
	Text string
	// Shown is Text with the program's own names of the variables, where Text numbers none of them; "" where it does.
	Shown string
	// Params are the variables in order of $1, $2 ...; of Shown one for each place.
	Params []Parameter
}

// Parameter is one host variable of a Statement.
type Parameter struct {
	Name string // as it was written: :x, ?
	Type string // PostgreSQL type that its places tell, "" where they tell nothing
}

// sent is a statement of a program being converted.
type sent struct {
	text   string
	params []Parameter
	typed  map[uint32]bool // variables whose type is written, by token; see markSent
}

// ConvertStatement converts a statement of a program: as Convert does, but variables need no names that psql knows, and
// calls of routines become statements that take parameters.
func (e *Estate) ConvertStatement(u *scripts.Unit) (r Statement) {
	info := e.resolver.ResolveSent(u.Source.Parsed, u.Stmt, u.Schema, u.Binds)
	defer func() {
		if p := recover(); p != nil {
			r = Statement{Result: e.broken(u, info, p)}
		}
	}()
	g := &gen{
		e: e, f: u.Source.Parsed, info: info, unit: u, object: u.Object, schema: u.Schema,
		support: map[string]bool{}, needs: map[string]bool{}, sent: &sent{},
	}
	if g.object == "" {
		g.object = StatementID(u)
	}
	g.markSent(u.Stmt)
	g.topLevel(u.Stmt)
	g.makeSpatialTypes()
	if len(e.Policy.Features) > 0 && !g.left() && g.refusal != nil && !g.refusedAny() {
		g.out = nil
		g.refusedStatement(u.Stmt)
	}
	r = Statement{Result: g.result()}
	if !g.refusedAny() && len(g.out) > 0 {
		r.Params = g.sent.params
		r.Text, _ = takeMarks(strings.TrimSpace(g.sent.text))
		if lo := u.Stmt.Range().Lo; r.Text != "" && g.f.Tokens[lo].Flags&(token.FlagComment|token.FlagHint) != 0 {
			r.Text = strings.Join(append(comments(g.trivia(lo)), r.Text), "\n")
		}
		if r.Text == "" { // neither query, DML nor call: what was emitted is what is sent
			r.Text = strings.TrimSuffix(strings.TrimSpace(g.out[len(g.out)-1].SQL), ";")
		}
	}
	return r
}

// sentCall converts a block or call with host variables that a program sends: one call of a routine, or a value that a
// function gives back.
func (g *gen) sentCall(s ast.Stmt) {
	var one ast.Stmt
	block, _ := s.(*ast.Block)
	switch x := s.(type) {
	case *ast.SQLCall:
		one = &ast.CallStmt{Span: x.Call.Range(), Call: x.Call}
		if x.Into != nil {
			one = &ast.AssignStmt{Span: x.Span, Target: x.Into, Value: x.Call}
		}
	case *ast.Block:
		if len(x.Decls) == 0 && len(x.Handlers) == 0 && len(x.Stmts) == 1 {
			one = x.Stmts[0]
		}
	}
	number := map[string]int{}
	var params []Parameter
	g.bindText = func(tok uint32) string {
		name := resolve.BindName(g.f, tok)
		if number[name] == 0 {
			typ, _ := g.bindTypeName(name)
			params = append(params, Parameter{Name: g.f.Text(tok), Type: typ})
			number[name] = len(params)
		}
		return fmt.Sprintf("$%d", number[name])
	}
	g.body = &routine{node: s}
	g.body.facts = g.bodyFacts(s, block)
	text := ""
	switch x := one.(type) {
	case *ast.CallStmt:
		text = g.callStmt(x)
	case *ast.AssignStmt:
		if _, ok := x.Target.(*ast.BindExpr); ok {
			text = "SELECT " + g.assigned(x.Value, g.info.Type(x.Target)).s
		}
	}
	if call, function := strings.CutPrefix(text, "PERFORM "); function { // what stands for it is a function
		text = "SELECT " + call
	}
	simple := text != "" && len(g.body.before) == 0 && len(g.body.after) == 0 && len(g.body.decls) == 0
	g.body, g.bindText = nil, nil
	if g.refusal == nil && !simple {
		g.refuse(s, "not-converted", "a block with host variables that a program sends: PostgreSQL's DO takes no parameters; make it a procedure and call that")
	}
	if g.refusal != nil {
		g.refusedStatement(s)
		return
	}
	text = g.withStrays(s, text)
	g.sent.text, g.sent.params = text, params
	g.emit(&Output{Phase: PhaseScript, Kind: "", SQL: g.mark(s) + text + ";\n"})
}

// sentTransaction converts what ends and marks transactions of a program: its session is its own, unlike that of a script.
func (g *gen) sentTransaction(s ast.Stmt) string {
	switch x := s.(type) {
	case *ast.Commit:
		switch {
		case len(x.Force) > 0:
		case x.Comment != nil || x.Write != nil:
			return "COMMIT"
		default:
			return g.source(x)
		}
	case *ast.Rollback:
		if x.To != nil {
			return "ROLLBACK TO SAVEPOINT " + g.source(x.To)
		}
		if x.Force == nil {
			return g.source(x)
		}
	case *ast.Savepoint:
		return g.source(x)
	case *ast.LockTable:
		return g.lockTable(x)
	case *ast.SetConstraints:
		return g.setConstraints(x)
	}
	g.refuse(s, "set-transaction", "%s: say what the program's driver does instead", g.what(s))
	return ""
}

// hasBinds reports whether a statement has host variables, whatever they are for.
func (g *gen) hasBinds(s ast.Node) bool {
	for i := range g.f.Significant(s.Range()) {
		if k := g.f.Tokens[i].Kind; k == token.Bind || k == token.Question {
			return true
		}
	}
	return false
}
