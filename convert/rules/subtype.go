package rules

import (
	"fmt"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
)

var subtypeRule = &Rule{
	Code: "CV0632", Name: "subtype", Since: first, Group: groupPLSQL, Severity: model.Low, Effort: model.Auto, Needs: FeatureSubtypes,
	Before: `DECLARE SUBTYPE small IS INTEGER RANGE 1 .. 9; BEGIN NULL; END;
/`,
	After: `CREATE DOMAIN small AS integer CHECK (VALUE BETWEEN 1 AND 9)`,
	On:    []Matcher{Node(subtypeDecl)},
}

func subtypeDecl(p *Pass, s *ast.SubtypeDecl) {
	p.Report(s, fmt.Sprintf("subtype %s becomes a domain of the schema: PL/pgSQL has no types of its own", p.name(s.Name)))
}
