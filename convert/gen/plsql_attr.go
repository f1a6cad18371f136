package gen

import (
	"strings"

	"landfall/internal/oracle/resolve"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// sqlRows is the variable that keeps SQL%ROWCOUNT. FOUND of PL/pgSQL would do only until the next statement.
const sqlRows = "lf_sql_rows"

// countRows keeps the number of rows of the statement at hand where the routine asks for it somewhere.
func (g *gen) countRows() {
	if g.body == nil || g.body.facts == nil || !g.body.facts.sqlAttr {
		return
	}
	if g.body.counted { // the statement has put it there
		g.body.counted = false
		return
	}
	g.declareOnce(sqlRows, "integer")
	g.body.after = append([]string{"GET DIAGNOSTICS " + sqlRows + " = ROW_COUNT"}, g.body.after...)
}

// declareOnce declares a variable of the outermost block.
func (g *gen) declareOnce(name, typ string) {
	d := name + " " + typ
	for _, x := range g.body.decls {
		if x == d {
			return
		}
	}
	g.body.decls = append(g.body.decls, d)
}

// attrVar is the variable that keeps an attribute of an explicit cursor, "" when the routine never asks for it.
func (g *gen) attrVar(e ast.Expr, attr token.Keyword) string {
	if g.body == nil || g.body.facts == nil {
		return ""
	}
	key := g.cursorKey(e)
	if !g.body.facts.attrs[key][attr] {
		return ""
	}
	id := attr.String() + " " + key
	if v := g.body.counters[id]; v != "" {
		return v
	}
	base := "cursor"
	if c, ok := e.(*ast.Call); ok {
		e = c.Fn
	}
	if n, ok := e.(*ast.Name); ok {
		base = strings.ToLower(g.f.Last(n))
	}
	suffix, typ := "_found", "boolean"
	if attr == token.ROWCOUNT {
		suffix, typ = "_rows", "integer := 0"
	}
	name := "lf_" + base + suffix
	for i := 2; g.hasDecl(name); i++ {
		name = "lf_" + base + suffix + itoa(i)
	}
	if g.body.counters == nil {
		g.body.counters = map[string]string{}
	}
	name = g.e.names.ident(strings.ToUpper(name))
	g.body.counters[id] = name
	g.body.decls = append(g.body.decls, name+" "+typ)
	return name
}

func (g *gen) hasDecl(name string) bool {
	for _, d := range g.body.decls {
		if strings.HasPrefix(d, name+" ") {
			return true
		}
	}
	return false
}

// attr converts an attribute of a cursor.
func (g *gen) attr(x *ast.Attr) frag {
	if g.body == nil {
		return g.refuse(x, "cursor-attribute", "%s stands outside of a routine", g.source(x))
	}
	switch x.Attr {
	case token.FOUND, token.NOTFOUND, token.ROWCOUNT, token.ISOPEN:
	default:
		if f, ok := g.bulkAttr(x); ok {
			return f
		}
		return g.refuse(x, "cursor-attribute", "no PostgreSQL form is known for %s", g.what(x))
	}
	if g.implicit(x.X) {
		if x.Attr == token.ISOPEN { // the implicit cursor is closed behind each statement
			return frag{s: "false", prec: precPrimary, typ: pgBoolean, notNull: true}
		}
		g.declareOnce(sqlRows, "integer")
		switch x.Attr {
		case token.FOUND:
			return frag{s: sqlRows + " > 0", prec: precCompare, typ: pgBoolean}
		case token.NOTFOUND:
			return frag{s: sqlRows + " = 0", prec: precCompare, typ: pgBoolean}
		}
		return atom(sqlRows, pgInteger)
	}
	cursor := ""
	if x.Attr == token.ISOPEN {
		if g.packageCursor(x.X) {
			cursor = g.packageCursorText(x.X)
		} else {
			cursor = g.cursorText(x.X)
		}
		s := "EXISTS (SELECT FROM pg_cursors WHERE name = " + cursor + "::text)"
		return frag{s: s, prec: precPrimary, typ: pgBoolean, notNull: true}
	}
	if g.body.facts == nil {
		return g.refuse(x, "cursor-attribute", "%s stands where no cursor of the routine has been opened", g.source(x))
	}
	if g.body.facts.direct[x] {
		if x.Attr == token.NOTFOUND {
			return frag{s: "NOT FOUND", prec: precNot, typ: pgBoolean, notNull: true}
		}
		return frag{s: "FOUND", prec: precPrimary, typ: pgBoolean, notNull: true}
	}
	switch x.Attr {
	case token.FOUND:
		return atom(g.attrVar(x.X, token.FOUND), pgBoolean)
	case token.NOTFOUND:
		return frag{s: "NOT " + g.attrVar(x.X, token.FOUND), prec: precNot, typ: pgBoolean}
	}
	return atom(g.attrVar(x.X, token.ROWCOUNT), pgInteger)
}

// packageCursor reports whether a cursor is declared in a package.
func (g *gen) packageCursor(e ast.Expr) bool {
	switch x := e.(type) {
	case *ast.Call:
		return g.packageCursor(x.Fn)
	case *ast.Name:
		ref := g.ref(x)
		return ref.Kind == resolve.Cursor && ownerOf(ref) != nil
	}
	return false
}
