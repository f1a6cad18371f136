package rules

import (
	"fmt"

	"landfall/internal/model"
	"landfall/internal/oracle/resolve"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

var integerDivision = &Rule{
	Code: "CV0419", Name: "integer-division", Since: first, Group: groupFunctions, Severity: model.Medium, Effort: model.Auto, Needs: FeatureNumberDivision,
	Before: `SELECT deptno / 4 FROM emp`,
	After:  `SELECT deptno::numeric / 4 FROM emp`,
	On:     []Matcher{Node(integerDivisionOp)},
}

func integerDivisionOp(p *Pass, b *ast.Binary) {
	if b.Op.Kind != token.Slash {
		return
	}
	x, y := p.whole(b.X), p.whole(b.Y)
	switch {
	case x == no || y == no:
	case x == yes && y == yes:
		p.ReportAs(b, model.High, model.Auto, fmt.Sprintf("%s divides whole numbers: Oracle keeps the fraction, PostgreSQL cuts it off (5/2 is 2.5 and 2); one side is cast to numeric", p.text(b)))
	default:
		p.Report(b, fmt.Sprintf("%s: where both sides become integer types, PostgreSQL cuts the fraction off; one side is cast to numeric", p.text(b)))
	}
}

type answer uint8

const (
	perhaps answer = iota
	yes
	no
)

// whole tells whether an expression will be of an integer type in PostgreSQL.
func (p *Pass) whole(e ast.Expr) answer {
	e = ast.Unparen(e)
	if _, ok := p.intValue(e); ok {
		return yes
	}
	if l, ok := e.(*ast.Literal); ok && l.Kind == ast.LitNumber {
		return no
	}
	t := p.Info.Type(e)
	switch t.Class {
	case resolve.ClassUnknown:
		return perhaps
	case resolve.ClassInteger:
		return yes
	case resolve.ClassNumber:
		if t.Ref.Name == "" {
			return perhaps
		}
		proposed, _, _ := ProposeType(t.Ref, p.Target)
		if proposed == "smallint" || proposed == "integer" || proposed == "bigint" {
			return yes
		}
		return no
	}
	return no
}
