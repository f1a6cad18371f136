package rules

import (
	"fmt"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
)

var refType = &Rule{
	Code: "CV0123", Name: "ref-type", Since: first, Group: groupTypes, Severity: model.High, Effort: model.Manual,
	Before: `CREATE TABLE staff (boss REF employee_t)`,
	After:  `CREATE TABLE staff (boss uuid)`,
	On:     []Matcher{Node(refTypeUse), Builtin(refFunction, "DEREF", "MAKE_REF", "REFTOHEX")},
}

func refTypeUse(p *Pass, t *ast.DataType) {
	if t.Ref {
		p.Report(t, fmt.Sprintf("%s points to a row object; it becomes the identifier of the row, as a uuid", p.text(t)))
	}
}

func refFunction(p *Pass, u Use) {
	p.Report(u.Node(), fmt.Sprintf("%s works on references to row objects, which become identifiers of rows", u.Name))
}
