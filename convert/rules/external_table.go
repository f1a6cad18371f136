package rules

import (
	"fmt"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

var externalTable = &Rule{
	Code: "CV0208", Name: "external-table", Since: first, Group: groupTables, Severity: model.High, Effort: model.Review,
	Before: `CREATE TABLE rates_in (code INTEGER) ORGANIZATION EXTERNAL (TYPE ORACLE_LOADER DEFAULT DIRECTORY inbox LOCATION ('rates.csv'))`,
	After:  `CREATE FOREIGN TABLE rates_in (code integer) SERVER files OPTIONS (filename '/inbox/rates.csv', format 'csv')`,
	On:     []Matcher{Node(externalTableDef)},
}

func externalTableDef(p *Pass, t *ast.CreateTable) {
	if t.Organization == token.EXTERNAL || t.External != nil {
		p.Report(t.Name, fmt.Sprintf("%s reads files of the server; file_fdw does that for delimited text only, without bad and discard files and without reject limits", p.name(t.Name)))
	}
}
