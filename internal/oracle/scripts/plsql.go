package scripts

import (
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
			if d.Query != nil {
				v.Query = x.text(d.Query)
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
			t := &model.Type{Name: x.last(d.Name), Form: model.FormSubtype, Elem: &base, NotNull: d.NotNull, Private: private, Pos: x.pos(d)}
			if d.Bounds != nil {
				t.Low, t.High = x.text(d.Bounds.Low), x.text(d.Bounds.High)
			}
			p.Types = append(p.Types, t)
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
