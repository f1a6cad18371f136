package rules

import (
	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

var routineOptions = &Rule{
	Code: "CV0620", Name: "routine-options", Since: first, Group: groupPLSQL, Severity: model.Low, Effort: model.Auto,
	Before: `CREATE FUNCTION twice (n INTEGER) RETURN INTEGER DETERMINISTIC IS BEGIN RETURN n * 2; END;
/`,
	After: `CREATE FUNCTION twice (n integer) RETURNS integer IMMUTABLE LANGUAGE plpgsql AS $$ BEGIN RETURN n * 2; END $$`,
	On:    []Matcher{Node(routineOption)},
}

func routineOption(p *Pass, r *ast.RoutineProp) {
	switch r.Kind {
	case token.DETERMINISTIC:
		p.Report(r, "DETERMINISTIC becomes IMMUTABLE, which PostgreSQL believes more: a function that reads tables must be STABLE")
	case token.RESULT_CACHE:
		p.ReportAs(r, model.Medium, model.Review, "RESULT_CACHE keeps results over sessions; PostgreSQL has no such cache, so each call computes")
	case token.PARALLEL_ENABLE:
		p.ReportAs(r, model.Info, model.Auto, "PARALLEL_ENABLE becomes PARALLEL SAFE")
	case token.ACCESSIBLE:
		p.ReportAs(r, model.Low, model.Review, "ACCESSIBLE BY limits who may call; privileges are nearest, callers of the same owner cannot be told apart")
	case token.AUTHID:
		if r.Value == token.CURRENT_USER {
			p.ReportAs(r, model.Low, model.Auto, "AUTHID CURRENT_USER is PostgreSQL's usual way (SECURITY INVOKER); names are still found by search_path")
		}
	}
}
