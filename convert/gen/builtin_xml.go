package gen

import (
	"strings"

	"landfall/internal/model"
	"landfall/internal/oracle/resolve"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
	"landfall/internal/postgres/quote"
)

// xmlFunctions are the functions of SQL/XML and Oracle's own (SQL Language Reference 19c, "XML Functions").
var xmlFunctions = map[string]builtin{
	"XMLELEMENT": xmlElement, "XMLFOREST": xmlForest("xmlforest"), "XMLATTRIBUTES": xmlForest("xmlattributes"), "XMLAGG": xmlAgg, "XMLCONCAT": xmlConcat,
	"XMLCOMMENT": takes(1, 1, xmlText("xmlcomment")), "XMLCDATA": takes(1, 1, xmlCData), "XMLPI": xmlPI, "XMLROOT": xmlRoot, "XMLPARSE": xmlParse, "XMLSERIALIZE": xmlSerialize,
	"XMLTYPE": xmlType, "EXTRACT": takes(2, 3, xmlExtract), "EXTRACTVALUE": takes(2, 3, extractValue), "EXISTSNODE": takes(2, 3, existsNode), "XMLEXISTS": xmlExists, "XMLQUERY": xmlQuery,
	"XMLISVALID":   refusedBuiltin("xml-function", "PostgreSQL checks no XML schemas"),
	"XMLTRANSFORM": refusedBuiltin("xml-function", "PostgreSQL has no XSLT without the extension xml2"),
	"XMLCOLATTVAL": refusedBuiltin("xml-function", "write xmlelement with attributes"), "XMLSEQUENCE": refusedBuiltin("xml-function", "use XMLTABLE"),
	"XMLDIFF": refusedBuiltin("xml-function", "PostgreSQL changes no XML values"), "XMLPATCH": refusedBuiltin("xml-function", "PostgreSQL changes no XML values"),
	"APPENDCHILDXML": refusedBuiltin("xml-function", "PostgreSQL changes no XML values"), "DELETEXML": refusedBuiltin("xml-function", "PostgreSQL changes no XML values"),
	"INSERTCHILDXML": refusedBuiltin("xml-function", "PostgreSQL changes no XML values"), "INSERTCHILDXMLAFTER": refusedBuiltin("xml-function", "PostgreSQL changes no XML values"),
	"INSERTCHILDXMLBEFORE": refusedBuiltin("xml-function", "PostgreSQL changes no XML values"), "INSERTXMLAFTER": refusedBuiltin("xml-function", "PostgreSQL changes no XML values"),
	"INSERTXMLBEFORE": refusedBuiltin("xml-function", "PostgreSQL changes no XML values"), "UPDATEXML": refusedBuiltin("xml-function", "PostgreSQL changes no XML values"),
	"SYS_XMLAGG": refusedBuiltin("xml-function", "write xmlelement(name \"ROWSET\", xmlagg(...))"), "SYS_XMLGEN": refusedBuiltin("xml-function", "write xmlelement"), "SYS_DBURIGEN": refusedBuiltin("xml-function", "there are no URIs of rows"),
	"XMLNAMESPACES": refusedBuiltin("xml-function", "stands in XMLTABLE only"), "DEPTH": refusedBuiltin("xml-function", "there is no XML repository"), "PATH": refusedBuiltin("xml-function", "there is no XML repository"),
	"EQUALS_PATH": refusedBuiltin("xml-function", "there is no XML repository"), "UNDER_PATH": refusedBuiltin("xml-function", "there is no XML repository"),
}

// xmlName writes the name of an element or attribute. Unquoted names are upper case in Oracle.
func xmlName(name string) string { return quote.Ident(name) }

