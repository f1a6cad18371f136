package gen

import (
	"strings"

	"landfall/internal/model"
	"landfall/internal/oracle/resolve"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// dateFunctions are the datetime functions and clocks (SQL Language Reference 19c, "Datetime Functions").
var dateFunctions = map[string]builtin{
	"SYSDATE": sysdate, "SYSTIMESTAMP": systimestamp, "CURRENT_DATE": currentDate, "CURRENT_TIMESTAMP": clock("clock_timestamp()", pgTimestampTZ),
	"LOCALTIMESTAMP": clock("clock_timestamp()::timestamp", pgTimestamp),
	"ADD_MONTHS":     takes(2, 2, addMonths), "MONTHS_BETWEEN": takes(2, 2, monthsBetween), "LAST_DAY": takes(1, 1, lastDay), "NEXT_DAY": takes(2, 2, nextDay),
	"NEW_TIME": takes(3, 3, newTime), "NUMTODSINTERVAL": takes(2, 2, numToInterval("numtodsinterval")), "NUMTOYMINTERVAL": takes(2, 2, numToInterval("numtoyminterval")),
	"TO_DSINTERVAL": takes(1, 1, textInterval("to_dsinterval")), "TO_YMINTERVAL": takes(1, 1, textInterval("to_yminterval")),
	"FROM_TZ": takes(2, 2, fromTZ), "SYS_EXTRACT_UTC": takes(1, 1, extractUTC), "TZ_OFFSET": takes(1, 1, tzOffset),
	"SESSIONTIMEZONE": sessionZone, "DBTIMEZONE": sessionZone,
	"ORA_DST_CONVERT": refusedBuiltin("zone-functions", "time zone files are not versioned in the database"), "ORA_DST_AFFECTED": refusedBuiltin("zone-functions", "time zone files are not versioned in the database"),
	"SCN_TO_TIMESTAMP": refusedBuiltin("ora-rowscn", "there are no SCNs"), "TIMESTAMP_TO_SCN": refusedBuiltin("ora-rowscn", "there are no SCNs"),
}

// sysdate converts SYSDATE: the clock of the server to the second. The support schema gives the start of the statement in
// queries and the running clock in code, as Oracle does.
func sysdate(g *gen, n *ast.Name, _ *ast.Call) frag {
	g.note(n, "sysdate", "SYSDATE is the server's clock to the second, without time zone")
	return frag{s: g.use("sysdate") + "()", prec: precPrimary, typ: pgTimestamp, notNull: true}
}

func systimestamp(g *gen, n *ast.Name, _ *ast.Call) frag {
	g.note(n, "systimestamp", "SYSTIMESTAMP is the server's clock")
	return frag{s: g.use("systimestamp") + "()", prec: precPrimary, typ: pgTimestampTZ, notNull: true}
}

// currentDate is CURRENT_DATE, which has a time of day and is in the zone of the session.
func currentDate(g *gen, n *ast.Name, _ *ast.Call) frag {
	g.note(n, "systimestamp", "CURRENT_DATE has a time of day in Oracle")
	return frag{s: "date_trunc('second', clock_timestamp())::timestamp", prec: precCast, typ: pgTimestamp, notNull: true}
}

// clock is a moment of the session's clock; the precision in parentheses is that of the value.
func clock(s string, t pgType) builtin {
	return func(g *gen, n *ast.Name, c *ast.Call) frag {
		f := frag{s: s, prec: precPrimary, typ: t, notNull: true}
		if strings.Contains(s, "::") {
			f.prec = precCast
		}
		if g.inSQL() { // the same for all rows of a statement
			f.s = strings.Replace(s, "clock_timestamp", "statement_timestamp", 1)
		}
		if c != nil && len(c.Args) == 1 {
			if p, ok := g.constantInt(c.Args[0].X); ok && p >= 0 {
				typ := "timestamptz"
				if t == pgTimestamp {
					typ = "timestamp"
				}
				f = f.cast(typ+"("+itoa(min(p, 6))+")", t)
			}
		}
		g.note(whole(n, c), "systimestamp", "the clock of the session")
		return f
	}
}

// truncUnits are the formats of TRUNC that PostgreSQL's date_trunc has (SQL Language Reference, "ROUND and TRUNC Date
// Functions"). Weeks of months and years, ISO years and centuries are the support schema's.
var truncUnits = map[string]string{
	"DDD": "day", "DD": "day", "J": "day", "MONTH": "month", "MON": "month", "MM": "month", "RM": "month", "YEAR": "year", "YYYY": "year", "YYY": "year",
	"YY": "year", "Y": "year", "SYYYY": "year", "SYEAR": "year", "Q": "quarter", "HH": "hour", "HH12": "hour", "HH24": "hour", "MI": "minute", "IW": "week",
}

// truncDate converts TRUNC(date [, fmt]).
func (g *gen) truncDate(n *ast.Name, c *ast.Call, a frag) frag {
	g.note(c, "trunc-date", "TRUNC of a date becomes date_trunc")
	a = g.toMoment(c.Args[0].X, a)
	unit := "day"
	if len(c.Args) == 2 {
		s, ok := g.constArg(c, 1)
		if unit = truncUnits[strings.ToUpper(s)]; !ok || unit == "" {
			return callFrag(g.use("trunc"), pgTimestamp, a.s, g.str(c.Args[1].X).s)
		}
	}
	f := callFrag("date_trunc", pgTimestamp, "'"+unit+"'", a.s)
	f.notNull = a.notNull
	return f
}

// roundDate converts ROUND(date [, fmt]).
func (g *gen) roundDate(n *ast.Name, c *ast.Call, a frag) frag {
	g.note(c, "trunc-date", "ROUND of a date is done by the support schema")
	a = g.toMoment(c.Args[0].X, a)
	list := []string{a.s}
	if len(c.Args) == 2 {
		list = append(list, g.str(c.Args[1].X).s)
	}
	return callFrag(g.use("round"), pgTimestamp, list...)
}

// addMonths converts ADD_MONTHS, which keeps to the last day of a month. Of the first day of a month or year it is an
// interval.
func addMonths(g *gen, n *ast.Name, c *ast.Call) frag {
	a := g.moment(c.Args[0].X)
	if v, ok := g.constantInt(c.Args[1].X); ok && g.firstOfMonth(c.Args[0].X) {
		unit := "months"
		if v == 1 || v == -1 {
			unit = "month"
		}
		return frag{s: a.in(precAdd) + " + interval '" + itoa(v) + " " + unit + "'", prec: precAdd, typ: pgTimestamp, notNull: a.notNull}
	}
	g.note(c, "add-months", "ADD_MONTHS keeps to the last day of a month")
	return g.renamed(n, c, g.use("add_months"), pgTimestamp, a, g.num(c.Args[1].X))
}

// firstOfMonth reports whether a date is TRUNC(x, 'MM') or the like.
func (g *gen) firstOfMonth(e ast.Expr) bool {
	c, ok := ast.Unparen(e).(*ast.Call)
	if !ok || len(c.Args) != 2 {
		return false
	}
	n, ok := c.Fn.(*ast.Name)
	if !ok || g.ref(n).Kind != resolve.Builtin || g.ref(n).Builtin != "TRUNC" {
		return false
	}
	s, _ := g.constArg(c, 1)
	switch truncUnits[strings.ToUpper(s)] {
	case "month", "quarter", "year":
		return true
	}
	return false
}

func monthsBetween(g *gen, n *ast.Name, c *ast.Call) frag {
	g.note(c, "months-between", "MONTHS_BETWEEN counts parts of a month in 31sts")
	return g.renamed(n, c, g.use("months_between"), pgNumeric, g.moment(c.Args[0].X), g.moment(c.Args[1].X))
}

func lastDay(g *gen, n *ast.Name, c *ast.Call) frag {
	g.note(c, "last-day", "LAST_DAY keeps the time of day")
	return g.renamed(n, c, g.use("last_day"), pgTimestamp, g.moment(c.Args[0].X))
}

func nextDay(g *gen, n *ast.Name, c *ast.Call) frag {
	g.note(c, "last-day", "NEXT_DAY reads English names of days")
	return g.renamed(n, c, g.use("next_day"), pgTimestamp, g.moment(c.Args[0].X), g.expr(c.Args[1].X))
}

func newTime(g *gen, n *ast.Name, c *ast.Call) frag {
	g.note(c, "zone-functions", "NEW_TIME knows its own list of zones")
	return g.renamed(n, c, g.use("new_time"), pgTimestamp, g.moment(c.Args[0].X), g.str(c.Args[1].X), g.str(c.Args[2].X))
}

// numToInterval converts NUMTODSINTERVAL and NUMTOYMINTERVAL; of a constant unit it is a product.
func numToInterval(name string) builtin {
	return func(g *gen, n *ast.Name, c *ast.Call) frag {
		g.note(c, "interval-functions", "a number of units becomes an interval")
		a := g.num(c.Args[0].X)
		if s, ok := g.constArg(c, 1); ok {
			unit := strings.ToLower(strings.TrimSpace(s))
			switch unit {
			case "day", "hour", "minute", "second", "year", "month":
				if v, ok := g.constantInt(c.Args[0].X); ok {
					if v != 1 && v != -1 {
						unit += "s"
					}
					return frag{s: "interval '" + itoa(v) + " " + unit + "'", prec: precPrimary, typ: pgInterval, notNull: true}
				}
				if unit != "year" && unit != "month" || g.isWhole(c.Args[0].X, a) {
					return frag{s: a.in(precMul) + " * interval '1 " + unit + "'", prec: precMul, typ: pgInterval, notNull: a.notNull}
				}
			}
		}
		return callFrag(g.use(name), pgInterval, a.s, g.str(c.Args[1].X).s)
	}
}

func textInterval(name string) builtin {
	return func(g *gen, n *ast.Name, c *ast.Call) frag {
		g.note(c, "interval-functions", "text becomes an interval")
		return g.renamed(n, c, g.use(name), pgInterval, g.str(c.Args[0].X))
	}
}

func fromTZ(g *gen, n *ast.Name, c *ast.Call) frag {
	g.note(c, "zone-functions", "the value is the instant; it does not keep its zone")
	a, z := g.moment(c.Args[0].X), g.str(c.Args[1].X)
	if s, ok := g.constArg(c, 1); ok && s[0] >= 'A' { // offsets are those of POSIX for PostgreSQL, with the sign the other way round
		return frag{s: "(" + a.in(precAt) + " AT TIME ZONE " + z.s + ")", prec: precPrimary, typ: pgTimestampTZ, notNull: a.notNull}
	}
	return callFrag(g.use("from_tz"), pgTimestampTZ, a.s, z.s)
}

func extractUTC(g *gen, n *ast.Name, c *ast.Call) frag {
	a := g.expr(c.Args[0].X)
	if a.typ == pgTimestamp {
		a = a.cast("timestamptz", pgTimestampTZ)
	}
	g.note(c, "zone-functions", "the instant as local time of UTC")
	return frag{s: "(" + a.in(precAt) + " AT TIME ZONE 'UTC')", prec: precPrimary, typ: pgTimestamp, notNull: a.notNull}
}

func tzOffset(g *gen, n *ast.Name, c *ast.Call) frag {
	return g.renamed(n, c, g.use("tz_offset"), pgText, g.str(c.Args[0].X))
}

func sessionZone(g *gen, n *ast.Name, _ *ast.Call) frag {
	g.reportAs(n, "zone-functions", model.Low, model.Auto, "the zone of the session is PostgreSQL's setting TimeZone; the database has none of its own")
	return frag{s: "current_setting('TimeZone')", prec: precPrimary, typ: pgText, notNull: true}
}

// castExpr converts CAST, TREAT and XMLCAST.
func (g *gen) castExpr(x *ast.Cast) frag {
	if f, ok := g.collectionCast(x); ok {
		return f
	}
	switch {
	case x.Multiset != nil:
		return g.castMultiset(x)
	case x.Default != nil:
		if g.info.Type(x).Class == resolve.ClassNumber && len(x.Format) == 0 {
			return g.convertedOr(x, "TO_NUMBER", x.X, x.Default, nil).cast(g.dataType(x.Type, inCast), pgNumeric)
		}
		return g.refuse(x, "conversion-error", "CAST with DEFAULT ... ON CONVERSION ERROR to %s", g.source(x.Type))
	case x.Type == nil || x.Ref:
		return g.refuse(x, "not-converted", "no PostgreSQL form is known for %s", g.what(x))
	case x.Fn == token.XMLCAST:
		return g.xmlCast(x)
	}
	t := g.info.Type(x)
	f := g.expr(x.X)
	if len(x.Format) > 0 {
		return g.castFormat(x, f, t)
	}
	if x.Fn == token.CAST {
		f = g.castSource(x.X, f, t)
	}
	typ := g.dataType(x.Type, inCast)
	if f.typ == pgNull || f.typ != typeOf(t) || strings.ContainsAny(typ, "(") || x.Type.Name != nil {
		s := f.s
		f = callFrag("CAST", typeOf(t), s+" AS "+typ)
		f.notNull = f.typ != pgNull && s != "NULL" && g.expr(x.X).notNull
		if t.Class == resolve.ClassText || t.Class == resolve.ClassChar {
			f.notNull = false
		}
		return f
	}
	return f
}

// castSource prepares the value of a CAST: texts of numbers and dates are written as Oracle does.
func (g *gen) castSource(e ast.Expr, f frag, t resolve.Type) frag {
	switch {
	case t.Class == resolve.ClassChar && f.typ == pgChar:
		return f
	case t.Class == resolve.ClassDate && f.typ == pgTimestampTZ:
		return callFrag("date_trunc", pgTimestampTZ, "'second'", f.s)
	case t.Class == resolve.ClassDate && f.typ == pgUnknown:
		return f
	case t.Class == resolve.ClassText:
		f = g.textOf(e, f)
	}
	return g.converted(e, f, t)
}

// castFormat converts CAST(x AS type, fmt), which is TO_CHAR, TO_DATE or TO_NUMBER with a mask.
func (g *gen) castFormat(x *ast.Cast, f frag, t resolve.Type) frag {
	mask, ok := g.constantText(x.Format[0])
	switch {
	case !ok || len(x.Format) > 1:
	case t.Class == resolve.ClassDate || t.Class == resolve.ClassTimestamp:
		fn := "to_date"
		if t.Class == resolve.ClassTimestamp {
			fn = "to_timestamp"
		}
		return g.parsedDate(x.X, f, mask, fn, typeOf(t))
	case t.Class == resolve.ClassNumber:
		return callFrag(g.use("to_number"), pgNumeric, g.toText(x.X, f).s, literal(mask))
	case t.Class == resolve.ClassText:
		return g.formatted(x, x.X, f, mask)
	}
	return g.refuse(x, "to-char", "CAST with a format that is known only when the code runs")
}
