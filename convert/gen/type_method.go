package gen

import (
	"strings"

	"landfall/internal/model"
	"landfall/internal/oracle/resolve"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
	"landfall/internal/postgres/quote"
)

// methodTarget is the PostgreSQL name, unquoted, of a method. Member methods have their own name, since the object that
// comes first tells them apart; static ones and constructors are type$method and type$type.
func (e *Estate) methodTarget(t *typeFacts, m *model.Routine, name string) string {
	if m != nil {
		switch m.Method {
		case "STATIC":
			if s := t.names()[m]; s != "" {
				return s
			}
			return short(e.names.fold(t.object.Name) + "$" + e.names.fold(name))
		case "CONSTRUCTOR":
			if s := t.names()[m]; s != "" {
				return s
			}
			name = e.names.fold(t.object.Name)
			return short(name + "$" + name)
		default:
			if s := t.names()[m]; s != "" {
				return s
			}
		}
	}
	return e.names.fold(name)
}

// names are the names of the overloads of a type that PostgreSQL cannot tell from an earlier one of their name.
func (t *typeFacts) names() map[*model.Routine]string {
	t.naming.Do(func() {
		t.named = map[*model.Routine]string{}
		if t.object.Type == nil || t.spec.unit == nil {
			return
		}
		taken := overloads{}
		f := t.spec.unit.Source.Parsed
		var g *gen
		for _, m := range t.object.Type.Methods {
			if m.Overload == 0 {
				continue
			}
			sh := shape{}
			for _, d := range t.spec.decls {
				if x, ok := d.(*ast.Method); ok && f.Pos(x) == m.Pos {
					if g == nil {
						g = t.e.scratch(t.spec.unit, t.spec.resolved(t.e))
					}
					r := *x.Routine
					r.Params = withoutSelf(f, r.Params)
					sh = g.shape(&r)
				}
			}
			name := t.e.names.fold(m.Name)
			switch m.Method {
			case "CONSTRUCTOR":
				name += "$" + name
			case "STATIC":
				name = t.e.names.fold(t.object.Name) + "$" + name
			}
			if s := taken.name(name, sh); s != short(name) {
				t.named[m] = s
			}
		}
	})
	return t.named
}

// routineOf is the catalog's record of a method declared in the type's specification.
func (t *typeFacts) routineOf(m *ast.Method) *model.Routine {
	if m == nil || t.spec.unit == nil || t.object.Type == nil {
		return nil
	}
	pos := t.spec.unit.Source.Parsed.Pos(m)
	for _, r := range t.object.Type.Methods {
		if r.Pos == pos {
			return r
		}
	}
	return nil
}

// isMember reports whether a routine is called of an object.
func isMember(ref *resolve.Ref) bool {
	if ref.Kind != resolve.Routine || ref.Routine == nil || ref.Object == nil || ref.Object.Type == nil {
		return false
	}
	switch ref.Routine.Method {
	case "MEMBER", "MAP", "ORDER":
		return true
	}
	return false
}

// changesSelf reports whether a member method may change its object.
func changesSelf(m *model.Routine) bool {
	if len(m.Params) > 0 && m.Params[0].Name == "SELF" {
		return m.Params[0].Mode != "IN" && m.Params[0].Mode != ""
	}
	return !m.Function
}

// methodName is the qualified PostgreSQL name of a method.
func (g *gen) methodName(n *ast.Name, ref *resolve.Ref) string {
	if s := g.moreNames[n]; s != "" {
		return s
	}
	o := ref.Object
	t := g.e.types[o]
	if t == nil {
		return quote.Qualified(g.e.names.schema(o.Schema), g.e.names.fold(g.f.Last(n)))
	}
	return quote.Qualified(g.e.names.schema(o.Schema), g.e.methodTarget(t, ref.Routine, g.f.Last(n)))
}

// methodArgs are the arguments that a method takes besides those of the source: the object.
func (g *gen) methodArgs(n *ast.Name, _ *ast.Call) (before, behind []extraArg) {
	ref := g.ref(n)
	if !isMember(ref) {
		return nil, nil
	}
	parts := g.f.Parts(n)
	if len(parts) == 1 {
		p := place{root: atom("self", pgComposite)}
		if g.member != nil && g.member.typ != nil {
			p.typ = g.selfType()
		}
		return []extraArg{g.objectArg(p, ref)}, nil
	}
	p, ok := g.namedPlace(n, len(parts)-1)
	if !ok {
		return []extraArg{{text: g.refuse(n, "object-type", "the object that %s is called of is not known", g.source(n)).s}}, nil
	}
	return []extraArg{g.objectArg(p, ref)}, nil
}

