package gen

import (
	"strings"
	"unicode/utf8"

	"landfall/internal/model"
	"landfall/internal/oracle/resolve"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// textFunctions are the character functions (SQL Language Reference 19c, "Character Functions").
var textFunctions = map[string]builtin{
	"UPPER": takes(1, 1, textToText("upper")), "LOWER": takes(1, 1, textToText("lower")), "INITCAP": takes(1, 1, textToText("initcap")),
	"NLS_UPPER": takes(1, 2, nlsCase("upper")), "NLS_LOWER": takes(1, 2, nlsCase("lower")), "NLS_INITCAP": takes(1, 2, nlsCase("initcap")),
	"SUBSTR": takes(2, 3, substrCall), "SUBSTRC": takes(2, 3, substrCall), "SUBSTR2": takes(2, 3, substrCall), "SUBSTR4": takes(2, 3, substrCall),
	"INSTR": takes(2, 4, instrCall), "INSTRC": takes(2, 4, instrCall), "INSTR2": takes(2, 4, instrCall), "INSTR4": takes(2, 4, instrCall),
	"LENGTH": takes(1, 1, lengthCall), "LENGTHC": takes(1, 1, lengthCall), "LENGTH2": takes(1, 1, lengthCall), "LENGTH4": takes(1, 1, lengthCall),
	"LENGTHB": takes(1, 1, lengthbCall), "SUBSTRB": takes(2, 3, bytesOf("substrb")), "INSTRB": takes(2, 4, bytesOf("instrb")),
	"LPAD": takes(2, 3, padCall("lpad")), "RPAD": takes(2, 3, padCall("rpad")),
	"TRIM": takes(1, 2, trimCall), "LTRIM": takes(1, 2, sideTrim("ltrim")), "RTRIM": takes(1, 2, sideTrim("rtrim")),
	"REPLACE": takes(2, 3, replaceCall), "TRANSLATE": translateCall, "CONCAT": concatFunction,
	"CHR": takes(1, 1, chrCall), "NCHR": takes(1, 1, chrCall), "ASCII": takes(1, 1, asciiCall), "SOUNDEX": takes(1, 1, soundexCall),
	"REVERSE": takes(1, 1, textToText("reverse")), "UNISTR": takes(1, 1, unistrCall), "ASCIISTR": takes(1, 1, asciistrCall),
	"COMPOSE": takes(1, 1, normalized("NFC")), "DECOMPOSE": takes(1, 2, normalized("NFD")),
	"TO_MULTI_BYTE": refusedBuiltin("nls-functions", "widths of characters are not converted"), "TO_SINGLE_BYTE": refusedBuiltin("nls-functions", "widths of characters are not converted"),
	"CONVERT": takes(2, 3, convertCall),
	"NLSSORT": takes(1, 2, nlssortCall), "NLS_CHARSET_ID": refusedBuiltin("nls-functions", "numbers of character sets are Oracle's own"),
	"NLS_CHARSET_NAME": refusedBuiltin("nls-functions", "numbers of character sets are Oracle's own"), "NLS_CHARSET_DECL_LEN": refusedBuiltin("nls-functions", "lengths of columns are in characters"),
	"SUBSTRING": refusedBuiltin("substr", "not a function of Oracle's"), "OVERLAY": refusedBuiltin("substr", "not a function of Oracle's"), "POSITION": refusedBuiltin("instr", "not a function of Oracle's"),
}

// textToText is a function of one text that never gives ”.
func textToText(name string) builtin {
	return func(g *gen, n *ast.Name, c *ast.Call) frag {
		a := g.str(c.Args[0].X)
		f := g.renamed(n, c, name, pgText, frag{s: a.orEmpty().s})
		f.notNull = a.notNull
		if a.bare != "" {
			inner := f
			f = emptyIsNull(inner)
			if name != "" {
				f.notNull = false
			}
		}
		return f
	}
}

func nlsCase(name string) builtin {
	return func(g *gen, n *ast.Name, c *ast.Call) frag {
		if len(c.Args) == 2 {
			g.report(c, "nls-functions", "the language of %s is not regarded", g.source(n))
		}
		return callFrag(name, pgText, g.str(c.Args[0].X).s)
	}
}

// substrCall converts SUBSTR. With a position of 1 or more and a length of 0 or more PostgreSQL's does the same; 0,
// positions from the end and lengths below 1 are Oracle's own (SQL Language Reference, SUBSTR).
func substrCall(g *gen, n *ast.Name, c *ast.Call) frag {
	a := g.str(c.Args[0].X)
	if g.class(c.Args[0].X) == resolve.ClassRaw { // the hexadecimal text
		a = g.toText(c.Args[0].X, g.expr(c.Args[0].X))
	}
	a = g.textOf(c.Args[0].X, a)
	pos := g.integer(c.Args[1].X)
	list := []frag{{s: a.orEmpty().s}, pos}
	plain := g.atLeast(c.Args[1].X, 1)
	if len(c.Args) == 3 {
		list = append(list, g.integer(c.Args[2].X))
		plain = plain && g.atLeast(c.Args[2].X, 0)
	}
	if plain {
		return emptyIsNull(g.renamed(n, c, "substr", pgText, list...))
	}
	g.note(c, "substr", "a position of 0 or from the end, or a length below 1, means something else in PostgreSQL")
	return g.renamed(n, c, g.use("substr"), pgText, list...)
}

// atLeast reports whether a whole number is known to be low or more: a constant, INSTR(...) + 1, LENGTH(x), the
// variable of a FOR loop that begins there.
func (g *gen) atLeast(e ast.Expr, low int) bool {
	least, ok := g.least(ast.Unparen(e))
	return ok && least >= low
}

func (g *gen) least(e ast.Expr) (int, bool) {
	if v, ok := g.constantInt(e); ok {
		return v, true
	}
	switch x := ast.Unparen(e).(type) {
	case *ast.Binary:
		if x.Op.Kind == token.Plus {
			a, ok := g.least(x.X)
			b, ok2 := g.least(x.Y)
			return a + b, ok && ok2
		}
	case *ast.Call:
		if n, ok := x.Fn.(*ast.Name); ok && g.ref(n).Kind == resolve.Builtin {
			switch g.ref(n).Builtin {
			case "INSTR", "COUNT", "LENGTH":
				return 0, true
			}
		}
	case *ast.Name:
		if v, ok := g.ref(x).Decl.(*ast.Iterand); ok {
			if low := g.loopLow(v); low != nil {
				return g.least(low)
			}
		}
	}
	return 0, false
}

// loopLow is where the FOR loop of a variable begins, nil when it is no range.
func (g *gen) loopLow(v *ast.Iterand) ast.Expr {
	if g.loops == nil {
		g.loops = map[*ast.Iterand]ast.Expr{}
		ast.Walk(g.unit.Stmt, func(n ast.Node) bool {
			if it, ok := n.(*ast.Iterator); ok && len(it.Iterands) == 1 && len(it.Controls) == 1 && it.Controls[0].Low != nil {
				g.loops[it.Iterands[0]] = it.Controls[0].Low
			}
			return true
		})
	}
	return g.loops[v]
}

// instrCall converts INSTR; from the first character on it is strpos().
func instrCall(g *gen, n *ast.Name, c *ast.Call) frag {
	a, b := g.textOf(c.Args[0].X, g.str(c.Args[0].X)), g.textOf(c.Args[1].X, g.str(c.Args[1].X))
	list := []frag{a, b}
	if len(c.Args) == 2 {
		f := g.renamed(n, c, "strpos", pgInteger, list...)
		f.notNull = a.notNull && b.notNull
		return f
	}
	if p, ok := g.constantInt(c.Args[2].X); ok && p == 1 && len(c.Args) == 3 {
		return callFrag("strpos", pgInteger, a.s, b.s)
	}
	for _, x := range c.Args[2:] {
		list = append(list, g.num(x.X))
	}
	g.note(c, "instr", "a search from a position, or for an occurrence, is done by the support schema")
	return g.renamed(n, c, g.use("instr"), pgInteger, list...)
}

// lengthCall converts LENGTH: of text in characters with the blanks of a CHAR, of a LOB its own length, of a RAW that of
// its hexadecimal text.
func lengthCall(g *gen, n *ast.Name, c *ast.Call) frag {
	e := c.Args[0].X
	a := g.expr(e)
	switch {
	case a.typ == pgBytea && g.class(e) == resolve.ClassLOB:
		return g.renamed(n, c, "length", pgInteger, a)
	case a.typ == pgBytea:
		return frag{s: "length(" + a.s + ") * 2", prec: precMul, typ: pgInteger}
	}
	f := g.renamed(n, c, "length", pgInteger, g.textOf(e, g.toText(e, a)))
	f.notNull = a.notNull
	return f
}

// lengthbCall converts LENGTHB: bytes, in the encoding of the database.
func lengthbCall(g *gen, n *ast.Name, c *ast.Call) frag {
	e := c.Args[0].X
	a := g.expr(e)
	g.note(c, "byte-functions", "bytes are counted in the encoding of the PostgreSQL database")
	if a.typ == pgBytea && g.class(e) != resolve.ClassLOB {
		return frag{s: "length(" + a.s + ") * 2", prec: precMul, typ: pgInteger}
	}
	if a.typ != pgBytea {
		a = g.toText(e, a)
	}
	return g.renamed(n, c, "octet_length", pgInteger, a)
}

func bytesOf(name string) builtin {
	return func(g *gen, n *ast.Name, c *ast.Call) frag {
		list := []string{g.str(c.Args[0].X).s}
		for i, a := range c.Args[1:] {
			if i == 0 && name == "instrb" {
				list = append(list, g.str(a.X).s)
				continue
			}
			list = append(list, g.integer(a.X).s)
		}
		t := pgText
		if name == "instrb" {
			t = pgInteger
		}
		g.note(c, "byte-functions", "bytes are counted in the encoding of the PostgreSQL database")
		return callFrag(g.use(name), t, list...)
	}
}

// padCall converts LPAD and RPAD: NULL for a length below 1.
func padCall(name string) builtin {
	return func(g *gen, n *ast.Name, c *ast.Call) frag {
		a := g.str(c.Args[0].X)
		if g.untyped(c.Args[0].X, a) { // mostly a number that is filled up
			a = g.textOfUntyped(a)
		} else if a.typ == pgUnknown {
			a = a.cast("text", pgText)
		} else if a.typ == pgLiteral || a.typ == pgNull {
			a = frag{s: a.s, prec: a.prec, typ: pgText, notNull: a.notNull}
		}
		list := []frag{a, g.integer(c.Args[1].X)}
		notNull := a.notNull
		if len(c.Args) == 3 {
			p := g.str(c.Args[2].X)
			if p.typ == pgNull {
				return atom("NULL::text", pgText)
			}
			list = append(list, p)
			notNull = notNull && p.notNull
		}
		f := g.renamed(n, c, name, pgText, list...)
		if !g.atLeast(c.Args[1].X, 1) {
			return emptyIsNull(f)
		}
		f.notNull = notNull
		return f
	}
}

// trimCall converts TRIM([LEADING|TRAILING|BOTH] [c FROM] x). Without a character it takes blanks in both.
func trimCall(g *gen, n *ast.Name, c *ast.Call) frag {
	side := "trim"
	if c.Spec != nil {
		switch c.Spec.Head {
		case token.LEADING:
			side = "ltrim"
		case token.TRAILING:
			side = "rtrim"
		}
	}
	x := c.Args[len(c.Args)-1].X
	a := g.str(x)
	if g.class(x) == resolve.ClassChar && side != "ltrim" && len(c.Args) == 1 {
		a = g.expr(x) // the blanks at the end go in any case
	}
	if len(c.Args) == 1 {
		return emptyIsNull(callFrag(side, pgText, a.orEmpty().s))
	}
	if c.Spec == nil {
		return g.refuse(c, "not-converted", "TRIM takes one argument")
	}
	p := g.str(c.Args[0].X)
	if side == "trim" {
		side = "btrim"
	}
	if p.typ == pgNull {
		return atom("NULL::text", pgText)
	}
	return emptyIsNull(callFrag(side, pgText, a.orEmpty().s, p.s))
}

func sideTrim(name string) builtin {
	return func(g *gen, n *ast.Name, c *ast.Call) frag {
		e := c.Args[0].X
		a := g.str(e)
		if name == "rtrim" && len(c.Args) == 1 && g.class(e) == resolve.ClassChar {
			a = g.expr(e)
		}
		list := []frag{{s: a.orEmpty().s}}
		if len(c.Args) == 2 {
			p := g.str(c.Args[1].X)
			if p.typ == pgNull {
				return atom("NULL::text", pgText)
			}
			list = append(list, p)
		}
		return emptyIsNull(g.renamed(n, c, name, pgText, list...))
	}
}

// replaceCall converts REPLACE: nothing is looked for where the text to find is NULL, and a NULL replacement takes the
// text out; PostgreSQL gives NULL for both.
func replaceCall(g *gen, n *ast.Name, c *ast.Call) frag {
	a, from := g.str(c.Args[0].X), g.str(c.Args[1].X)
	to := atom("NULL", pgNull)
	if len(c.Args) == 3 {
		to = g.str(c.Args[2].X)
	}
	if from.typ == pgNull {
		return a
	}
	if !from.notNull {
		list := []string{a.s, from.s}
		if len(c.Args) == 3 {
			list = append(list, to.s)
		}
		return callFrag(g.use("replace"), pgText, list...)
	}
	switch {
	case to.typ == pgNull:
		if len(c.Args) == 3 {
			return emptyIsNull(g.renamed(n, c, "replace", pgText, frag{s: a.orEmpty().s}, from, frag{s: "''"}))
		}
		return emptyIsNull(callFrag("replace", pgText, a.orEmpty().s, from.s, "''"))
	case to.notNull:
		f := g.renamed(n, c, "replace", pgText, frag{s: a.orEmpty().s}, from, to)
		f.notNull = a.notNull
		if a.bare != "" {
			return emptyIsNull(f)
		}
		return f
	}
	t := "coalesce(" + to.s + ", '')"
	if to.bare != "" {
		t = "coalesce(" + to.bare + ", '')"
	}
	return emptyIsNull(g.renamed(n, c, "replace", pgText, frag{s: a.orEmpty().s}, from, frag{s: t}))
}

// translateCall converts TRANSLATE(x, from, to), which drops the characters of from that to has no partner for.
func translateCall(g *gen, n *ast.Name, c *ast.Call) frag {
	switch {
	case c == nil || len(c.Args) == 0:
		return g.refuse(whole(n, c), "nls-functions", "TRANSLATE takes arguments")
	case len(c.Args) == 1: // TRANSLATE(x USING NCHAR_CS)
		return g.str(c.Args[0].X)
	case len(c.Args) != 3:
		return g.refuse(c, "nls-functions", "TRANSLATE takes three arguments")
	}
	a, from, to := g.str(c.Args[0].X), g.str(c.Args[1].X), g.str(c.Args[2].X)
	if from.typ == pgNull || to.typ == pgNull {
		return atom("NULL::text", pgText)
	}
	f := g.renamed(n, c, "translate", pgText, frag{s: a.orEmpty().s}, from, to)
	s, ok1 := g.constArg(c, 1)
	t, ok2 := g.constArg(c, 2)
	if ok1 && ok2 && utf8.RuneCountInString(s) <= utf8.RuneCountInString(t) && a.bare == "" {
		f.notNull = a.notNull
		return f
	}
	return emptyIsNull(f)
}

// concatFunction is CONCAT(a, b), the operator || as a function; 23ai takes more arguments.
func concatFunction(g *gen, n *ast.Name, c *ast.Call) frag {
	if c == nil || len(c.Args) < 2 {
		return g.refuse(whole(n, c), "concat-null", "CONCAT takes two arguments")
	}
	items := make([]ast.Expr, len(c.Args))
	frags := make([]frag, len(c.Args))
	for i, a := range c.Args {
		items[i] = a.X
		frags[i] = g.concatItem(a.X)
	}
	return g.concatCall(c, items, frags)
}

// chrCall converts CHR: the character of a code. Above 127 Oracle reads the code as bytes of the database character set.
func chrCall(g *gen, n *ast.Name, c *ast.Call) frag {
	v, ok := g.constantInt(c.Args[0].X)
	if ok && v >= 1 && v < 128 {
		f := g.renamed(n, c, "chr", pgText, frag{s: itoa(v)})
		f.notNull = true
		return f
	}
	if ok && v == 0 {
		g.reportAs(c, "nls-functions", model.High, model.Manual, "CHR(0): PostgreSQL's text cannot hold the character 0; it raises an error when it is reached")
	}
	f := callFrag(g.use("chr"), pgText, g.num(c.Args[0].X).s)
	f.notNull = ok
	return f
}

func asciiCall(g *gen, n *ast.Name, c *ast.Call) frag {
	a := g.str(c.Args[0].X)
	if s, ok := g.constArg(c, 0); ok && s[0] < 128 {
		return g.renamed(n, c, "ascii", pgInteger, a)
	}
	return g.renamed(n, c, g.use("ascii"), pgInteger, a)
}

func soundexCall(g *gen, n *ast.Name, c *ast.Call) frag {
	f := g.renamed(n, c, g.use("soundex"), pgText, g.str(c.Args[0].X))
	f.notNull = false
	return f
}

// unistrCall converts UNISTR of a constant: \XXXX is a UTF-16 unit.
func unistrCall(g *gen, _ *ast.Name, c *ast.Call) frag {
	s, ok := g.joinedText(arg(c, 0))
	if ok {
		if t, good := unescapeUnicode(s); good && t != "" && !strings.ContainsRune(t, 0) {
			return frag{s: literal(t), prec: precPrimary, typ: pgLiteral, notNull: true}
		}
	}
	g.note(c, "nls-functions", "UNISTR reads UTF-16 units")
	return callFrag(g.use("unistr"), pgText, g.str(c.Args[0].X).s)
}

// convertCall converts CONVERT(x, to [, from]) to a Unicode character set, which text is in; others would be wrong bytes.
func convertCall(g *gen, n *ast.Name, c *ast.Call) frag {
	if to, ok := g.constArg(c, 1); ok {
		switch strings.ToUpper(to) {
		case "AL32UTF8", "UTF8", "UTFE":
			return g.str(c.Args[0].X)
		case "US7ASCII":
			g.reportAs(c, "nls-functions", model.Low, model.Auto, "characters that are not ASCII become question marks; Oracle takes the accents off some")
			return callFrag("regexp_replace", pgText, g.str(c.Args[0].X).s, `'[^\u0001-\u007f]'`, "'?'", "'g'")
		}
	}
	return g.refuse(c, "nls-functions", "CONVERT to another character set: text is UTF-8 for PostgreSQL; convert_to() gives bytes")
}

// asciistrCall converts ASCIISTR: what is not ASCII is written as UTF-16 units.
func asciistrCall(g *gen, n *ast.Name, c *ast.Call) frag {
	g.note(c, "nls-functions", "ASCIISTR writes UTF-16 units")
	return g.renamed(n, c, g.use("asciistr"), pgText, g.str(c.Args[0].X))
}

// joinedText is the text of constants joined by ||.
func (g *gen) joinedText(e ast.Expr) (string, bool) {
	if b, ok := ast.Unparen(e).(*ast.Binary); ok && b.Op.Kind == token.Concat {
		x, ok1 := g.joinedText(b.X)
		y, ok2 := g.joinedText(b.Y)
		return x + y, ok1 && ok2
	}
	return g.constantText(e)
}

func normalized(form string) builtin {
	return func(g *gen, _ *ast.Name, c *ast.Call) frag {
		return atom("normalize("+g.str(c.Args[0].X).s+", "+form+")", pgText)
	}
}

// nlssortCall converts NLSSORT where it stands for the order of bytes, with or without case.
func nlssortCall(g *gen, _ *ast.Name, c *ast.Call) frag {
	order := "BINARY"
	if len(c.Args) == 2 {
		s, ok := g.constArg(c, 1)
		if !ok {
			return g.refuse(c, "nls-functions", "the order of NLSSORT is known only when the code runs")
		}
		_, name, _ := strings.Cut(strings.ToUpper(strings.ReplaceAll(s, " ", "")), "NLS_SORT=")
		order = strings.Trim(name, "'")
	}
	a := g.str(c.Args[0].X)
	switch order {
	case "BINARY":
		return frag{s: a.in(precAt) + ` COLLATE "C"`, prec: precAt, typ: pgText}
	case "BINARY_CI":
		return frag{s: "lower(" + a.s + `) COLLATE "C"`, prec: precAt, typ: pgText}
	}
	return g.refuse(c, "nls-functions", "NLSSORT by %s: name an ICU collation of PostgreSQL instead", order)
}
