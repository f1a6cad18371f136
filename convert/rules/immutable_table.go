package rules

import (
	"fmt"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
)

var immutableTable = &Rule{
	Code: "CV0231", Name: "immutable-table", Since: first, Group: groupTables, Severity: model.High, Effort: model.Manual,
	Before: `CREATE IMMUTABLE TABLE ledger (id INTEGER) NO DROP UNTIL 31 DAYS IDLE NO DELETE UNTIL 31 DAYS AFTER INSERT`,
	After:  ``,
	On:     []Matcher{Node(immutableTableDef)},
}

func immutableTableDef(p *Pass, t *ast.CreateTable) {
	if t.Immutable || t.Blockchain {
		p.Report(t.Name, fmt.Sprintf("%s cannot be changed by anybody in Oracle; in PostgreSQL only privileges and triggers protect it, which its owner can take away", p.name(t.Name)))
	}
}
