package rules

import (
	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
)

var refCursor = &Rule{
	Code: "CV0610", Name: "ref-cursor", Since: first, Group: groupPLSQL, Severity: model.Medium, Effort: model.Auto, Needs: FeatureRefCursors,
	Before: `CREATE PROCEDURE list_all (rc OUT SYS_REFCURSOR) IS BEGIN OPEN rc FOR SELECT ename FROM emp; END;
/`,
	After: `CREATE PROCEDURE list_all (INOUT rc refcursor) LANGUAGE plpgsql AS $$ BEGIN OPEN rc FOR SELECT ename FROM emp; END $$`,
	On:    []Matcher{Node(refCursorType), Node(refCursorUse)},
}

func refCursorType(p *Pass, t *ast.RefCursorType) {
	how := "REF CURSOR becomes refcursor"
	if t.Return != nil {
		how += "; its row type is not checked any more"
	}
	p.ReportAs(t, model.Low, model.Auto, how)
}

func refCursorUse(p *Pass, t *ast.DataType) {
	if t.Kw.String() != "SYS_REFCURSOR" && (t.Name == nil || t.Anchor != 0 || p.File.Last(t.Name) != "SYS_REFCURSOR") {
		return
	}
	param, ok := p.Parent(0).(*ast.Param)
	if _, returned := p.Parent(0).(*ast.Routine); returned || ok && param.Out {
		p.Report(t, "a cursor handed to the caller becomes refcursor: it lives until the transaction ends, so the program must not commit before it fetches")
		return
	}
	p.ReportAs(t, model.Low, model.Auto, "SYS_REFCURSOR becomes refcursor")
}
