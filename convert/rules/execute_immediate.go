package rules

import (
	"fmt"
	"strings"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

var executeImmediate = &Rule{
	Code: "CV0611", Name: "dynamic-sql", Since: first, Group: groupPLSQL, Severity: model.Low, Effort: model.Auto, Needs: FeatureExecuteImmediate,
	Before: `BEGIN EXECUTE IMMEDIATE 'DELETE FROM emp WHERE empno = :1' USING 7; END;
/`,
	After: `DO $$ BEGIN EXECUTE 'DELETE FROM emp WHERE empno = $1' USING 7; END $$`,
	On:    []Matcher{Node(executeImmediateStmt), Node(openForText)},
}

func executeImmediateStmt(p *Pass, e *ast.ExecImmediate) { reportDynamic(p, e, e.Text) }

func openForText(p *Pass, o *ast.OpenFor) {
	if o.Text != nil {
		reportDynamic(p, o, o.Text)
	}
}

func reportDynamic(p *Pass, n ast.Node, text ast.Expr) {
	for _, d := range p.Info.Dynamic {
		if d.Node == n && d.Constant {
			p.Report(n, fmt.Sprintf("dynamic SQL with a known text is converted like any other (:n becomes $n): %s", cutText(d.Text)))
			return
		}
	}
	_, constant := p.stringValue(text)
	concat, isConcat := ast.Unparen(text).(*ast.Binary)
	switch {
	case constant:
		p.Report(n, "dynamic SQL with a constant text: the text is converted too, :n becomes $n")
	case isConcat && concat.Op.Kind == token.Concat:
		p.ReportAs(n, model.High, model.Review, fmt.Sprintf("dynamic SQL is put together at run time (%s): only its constant parts can be converted; look at what it becomes", p.text(text)))
	default:
		p.ReportAs(n, model.High, model.Manual, fmt.Sprintf("the text of dynamic SQL comes from %s: what it holds is not known here, and its author has to write it for PostgreSQL", p.text(text)))
	}
}

func cutText(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	if r := []rune(s); len(r) > 60 {
		return string(r[:59]) + "…"
	}
	return s
}
