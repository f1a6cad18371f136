package rules

import (
	"fmt"
	"strings"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

var materializedView = &Rule{
	Code: "CV1004", Name: "materialized-view", Since: first, Group: groupObjects, Severity: model.Medium, Effort: model.Review, Needs: FeatureMaterializedViews,
	Before: `CREATE MATERIALIZED VIEW totals REFRESH COMPLETE ON DEMAND AS SELECT deptno, SUM(sal) AS total FROM emp GROUP BY deptno`,
	After:  `CREATE MATERIALIZED VIEW totals AS SELECT deptno, sum(sal) AS total FROM emp GROUP BY deptno`,
	On:     []Matcher{Node(materializedViewStmt)},
}

func materializedViewStmt(p *Pass, m *ast.CreateMView) {
	r := m.Refresh
	name := p.name(m.Name)
	switch {
	case r != nil && (r.On == token.COMMIT || r.On == token.STATEMENT):
		p.ReportAs(m.Name, model.High, model.Manual, fmt.Sprintf("materialized view %s is refreshed at every %s: PostgreSQL cannot; triggers that keep a table, or pg_ivm", name, strings.ToLower(r.On.String())))
	case r != nil && r.Method == token.FAST:
		p.ReportAs(m.Name, model.High, model.Review, fmt.Sprintf("materialized view %s is refreshed by its changes: PostgreSQL computes the whole anew each time (pg_ivm keeps simple ones)", name))
	case r != nil && (r.Start != nil || r.Next != nil):
		p.Report(m.Name, fmt.Sprintf("materialized view %s is refreshed by a timetable: pg_cron or a job of the system calls REFRESH MATERIALIZED VIEW", name))
	case m.ForUpdate || m.Prebuilt:
		p.ReportAs(m.Name, model.High, model.Manual, fmt.Sprintf("materialized view %s can be written to or stands on a table that was there before: in PostgreSQL it is a table with a job that fills it", name))
	default:
		p.Report(m.Name, fmt.Sprintf("materialized view %s is kept; REFRESH locks readers out without CONCURRENTLY, which needs a unique index, and the optimizer never rewrites queries to it", name))
	}
}
