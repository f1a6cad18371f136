package gen

import (
	"strings"
	"unicode/utf8"

	"landfall/internal/oracle/resolve"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// Oracle raises an error for a text that is longer than its place (ORA-06502 for variables, ORA-12899 for columns).
// PostgreSQL raises one too where it assigns, but not where it casts, nor for elements of jsonb, and never for blanks at
// the end: those are cut. landfall.fit stands where that can be seen to happen.

// declaredLength is the number of characters that a place of a type takes; ok is false for all that has no limit.
func declaredLength(t resolve.Type) (n int, ok bool) {
	t = t.Base()
	switch t.Class {
	case resolve.ClassText:
		if t.Ref.Precision != nil {
			return *t.Ref.Precision, true
		}
	case resolve.ClassChar:
		if t.Ref.Precision != nil {
			return *t.Ref.Precision, true
		}
		return 1, true
	}
	return 0, false
}

// fitted is a value for a place of a type. strict places are those that take any text from PostgreSQL, or cut it.
func (g *gen) fitted(e ast.Expr, f frag, t resolve.Type, strict bool) frag {
	n, ok := declaredLength(t)
	if !ok || f.typ == pgNull || g.sql == 0 && n >= 32767 {
		return f
	}
	if most, known := g.longest(e); known && most <= n {
		return f
	}
	blanks := g.endsBlank(e)
	if !strict && !blanks {
		g.maybeBlanks(e)
		return f
	}
	if f.typ != pgText && f.typ != pgLiteral {
		f = g.toText(e, f)
	}
	fn := "fit"
	if g.inSQL() && !g.toVariable[e] {
		fn = "fit_column"
	}
	w := callFrag(g.use(fn), pgText, f.s, itoa(n))
	w.notNull = f.notNull
	return w
}

// newKey is a key that an element is put under: one by text has a length.
func (g *gen) newKey(t resolve.Type, index ast.Expr, keys resolve.TypeClass) string {
	key, n := g.mapKey(index, keys), t.KeyLength()
	if most, known := g.longest(index); n == 0 || known && most <= n {
		return key
	}
	return g.use("fit") + "(" + key + ", " + itoa(n) + ")"
}

// maybeBlanks tells once in a statement that blanks at the end of a text that is too long would be cut.
func (g *gen) maybeBlanks(e ast.Expr) {
	if g.toldBlanks || g.class(e) == resolve.ClassUnknown {
		return
	}
	g.toldBlanks = true
	g.report(e, "trailing-blanks", "%s may be longer than its place; where only blanks at its end are too many, PostgreSQL cuts them and goes on (told once)", g.short(e))
}

// short is the source of an expression on one line, cut where it is long.
func (g *gen) short(e ast.Node) string {
	s := strings.Join(strings.Fields(g.source(e)), " ")
	if len(s) > 60 {
		s = strings.ToValidUTF8(s[:60], "") + " ..."
	}
	return s
}

// longest is the number of characters that a text can have at most, where that is known.
func (g *gen) longest(e ast.Expr) (int, bool) {
	if c := g.class(e); c == resolve.ClassNumber || c == resolve.ClassInteger {
		return 40, true
	}
	switch x := ast.Unparen(e).(type) {
	case *ast.Literal:
		if x.Kind == ast.LitString {
			s, ok := g.stringValue(x)
			return utf8.RuneCountInString(s), ok
		}
		return int(x.Hi - x.Lo), x.Kind == ast.LitNull
	case *ast.Binary:
		a, ok := g.longest(x.X)
		b, more := g.longest(x.Y)
		return a + b, ok && more && x.Op.Kind == token.Concat
	case *ast.Case:
		most, known := 0, true
		for _, w := range x.Whens {
			n, ok := g.longest(w.Then)
			most, known = max(most, n), known && ok
		}
		if x.Else != nil {
			n, ok := g.longest(x.Else)
			most, known = max(most, n), known && ok
		}
		return most, known
	case *ast.Name:
		ref := g.ref(x)
		switch ref.Kind {
		case resolve.Column, resolve.Variable:
			return g.typeLength(x)
		case resolve.Parameter: // only fields of it have a length
			if g.f.NumParts(x) > g.info.Base(x).Parts {
				return g.typeLength(x)
			}
		case resolve.Builtin:
			switch ref.Builtin {
			case "USER":
				return 128, true
			case "SQLERRM":
				return 512, true
			}
		}
	case *ast.Field:
		return g.typeLength(x)
	case *ast.Call:
		return g.longestCall(x)
	}
	return 0, false
}

// typeLength is the most that the type of an expression lets its text have.
func (g *gen) typeLength(e ast.Expr) (int, bool) {
	t := g.info.Type(e)
	switch t.Class {
	case resolve.ClassNumber, resolve.ClassInteger:
		return 40, true
	case resolve.ClassDate:
		return 9 * len(g.dateMask()), true
	}
	return declaredLength(t)
}

func (g *gen) longestCall(x *ast.Call) (int, bool) {
	n, ok := x.Fn.(*ast.Name)
	if !ok || len(x.Args) == 0 || g.ref(n).Kind != resolve.Builtin {
		if g.indexed(x) {
			return g.typeLength(x)
		}
		return 0, false
	}
	arg := func(i int) (int, bool) { return g.longest(x.Args[i].X) }
	args := func(from, step int) (int, bool) {
		most, known := 0, true
		for i := from; i < len(x.Args); i += step {
			n, ok := arg(i)
			most, known = max(most, n), known && ok
		}
		return most, known
	}
	switch g.ref(n).Builtin {
	case "SUBSTR", "RPAD", "LPAD":
		at := 1
		if g.ref(n).Builtin == "SUBSTR" {
			at = 2
		}
		if at < len(x.Args) {
			if k, ok := g.constantInt(x.Args[at].X); ok {
				return max(k, 0), true
			}
		}
		if at == 2 {
			return arg(0)
		}
	case "UPPER", "LOWER", "INITCAP", "TRIM", "LTRIM", "RTRIM", "TO_CHAR":
		switch g.class(x.Args[0].X) {
		case resolve.ClassDate, resolve.ClassNumber, resolve.ClassInteger:
			if len(x.Args) == 1 {
				return arg(0)
			}
			mask, ok := g.constantText(x.Args[1].X)
			return 9*len(mask) + 40, ok && g.class(x.Args[0].X) == resolve.ClassDate || ok && len(mask) > 0
		case resolve.ClassText, resolve.ClassChar:
			return arg(0)
		}
	case "NVL", "COALESCE", "GREATEST", "LEAST":
		return args(0, 1)
	case "NVL2":
		return args(1, 1)
	case "NULLIF":
		return arg(0)
	case "CHR":
		return 1, true
	case "DECODE":
		most, known := args(2, 2)
		if len(x.Args)%2 == 0 {
			n, ok := arg(len(x.Args) - 1)
			most, known = max(most, n), known && ok
		}
		return most, known
	}
	return 0, false
}

// endsBlank reports whether a text is likely to end with blanks: a CHAR, what RPAD makes. One that is put together with a
// blank at its end is told of only: that it is too long by just this blank is too rare for a call everywhere.
func (g *gen) endsBlank(e ast.Expr) bool {
	switch x := ast.Unparen(e).(type) {
	case *ast.Literal:
		s, ok := g.constantText(x)
		return ok && strings.HasSuffix(s, " ")
	case *ast.Case:
		for _, w := range x.Whens {
			if g.endsBlank(w.Then) {
				return true
			}
		}
		return x.Else != nil && g.endsBlank(x.Else)
	case *ast.Name, *ast.Field:
		return g.class(e) == resolve.ClassChar && g.moreThanOne(e)
	case *ast.Call:
		n, ok := x.Fn.(*ast.Name)
		if !ok || len(x.Args) == 0 {
			return false
		}
		switch g.ref(n).Builtin {
		case "RPAD":
			return len(x.Args) < 3 || g.endsBlank(x.Args[2].X)
		case "UPPER", "LOWER", "INITCAP", "LTRIM", "NVL", "SUBSTR", "TO_CHAR":
			for _, a := range x.Args[:min(2, len(x.Args))] {
				if g.endsBlank(a.X) {
					return true
				}
			}
		}
	}
	return false
}

func (g *gen) moreThanOne(e ast.Expr) bool {
	n, ok := declaredLength(g.info.Type(e))
	return ok && n > 1
}
