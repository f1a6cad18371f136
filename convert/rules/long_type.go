package rules

import (
	"fmt"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

var longType = &Rule{
	Code: "CV0105", Name: "long", Since: first, Group: groupTypes, Severity: model.Medium, Effort: model.Auto, Needs: FeatureLong,
	Before: `CREATE TABLE note (body LONG)`,
	After:  `CREATE TABLE note (body text)`,
	On:     []Matcher{Node(longTypeUse)},
}

func longTypeUse(p *Pass, t *ast.DataType) {
	if t.Kw != token.LONG {
		return
	}
	to := "text"
	if t.Hi-t.Lo > 1 && p.File.Tokens[t.Lo+1].Is(token.RAW) {
		to = "bytea"
	}
	p.Report(t, fmt.Sprintf("%s becomes %s; values over 1 GB do not fit, and code that reads it piecewise (DBMS_SQL, OCI) has to change", p.text(t), to))
}
