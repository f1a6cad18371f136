package gen

import (
	"landfall/internal/oracle/resolve"
	"landfall/internal/oracle/syntax/ast"
)

// insertObject converts INSERT INTO t VALUES (object) of an object table: its columns are the attributes; ok is false for all
// other statements.
func (g *gen) insertObject(x *ast.Insert, target string) (string, bool) {
	if len(x.Rows) != 1 || len(x.Cols) > 0 {
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
	if g.class(row) != resolve.ClassObject || g.jsonObject(g.info.Type(row)) {
		return "", false
	}
	return "INSERT INTO " + target + " SELECT (lf_x.v).* FROM (SELECT " + g.text(row) + " AS v) AS lf_x" + g.returningTail(x, x.Returning), true
}
