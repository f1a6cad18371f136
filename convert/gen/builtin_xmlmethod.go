package gen

import (
	"strings"

	"landfall/internal/oracle/syntax/ast"
)

// The methods of XMLTYPE (PL/SQL Packages and Types Reference 19c, "XMLTYPE"), by name: x.getStringVal().

func init() {
	for _, m := range []string{"GETSTRINGVAL", "GETCLOBVAL", "GETBLOBVAL", "GETNUMBERVAL", "EXTRACT", "EXISTSNODE", "GETROOTELEMENT", "ISFRAGMENT", "CREATEXML", "GETNAMESPACE", "TRANSFORM", "TOOBJECT", "ISSCHEMAVALID", "ISSCHEMABASED", "SCHEMAVALIDATE", "GETSCHEMAURL"} {
		registerBuiltin("XMLTYPE."+m, xmlMethodOfName)
	}
}

// xmlMethodOfName converts a method of a variable or column: v.getClobVal(). XMLTYPE.createXML is the constructor.
func xmlMethodOfName(g *gen, n *ast.Name, c *ast.Call) frag {
	parts := g.f.Parts(n)
	method := parts[len(parts)-1]
	if method == "CREATEXML" {
		return xmlType(g, n, c)
	}
	if p, ok := g.namedPlace(n, len(parts)-1); ok && (p.v != nil || p.root.s == "self" || g.throughJSON(p)) {
		return g.xmlMethod(whole(n, c), g.read(p), method, c)
	}
	s := g.localPath(n)
	i := strings.LastIndexByte(s, '.')
	if i <= 0 {
		return g.refuse(whole(n, c), "xmltype", "no PostgreSQL form is known for %s", g.source(n))
	}
	return g.xmlMethod(whole(n, c), atom(strings.TrimSuffix(strings.TrimPrefix(s[:i], "("), ")"), pgXML), method, c)
}

// xmlMethodOf converts a method of any other expression: EXTRACT(x, '/a').getStringVal().
func (g *gen) xmlMethodOf(f *ast.Field, c *ast.Call) (frag, bool) {
	if f.Name == nil {
		return frag{}, false
	}
	method, ok := strings.CutPrefix(g.ref(f.Name).Builtin, "XMLTYPE.")
	if !ok {
		return frag{}, false
	}
	at := ast.Node(f)
	if c != nil {
		at = c
	}
	return g.xmlMethod(at, g.expr(f.X), method, c), true
}

func (g *gen) xmlMethod(at ast.Node, x frag, method string, c *ast.Call) frag {
	args := 0
	if c != nil {
		args = len(c.Args)
	}
	switch method {
	case "GETSTRINGVAL", "GETCLOBVAL":
		return x.cast("text", pgText)
	case "GETNUMBERVAL":
		return x.cast("text", pgText).cast("numeric", pgNumeric)
	case "GETBLOBVAL":
		return callFrag("convert_to", pgBytea, x.cast("text", pgText).s, "'UTF8'")
	case "GETROOTELEMENT":
		return frag{s: "(xpath('name(/*)', " + x.s + "))[1]::text", prec: precCast, typ: pgText}
	case "ISFRAGMENT":
		return frag{s: "(" + x.in(precIs+1) + " IS NOT DOCUMENT)::integer", prec: precCast, typ: pgInteger}
	case "EXTRACT", "EXISTSNODE":
		if args == 0 || args > 2 {
			break
		}
		known, spaces, ok := g.xmlPath(c, 0)
		if !ok {
			return g.refuse(at, "xml-function", "namespaces that PostgreSQL's xpath has no form for")
		}
		path := literal(known)
		if known == "" {
			path = g.str(c.Args[0].X).s
		}
		g.note(at, "xml-function", "the path is XPath 1.0 in PostgreSQL")
		if method == "EXISTSNODE" {
			return frag{s: "xpath_exists(" + path + ", " + x.s + spaces + ")::integer", prec: precCast, typ: pgInteger}
		}
		return frag{s: "nullif(array_to_string(" + xpathOf(path, x.s, spaces) + ", ''), '')::xml", prec: precCast, typ: pgXML}
	}
	return g.refuse(at, "xmltype", "the method %s of XMLTYPE has no counterpart", method)
}
