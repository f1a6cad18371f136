package gen

import (
	"strings"

	"landfall/internal/oracle/resolve"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// block is the conversion of one query block: what becomes of FROM, WHERE and CONNECT BY.
type block struct {
	g *gen
	q *ast.QueryBlock
	t *tail // nil for an operand of a set operation

	conds  []*conjunct // of WHERE
	rownum *rownumUse
	limit  string // LIMIT clause of the block itself
}

// conjunct is one condition of WHERE between ANDs.
type conjunct struct {
	x     ast.Expr
	op    uint32 // token of the AND in front, 0 for the first
	loose bool   // it stood in parentheses with others, so the layout around it is lost

	from    map[int]bool // items of FROM it names
	marked  map[int]bool // items that it names with (+)
	plain   map[int]bool // items that it names without (+)
	unknown []*ast.Name  // columns with (+) of which it is not known where they come from
	vague   bool         // there are other columns of that kind
	marks   []*ast.OuterMark
	gone    bool // it has gone elsewhere
}

func (g *gen) newBlock(q *ast.QueryBlock, t *tail) *block {
	b := &block{g: g, q: q, t: t}
	if q.Where != nil {
		b.split(q.Where, 0, false)
	}
	for _, c := range b.conds {
		b.look(c)
	}
	b.rownum = b.findRownum()
	return b
}

// split cuts a condition at its ANDs. Parentheses around ANDs are opened when (+) is inside.
func (b *block) split(e ast.Expr, op uint32, loose bool) {
	var rights []*ast.Binary
	for {
		x, ok := e.(*ast.Binary)
		if !ok || x.Op.Kw != token.AND {
			break
		}
		rights = append(rights, x)
		e = x.X
	}
	one := func(e ast.Expr, op uint32) {
		if p, ok := e.(*ast.Paren); ok && HasOuterMark(p) {
			if in, ok := p.X.(*ast.Binary); ok && in.Op.Kw == token.AND {
				b.split(in, op, true)
				return
			}
		}
		b.conds = append(b.conds, &conjunct{x: e, op: op, loose: loose})
	}
	one(e, op)
	for i := len(rights) - 1; i >= 0; i-- {
		one(rights[i].Y, operator(rights[i]))
	}
}

// HasOuterMark reports whether a condition has a (+), not counting those of subqueries.
func HasOuterMark(n ast.Node) bool {
	found := false
	ast.Walk(n, func(c ast.Node) bool {
		switch c.(type) {
		case *ast.OuterMark:
			found = true
		case *ast.Select:
			return false
		}
		return !found
	})
	return found
}

// look finds out which items of FROM a condition names.
func (b *block) look(c *conjunct) {
	c.from, c.marked, c.plain = map[int]bool{}, map[int]bool{}, map[int]bool{}
	below := 0 // how many (+) are around
	var walk func(n ast.Node)
	walk = func(n ast.Node) {
		switch x := n.(type) {
		case *ast.OuterMark:
			c.marks = append(c.marks, x)
			below++
			walk(x.X)
			below--
			return
		case *ast.Name:
			i := b.item(x)
			switch {
			case i >= 0:
				c.from[i] = true
				if below > 0 {
					c.marked[i] = true
				} else {
					c.plain[i] = true
				}
			case below > 0:
				c.unknown = append(c.unknown, x)
			case b.g.info.From(x) == nil && !x.Star:
				k := b.g.ref(x).Kind
				c.vague = c.vague || k == resolve.Column || k == resolve.Unknown && len(b.g.f.Parts(x)) == 1
			}
			return
		}
		for _, k := range ast.InOrder(n) {
			walk(k)
		}
	}
	walk(c.x)
}

// item is the index of the item of FROM that a name is a column of, -1 for other names.
func (b *block) item(n *ast.Name) int {
	from := b.g.info.From(n)
	if from == nil {
		return -1
	}
	at := from.Range()
	for i, t := range b.q.From {
		if r := t.Range(); r.Lo <= at.Lo && at.Hi <= r.Hi {
			return i
		}
	}
	return -1
}

// plan decides how the block is written and moves what has to move before any of it is converted.
func (b *block) plan() {
	b.deduce()
	b.rownumPlan()
}

// source gives the pieces that FROM, WHERE and CONNECT BY become.
func (b *block) source() []sub {
	q := b.q
	if len(q.From) == 0 {
		return b.where(nil)
	}
	from := b.fromWord()
	end := q.From[len(q.From)-1].Range().Hi
	if q.Where != nil {
		end = max(end, q.Where.Range().Hi)
	}
	if q.Hier != nil {
		end = max(end, q.Hier.Hi)
		if text, rest, ok := b.levels(); ok {
			return []sub{{from, end, "FROM " + text + rest}}
		}
		return []sub{{from, end, b.hierarchy()}}
	}
	if b.rownum.inner {
		return []sub{{from, end, b.cut()}}
	}
	subs, all := b.fromList()
	if all == "" { // DUAL alone
		subs = []sub{{from, q.From[len(q.From)-1].Range().Hi, ""}}
	}
	return b.where(subs)
}

// fromWord is the token FROM.
func (b *block) fromWord() uint32 {
	i := b.q.From[0].Range().Lo
	for i > b.q.Lo && !b.g.f.Tokens[i-1].Is(token.FROM) {
		i--
	}
	return max(i, b.q.Lo+1) - 1
}

// where adds what WHERE becomes without the conditions that went elsewhere.
func (b *block) where(subs []sub) []sub {
	q := b.q
	if q.Where == nil {
		return subs
	}
	kept := b.kept()
	if len(kept) == len(b.conds) && !anyLoose(kept) && b.rownum.extra == nil {
		for _, c := range kept {
			b.g.allow(c)
		}
		return append(subs, put(q.Where, b.g.cond(q.Where)))
	}
	word := q.Where.Range().Lo - 1
	text := b.condText(kept)
	if text == "" {
		return append(subs, sub{word, q.Where.Range().Hi, ""})
	}
	return append(subs, put(q.Where, text))
}

func (b *block) kept() []*conjunct {
	var kept []*conjunct
	for _, c := range b.conds {
		if !c.gone {
			kept = append(kept, c)
		}
	}
	return kept
}

func anyLoose(list []*conjunct) bool {
	for _, c := range list {
		if c.loose {
			return true
		}
	}
	return false
}

// condText joins conditions by AND. Each keeps the space and comments in front of its AND where that can be.
func (b *block) condText(list []*conjunct) string {
	g := b.g
	var s strings.Builder
	for _, c := range list {
		text := g.expr(c.x).in(precAnd)
		switch {
		case s.Len() == 0:
		case c.op == 0 || c.loose:
			s.WriteString(g.lineBreak(b.q) + "  AND ")
		default:
			g.gap(&s, c.op, false)
			s.WriteString("AND")
			g.gap(&s, c.x.Range().Lo, false)
		}
		s.WriteString(text)
	}
	for _, e := range b.rownum.extra {
		if s.Len() > 0 {
			s.WriteString(" AND ")
		}
		s.WriteString(e)
	}
	return s.String()
}

// finish gives the limit and order that the block has made to the query around it.
func (b *block) finish() {
	if b.t == nil || b.limit == "" {
		return
	}
	b.t.limit = b.limit
}

// qualify filters by window functions: PostgreSQL has no QUALIFY, so the block becomes an inner query.
func (b *block) qualify(subs []sub) string {
	g, q := b.g, b.q
	fields, open := g.info.Row(q)
	if open || b.t != nil && b.t.s.OrderBy != nil || q.Distinct != 0 {
		g.refuse(q.Qualify, "not-converted", "QUALIFY: put the window function into an inner query and filter around it")
		return ""
	}
	undo := g.itemAliases(q, q.Qualify)
	cond := g.cond(q.Qualify)
	undo()
	word := q.Qualify.Range().Lo - 1
	subs = append(subs, sub{word, q.Qualify.Range().Hi, ""})
	last := q.Items[len(q.Items)-1] // the condition becomes one more column
	for i, s := range subs {
		if s.lo == last.Lo && s.hi == last.Hi {
			subs[i].text += ", " + cond + " AS lf_qualify"
		}
	}
	at := g.alias()
	names := make([]string, len(fields))
	for i, f := range fields {
		names[i] = at + "." + g.e.names.ident(f.Name)
	}
	return "SELECT " + strings.Join(names, ", ") + " FROM (" + g.splice(q, subs...) + ") AS " + at + " WHERE " + at + ".lf_qualify"
}

// itemAliases lets aliases of the select list stand in an expression for the expressions behind them.
func (g *gen) itemAliases(q *ast.QueryBlock, e ast.Expr) (undo func()) {
	var added []*ast.Name
	g.names(e, func(n *ast.Name) {
		it, ok := g.ref(n).Decl.(*ast.SelectItem)
		if !ok || g.f.NumParts(n) != 1 {
			return
		}
		for _, own := range q.Items {
			if own == it && own.Alias != nil {
				if g.aliased == nil {
					g.aliased = map[*ast.Name]ast.Expr{}
				}
				g.aliased[n] = it.X
				added = append(added, n)
			}
		}
	})
	return func() {
		for _, n := range added {
			delete(g.aliased, n)
		}
	}
}

// allow lets the marks of a condition be left out.
func (g *gen) allow(c *conjunct) {
	for _, m := range c.marks {
		if g.joined == nil {
			g.joined = map[*ast.OuterMark]bool{}
		}
		g.joined[m] = true
	}
}

// pseudo is the name of the pseudo-column that a name stands for, "" for other names.
func (g *gen) pseudo(n *ast.Name) string {
	if r := g.ref(n); r.Kind == resolve.Pseudo {
		return r.Builtin
	}
	return ""
}

// own calls f for the nodes of an expression that belong to the block itself: subqueries are left out.
func own(n ast.Node, f func(ast.Node)) {
	if n == nil {
		return
	}
	ast.Walk(n, func(c ast.Node) bool {
		if _, ok := c.(*ast.Select); ok {
			return false
		}
		f(c)
		return true
	})
}
