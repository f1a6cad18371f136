package rules

import (
	"fmt"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
)

var multisetRule = &Rule{
	Code: "CV0322", Name: "multiset", Since: first, Group: groupQuery, Severity: model.High, Effort: model.Review, Needs: FeatureMultiset,
	Before: `SELECT CAST(MULTISET(SELECT ename FROM emp) AS names_t) FROM dept`,
	After:  `SELECT ARRAY(SELECT ename FROM emp) FROM dept`,
	On:     []Matcher{Node(multisetCast), Node(multisetOp), Node(multisetMember), Builtin(multisetSet, "SET", "CARDINALITY", "POWERMULTISET")},
}

func multisetCast(p *Pass, c *ast.Cast) {
	if c.Multiset != nil {
		p.Report(c, "CAST(MULTISET(...)) becomes ARRAY(SELECT ...), for several columns an array of a composite type")
	}
}

func multisetOp(p *Pass, m *ast.Multiset) {
	p.Report(m, fmt.Sprintf("MULTISET %s works on nested tables; arrays need UNION, INTERSECT or EXCEPT over unnest", m.Op))
}

func multisetMember(p *Pass, m *ast.Member) {
	p.Report(m, fmt.Sprintf("%s on a nested table becomes = ANY(array) or <@", m.Op))
}

func multisetSet(p *Pass, u Use) {
	if u.Args() == 1 && p.inSQL() {
		p.Report(u.Node(), fmt.Sprintf("%s works on nested tables; an array has cardinality(), duplicates go with SELECT DISTINCT unnest", u.Name))
	}
}