// xmlElement converts XMLELEMENT(name [, XMLATTRIBUTES(...)] [, content ...]).
func xmlElement(g *gen, n *ast.Name, c *ast.Call) frag {
	if c == nil || len(c.Args) == 0 || c.Args[0].Extra != nil {
		return g.refuse(whole(n, c), "xml-function", "XMLELEMENT with a name that is known only when the code runs")
	}
	name := ""
	switch x := c.Args[0].X.(type) {
	case *ast.Name:
		name = g.f.Last(x)
	default:
		s, ok := g.constArg(c, 0)
		if !ok {
			return g.refuse(c, "xml-function", "XMLELEMENT with a name that is known only when the code runs")
		}
		name = s
	}
	list := []string{"name " + xmlName(name)}
	for _, a := range c.Args[1:] {
		f := g.expr(a.X)
		if strings.HasPrefix(f.s, "xmlattributes(") {
			list = append(list, f.s)
			continue
		}
		if f.typ == pgNull {
			continue
		}
		list = append(list, g.xmlContent(a.X, f))
	}
	g.note(c, "xml-function", "the same function in PostgreSQL")
	f := callFrag("xmlelement", pgXML, list...)
	f.notNull = true
	return f
}

// xmlContent is a value inside of an element: numbers and dates in Oracle's form, texts escaped by PostgreSQL.
func (g *gen) xmlContent(e ast.Expr, f frag) string {
	if g.untyped(e, f) {
		return callFrag(g.use("to_xml"), pgUnknown, f.s).s
	}
	switch f.typ {
	case pgNumeric, pgFloat:
		return g.toText(e, f).s
	case pgTimestamp, pgDate: // the form of XML Schema: a date without a time zone
		if g.class(e) == resolve.ClassDate {
			return "to_char(" + f.s + ", 'YYYY-MM-DD')"
		}
	}
	return f.s
}

func xmlForest(name string) builtin {
	return func(g *gen, n *ast.Name, c *ast.Call) frag {
		if c == nil || len(c.Args) == 0 {
			return g.refuse(whole(n, c), "xml-function", "%s takes arguments", g.source(n))
		}
		list := make([]string, len(c.Args))
		for i, a := range c.Args {
			s := g.xmlContent(a.X, g.expr(a.X))
			switch {
			case a.Extra != nil && a.Extra.Head == token.AS && len(a.Extra.Names) == 1:
				list[i] = s + " AS " + xmlName(g.f.Last(a.Extra.Names[0]))
			case a.Extra != nil:
				return g.refuse(c, "xml-function", "%s with a name that is known only when the code runs", g.source(n))
			default:
				x, ok := a.X.(*ast.Name)
				if !ok {
					return g.refuse(c, "xml-function", "%s of an expression without a name", g.source(n))
				}
				list[i] = s + " AS " + xmlName(g.f.Last(x))
			}
		}
		return callFrag(name, pgXML, list...)
	}
}

func xmlAgg(g *gen, n *ast.Name, c *ast.Call) frag {
	if c == nil || len(c.Args) != 1 {
		return g.refuse(whole(n, c), "xml-function", "XMLAGG takes one argument")
	}
	s := "xmlagg(" + g.text(c.Args[0].X)
	if c.Spec != nil && c.Spec.Head == token.ORDER {
		s += " ORDER BY " + g.orderItems(c.Spec)
	}
	return atom(s+")", pgXML)
}

func xmlConcat(g *gen, n *ast.Name, c *ast.Call) frag {
	list := []string{}
	for _, a := range g.args(c) {
		list = append(list, a.s)
	}
	return callFrag("xmlconcat", pgXML, list...)
}

func xmlText(name string) builtin {
	return func(g *gen, n *ast.Name, c *ast.Call) frag {
		return g.renamed(n, c, name, pgXML, g.str(c.Args[0].X))
	}
}

func xmlCData(g *gen, n *ast.Name, c *ast.Call) frag {
	return frag{s: "('<![CDATA[' || " + g.str(c.Args[0].X).in(precOther+1) + " || ']]>')::xml", prec: precCast, typ: pgXML}
}

