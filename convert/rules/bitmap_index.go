package rules

import (
	"fmt"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

var bitmapIndex = &Rule{
	Code: "CV0216", Name: "bitmap-index", Since: first, Group: groupTables, Severity: model.Low, Effort: model.Auto, Needs: FeatureBitmapIndex,
	Before: `CREATE BITMAP INDEX order_state_i ON orders (state)`,
	After:  `CREATE INDEX order_state_i ON orders (state)`,
	On:     []Matcher{Node(bitmapIndexDef)},
}

func bitmapIndexDef(p *Pass, c *ast.CreateIndex) {
	switch {
	case c.Kind != token.BITMAP:
	case len(c.From) > 0:
		p.ReportAs(c.Name, model.Medium, model.Manual, fmt.Sprintf("bitmap join index %s indexes columns of other tables; PostgreSQL has none: a materialized view or plain indexes have to serve", p.name(c.Name)))
	default:
		p.Report(c.Name, fmt.Sprintf("bitmap index %s becomes a B-tree: PostgreSQL builds bitmaps while it reads, but does not store them; unlike the bitmap it is not small", p.name(c.Name)))
	}
}
