package rules

import (
	"fmt"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

var ignoreNulls = &Rule{
	Code: "CV0328", Name: "ignore-nulls", Since: first, Group: groupQuery, Severity: model.High, Effort: model.Review,
	Before: `SELECT LAST_VALUE(sal IGNORE NULLS) OVER (ORDER BY hiredate) FROM emp`,
	After:  `SELECT (array_agg(sal) FILTER (WHERE sal IS NOT NULL) OVER w)[count(sal) OVER w] FROM emp WINDOW w AS (ORDER BY hiredate)`,
	On:     []Matcher{Node(ignoreNullsCall)},
}

func ignoreNullsCall(p *Pass, c *ast.Call) {
	inside := false // Oracle also takes the words behind the argument
	for _, a := range c.Args {
		inside = inside || a.Extra != nil && a.Extra.Head == token.IGNORE
	}
	if c.Nulls == token.IGNORE || inside {
		p.Report(c, fmt.Sprintf("%s IGNORE NULLS: PostgreSQL's window functions always count NULLs below version 19; a helper aggregate or grouping by count(x) does it", p.text(c.Fn)))
	}
	if c.FromLast == token.LAST {
		p.Report(c, "NTH_VALUE FROM LAST: PostgreSQL counts from the first row only; the order of the window is turned around")
	}
}
