package rules

import (
	"fmt"

	"landfall/internal/model"
)

var nlsFunctions = &Rule{
	Code: "CV0431", Name: "nls-functions", Since: first, Group: groupFunctions, Severity: model.Medium, Effort: model.Review,
	Before: `SELECT ename FROM emp ORDER BY NLSSORT(ename, 'NLS_SORT=BINARY')`,
	After:  `SELECT ename FROM emp ORDER BY ename COLLATE "C"`,
	On: []Matcher{Builtin(nlsFunctionUse, "NLSSORT", "NLS_UPPER", "NLS_LOWER", "NLS_INITCAP", "NLS_CHARSET_ID", "NLS_CHARSET_NAME", "NLS_COLLATION_NAME",
		"CONVERT", "UNISTR", "ASCIISTR", "COMPOSE", "DECOMPOSE", "TRANSLATE_USING", "SOUNDEX")},
}

func nlsFunctionUse(p *Pass, u Use) {
	if u.Call == nil {
		return
	}
	how := map[string]string{
		"NLSSORT": "COLLATE, with an ICU collation for linguistic orders", "NLS_UPPER": "upper(x COLLATE ...)", "NLS_LOWER": "lower(x COLLATE ...)",
		"NLS_INITCAP": "initcap", "CONVERT": "convert_to and convert_from", "UNISTR": "a literal U&'...' or unistr()",
		"ASCIISTR": "no function of the core", "COMPOSE": "normalize(x, NFC)", "DECOMPOSE": "normalize(x, NFD)", "SOUNDEX": "soundex of the extension fuzzystrmatch",
	}[u.Name]
	if how == "" {
		how = "nothing of that kind"
	}
	p.Report(u.Call, fmt.Sprintf("%s depends on character sets or language settings of Oracle; in PostgreSQL: %s", u.Name, how))
}
