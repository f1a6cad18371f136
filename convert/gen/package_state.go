package gen

import (
	"strings"

	"landfall/internal/oracle/resolve"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/postgres/quote"
)

// Package state. A variable or constant is a session setting behind two functions in the package's schema: v() reads it,
// "v="(value) writes it. A setting keeps text and cannot tell NULL from ''; no value of Oracle's is ''.

// setting is the name of the session setting of a package variable. PostgreSQL takes letters, digits, _ and $ in it (PG,
// "Customized Options") and does not tell cases apart.
func (p *packageFacts) setting(name string) string {
	return settingPart(p.label) + "." + settingPart(p.e.names.fold(name))
}

func settingPart(s string) string {
	var b strings.Builder
	for i, c := range []byte(s) {
		switch {
		case c >= 'a' && c <= 'z', c == '_', i > 0 && (c >= '0' && c <= '9' || c == '$'):
			b.WriteByte(c)
		default:
			b.WriteString("_" + string("0123456789abcdef"[c>>4]) + string("0123456789abcdef"[c&15]))
		}
	}
	return b.String()
}

// reader is the call that reads a package variable, writer the name of the procedure that writes it.
func (p *packageFacts) reader(name string) string {
	return p.qualified(p.e.names.fold(name)) + "()"
}

func (p *packageFacts) writer(name string) string {
	return quote.Ident(p.schema) + "." + quote.Always(p.member(p.e.names.fold(name)+"="))
}

func (p *packageFacts) initName() string {
	return quote.Ident(p.schema) + "." + quote.Always(p.member("init$"))
}

// packageState makes the functions behind a variable or constant.
func (g *gen) packageState(p *packageFacts, v *packageVar) string {
	read := p.qualified(p.e.names.fold(v.name))
	comment := g.leading(v.decl) + g.mark(v.decl)
	result := g.stateType(v.decl, inParameter)
	if result == "record" {
		g.refuse(v.decl, "package-variable", "the type of %s has no name in PostgreSQL", g.what(v.decl))
		return ""
	}
	if v.pure && strings.HasSuffix(result, "%TYPE") { // no cast takes it
		return comment + "CREATE OR REPLACE FUNCTION " + read + "() RETURNS " + result +
			"\nLANGUAGE plpgsql IMMUTABLE PARALLEL SAFE\nAS $$\nDECLARE\n    lf_v CONSTANT " + result + " := " + g.expr(v.decl.Default).s + ";\nBEGIN\n    RETURN lf_v;\nEND;\n$$;\n"
	}
	if v.pure {
		return comment + "CREATE OR REPLACE FUNCTION " + read + "() RETURNS " + result +
			"\nLANGUAGE sql IMMUTABLE PARALLEL SAFE\nAS $$ SELECT " + g.constantValue(v, result) + " $$;\n"
	}
	stored := "nullif(current_setting(" + literal(p.setting(v.name)) + ", true), '')"
	value := stored + "::" + result
	if strings.HasSuffix(result, "%TYPE") {
		value = "lf_v"
	}
	var b strings.Builder
	b.WriteString(comment + "CREATE OR REPLACE FUNCTION " + read + "() RETURNS " + result + "\n")
	switch {
	case value == "lf_v":
		b.WriteString("LANGUAGE plpgsql STABLE\nAS $$\nDECLARE\n    lf_v " + result + ";\nBEGIN\n")
		if p.needsInit {
			b.WriteString("    PERFORM " + p.initName() + "();\n")
		}
		b.WriteString("    lf_v := " + stored + ";\n    RETURN lf_v;\nEND;\n$$;\n")
	case p.needsInit:
		b.WriteString("LANGUAGE plpgsql STABLE\nAS $$\nBEGIN\n    PERFORM " + p.initName() + "();\n    RETURN " + value + ";\nEND;\n$$;\n")
	default:
		b.WriteString("LANGUAGE sql STABLE\nAS $$ SELECT " + value + " $$;\n")
	}
	// the variable in the writer checks length, precision and NOT NULL as an assignment in Oracle does
	inner := g.stateType(v.decl, inVariable)
	limits := g.ref(v.decl.Name).TypeOf().Limits()
	inner = g.limitedType(v.decl, inner, limits)
	if v.decl.NotNull || limits.NotNull {
		inner += " NOT NULL"
	}
	b.WriteString("\nCREATE OR REPLACE PROCEDURE " + p.writer(v.name) + "(value " + result + ")\nLANGUAGE plpgsql\nAS $$\nDECLARE\n    lf_v " + inner + " := value;\nBEGIN\n")
	if p.needsInit {
		b.WriteString("    PERFORM " + p.initName() + "();\n")
	}
	b.WriteString("    PERFORM set_config(" + literal(p.setting(v.name)) + ", coalesce(lf_v::text, ''), false);\nEND;\n$$;\n")
	return b.String()
}

