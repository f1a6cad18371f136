package rules

import (
	"fmt"

	"landfall/internal/model"
)

var greatestLeast = &Rule{
	Code: "CV0422", Name: "greatest-least", Since: first, Group: groupFunctions, Severity: model.Medium, Effort: model.Auto,
	Before: `SELECT GREATEST(sal, comm) FROM emp`,
	After:  `SELECT CASE WHEN sal IS NULL OR comm IS NULL THEN NULL ELSE greatest(sal, comm) END FROM emp`,
	On:     []Matcher{Builtin(greatestLeastUse, "GREATEST", "LEAST")},
}

func greatestLeastUse(p *Pass, u Use) {
	for i := range u.Args() {
		if p.mayBeNull(u.Arg(i)) {
			p.Report(u.Call, fmt.Sprintf("%s is NULL in Oracle when one argument is, and leaves NULLs out in PostgreSQL; %s can be NULL", u.Name, p.text(u.Arg(i))))
			return
		}
	}
}
