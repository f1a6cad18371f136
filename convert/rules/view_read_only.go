package rules

import (
	"fmt"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

var viewReadOnly = &Rule{
	Code: "CV1010", Name: "view-read-only", Since: first, Group: groupObjects, Severity: model.Low, Effort: model.Auto,
	Before: `CREATE VIEW v AS SELECT deptno FROM dept WITH READ ONLY`,
	After:  `CREATE VIEW v AS SELECT deptno FROM dept; REVOKE INSERT, UPDATE, DELETE ON v FROM PUBLIC`,
	On:     []Matcher{Node(viewReadOnlyStmt)},
}

func viewReadOnlyStmt(p *Pass, v *ast.CreateView) {
	switch {
	case v.With == token.READ:
		p.Report(v.Name, fmt.Sprintf("view %s is READ ONLY; a simple view of PostgreSQL can be written to: privileges have to forbid it", p.name(v.Name)))
	case v.Duality:
		p.ReportAs(v.Name, model.High, model.Manual, fmt.Sprintf("%s shows rows as JSON documents that can be written; PostgreSQL has views of JSON to read only, INSTEAD OF triggers do the rest", p.name(v.Name)))
	case v.Editioning:
		p.ReportAs(v.Name, model.Medium, model.Review, fmt.Sprintf("%s is an editioning view; PostgreSQL has no editions, it becomes a plain view", p.name(v.Name)))
	}
}
