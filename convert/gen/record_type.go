package gen

import (
	"strings"

	"landfall/internal/model"
	"landfall/internal/oracle/resolve"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/postgres/quote"
)

// localTypeDecl converts a type that a routine declares; nothing stands in the declaration section for it. Records become
// composite types ahead of the routine, collections are arrays or jsonb where they are used.
func (g *gen) localTypeDecl(x *ast.TypeDecl) string {
	if d, ok := x.Def.(*ast.RecordType); ok && g.recordTypes[x] == "" {
		schema, name := g.hoistName(g.f.Last(x.Name))
		target := quote.Qualified(schema, name)
		fields := g.recordFields(d)
		g.hoistType(x, target, schema, name, "CREATE TYPE "+target+" AS "+fields, *g.ref(x.Name).TypeOf())
	}
	return ""
}

// hoistType makes a type of a routine ahead of it.
func (g *gen) hoistType(x ast.Node, target, schema, name, sql string, t resolve.Type) {
	if g.recordTypes == nil {
		g.recordTypes = map[ast.Node]string{}
	}
	g.recordTypes[x] = target
	phase := max(PhaseType, g.typePhase(t))
	if schema == "pg_temp" { // a block may run again in its session, or after another whose types have the same names
		phase = PhaseScript
		sql = "DROP TYPE IF EXISTS " + target + " CASCADE;\n" + sql
	}
	o := &Output{Phase: phase, Schema: schema, Name: name, SQL: g.mark(x) + sql + ";\n", DependsOn: g.dependsOf(x)}
	if schema == "pg_temp" {
		o.Schema = ""
	}
	g.emitType(o)
}

// hoistName names a type of the routine at hand: routine_type in the schema of the routine.
func (g *gen) hoistName(typ string) (schema, name string) {
	prefix := ""
	for b := g.body; b != nil; b = b.outer {
		if b.name != "" {
			prefix = b.name
		}
	}
	if g.member != nil && g.member.name != "" {
		prefix = g.member.name
	}
	switch x := g.unit.Stmt.(type) {
	case *ast.CreatePackageBody, *ast.CreatePackage:
		if g.member != nil && g.member.pkg != nil {
			schema = g.member.pkg.schema
		}
	case *ast.CreateRoutine:
		schema, prefix = g.createdName(x.Routine.Name)
	case *ast.CreateTrigger:
		schema, prefix = g.createdName(x.Name)
	case *ast.CreateTypeBody:
		schema, _ = g.createdName(x.Name)
	default:
		schema, prefix = "pg_temp", "lf_block"+itoa(g.f.Pos(g.unit.Stmt).Line)
	}
	name = short(strings.Trim(prefix, `"$`) + "_" + g.e.names.fold(typ))
	for i := 2; g.hoisted[schema+"."+name]; i++ {
		name = short(strings.Trim(prefix, `"$`) + "_" + g.e.names.fold(typ) + itoa(i))
	}
	if g.hoisted == nil {
		g.hoisted = map[string]bool{}
	}
	g.hoisted[schema+"."+name] = true
	return schema, name
}

// localDomain is the domain of a local collection type whose values are elements of another: PostgreSQL has no array of
// arrays, but arrays of a domain over an array.
func (g *gen) localDomain(d *ast.TypeDecl, t resolve.Type) (string, bool) {
	if s := g.recordTypes[d]; s != "" {
		return s, true
	}
	base, ok := g.localType(d, t)
	if !ok || g.body == nil {
		return base, ok
	}
	schema, name := g.hoistName(g.f.Last(d.Name))
	target := quote.Qualified(schema, name)
	g.hoistType(d, target, schema, name, "CREATE DOMAIN "+target+" AS "+base, t)
	return target, true
}

// cursorRow is the composite type of a cursor's row, made ahead of the routine; ok is false where not all of it is known.
func (g *gen) cursorRow(d *ast.CursorDecl, t resolve.Type) (string, bool) {
	if s := g.recordTypes[d]; s != "" {
		return s, true
	}
	if p := g.packageHere(); p != nil {
		if c := p.cursors[g.f.Last(d.Name)]; c != nil && c.decl == d {
			return g.packageRow(p, c)
		}
	}
	if g.body == nil {
		return "", false
	}
	fields, ok := g.rowFields(t)
	if !ok {
		return "", false
	}
	schema, name := g.hoistName(g.f.Last(d.Name))
	target := quote.Qualified(schema, name)
	g.hoistType(d, target, schema, name, "CREATE TYPE "+target+" AS "+fields, t)
	return target, true
}

// packageHere is the package whose specification or body is being converted, nil in all other statements.
func (g *gen) packageHere() *packageFacts {
	switch x := g.unit.Stmt.(type) {
	case *ast.CreatePackage:
		return g.e.packages[g.ref(x.Name).Object]
	case *ast.CreatePackageBody:
		return g.e.packages[g.ref(x.Name).Object]
	}
	return nil
}

