package gen

import (
	"landfall/internal/oracle/resolve"
	"landfall/internal/oracle/syntax/ast"
)

// INTO, FETCH, RETURNING and OUT arguments convert what they give for the variables that take it, as an assignment does
// (PL/SQL Language Reference 19c, "Implicit Data Conversion"). PL/pgSQL converts by its own text forms: 0.50 and
// 2024-03-05 00:00:00 where Oracle gives .5 and 05-MAR-24. So the items of a query are converted in place, and what a cursor
// or a routine gives goes through a variable of its own type.

// differs reports whether PL/pgSQL makes another value than Oracle when it assigns from one type to another.
func (g *gen) differs(to, from resolve.Type) bool {
	switch to.Class {
	case resolve.ClassText, resolve.ClassChar:
		switch from.Class {
		case resolve.ClassNumber:
			return !hasNoFraction(from)
		case resolve.ClassBinary, resolve.ClassDate, resolve.ClassTimestamp, resolve.ClassInterval, resolve.ClassRaw:
			return true
		case resolve.ClassChar:
			n, ok := declaredLength(from)
			return ok && n > 1 && to.Class == resolve.ClassText
		}
	case resolve.ClassDate:
		return from.Class == resolve.ClassText || from.Class == resolve.ClassChar || from.Class == resolve.ClassTimestamp
	case resolve.ClassTimestamp:
		return from.Class == resolve.ClassText || from.Class == resolve.ClassChar
	}
	return false
}

// hasNoFraction reports whether the numbers of a type never have digits behind the point.
func hasNoFraction(t resolve.Type) bool {
	switch t.Ref.Name {
	case "INTEGER", "INT", "SMALLINT":
		return true
	case "NUMBER", "DECIMAL", "NUMERIC", "DEC":
		return (t.Ref.Precision != nil || t.Ref.Star) && (t.Ref.Scale == nil || *t.Ref.Scale <= 0)
	}
	return false
}

// targetTypes are the types of the variables that a row of so many items goes to: the fields of a single record.
func (g *gen) targetTypes(targets []ast.Expr, items int, elements bool) []resolve.Type {
	types := make([]resolve.Type, len(targets))
	for i, t := range targets {
		types[i] = g.info.Type(t)
		if elements {
			types[i] = g.elemType(t)
		}
	}
	if len(types) != 1 || types[0].Class != resolve.ClassRecord {
		return types
	}
	fields, open := types[0].Fields()
	if open || len(fields) != items {
		return nil
	}
	types = make([]resolve.Type, items)
	for i, f := range fields {
		types[i] = f.Type
	}
	return types
}

// placeTargets notes for the items of a query the types of the variables that they go to.
func (g *gen) placeTargets(q *ast.Select, types func(items int) []resolve.Type) {
	g.placeItems(q.Body, types, q.OrderBy != nil)
}

func (g *gen) placeItems(q ast.QueryExpr, types func(items int) []resolve.Type, sorted bool) {
	switch x := q.(type) {
	case *ast.ParenQuery:
		g.placeItems(x.Query.Body, types, sorted || x.Query.OrderBy != nil)
	case *ast.SetOp:
		g.placeItems(x.Left, types, sorted)
		g.placeItems(x.Right, types, sorted)
	case *ast.QueryBlock:
		if x.Distinct != 0 && sorted { // what is sorted by must be among the items then
			return
		}
		to := types(len(x.Items))
		if len(to) != len(x.Items) {
			return
		}
		for _, it := range x.Items {
			if n, ok := it.X.(*ast.Name); ok && n.Star {
				return
			}
		}
		for i, it := range x.Items {
			g.placeVariable(it.X, to[i])
		}
	}
}

// placeVariable notes that an expression of SQL goes to a variable.
func (g *gen) placeVariable(e ast.Expr, to resolve.Type) {
	if !g.differs(to, g.info.Type(e)) && !g.absentText(to, e) {
		return
	}
	g.place(e, to)
	if g.toVariable == nil {
		g.toVariable = map[ast.Expr]bool{}
	}
	g.toVariable[e] = true
}

// absentText reports whether a value goes to a text that may be of any type.
func (g *gen) absentText(to resolve.Type, e ast.Expr) bool {
	return (to.Class == resolve.ClassText || to.Class == resolve.ClassChar) && g.class(e) == resolve.ClassUnknown && g.absentValue(e)
}

// fetchedTypes are the types of the columns that a cursor gives, none when they are not known.
func (g *gen) fetchedTypes(cursor ast.Expr, targets int) []resolve.Type {
	fields, open := g.info.Type(cursor).Fields()
	if d := g.cursorDeclOf(cursor); d != nil && d.Query != nil {
		fields, open = g.info.Row(d.Query)
	}
	if open || len(fields) != targets {
		return nil
	}
	types := make([]resolve.Type, targets)
	for i, f := range fields {
		types[i] = f.Type
	}
	return types
}

// through is a variable for a value of one type that goes to a place of another, and the value for the place; ok is false
// where the place can take it directly.
func (g *gen) through(to, from resolve.Type) (v string, value frag, ok bool) {
	if !g.differs(to, from) {
		return "", frag{}, false
	}
	typ, ok := g.typeText(from, inParameter)
	if !ok {
		return "", frag{}, false
	}
	v = g.temp(typ)
	return v, g.convertedFrom(atom(v, typeOf(from)), from, to), true
}

// convertedFrom is converted for a value whose expression is not at hand.
func (g *gen) convertedFrom(f frag, from, to resolve.Type) frag {
	if !g.differs(to, from) {
		return f
	}
	switch to.Class {
	case resolve.ClassText, resolve.ClassChar:
		switch from.Class {
		case resolve.ClassTimestamp:
			mask := "DD-MON-YY HH.MI.SS.FF6 AM"
			if f.typ == pgTimestampTZ {
				mask += " TZH:TZM"
			}
			return callFrag("to_char", pgText, f.s, literal(mask))
		case resolve.ClassChar:
			n, _ := declaredLength(from)
			return callFrag("rpad", pgText, f.s, itoa(n))
		}
		return g.toText(nil, f)
	case resolve.ClassDate:
		if f.typ.text() {
			return callFrag(g.use("to_date"), pgTimestamp, f.s, literal(g.dateMask()))
		}
		return g.toSecond(f, pgTimestamp)
	}
	return g.readTimestamp(nil, f, typeOf(to))
}
