package rules

import (
	"fmt"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

var outerJoin = &Rule{
	Code: "CV0301", Name: "outer-join", Since: first, Group: groupQuery, Severity: model.Medium, Effort: model.Auto, Needs: FeatureOuterJoin,
	Before: `SELECT e.ename, d.dname FROM emp e, dept d WHERE e.deptno = d.deptno (+)`,
	After:  `SELECT e.ename, d.dname FROM emp e LEFT JOIN dept d ON e.deptno = d.deptno`,
	On:     []Matcher{Node(outerJoinBlock), Node(outerJoinUpdate), Node(outerJoinDelete)},
}

func outerJoinBlock(p *Pass, q *ast.QueryBlock) {
	if q.Where != nil {
		outerJoinIn(p, q.Where)
	}
	for _, from := range q.From {
		if t, ok := from.(*ast.TableExpr); ok && t.Joined {
			p.Report(t, fmt.Sprintf("%s (+) keeps rows without elements: LEFT JOIN LATERAL ... ON true", p.text(t.X)))
		}
	}
}

func outerJoinUpdate(p *Pass, u *ast.Update) { outerJoinIn(p, u.Where) }
func outerJoinDelete(p *Pass, d *ast.Delete) { outerJoinIn(p, d.Where) }

// outerJoinIn reports the conditions with (+) of one WHERE once, with how many there are.
func outerJoinIn(p *Pass, where ast.Expr) {
	if where == nil {
		return
	}
	var at ast.Node
	marks, under := 0, false
	holds(where, func(n ast.Node) bool {
		switch x := n.(type) {
		case *ast.OuterMark:
			if marks++; at == nil {
				at = x
			}
		case *ast.Binary:
			if x.Op.Kw == token.OR && holds(x, func(c ast.Node) bool { _, ok := c.(*ast.OuterMark); return ok }) {
				under = true
			}
		}
		return false
	})
	switch {
	case marks == 0:
	case under:
		p.ReportAs(at, model.High, model.Review, fmt.Sprintf("%d conditions with (+), some below OR: they become LEFT JOIN with the whole condition in ON; look at the result", marks))
	default:
		p.Report(at, fmt.Sprintf("%s with (+): LEFT JOIN, the other conditions stay in WHERE", count(marks, "condition")))
	}
}

// count writes a number with its noun: 1 condition, 2 conditions.
func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
