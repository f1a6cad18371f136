package rules

import (
	"fmt"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

var viewForce = &Rule{
	Code: "CV1009", Name: "view-force", Since: first, Group: groupObjects, Severity: model.Low, Effort: model.Auto,
	Before: `CREATE FORCE VIEW v AS SELECT deptno FROM dept`,
	After:  `CREATE VIEW v AS SELECT deptno FROM dept`,
	On:     []Matcher{Node(viewForceStmt)},
}

func viewForceStmt(p *Pass, v *ast.CreateView) {
	if v.Force == token.FORCE {
		p.Report(v.Name, fmt.Sprintf("view %s is created even when its query does not work; PostgreSQL checks it at once, so it must come behind what it reads", p.name(v.Name)))
	}
}
