package rules

import (
	"fmt"

	"landfall/internal/model"
)

var instr = &Rule{
	Code: "CV0414", Name: "instr", Since: first, Group: groupFunctions, Severity: model.Low, Effort: model.Auto,
	Before: `SELECT INSTR(ename, 'A') FROM emp`,
	After:  `SELECT strpos(ename, 'A') FROM emp`,
	On:     []Matcher{Builtin(instrUse, "INSTR", "INSTRB", "INSTRC", "INSTR2", "INSTR4")},
}

func instrUse(p *Pass, u Use) {
	switch u.Args() {
	case 0, 1:
	case 2:
		p.Report(u.Call, fmt.Sprintf("%s becomes strpos", u.Name))
	default:
		p.ReportAs(u.Call, model.Medium, model.Auto, fmt.Sprintf("%s with a start or a count (%s): strpos has neither; a function searches from there, backwards for a negative start", u.Name, p.text(u.Call)))
	}
}
