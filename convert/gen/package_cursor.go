package gen

import (
	"strings"

	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// Cursors of packages. One is a function of its name that opens it: cursor(arguments, name) OPENs a portal. The portal is
// called package.cursor, so that one routine can open it and another fetch from it (PL/SQL Language Reference, "Declaring
// Cursors in Packages"); loops pass NULL for the name and get a portal of their own.

// cursorFunction makes the function that opens a cursor of a package.
func (g *gen) cursorFunction(p *packageFacts, c *packageCursor) string {
	x := c.decl
	target := p.qualified(p.e.names.fold(c.name))
	outer := g.body
	g.body = &routine{name: p.member(p.e.names.fold(c.name)), function: true, node: x, outer: g.body}
	g.body.facts = g.bodyFacts(x, nil)
	defer func() { g.body = outer }()
	comment := g.leading(x)
	list := make([]string, 0, len(x.Params)+1)
	for _, a := range x.Params {
		s := g.localName(g.f.Last(a.Name)) + " " + g.dataType(a.Type, inParameter)
		if a.Default != nil {
			s += " DEFAULT " + g.text(a.Default)
		}
		list = append(list, s)
	}
	list = append(list, "lf_cursor refcursor DEFAULT "+literal(p.portal(c)))
	for i, a := range x.Params { // behind a default all need one
		if a.Default == nil && hasDefault(x.Params[:i]) {
			list[i] += " DEFAULT NULL"
		}
	}
	var held *heldQuery
	if x.Query.Lock == nil && g.e.calls.anyCommits { // it outlives transactions; FOR UPDATE does not in Oracle either
		held = &heldQuery{}
	}
	write := func() string { return g.query(x.Query) }
	query, before := g.captured(func() string { return g.heldText(held, write) })
	if held != nil && g.tellBroken(x, held) {
		held = nil
		query, before = g.captured(write)
	}
	if len(before) > 0 {
		g.refuse(x.Query, "package-cursor", "the query of %s needs statements ahead of it", c.name)
	}
	decls := ""
	if len(g.body.decls) > 0 {
		decls = "DECLARE\n    " + strings.Join(g.body.decls, ";\n    ") + ";\n"
	}
	return comment + g.mark(x) + "CREATE OR REPLACE FUNCTION " + target + "(" + strings.Join(list, ", ") + ") RETURNS refcursor\nLANGUAGE plpgsql\nAS $$\n#variable_conflict use_column\n" +
		decls + "BEGIN\n" + g.openPortal(strings.TrimSpace(query), held) + "    RETURN lf_cursor;\nEND;\n$$;\n"
}

// openPortal opens lf_cursor.
func (g *gen) openPortal(query string, held *heldQuery) string {
	if held == nil {
		return "    OPEN lf_cursor FOR " + query + ";\n"
	}
	g.use("portal")
	return "    lf_cursor := coalesce(lf_cursor, landfall.portal(NULL));\n" +
		"    " + declareHeld("quote_ident(lf_cursor::text)", dollarText(query)) + held.using() + ";\n"
}

func hasDefault(list []*ast.Param) bool {
	for _, p := range list {
		if p.Default != nil {
			return true
		}
	}
	return false
}

// portal is the name of the portal of a package's cursor.
func (p *packageFacts) portal(c *packageCursor) string {
	return p.label + "." + p.e.names.fold(c.name)
}

// cursorOf is the cursor of a package that an expression names; nil when the source does not have it.
func (g *gen) cursorOf(e ast.Expr) (*packageFacts, *packageCursor) {
	if c, ok := e.(*ast.Call); ok {
		e = c.Fn
	}
	n, ok := e.(*ast.Name)
	if !ok {
		return nil, nil
	}
	p := g.packageOf(g.ref(n))
	if p == nil {
		return nil, nil
	}
	return p, p.cursors[g.f.Last(n)]
}

// openCall is the call that opens a cursor of a package; name is the argument that names the portal, "" for the usual one.
func (g *gen) openCall(e ast.Expr, name string) (string, bool) {
	p, c := g.cursorOf(e)
	if c == nil || c.decl.Query == nil {
		g.refuse(e, "package-cursor", "the query of the cursor %s is not in the source", g.what(e))
		return "NULL", false
	}
	var list []string
	if call, ok := e.(*ast.Call); ok {
		for _, a := range call.Args {
			s := g.text(a.X)
			if a.Name != nil {
				s = g.localName(g.f.Last(a.Name)) + " => " + s
			}
			list = append(list, s)
		}
	}
	if name != "" {
		list = append(list, "lf_cursor => "+name)
	}
	return p.qualified(p.e.names.fold(c.name)) + "(" + strings.Join(list, ", ") + ")", true
}

// openPackageCursor converts OPEN of a cursor that a package declares.
func (g *gen) openPackageCursor(x *ast.Open) string {
	call, _ := g.openCall(x.Cursor, "")
	g.cursorOpened(x.Cursor)
	return "PERFORM " + call
}

// packageCursorText writes a cursor that a package declares as FETCH, CLOSE and conditions take it.
func (g *gen) packageCursorText(e ast.Expr) string {
	p, c := g.cursorOf(e)
	if c == nil {
		g.refuse(e, "package-cursor", "the cursor %s is not in the source", g.source(e))
		return "NULL"
	}
	name := g.e.names.ident("LF_" + strings.ToUpper(p.label+"_"+p.e.names.fold(c.name)))
	g.declareOnce(name, "refcursor := "+literal(p.portal(c)))
	return name
}

// fetchedCursor writes a cursor as FETCH takes it.
func (g *gen) fetchedCursor(e ast.Expr) string {
	if g.packageCursor(e) {
		return g.packageCursorText(e)
	}
	return g.cursorText(e)
}

// packageCursorLoop converts FOR r IN pkg.c LOOP.
func (g *gen) packageCursorLoop(x *ast.For, c *ast.IterControl, _ string) string {
	call, ok := g.openCall(c.X, "NULL")
	if !ok {
		return "NULL"
	}
	t := g.temp("refcursor")
	v := x.Iter.Iterands[0]
	typ := "record"
	if p, d := g.cursorOf(c.X); d != nil { // FETCH alone does not tell what row the cursor has
		if s, ok := g.cursorRowType(p, d); ok {
			typ = s
		}
	}
	name, wrap := g.loopRecord(x, v, typ)
	in := g.indentOf(x.Stmts, g.indent(x)+"    ")
	head := "LOOP\n" + in + "FETCH " + t + " INTO " + name + ";\n" + in + "EXIT WHEN NOT FOUND;"
	first := ""
	if n := g.attrVar(c.X, token.ROWCOUNT); n != "" {
		g.body.before = append(g.body.before, n+" := 0")
		first = n + " := " + n + " + 1"
	}
	subs := append(g.loopLabels(x.Labels, x.EndLabel), sub{x.Iter.Lo - 1, x.Iter.Hi + 1, head})
	g.body.before = append(g.body.before, t+" := "+call)
	g.body.after = append(g.body.after, "CLOSE "+t)
	return wrap(g.loopBody(x, subs, first))
}
