package rules

import (
	"fmt"

	"landfall/internal/model"
	"landfall/internal/oracle/resolve"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

var dateArithmetic = &Rule{
	Code: "CV0413", Name: "date-arithmetic", Since: first, Group: groupFunctions, Severity: model.Medium, Effort: model.Auto, Needs: FeatureDateArithmetic,
	Before: `SELECT DATE '2024-01-31' + 1.5 FROM emp`,
	After:  `SELECT timestamp '2024-01-31' + 1.5 * interval '1 day' FROM emp`,
	On:     []Matcher{Node(dateArithmeticOp)},
}

func dateArithmeticOp(p *Pass, b *ast.Binary) {
	if b.Op.Kind != token.Plus && b.Op.Kind != token.Minus {
		return
	}
	x, y := p.class(b.X), p.class(b.Y)
	switch {
	case isDate(x) && isDate(y) && b.Op.Kind == token.Minus:
		if x == resolve.ClassTimestamp || y == resolve.ClassTimestamp {
			return // an interval on both sides
		}
		p.ReportAs(b, model.High, model.Auto, fmt.Sprintf("%s is a number of days in Oracle and an interval in PostgreSQL: it becomes extract(epoch FROM ...) / 86400", p.text(b)))
	case isDate(x) && (isNumber(y) || y == resolve.ClassUnknown && numeric(p, b.Y)):
		p.Report(b, fmt.Sprintf("%s adds days to a date; in PostgreSQL a timestamp takes no number: n * interval '1 day'", p.text(b)))
	case isNumber(x) && isDate(y) && b.Op.Kind == token.Plus:
		p.Report(b, fmt.Sprintf("%s adds days to a date; in PostgreSQL a timestamp takes no number: n * interval '1 day'", p.text(b)))
	}
}

// numeric holds for arithmetic, which is a number wherever its operands are not known: 1/24, n * 2.
func numeric(p *Pass, e ast.Expr) bool {
	b, ok := ast.Unparen(e).(*ast.Binary)
	return ok && (b.Op.Kind == token.Slash || b.Op.Kind == token.Star)
}
