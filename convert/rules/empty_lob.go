package rules

import (
	"fmt"

	"landfall/internal/model"
)

var emptyLOB = &Rule{
	Code: "CV0429", Name: "empty-lob", Since: first, Group: groupFunctions, Severity: model.Low, Effort: model.Auto,
	Before: `SELECT EMPTY_CLOB() FROM doc`,
	After:  `SELECT ''::text FROM doc`,
	On:     []Matcher{Builtin(emptyLOBUse, "EMPTY_CLOB", "EMPTY_BLOB", "TO_CLOB", "TO_NCLOB", "TO_BLOB", "TO_LOB")},
}

func emptyLOBUse(p *Pass, u Use) {
	switch u.Name {
	case "EMPTY_CLOB":
		p.Report(u.Node(), "EMPTY_CLOB() becomes '', which is a text of length 0 and not NULL in PostgreSQL as in Oracle")
	case "EMPTY_BLOB":
		p.Report(u.Node(), "EMPTY_BLOB() becomes ''::bytea")
	default:
		if u.Call != nil {
			p.ReportAs(u.Node(), model.Info, model.Auto, fmt.Sprintf("%s becomes a cast", u.Name))
		}
	}
}
