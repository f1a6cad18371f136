package gen

import (
	"sort"
	"strings"

	"landfall/internal/oracle/syntax/ast"
)

// Oracle's outer join operator (SQL Language Reference 19c, "Outer Joins"): a condition with (+) on columns of a table
// belongs to the join of that table with those that its other columns are of. Such tables become LEFT JOINs behind what
// they hang on; all other conditions stay in WHERE, where they filter the joined rows as before.

// deduce finds the table of columns with (+) whose table is not known: the only one it can be.
func (b *block) deduce() {
	for _, c := range b.conds {
		if len(c.unknown) == 0 || len(c.marked) > 0 {
			continue
		}
		free := -1
		for i := range b.q.From {
			if c.plain[i] || b.g.isDual(b.q.From[i]) {
				continue
			}
			if free >= 0 {
				free = -2
				break
			}
			free = i
		}
		switch {
		case free >= 0:
			c.marked[free], c.from[free] = true, true
		case len(b.q.From) > 1:
			b.g.refuse(c.unknown[0], "outer-join", "nothing tells which table %s (+) belongs to: qualify the column", b.g.source(c.unknown[0]))
		}
	}
}

// outer reports whether the block has outer joins in Oracle's own form.
func (b *block) outer() bool {
	for _, t := range b.q.From {
		if joinedItem(t) {
			return true
		}
	}
	for _, c := range b.conds {
		if len(c.marks) > 0 {
			return true
		}
	}
	return false
}

// joinedItem is TABLE(x) (+) or LATERAL (x) (+).
func joinedItem(t ast.TableRef) bool {
	switch x := t.(type) {
	case *ast.TableExpr:
		return x.Joined
	case *ast.SubqueryRef:
		return x.Joined
	}
	return false
}

// fromList gives FROM behind the word: as pieces that keep the layout, and as text. The text is empty when only DUAL stands there.
func (b *block) fromList() ([]sub, string) {
	g, from := b.g, b.q.From
	texts := make([]string, len(from))
	var subs []sub
	drop := 0
	for i, t := range from {
		if b.spareDual(i) {
			drop++
			continue
		}
		texts[i] = g.tableRef(t)
		subs = append(subs, put(t, texts[i]))
	}
	lo, hi := from[0].Range().Lo, from[len(from)-1].Range().Hi
	switch {
	case drop == len(from):
		return nil, ""
	case b.outer():
		text := b.leftJoins(texts)
		return []sub{{lo, hi, text}}, text
	case drop > 0:
		var kept []string
		for _, s := range texts {
			if s != "" {
				kept = append(kept, s)
			}
		}
		text := strings.Join(kept, ", ")
		return []sub{{lo, hi, text}}, text
	}
	return subs, g.spliceRange(lo, hi, append([]sub{}, subs...)...)
}

// spareDual reports whether an item of FROM is DUAL and can go: it has one row, and nobody asks for its column.
func (b *block) spareDual(i int) bool {
	g, q := b.g, b.q
	if !g.isDual(q.From[i]) {
		return false
	}
	for _, it := range q.Items {
		if n, ok := it.X.(*ast.Name); ok && n.Star && g.f.NumParts(n) == 0 {
			return false
		}
	}
	for _, c := range b.conds {
		if c.from[i] && len(c.marks) > 0 {
			return false
		}
	}
	used := false
	g.names(q, func(n *ast.Name) { used = used || g.info.From(n) == q.From[i] })
	if !used && b.t != nil && b.t.s.OrderBy != nil {
		g.names(b.t.s.OrderBy, func(n *ast.Name) { used = used || g.info.From(n) == q.From[i] })
	}
	return !used
}

// group is a run of joined tables between two commas of FROM.
type group struct {
	items map[int]bool
	text  string
}

