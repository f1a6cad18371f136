package rules

import (
	"fmt"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
)

var directoryRule = &Rule{
	Code: "CV1006", Name: "directory", Since: first, Group: groupObjects, Severity: model.Medium, Effort: model.Review,
	Before: `CREATE DIRECTORY inbox AS '/data/in'`,
	After:  ``,
	On:     []Matcher{Node(directoryStmt)},
}

func directoryStmt(p *Pass, d *ast.CreateDirectory) {
	p.Report(d.Name, fmt.Sprintf("directory %s (%s) is a folder of the old server; orafce keeps such names in utl_file.utl_file_dir, and the files have to be there", p.name(d.Name), p.text(d.Path)))
}
