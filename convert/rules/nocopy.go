package rules

import (
	"fmt"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
)

var nocopy = &Rule{
	Code: "CV0621", Name: "nocopy", Since: first, Group: groupPLSQL, Severity: model.Info, Effort: model.Auto,
	Before: `CREATE PROCEDURE fill (x IN OUT NOCOPY VARCHAR2) IS BEGIN x := 'a'; END;
/`,
	After: `CREATE PROCEDURE fill (INOUT x varchar) LANGUAGE plpgsql AS $$ BEGIN x := 'a'; END $$`,
	On:    []Matcher{Node(nocopyParam)},
}

func nocopyParam(p *Pass, q *ast.Param) {
	if q.NoCopy {
		p.Report(q, fmt.Sprintf("NOCOPY of %s is left out: PostgreSQL always copies, so changes made before an error are not seen by the caller", p.name(q.Name)))
	}
}
