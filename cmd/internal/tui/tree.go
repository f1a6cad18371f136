package tui

import (
	"cmp"
	"slices"

	"landfall/assess"
	"landfall/internal/model"
)

// node is a row of the tree: all, a schema, a kind in it, or an object.
type node struct {
	label  string
	depth  int
	parent int // place in tree.nodes, -1 for the root
	object int // place in Result.Objects, -1 for groups; strayNode for findings of no object
	last   int // behind the last node below it
	open   bool

	section section // that it is of, outside of the objects
	item    int     // place in it

	// What the filter leaves below it.
	objects  int
	refused  int
	findings assess.SeverityCounts
	shown    bool
}

const (
	groupNode = -1
	strayNode = -2
)

// tree is the objects by schema and kind. Nodes stand in the order of a walk; rows are the places of those in sight.
type tree struct {
	nodes []node
	rows  []int
	at    int // in rows
	top   int
}

func newTree(x *index) *tree {
	t := &tree{}
	objects := make([]int, len(x.r.Objects))
	for i := range objects {
		objects[i] = i
	}
	slices.SortStableFunc(objects, func(a, b int) int {
		p, q := &x.r.Objects[a], &x.r.Objects[b]
		return cmp.Or(cmp.Compare(p.Schema, q.Schema), cmp.Compare(p.Kind.Rank(), q.Kind.Rank()), cmp.Compare(p.Kind, q.Kind), cmp.Compare(p.Name, q.Name))
	})
	t.nodes = append(t.nodes, node{label: "all objects", parent: -1, object: groupNode, open: true})
	schema, kind := -1, -1
	for _, i := range objects {
		o := &x.r.Objects[i]
		if schema < 0 || x.r.Objects[t.firstObject(schema)].Schema != o.Schema {
			name := o.Schema
			if name == "" {
				name = "(no schema)"
			}
			schema, kind = len(t.nodes), -1
			t.nodes = append(t.nodes, node{label: name, depth: 1, parent: 0, object: groupNode})
		}
		if kind < 0 || x.r.Objects[t.firstObject(kind)].Kind != o.Kind {
			kind = len(t.nodes)
			t.nodes = append(t.nodes, node{label: string(o.Kind), depth: 2, parent: schema, object: groupNode})
		}
		t.nodes = append(t.nodes, node{label: o.Name, depth: 3, parent: kind, object: i})
	}
	if len(x.strays) > 0 {
		t.nodes = append(t.nodes, node{label: "of no object", depth: 1, parent: 0, object: strayNode})
	}
	objectsEnd := len(t.nodes)
	t.addSections(x.r)
	ends := []int{}
	for i := range t.nodes {
		for len(ends) > 0 && t.nodes[ends[len(ends)-1]].depth >= t.nodes[i].depth {
			t.nodes[ends[len(ends)-1]].last = i
			ends = ends[:len(ends)-1]
		}
		ends = append(ends, i)
	}
	for _, i := range ends {
		t.nodes[i].last = len(t.nodes)
	}
	schemas := 0
	for i := range t.nodes[:objectsEnd] {
		if t.nodes[i].depth == 1 && t.nodes[i].object == groupNode {
			schemas++
		}
	}
	for i := range t.nodes[:objectsEnd] { // a single schema needs no opening
		if t.nodes[i].depth == 1 && schemas == 1 {
			t.nodes[i].open = true
		}
	}
	return t
}

// firstObject is the first object below a group, in an unfinished tree.
func (t *tree) firstObject(i int) int {
	for ; i < len(t.nodes); i++ {
		if t.nodes[i].object >= 0 {
			return t.nodes[i].object
		}
	}
	return 0
}

// fill counts what a filter leaves, and lays the rows anew.
func (t *tree) fill(x *index, s shown) {
	for i := range t.nodes {
		n := &t.nodes[i]
		n.objects, n.refused, n.findings, n.shown = 0, 0, assess.SeverityCounts{}, i == 0
	}
	for i := range t.nodes {
		n := &t.nodes[i]
		var list []int
		if n.object == itemNode {
			t.count(i, x, s)
			continue
		}
		switch {
		case n.object >= 0 && s.objects[n.object]:
			list = s.findings[n.object]
		case n.object == strayNode && len(s.strays) > 0:
			list = s.strays
		default:
			continue
		}
		var c assess.SeverityCounts
		for _, k := range list {
			c.Add(x.r.Findings[k].Severity)
		}
		for at := i; at >= 0; at = t.nodes[at].parent {
			up := &t.nodes[at]
			up.shown = true
			up.findings = sum(up.findings, c)
			if n.object >= 0 {
				up.objects++
				if x.r.Objects[n.object].Refused {
					up.refused++
				}
			}
		}
	}
	t.lay()
}

// count enters an item and what is above it.
func (t *tree) count(i int, x *index, s shown) {
	c, refused, ok := s.left(x, &t.nodes[i])
	if !ok {
		return
	}
	for at := i; at >= 0; at = t.nodes[at].parent {
		up := &t.nodes[at]
		up.shown, up.findings = true, sum(up.findings, c)
		up.objects++
		if refused {
			up.refused++
		}
	}
}

func sum(a, b assess.SeverityCounts) assess.SeverityCounts {
	return assess.SeverityCounts{Blocker: a.Blocker + b.Blocker, High: a.High + b.High, Medium: a.Medium + b.Medium, Low: a.Low + b.Low, Info: a.Info + b.Info}
}

// lay makes the rows, and keeps the selected node or, where it is gone, its nearest parent in sight.
func (t *tree) lay() {
	selected := t.node()
	t.rows = t.rows[:0]
	for i := 0; i < len(t.nodes); {
		n := &t.nodes[i]
		if !n.shown {
			i = n.last
			continue
		}
		t.rows = append(t.rows, i)
		if n.open || n.object != groupNode {
			i++
		} else {
			i = n.last
		}
	}
	t.at = 0
	for at := selected; at >= 0; at = t.nodes[at].parent {
		if row, ok := slices.BinarySearch(t.rows, at); ok {
			t.at = row
			break
		}
	}
}

// node is the place of the selected node.
func (t *tree) node() int {
	if t.at < len(t.rows) {
		return t.rows[t.at]
	}
	return 0
}

// show opens what is above a node and selects it.
func (t *tree) show(i int) {
	for up := t.nodes[i].parent; up >= 0; up = t.nodes[up].parent {
		t.nodes[up].open = true
	}
	t.lay()
	if row, ok := slices.BinarySearch(t.rows, i); ok {
		t.at = row
	}
}

func (t *tree) openAll(open bool) {
	for i := 1; i < len(t.nodes); i++ {
		t.nodes[i].open = open
	}
	t.lay()
}

// below lists the findings that a filter leaves below a node, the worst first.
func (t *tree) below(i int, x *index, s shown) []int {
	n := &t.nodes[i]
	switch {
	case n.object >= 0:
		return s.findings[n.object]
	case n.object == strayNode:
		return s.strays
	}
	var list []int
	for k := i; k < n.last; k++ {
		switch o := t.nodes[k].object; {
		case o >= 0:
			list = append(list, s.findings[o]...)
		case o == strayNode:
			list = append(list, s.strays...)
		}
	}
	x.worstFirst(list)
	return list
}

// worst is the sign of the worst finding of a count.
func worst(c assess.SeverityCounts) (model.Severity, bool) { return c.Worst() }
