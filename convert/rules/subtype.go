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
	if s.Bounds == nil && !s.NotNull {
		return // its base type stands for it
	}
	p.Report(s, fmt.Sprintf("PL/pgSQL has no subtypes: a domain with the limits of %s stands for it where variables are declared", p.name(s.Name)))
}
