package rules

import (
	"fmt"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
)

var defaultOnNull = &Rule{
	Code: "CV0203", Name: "default-on-null", Since: first, Group: groupTables, Severity: model.Medium, Effort: model.Auto, Needs: FeatureDefaultOnNull,
	Before: `CREATE TABLE account (state INTEGER DEFAULT ON NULL 0)`,
	After:  `CREATE TABLE account (state integer DEFAULT 0 NOT NULL)`,
	On:     []Matcher{Node(defaultOnNullDef)},
}

func defaultOnNullDef(p *Pass, c *ast.ColumnDef) {
	if c.DefaultOnNull {
		p.Report(c, fmt.Sprintf("column %s takes its default also when NULL is given; PostgreSQL takes it only when the column is left out, so a BEFORE INSERT trigger is needed", p.name(c.Name)))
	}
}
