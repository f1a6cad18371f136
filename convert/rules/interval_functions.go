package rules

import (
	"fmt"

	"landfall/internal/model"
)

var intervalFunctions = &Rule{
	Code: "CV0433", Name: "interval-functions", Since: first, Group: groupFunctions, Severity: model.Low, Effort: model.Auto,
	Before: `SELECT NUMTODSINTERVAL(90, 'MINUTE') FROM emp`,
	After:  `SELECT 90 * interval '1 minute' FROM emp`,
	On:     []Matcher{Builtin(intervalFunctionUse, "NUMTODSINTERVAL", "NUMTOYMINTERVAL", "TO_DSINTERVAL", "TO_YMINTERVAL")},
}

func intervalFunctionUse(p *Pass, u Use) {
	if u.Call != nil {
		p.Report(u.Call, fmt.Sprintf("%s becomes n * interval '1 unit' or a cast to interval", u.Name))
	}
}
