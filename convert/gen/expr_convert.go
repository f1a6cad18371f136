package gen

import (
	"math/big"
	"strings"

	"landfall/internal/model"
	"landfall/internal/oracle/resolve"
	"landfall/internal/oracle/syntax/ast"
)

// Oracle converts between text, numbers and dates wherever one stands for the other (SQL Language Reference 19c, "Data
// Conversion"); PostgreSQL only reads constants that way. Here the conversions are written out.

// num converts an expression to a number.
func (g *gen) num(e ast.Expr) frag { return g.toNumber(e, g.expr(e)) }

// str converts an expression to text; ” may stand for NULL in it.
func (g *gen) str(e ast.Expr) frag { return g.toText(e, g.expr(e)) }

// moment converts an expression to a timestamp without time zone.
func (g *gen) moment(e ast.Expr) frag { return g.toMoment(e, g.expr(e)) }

// constantText is the value of a text constant; ” is not one, it is NULL.
func (g *gen) constantText(e ast.Expr) (string, bool) {
	l, ok := ast.Unparen(e).(*ast.Literal)
	if !ok || l.Kind != ast.LitString {
		return "", false
	}
	s, ok := g.stringValue(l)
	return s, ok && s != ""
}

// isNull reports whether an expression is the constant NULL or ”.
func (g *gen) isNull(e ast.Expr) bool {
	l, ok := ast.Unparen(e).(*ast.Literal)
	if !ok {
		return false
	}
	if l.Kind == ast.LitString {
		s, ok := g.stringValue(l)
		return ok && s == ""
	}
	return l.Kind == ast.LitNull
}

// constantNumber is the exact value of an expression of numeric constants.
func (g *gen) constantNumber(e ast.Expr) (*big.Rat, bool) {
	switch x := ast.Unparen(e).(type) {
	case *ast.Literal:
		if x.Kind == ast.LitNumber {
			s := g.f.Source(x)
			if strings.ContainsAny(s, "eEdDfF") {
				return nil, false
			}
			return new(big.Rat).SetString(s)
		}
	case *ast.Unary:
		v, ok := g.constantNumber(x.X)
		if !ok {
			return nil, false
		}
		switch g.f.Text(x.Lo) {
		case "-":
			return new(big.Rat).Neg(v), true
		case "+":
			return v, true
		}
	case *ast.Binary:
		a, ok := g.constantNumber(x.X)
		if !ok {
			return nil, false
		}
		b, ok := g.constantNumber(x.Y)
		if !ok {
			return nil, false
		}
		switch g.f.Text(operator(x)) {
		case "+":
			return new(big.Rat).Add(a, b), true
		case "-":
			return new(big.Rat).Sub(a, b), true
		case "*":
			return new(big.Rat).Mul(a, b), true
		case "/":
			if b.Sign() != 0 {
				return new(big.Rat).Quo(a, b), true
			}
		}
	}
	return nil, false
}

// constantInt is the value of an expression of constants that is a whole number.
func (g *gen) constantInt(e ast.Expr) (int, bool) {
	v, ok := g.constantNumber(e)
	if !ok || !v.IsInt() || !v.Num().IsInt64() {
		return 0, false
	}
	n := v.Num().Int64()
	return int(n), n > -1<<31 && n < 1<<31
}

// isWhole reports whether the number that an expression gives never has digits behind the point.
func (g *gen) isWhole(e ast.Expr, f frag) bool {
	if f.typ == pgInteger || f.whole {
		return true
	}
	if f.typ != pgNumeric || e == nil {
		return false
	}
	switch ast.Unparen(e).(type) {
	case *ast.Name, *ast.Field, *ast.Call:
	default:
		return false
	}
	t := g.info.Type(e)
	return t.Class == resolve.ClassNumber && hasNoFraction(t)
}

// toNumber makes a number of a converted expression.
func (g *gen) toNumber(e ast.Expr, f frag) frag {
	if s, ok := g.constantText(e); ok {
		if t := strings.TrimSpace(s); numberText(t) {
			n := frag{s: t, prec: precPrimary, typ: pgNumeric, notNull: true}
			if !strings.Contains(t, ".") && len(t) < 10 {
				n.typ = pgInteger
			}
			if t[0] == '-' {
				n.prec = precUnary
			}
			return n
		}
		return f.cast("numeric", pgNumeric)
	}
	switch f.typ {
	case pgText, pgLiteral, pgChar:
		return f.cast("numeric", pgNumeric)
	}
	return f
}

