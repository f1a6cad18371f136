package rules

import (
	"fmt"

	"landfall/internal/model"
)

var missingAggregate = &Rule{
	Code: "CV0331", Name: "missing-aggregate", Since: first, Group: groupQuery, Severity: model.Medium, Effort: model.Auto,
	Before: `SELECT MEDIAN(sal) FROM emp`,
	After:  `SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY sal) FROM emp`,
	On: []Matcher{Builtin(missingAggregateUse, "MEDIAN", "RATIO_TO_REPORT", "APPROX_COUNT_DISTINCT", "APPROX_MEDIAN", "APPROX_PERCENTILE", "STATS_MODE",
		"STATS_T_TEST_ONE", "STATS_ONE_WAY_ANOVA", "GROUP_ID", "GROUPING_ID", "CORR_K", "CORR_S", "BIT_AND_AGG", "BIT_OR_AGG", "BIT_XOR_AGG", "CHECKSUM")},
}

func missingAggregateUse(p *Pass, u Use) {
	if u.Call == nil {
		return
	}
	how := map[string]string{
		"MEDIAN":                "percentile_cont(0.5) WITHIN GROUP (ORDER BY x)",
		"RATIO_TO_REPORT":       "x / sum(x) OVER (...)",
		"APPROX_COUNT_DISTINCT": "count(DISTINCT x), exact and slower",
		"APPROX_MEDIAN":         "percentile_cont(0.5)",
		"STATS_MODE":            "mode() WITHIN GROUP (ORDER BY x)",
		"GROUPING_ID":           "grouping(...), which takes several arguments",
		"BIT_AND_AGG":           "bit_and", "BIT_OR_AGG": "bit_or", "BIT_XOR_AGG": "bit_xor",
	}[u.Name]
	if how == "" {
		p.ReportAs(u.Call, model.High, model.Manual, fmt.Sprintf("%s has no counterpart in PostgreSQL", u.Name))
		return
	}
	p.Report(u.Call, fmt.Sprintf("%s becomes %s", u.Name, how))
}
