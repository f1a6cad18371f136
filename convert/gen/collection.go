package gen

import (
	"strings"

	"landfall/internal/model"
	"landfall/internal/oracle/resolve"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/postgres/quote"
)

// element converts t(i), the element of a collection.
func (g *gen) element(c *ast.Call, n *ast.Name, ref *resolve.Ref) frag {
	if p, ok := g.placeOf(c); ok {
		if t := *ref.TypeOf(); t.Class == resolve.ClassUnknown {
			g.report(c, "collection-type", "the type of %s is not in the source; it is taken for an array", g.source(n))
		}
		return g.read(p)
	}
	return g.refuse(c, "collection-type", "no PostgreSQL form is known for %s", g.what(c))
}

// chain converts f(1)(2).x and the like.
func (g *gen) chain(c *ast.Call) frag {
	if f, ok := c.Fn.(*ast.Field); ok && f.Name != nil {
		if x, ok := g.jsonSteps(f, c); ok {
			return x
		}
		if x, ok := g.xmlMethodOf(f, c); ok {
			return x
		}
		if x, ok := g.anydataIn(f, c); ok {
			return x
		}
		if x, ok := g.jsonIn(f, c); ok {
			return x
		}
		ref := g.ref(f.Name)
		if m := strings.TrimPrefix(ref.Builtin, "COLLECTION."); m != ref.Builtin {
			if p, ok := g.collectionOf(f.X); ok {
				return g.methodValue(c, p, m, argsOf(c))
			}
		}
		if ref.Kind == resolve.Routine {
			return g.methodCall(c, f, ref)
		}
	}
	if p, ok := g.placeOf(c); ok {
		return g.read(p)
	}
	return g.refuse(c, "not-converted", "no PostgreSQL form is known for %s", g.what(c))
}

// collectionOf is the place or value that a method is called of.
func (g *gen) collectionOf(e ast.Expr) (place, bool) {
	if p, ok := g.placeOf(e); ok {
		return p, true
	}
	return g.valuePlace(e)
}

// fieldValue converts x.name where x is no plain name.
func (g *gen) fieldValue(x *ast.Field) frag {
	if f, ok := g.bulkAttr(x); ok {
		return f
	}
	if x.Name != nil {
		if f, ok := g.jsonSteps(x, nil); ok {
			return f
		}
		if f, ok := g.anydataIn(x, nil); ok {
			return f
		}
		if f, ok := g.jsonIn(x, nil); ok {
			return f
		}
		ref := g.ref(x.Name)
		if m := strings.TrimPrefix(ref.Builtin, "COLLECTION."); m != ref.Builtin {
			if p, ok := g.collectionOf(x.X); ok {
				return g.methodValue(x, p, m, nil)
			}
		}
		if ref.Kind == resolve.Routine {
			return g.methodCall(nil, x, ref)
		}
	}
	if p, ok := g.placeOf(x); ok {
		return g.read(p)
	}
	return g.refuse(x, "not-converted", "no PostgreSQL form is known for %s", g.what(x))
}

func (g *gen) newExpr(x *ast.New) frag {
	if n, ok := x.Call.(*ast.Name); ok {
		return g.construct(x, *g.ref(n).TypeOf(), nil)
	}
	return g.expr(x.Call)
}

// constructor converts a call of a type's constructor.
func (g *gen) constructor(c *ast.Call, _ *ast.Name, ref *resolve.Ref) frag {
	if f, ok := g.userConstructor(c, *ref.TypeOf()); ok {
		return f
	}
	return g.construct(c, *ref.TypeOf(), c.Args)
}

