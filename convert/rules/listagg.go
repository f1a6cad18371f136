package rules

import "landfall/internal/model"

var listagg = &Rule{
	Code: "CV0314", Name: "listagg", Since: first, Group: groupQuery, Severity: model.Low, Effort: model.Auto,
	Before: `SELECT LISTAGG(ename, ', ') WITHIN GROUP (ORDER BY ename) FROM emp`,
	After:  `SELECT string_agg(ename, ', ' ORDER BY ename) FROM emp`,
	On:     []Matcher{Builtin(listaggUse, "LISTAGG", "WM_CONCAT", "XMLAGG", "COLLECT")},
}

func listaggUse(p *Pass, u Use) {
	switch {
	case u.Call == nil:
	case u.Name == "LISTAGG" && u.Call.Over != nil:
		p.ReportAs(u.Call, model.Medium, model.Review, "LISTAGG as a window function: string_agg takes no ORDER BY of its own over a window; the order goes into OVER with a full frame")
	case u.Name == "LISTAGG":
		p.Report(u.Call, "LISTAGG becomes string_agg, which has no limit of 4000 bytes and so no ON OVERFLOW")
	case u.Name == "WM_CONCAT":
		p.ReportAs(u.Call, model.Medium, model.Auto, "WM_CONCAT was never documented and is gone since Oracle 12c; string_agg(x, ',') does it, its order has to be given")
	case u.Name == "XMLAGG":
		p.ReportAs(u.Call, model.Medium, model.Review, "XMLAGG exists in PostgreSQL; where it only glues text together (.EXTRACT, RTRIM), string_agg is meant")
	default:
		p.ReportAs(u.Call, model.Medium, model.Review, "COLLECT makes a nested table: array_agg is nearest")
	}
}
