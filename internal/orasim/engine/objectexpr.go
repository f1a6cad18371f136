package engine

import (
	"errors"

	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
	"landfall/internal/oracle/syntax/typeref"
	"landfall/internal/orasim/ora"
	"landfall/internal/orasim/session"
)

// Values of object types and collections in SQL (Object-Relational Developer's Guide 19c, chapters 1, 2 and 5): constructors,
// attributes, TREAT, IS OF, VALUE, TABLE. Comparing them, methods, REFs, and constructors that a type declares itself are ORA-03001.

// construct is t(a, b): the constructor that every type has, of its attributes in their order or of a collection's elements. ok is false
// where the name means no type.
func (c *compiler) construct(n *ast.Call, names []string) (x expr, ok bool, err error) {
	u := c.s.udtNamed(c.schema, names)
	if u == nil {
		return expr{}, false, nil
	}
	if wrong := u.elem == nil && (u.never || len(n.Args) != len(u.attrs)) || u.elem != nil && u.limit > 0 && len(n.Args) > u.limit; wrong && c.inPLSQL() {
		return expr{}, true, c.unsupported(n, "constructor") // which PLS- line it is was not found out
	}
	var to []typ
	switch {
	case u.elem != nil:
		if u.limit > 0 && len(n.Args) > u.limit {
			return expr{}, true, c.fail(n, 22909)
		}
		for range n.Args {
			to = append(to, *u.elem)
		}
	default:
		for _, k := range u.ctors {
			if len(n.Args) >= k[0] && len(n.Args) <= k[1] {
				return expr{}, true, c.unsupported(n, "a constructor in PL/SQL")
			}
		}
		if u.never {
			return expr{}, true, c.fail(n, 22826)
		}
		if len(n.Args) != len(u.attrs) {
			return expr{}, true, c.fail(n, 2315)
		}
		for _, a := range u.attrs {
			to = append(to, a.typ)
		}
	}
	vals := make([]expr, len(n.Args))
	constant := true
	for i, a := range n.Args {
		if a.Name != nil || a.Extra != nil || len(a.Keys) > 0 {
			return expr{}, true, c.unsupported(n, "call")
		}
		v, err := c.expr(a.X)
		if err == nil {
			vals[i], err = c.partValue(a.X, v, to[i])
		}
		if err != nil {
			return expr{}, true, err
		}
		constant = constant && v.constant
	}
	r := computed(u.typ(), func(e *env) ([]byte, error) {
		list := make([][]byte, len(vals))
		for i := range vals {
			v, err := vals[i].eval(e)
			if ora.Code(err) == 22814 && c.inPLSQL() {
				err = ora.Unsupported("a value that is too long for an attribute or element, in PL/SQL")
			}
			if err != nil {
				return nil, err
			}
			list[i] = v
		}
		if u.elem != nil {
			return session.AppendParts(nil, list), nil
		}
		return u.image(list), nil
	})
	r.constant = constant
	return r, true, nil
}

// partValue converts a value to the type of an attribute or element.
func (c *compiler) partValue(n ast.Node, x expr, to typ) (expr, error) {
	if x.null || x.typ.kind == kNull {
		return fixed(to, nil), nil
	}
	if to.kind == kOther {
		return c.object(n, x, to)
	}
	if to.kind == kXML || to.kind == kLong || to.kind == kLongRaw {
		return expr{}, c.unsupported(n, "an attribute of type "+to.String())
	}
	if to.kind.text() || to.kind == kClob {
		x = c.inForm(x, to.national)
	}
	y, err := c.convert(n, x, to.kind)
	if err != nil {
		return expr{}, err
	}
	conv := fit(to, false, c.set())
	return computed(to, unaryFunc(y, func(_ *env, v []byte) ([]byte, error) {
		r, err := conv(v)
		var long *tooLong
		if errors.As(err, &long) {
			return nil, ora.New(22814)
		}
		return r, err
	})), nil
}

// object lets a value into a place of an object type or collection: of the same type, or of one under it.
func (c *compiler) object(n ast.Node, x expr, to typ) (expr, error) {
	if x.null || x.typ.kind == kNull {
		return fixed(to, nil), nil
	}
	place := c.s.udt(to)
	if place == nil {
		return expr{}, c.unsupported(n, "a value of type "+to.String())
	}
	u := c.s.udt(x.typ)
	switch {
	case u == nil && x.typ.kind == kOther:
		return expr{}, c.unsupported(n, "a value of type "+x.typ.String())
	case u == nil:
		return expr{}, c.fail(n, 932, place.titled(), x.typ.kind)
	case !place.takes(u):
		return expr{}, c.fail(n, 932, place.titled(), u.titled())
	}
	y := computed(to, x.eval)
	y.constant = x.constant
	return y, nil
}

// sameObject refuses to bring two types of objects together.
func (c *compiler) sameObject(n ast.Node, a, b typ) error {
	if a.kind == kOther && b.kind == kOther && (a.name != b.name || a.schema != b.schema || a.ref != b.ref) {
		return c.unsupported(n, "objects of several types")
	}
	return nil
}

