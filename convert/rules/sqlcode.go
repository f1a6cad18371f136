package rules

import (
	"fmt"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
)

var sqlcodeRule = &Rule{
	Code: "CV0612", Name: "sqlcode", Since: first, Group: groupPLSQL, Severity: model.Medium, Effort: model.Auto, Needs: FeatureExceptions,
	Before: `BEGIN log_it(SQLCODE); END;
/`,
	After: `DO $$ BEGIN RAISE EXCEPTION 'x'; EXCEPTION WHEN OTHERS THEN RAISE NOTICE '%', SQLSTATE; END $$`,
	On:    []Matcher{Builtin(sqlcodeUse, "SQLCODE", "SQLERRM")},
}

func sqlcodeUse(p *Pass, u Use) {
	if !p.inPLSQL() {
		return
	}
	if u.Name == "SQLERRM" {
		if u.Args() == 1 {
			p.Report(u.Node(), "SQLERRM(number) gives Oracle's text of an error number; a table of texts has to serve")
			return
		}
		p.ReportAs(u.Node(), model.Low, model.Auto, "SQLERRM is kept; its text is PostgreSQL's and lacks the prefix ORA-nnnnn, which code may cut off or look for")
		return
	}
	if b, ok := p.Parent(0).(*ast.Binary); ok && comparison(b.Op.Kind) {
		p.ReportAs(b, model.High, model.Auto, fmt.Sprintf("%s tests an Oracle error number; PostgreSQL has SQLSTATE of five characters: the number is mapped where it has a counterpart", p.text(b)))
		return
	}
	p.Report(u.Node(), "SQLCODE is a number in Oracle, SQLSTATE a text in PostgreSQL; tables and messages that keep it must take the text, or a function maps it")
}
