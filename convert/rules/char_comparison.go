package rules

import (
	"fmt"

	"landfall/internal/model"
	"landfall/internal/oracle/resolve"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

var charComparison = &Rule{
	Code: "CV0421", Name: "char-comparison", Since: first, Group: groupFunctions, Severity: model.Medium, Effort: model.Review, Needs: FeatureCharPadding,
	Before: `CREATE FUNCTION f (c CHAR, v VARCHAR2) RETURN INTEGER IS BEGIN IF CAST(c AS CHAR(3)) = v THEN RETURN 1; END IF; RETURN 0; END;
/`,
	After: `SELECT 1 WHERE 'a'::char(3) = 'a'::varchar`,
	On:    []Matcher{Node(charCompare)},
}

func charCompare(p *Pass, b *ast.Binary) {
	if !comparison(b.Op.Kind) {
		return
	}
	x, y := p.charOf(b.X), p.charOf(b.Y)
	if x == resolve.ClassChar && y != resolve.ClassChar && notConstant(b.Y) {
		reportCharCompare(p, b, b.X, b.Y)
	} else if y == resolve.ClassChar && x != resolve.ClassChar && notConstant(b.X) {
		reportCharCompare(p, b, b.Y, b.X)
	}
}

func reportCharCompare(p *Pass, b *ast.Binary, padded, other ast.Expr) {
	if p.class(other) != resolve.ClassText {
		return
	}
	if n := p.Info.Type(padded).Ref.Precision; n != nil && *n == 1 {
		return // one character has no padding
	}
	p.Report(b, fmt.Sprintf("%s compares the padded CHAR %s with VARCHAR2: Oracle counts the blanks and finds them unequal, PostgreSQL drops the blanks of char(n)", p.text(b), p.text(padded)))
}

// charOf is class, with the type of a cast.
func (p *Pass) charOf(e ast.Expr) resolve.TypeClass {
	if c, ok := ast.Unparen(e).(*ast.Cast); ok && c.Type != nil && c.Type.Kw == token.CHAR {
		return resolve.ClassChar
	}
	return p.class(e)
}

func notConstant(e ast.Expr) bool {
	_, literal := ast.Unparen(e).(*ast.Literal)
	return !literal
}
