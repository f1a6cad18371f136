package gen

import (
	"strings"

	"landfall/internal/model"
	"landfall/internal/oracle/resolve"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/postgres/quote"
)

// rowIdentifier is the column of an object table that REFs point to: the object identifier, which Oracle keeps in a hidden
// column of 16 bytes (Object-Relational Developer's Guide 19c, "Object Identifiers").
const rowIdentifier = "object_id$"

// objectRows is an object table that no typed table of PostgreSQL can stand for: REFs point to its rows, or its rows are
// of subtypes of its type, too. It is a plain table of the attributes.
type objectRows struct {
	object *model.Object
	typ    resolve.Type
	facts  *typeFacts
	family bool     // rows tell their type in the column typeTag
	oid    bool     // rows have the column rowIdentifier
	keys   []string // of an object view: the attributes that make the identifier of a row
}

// refer notes the object types that REFs of the source point to.
func (e *Estate) refer() {
	for _, u := range e.units {
		var list []*ast.DataType
		switch x := u.Stmt.(type) {
		case *ast.CreateTable:
			for _, c := range x.Columns {
				list = append(list, c.Type)
			}
		case *ast.CreateType:
			ast.Walk(x, func(n ast.Node) bool {
				if d, ok := n.(*ast.DataType); ok {
					list = append(list, d)
				}
				return true
			})
		}
		for _, d := range list {
			if d == nil || !d.Ref || d.Name == nil {
				continue
			}
			if t := e.typeFactsOf(u, d.Name); t != nil {
				t.referred = true
			}
		}
	}
}

// pointedTo reports whether REFs can point to objects of the type: those of it, of a supertype or of a subtype.
func (t *typeFacts) pointedTo() bool {
	for up := t.super; up != nil; up = up.super {
		if up.referred {
			return true
		}
	}
	for _, s := range t.below() {
		if s.referred {
			return true
		}
	}
	return false
}

// objectRows are the rows of an object table, nil where a typed table has them and for all other tables.
func (g *gen) objectRows(o *model.Object) *objectRows {
	if o == nil || o.Table == nil || o.Table.OfType == "" {
		return nil
	}
	t := g.e.resolver.RowType(o)
	facts := g.e.types[t.Object]
	if facts == nil {
		return nil
	}
	r := &objectRows{object: o, typ: t, facts: facts, family: facts.family(), oid: facts.pointedTo()}
	if !r.family && !r.oid {
		return nil
	}
	return r
}

// attrColumn is a column of an object table.
type attrColumn struct {
	name string // quoted
	attr string // of the type, folded
	typ  string
	of   *typeFacts // the subtype that adds it, nil for attributes of the table's own type
}

// columns are the columns for the attributes: of the table's type first, as programs see them, then those of subtypes.
func (r *objectRows) columns(g *gen, at ast.Node) []attrColumn {
	var list []attrColumn
	types := map[string]string{}
	add := func(t resolve.Type, of *typeFacts) {
		fields, open := t.Fields()
		if open {
			g.refuse(at, "object-table", "the attributes of %s are not in the source", t.Ref.Name)
		}
		for _, f := range fields {
			typ, ok := g.typeText(f.Type, inColumn)
			if !ok {
				g.refuse(at, "object-table", "no PostgreSQL type is known for the attribute %s", f.Name)
				typ = "text"
			}
			if was, again := types[f.Name]; again {
				if was != typ {
					g.refuse(at, "object-table", "the attribute %s is of two types in subtypes of %s", f.Name, r.typ.Ref.Name)
				}
				continue
			}
			types[f.Name] = typ
			list = append(list, attrColumn{name: g.e.names.ident(f.Name), attr: f.Name, typ: typ, of: of})
		}
	}
	add(r.typ, nil)
	if r.family {
		for _, s := range r.facts.below()[1:] {
			add(g.e.resolver.ObjectType(s.object), s)
		}
	}
	return list
}

// function is the name of the function that gives a row as an object.
func (r *objectRows) function(g *gen) string {
	return quote.Qualified(g.e.names.schema(r.object.Schema), short(g.e.names.fold(r.object.Name)+"$object"))
}

// value is a row as an object: VALUE(alias).
func (r *objectRows) value(g *gen, at ast.Node, alias string) frag {
	typ := g.e.names.object(r.facts.object)
	switch {
	case r.family && r.object.View != nil:
		return frag{s: r.json(g, literal(r.facts.tag()), r.typ, alias) + "::" + typ, prec: precCast, typ: pgJSON}
	case r.family:
		return frag{s: r.function(g) + "(" + alias + ")", prec: precPrimary, typ: pgJSON}
	}
	var list []string
	for _, c := range r.columns(g, at) {
		list = append(list, alias+"."+c.name)
	}
	return frag{s: "ROW(" + strings.Join(list, ", ") + ")::" + typ, prec: precCast, typ: pgComposite}
}

// json is a row as an object of one type of a family.
func (r *objectRows) json(g *gen, tag string, typ resolve.Type, alias string) string {
	list := []string{literal(typeTag), tag}
	fields, _ := typ.Fields()
	for _, f := range fields {
		list = append(list, literal(g.e.names.fold(f.Name)), alias+"."+g.e.names.ident(f.Name))
	}
	return "jsonb_build_object(" + strings.Join(list, ", ") + ")"
}

