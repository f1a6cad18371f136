package rules

import (
	"fmt"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

var encryptedColumn = &Rule{
	Code: "CV0226", Name: "encrypted-column", Since: first, Group: groupTables, Severity: model.High, Effort: model.Manual,
	Before: `CREATE TABLE card (pan INTEGER ENCRYPT)`,
	After:  ``,
	On:     []Matcher{Node(encryptedColumnDef)},
}

func encryptedColumnDef(p *Pass, c *ast.ColumnDef) {
	if c.Encrypt != nil && c.Encrypt.Head != token.DECRYPT {
		p.Report(c, fmt.Sprintf("column %s is encrypted on disk by Oracle; PostgreSQL does not do that by itself: encrypt the volume, or the values with pgcrypto", p.name(c.Name)))
	}
}
