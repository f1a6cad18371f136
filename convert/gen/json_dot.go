package gen

import (
	"regexp"
	"strings"

	"landfall/internal/model"
	"landfall/internal/oracle/resolve"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

func init() { registerBuiltin(resolve.JSONDot, jsonDotName) }

// jsonDotName converts alias.column.key.key and alias.column.key.method().
func jsonDotName(g *gen, n *ast.Name, c *ast.Call) frag {
	if f, ok := g.jsonSteps(n, c); ok {
		return f
	}
	return g.refuse(whole(n, c), "json-function", "no PostgreSQL form is known for %s", g.source(n))
}

// jsonSteps converts the simple dot notation for JSON (JSON Developer's Guide 19c, "Simple Dot-Notation Access to JSON Data"): keys
// are as they are written, whatever their case; c is the call when an item method stands at the end. It is not ok where e
// is something else.
func (g *gen) jsonSteps(e ast.Expr, c *ast.Call) (frag, bool) {
	root := e
	for {
		switch x := root.(type) {
		case *ast.Index:
			root = x.X
			continue
		case *ast.Field:
			if x.Name == nil || x.Star {
				return frag{}, false
			}
			root = x.X
			continue
		}
		break
	}
	n, ok := root.(*ast.Name)
	if !ok || g.ref(n).Builtin != resolve.JSONDot {
		return frag{}, false
	}
	base := g.info.Base(n)
	keys := g.writtenParts(n)
	if base.Ref == nil || base.Parts < 1 || base.Parts >= len(keys) {
		return frag{}, false
	}
	at := ast.Node(e)
	if c != nil {
		at = c
	}
	path, ok := g.jsonPathOf(e, n, keys[base.Parts:])
	if !ok {
		return g.refuse(at, "json-function", "an array step of %s that PostgreSQL's path language has no form for", g.source(e)), true
	}
	method := ""
	if c != nil {
		last := path[len(path)-1]
		if !strings.HasPrefix(last, ".") {
			return frag{}, false
		}
		method, path = strings.ToLower(strings.Trim(last, `."`)), path[:len(path)-1]
		if len(c.Args) > 0 {
			return g.refuse(at, "json-function", "the item method %s with arguments", method), true
		}
	}
	var column []string
	for _, p := range g.f.Parts(n)[:base.Parts] {
		column = append(column, g.e.names.ident(p))
	}
	doc := frag{s: strings.Join(column, "."), prec: precPrimary, typ: g.namedValueType(base.Ref)}
	switch doc.typ {
	case pgBytea:
		doc.s = "convert_from(" + doc.s + ", 'UTF8')"
	case pgJSON:
		if method == "" {
			g.reportAs(at, "json-function", model.Low, model.Review, "%s is JSON in Oracle, text here: a string comes without its quotes", g.source(e))
		}
	}
	f := callFrag(g.use("json_dot"), pgText, doc.s, literal("$"+strings.Join(path, "")))
	switch method {
	case "", "string":
		return f, true
	case "number":
		return f.cast("numeric", pgNumeric), true
	case "double", "float":
		return f.cast("double precision", pgFloat), true
	case "date":
		return f.cast("date", pgTimestamp).cast("timestamp(0)", pgTimestamp), true
	case "timestamp":
		return f.cast("timestamp", pgTimestamp), true
	case "length":
		return callFrag("length", pgInteger, f.s), true
	case "upper", "lower":
		return callFrag(method, pgText, f.s), true
	}
	return g.refuse(at, "json-function", "the item method %s of the dot notation", method), true
}

// writtenParts are the parts of a name as they are written: JSON keeps the case of keys.
func (g *gen) writtenParts(n *ast.Name) []string {
	var keys []string
	for i := range g.f.Significant(n.Span) {
		if k := g.f.Tokens[i].Kind; k == token.Dot || k == token.Star {
			continue
		}
		s := g.f.Text(i)
		if len(s) > 1 && s[0] == '"' {
			s = s[1 : len(s)-1]
		}
		keys = append(keys, s)
	}
	return keys
}

var arrayStep = regexp.MustCompile(`^(\*|(\d+|last( *- *\d+)?)( +to +(\d+|last( *- *\d+)?))?)$`)

// jsonPathOf is the path of SQL/JSON from the keys behind the column to the end of e, a step an entry.
func (g *gen) jsonPathOf(e ast.Expr, root *ast.Name, keys []string) ([]string, bool) {
	switch x := e.(type) {
	case *ast.Name:
		var path []string
		for _, k := range keys {
			path = append(path, dotKey(k))
		}
		return path, true
	case *ast.Field:
		path, ok := g.jsonPathOf(x.X, root, keys)
		return append(path, dotKey(g.writtenParts(x.Name)[0])), ok
	case *ast.Index:
		path, ok := g.jsonPathOf(x.X, root, keys)
		var dims []string
		for _, d := range x.Dims {
			s := strings.ToLower(strings.TrimSpace(g.source(d)))
			if !arrayStep.MatchString(s) {
				return path, false
			}
			dims = append(dims, s)
		}
		return append(path, "["+strings.Join(dims, ", ")+"]"), ok
	}
	return nil, false
}

var plainKey = regexp.MustCompile(`^[A-Za-z_][A-Za-z_0-9]*$`)

func dotKey(k string) string {
	if plainKey.MatchString(k) {
		return "." + k
	}
	return `."` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(k) + `"`
}