// userConstructor converts a call of a constructor that the type declares itself. One that has the attributes as
// parameters stands in place of the system's (Object-Relational Developer's Guide, "Constructor Methods").
func (g *gen) userConstructor(c *ast.Call, t resolve.Type) (frag, bool) {
	facts := g.objectFacts(t)
	if facts == nil || facts.object.Type == nil {
		return frag{}, false
	}
	fields, open := t.Fields()
	var best *model.Routine
	for _, m := range facts.object.Type.Methods {
		if m.Method != "CONSTRUCTOR" {
			continue
		}
		params := m.Params
		if len(params) > 0 && params[0].Name == "SELF" {
			params = params[1:]
		}
		if !g.argsFit(c, params) {
			continue
		}
		if best == nil || g.closer(c, params, best) {
			best = m
		}
	}
	if best == nil {
		return frag{}, false
	}
	if !open && len(c.Args) == len(fields) && len(fields) > 0 && !g.sameFields(best, fields) && g.fieldsFit(c, fields) {
		return frag{}, false // the attribute values: the system's constructor
	}
	ref := resolve.Ref{Kind: resolve.Routine, Object: facts.object, Routine: best}.WithType(t)
	to := g.callee(ref)
	if to.hasOut() {
		return g.refuse(c, "object-type", "the constructor %s sets its arguments", g.what(c)), true
	}
	list := make([]string, len(c.Args))
	for i, a := range c.Args {
		p := to.param(g.f, i, a)
		list[i] = g.inArg(a.X, p)
		if p != nil && strings.HasPrefix(list[i], "'") && strings.HasSuffix(list[i], "'") {
			if typ, ok := g.paramType(p); ok { // a constant fits any overload
				list[i] += "::" + typ
			}
		}
		if a.Name != nil {
			list[i] = g.localName(g.f.Last(a.Name)) + " => " + list[i]
		}
	}
	name := quote.Qualified(g.e.names.schema(facts.object.Schema), g.e.methodTarget(facts, best, ""))
	args := ""
	if len(list) > 0 {
		args = g.listed(c, c.Args, list)
	}
	return frag{s: name + "(" + args + ")", prec: precPrimary, typ: pgComposite, notNull: true}, true
}

// argsFit reports whether the arguments of a call fit parameters by number and name.
func (g *gen) argsFit(c *ast.Call, params []model.Param) bool {
	if len(c.Args) > len(params) {
		return false
	}
	given := map[string]bool{}
	for i, a := range c.Args {
		name := params[i].Name
		if a.Name != nil {
			name = g.f.Last(a.Name)
		}
		given[name] = true
	}
	n := 0
	for _, p := range params {
		if given[p.Name] {
			n++
		} else if p.Default == "" {
			return false
		}
	}
	return n == len(c.Args)
}

// closer reports whether the types of the arguments are nearer to parameters than to those of another constructor.
func (g *gen) closer(c *ast.Call, params []model.Param, than *model.Routine) bool {
	other := than.Params
	if len(other) > 0 && other[0].Name == "SELF" {
		other = other[1:]
	}
	return g.agree(c, params) > g.agree(c, other)
}

func (g *gen) agree(c *ast.Call, params []model.Param) int {
	n := 0
	for i, a := range c.Args {
		if a.Name != nil || i >= len(params) {
			continue
		}
		t := g.info.Type(a.X)
		p := params[i].Type
		switch {
		case t.Class == resolve.ClassUnknown || t.Class == resolve.ClassNull:
		case p.Name == t.Ref.Name:
			n += 3
		case resolve.ClassOf(p.Name) == t.Class && t.Class < resolve.ClassObject:
			n += 2
		case p.User != t.Ref.User:
			n -= 2
		}
	}
	return n
}

func (g *gen) sameFields(m *model.Routine, fields []resolve.Field) bool {
	params := m.Params
	if len(params) > 0 && params[0].Name == "SELF" {
		params = params[1:]
	}
	if len(params) != len(fields) {
		return false
	}
	for i := range params {
		if params[i].Name != fields[i].Name {
			return false
		}
	}
	return true
}

