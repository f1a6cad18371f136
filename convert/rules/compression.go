package rules

import (
	"fmt"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

var compression = &Rule{
	Code: "CV0224", Name: "compression-logging", Since: first, Group: groupTables, Severity: model.Info, Effort: model.Auto,
	Before: `CREATE TABLE archive (id INTEGER) NOLOGGING`,
	After:  `CREATE TABLE archive (id integer)`,
	On:     []Matcher{Node(compressionTable), Node(compressionIndex)},
}

func compressionTable(p *Pass, t *ast.CreateTable) { reportCompression(p, t.Props) }
func compressionIndex(p *Pass, c *ast.CreateIndex) { reportCompression(p, c.Props) }

func reportCompression(p *Pass, props []*ast.Clause) {
	for _, c := range props {
		switch c.Head {
		case token.NOLOGGING:
			p.Report(c, "NOLOGGING is left out: UNLOGGED in PostgreSQL is more, such a table is empty after a crash")
		case token.COMPRESS, token.INMEMORY, token.ILM:
			p.Report(c, fmt.Sprintf("%s is left out: PostgreSQL compresses only wide values (TOAST), so the table can be larger than in Oracle", c.Head))
		}
	}
}
