package gen

// frag is the text of one converted expression.
type frag struct {
	s    string
	prec prec
	typ  pgType
	// null tells what is known of NULL: never, or perhaps. The zero value is perhaps.
	notNull bool
	// whole numbers have no fraction digits in their text form, so PostgreSQL writes them as Oracle does.
	whole bool
	// loose is a NUMBER that PostgreSQL may hold as an integer: the column of a query that counts, or selects a constant.
	loose bool
	// bare is the expression without the nullif(..., '') around it, for places to which '' and NULL are the same.
	bare string
}

// orEmpty is the expression for a place that takes ” for NULL.
func (f frag) orEmpty() frag {
	if f.bare != "" {
		return frag{s: f.bare, prec: precPrimary, typ: f.typ}
	}
	return f
}

// emptyIsNull wraps a function of text whose result can be ”: Oracle has no empty text (docs/conversion-model.md).
func emptyIsNull(f frag) frag {
	w := callFrag("nullif", pgText, f.s, "''")
	w.bare = f.s
	return w
}

// prec is the binding strength of an expression's outermost operator in PostgreSQL (PG, "Operator Precedence").
type prec uint8

const (
	precOr prec = iota + 1
	precAnd
	precNot
	precIs      // IS, ISNULL
	precCompare // < > = <= >= <>
	precLike    // BETWEEN IN LIKE
	precOther   // all other operators: || -> ->>
	precAdd
	precMul
	precPower
	precAt // AT TIME ZONE, COLLATE
	precUnary
	precCast    // ::
	precPrimary // names, literals, calls, parentheses
)

// in gives the text for a place that binds with strength p: in parentheses when the expression binds weaker.
func (f frag) in(p prec) string {
	if f.prec < p {
		return "(" + f.s + ")"
	}
	return f.s
}

// pgType is the coarse type that an expression has in PostgreSQL, where it is known.
type pgType uint8

const (
	pgUnknown pgType = iota // not known to us
	pgNull                  // NULL, which takes any type
	pgLiteral               // a text constant without a cast, which takes any type
	pgInteger               // smallint, integer, bigint
	pgNumeric
	pgFloat
	pgText // text, varchar
	pgChar // char(n)
	pgTimestamp
	pgTimestampTZ
	pgDate
	pgInterval
	pgBoolean
	pgBytea
	pgJSON
	pgXML
	pgArray
	pgComposite
	pgCursor
)

func (t pgType) number() bool { return t == pgInteger || t == pgNumeric || t == pgFloat }
func (t pgType) text() bool   { return t == pgText || t == pgChar || t == pgLiteral }

func atom(s string, t pgType) frag { return frag{s: s, prec: precPrimary, typ: t} }

// call is a function call.
func callFrag(fn string, t pgType, args ...string) frag {
	s := fn + "("
	for i, a := range args {
		if i > 0 {
			s += ", "
		}
		s += a
	}
	return atom(s+")", t)
}

// cast is x::type.
func (f frag) cast(typ string, t pgType) frag {
	return frag{s: f.in(precCast) + "::" + typ, prec: precCast, typ: t, notNull: f.notNull}
}
