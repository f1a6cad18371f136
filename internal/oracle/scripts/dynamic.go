package scripts

import (
	"strings"

	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/parser"
)

// dynamic folds in DDL that an anonymous block executes when its text is constant, as if it stood in the script:
// install scripts wrap it so to pass over what exists already.
func (x *extractor) dynamic(s *ast.ExecImmediate, in *loopRow) {
	text, known := x.value(s.Text, in)
	if !isDDL(text) {
		return
	}
	if !known {
		if verb := strings.ToUpper(strings.Fields(text)[0]); verb == "CREATE" {
			x.fd.problem(Problem{
				Kind: ProblemDynamic, Pos: x.pos(s), Note: true, Msg: "what this creates is known only when the block runs: " + shortText(text) + " ...",
				Hint: "it is not in the catalog; see the block",
			})
		}
		return
	}
	at := x.pos(s)
	f := parser.Parse(at.File, []byte(text), parser.Options{})
	if len(f.Errors) > 0 {
		x.fd.problem(Problem{
			Kind: ProblemDynamic, Pos: at, Note: true, Msg: "the text of this dynamic statement cannot be read: " + f.Errors[0].Msg,
			Hint: "it is not in the catalog; see the block",
		})
		return
	}
	inner := *x
	inner.f, inner.from = f, &at
	for _, st := range f.Stmts {
		switch st.(type) {
		case *ast.Block, *ast.PlusCommand, *ast.SQLCall:
		default:
			inner.statement(st)
		}
	}
}

func isDDL(text string) bool {
	words := strings.Fields(text[:min(len(text), 200)])
	if len(words) < 2 {
		return false
	}
	switch strings.ToUpper(words[0]) {
	case "CREATE", "ALTER", "DROP", "COMMENT", "GRANT", "REVOKE", "RENAME":
		return true
	}
	return false
}
