package gen

import (
	"strings"

	"landfall/internal/oracle/resolve"
	"landfall/internal/oracle/syntax/ast"
)

// JSON_ELEMENT_T, JSON_OBJECT_T and JSON_ARRAY_T (JSON Developer's Guide 19c, "PL/SQL Object Types for JSON") are of type
// json, which keeps the order of members. A method that changes its tree gives the changed one, which is assigned back:
// json_alias.go looks for places where Oracle would change another variable's tree, too.

// jsonTypes are the types, with the kind of tree each is.
var jsonTypes = map[string]string{"JSON_ELEMENT_T": "", "JSON_OBJECT_T": "object", "JSON_ARRAY_T": "array", "JSON_SCALAR_T": "scalar"}

// jsonMethods are the methods that give something, jsonChanges those that change their tree, which give the changed one.
var (
	jsonMethods map[string]func(g *gen, at ast.Node, self frag, args []*ast.Arg) frag
	jsonChanges map[string]func(g *gen, self frag, args []*ast.Arg) frag
)

func readingMethods() map[string]func(g *gen, at ast.Node, self frag, args []*ast.Arg) frag {
	return map[string]func(g *gen, at ast.Node, self frag, args []*ast.Arg) frag{
		"GET":        func(g *gen, _ ast.Node, self frag, args []*ast.Arg) frag { return g.jsonStep(self, args) },
		"GET_STRING": jsonMember("json_text", pgText), "GET_CLOB": jsonMember("json_text", pgText), "GET_NUMBER": jsonMember("json_number", pgNumeric),
		"GET_BOOLEAN": jsonMember("json_boolean", pgBoolean), "GET_TIMESTAMP": jsonMember("json_timestamp", pgTimestamp), "GET_DATE": jsonMember("json_timestamp", pgTimestamp),
		"GET_OBJECT": jsonMember("json_kind", pgUnknown, "object"), "GET_ARRAY": jsonMember("json_kind", pgUnknown, "array"),
		"GET_KEYS": jsonWhole("json_keys", pgArray), "GET_SIZE": jsonWhole("json_size", pgInteger), "TO_STRING": jsonWhole("json_serialize", pgText),
		"TO_CLOB": jsonWhole("json_serialize", pgText), "STRINGIFY": jsonWhole("json_serialize", pgText), "TO_NUMBER": jsonWhole("json_number", pgNumeric),
		"TO_BOOLEAN": jsonWhole("json_boolean", pgBoolean), "TO_DATE": jsonWhole("json_timestamp", pgTimestamp), "TO_TIMESTAMP": jsonWhole("json_timestamp", pgTimestamp),
		"HAS": func(g *gen, _ ast.Node, self frag, args []*ast.Arg) frag {
			return frag{s: g.jsonStep(self, args).in(precIs+1) + " IS NOT NULL", prec: precIs, typ: pgBoolean}
		},
		"CLONE":     func(_ *gen, _ ast.Node, self frag, _ []*ast.Arg) frag { return self },
		"IS_OBJECT": jsonIs("object"), "IS_ARRAY": jsonIs("array"), "IS_STRING": jsonIs("string"), "IS_NUMBER": jsonIs("number"), "IS_BOOLEAN": jsonIs("boolean"),
		"IS_NULL": jsonIs("null"), "IS_SCALAR": jsonIs("string", "number", "boolean", "null"),
		"IS_TRUE": jsonIsText("true"), "IS_FALSE": jsonIsText("false"),
	}
}

func changingMethods() map[string]func(g *gen, self frag, args []*ast.Arg) frag {
	return map[string]func(g *gen, self frag, args []*ast.Arg) frag{
		"PUT": func(g *gen, self frag, args []*ast.Arg) frag {
			list := []string{self.s, g.jsonKey(args[0].X), g.jsonElement(args[1].X)}
			for _, a := range args[2:] {
				list = append(list, g.text(a.X))
			}
			return callFrag(g.use("json_put"), pgUnknown, list...)
		},
		"PUT_NULL": func(g *gen, self frag, args []*ast.Arg) frag {
			return callFrag(g.use("json_put"), pgUnknown, self.s, g.jsonKey(args[0].X), "'null'")
		},
		"APPEND": func(g *gen, self frag, args []*ast.Arg) frag {
			return callFrag(g.use("json_append"), pgUnknown, self.s, g.jsonElement(args[0].X))
		},
		"APPEND_NULL": func(g *gen, self frag, _ []*ast.Arg) frag {
			return callFrag(g.use("json_append"), pgUnknown, self.s, "'null'")
		},
		"REMOVE": func(g *gen, self frag, args []*ast.Arg) frag {
			return callFrag(g.use("json_remove"), pgUnknown, self.s, g.jsonKey(args[0].X))
		},
		"RENAME_KEY": func(g *gen, self frag, args []*ast.Arg) frag {
			return callFrag(g.use("json_rename_key"), pgUnknown, self.s, g.jsonKey(args[0].X), g.jsonKey(args[1].X))
		},
	}
}

