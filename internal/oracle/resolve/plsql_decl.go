package resolve

import (
	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// decls enters the declarations of a section into the scope at hand. Bodies of routines come last, so that
// they see what is declared behind a forward declaration.
func (r *resolver) decls(list []ast.Decl) {
	var bodies []*ast.Routine
	for _, d := range list {
		switch x := d.(type) {
		case *ast.VarDecl:
			r.varDecl(x)
		case *ast.ExceptionDecl:
			ref := &Ref{Kind: Exception, Decl: x, Object: r.unitOf()}
			r.set(x.Name, ref)
			r.scope.put(r.name(x.Name), &entry{ref: ref})
		case *ast.CursorDecl:
			r.cursorDecl(x)
		case *ast.SubtypeDecl:
			r.subtype(x)
		case *ast.TypeDecl:
			r.typeDecl(x)
		case *ast.Routine:
			if r.declare(x) {
				bodies = append(bodies, x)
			}
		case *ast.Pragma:
			r.pragma(x)
		case *ast.AttrDecl:
			t := r.dataType(x.Type)
			r.set(x.Name, &Ref{Kind: Column, Decl: x, typ: t})
		case *ast.Method:
			if r.declare(x.Routine) {
				bodies = append(bodies, x.Routine)
			}
		}
	}
	for _, b := range bodies {
		r.body(b)
	}
}

// unitOf is the package or type whose own members are being declared, nil for local declarations.
func (r *resolver) unitOf() *model.Object {
	if r.scope != nil && r.scope.kind == unitScope {
		return r.scope.unit
	}
	return nil
}

func (r *resolver) varDecl(x *ast.VarDecl) {
	t := r.dataType(x.Type)
	r.bounds(x.Bounds)
	if x.Bounds != nil {
		limited := *t
		limited.limits = r.limits(t.Limits(), x.Bounds, false)
		t = &limited
	}
	r.expr(x.Default)
	e := &entry{typ: t, constant: x.Constant, routine: r.routine}
	e.ref = &Ref{Kind: Variable, Decl: x, typ: t, Object: r.unitOf()}
	if o := e.ref.Object; o != nil && o.Package != nil {
		e.ref.Variable = packageVariableNamed(o, r.name(x.Name))
	}
	if x.Default != nil && (t.Class == ClassText || t.Class == ClassLOB || t.Class == ClassChar) {
		e.text = r.text(x.Default).stored()
	}
	r.set(x.Name, e.ref)
	r.scope.put(r.name(x.Name), e)
}

func packageVariableNamed(o *model.Object, name string) *model.Variable {
	for _, v := range o.Package.Variables {
		if v.Name == name {
			return v
		}
	}
	return nil
}

func (r *resolver) bounds(b *ast.Bounds) {
	if b != nil {
		r.expr(b.Low)
		r.expr(b.High)
	}
}

func (r *resolver) cursorDecl(x *ast.CursorDecl) {
	e := &entry{ref: &Ref{Kind: Cursor, Decl: x, Object: r.unitOf()}, typ: openRow}
	r.set(x.Name, e.ref)
	name := r.name(x.Name)
	if old := r.scope.names[name]; old != nil && old.ref.Kind == Cursor && x.Return == nil {
		e.typ = old.typ
	}
	s := r.push(blockScope)
	s.labels = []string{name}
	e.routines = []*signature{{params: r.params(x.Params), ref: e.ref}}
	if x.Return != nil {
		if t := r.dataType(x.Return); t.shape != nil {
			e.typ = t
		}
	}
	if x.Query != nil {
		row := r.query(x.Query)
		if x.Return == nil {
			e.typ = &Type{Class: ClassRecord, Decl: x, shape: row}
		}
	} else if x.Return == nil {
		e.typ = openRow
	}
	r.pop()
	e.ref.typ = e.typ
	e.sub = s
	r.scope.put(name, e)
}

func (r *resolver) subtype(x *ast.SubtypeDecl) {
	base := r.dataType(x.Base)
	r.bounds(x.Bounds)
	t := *base
	if t.Decl == nil {
		t.Decl = x
	}
	t.limits = r.limits(t.Limits(), x.Bounds, x.NotNull)
	ref := &Ref{Kind: TypeName, Decl: x, typ: &t, Object: r.unitOf()}
	r.set(x.Name, ref)
	r.scope.put(r.name(x.Name), &entry{ref: ref, typ: &t})
}

func (r *resolver) typeDecl(x *ast.TypeDecl) {
	name := r.name(x.Name)
	t := &Type{Decl: x, Ref: model.TypeRef{Name: name, User: true}}
	if u := r.unitOf(); u != nil {
		t.Object = u
		if u.Package != nil {
			for _, d := range u.Package.Types {
				if d.Name == name {
					t = r.defined(d, u)
				}
			}
		}
	}
	e := &entry{ref: &Ref{Kind: TypeName, Decl: x, Object: r.unitOf()}, typ: t}
	if old := r.scope.names[name]; old != nil && old.ref.Kind == TypeName && old.typ.Decl != nil { // completes an incomplete one
		t = old.typ
		e = old
	}
	r.set(x.Name, e.ref)
	r.scope.put(name, e)
	cp := *t
	r.typeDef(x.Def, &cp)
	if t.def == nil {
		*t = cp
	}
	e.ref.typ = t
}

// typeDef fills in a type from its definition.
func (r *resolver) typeDef(d ast.TypeDef, t *Type) {
	switch x := d.(type) {
	case *ast.RecordType:
		t.Class = ClassRecord
		t.shape = &shape{}
		for _, f := range x.Fields {
			typ := r.dataType(f.Type)
			r.bounds(f.Bounds)
			r.expr(f.Default)
			ref := &Ref{Kind: Variable, Decl: f, typ: typ}
			r.set(f.Name, ref)
			t.shape.add(&field{name: r.name(f.Name), typ: typ, ref: ref})
		}
	case *ast.CollectionType:
		t.Class = ClassCollection
		r.expr(x.Limit)
		t.Elem = r.dataType(x.Elem)
		r.bounds(x.Bounds)
		if x.Index != nil {
			i := r.dataType(x.Index)
			t.keys, t.keyLength = keysOf(i), lengthOf(i)
			if i.Class == ClassText && t.def == nil {
				t.def = textIndexed
			}
		}
	case *ast.RefCursorType:
		t.Class = ClassCursor
		if x.Return != nil {
			t.shape = r.dataType(x.Return).shape
		}
	case *ast.ObjectType:
		t.Class = ClassObject
		t.shape = &shape{}
	case nil:
		t.shape = &shape{open: true}
	}
}

func keysOf(t *Type) TypeClass {
	if t.Class == ClassText || t.Class == ClassChar {
		return ClassText
	}
	return ClassInteger
}

// lengthOf is the most characters that keys of a type have; 0 is no limit.
func lengthOf(t *Type) int {
	if t.Class == ClassText && t.Base().Ref.Precision != nil {
		return *t.Base().Ref.Precision
	}
	return 0
}

var textIndexed = &model.Type{Form: model.FormAssoc, IndexBy: &model.TypeRef{Name: "VARCHAR2"}}

func (r *resolver) params(list []*ast.Param) []param {
	out := make([]param, 0, len(list))
	for _, p := range list {
		t := r.dataType(p.Type)
		r.expr(p.Default)
		e := &entry{typ: t, routine: r.routine, ref: &Ref{Kind: Parameter, Decl: p, typ: t}}
		r.set(p.Name, e.ref)
		r.scope.put(r.name(p.Name), e)
		out = append(out, param{name: r.name(p.Name), typ: t, optional: p.Default != nil, out: p.Out})
	}
	return out
}

// declare enters a routine's name and signature; true when it has a body to resolve later.
func (r *resolver) declare(x *ast.Routine) bool {
	name := r.name(x.Name)
	unit := r.unitOf()
	outer := r.scope
	s := &signature{fn: x.Kind == token.FUNCTION, decl: x}
	s.ref = &Ref{Kind: Routine, Decl: x, Object: unit, sig: s}
	// parameters are resolved here for the signature and once more, with the body's scope, by body
	in := r.push(blockScope)
	in.labels = []string{name}
	s.params = r.params(x.Params)
	if unit != nil && unit.Type != nil && len(s.params) > 0 && s.params[0].name == "SELF" { // callers do not pass it
		s.params = s.params[1:]
	}
	if x.Return != nil {
		s.ret = r.dataType(x.Return)
	}
	r.pop()
	if x.ReturnSelf && unit != nil {
		s.ret = r.objectType(unit)
	}
	if s.ret != nil {
		s.ref.typ = s.ret
	}
	if unit != nil {
		s.ref.Routine = r.catalogRoutine(unit, s, name)
	}
	r.set(x.Name, s.ref)
	r.props(x.Props)
	if c := x.CallSpec; c != nil {
		r.word(c.LangName, c.Library, c.Env)
		r.word(c.Agent...)
		r.wordsInAll(c.Name)
	}
	e := outer.names[name]
	if e == nil || len(e.routines) == 0 {
		e = &entry{ref: s.ref}
		// overloads of the specification that the body has not come to yet stay visible
		outer.put(name, e)
	}
	same := false
	for i, o := range e.routines {
		if sameSignature(o, s) {
			e.routines[i] = s
			same = true
			if i == 0 {
				e.ref = s.ref
			}
		}
	}
	if !same {
		e.routines = append(e.routines, s)
	}
	if e.sub == nil {
		e.sub = in
	}
	r.routines[x] = in
	return x.Body != nil
}

func (r *resolver) wordsInAll(e ast.Expr) {
	if e != nil {
		r.wordsIn(e)
	}
}

func sameSignature(a, b *signature) bool {
	if a.fn != b.fn || len(a.params) != len(b.params) {
		return false
	}
	for i := range a.params {
		if a.params[i].name != b.params[i].name || a.params[i].typ.Class != b.params[i].typ.Class {
			return false
		}
		if x, y := a.params[i].typ, b.params[i].typ; x.Ref.Name != y.Ref.Name && x.Class >= ClassObject {
			return false
		}
	}
	return true
}

// catalogRoutine is the catalog's record of a routine declared in this unit.
func (r *resolver) catalogRoutine(unit *model.Object, s *signature, name string) *model.Routine {
	list := unitRoutines(unit)
	var near *model.Routine
	for _, m := range list {
		if m.Name != name || m.Function != s.fn {
			continue
		}
		if near == nil {
			near = m
		}
		params := m.Params
		if len(params) > 0 && params[0].Name == "SELF" && unit.Type != nil {
			params = params[1:]
		}
		if len(params) != len(s.params) {
			continue
		}
		same, exact := true, true
		for i := range params {
			if params[i].Name != s.params[i].name {
				same = false
			}
			if params[i].Type.Name != s.params[i].typ.Ref.Name {
				exact = false
			}
		}
		if same && exact {
			return m
		}
		if same {
			near = m
		}
	}
	return near
}

func unitRoutines(o *model.Object) []*model.Routine {
	switch {
	case o.Package != nil:
		return o.Package.Routines
	case o.Type != nil:
		return o.Type.Methods
	case o.Routine != nil:
		return []*model.Routine{o.Routine}
	}
	return nil
}

func (r *resolver) props(list []*ast.RoutineProp) {
	for _, p := range list {
		switch p.Kind {
		case token.PARALLEL_ENABLE, token.RESULT_CACHE, token.COLLATION:
			r.word(p.Names...)
		default:
			for _, n := range p.Names {
				f := r.findType(r.parts(n), n)
				if f.ref.Kind == Unknown {
					r.value(n, asCall)
					continue
				}
				r.set(n, f.ref)
			}
		}
		for _, a := range p.Accessors {
			r.word(a.Name)
		}
		if p.Stream != nil {
			r.word(p.Stream.Names...)
		}
	}
}

// body resolves a routine's block in the scope of its parameters.
func (r *resolver) body(x *ast.Routine) {
	if x.Body == nil {
		return
	}
	outer, routine := r.scope, r.routine
	r.last++
	r.routine = r.last
	r.scope = r.routines[x]
	r.scope.routine = r.routine
	for _, e := range r.scope.names {
		e.routine = r.routine
	}
	loops, assigned := r.loops, r.assigned
	r.loops, r.assigned = 0, nil
	r.blockIn(x.Body, nil)
	r.loops, r.assigned = loops, assigned
	r.scope, r.routine = outer, routine
}

func (r *resolver) pragma(x *ast.Pragma) {
	r.word(x.Name)
	for i, a := range x.Args {
		n, ok := a.(*ast.Name)
		if !ok {
			r.expr(a)
			continue
		}
		if x.Kind == token.EXCEPTION_INIT && i == 0 || x.Kind == token.INLINE && i == 0 {
			how := asValue
			if x.Kind == token.INLINE {
				how = asCall
			}
			r.value(n, how)
			continue
		}
		r.word(n)
	}
}
