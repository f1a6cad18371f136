package gen

import (
	"landfall/internal/oracle/resolve"
	"landfall/internal/oracle/syntax/ast"
)

// numberFunctions are the numeric functions (SQL Language Reference 19c, "Numeric Functions").
var numberFunctions = map[string]builtin{
	"ABS": takes(1, 1, keepsNumber("abs")), "SIGN": takes(1, 1, signCall), "CEIL": takes(1, 1, wholeNumber("ceil")), "FLOOR": takes(1, 1, wholeNumber("floor")),
	"SQRT": takes(1, 1, inexact("sqrt")), "EXP": takes(1, 1, inexact("exp")), "LN": takes(1, 1, inexact("ln")), "LOG": takes(2, 2, inexact("log")),
	"POWER": takes(2, 2, inexact("power")), "MOD": takes(2, 2, modCall), "REMAINDER": takes(2, 2, numericSupport("remainder")),
	"SIN": takes(1, 1, double("sin")), "COS": takes(1, 1, double("cos")), "TAN": takes(1, 1, double("tan")), "ASIN": takes(1, 1, double("asin")),
	"ACOS": takes(1, 1, double("acos")), "ATAN": takes(1, 1, double("atan")), "ATAN2": takes(2, 2, double("atan2")), "SINH": takes(1, 1, double("sinh")),
	"COSH": takes(1, 1, double("cosh")), "TANH": takes(1, 1, double("tanh")),
	"BITAND": takes(2, 2, numericSupport("bitand")), "BITOR": takes(2, 2, numericSupport("bitor")), "BITXOR": takes(2, 2, numericSupport("bitxor")),
	"TRUNC": takes(1, 2, truncCall), "ROUND": takes(1, 2, roundCall), "WIDTH_BUCKET": takes(4, 4, widthBucketCall), "BIN_TO_NUM": binToNumCall,
	"ROUND_TIES_TO_EVEN": refusedBuiltin("not-converted", "PostgreSQL's numeric rounds halves away from zero only"),
}

func keepsNumber(name string) builtin {
	return func(g *gen, n *ast.Name, c *ast.Call) frag {
		a := g.num(c.Args[0].X)
		f := g.renamed(n, c, name, a.typ, a)
		f.whole, f.loose = g.isWhole(c.Args[0].X, a), a.loose
		return f
	}
}

func signCall(g *gen, n *ast.Name, c *ast.Call) frag {
	a := g.num(c.Args[0].X)
	if a.typ == pgInteger {
		a = a.cast("numeric", pgNumeric)
	}
	f := g.renamed(n, c, "sign", a.typ, a)
	f.whole = a.typ == pgNumeric
	return f
}

// wholeNumber is CEIL or FLOOR; of an integer they would be double precision in PostgreSQL.
func wholeNumber(name string) builtin {
	return func(g *gen, n *ast.Name, c *ast.Call) frag {
		a := g.num(c.Args[0].X)
		if a.typ == pgInteger {
			return a
		}
		f := g.renamed(n, c, name, a.typ, a)
		f.whole = a.typ == pgNumeric
		return f
	}
}

// decimal is a function that PostgreSQL has for numeric and for double precision; integers would take the latter.
func decimal(name string) builtin {
	return func(g *gen, n *ast.Name, c *ast.Call) frag {
		typ := pgNumeric
		list := make([]frag, len(c.Args))
		for i, a := range c.Args {
			list[i] = g.num(a.X)
			if list[i].typ == pgFloat {
				typ = pgFloat
			}
		}
		for i := range list {
			switch {
			case list[i].typ == pgInteger:
				list[i] = list[i].cast("numeric", pgNumeric)
			case typ == pgFloat && name == "log":
				list[i] = list[i].cast("numeric", pgNumeric)
			}
		}
		return g.renamed(n, c, name, typ, list...)
	}
}

// inexact is decimal for what has no end of digits.
func inexact(name string) builtin {
	to := decimal(name)
	return func(g *gen, n *ast.Name, c *ast.Call) frag {
		f := to(g, n, c)
		if f.typ == pgNumeric {
			g.tellDigits(c, g.f.Last(n))
		}
		return f
	}
}

// double is a function that PostgreSQL computes in double precision only: 15 digits instead of 38.
func double(name string) builtin {
	return func(g *gen, n *ast.Name, c *ast.Call) frag {
		list := make([]frag, len(c.Args))
		typ := pgNumeric
		for i, a := range c.Args {
			list[i] = g.num(a.X)
			if list[i].typ == pgFloat {
				typ = pgFloat
			}
		}
		f := g.renamed(n, c, name, pgFloat, list...)
		if typ == pgNumeric {
			f = f.cast("numeric", pgNumeric)
		}
		return f
	}
}