// jsonArity is how many arguments a changing method takes at least.
var jsonArity = map[string]int{"PUT": 2, "PUT_NULL": 1, "APPEND": 1, "REMOVE": 1, "RENAME_KEY": 2}

func init() {
	jsonMethods, jsonChanges = readingMethods(), changingMethods()
	for typ := range jsonTypes {
		registerBuiltin(typ, func(g *gen, n *ast.Name, c *ast.Call) frag { return g.jsonNew(whole(n, c), typ, argsOfCall(c)) })
		registerBuiltin(typ+".PARSE", func(g *gen, n *ast.Name, c *ast.Call) frag { return g.jsonNew(whole(n, c), typ, argsOfCall(c)) })
		for m := range jsonMethods {
			registerBuiltin(typ+"."+m, jsonByName)
		}
	}
}

// jsonStmt converts a method that is called as a statement; ok is false for what is none of a JSON type.
func (g *gen) jsonStmt(x *ast.CallStmt, n *ast.Name, c *ast.Call, name string) (text string, ok bool) {
	typ, member, _ := strings.Cut(strings.TrimPrefix(name, "SYS."), ".")
	if _, ok := jsonTypes[typ]; !ok {
		return "", false
	}
	switch {
	case member == "ON_ERROR":
		g.report(x, "json-function", "ON_ERROR: methods give NULL for what they cannot convert, as with ON_ERROR(0)")
		return "NULL", true
	case jsonChanges[member] == nil:
		g.refuse(x, "json-function", "no PostgreSQL form is known for %s", g.what(x))
		return "NULL", true
	}
	return g.jsonChange(x, n, c), true
}

func argsOfCall(c *ast.Call) []*ast.Arg {
	if c == nil {
		return nil
	}
	return c.Args
}

// jsonType is the name of the JSON type that a type is, "" for others.
func jsonType(t resolve.Type) string {
	name := strings.TrimPrefix(t.Ref.Name, "SYS.")
	if _, ok := jsonTypes[name]; ok && t.Class == resolve.ClassAny {
		return name
	}
	return ""
}

// jsonNew converts a constructor and parse.
func (g *gen) jsonNew(at ast.Node, typ string, args []*ast.Arg) frag {
	kind := jsonTypes[typ]
	switch {
	case len(args) == 0 && kind == "object":
		return frag{s: "'{}'::json", prec: precCast, typ: pgUnknown, notNull: true}
	case len(args) == 0 && kind == "array":
		return frag{s: "'[]'::json", prec: precCast, typ: pgUnknown, notNull: true}
	case len(args) != 1:
		return g.refuse(at, "json-function", "%s takes one document", typ)
	}
	x := args[0].X
	if jsonType(g.info.Type(x)) != "" { // a copy
		if kind == "" {
			return g.expr(x)
		}
		return callFrag(g.use("json_kind"), pgUnknown, g.expr(x).s, literal(kind))
	}
	v := g.str(x)
	if g.isBytes(x) {
		v = callFrag("convert_from", pgText, g.expr(x).s, "'UTF8'")
	} else if typeOf(g.info.Type(x)) == pgJSON {
		v = g.expr(x).cast("text", pgText)
	}
	if kind == "object" || kind == "array" {
		return callFrag(g.use("json_parse"), pgUnknown, v.s, literal(kind))
	}
	return callFrag(g.use("json_parse"), pgUnknown, v.s)
}

// jsonByName converts a method of a variable, field or attribute.
func jsonByName(g *gen, n *ast.Name, c *ast.Call) frag {
	parts := g.f.Parts(n)
	p, ok := g.namedPlace(n, len(parts)-1)
	if !ok {
		return g.refuse(whole(n, c), "json-function", "the tree that %s is called of is not known", g.source(n))
	}
	return jsonMethods[parts[len(parts)-1]](g, whole(n, c), g.jsonTree(g.read(p)), argsOfCall(c))
}

// jsonTree is a tree as it is read: an attribute of an object that is kept as jsonb is jsonb.
func (g *gen) jsonTree(f frag) frag {
	if strings.Contains(f.s, "->") && !strings.HasSuffix(f.s, "::json") {
		return f.cast("json", pgUnknown)
	}
	return f
}

