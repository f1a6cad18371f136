package gen

import (
	"strings"

	"landfall/internal/oracle/resolve"
	"landfall/internal/oracle/syntax/ast"
)

// Methods of collections (PL/SQL Language Reference, "Collection Methods"): functions where they are values, assignments
// where they are statements.

func init() {
	for _, m := range []string{"COUNT", "FIRST", "LAST", "LIMIT", "NEXT", "PRIOR", "EXISTS"} {
		builtins["COLLECTION."+m] = collectionMethod
	}
}

func collectionMethod(g *gen, n *ast.Name, c *ast.Call) frag {
	parts := g.f.Parts(n)
	p, ok := g.namedPlace(n, len(parts)-1)
	if !ok {
		return g.refuse(n, "collection-method", "the collection of %s is not known", g.source(n))
	}
	return g.methodValue(n, p, parts[len(parts)-1], argsOf(c))
}

func argsOf(c *ast.Call) []ast.Expr {
	if c == nil {
		return nil
	}
	list := make([]ast.Expr, len(c.Args))
	for i, a := range c.Args {
		list[i] = a.X
	}
	return list
}

// methodValue is a method of the collection at a place, as a value.
func (g *gen) methodValue(at ast.Node, p place, method string, args []ast.Expr) frag {
	t := p.at(len(p.steps))
	v := g.read(p).s
	keys := g.keysOf(t)
	number := frag{typ: pgInteger, prec: precPrimary}
	need := 0
	if method == "NEXT" || method == "PRIOR" || method == "EXISTS" {
		need = 1
	}
	if len(args) != need {
		return g.refuse(at, "collection-method", "%s takes %d arguments", method, need)
	}
	if keys != resolve.ClassUnknown {
		suffix := ""
		if keys == resolve.ClassInteger {
			suffix = "_n"
		} else {
			number.typ = pgText
		}
		switch method {
		case "COUNT":
			return frag{s: g.use("aa_count") + "(" + v + ")", prec: precPrimary, typ: pgInteger, notNull: true}
		case "LIMIT":
			return atom("NULL::integer", pgInteger)
		case "EXISTS":
			return frag{s: g.use("aa_exists") + "(" + v + ", " + g.mapKey(args[0], keys) + ")", prec: precPrimary, typ: pgBoolean, notNull: true}
		case "FIRST", "LAST":
			number.s = g.use("aa_"+strings.ToLower(method)+suffix) + "(" + v + ")"
		default:
			number.s = g.use("aa_"+strings.ToLower(method)+suffix) + "(" + v + ", " + g.mapKey(args[0], keys) + ")"
		}
		return number
	}
	switch method {
	case "COUNT":
		if g.neverNull(p) {
			number.s = "cardinality(" + v + ")"
		} else {
			number.s = g.use("count") + "(" + v + ")"
		}
		number.notNull = true
	case "LIMIT":
		number.s = g.varrayLimit(t)
		if number.s == "" {
			return atom("NULL::integer", pgInteger)
		}
	case "EXISTS":
		return frag{s: g.use("exists") + "(" + v + ", " + g.subscript(args[0]) + ")", prec: precPrimary, typ: pgBoolean, notNull: true}
	case "FIRST", "LAST":
		number.s = g.use(strings.ToLower(method)) + "(" + v + ")"
	default:
		number.s = g.use(strings.ToLower(method)) + "(" + v + ", " + g.subscript(args[0]) + ")"
	}
	return number
}

// varrayLimit is the most elements that a varray can have, "" for all other collections.
func (g *gen) varrayLimit(t resolve.Type) string {
	t = t.Base()
	if d := t.Def(); d != nil {
		if plainNumber(d.Limit, false) {
			return d.Limit
		}
		return ""
	}
	if d, ok := t.Decl.(*ast.TypeDecl); ok {
		if c, ok := d.Def.(*ast.CollectionType); ok && c.Kind == ast.Varray {
			if l, ok := c.Limit.(*ast.Literal); ok {
				return g.source(l)
			}
		}
	}
	return ""
}

// neverNull reports whether a local collection is initialised where it is declared and only ever set to what is no NULL.
func (g *gen) neverNull(p place) bool {
	if p.name == nil || p.v != nil || len(p.steps) > 0 || g.body == nil {
		return false
	}
	d, ok := g.info.Base(p.name).Ref.Decl.(*ast.VarDecl)
	if !ok || !g.builds(d.Default) {
		return false
	}
	name := g.f.Last(d.Name)
	safe := true
	ast.Walk(g.root(), func(n ast.Node) bool {
		switch x := n.(type) {
		case *ast.AssignStmt:
			if t, ok := x.Target.(*ast.Name); ok && g.f.Last(t) == name && !g.builds(x.Value) {
				safe = false
			}
		case *ast.Into:
			safe = safe && (x.Bulk || !g.anyNamed(x.Targets, name))
		case *ast.Fetch:
			safe = safe && (x.Bulk || !g.anyNamed(x.Into, name))
		case *ast.ExecImmediate:
			safe = safe && (x.Bulk || !g.anyNamed(x.Into, name)) && (x.ReturningBulk || !g.anyNamed(x.Returning, name))
		case *ast.UsingArg:
			safe = safe && (!x.Out || !g.anyNamed([]ast.Expr{x.X}, name))
		case *ast.Arg:
			if t, ok := x.X.(*ast.Name); ok && g.f.Last(t) == name && g.ref(t).Kind == resolve.Variable {
				safe = false // perhaps an OUT argument
			}
		}
		return safe
	})
	return safe
}

