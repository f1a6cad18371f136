package gen

import (
	"math/big"
	"strings"

	"landfall/internal/oracle/resolve"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/typeref"
)

// conversionFunctions are those from one type to another (SQL Language Reference 19c, "Conversion Functions").
var conversionFunctions = map[string]builtin{
	"TO_CHAR": takes(1, 3, toCharCall), "TO_NCHAR": takes(1, 3, toCharCall), "TO_NUMBER": takes(1, 3, toNumberCall),
	"TO_DATE": takes(1, 3, toDateCall("to_date", pgTimestamp)), "TO_TIMESTAMP": takes(1, 3, toDateCall("to_timestamp", pgTimestamp)),
	"TO_TIMESTAMP_TZ": takes(1, 3, toDateCall("to_timestamp_tz", pgTimestampTZ)),
	"TO_CLOB":         takes(1, 3, toClobCall), "TO_NCLOB": takes(1, 1, toClobCall), "TO_LOB": takes(1, 1, unchanged), "TO_BLOB": takes(1, 2, toBlobCall),
	"EMPTY_CLOB": takes(0, 0, emptyLob("''", pgText)), "EMPTY_BLOB": takes(0, 0, emptyLob("''::bytea", pgBytea)),
	"TO_BINARY_DOUBLE": takes(1, 3, toBinary("double precision")), "TO_BINARY_FLOAT": takes(1, 3, toBinary("real")),
	"TO_BOOLEAN": takes(1, 1, toBoolean), "ROWIDTOCHAR": takes(1, 1, unchanged), "ROWIDTONCHAR": takes(1, 1, unchanged), "CHARTOROWID": takes(1, 1, unchanged),
	"BFILENAME": refusedBuiltin("bfile", "PostgreSQL has no pointers to files"), "VALIDATE_CONVERSION": takes(1, 3, validateConversion),
}

// unchanged is a conversion between types that are one in PostgreSQL.
func unchanged(g *gen, _ *ast.Name, c *ast.Call) frag { return g.expr(c.Args[0].X) }

// toCharCall converts TO_CHAR of numbers, dates and texts, with and without a mask.
func toCharCall(g *gen, n *ast.Name, c *ast.Call) frag {
	e := c.Args[0].X
	a := g.expr(e)
	if len(c.Args) == 1 {
		switch a.typ {
		case pgUnknown:
			if f, ok := g.textOfAbsent(e, a); ok {
				return f
			}
			return g.renamed(n, c, g.use("to_char"), pgText, a)
		case pgTimestamp, pgTimestampTZ, pgDate:
			g.note(c, "to-char", "without a mask TO_CHAR writes a date by NLS_DATE_FORMAT")
		case pgNull:
			return atom("NULL::text", pgText)
		}
		return g.toText(e, a)
	}
	mask, constant := g.constArg(c, 1)
	if len(c.Args) == 3 && !g.defaultLanguage(c) {
		return g.maskedCall(n, c, a)
	}
	if !constant {
		if g.isNull(c.Args[1].X) {
			return atom("NULL::text", pgText)
		}
		return g.maskedCall(n, c, a)
	}
	return g.formatted(c, e, a, mask)
}

// maskedCall leaves the mask to the support schema.
func (g *gen) maskedCall(n *ast.Name, c *ast.Call, a frag) frag {
	list := []frag{a}
	for _, x := range c.Args[1:] {
		list = append(list, g.str(x.X))
	}
	if a.typ.text() {
		if _, number := parseNumberMask(g.maskText(c)); number {
			list[0] = g.toNumber(c.Args[0].X, a)
		} else {
			list[0] = g.toMoment(c.Args[0].X, a)
		}
	}
	g.note(c, "to-char", "the mask is read by the support schema, as Oracle reads it")
	return g.renamed(n, c, g.use("to_char"), pgText, list...)
}

func (g *gen) maskText(c *ast.Call) string {
	s, _ := g.constArg(c, 1)
	return s
}

// defaultLanguage reports whether the NLS argument asks for what is the default anyway: English names, point and comma.
func (g *gen) defaultLanguage(c *ast.Call) bool {
	s, ok := g.constArg(c, 2)
	if !ok {
		return g.isNull(c.Args[2].X)
	}
	switch strings.ToUpper(strings.NewReplacer(" ", "", `"`, "'").Replace(s)) {
	case "NLS_DATE_LANGUAGE=AMERICAN", "NLS_DATE_LANGUAGE=ENGLISH", "NLS_DATE_LANGUAGE='AMERICAN'", "NLS_DATE_LANGUAGE='ENGLISH'", "NLS_NUMERIC_CHARACTERS='.,'":
		return true
	}
	return false
}

