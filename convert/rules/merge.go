package rules

import (
	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
)

var mergeRule = &Rule{
	Code: "CV0501", Name: "merge", Since: first, Group: groupDML, Severity: model.Medium, Effort: model.Auto, Needs: FeatureMerge,
	Before: `MERGE INTO dept d USING emp e ON (d.deptno = e.deptno) WHEN MATCHED THEN UPDATE SET loc = e.ename WHEN NOT MATCHED THEN INSERT (deptno) VALUES (e.deptno)`,
	After:  `MERGE INTO dept d USING emp e ON (d.deptno = e.deptno) WHEN MATCHED THEN UPDATE SET loc = e.ename WHEN NOT MATCHED THEN INSERT (deptno) VALUES (e.deptno)`,
	On:     []Matcher{Node(mergeStmt)},
	Within: func(_ *Pass, n ast.Node) bool {
		m, ok := n.(*ast.Merge)
		if !ok || m.Returning != nil || m.LogErrors != nil {
			return false
		}
		_, plain := m.Target.(*ast.TableName)
		return plain && (m.Matched == nil || m.Matched.Where == nil && m.Matched.DeleteWhere == nil) && (m.Unmatched == nil || m.Unmatched.Where == nil)
	},
}

func mergeStmt(p *Pass, m *ast.Merge) {
	switch {
	case m.Matched != nil && m.Matched.DeleteWhere != nil:
		p.ReportAs(m, model.High, model.Review, "MERGE with DELETE WHERE deletes rows by their values after the update; in PostgreSQL a WHEN MATCHED AND ... THEN DELETE decides before it")
	case m.Returning != nil:
		p.ReportAs(m, model.Medium, model.Auto, "MERGE with RETURNING exists in PostgreSQL from version 17 on")
	case m.Matched != nil && m.Matched.Where != nil || m.Unmatched != nil && m.Unmatched.Where != nil:
		p.Report(m, "MERGE exists from version 15 on; its WHERE clauses become WHEN ... AND conditions; below, INSERT ... ON CONFLICT or two statements")
	default:
		p.Report(m, "MERGE exists in PostgreSQL from version 15 on; below, INSERT ... ON CONFLICT or two statements; target columns lose their alias in SET")
	}
}
