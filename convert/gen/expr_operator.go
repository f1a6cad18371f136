package gen

import (
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
	frags := make([]frag, len(items))
	safe, never := true, false
	for i := range items {
		f := g.expr(items[len(items)-1-i])
		frags[i] = f
		safe = safe && f.notNull && f.typ.text()
		never = never || f.notNull
	}
	if safe {
		subs := []sub{}
		for i, f := range frags {
			subs = append(subs, put(items[len(items)-1-i], f.in(precOther+1)))
		}
		return frag{s: g.splice(x, subs...), prec: precOther, typ: pgText, notNull: true}
	}
	args := make([]string, len(frags))
	for i, f := range frags {
		args[i] = f.s
	}
	c := callFrag("concat", pgText, args...)
	if never {
		c.notNull = true
		return c
	}
	return callFrag("nullif", pgText, c.s, "''")
}

// arithmetic converts + - * / **.
func (g *gen) arithmetic(x *ast.Binary) frag {
	a, b := g.expr(x.X), g.expr(x.Y)
	p := binaryPrec[x.Op.Kind]
	typ := pgNumeric
	if a.typ == pgInteger && b.typ == pgInteger {
		typ = pgInteger
	}
	if x.Op.Kind == token.Power {
		return callFrag("power", pgNumeric, a.s, b.s)
	}
	if x.Op.Kind == token.Slash && typ == pgInteger {
		a, typ = a.cast("numeric", pgNumeric), pgNumeric
	}
	if da, db := g.class(x.X) == resolve.ClassDate, g.class(x.Y) == resolve.ClassDate; da && !db && b.typ.number() {
		return frag{s: g.rewritten(x, a.in(p), "", b.in(precMul)+" * interval '1 day'"), prec: p, typ: pgTimestamp}
	}
	return frag{s: g.rewritten(x, a.in(p), "", b.in(p+1)), prec: p, typ: typ}
}

func (g *gen) compare(x *ast.Binary) frag {
	if f, ok := g.collectionCompare(x); ok {
		return f
	}
	a, b := g.expr(x.X), g.expr(x.Y)
	subs := []sub{put(x.X, a.in(precCompare+1)), put(x.Y, b.in(precCompare+1))}
	if x.Op.Kind == token.NE {
		op := operator(x)
		subs = append(subs, sub{op, op + 1, "<>"})
	}
	return frag{s: g.splice(x, subs...), prec: precCompare, typ: pgBoolean}
}

func (g *gen) modulo(x *ast.Binary) frag {
	return callFrag("mod", pgNumeric, g.text(x.X), g.text(x.Y))
}

func (g *gen) like(x *ast.Like) frag {
	subs := []sub{put(x.X, g.expr(x.X).in(precLike+1)), put(x.Pattern, g.expr(x.Pattern).in(precOther))}
	if x.Escape != nil {
		subs = append(subs, put(x.Escape, g.text(x.Escape)))
	}
	return frag{s: g.splice(x, subs...), prec: precLike, typ: pgBoolean}
}

func (g *gen) isOther(x *ast.Is) frag {
	if f, ok := g.collectionIs(x); ok {
		return f
	}
	return g.refuse(x, "not-converted", "no PostgreSQL form is known for IS %s", x.What)
}

func (g *gen) overlaps(x *ast.Overlaps) frag {
	return frag{s: g.splice(x, put(x.X, g.text(x.X)), put(x.Y, g.text(x.Y))), prec: precCompare, typ: pgBoolean}
}

func (g *gen) collate(x *ast.Collate) frag {
	return g.refuse(x, "not-converted", "COLLATE %s has no counterpart", g.source(x.Name))
}

func (g *gen) atTimeZone(x *ast.AtTimeZone) frag {
	if x.Zone == nil {
		return g.expr(x.X)
	}
	return frag{s: g.splice(x, put(x.X, g.expr(x.X).in(precAt)), put(x.Zone, g.expr(x.Zone).in(precAt+1))), prec: precAt, typ: pgTimestamp}
}

func (g *gen) intervalOf(x *ast.IntervalOf) frag { return g.expr(x.X) }
