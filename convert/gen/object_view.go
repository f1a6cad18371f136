package gen

import (
	"strings"

	"landfall/internal/model"
	"landfall/internal/oracle/resolve"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/postgres/quote"
)

func init() {
	registerBuiltin("MAKE_REF", makeRefCall)
}

// viewRows are the rows of an object view, nil for all else. They have no identifier that is kept: it is computed of the
// key attributes that the view names (SQL Language Reference 19c, "CREATE VIEW", WITH OBJECT IDENTIFIER).
func (g *gen) viewRows(o *model.Object) *objectRows {
	if o == nil || o.View == nil || o.View.OfType == "" {
		return nil
	}
	t := g.e.resolver.RowType(o)
	facts := g.e.types[t.Object]
	if facts == nil {
		return nil
	}
	r := &objectRows{object: o, typ: t, facts: facts, family: facts.family()}
	if u := g.e.creator[o.ID()]; u != nil {
		if x, ok := u.Stmt.(*ast.CreateView); ok && x.ObjectID != nil {
			f := u.Source.Parsed
			for _, n := range identifiers(x.ObjectID) {
				r.keys = append(r.keys, f.Last(n))
			}
		}
	}
	return r
}

// identifiers are the attributes of WITH OBJECT IDENTIFIER, nil where it names something else than attributes.
func identifiers(c *ast.Clause) []*ast.Name {
	list := append([]*ast.Name(nil), c.Names...)
	for _, e := range c.Exprs {
		n, ok := e.(*ast.Name)
		if !ok {
			return nil
		}
		list = append(list, n)
	}
	return list
}

// identifiedRows are the rows of an object table or object view.
func (g *gen) identifiedRows(o *model.Object) *objectRows {
	if r := g.objectRows(o); r != nil {
		return r
	}
	return g.viewRows(o)
}

// identity is the identifier of a row; ok is false where rows have none.
func (r *objectRows) identity(g *gen, alias string) (string, bool) {
	if r.oid {
		return alias + "." + quote.Ident(rowIdentifier), true
	}
	if len(r.keys) == 0 {
		return "", false
	}
	keys := make([]frag, len(r.keys))
	for i, k := range r.keys {
		keys[i] = frag{s: alias + "." + g.e.names.ident(k), prec: precPrimary, typ: typeOf(r.typ.Field(k))}
	}
	return r.computed(g, keys), true
}

// computed is the identifier that the keys of an object view make. It is the same wherever it is computed: numbers lose
// the zeros at their end.
func (r *objectRows) computed(g *gen, keys []frag) string {
	list := []string{literal(g.e.names.object(r.object))}
	for i, k := range keys {
		t := r.typ.Field(r.keys[i])
		s := k.s
		if typeOf(t).number() {
			s = "trim_scale(" + k.cast("numeric", pgNumeric).s + ")"
		} else if typ, ok := g.typeText(t, inParameter); ok {
			s = k.cast(typ, k.typ).s
		}
		list = append(list, s)
	}
	return "md5(jsonb_build_array(" + strings.Join(list, ", ") + ")::text)::uuid"
}

// makeRefCall converts MAKE_REF(view, key ...): the reference to the row of an object view that has these keys.
func makeRefCall(g *gen, n *ast.Name, c *ast.Call) frag {
	if c == nil || len(c.Args) < 2 {
		return g.refuse(whole(n, c), "ref-type", "MAKE_REF takes an object view and its keys")
	}
	var r *objectRows
	if view, ok := c.Args[0].X.(*ast.Name); ok {
		schema, name := g.declared(view)
		r = g.viewRows(g.e.Catalog.Lookup(schema, name))
	}
	if r == nil || len(r.keys) != len(c.Args)-1 {
		return g.refuse(c, "ref-type", "MAKE_REF: %s is no object view of the source with as many key attributes", g.source(c.Args[0]))
	}
	keys := make([]frag, len(r.keys))
	for i, a := range c.Args[1:] {
		keys[i] = g.exprAs(a.X, r.typ.Field(r.keys[i]))
	}
	return frag{s: r.computed(g, keys), prec: precCast, typ: pgUnknown, notNull: true}
}

// objectViewColumns names the columns of an object view by the attributes of its type.
func (g *gen) objectViewColumns(x *ast.CreateView) []string {
	t := *g.ref(x.OfType.Name).TypeOf()
	fields, open := t.Fields()
	if t.Class != resolve.ClassObject || open {
		g.refuse(x, "object-table", "the attributes of %s are not in the source", g.source(x.OfType))
		return nil
	}
	var cols []string
	for _, f := range fields {
		cols = append(cols, g.e.names.ident(f.Name))
	}
	return cols
}
