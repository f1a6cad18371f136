package rules

import (
	"fmt"
	"strings"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

var hiddenIndex = &Rule{
	Code: "CV0220", Name: "hidden-index", Since: first, Group: groupTables, Severity: model.Low, Effort: model.Review,
	Before: `CREATE INDEX order_date_i ON orders (ordered) INVISIBLE`,
	After:  ``,
	On:     []Matcher{Node(hiddenIndexDef)},
}

func hiddenIndexDef(p *Pass, c *ast.CreateIndex) {
	for _, prop := range c.Props {
		if prop.Head == token.INVISIBLE || prop.Head == token.UNUSABLE {
			p.Report(prop, fmt.Sprintf("index %s is %s, so the optimizer does not use it; in PostgreSQL it would be used at once: leave it out unless it is wanted", p.name(c.Name), strings.ToLower(prop.Head.String())))
		}
	}
}
