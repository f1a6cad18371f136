package gen

import (
	"regexp"
	"strings"

	"landfall/internal/oracle/syntax/ast"
)

// callStmt converts a call as a statement. What turns out to be a value, or a function that SQL itself has a form for, cannot
// be called.
func (g *gen) callStmt(x *ast.CallStmt) string {
	text := g.calledStmt(x)
	if rest, call := strings.CutPrefix(text, "CALL "); call && !callable.MatchString(unmarked(rest)) {
		g.refuse(x, "not-converted", "%s is no call of a procedure that the source knows", g.source(x))
	}
	return text
}

var callable = regexp.MustCompile(`^("[^"]+"|[\pL_][\pL\d_$]*)(\.("[^"]+"|[\pL_][\pL\d_$]*))*\(`)
