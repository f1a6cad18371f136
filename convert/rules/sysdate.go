package rules

import (
	"fmt"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
)

var sysdate = &Rule{
	Code: "CV0404", Name: "sysdate", Since: first, Group: groupFunctions, Severity: model.Low, Effort: model.Auto, Needs: FeatureSysdate,
	Before: `SELECT SYSDATE FROM emp`,
	After:  `SELECT clock_timestamp()::timestamp(0) FROM emp`,
	On:     []Matcher{Builtin(sysdateUse, "SYSDATE")},
}

func sysdateUse(p *Pass, u Use) {
	if c, ok := p.Parent(0).(*ast.ColumnDef); ok {
		p.ReportAs(u.At, model.Low, model.Auto, fmt.Sprintf("the default of %s is the time of the database server's clock; PostgreSQL's is in the time zone of the session", p.name(c.Name)))
		return
	}
	p.Report(u.At, "SYSDATE is the server's clock at the start of the statement, in the server's zone; now() stands still over the whole transaction, so statement_timestamp() or clock_timestamp() is taken, cut to seconds")
}
