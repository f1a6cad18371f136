package rules

import (
	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

var constraintRely = &Rule{
	Code: "CV0222", Name: "constraint-rely", Since: first, Group: groupTables, Severity: model.Info, Effort: model.Auto,
	Before: `ALTER TABLE orders ADD CONSTRAINT orders_uk UNIQUE (order_no) RELY`,
	After:  `ALTER TABLE orders ADD CONSTRAINT orders_uk UNIQUE (order_no)`,
	On:     []Matcher{Node(constraintRelyOf)},
}

func constraintRelyOf(p *Pass, c *ast.Constraint) {
	switch {
	case c.Rely == token.RELY && c.Enabled != token.DISABLE:
		p.Report(c, "RELY tells the optimizer to trust the constraint; PostgreSQL trusts what it enforces and has no such word")
	case c.Exceptions != nil:
		p.ReportAs(c, model.Low, model.Review, "EXCEPTIONS INTO lists the offending rows in a table; in PostgreSQL a query has to find them")
	}
}
