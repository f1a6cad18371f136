package gen

import (
	"strings"

	"landfall/internal/model"
	"landfall/internal/oracle/resolve"
	"landfall/internal/oracle/syntax/ast"
)

// nullFunctions are those that choose between values (SQL Language Reference 19c, "NULL-Related Functions").
var nullFunctions = map[string]builtin{
	"NVL": takes(2, 2, nvlCall), "NVL2": takes(3, 3, nvl2Call), "COALESCE": coalesceCall, "NULLIF": takes(2, 2, nullifCall),
	"DECODE": decodeCall, "GREATEST": extremeCall("greatest"), "LEAST": extremeCall("least"),
	"LNNVL": takes(1, 1, lnnvlCall), "NANVL": takes(2, 2, nanvlCall), "SYS_OP_MAP_NONNULL": refusedBuiltin("lnnvl", "an undocumented function; compare with IS NOT DISTINCT FROM"),
}

// nvlCall converts NVL: the second argument is brought to the type of the first.
func nvlCall(g *gen, n *ast.Name, c *ast.Call) frag {
	list := g.likeFirst(c.Args[0].X, c.Args[1].X)
	if list[1].typ == pgNull {
		return list[0]
	}
	if list[0].typ == pgNull {
		return list[1]
	}
	return g.coalesce(n, c, list)
}

// coalesce writes coalesce() over the arguments.
func (g *gen) coalesce(n *ast.Name, c *ast.Call, list []frag) frag {
	u := unify(list...)
	f := g.renamed(n, c, "coalesce", u.typ, list...)
	f.whole = true
	for i, x := range list {
		f.notNull = f.notNull || x.notNull
		f.whole = f.whole && g.isWhole(c.Args[i].X, x)
	}
	f.whole = f.whole && f.typ.number()
	return f
}

// likeFirst converts expressions and brings them to the type of the first that has one.
func (g *gen) likeFirst(list ...ast.Expr) []frag {
	frags := make([]frag, len(list))
	for i, e := range list {
		frags[i] = g.expr(e)
	}
	g.bring(list, frags)
	return frags
}

// bring brings converted expressions to the type of the first that is not NULL.
func (g *gen) bring(list []ast.Expr, frags []frag) {
	first := -1
	for i, f := range frags {
		if f.typ != pgNull {
			first = i
			break
		}
	}
	if first < 0 {
		return
	}
	lead := frags[first]
	if lead.typ == pgLiteral { // a constant takes the type of text, if none of a text column follows
		lead.typ = pgText
	}
	for i := range frags {
		if i == first {
			continue
		}
		frags[i] = g.brought(list[i], frags[i], lead)
	}
}

// brought converts one value to the type of another.
func (g *gen) brought(e ast.Expr, f, lead frag) frag {
	switch {
	case f.typ == pgNull || f.typ == pgUnknown:
	case lead.typ.number() && f.typ.text():
		return g.beside(e, f, lead)
	case lead.typ.text() && !f.typ.text():
		return g.toText(e, f)
	case lead.typ.text() && f.typ == pgChar && lead.typ != pgChar:
		return g.padded(e, f)
	case lead.typ.datetime() && f.typ.text():
		return g.assignedMoment(e, f, lead)
	case lead.typ == pgTimestamp && f.typ == pgTimestampTZ:
		return f.cast("timestamp", pgTimestamp)
	case lead.typ == pgBytea && f.typ.text():
		return g.toBytes(e, f)
	}
	return f
}

// nvl2Call converts NVL2(x, a, b): b is brought to the type of a.
func nvl2Call(g *gen, _ *ast.Name, c *ast.Call) frag {
	list := g.likeFirst(c.Args[1].X, c.Args[2].X)
	g.textLeads([]ast.Expr{c.Args[1].X, c.Args[2].X}, list)
	f := unify(list...)
	f.s = "CASE WHEN " + g.expr(c.Args[0].X).in(precIs+1) + " IS NOT NULL THEN " + list[0].s + " ELSE " + list[1].s + " END"
	f.prec = precPrimary
	g.note(c, "nvl2", "NVL2 becomes CASE")
	return f
}

func coalesceCall(g *gen, n *ast.Name, c *ast.Call) frag {
	if c == nil || len(c.Args) < 2 {
		return g.refuse(whole(n, c), "nvl", "COALESCE takes two arguments or more")
	}
	list := make([]ast.Expr, len(c.Args))
	for i := range c.Args {
		list[i] = c.Args[i].X
	}
	return g.coalesce(n, c, g.likeFirst(list...))
}