// leftJoins writes FROM with LEFT JOINs for the tables that conditions mark.
func (b *block) leftJoins(texts []string) string {
	g, from := b.g, b.q.From
	on := map[int][]*conjunct{}
	deps := map[int]map[int]bool{}
	all := map[int]bool{} // marked tables that hang on something unknown
	for _, c := range b.conds {
		if len(c.marks) == 0 {
			continue
		}
		if len(c.marked) != 1 {
			if len(c.marked) > 1 {
				g.refuse(c.marks[0], "outer-join", "a condition marks two tables with (+); Oracle refuses it too (ORA-01468)")
			}
			continue
		}
		t := only(c.marked)
		if b.refusesMark(c) {
			continue
		}
		if deps[t] == nil {
			deps[t] = map[int]bool{}
		}
		if c.plain[t] && len(c.plain) == 1 && !c.vague {
			g.refuse(c.marks[0], "outer-join", "%s is outer joined to itself; Oracle refuses it too (ORA-01416)", g.what(from[t]))
			continue
		}
		if c.plain[t] {
			g.report(c.marks[0], "outer-join", "the condition names %s with and without (+): it becomes part of the join", g.what(from[t]))
		}
		for i := range c.plain {
			if i != t {
				deps[t][i] = true
			}
		}
		all[t] = all[t] || c.vague
		on[t] = append(on[t], c)
	}
	for _, t := range from {
		if j, ok := t.(*ast.Join); ok && len(on) > 0 {
			g.refuse(j, "outer-join", "(+) and JOIN stand in one query block; Oracle refuses it too (ORA-25156)")
			return ""
		}
	}
	var groups []*group
	done := map[int]bool{}
	var marked []int
	for i := range from {
		if texts[i] == "" {
			done[i] = true
			continue
		}
		_, isMarked := on[i]
		if isMarked && b.alone(i, texts) { // no other table to keep rows of: the conditions filter
			for _, c := range on[i] {
				g.allow(c)
			}
			isMarked = false
			delete(on, i)
		}
		if isMarked || joinedItem(from[i]) {
			marked = append(marked, i)
			continue
		}
		groups = append(groups, &group{items: map[int]bool{i: true}, text: texts[i]})
		done[i] = true
	}
	for len(marked) > 0 {
		at := -1
		for k, i := range marked {
			ready := true
			for d := range deps[i] {
				ready = ready && done[d]
			}
			if all[i] { // behind everything that is not marked, which is done
				ready = ready && true
			}
			if ready {
				at = k
				break
			}
		}
		if at < 0 {
			g.refuse(from[marked[0]], "outer-join", "tables are outer joined to each other in a circle; Oracle refuses it too (ORA-01416)")
			return ""
		}
		i := marked[at]
		marked = append(marked[:at], marked[at+1:]...)
		need := deps[i]
		if all[i] || joinedItem(from[i]) {
			need = map[int]bool{}
			for d := range done {
				need[d] = true
			}
		}
		var to *group
		groups, to = merge(groups, need, b)
		to.text += b.joinBreak() + "LEFT JOIN " + texts[i] + " ON " + b.onText(on[i])
		to.items[i] = true
		done[i] = true
	}
	parts := make([]string, len(groups))
	for i, x := range groups {
		parts[i] = x.text
	}
	return strings.Join(parts, ","+b.joinBreak())
}

// refusesMark holds for conditions with (+) that Oracle does not take.
func (b *block) refusesMark(c *conjunct) bool {
	g := b.g
	for _, m := range c.marks {
		if _, ok := m.X.(*ast.Subquery); ok {
			g.refuse(m, "outer-join", "(+) behind a subquery; Oracle refuses it too")
			return true
		}
	}
	switch x := c.x.(type) {
	case *ast.Binary:
		for _, e := range [...]ast.Expr{x.X, x.Y} {
			if _, ok := ast.Unparen(e).(*ast.Subquery); ok {
				g.report(c.marks[0], "outer-join", "a column with (+) is compared with a subquery, which Oracle before 12c refused (ORA-01799): the comparison becomes part of the join")
			}
		}
	}
	return false
}

// alone reports whether an item is the only one of FROM.
func (b *block) alone(i int, texts []string) bool {
	for k, s := range texts {
		if k != i && s != "" {
			return false
		}
	}
	return true
}

func only(m map[int]bool) int {
	for k := range m {
		return k
	}
	return -1
}

// merge makes one group of those that hold the needed items; without any need it is the last group.
func merge(groups []*group, need map[int]bool, b *block) ([]*group, *group) {
	var to *group
	var rest []*group
	for _, x := range groups {
		hit := false
		for i := range x.items {
			hit = hit || need[i]
		}
		switch {
		case !hit:
			rest = append(rest, x)
		case to == nil:
			to = x
			rest = append(rest, x)
		default:
			to.text += b.joinBreak() + "CROSS JOIN " + x.text
			for i := range x.items {
				to.items[i] = true
			}
		}
	}
	if to == nil {
		if len(rest) == 0 { // only marked tables: the join of nothing has one row
			to = &group{items: map[int]bool{}, text: "(SELECT) AS " + b.g.alias()}
			rest = append(rest, to)
		} else {
			to = rest[len(rest)-1]
		}
	}
	return rest, to
}

func (b *block) onText(conds []*conjunct) string {
	if len(conds) == 0 {
		return "true"
	}
	sort.SliceStable(conds, func(i, j int) bool { return conds[i].x.Range().Lo < conds[j].x.Range().Lo })
	parts := make([]string, len(conds))
	for i, c := range conds {
		b.g.allow(c)
		c.gone = true
		parts[i] = b.g.expr(c.x).in(precAnd)
	}
	return strings.Join(parts, " AND ")
}

// joinBreak is a new line below FROM.
func (b *block) joinBreak() string {
	s := b.g.lineBreak(b.q)
	if s == " " {
		return s
	}
	return s + "  "
}