// formatted writes to_char with a constant mask: PostgreSQL's where that reads the mask alike, else our own.
func (g *gen) formatted(at ast.Node, e ast.Expr, a frag, mask string) frag {
	number, isNumber := parseNumberMask(mask)
	_, isDate := parseDateMask(mask)
	if a.typ.text() || a.typ == pgNull {
		if isNumber && !isDate {
			a = g.toNumber(e, a)
		} else {
			a = g.toMoment(e, a)
		}
	}
	keep := a.notNull
	fn := "to_char"
	switch {
	case a.typ.number() || a.typ == pgUnknown && isNumber:
		if !number.plain || !isNumber || !g.fits(e, number) || a.typ == pgFloat {
			fn = g.use("to_char")
		}
		if a.typ == pgUnknown {
			fn = g.use("to_char")
		}
	case a.typ == pgInterval:
		fn = g.use("to_char")
	default:
		if pg, ok := pgDateMask(mask); ok && !g.immutable && !(a.typ == pgTimestampTZ && strings.Contains(strings.ToUpper(mask), "TZ")) {
			if pg == "" {
				return atom("NULL::text", pgText)
			}
			mask = pg
		} else {
			fn = g.use("to_char")
		}
	}
	f := callFrag(fn, pgText, a.s, literal(mask))
	f.notNull = keep
	return f
}

// fits reports whether a number has no more digits than a mask: PostgreSQL writes ## otherwise than Oracle, and drops the
// sign of a number that is rounded to zero.
func (g *gen) fits(e ast.Expr, m numberMask) bool {
	if v, ok := g.constantNumber(e); ok {
		limit := new(big.Rat).SetInt(new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(m.whole)), nil))
		places := new(big.Rat).SetInt(new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(m.fraction)), nil))
		return new(big.Rat).Abs(v).Cmp(limit) < 0 && places.Mul(places, v).IsInt()
	}
	t := g.info.Type(e)
	if t.Class != resolve.ClassNumber || t.Ref.Precision == nil {
		return false
	}
	scale := 0
	if t.Ref.Scale != nil {
		scale = *t.Ref.Scale
	}
	return m.whole >= *t.Ref.Precision-scale && m.fraction >= scale
}

// toNumberCall converts TO_NUMBER.
func toNumberCall(g *gen, n *ast.Name, c *ast.Call) frag {
	e := c.Args[0].X
	a := g.expr(e)
	if len(c.Args) == 1 {
		switch {
		case a.typ.number():
			return a
		case a.typ == pgNull:
			return atom("NULL::numeric", pgNumeric)
		case a.typ == pgUnknown:
			return a.cast("numeric", pgNumeric)
		}
		f := g.toNumber(e, a)
		if f.typ == pgInteger && f.prec == precPrimary {
			f.whole = true
		}
		return f
	}
	list := []string{g.toText(e, a).s}
	for _, x := range c.Args[1:] {
		list = append(list, g.str(x.X).s)
	}
	g.note(c, "to-number", "the mask is read by the support schema, as Oracle reads it")
	return callFrag(g.use("to_number"), pgNumeric, list...)
}

// toDateCall converts TO_DATE, TO_TIMESTAMP and TO_TIMESTAMP_TZ. Constants that name a whole date are read here; the rest
// is the support schema's, which fails where Oracle fails: PostgreSQL's to_date reads almost anything.
func toDateCall(fn string, t pgType) builtin {
	return func(g *gen, n *ast.Name, c *ast.Call) frag {
		e := c.Args[0].X
		a := g.expr(e)
		switch {
		case a.typ == pgNull:
			return atom("NULL::"+map[pgType]string{pgTimestamp: "timestamp", pgTimestampTZ: "timestamptz"}[t], t)
		case len(c.Args) == 1:
			if a.typ == pgTimestamp && fn != "to_timestamp_tz" {
				return g.converted(e, a, resolve.Type{Class: resolve.ClassDate})
			}
			if fn == "to_date" {
				return g.toMoment(e, g.toText(e, a))
			}
			if mask := g.timestampMask(t); mask != "" {
				return g.parsedDate(e, a, mask, fn, t)
			}
			return callFrag(g.use(fn), t, g.toText(e, a).s)
		case len(c.Args) == 3 && !g.defaultLanguage(c):
			return callFrag(g.use(fn), t, g.toText(e, a).s, g.str(c.Args[1].X).s, g.str(c.Args[2].X).s)
		}
		mask, ok := g.constArg(c, 1)
		if !ok {
			return callFrag(g.use(fn), t, g.toText(e, a).s, g.str(c.Args[1].X).s)
		}
		g.note(c, "to-date", "text is read as a date as strictly as Oracle reads it")
		return g.parsedDate(e, a, mask, fn, t)
	}
}

