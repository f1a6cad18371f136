package gen

import (
	"landfall/internal/oracle/resolve"
	"landfall/internal/oracle/syntax/ast"
)

// setAbsentRow converts UPDATE t SET ROW = rec of a table that the source does not have: the server knows its columns. The
// statement is made of them when it runs, and changes the rows that the condition has found. ok is false for all others.
func (g *gen) setAbsentRow(x *ast.Update, d *dmlTarget) (string, bool) {
	if g.body == nil || len(x.Set) != 1 || !x.Set[0].Row || x.Returning != nil || x.CurrentOf != nil || len(x.From) > 0 || d.name == nil || d.name.Name.Link != 0 {
		return "", false
	}
	if fields, open := g.info.Row(x.Target); !open && len(fields) > 0 {
		return "", false
	}
	if g.class(x.Set[0].X) != resolve.ClassRecord {
		return "", false
	}
	where := ""
	if x.Where != nil {
		where = " WHERE " + g.cond(x.Where)
	}
	g.countRows()
	return "EXECUTE " + g.use("set_row") + "(" + literal(d.table) + ") USING " + g.text(x.Set[0].X) + ", ARRAY(SELECT ctid FROM " + d.text() + where + " FOR UPDATE)", true
}
