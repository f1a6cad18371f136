package rules

import (
	"fmt"

	"landfall/internal/model"
	"landfall/internal/oracle/resolve"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

var anchoredType = &Rule{
	Code: "CV0601", Name: "anchored-type", Since: first, Group: groupPLSQL, Severity: model.Info, Effort: model.Auto, Needs: FeatureAnchoredTypes,
	Before: `CREATE PROCEDURE p (n emp.empno%TYPE) IS BEGIN NULL; END;
/`,
	After: `CREATE PROCEDURE p (n emp.empno%TYPE) LANGUAGE plpgsql AS $$ BEGIN NULL; END $$`,
	On:    []Matcher{Node(anchoredTypeUse)},
}

func anchoredTypeUse(p *Pass, t *ast.DataType) {
	if t.Anchor == 0 {
		return
	}
	_, param := p.Parent(0).(*ast.Param)
	switch ref := p.Info.Ref(t.Name); {
	case t.Anchor == token.ROWTYPE && ref.Kind == resolve.Cursor:
		p.ReportAs(t, model.Low, model.Auto, fmt.Sprintf("%s: a row of a cursor becomes a record", p.text(t)))
	case ref.Kind == resolve.Variable && ref.Variable != nil:
		p.ReportAs(t, model.Low, model.Auto, fmt.Sprintf("%s anchors to a package variable; PostgreSQL anchors to columns and variables in sight: the type is written out", p.text(t)))
	case param && t.Anchor == token.TYPE:
		p.Report(t, fmt.Sprintf("%s of a parameter is kept; PostgreSQL takes the column's type once, at CREATE, and does not follow later changes", p.text(t)))
	default:
		p.Report(t, fmt.Sprintf("%s is kept", p.text(t)))
	}
}
