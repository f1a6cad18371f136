package rules

import (
	"fmt"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
)

var predefinedException = &Rule{
	Code: "CV0616", Name: "predefined-exception", Since: first, Group: groupPLSQL, Severity: model.Low, Effort: model.Auto, Needs: FeatureExceptions,
	Before: `BEGIN log_it(1); EXCEPTION WHEN DUP_VAL_ON_INDEX THEN log_it(2); END;
/`,
	After: `DO $$ BEGIN PERFORM 1; EXCEPTION WHEN unique_violation THEN PERFORM 2; END $$`,
	On:    []Matcher{Node(predefinedHandler), Node(predefinedRaise)},
}

// predefined are PL/SQL's exceptions of package STANDARD with PostgreSQL's condition; "" has none. NO_DATA_FOUND and
// TOO_MANY_ROWS are the same on both sides.
var predefined = map[string]string{
	"DUP_VAL_ON_INDEX": "unique_violation", "ZERO_DIVIDE": "division_by_zero", "VALUE_ERROR": "data_exception and its kin", "INVALID_NUMBER": "invalid_text_representation",
	"INVALID_CURSOR": "invalid_cursor_name", "CURSOR_ALREADY_OPEN": "duplicate_cursor", "LOGIN_DENIED": "invalid_password", "PROGRAM_ERROR": "internal_error",
	"STORAGE_ERROR": "out_of_memory", "CASE_NOT_FOUND": "case_not_found", "TIMEOUT_ON_RESOURCE": "lock_not_available", "ACCESS_INTO_NULL": "", "COLLECTION_IS_NULL": "",
	"SUBSCRIPT_BEYOND_COUNT": "", "SUBSCRIPT_OUTSIDE_LIMIT": "", "SELF_IS_NULL": "", "SYS_INVALID_ROWID": "", "ROWTYPE_MISMATCH": "", "NOT_LOGGED_ON": "",
	"NO_DATA_NEEDED": "", "TRANSACTION_BACKED_OUT": "",
}

func predefinedHandler(p *Pass, h *ast.Handler) {
	for _, n := range h.Names {
		reportPredefined(p, n)
	}
}

func predefinedRaise(p *Pass, r *ast.Raise) {
	if r.Exception != nil {
		reportPredefined(p, r.Exception)
	}
}

func reportPredefined(p *Pass, n *ast.Name) {
	if r := p.Info.Ref(n); r.Decl != nil || r.Variable != nil || n.Hi-n.Lo != 1 {
		return
	}
	name := p.File.Last(n)
	to, ok := predefined[name]
	switch {
	case !ok:
	case to == "":
		p.ReportAs(n, model.High, model.Review, fmt.Sprintf("%s is never raised in PostgreSQL: arrays give NULL beyond their bounds, so the handler would be dead", name))
	default:
		p.Report(n, fmt.Sprintf("%s becomes %s", name, to))
	}
}
