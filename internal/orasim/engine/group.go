package engine

import (
	"encoding/binary"
	"strconv"
	"strings"

	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
	"landfall/internal/orasim/value/number"
)

// grouping is GROUP BY: its keys, the sets of them that are grouped by, and the aggregates. The row of a group has the
// keys, one place for the set it belongs to, and the aggregates.
type grouping struct {
	keys  []groupKey
	sets  [][]int // indexes into keys
	all   bool    // no GROUP BY: one group, whatever there is
	aggs  []*aggregate
	byKey map[string]int // canonical form -> key
}

type groupKey struct {
	x     expr
	canon string
	slot  int // of a plain column
}

// keyOf finds the key that is a plain column.
func (g *grouping) keyOf(slot int) (int, bool) {
	for i, k := range g.keys {
		if k.slot == slot && slot >= 0 {
			return i, true
		}
	}
	return 0, false
}

// notAKey is the error for a column that is neither a key nor in an aggregate.
func (g *grouping) notAKey() int {
	if g.all {
		return 937
	}
	return 979
}

// canon is an expression as text: names of columns as their places, everything else folded.
func (c *compiler) canon(e ast.Expr) string {
	e = ast.Unparen(e)
	type mark struct {
		hi   uint32
		slot string
	}
	marks := map[uint32]mark{}
	ast.Walk(e, func(n ast.Node) bool {
		if name, ok := n.(*ast.Name); ok && !name.Star && name.Link == 0 && c.scope != nil {
			if hit, err := c.scope.find(c.f.Parts(name)); err == nil && hit != nil {
				marks[name.Lo] = mark{name.Hi, "#" + strconv.Itoa(hit.col.slot)}
			}
		}
		return true
	})
	var b strings.Builder
	r := e.Range()
	for i := r.Lo; i < r.Hi; {
		if m, ok := marks[i]; ok && m.hi > i {
			b.WriteString(m.slot)
			b.WriteByte(' ')
			i = m.hi
			continue
		}
		if c.f.Tokens[i].Flags&token.FlagInactive == 0 {
			b.WriteString(c.f.TokenText(i))
			b.WriteByte(' ')
		}
		i++
	}
	return strings.TrimSpace(b.String())
}

// grouped gives the place of an expression that is a key of the groups.
func (c *compiler) grouped(e ast.Expr) (expr, bool, error) {
	if c.scope == nil || c.scope.stage != stageGroup {
		return expr{}, false, nil
	}
	switch n := e.(type) {
	case *ast.Literal, *ast.BindExpr:
		return expr{}, false, nil
	case *ast.Paren:
		return expr{}, false, nil
	case *ast.Name:
		if n.Star {
			return expr{}, false, nil
		}
	}
	g := c.scope.group
	i, ok := g.byKey[c.canon(e)]
	if !ok {
		return expr{}, false, nil
	}
	if c.scope.nested != nil && !c.inNested {
		return expr{}, false, c.fail(e, 937)
	}
	x := slotExpr(g.keys[i].x.typ, 0, i)
	x.col = g.keys[i].x.col
	return x, true, nil
}

// groupBy compiles the clause; nil for aggregates without one.
func (c *compiler) groupBy(n *ast.GroupBy) (*grouping, error) {
	g := &grouping{byKey: map[string]int{}}
	if n == nil {
		g.all = true
		g.sets = [][]int{{}}
		return g, nil
	}
	if n.All {
		return nil, c.unsupported(n, "GROUP BY ALL")
	}
	g.sets = [][]int{{}}
	for _, it := range n.Items {
		sets, err := c.groupItem(g, it)
		if err != nil {
			return nil, err
		}
		var product [][]int
		for _, a := range g.sets {
			for _, b := range sets {
				product = append(product, append(append([]int{}, a...), b...))
			}
		}
		g.sets = product
	}
	return g, nil
}

func (c *compiler) groupKey(g *grouping, e ast.Expr) (int, error) {
	canon := c.canon(e)
	if i, ok := g.byKey[canon]; ok {
		return i, nil
	}
	x, err := c.expr(e)
	if err != nil {
		return 0, err
	}
	if k := x.typ.kind; k.lob() || k == kLong || k == kLongRaw || k == kXML {
		return 0, c.fail(e, 932, "-", k)
	}
	if x.typ.kind == kOther {
		return 0, c.unsupported(e, "groups of objects")
	}
	i := len(g.keys)
	g.keys = append(g.keys, groupKey{x: x, canon: canon, slot: x.slot})
	g.byKey[canon] = i
	return i, nil
}

// keysOf are the keys of a single expression or of a composite (a, b).
func (c *compiler) keysOf(g *grouping, e ast.Expr) ([]int, error) {
	l, ok := e.(*ast.List)
	if !ok {
		i, err := c.groupKey(g, ast.Unparen(e))
		return []int{i}, err
	}
	keys := []int{}
	for _, it := range l.Items {
		i, err := c.groupKey(g, it)
		if err != nil {
			return nil, err
		}
		keys = append(keys, i)
	}
	return keys, nil
}

