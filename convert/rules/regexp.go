package rules

import (
	"fmt"
	"strings"

	"landfall/internal/model"
)

var regexpRule = &Rule{
	Code: "CV0416", Name: "regexp", Since: first, Group: groupFunctions, Severity: model.Medium, Effort: model.Review,
	Before: `SELECT REGEXP_SUBSTR(ename, '[A-Z]+') FROM emp`,
	After:  `SELECT (regexp_match(ename, '[A-Z]+'))[1] FROM emp`,
	On:     []Matcher{Builtin(regexpUse, "REGEXP_LIKE", "REGEXP_SUBSTR", "REGEXP_INSTR", "REGEXP_REPLACE", "REGEXP_COUNT")},
}

func regexpUse(p *Pass, u Use) {
	if u.Args() < 2 {
		return
	}
	what := fmt.Sprintf("%s exists in PostgreSQL from version 15 on", u.Name)
	if u.Name == "REGEXP_REPLACE" {
		what = "REGEXP_REPLACE replaces every match in Oracle, only the first in PostgreSQL without the flag g"
	}
	if pattern, ok := p.stringValue(u.Arg(1)); ok && strings.Contains(pattern, "[[.") {
		what += "; the pattern uses collating elements, which PostgreSQL lacks"
	}
	sev := p.rule.Severity
	if u.Name == "REGEXP_REPLACE" && u.Args() < 6 {
		sev = model.High
	}
	p.ReportAs(u.Call, sev, model.Review, what+"; the dialects of patterns are alike, not equal (dot and newline, flags, back references)")
}