func numericSupport(name string) builtin {
	return func(g *gen, n *ast.Name, c *ast.Call) frag {
		f := g.renamed(n, c, g.use(name), pgNumeric, g.num(c.Args[0].X), g.num(c.Args[1].X))
		f.whole = name != "remainder"
		g.note(c, "lnnvl", "the function of the support schema computes as Oracle's")
		return f
	}
}

func modCall(g *gen, _ *ast.Name, c *ast.Call) frag { return g.mod(c.Args[0].X, c.Args[1].X) }

// mod is MOD(a, b), which is a where b is 0 (SQL Language Reference, MOD); PostgreSQL divides by zero there.
func (g *gen) mod(x, y ast.Expr) frag {
	a, b := g.num(x), g.num(y)
	f := unify(a, b)
	f.whole = g.isWhole(x, a) && g.isWhole(y, b)
	if v, ok := g.constantNumber(y); ok && v.Sign() != 0 && f.typ != pgFloat {
		f.s, f.prec = "mod("+a.s+", "+b.s+")", precPrimary
		return f
	}
	f.s, f.prec, f.typ = g.use("mod")+"("+a.s+", "+b.s+")", precPrimary, pgNumeric
	return f
}

// widthBucketCall converts WIDTH_BUCKET(x, low, high, n), the same in both.
func widthBucketCall(g *gen, n *ast.Name, c *ast.Call) frag {
	list := []frag{g.numericArg(c, 0), g.numericArg(c, 1), g.numericArg(c, 2), g.integer(c.Args[3].X)}
	return g.renamed(n, c, "width_bucket", pgInteger, list...)
}

func (g *gen) numericArg(c *ast.Call, i int) frag {
	f := g.num(c.Args[i].X)
	if f.typ == pgInteger {
		return f.cast("numeric", pgNumeric)
	}
	return f
}

// binToNumCall converts BIN_TO_NUM(1, 0, 1), the number that the bits make.
func binToNumCall(g *gen, n *ast.Name, c *ast.Call) frag {
	if c == nil || len(c.Args) == 0 {
		return g.refuse(whole(n, c), "not-converted", "BIN_TO_NUM takes arguments")
	}
	value := 0
	for i := range c.Args {
		bit, ok := g.constantInt(c.Args[i].X)
		if !ok || bit < 0 || bit > 1 || i > 30 {
			return g.refuse(c, "not-converted", "BIN_TO_NUM of bits that are known only when the code runs")
		}
		value = value<<1 | bit
	}
	return frag{s: itoa(value), prec: precPrimary, typ: pgInteger, notNull: true}
}

// truncCall converts TRUNC of a number or of a date.
func truncCall(g *gen, n *ast.Name, c *ast.Call) frag {
	a := g.expr(c.Args[0].X)
	if g.ofDate(c, a) {
		return g.truncDate(n, c, a)
	}
	return g.cutNumber(n, c, a, "trunc")
}

func roundCall(g *gen, n *ast.Name, c *ast.Call) frag {
	a := g.expr(c.Args[0].X)
	if g.ofDate(c, a) {
		return g.roundDate(n, c, a)
	}
	return g.cutNumber(n, c, a, "round")
}

// ofDate reports whether TRUNC or ROUND is of a date: by its argument, or by the mask behind it.
func (g *gen) ofDate(c *ast.Call, a frag) bool {
	switch {
	case a.typ.datetime():
		return true
	case a.typ.number() || len(c.Args) < 2:
		return false
	}
	s, ok := g.constArg(c, 1)
	return ok && !numberText(s)
}

// cutNumber converts TRUNC and ROUND of a number. What the argument is may be unknown: the support schema has the
// function for numbers and for dates.
func (g *gen) cutNumber(n *ast.Name, c *ast.Call, a frag, name string) frag {
	if a.typ == pgUnknown && len(c.Args) == 1 {
		if t := g.info.Type(c.Args[0].X); t.Class == resolve.ClassUnknown {
			return g.renamed(n, c, g.use(name), pgUnknown, a)
		}
	}
	if a.typ == pgNull {
		return atom("NULL::numeric", pgNumeric)
	}
	a = g.toNumber(c.Args[0].X, a)
	if len(c.Args) == 1 {
		if a.typ == pgInteger {
			return a
		}
		f := g.renamed(n, c, name, a.typ, a)
		f.whole = a.typ == pgNumeric
		return f
	}
	if a.typ == pgInteger || a.typ == pgFloat {
		a = a.cast("numeric", pgNumeric)
	}
	f := g.renamed(n, c, name, pgNumeric, a, g.integer(c.Args[1].X))
	if d, ok := g.constantInt(c.Args[1].X); ok && d <= 0 {
		f.whole = true
	}
	return f
}
