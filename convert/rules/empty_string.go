package rules

import (
	"fmt"
	"slices"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
)

var emptyString = &Rule{
	Code: "CV0417", Name: "empty-string", Since: first, Group: groupFunctions, Severity: model.High, Effort: model.Review, Needs: FeatureEmptyStringNull,
	Before: `SELECT ename FROM emp WHERE job = ''`,
	After:  `SELECT ename FROM emp WHERE job = NULL`,
	On:     []Matcher{Node(emptyStringCompare), Node(emptyStringIn), Node(emptyStringAssign)},
}

func emptyStringCompare(p *Pass, b *ast.Binary) {
	if !comparison(b.Op.Kind) {
		return
	}
	other := b.X
	switch {
	case p.emptyString(b.Y):
	case p.emptyString(b.X):
		other = b.Y
	default:
		return
	}
	p.Report(b, fmt.Sprintf("%s: '' is NULL in Oracle, so this is never true; in PostgreSQL '' is a text and the condition can hold: was %s IS NULL meant?", p.text(b), p.text(other)))
}

func emptyStringIn(p *Pass, in *ast.In) {
	if list, ok := in.Set.(*ast.List); ok && slices.ContainsFunc(list.Items, p.emptyString) {
		p.Report(in, fmt.Sprintf("%s has '' in its list, which is NULL in Oracle: it never matches, and with NOT IN nothing does", p.text(in)))
	}
}

func emptyStringAssign(p *Pass, a *ast.AssignStmt) {
	if p.emptyString(a.Value) {
		p.ReportAs(a, model.Low, model.Auto, fmt.Sprintf("%s: '' is NULL in Oracle; it becomes NULL so that IS NULL tests still hold", p.text(a)))
	}
}
