package rules

import (
	"fmt"
	"slices"
	"strings"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

var storageClause = &Rule{
	Code: "CV0223", Name: "storage", Since: first, Group: groupTables, Severity: model.Info, Effort: model.Auto,
	Before: `CREATE TABLE heap (id INTEGER) PCTFREE 10 INITRANS 2 TABLESPACE users STORAGE (INITIAL 64K)`,
	After:  `CREATE TABLE heap (id integer)`,
	On:     []Matcher{Node(storageOfTable), Node(storageOfIndex)},
}

// storageWords begin clauses on where and how blocks are kept; a conversion leaves them out on purpose.
var storageWords = []token.Keyword{
	token.PCTFREE, token.PCTUSED, token.INITRANS, token.MAXTRANS, token.STORAGE, token.TABLESPACE, token.SEGMENT, token.BUFFER_POOL,
	token.CACHE, token.NOCACHE, token.PARALLEL, token.NOPARALLEL, token.MONITORING, token.NOMONITORING, token.ROW, token.RESULT_CACHE,
}

func storageOfTable(p *Pass, t *ast.CreateTable) { reportStorage(p, t.Props) }
func storageOfIndex(p *Pass, c *ast.CreateIndex) { reportStorage(p, c.Props) }

func reportStorage(p *Pass, props []*ast.Clause) {
	var words []string
	var at ast.Node
	for _, c := range props {
		if slices.Contains(storageWords, c.Head) && !slices.Contains(words, c.Head.String()) {
			words = append(words, c.Head.String())
			if at == nil {
				at = c
			}
		}
	}
	if at != nil {
		p.Report(at, fmt.Sprintf("left out on purpose: %s; PostgreSQL keeps blocks by its own rules (fillfactor, tablespaces and autovacuum are set apart)", strings.Join(words, ", ")))
	}
}
