package rules

import (
	"fmt"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
)

var virtualColumn = &Rule{
	Code: "CV0201", Name: "virtual-column", Since: first, Group: groupTables, Severity: model.Low, Effort: model.Auto, Needs: FeatureVirtualColumns,
	Before: `CREATE TABLE line (qty INTEGER, price INTEGER, total INTEGER GENERATED ALWAYS AS (qty * price) VIRTUAL)`,
	After:  `CREATE TABLE line (qty integer, price integer, total integer GENERATED ALWAYS AS (qty * price) STORED)`,
	On:     []Matcher{Node(virtualColumnDef)},
}

func virtualColumnDef(p *Pass, c *ast.ColumnDef) {
	if c.Generated == nil {
		return
	}
	p.Report(c, fmt.Sprintf("virtual column %s becomes a stored generated column (virtual ones come with version 18); its expression %s may only call immutable functions", p.name(c.Name), p.text(c.Generated)))
}
