package rules

import (
	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
)

var forReverse = &Rule{
	Code: "CV0631", Name: "for-reverse", Since: first, Group: groupPLSQL, Severity: model.High, Effort: model.Auto,
	Before: `BEGIN FOR i IN REVERSE 1 .. 3 LOOP log_it(i); END LOOP; END;
/`,
	After: `DO $$ BEGIN FOR i IN REVERSE 3 .. 1 LOOP RAISE NOTICE '%', i; END LOOP; END $$`,
	On:    []Matcher{Node(forReverseControl)},
}

func forReverseControl(p *Pass, c *ast.IterControl) {
	switch {
	case c.Reverse && c.Kind == ast.IterRange:
		p.Report(c, "REVERSE takes its bounds low to high in Oracle and high to low in PostgreSQL; unchanged, the loop would never run: the bounds are swapped")
	case c.Kind == ast.IterValues || c.Kind == ast.IterIndices || c.Kind == ast.IterPairs || c.Repeat || c.While != nil || c.When != nil:
		p.ReportAs(c, model.Medium, model.Auto, "an iteration control of Oracle 21c becomes a plain loop")
	}
}
