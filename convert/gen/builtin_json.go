package gen

import (
	"strings"

	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// jsonFunctions are the functions of SQL/JSON (SQL Language Reference 19c, "JSON Functions"). PostgreSQL has them from
// version 17 on only; the support schema serves the versions before.
var jsonFunctions = map[string]builtin{
	"JSON_VALUE": jsonPath("json_value", pgText), "JSON_QUERY": jsonPath("json_query", pgText), "JSON_EXISTS": jsonPath("json_exists", pgBoolean),
	"JSON_OBJECT": jsonObject, "JSON_ARRAY": jsonArray, "JSON_OBJECTAGG": jsonObjectAgg, "JSON_ARRAYAGG": jsonArrayAgg,
	"JSON_SERIALIZE": takes(1, 1, jsonText), "JSON": takes(1, 1, jsonCast), "JSON_SCALAR": takes(1, 1, jsonScalar), "JSON_EQUAL": takes(2, 2, jsonEqual),
	"JSON_MERGEPATCH":   refusedBuiltin("json-function", "PostgreSQL has no merge patch: || merges the top level only"),
	"JSON_TRANSFORM":    refusedBuiltin("json-function", "rewrite with jsonb_set, jsonb_insert and -"),
	"JSON_DATAGUIDE":    refusedBuiltin("json-function", "PostgreSQL keeps no guide of documents"),
	"JSON_TEXTCONTAINS": refusedBuiltin("json-function", "use full text search"),
	"TREAT_JSON":        refusedBuiltin("json-function", "not a function of Oracle's"),
	"JSON_EQUAL_COUNT":  refusedBuiltin("json-function", "not a function of Oracle's"),
}

// jsonPath converts JSON_VALUE, JSON_QUERY and JSON_EXISTS. Of the clauses it takes RETURNING and NULL ON ERROR or EMPTY,
// the default, and for JSON_VALUE a default or an error.
func jsonPath(name string, t pgType) builtin {
	return func(g *gen, n *ast.Name, c *ast.Call) frag {
		if c == nil || len(c.Args) != 2 {
			return g.refuse(whole(n, c), "json-function", "%s takes a document and a path", g.source(n))
		}
		path, ok := g.constArg(c, 1)
		if !ok {
			return g.refuse(c, "json-function", "the path of %s is known only when the code runs", g.source(n))
		}
		list := []string{g.jsonDocument(c.Args[0].X), literal(strings.TrimSpace(path))}
		o := c.Options
		if o == nil {
			o = &ast.FuncOptions{}
		}
		if len(o.Passing) > 0 {
			return g.refuse(c, "json-function", "%s with PASSING", g.source(n))
		}
		if o.Wrapper != 0 && o.Wrapper != token.WITHOUT {
			list = append(list, literal(strings.ToLower(o.Wrapper.String())))
		}
		onError, onEmpty := "null", "null"
		var byDefault frag
		for _, on := range o.On {
			switch {
			case on.Action == token.NULL, on.Action == token.FALSE && name == "json_exists":
			case on.Action == token.ERROR && name != "json_query":
				if on.Event == token.EMPTY {
					onEmpty = "error"
				} else {
					onError = "error"
				}
			case on.Action == token.DEFAULT && name == "json_value" && byDefault.s == "":
				byDefault = g.expr(on.Default)
			default:
				return g.refuse(on, "json-function", "%s with %s", g.source(n), g.source(on))
			}
		}
		if onError != "null" || onEmpty != "null" {
			list = append(list, literal(onError), literal(onEmpty))
		}
		f := callFrag(g.use(name), t, list...)
		if o.Returning != nil && name == "json_value" {
			typ := g.dataType(o.Returning, inCast)
			rt := typeOf(g.info.Type(c))
			if rt != pgText {
				f = f.cast(typ, rt)
			}
		}
		if byDefault.s != "" {
			f = callFrag("coalesce", f.typ, f.s, byDefault.s)
		}
		g.note(c, "json-function", "the support schema reads the path")
		return f
	}
}

// jsonDocument is a document as jsonb or as text that is read as such.
func (g *gen) jsonDocument(e ast.Expr) string {
	f := g.expr(e)
	switch f.typ {
	case pgJSON:
		return f.s
	case pgBytea:
		return "convert_from(" + f.s + ", 'UTF8')"
	case pgLiteral:
		return f.cast("text", pgText).s
	}
	return f.s
}

// jsonItem is a value as a json: numbers without trailing zeros, dates in the form of ISO 8601, documents as they are.
func (g *gen) jsonItem(a *ast.Arg) string {
	f := g.expr(a.X)
	switch {
	case f.typ == pgNull:
		return "'null'::json"
	case a.Extra != nil && a.Extra.Head == token.FORMAT, g.isJSONCall(a.X):
		return f.cast("json", pgJSON).s
	case f.typ == pgJSON:
		return f.cast("json", pgJSON).s
	case g.untyped(a.X, f):
		return callFrag(g.use("to_json"), pgJSON, f.s).s
	case f.typ == pgNumeric:
		return "to_json(trim_scale(" + f.s + "))"
	case f.typ == pgLiteral:
		f = f.cast("text", pgText)
	}
	return "to_json(" + f.s + ")"
}

// isJSONCall reports whether an expression is a function that makes JSON, so that its text is not a value to be quoted.
func (g *gen) isJSONCall(e ast.Expr) bool {
	if q, ok := ast.Unparen(e).(*ast.Subquery); ok { // the text of a subquery's only column
		b, ok := q.Query.Body.(*ast.QueryBlock)
		return ok && len(b.Items) == 1 && b.Items[0].X != nil && g.isJSONCall(b.Items[0].X)
	}
	c, ok := ast.Unparen(e).(*ast.Call)
	if !ok {
		return false
	}
	n, ok := c.Fn.(*ast.Name)
	if !ok {
		return false
	}
	switch g.ref(n).Builtin {
	case "JSON_OBJECT", "JSON_ARRAY", "JSON_OBJECTAGG", "JSON_ARRAYAGG", "JSON_QUERY", "JSON_SERIALIZE":
		return true
	}
	return false
}

// absent reports whether members that are NULL are left out; it is the default of arrays.
func absent(c *ast.Call, otherwise bool) bool {
	if c.Options != nil {
		for _, on := range c.Options.On {
			if on.Event == token.NULL {
				return on.Action == token.ABSENT
			}
		}
	}
	return otherwise
}

// jsonObject converts JSON_OBJECT(k VALUE v, ...). The support schema writes the text without spaces, as Oracle does.
func jsonObject(g *gen, n *ast.Name, c *ast.Call) frag {
	if c == nil || len(c.Args) == 0 {
		return atom("'{}'", pgLiteral)
	}
	var keys, values []string
	for _, a := range c.Args {
		switch x := a.X.(type) {
		case *ast.Name:
			if len(a.Keys) == 0 && x.Star {
				return g.refuse(c, "json-function", "JSON_OBJECT(*): name the columns, or use row_to_json")
			}
		}
		switch {
		case len(a.Keys) == 1:
			keys = append(keys, g.str(a.Keys[0]).s)
		default:
			x, ok := a.X.(*ast.Name)
			if !ok {
				return g.refuse(c, "json-function", "JSON_OBJECT with a value that has no key")
			}
			keys = append(keys, literal(g.f.Last(x)))
		}
		values = append(values, g.jsonItem(a))
	}
	args := []string{"ARRAY[" + strings.Join(keys, ", ") + "]", "ARRAY[" + strings.Join(values, ", ") + "]"}
	if absent(c, false) {
		args = append(args, "true")
	}
	g.note(c, "json-function", "the support schema writes the object")
	f := callFrag(g.use("json_object"), pgText, args...)
	f.notNull = true
	return f
}

func jsonArray(g *gen, n *ast.Name, c *ast.Call) frag {
	if c == nil || len(c.Args) == 0 {
		return atom("'[]'", pgLiteral)
	}
	list := make([]string, len(c.Args))
	for i, a := range c.Args {
		list[i] = g.jsonItem(a)
	}
	args := []string{"ARRAY[" + strings.Join(list, ", ") + "]"}
	if !absent(c, true) {
		args = append(args, "false")
	}
	g.note(c, "json-function", "the support schema writes the array")
	f := callFrag(g.use("json_array"), pgText, args...)
	f.notNull = true
	return f
}

func jsonObjectAgg(g *gen, n *ast.Name, c *ast.Call) frag {
	if c == nil || len(c.Args) != 1 || len(c.Args[0].Keys) != 1 || c.Over != nil {
		return g.refuse(whole(n, c), "json-function", "JSON_OBJECTAGG of this form")
	}
	a := c.Args[0]
	args := []string{"array_agg(" + g.str(a.Keys[0]).s + ")", "array_agg(" + g.jsonItem(a) + ")"}
	if absent(c, false) {
		args = append(args, "true")
	}
	return callFrag(g.use("json_object"), pgText, args...)
}

func jsonArrayAgg(g *gen, n *ast.Name, c *ast.Call) frag {
	if c == nil || len(c.Args) != 1 || c.Over != nil || c.Distinct == token.DISTINCT {
		return g.refuse(whole(n, c), "json-function", "JSON_ARRAYAGG of this form")
	}
	s := "array_agg(" + g.jsonItem(c.Args[0])
	if o := c.Options; o != nil && o.OrderBy != nil {
		s += " " + oneSpace(g.orderBy(o.OrderBy))
	}
	args := []string{s + ")"}
	if !absent(c, true) {
		args = append(args, "false")
	}
	return callFrag(g.use("json_array"), pgText, args...)
}

func jsonText(g *gen, _ *ast.Name, c *ast.Call) frag {
	return g.toText(c.Args[0].X, g.expr(c.Args[0].X))
}

func jsonCast(g *gen, _ *ast.Name, c *ast.Call) frag {
	return g.expr(c.Args[0].X).cast("jsonb", pgJSON)
}

func jsonScalar(g *gen, _ *ast.Name, c *ast.Call) frag {
	f := g.expr(c.Args[0].X)
	if f.typ == pgLiteral {
		f = f.cast("text", pgText)
	}
	return callFrag("to_jsonb", pgJSON, f.s)
}

func jsonEqual(g *gen, _ *ast.Name, c *ast.Call) frag {
	a, b := g.expr(c.Args[0].X).cast("jsonb", pgJSON), g.expr(c.Args[1].X).cast("jsonb", pgJSON)
	return frag{s: a.s + " = " + b.s, prec: precCompare, typ: pgBoolean}
}

// isJSON converts IS [NOT] JSON, which PostgreSQL has from version 16 on.
func (g *gen) isJSON(x *ast.Is) frag {
	if o := x.Opts; o != nil && (o.UniqueKeys == token.WITH || o.Strict) {
		return g.refuse(x, "json-function", "IS JSON with STRICT or UNIQUE KEYS")
	}
	list := []string{g.jsonDocument(x.X)}
	if o := x.Opts; o != nil && o.Words != nil && o.Words.Head != 0 && o.Words.Head != token.VALUE {
		list = append(list, literal(strings.ToLower(o.Words.Head.String())))
	}
	f := callFrag(g.use("is_json"), pgBoolean, list...)
	if x.Not {
		return frag{s: "NOT " + f.s, prec: precNot, typ: pgBoolean}
	}
	return f
}

// jsonValue converts the constructors JSON {...} and JSON [...].
func (g *gen) jsonValue(x *ast.JSONValue) frag {
	return g.refuse(x, "json-function", "no PostgreSQL form is known for %s", g.what(x))
}
