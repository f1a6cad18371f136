package rules

import (
	"fmt"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
)

var longName = &Rule{
	Code: "CV0229", Name: "long-name", Since: first, Group: groupTables, Severity: model.High, Effort: model.Review,
	Before: `CREATE TABLE long_name (a_column_name_that_goes_on_and_on_until_it_is_longer_than_postgresql_takes INTEGER)`,
	After:  `CREATE TABLE long_name (a_column_name_that_goes_on_and_on_until_it_is_longer_than_postg integer)`,
	On:     declares(longNameUse),
}

// maxName is NAMEDATALEN-1, the longest name in bytes.
const maxName = 63

func longNameUse(p *Pass, n *ast.Name, what string) {
	if name := p.File.Ident(n.Hi - 1); len(name) > maxName {
		p.Report(n, fmt.Sprintf("the %s name %s has %d bytes; PostgreSQL silently cuts names to %d, and two names can become one", what, name, len(name), maxName))
	}
}
