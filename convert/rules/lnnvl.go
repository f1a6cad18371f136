package rules

import (
	"fmt"

	"landfall/internal/model"
)

var lnnvl = &Rule{
	Code: "CV0426", Name: "lnnvl", Since: first, Group: groupFunctions, Severity: model.Low, Effort: model.Auto,
	Before: `SELECT ename FROM emp WHERE LNNVL(comm > 100)`,
	After:  `SELECT ename FROM emp WHERE (comm > 100) IS NOT TRUE`,
	On:     []Matcher{Builtin(lnnvlUse, "LNNVL", "NANVL", "BITAND", "REMAINDER")},
}

func lnnvlUse(p *Pass, u Use) {
	if u.Call == nil {
		return
	}
	how := map[string]string{
		"LNNVL": "(condition) IS NOT TRUE", "NANVL": "CASE WHEN x = 'NaN' THEN y ELSE x END", "BITAND": "the operator &, on bigint",
		"REMAINDER": "x - y * round(x / y); rounds halves to even, unlike MOD",
	}[u.Name]
	p.Report(u.Call, fmt.Sprintf("%s becomes %s", u.Name, how))
}
