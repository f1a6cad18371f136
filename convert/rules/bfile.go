package rules

import (
	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

var bfile = &Rule{
	Code: "CV0108", Name: "bfile", Since: first, Group: groupTypes, Severity: model.High, Effort: model.Manual, Needs: FeatureBfile,
	Before: `CREATE TABLE scan (page BFILE)`,
	After:  `CREATE TABLE scan (page_directory text, page_file text)`,
	On:     []Matcher{Node(bfileType), Builtin(bfileName, "BFILENAME")},
}

func bfileType(p *Pass, t *ast.DataType) {
	if t.Kw == token.BFILE {
		p.Report(t, "BFILE points to a file on the database server; PostgreSQL has no such type: keep directory and name as text, or load the content into bytea")
	}
}

func bfileName(p *Pass, u Use) {
	p.Report(u.Node(), "BFILENAME makes a pointer to a file on the database server, which PostgreSQL does not have")
}
