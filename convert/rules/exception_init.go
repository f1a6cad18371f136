package rules

import (
	"fmt"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

var exceptionInit = &Rule{
	Code: "CV0615", Name: "exception-init", Since: first, Group: groupPLSQL, Severity: model.Medium, Effort: model.Auto, Needs: FeatureExceptions,
	Before: `DECLARE busy EXCEPTION; PRAGMA EXCEPTION_INIT(busy, -54); BEGIN NULL; END;
/`,
	After: `DO $$ BEGIN NULL; EXCEPTION WHEN lock_not_available THEN NULL; END $$`,
	On:    []Matcher{Node(exceptionInitPragma)},
}

// oracleErrors are error numbers of Oracle that code often names, with PostgreSQL's condition.
var oracleErrors = map[int]string{
	-1: "unique_violation", -54: "lock_not_available", -60: "deadlock_detected", -942: "undefined_table", -1400: "not_null_violation", -1403: "no_data_found",
	-1407: "not_null_violation", -1422: "too_many_rows", -1438: "numeric_value_out_of_range", -1476: "division_by_zero", -1722: "invalid_text_representation",
	-2290: "check_violation", -2291: "foreign_key_violation", -2292: "foreign_key_violation", -4091: "", -6502: "data_exception", -8177: "serialization_failure",
	-12899: "string_data_right_truncation", -1843: "invalid_datetime_format", -1861: "invalid_datetime_format", -904: "undefined_column", -955: "duplicate_table",
	-1017: "invalid_password", -1031: "insufficient_privilege", -30006: "lock_not_available", -6511: "duplicate_cursor", -1013: "query_canceled",
}

func exceptionInitPragma(p *Pass, g *ast.Pragma) {
	if g.Kind != token.EXCEPTION_INIT || len(g.Args) != 2 {
		return
	}
	n, known := p.intValue(g.Args[1])
	condition := oracleErrors[n]
	switch {
	case known && n <= -20000 && n >= -20999:
		p.ReportAs(g, model.Low, model.Auto, fmt.Sprintf("exception %s stands for the application's error %d: its handlers catch the SQLSTATE made from the number", p.text(g.Args[0]), n))
	case condition != "":
		p.Report(g, fmt.Sprintf("exception %s stands for ORA-%05d: its handlers catch %s", p.text(g.Args[0]), -n, condition))
	default:
		p.ReportAs(g, model.High, model.Review, fmt.Sprintf("exception %s stands for ORA error %s, for which PostgreSQL has no condition known here", p.text(g.Args[0]), p.text(g.Args[1])))
	}
}