// anyNamed reports whether one of several targets is the variable of a name.
func (g *gen) anyNamed(list []ast.Expr, name string) bool {
	for _, e := range list {
		if n, ok := e.(*ast.Name); ok && g.f.Last(n) == name {
			return true
		}
	}
	return false
}

// builds reports whether an expression is a constructor of a collection, which is never NULL.
func (g *gen) builds(e ast.Expr) bool {
	c, ok := e.(*ast.Call)
	if !ok {
		return false
	}
	n, ok := c.Fn.(*ast.Name)
	return ok && g.ref(n).Kind == resolve.TypeName
}

// methodStmt converts a statement that calls a method of a collection or object (v.EXTEND, o.set(1)); ok is false when it
// is none.
func (g *gen) methodStmt(x *ast.CallStmt) (text string, ok bool) {
	var (
		fn   = x.Call
		args []ast.Expr
		p    place
		name string
	)
	if text, ok := g.objectStmt(x); ok {
		return text, true
	}
	if c, isCall := x.Call.(*ast.Call); isCall {
		fn, args = c.Fn, argsOf(c)
	}
	if text, ok := g.unknownMethodStmt(fn, x); ok {
		return text, true
	}
	switch f := fn.(type) {
	case *ast.Name:
		ref := g.ref(f)
		if !strings.HasPrefix(ref.Builtin, "COLLECTION.") {
			return "", false
		}
		parts := g.f.Parts(f)
		name = parts[len(parts)-1]
		p, ok = g.namedPlace(f, len(parts)-1)
	case *ast.Field:
		if f.Name == nil || !strings.HasPrefix(g.ref(f.Name).Builtin, "COLLECTION.") {
			return "", false
		}
		name = g.f.Last(f.Name)
		p, ok = g.placeOf(f.X)
	default:
		return "", false
	}
	if !ok || p.value {
		g.refuse(x, "collection-method", "the collection of %s is not known", g.what(x))
		return "NULL", true
	}
	value, ok := g.changedBy(x, p, name, args)
	if !ok {
		return "NULL", true
	}
	return strings.Join(g.assignPlace(p, frag{s: value, prec: precPrimary, typ: pgArray}, ""), ";\n"+g.indent(x)), true
}

// changedBy is the collection as EXTEND, TRIM or DELETE leave it.
func (g *gen) changedBy(x ast.Node, p place, method string, args []ast.Expr) (string, bool) {
	t := p.at(len(p.steps))
	v := g.read(p).s
	keys := g.keysOf(t)
	switch {
	case method == "DELETE" && keys != resolve.ClassUnknown:
		if len(args) == 0 {
			return "'{}'", true
		}
		list := []string{v}
		for _, a := range args {
			list = append(list, g.mapKey(a, keys))
		}
		return g.use("aa_delete") + "(" + strings.Join(list, ", ") + ")", true
	case method == "DELETE" && len(args) == 0:
		if g.neverNull(p) {
			return "'{}'", true
		}
		return g.use("delete") + "(" + v + ")", true
	case (method == "EXTEND" || method == "TRIM") && keys == resolve.ClassUnknown:
		list := []string{v}
		for _, a := range args {
			list = append(list, g.subscript(a))
		}
		s := g.use(strings.ToLower(method)) + "(" + strings.Join(list, ", ") + ")"
		if limit := g.varrayLimit(t); limit != "" && method == "EXTEND" {
			s = g.use("within") + "(" + s + ", " + limit + ")"
		}
		return s, true
	case (method == "EXTEND" || method == "TRIM") && t.Keys() == resolve.ClassUnknown:
		g.report(x, "collection-method", "%s counts from the last element that is left; Oracle counts elements deleted from the end before, too", method)
		return g.changedGaps(x, t, v, method, args, keys)
	case method == "DELETE":
		g.refuse(x, "collection-method", "DELETE of single elements leaves a gap, which an array cannot have: use an associative array")
	default:
		g.refuse(x, "collection-method", "%s does not go with this collection", method)
	}
	return "", false
}

// changedGaps is changedBy for EXTEND and TRIM of a nested table that may have gaps.
func (g *gen) changedGaps(x ast.Node, t resolve.Type, v, method string, args []ast.Expr, keys resolve.TypeClass) (string, bool) {
	if method == "TRIM" {
		last := g.use("aa_last_n") + "(" + v + ")"
		first := last
		if len(args) > 0 {
			first += " - " + frag{s: g.subscript(args[0]), prec: precCast}.in(precMul) + " + 1"
		}
		return g.use("aa_delete") + "(" + v + ", " + first + ", " + last + ")", true
	}
	typ, ok := "", false
	if t.Elem != nil {
		typ, ok = g.typeText(*t.Elem, inParameter)
	}
	if !ok {
		g.refuse(x, "collection-method", "%s does not go with this collection", method)
		return "", false
	}
	n, elem := "1", "NULL::"+typ
	if len(args) > 0 {
		n = g.subscript(args[0])
	}
	if len(args) > 1 {
		elem = g.mapElement(v, g.mapKey(args[1], keys), *t.Elem).s
	}
	return g.use("aa_append") + "(" + v + ", array_fill(" + elem + ", ARRAY[" + n + "]))", true
}
