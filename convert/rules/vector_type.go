package rules

import (
	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

var vectorType = &Rule{
	Code: "CV0124", Name: "vector", Since: first, Group: groupTypes, Severity: model.Medium, Effort: model.Manual,
	Before: `CREATE TABLE doc (embedding VECTOR(3, FLOAT32))`,
	After:  ``,
	On:     []Matcher{Node(vectorTypeUse)},
}

func vectorTypeUse(p *Pass, t *ast.DataType) {
	if t.Kw == token.VECTOR {
		p.Report(t, "VECTOR needs the extension pgvector, whose type, distance operators and indexes are named differently")
	}
}