// attributeOf is an attribute of an object.
func (c *compiler) attributeOf(n ast.Node, x expr, name string) (expr, error) {
	u := c.s.udt(x.typ)
	if u == nil || u.elem != nil {
		return expr{}, c.unsupported(n, "attribute of an object")
	}
	i := u.attribute(name)
	if i < 0 {
		if u.methods[name] {
			return expr{}, c.unsupported(n, "method of an object")
		}
		return expr{}, c.invalid(n, []string{name})
	}
	return computed(u.attrs[i].typ, unaryFunc(x, func(_ *env, v []byte) ([]byte, error) {
		_, attrs, err := objectParts(v)
		if err != nil {
			return nil, err
		}
		if i >= len(attrs) {
			return nil, ora.Unsupported("an object older than its type's last change")
		}
		return attrs[i], nil
	})), nil
}

// attributeName is a.col.attr: a path through an object column. The alias must be there, and be one: the name of a table is not
// enough (Object-Relational Developer's Guide, "When Table Aliases Are Required"). ok is false where the name is no such path.
func (c *compiler) attributeName(n *ast.Name, parts []string) (x expr, ok bool, err error) {
	for k := len(parts) - 1; k >= 1; k-- {
		hit, err := c.column(n, parts[:k])
		if err != nil {
			return expr{}, false, err
		}
		if hit == nil || hit.col.typ.kind != kOther {
			continue
		}
		if k == 1 || hit.src.bare {
			return expr{}, true, c.invalid(n, parts)
		}
		x, err := c.columnExpr(n, hit)
		for _, name := range parts[k:] {
			if err != nil {
				break
			}
			x, err = c.attributeOf(n, x, name)
		}
		return x, true, err
	}
	return expr{}, false, nil
}

// fieldExpr is an attribute of an expression: TREAT(t.o AS s).a, VALUE(t).a.
func (c *compiler) fieldExpr(n *ast.Field) (expr, error) {
	if n.Star || n.Name == nil {
		return expr{}, c.unsupported(n, "expression")
	}
	x, err := c.expr(n.X)
	for _, name := range c.f.Parts(n.Name) {
		if err != nil {
			break
		}
		x, err = c.attributeOf(n, x, name)
	}
	return x, err
}

// typeNamed is the object type or collection that a data type of SQL means; nil where it means none.
func (c *compiler) typeNamed(t *ast.DataType) *udt {
	ref := typeref.Of(c.f, t)
	if ref.Ref {
		return nil
	}
	names := []string{ref.Name}
	if ref.Schema != "" {
		names = []string{ref.Schema, ref.Name}
	}
	return c.s.udtNamed(c.schema, names)
}

// treat is TREAT(x AS type): x where it is of that type, else NULL.
func (c *compiler) treat(n *ast.Cast) (expr, error) {
	if n.Ref || n.Multiset != nil || n.Default != nil || len(n.Format) > 0 {
		return expr{}, c.unsupported(n, "TREAT")
	}
	x, err := c.expr(n.X)
	if err != nil {
		return expr{}, err
	}
	to, of := c.typeNamed(n.Type), c.s.udt(x.typ)
	if to == nil || of == nil || to.elem != nil || of.elem != nil || !to.takes(of) && !of.takes(to) {
		return expr{}, c.unsupported(n, "TREAT")
	}
	has := c.instanceOf(to, false)
	return computed(to.typ(), unaryFunc(x, func(_ *env, v []byte) ([]byte, error) {
		ok, err := has(v)
		if !ok || err != nil {
			return nil, err
		}
		return v, nil
	})), nil
}

// instanceOf tells whether an object is of a type, or, unless only that counts, of one under it.
func (c *compiler) instanceOf(to *udt, only bool) func(v []byte) (bool, error) {
	known := map[objectName]bool{}
	return func(v []byte) (bool, error) {
		name, _, err := objectParts(v)
		if err != nil || only {
			return name == to.object.objectName, err
		}
		is, ok := known[name]
		if !ok {
			is = to.takes(c.s.udtOf(c.s.db.lookup(name.owner, []string{name.owner, name.name})))
			known[name] = is
		}
		return is, nil
	}
}

// isOf is x IS OF [TYPE] ([ONLY] type, ...).
func (c *compiler) isOf(n *ast.Is, x expr) (cond, error) {
	if u := c.s.udt(x.typ); u == nil || u.elem != nil {
		return nil, c.unsupported(n, "condition")
	}
	var tests []func(v []byte) (bool, error)
	for _, t := range n.Types {
		u := c.typeNamed(t)
		if u == nil || u.elem != nil {
			return nil, c.unsupported(n, "condition")
		}
		lo := t.Range().Lo
		tests = append(tests, c.instanceOf(u, lo > 0 && c.f.Tokens[lo-1].Is(token.ONLY)))
	}
	return func(e *env) (tri, error) {
		v, err := x.eval(e)
		if v == nil || err != nil {
			return unknown, err
		}
		for _, test := range tests {
			if ok, err := test(v); ok || err != nil {
				return yes, err
			}
		}
		return no, nil
	}, nil
}

// elementValue is VALUE(e) of an element of a collection in FROM.
func (c *compiler) elementValue(n *ast.Call) (expr, error) {
	if len(n.Args) != 1 {
		return expr{}, c.fail(n, 909)
	}
	name, ok := n.Args[0].X.(*ast.Name)
	if !ok || c.f.NumParts(name) != 1 {
		return expr{}, c.unsupported(n, "call")
	}
	depth := 0
	for s := c.scope; s != nil; s = s.parent {
		if x := s.source(c.f.Parts(name)); x != nil {
			if x.whole == nil {
				return expr{}, c.unsupported(n, "call")
			}
			return c.columnExpr(n, &found{depth: depth, scope: s, src: x, col: x.whole})
		}
		depth++
	}
	return expr{}, c.invalid(name, c.f.Parts(name))
}
