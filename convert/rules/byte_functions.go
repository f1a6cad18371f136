package rules

import (
	"fmt"

	"landfall/internal/model"
)

var byteFunctions = &Rule{
	Code: "CV0430", Name: "byte-functions", Since: first, Group: groupFunctions, Severity: model.Low, Effort: model.Auto,
	Before: `SELECT LENGTHB(ename) FROM emp`,
	After:  `SELECT octet_length(ename) FROM emp`,
	On:     []Matcher{Builtin(byteFunctionUse, "LENGTHB", "LENGTHC", "LENGTH2", "LENGTH4")},
}

func byteFunctionUse(p *Pass, u Use) {
	if u.Call != nil {
		p.Report(u.Call, fmt.Sprintf("%s becomes octet_length or length; bytes are counted in UTF8, in GBK a Chinese character had two, here it has three", u.Name))
	}
}
