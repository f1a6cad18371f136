package engine

import (
	"slices"

	"landfall/internal/oracle/syntax/ast"
)

// joinPlan puts the items of a FROM clause together: inner joins by hash where an equality connects them, then the
// tables that (+) makes optional.
type joinPlan struct {
	c      *compiler
	items  []*item
	conds  []*conjunct
	done   map[*conjunct]bool
	placed []int // sources that are joined already
	node   node
}

func (p *joinPlan) build() (node, error) {
	p.done = map[*conjunct]bool{}
	if len(p.items) == 0 {
		p.node = onceNode{}
		p.settle()
		return p.node, nil
	}
	optional := map[*item][]*conjunct{} // items with (+), and the conditions with it
	for _, k := range p.conds {
		if k.marked < 0 {
			continue
		}
		for _, it := range p.items {
			if slices.Contains(it.srcs, k.marked) {
				optional[it] = append(optional[it], k)
				p.done[k] = true
			}
		}
	}
	for it := range optional {
		p.c.optional(it.srcs)
	}
	var inner []*item
	for _, it := range p.items {
		if optional[it] == nil {
			inner = append(inner, it)
		}
	}
	if len(inner) == 0 {
		return nil, p.c.fail(p.conds[0].n, 1416)
	}
	for _, it := range inner {
		p.push(it)
	}
	for len(inner) > 0 {
		i := p.connected(inner)
		p.add(inner[i])
		inner = slices.Delete(inner, i, i+1)
	}
	p.settle()
	for len(optional) > 0 {
		next := p.nextOptional(optional)
		if next == nil {
			return nil, p.c.fail(p.conds[0].n, 1416)
		}
		p.addOptional(next, optional[next])
		delete(optional, next)
		p.settle()
	}
	return p.node, nil
}

// push gives an item the conditions that concern it alone.
func (p *joinPlan) push(it *item) {
	var own []*conjunct
	for _, k := range p.conds {
		if !p.done[k] && len(k.used) > 0 && k.within(it.srcs) {
			own = append(own, k)
			p.done[k] = true
		}
	}
	it.restrict(own)
}

func (it *item) restrict(own []*conjunct) {
	if it.scan != nil {
		it.scan.useAccess(own, it.srcs[0])
		for _, k := range own {
			if !k.ranged {
				it.scan.conds = append(it.scan.conds, k.cond)
			}
		}
		return
	}
	var conds []cond
	for _, k := range own {
		conds = append(conds, k.cond)
	}
	it.n = filtered(it.n, conds)
}

// connected finds the next item that an equality joins to what is there, or the first one.
func (p *joinPlan) connected(items []*item) int {
	if p.node == nil {
		return 0
	}
	for i, it := range items {
		if lateral(it) {
			if i == 0 {
				return 0
			}
			continue
		}
		for _, k := range p.conds {
			if _, ok := k.pairFor(p.placed, it.srcs); ok && !p.done[k] {
				return i
			}
		}
	}
	return 0
}

func lateral(it *item) bool {
	n := it.n
	if f, ok := n.(*filterNode); ok {
		n = f.in
	}
	switch n := n.(type) {
	case *queryNode:
		return n.lateral
	case *collectionNode:
		return true
	}
	return false
}

func (p *joinPlan) add(it *item) {
	if p.node == nil {
		p.node = it.n
		p.placed = slices.Clone(it.srcs)
		return
	}
	j := &joinNode{left: p.node, right: it.n, lo: it.lo, hi: it.hi, lateral: lateral(it)}
	all := append(slices.Clone(p.placed), it.srcs...)
	for _, k := range p.conds {
		if p.done[k] {
			continue
		}
		if pr, ok := k.pairFor(p.placed, it.srcs); ok && !j.lateral {
			j.pairs = append(j.pairs, pr)
			p.done[k] = true
			continue
		}
		if k.within(all) && len(k.used) > 0 {
			j.conds = append(j.conds, k.cond)
			p.done[k] = true
		}
	}
	p.node, p.placed = j, all
}

// nextOptional finds an optional item whose conditions refer only to what is there.
func (p *joinPlan) nextOptional(optional map[*item][]*conjunct) *item {
	for _, it := range p.items {
		conds, ok := optional[it]
		if !ok {
			continue
		}
		all := append(slices.Clone(p.placed), it.srcs...)
		ready := true
		for _, k := range conds {
			ready = ready && subset(k.used, all)
		}
		if ready {
			return it
		}
	}
	return nil
}

func (p *joinPlan) addOptional(it *item, conds []*conjunct) {
	var own []*conjunct
	j := &joinNode{left: p.node, lo: it.lo, hi: it.hi, outer: true, lateral: lateral(it)}
	for _, k := range conds {
		switch pr, ok := k.pairFor(p.placed, it.srcs); {
		case ok && !j.lateral:
			j.pairs = append(j.pairs, pr)
		case k.within(it.srcs) && !k.volatile:
			own = append(own, k)
		default:
			j.conds = append(j.conds, k.cond)
		}
	}
	it.restrict(own)
	j.right = it.n
	p.node, p.placed = j, append(p.placed, it.srcs...)
}

// settle applies the conditions that can be checked by now and are not yet.
func (p *joinPlan) settle() {
	var conds []cond
	for _, k := range p.conds {
		if !p.done[k] && k.within(p.placed) {
			conds = append(conds, k.cond)
			p.done[k] = true
		}
	}
	p.node = filtered(p.node, conds)
}

// rest are the conditions that nothing has taken: those with ROWNUM.
func (p *joinPlan) rest() []*conjunct {
	var list []*conjunct
	for _, k := range p.conds {
		if !p.done[k] {
			list = append(list, k)
		}
	}
	return list
}

// isGrouped reports whether a block makes groups: GROUP BY, HAVING, or an aggregate at its own level.
func (c *compiler) isGrouped(n *ast.QueryBlock, ob *ast.OrderBy) bool {
	if n.GroupBy != nil || n.Having != nil {
		return true
	}
	for _, it := range n.Items {
		if c.hasAggregate(it.X) {
			return true
		}
	}
	if ob != nil {
		for _, it := range ob.Items {
			if c.hasAggregate(it.X) {
				return true
			}
		}
	}
	return false
}

// hasAggregate looks for an aggregate function that is no analytic one, outside of subqueries.
func (c *compiler) hasAggregate(e ast.Expr) bool {
	return c.anyAggregate(e, func(*ast.Call) bool { return true })
}

// hasNestedAggregate looks for an aggregate of an aggregate.
func (c *compiler) hasNestedAggregate(e ast.Expr) bool {
	return c.anyAggregate(e, func(n *ast.Call) bool {
		return slices.ContainsFunc(n.Args, func(a *ast.Arg) bool { return c.hasAggregate(a.X) })
	})
}

// anyAggregate asks of the outermost aggregate functions outside of subqueries.
func (c *compiler) anyAggregate(e ast.Expr, is func(*ast.Call) bool) bool {
	found := false
	ast.Walk(e, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.Subquery, *ast.Exists, *ast.CursorExpr, *ast.Select:
			return false
		case *ast.Call:
			if c.isAggregate(n) {
				found = found || is(n)
				return false
			}
		}
		return !found
	})
	return found
}

// isAggregate reports whether a call is one of an aggregate function that makes groups.
func (c *compiler) isAggregate(n *ast.Call) bool {
	if n.Over != nil {
		return false
	}
	name, ok := n.Fn.(*ast.Name)
	if !ok || c.f.NumParts(name) != 1 {
		return false
	}
	f := c.f.Last(name)
	if n.Within != nil {
		return true
	}
	_, ok = aggregates[f]
	return ok
}
