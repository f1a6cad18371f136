package gen

import (
	"strings"

	"landfall/internal/oracle/syntax/ast"
)

// dynamicStmt converts EXECUTE IMMEDIATE.
func (g *gen) dynamicStmt(x *ast.ExecImmediate) string {
	if x.Bulk || x.ReturningBulk {
		return g.execBulk(x)
	}
	d := g.dynamic(x, x.Text, x.Using)
	if d.inline != "" {
		return d.inline
	}
	if d.ignored {
		return "NULL"
	}
	if d.bulk {
		var targets []ast.Expr
		for _, i := range d.outs {
			targets = append(targets, x.Using[i].X)
		}
		return g.bulkLoop(x, targets, "EXECUTE "+d.text+g.using(d, x.Using))
	}
	if d.ddl && len(d.outs) == 0 && len(x.Into) == 0 {
		g.report(x, "ddl-in-code", "DDL at run time: Oracle commits before and after it, PostgreSQL does it in the transaction")
	}
	s := "EXECUTE " + d.text
	into := x.Into
	for _, i := range d.outs {
		if i < len(x.Using) && x.Using[i].Out {
			into = append(into[:len(into):len(into)], x.Using[i].X)
		}
	}
	into = append(into[:len(into):len(into)], x.Returning...)
	if len(into) > 0 {
		var list []string
		for _, t := range into {
			list = append(list, g.outTarget(t))
		}
		strict := ""
		if d.strict || len(x.Into) > 0 && !d.dml {
			strict = "STRICT "
		}
		s += " INTO " + strict + strings.Join(list, ", ")
	}
	if d.dml || d.query || !d.known {
		g.countRows()
	}
	return s + g.using(d, x.Using)
}

// using is the USING clause: the arguments that go in, in order of the placeholders.
func (g *gen) using(d dynamicSQL, args []*ast.UsingArg) string {
	var list []string
	for _, i := range d.used {
		if i < len(args) {
			list = append(list, g.usingValue(args[i].X))
		}
	}
	if len(list) == 0 {
		return ""
	}
	return " USING " + strings.Join(list, ", ")
}

// usingValue is one argument; a bare NULL or text constant needs a type.
func (g *gen) usingValue(x ast.Expr) string {
	f := g.expr(x)
	switch f.typ {
	case pgNull, pgLiteral:
		return f.cast("text", pgText).s
	}
	return f.s
}

// openForDynamic converts OPEN c FOR text USING ...
func (g *gen) openForDynamic(x *ast.OpenFor) string {
	d := g.dynamic(x, x.Text, x.Using)
	if v := g.target(x.Cursor); g.isHeld(x.Cursor) && g.plainTarget(x.Cursor) {
		g.closePortal(v)
		text := d.text
		if !strings.HasPrefix(text, "'") {
			text = "(" + text + ")"
		}
		g.tellUndone(x, x.Cursor)
		return g.holdPortal(v, text) + g.using(d, x.Using)
	}
	return "OPEN " + g.target(x.Cursor) + " FOR EXECUTE " + d.text + g.using(d, x.Using)
}

// execBulk converts EXECUTE IMMEDIATE ... BULK COLLECT INTO one collection of single values.
func (g *gen) execBulk(x *ast.ExecImmediate) string {
	d := g.dynamic(x, x.Text, x.Using)
	targets := x.Into
	if x.ReturningBulk {
		targets = x.Returning
	}
	if d.text == "" || len(targets) == 0 {
		return g.refuse(x, "bulk-collect", "BULK COLLECT of this dynamic SQL is not converted").s
	}
	return g.bulkLoop(x, targets, "EXECUTE "+d.text+g.using(d, x.Using))
}
