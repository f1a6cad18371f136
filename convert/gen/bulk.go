package gen

import (
	"strings"

	"landfall/internal/oracle/resolve"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// BULK COLLECT INTO (PL/SQL Language Reference, "BULK COLLECT Clause"): the collection holds all rows, is emptied first
// and no row is no error. A query becomes an array made of it.

// bulkSelect converts SELECT ... BULK COLLECT INTO; ok is false for other queries.
func (g *gen) bulkSelect(x *ast.SelectStmt) (string, bool) {
	b := bulkBlock(x.Query.Body)
	if b == nil {
		return "", false
	}
	g.bulkInto = b.Into
	g.placeTargets(x.Query, func(items int) []resolve.Type { return g.targetTypes(b.Into.Targets, items, true) })
	query := strings.TrimSpace(g.query(x.Query))
	g.bulkInto = nil
	single := len(b.Into.Targets) == 1 && g.collectsRows(b.Into.Targets[0], len(b.Items), b)
	return g.collectQuery(x, b.Into.Targets, query, single, len(b.Items)), true
}

// bulkBlock is the query block that holds BULK COLLECT INTO, nil when there is none.
func bulkBlock(q ast.QueryExpr) *ast.QueryBlock {
	if b := intoBlock(q); b != nil && b.Into.Bulk {
		return b
	}
	return nil
}

// intoBlock is the query block that holds INTO, nil when there is none.
func intoBlock(q ast.QueryExpr) *ast.QueryBlock {
	switch x := q.(type) {
	case *ast.QueryBlock:
		if x.Into != nil {
			return x
		}
	case *ast.SetOp:
		return intoBlock(x.Left)
	case *ast.ParenQuery:
		return intoBlock(x.Query.Body)
	}
	return nil
}

// elemType is the type of the elements of a collection that is collected into.
func (g *gen) elemType(target ast.Expr) resolve.Type {
	if t := g.info.Type(target); t.Elem != nil {
		return *t.Elem
	}
	return resolve.Type{}
}

// collectsRows reports whether one collection takes whole rows: its elements are records and what is selected is not a
// record already.
func (g *gen) collectsRows(target ast.Expr, items int, b *ast.QueryBlock) bool {
	elem := g.elemType(target)
	switch elem.Class {
	case resolve.ClassRecord:
	case resolve.ClassObject:
		if items == 1 {
			return false
		}
	default:
		return items > 1
	}
	if b != nil && items == 1 {
		if n, ok := b.Items[0].X.(*ast.Name); ok && n.Star {
			return true
		}
		return g.class(b.Items[0].X) != resolve.ClassRecord
	}
	return true
}

// collectQuery is the statement that collects what a query gives.
func (g *gen) collectQuery(at ast.Stmt, targets []ast.Expr, query string, rows bool, items int) string {
	if len(targets) == 1 {
		elem := g.elemType(targets[0])
		text := query
		if rows {
			typ, ok := g.typeText(elem, inParameter)
			if !ok {
				g.refuse(at, "bulk-collect", "the type of the elements of %s is not in the source", g.source(targets[0]))
				return "NULL"
			}
			text = "SELECT ROW(lf_q.*)::" + typ + " FROM (" + query + ") AS lf_q"
		}
		g.countCollected(targets[0])
		array := "ARRAY(" + text + ")"
		if t, ok := g.sizedArray(targets[0]); ok {
			g.body.before = append(g.body.before, t+" := "+array)
			array = t
		}
		return g.setTo(targets[0], g.collected(targets[0], array))
	}
	return g.collectColumns(targets, "("+query+") AS lf_q(", ")", "")
}

// collected is an array as a value of the collection that it is assigned to.
func (g *gen) collected(target ast.Expr, array string) frag {
	if g.keysOf(g.info.Type(target)) != resolve.ClassUnknown {
		return callFrag(g.use("aa_from_array"), pgJSON, array)
	}
	return atom(array, pgArray)
}

// sizedArray is a variable for an array on its way into an associative array whose elements have a size: jsonb holds none, and
// what is assigned to the array is held to it. ok is false where nothing is to be held.
func (g *gen) sizedArray(target ast.Expr) (string, bool) {
	if g.keysOf(g.info.Type(target)) == resolve.ClassUnknown {
		return "", false
	}
	elem := g.elemType(target)
	switch elem.Class {
	case resolve.ClassText, resolve.ClassChar, resolve.ClassNumber, resolve.ClassDate:
	default:
		return "", false
	}
	typ, ok := g.typeText(elem, inVariable)
	if !ok || !strings.Contains(typ, "(") {
		return "", false
	}
	return g.temp(typ + "[]"), true
}

// collectColumns collects the columns of a source into parallel collections.
func (g *gen) collectColumns(targets []ast.Expr, source, end, with string) string {
	cols := make([]string, len(targets))
	values := make([]string, len(targets))
	into := make([]string, len(targets))
	for i, t := range targets {
		cols[i] = "c" + itoa(i+1)
		array := "coalesce(array_agg(lf_q." + cols[i] + "), '{}')"
		if g.collecting {
			values[i], into[i] = array, g.addsTo(t)
			continue
		}
		if v, ok := g.sizedArray(t); ok {
			values[i], into[i] = array, v
			g.body.after = append(g.body.after, g.setTo(t, g.collected(t, v)))
			continue
		}
		values[i] = g.collected(t, array).s
		into[i] = g.outTarget(t)
	}
	g.countCollected(targets[0])
	if with != "" {
		return "WITH lf_q(" + strings.Join(cols, ", ") + ") AS (" + with + ")\n" + "SELECT " + strings.Join(values, ", ") + " INTO " + strings.Join(into, ", ") + " FROM lf_q"
	}
	return "SELECT " + strings.Join(values, ", ") + " INTO " + strings.Join(into, ", ") + " FROM " + source + strings.Join(cols, ", ") + end
}

// countCollected keeps SQL%ROWCOUNT where the routine asks for it.
func (g *gen) countCollected(target ast.Expr) {
	if g.body == nil || g.body.facts == nil || !g.body.facts.sqlAttr {
		return
	}
	g.declareOnce(sqlRows, "integer")
	p, ok := g.collectionOf(target)
	if !ok {
		return
	}
	count := "cardinality(" + g.read(p).s + ")"
	if g.keysOf(g.info.Type(target)) != resolve.ClassUnknown {
		count = g.use("aa_count") + "(" + g.read(p).s + ")"
	}
	g.body.after = append(g.body.after, sqlRows+" := "+count)
}

// bulkReturning converts DML with RETURNING ... BULK COLLECT INTO, whose text without INTO is given.
func (g *gen) bulkReturning(at ast.Stmt, r *ast.Returning, dml string) string {
	targets := r.Into.Targets
	if len(targets) > 1 || !g.collectsRows(targets[0], len(r.Items), nil) {
		return g.collectColumns(targets, "", "", dml)
	}
	elem := g.elemType(targets[0])
	typ, ok := g.typeText(elem, inParameter)
	if !ok {
		g.refuse(at, "bulk-collect", "the type of the elements of %s is not in the source", g.source(targets[0]))
		return "NULL"
	}
	array := "coalesce(array_agg(ROW(lf_q.*)::" + typ + "), '{}')"
	if g.collecting {
		return "WITH lf_q AS (" + dml + ")\nSELECT " + array + " INTO " + g.addsTo(targets[0]) + " FROM lf_q"
	}
	value := g.collected(targets[0], array).s
	g.countCollected(targets[0])
	return "WITH lf_q AS (" + dml + ")\nSELECT " + value + " INTO " + g.outTarget(targets[0]) + " FROM lf_q"
}

// addsTo is a variable for an array that is added to a collection behind the statement.
func (g *gen) addsTo(target ast.Expr) string {
	typ, ok := g.typeText(g.elemType(target), inParameter)
	p, is := g.placeOf(target)
	if !ok || !is {
		g.refuse(target, "bulk-collect", "the type of the elements of %s is not in the source", g.source(target))
		return "NULL"
	}
	t := g.temp(typ + "[]")
	cur := g.read(p).s
	value := cur + " || " + t
	if g.keysOf(g.info.Type(target)) != resolve.ClassUnknown {
		value = g.use("aa_append") + "(" + cur + ", " + t + ")"
	}
	g.body.after = append(g.body.after, g.assignPlace(p, frag{s: value, prec: precOther, typ: pgArray}, "")...)
	return t
}

// rowVars are variables for one row of what is collected, and the statements that add the row to the collections.
func (g *gen) rowVars(at ast.Stmt, targets []ast.Expr, from []resolve.Type) (vars, add, empty []string) {
	for i, t := range targets {
		elem := g.elemType(t)
		where := inParameter
		if g.keysOf(g.info.Type(t)) != resolve.ClassUnknown { // jsonb holds no element to its size
			where = inVariable
		}
		typ, ok := g.typeText(elem, where)
		if !ok {
			g.refuse(at, "bulk-collect", "the type of the elements of %s is not in the source", g.source(t))
			return []string{"NULL"}, nil, nil
		}
		v, value, through := "", frag{}, false
		if i < len(from) {
			v, value, through = g.through(elem, from[i])
		}
		if !through {
			v = g.temp(typ)
			value = atom(v, typeOf(elem))
		}
		vars = append(vars, v)
		p, ok := g.placeOf(t)
		if !ok {
			g.refuse(at, "bulk-collect", "%s is no collection", g.source(t))
			return vars, nil, nil
		}
		cur := g.read(p).s
		if g.keysOf(g.info.Type(t)) != resolve.ClassUnknown {
			empty = append(empty, g.assignPlace(p, frag{s: "'{}'", prec: precPrimary, typ: pgJSON}, "")...)
			put := g.use("aa_put") + "(" + cur + ", " + g.use("aa_count") + "(" + cur + ") + 1, " + value.s + ")"
			add = append(add, g.assignPlace(p, atom(put, pgJSON), "")...)
			continue
		}
		empty = append(empty, g.assignPlace(p, frag{s: "'{}'", prec: precPrimary, typ: pgArray}, "")...)
		add = append(add, g.assignPlace(p, atom("array_append("+cur+", "+value.s+")", pgArray), "")...)
	}
	return vars, add, empty
}

// bulkFetch converts FETCH ... BULK COLLECT INTO: a loop that fetches row by row, up to LIMIT. Afterwards the cursor has
// %NOTFOUND when fewer rows came than LIMIT asked for.
func (g *gen) bulkFetch(x *ast.Fetch) string {
	cursor := g.fetchedCursor(x.Cursor)
	vars, add, empty := g.rowVars(x, x.Into, g.fetchedTypes(x.Cursor, len(x.Into)))
	in := g.indent(x)
	head := "LOOP"
	if x.Limit != nil {
		head = "FOR lf_i IN 1 .. " + g.subscript(x.Limit) + " LOOP"
	}
	var b strings.Builder
	b.WriteString(head + "\n" + in + "    FETCH " + cursor + " INTO " + strings.Join(vars, ", ") + ";\n")
	if v := g.attrVar(x.Cursor, token.FOUND); v != "" {
		b.WriteString(in + "    " + v + " := FOUND;\n")
	}
	b.WriteString(in + "    EXIT WHEN NOT FOUND;\n")
	if v := g.attrVar(x.Cursor, token.ROWCOUNT); v != "" {
		b.WriteString(in + "    " + v + " := " + v + " + 1;\n")
	}
	for _, s := range add {
		b.WriteString(in + "    " + s + ";\n")
	}
	b.WriteString(in + "END LOOP")
	g.body.before = append(g.body.before, empty...)
	return b.String()
}

// bulkLoop collects the rows of dynamic SQL: source is what stands behind IN of the loop.
func (g *gen) bulkLoop(at ast.Stmt, targets []ast.Expr, source string) string {
	vars, add, empty := g.rowVars(at, targets, nil)
	in := g.indent(at)
	var b strings.Builder
	b.WriteString("FOR " + strings.Join(vars, ", ") + " IN " + source + " LOOP\n")
	for _, s := range add {
		b.WriteString(in + "    " + s + ";\n")
	}
	b.WriteString(in + "END LOOP")
	g.body.before = append(g.body.before, empty...)
	if len(targets) > 0 {
		g.countCollected(targets[0])
	}
	return b.String()
}