// fieldsFit reports whether the arguments can be the attributes by their types.
func (g *gen) fieldsFit(c *ast.Call, fields []resolve.Field) bool {
	for i, a := range c.Args {
		if a.Name != nil {
			return false
		}
		t, f := g.info.Type(a.X), fields[i].Type
		if (t.Class >= resolve.ClassObject) != (f.Class >= resolve.ClassObject) && t.Class != resolve.ClassNull && t.Class != resolve.ClassUnknown && f.Class != resolve.ClassUnknown {
			return false
		}
	}
	return true
}

// construct is a value of a type made of its parts.
func (g *gen) construct(at ast.Expr, t resolve.Type, args []*ast.Arg) frag {
	t = t.Base()
	if typ := jsonType(t); typ != "" {
		return g.jsonNew(at, typ, args)
	}
	switch t.Class {
	case resolve.ClassCollection:
		if g.keysOf(t) != resolve.ClassUnknown {
			if t.Keys() == resolve.ClassUnknown {
				return g.constructSparse(at, t, args)
			}
			return g.constructMap(at, t, args)
		}
		return g.constructArray(at, t, args)
	case resolve.ClassRecord, resolve.ClassObject:
		if facts := g.objectFacts(t); facts.family() {
			return g.constructJSON(at, facts, t, args)
		}
		return g.constructRecord(at, t, args)
	}
	return g.refuse(at, "object-type", "the type of the constructor %s is not in the source", g.what(at))
}

// constructArray is a nested table or varray: t(a, b), in 18c also t(1 => a, 2 => b) with the subscripts in order.
func (g *gen) constructArray(at ast.Expr, t resolve.Type, args []*ast.Arg) frag {
	typ, ok := g.typeText(t, inParameter)
	if !ok {
		return g.refuse(at, "collection-type", "the type of %s is not in the source", g.what(at))
	}
	if len(args) == 0 {
		return frag{s: "'{}'::" + typ, prec: precCast, typ: pgArray, notNull: true}
	}
	elem := resolve.Type{}
	if t.Elem != nil {
		elem = *t.Elem
	}
	subs := make([]string, len(args))
	for i, a := range args {
		if len(a.Keys) > 0 {
			l, ok := a.Keys[0].(*ast.Literal)
			if !ok || len(a.Keys) > 1 || g.source(l) != itoa(i+1) {
				return g.refuse(a, "collection-type", "the elements are not given one by one from 1 on")
			}
		}
		subs[i] = g.elementValue(a.X, elem)
	}
	return frag{s: "ARRAY[" + g.listed(at, args, subs) + "]::" + typ, prec: precCast, typ: pgArray, notNull: true}
}

// elementValue is a value as an element of an array: composite values and arrays need their type with them.
func (g *gen) elementValue(e ast.Expr, t resolve.Type) string {
	f := g.fitted(e, g.assigned(e, t), t, true)
	switch t.Class {
	case resolve.ClassRecord, resolve.ClassObject, resolve.ClassCollection:
		typ, ok := g.typeText(t, inParameter)
		if d, local := t.Base().Decl.(*ast.TypeDecl); local && t.Class == resolve.ClassCollection && g.keysOf(t) == resolve.ClassUnknown {
			if typ, ok = g.localDomain(d, t.Base()); ok { // an array of arrays would be a matrix
				return f.cast(typ, f.typ).s
			}
		}
		if ok && !strings.HasSuffix(f.s, "::"+typ) {
			if _, name := e.(*ast.Name); !name || f.typ == pgNull {
				return f.cast(typ, f.typ).s
			}
		}
	}
	return f.s
}

// listed are the values of a call's arguments with the layout that the call has.
func (g *gen) listed(at ast.Expr, args []*ast.Arg, values []string) string {
	if len(args) == 0 {
		return ""
	}
	subs := make([]sub, len(args))
	for i, a := range args {
		subs[i] = put(a, values[i])
	}
	return g.spliceRange(args[0].Lo, args[len(args)-1].Hi, subs...)
}

