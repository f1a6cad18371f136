package rules

import (
	"fmt"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
)

var refType = &Rule{
	Code: "CV0123", Name: "ref-type", Since: first, Group: groupTypes, Severity: model.High, Effort: model.Manual,
	Before: `CREATE TABLE staff (boss REF employee_t)`,
	After:  ``,
	On:     []Matcher{Node(refTypeUse), Builtin(refFunction, "DEREF", "MAKE_REF", "REFTOHEX")},
}

func refTypeUse(p *Pass, t *ast.DataType) {
	if t.Ref {
		p.Report(t, fmt.Sprintf("%s points to a row object; PostgreSQL has no object references: use the key of the row and a foreign key", p.text(t)))
	}
}

func refFunction(p *Pass, u Use) {
	p.Report(u.Node(), fmt.Sprintf("%s works on references to row objects, which PostgreSQL does not have", u.Name))
}
