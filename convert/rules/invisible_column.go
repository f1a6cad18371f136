package rules

import (
	"fmt"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

var invisibleColumn = &Rule{
	Code: "CV0204", Name: "invisible-column", Since: first, Group: groupTables, Severity: model.Medium, Effort: model.Review, Needs: FeatureInvisibleColumns,
	Before: `CREATE TABLE person (id INTEGER, secret INTEGER INVISIBLE)`,
	After:  `CREATE TABLE person (id integer, secret integer)`,
	On:     []Matcher{Node(invisibleColumnDef)},
}

func invisibleColumnDef(p *Pass, c *ast.ColumnDef) {
	if c.Visibility == token.INVISIBLE {
		p.Report(c, fmt.Sprintf("column %s is left out of SELECT * and of INSERT without a column list; in PostgreSQL every column is visible, a view has to hide it", p.name(c.Name)))
	}
}
