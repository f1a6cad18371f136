package gen

import (
	"math/big"
	"strings"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// ROWNUM numbers the rows that pass WHERE, before they are grouped or sorted (SQL Language Reference 19c, "ROWNUM
// Pseudocolumn"). A row gets its number when the other conditions have let it pass, and the number is used up only when
// the condition on ROWNUM lets it pass too: so ROWNUM > 1 is never true, and any other comparison comes down to a limit.

// rownumUse is how a block uses ROWNUM.
type rownumUse struct {
	limit  string      // number of rows; "" without
	at     ast.Node    // the condition that limits
	extra  []string    // conditions that ROWNUM in WHERE leaves
	values []*ast.Name // ROWNUM as a value, outside of WHERE
	inner  bool        // rows must be cut or numbered in an inner query
	mixed  []*conjunct // conditions with ROWNUM among others below OR
	places []*ast.Name // ROWNUM in them
}

// findRownum takes the conditions on ROWNUM out of WHERE.
func (b *block) findRownum() *rownumUse {
	g := b.g
	u := &rownumUse{}
	for _, c := range b.conds {
		if !g.usesRownum(c.x) {
			continue
		}
		b.rownumCondition(u, c)
	}
	collect := func(n ast.Node) {
		own(n, func(c ast.Node) {
			if x, ok := c.(*ast.Name); ok && g.pseudo(x) == "ROWNUM" {
				u.values = append(u.values, x)
			}
		})
	}
	for _, it := range b.q.Items {
		collect(it)
	}
	if b.q.GroupBy != nil {
		collect(b.q.GroupBy)
	}
	if b.q.Having != nil {
		collect(b.q.Having)
	}
	if b.t != nil && b.t.s.OrderBy != nil {
		collect(b.t.s.OrderBy)
	}
	return u
}

func (g *gen) usesRownum(e ast.Expr) bool {
	found := false
	own(e, func(n ast.Node) {
		if x, ok := n.(*ast.Name); ok && g.pseudo(x) == "ROWNUM" {
			found = true
		}
	})
	return found
}

// rownumCondition makes a limit of one condition.
func (b *block) rownumCondition(u *rownumUse, c *conjunct) {
	g := b.g
	refuse := func() {
		g.refuse(c.x, "rownum", "%s: ROWNUM in such a condition has no counterpart; number the rows in an inner query", g.what(c.x))
		c.gone = true
	}
	take := func(limit string) {
		c.gone = true
		u.at = c.x
		switch {
		case u.limit == "":
			u.limit = limit
		default:
			u.limit = "least(" + u.limit + ", " + limit + ")"
		}
	}
	var x, low ast.Expr
	var op token.Kind
	switch e := ast.Unparen(c.x).(type) {
	case *ast.Between:
		if !e.Not && g.isRownum(e.X) && !g.usesRownum(e.Low) && !g.usesRownum(e.Top) {
			low, x, op = e.Low, e.Top, token.LE
		}
	case *ast.Binary:
		switch {
		case g.isRownum(e.X) && !g.usesRownum(e.Y):
			x, op = e.Y, e.Op.Kind
		case g.isRownum(e.Y) && !g.usesRownum(e.X):
			x, op = e.X, turned(e.Op.Kind)
		}
	case *ast.In: // ROWNUM IN (1, 2, 3): as far as the numbers follow on each other from 1
		if l, ok := e.Set.(*ast.List); ok && !e.Not && g.isRownum(e.X) {
			if n, ok := g.runFromOne(l); ok {
				take(itoa(n))
				return
			}
		}
	}
	if x == nil {
		if !b.mixedRownum(u, c) {
			refuse()
		}
		return
	}
	own(x, func(n ast.Node) {
		if m, ok := n.(*ast.Name); ok && b.item(m) >= 0 {
			op = 0 // a limit cannot hang on the rows it limits
		}
	})
	switch op {
	case token.LE:
		if low != nil && !atMostOne(g, low) {
			u.extra = append(u.extra, "1 >= "+g.expr(low).in(precCompare+1))
		}
		take(g.limitOf(x, false))
	case token.LT:
		take(g.limitOf(x, true))
	case token.EQ:
		if v, ok := g.numberValue(x); ok {
			if v.Cmp(big.NewRat(1, 1)) == 0 {
				take("1")
			} else {
				take("0")
				g.reportAs(c.x, "rownum", model.Low, model.Review, "ROWNUM = %s is never true: the query gives no row", g.source(x))
			}
			return
		}
		take("CASE WHEN " + g.number1(x) + " = 1 THEN 1 ELSE 0 END")
	case token.NE:
		if v, ok := g.numberValue(x); ok && v.IsInt() && v.Sign() > 0 {
			n := new(big.Int).Sub(v.Num(), big.NewInt(1))
			take(n.String())
			return
		}
		refuse()
	case token.GT, token.GE:
		// either all rows pass or none does
		sign := map[token.Kind]string{token.GT: " > ", token.GE: " >= "}[op]
		u.extra = append(u.extra, "1"+sign+g.number1(x))
		if v, ok := g.numberValue(x); ok {
			if one := v.Cmp(big.NewRat(1, 1)); one > 0 || one == 0 && op == token.GT {
				g.reportAs(c.x, "rownum", model.Low, model.Review, "%s is never true: the query gives no row", g.source(c.x))
			}
		}
		c.gone = true
	default:
		refuse()
	}
}

// mixedRownum takes a condition like a = 1 OR b = 2 AND ROWNUM = 1. In which order rows come is open, so those that pass
// without ROWNUM may come first; behind them a row passes as long as its place among all is within the limit.
func (b *block) mixedRownum(u *rownumUse, c *conjunct) bool {
	g := b.g
	var places []*ast.Name
	good := true
	var walk func(e ast.Expr)
	walk = func(e ast.Expr) {
		switch x := e.(type) {
		case *ast.Paren:
			walk(x.X)
			return
		case *ast.Binary:
			if x.Op.Kw == token.AND || x.Op.Kw == token.OR {
				walk(x.X)
				walk(x.Y)
				return
			}
			op := x.Op.Kind
			n, v := x.X, x.Y
			if g.isRownum(x.Y) {
				n, v, op = x.Y, x.X, turned(op)
			}
			if g.isRownum(n) && !g.usesRownum(v) {
				one, isConst := g.numberValue(v)
				falls := op == token.LE || op == token.LT || op == token.EQ && isConst && one.Cmp(big.NewRat(1, 1)) == 0
				good = good && falls
				places = append(places, ast.Unparen(n).(*ast.Name))
				return
			}
		}
		good = good && !g.usesRownum(e)
	}
	walk(c.x)
	if !good || len(places) == 0 || b.q.Hier != nil {
		return false
	}
	u.mixed = append(u.mixed, c)
	u.places = append(u.places, places...)
	u.inner = true
	c.gone = true
	return true
}

// withRownum is a condition with a number in place of ROWNUM.
func (b *block) withRownum(u *rownumUse, c *conjunct, number string) string {
	for _, n := range u.places {
		b.g.move(n, number)
	}
	return b.g.expr(c.x).in(precAnd)
}

// number1 is an expression as a number to compare with.
func (g *gen) number1(x ast.Expr) string {
	f := g.expr(x)
	if f.typ.text() {
		f = f.cast("numeric", pgNumeric)
	}
	return f.in(precCompare + 1)
}

func turned(op token.Kind) token.Kind {
	switch op {
	case token.LT:
		return token.GT
	case token.LE:
		return token.GE
	case token.GT:
		return token.LT
	case token.GE:
		return token.LE
	}
	return op
}

func (g *gen) isRownum(e ast.Expr) bool {
	n, ok := ast.Unparen(e).(*ast.Name)
	return ok && g.pseudo(n) == "ROWNUM"
}

// runFromOne is the last of the numbers 1, 2, 3 ... that a list holds without a gap.
func (g *gen) runFromOne(l *ast.List) (int, bool) {
	have := map[string]bool{}
	for _, it := range l.Items {
		v, ok := g.numberValue(it)
		if !ok {
			return 0, false
		}
		have[v.RatString()] = true
	}
	n := 0
	for have[itoa(n+1)] {
		n++
	}
	return n, true
}

func atMostOne(g *gen, e ast.Expr) bool {
	v, ok := g.numberValue(e)
	return ok && v.Cmp(big.NewRat(1, 1)) <= 0
}

// numberValue is the value of a numeric constant, also in quotes.
func (g *gen) numberValue(e ast.Expr) (*big.Rat, bool) {
	switch x := ast.Unparen(e).(type) {
	case *ast.Literal:
		s := g.source(x)
		if x.Kind == ast.LitString {
			s, _ = g.stringValue(x)
		} else if x.Kind != ast.LitNumber {
			return nil, false
		}
		return new(big.Rat).SetString(strings.TrimSpace(s))
	case *ast.Unary:
		if v, ok := g.numberValue(x.X); ok && x.Op.Kind == token.Minus {
			return v.Neg(v), true
		}
	}
	return nil, false
}

// limitOf is the number of rows that ROWNUM <= x (or < x) lets pass, for LIMIT: whole, not negative, not NULL.
func (g *gen) limitOf(e ast.Expr, below bool) string {
	if v, ok := g.numberValue(e); ok {
		n := new(big.Int).Quo(v.Num(), v.Denom())
		if below && v.IsInt() {
			n.Sub(n, big.NewInt(1))
		}
		if v.Sign() < 0 || n.Sign() < 0 {
			return "0"
		}
		return n.String()
	}
	f := g.expr(e)
	return limitFrag(f, below)
}

// limitFrag rounds and guards what is not a constant: greatest() passes over NULL (PG, "GREATEST and LEAST").
func limitFrag(f frag, below bool) string {
	if f.typ.text() {
		f = f.cast("numeric", pgNumeric)
	}
	switch {
	case f.typ == pgInteger && below:
		return "greatest(" + f.in(precAdd) + " - 1, 0)"
	case f.typ == pgInteger:
		return "greatest(" + f.s + ", 0)"
	case below:
		return "greatest(ceil(" + f.s + ") - 1, 0)"
	}
	return "greatest(floor(" + f.s + "), 0)"
}

// rownumPlan decides whether rows are cut by LIMIT of the block itself or in an inner query.
func (b *block) rownumPlan() {
	g, u, q := b.g, b.rownum, b.q
	if u.limit == "" && len(u.values) == 0 {
		return
	}
	if len(u.mixed) > 0 && (u.limit != "" || len(u.values) > 0) {
		g.refuse(u.mixed[0].x, "rownum", "ROWNUM below OR and elsewhere in one query block: number the rows in an inner query")
		return
	}
	grouped := q.GroupBy != nil || q.Having != nil || q.Distinct == token.DISTINCT || q.Distinct == token.UNIQUE || g.aggregates(q)
	sorted := b.t != nil && b.t.s.OrderBy != nil && (q.Hier == nil || !b.t.s.OrderBy.Siblings)
	paged := b.t != nil && b.t.s.Limit != nil
	if u.limit != "" {
		if grouped || sorted || paged || g.windows(q) {
			u.inner = true
			if sorted && !grouped && !isOne(u.limit) {
				g.reportAs(u.at, "rownum", model.Low, model.Review, "ROWNUM takes its rows before ORDER BY sorts them, so any rows, then sorted; check whether the first ones were meant")
			}
		} else {
			b.limit = "LIMIT " + u.limit
		}
	}
	if len(u.values) > 0 && (grouped && q.Distinct == 0 || q.Distinct != 0 && g.aggregates(q)) {
		u.inner = true
	}
	if len(u.values) > 0 && u.inner && b.q.Hier != nil {
		g.refuse(u.values[0], "rownum", "ROWNUM of grouped rows of a hierarchy: number them in an inner query")
	}
}

func isOne(s string) bool { return s == "1" || s == "0" }

// aggregateFunctions of Oracle (SQL Language Reference 19c, "Aggregate Functions"), without OVER.
var aggregateFunctions = map[string]bool{
	"COUNT": true, "SUM": true, "MIN": true, "MAX": true, "AVG": true, "LISTAGG": true, "STDDEV": true, "STDDEV_POP": true, "STDDEV_SAMP": true,
	"VARIANCE": true, "VAR_POP": true, "VAR_SAMP": true, "MEDIAN": true, "COLLECT": true, "XMLAGG": true, "WM_CONCAT": true, "CORR": true,
	"COVAR_POP": true, "COVAR_SAMP": true, "PERCENTILE_CONT": true, "PERCENTILE_DISC": true, "RANK": true, "DENSE_RANK": true, "CUME_DIST": true,
	"PERCENT_RANK": true, "JSON_ARRAYAGG": true, "JSON_OBJECTAGG": true, "STATS_MODE": true, "APPROX_COUNT_DISTINCT": true, "BIT_AND_AGG": true,
	"BIT_OR_AGG": true, "BIT_XOR_AGG": true, "CHECKSUM": true, "ANY_VALUE": true, "SYS_XMLAGG": true, "REGR_SLOPE": true, "REGR_COUNT": true,
	"REGR_INTERCEPT": true, "REGR_R2": true, "REGR_AVGX": true, "REGR_AVGY": true, "FIRST": true, "LAST": true,
}

// aggregates reports whether a block aggregates its rows.
func (g *gen) aggregates(q *ast.QueryBlock) bool {
	found := false
	for _, it := range q.Items {
		own(it.X, func(n ast.Node) {
			c, ok := n.(*ast.Call)
			found = found || ok && g.isAggregate(c)
		})
	}
	return found
}

// windows reports whether a block has window functions.
func (g *gen) windows(q *ast.QueryBlock) bool {
	found := false
	for _, it := range q.Items {
		own(it.X, func(n ast.Node) {
			c, ok := n.(*ast.Call)
			found = found || ok && c.Over != nil
		})
	}
	return found
}

// cut gives FROM with the inner query that numbers or cuts the rows.
func (b *block) cut() string {
	g, u := b.g, b.rownum
	_, from := b.fromList()
	cond := b.condText(b.kept())
	rows := b.rowset()
	list := rows.list
	if len(u.values) > 0 {
		list = append(list, "row_number() OVER () AS rownum")
		for _, n := range u.values {
			g.move(n, rows.alias+".rownum")
		}
	}
	if len(list) == 0 {
		list = []string{"1"}
	}
	in := g.lineBreak(b.q)
	if in != " " {
		in += "      "
	}
	behind := ""
	if len(u.mixed) > 0 {
		var first, all, then []string
		for _, c := range u.mixed {
			g.names(c.x, func(n *ast.Name) { b.pass(rows, n) })
			then = append(then, b.withRownum(u, c, rows.alias+".rownum"))
		}
		list = rows.list
		for _, c := range u.mixed { // the inner query has the tables themselves
			g.names(c.x, func(n *ast.Name) { delete(g.moved, n) })
			first = append(first, b.withRownum(u, c, "2147483647"))
			all = append(all, b.withRownum(u, c, "1"))
		}
		list = append(list, "row_number() OVER (ORDER BY CASE WHEN "+strings.Join(first, " AND ")+" THEN 0 ELSE 1 END) AS rownum")
		if cond != "" {
			cond += " AND "
		}
		cond += strings.Join(all, " AND ")
		behind = g.lineBreak(b.q) + "WHERE " + strings.Join(then, " AND ")
	}
	text := "SELECT " + strings.Join(list, ", ")
	if from != "" {
		text += in + "FROM " + from
	}
	if cond != "" {
		text += in + "WHERE " + cond
	}
	if u.limit != "" {
		text += in + "LIMIT " + u.limit
	}
	return "FROM (" + text + ") AS " + rows.alias + behind
}
