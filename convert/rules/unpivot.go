package rules

import (
	"fmt"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
)

var unpivotRule = &Rule{
	Code: "CV0310", Name: "unpivot", Since: first, Group: groupQuery, Severity: model.Medium, Effort: model.Auto, Needs: FeatureUnpivot,
	Before: `SELECT empno, kind, pay FROM emp UNPIVOT (pay FOR kind IN (sal, comm))`,
	After:  `SELECT empno, u.kind, u.pay FROM emp CROSS JOIN LATERAL (VALUES ('SAL', sal), ('COMM', comm)) u (kind, pay) WHERE u.pay IS NOT NULL`,
	On:     []Matcher{Node(unpivotTable)},
}

func unpivotTable(p *Pass, t *ast.Unpivot) {
	p.Report(t, fmt.Sprintf("UNPIVOT becomes CROSS JOIN LATERAL (VALUES ...) with %s; rows without a value are left out unless INCLUDE NULLS stands", count(len(t.In), "row")))
}
