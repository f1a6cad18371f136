package gen

import (
	"strings"

	"landfall/internal/oracle/resolve"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// dangling reports whether a choice of CASE is a condition without its left side, which is the selector: WHEN < 5,
// BETWEEN 7 AND 9 of 23ai.
func dangling(c ast.Expr) bool {
	switch x := c.(type) {
	case *ast.Binary:
		return x.X == nil
	case *ast.Is:
		return x.X == nil
	case *ast.Between:
		return x.X == nil
	case *ast.In:
		return x.X == nil
	case *ast.Like:
		return x.X == nil
	}
	return false
}

// choicesOf are the choices of one WHEN of a CASE expression.
func choicesOf(w *ast.When) []ast.Expr {
	if l, ok := w.Cond.(*ast.List); ok {
		return l.Items
	}
	return []ast.Expr{w.Cond}
}

// spelledOut reports whether a CASE with a selector needs conditions in its place: a choice has no left side.
func spelledOut(choices ...ast.Expr) bool {
	for _, c := range choices {
		if dangling(c) {
			return true
		}
	}
	return false
}

// selector converts the selector of a CASE whose choices are spelled out: it stands in each of them, where Oracle computes
// it once (PL/SQL Language Reference 23ai, "Simple CASE Statement").
func (g *gen) selector(e ast.Expr) frag {
	ast.Walk(e, func(n ast.Node) bool {
		switch x := n.(type) {
		case *ast.Call:
			if name, ok := x.Fn.(*ast.Name); !ok || g.ref(name).Kind != resolve.Builtin {
				g.refuse(x, "not-converted", "the selector of CASE is computed once, and stands in every choice that has no left side: assign it to a variable first")
			}
		case *ast.Subquery:
			g.refuse(x, "not-converted", "the selector of CASE is computed once, and stands in every choice that has no left side: assign it to a variable first")
			return false
		}
		return true
	})
	return g.expr(e)
}

// choices are the conditions of one WHEN, the selector in each.
func (g *gen) choices(operand ast.Expr, sel frag, list []ast.Expr) string {
	conds := make([]string, len(list))
	for i, c := range list {
		f := g.choice(operand, sel, c)
		conds[i] = f.s
		if len(list) > 1 {
			conds[i] = f.in(precOr + 1)
		}
	}
	return strings.Join(conds, " OR ")
}

func (g *gen) choice(operand ast.Expr, sel frag, c ast.Expr) frag {
	not := func(on bool) string {
		if on {
			return " NOT"
		}
		return ""
	}
	truth := func(s string, p prec) frag { return frag{s: s, prec: p, typ: pgBoolean} }
	if dangling(c) {
		switch x := c.(type) {
		case *ast.Binary:
			a, b := g.sameTypes(x, operand, sel, x.Y, g.expr(x.Y))
			op := map[token.Kind]string{token.EQ: "=", token.NE: "<>", token.LT: "<", token.GT: ">", token.LE: "<=", token.GE: ">="}[x.Op.Kind]
			if op == "" {
				break
			}
			return truth(a.in(precCompare+1)+" "+op+" "+b.in(precCompare+1), precCompare)
		case *ast.Between:
			a, low := g.sameTypes(x, operand, sel, x.Low, g.expr(x.Low))
			_, top := g.sameTypes(x, operand, a, x.Top, g.expr(x.Top))
			return truth(a.in(precLike+1)+not(x.Not)+" BETWEEN "+low.in(precOther)+" AND "+top.in(precOther), precLike)
		case *ast.In:
			items := []ast.Expr{ast.Unparen(x.Set)}
			switch s := items[0].(type) {
			case *ast.List:
				items = s.Items
			case *ast.Subquery:
				return truth(sel.in(precLike+1)+not(x.Not)+" IN "+g.text(s), precLike)
			}
			frags := make([]frag, len(items))
			for i, it := range items {
				frags[i] = g.expr(it)
			}
			a := g.besideAll(x, operand, sel, items, frags)
			texts := make([]string, len(items))
			for i, it := range items {
				_, f := g.sameTypes(x, operand, a, it, frags[i])
				texts[i] = f.s
			}
			return truth(a.in(precLike+1)+not(x.Not)+" IN ("+strings.Join(texts, ", ")+")", precLike)
		case *ast.Like:
			if x.Op != token.LIKE {
				break
			}
			a, p := g.str(operand), g.str(x.Pattern)
			if a.typ == pgText && g.class(operand) == resolve.ClassChar {
				a = sel // LIKE sees the blanks of a CHAR
			}
			escape := ""
			pattern, constant := g.constantText(x.Pattern)
			switch {
			case x.Escape != nil:
				escape = " ESCAPE " + g.text(x.Escape)
			case !constant && p.typ != pgNull, strings.Contains(pattern, `\\`):
				escape = " ESCAPE ''"
			}
			return truth(a.in(precLike+1)+not(x.Not)+" LIKE "+p.in(precOther)+escape, precLike)
		case *ast.Is:
			if x.What == token.NULL {
				return truth(sel.in(precIs+1)+" IS"+not(x.Not)+" NULL", precIs)
			}
		}
		return g.refuse(c, "not-converted", "no PostgreSQL form is known for a choice of CASE that is %s without its left side", g.what(c))
	}
	a, b := g.sameTypes(c, operand, sel, c, g.expr(c))
	return truth(a.in(precCompare+1)+" = "+b.in(precCompare+1), precCompare)
}
