package rules

import (
	"fmt"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

var rawType = &Rule{
	Code: "CV0106", Name: "raw", Since: first, Group: groupTypes, Severity: model.Low, Effort: model.Auto, Needs: FeatureRaw,
	Before: `CREATE TABLE token_use (id RAW(16))`,
	After:  `CREATE TABLE token_use (id bytea)`,
	On:     []Matcher{Node(rawTypeUse)},
}

func rawTypeUse(p *Pass, t *ast.DataType) {
	if column, ok := p.inColumn(); ok && t.Kw == token.RAW {
		hint := "its length limit is lost unless a CHECK on octet_length keeps it"
		if len(t.Args) == 1 {
			if n, ok := p.intValue(t.Args[0]); ok && n == 16 {
				hint = "with 16 bytes it may be an identifier from SYS_GUID, for which uuid is the better type"
			}
		}
		p.Report(t, fmt.Sprintf("column %s: %s becomes bytea; %s", p.name(column.Name), p.text(t), hint))
	}
}
