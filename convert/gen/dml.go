package gen

import (
	"strings"

	"landfall/internal/model"
	"landfall/internal/oracle/resolve"
	"landfall/internal/oracle/syntax/ast"
)

// dml converts INSERT, UPDATE, DELETE and MERGE; ok is false for other statements.
func (g *gen) dml(s ast.Stmt) (text string, ok bool) {
	defer g.enterSQL()()
	switch x := s.(type) {
	case *ast.Insert:
		return g.returningAggregates(x.Returning, func() string { return g.insert(x) }), true
	case *ast.Update:
		return g.returningAggregates(x.Returning, func() string { return g.update(x) }), true
	case *ast.Delete:
		return g.returningAggregates(x.Returning, func() string { return g.delete(x) }), true
	case *ast.Merge:
		return g.merge(x), true
	case *ast.MultiInsert:
		return g.multiInsert(x), true
	}
	return "", false
}

// chosenRows converts the condition of UPDATE and DELETE.
func (g *gen) chosenRows(where, currentOf ast.Expr) []sub {
	switch {
	case where != nil:
		return []sub{put(where, g.cond(where))}
	case currentOf != nil:
		return []sub{put(currentOf, g.currentOf(currentOf))}
	}
	return nil
}

// rowsAfter converts what follows the rows: LOG ERRORS, which its rule has reported, and RETURNING.
func (g *gen) rowsAfter(log *ast.LogErrors, ret *ast.Returning) []sub {
	var subs []sub
	if log != nil {
		subs = append(subs, put(log, ""))
	}
	if ret != nil {
		subs = append(subs, put(ret, g.returning(ret)))
	}
	return subs
}

// dmlTarget converts the table that is written: a table, a partition, or the table behind an inline view.
type dmlTarget struct {
	table string // its name, without alias
	alias string // by which its columns are qualified
	view  *ast.QueryBlock
	name  *ast.TableName
}

// text is the target as PostgreSQL wants it. INSERT wants AS in front of an alias.
func (t *dmlTarget) text() string {
	if t.alias != "" {
		return t.table + " AS " + t.alias
	}
	return t.table
}

// target converts the target of DML. ok is false when it was refused.
func (g *gen) writeTarget(t ast.TableRef) (d *dmlTarget, ok bool) {
	switch x := t.(type) {
	case *ast.ParenTable:
		return g.writeTarget(x.X)
	case *ast.TableName:
		if x.Flashback != nil || x.Sample != nil || x.Special != nil {
			break
		}
		d := &dmlTarget{name: x}
		switch {
		case x.Name.Link != 0:
			d.table = g.remote(x.Name).s
		case x.Partition != nil:
			d.table = g.partitionName(x)
			if x.Alias == nil { // conditions may still name the table
				d.alias = g.e.names.ident(g.f.Last(x.Name))
			}
		default:
			d.table = g.splice(x.Name, put(x.Name, g.tableName(x.Name)))
		}
		if x.Alias != nil {
			d.alias = g.word(x.Alias)
		}
		return d, true
	case *ast.SubqueryRef:
		q, ok := x.Query.Body.(*ast.QueryBlock)
		if !ok || x.Query.With != nil || x.Query.Limit != nil || q.Distinct != 0 || q.GroupBy != nil || q.Hier != nil {
			break
		}
		if x.Restrict != nil {
			g.report(x.Restrict, "view-read-only", "%s: PostgreSQL checks nothing in inline views; rows outside of the view's condition are taken", g.source(x.Restrict))
		}
		return &dmlTarget{view: q}, true
	case *ast.TableExpr:
		g.refuse(x, "nested-table-column", "DML on a nested table column: assign the whole collection")
		return nil, false
	}
	g.refuse(t, "not-converted", "%s cannot be the target of a change", g.what(t))
	return nil, false
}

// column writes the name of a column that is assigned to: without its table.
func (g *gen) setColumn(e ast.Expr) string {
	n, ok := e.(*ast.Name)
	if !ok {
		g.refuse(e, "not-converted", "%s cannot be assigned to in SQL", g.what(e))
		return ""
	}
	base := g.info.Base(n)
	if base.Ref.Kind == resolve.Column && base.Parts > 0 && base.Parts < g.f.NumParts(n) { // an attribute of an object column
		s := ""
		for i, p := range g.f.Parts(n)[base.Parts-1:] {
			if i > 0 {
				s += "."
			}
			s += g.e.names.ident(p)
		}
		return s
	}
	return g.e.names.ident(g.f.Last(n))
}

// setValue converts the right side of an assignment.
func (g *gen) setValue(e ast.Expr) string { return g.text(e) }

// logErrors leaves LOG ERRORS out: PostgreSQL undoes the whole statement at the first error.
func (g *gen) logErrors(x *ast.LogErrors) {
	if x != nil {
		g.report(x, "log-errors", "LOG ERRORS is left out: the first row that fails ends the statement; load into a staging table and check there, or loop with a handler")
	}
}