func nullifCall(g *gen, n *ast.Name, c *ast.Call) frag {
	a, b := g.expr(c.Args[0].X), g.expr(c.Args[1].X)
	a, b = g.alike(c.Args[0].X, a, c.Args[1].X, b)
	f := g.renamed(n, c, "nullif", a.typ, a, b)
	f.notNull, f.whole = false, g.isWhole(c.Args[0].X, a)
	return f
}

// decodeCall converts DECODE(x, s1, r1, s2, r2, ..., d). It finds NULL equal to NULL; x and the s are brought to the type
// of s1, the results to that of r1, or to text when r1 is NULL (SQL Language Reference, DECODE).
func decodeCall(g *gen, n *ast.Name, c *ast.Call) frag {
	if c == nil || len(c.Args) < 3 {
		return g.refuse(whole(n, c), "decode", "DECODE takes three arguments or more")
	}
	var search, result []ast.Expr
	for i := 1; i < len(c.Args); i++ {
		if i%2 == 1 && i+1 < len(c.Args) {
			search = append(search, c.Args[i].X)
		} else {
			result = append(result, c.Args[i].X)
		}
	}
	searches := g.likeFirst(search...)
	x := g.expr(c.Args[0].X)
	if lead := searches[0]; lead.typ != pgNull {
		if lead.typ == pgLiteral {
			lead.typ = pgText // "nonpadded comparison semantics" (SQL Language Reference, DECODE): CHAR(5) 'ab' is not 'ab'
			if p := g.info.Type(c.Args[0].X).Ref.Precision; x.typ == pgChar && (p == nil || *p == 1) {
				lead.typ = pgChar
			}
		}
		was := x
		if lead.typ.number() && x.typ.text() {
			x = g.toNumber(c.Args[0].X, x)
		} else if lead.typ.text() && !x.typ.text() && x.typ != pgUnknown && g.wordsOf(search, searches, x) {
			// constants that PostgreSQL reads by the type of x
		} else {
			x = g.brought(c.Args[0].X, x, lead)
		}
		if was.typ != x.typ && was.typ != pgLiteral && x.typ != pgChar {
			g.reportAs(c, "implicit-conversion", model.Low, model.Auto, "DECODE compares as the type of its first search value; the conversion is written out")
		}
	}
	results := make([]frag, len(result))
	for i, e := range result {
		results[i] = g.expr(e)
	}
	if results[0].typ == pgNull {
		for i, e := range result {
			results[i] = g.textOf(e, g.toText(e, results[i]))
		}
	} else {
		g.bring(result, results)
		g.textLeads(result, results)
	}
	f := unify(results...)
	f.notNull = f.notNull && len(result) > len(search)
	if f.whole {
		for i, e := range result {
			f.whole = f.whole && g.isWhole(e, results[i])
		}
	}
	f.prec = precPrimary
	f.s = g.decodeSQL(c, x, searches, results)
	return f
}

// wordsOf reports whether all search values are constants that read as numbers beside the number x.
func (g *gen) wordsOf(search []ast.Expr, frags []frag, x frag) bool {
	if !x.typ.number() {
		return false
	}
	for i, e := range search {
		s, ok := g.constantText(e)
		if frags[i].typ != pgNull && (!ok || oracleText(s) != s) {
			return false
		}
	}
	return true
}

// oracleText is a text constant as Oracle writes the number in it, "" where it is none.
func oracleText(s string) string {
	if !numberText(s) || len(s) > 1 && s[0] == '0' || strings.Contains(s, ".") || len(s) > 9 {
		return ""
	}
	return s
}

