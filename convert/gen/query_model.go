package gen

import (
	"math/big"
	"strings"

	"landfall/internal/oracle/resolve"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// MODEL (SQL Language Reference 19c, model_clause) is converted where its rules can be worked one after the other: every
// rule becomes a query over the one before that changes the cells it names and, under UPSERT, adds those that are missing.
// Iteration, reference models, automatic order and rules over many cells that read each other are refused.

// cells is the state while one is converted.
type cells struct {
	q        *ast.QueryBlock
	parts    []string // columns, quoted
	dims     []string
	measures []string
	dimNames []string // folded
	nav      bool     // IGNORE NAV: what is missing counts as 0
	from     string   // the query that cells are read from
	row      string   // alias of the row at hand
	current  []string // the dimensions of the cell at hand, for CV()
	at       int      // the dimension at hand
}

// modelSteps is the most queries that one MODEL may become.
const modelSteps = 60

func (b *block) model() string {
	g, q := b.g, b.q
	m := q.Model
	refuse := func(n ast.Node, format string, args ...any) string {
		g.refuse(n, "model", format, args...)
		return ""
	}
	switch {
	case len(m.Refs) > 0:
		return refuse(m, "MODEL with reference models: write the rules as joins or window functions")
	case m.Rules == nil || m.Rules.Iterate != nil:
		return refuse(m, "MODEL that iterates: write it as a recursive query or a loop")
	case m.Rules.Order == token.AUTOMATIC && len(m.Rules.Rules) > 1:
		return refuse(m, "MODEL in automatic order: put its rules into the order in which they depend on each other")
	case len(q.From) == 0 || q.Hier != nil || b.rownum.limit != "" || len(b.rownum.values) > 0 || q.Distinct != 0 || q.Qualify != nil:
		return refuse(m, "MODEL of such a query: put the query below it into an inline view")
	}
	md := &cells{q: q}
	for _, o := range [...]*ast.ModelOptions{m.Options, m.Main} {
		if o != nil {
			md.nav = md.nav || o.Nav == token.IGNORE
			if o.Unique == token.SINGLE {
				return refuse(o, "MODEL with UNIQUE SINGLE REFERENCE: cells are more than one row")
			}
		}
	}
	var list []string
	column := func(it *ast.SelectItem) (string, string) {
		name := ""
		if it.Alias != nil {
			name = g.f.Last(it.Alias)
		} else if n, ok := it.X.(*ast.Name); ok {
			name = g.f.Last(n)
		} else {
			g.refuse(it, "model", "a column of MODEL has no name")
		}
		s := g.e.names.ident(name)
		text := g.text(it.X)
		if text != s && !strings.HasSuffix(text, "."+s) {
			text += " AS " + s
		}
		list = append(list, text)
		return s, name
	}
	for _, it := range m.Cols.Partition {
		s, _ := column(it)
		md.parts = append(md.parts, s)
	}
	for _, it := range m.Cols.Dimension {
		s, name := column(it)
		md.dims, md.dimNames = append(md.dims, s), append(md.dimNames, name)
	}
	for _, it := range m.Cols.Measures {
		s, _ := column(it)
		md.measures = append(md.measures, s)
	}
	subs := append(b.source(), b.grouping()...)
	in := "\n" + g.columnIndent(q)
	nl, deep := in+"    ", in+"        "
	name := g.alias()
	updated := m.Return == token.UPDATED
	if updated {
		list = append(list, "false AS lf_updated")
		md.measures = append(md.measures, "lf_updated")
	}
	ctes := []string{name + "_0 AS (" + deep + "SELECT " + strings.Join(list, ", ") + deep + strings.TrimSpace(g.spliceRange(b.fromWord(), m.Lo, subs...)) + nl + ")"}
	old := g.model
	g.model = md
	defer func() { g.model = old }()
	step := 0
	for _, r := range m.Rules.Rules {
		mode := r.Mode
		if mode == 0 {
			mode = m.Rules.Mode
		}
		cell, ok := r.Cell.(*ast.Index)
		if !ok || r.All || m.Rules.All && !md.single(g, cell) {
			return refuse(r, "a rule of MODEL in such a form: write it as a join or window function")
		}
		measure := g.modelColumn(cell.X)
		targets, single, symbolic, ok := md.targets(g, cell)
		if !ok {
			return ""
		}
		if !single && !md.own(g, r.X, measure, len(cell.Dims)) {
			return refuse(r, "a rule of MODEL changes many cells that read each other: write it as a recursive query")
		}
		for _, t := range targets {
			if step++; step > modelSteps {
				return refuse(r, "MODEL with more than %d cells to set one by one", modelSteps)
			}
			md.from, md.row = name+"_"+itoa(step-1), "r"
			md.current = t.current
			ctes = append(ctes, name+"_"+itoa(step)+" AS ("+deep+md.step(g, measure, t, r.X, single && !symbolic && mode != token.UPDATE, updated, deep)+nl+")")
		}
	}
	all := append(append(append([]string{}, md.parts...), md.dims...), md.measures...)
	final := "SELECT *"
	if updated {
		final = "SELECT " + strings.Join(all[:len(all)-1], ", ")
	}
	final += " FROM " + name + "_" + itoa(step)
	if updated {
		final += " WHERE lf_updated"
	}
	var items []string
	for _, it := range q.Items {
		items = append(items, g.selectItem(it))
	}
	into := ""
	if q.Into != nil {
		into = " " + g.into(q.Into)
	}
	return "SELECT " + strings.Join(items, ", ") + into + in + "FROM (" + nl + "WITH " + strings.Join(ctes, ","+nl) + nl + final + in + ") AS " + name
}

// modelTarget is one cell, or a set of cells, on the left of a rule.
type modelTarget struct {
	conds   []string // on row r
	values  []string // of a single cell
	current []string // what CV() is
}

// single reports whether every dimension of a cell names one value.
func (md *cells) single(g *gen, c *ast.Index) bool {
	for _, d := range c.Dims {
		switch d.(type) {
		case *ast.AnyValue, *ast.Is, *ast.Between, *ast.In, *ast.Like:
			return false
		}
	}
	return true
}

// targets are the cells that the left side of a rule names. FOR loops over constants are unrolled.
func (md *cells) targets(g *gen, c *ast.Index) (list []modelTarget, single, symbolic, ok bool) {
	list, single = []modelTarget{{}}, true
	if len(c.Dims) != len(md.dims) {
		g.refuse(c, "model", "a cell with %d of %d dimensions", len(c.Dims), len(md.dims))
		return nil, false, false, false
	}
	for i, d := range c.Dims {
		col := "r." + md.dims[i]
		var values []string
		switch x := d.(type) {
		case *ast.AnyValue:
			single = false
			for k := range list {
				list[k].current = append(list[k].current, col)
			}
			continue
		case *ast.ModelFor:
			if values, ok = md.loop(g, x); !ok {
				g.refuse(x, "model", "a loop of MODEL over values that are known only when it runs")
				return nil, false, false, false
			}
		case *ast.Binary:
			if n, isName := x.X.(*ast.Name); isName && g.f.Last(n) == md.dimNames[i] && binaryPrec[x.Op.Kind] == precCompare {
				if x.Op.Kind == token.EQ {
					symbolic = true
					values = []string{g.expr(x.Y).in(precCompare + 1)}
					break
				}
				single = false
				cond := md.dimCondition(g, d, i, "r")
				for k := range list {
					list[k].conds = append(list[k].conds, cond)
					list[k].current = append(list[k].current, col)
				}
				continue
			}
			values = []string{g.expr(d).in(precCompare + 1)}
		case *ast.Is, *ast.Between, *ast.In, *ast.Like:
			single = false
			cond := md.dimCondition(g, d, i, "r")
			for k := range list {
				list[k].conds = append(list[k].conds, cond)
				list[k].current = append(list[k].current, col)
			}
			continue
		default:
			values = []string{g.expr(d).in(precCompare + 1)}
		}
		var more []modelTarget
		for _, t := range list {
			for _, v := range values {
				n := modelTarget{conds: append(append([]string{}, t.conds...), col+" = "+v), values: append(append([]string{}, t.values...), v), current: append(append([]string{}, t.current...), v)}
				more = append(more, n)
			}
		}
		list = more
		if len(list) > modelSteps {
			g.refuse(d, "model", "MODEL with more than %d cells to set one by one", modelSteps)
			return nil, false, false, false
		}
	}
	return list, single, symbolic, true
}

// loop gives the values of FOR d IN (...) and FOR d FROM a TO b INCREMENT c.
func (md *cells) loop(g *gen, f *ast.ModelFor) ([]string, bool) {
	var values []string
	if l, ok := f.In.(*ast.List); ok && len(f.Cols) == 1 {
		for _, it := range l.Items {
			values = append(values, g.expr(it).in(precCompare+1))
		}
		return values, true
	}
	if f.From == nil || f.To == nil || f.Step == nil || f.Like != nil {
		return nil, false
	}
	from, ok1 := g.numberValue(f.From)
	to, ok2 := g.numberValue(f.To)
	step, ok3 := g.numberValue(f.Step)
	if !ok1 || !ok2 || !ok3 || step.Sign() <= 0 {
		return nil, false
	}
	if f.Decrement {
		step = new(big.Rat).Neg(step)
	}
	for v := from; (step.Sign() > 0 && v.Cmp(to) <= 0 || step.Sign() < 0 && v.Cmp(to) >= 0) && len(values) <= modelSteps; v = new(big.Rat).Add(v, step) {
		if v.IsInt() {
			values = append(values, v.Num().String())
		} else {
			s, _ := v.FloatPrec()
			values = append(values, v.FloatString(s))
		}
	}
	return values, true
}

// dimCondition is a condition on a dimension, for the row of an alias.
func (md *cells) dimCondition(g *gen, e ast.Expr, i int, alias string) string {
	if is, ok := e.(*ast.Is); ok && is.What != token.NULL { // IS ANY
		return "true"
	}
	var moved []*ast.Name
	g.names(e, func(n *ast.Name) {
		if g.f.Last(n) == md.dimNames[i] && g.f.NumParts(n) == 1 && g.info.From(n) == nil {
			g.move(n, alias+"."+md.dims[i])
			moved = append(moved, n)
		}
	})
	s := g.expr(e).in(precAnd)
	for _, n := range moved {
		delete(g.moved, n)
	}
	return s
}

// own holds when an expression reads the measure that it is for only in the cell at hand.
func (md *cells) own(g *gen, e ast.Expr, measure string, dims int) bool {
	good := true
	own(e, func(n ast.Node) {
		c, ok := n.(*ast.Index)
		if !ok {
			return
		}
		if _, plain := c.X.(*ast.Name); plain && g.modelColumn(c.X) != measure {
			return
		}
		for i, d := range c.Dims {
			call, ok := d.(*ast.Call)
			if !ok {
				good = false
				return
			}
			if f, ok := call.Fn.(*ast.Name); !ok || g.f.Last(f) != "CV" {
				good = false
				return
			}
			if len(call.Args) == 1 {
				a, ok := call.Args[0].X.(*ast.Name)
				good = good && ok && g.f.Last(a) == md.dimNames[i]
			}
		}
	})
	return good
}

// modelColumn is the measure that a cell is of.
func (g *gen) modelColumn(e ast.Expr) string {
	if n, ok := e.(*ast.Name); ok {
		return g.e.names.ident(g.f.Last(n))
	}
	return ""
}

// step is the query of one rule and target.
func (md *cells) step(g *gen, measure string, t modelTarget, value ast.Expr, upsert, updated bool, deep string) string {
	hit := strings.Join(t.conds, " AND ")
	if hit == "" {
		hit = "true"
	}
	cols := append([]string{}, md.parts...)
	cols = append(cols, md.dims...)
	for i := range cols {
		cols[i] = "r." + cols[i]
	}
	for _, c := range md.measures {
		switch {
		case c == measure:
			cols = append(cols, "CASE WHEN "+hit+" THEN "+g.text(value)+" ELSE r."+c+" END AS "+c)
		case updated && c == "lf_updated":
			cols = append(cols, "r.lf_updated OR "+hit+" AS lf_updated")
		default:
			cols = append(cols, "r."+c)
		}
	}
	s := "SELECT " + strings.Join(cols, ", ") + deep + "FROM " + md.from + " AS r"
	if !upsert {
		return s
	}
	var more, same []string
	for _, p := range md.parts {
		more = append(more, "r."+p)
		same = append(same, "x."+p+" IS NOT DISTINCT FROM r."+p)
	}
	more = append(more, t.values...)
	for i, v := range t.values {
		same = append(same, "x."+md.dims[i]+" = "+v)
	}
	for _, c := range md.measures {
		switch {
		case c == measure:
			more = append(more, g.text(value))
		case updated && c == "lf_updated":
			more = append(more, "true")
		default:
			more = append(more, "NULL")
		}
	}
	rows := "(SELECT 1) AS r"
	if len(md.parts) > 0 {
		rows = "(SELECT DISTINCT " + strings.Join(md.parts, ", ") + " FROM " + md.from + ") AS r"
	}
	return s + deep + "UNION ALL" + deep + "SELECT " + strings.Join(more, ", ") + deep + "FROM " + rows +
		deep + "WHERE NOT EXISTS (SELECT 1 FROM " + md.from + " AS x WHERE " + strings.Join(same, " AND ") + ")"
}

// modelCell converts the value of a cell, or an aggregate over cells.
func (g *gen) modelCell(x *ast.Index) frag {
	md := g.model
	if md == nil || len(x.Dims) != len(md.dims) {
		return g.refuse(x, "not-converted", "no PostgreSQL form is known for %s", g.what(x))
	}
	var conds []string
	for _, p := range md.parts {
		conds = append(conds, "x."+p+" IS NOT DISTINCT FROM r."+p)
	}
	for i, d := range x.Dims {
		switch e := d.(type) {
		case *ast.AnyValue:
			continue
		case *ast.Between, *ast.In, *ast.Like, *ast.Is:
			conds = append(conds, md.dimCondition(g, d, i, "x"))
			continue
		case *ast.Binary:
			if n, ok := e.X.(*ast.Name); ok && g.f.Last(n) == md.dimNames[i] && binaryPrec[e.Op.Kind] == precCompare {
				conds = append(conds, md.dimCondition(g, d, i, "x"))
				continue
			}
		case *ast.ModelFor:
			return g.refuse(d, "model", "a loop on the right of a rule")
		}
		old := md.at
		md.at = i
		conds = append(conds, "x."+md.dims[i]+" = "+g.expr(d).in(precCompare+1))
		md.at = old
	}
	what := ""
	typ := typeOf(g.info.Type(x))
	switch f := x.X.(type) {
	case *ast.Name:
		what = "x." + g.modelColumn(f)
	case *ast.Call:
		var moved []*ast.Name
		for _, a := range f.Args {
			g.names(a.X, func(n *ast.Name) {
				g.move(n, "x."+g.e.names.ident(g.f.Last(n)))
				moved = append(moved, n)
			})
		}
		what = g.text(f)
		for _, n := range moved {
			delete(g.moved, n)
		}
	default:
		return g.refuse(x, "model", "no PostgreSQL form is known for %s", g.what(x))
	}
	s := "(SELECT " + what + " FROM " + md.from + " AS x"
	if len(conds) > 0 {
		s += " WHERE " + strings.Join(conds, " AND ")
	}
	s += ")"
	if md.nav {
		if typ != pgNumeric && typ != pgInteger && typ != pgUnknown {
			return g.refuse(x, "model", "IGNORE NAV of a measure that is no number")
		}
		s = "coalesce(" + s + ", 0)"
	}
	return atom(s, typ)
}

// currentValue converts CV() and CV(dimension).
func currentValue(g *gen, n *ast.Name, c *ast.Call) frag {
	md := g.model
	if md == nil || c == nil || len(md.current) != len(md.dims) {
		return g.refuse(n, "model", "CV stands outside of a rule of MODEL")
	}
	at := md.at
	if len(c.Args) == 1 {
		at = -1
		if a, ok := c.Args[0].X.(*ast.Name); ok {
			for i, d := range md.dimNames {
				if d == g.f.Last(a) {
					at = i
				}
			}
		}
	}
	if at < 0 || at >= len(md.current) {
		return g.refuse(n, "model", "CV of something that is no dimension")
	}
	typ := pgNumeric
	if it := md.q.Model.Cols.Dimension[at]; g.info.Type(it.X).Class != resolve.ClassUnknown {
		typ = typeOf(g.info.Type(it.X))
	}
	return frag{s: md.current[at], prec: precOther, typ: typ}
}
