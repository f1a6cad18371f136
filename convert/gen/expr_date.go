package gen

import (
	"math/big"
	"strings"

	"landfall/internal/model"
	"landfall/internal/oracle/resolve"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// dateArithmetic converts + and - with a datetime on a side (SQL Language Reference 19c, "Datetime/Interval
// Arithmetic"): a number counts days; the difference of two DATEs is a number of days, that of timestamps an interval.
func (g *gen) dateArithmetic(x *ast.Binary, a, b frag) (frag, bool) {
	minus := x.Op.Kind == token.Minus
	da, db := a.typ.datetime(), b.typ.datetime()
	switch {
	case x.Op.Kind != token.Plus && !minus || !da && !db:
		return frag{}, false
	case da && db && minus:
		return g.dateDifference(x, a, b), true
	case da && b.typ == pgInterval && g.ofMonths(x.Y) && !g.firstOfMonth(x.X):
		if minus {
			b = frag{s: "-" + b.in(precUnary), prec: precUnary, typ: pgInterval}
		}
		return callFrag(g.use("date_plus"), pgTimestamp, g.toMoment(x.X, a).s, b.s), true
	case da && b.typ == pgInterval, db && a.typ == pgInterval && !minus:
		f := frag{s: g.rewritten(x, a.in(precAdd), "", b.in(precMul)), prec: precAdd, typ: a.typ}
		if db {
			f.typ = b.typ
		}
		return f, true
	case da && g.untyped(x.Y, b), db && g.untyped(x.X, a):
		return g.untypedArithmetic(x, a, b)
	case da && b.typ == pgUnknown && minus: // a number of days or a date
		return callFrag(g.use("minus"), pgUnknown, a.s, b.s), true
	case db && minus && (a.typ == pgUnknown || a.typ.text()):
		return g.dateDifference(x, g.toMoment(x.X, a), b), true
	case da && b.typ == pgNull, db && a.typ == pgNull:
		return atom("NULL::timestamp", pgTimestamp), true
	case da && !db:
		days, fraction := g.days(x.Y, b)
		return g.dated(x, frag{s: g.rewritten(x, g.dayOf(x.X, a).in(precAdd), "", days.in(precMul)), prec: precAdd, typ: pgTimestamp}, fraction), true
	case db && !da && !minus:
		days, fraction := g.days(x.X, a)
		return g.dated(x, frag{s: g.rewritten(x, days.in(precAdd), "", g.dayOf(x.Y, b).in(precMul)), prec: precAdd, typ: pgTimestamp}, fraction), true
	}
	return frag{}, false
}

// ofMonths reports whether an expression is an interval of years and months.
func (g *gen) ofMonths(e ast.Expr) bool {
	return g.info.Type(e).Ref.Name == "INTERVAL YEAR TO MONTH"
}

// monthsTimes multiplies or divides an interval of years and months: it stays one in Oracle, where PostgreSQL makes days of
// a part of a month.
func (g *gen) monthsTimes(x *ast.Binary, a, b frag) (frag, bool) {
	by := x.Y
	switch {
	case x.Op.Kind != token.Star && x.Op.Kind != token.Slash:
		return frag{}, false
	case g.ofMonths(x.X) && a.typ == pgInterval:
	case g.ofMonths(x.Y) && b.typ == pgInterval && x.Op.Kind == token.Star:
		a, b, by = b, a, x.X
	default:
		return frag{}, false
	}
	if v, ok := g.constantNumber(by); ok && v.IsInt() && x.Op.Kind == token.Star {
		return frag{}, false
	}
	g.reportAs(x, "date-arithmetic", model.Low, model.Review, "a part of a month is cut off the product; Oracle's manuals do not say how it rounds")
	factor := g.operand(by, b)
	if x.Op.Kind == token.Slash {
		factor = frag{s: "1.0 / " + factor.in(precMul+1), prec: precMul, typ: pgNumeric}
	}
	return callFrag(g.use("months_times"), pgInterval, a.s, factor.s), true
}

// dayOf is a datetime as the DATE that arithmetic with numbers makes of it.
func (g *gen) dayOf(e ast.Expr, f frag) frag {
	if f.typ == pgTimestampTZ {
		f = f.cast("timestamp", pgTimestamp)
	}
	if g.class(e) == resolve.ClassTimestamp {
		return g.toSecond(f, pgTimestamp)
	}
	return f
}

// dated rounds to seconds what may have a fraction of one.
func (g *gen) dated(x *ast.Binary, f frag, fraction bool) frag {
	g.note(x, "date-arithmetic", "a number added to a date counts days: it becomes an interval")
	if fraction {
		return f.cast("timestamp(0)", pgTimestamp)
	}
	return f
}

// dateDifference is a - b.
func (g *gen) dateDifference(x *ast.Binary, a, b frag) frag {
	if g.class(x.X) == resolve.ClassTimestamp || g.class(x.Y) == resolve.ClassTimestamp {
		switch { // a timestamp is local time of the session
		case a.typ == pgTimestampTZ && b.typ != pgTimestampTZ:
			b = b.cast("timestamptz", pgTimestampTZ)
		case a.typ != pgTimestampTZ && b.typ == pgTimestampTZ:
			a = a.cast("timestamptz", pgTimestampTZ)
		}
		return frag{s: g.rewritten(x, a.in(precAdd), "", b.in(precMul)), prec: precAdd, typ: pgInterval}
	}
	g.note(x, "date-arithmetic", "the difference of two dates is a number of days in Oracle, an interval in PostgreSQL")
	if g.midnight(x.X) && g.midnight(x.Y) {
		return frag{s: g.rewritten(x, dateOnly(a), "", dateOnly(b)), prec: precAdd, typ: pgInteger, whole: true}
	}
	return frag{s: "extract(epoch FROM " + g.rewritten(x, a.in(precAdd), "", b.in(precMul)) + ") / 86400", prec: precMul, typ: pgNumeric}
}

// dateOnly casts to date; of date_trunc('day', x) it takes x.
func dateOnly(f frag) string {
	if rest, ok := strings.CutPrefix(f.s, "date_trunc('day', "); ok && strings.HasSuffix(rest, ")") && strings.Count(rest, "(") == strings.Count(rest, ")")-1 {
		inner := strings.TrimSuffix(rest, ")")
		if strings.ContainsAny(inner, " +-:") {
			inner = "(" + inner + ")"
		}
		return inner + "::date"
	}
	return f.in(precCast) + "::date"
}

// midnight reports whether a datetime has no time of day: TRUNC(x), DATE '2020-01-01'.
func (g *gen) midnight(e ast.Expr) bool {
	switch x := ast.Unparen(e).(type) {
	case *ast.Literal:
		return x.Kind == ast.LitDate
	case *ast.Call:
		n, ok := x.Fn.(*ast.Name)
		if !ok || g.ref(n).Kind != resolve.Builtin || g.ref(n).Builtin != "TRUNC" {
			return false
		}
		if len(x.Args) == 1 {
			return true
		}
		if len(x.Args) == 2 {
			s, ok := g.constantText(x.Args[1].X)
			return ok && truncUnits[strings.ToUpper(s)] != "" && !strings.HasPrefix(strings.ToUpper(s), "HH") && !strings.EqualFold(s, "MI")
		}
	}
	return false
}

var secondsOfDay = big.NewRat(86400, 1)

// days makes an interval of a number of days: 1 -> interval '1 day', 5/1440 -> interval '5 minutes',
// n/24 -> n * interval '1 hour'. fraction tells that the result may have a fraction of a second.
func (g *gen) days(e ast.Expr, f frag) (days frag, fraction bool) {
	if v, ok := g.constantNumber(e); ok {
		if s, ok := intervalOf(v); ok {
			return frag{s: s, prec: precPrimary, typ: pgInterval, notNull: true}, false
		}
	}
	if rest, factor := g.factor(e); rest != nil && factor.Cmp(big.NewRat(1, 1)) != 0 {
		if unit, ok := intervalOf(factor); ok {
			r := g.num(rest)
			return frag{s: r.in(precMul) + " * " + unit, prec: precMul, typ: pgInterval}, false
		}
	}
	f = g.toNumber(e, f)
	whole := f.typ == pgUnknown || g.isWhole(e, f)
	if _, plain := ast.Unparen(e).(*ast.Name); plain {
		whole = true // a variable of fractions of a day is told by how it is used: see factor
	}
	if f.prec < precMul {
		f.s = "(" + f.s + ")"
	}
	return frag{s: f.s + " * interval '1 day'", prec: precMul, typ: pgInterval}, !whole
}

// factor splits x * 2 / 24 into x and the constant factor 1/12; rest is nil where there is not exactly one x.
func (g *gen) factor(e ast.Expr) (rest ast.Expr, factor *big.Rat) {
	b, ok := ast.Unparen(e).(*ast.Binary)
	if !ok {
		return e, big.NewRat(1, 1)
	}
	switch op := g.f.Text(operator(b)); op {
	case "*", "/":
		if v, ok := g.constantNumber(b.Y); ok && v.Sign() != 0 {
			rest, f := g.factor(b.X)
			if op == "*" {
				return rest, f.Mul(f, v)
			}
			return rest, f.Quo(f, v)
		}
		if v, ok := g.constantNumber(b.X); ok && op == "*" {
			rest, f := g.factor(b.Y)
			return rest, f.Mul(f, v)
		}
	}
	return e, big.NewRat(1, 1)
}

// intervalOf writes a number of days that is a whole number of seconds as an interval.
func intervalOf(days *big.Rat) (string, bool) {
	s := new(big.Rat).Mul(days, secondsOfDay)
	if !s.IsInt() || !s.Num().IsInt64() {
		return "", false
	}
	n := s.Num().Int64()
	for _, u := range []struct {
		seconds int64
		name    string
	}{{86400, "day"}, {3600, "hour"}, {60, "minute"}, {1, "second"}} {
		if n%u.seconds == 0 {
			k := n / u.seconds
			if k != 1 && k != -1 {
				u.name += "s"
			}
			return "interval '" + big.NewInt(k).String() + " " + u.name + "'", true
		}
	}
	return "", false
}

// dateLiteral converts DATE '...', TIMESTAMP '...' and INTERVAL '...'.
func (g *gen) dateLiteral(x *ast.Literal) frag {
	switch x.Kind {
	case ast.LitDate:
		return frag{s: "timestamp " + g.f.Text(x.Hi-1), prec: precPrimary, typ: pgTimestamp, notNull: true}
	case ast.LitTimestamp:
		s := strings.TrimSpace(strings.Trim(g.f.Text(x.Hi-1), "'"))
		if zoned(s) { // PostgreSQL reads over a zone in timestamp '...'
			fields := strings.Fields(s)
			if len(fields) == 4 { // with the abbreviation of daylight saving behind the region
				s = strings.Join(fields[:3], " ")
			}
			return frag{s: "timestamptz " + literal(s), prec: precPrimary, typ: pgTimestampTZ, notNull: true}
		}
		return frag{s: "timestamp " + literal(s), prec: precPrimary, typ: pgTimestamp, notNull: true}
	case ast.LitInterval:
		return g.intervalLiteral(x)
	}
	return g.refuse(x, "not-converted", "no PostgreSQL form is known for the constant %s", g.source(x))
}

// zoned reports whether the text of a timestamp names a time zone.
func zoned(s string) bool {
	i := strings.IndexByte(s, ' ')
	return i >= 0 && strings.ContainsAny(s[i:], "+-/ZzUEAP")
}

// intervalLiteral drops the precision of the leading field, which PostgreSQL has not.
func (g *gen) intervalLiteral(x *ast.Literal) frag {
	var b strings.Builder
	depth, second, n := 0, false, 0
	for i := range g.f.Significant(x.Span) {
		t := g.f.Tokens[i]
		text := g.f.Text(i)
		switch {
		case t.Kind == token.Bind:
			return g.refuse(x, "not-converted", "the host variable %s has no value here", text)
		case t.Kind == token.LParen:
			if depth++; second {
				b.WriteString("(")
			}
			n = 0
			continue
		case t.Kind == token.RParen:
			if depth--; second {
				b.WriteString(")")
			}
			continue
		case depth > 0:
			// SECOND(leading, fraction): the last number counts. Six digits are PostgreSQL's limit.
			if second && t.Kind == token.Number {
				s := b.String()
				if n++; n == 2 {
					s = s[:strings.LastIndexByte(s, '(')+1]
				}
				b.Reset()
				b.WriteString(s + itoa(min(6, atoi(text))))
			}
			continue
		}
		if b.Len() > 0 {
			b.WriteByte(' ')
		}
		second = t.Kw == token.SECOND
		if t.Kind == token.String {
			text = signed(text)
		}
		b.WriteString(text)
	}
	return frag{s: b.String(), prec: precPrimary, typ: pgInterval, notNull: true}
}

// signed puts the sign of an interval in front of its time too: '-2 07:16:23' are two days and seven hours back for Oracle,
// two days back and seven hours on for PostgreSQL.
func signed(text string) string {
	s := strings.TrimSpace(strings.Trim(text, "'"))
	rest, minus := strings.CutPrefix(s, "-")
	if !minus {
		return text
	}
	days, clock, both := strings.Cut(strings.TrimSpace(rest), " ")
	if !both {
		return "'-" + days + "'"
	}
	return "'-" + days + " -" + strings.TrimSpace(clock) + "'"
}

// atTimeZone converts x AT TIME ZONE z, which is the same instant in both; Oracle's value keeps the zone to be shown.
func (g *gen) atTimeZone(x *ast.AtTimeZone) frag {
	f := g.expr(x.X)
	if x.Zone == nil {
		if f.typ == pgTimestamp {
			return f.cast("timestamptz", pgTimestampTZ)
		}
		return f
	}
	if f.typ == pgTimestamp { // in the zone of the session
		f = f.cast("timestamptz", pgTimestampTZ)
	}
	g.reportAs(x, "zone-functions", model.Low, model.Auto, "the value is the local time in the zone and no longer knows its zone")
	return frag{s: g.splice(x, put(x.X, f.in(precAt)), put(x.Zone, g.expr(x.Zone).in(precAt+1))), prec: precAt, typ: pgTimestamp}
}

// intervalOf converts (a - b) DAY TO SECOND: of a difference of dates it makes an interval.
func (g *gen) intervalOf(x *ast.IntervalOf) frag {
	if p, ok := ast.Unparen(x.X).(*ast.Binary); ok && p.Op.Kind == token.Minus {
		a, b := g.expr(p.X), g.expr(p.Y)
		if a.typ.datetime() && b.typ.datetime() {
			f := frag{s: g.rewritten(p, a.in(precAdd), "", b.in(precMul)), prec: precAdd, typ: pgInterval}
			if x.Qual != nil && x.Qual.Head == token.YEAR {
				return callFrag("age", pgInterval, a.s, b.s)
			}
			return frag{s: "(" + f.s + ")", prec: precPrimary, typ: pgInterval}
		}
	}
	return g.expr(x.X)
}

// extract converts EXTRACT(field FROM x): the same fields in both, but those of a value with a time zone are in UTC.
func (g *gen) extract(x *ast.Extract) frag {
	switch x.Field.Kw {
	case token.TIMEZONE_REGION, token.TIMEZONE_ABBR:
		return g.refuse(x, "zone-functions", "PostgreSQL keeps no zone with a value: %s is not known", x.Field.Kw)
	}
	e := x.X
	if z, ok := ast.Unparen(e).(*ast.AtTimeZone); ok {
		e = z.X // the instant counts, not the zone it is shown in
	}
	g.wantInterval(e)
	f := g.expr(e)
	if f.typ.text() {
		f = g.toMoment(e, f)
	}
	switch x.Field.Kw {
	case token.DAY, token.HOUR:
		if f.typ == pgInterval {
			f = g.fieldsApart(e, f)
		}
	}
	switch x.Field.Kw {
	case token.TIMEZONE_HOUR, token.TIMEZONE_MINUTE:
		g.report(x, "zone-functions", "a value does not keep its zone in PostgreSQL: %s is that of the session", x.Field.Kw)
	default:
		if e != x.X && f.typ == pgTimestamp {
			f = f.cast("timestamptz", pgTimestampTZ)
		}
		if f.typ == pgTimestampTZ { // "the value returned is in UTC" (SQL Language Reference, EXTRACT (datetime))
			f = frag{s: f.in(precAt) + " AT TIME ZONE 'UTC'", prec: precAt, typ: pgTimestamp, notNull: f.notNull}
		}
	}
	return frag{s: g.splice(x, put(x.X, f.s)), prec: precPrimary, typ: pgNumeric, notNull: f.notNull, whole: x.Field.Kw != token.SECOND}
}
