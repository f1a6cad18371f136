package rules

import (
	"fmt"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
)

var libraryRule = &Rule{
	Code: "CV1011", Name: "library", Since: first, Group: groupObjects, Severity: model.Blocker, Effort: model.Manual,
	Before: `CREATE LIBRARY geo IS '/opt/geo.so';
/`,
	After: ``,
	On:    []Matcher{Node(libraryStmt)},
}

func libraryStmt(p *Pass, l *ast.CreateLibrary) {
	p.Report(l.Name, fmt.Sprintf("library %s holds machine code for Oracle's interface (%s); it has to be built anew against PostgreSQL's", p.name(l.Name), p.text(l.Path)))
}