func xmlPI(g *gen, n *ast.Name, c *ast.Call) frag {
	if c == nil || len(c.Args) == 0 || len(c.Args) > 2 || c.Args[0].Extra != nil {
		return g.refuse(whole(n, c), "xml-function", "XMLPI with a name that is known only when the code runs")
	}
	x, ok := c.Args[0].X.(*ast.Name)
	if !ok {
		return g.refuse(c, "xml-function", "XMLPI with a name that is known only when the code runs")
	}
	list := []string{"name " + xmlName(g.f.Last(x))}
	if len(c.Args) == 2 {
		list = append(list, g.str(c.Args[1].X).s)
	}
	return callFrag("xmlpi", pgXML, list...)
}

func xmlRoot(g *gen, n *ast.Name, c *ast.Call) frag {
	if c == nil || len(c.Args) != 1 || c.Options == nil {
		return g.refuse(whole(n, c), "xml-function", "XMLROOT takes a value and a version")
	}
	s := "xmlroot(" + g.text(c.Args[0].X) + ", version "
	if c.Options.Version == nil {
		s += "no value"
	} else {
		s += g.text(c.Options.Version)
	}
	if w := c.Options.Words; w != nil {
		s += ", " + strings.ToLower(strings.Join(strings.Fields(g.source(w)), " "))
	}
	return atom(s+")", pgXML)
}

func xmlParse(g *gen, n *ast.Name, c *ast.Call) frag {
	if c == nil || len(c.Args) != 1 || c.Options == nil {
		return g.refuse(whole(n, c), "xml-function", "XMLPARSE takes a value")
	}
	return atom("xmlparse("+strings.ToLower(c.Options.Content.String())+" "+g.str(c.Args[0].X).s+")", pgXML)
}

func xmlSerialize(g *gen, n *ast.Name, c *ast.Call) frag {
	if c == nil || len(c.Args) != 1 || c.Options == nil {
		return g.refuse(whole(n, c), "xml-function", "XMLSERIALIZE takes a value")
	}
	if c.Options.Pretty || c.Options.Encoding != nil {
		g.reportAs(c, "xml-function", model.Low, model.Auto, "indentation and encoding are left out: the text is in the encoding of the database")
	}
	typ := "text"
	if r := c.Options.Returning; r != nil {
		if typ = g.dataType(r, inCast); typ == "bytea" {
			return callFrag("convert_to", pgBytea, g.expr(c.Args[0].X).cast("text", pgText).s, "'UTF8'")
		}
	}
	return g.expr(c.Args[0].X).cast(typ, pgText)
}

// xmlType converts the constructor XMLTYPE(text).
func xmlType(g *gen, n *ast.Name, c *ast.Call) frag {
	if c == nil || len(c.Args) == 0 {
		return g.refuse(whole(n, c), "xmltype", "XMLTYPE() without a value")
	}
	if len(c.Args) > 1 {
		g.reportAs(c, "xmltype", model.Medium, model.Review, "the schema of XMLTYPE(...) is left out: PostgreSQL checks no XML schemas")
	}
	a := g.expr(c.Args[0].X)
	switch a.typ {
	case pgXML:
		return a
	case pgBytea:
		a = callFrag("convert_from", pgText, a.s, "'UTF8'")
	case pgCursor:
		return g.refuse(c, "xmltype", "XMLTYPE of a cursor")
	}
	return a.cast("xml", pgXML)
}

// xpathParts are the value and path of a call, with namespaces: 'xmlns="..." xmlns:p="..."'. An empty path is one that is
// known only when the code runs.
func (g *gen) xpathParts(c *ast.Call) (value, path, spaces string, ok bool) {
	a := g.expr(c.Args[0].X)
	if a.typ.text() {
		a = a.cast("xml", pgXML)
	}
	path, spaces, ok = g.xmlPath(c, 1)
	return a.s, path, spaces, ok
}

// xmlPath is a path among the arguments, with the namespaces behind it as a further argument of xpath().
func (g *gen) xmlPath(c *ast.Call, i int) (path, spaces string, ok bool) {
	path, constant := g.constArg(c, i)
	if len(c.Args) <= i+1 || g.isNull(c.Args[i+1].X) {
		return path, "", true
	}
	s, ok := g.constArg(c, i+1)
	if !ok {
		return "", "", false
	}
	list, unnamed := xmlSpaces(s)
	if list == "" {
		return "", "", false
	}
	if unnamed {
		if !constant {
			return "", "", false
		}
		path = withPrefix(path, "lf")
	}
	return path, ", " + list, true
}

