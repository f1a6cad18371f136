package rules

import (
	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
)

var withFunction = &Rule{
	Code: "CV0334", Name: "with-function", Since: first, Group: groupQuery, Severity: model.Medium, Effort: model.Auto,
	Before: `WITH FUNCTION twice (x INTEGER) RETURN INTEGER IS BEGIN RETURN x * 2; END; SELECT twice(deptno) FROM dept;
/`,
	After: `CREATE FUNCTION pg_temp.twice (x integer) RETURNS integer LANGUAGE plpgsql AS $$ BEGIN RETURN x * 2; END $$`,
	On:    []Matcher{Node(withFunctionClause)},
}

func withFunctionClause(p *Pass, w *ast.With) {
	for _, d := range w.Decls {
		p.Report(d, "a function declared in the query becomes a function of its own, in the schema or in pg_temp")
	}
}
