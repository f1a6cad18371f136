package rules

import "landfall/internal/model"

var systimestamp = &Rule{
	Code: "CV0405", Name: "systimestamp", Since: first, Group: groupFunctions, Severity: model.Low, Effort: model.Auto, Needs: FeatureSystimestamp,
	Before: `SELECT SYSTIMESTAMP FROM emp`,
	After:  `SELECT clock_timestamp() FROM emp`,
	On:     []Matcher{Builtin(systimestampUse, "SYSTIMESTAMP", "CURRENT_DATE", "DBTIMEZONE", "SESSIONTIMEZONE")},
}

func systimestampUse(p *Pass, u Use) {
	switch u.Name {
	case "SYSTIMESTAMP":
		p.Report(u.Node(), "SYSTIMESTAMP becomes clock_timestamp(): microseconds, in the zone of the session instead of the server's")
	case "CURRENT_DATE":
		p.ReportAs(u.Node(), model.Medium, model.Auto, "CURRENT_DATE has hours, minutes and seconds in Oracle and only the day in PostgreSQL: it becomes localtimestamp(0)")
	case "DBTIMEZONE":
		p.ReportAs(u.Node(), model.Medium, model.Review, "DBTIMEZONE: a PostgreSQL database has no time zone of its own; current_setting('TimeZone') is the session's")
	default:
		p.Report(u.Node(), "SESSIONTIMEZONE becomes current_setting('TimeZone'), which gives a name rather than an offset")
	}
}
