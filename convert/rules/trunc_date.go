package rules

import (
	"fmt"
	"strings"

	"landfall/internal/model"
)

var truncDate = &Rule{
	Code: "CV0409", Name: "trunc-date", Since: first, Group: groupFunctions, Severity: model.Medium, Effort: model.Auto,
	Before: `SELECT TRUNC(hiredate, 'MM') FROM emp`,
	After:  `SELECT date_trunc('month', hiredate) FROM emp`,
	On:     []Matcher{Builtin(truncDateUse, "TRUNC", "ROUND")},
}

// truncUnits are the masks of TRUNC and ROUND by PostgreSQL's unit (SQL Language Reference, "ROUND and TRUNC Date
// Functions").
var truncUnits = map[string]string{
	"CC": "century", "SCC": "century", "YYYY": "year", "SYYYY": "year", "YEAR": "year", "SYEAR": "year", "YYY": "year", "YY": "year", "Y": "year",
	"Q": "quarter", "MONTH": "month", "MON": "month", "MM": "month", "RM": "month", "IW": "week", "DDD": "day", "DD": "day", "J": "day",
	"HH": "hour", "HH12": "hour", "HH24": "hour", "MI": "minute",
	"IYYY": "", "IY": "", "I": "", "WW": "", "W": "", "DAY": "", "DY": "", "D": "",
}

func truncDateUse(p *Pass, u Use) {
	if u.Args() == 0 || u.Args() > 2 {
		return
	}
	class := p.class(u.Arg(0))
	mask, literal := p.stringValue(u.Arg(1))
	if !isDate(class) && !literal {
		return // a number: the same function on both sides
	}
	unit, known := "day", true
	if literal {
		unit, known = truncUnits[strings.ToUpper(mask)]
	}
	switch {
	case !known:
		p.ReportAs(u.Call, model.High, model.Review, fmt.Sprintf("%s of a date to '%s': no unit that is known", u.Name, mask))
	case unit == "":
		p.ReportAs(u.Call, model.High, model.Review, fmt.Sprintf("%s of a date to '%s' has no unit in date_trunc; it is put together from the day of the week or the year", u.Name, mask))
	case u.Name == "ROUND":
		p.ReportAs(u.Call, model.Medium, model.Auto, fmt.Sprintf("ROUND of a date to the %s becomes date_trunc after adding half of it", unit))
	default:
		p.Report(u.Call, fmt.Sprintf("TRUNC of a date becomes date_trunc('%s', ...)", unit))
	}
}
