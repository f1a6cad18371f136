package gen

import (
	"strings"

	"landfall/internal/oracle/resolve"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
	"landfall/internal/postgres/quote"
)

// createObjectType converts CREATE TYPE ... AS OBJECT and UNDER: a composite type, or, for a type with supertype or
// subtypes, a domain over jsonb.
func (g *gen) createObjectType(x *ast.CreateType, d *ast.ObjectType) {
	schema, name := g.createdName(x.Name)
	target := quote.Qualified(schema, name)
	t := *g.ref(x.Name).TypeOf()
	facts := g.objectFacts(t)
	if d.External != nil || d.Using != nil {
		g.refuse(x, "external-call", "the type %s is written in another language", name)
		return
	}
	comment := g.strays(x.Lo, x.Hi, "")
	if facts.family() {
		if facts.super == nil && d.Under != nil {
			g.report(d.Under, "object-type", "the supertype %s is not in the source: its attributes and methods are not known", g.source(d.Under))
		}
		g.emit(&Output{
			Phase: PhaseType, Schema: schema, Name: name, DependsOn: g.dependsOf(&ast.NullStmt{}),
			SQL: comment + g.mark(x) + "CREATE DOMAIN " + target + " AS jsonb;\n",
		})
		g.methodDispatch(facts, schema)
		return
	}
	fields, _ := t.Fields()
	list := make([]string, 0, len(fields))
	for _, f := range fields {
		typ, ok := g.typeText(f.Type, inColumn)
		if f.Type.Ref.Ref {
			g.reportRef(x, f.Type.Ref.Name)
		}
		if !ok {
			typ = "text"
			if f.Type.Ref.Name != "" && f.Type.Ref.User {
				typ = quote.Qualified(g.e.names.schema(f.Type.Ref.Schema), g.e.names.fold(f.Type.Ref.Name))
			} else {
				g.report(x, "anchored-type", "the type of %s is not in the source; text stands for it", f.Name)
			}
		}
		list = append(list, g.e.names.ident(f.Name)+" "+typ)
	}
	g.emit(&Output{
		Phase: max(PhaseType, g.typePhase(t)), Schema: schema, Name: name, DependsOn: g.typeDepends(t),
		SQL: comment + g.mark(x) + "CREATE TYPE " + target + " AS (" + strings.Join(list, ", ") + ");\n",
	})
}

// methodSpec says how a method is created: the object comes first, as self. SELF is IN OUT in procedures and IN in
// functions (Object-Relational Developer's Guide, "Member Methods").
func (g *gen) methodSpec(t *typeFacts, m *ast.Method, schema string) (routineSpec, *ast.Routine) {
	r := *m.Routine
	typ := g.e.names.object(t.object)
	mode := ""
	if r.Kind == token.PROCEDURE {
		mode = "INOUT"
	}
	if len(r.Params) > 0 && g.f.Last(r.Params[0].Name) == "SELF" {
		mode = ""
		if r.Params[0].Out {
			mode = "INOUT"
		}
		r.Params = r.Params[1:]
	}
	spec := routineSpec{
		schema: schema, name: g.e.methodTarget(t, g.ref(m.Routine.Name).Routine, g.f.Last(r.Name)), original: m,
		member: t.object.Name + "." + g.f.Last(r.Name),
	}
	switch m.Kind {
	case token.STATIC:
	case token.CONSTRUCTOR:
		spec.returns = typ
		spec.selfVar = "self " + typ
		if t.family() {
			spec.selfVar += " := " + literal(`{"`+typeTag+`": "`+t.tag()+`"}`)
		}
	default:
		spec.before = []extraParam{{mode: mode, name: "self", typ: typ}}
	}
	return spec, &r
}

// createTypeBody converts a type body: each method becomes a routine.
func (g *gen) createTypeBody(x *ast.CreateTypeBody) {
	t := g.e.types[g.ref(x.Name).Object]
	if t == nil || t.body.unit != g.unit {
		g.refuse(x, "object-type", "the type of the body %s is not in the source, or the body is created again further on", g.source(x.Name))
		return
	}
	schema, name := g.createdName(x.Name)
	if schema == "" {
		schema = g.e.names.schema(t.object.Schema)
	}
	b := &unitText{g: g, out: &Output{Phase: PhaseRoutine, Schema: schema, Name: name}}
	b.add(g.packageComments(x, x.Decls))
	for _, d := range x.Decls {
		m, ok := d.(*ast.Method)
		if !ok {
			continue
		}
		spec, r := g.methodSpec(t, m, schema)
		if len(t.overriders(g.f, m)) > 0 {
			spec.name = short(spec.name + "$")
		}
		outer := g.member
		g.member = &member{name: name + "_" + spec.name, self: m.Kind != token.STATIC, typ: t}
		if decl := t.method(g.f, m); decl != nil {
			cp := *decl.Routine
			cp.Params = withoutSelf(t.spec.unit.Source.Parsed, cp.Params)
			g.member.decl, g.member.half = &cp, &t.spec
		}
		comment := g.leading(m)
		if name := t.names()[g.ref(m.Routine.Name).Routine]; name != "" {
			g.report(m, "overload", "%s can be called with the same types as another one of its name, which PostgreSQL cannot tell apart; it is called %s", g.f.Last(r.Name), name)
		}
		sql, mem := g.routineSQL(r, spec)
		mem.Pos = g.f.Pos(m)
		if m.Kind == token.CONSTRUCTOR && !mem.Refused && !endsInReturn(r.Body) {
			g.report(m, "object-type", "the constructor %s may end without RETURN", g.f.Last(r.Name))
		}
		g.member = outer
		b.add(comment + sql)
		b.out.Refused = b.out.Refused || mem.Refused
		b.out.Members = append(b.out.Members, mem)
	}
	b.finish()
}

