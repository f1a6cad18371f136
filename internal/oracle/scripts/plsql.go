package scripts

import (
	"strings"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// routine takes a procedure or function apart.
func (x *extractor) routine(r *ast.Routine) *model.Routine {
	m := &model.Routine{
		Name: x.last(r.Name), Function: r.Kind == token.FUNCTION, Pos: x.pos(r), Lines: x.lines(r), External: r.CallSpec != nil,
	}
	for _, p := range r.Params {
		m.Params = append(m.Params, x.param(p))
	}
	if r.Return != nil {
		t := x.typeRef(r.Return)
		m.Return = &t
	}
	x.routineProps(m, r.Props)
	if r.Body != nil {
		m.Autonomous = autonomous(r.Body.Decls)
	}
	return m
}

func (x *extractor) param(p *ast.Param) model.Param {
	m := model.Param{Name: x.last(p.Name), Mode: "IN", NoCopy: p.NoCopy, Type: x.typeRef(p.Type)}
	switch {
	case p.In && p.Out:
		m.Mode = "IN OUT"
	case p.Out:
		m.Mode = "OUT"
	}
	if p.Default != nil {
		m.Default = x.text(p.Default)
	}
	return m
}

func (x *extractor) routineProps(m *model.Routine, props []*ast.RoutineProp) {
	for _, p := range props {
		switch p.Kind {
		case token.DETERMINISTIC:
			m.Deterministic = true
		case token.PIPELINED:
			m.Pipelined = true
		case token.RESULT_CACHE:
			m.ResultCache = true
		case token.AGGREGATE:
			m.Aggregate = true
		case token.AUTHID:
			m.AuthID = word(p.Value)
		}
	}
}

func autonomous(decls []ast.Decl) bool {
	for _, d := range decls {
		if p, ok := d.(*ast.Pragma); ok && p.Kind == token.AUTONOMOUS_TRANSACTION {
			return true
		}
	}
	return false
}

func (x *extractor) createRoutine(s *ast.CreateRoutine) {
	kind := model.KindProcedure
	if s.Routine.Kind == token.FUNCTION {
		kind = model.KindFunction
	}
	o := x.create(s, kind, s.Routine.Name, s.Replace, s.IfNotExists)
	o.Routine = x.routine(s.Routine)
}

// declarations puts the items of a declaration section into a package.
func (x *extractor) declarations(p *model.Package, decls []ast.Decl, private bool) {
	for _, d := range decls {
		switch d := d.(type) {
		case *ast.VarDecl:
			v := &model.Variable{Name: x.last(d.Name), What: "variable", Type: x.typeRef(d.Type), Private: private, Pos: x.pos(d)}
			if d.Constant {
				v.What = "constant"
			}
			if d.Default != nil {
				v.Default = x.text(d.Default)
			}
			p.Variables = append(p.Variables, v)
		case *ast.CursorDecl:
			v := &model.Variable{Name: x.last(d.Name), What: "cursor", Private: private, Pos: x.pos(d)}
			if d.Return != nil {
				v.Type = x.typeRef(d.Return)
			}
			p.Variables = append(p.Variables, v)
		case *ast.ExceptionDecl:
			p.Variables = append(p.Variables, &model.Variable{Name: x.last(d.Name), What: "exception", Private: private, Pos: x.pos(d)})
		case *ast.TypeDecl:
			t := x.typeDef(d.Def)
			t.Name, t.Private, t.Pos = x.last(d.Name), private, x.pos(d)
			p.Types = append(p.Types, t)
		case *ast.SubtypeDecl:
			base := x.typeRef(d.Base)
			p.Types = append(p.Types, &model.Type{Name: x.last(d.Name), Form: model.FormSubtype, Elem: &base, Private: private, Pos: x.pos(d)})
		case *ast.Pragma:
			if d.Kind == token.SERIALLY_REUSABLE {
				p.Serially = true
			}
		}
	}
}

func (x *extractor) createPackage(s *ast.CreatePackage) {
	o := x.create(s, model.KindPackage, s.Name, s.Replace, s.IfNotExists)
	p := &model.Package{}
	o.Package = p
	for _, pr := range s.Props {
		if pr.Kind == token.AUTHID {
			p.AuthID = word(pr.Value)
		}
	}
	x.declarations(p, s.Decls, false)
	for _, d := range s.Decls {
		if r, ok := d.(*ast.Routine); ok {
			p.Routines = append(p.Routines, x.routine(r))
		}
	}
	overloads(p.Routines)
}

// bodyMembers is what a package body holds.
type bodyMembers struct {
	pkg      model.Package // private items, as far as they are no routines
	routines []*model.Routine
	init     bool
}

func (x *extractor) createPackageBody(s *ast.CreatePackageBody) {
	schema, name := x.qualified(s.Name)
	m := x.createAs(s, key{model.KindPackageBody, schema, name}, s.Replace, s.IfNotExists)
	m.members = &bodyMembers{init: s.Init != nil}
	x.declarations(&m.members.pkg, s.Decls, true)
	for _, d := range s.Decls {
		// without a body it is a forward declaration
		if r, ok := d.(*ast.Routine); ok && (r.Body != nil || r.CallSpec != nil) {
			m.members.routines = append(m.members.routines, x.routine(r))
		}
	}
}

// mergeBodies brings the members of bodies into their specifications.
func (fd *folder) mergeBodies() {
	for _, k := range sortedKeys(fd.objects) {
		body := fd.objects[k]
		list := fd.made[k]
		if len(list) == 0 {
			continue
		}
		switch m := list[0]; k.kind {
		case model.KindPackageBody:
			spec := fd.specification(model.KindPackage, body, m.unit)
			if m.members == nil { // wrapped or unreadable
				spec.Package.Body = body.Pos
				continue
			}
			mergePackage(spec.Package, m.members, body.Pos)
		case model.KindTypeBody:
			spec := fd.specification(model.KindType, body, m.unit)
			if spec.Type == nil {
				continue
			}
			for _, r := range m.methods {
				if d := match(spec.Type.Methods, r); d != nil {
					d.Body, d.Lines, d.Autonomous = r.Pos, r.Lines, r.Autonomous
				} else {
					r.Private, r.Body = true, r.Pos
					spec.Type.Methods = append(spec.Type.Methods, r)
				}
			}
		}
	}
}

// specification finds what a body belongs to; a body alone implies it.
func (fd *folder) specification(kind model.ObjectKind, body *model.Object, u *Unit) *model.Object {
	k := key{kind, body.Schema, body.Name}
	if o := fd.objects[k]; o != nil {
		if o.Package == nil && kind == model.KindPackage {
			o.Package = &model.Package{}
		}
		return o
	}
	o := &model.Object{Kind: kind, Schema: body.Schema, Name: body.Name, Pos: body.Pos, Implied: true}
	detail(o)
	fd.add(k, o, u)
	return o
}

func mergePackage(p *model.Package, m *bodyMembers, at model.Pos) {
	p.Body, p.Init = at, m.init
	p.Serially = p.Serially || m.pkg.Serially
	p.Variables = append(p.Variables, m.pkg.Variables...)
	p.Types = append(p.Types, m.pkg.Types...)
	for _, r := range m.routines {
		if d := match(p.Routines, r); d != nil {
			d.Body, d.Lines, d.Autonomous, d.External = r.Pos, r.Lines, r.Autonomous, r.External
			d.Pipelined, d.ResultCache = d.Pipelined || r.Pipelined, d.ResultCache || r.ResultCache
			continue
		}
		r.Private, r.Body = true, r.Pos
		p.Routines = append(p.Routines, r)
	}
	overloads(p.Routines)
}

// match finds the declaration of a routine that has a body now: the same name, parameters and types. Where none
// agrees in all of it (a type written another way), the one left over with the same parameter names.
func match(decls []*model.Routine, r *model.Routine) *model.Routine {
	var loose *model.Routine
	for _, d := range decls {
		if d.Name != r.Name || d.Function != r.Function || d.Body.IsValid() || d.Private || len(d.Params) != len(r.Params) {
			continue
		}
		names, types := true, true
		for i := range d.Params {
			names = names && d.Params[i].Name == r.Params[i].Name
			types = types && sameType(d.Params[i].Type, r.Params[i].Type)
		}
		if names && types {
			return d
		}
		if names && loose == nil {
			loose = d
		}
	}
	return loose
}

func sameType(a, b model.TypeRef) bool {
	return a.Name == b.Name && a.Schema == b.Schema && a.Anchor == b.Anchor ||
		a.Anchor == b.Anchor && a.Anchor != "" && strings.EqualFold(a.Name, b.Name)
}

// overloads numbers routines that share a name.
func overloads(list []*model.Routine) {
	count := map[string]int{}
	for _, r := range list {
		count[r.Name]++
	}
	at := map[string]int{}
	for _, r := range list {
		r.Overload = 0
		if count[r.Name] > 1 {
			at[r.Name]++
			r.Overload = at[r.Name]
		}
	}
}

// typeDef takes the definition of a type apart; without one it is incomplete.
func (x *extractor) typeDef(d ast.TypeDef) *model.Type {
	t := &model.Type{Form: model.FormIncomplete}
	switch d := d.(type) {
	case *ast.RecordType:
		t.Form = model.FormRecord
		for _, v := range d.Fields {
			c := &model.Column{Name: x.last(v.Name), Type: x.typeRef(v.Type), NotNull: v.NotNull, Pos: x.pos(v)}
			if v.Default != nil {
				c.Default = x.text(v.Default)
			}
			t.Attributes = append(t.Attributes, c)
		}
	case *ast.CollectionType:
		elem := x.typeRef(d.Elem)
		t.Elem = &elem
		switch d.Kind {
		case ast.NestedTable:
			t.Form = model.FormNestedTable
		case ast.Varray:
			t.Form = model.FormVarray
			if d.Limit != nil {
				t.Limit = x.text(d.Limit)
			}
		case ast.AssociativeArray:
			t.Form = model.FormAssoc
			index := x.typeRef(d.Index)
			t.IndexBy = &index
		}
	case *ast.RefCursorType:
		t.Form = model.FormRefCursor
		if d.Return != nil {
			elem := x.typeRef(d.Return)
			t.Elem = &elem
		}
	case *ast.ObjectType:
		t.Form, t.Final = model.FormObject, true
		if d.Under != nil {
			t.Under = strings.Join(x.parts(d.Under), ".")
		}
		x.typeElems(t, d.Elems)
		for _, m := range d.Modifiers {
			if m.Kind == token.FINAL {
				t.Final = !m.Not
			}
		}
	case *ast.OpaqueType:
		t.Form = model.FormObject
		x.typeElems(t, d.Elems)
	}
	return t
}

func (x *extractor) typeElems(t *model.Type, elems []ast.Decl) {
	for _, e := range elems {
		switch e := e.(type) {
		case *ast.AttrDecl:
			t.Attributes = append(t.Attributes, &model.Column{Name: x.last(e.Name), Type: x.typeRef(e.Type), Pos: x.pos(e)})
		case *ast.Method:
			t.Methods = append(t.Methods, x.method(e))
		}
	}
	overloads(t.Methods)
}

func (x *extractor) method(m *ast.Method) *model.Routine {
	r := x.routine(m.Routine)
	r.Pos, r.Method = x.pos(m), word(m.Kind)
	if m.Order != 0 {
		r.Method = word(m.Order)
	}
	return r
}

func (x *extractor) createType(s *ast.CreateType) {
	o := x.create(s, model.KindType, s.Name, s.Replace, s.IfNotExists)
	o.Type = x.typeDef(s.Def)
	o.Type.Name, o.Type.Pos = o.Name, o.Pos
}

func (x *extractor) createTypeBody(s *ast.CreateTypeBody) {
	schema, name := x.qualified(s.Name)
	m := x.createAs(s, key{model.KindTypeBody, schema, name}, s.Replace, s.IfNotExists)
	for _, d := range s.Decls {
		if me, ok := d.(*ast.Method); ok {
			m.methods = append(m.methods, x.method(me))
		}
	}
}

func (x *extractor) createTrigger(s *ast.CreateTrigger) {
	t := &model.Trigger{On: word(s.Scope), Row: s.Row, Disabled: s.State == token.DISABLE}
	switch s.Timing {
	case token.INSTEAD:
		t.Timing = "INSTEAD OF"
	case token.FOR:
		t.Timing = "COMPOUND"
	default:
		t.Timing = word(s.Timing)
	}
	if s.Scope == token.PLUGGABLE {
		t.On = "PLUGGABLE DATABASE"
	}
	if s.On != nil && s.Scope == token.TABLE {
		t.TableSchema, t.Table = x.qualified(s.On)
	}
	if s.Scope == token.SCHEMA && s.On != nil {
		t.TableSchema = x.last(s.On)
	}
	for _, e := range s.Events {
		t.Events = append(t.Events, word(e.Kind))
	}
	if s.When != nil {
		t.When = x.text(s.When)
	}
	if s.Order == token.FOLLOWS {
		for _, n := range s.OrderNames {
			t.Follows = append(t.Follows, x.last(n))
		}
	}
	if s.Body != nil {
		t.Autonomous = autonomous(s.Body.Decls)
	}
	if s.Compound != nil {
		for _, p := range s.Compound.Sections {
			t.Row = t.Row || p.Row
			t.Autonomous = t.Autonomous || p.Body != nil && autonomous(p.Body.Decls)
		}
		t.Autonomous = t.Autonomous || autonomous(s.Compound.Decls)
	}
	schema, name := x.beside(s.Name, t.TableSchema)
	x.createAs(s, key{model.KindTrigger, schema, name}, s.Replace, s.IfNotExists).obj.Trigger = t
}

// wrapped registers an obfuscated unit: its name is all that is known.
func (x *extractor) wrapped(s *ast.WrappedUnit) {
	kind := model.ObjectKind(word(s.Kind))
	if s.Body {
		kind += " BODY"
	}
	o := x.create(s, kind, s.Name, s.Replace, false)
	o.Wrapped = true
	detail(o)
	if kind == model.KindProcedure || kind == model.KindFunction {
		o.Routine = &model.Routine{Name: o.Name, Function: kind == model.KindFunction, Pos: o.Pos, Lines: o.Lines}
	}
}

func (x *extractor) foreign(s *ast.ForeignUnit) {
	if s.Name == nil {
		return
	}
	kind := model.KindMLEModule
	switch s.Kind {
	case token.SOURCE:
		kind = model.KindJavaSource
	case token.CLASS:
		kind = model.KindJavaClass
	case token.RESOURCE:
		kind = model.KindJavaResource
	}
	x.create(s, kind, s.Name, s.Replace, false)
}
