package rules

import (
	"fmt"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
)

var nestedSubprogram = &Rule{
	Code: "CV0617", Name: "nested-subprogram", Since: first, Group: groupPLSQL, Severity: model.High, Effort: model.Auto, Needs: FeatureNestedSubprograms,
	Before: `CREATE PROCEDURE outer_one IS PROCEDURE inner_one IS BEGIN NULL; END; BEGIN inner_one; END;
/`,
	After: `CREATE PROCEDURE inner_one() LANGUAGE plpgsql AS $$ BEGIN NULL; END $$`,
	On:    []Matcher{Node(nestedRoutine)},
}

func nestedRoutine(p *Pass, r *ast.Routine) {
	if _, inBlock := p.Parent(0).(*ast.Block); !inBlock || r.Body == nil {
		return
	}
	p.Report(r.Name, fmt.Sprintf("%s is declared inside another routine or block; it becomes a function of the schema, and the variables it shares with the outer one become parameters", p.name(r.Name)))
}