// selfType is the type of self.
func (g *gen) selfType() resolve.Type {
	switch x := g.unit.Stmt.(type) {
	case *ast.CreateTypeBody:
		return *g.ref(x.Name).TypeOf()
	case *ast.CreateType:
		return *g.ref(x.Name).TypeOf()
	}
	return resolve.Type{}
}

// objectArg is the object at a place as argument of a method: as the type that declares the method, and, where the method
// may change it, in a variable.
func (g *gen) objectArg(p place, ref *resolve.Ref) extraArg {
	t := p.at(len(p.steps))
	typ := g.e.names.object(ref.Object)
	v := g.read(p)
	other := g.jsonObject(t) && t.Object != ref.Object
	if !changesSelf(ref.Routine) {
		if other {
			v = v.cast(typ, pgComposite)
		}
		return extraArg{text: v.s, typ: typ}
	}
	if len(p.steps) == 0 && p.v == nil && !p.value && !other {
		return extraArg{text: v.s, out: true, name: "self", record: !g.e.types[ref.Object].family()}
	}
	if g.body == nil || g.inSQL() {
		return extraArg{text: g.refuse(p.name, "object-type", "a method that changes its object stands in SQL").s}
	}
	tmp := g.temp(typ)
	g.body.before = append(g.body.before, tmp+" := "+v.s)
	a := extraArg{text: tmp, out: true, name: "self", record: !g.e.types[ref.Object].family()}
	if !p.value {
		a.after = g.assignPlace(p, frag{s: tmp, prec: precPrimary, typ: pgComposite}, "")
	}
	return a
}

// methodCall converts a method that is called behind a call or element: a.b(1).c(2). c is nil without parentheses.
func (g *gen) methodCall(c *ast.Call, f *ast.Field, ref *resolve.Ref) frag {
	if !isMember(ref) {
		return g.refuse(f, "object-type", "no PostgreSQL form is known for %s", g.what(f))
	}
	if changesSelf(ref.Routine) || g.outParams(ref) {
		obj := f.X
		if as, ok := obj.(*ast.AsType); ok {
			if g.moreNames == nil {
				g.moreNames = map[*ast.Name]string{}
			}
			g.moreNames[f.Name], obj = g.superMethod(as, f, ref), as.X
		}
		p, ok := g.collectionOf(obj)
		if !ok {
			return g.refuse(f, "object-type", "the object that %s is called of is not known", g.what(f))
		}
		var at ast.Node = f
		if c != nil {
			at = c
		}
		return g.compositeCall(f.Name, c, at, ref, g.callee(ref), []extraArg{g.objectArg(p, ref)}, nil)
	}
	args := g.methodCallArgs(c, f, ref)
	name := g.methodName(f.Name, ref)
	if x, ok := f.X.(*ast.AsType); ok {
		name = g.superMethod(x, f, ref)
	}
	return callFrag(name, typeOf(*ref.TypeOf()), args...)
}

func (g *gen) outParams(ref *resolve.Ref) bool {
	to := g.callee(ref)
	return to.hasOut()
}

// methodCallArgs are the object and the arguments of a method call.
func (g *gen) methodCallArgs(c *ast.Call, f *ast.Field, ref *resolve.Ref) []string {
	typ := g.e.names.object(ref.Object)
	var args []string
	x := f.X
	if as, ok := x.(*ast.AsType); ok {
		x = as.X
	}
	v := g.expr(x)
	if t := g.info.Type(x); g.jsonObject(t) && t.Object != ref.Object {
		v = v.cast(typ, pgComposite)
	}
	args = append(args, v.s)
	to := g.callee(ref)
	return append(args, g.userArgs(c, &to, g.inArg)...)
}

// superMethod is the method of a supertype itself, without regard to what subtypes have in its place: (self AS t).m().
func (g *gen) superMethod(_ *ast.AsType, f *ast.Field, ref *resolve.Ref) string {
	t := g.e.types[ref.Object]
	name := g.e.methodTarget(t, ref.Routine, g.f.Last(f.Name))
	if t.dispatches(ref.Routine) {
		name = short(name + "$")
	}
	return quote.Qualified(g.e.names.schema(ref.Object.Schema), name)
}

