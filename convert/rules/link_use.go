package rules

import (
	"fmt"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
)

var linkUse = &Rule{
	Code: "CV0329", Name: "link-use", Since: first, Group: groupQuery, Severity: model.High, Effort: model.Review, Needs: FeatureDatabaseLinks,
	Before: `SELECT ename FROM emp@branch`,
	After:  `SELECT ename FROM emp`,
	On:     []Matcher{Node(linkUseName)},
}

func linkUseName(p *Pass, n *ast.Name) {
	if n.Link == 0 {
		return
	}
	switch p.Parent(0).(type) {
	case *ast.Call, *ast.CallStmt:
		p.ReportAs(n, model.High, model.Manual, fmt.Sprintf("%s is called over a database link; PostgreSQL reaches tables of other databases, not their routines: dblink with a query, or a service", p.name(n)))
	case *ast.CreateSynonym:
	default:
		p.Report(n, fmt.Sprintf("%s lies behind database link %s: it becomes a foreign table (oracle_fdw or postgres_fdw); joins may be done on this side", p.name(n), p.File.LinkName(n)))
	}
}