// groupItem gives the sets of one item of GROUP BY.
func (c *compiler) groupItem(g *grouping, e ast.Expr) ([][]int, error) {
	n, ok := e.(*ast.Grouping)
	if !ok {
		keys, err := c.keysOf(g, e)
		return [][]int{keys}, err
	}
	if n.Kind == token.GROUPING {
		var sets [][]int
		for _, it := range n.Items {
			s, err := c.groupItem(g, it)
			if err != nil {
				return nil, err
			}
			sets = append(sets, s...)
		}
		return sets, nil
	}
	parts := make([][]int, 0, len(n.Items))
	for _, it := range n.Items {
		keys, err := c.keysOf(g, it)
		if err != nil {
			return nil, err
		}
		parts = append(parts, keys)
	}
	join := func(pick func(int) bool) []int {
		set := []int{}
		for i, p := range parts {
			if pick(i) {
				set = append(set, p...)
			}
		}
		return set
	}
	var sets [][]int
	if n.Kind == token.ROLLUP {
		for m := len(parts); m >= 0; m-- {
			sets = append(sets, join(func(i int) bool { return i < m }))
		}
		return sets, nil
	}
	if len(parts) > 12 {
		return nil, c.unsupported(n, "CUBE of more than 12 items")
	}
	for m := 1<<len(parts) - 1; m >= 0; m-- {
		sets = append(sets, join(func(i int) bool { return m>>(len(parts)-1-i)&1 == 1 }))
	}
	return sets, nil
}

// group is one group while it is made.
type group struct {
	row    [][]byte
	states []aggState
}

type groupUnits struct {
	list   []*group
	e      *env
	i      int
	having cond
}

func (u *groupUnits) env() *env { return u.e }

func (u *groupUnits) close() {}

func (u *groupUnits) next() (bool, error) {
	for u.i < len(u.list) {
		u.e.row = u.list[u.i].row
		u.i++
		if u.having == nil {
			return true, nil
		}
		k, err := u.having(u.e)
		if err != nil {
			return false, err
		}
		if k == yes {
			return true, nil
		}
	}
	return false, nil
}

// run reads all rows and makes the groups, in order of their first rows.
func (g *grouping) run(having cond, in unitSource) (unitSource, error) {
	e := in.env()
	groups := make([]map[string]*group, len(g.sets))
	lists := make([][]*group, len(g.sets))
	for i := range g.sets {
		groups[i] = map[string]*group{}
	}
	start := func(set int, values [][]byte) *group {
		gr := &group{row: make([][]byte, len(g.keys)+1+len(g.aggs)), states: make([]aggState, len(g.aggs))}
		mask := uint64(1)<<len(g.keys) - 1
		for _, k := range g.sets[set] {
			gr.row[k] = values[k]
			mask &^= 1 << k
		}
		// bits of keys that are rolled up, and the number of the set
		gr.row[len(g.keys)] = binary.BigEndian.AppendUint64(binary.BigEndian.AppendUint64(nil, mask), uint64(set))
		for i, a := range g.aggs {
			gr.states[i] = a.start()
		}
		lists[set] = append(lists[set], gr)
		return gr
	}
	values := make([][]byte, len(g.keys))
	var buf []byte
	for {
		ok, err := in.next()
		if err != nil {
			return nil, err
		}
		if !ok {
			break
		}
		for i := range g.keys {
			if values[i], err = g.keys[i].x.eval(e); err != nil {
				return nil, err
			}
		}
		for set, keys := range g.sets {
			buf = buf[:0]
			for _, k := range keys {
				buf = appendKey(buf, values[k], g.keys[k].x.typ)
			}
			gr := groups[set][string(buf)]
			if gr == nil {
				gr = start(set, values)
				groups[set][string(buf)] = gr
			}
			for i := range gr.states {
				if err := gr.states[i].add(e); err != nil {
					return nil, err
				}
			}
		}
	}
	u := &groupUnits{having: having, e: &env{outer: e.outer, ex: e.ex}}
	for set := range g.sets {
		// without rows, the grand total is there only where nothing is grouped by
		if len(lists[set]) == 0 && g.all {
			start(set, values)
		}
		u.list = append(u.list, lists[set]...)
	}
	for _, gr := range u.list {
		for i, st := range gr.states {
			v, err := st.result(e)
			if err != nil {
				return nil, err
			}
			gr.row[len(g.keys)+1+i] = v
		}
	}
	return u, nil
}

// groupingCall is GROUPING(x), GROUPING_ID(x, ...) and GROUP_ID().
func (c *compiler) groupingCall(n *ast.Call, name string) (expr, error) {
	if c.scope == nil || c.scope.stage != stageGroup || c.scope.group.all {
		return expr{}, c.fail(n, 976)
	}
	g := c.scope.group
	at := len(g.keys)
	if name == "GROUP_ID" {
		// sets that are there twice count from 0
		return computed(tNumber, func(e *env) ([]byte, error) {
			set := int(binary.BigEndian.Uint64(e.row[at][8:]))
			n := 0
			for i := range set {
				if sameSet(g.sets[i], g.sets[set]) {
					n++
				}
			}
			return number.FromInt(int64(n)).Bytes(), nil
		}), nil
	}
	if len(n.Args) == 0 || name == "GROUPING" && len(n.Args) != 1 {
		return expr{}, c.fail(n, 909)
	}
	var keys []int
	for _, a := range n.Args {
		k, ok := g.byKey[c.canon(a.X)]
		if !ok {
			return expr{}, c.fail(a, 979)
		}
		keys = append(keys, k)
	}
	return computed(tNumber, func(e *env) ([]byte, error) {
		mask := binary.BigEndian.Uint64(e.row[at])
		v := int64(0)
		for _, k := range keys {
			v = v<<1 | int64(mask>>k&1)
		}
		return number.FromInt(v).Bytes(), nil
	}), nil
}

func sameSet(a, b []int) bool {
	has := map[int]bool{}
	for _, k := range a {
		has[k] = true
	}
	other := map[int]bool{}
	for _, k := range b {
		if !has[k] {
			return false
		}
		other[k] = true
	}
	return len(has) == len(other)
}