// stateType is the type of a package variable. One that is declared after a column has the column's type itself: the functions
// may be made before the table, and a cast takes no %TYPE.
func (g *gen) stateType(d *ast.VarDecl, where typePlace) string {
	if d.Type != nil && d.Type.Anchor != 0 {
		if s, ok := g.typeText(*g.ref(d.Name).TypeOf(), where); ok {
			return s
		}
	}
	return g.dataType(d.Type, where)
}

// constantValue is the value of a constant as its type.
func (g *gen) constantValue(v *packageVar, typ string) string {
	f := g.expr(v.decl.Default)
	if strings.HasSuffix(typ, "%TYPE") {
		return f.s
	}
	return "CAST(" + f.s + " AS " + typ + ")"
}

// packageVariable converts a name that begins with a variable or constant of a package.
func (g *gen) packageVariable(n *ast.Name) (frag, bool) {
	base := g.info.Base(n)
	p := g.packageOf(base.Ref)
	if p == nil || base.Ref.Kind != resolve.Variable || base.Ref.Variable == nil {
		return frag{}, false
	}
	v := p.byName[base.Ref.Variable.Name]
	if v == nil {
		return frag{}, false
	}
	parts := g.f.Parts(n)
	if base.Parts == len(parts) {
		if e := v.inlined(); e != nil {
			var f frag
			g.inHalf(v.half, func() { f = g.expr(e) })
			return f, true
		}
		return frag{s: p.reader(v.name), prec: precPrimary, typ: typeOf(*g.ref(n).TypeOf()), notNull: v.decl.NotNull}, true
	}
	s := "(" + p.reader(v.name) + ")"
	for _, part := range parts[base.Parts:] {
		s += "." + g.e.names.ident(part)
	}
	return atom(s, typeOf(*g.ref(n).TypeOf())), true
}

// baseName is the name at the head of an assignment's target: t of t(1).x.
func baseName(e ast.Expr) *ast.Name {
	for {
		switch x := e.(type) {
		case *ast.Name:
			return x
		case *ast.Call:
			e = x.Fn
		case *ast.Field:
			e = x.X
		case *ast.Paren:
			e = x.X
		default:
			return nil
		}
	}
}

// packageInit makes the initialisation of a package: the values of its variables in order, then the statements at the
// end of the body (PL/SQL Language Reference, "Package Instantiation and Initialization"). It is marked as done first, so
// that what it calls does not begin it again.
func (g *gen) packageInit(p *packageFacts) string {
	setting := literal(settingPart(p.label) + ".init$")
	var b strings.Builder
	g.body = &routine{name: p.initName(), function: true, outer: g.body}
	defer func() { g.body = g.body.outer }()
	for _, v := range p.vars {
		if v.decl.Default == nil || v.pure {
			continue
		}
		g.inHalf(v.half, func() {
			value, before := g.captured(func() string {
				return g.callValue(g.initialValue(v.decl, v.decl.Default), g.stateType(v.decl, inParameter))
			})
			for _, s := range before {
				b.WriteString("    " + s + ";\n")
			}
			b.WriteString("    " + g.mark(v.decl) + "CALL " + p.writer(v.name) + "(" + value + ");\n")
		})
	}
	own := g.body.decls // of the values; those of the statements stand in their block
	block := ""
	if p.init != nil {
		g.body.decls = nil
		block = "    " + strings.TrimRight(g.blockSQL(p.init), " \t\n;") + ";\n    END;\n" // END belongs to the package
	}
	decls := ""
	if len(own) > 0 {
		decls = "DECLARE\n    " + strings.Join(own, ";\n    ") + ";\n"
	}
	return "CREATE OR REPLACE FUNCTION " + p.initName() + "() RETURNS void\nLANGUAGE plpgsql\nAS $$\n" + decls +
		"BEGIN\n    IF coalesce(current_setting(" + setting + ", true), '') <> '' THEN\n        RETURN;\n    END IF;\n    PERFORM set_config(" + setting + ", 'done', false);\n" +
		b.String() + block + "END;\n$$;\n"
}

// initialValue is the value of a declaration's default as an argument of its writer.
func (g *gen) initialValue(d *ast.VarDecl, e ast.Expr) string {
	f := g.expr(e)
	typ := g.stateType(d, inParameter)
	if f.typ == pgNull || strings.HasSuffix(typ, "%TYPE") {
		return f.s
	}
	return f.cast(typ, f.typ).s
}
