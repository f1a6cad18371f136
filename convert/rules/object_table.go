package rules

import (
	"fmt"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
)

var objectTable = &Rule{
	Code: "CV0230", Name: "object-table", Since: first, Group: groupTables, Severity: model.High, Effort: model.Review,
	Before: `CREATE TABLE persons OF person_t`,
	After:  `CREATE TABLE persons OF person_t`,
	On:     []Matcher{Node(objectTableDef), Node(objectViewDef)},
}

func objectTableDef(p *Pass, t *ast.CreateTable) {
	if t.OfType != nil {
		p.Report(t.Name, fmt.Sprintf("%s is a table of objects: a typed table stands for it, or a table of all attributes where rows are of subtypes or references point to them", p.name(t.Name)))
	}
}

func objectViewDef(p *Pass, v *ast.CreateView) {
	if v.OfType != nil || v.Under != nil {
		p.Report(v.Name, fmt.Sprintf("%s is an object view; it becomes a plain view of the attributes", p.name(v.Name)))
	}
}