// expanded writes the columns of an object table that is a plain one.
func (t *tableParts) expanded(r *objectRows) string {
	g, x := t.g, t.stmt
	options := map[string]*ast.ColumnDef{}
	for _, c := range x.Columns {
		options[g.f.Last(c.Name)] = c
	}
	var list []element
	for _, c := range r.columns(g, x.OfType) {
		s := c.name + " " + c.typ
		def := options[c.attr]
		if def == nil {
			list = append(list, element{nil, s})
			continue
		}
		list = append(list, element{def, s + t.columnOptions(def)})
	}
	if r.family {
		list = append(list, element{nil, quote.Ident(typeTag) + " text NOT NULL DEFAULT " + literal(r.facts.tag()) + " CHECK (" + quote.Ident(typeTag) + " IN (" + r.facts.tags() + "))"})
	}
	if r.oid {
		list = append(list, element{nil, quote.Ident(rowIdentifier) + " uuid NOT NULL DEFAULT gen_random_uuid() UNIQUE"})
	}
	for _, c := range x.Constraints {
		if text := t.inlineCheck(c); text != "" {
			list = append(list, element{c, text})
		}
	}
	if r.family {
		g.reportAs(x, "object-table", model.Low, model.Review, "a table of the attributes stands for the object table, those of subtypes included; %s tells the type of a row", typeTag)
	}
	if r.oid {
		g.reportAs(x, "object-table", model.Low, model.Auto, "%s is the object identifier of a row, which REFs point to", rowIdentifier)
	}
	return " (\n" + g.elements(list) + "\n)"
}

// rowFunction makes the function that gives a row of a family as the object that it is.
func (t *tableParts) rowFunction(r *objectRows) {
	g := t.g
	if !r.family || g.refusal != nil {
		return
	}
	object := func(tag string, typ resolve.Type) string { return r.json(g, tag, typ, "r") }
	tag := "r." + quote.Ident(typeTag)
	text := object(tag, r.typ)
	if subs := r.facts.below()[1:]; len(subs) > 0 {
		var b strings.Builder
		b.WriteString("CASE " + tag)
		for _, s := range subs {
			b.WriteString("\n        WHEN " + literal(s.tag()) + " THEN " + object(tag, g.e.resolver.ObjectType(s.object)))
		}
		text = b.String() + "\n        ELSE " + text + "\n    END"
	}
	typ := g.e.names.object(r.facts.object)
	g.emit(&Output{Phase: PhaseTable, Schema: g.declaredSchema(), SQL: "CREATE FUNCTION " + r.function(g) + "(r " + t.name + ") RETURNS " + typ + "\nLANGUAGE sql STABLE\nAS $$\n    SELECT (" + text + ")::" + typ + "\n$$;\n"})
}

// insertRow puts an object of a family into its table.
func (r *objectRows) insertRow(g *gen, at ast.Node, target, object, from string) string {
	var cols []string
	for _, c := range r.columns(g, at) {
		cols = append(cols, c.name)
	}
	cols = append(cols, quote.Ident(typeTag))
	return "INSERT INTO " + target + " (" + strings.Join(cols, ", ") + ")\nSELECT lf_x." + strings.Join(cols, ", lf_x.") +
		"\n  FROM " + from + "jsonb_populate_record(NULL::" + g.e.names.object(r.object) + ", " + object + ") AS lf_x"
}

// rowMethod converts a method of the rows of an object table or view: x.area() where x is their alias.
func (g *gen) rowMethod(n *ast.Name, c *ast.Call) (frag, bool) {
	parts := g.f.Parts(n)
	if len(parts) != 2 || !g.inSQL() {
		return frag{}, false
	}
	o := g.sourceNamed(parts[0])
	alias := g.e.names.ident(parts[0])
	if o == nil {
		if o = g.e.indexedRows(g.f, g.info.Stmt, g.info, n); o == nil {
			return frag{}, false
		}
		alias = g.e.names.ident(o.Name) // an index has no alias for its table
	}
	t := g.e.resolver.RowType(o)
	facts := g.e.types[t.Object]
	if facts == nil {
		return frag{}, false
	}
	for up := facts; up != nil; up = up.super {
		var found *model.Routine
		for _, m := range up.object.Type.Methods {
			if m.Name != parts[1] || m.Method == "STATIC" || m.Method == "CONSTRUCTOR" {
				continue
			}
			if found != nil || !m.Function {
				return g.refuse(c, "object-type", "which of the methods %s is meant cannot be told", parts[1]), true
			}
			found = m
		}
		if found == nil {
			continue
		}
		if g.immutable && !found.Deterministic {
			return g.refuse(c, "function-index", "PostgreSQL takes only immutable functions in an index: the method %s is not DETERMINISTIC, which Oracle demands, too", parts[1]), true
		}
		obj := frag{s: "ROW(" + alias + ".*)::" + g.e.names.object(facts.object), prec: precCast, typ: pgComposite}
		if r := g.identifiedRows(o); r != nil {
			obj = r.value(g, c, alias)
		}
		args := []string{obj.s}
		for _, a := range g.args(c) {
			args = append(args, a.s)
		}
		target := quote.Qualified(g.e.names.schema(up.object.Schema), g.e.methodTarget(up, found, parts[1]))
		return callFrag(target, pgUnknown, args...), true
	}
	return frag{}, false
}