// decodeSQL writes the CASE, a WHEN a line where the arguments stood on lines.
func (g *gen) decodeSQL(c *ast.Call, x frag, searches, results []frag) string {
	sep := " "
	if strings.Contains(g.source(c), "\n") {
		sep = "\n" + g.indent(c.Args[min(1, len(c.Args)-1)].X)
	}
	simple := x.typ != pgNull
	for _, s := range searches {
		simple = simple && s.notNull
	}
	var b strings.Builder
	b.WriteString("CASE")
	if simple {
		b.WriteString(" " + x.s)
	}
	for i, s := range searches {
		b.WriteString(sep + "WHEN ")
		switch {
		case simple:
			b.WriteString(s.s)
		case x.typ == pgNull:
			b.WriteString(s.in(precIs+1) + " IS NULL")
		case s.typ == pgNull:
			b.WriteString(x.in(precIs+1) + " IS NULL")
		case s.notNull:
			b.WriteString(x.in(precCompare+1) + " = " + s.in(precCompare+1))
		default:
			b.WriteString(x.in(precIs+1) + " IS NOT DISTINCT FROM " + s.in(precIs+1))
		}
		b.WriteString(" THEN " + results[i].s)
	}
	if len(results) > len(searches) {
		b.WriteString(sep + "ELSE " + results[len(results)-1].s)
	}
	b.WriteString(sep + "END")
	rule := "DECODE becomes CASE"
	if !simple {
		rule = "DECODE becomes CASE that finds NULL equal to NULL"
		if g.volatile(c.Args[0].X) {
			g.reportAs(c, "decode", model.Medium, model.Review, "the first argument is computed once by DECODE, once for each comparison by CASE")
		}
	}
	g.note(c, "decode", rule)
	return b.String()
}

// volatile reports whether an expression calls a routine of the user's, which may do more than give a value.
func (g *gen) volatile(e ast.Expr) bool {
	found := false
	ast.Walk(e, func(n ast.Node) bool {
		if name, ok := n.(*ast.Name); ok {
			switch g.ref(name).Kind {
			case resolve.Routine, resolve.Sequence, resolve.Remote:
				found = true
			}
		}
		return !found
	})
	return found
}

// extremeCall converts GREATEST and LEAST: NULL as soon as one argument is NULL, whereas PostgreSQL passes over NULLs.
func extremeCall(name string) builtin {
	return func(g *gen, n *ast.Name, c *ast.Call) frag {
		if c == nil || len(c.Args) == 0 {
			return g.refuse(whole(n, c), "greatest-least", "%s takes arguments", g.source(n))
		}
		list := make([]ast.Expr, len(c.Args))
		for i := range c.Args {
			list[i] = c.Args[i].X
		}
		frags := g.likeFirst(list...)
		if len(frags) == 1 {
			return frags[0]
		}
		u := unify(frags...)
		for i := range frags {
			u.whole = (i == 0 || u.whole) && g.isWhole(list[i], frags[i])
		}
		var maybe []string
		repeatable := true
		for i, f := range frags {
			if f.typ == pgNull {
				return atom("NULL", pgNull)
			}
			if !f.notNull {
				maybe = append(maybe, f.s)
				repeatable = repeatable && g.plainName(list[i])
			}
		}
		f := g.renamed(n, c, name, u.typ, frags...)
		f.notNull, f.whole = u.notNull, u.whole
		switch {
		case len(maybe) == 0:
			return f
		case repeatable && len(maybe) == 1:
			f.s = "CASE WHEN " + maybe[0] + " IS NOT NULL THEN " + f.s + " END"
		case repeatable:
			f.s = "CASE WHEN num_nulls(" + strings.Join(maybe, ", ") + ") = 0 THEN " + f.s + " END"
		default:
			f = g.renamed(n, c, g.use(name), u.typ, frags...)
			f.whole = u.whole
		}
		g.note(c, "greatest-least", "NULL as soon as one argument is NULL")
		return f
	}
}

// plainName reports whether an expression is a column, variable or constant, which may be written twice.
func (g *gen) plainName(e ast.Expr) bool {
	switch x := ast.Unparen(e).(type) {
	case *ast.Name:
		switch g.ref(x).Kind {
		case resolve.Column, resolve.Variable, resolve.Parameter, resolve.PseudoRecord:
			return x.Link == 0
		}
	case *ast.Literal:
		return true
	}
	return false
}

// lnnvlCall converts LNNVL(c): true when c is false or NULL.
func lnnvlCall(g *gen, _ *ast.Name, c *ast.Call) frag {
	return frag{s: "(" + g.text(c.Args[0].X) + ") IS NOT TRUE", prec: precIs, typ: pgBoolean, notNull: true}
}

// nanvlCall converts NANVL(a, b): b where a is not a number.
func nanvlCall(g *gen, _ *ast.Name, c *ast.Call) frag {
	a, b := g.num(c.Args[0].X), g.num(c.Args[1].X)
	f := unify(a, b)
	f.s, f.prec = "CASE WHEN "+a.in(precCompare+1)+" = 'NaN' THEN "+b.s+" ELSE "+a.s+" END", precPrimary
	return f
}
