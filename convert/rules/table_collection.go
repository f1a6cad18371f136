package rules

import (
	"fmt"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

var tableCollection = &Rule{
	Code: "CV0321", Name: "table-collection", Since: first, Group: groupQuery, Severity: model.Medium, Effort: model.Auto,
	Before: `SELECT t.column_value FROM TABLE(parts_of(7)) t`,
	After:  `SELECT t.column_value FROM unnest(ARRAY[7]) AS t (column_value)`,
	On:     []Matcher{Node(tableCollectionRef)},
}

func tableCollectionRef(p *Pass, t *ast.TableExpr) {
	switch {
	case t.Joined:
	case t.Kind == token.TABLE || t.Kind == token.THE:
		p.Report(t, fmt.Sprintf("TABLE(%s): a collection becomes unnest(array), a pipelined function stands in FROM by itself; COLUMN_VALUE needs an alias", p.text(t.X)))
	case t.Kind == token.EXTERNAL || t.Kind == token.ANALYTIC:
		p.ReportAs(t, model.High, model.Manual, fmt.Sprintf("%s has no counterpart in PostgreSQL", p.text(t)))
	}
}
