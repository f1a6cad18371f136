package rules

import (
	"fmt"

	"landfall/internal/model"
)

var oraRowscn = &Rule{
	Code: "CV0327", Name: "ora-rowscn", Since: first, Group: groupQuery, Severity: model.High, Effort: model.Manual,
	Before: `SELECT ORA_ROWSCN FROM emp`,
	After:  `SELECT xmin FROM emp`,
	On:     []Matcher{Builtin(oraRowscnUse, "ORA_ROWSCN", "SCN_TO_TIMESTAMP", "TIMESTAMP_TO_SCN")},
}

func oraRowscnUse(p *Pass, u Use) {
	p.Report(u.Node(), fmt.Sprintf("%s is about Oracle's change numbers; xmin tells which transaction wrote a row, but has no time and no order that lasts", u.Name))
}
