package rules

import (
	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

var rownumRule = &Rule{
	Code: "CV0305", Name: "rownum", Since: first, Group: groupQuery, Severity: model.Medium, Effort: model.Auto, Needs: FeatureRownum,
	Before: `SELECT ename FROM emp WHERE ROWNUM <= 10`,
	After:  `SELECT ename FROM emp LIMIT 10`,
	On:     []Matcher{Builtin(rownumUse, "ROWNUM")},
}

func rownumUse(p *Pass, u Use) {
	q := p.queryBlock()
	switch {
	case q == nil:
		p.ReportAs(u.At, model.High, model.Review, "ROWNUM in UPDATE or DELETE cuts the rows changed; in PostgreSQL: WHERE ctid IN (SELECT ctid ... LIMIT n)")
	case !rownumInWhere(p, q) && q.GroupBy == nil && !ordered(p, q):
		p.Report(u.At, "ROWNUM as a value becomes row_number() OVER ()")
	case !rownumInWhere(p, q):
		p.ReportAs(u.At, model.High, model.Review, "ROWNUM numbers rows before ORDER BY and GROUP BY; it becomes row_number() OVER () in an inner query")
	case aggregates(p, q):
		p.ReportAs(u.At, model.High, model.Auto, "ROWNUM cuts the rows before they are aggregated; LIMIT on the query would cut the result, so it goes into an inner query")
	case ordered(p, q):
		p.ReportAs(u.At, model.High, model.Review, "ROWNUM takes its rows before ORDER BY sorts them: any rows, then sorted; LIMIT behind ORDER BY would give the first ones. Check which one was meant")
	case !p.rownumLimit(u.At):
		p.ReportAs(u.At, model.High, model.Review, "ROWNUM is compared in another way than ROWNUM <= n; Oracle numbers rows only as they pass, so ROWNUM > 1 is never true")
	default:
		p.Report(u.At, "ROWNUM cuts the result: it becomes LIMIT")
	}
}

func rownumInWhere(p *Pass, q *ast.QueryBlock) bool {
	at := len(p.parents) - 1
	for at > 0 && p.parents[at] != ast.Node(q) {
		at--
	}
	return at+1 < len(p.parents) && q.Where != nil && p.parents[at+1] == ast.Node(q.Where)
}

// rownumLimit holds for ROWNUM <= x, ROWNUM < x, ROWNUM = 1 and the same turned around.
func (p *Pass) rownumLimit(n *ast.Name) bool {
	b, ok := p.Parent(0).(*ast.Binary)
	if !ok {
		return false
	}
	op := b.Op.Kind
	other := b.Y
	if b.Y == ast.Expr(n) {
		other = b.X
		switch op {
		case token.GT:
			op = token.LT
		case token.GE:
			op = token.LE
		case token.LT, token.LE:
			return false
		}
	}
	if op == token.EQ {
		one, isInt := p.intValue(other)
		return isInt && one == 1
	}
	return op == token.LT || op == token.LE
}

func aggregates(p *Pass, q *ast.QueryBlock) bool {
	if q.GroupBy != nil || q.Distinct == token.DISTINCT || q.Distinct == token.UNIQUE {
		return true
	}
	for _, item := range q.Items {
		if holds(item.X, func(n ast.Node) bool {
			c, ok := n.(*ast.Call)
			if !ok || c.Over != nil {
				return false
			}
			name, ok := c.Fn.(*ast.Name)
			return ok && name.Hi-name.Lo == 1 && aggregateNames[p.File.Ident(name.Lo)]
		}) {
			return true
		}
	}
	return false
}

var aggregateNames = map[string]bool{
	"COUNT": true, "SUM": true, "MIN": true, "MAX": true, "AVG": true, "LISTAGG": true, "STDDEV": true, "VARIANCE": true, "MEDIAN": true,
}

// ordered reports whether the query of the block sorts.
func ordered(p *Pass, q *ast.QueryBlock) bool {
	for i := len(p.parents) - 1; i >= 0; i-- {
		if s, ok := p.parents[i].(*ast.Select); ok && s.Body == ast.QueryExpr(q) {
			return s.OrderBy != nil
		}
	}
	return false
}