// jsonIn converts a method of any other expression: f(x).get_string('a').
func (g *gen) jsonIn(f *ast.Field, c *ast.Call) (frag, bool) {
	typ, member, _ := strings.Cut(g.ref(f.Name).Builtin, ".")
	if _, ok := jsonTypes[typ]; !ok {
		return frag{}, false
	}
	var at ast.Node = f
	if c != nil {
		at = c
	}
	m := jsonMethods[member]
	if m == nil {
		return g.refuse(at, "json-function", "%s.%s of a tree that is in no variable: Oracle changes the tree that it is part of", typ, member), true
	}
	return m(g, at, g.expr(f.X), argsOfCall(c)), true
}

// jsonChange converts v.put('a', 1).
func (g *gen) jsonChange(x *ast.CallStmt, n *ast.Name, c *ast.Call) string {
	parts := g.f.Parts(n)
	member := parts[len(parts)-1]
	args := argsOfCall(c)
	p, ok := g.namedPlace(n, len(parts)-1)
	if !ok || len(args) < jsonArity[member] {
		g.refuse(x, "json-function", "no PostgreSQL form is known for %s", g.what(x))
		return "NULL"
	}
	g.jsonAliases(x, n)
	v := jsonChanges[member](g, g.jsonTree(g.read(p)), args)
	return strings.Join(g.assignPlace(p, v, ""), ";\n"+g.indent(x))
}

// jsonStep is the member or element that a tree has at a key or position; positions count from 0 in both.
func (g *gen) jsonStep(self frag, args []*ast.Arg) frag {
	if len(args) == 0 {
		return self
	}
	return frag{s: self.in(precOther) + " -> " + g.jsonKeyFrag(args[0].X).in(precOther+1), prec: precOther, typ: pgUnknown}
}

func (g *gen) jsonKey(e ast.Expr) string { return g.jsonKeyFrag(e).s }

func (g *gen) jsonKeyFrag(e ast.Expr) frag {
	if g.info.Type(e).Class == resolve.ClassNumber || g.info.Type(e).Class == resolve.ClassInteger {
		return g.integer(e)
	}
	f := g.str(e)
	if f.typ != pgText && f.typ != pgLiteral {
		f = f.cast("text", pgText)
	}
	return f
}

// jsonElement is the element that a value becomes.
func (g *gen) jsonElement(e ast.Expr) string {
	t := g.info.Type(e)
	if jsonType(t) != "" {
		return "coalesce(" + g.jsonTree(g.expr(e)).s + ", 'null')"
	}
	f := g.expr(e)
	switch {
	case typeOf(t).text() || f.typ.text() || f.typ == pgNull:
		f = g.str(e)
		if f.typ != pgText || strings.HasPrefix(f.s, "'") {
			f = f.cast("text", pgText)
		}
	case f.typ.number():
		f = g.num(e)
		if f.typ != pgNumeric || f.prec == precPrimary {
			f = f.cast("numeric", pgNumeric)
		}
	}
	return callFrag(g.use("json_element"), pgUnknown, f.s).s
}

func jsonMember(fn string, typ pgType, more ...string) func(g *gen, at ast.Node, self frag, args []*ast.Arg) frag {
	return func(g *gen, _ ast.Node, self frag, args []*ast.Arg) frag {
		list := []string{g.jsonStep(self, args).s}
		for _, m := range more {
			list = append(list, literal(m))
		}
		return callFrag(g.use(fn), typ, list...)
	}
}

func jsonWhole(fn string, typ pgType) func(g *gen, at ast.Node, self frag, args []*ast.Arg) frag {
	return func(g *gen, at ast.Node, self frag, args []*ast.Arg) frag {
		if len(args) > 0 {
			return g.refuse(at, "json-function", "%s with arguments has no counterpart", g.what(at))
		}
		return callFrag(g.use(fn), typ, self.s)
	}
}

func jsonIs(kinds ...string) func(g *gen, at ast.Node, self frag, args []*ast.Arg) frag {
	return func(_ *gen, _ ast.Node, self frag, _ []*ast.Arg) frag {
		s := callFrag("json_typeof", pgText, self.s).s
		if len(kinds) == 1 {
			return frag{s: s + " = " + literal(kinds[0]), prec: precCompare, typ: pgBoolean}
		}
		return frag{s: s + " IN ('" + strings.Join(kinds, "', '") + "')", prec: precLike, typ: pgBoolean}
	}
}

func jsonIsText(text string) func(g *gen, at ast.Node, self frag, args []*ast.Arg) frag {
	return func(g *gen, _ ast.Node, self frag, _ []*ast.Arg) frag {
		return frag{s: callFrag(g.use("json_serialize"), pgText, self.s).s + " = " + literal(text), prec: precCompare, typ: pgBoolean}
	}
}
