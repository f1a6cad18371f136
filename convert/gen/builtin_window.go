package gen

import (
	"strings"

	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// windowFunctions are the functions that are analytic only, and ranks, which are aggregates with WITHIN GROUP too (SQL
// Language Reference 19c, "Analytic Functions").
var windowFunctions = map[string]builtin{
	"ROW_NUMBER": ranking("row_number", pgInteger), "RANK": ranking("rank", pgInteger), "DENSE_RANK": ranking("dense_rank", pgInteger),
	"PERCENT_RANK": ranking("percent_rank", pgFloat), "CUME_DIST": ranking("cume_dist", pgFloat), "NTILE": takes(1, 1, ntileCall),
	"LAG": takes(1, 3, offsetCall("lag")), "LEAD": takes(1, 3, offsetCall("lead")),
	"FIRST_VALUE": takes(1, 1, edgeValue("first_value")), "LAST_VALUE": takes(1, 1, edgeValue("last_value")), "NTH_VALUE": takes(2, 2, nthValue),
	"RATIO_TO_REPORT": takes(1, 1, ratioCall),
}

// ranking converts a rank as window function or as aggregate over a hypothetical row.
func ranking(name string, t pgType) builtin {
	return func(g *gen, n *ast.Name, c *ast.Call) frag {
		if c == nil || c.Over == nil && c.Within == nil {
			return g.refuse(whole(n, c), "missing-aggregate", "%s without OVER or WITHIN GROUP", g.source(n))
		}
		subs := []sub{put(n, name)}
		for _, a := range c.Args {
			subs = append(subs, put(a, g.text(a.X)))
		}
		if c.Within != nil {
			subs = append(subs, put(c.Within.OrderBy, g.orderBy(c.Within.OrderBy)))
		}
		if c.Over != nil {
			subs = append(subs, put(c.Over, g.over(c.Over)))
		}
		f := atom(g.splice(c, subs...), t)
		f.notNull = true
		if t == pgFloat {
			return f.cast("numeric", pgNumeric)
		}
		return f
	}
}

func ntileCall(g *gen, n *ast.Name, c *ast.Call) frag {
	if c.Over == nil {
		return g.refuse(c, "missing-aggregate", "NTILE without OVER")
	}
	return atom(g.splice(c, put(n, "ntile"), put(c.Args[0], g.integer(c.Args[0].X).s), put(c.Over, g.over(c.Over))), pgInteger)
}

// ignoresNulls reports whether a call says IGNORE NULLS, inside or behind the parentheses.
func ignoresNulls(c *ast.Call) bool {
	if c.Nulls == token.IGNORE {
		return true
	}
	for _, a := range c.Args {
		if a.Extra != nil && a.Extra.Head == token.IGNORE {
			return true
		}
	}
	return false
}

// window is OVER (...) of a call, as text.
func (g *gen) window(c *ast.Call) string {
	s := g.over(c.Over)
	if !strings.HasPrefix(strings.ToUpper(s), "OVER") {
		s = "OVER " + s
	}
	return s
}

// offsetCall converts LAG and LEAD. The default has the type of the value.
func offsetCall(name string) builtin {
	return func(g *gen, n *ast.Name, c *ast.Call) frag {
		if c.Over == nil {
			return g.refuse(c, "missing-aggregate", "%s without OVER", g.source(n))
		}
		if ignoresNulls(c) {
			return g.offsetIgnoringNulls(n, c, name)
		}
		list := []ast.Expr{c.Args[0].X}
		if len(c.Args) == 3 {
			list = append(list, c.Args[2].X)
		}
		frags := g.likeFirst(list...)
		a := frags[0]
		s := a.s
		if len(c.Args) > 1 {
			s += ", " + g.integer(c.Args[1].X).s
		}
		if len(c.Args) == 3 {
			s += ", " + frags[1].s
		}
		f := atom(name+"("+s+") "+g.window(c), a.typ)
		f.whole, f.loose = g.isWhole(c.Args[0].X, a), a.loose
		return f
	}
}

// offsetIgnoringNulls converts LAG(x) IGNORE NULLS with the offset 1: the last value before the row that is not NULL.
func (g *gen) offsetIgnoringNulls(n *ast.Name, c *ast.Call, name string) frag {
	one := len(c.Args) == 1
	if len(c.Args) > 1 {
		v, ok := g.constantInt(c.Args[1].X)
		one = ok && v == 1
	}
	if !one || c.Over.Name != nil || c.Over.Frame != nil {
		return g.refuse(c, "ignore-nulls", "%s ... IGNORE NULLS with an offset other than 1", g.source(n))
	}
	a := g.expr(c.Args[0].X)
	fn, frame := "last_not_null", "ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING"
	if name == "lead" {
		fn, frame = "first_not_null", "ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING"
	}
	g.note(c, "ignore-nulls", "an aggregate of the support schema passes over NULLs")
	f := atom(g.use(fn)+"("+a.s+") "+g.framed(c, frame), a.typ)
	if len(c.Args) == 3 {
		d := g.brought(c.Args[2].X, g.expr(c.Args[2].X), a)
		return callFrag("coalesce", a.typ, f.s, d.s)
	}
	return f
}

// framed is the window of a call with another frame.
func (g *gen) framed(c *ast.Call, frame string) string {
	s := strings.TrimRight(g.window(c), " \t\n")
	return strings.TrimSuffix(s, ")") + " " + frame + ")"
}

// edgeValue converts FIRST_VALUE and LAST_VALUE.
func edgeValue(name string) builtin {
	return func(g *gen, n *ast.Name, c *ast.Call) frag {
		if c.Over == nil {
			return g.refuse(c, "missing-aggregate", "%s without OVER", g.source(n))
		}
		a := g.expr(c.Args[0].X)
		fn := name
		if ignoresNulls(c) {
			fn = g.use(map[string]string{"first_value": "first_not_null", "last_value": "last_not_null"}[name])
			g.note(c, "ignore-nulls", "an aggregate of the support schema passes over NULLs")
		}
		return frag{s: fn + "(" + a.s + ") " + g.window(c), prec: precPrimary, typ: a.typ, whole: g.isWhole(c.Args[0].X, a), loose: a.loose}
	}
}

func nthValue(g *gen, n *ast.Name, c *ast.Call) frag {
	if c.Over == nil || ignoresNulls(c) || c.FromLast == token.LAST || c.Spec != nil && c.Spec.Head == token.LAST {
		return g.refuse(c, "ignore-nulls", "NTH_VALUE with FROM LAST or IGNORE NULLS has no counterpart")
	}
	a := g.expr(c.Args[0].X)
	return frag{s: "nth_value(" + a.s + ", " + g.integer(c.Args[1].X).s + ") " + g.window(c), prec: precPrimary, typ: a.typ, whole: g.isWhole(c.Args[0].X, a)}
}

// distinctWindow converts an aggregate of distinct values over a window, which PostgreSQL lacks: the support schema has
// one that gathers the values. Oracle takes no ORDER BY in such a window (ORA-30487), so that it is the whole partition.
func (g *gen) distinctWindow(n *ast.Name, c *ast.Call, name string, t pgType) frag {
	if c.Star || len(c.Args) != 1 || c.Filter != nil {
		return g.refuse(c, "missing-aggregate", "PostgreSQL has no DISTINCT in window functions")
	}
	a := g.expr(c.Args[0].X)
	switch {
	case name == "count":
		return frag{s: callFrag(g.use("count_of"), t, "array_agg("+a.s+") "+g.window(c)).s, prec: precPrimary, typ: t, notNull: true}
	case name == "min", name == "max": // the same with and without
		return atom(name+"("+a.s+") "+g.window(c), t)
	case name == "sum" && a.typ != pgInterval, name == "avg" && a.typ != pgInterval:
		if a.typ != pgNumeric {
			a = a.cast("numeric", pgNumeric)
		}
		return callFrag(g.use(name+"_of"), pgNumeric, "array_agg("+a.s+") "+g.window(c))
	}
	return g.refuse(c, "missing-aggregate", "PostgreSQL has no DISTINCT in window functions")
}

// ratioCall converts RATIO_TO_REPORT(x) OVER (...): the share of x in the sum.
func ratioCall(g *gen, n *ast.Name, c *ast.Call) frag {
	if c.Over == nil {
		return g.refuse(c, "missing-aggregate", "RATIO_TO_REPORT without OVER")
	}
	a := g.num(c.Args[0].X)
	top := a
	if a.typ == pgInteger || a.typ == pgUnknown {
		top = a.cast("numeric", pgNumeric)
	}
	return frag{s: top.in(precMul) + " / nullif(sum(" + a.s + ") " + g.window(c) + ", 0)", prec: precMul, typ: pgNumeric}
}
