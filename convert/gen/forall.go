package gen

import (
	"strings"

	"landfall/internal/oracle/resolve"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// Variables of FORALL ... SAVE EXCEPTIONS and of SQL%BULK_ROWCOUNT.
const (
	bulkIndexes = "lf_bulk_index"
	bulkCodes   = "lf_bulk_code"
	bulkRows    = "lf_bulk_rows"
)

// forallStmt converts FORALL to a loop over the same statement (PL/SQL Language Reference, "FORALL Statement"). With SAVE
// EXCEPTIONS a failing iteration is undone by itself and noted; ORA-24381 is raised behind the loop.
func (g *gen) forallStmt(x *ast.ForAll) string {
	in := g.indent(x)
	index := g.localName(g.f.Last(x.Index))
	var head string
	first := "1"
	switch x.Kind {
	case ast.IterRange:
		first = g.subscript(x.Low)
		head = "FOR " + index + " IN " + first + " .. " + g.subscript(x.High) + " LOOP"
	case ast.IterIndices:
		p, ok := g.placeOf(x.Of)
		if !ok {
			g.refuse(x, "forall", "%s is no collection", g.source(x.Of))
			return "NULL"
		}
		v := g.read(p).s
		if g.keysOf(g.info.Type(x.Of)) == resolve.ClassUnknown {
			lo, hi := "1", g.use("count")+"("+v+")"
			if x.Low != nil {
				lo, hi = "greatest(1, "+g.subscript(x.Low)+")", "least("+hi+", "+g.subscript(x.High)+")"
			}
			head = "FOR " + index + " IN " + lo + " .. " + hi + " LOOP"
			break
		}
		g.declareOnce(index, "integer")
		source := "SELECT key::integer FROM " + g.use("aa_elements") + "(" + v + ")"
		if x.Low != nil {
			source += " WHERE key::integer BETWEEN " + g.subscript(x.Low) + " AND " + g.subscript(x.High)
		}
		head = "FOR " + index + " IN " + source + " LOOP"
	case ast.IterValues:
		p, ok := g.placeOf(x.Of)
		if !ok {
			g.refuse(x, "forall", "%s is no collection", g.source(x.Of))
			return "NULL"
		}
		g.declareOnce(index, "integer")
		v := g.read(p).s
		if g.keysOf(g.info.Type(x.Of)) != resolve.ClassUnknown {
			v = g.use("aa_values") + "(" + v + ")::integer[]"
		}
		head = "FOREACH " + index + " IN ARRAY " + v + " LOOP"
	default:
		g.refuse(x, "forall", "no PostgreSQL form is known for %s", g.what(x))
		return "NULL"
	}
	rows := g.usesAttr(token.BULK_ROWCOUNT)
	saved := g.usesAttr(token.BULK_EXCEPTIONS) || x.Save
	total := g.body.facts != nil && g.body.facts.sqlAttr
	step := in + "    "
	sql := g.body.facts != nil && g.body.facts.sqlAttr
	if g.body.facts != nil {
		g.body.facts.sqlAttr = false // the loop counts
	}
	try := g.body.try
	if x.Save { // the iterations are tried one by one here
		g.body.try = nil
	}
	g.collecting = g.forallReturning(x)
	body := g.stmt(x.Action)
	g.collecting = false
	g.body.try = try
	if g.body.facts != nil {
		g.body.facts.sqlAttr = sql
	}
	var b strings.Builder
	if x.Save {
		step += "    "
		b.WriteString(in + "    BEGIN\n")
	}
	b.WriteString(step + strings.ReplaceAll(body, "\n"+in, "\n"+step) + ";\n")
	if total || rows {
		g.declareOnce("lf_bulk_n", "integer")
		b.WriteString(step + "GET DIAGNOSTICS lf_bulk_n = ROW_COUNT;\n")
	}
	if total {
		g.declareOnce(sqlRows, "integer")
		g.body.before = append(g.body.before, sqlRows+" := 0")
		b.WriteString(step + sqlRows + " := " + sqlRows + " + lf_bulk_n;\n")
	}
	if rows {
		g.declareOnce(bulkRows, "jsonb")
		g.body.before = append(g.body.before, bulkRows+" := '{}'")
		b.WriteString(step + bulkRows + " := " + bulkRows + " || jsonb_build_object(" + index + "::text, lf_bulk_n);\n")
	}
	if x.Save {
		number := index + " - " + first + " + 1"
		if first == "1" {
			number = index
		}
		if x.Kind != ast.IterRange {
			g.declareOnce("lf_bulk_i", "integer")
			g.body.before = append(g.body.before, "lf_bulk_i := 0")
			number = "lf_bulk_i"
		}
		b.WriteString(in + "    EXCEPTION\n" + in + "        WHEN OTHERS THEN\n" + in + "            " + bulkIndexes + " := " + bulkIndexes + " || (" + number + ");\n" +
			in + "            " + bulkCodes + " := " + bulkCodes + " || -" + g.use("sqlcode") + "(SQLSTATE)::integer;\n" + in + "    END;\n")
	}
	text := head + "\n"
	if x.Save && x.Kind != ast.IterRange {
		text += in + "    lf_bulk_i := lf_bulk_i + 1;\n"
	}
	text += b.String() + in + "END LOOP"
	if saved {
		g.declareOnce(bulkIndexes, "integer[]")
		g.declareOnce(bulkCodes, "integer[]")
		g.body.before = append(g.body.before, bulkIndexes+" := '{}'", bulkCodes+" := '{}'")
	}
	if !x.Save {
		return text
	}
	g.body.before = append(g.body.before, text)
	if try != nil {
		step := in + "    "
		return "IF cardinality(" + bulkIndexes + ") > 0 THEN\n" + step + try.state + " := " + g.use("sqlstate") + "(-24381);\n" + step + try.message +
			" := 'ORA-24381: error(s) in array DML';\n" + step + "EXIT " + try.label + ";\n" + in + "END IF"
	}
	return "IF cardinality(" + bulkIndexes + ") > 0 THEN\n" + in + "    RAISE EXCEPTION 'ORA-24381: error(s) in array DML' USING ERRCODE = " + g.use("sqlstate") + "(-24381);\n" + in + "END IF"
}

// forallReturning empties the collections that RETURNING ... BULK COLLECT INTO of a FORALL fills: each iteration adds its rows.
func (g *gen) forallReturning(x *ast.ForAll) bool {
	r := returningOf(x.Action)
	if r == nil || r.Into == nil || !r.Into.Bulk {
		return false
	}
	for _, t := range r.Into.Targets {
		g.body.before = append(g.body.before, g.setTo(t, frag{s: "'{}'", prec: precPrimary, typ: pgArray}))
	}
	return true
}

// usesAttr reports whether the routine at hand asks for an attribute of the implicit cursor.
func (g *gen) usesAttr(attr token.Keyword) bool {
	if g.body == nil || g.body.node == nil {
		return false
	}
	found := false
	ast.Walk(g.body.node, func(n ast.Node) bool {
		if a, ok := n.(*ast.Attr); ok && a.Attr == attr {
			found = true
		}
		return !found
	})
	return found
}

// bulkAttr converts SQL%BULK_ROWCOUNT(i) and SQL%BULK_EXCEPTIONS with its fields; ok is false for other expressions.
func (g *gen) bulkAttr(e ast.Expr) (frag, bool) {
	switch x := e.(type) {
	case *ast.Attr:
		if x.Attr == token.BULK_ROWCOUNT && x.Index != nil {
			return atom("("+bulkRows+" ->> "+g.keyText(x.Index, resolve.ClassInteger)+")::integer", pgInteger), true
		}
	case *ast.Field:
		if x.Name == nil {
			return frag{}, false
		}
		name := g.f.Last(x.Name)
		a, ok := x.X.(*ast.Attr)
		if !ok || a.Attr != token.BULK_EXCEPTIONS {
			return frag{}, false
		}
		switch {
		case name == "COUNT" && a.Index == nil:
			return frag{s: "cardinality(" + bulkIndexes + ")", prec: precPrimary, typ: pgInteger, notNull: true}, true
		case (name == "FIRST" || name == "LAST") && a.Index == nil:
			return callFrag(g.use(strings.ToLower(name)), pgInteger, bulkIndexes), true
		case name == "ERROR_INDEX" && a.Index != nil:
			return callFrag(g.use("elem"), pgInteger, bulkIndexes, g.subscript(a.Index)), true
		case name == "ERROR_CODE" && a.Index != nil:
			return callFrag(g.use("elem"), pgInteger, bulkCodes, g.subscript(a.Index)), true
		}
	}
	return frag{}, false
}