// xmlSpaces makes PostgreSQL's array of namespaces. A default namespace has no name in XPath 1.0; it is called lf.
func xmlSpaces(s string) (list string, unnamed bool) {
	var items []string
	for _, w := range strings.Fields(s) {
		name, uri, ok := strings.Cut(w, "=")
		prefix, isPrefix := strings.CutPrefix(name, "xmlns:")
		if name == "xmlns" {
			prefix, isPrefix, unnamed = "lf", true, true
		}
		if !ok || !isPrefix {
			return "", false
		}
		items = append(items, "ARRAY["+literal(prefix)+", "+literal(strings.Trim(uri, `"'`))+"]")
	}
	if len(items) == 0 {
		return "", false
	}
	return "ARRAY[" + strings.Join(items, ", ") + "]", unnamed
}

// withPrefix puts a prefix in front of the names of elements in a path that have none.
func withPrefix(path, prefix string) string {
	var b strings.Builder
	name := func(c byte) bool {
		return c == '_' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= 0x80
	}
	operand := false // behind a name or value, where and, or, div and mod are operators
	for i := 0; i < len(path); {
		c := path[i]
		switch {
		case c == '\'' || c == '"':
			end := strings.IndexByte(path[i+1:], c)
			if end < 0 {
				b.WriteString(path[i:])
				return b.String()
			}
			b.WriteString(path[i : i+end+2])
			i += end + 2
			operand = true
			continue
		case name(c):
			j := i + 1
			for j < len(path) && (name(path[j]) || path[j] == '-' || path[j] == '.' || path[j] >= '0' && path[j] <= '9') {
				j++
			}
			word := path[i:j]
			rest := strings.TrimLeft(path[j:], " ")
			before := b.String()
			isOperator := operand && (word == "and" || word == "or" || word == "div" || word == "mod")
			if !isOperator && !strings.HasPrefix(rest, "(") && !strings.HasPrefix(rest, ":") && !strings.HasSuffix(before, "@") &&
				(!strings.HasSuffix(before, ":") || strings.HasSuffix(before, "::") && !strings.HasSuffix(before, "attribute::")) {
				b.WriteString(prefix + ":")
			}
			b.WriteString(word)
			operand = !isOperator
			i = j
			continue
		case c == ']' || c == ')' || c == '*' || c >= '0' && c <= '9':
			operand = true
		case c != ' ':
			operand = false
		}
		b.WriteByte(c)
		i++
	}
	return b.String()
}

// xmlExtract converts EXTRACT(xml, path): all nodes that a path finds, as one value; NULL when it finds none.
func xmlExtract(g *gen, n *ast.Name, c *ast.Call) frag {
	value, path, spaces, ok := g.xpathParts(c)
	if !ok {
		return g.refuse(c, "xml-function", "namespaces of EXTRACT that PostgreSQL's xpath has no form for")
	}
	p := literal(path)
	if path == "" {
		p = g.str(c.Args[1].X).s
	}
	g.note(c, "xml-function", "EXTRACT of XML becomes xpath")
	return frag{s: "nullif(array_to_string(" + xpathOf(p, value, spaces) + ", ''), '')::xml", prec: precCast, typ: pgXML}
}

// xpathOf calls xpath(). PostgreSQL reads a document there: several elements in a row get an element around them.
func xpathOf(path, value, spaces string) string {
	for _, f := range []string{"xmlagg(", "xmlconcat(", "xmlforest("} {
		if strings.HasPrefix(value, f) {
			if strings.HasPrefix(path, "'/") && !strings.HasPrefix(path, "'//") {
				path = "'/lf" + path[1:]
			}
			value = "xmlelement(name lf, " + value + ")"
			break
		}
	}
	return "xpath(" + path + ", " + value + spaces + ")"
}

