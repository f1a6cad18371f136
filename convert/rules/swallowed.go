package rules

import (
	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
)

var swallowed = &Rule{
	Code: "CV0613", Name: "swallowed-error", Since: first, Group: groupPLSQL, Severity: model.Info, Effort: model.Review,
	Before: `BEGIN log_it(1); EXCEPTION WHEN OTHERS THEN NULL; END;
/`,
	After: `DO $$ BEGIN PERFORM 1; EXCEPTION WHEN OTHERS THEN NULL; END $$`,
	On:    []Matcher{Node(swallowedHandler)},
}

func swallowedHandler(p *Pass, h *ast.Handler) {
	if !h.Others || len(h.Stmts) != 1 {
		return
	}
	if _, null := h.Stmts[0].(*ast.NullStmt); null {
		p.Report(h, "WHEN OTHERS THEN NULL hides every error, also those that only PostgreSQL raises after the move (casts, missing functions)")
	}
}
