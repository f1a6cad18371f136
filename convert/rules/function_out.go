package rules

import (
	"fmt"
	"strings"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

var functionOut = &Rule{
	Code: "CV0622", Name: "function-out", Since: first, Group: groupPLSQL, Severity: model.High, Effort: model.Auto, Needs: FeatureFunctionOut,
	Before: `CREATE FUNCTION find_it (id INTEGER, msg OUT VARCHAR2) RETURN INTEGER IS BEGIN msg := 'a'; RETURN 1; END;
/`,
	After: `CREATE FUNCTION find_it (id integer, OUT result integer, OUT msg varchar) LANGUAGE plpgsql AS $$ BEGIN msg := 'a'; result := 1; END $$`,
	On:    []Matcher{Node(functionOutRoutine)},
}

func functionOutRoutine(p *Pass, r *ast.Routine) {
	if r.Kind != token.FUNCTION {
		return
	}
	var names []string
	for _, q := range r.Params {
		if q.Out {
			names = append(names, p.name(q.Name))
		}
	}
	if len(names) > 0 {
		p.Report(r.Name, fmt.Sprintf("function %s returns a value and sets %s: PostgreSQL gives all back as one composite, so every call is rewritten", p.name(r.Name), strings.Join(names, ", ")))
	}
}