func endsInReturn(b *ast.Block) bool {
	if b == nil || len(b.Stmts) == 0 {
		return false
	}
	_, ok := b.Stmts[len(b.Stmts)-1].(*ast.Return)
	return ok
}

// methodDispatch makes the routines that choose a method by the type of the object, for methods that subtypes override and
// for those that a type only declares.
func (g *gen) methodDispatch(t *typeFacts, schema string) {
	b := &unitText{g: g, out: &Output{Phase: PhaseRoutine, Schema: schema, Name: g.e.names.fold(t.object.Name)}}
	for _, d := range t.spec.decls {
		m, ok := d.(*ast.Method)
		if !ok || m.Kind != token.MEMBER {
			continue
		}
		over := t.overriders(g.f, m)
		if len(over) == 0 && !abstract(m) {
			continue
		}
		outerRefusal := g.refusal
		g.refusal = nil
		spec, r := g.methodSpec(t, m, schema)
		g.body = &routine{name: spec.name, function: r.Kind == token.FUNCTION, node: r, outer: g.body}
		head := g.header(r, spec)
		text := g.dispatchBody(t, m, r, spec, head, over)
		g.body = g.body.outer
		mem := Member{Name: spec.member, Target: quote.Qualified(schema, spec.name), Args: head.args, Proc: head.kind == "PROCEDURE", Pos: g.f.Pos(m)}
		if g.refusal != nil {
			mem.Refused, mem.Code = true, g.refusal.Code
			b.out.Refused = true
			outerRefusal = g.refusal
		} else {
			b.add(g.mark(m) + head.create(quote.Qualified(schema, spec.name)) + "LANGUAGE plpgsql\nAS $$\n" + text + "$$;\n")
		}
		g.refusal = outerRefusal
		if abstract(m) || mem.Refused {
			b.out.Members = append(b.out.Members, mem)
		}
	}
	b.finish()
}

// dispatchBody is the body of a routine that calls the method of the object's own type.
func (g *gen) dispatchBody(t *typeFacts, m *ast.Method, r *ast.Routine, spec routineSpec, head header, over []*typeFacts) string {
	var decls, text strings.Builder
	self := len(spec.before) > 0 && spec.before[0].mode == "INOUT"
	call := func(target, obj string) string {
		in := []string{obj}
		var out []string
		if self {
			out = append(out, obj)
		}
		for _, p := range r.Params {
			name := g.localName(g.f.Last(p.Name))
			if p.In || !p.Out || head.kind == "PROCEDURE" {
				in = append(in, name)
			}
			if p.Out {
				out = append(out, name)
			}
		}
		args := "(" + strings.Join(in, ", ") + ")"
		switch {
		case head.kind == "PROCEDURE":
			return "CALL " + target + args + ";"
		case g.body.composite:
			return "SELECT * INTO " + strings.Join(append(out, returnValue), ", ") + " FROM " + target + args + ";"
		case strings.HasPrefix(head.returns, "RETURNS SETOF"):
			return "RETURN QUERY SELECT * FROM " + target + args + ";"
		}
		return "RETURN " + target + args + ";"
	}
	other := "RAISE EXCEPTION 'ORA-22973: method % of % is not instantiable', " + literal(g.f.Last(r.Name)) + ", self ->> " + literal(typeTag) + " USING ERRCODE = 'LFREF';\n"
	if !abstract(m) {
		other = call(quote.Qualified(spec.schema, short(spec.name+"$")), "self") + "\n"
	}
	if len(over) == 0 {
		return "BEGIN\n    " + other + "END;\n"
	}
	text.WriteString("BEGIN\n    CASE\n")
	for i, s := range over {
		target := quote.Qualified(g.e.names.schema(s.object.Schema), g.e.methodTarget(s, s.routineOf(s.method(g.f, m)), g.f.Last(r.Name)))
		typ := g.e.names.object(s.object)
		text.WriteString("        WHEN self ->> " + literal(typeTag) + " IN (" + s.tags() + ") THEN\n")
		if self {
			v := "lf_s" + itoa(i+1)
			decls.WriteString("    " + v + " " + typ + " := self;\n")
			text.WriteString("            " + call(target, v) + "\n            self := " + v + ";\n")
			continue
		}
		text.WriteString("            " + call(target, "self::"+typ) + "\n")
	}
	text.WriteString("        ELSE\n            " + other + "    END CASE;\nEND;\n")
	if decls.Len() > 0 {
		return "DECLARE\n" + decls.String() + text.String()
	}
	return text.String()
}

// attributeOf is the attribute of the object type at hand that a name means; ok is false where it means something else.
func (g *gen) attributeOf(n *ast.Name) (base resolve.Base, ok bool) {
	base = g.info.Base(n)
	if g.member == nil || !g.member.self || g.member.typ == nil || base.Ref.Kind != resolve.Column || base.Ref.Object == nil || base.Ref.Object.Type == nil {
		return base, false
	}
	for t := g.member.typ; t != nil; t = t.super {
		if t.object == base.Ref.Object {
			return base, base.Parts == 1
		}
	}
	return base, false
}
