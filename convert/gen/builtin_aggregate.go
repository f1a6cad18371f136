package gen

import (
	"strings"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// aggregateBuiltins are the aggregate functions, which most of them are analytic too (SQL Language Reference 19c,
// "Aggregate Functions").
var aggregateBuiltins = map[string]builtin{
	"COUNT": countCall, "SUM": aggregate("sum", numberOf), "AVG": aggregate("avg", decimalOf), "MIN": aggregate("min", sameOf), "MAX": aggregate("max", sameOf),
	"ANY_VALUE": aggregate("min", sameOf), "STDDEV": spread("stddev"), "VARIANCE": spread("variance"),
	"STDDEV_POP": aggregate("stddev_pop", decimalOf), "STDDEV_SAMP": aggregate("stddev_samp", decimalOf), "VAR_POP": aggregate("var_pop", decimalOf), "VAR_SAMP": aggregate("var_samp", decimalOf),
	"CORR": pair("corr"), "COVAR_POP": pair("covar_pop"), "COVAR_SAMP": pair("covar_samp"), "REGR_SLOPE": pair("regr_slope"), "REGR_INTERCEPT": pair("regr_intercept"),
	"REGR_COUNT": pair("regr_count"), "REGR_R2": pair("regr_r2"), "REGR_AVGX": pair("regr_avgx"), "REGR_AVGY": pair("regr_avgy"), "REGR_SXX": pair("regr_sxx"),
	"REGR_SYY": pair("regr_syy"), "REGR_SXY": pair("regr_sxy"),
	"LISTAGG": listaggCall, "WM_CONCAT": listaggCall, "STRAGG": listaggCall, "COLLECT": collectCall, "ARRAY_AGG": collectCall,
	"MEDIAN": takes(1, 1, medianCall), "PERCENTILE_CONT": percentile("percentile_cont"), "PERCENTILE_DISC": percentile("percentile_disc"), "STATS_MODE": takes(1, 1, modeCall),
	"GROUPING": takes(1, 255, same("grouping", pgInteger)), "GROUPING_ID": groupingID, "GROUP_ID": refusedBuiltin("missing-aggregate", "PostgreSQL does not number repeated groupings"),
	"APPROX_COUNT_DISTINCT": approxCount, "BIT_AND_AGG": bitAggregate("bit_and"), "BIT_OR_AGG": bitAggregate("bit_or"), "BIT_XOR_AGG": bitAggregate("bit_xor"),
	"APPROX_COUNT": countCall, "APPROX_SUM": aggregate("sum", numberOf), "APPROX_MEDIAN": takes(1, 2, medianCall),
}

// resultOf says what type an aggregate gives for its argument.
type resultOf func(g *gen, e ast.Expr, a frag) (typ pgType, whole bool)

func numberOf(g *gen, e ast.Expr, a frag) (pgType, bool) {
	if a.typ == pgInteger { // sum(integer) is bigint
		return pgInteger, true
	}
	if a.typ == pgInterval || a.typ == pgFloat || a.typ == pgUnknown {
		return a.typ, false
	}
	return pgNumeric, g.isWhole(e, a)
}

func decimalOf(_ *gen, _ ast.Expr, a frag) (pgType, bool) {
	if a.typ == pgFloat {
		return pgFloat, false
	}
	return pgNumeric, false
}

func sameOf(g *gen, e ast.Expr, a frag) (pgType, bool) {
	if a.typ == pgLiteral {
		return pgText, false
	}
	return a.typ, g.isWhole(e, a)
}

// aggregate converts an aggregate of one argument that PostgreSQL has under a name.
func aggregate(name string, result resultOf) builtin {
	return func(g *gen, n *ast.Name, c *ast.Call) frag {
		if c == nil || len(c.Args) == 0 {
			return g.refuse(whole(n, c), "missing-aggregate", "%s takes an argument", g.source(n))
		}
		e := c.Args[0].X
		if f, ok := g.overGrouping(c, name); ok {
			return f
		}
		a := g.expr(e)
		if name != "min" && name != "max" {
			a = g.operand(e, a)
		}
		t, isWhole := result(g, e, a)
		if c.Keep != nil {
			return g.keep(n, c, name, a, t, isWhole)
		}
		f := g.aggregateCall(n, c, name, t, put(c.Args[0], a.s))
		f.whole, f.loose = isWhole, a.loose && name != "avg"
		return f
	}
}

// aggregateCall writes a call of an aggregate over its own lines, with DISTINCT, FILTER and OVER.
func (g *gen) aggregateCall(n *ast.Name, c *ast.Call, name string, t pgType, subs ...sub) frag {
	if c.Over != nil && (c.Distinct == token.DISTINCT || c.Distinct == token.UNIQUE) {
		return g.distinctWindow(n, c, name, t)
	}
	if c.Distinct == token.UNIQUE {
		for i := n.Hi; i < c.Hi; i++ {
			if g.f.Tokens[i].Kw == token.UNIQUE {
				subs = append(subs, sub{i, i + 1, "DISTINCT"})
				break
			}
		}
	}
	if len(c.Args) > 1 && len(subs) > 0 { // further arguments are of Oracle's alone: error rates and the like
		subs = append(subs, sub{c.Args[0].Hi, c.Args[len(c.Args)-1].Hi, ""})
	}
	if c.Filter != nil {
		subs = append(subs, put(c.Filter, g.cond(c.Filter)))
	}
	if c.Over != nil {
		subs = append(subs, put(c.Over, g.over(c.Over)))
	}
	return atom(g.splice(c, append(subs, put(n, name))...), t)
}

func countCall(g *gen, n *ast.Name, c *ast.Call) frag {
	switch {
	case c == nil || !c.Star && len(c.Args) == 0:
		return g.refuse(whole(n, c), "missing-aggregate", "COUNT takes an argument")
	case c.Keep != nil:
		return g.keep(n, c, "count", frag{}, pgInteger, true)
	case c.Star:
		f := g.aggregateCall(n, c, "count", pgInteger)
		f.notNull = true
		return f
	}
	if f, ok := g.overGrouping(c, "count"); ok {
		return f
	}
	a := g.expr(c.Args[0].X)
	if a.typ == pgNull {
		a.s = "NULL"
	}
	f := g.aggregateCall(n, c, "count", pgInteger, put(c.Args[0], a.s))
	f.notNull = true
	return f
}

// pair is an aggregate of two numbers, which PostgreSQL computes in double precision.
func pair(name string) builtin {
	return takes(2, 2, func(g *gen, n *ast.Name, c *ast.Call) frag {
		subs := []sub{put(n, name)}
		for _, a := range c.Args {
			subs = append(subs, put(a, g.num(a.X).s))
		}
		if c.Over != nil {
			subs = append(subs, put(c.Over, g.over(c.Over)))
		}
		f := atom(g.splice(c, subs...), pgFloat)
		if name == "regr_count" {
			f.typ = pgInteger
			return f
		}
		return f.cast("numeric", pgNumeric)
	})
}

// spread converts STDDEV and VARIANCE, which are 0 of a single row; PostgreSQL's give NULL.
func spread(name string) builtin {
	return func(g *gen, n *ast.Name, c *ast.Call) frag {
		if c == nil || len(c.Args) == 0 {
			return g.refuse(whole(n, c), "missing-aggregate", "%s takes an argument", g.source(n))
		}
		if c.Keep != nil {
			return g.refuse(c, "keep", "KEEP of %s has no counterpart", g.source(n))
		}
		a := g.num(c.Args[0].X)
		f := g.aggregateCall(n, c, name, pgNumeric, put(c.Args[0], a.s))
		count := g.aggregateCall(n, c, "count", pgInteger, put(c.Args[0], a.s))
		g.note(c, "missing-aggregate", "of a single row the result is 0")
		return atom("CASE WHEN "+count.s+" = 1 THEN 0 ELSE "+f.s+" END", pgNumeric)
	}
}

// listaggCall converts LISTAGG(x [, separator]) WITHIN GROUP (ORDER BY ...) to string_agg. The text may be longer than
// Oracle's 4,000 or 32,767 bytes, so ON OVERFLOW has nothing to do.
func listaggCall(g *gen, n *ast.Name, c *ast.Call) frag {
	name := g.f.Last(n)
	if c == nil || len(c.Args) == 0 || len(c.Args) > 2 {
		return g.refuse(whole(n, c), "listagg", "%s takes a value and a separator", name)
	}
	sep := frag{s: "''", typ: pgLiteral}
	if name != "LISTAGG" {
		sep.s = "','"
	}
	if len(c.Args) == 2 {
		if s := g.str(c.Args[1].X); s.typ != pgNull {
			sep = s
			if !s.notNull {
				sep.s = "coalesce(" + s.s + ", '')"
			}
		}
	}
	if c.Spec != nil && c.Spec.Head == token.TRUNCATE {
		g.reportAs(c, "listagg", model.Low, model.Auto, "ON OVERFLOW TRUNCATE has nothing to do: there is no limit of 4,000 bytes")
	} else {
		g.note(c, "listagg", "LISTAGG becomes string_agg; there is no limit of 4,000 bytes, so it does not raise ORA-01489")
	}
	e := c.Args[0].X
	was := g.expr(e)
	a := g.toText(e, was)
	if g.untyped(e, a) {
		a = g.textOfUntyped(a)
	} else if a.typ == pgUnknown {
		a = a.cast("text", pgText)
	}
	var order *ast.OrderBy
	if c.Within != nil {
		order = c.Within.OrderBy
	}
	distinct := c.Distinct == token.DISTINCT || c.Distinct == token.UNIQUE
	switch {
	case c.Over != nil && distinct:
		return g.refuse(c, "listagg", "PostgreSQL has no DISTINCT in window functions")
	case c.Over != nil:
		return atom("string_agg("+a.s+", "+sep.s+") OVER ("+g.wholePartition(c.Over, order)+")", pgText)
	case distinct && !was.typ.text():
		if order != nil && !g.orderedBy(order, e) {
			return g.refuse(c, "listagg", "LISTAGG(DISTINCT ...) in the order of something else")
		}
		s := "array_to_string(array_agg(DISTINCT " + was.s
		if order != nil {
			s += " " + g.orderBy(order)
		}
		return atom(s+"), "+sep.s+")", pgText)
	}
	s := "string_agg("
	if distinct {
		if order != nil && !g.orderedBy(order, e) {
			return g.refuse(c, "listagg", "LISTAGG(DISTINCT ...) in the order of something else")
		}
		s += "DISTINCT "
	}
	s += a.s + ", " + sep.s
	if order != nil && !g.constantOrder(order) {
		s += " " + oneSpace(g.orderBy(order))
	}
	s += ")"
	if c.Filter != nil {
		s += " FILTER (WHERE " + g.cond(c.Filter) + ")"
	}
	return atom(s, pgText)
}

func oneSpace(s string) string {
	if strings.Contains(s, "--") || strings.IndexByte(s, '\'') >= 0 {
		return s
	}
	return strings.Join(strings.Fields(s), " ")
}

// wholePartition is a window over whole partitions in an order.
func (g *gen) wholePartition(o *ast.Over, order *ast.OrderBy) string {
	s := ""
	if len(o.Partition) > 0 {
		list := make([]string, len(o.Partition))
		for i, e := range o.Partition {
			list[i] = g.text(e)
		}
		s = "PARTITION BY " + strings.Join(list, ", ") + " "
	}
	if order != nil && !g.constantOrder(order) {
		s += oneSpace(g.orderBy(order)) + " "
	}
	return s + "ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING"
}

// orderedBy reports whether an order is by one expression that reads like e.
func (g *gen) orderedBy(o *ast.OrderBy, e ast.Expr) bool {
	return len(o.Items) == 1 && strings.EqualFold(strings.Join(strings.Fields(g.source(o.Items[0].X)), " "), strings.Join(strings.Fields(g.source(e)), " "))
}

// constantOrder reports whether an order orders nothing: ORDER BY NULL, ORDER BY 1 inside of an aggregate.
func (g *gen) constantOrder(o *ast.OrderBy) bool {
	for _, it := range o.Items {
		if _, ok := ast.Unparen(it.X).(*ast.Literal); !ok {
			return false
		}
	}
	return true
}

// collectCall converts COLLECT, which makes a collection of a column.
func collectCall(g *gen, n *ast.Name, c *ast.Call) frag {
	if c == nil || len(c.Args) != 1 {
		return g.refuse(whole(n, c), "multiset", "%s takes one argument", g.source(n))
	}
	s := "array_agg("
	if c.Distinct == token.DISTINCT || c.Distinct == token.UNIQUE {
		s += "DISTINCT "
	}
	s += g.text(c.Args[0].X)
	if c.Spec != nil && c.Spec.Head == token.ORDER {
		s += " ORDER BY " + g.orderItems(c.Spec)
	}
	return atom(s+")", pgArray)
}

// orderItems writes the items of an ORDER BY inside of an aggregate's parentheses.
func (g *gen) orderItems(c *ast.Clause) string {
	var list []string
	for _, n := range c.Items {
		if it, ok := n.(*ast.OrderItem); ok {
			list = append(list, g.orderItem(it))
		}
	}
	return strings.Join(list, ", ")
}

// medianCall converts MEDIAN of numbers, dates and intervals.
func medianCall(g *gen, n *ast.Name, c *ast.Call) frag {
	a := g.expr(c.Args[0].X)
	if c.Over != nil && a.typ == pgInterval {
		return g.refuse(c, "missing-aggregate", "MEDIAN of intervals as a window function has no counterpart")
	}
	if a.typ == pgInterval {
		return atom("percentile_cont(0.5) WITHIN GROUP (ORDER BY "+a.s+")", pgInterval)
	}
	g.note(c, "missing-aggregate", "MEDIAN is an aggregate of the support schema")
	f := g.aggregateCall(n, c, g.use("median"), pgNumeric, put(c.Args[0], g.operand(c.Args[0].X, a).s))
	if a.typ.datetime() {
		f.typ = pgTimestamp
	}
	return f
}

// percentile converts PERCENTILE_CONT and PERCENTILE_DISC.
func percentile(name string) builtin {
	return takes(1, 1, func(g *gen, n *ast.Name, c *ast.Call) frag {
		if c.Over != nil {
			return g.refuse(c, "missing-aggregate", "%s as a window function has no counterpart", g.source(n))
		}
		if c.Within == nil || len(c.Within.OrderBy.Items) != 1 {
			return g.refuse(c, "missing-aggregate", "%s without WITHIN GROUP", g.source(n))
		}
		a := g.expr(c.Within.OrderBy.Items[0].X)
		if name == "percentile_cont" && a.typ.datetime() {
			return g.refuse(c, "missing-aggregate", "PERCENTILE_CONT of dates has no counterpart")
		}
		s := name + "(" + g.num(c.Args[0].X).s + ") WITHIN GROUP (" + oneSpace(g.orderBy(c.Within.OrderBy)) + ")"
		if name == "percentile_cont" && a.typ != pgInterval {
			return frag{s: "(" + s + ")::numeric", prec: precCast, typ: pgNumeric}
		}
		return atom(s, a.typ)
	})
}

func modeCall(g *gen, n *ast.Name, c *ast.Call) frag {
	a := g.expr(c.Args[0].X)
	if c.Over != nil {
		return g.refuse(c, "missing-aggregate", "STATS_MODE as a window function has no counterpart")
	}
	return atom("mode() WITHIN GROUP (ORDER BY "+a.s+")", a.typ)
}

func groupingID(g *gen, n *ast.Name, c *ast.Call) frag {
	if c == nil || len(c.Args) == 0 {
		return g.refuse(whole(n, c), "missing-aggregate", "GROUPING_ID takes arguments")
	}
	return g.renamed(n, c, "grouping", pgInteger, g.args(c)...)
}

func approxCount(g *gen, n *ast.Name, c *ast.Call) frag {
	if c == nil || len(c.Args) != 1 {
		return g.refuse(whole(n, c), "missing-aggregate", "APPROX_COUNT_DISTINCT takes one argument")
	}
	f := frag{s: "count(DISTINCT " + g.text(c.Args[0].X) + ")", prec: precPrimary, typ: pgInteger, notNull: true}
	g.note(c, "missing-aggregate", "the count is exact")
	return f
}

func bitAggregate(name string) builtin {
	return func(g *gen, n *ast.Name, c *ast.Call) frag {
		if c == nil || len(c.Args) != 1 || c.Keep != nil {
			return g.refuse(whole(n, c), "missing-aggregate", "%s takes one argument", g.source(n))
		}
		return g.aggregateCall(n, c, name, pgInteger, put(c.Args[0], g.num(c.Args[0].X).cast("bigint", pgInteger).s))
	}
}

// keep converts an aggregate with KEEP (DENSE_RANK FIRST|LAST ORDER BY ...), which is over the rows that tie for the first
// or last place in an order. For MIN and MAX that is the first element of an array in the order; for the others the
// rows are compared with the keys of the first one.
func (g *gen) keep(n *ast.Name, c *ast.Call, name string, a frag, t pgType, isWhole bool) frag {
	var keys, order []string
	for _, it := range c.Keep.OrderBy.Items {
		desc := it.Dir == token.DESC
		nullsFirst := it.Nulls == token.FIRST || it.Nulls == 0 && desc
		if c.Keep.Last {
			desc, nullsFirst = !desc, !nullsFirst
		}
		key := g.text(it.X)
		keys = append(keys, key)
		order = append(order, key+direction(desc, nullsFirst))
	}
	by := strings.Join(order, ", ")
	g.note(c, "keep", "the rows that come first in the order")
	f := frag{prec: precPrimary, typ: t, whole: isWhole}
	switch {
	case name != "min" && name != "max":
		if c.Over != nil {
			return g.refuse(c, "keep", "KEEP (DENSE_RANK ...) of %s as a window function has no counterpart", strings.ToUpper(name))
		}
		lists, columns := []string{"array_agg(" + a.s + ")"}, []string{"lf_v"}
		value := "lf_v"
		if a.s == "" { // COUNT(*)
			lists, columns, value = nil, nil, "*"
		}
		same := ""
		for i, k := range keys {
			column := "lf_k" + itoa(i+1)
			lists, columns = append(lists, "array_agg("+k+")"), append(columns, column)
			if i > 0 {
				same += " AND "
			}
			same += column + " IS NOT DISTINCT FROM (array_agg(" + k + " ORDER BY " + by + "))[1]"
		}
		word := ""
		if c.Distinct == token.DISTINCT || c.Distinct == token.UNIQUE {
			word = "DISTINCT "
		}
		f.s = "(SELECT " + name + "(" + word + value + ") FROM unnest(" + strings.Join(lists, ", ") + ") AS lf_keep(" + strings.Join(columns, ", ") + ") WHERE " + same + ")"
	case c.Over != nil:
		part := ""
		for i, e := range c.Over.Partition {
			if i == 0 {
				part = "PARTITION BY "
			} else {
				part += ", "
			}
			part += g.text(e)
		}
		if part != "" {
			part += " "
		}
		f.s = "first_value(" + a.s + ") OVER (" + part + "ORDER BY " + by + ", " + a.s + direction(name == "max", false) + ")"
	default:
		f.s = "(array_agg(" + a.s + " ORDER BY " + by + ", " + a.s + direction(name == "max", false) + "))[1]"
	}
	return f
}

// direction writes an order where it is not PostgreSQL's default.
func direction(desc, nullsFirst bool) string {
	switch {
	case desc && nullsFirst:
		return " DESC"
	case desc:
		return " DESC NULLS LAST"
	case nullsFirst:
		return " NULLS FIRST"
	}
	return ""
}