// dispatches reports whether subtypes override a method of the type.
func (t *typeFacts) dispatches(r *model.Routine) bool {
	if t == nil || t.spec.unit == nil || r == nil {
		return false
	}
	f := t.spec.unit.Source.Parsed
	for _, d := range t.spec.decls {
		if m, ok := d.(*ast.Method); ok && f.Pos(m) == r.Pos {
			return len(t.overriders(f, m)) > 0
		}
	}
	return false
}

// objectStmt converts a procedure of an object that is called as a statement behind an element, a call or (x AS type); ok
// is false when the statement is none.
func (g *gen) objectStmt(x *ast.CallStmt) (text string, ok bool) {
	fn := x.Call
	c, isCall := x.Call.(*ast.Call)
	if isCall {
		fn = c.Fn
	}
	f, ok := fn.(*ast.Field)
	if !ok || f.Name == nil {
		return "", false
	}
	ref := g.ref(f.Name)
	if !isMember(ref) {
		return "", false
	}
	name := g.methodName(f.Name, ref)
	obj := f.X
	if as, ok := obj.(*ast.AsType); ok {
		name, obj = g.superMethod(as, f, ref), as.X
	}
	p, ok := g.collectionOf(obj)
	if !ok {
		g.refuse(x, "object-type", "the object that %s is called of is not known", g.what(x))
		return "NULL", true
	}
	a := g.objectArg(p, ref)
	g.body.after = append(g.body.after, a.after...)
	list := []string{g.extraOutOfLine(a)}
	to := g.callee(ref)
	if isCall {
		list = append(list, g.userArgs(c, &to, g.statementArg)...)
	}
	return "CALL " + name + "(" + strings.Join(list, ", ") + ")", true
}

// unknownMethodStmt converts f(x).m(y) where nothing is known of f: what is called of a value is a method of an object, which
// comes first.
func (g *gen) unknownMethodStmt(fn ast.Expr, x *ast.CallStmt) (string, bool) {
	f, ok := fn.(*ast.Field)
	if !ok || f.Name == nil {
		return "", false
	}
	c, ok := f.X.(*ast.Call)
	if !ok || g.ref(f.Name).Kind == resolve.Routine || g.ref(f.Name).Builtin != "" {
		return "", false
	}
	n, ok := c.Fn.(*ast.Name)
	if !ok || g.ref(n).Kind != resolve.Unknown || n.Link != 0 {
		return "", false
	}
	g.report(f, "object-type", "nothing is known of %s; %s is taken for a method of the object that it gives", g.source(n), g.source(f.Name))
	list := []string{g.text(c)}
	if outer, ok := x.Call.(*ast.Call); ok {
		for _, a := range outer.Args {
			s := g.text(a.X)
			if a.Name != nil {
				s = g.localName(g.f.Last(a.Name)) + " => " + s
			}
			list = append(list, s)
		}
	}
	return "CALL " + g.word(f.Name) + "(" + strings.Join(list, ", ") + ")", true
}

// methodInSQL converts a method of an object in SQL, where one of a NULL object gives NULL.
func (g *gen) methodInSQL(n *ast.Name, c *ast.Call, at ast.Node, ref *resolve.Ref) (frag, bool) {
	if !g.inSQL() || g.nullChecked || !isMember(ref) || g.e.types[ref.Object].family() {
		return frag{}, false
	}
	parts := g.f.Parts(n)
	p, ok := g.namedPlace(n, len(parts)-1)
	if !ok || len(parts) < 2 || p.name == nil || g.info.Base(n).Ref.Kind != resolve.Column {
		return frag{}, false
	}
	g.nullChecked = true
	f := g.routineCall(n, c, at, ref)
	g.nullChecked = false
	f.s, f.prec = "CASE WHEN "+g.read(p).in(precIs+1)+" IS DISTINCT FROM NULL THEN "+f.s+" END", precPrimary
	return f, true
}

// asType converts (x AS supertype): the value itself, which its type tells already.
func (g *gen) asType(x *ast.AsType) frag {
	v := g.expr(x.X)
	if t := *g.ref(x.Type).TypeOf(); g.jsonObject(t) {
		return v.cast(g.e.names.object(t.Object), pgComposite)
	}
	return v
}