func numberText(s string) bool {
	digits, dots := 0, 0
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c >= '0' && c <= '9':
			digits++
		case c == '.':
			dots++
		case c == '-' && i == 0:
		default:
			return false
		}
	}
	return digits > 0 && dots < 2
}

// integer makes an integer of a number, cutting fractions off as Oracle does for positions and lengths.
func (g *gen) integer(e ast.Expr) frag {
	f := g.num(e)
	switch {
	case f.typ == pgInteger || f.typ == pgNull:
		return f
	case f.typ.number() && !g.isWhole(e, f):
		f = callFrag("trunc", f.typ, f.s)
	}
	return f.cast("integer", pgInteger)
}

// toText makes text of a converted expression, in the form that Oracle gives it.
func (g *gen) toText(e ast.Expr, f frag) frag {
	if v, ok := g.constantNumber(e); ok && f.typ.number() {
		if _, lit := ast.Unparen(e).(*ast.Literal); lit {
			return frag{s: literal(oracleNumber(v)), prec: precPrimary, typ: pgLiteral, notNull: true}
		}
	}
	keep := f.notNull
	switch f.typ {
	case pgChar:
		return g.padded(e, f)
	case pgInteger:
		return f.cast("text", pgText)
	case pgNumeric, pgFloat:
		if g.isWhole(e, f) {
			return f.cast("text", pgText)
		}
		f = callFrag(g.useOf("to_char", "numeric"), pgText, f.s)
	case pgTimestamp, pgTimestampTZ, pgDate:
		f = g.writtenDate(e, f)
	case pgInterval:
		f = g.intervalText(e, f)
	case pgBytea:
		f = callFrag("upper", pgText, "encode("+f.s+", 'hex')")
	case pgXML, pgJSON:
		return f.cast("text", pgText)
	}
	f.notNull = keep
	return f
}

// oracleNumber writes a number as TO_CHAR without a mask does: no zero in front of the point, none at the end.
func oracleNumber(v *big.Rat) string {
	if v.IsInt() {
		return v.Num().String()
	}
	s := strings.TrimRight(v.FloatString(40), "0")
	if rest, ok := strings.CutPrefix(s, "-0"); ok {
		return "-" + rest
	}
	return strings.TrimPrefix(s, "0")
}

// defaultMask is PostgreSQL's form of the NLS format that Oracle writes a datetime with (Database Reference,
// NLS_DATE_FORMAT, NLS_TIMESTAMP_FORMAT, NLS_TIMESTAMP_TZ_FORMAT for the territory AMERICA).
func (g *gen) defaultMask(e ast.Expr, f frag) string {
	mask := g.dateMask()
	switch l, _ := ast.Unparen(e).(*ast.Literal); {
	case l != nil && l.Kind == ast.LitTimestamp && f.typ == pgTimestamp: // a constant has nine digits of a second
		return `DD-MON-YY HH.MI.SS.FF6"000" AM`
	case f.typ == pgTimestampTZ:
		return "DD-MON-YY HH.MI.SS.FF6 AM TZH:TZM"
	case g.class(e) == resolve.ClassTimestamp:
		return "DD-MON-YY HH.MI.SS.FF6 AM"
	}
	if s, ok := pgDateMask(mask); ok {
		return s
	}
	return "DD-MON-YY"
}

// padded keeps the blanks of a CHAR, which PostgreSQL drops when it makes text of it.
func (g *gen) padded(e ast.Expr, f frag) frag {
	t := g.info.Type(e)
	if t.Class == resolve.ClassChar {
		switch p := t.Ref.Precision; {
		case p == nil && g.columnOrVariable(e), p != nil && *p == 1:
			f.typ = pgText
			return f
		case p != nil:
			return frag{s: "rpad(" + f.s + ", " + itoa(*p) + ")", prec: precPrimary, typ: pgText, notNull: f.notNull}
		}
	}
	w := emptyIsNull(callFrag("concat", pgText, f.s))
	w.notNull = f.notNull
	return w
}

// columnOrVariable reports whether a CHAR without a length is one of CHAR(1): a parameter has no length of its own.
func (g *gen) columnOrVariable(e ast.Expr) bool {
	n, ok := ast.Unparen(e).(*ast.Name)
	if !ok {
		return false
	}
	k := g.ref(n).Kind
	return k == resolve.Column || k == resolve.Variable
}

func (t pgType) datetime() bool { return t == pgTimestamp || t == pgTimestampTZ || t == pgDate }

