package rules

import "landfall/internal/model"

var monthsBetween = &Rule{
	Code: "CV0411", Name: "months-between", Since: first, Group: groupFunctions, Severity: model.Medium, Effort: model.Auto,
	Before: `SELECT MONTHS_BETWEEN(DATE '2024-03-31', hiredate) FROM emp`,
	After:  `SELECT extract(year FROM age(date '2024-03-31', hiredate)) * 12 + extract(month FROM age(date '2024-03-31', hiredate)) FROM emp`,
	On:     []Matcher{Builtin(monthsBetweenUse, "MONTHS_BETWEEN")},
}

func monthsBetweenUse(p *Pass, u Use) {
	if u.Args() == 2 {
		p.Report(u.Call, "MONTHS_BETWEEN counts parts of a month in 31sts and makes two last days whole months; age() counts otherwise, so a function does it")
	}
}
