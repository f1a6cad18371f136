package gen

import (
	"strings"

	"landfall/internal/oracle/syntax/ast"
)

// in converts x IN (...). The members are brought to the type of x.
func (g *gen) in(x *ast.In) frag {
	a := g.expr(x.X)
	subs := make([]sub, 0, 2)
	switch s := ast.Unparen(x.Set).(type) {
	case *ast.List:
		a = g.inList(x, a, s.Items, &subs)
	case *ast.Subquery:
		subs = append(subs, put(x.Set, g.text(x.Set)))
	default:
		if _, row := x.X.(*ast.List); row {
			subs = append(subs, put(x.Set, g.inSet(x)))
			break
		}
		a = g.inList(x, a, []ast.Expr{s}, &subs)
		if _, ok := x.Set.(*ast.Paren); !ok {
			subs = []sub{put(x.Set, "("+subs[0].text+")")}
		}
	}
	subs = append(subs, put(x.X, a.in(precLike+1)))
	return frag{s: g.splice(x, subs...), prec: precLike, typ: pgBoolean}
}

// inList converts the members of an IN list and gives x anew: it may have to change its type with them.
func (g *gen) inList(x *ast.In, a frag, items []ast.Expr, subs *[]sub) frag {
	literals := true
	if _, row := x.X.(*ast.List); row {
		for _, it := range items {
			*subs = append(*subs, put(it, g.text(it)))
		}
		return a
	}
	frags := make([]frag, len(items))
	for i, it := range items {
		frags[i] = g.expr(it)
		literals = literals && frags[i].typ == pgLiteral
	}
	b := g.besideAll(x, x.X, a, items, frags)
	for i, it := range items {
		_, f := g.sameTypes(x, x.X, b, it, frags[i])
		*subs = append(*subs, put(it, f.s))
	}
	if literals && !x.Not && g.positive[x] {
		b = b.orEmpty()
	}
	return b
}

// besideAll converts the left side where the members of a list ask for it: text against numbers and dates.
func (g *gen) besideAll(at ast.Node, e ast.Expr, a frag, items []ast.Expr, frags []frag) frag {
	for i, it := range items {
		if c, _ := g.alike(e, a, it, frags[i]); c.typ != a.typ && a.typ != pgLiteral {
			c, _ = g.sameTypes(at, e, a, it, frags[i])
			return c
		}
	}
	return a
}

func (g *gen) inSet(x *ast.In) string {
	switch s := x.Set.(type) {
	case *ast.List, *ast.Subquery, *ast.Paren:
		return g.text(s)
	}
	return "(" + g.text(x.Set) + ")"
}

func (g *gen) between(x *ast.Between) frag {
	a := g.expr(x.X)
	low, top := g.expr(x.Low), g.expr(x.Top)
	was := a
	a, low = g.sameTypes(x, x.X, a, x.Low, low)
	if a.typ == was.typ {
		a, top = g.sameTypes(x, x.X, a, x.Top, top)
	} else {
		_, top = g.sameTypes(x, x.X, a, x.Top, top)
	}
	s := g.splice(x, put(x.X, a.in(precLike+1)), put(x.Low, low.in(precOther)), put(x.Top, top.in(precOther)))
	return frag{s: s, prec: precLike, typ: pgBoolean, notNull: a.notNull && low.notNull && top.notNull}
}

func (g *gen) quantified(x *ast.Quantified) frag {
	a := g.expr(x.X)
	if _, ok := ast.Unparen(x.Set).(*ast.Subquery); ok {
		return frag{s: g.splice(x, append(g.quantifiedOp(x), put(x.X, a.in(precCompare+1)), put(x.Set, g.text(x.Set)))...), prec: precCompare, typ: pgBoolean}
	}
	items := []ast.Expr{ast.Unparen(x.Set)} // = ANY (1, 2) of Oracle lists values
	if l, ok := items[0].(*ast.List); ok {
		items = l.Items
	}
	frags := make([]frag, len(items))
	for i, it := range items {
		frags[i] = g.expr(it)
	}
	a = g.besideAll(x, x.X, a, items, frags)
	list := make([]string, len(items))
	for i, it := range items {
		_, f := g.sameTypes(x, x.X, a, it, frags[i])
		list[i] = f.s
	}
	set := "(ARRAY[" + strings.Join(list, ", ") + "])"
	return frag{s: g.splice(x, append(g.quantifiedOp(x), put(x.X, a.in(precCompare+1)), put(x.Set, set))...), prec: precCompare, typ: pgBoolean}
}

// quantifiedOp writes the forms of "not equal" that PostgreSQL lacks.
func (g *gen) quantifiedOp(x *ast.Quantified) []sub {
	op := x.X.Range().Hi
	switch g.f.Text(op) {
	case "^=", "~=", "¬=":
		return []sub{{op, op + 1, "<>"}}
	}
	return nil
}

// caseExpr converts CASE. All results have the type of the first for Oracle.
func (g *gen) caseExpr(x *ast.Case) frag {
	var (
		subs    []sub
		results []frag
	)
	take := func(e ast.Expr) {
		f := g.expr(e)
		results = append(results, f)
		subs = append(subs, put(e, f.s))
	}
	conditions := false
	for _, w := range x.Whens {
		conditions = conditions || x.Operand != nil && (len(choicesOf(w)) > 1 || spelledOut(choicesOf(w)...))
	}
	var operand frag
	switch {
	case conditions:
		operand = g.selector(x.Operand)
		subs = append(subs, put(x.Operand, ""))
	case x.Operand != nil:
		operand = g.expr(x.Operand)
		subs = append(subs, put(x.Operand, operand.s))
	}
	for _, w := range x.Whens {
		if conditions {
			subs = append(subs, put(w.Cond, g.choices(x.Operand, operand, choicesOf(w))))
		} else if x.Operand != nil {
			_, f := g.alike(x.Operand, operand, w.Cond, g.expr(w.Cond))
			subs = append(subs, put(w.Cond, f.s))
		} else {
			subs = append(subs, put(w.Cond, g.cond(w.Cond)))
		}
		take(w.Then)
	}
	if x.Else != nil {
		take(x.Else)
	}
	f := unify(results...)
	f.notNull = f.notNull && x.Else != nil
	f.s, f.prec = g.splice(x, subs...), precPrimary
	return f
}
