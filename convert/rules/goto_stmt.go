package rules

import (
	"fmt"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
)

var gotoRule = &Rule{
	Code: "CV0618", Name: "goto", Since: first, Group: groupPLSQL, Severity: model.High, Effort: model.Review, Needs: FeatureGoto,
	Before: `BEGIN GOTO done; <<done>> NULL; END;
/`,
	After: `DO $$ BEGIN <<done>> BEGIN EXIT done; END; END $$`,
	On:    []Matcher{Node(gotoStmt)},
}

func gotoStmt(p *Pass, g *ast.Goto) {
	p.Report(g, fmt.Sprintf("GOTO %s: PL/pgSQL has none; a jump forward becomes EXIT from a labelled block, a jump back a loop", p.name(g.Label)))
}
