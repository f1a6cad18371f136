package rules

import (
	"fmt"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

var nationalText = &Rule{
	Code: "CV0117", Name: "national-text", Since: first, Group: groupTypes, Severity: model.Info, Effort: model.Auto, Needs: FeatureNationalText,
	Before: `CREATE TABLE person (native_name NVARCHAR2(40))`,
	After:  `CREATE TABLE person (native_name varchar(40))`,
	On:     []Matcher{Node(nationalTextType)},
}

func nationalTextType(p *Pass, t *ast.DataType) {
	if _, ok := p.inColumn(); ok && (t.Kw == token.NVARCHAR2 || t.Kw == token.NCHAR || t.Kw == token.NATIONAL) {
		p.Report(t, fmt.Sprintf("%s: a PostgreSQL database has one character set (UTF8), so national types become the plain ones", p.text(t)))
	}
}
