package gen

import (
	"strings"
	"unicode"

	"landfall/internal/model"
	"landfall/internal/oracle/resolve"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// A statement may name tables that the source does not have: of another schema, of a file that is converted apart. What
// their columns are is not known here, and much of Oracle means another thing for each type: d - e, n / 2, x || 'a'. Such
// places call functions of the support schema that have an overload for each type, so that PostgreSQL chooses when it
// reads the statement and knows the table.

// untyped reports whether only the running code knows what type an expression has.
func (g *gen) untyped(e ast.Expr, f frag) bool {
	if f.typ != pgUnknown {
		return false
	}
	switch x := ast.Unparen(e).(type) {
	case *ast.Binary:
		return true
	case *ast.Name:
		switch g.ref(x).Kind {
		case resolve.Unknown, resolve.Column, resolve.Variable, resolve.Parameter, resolve.PseudoRecord:
		default:
			return false
		}
	case *ast.Call, *ast.Case, *ast.Subquery:
	default:
		return false
	}
	return g.info.Type(e).Class == resolve.ClassUnknown
}

// untypedArithmetic converts + and - with an operand whose type only the running code knows.
func (g *gen) untypedArithmetic(x *ast.Binary, a, b frag) (frag, bool) {
	ua, ub := g.untyped(x.X, a), g.untyped(x.Y, b)
	known := func(t pgType) bool {
		return t == pgInteger || t == pgNumeric || t.datetime() || t == pgInterval || t.text()
	}
	if !ua && !ub || !ua && !known(a.typ) || !ub && !known(b.typ) {
		return frag{}, false
	}
	a, b = g.operand(x.X, a), g.operand(x.Y, b)
	if x.Op.Kind == token.Minus && (g.asInterval[x] || g.class(x.X) == resolve.ClassTimestamp || g.class(x.Y) == resolve.ClassTimestamp) {
		return frag{s: g.rewritten(x, a.in(precAdd), "", b.in(precMul)), prec: precAdd, typ: pgInterval}, true
	}
	switch x.Op.Kind {
	case token.Plus:
		return callFrag(g.use("plus"), pgUnknown, a.s, b.s), true
	case token.Minus:
		if (ua || a.typ.datetime()) && ub {
			g.reportAs(x, "date-arithmetic", model.Low, model.Auto, "the types of %s are not in the source: the support schema takes two dates for DATEs, whose difference is a number of days; that of two columns of type TIMESTAMP is an interval in Oracle", g.source(x))
		}
		return callFrag(g.use("minus"), pgUnknown, a.s, b.s), true
	}
	return frag{}, false
}

// factorOf is a side of *: a column of unknown type may hold a number as text, or be of an integer type, whose products
// PostgreSQL keeps within that type. An interval, which is left, cannot be multiplied so: that fails when it is read.
func (g *gen) factorOf(e ast.Expr, f frag) frag {
	if _, name := ast.Unparen(e).(*ast.Name); name && g.untyped(e, f) {
		return f.cast("numeric", pgNumeric)
	}
	return f
}

// textOfUntyped writes a value of unknown type as Oracle's implicit conversion to text does.
func (g *gen) textOfUntyped(f frag) frag {
	keep := f.notNull
	f = callFrag(g.use("to_text"), pgText, f.s)
	f.notNull = keep
	return f
}

// textOf is a converted argument of a function of text: of unknown type it is written as Oracle writes it.
func (g *gen) textOf(e ast.Expr, f frag) frag {
	if g.untyped(e, f) {
		return g.textOfUntyped(f)
	}
	return f
}

// wordless reports whether a pattern of LIKE asks for digits and for no letters.
func wordless(pattern string) bool {
	digits := false
	for _, c := range pattern {
		switch {
		case c >= '0' && c <= '9':
			digits = true
		case unicode.IsLetter(c):
			return false
		}
	}
	return digits
}

// distanceOrder is the ORDER BY of a window. Where RANGE n PRECEDING reaches back in a column of unknown type, n is in
// numbers or in days.
func (g *gen) distanceOrder(o *ast.Over) string {
	if o.Frame == nil || o.Frame.Unit != token.RANGE || len(o.OrderBy.Items) != 1 {
		return g.orderBy(o.OrderBy)
	}
	e := o.OrderBy.Items[0].X
	for _, b := range [...]*ast.Bound{o.Frame.From, o.Frame.To} {
		if b == nil || b.X == nil {
			continue
		}
		if f := g.expr(e); g.untyped(e, f) && g.expr(b.X).typ.number() {
			return g.splice(o.OrderBy, put(e, callFrag(g.use("distance_key"), pgNumeric, f.s).s))
		}
	}
	return g.orderBy(o.OrderBy)
}

// wantInterval notes that a difference stands where only an interval can, which makes its operands TIMESTAMPs: EXTRACT of
// its fields, beside another interval.
func (g *gen) wantInterval(e ast.Expr) {
	if b, ok := ast.Unparen(e).(*ast.Binary); ok && b.Op.Kind == token.Minus {
		if g.asInterval == nil {
			g.asInterval = map[*ast.Binary]bool{}
		}
		g.asInterval[b] = true
	}
}

// textLeads makes text of results of unknown type where the first result is a text: DECODE and NVL2 give all of them the
// type of the first.
func (g *gen) textLeads(list []ast.Expr, frags []frag) {
	if !frags[0].typ.text() {
		return
	}
	for i, e := range list {
		frags[i] = g.textOf(e, frags[i])
	}
}

// dateBeside writes a constant text as PostgreSQL reads it too, where it may be meant as a date: beside an expression of
// unknown type, when it reads as a date by NLS_DATE_FORMAT. A constant like '15-JUN-99' is the same to both and stays.
func (g *gen) dateBeside(e ast.Expr, f frag) frag {
	s, ok := g.constantText(e)
	if !ok || f.typ != pgLiteral {
		return f
	}
	mask := g.dateMask()
	t, _, ok := readDate(s, mask)
	if !ok || !strings.ContainsAny(s, "-/. ") {
		return f
	}
	if mask == "DD-MON-RR" && (len(s) > 9 || t.Year() >= 1970 || t.Year() < 1950) { // two digits are 1970 to 2069 to PostgreSQL
		return f
	}
	iso := t.Format("2006-01-02 15:04:05")
	if iso = strings.TrimSuffix(iso, " 00:00:00"); iso == s {
		return f
	}
	g.reportAs(e, "implicit-conversion", model.Low, model.Auto, "%s stands beside what the source does not tell the type of: it is taken for a date in the format %s", g.source(e), mask)
	f.s = literal(iso)
	return f
}
