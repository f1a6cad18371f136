package rules

import (
	"fmt"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

var charPadded = &Rule{
	Code: "CV0118", Name: "char-padded", Since: first, Group: groupTypes, Severity: model.Low, Effort: model.Review, Needs: FeatureCharPadding,
	Before: `CREATE TABLE country (iso CHAR(3))`,
	After:  `CREATE TABLE country (iso char(3))`,
	On:     []Matcher{Node(charPaddedType)},
}

func charPaddedType(p *Pass, t *ast.DataType) {
	column, ok := p.inColumn()
	if !ok || t.Kw != token.CHAR && t.Kw != token.CHARACTER || t.Hi-t.Lo > 1 && p.File.Tokens[t.Lo+1].Is(token.VARYING) {
		return
	}
	if len(t.Args) == 0 {
		return // one character has no padding to lose
	}
	if n, ok := p.intValue(t.Args[0]); ok && n == 1 {
		return
	}
	p.Report(t, fmt.Sprintf("column %s: %s keeps its blanks in Oracle wherever it is used; PostgreSQL drops them in length(), || and when it is cast to text", p.name(column.Name), p.text(t)))
}
