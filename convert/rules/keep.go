package rules

import (
	"fmt"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
)

var keepRule = &Rule{
	Code: "CV0313", Name: "keep", Since: first, Group: groupQuery, Severity: model.High, Effort: model.Auto, Needs: FeatureKeep,
	Before: `SELECT deptno, MAX(sal) KEEP (DENSE_RANK FIRST ORDER BY hiredate) FROM emp GROUP BY deptno`,
	After:  `SELECT deptno, (array_agg(sal ORDER BY hiredate, sal DESC))[1] FROM emp GROUP BY deptno`,
	On:     []Matcher{Node(keepClause)},
}

func keepClause(p *Pass, k *ast.Keep) {
	end := "first"
	if k.Last {
		end = "last"
	}
	p.Report(k, fmt.Sprintf("KEEP aggregates only the rows that are %s by its order; for MIN and MAX an ordered array_agg does that, for others an inner query with dense_rank()", end))
}
