package gen

import (
	"landfall/internal/model"
	"landfall/internal/oracle/resolve"
	"landfall/internal/oracle/syntax/ast"
)

// rowObject is the column of a collection of objects that are kept as jsonb, where it is a row source.
const rowObject = "lf_object"

func init() {
	registerBuiltin("VALUE", valueCall)
}

// valueCall converts VALUE(alias): the row as an object (SQL Language Reference, "VALUE").
func valueCall(g *gen, n *ast.Name, c *ast.Call) frag {
	if c == nil || len(c.Args) != 1 {
		return g.refuse(whole(n, c), "object-table", "VALUE takes the alias of a row source")
	}
	alias, ok := c.Args[0].X.(*ast.Name)
	t := g.info.Type(c)
	typ, known := g.typeText(t, inParameter)
	if !ok || !known || t.Class != resolve.ClassObject {
		return g.refuse(c, "object-table", "the rows of %s are not known to be objects", g.source(c.Args[0]))
	}
	if r := g.identifiedRows(g.rowSource(alias)); r != nil && (r.family || r.object.View == nil) {
		return r.value(g, c, g.word(alias))
	}
	if g.jsonObject(t) {
		return atom(g.word(alias)+"."+rowObject, pgJSON)
	}
	return frag{s: "ROW(" + g.word(alias) + ".*)::" + typ, prec: precCast, typ: pgComposite}
}

// rowAttribute converts an attribute of the objects of a collection that is a row source, where they are kept as jsonb.
func (g *gen) rowAttribute(n *ast.Name, ref *resolve.Ref) (frag, bool) {
	if ref.Kind != resolve.Column || ref.Object == nil || ref.Column == nil || !g.e.types[ref.Object].family() || !g.inSQL() {
		return frag{}, false
	}
	if _, own := g.attributeOf(n); own {
		return frag{}, false
	}
	parts := g.f.Parts(n)
	base := g.info.Base(n)
	if base.Ref != ref && base.Parts != len(parts) || len(parts) > 2 {
		return frag{}, false
	}
	obj := rowObject
	if len(parts) == 2 {
		obj = g.e.names.ident(parts[0]) + "." + rowObject
	}
	return g.jsonField(atom(obj, pgJSON), parts[len(parts)-1], *ref.TypeOf()), true
}

// spread notes the one item of a SELECT INTO that is an object for a variable of its type: PL/pgSQL sets the fields of the
// variable from columns.
func (g *gen) spread(x *ast.SelectStmt) {
	q, ok := x.Query.Body.(*ast.QueryBlock)
	if !ok || q.Into == nil || q.Into.Bulk || len(q.Into.Targets) != 1 || len(q.Items) != 1 {
		return
	}
	if n, ok := q.Items[0].X.(*ast.Name); ok && n.Star {
		return
	}
	t := g.info.Type(q.Items[0].X)
	if (t.Class == resolve.ClassObject || t.Class == resolve.ClassRecord) && !g.jsonObject(t) && g.plainTarget(q.Into.Targets[0]) {
		if n, ok := q.Into.Targets[0].(*ast.Name); ok && g.info.Base(n).Parts == g.f.NumParts(n) {
			g.spreadItem = q.Items[0]
		}
	}
}

// insertObject converts INSERT INTO t VALUES (object) of an object table: its columns are the attributes; ok is false for all
// other statements.
func (g *gen) insertObject(x *ast.Insert, target string) (string, bool) {
	if len(x.Cols) > 0 {
		return "", false
	}
	t, ok := x.Target.(*ast.TableName)
	if !ok {
		return "", false
	}
	o := g.ref(t.Name).Object
	if o == nil || o.Table == nil || o.Table.OfType == "" {
		return "", false
	}
	if x.Query != nil {
		return g.insertObjects(x, o, target)
	}
	if len(x.Rows) != 1 {
		return "", false
	}
	row := x.Rows[0]
	switch v := row.(type) {
	case *ast.List:
		if len(v.Items) != 1 {
			return "", false
		}
		row = v.Items[0]
	case *ast.Paren:
		row = v.X
	}
	if g.class(row) != resolve.ClassObject {
		return "", false
	}
	if r := g.objectRows(o); r != nil && r.family {
		return r.insertRow(g, x, target, g.text(row), "") + g.returningTail(x, x.Returning), true
	}
	if g.jsonObject(g.info.Type(row)) {
		return "", false
	}
	return "INSERT INTO " + target + " SELECT (lf_x.v).* FROM (SELECT " + g.text(row) + " AS v) AS lf_x" + g.returningTail(x, x.Returning), true
}

// insertObjects is insertObject for a query that gives objects.
func (g *gen) insertObjects(x *ast.Insert, o *model.Object, target string) (string, bool) {
	fields, open := g.info.Row(x.Query)
	if open || len(fields) != 1 || fields[0].Type.Class != resolve.ClassObject || fields[0].Type.Ref.Ref {
		return "", false
	}
	from := "(" + g.query(x.Query) + ") AS lf_q (v)"
	if r := g.objectRows(o); r != nil && r.family {
		return r.insertRow(g, x, target, "lf_q.v", from+", ") + g.returningTail(x, x.Returning), true
	}
	return "INSERT INTO " + target + " SELECT (lf_q.v).* FROM " + from + g.returningTail(x, x.Returning), true
}