// treat converts TREAT(x AS type): NULL when the object is of another type (SQL Language Reference, "TREAT").
func (g *gen) treat(x *ast.Cast) frag {
	if x.Ref || x.Type == nil || x.Type.Name == nil {
		return g.refuse(x, "object-type", "no PostgreSQL form is known for %s", g.what(x))
	}
	t := *g.ref(x.Type.Name).TypeOf()
	if typ := jsonType(t); typ != "" {
		return g.jsonNew(x, typ, []*ast.Arg{{X: x.X}})
	}
	facts := g.objectFacts(t)
	if !facts.family() {
		if facts == nil {
			return g.refuse(x, "object-type", "the type %s is not in the source", g.source(x.Type.Name))
		}
		return g.expr(x.X)
	}
	v := g.expr(x.X)
	s := "CASE WHEN " + v.in(precOther) + " ->> " + literal(typeTag) + " IN (" + facts.tags() + ") THEN " + v.in(precCast) + "::" + g.e.names.object(t.Object) + " END"
	return atom(s, pgComposite)
}

// isOfType converts x IS [NOT] OF (types).
func (g *gen) isOfType(x *ast.Is) frag {
	v := g.expr(x.X)
	var tags []string
	for _, d := range x.Types {
		if d.Name == nil {
			return g.refuse(x, "object-type", "no PostgreSQL form is known for %s", g.what(x))
		}
		facts := g.objectFacts(*g.ref(d.Name).TypeOf())
		switch {
		case facts == nil:
			return g.refuse(x, "object-type", "the type %s is not in the source", g.source(d.Name))
		case !facts.family():
			return frag{s: v.in(precIs+1) + " IS NOT NULL", prec: precIs, typ: pgBoolean}
		case g.only(d):
			tags = append(tags, literal(facts.tag()))
		default:
			tags = append(tags, facts.tags())
		}
	}
	op := " IN ("
	if x.Not {
		op = " NOT IN ("
	}
	return frag{s: v.in(precOther) + " ->> " + literal(typeTag) + op + strings.Join(tags, ", ") + ")", prec: precLike, typ: pgBoolean}
}

// only reports whether ONLY stands in front of a type of IS OF.
func (g *gen) only(d *ast.DataType) bool {
	return d.Lo > 0 && (g.f.Tokens[d.Lo].Kw == token.ONLY || g.f.Tokens[d.Lo-1].Kw == token.ONLY)
}

// comparer is the MAP or ORDER method that compares objects of a type, nil when it has none.
func (t *typeFacts) comparer() (*typeFacts, *model.Routine) {
	for n := 0; t != nil && n < maxPure; t, n = t.super, n+1 {
		if t.object.Type == nil {
			continue
		}
		for _, m := range t.object.Type.Methods {
			if m.Method == "MAP" || m.Method == "ORDER" {
				return t, m
			}
		}
	}
	return nil, nil
}

// objectCompare converts a comparison of two objects by their MAP or ORDER method (Object-Relational Developer's Guide,
// "Object Comparison Methods"); ok is false where the type has none: objects are equal then when all attributes are.
func (g *gen) objectCompare(x *ast.Binary) (frag, bool) {
	if g.class(x.X) != resolve.ClassObject || g.class(x.Y) != resolve.ClassObject {
		return frag{}, false
	}
	t, m := g.objectFacts(g.info.Type(x.X)).comparer()
	if m == nil {
		return frag{}, false
	}
	name := quote.Qualified(g.e.names.schema(t.object.Schema), g.e.methodTarget(t, m, m.Name))
	a, b := g.asDeclared(x.X, t), g.asDeclared(x.Y, t)
	op := g.f.Text(operator(x))
	if x.Op.Kind == token.NE {
		op = "<>"
	}
	s := name + "(" + a + ") " + op + " " + name + "(" + b + ")"
	if m.Method == "ORDER" {
		s = name + "(" + a + ", " + b + ") " + op + " 0"
	}
	return frag{s: s, prec: precCompare, typ: pgBoolean}, true
}

// asDeclared is an object as the type that declares a method.
func (g *gen) asDeclared(e ast.Expr, t *typeFacts) string {
	v := g.expr(e)
	if own := g.info.Type(e); g.jsonObject(own) && own.Object != t.object {
		return v.cast(g.e.names.object(t.object), pgComposite).s
	}
	return v.s
}