func (g *gen) returning(x *ast.Returning) string {
	if s, ok := g.returnRows[x]; ok {
		return s
	}
	var subs []sub
	if x.Into != nil && !g.noInto && g.body != nil {
		if to := g.targetTypes(x.Into.Targets, len(x.Items), x.Into.Bulk); len(to) == len(x.Items) {
			for i, it := range x.Items {
				g.placeVariable(it.X, to[i])
			}
		}
	}
	for _, it := range x.Items {
		if it.State != 0 {
			g.refuse(it, "returning-into", "RETURNING OLD and NEW: PostgreSQL has them from version 18")
		}
		subs = append(subs, put(it.X, g.text(it.X)))
	}
	if x.Into != nil && (g.noInto || x.Into == g.bulkInto) {
		subs = append(subs, put(x.Into, ""))
	} else if x.Into != nil && g.body == nil { // a script: psql shows the rows
		if g.sent != nil {
			g.reportAs(x.Into, "returning-into", model.Medium, model.Review, "%s is left out: the statement gives the values as a row, which the program reads instead of its variables", g.source(x.Into))
		} else {
			g.report(x.Into, "returning-into", "%s is left out: psql shows the values", g.source(x.Into))
		}
		subs = append(subs, put(x.Into, ""))
	} else if x.Into != nil {
		var in []sub
		for _, t := range x.Into.Targets {
			in = append(in, put(t, g.outTarget(t)))
		}
		if x.Into.Bulk {
			g.refuse(x.Into, "bulk-collect", "BULK COLLECT is not converted here")
		}
		subs = append(subs, put(x.Into, g.splice(x.Into, in...)))
	}
	text := g.splice(x, subs...)
	if w := g.f.Text(x.Lo); !strings.EqualFold(w, "RETURNING") { // RETURN
		text = "RETURNING" + strings.TrimPrefix(text, w)
	}
	return text
}

// returningAggregates converts a statement that returns aggregates of the rows it has changed: PostgreSQL returns rows, so a
// query around the statement aggregates them.
func (g *gen) returningAggregates(x *ast.Returning, convert func() string) string {
	var inner []*ast.Call
	if x != nil {
		for _, it := range x.Items {
			own(it.X, func(n ast.Node) {
				if c, ok := n.(*ast.Call); ok && g.isAggregate(c) {
					inner = append(inner, c)
				}
			})
		}
	}
	if len(inner) == 0 {
		return convert()
	}
	at := g.alias()
	var rows, items []string
	for _, c := range inner {
		if len(c.Args) > 1 || c.Within != nil || c.Keep != nil {
			g.refuse(c, "returning-into", "RETURNING %s: select the rows first", g.what(c))
			return ""
		}
		if c.Star || len(c.Args) == 0 {
			continue
		}
		name := "r" + itoa(len(rows)+1)
		rows = append(rows, g.text(c.Args[0].X)+" AS "+name)
		if g.movedArg == nil {
			g.movedArg = map[ast.Expr]frag{}
		}
		g.movedArg[c.Args[0].X] = frag{s: at + "." + name, prec: precPrimary, typ: typeOf(g.info.Type(c.Args[0].X))}
	}
	if len(rows) == 0 {
		rows = append(rows, "1")
	}
	for _, it := range x.Items {
		items = append(items, g.text(it.X))
	}
	if g.returnRows == nil {
		g.returnRows = map[*ast.Returning]string{}
	}
	g.returnRows[x] = "RETURNING " + strings.Join(rows, ", ")
	text := convert()
	into := ""
	if x.Into != nil && g.body != nil && !g.noInto && x.Into != g.bulkInto {
		into = " " + g.into(x.Into)
	}
	if g.body != nil {
		g.reportAs(x, "returning-into", model.Medium, model.Review, "the number of rows that the statement reports is that of the query around it, which is 1")
	}
	return "WITH " + at + " AS (" + text + ")\n" + g.indent(x) + "SELECT " + strings.Join(items, ", ") + into + " FROM " + at
}

// returningTail puts RETURNING on a line of its own.
func (g *gen) returningTail(s ast.Node, x *ast.Returning) string {
	if x == nil {
		return ""
	}
	return g.lineBreak(s) + g.returning(x)
}

// rowAddress is how the rows of a table are told apart: by ctid, in a partitioned table by the partition too.
func (g *gen) rowAddress(d *dmlTarget) (row, list string) {
	qualifier := ""
	if d.alias != "" {
		qualifier = d.alias + "."
	}
	if d.name != nil && d.name.Partition == nil {
		if o := g.ref(d.name.Name).Object; o != nil && g.partitioned(o) {
			return "(" + qualifier + "tableoid, " + qualifier + "ctid)", qualifier + "tableoid, " + qualifier + "ctid"
		}
	}
	return qualifier + "ctid", qualifier + "ctid"
}
