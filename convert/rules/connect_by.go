package rules

import (
	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

var connectBy = &Rule{
	Code: "CV0302", Name: "connect-by", Since: first, Group: groupQuery, Severity: model.High, Effort: model.Auto, Needs: FeatureConnectBy,
	Before: `SELECT empno, ename FROM emp START WITH mgr IS NULL CONNECT BY PRIOR empno = mgr`,
	After: `WITH RECURSIVE tree AS (SELECT empno, ename FROM emp WHERE mgr IS NULL
  UNION ALL SELECT e.empno, e.ename FROM emp e JOIN tree t ON t.empno = e.mgr)
SELECT empno, ename FROM tree`,
	On: []Matcher{Node(connectByBlock)},
	Within: func(_ *Pass, n ast.Node) bool {
		h, ok := n.(*ast.Hierarchy)
		return ok && !holds(h.Connect, func(n ast.Node) bool { b, ok := n.(*ast.Binary); return ok && b.Op.Kw == token.OR })
	},
}

func connectByBlock(p *Pass, h *ast.Hierarchy) {
	prior := holds(h.Connect, func(n ast.Node) bool { u, ok := n.(*ast.Unary); return ok && u.Op.Kw == token.PRIOR })
	switch {
	case !prior:
		p.ReportAs(h, model.Medium, model.Auto, "CONNECT BY without PRIOR makes rows out of nothing: it becomes generate_series")
	case h.NoCycle:
		p.ReportAs(h, model.High, model.Review, "CONNECT BY NOCYCLE becomes WITH RECURSIVE with a CYCLE clause (version 14 on); rows come in another order without ORDER BY")
	case h.Start == nil:
		p.ReportAs(h, model.High, model.Review, "CONNECT BY without START WITH begins at every row; it becomes WITH RECURSIVE, and may have been meant otherwise")
	default:
		p.Report(h, "CONNECT BY becomes WITH RECURSIVE; a loop in the data, an error in Oracle (ORA-01436), runs for ever without a CYCLE clause")
	}
}
