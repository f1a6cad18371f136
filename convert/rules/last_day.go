package rules

import (
	"fmt"

	"landfall/internal/model"
)

var lastDay = &Rule{
	Code: "CV0412", Name: "last-day", Since: first, Group: groupFunctions, Severity: model.Low, Effort: model.Auto,
	Before: `SELECT LAST_DAY(hiredate) FROM emp`,
	After:  `SELECT date_trunc('month', hiredate) + interval '1 month' - interval '1 day' + (hiredate - date_trunc('day', hiredate)) FROM emp`,
	On:     []Matcher{Builtin(lastDayUse, "LAST_DAY", "NEXT_DAY")},
}

func lastDayUse(p *Pass, u Use) {
	switch {
	case u.Args() == 0:
	case u.Name == "LAST_DAY":
		p.Report(u.Call, "LAST_DAY keeps the time of day; it becomes date_trunc to the month plus a month less a day plus the time")
	default:
		p.ReportAs(u.Call, model.Medium, model.Auto, fmt.Sprintf("NEXT_DAY(..., %s): names of days are in the session's language; it is computed from extract(isodow)", p.text(u.Arg(1))))
	}
}
