package rules

import (
	"fmt"

	"landfall/internal/model"
)

var toNumber = &Rule{
	Code: "CV0408", Name: "to-number", Since: first, Group: groupFunctions, Severity: model.Low, Effort: model.Auto, Needs: FeatureFormatMasks,
	Before: `SELECT TO_NUMBER('12.5') FROM emp`,
	After:  `SELECT '12.5'::numeric FROM emp`,
	On:     []Matcher{Builtin(toNumberUse, "TO_NUMBER", "TO_BINARY_FLOAT", "TO_BINARY_DOUBLE")},
}

func toNumberUse(p *Pass, u Use) {
	switch {
	case u.Call == nil:
	case u.Args() == 1:
		p.Report(u.Call, fmt.Sprintf("%s without a mask becomes a cast; text that is no number raises another error than ORA-01722", u.Name))
	default:
		p.ReportAs(u.Call, model.Medium, model.Auto, fmt.Sprintf("%s with a mask: PostgreSQL's to_number skips what does not fit the mask instead of raising an error", u.Name))
	}
}
