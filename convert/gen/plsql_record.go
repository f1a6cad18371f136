package gen

import (
	"strings"

	"landfall/internal/oracle/resolve"
	"landfall/internal/oracle/syntax/ast"
)

// A variable of type record has no row type: PostgreSQL casts it to none ("cannot cast type record"), so that it cannot be
// an argument, an element or the value of a package variable. Its fields can: ROW(r.a, r.b)::type. Oracle gives a record to
// another by position too (PL/SQL Language Reference, "Assigning One Record Variable to Another").

// wholeRecord converts a record without a row type, used as a whole, for a place of a record type.
func (g *gen) wholeRecord(e ast.Expr, f frag, t resolve.Type) frag {
	fields, ok := g.looseRecord(e)
	if !ok {
		return f
	}
	want, open := t.Fields()
	typ, known := g.typeText(t, inParameter)
	if !known || open || len(want) != len(fields) || g.rowTypeOf(e) == typ {
		return f
	}
	list := make([]string, len(fields))
	for i, d := range fields {
		list[i] = f.s + "." + g.e.names.ident(d.Name)
	}
	return frag{s: "ROW(" + strings.Join(list, ", ") + ")::" + typ, prec: precCast, typ: pgComposite, notNull: true}
}

// looseRecord gives the fields of a variable that PL/pgSQL declares as record: of a loop, or of the row of a query.
func (g *gen) looseRecord(e ast.Expr) ([]resolve.Field, bool) {
	n, ok := ast.Unparen(e).(*ast.Name)
	if !ok || g.body == nil {
		return nil, false
	}
	base := g.info.Base(n)
	if base.Parts != g.f.NumParts(n) || base.Ref.Kind != resolve.Variable || base.Ref.TypeOf().Class != resolve.ClassRecord {
		return nil, false
	}
	switch d := base.Ref.Decl.(type) {
	case *ast.Iterand:
	case *ast.VarDecl:
		if g.dataType(d.Type, inVariable) != "record" {
			return nil, false
		}
	default:
		return nil, false
	}
	fields, open := base.Ref.TypeOf().Fields()
	if open || len(fields) == 0 {
		return nil, false
	}
	seen := map[string]bool{}
	for _, f := range fields {
		if f.Name == "" || seen[f.Name] {
			return nil, false
		}
		seen[f.Name] = true
	}
	return fields, true
}

// rowTypeOf is the row type of a loop's variable, "" where it has none.
func (g *gen) rowTypeOf(e ast.Expr) string {
	if n, ok := ast.Unparen(e).(*ast.Name); ok && g.body != nil {
		if d := g.info.Base(n).Ref.Decl; d != nil {
			return g.body.rowTypes[d]
		}
	}
	return ""
}

// keepsRow reports whether PL/pgSQL itself gives a record to a target, field by field: a variable of a row type.
func (g *gen) keepsRow(target, value ast.Expr) bool {
	n, ok := target.(*ast.Name)
	if !ok || !g.plainTarget(target) || g.info.Base(n).Parts != g.f.NumParts(n) {
		return false
	}
	_, ok = g.looseRecord(value)
	return ok
}
