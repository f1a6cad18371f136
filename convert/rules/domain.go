package rules

import (
	"fmt"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
)

var domainRule = &Rule{
	Code: "CV0235", Name: "domain", Since: first, Group: groupTables, Severity: model.Low, Effort: model.Review,
	Before: `CREATE DOMAIN span AS (a AS VARCHAR2(5 CHAR), b AS VARCHAR2(5 CHAR)) CHECK (a < b)`,
	After:  `CREATE TABLE t (low varchar(5), top varchar(5), CHECK (low < top))`,
	On:     []Matcher{Node(domainDef)},
}

func domainDef(p *Pass, d *ast.CreateDomain) {
	switch {
	case d.Flexible:
		p.Report(d.Name, fmt.Sprintf("which rules of the flexible domain %s hold depends on the row; PostgreSQL needs them as checks of each table", p.name(d.Name)))
	case d.Many:
		p.Report(d.Name, fmt.Sprintf("%s is a domain of several columns; its rules are made in each table that uses it", p.name(d.Name)))
	}
}
