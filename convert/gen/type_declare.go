package gen

import (
	"strings"

	"landfall/internal/oracle/resolve"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/postgres/quote"
)

// declareType makes the PostgreSQL type of a TYPE declaration of a package or routine, ahead of what uses it. Collections
// of routines need none: they are arrays or jsonb where they are used.
func (g *gen) declareType(x *ast.TypeDecl, schema, name string) {
	target := quote.Qualified(schema, name)
	t := *g.ref(x.Name).TypeOf()
	var sql string
	switch d := x.Def.(type) {
	case *ast.RecordType:
		sql = "CREATE TYPE " + target + " AS " + g.recordFields(d)
	case *ast.CollectionType:
		if def := t.Def(); def != nil && t.Object != nil && !g.definable(def, t) {
			g.refuse(d.Elem, "anchored-type", "the rows of %s are not in the source", g.source(d.Elem))
			return
		}
		sql = "CREATE DOMAIN " + target + " AS " + g.collectionBase(d, t)
	case *ast.RefCursorType, nil:
		return // refcursor; an incomplete type is completed further on
	default:
		g.refuse(x, "not-converted", "no PostgreSQL type stands for %s", g.what(x))
		return
	}
	g.emitType(&Output{Phase: max(PhaseType, g.typePhase(t)), Schema: schema, Name: name, SQL: g.leading(x) + g.mark(x) + sql + ";\n", DependsOn: g.dependsOf(x)})
}

// emitType adds an output without taking the support functions noted so far, which belong to what is being written.
func (g *gen) emitType(o *Output) {
	support, needs := g.support, g.needs
	g.support, g.needs = map[string]bool{}, map[string]bool{}
	g.emit(o)
	g.support, g.needs = support, needs
}

// recordFields is the field list of a composite type. Defaults of fields stand where variables are declared: a composite
// type has none.
func (g *gen) recordFields(d *ast.RecordType) string {
	subs := []sub{{d.Lo, d.Lo + 1, ""}} // RECORD
	for _, f := range d.Fields {
		subs = append(subs, put(f, g.word(f.Name)+" "+g.fieldType(f)))
	}
	return strings.TrimLeft(g.splice(d, subs...), " \n\t")
}

func (g *gen) fieldType(f *ast.VarDecl) string {
	s := g.dataType(f.Type, inColumn)
	if s == "record" || strings.HasSuffix(s, "%TYPE") {
		g.report(f, "anchored-type", "the type of %s is not in the source; text stands for it", g.what(f.Name))
		return "text"
	}
	return s
}

// collectionBase is what a collection type is a domain over. VARRAY(n) holds at most n elements (PL/SQL Language
// Reference, "Varrays").
func (g *gen) collectionBase(d *ast.CollectionType, t resolve.Type) string {
	if d.Kind == ast.AssociativeArray || g.sparse(t) {
		return "jsonb"
	}
	elem, ok := "", false
	if t.Elem != nil {
		elem, ok = g.typeText(*t.Elem, inColumn)
	}
	if !ok {
		elem = g.dataType(d.Elem, inColumn)
	}
	s := elem + "[]"
	if d.Kind == ast.Varray {
		if l, ok := d.Limit.(*ast.Literal); ok && l.Kind == ast.LitNumber {
			s += " CHECK (cardinality(VALUE) <= " + g.source(l) + ")"
		}
	}
	return s
}

// leading are the comments in front of a declaration, each on a line of its own.
func (g *gen) leading(n ast.Node) string {
	tok := n.Range().Lo
	if g.seen.has(tok) {
		return ""
	}
	g.seen.add(tok)
	var b strings.Builder
	for _, c := range comments(g.trivia(tok)) {
		b.WriteString(c + "\n")
	}
	return b.String()
}
