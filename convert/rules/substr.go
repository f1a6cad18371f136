package rules

import (
	"fmt"

	"landfall/internal/model"
)

var substr = &Rule{
	Code: "CV0415", Name: "substr", Since: first, Group: groupFunctions, Severity: model.Medium, Effort: model.Auto,
	Before: `SELECT SUBSTR(ename, -3) FROM emp`,
	After:  `SELECT right(ename, 3) FROM emp`,
	On:     []Matcher{Builtin(substrUse, "SUBSTR", "SUBSTRB", "SUBSTRC", "SUBSTR2", "SUBSTR4")},
}

func substrUse(p *Pass, u Use) {
	if u.Args() < 2 {
		return
	}
	start, known := p.intValue(u.Arg(1))
	switch {
	case known && start > 0:
	case known && start == 0:
		p.Report(u.Call, fmt.Sprintf("%s(..., 0) begins at the first character in Oracle; PostgreSQL counts 0 as a place before it and gives one character less", u.Name))
	case known:
		p.Report(u.Call, fmt.Sprintf("%s(..., %d) counts from the end; substr in PostgreSQL begins before the text: right() does it", u.Name, start))
	default:
		p.ReportAs(u.Call, model.Low, model.Auto, fmt.Sprintf("%s begins at %s: where that can be 0 or negative, PostgreSQL gives other text", u.Name, p.text(u.Arg(1))))
	}
	if n, ok := p.intValue(u.Arg(2)); ok && n < 1 {
		p.Report(u.Call, fmt.Sprintf("%s with length %d gives NULL in Oracle, '' or an error in PostgreSQL", u.Name, n))
	}
}