// packageRow is the composite type of the rows of a package's cursor, which has the cursor's name.
func (g *gen) packageRow(p *packageFacts, c *packageCursor) (string, bool) {
	ok := false
	g.inHalf(c.half, func() { _, ok = g.rowFields(*g.ref(c.decl.Name).TypeOf()) })
	return p.qualified(p.e.names.fold(c.name)), ok
}

// cursorRowType is the type of the rows of a package's cursor: what RETURN names, the row of a table, or packageRow.
func (g *gen) cursorRowType(p *packageFacts, c *packageCursor) (typ string, ok bool) {
	var t resolve.Type
	g.inHalf(c.half, func() { t = *g.ref(c.decl.Name).TypeOf() })
	if t.Def() != nil || t.Object != nil && t.Object.Kind != model.KindPackage {
		return g.typeText(t, inParameter)
	}
	return g.packageRow(p, c)
}

// declareRow makes the composite type of the rows of a package's cursor.
func (g *gen) declareRow(p *packageFacts, c *packageCursor) {
	t := *g.ref(c.decl.Name).TypeOf()
	fields, ok := g.rowFields(t)
	if !ok || t.Def() != nil || t.Object != nil {
		return
	}
	name := p.member(p.e.names.fold(c.name))
	g.emitType(&Output{
		Phase: max(PhaseType, g.typePhase(t)), Schema: p.schema, Name: name, DependsOn: g.dependsOf(c.decl),
		SQL: g.mark(c.decl) + "CREATE TYPE " + quote.Qualified(p.schema, name) + " AS " + fields + ";\n",
	})
}

// rowFields is the field list of a composite type for a row; ok is false where not all of it is known.
func (g *gen) rowFields(t resolve.Type) (string, bool) {
	fields, open := t.Fields()
	if open || len(fields) == 0 {
		return "", false
	}
	list := make([]string, len(fields))
	seen := map[string]bool{}
	for i, f := range fields {
		typ, ok := g.typeText(f.Type, inColumn)
		if !ok || f.Name == "" || seen[f.Name] {
			return "", false
		}
		seen[f.Name] = true
		list[i] = g.e.names.ident(f.Name) + " " + typ
	}
	return "(" + strings.Join(list, ", ") + ")", true
}

// emptyValue is the initial value of a variable without a default, with " := ": an associative array is empty, a record
// has the defaults of its fields.
func (g *gen) emptyValue(x *ast.VarDecl) string {
	t := *g.ref(x.Name).TypeOf()
	if g.keysOf(t) != resolve.ClassUnknown {
		if g.sparse(t) { // a nested table is NULL until it is assigned
			return ""
		}
		return " := '{}'"
	}
	if t.Class == resolve.ClassRecord {
		if s, ok := g.recordDefault(t, 0); ok {
			return " := " + s
		}
	}
	return ""
}

// recordDefault is the value of a record that holds the defaults of its fields; ok is false when no field has one.
func (g *gen) recordDefault(t resolve.Type, depth int) (s string, ok bool) {
	if depth > maxPure {
		return "", false
	}
	t = t.Base()
	d, h := g.recordDecl(t)
	if d == nil {
		return "", false
	}
	typ, known := g.typeText(t, inParameter)
	if !known {
		return "", false
	}
	fields, _ := t.Fields()
	if !mayDefault(d, fields) {
		return "", false // most records: the half they stand in need not be resolved
	}
	list := make([]string, len(d.Fields))
	work := func() {
		for i, f := range d.Fields {
			list[i] = "NULL"
			if f.Default != nil {
				list[i], ok = g.text(f.Default), true
			} else if i < len(fields) && fields[i].Type.Class == resolve.ClassRecord {
				if v, has := g.recordDefault(fields[i].Type, depth+1); has {
					list[i], ok = v, true
				}
			}
		}
	}
	if h != nil {
		g.inHalf(h, work)
	} else {
		work()
	}
	return "ROW(" + strings.Join(list, ", ") + ")::" + typ, ok
}

// mayDefault reports whether a field of a record has a default, or is a record that may have some.
func mayDefault(d *ast.RecordType, fields []resolve.Field) bool {
	for i, f := range d.Fields {
		if f.Default != nil || i < len(fields) && fields[i].Type.Class == resolve.ClassRecord {
			return true
		}
	}
	return false
}

// recordDecl is the declaration of a record type and the half of the package it stands in, nil for the statement at hand.
func (g *gen) recordDecl(t resolve.Type) (*ast.RecordType, *half) {
	if d, ok := t.Decl.(*ast.TypeDecl); ok {
		r, _ := d.Def.(*ast.RecordType)
		return r, nil
	}
	def := t.Def()
	if def == nil || def.Form != model.FormRecord || t.Object == nil {
		return nil, nil
	}
	p := g.e.packages[t.Object]
	if p == nil {
		return nil, nil
	}
	for _, h := range []*half{&p.spec, &p.body} {
		if h.unit == nil {
			continue
		}
		f := h.unit.Source.Parsed
		for _, d := range h.decls {
			if x, ok := d.(*ast.TypeDecl); ok && f.Pos(x) == def.Pos {
				r, _ := x.Def.(*ast.RecordType)
				return r, h
			}
		}
	}
	return nil, nil
}
