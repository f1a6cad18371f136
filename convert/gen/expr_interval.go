package gen

import (
	"landfall/internal/oracle/resolve"
	"landfall/internal/oracle/syntax/ast"
)

// intervalText writes an interval as text. How many digits it has depends on the type of the expression (SQL Language
// Reference 19c, "Interval Data Types"): a function or arithmetic gives the most there are, a difference of timestamps
// keeps their fraction.
func (g *gen) intervalText(e ast.Expr, f frag) frag {
	lead, fraction := g.intervalDigits(ast.Unparen(e))
	if lead == 2 && fraction == 6 {
		return callFrag(g.useOf("to_char", "interval"), pgText, f.s)
	}
	return callFrag(g.useOf("to_char", "interval"), pgText, f.s, itoa(lead), itoa(fraction))
}

func (g *gen) intervalDigits(e ast.Expr) (lead, fraction int) {
	switch x := e.(type) {
	case *ast.Binary:
		if g.class(x.X) == resolve.ClassTimestamp || g.class(x.Y) == resolve.ClassTimestamp {
			return 9, 6
		}
		return 9, 9
	case *ast.Call:
		return 9, 9
	}
	lead, fraction = 2, 6
	t := g.info.Type(e)
	if p := t.Ref.Precision; p != nil {
		lead = *p
	}
	if s := t.Ref.Scale; s != nil {
		fraction = *s
	}
	return lead, fraction
}

// fieldsApart makes days of the hours of an interval from 24 on, so that EXTRACT finds the fields that Oracle has:
// INTERVAL '36' HOUR is a day and 12 hours. PostgreSQL keeps hours beside days; a difference of timestamps has none too many.
func (g *gen) fieldsApart(e ast.Expr, f frag) frag {
	if b, ok := ast.Unparen(e).(*ast.Binary); ok && g.class(b.X) == resolve.ClassTimestamp && g.class(b.Y) != resolve.ClassInterval {
		return f
	}
	if g.ofMonths(e) {
		return f
	}
	w := callFrag("justify_hours", pgInterval, f.s)
	w.notNull = f.notNull
	return w
}
