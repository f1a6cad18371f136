package rules

import (
	"fmt"

	"landfall/internal/model"
	"landfall/internal/oracle/resolve"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

var rowidRule = &Rule{
	Code: "CV0326", Name: "rowid", Since: first, Group: groupQuery, Severity: model.High, Effort: model.Review, Needs: FeatureRowid,
	Before: `SELECT ROWID FROM emp`,
	After:  `SELECT ctid FROM emp`,
	On:     []Matcher{Builtin(rowidUse, "ROWID"), Node(rowidQualified), Builtin(rowidFunction, "ROWIDTOCHAR", "CHARTOROWID", "ROWIDTONCHAR")},
}

func rowidUse(p *Pass, u Use) {
	if u.Call == nil {
		reportRowid(p, u.At)
	}
}

// rowidQualified finds e.ROWID, which nobody can have a column of: the word is reserved.
func rowidQualified(p *Pass, n *ast.Name) {
	if n.Hi-n.Lo == 3 && p.File.Tokens[n.Hi-1].Is(token.ROWID) && p.Info.Ref(n).Kind == resolve.Unknown {
		reportRowid(p, n)
	}
}

func reportRowid(p *Pass, n ast.Node) {
	p.Report(n, "ROWID becomes ctid, which changes when the row is updated or moved by VACUUM FULL: good within one statement, not to keep; the primary key is better")
}

func rowidFunction(p *Pass, u Use) {
	p.Report(u.Node(), fmt.Sprintf("%s turns row addresses to text and back; they do not survive the move", u.Name))
}