// toMoment makes a timestamp of a converted expression: text is read by NLS_DATE_FORMAT.
func (g *gen) toMoment(e ast.Expr, f frag) frag {
	switch {
	case f.typ == pgTimestampTZ:
		return f.cast("timestamp", pgTimestamp)
	case f.typ.text():
		return g.readText(e, f)
	}
	return f
}

// readText reads text as a DATE by NLS_DATE_FORMAT.
func (g *gen) readText(e ast.Expr, f frag) frag {
	if s, ok := g.constantText(e); ok {
		if t, fraction, ok := readDate(s, g.dateMask()); ok {
			return timestampLiteral(t, fraction)
		}
	}
	return callFrag(g.use("to_date"), pgTimestamp, f.s, literal(g.dateMask()))
}

// exprAs converts an expression for a place of an Oracle type that PostgreSQL assigns to: a column of INSERT and
// UPDATE, a variable, a return value. What PostgreSQL converts by itself and as Oracle does stays as it is.
func (g *gen) exprAs(e ast.Expr, t resolve.Type) frag { return g.converted(e, g.expr(e), t) }

// converted is exprAs for an expression that is converted already.
func (g *gen) converted(e ast.Expr, f frag, t resolve.Type) frag {
	switch t.Class {
	case resolve.ClassUnknown:
		return g.dateBeside(e, f)
	case resolve.ClassNumber, resolve.ClassInteger, resolve.ClassBinary:
		if f.typ.text() {
			return g.toNumber(e, f)
		}
	case resolve.ClassText, resolve.ClassChar:
		switch {
		case f.typ == pgInteger, f.typ == pgNumeric && g.isWhole(e, f), f.typ == pgChar && t.Class == resolve.ClassChar:
			return f // an assignment makes text of it
		}
		if s, ok := g.textOfAbsent(e, f); ok {
			return s
		}
		return g.toText(e, f)
	case resolve.ClassLOB:
		if typeOf(t) == pgBytea {
			return g.toBytes(e, f)
		}
		return g.toText(e, f)
	case resolve.ClassDate:
		switch {
		case f.typ.text():
			return g.readText(e, f)
		case f.typ.datetime() && g.class(e) == resolve.ClassTimestamp:
			f = g.toSecond(f, f.typ)
			if f.typ == pgTimestampTZ {
				return f.cast("timestamp", pgTimestamp)
			}
		}
	case resolve.ClassTimestamp:
		if f.typ.text() {
			return g.readTimestamp(e, f, typeOf(t))
		}
	case resolve.ClassRaw:
		return g.toBytes(e, f)
	case resolve.ClassXML:
		if f.typ.text() {
			return f.cast("xml", pgXML)
		}
	case resolve.ClassJSON:
		if f.typ.text() {
			return f.cast("jsonb", pgJSON)
		}
	case resolve.ClassRecord:
		return g.wholeRecord(e, f, t)
	}
	return f
}

// argAs is exprAs for an argument of a call: PostgreSQL finds a routine by the types of its arguments, so that there
// have to be casts where assignment needs none.
func (g *gen) argAs(e ast.Expr, t resolve.Type) frag { return g.passed(e, g.expr(e), t) }

// passed is argAs for an expression that is converted already.
func (g *gen) passed(e ast.Expr, f frag, t resolve.Type) frag {
	f = g.converted(e, f, t)
	want := typeOf(t)
	switch {
	case f.typ == want || f.typ == pgNull || f.typ == pgUnknown || f.typ == pgLiteral:
	case want == pgInteger && f.typ.number():
		return f.cast("integer", pgInteger)
	case want == pgNumeric && f.typ == pgFloat:
		return f.cast("numeric", pgNumeric)
	case want == pgText && f.typ.number():
		return f.cast("text", pgText)
	case want == pgTimestamp && f.typ == pgTimestampTZ:
		return f.cast("timestamp", pgTimestamp)
	}
	return f
}

func (g *gen) readTimestamp(e ast.Expr, f frag, want pgType) frag {
	mask := g.timestampMask(want)
	if s, ok := g.constantText(e); ok && want == pgTimestamp {
		first := mask
		if first == "" {
			first = g.dateMask()
		}
		if t, fraction, ok := readDate(s, first); ok {
			return timestampLiteral(t, fraction)
		}
	}
	switch {
	case mask == "":
		mask = "DD-MON-RR HH.MI.SSXFF AM"
	case want == pgTimestampTZ:
		return callFrag(g.use("to_timestamp_tz"), pgTimestampTZ, f.s, literal(mask))
	}
	if want == pgTimestampTZ {
		return callFrag(g.use("to_timestamp_tz"), pgTimestampTZ, f.s, literal(mask+" TZR"))
	}
	return callFrag(g.use("to_timestamp"), pgTimestamp, f.s, literal(mask))
}

