package rules

import (
	"fmt"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
)

var cursorFor = &Rule{
	Code: "CV0633", Name: "cursor-return", Since: first, Group: groupPLSQL, Severity: model.Low, Effort: model.Auto,
	Before: `DECLARE CURSOR c (d INTEGER DEFAULT 10) IS SELECT ename FROM emp WHERE deptno = d; BEGIN NULL; END;
/`,
	After: `DO $$ DECLARE c CURSOR (d integer) FOR SELECT ename FROM emp WHERE deptno = d; BEGIN NULL; END $$`,
	On:    []Matcher{Node(cursorDeclUse)},
}

func cursorDeclUse(p *Pass, c *ast.CursorDecl) {
	for _, q := range c.Params {
		if q.Default != nil {
			p.Report(q, fmt.Sprintf("parameter %s of cursor %s has a default; PL/pgSQL's have none, so each OPEN gives the value", p.name(q.Name), p.name(c.Name)))
		}
	}
	if c.Query == nil {
		p.ReportAs(c, model.Medium, model.Auto, fmt.Sprintf("cursor %s is declared apart from its query, for other units to open; it becomes a function that opens it", p.name(c.Name)))
	}
}
