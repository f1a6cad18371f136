package rules

import (
	"fmt"

	"landfall/internal/model"
)

var nvl2 = &Rule{
	Code: "CV0402", Name: "nvl2", Since: first, Group: groupFunctions, Severity: model.Low, Effort: model.Auto, Needs: FeatureNvl2,
	Before: `SELECT NVL2(comm, sal + comm, sal) FROM emp`,
	After:  `SELECT CASE WHEN comm IS NOT NULL THEN sal + comm ELSE sal END FROM emp`,
	On:     []Matcher{Builtin(nvl2Use, "NVL2")},
}

func nvl2Use(p *Pass, u Use) {
	if u.Args() == 3 {
		p.Report(u.Call, fmt.Sprintf("NVL2 becomes CASE WHEN %s IS NOT NULL ...; a text that can be '' is tested as NULL", p.text(u.Arg(0))))
	}
}
