package gen

import (
	"strings"

	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
	"landfall/internal/postgres/quote"
)

// xmlTable converts XMLTABLE, which PostgreSQL has with XPath 1.0 instead of XQuery (PG, "XMLTABLE").
func (g *gen) xmlTable(c *ast.Call, alias string) string {
	var spaces []string
	var path ast.Expr
	for _, a := range c.Args {
		if in, ok := a.X.(*ast.Call); ok {
			if n, ok := in.Fn.(*ast.Name); ok && g.f.Last(n) == "XMLNAMESPACES" {
				for _, s := range in.Args {
					switch {
					case s.Extra != nil && s.Extra.Head == token.AS && len(s.Extra.Names) == 1:
						spaces = append(spaces, g.text(s.X)+" AS "+g.word(s.Extra.Names[0]))
					default:
						g.refuse(s, "xml-function", "PostgreSQL's XMLTABLE has no default namespace: give it a prefix, also in the paths")
					}
				}
				continue
			}
		}
		path = a.X
	}
	o := c.Options
	if path == nil || o == nil || len(o.Passing) != 1 {
		g.refuse(c, "xml-function", "XMLTABLE without one document in PASSING: PostgreSQL has XPath over one document")
		return ""
	}
	if l, ok := path.(*ast.Literal); ok {
		if s, _ := g.stringValue(l); !xpath1(s) {
			g.refuse(path, "xml-function", "XMLTABLE with XQuery: PostgreSQL has XPath 1.0 only")
			return ""
		}
	}
	doc := g.expr(o.Passing[0].X)
	if doc.typ != pgXML && doc.typ != pgUnknown {
		doc = doc.cast("xml", pgXML)
	}
	s := "XMLTABLE("
	if len(spaces) > 0 {
		s += "XMLNAMESPACES(" + strings.Join(spaces, ", ") + "), "
	}
	s += g.text(path) + " PASSING " + doc.in(precPrimary) + " COLUMNS "
	if len(o.Columns) == 0 {
		return s + "column_value xml PATH '.') AS " + alias
	}
	for i, col := range o.Columns {
		if i > 0 {
			s += ", "
		}
		if col.Name == nil {
			g.refuse(col, "xml-function", "no PostgreSQL form is known for %s", g.what(col))
			continue
		}
		name := g.word(col.Name)
		if col.Ordinality {
			s += name + " FOR ORDINALITY"
			continue
		}
		typ := "xml"
		if col.Type != nil {
			typ = g.dataType(col.Type, inColumn)
		}
		s += name + " " + typ
		if col.Options != nil && col.Options.Path != nil {
			s += " PATH " + g.text(col.Options.Path)
		} else {
			s += " PATH " + quote.Literal(g.f.Last(col.Name)) // Oracle's folded name
		}
		if col.Options != nil && col.Options.Default != nil {
			s += " DEFAULT " + g.text(col.Options.Default)
		}
	}
	return s + ") AS " + alias
}

// xpath1 reports whether a path is plain XPath, not XQuery.
func xpath1(s string) bool {
	s = strings.TrimSpace(s)
	return !strings.HasPrefix(s, "for ") && !strings.HasPrefix(s, "let ") && !strings.Contains(s, "return ") && !strings.Contains(s, "fn:") && !strings.Contains(s, "ora:") && !strings.Contains(s, "$")
}

// jsonTable converts JSON_TABLE to jsonb functions in a lateral subquery: PostgreSQL has JSON_TABLE itself only from version 17.
func (g *gen) jsonTable(c *ast.Call, alias string) string {
	o := c.Options
	if len(c.Args) == 0 || o == nil || len(o.Columns) == 0 {
		g.refuse(c, "json-function", "no PostgreSQL form is known for %s", g.what(c))
		return ""
	}
	doc := g.expr(c.Args[0].X)
	if doc.typ == pgBytea {
		doc = callFrag("convert_from", pgText, doc.s, "'UTF8'")
	}
	if doc.typ != pgJSON {
		doc = doc.cast("jsonb", pgJSON)
	}
	path := "'$'"
	if len(c.Args) > 1 {
		path = g.rowPath(c.Args[1].X)
	}
	row := g.alias()
	var list []string
	from := "jsonb_path_query(" + doc.s + ", " + path + ") WITH ORDINALITY AS " + row + "(v, n)"
	g.jsonColumns(o.Columns, row, &list, &from)
	return "LATERAL (SELECT " + strings.Join(list, ", ") + " FROM " + from + ") AS " + alias
}

func (g *gen) jsonColumns(cols []*ast.TableColumn, row string, list *[]string, from *string) {
	nested := false
	for _, c := range cols {
		opt := c.Options
		if opt == nil {
			opt = &ast.FuncOptions{}
		}
		if c.Name == nil { // NESTED PATH
			if nested || opt.Path == nil {
				g.refuse(c, "json-function", "JSON_TABLE with two NESTED PATHs side by side: join them in two queries")
				return
			}
			nested = true
			inner := g.alias()
			*from += " LEFT JOIN LATERAL jsonb_path_query(" + row + ".v, " + g.rowPath(opt.Path) + ") WITH ORDINALITY AS " + inner + "(v, n) ON true"
			g.jsonColumns(c.Nested, inner, list, from)
			continue
		}
		name := g.word(c.Name)
		path := quote.Literal("$." + jsonKey(g.f.Last(c.Name)))
		if opt.Path != nil {
			path = g.rowPath(opt.Path)
		}
		for _, on := range opt.On {
			if on.Action == token.ERROR || on.Action == token.DEFAULT && on.Event != token.ERROR && on.Event != token.EMPTY {
				g.report(on, "json-function", "%s: a missing value is NULL", g.source(on))
			}
		}
		typ := "varchar(4000)"
		if c.Type != nil {
			typ = g.dataType(c.Type, inColumn)
		}
		var e string
		switch {
		case c.Ordinality:
			e = row + ".n"
		case c.Exists:
			e = "jsonb_path_exists(" + row + ".v, " + path + ")"
			if strings.HasPrefix(typ, "numeric") {
				e += "::integer"
			} else {
				e += "::text"
			}
		case opt.Format || opt.Wrapper == token.WITH:
			e = "jsonb_path_query_first(" + row + ".v, " + path + ")"
			if opt.Wrapper == token.WITH {
				e = "jsonb_path_query_array(" + row + ".v, " + path + ")"
			}
			if typ != "jsonb" {
				e += "::text"
			}
		default:
			e = "(jsonb_path_query_first(" + row + ".v, " + path + ") #>> '{}')::" + typ
			for _, on := range opt.On {
				if on.Action == token.DEFAULT {
					e = "coalesce(" + e + ", " + g.text(on.Default) + ")"
					break
				}
			}
		}
		*list = append(*list, e+" AS "+name)
	}
}

// rowPath converts a path: a constant, or steps in dot notation.
func (g *gen) rowPath(e ast.Expr) string {
	if _, ok := e.(*ast.Literal); ok {
		return g.text(e)
	}
	return quote.Literal("$." + strings.Join(strings.Fields(g.source(e)), ""))
}

func jsonKey(s string) string {
	for _, r := range s {
		if r != '_' && (r < 'A' || r > 'Z') && (r < 'a' || r > 'z') && (r < '0' || r > '9') {
			return `"` + s + `"`
		}
	}
	return s
}
