package gen

import (
	"strings"

	"landfall/internal/oracle/resolve"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// query converts a query with everything that belongs to it.
func (g *gen) query(s *ast.Select) string {
	g.sql++
	defer func() { g.sql-- }()
	subs := []sub{put(s.Body, g.queryBody(s.Body))}
	if s.With != nil {
		for _, c := range s.With.Items {
			if c.Query != nil {
				subs = append(subs, put(c.Query, g.query(c.Query)))
			}
		}
	}
	if s.OrderBy != nil {
		subs = append(subs, put(s.OrderBy, g.orderBy(s.OrderBy)))
	}
	return g.splice(s, subs...)
}

func (g *gen) queryBody(q ast.QueryExpr) string {
	switch x := q.(type) {
	case *ast.QueryBlock:
		return g.queryBlock(x)
	case *ast.ParenQuery:
		return g.splice(x, put(x.Query, g.query(x.Query)))
	case *ast.SetOp:
		subs := []sub{put(x.Left, g.queryBody(x.Left)), put(x.Right, g.queryBody(x.Right))}
		if x.Op == token.MINUS {
			at := x.Left.Range().Hi
			subs = append(subs, sub{at, at + 1, "EXCEPT"})
		}
		return g.splice(x, subs...)
	}
	g.refuse(q, "not-converted", "no PostgreSQL form is known for %s", g.what(q))
	return ""
}

// queryBlock converts one SELECT.
func (g *gen) queryBlock(q *ast.QueryBlock) string {
	var subs []sub
	for _, it := range q.Items {
		subs = append(subs, put(it, g.selectItem(it)))
	}
	if q.Into != nil {
		subs = append(subs, put(q.Into, g.into(q.Into)))
	}
	for _, t := range q.From {
		subs = append(subs, put(t, g.tableRef(t)))
	}
	if len(q.From) == 1 && g.isDual(q.From[0]) {
		subs = subs[:len(subs)-1]
		r := q.From[0].Range()
		subs = append(subs, sub{r.Lo - 1, r.Hi, ""}) // FROM and DUAL
	}
	if q.Where != nil {
		subs = append(subs, put(q.Where, g.cond(q.Where)))
	}
	if q.GroupBy != nil {
		for _, it := range q.GroupBy.Items {
			subs = append(subs, put(it, g.text(it)))
		}
	}
	if q.Having != nil {
		subs = append(subs, put(q.Having, g.cond(q.Having)))
	}
	if q.Hier != nil {
		g.refuse(q.Hier, "connect-by", "CONNECT BY is not converted")
	}
	return g.splice(q, subs...)
}

func (g *gen) isDual(t ast.TableRef) bool {
	n, ok := t.(*ast.TableName)
	if !ok || n.Name.Link != 0 {
		return false
	}
	ref := g.ref(n.Name)
	return g.f.Last(n.Name) == "DUAL" && ref.Object == nil && ref.Kind != resolve.Query
}

func (g *gen) selectItem(it *ast.SelectItem) string {
	s := g.text(it.X)
	if it.Alias != nil && !it.As {
		return g.splice(it, put(it.X, s), put(it.Alias, "AS "+g.word(it.Alias)))
	}
	subs := []sub{put(it.X, s)}
	if it.Alias != nil {
		subs = append(subs, put(it.Alias, g.word(it.Alias)))
	}
	return g.splice(it, subs...)
}

func (g *gen) tableRef(t ast.TableRef) string {
	switch x := t.(type) {
	case *ast.TableName:
		if x.Name.Link != 0 {
			return g.remote(x.Name).s
		}
		subs := []sub{put(x.Name, g.tableName(x.Name))}
		if x.Alias != nil {
			subs = append(subs, put(x.Alias, g.word(x.Alias)))
		}
		return g.splice(x, subs...)
	case *ast.SubqueryRef:
		s := g.splice(x, put(x.Query, g.query(x.Query)))
		if x.Alias == nil {
			s += " AS " + g.alias()
		}
		return s
	case *ast.Join:
		subs := []sub{put(x.Left, g.tableRef(x.Left)), put(x.Right, g.tableRef(x.Right))}
		if x.On != nil {
			subs = append(subs, put(x.On, g.cond(x.On)))
		}
		return g.splice(x, subs...)
	}
	g.refuse(t, "not-converted", "no PostgreSQL form is known for %s", g.what(t))
	return ""
}

// alias makes an alias for a subquery that has none: PostgreSQL asks for one before version 16.
func (g *gen) alias() string {
	g.aliases++
	return "lf_" + strings.Repeat("q", 1) + itoa(g.aliases)
}

func (g *gen) orderBy(o *ast.OrderBy) string {
	var subs []sub
	for _, it := range o.Items {
		subs = append(subs, put(it, g.orderItem(it)))
	}
	return g.splice(o, subs...)
}

func (g *gen) orderItem(it *ast.OrderItem) string { return g.splice(it, put(it.X, g.text(it.X))) }

func (g *gen) over(o *ast.Over) string {
	var subs []sub
	for _, e := range o.Partition {
		subs = append(subs, put(e, g.text(e)))
	}
	if o.OrderBy != nil {
		subs = append(subs, put(o.OrderBy, g.orderBy(o.OrderBy)))
	}
	return g.splice(o, subs...)
}

func (g *gen) into(x *ast.Into) string {
	if x.Bulk {
		g.refuse(x, "bulk-collect", "BULK COLLECT is not converted here")
	}
	subs := []sub{}
	for _, t := range x.Targets {
		subs = append(subs, put(t, g.target(t)))
	}
	s := g.splice(x, subs...)
	return strings.Replace(s, g.f.Text(x.Lo), "INTO STRICT", 1)
}

func (g *gen) hierarchyOp(x *ast.Unary) frag {
	return g.refuse(x, "connect-by", "%s stands outside of a hierarchical query", g.what(x))
}

func (g *gen) cursorExpr(x *ast.CursorExpr) frag {
	return g.refuse(x, "cursor-expression", "CURSOR(...) as a column has no counterpart")
}

// remote converts a name behind a database link.
func (g *gen) remote(n *ast.Name) frag {
	return g.refuse(n, "link-use", "%s lies behind a database link", g.source(n))
}

// sequenceValue converts s.NEXTVAL and s.CURRVAL.
func (g *gen) sequenceValue(n *ast.Name, ref *resolve.Ref) frag {
	fn := "nextval"
	if g.f.Last(n) == "CURRVAL" {
		fn = "currval"
	}
	parts := g.f.Parts(n)
	name := ""
	if ref.Object != nil {
		name = g.e.names.object(ref.Object)
	} else {
		for i, p := range parts[:len(parts)-1] {
			if i > 0 {
				name += "."
			}
			name += g.e.names.ident(p)
		}
	}
	return frag{s: fn + "(" + literal(name) + ")", prec: precPrimary, typ: pgInteger, notNull: true}
}