// toBytes makes bytea of a converted expression: text holds hexadecimal digits (SQL Language Reference, "RAW and LONG RAW").
func (g *gen) toBytes(e ast.Expr, f frag) frag {
	if !f.typ.text() {
		return f
	}
	if s, ok := g.constantText(e); ok && isHex(s) {
		return frag{s: "'\\x" + strings.ToLower(s) + "'::bytea", prec: precCast, typ: pgBytea, notNull: true}
	}
	return callFrag("decode", pgBytea, f.s, "'hex'")
}

func isHex(s string) bool {
	for i := 0; i < len(s); i++ {
		if strings.IndexByte("0123456789abcdefABCDEF", s[i]) < 0 {
			return false
		}
	}
	return len(s)%2 == 0
}

// alike brings two operands of a comparison to one type, as Oracle does: text gives way to numbers and dates, and a
// CHAR keeps its blanks beside a VARCHAR2 (SQL Language Reference, "Data Type Comparison Rules").
func (g *gen) alike(ea ast.Expr, a frag, eb ast.Expr, b frag) (frag, frag) {
	switch {
	case b.typ == pgLiteral && g.untyped(ea, a):
		return a, g.dateBeside(eb, b)
	case a.typ == pgLiteral && g.untyped(eb, b):
		return g.dateBeside(ea, a), b
	case a.typ.number() && b.typ.text():
		return a, g.beside(eb, b, a)
	case b.typ.number() && a.typ.text():
		return g.beside(ea, a, b), b
	case a.typ.datetime() && b.typ.text():
		return a, g.assignedMoment(eb, b, a)
	case b.typ.datetime() && a.typ.text():
		return g.assignedMoment(ea, a, b), b
	case a.typ == pgBytea && b.typ.text():
		return a, g.toBytes(eb, b)
	case b.typ == pgBytea && a.typ.text():
		return g.toBytes(ea, a), b
	case a.typ == pgChar && b.typ == pgText:
		return g.unlike(ea, a, eb, b)
	case b.typ == pgChar && a.typ == pgText:
		b, a = g.unlike(eb, b, ea, a)
	}
	return a, b
}

// unlike compares a CHAR with a VARCHAR2: no blanks are added to the shorter one.
func (g *gen) unlike(ec ast.Expr, c frag, et ast.Expr, t frag) (frag, frag) {
	if p := g.info.Type(ec).Ref.Precision; p == nil || *p == 1 {
		return c, t.cast("bpchar", pgChar)
	}
	g.reportAs(ec, "char-comparison", model.Low, model.Auto, "%s is CHAR and %s VARCHAR2: Oracle compares with the blanks that fill the CHAR, so rpad() adds them", g.source(ec), g.source(et))
	return g.padded(ec, c), t
}

// beside makes a number of text that stands beside a number; a constant that PostgreSQL reads itself stays.
func (g *gen) beside(e ast.Expr, f, number frag) frag {
	if s, ok := g.constantText(e); ok && numberText(strings.TrimSpace(s)) && (number.typ != pgInteger || !strings.Contains(s, ".")) {
		return f
	}
	return g.toNumber(e, f)
}

func (g *gen) assignedMoment(e ast.Expr, f, other frag) frag {
	if other.typ == pgTimestampTZ {
		return g.readTimestamp(e, f, pgTimestampTZ)
	}
	return g.readText(e, f)
}

// unify is the type of an expression that gives one of several values (NVL, CASE, DECODE, GREATEST ...).
func unify(list ...frag) frag {
	f := frag{notNull: true, whole: true, loose: true}
	f.typ = pgNull
	for _, x := range list {
		f.notNull = f.notNull && x.notNull
		if x.typ == pgNull {
			continue
		}
		f.whole = f.whole && (x.whole || x.typ == pgInteger)
		f.loose = f.loose && x.mayBeInteger()
		switch {
		case f.typ == pgNull, f.typ == pgLiteral:
			f.typ = x.typ
		case x.typ == pgLiteral || f.typ == x.typ:
		case f.typ.number() && x.typ.number():
			f.typ = max(f.typ, x.typ) // integer, numeric, float
		case f.typ == pgUnknown || x.typ == pgUnknown:
			f.typ = pgUnknown
		}
	}
	if !f.typ.number() {
		f.whole = false
	}
	f.loose = f.loose && f.typ == pgNumeric
	return f
}
