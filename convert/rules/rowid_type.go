package rules

import (
	"fmt"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

var rowidType = &Rule{
	Code: "CV0107", Name: "rowid-type", Since: first, Group: groupTypes, Severity: model.High, Effort: model.Manual, Needs: FeatureRowidType,
	Before: `CREATE TABLE chained (head_row ROWID)`,
	After:  ``,
	On:     []Matcher{Node(rowidTypeUse)},
}

func rowidTypeUse(p *Pass, t *ast.DataType) {
	if t.Kw != token.ROWID && t.Kw != token.UROWID {
		return
	}
	if column, ok := p.inColumn(); ok {
		p.Report(t, fmt.Sprintf("column %s stores row addresses of Oracle, which mean nothing after the move; store the key of the row", p.name(column.Name)))
		return
	}
	p.ReportAs(t, model.Medium, model.Review, fmt.Sprintf("a variable of type %s holds a row address; ctid is the nearest, but it changes with every update of the row", t.Kw))
}
