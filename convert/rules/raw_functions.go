package rules

import (
	"fmt"

	"landfall/internal/model"
)

var rawFunctions = &Rule{
	Code: "CV0434", Name: "raw-functions", Since: first, Group: groupFunctions, Severity: model.Low, Effort: model.Auto,
	Before: `SELECT RAWTOHEX(photo) FROM emp`,
	After:  `SELECT upper(encode(photo, 'hex')) FROM emp`,
	On:     []Matcher{Builtin(rawFunctionUse, "RAWTOHEX", "HEXTORAW", "RAWTONHEX")},
}

func rawFunctionUse(p *Pass, u Use) {
	switch {
	case u.Call == nil:
	case u.Name == "HEXTORAW":
		p.Report(u.Call, "HEXTORAW becomes decode(x, 'hex'); an odd number of digits is an error")
	default:
		p.Report(u.Call, fmt.Sprintf("%s becomes upper(encode(x, 'hex'))", u.Name))
	}
}
