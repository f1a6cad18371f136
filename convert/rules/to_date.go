package rules

import (
	"fmt"

	"landfall/internal/model"
)

var toDate = &Rule{
	Code: "CV0407", Name: "to-date", Since: first, Group: groupFunctions, Severity: model.Low, Effort: model.Auto, Needs: FeatureFormatMasks,
	Before: `SELECT TO_DATE('2024-02-29', 'YYYY-MM-DD') FROM emp`,
	After:  `SELECT to_timestamp('2024-02-29', 'YYYY-MM-DD')::timestamp(0) FROM emp`,
	On:     []Matcher{Builtin(toDateUse, "TO_DATE", "TO_TIMESTAMP", "TO_TIMESTAMP_TZ")},
}

func toDateUse(p *Pass, u Use) {
	if u.Call == nil {
		return
	}
	mask, literal := p.stringValue(u.Arg(1))
	switch {
	case u.Args() == 1:
		p.ReportAs(u.Call, model.High, model.Review, fmt.Sprintf("%s(%s) without a mask reads the text as the session's NLS settings say; the mask has to be written out", u.Name, p.text(u.Arg(0))))
	case !literal:
		p.ReportAs(u.Call, model.Medium, model.Review, fmt.Sprintf("the mask of %s is known only at run time (%s); PostgreSQL reads some elements otherwise", u.Name, p.text(u.Arg(1))))
	default:
		if trouble := maskTrouble(mask); trouble != "" {
			p.ReportAs(u.Call, model.Medium, model.Review, fmt.Sprintf("the mask '%s' of %s differs: %s", mask, u.Name, trouble))
			return
		}
		what := "to_date in PostgreSQL drops the time of day, so it becomes to_timestamp"
		if u.Name != "TO_DATE" {
			what = "it is kept"
		}
		p.Report(u.Call, fmt.Sprintf("%s with '%s': %s; missing parts are the current month's first day in Oracle and 1 January of year 1 BC here, wrong input is read more leniently", u.Name, mask, what))
	}
}
