package gen

import (
	"strings"

	"landfall/internal/oracle/syntax/ast"
)

// regexpFunctions are the functions of regular expressions (SQL Language Reference 19c, "Oracle Regular Expression
// Support"). PostgreSQL's operators serve patterns that mean the same in both; the rest is the support schema's.
var regexpFunctions = map[string]builtin{
	"REGEXP_LIKE": takes(2, 3, regexpLike), "REGEXP_REPLACE": takes(2, 6, regexpReplace), "REGEXP_SUBSTR": takes(2, 6, regexpSupport("regexp_substr", pgText)),
	"REGEXP_INSTR": takes(2, 7, regexpSupport("regexp_instr", pgInteger)), "REGEXP_COUNT": takes(2, 4, regexpSupport("regexp_count", pgInteger)),
}

// pgPattern gives a pattern for PostgreSQL's operators, if it means the same there. A dot does not match a line break in
// Oracle: (?p) asks PostgreSQL for that, but then [^...] does not match one either.
func pgPattern(p string) (string, bool) {
	dot, negated := false, false
	for i := 0; i < len(p); i++ {
		switch p[i] {
		case '.':
			dot = true
		case '\\':
			if i+1 >= len(p) || !strings.ContainsRune(`.*+?()[]{}|^$\-/dDwWsS`, rune(p[i+1])) {
				return "", false
			}
			i++
		case '[':
			end := bracketEnd(p, i)
			if end < 0 || strings.ContainsAny(p[i:end], `\`) || strings.Contains(p[i:end], "[=") || strings.Contains(p[i:end], "[.") {
				return "", false
			}
			negated = negated || strings.HasPrefix(p[i:], "[^")
			i = end
		case '(':
			if strings.HasPrefix(p[i:], "(?") {
				return "", false
			}
		case '*', '+', '?':
			if i == 0 || strings.IndexByte("(|^", p[i-1]) >= 0 {
				return "", false
			}
		case '{':
			if i+1 >= len(p) || p[i+1] < '0' || p[i+1] > '9' {
				return "", false
			}
		}
	}
	switch {
	case dot && negated:
		return "", false
	case dot:
		return "(?p)" + p, true
	case strings.HasPrefix(p, "***"):
		return "", false
	}
	return p, true
}

// bracketEnd is the ] of a bracket expression that begins at i.
func bracketEnd(p string, i int) int {
	j := i + 1
	if j < len(p) && p[j] == '^' {
		j++
	}
	if j < len(p) && p[j] == ']' {
		j++
	}
	for ; j < len(p); j++ {
		if p[j] == '[' && j+1 < len(p) && strings.IndexByte(":.=", p[j+1]) >= 0 {
			end := strings.Index(p[j+2:], p[j+1:j+2]+"]")
			if end < 0 {
				return -1
			}
			j += 2 + end + 1
			continue
		}
		if p[j] == ']' {
			return j
		}
	}
	return -1
}

func regexpLike(g *gen, n *ast.Name, c *ast.Call) frag {
	if namedNotation(c) {
		return regexpSupport("regexp_like", pgBoolean)(g, n, c)
	}
	op := " ~ "
	pattern, ok := g.constArg(c, 1)
	if ok {
		pattern, ok = pgPattern(pattern)
	}
	if ok && len(c.Args) == 3 {
		switch m, constant := g.constArg(c, 2); {
		case constant && m == "i":
			op = " ~* "
		case constant && m == "c", g.isNull(c.Args[2].X):
		default:
			ok = false
		}
	}
	a := g.str(c.Args[0].X)
	if !ok {
		return regexpSupport("regexp_like", pgBoolean)(g, n, c)
	}
	g.note(c, "regexp", "the pattern means the same to PostgreSQL's operator")
	return frag{s: a.in(precOther+1) + op + literal(pattern), prec: precOther, typ: pgBoolean}
}

// regexpReplace converts REGEXP_REPLACE(x, pattern [, replacement [, position [, occurrence [, mode]]]]).
func regexpReplace(g *gen, n *ast.Name, c *ast.Call) frag {
	pattern, ok := g.constArg(c, 1)
	ok = ok && !namedNotation(c)
	if ok {
		pattern, ok = pgPattern(pattern)
	}
	with := ""
	if len(c.Args) > 2 && !g.isNull(c.Args[2].X) {
		s, constant := g.constArg(c, 2)
		with, ok = s, ok && constant && plainReplacement(s)
	}
	flags := "g"
	for i, want := range []int{1, 0} {
		if len(c.Args) > 3+i {
			v, constant := g.constantInt(c.Args[3+i].X)
			ok = ok && constant && v == want
		}
	}
	if len(c.Args) > 5 {
		switch m, constant := g.constArg(c, 5); {
		case constant && (m == "i" || m == "c"):
			flags += m
		case !g.isNull(c.Args[5].X):
			ok = false
		}
	}
	if !ok {
		return regexpSupport("regexp_replace", pgText)(g, n, c)
	}
	g.note(c, "regexp", "the pattern means the same to PostgreSQL's function")
	return emptyIsNull(callFrag("regexp_replace", pgText, g.str(c.Args[0].X).orEmpty().s, literal(pattern), literal(with), literal(strings.TrimSuffix(flags, "c"))))
}

// plainReplacement reports whether a replacement means the same in both: \1 to \9 are groups, other uses of \ differ.
func plainReplacement(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] == '\\' {
			if i+1 >= len(s) || s[i+1] < '1' || s[i+1] > '9' {
				return false
			}
			i++
		}
	}
	return true
}

// regexpParams are the names of parameters in package STANDARD and those of the support schema.
var regexpParams = map[string]string{
	"SRCSTR": "s", "SRC": "s", "PATTERN": "p", "POSITION": "pos", "OCCURRENCE": "nth", "RETURNPARAM": "ret", "MODIFIER": "match", "SUBEXPRESSION": "sub", "REPLACESTR": "replacement",
}

func regexpSupport(name string, t pgType) builtin {
	return func(g *gen, n *ast.Name, c *ast.Call) frag {
		list := make([]frag, len(c.Args))
		for i, a := range c.Args {
			f := g.expr(a.X)
			if f.typ.number() && i >= 2 {
				f = g.integer(a.X)
			} else if i < 2 || !f.typ.number() {
				f = g.toText(a.X, f)
			}
			if a.Name != nil {
				param := regexpParams[g.f.Last(a.Name)]
				if param == "" {
					return g.refuse(c, "regexp", "%s has no parameter %s", g.source(n), g.source(a.Name))
				}
				f.s = param + " => " + f.s
			}
			list[i] = f
		}
		g.note(c, "regexp", "the pattern is translated by the support schema when the code runs")
		f := g.renamed(n, c, g.use(name), t, list...)
		f.notNull = false
		return f
	}
}