// extractValue converts EXTRACTVALUE(xml, path): the text of the one node that the path finds.
func extractValue(g *gen, n *ast.Name, c *ast.Call) frag {
	value, path, spaces, ok := g.xpathParts(c)
	if !ok {
		return g.refuse(c, "xml-function", "namespaces of EXTRACTVALUE that PostgreSQL's xpath has no form for")
	}
	p := g.textPath(c, path)
	g.note(c, "xml-function", "EXTRACTVALUE becomes xpath")
	return frag{s: "(xpath(" + p + ", " + value + spaces + "))[1]::text", prec: precCast, typ: pgText}
}

// textPath is a path to the text of what a path finds.
func (g *gen) textPath(c *ast.Call, path string) string {
	if path == "" {
		return g.str(c.Args[1].X).in(precOther+1) + " || '/text()'"
	}
	last := path[strings.LastIndexByte(path, '/')+1:]
	if strings.HasPrefix(last, "@") || strings.HasPrefix(last, "text()") {
		return literal(path)
	}
	return literal(path + "/text()")
}

func existsNode(g *gen, n *ast.Name, c *ast.Call) frag {
	value, path, spaces, ok := g.xpathParts(c)
	if !ok {
		return g.refuse(c, "xml-function", "namespaces of EXISTSNODE that PostgreSQL's xpath has no form for")
	}
	p := literal(path)
	if path == "" {
		p = g.str(c.Args[1].X).s
	}
	g.note(c, "xml-function", "EXISTSNODE becomes xpath_exists")
	return frag{s: "xpath_exists(" + p + ", " + value + spaces + ")::integer", prec: precCast, typ: pgInteger}
}

// xquery is the value and path of XMLEXISTS and XMLQUERY where the query is a plain path of one value.
func (g *gen) xquery(c *ast.Call) (value frag, path string, ok bool) {
	if c == nil || len(c.Args) != 1 || c.Options == nil || len(c.Options.Passing) != 1 || c.Options.Passing[0].Name != nil {
		return frag{}, "", false
	}
	path, constant := g.constArg(c, 0)
	if !constant || strings.ContainsAny(path, "${}") || strings.Contains(path, " return ") || !strings.ContainsAny(path[:1], "/.@") {
		return frag{}, "", false
	}
	value = g.expr(c.Options.Passing[0].X)
	if value.typ.text() {
		value = value.cast("xml", pgXML)
	}
	return value, path, true
}

func xmlExists(g *gen, n *ast.Name, c *ast.Call) frag {
	value, path, ok := g.xquery(c)
	if !ok {
		return g.refuse(whole(n, c), "xml-function", "XMLEXISTS of more than a path: PostgreSQL has XPath 1.0, no XQuery")
	}
	g.note(c, "xml-function", "XMLEXISTS becomes xpath_exists")
	return atom("xpath_exists("+literal(path)+", "+value.s+")", pgBoolean)
}

func xmlQuery(g *gen, n *ast.Name, c *ast.Call) frag {
	value, path, ok := g.xquery(c)
	if !ok {
		return g.refuse(whole(n, c), "xml-function", "XMLQUERY of more than a path: PostgreSQL has XPath 1.0, no XQuery")
	}
	g.note(c, "xml-function", "XMLQUERY becomes xpath")
	return frag{s: "nullif(array_to_string(xpath(" + literal(path) + ", " + value.s + "), ''), '')::xml", prec: precCast, typ: pgXML}
}

// xmlCast converts XMLCAST(xml AS type): the text of the value as a value of the type.
func (g *gen) xmlCast(x *ast.Cast) frag {
	f := g.expr(x.X)
	s := "array_to_string(xpath('//text()', xmlelement(name x, " + f.s + ")), '')"
	if c, ok := ast.Unparen(x.X).(*ast.Call); ok {
		if value, path, ok := g.xquery(c); ok {
			s = "(xpath(" + g.textPath(c, path) + ", " + value.s + "))[1]::text"
		}
	}
	t := g.info.Type(x)
	return callFrag("CAST", typeOf(t), s+" AS "+g.dataType(x.Type, inCast))
}
