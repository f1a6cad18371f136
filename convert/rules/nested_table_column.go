package rules

import (
	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

var nestedTableColumn = &Rule{
	Code: "CV0120", Name: "nested-table-column", Since: first, Group: groupTypes, Severity: model.High, Effort: model.Review, Needs: FeatureNestedTables,
	Before: `CREATE TABLE invoice (total INTEGER) NESTED TABLE lines STORE AS invoice_lines`,
	After:  `CREATE TABLE invoice (total integer, lines text[])`,
	On:     []Matcher{Node(nestedTableColumnClause)},
}

func nestedTableColumnClause(p *Pass, t *ast.CreateTable) {
	for _, c := range t.Props {
		if c.Head == token.NESTED {
			p.Report(c, "a nested table is stored in a table of its own; it becomes an array in the row, or a child table with a foreign key where it is queried and changed by element")
		}
	}
}
