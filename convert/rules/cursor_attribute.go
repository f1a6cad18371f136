package rules

import (
	"fmt"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

var cursorAttribute = &Rule{
	Code: "CV0608", Name: "cursor-attribute", Since: first, Group: groupPLSQL, Severity: model.Low, Effort: model.Auto, Needs: FeatureCursorAttributes,
	Before: `BEGIN LOOP FETCH c INTO r; EXIT WHEN c%NOTFOUND; END LOOP; END;
/`,
	After: `DO $$ DECLARE c CURSOR FOR SELECT * FROM emp; r record; BEGIN OPEN c; LOOP FETCH c INTO r; EXIT WHEN NOT FOUND; END LOOP; END $$`,
	On:    []Matcher{Node(cursorAttributeUse)},
}

func cursorAttributeUse(p *Pass, a *ast.Attr) {
	implicit := false
	if n, ok := a.X.(*ast.Name); ok {
		implicit = n.Hi-n.Lo == 1 && p.File.Ident(n.Lo) == "SQL"
	}
	switch a.Attr {
	case token.FOUND, token.NOTFOUND:
		p.Report(a, fmt.Sprintf("%s becomes FOUND, which is of the last statement and not of one cursor: no other SQL may stand between", p.text(a)))
	case token.ROWCOUNT:
		if implicit {
			p.Report(a, "SQL%ROWCOUNT becomes GET DIAGNOSTICS n = ROW_COUNT right behind the statement")
		} else {
			p.ReportAs(a, model.Medium, model.Auto, fmt.Sprintf("%s counts the rows fetched so far: a variable counts them", p.text(a)))
		}
	case token.ISOPEN:
		p.ReportAs(a, model.Medium, model.Auto, fmt.Sprintf("%s: PL/pgSQL cannot ask whether a cursor is open; pg_cursors has its name, or a variable remembers", p.text(a)))
	case token.BULK_ROWCOUNT, token.BULK_EXCEPTIONS:
		p.ReportAs(a, model.High, model.Review, fmt.Sprintf("%s is filled by FORALL; arrays of one's own have to keep it", p.text(a)))
	}
}
