package gen

import (
	"strings"

	"landfall/internal/oracle/resolve"
	"landfall/internal/oracle/syntax/ast"
)

// element converts t(i), the element of a collection.
func (g *gen) element(c *ast.Call, n *ast.Name, ref *resolve.Ref) frag {
	if p, ok := g.placeOf(c); ok {
		if t := ref.Type; t.Class == resolve.ClassUnknown {
			g.report(c, "collection-type", "the type of %s is not in the source; it is taken for an array", g.source(n))
		}
		return g.read(p)
	}
	return g.refuse(c, "collection-type", "no PostgreSQL form is known for %s", g.what(c))
}

// chain converts f(1)(2).x and the like.
func (g *gen) chain(c *ast.Call) frag {
	if f, ok := c.Fn.(*ast.Field); ok && f.Name != nil {
		if x, ok := g.xmlMethodOf(f, c); ok {
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

// methodCall converts a method of an object that is called behind a call or element.
func (g *gen) methodCall(c *ast.Call, f *ast.Field, _ *resolve.Ref) frag {
	return g.refuse(f, "object-type", "the method call %s is not converted", g.what(f))
}

func (g *gen) newExpr(x *ast.New) frag {
	if n, ok := x.Call.(*ast.Name); ok {
		return g.construct(x, g.ref(n).Type, nil)
	}
	return g.expr(x.Call)
}

// constructor converts a call of a type's constructor.
func (g *gen) constructor(c *ast.Call, _ *ast.Name, ref *resolve.Ref) frag {
	return g.construct(c, ref.Type, c.Args)
}

// construct is a value of a type made of its parts.
func (g *gen) construct(at ast.Expr, t resolve.Type, args []*ast.Arg) frag {
	t = t.Base()
	switch t.Class {
	case resolve.ClassCollection:
		if g.keysOf(t) != resolve.ClassUnknown {
			return g.constructMap(at, t, args)
		}
		return g.constructArray(at, t, args)
	case resolve.ClassRecord, resolve.ClassObject:
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
	f := g.assigned(e, t)
	switch t.Class {
	case resolve.ClassRecord, resolve.ClassObject, resolve.ClassCollection:
		if typ, ok := g.typeText(t, inParameter); ok && !strings.HasSuffix(f.s, "::"+typ) {
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
		list = append(list, g.keyText(keys[0], g.keysOf(t)), g.typed(g.assigned(a.X, elem), elem))
	}
	if len(list) == 0 {
		return frag{s: "'{}'::jsonb", prec: precCast, typ: pgJSON, notNull: true}
	}
	return frag{s: "jsonb_build_object(" + strings.Join(list, ", ") + ")", prec: precPrimary, typ: pgJSON, notNull: true}
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
		values[k] = g.assigned(a.X, fields[k].Type).s
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
