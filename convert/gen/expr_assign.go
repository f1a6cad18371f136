package gen

import (
	"landfall/internal/model"
	"landfall/internal/oracle/resolve"
	"landfall/internal/oracle/syntax/ast"
)

// Oracle converts a value for the column it goes to (SQL Language Reference 19c, "Data Conversion", "Implicit Data
// Conversion"): '17-DEC-80' for a DATE, 0.5 as '.5' for a VARCHAR2. Where a value stands in a list or a query, the
// type of its column is noted here before it is converted.

// place notes that an expression goes to a place of a type.
func (g *gen) place(e ast.Expr, t resolve.Type) {
	if e == nil {
		return
	}
	if _, constant := g.constantText(e); t.Class == resolve.ClassUnknown && !constant { // a constant may be meant as a date
		g.unseenPlace(e)
		return
	}
	if g.places == nil {
		g.places = map[ast.Expr]resolve.Type{}
	}
	g.places[e] = t
}

// unseenPlace tells, once a unit, that the type of a column which takes a value is not known, where the value is a date or may
// be one: Oracle turns a date that goes to a text into one by NLS_DATE_FORMAT, PostgreSQL writes it in ISO form.
func (g *gen) unseenPlace(e ast.Expr) {
	if g.toldUnseen || g.sql == 0 {
		return
	}
	switch g.class(e) {
	case resolve.ClassUnknown, resolve.ClassDate, resolve.ClassTimestamp:
	default:
		return
	}
	g.toldUnseen = true
	g.reportAs(e, "implicit-conversion", model.Low, model.Review, "the type of the column that takes %s is not in the source: where a date or a number goes to a text, or a text to a date, Oracle converts it by the formats of the session and PostgreSQL by its own", oneLine(g.source(e)))
}

// unseenInsert is unseenPlace for the columns of a query whose target is not known at all.
func (g *gen) unseenInsert(q *ast.Select) {
	if q == nil {
		return
	}
	if b, ok := q.Body.(*ast.QueryBlock); ok {
		for _, it := range b.Items {
			g.unseenPlace(it.X)
		}
	}
}

// placeInsert notes the types of the columns for the values of an INSERT.
func (g *gen) placeInsert(target ast.Node, cols []*ast.Name, rows []ast.Expr, q *ast.Select) {
	types := g.columnTypes(target, cols)
	if len(types) == 0 {
		g.unseenInsert(q)
		return
	}
	for _, r := range rows {
		g.placeRow(r, types)
	}
	if q != nil {
		g.placeQuery(q.Body, types)
	}
}

// columnTypes are the types of the columns named, or of all columns of a target; none when they are not known.
func (g *gen) columnTypes(target ast.Node, cols []*ast.Name) []resolve.Type {
	var types []resolve.Type
	if len(cols) > 0 {
		for _, c := range cols {
			types = append(types, *g.ref(c).TypeOf())
		}
		return types
	}
	fields, open := g.info.Row(target)
	if open {
		return nil
	}
	for _, f := range fields {
		if f.Column != nil && f.Column.Invisible {
			continue
		}
		types = append(types, f.Type)
	}
	return types
}

func (g *gen) placeRow(e ast.Expr, types []resolve.Type) {
	switch x := e.(type) {
	case *ast.List:
		for i, it := range x.Items {
			if i < len(types) {
				g.place(it, types[i])
			}
		}
	case *ast.Paren:
		g.place(x.X, types[0])
	}
}

// placeQuery notes the types for the columns of a query. A * moves the columns behind it by an unknown number.
func (g *gen) placeQuery(q ast.QueryExpr, types []resolve.Type) {
	switch x := q.(type) {
	case *ast.ParenQuery:
		g.placeQuery(x.Query.Body, types)
	case *ast.SetOp:
		g.placeQuery(x.Left, types)
		g.placeQuery(x.Right, types)
	case *ast.QueryBlock:
		if len(x.Items) != len(types) || x.Distinct != 0 {
			return
		}
		for i, it := range x.Items {
			if n, ok := it.X.(*ast.Name); ok && n.Star {
				return
			}
			g.place(it.X, types[i])
		}
	}
}

// placeSet notes the types for an item of SET.
func (g *gen) placeSet(a *ast.Assign) {
	switch t := a.Target.(type) {
	case *ast.List:
		types := make([]resolve.Type, len(t.Items))
		for i, it := range t.Items {
			types[i] = g.info.Type(it)
		}
		if s, ok := a.X.(*ast.Subquery); ok {
			g.placeQuery(s.Query.Body, types)
			return
		}
		g.placeRow(a.X, types)
	case *ast.Paren:
		if s, ok := a.X.(*ast.Subquery); ok {
			g.placeQuery(s.Query.Body, []resolve.Type{g.info.Type(t.X)})
			return
		}
		g.place(a.X, g.info.Type(t.X))
	default:
		if s, ok := a.X.(*ast.Subquery); ok {
			g.placeQuery(s.Query.Body, []resolve.Type{g.info.Type(a.Target)})
			return
		}
		g.place(a.X, g.info.Type(a.Target))
	}
}
