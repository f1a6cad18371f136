package rules

import (
	"fmt"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
)

var objectColumn = &Rule{
	Code: "CV0119", Name: "object-column", Since: first, Group: groupTypes, Severity: model.Medium, Effort: model.Review, Needs: FeatureObjectTypes,
	Before: `CREATE TABLE customer (home address_t)`,
	After:  `CREATE TABLE customer (home address_t)`,
	On:     []Matcher{Node(objectColumnType)},
}

func objectColumnType(p *Pass, t *ast.DataType) {
	column, ok := p.inColumn()
	if !ok || t.Name == nil || t.Anchor != 0 || t.Ref || specialTypes[p.File.Last(t.Name)] != "" {
		return
	}
	if last := p.File.Last(t.Name); last == "XMLTYPE" {
		return
	}
	if _, inTable := p.Parent(1).(*ast.CreateTable); !inTable {
		if _, inAlter := p.Parent(1).(*ast.AlterAction); !inAlter {
			return
		}
	}
	p.Report(t, fmt.Sprintf("column %s is of the user-defined type %s: an object becomes a composite type without methods, a collection an array", p.name(column.Name), p.name(t.Name)))
}
