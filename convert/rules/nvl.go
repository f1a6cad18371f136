package rules

import (
	"fmt"

	"landfall/internal/model"
)

var nvl = &Rule{
	Code: "CV0401", Name: "nvl", Since: first, Group: groupFunctions, Severity: model.Low, Effort: model.Auto, Needs: FeatureNvl,
	Before: `SELECT NVL(comm, 0) FROM emp`,
	After:  `SELECT coalesce(comm, 0) FROM emp`,
	On:     []Matcher{Builtin(nvlUse, "NVL")},
}

func nvlUse(p *Pass, u Use) {
	if u.Args() != 2 {
		return
	}
	a, b := p.class(u.Arg(0)), p.class(u.Arg(1))
	switch {
	case p.emptyString(u.Arg(1)):
		p.ReportAs(u.Call, model.Low, model.Auto, "NVL(x, '') gives NULL in Oracle, where '' is NULL: it does nothing, and coalesce(x, '') would change results")
	case isNumber(a) && isText(b) || isText(a) && isNumber(b):
		p.ReportAs(u.Call, model.Medium, model.Auto, fmt.Sprintf("%s mixes a number and a text: Oracle converts to the type of the first, coalesce wants equal types, so a cast is added", p.text(u.Call)))
	default:
		p.Report(u.Call, "NVL becomes coalesce, which evaluates its second argument only when it is needed")
	}
}
