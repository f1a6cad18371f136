package rules

import (
	"fmt"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

var reverseIndex = &Rule{
	Code: "CV0217", Name: "reverse-index", Since: first, Group: groupTables, Severity: model.Low, Effort: model.Auto,
	Before: `CREATE INDEX order_no_i ON orders (order_no) REVERSE`,
	After:  `CREATE INDEX order_no_i ON orders (order_no)`,
	On:     []Matcher{Node(reverseIndexDef)},
}

func reverseIndexDef(p *Pass, c *ast.CreateIndex) {
	for _, prop := range c.Props {
		if prop.Head == token.REVERSE {
			p.Report(prop, fmt.Sprintf("index %s turns the bytes of its keys around to spread inserts; it becomes a plain index, which also serves ranges", p.name(c.Name)))
		}
	}
}
