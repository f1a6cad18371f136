package rules

import (
	"fmt"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
)

var databaseLink = &Rule{
	Code: "CV1003", Name: "database-link", Since: first, Group: groupObjects, Severity: model.High, Effort: model.Review, Needs: FeatureDatabaseLinks,
	Before: `CREATE DATABASE LINK branch CONNECT TO app IDENTIFIED BY secret USING 'branch'`,
	After:  ``,
	On:     []Matcher{Node(databaseLinkStmt)},
}

func databaseLinkStmt(p *Pass, l *ast.CreateDBLink) {
	p.Report(l.Name, fmt.Sprintf("database link %s becomes a foreign server with a user mapping (oracle_fdw to an Oracle, postgres_fdw to a PostgreSQL); passwords are given anew", p.name(l.Name)))
}
