package rules

import (
	"fmt"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

var pipelined = &Rule{
	Code: "CV0619", Name: "pipelined", Since: first, Group: groupPLSQL, Severity: model.Medium, Effort: model.Auto, Needs: FeaturePipelined,
	Before: `CREATE FUNCTION numbers RETURN number_list PIPELINED IS BEGIN PIPE ROW (1); RETURN; END;
/`,
	After: `CREATE FUNCTION numbers() RETURNS SETOF integer LANGUAGE plpgsql AS $$ BEGIN RETURN NEXT 1; RETURN; END $$`,
	On:    []Matcher{Node(pipelinedProp)},
}

func pipelinedProp(p *Pass, r *ast.RoutineProp) {
	switch {
	case r.Kind == token.PIPELINED && r.Polymorphic:
		p.ReportAs(r, model.Blocker, model.Manual, "a polymorphic table function decides its columns when it is called, which PostgreSQL functions cannot")
	case r.Kind == token.PIPELINED && len(r.Names) > 0:
		p.ReportAs(r, model.High, model.Manual, fmt.Sprintf("the table function is implemented by type %s (ODCITable interface), which PostgreSQL does not have", p.name(r.Names[0])))
	case r.Kind == token.PIPELINED:
		p.Report(r, "PIPELINED becomes RETURNS SETOF with RETURN NEXT; PostgreSQL gathers all rows before the caller sees the first, also behind an early stop")
	case r.Kind == token.AGGREGATE:
		p.ReportAs(r, model.High, model.Manual, fmt.Sprintf("the aggregate is implemented by type %s: CREATE AGGREGATE with functions for state, step and end", p.name(r.Names[0])))
	case r.Kind == token.SQL_MACRO:
		p.ReportAs(r, model.High, model.Review, "a SQL macro is expanded into the query; an SQL function or a view is nearest")
	}
}