// constructMap is an associative array: t('a' => 1, 'b' => 2) of 18c, or empty.
func (g *gen) constructMap(at ast.Expr, t resolve.Type, args []*ast.Arg) frag {
	var list []string
	elem := resolve.Type{}
	if t.Elem != nil {
		elem = *t.Elem
	}
	for _, a := range args {
		keys := a.Keys
		if a.Name != nil {
			keys = []ast.Expr{a.Name}
		}
		if len(keys) != 1 {
			return g.refuse(a, "associative-array", "no PostgreSQL form is known for this element of %s", g.what(at))
		}
		list = append(list, g.keyText(keys[0], g.keysOf(t)), g.typed(g.fitted(a.X, g.assigned(a.X, elem), elem, true), elem))
	}
	if len(list) == 0 {
		return frag{s: "'{}'::jsonb", prec: precCast, typ: pgJSON, notNull: true}
	}
	return frag{s: "jsonb_build_object(" + strings.Join(list, ", ") + ")", prec: precPrimary, typ: pgJSON, notNull: true}
}

// constructSparse is a nested table that may have gaps: its elements under their subscripts.
func (g *gen) constructSparse(at ast.Expr, t resolve.Type, args []*ast.Arg) frag {
	if len(args) == 0 {
		return frag{s: "'{}'::jsonb", prec: precCast, typ: pgJSON, notNull: true}
	}
	if t.Elem == nil {
		return g.refuse(at, "collection-type", "the type of %s is not in the source", g.what(at))
	}
	typ, ok := g.typeText(*t.Elem, inParameter)
	if !ok {
		return g.refuse(at, "collection-type", "the type of %s is not in the source", g.what(at))
	}
	values := make([]string, len(args))
	for i, a := range args {
		if len(a.Keys) > 0 {
			return g.refuse(a, "collection-type", "the elements are not given one by one")
		}
		values[i] = g.elementValue(a.X, *t.Elem)
	}
	f := callFrag(g.use("aa_from_array"), pgJSON, "ARRAY["+g.listed(at, args, values)+"]::"+typ+"[]")
	f.notNull = true
	return f
}

// constructRecord is a record or object made of its fields, by position or name.
func (g *gen) constructRecord(at ast.Expr, t resolve.Type, args []*ast.Arg) frag {
	typ, ok := g.typeText(t, inParameter)
	fields, open := t.Fields()
	if !ok || open && len(args) > len(fields) {
		return g.refuse(at, "object-type", "the type of %s is not in the source", g.what(at))
	}
	values := make([]string, len(fields))
	for i, a := range args {
		k := i
		name := a.Name
		if name == nil && len(a.Keys) == 1 {
			name, _ = a.Keys[0].(*ast.Name)
		}
		if name != nil {
			k = -1
			for j, f := range fields {
				if f.Name == g.f.Last(name) {
					k = j
				}
			}
		}
		if k < 0 || k >= len(fields) || len(a.Keys) > 1 || len(a.Keys) == 1 && name == nil {
			return g.refuse(at, "object-type", "the fields of %s do not fit its type", g.what(at))
		}
		values[k] = g.fitted(a.X, g.assigned(a.X, fields[k].Type), fields[k].Type, true).s
	}
	inOrder := len(args) == len(fields)
	for i, a := range args {
		inOrder = inOrder && a.Name == nil && len(a.Keys) == 0
		_ = i
	}
	if inOrder && len(args) > 0 {
		return frag{s: "ROW(" + g.listed(at, args, values) + ")::" + typ, prec: precCast, typ: pgComposite, notNull: true}
	}
	for i := range values {
		if values[i] == "" {
			values[i] = "NULL"
		}
	}
	return frag{s: "ROW(" + strings.Join(values, ", ") + ")::" + typ, prec: precCast, typ: pgComposite, notNull: true}
}
