package rules

import (
	"fmt"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

var privateTemporary = &Rule{
	Code: "CV0206", Name: "private-temporary", Since: first, Group: groupTables, Severity: model.Low, Effort: model.Auto, Needs: FeaturePrivateTemporary,
	Before: `CREATE PRIVATE TEMPORARY TABLE ora$ptt_basket (item INTEGER) ON COMMIT DROP DEFINITION`,
	After:  `CREATE TEMPORARY TABLE ptt_basket (item integer) ON COMMIT DROP`,
	On:     []Matcher{Node(privateTemporaryTable)},
}

func privateTemporaryTable(p *Pass, t *ast.CreateTable) {
	if t.Temporary == token.PRIVATE {
		p.Report(t.Name, fmt.Sprintf("private temporary table %s is what PostgreSQL calls a temporary table; it lies in the schema pg_temp", p.name(t.Name)))
	}
}
