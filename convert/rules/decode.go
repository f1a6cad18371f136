package rules

import (
	"fmt"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
)

var decode = &Rule{
	Code: "CV0403", Name: "decode", Since: first, Group: groupFunctions, Severity: model.Low, Effort: model.Auto, Needs: FeatureDecode,
	Before: `SELECT DECODE(deptno, 10, 'ten', 20, 'twenty', 'other') FROM emp`,
	After:  `SELECT CASE deptno WHEN 10 THEN 'ten' WHEN 20 THEN 'twenty' ELSE 'other' END FROM emp`,
	On:     []Matcher{Builtin(decodeUse, "DECODE")},
}

func decodeUse(p *Pass, u Use) {
	n := u.Args()
	if n < 3 {
		return
	}
	for i := 1; i+1 < n; i += 2 {
		l, ok := ast.Unparen(u.Arg(i)).(*ast.Literal)
		switch {
		case ok && (l.Kind == ast.LitNull || p.emptyString(l)):
			p.ReportAs(u.Call, model.Medium, model.Auto, "DECODE finds NULL equal to NULL, CASE x WHEN NULL never does: it becomes CASE WHEN x IS NULL")
			return
		case !ok:
			p.ReportAs(u.Call, model.Medium, model.Auto, fmt.Sprintf("DECODE finds NULL equal to NULL, and %s can be NULL: it becomes CASE WHEN a IS NOT DISTINCT FROM b", p.text(u.Arg(i))))
			return
		}
	}
	p.Report(u.Call, fmt.Sprintf("DECODE becomes CASE with %s", count((n-1)/2, "arm")))
}
