package gen

import (
	"strings"

	"landfall/internal/model"
	"landfall/internal/oracle/resolve"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// A driver may send a value without its type (PgJDBC does so with timestamps and texts), and PostgreSQL takes the type from
// what stands beside it then: :x - 1 is an integer, round(:x) a double. Where the statement itself does not tell, the type
// that is known stands in it: CAST(:x AS timestamp). A value of another type would give another result, so where nothing
// tells, a finding says what was taken for granted.

// markSent notes the variables of a statement of a program whose type has to be written.
func (g *gen) markSent(s ast.Stmt) {
	g.sent.typed = map[uint32]bool{}
	told := map[string]bool{}
	mark := func(e ast.Expr) {
		x, ok := ast.Unparen(e).(*ast.BindExpr)
		if !ok {
			return
		}
		name := resolve.BindName(g.f, x.Lo)
		switch t := g.info.Bind(name); {
		case g.info.Guessed(name):
			if !told[name] {
				told[name] = true
				g.reportAs(x, "bind-type", model.Medium, model.Review, "nothing tells the type of %s: it is taken for a number; were it a date, the result would be another", g.source(x))
			}
			g.sent.typed[x.Lo] = true
		case t.Class == resolve.ClassUnknown:
			if !told[name] {
				told[name] = true
				g.reportAs(x, "bind-type", model.Medium, model.Review, "nothing tells the type of %s, and the call depends on it: PostgreSQL refuses it without a type", g.source(x))
			}
		case g.typedPlace(t):
			g.sent.typed[x.Lo] = true
		}
	}
	ast.Walk(s, func(n ast.Node) bool {
		switch x := n.(type) {
		case *ast.Binary:
			switch x.Op.Kind {
			case token.Plus, token.Minus, token.Star, token.Slash:
				if !g.tellsType(x.Y) {
					mark(x.X)
				}
				if !g.tellsType(x.X) {
					mark(x.Y)
				}
			}
		case *ast.Call:
			n, ok := x.Fn.(*ast.Name)
			if !ok || g.ref(n).Kind != resolve.Builtin || !overloaded[g.ref(n).Builtin] {
				break
			}
			for i, a := range x.Args {
				if i == 0 || g.ref(n).Builtin != "TRUNC" && g.ref(n).Builtin != "ROUND" && g.ref(n).Builtin != "TO_CHAR" {
					mark(a.X)
				}
			}
		}
		return true
	})
}

// overloaded are functions that PostgreSQL, or the support schema, has for several types of their arguments.
var overloaded = map[string]bool{
	"TRUNC": true, "ROUND": true, "TO_CHAR": true, "ABS": true, "CEIL": true, "FLOOR": true, "SIGN": true, "SQRT": true, "EXP": true, "LN": true, "MOD": true, "POWER": true,
	"SUM": true, "AVG": true, "MIN": true, "MAX": true,
}

// typedPlace tells the types that are written: those of text are what PostgreSQL takes of itself.
func (g *gen) typedPlace(t resolve.Type) bool {
	switch t.Class {
	case resolve.ClassNumber, resolve.ClassInteger, resolve.ClassBinary, resolve.ClassDate, resolve.ClassTimestamp, resolve.ClassInterval:
		return true
	}
	return false
}

// tellsType reports whether PostgreSQL takes the right type for a variable from an expression that stands beside it in
// arithmetic: a column of a table does, which is numeric, and not an integer. Beside a date the converter writes what it needs.
func (g *gen) tellsType(e ast.Expr) bool {
	n, ok := ast.Unparen(e).(*ast.Name)
	return ok && g.ref(n).Kind == resolve.Column && g.class(n) == resolve.ClassNumber && !g.looseName(n, g.ref(n))
}

// sentBind is a variable of a statement of a program.
func (g *gen) sentBind(x *ast.BindExpr, f frag) frag {
	if !g.sent.typed[x.Lo] {
		return f
	}
	typ, ok := g.bindTypeName(resolve.BindName(g.f, x.Lo))
	if !ok {
		return f
	}
	f.s = "CAST(" + f.s + " AS " + typ + ")"
	return f
}

// toSecond cuts the fraction of a second. A variable of a program is written with its type: of one without, PostgreSQL takes
// the overload for time zones.
func (g *gen) toSecond(f frag, t pgType) frag {
	if n, ok := strings.CutPrefix(f.s, "$"); ok && g.sent != nil && strings.Trim(n, "0123456789") == "" && t == pgTimestamp {
		f.s = "CAST(" + f.s + " AS timestamp)"
	}
	return callFrag("date_trunc", t, "'second'", f.s)
}
