package gen

import (
	"strconv"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/postgres/quote"
)

func itoa(n int) string       { return strconv.Itoa(n) }
func literal(s string) string { return quote.Literal(s) }

// topLevel converts a statement of a script.
func (g *gen) topLevel(s ast.Stmt) {
	if g.superseded(s) {
		return
	}
	switch x := s.(type) {
	case *ast.BadStmt:
		g.refuse(x, "not-converted", "the statement could not be read")
	case *ast.PlusCommand: // others have no place on the server; the ledger counts them as ignored
		if len(x.Body) > 0 {
			g.execute(x)
		}
	case *ast.EmptyStmt:
	case *ast.CreateRoutine:
		g.createRoutine(x)
	case *ast.CreatePackage:
		g.createPackage(x)
	case *ast.CreatePackageBody:
		g.createPackageBody(x)
	case *ast.CreateType:
		g.createType(x)
	case *ast.CreateTypeBody:
		g.createTypeBody(x)
	case *ast.CreateTrigger:
		g.createTrigger(x)
	case *ast.Block:
		g.anonymousBlock(x)
	case *ast.SelectStmt:
		if g.bindsIn(x) {
			g.prepared(x, func() string { return g.query(x.Query) })
			break
		}
		g.script(x, PhaseScript, g.query(x.Query))
	case *ast.Insert, *ast.Update, *ast.Delete, *ast.Merge, *ast.MultiInsert:
		if g.bindsIn(x) {
			g.prepared(x, func() string { text, _ := g.dml(x); return text })
			break
		}
		text, _ := g.dml(x)
		g.script(x, PhaseData, text)
	default:
		g.ddl(s)
	}
	if len(g.out) == 0 && g.refusal != nil {
		g.refusedStatement(s)
	}
}

// script emits a converted statement of a script, or the original as a comment when something in it is refused.
func (g *gen) script(s ast.Stmt, phase Phase, text string) {
	if g.refusal != nil {
		g.refusedStatement(s)
		return
	}
	text = g.withStrays(s, text)
	if g.sent != nil && g.sent.text == "" {
		g.sent.text = text
	}
	g.emit(&Output{Phase: phase, Kind: model.KindStatement, SQL: g.mark(s) + text + ";\n"})
}

// refusedStatement leaves the original as a comment.
func (g *gen) refusedStatement(s ast.Stmt) {
	g.emit(&Output{
		Phase: PhaseScript, Refused: true,
		SQL: "-- refused, " + g.refusal.Code + ": " + oneLine(g.refusal.Message) + "\n" + g.asComment(s) + "\n",
	})
}

func oneLine(s string) string {
	b := []byte(s)
	for i, c := range b {
		if c == '\n' || c == '\r' {
			b[i] = ' '
		}
	}
	return string(b)
}

// atoi reads a number of few digits; what is none is 0.
func atoi(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		return 0
	}
	return n
}
