package rules

import (
	"fmt"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

var indexOrganized = &Rule{
	Code: "CV0207", Name: "index-organized", Since: first, Group: groupTables, Severity: model.Low, Effort: model.Auto, Needs: FeatureIndexOrganized,
	Before: `CREATE TABLE lookup (id INTEGER PRIMARY KEY, val INTEGER) ORGANIZATION INDEX`,
	After:  `CREATE TABLE lookup (id integer PRIMARY KEY, val integer)`,
	On:     []Matcher{Node(indexOrganizedTable)},
}

func indexOrganizedTable(p *Pass, t *ast.CreateTable) {
	if t.Organization == token.INDEX {
		p.Report(t.Name, fmt.Sprintf("%s is stored in its primary key; in PostgreSQL it becomes a plain table, rows come in no order without ORDER BY, and INCLUDE columns or CLUSTER win part of the speed back", p.name(t.Name)))
	}
}
