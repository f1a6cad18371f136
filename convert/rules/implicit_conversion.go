package rules

import (
	"fmt"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

var implicitConversion = &Rule{
	Code: "CV0420", Name: "implicit-conversion", Since: first, Group: groupFunctions, Severity: model.High, Effort: model.Auto, Needs: FeatureImplicitConvert,
	Before: `SELECT ename FROM emp WHERE LENGTH(ename) = UPPER(job)`,
	After:  `SELECT ename FROM emp WHERE length(ename) = upper(job)::numeric`,
	On:     []Matcher{Node(implicitCompare), Node(implicitArithmetic), Node(implicitBetween)},
}

func implicitCompare(p *Pass, b *ast.Binary) {
	if comparison(b.Op.Kind) {
		reportImplicit(p, b, b.X, b.Y)
	}
}

func implicitBetween(p *Pass, b *ast.Between) { reportImplicit(p, b, b.X, b.Low) }

func reportImplicit(p *Pass, at ast.Node, a, b ast.Expr) {
	x, y := p.class(a), p.class(b)
	if isText(x) && !isText(y) {
		a, b, x, y = b, a, y, x
	}
	if !isText(y) {
		return
	}
	_, literal := ast.Unparen(b).(*ast.Literal)
	switch {
	case isNumber(x) && literal:
		p.ReportAs(at, model.Low, model.Auto, fmt.Sprintf("%s compares a number with a text constant; PostgreSQL reads the constant as a number, if it is one", p.text(at)))
	case isNumber(x):
		p.Report(at, fmt.Sprintf("%s compares the number %s with the text %s: Oracle converts the text row by row, PostgreSQL refuses; a cast is added, and fails where the text is no number", p.text(at), p.text(a), p.text(b)))
	case isDate(x):
		p.Report(at, fmt.Sprintf("%s compares the date %s with a text: Oracle reads it by NLS_DATE_FORMAT; the mask has to be written out", p.text(at), p.text(a)))
	}
}

func implicitArithmetic(p *Pass, b *ast.Binary) {
	switch b.Op.Kind {
	case token.Plus, token.Minus, token.Star, token.Slash:
	default:
		return
	}
	for _, e := range []ast.Expr{b.X, b.Y} {
		if isText(p.class(e)) {
			p.Report(b, fmt.Sprintf("%s computes with the text %s, which Oracle turns into a number; PostgreSQL refuses without a cast", p.text(b), p.text(e)))
			return
		}
	}
}
