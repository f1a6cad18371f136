package rules

import (
	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
)

var dual = &Rule{
	Code: "CV0306", Name: "dual", Since: first, Group: groupQuery, Severity: model.Info, Effort: model.Auto, Needs: FeatureDual,
	Before: `SELECT 1 FROM dual`,
	After:  `SELECT 1`,
	On:     []Matcher{Node(dualTable)},
}

func dualTable(p *Pass, t *ast.TableName) {
	if p.File.Last(t.Name) != "DUAL" || t.Name.Link != 0 {
		return
	}
	if parts := p.File.Parts(t.Name); len(parts) == 2 && parts[0] != "SYS" {
		return
	}
	if o := p.Info.Ref(t.Name).Object; o != nil && o.Kind == model.KindTable && !o.Implied {
		return
	}
	p.Report(t, "FROM DUAL is left out: PostgreSQL needs no FROM")
}
