package rules

import (
	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
)

var returningInto = &Rule{
	Code: "CV0506", Name: "returning-into", Since: first, Group: groupDML, Severity: model.Info, Effort: model.Auto,
	Before: `BEGIN INSERT INTO dept (deptno) VALUES (1) RETURNING deptno INTO :x; END;
/`,
	After: `DO $$ DECLARE x integer; BEGIN INSERT INTO dept (deptno) VALUES (1) RETURNING deptno INTO x; END $$`,
	On:    []Matcher{Node(returningIntoClause)},
}

func returningIntoClause(p *Pass, r *ast.Returning) {
	if r.Into == nil {
		return
	}
	if r.Into.Bulk {
		p.ReportAs(r, model.Medium, model.Auto, "RETURNING BULK COLLECT INTO: a WITH item around the statement, its rows taken by array_agg")
		return
	}
	p.Report(r, "RETURNING INTO is kept; without a row the targets become NULL in PostgreSQL and keep their value in Oracle")
}
