package rules

import (
	"fmt"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

var lobType = &Rule{
	Code: "CV0110", Name: "lob", Since: first, Group: groupTypes, Severity: model.Low, Effort: model.Auto, Needs: FeatureLob,
	Before: `CREATE TABLE contract (body CLOB)`,
	After:  `CREATE TABLE contract (body text)`,
	On:     []Matcher{Node(lobTypeUse)},
}

func lobTypeUse(p *Pass, t *ast.DataType) {
	column, ok := p.inColumn()
	if !ok {
		return
	}
	switch t.Kw {
	case token.CLOB, token.NCLOB:
		p.Report(t, fmt.Sprintf("column %s: %s becomes text; a value must stay below 1 GB, and there are no LOB locators to pass around", p.name(column.Name), t.Kw))
	case token.BLOB:
		p.Report(t, fmt.Sprintf("column %s: BLOB becomes bytea; a value must stay below 1 GB, larger ones need large objects", p.name(column.Name)))
	}
}
