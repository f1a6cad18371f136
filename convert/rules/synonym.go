package rules

import (
	"fmt"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
)

var synonymRule = &Rule{
	Code: "CV1002", Name: "synonym", Since: first, Group: groupObjects, Severity: model.Medium, Effort: model.Auto, Needs: FeatureSynonyms,
	Before: `CREATE SYNONYM staff FOR emp`,
	After:  `CREATE VIEW staff AS SELECT * FROM emp`,
	On:     []Matcher{Node(synonymStmt)},
}

func synonymStmt(p *Pass, s *ast.CreateSynonym) {
	switch {
	case s.Target != nil && s.Target.Link != 0:
		p.ReportAs(s, model.High, model.Review, fmt.Sprintf("synonym %s stands for %s over a database link: a foreign table of that name", p.name(s.Name), p.name(s.Target)))
	case s.Public:
		p.ReportAs(s, model.Medium, model.Auto, fmt.Sprintf("public synonym %s makes %s visible to all: search_path does that, or a view in a schema that all have in theirs", p.name(s.Name), p.name(s.Target)))
	default:
		p.Report(s, fmt.Sprintf("synonym %s for %s: search_path makes it needless, else a view (of a table) or a function that calls (of a routine) stands for it", p.name(s.Name), p.name(s.Target)))
	}
}