// parsedDate reads a value as a date by a constant mask.
func (g *gen) parsedDate(e ast.Expr, a frag, mask, fn string, t pgType) frag {
	s, ok := g.constantText(e)
	if v, number := g.constantNumber(e); number {
		s, ok = oracleNumber(v), true
	}
	if ok && t == pgTimestamp {
		if moment, fraction, ok := readDate(s, mask); ok && (fn != "to_date" || fraction == "") {
			return timestampLiteral(moment, fraction)
		}
	}
	return callFrag(g.use(fn), t, g.toText(e, a).s, literal(mask))
}

func toClobCall(g *gen, n *ast.Name, c *ast.Call) frag {
	a := g.expr(c.Args[0].X)
	if a.typ == pgBytea {
		return g.refuse(c, "empty-lob", "TO_CLOB of bytes depends on a character set")
	}
	f := g.toText(c.Args[0].X, a)
	if f.typ == pgLiteral || f.typ == pgNull {
		return f.cast("text", pgText)
	}
	return f
}

func toBlobCall(g *gen, n *ast.Name, c *ast.Call) frag {
	return g.toBytes(c.Args[0].X, g.expr(c.Args[0].X))
}

// emptyLob converts EMPTY_CLOB() and EMPTY_BLOB(): a LOB of length 0 is not NULL in Oracle either.
func emptyLob(s string, t pgType) builtin {
	return func(g *gen, n *ast.Name, c *ast.Call) frag {
		g.note(whole(n, c), "empty-lob", "an empty LOB is a value of length 0, not NULL")
		return frag{s: s, prec: precPrimary, typ: t, notNull: true}
	}
}

func toBinary(typ string) builtin {
	return func(g *gen, n *ast.Name, c *ast.Call) frag {
		if len(c.Args) > 1 {
			return g.refuse(c, "binary-float", "%s with a mask", g.source(n))
		}
		return g.num(c.Args[0].X).cast(typ, pgFloat)
	}
}

func toBoolean(g *gen, n *ast.Name, c *ast.Call) frag {
	return g.expr(c.Args[0].X).cast("boolean", pgBoolean)
}

// onError converts TO_NUMBER, TO_DATE and TO_TIMESTAMP with DEFAULT d ON CONVERSION ERROR: an expression cannot catch an
// error, a function of the support schema can.
func (g *gen) onError(n *ast.Name, c *ast.Call) frag {
	extra := c.Args[0].Extra
	if len(extra.Exprs) == 1 {
		return g.convertedOr(c, g.ref(n).Builtin, c.Args[0].X, extra.Exprs[0], c.Args[1:])
	}
	return g.refuse(c, "conversion-error", "%s with DEFAULT ... ON CONVERSION ERROR of this form", g.source(n))
}

func (g *gen) convertedOr(at ast.Node, name string, e, otherwise ast.Expr, more []*ast.Arg) frag {
	list := []string{g.str(e).s}
	for _, a := range more {
		list = append(list, g.str(a.X).s)
	}
	g.note(at, "conversion-error", "the support schema catches the error of the conversion")
	insert := func(d string) []string { return append([]string{list[0], d}, list[1:]...) }
	switch {
	case name == "TO_NUMBER":
		return callFrag(g.use("to_number_or"), pgNumeric, insert(g.num(otherwise).s)...)
	case name == "TO_DATE" && len(list) < 3:
		if len(list) == 1 {
			list = append(list, literal(g.dateMask()))
		}
		return callFrag(g.use("to_date_or"), pgTimestamp, insert(g.str(otherwise).s)...)
	case name == "TO_TIMESTAMP" && len(list) == 2:
		return callFrag(g.use("to_timestamp_or"), pgTimestamp, insert(g.str(otherwise).s)...)
	}
	return g.refuse(at, "conversion-error", "%s with DEFAULT ... ON CONVERSION ERROR of this form", name)
}

// validateConversion converts VALIDATE_CONVERSION(x AS type [, mask]).
func validateConversion(g *gen, n *ast.Name, c *ast.Call) frag {
	extra := c.Args[0].Extra
	if extra == nil || len(extra.Types) != 1 {
		return g.refuse(c, "conversion-error", "VALIDATE_CONVERSION without a type")
	}
	list := []string{g.str(c.Args[0].X).s}
	for _, a := range c.Args[1:] {
		list = append(list, g.str(a.X).s)
	}
	switch typeref.Of(g.f, extra.Types[0]).Name {
	case "NUMBER":
		if len(list) < 3 {
			return callFrag(g.use("is_number"), pgInteger, list...)
		}
	case "DATE":
		if len(list) == 1 {
			list = append(list, literal(g.dateMask()))
		}
		if len(list) == 2 {
			return callFrag(g.use("is_date"), pgInteger, list...)
		}
	}
	return g.refuse(c, "conversion-error", "VALIDATE_CONVERSION for %s", g.source(extra.Types[0]))
}
