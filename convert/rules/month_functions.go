package rules

import (
	"fmt"

	"landfall/internal/model"
)

var monthFunctions = &Rule{
	Code: "CV0410", Name: "add-months", Since: first, Group: groupFunctions, Severity: model.Medium, Effort: model.Auto,
	Before: `SELECT ADD_MONTHS(hiredate, 3) FROM emp`,
	After: `SELECT CASE WHEN hiredate = date_trunc('month', hiredate) + interval '1 month - 1 day'
  THEN date_trunc('month', hiredate) + interval '4 months' - interval '1 day' ELSE hiredate + interval '3 months' END FROM emp`,
	On: []Matcher{Builtin(addMonthsUse, "ADD_MONTHS")},
}

func addMonthsUse(p *Pass, u Use) {
	if u.Args() == 2 {
		p.Report(u.Call, fmt.Sprintf("ADD_MONTHS(%s, %s): the last day of a month stays a last day in Oracle (28 February + 1 month = 31 March); + interval '1 month' keeps the 28th", p.text(u.Arg(0)), p.text(u.Arg(1))))
	}
}
