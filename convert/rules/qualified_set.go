package rules

import (
	"fmt"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
)

var qualifiedSet = &Rule{
	Code: "CV0504", Name: "qualified-set", Since: first, Group: groupDML, Severity: model.Low, Effort: model.Auto,
	Before: `UPDATE emp e SET e.sal = 1 WHERE e.empno = 7`,
	After:  `UPDATE emp e SET sal = 1 WHERE e.empno = 7`,
	On:     []Matcher{Node(qualifiedSetUpdate), Node(qualifiedSetMerge)},
}

func qualifiedSetUpdate(p *Pass, u *ast.Update)      { reportQualified(p, u.Set) }
func qualifiedSetMerge(p *Pass, m *ast.MergeMatched) { reportQualified(p, m.Set) }

// reportQualified reports the first of the targets that carry a qualifier: the fix is one for the statement.
func reportQualified(p *Pass, set []*ast.Assign) {
	for _, a := range set {
		targets := []ast.Expr{a.Target}
		if l, ok := a.Target.(*ast.List); ok {
			targets = l.Items
		}
		for _, t := range targets {
			if n, ok := t.(*ast.Name); ok && n.Hi-n.Lo > 1 {
				p.Report(n, fmt.Sprintf("the target %s carries a qualifier, which PostgreSQL takes for a column of a composite: it is dropped", p.text(n)))
				return
			}
		}
		if a.Row {
			p.ReportAs(a, model.Medium, model.Auto, "SET ROW = record is written out, one column each")
			return
		}
	}
}
