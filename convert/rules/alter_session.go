package rules

import (
	"fmt"
	"strings"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
)

var alterSession = &Rule{
	Code: "CV1014", Name: "alter-session", Since: first, Group: groupObjects, Severity: model.Medium, Effort: model.Review,
	Before: `ALTER SESSION SET NLS_DATE_FORMAT = 'YYYY-MM-DD'`,
	After:  `SET landfall.nls_date_format = 'YYYY-MM-DD'`,
	On:     []Matcher{Node(alterSessionStmt)},
}

func alterSessionStmt(p *Pass, s *ast.AlterSession) {
	if len(s.Settings) == 0 {
		p.ReportAs(s, model.Low, model.Manual, fmt.Sprintf("%s has no counterpart in PostgreSQL", p.text(s)))
		return
	}
	for _, set := range s.Settings {
		name := p.File.Last(set.Name)
		how, known := map[string]string{
			"CURRENT_SCHEMA": "search_path", "TIME_ZONE": "timezone", "ISOLATION_LEVEL": "default_transaction_isolation", "STATEMENT_TIMEOUT": "statement_timeout",
			"NLS_LANGUAGE": "lc_messages and lc_time", "NLS_TERRITORY": "lc_time and lc_numeric",
			"NLS_DATE_FORMAT": "landfall.nls_date_format", "NLS_TIMESTAMP_FORMAT": "landfall.nls_timestamp_format", "NLS_TIMESTAMP_TZ_FORMAT": "landfall.nls_timestamp_tz_format",
		}[name]
		switch {
		case known:
			p.ReportAs(set, model.Low, model.Auto, fmt.Sprintf("ALTER SESSION SET %s becomes SET %s", name, how))
		case strings.HasPrefix(name, "NLS_"):
			p.Report(set, fmt.Sprintf("%s changes how dates, numbers or texts are read, written or compared without a mask; such places must get masks of their own", name))
		default:
			p.ReportAs(set, model.Low, model.Manual, fmt.Sprintf("the session setting %s has no counterpart in PostgreSQL", name))
		}
	}
}
