package rules

import (
	"fmt"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

var varchar2Bytes = &Rule{
	Code: "CV0103", Name: "varchar2-bytes", Since: first, Group: groupTypes, Severity: model.Info, Effort: model.Auto, Needs: FeatureVarchar2Bytes,
	Before: `CREATE TABLE person (name VARCHAR2(30 BYTE))`,
	After:  `CREATE TABLE person (name varchar(30))`,
	On:     []Matcher{Node(varchar2BytesType)},
}

func varchar2BytesType(p *Pass, t *ast.DataType) {
	if column, ok := p.inColumn(); ok && t.Sem == token.BYTE {
		p.Report(t, fmt.Sprintf("column %s: %s counts bytes, PostgreSQL counts characters, so the column takes more text than before", p.name(column.Name), p.text(t)))
	}
}
