package gen

import (
	"strings"

	"landfall/internal/model"
	"landfall/internal/oracle/resolve"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// concat converts a || b || ...: NULL counts as empty in Oracle (SQL Language Reference, "Concatenation Operator"), so
// concat() takes operands that can be NULL, and gives NULL again when all of them are.
func (g *gen) concat(x *ast.Binary) frag {
	var items []ast.Expr
	e := ast.Expr(x)
	for {
		b, ok := e.(*ast.Binary)
		if !ok || b.Op.Kind != token.Concat {
			break
		}
		items = append(items, b.Y)
		e = b.X
	}
	items = append(items, e)
	for i, j := 0, len(items)-1; i < j; i, j = i+1, j-1 {
		items[i], items[j] = items[j], items[i]
	}
	frags := make([]frag, len(items))
	safe := true
	for i, it := range items {
		frags[i] = g.concatItem(it)
		safe = safe && frags[i].notNull && (frags[i].typ == pgText || frags[i].typ == pgLiteral || frags[i].typ == pgInteger)
	}
	if safe && (frags[0].typ.text() || frags[1].typ.text()) {
		subs := []sub{}
		for i, f := range frags {
			subs = append(subs, put(items[i], f.in(precOther+1)))
			if op := items[i].Range().Hi; i < len(items)-1 && g.f.Text(op) != "||" { // | | stands apart
				end := op + 1
				if end < items[i+1].Range().Lo && g.f.Text(end) == "|" {
					end++
				}
				subs = append(subs, sub{op, end, "||"})
			}
		}
		return frag{s: g.splice(x, subs...), prec: precOther, typ: pgText, notNull: true}
	}
	return g.concatCall(x, items, frags)
}

// concatItem is an operand of ||: what concat() writes as Oracle does needs no conversion.
func (g *gen) concatItem(e ast.Expr) frag {
	f := g.expr(e)
	switch {
	case g.untyped(e, f):
		return g.textOfUntyped(f)
	case f.typ == pgUnknown && !g.immutable && g.class(e) == resolve.ClassUnknown && g.absentValue(e):
		return g.textOfUntyped(f)
	case f.typ == pgInteger, f.typ == pgChar, f.typ == pgUnknown, f.typ == pgNumeric && g.isWhole(e, f) && !g.immutable:
		return f
	case f.typ == pgBytea && g.class(e) == resolve.ClassLOB:
		return f
	}
	return g.toText(e, f)
}

// maxArguments is how many arguments PostgreSQL passes to a function (FUNC_MAX_ARGS).
const maxArguments = 100

// concatCall writes concat(a, b, ...) over the lines of the original; of more than a call takes, a concat of several.
func (g *gen) concatCall(x ast.Node, items []ast.Expr, frags []frag) frag {
	never, given := false, 0
	var b strings.Builder
	lines := x.Range().Hi > x.Range().Lo && strings.Contains(g.source(x), "\n")
	for i, f := range frags {
		never = never || f.notNull
		f = f.orEmpty()
		if f.typ == pgNull {
			continue
		}
		if b.Len() > 0 {
			if given++; given%maxArguments == 0 {
				b.WriteString(")")
			}
			b.WriteString(",")
			if lines && items[i].Range().Lo > 0 && strings.Contains(g.textBetween(items[i-1], items[i]), "\n") {
				b.WriteString("\n" + g.indent(items[i]))
			} else {
				b.WriteString(" ")
			}
			if given > 0 && given%maxArguments == 0 {
				b.WriteString("concat(")
			}
		}
		if g.immutable {
			f = callFrag("coalesce", pgText, f.s, "''")
		}
		b.WriteString(f.s)
	}
	if b.Len() == 0 {
		return atom("NULL", pgNull)
	}
	text := "concat(" + b.String() + ")"
	if given >= maxArguments {
		text = "concat(" + text + ")"
	}
	c := atom(text, pgText)
	if g.immutable { // concat() is not immutable
		c = frag{s: "(" + strings.Join(splitArgs(frags), " || ") + ")", prec: precPrimary, typ: pgText}
	}
	if never {
		c.notNull = true
		return c
	}
	return emptyIsNull(c)
}

func splitArgs(frags []frag) []string {
	var list []string
	for _, f := range frags {
		if f.typ == pgNull {
			continue
		}
		o := f.orEmpty()
		if f.notNull {
			list = append(list, o.in(precOther+1))
			continue
		}
		if o.typ != pgText {
			o = o.cast("text", pgText)
		}
		list = append(list, "coalesce("+o.s+", '')")
	}
	return list
}

// textBetween is the text between two nodes.
func (g *gen) textBetween(a, b ast.Node) string {
	lo, hi := g.f.Tokens[a.Range().Hi-1].End(), g.f.Tokens[b.Range().Lo].Off
	if hi < lo {
		return ""
	}
	return string(g.f.Src[lo:hi])
}

// arithmetic converts + - * / **.
func (g *gen) arithmetic(x *ast.Binary) frag {
	a, b := g.expr(x.X), g.expr(x.Y)
	if f, ok := g.dateArithmetic(x, a, b); ok {
		return f
	}
	if f, ok := g.untypedArithmetic(x, a, b); ok {
		return f
	}
	p := binaryPrec[x.Op.Kind]
	a, b = g.operand(x.X, a), g.operand(x.Y, b)
	f := unify(a, b)
	f.whole = g.isWhole(x.X, a) && g.isWhole(x.Y, b)
	switch {
	case a.typ == pgInterval || b.typ == pgInterval:
		f.typ = pgInterval
		if s, ok := g.monthsTimes(x, a, b); ok {
			return s
		}
	case f.typ == pgUnknown && (a.typ.number() || b.typ.number()) && x.Op.Kind != token.Plus && x.Op.Kind != token.Minus:
		f.typ = pgNumeric
	case f.typ == pgNull:
		return atom("NULL", pgNull)
	}
	f.loose = f.typ == pgNumeric && a.mayBeInteger() && b.mayBeInteger()
	switch x.Op.Kind {
	case token.Power:
		if a.typ == pgInteger {
			a = a.cast("numeric", pgNumeric)
		}
		return callFrag("power", pgNumeric, a.s, b.s)
	case token.Slash:
		g.tellQuotient(x)
		f.whole = false
		if d := dividend(a, b); d.s != a.s {
			a, f.typ = d, pgNumeric
		}
		f.loose = false
	case token.Star, token.Plus, token.Minus:
		if x.Op.Kind == token.Star {
			a, b = g.factorOf(x.X, a), g.factorOf(x.Y, b)
		}
		if a.typ == pgInteger && b.typ == pgInteger && g.tooWide(x) {
			a, f.typ = a.cast("numeric", pgNumeric), pgNumeric
		}
	}
	right := b.in(p + 1)
	if strings.HasPrefix(right, "-") {
		right = "(" + right + ")"
	}
	f.s, f.prec = g.rewritten(x, a.in(p), "", right), p
	return f
}

// operand is one side of arithmetic: text becomes a number.
func (g *gen) operand(e ast.Expr, f frag) frag {
	if f.typ.text() {
		n := g.toNumber(e, f)
		if _, constant := g.constantText(e); !constant {
			g.reportAs(e, "implicit-conversion", model.Low, model.Auto, "the text %s is computed with: it is cast to a number, which fails where it is none", g.source(e))
		}
		return n
	}
	return f
}

// tooWide reports whether constants make a number that is no integer for PostgreSQL; Oracle computes with NUMBER.
func (g *gen) tooWide(x *ast.Binary) bool {
	v, ok := g.constantNumber(x)
	if !ok || !v.IsInt() {
		return false
	}
	return !v.Num().IsInt64() || v.Num().Int64() > 1<<31-1 || v.Num().Int64() < -1<<31
}

// compare converts = <> < > <= >=.
func (g *gen) compare(x *ast.Binary) frag {
	if f, ok := g.collectionCompare(x); ok {
		return f
	}
	if f, ok := g.objectCompare(x); ok {
		return f
	}
	if f, ok := g.rowidCompare(x); ok {
		return f
	}
	if g.class(x.Y) == resolve.ClassInterval {
		g.wantInterval(x.X)
	} else if g.class(x.X) == resolve.ClassInterval {
		g.wantInterval(x.Y)
	}
	a, b := g.expr(x.X), g.expr(x.Y)
	a, b = g.sameTypes(x, x.X, a, x.Y, b)
	if x.Op.Kind == token.EQ && g.positive[x] {
		if b.typ == pgLiteral {
			a = a.orEmpty()
		} else if a.typ == pgLiteral {
			b = b.orEmpty()
		}
	}
	subs := []sub{put(x.X, a.in(precCompare+1)), put(x.Y, b.in(precCompare+1))}
	if x.Op.Kind == token.NE {
		subs = append(subs, sub{operator(x), g.operatorEnd(x), "<>"})
	} else if s := map[token.Kind]string{token.LE: "<=", token.GE: ">="}[x.Op.Kind]; s != "" { // it may be written apart: < =
		subs = append(subs, sub{operator(x), g.operatorEnd(x), s})
	}
	return frag{s: g.splice(x, subs...), prec: precCompare, typ: pgBoolean, notNull: a.notNull && b.notNull}
}

// operatorEnd is the token behind an operator, which may be written as two.
func (g *gen) operatorEnd(x *ast.Binary) uint32 {
	end := operator(x) + 1
	if end < x.Y.Range().Lo {
		switch g.f.Tokens[end].Kind {
		case token.EQ, token.GT, token.LT:
			return end + 1
		}
	}
	return end
}

// sameTypes is alike with the findings that belong to it.
func (g *gen) sameTypes(at ast.Node, ea ast.Expr, a frag, eb ast.Expr, b frag) (frag, frag) {
	if g.emptyConstant(ea) || g.emptyConstant(eb) {
		g.report(at, "empty-string", "a comparison with '' is one with NULL: it is never true")
	}
	c, d := g.alike(ea, a, eb, b)
	for _, s := range []struct {
		e        ast.Expr
		was, now frag
		other    frag
	}{{ea, a, c, b}, {eb, b, d, a}} {
		if s.was.typ.text() && s.now.typ != s.was.typ && s.now.typ != pgChar {
			if _, constant := g.constantText(s.e); constant && s.other.typ.number() {
				continue
			}
			g.reportAs(s.e, "implicit-conversion", model.Low, model.Auto, "Oracle converts %s for the comparison; the conversion is written out", g.source(s.e))
		}
	}
	return c, d
}

func (g *gen) emptyConstant(e ast.Expr) bool {
	l, ok := ast.Unparen(e).(*ast.Literal)
	return ok && l.Kind == ast.LitString && g.isNull(e)
}

func (g *gen) modulo(x *ast.Binary) frag { return g.mod(x.X, x.Y) }

// markPositive notes the comparisons of a condition whose result is only asked for true, so that false and NULL are
// the same there: operands of AND and OR at its top.
func (g *gen) markPositive(e ast.Expr) {
	for {
		switch x := e.(type) {
		case *ast.Paren:
			e = x.X
			continue
		case *ast.Binary:
			if x.Op.Kw == token.AND || x.Op.Kw == token.OR {
				g.markPositive(x.Y)
				e = x.X
				continue
			}
			if x.Op.Kind != token.EQ {
				return
			}
		case *ast.Like, *ast.In:
		default:
			return
		}
		if g.positive == nil {
			g.positive = map[ast.Expr]bool{}
		}
		g.positive[e] = true
		return
	}
}

// like converts LIKE. Oracle has no escape character unless ESCAPE names one; PostgreSQL's is \ (SQL Language Reference,
// "LIKE Condition"). LIKEC, LIKE2 and LIKE4 count characters in other units and find the same in UTF-8.
func (g *gen) like(x *ast.Like) frag {
	a, p := g.str(x.X), g.str(x.Pattern)
	if a.typ == pgText && g.class(x.X) == resolve.ClassChar {
		a = g.expr(x.X) // LIKE sees the blanks of a CHAR on both sides
	}
	pattern, constant := g.constantText(x.Pattern)
	if constant && wordless(pattern) { // of names it asks for letters: this is of numbers or dates
		a = g.textOf(x.X, a)
	}
	if constant && !x.Not && g.positive[x] && strings.Trim(pattern, "%") != "" {
		a = a.orEmpty()
	}
	subs := []sub{put(x.X, a.in(precLike+1)), put(x.Pattern, p.in(precOther))}
	if x.Op != token.LIKE {
		for i := x.X.Range().Hi; i < x.Pattern.Range().Lo; i++ {
			if g.f.Tokens[i].Kw == x.Op {
				subs = append(subs, sub{i, i + 1, "LIKE"})
			}
		}
	}
	s := ""
	switch {
	case x.Escape != nil:
		subs = append(subs, put(x.Escape, g.text(x.Escape)))
	case !constant && p.typ != pgNull, strings.Contains(pattern, `\`):
		s = " ESCAPE ''"
	}
	return frag{s: g.splice(x, subs...) + s, prec: precLike, typ: pgBoolean}
}

func (g *gen) isOther(x *ast.Is) frag {
	if f, ok := g.collectionIs(x); ok {
		return f
	}
	if x.What == token.OF {
		return g.isOfType(x)
	}
	not := ""
	if x.Not {
		not = "NOT "
	}
	switch x.What {
	case token.NAN:
		op := " = "
		if x.Not {
			op = " <> "
		}
		return frag{s: g.num(x.X).in(precCompare+1) + op + "'NaN'", prec: precCompare, typ: pgBoolean}
	case token.INFINITE:
		f := g.num(x.X)
		return frag{s: f.in(precLike+1) + " " + not + "IN ('Infinity', '-Infinity')", prec: precLike, typ: pgBoolean}
	case token.JSON:
		return g.isJSON(x)
	}
	return g.refuse(x, "not-converted", "no PostgreSQL form is known for IS %s", x.What)
}

func (g *gen) overlaps(x *ast.Overlaps) frag {
	return frag{s: g.splice(x, put(x.X, g.text(x.X)), put(x.Y, g.text(x.Y))), prec: precCompare, typ: pgBoolean}
}

// collate converts x COLLATE name: BINARY compares bytes, which is "C"; the others have no equal.
func (g *gen) collate(x *ast.Collate) frag {
	name := strings.ToUpper(g.source(x.Name))
	if name == "BINARY" || name == "USING_NLS_COMP" {
		return frag{s: g.str(x.X).in(precAt) + ` COLLATE "C"`, prec: precAt, typ: pgText}
	}
	return g.refuse(x, "nls-functions", "COLLATE %s has no counterpart", g.source(x.Name))
}
