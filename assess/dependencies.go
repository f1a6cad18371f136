package assess

import (
	"slices"

	"landfall/internal/model"
	"landfall/internal/oracle/scripts"
)

// dependencies makes the graph from what each statement names, its cycles, and the waves in which the objects
// can be created. Scripts take part as users of objects but not in the order.
func dependencies(r *Result, estate *scripts.Estate, looked []look) Dependencies {
	at := make(map[model.ObjectID]int, len(r.Objects))
	for i := range r.Objects {
		at[r.Objects[i].ID] = i
	}
	var d Dependencies
	type use struct { // an edge by the numbers of its ends
		from, to int
		how      string
	}
	numbers := map[model.ObjectID]int{}
	number := func(id model.ObjectID) int {
		n, ok := numbers[id]
		if !ok {
			n = len(numbers)
			numbers[id] = n
		}
		return n
	}
	seen := map[use]bool{}
	add := func(e Edge, u use) {
		if u.from == u.to || seen[u] {
			return
		}
		seen[u] = true
		d.Edges = append(d.Edges, e)
	}
	type target struct {
		edge   Edge // without From
		number int
	}
	targets := map[model.Dependency]target{} // most things are named by many
	for i := range looked {
		from := number(looked[i].object)
		for _, dep := range looked[i].depends {
			dep.Pos = model.Pos{}
			t, ok := targets[dep]
			if !ok {
				t.edge = edgeTo(dep, at)
				t.number = number(t.edge.To)
				targets[dep] = t
			}
			t.edge.From = looked[i].object
			add(t.edge, use{from, t.number, t.edge.How})
		}
	}
	// A body needs its specification even when it names nothing of it.
	for i := range r.Objects {
		o := &r.Objects[i]
		if spec, ok := specOf[o.Kind]; ok {
			id := model.NewObjectID(spec, model.CatalogName(o.Schema, o.Name))
			if _, ok := at[id]; ok {
				e := Edge{From: o.ID, To: id, How: "body of"}
				add(e, use{number(e.From), number(e.To), e.How})
			}
		}
	}
	link(r, d.Edges, at)
	d.Cycles, d.Waves = order(r, d.Edges, at)
	return d
}

var specOf = map[model.ObjectKind]model.ObjectKind{model.KindPackageBody: model.KindPackage, model.KindTypeBody: model.KindType}

func edgeTo(dep model.Dependency, at map[model.ObjectID]int) Edge {
	name := model.CatalogName(dep.Schema, dep.Name)
	if dep.External != "" {
		name.Link = model.CatalogIdent(dep.External)
	}
	kind := dep.Kind
	if kind == "" { // behind a link, or nowhere in the source: nobody can say what it is
		kind = "OBJECT"
	}
	to := model.NewObjectID(kind, name)
	_, inside := at[to]
	return Edge{To: to, How: dep.How, External: !inside}
}

// link writes each object's neighbours into it.
func link(r *Result, edges []Edge, at map[model.ObjectID]int) {
	type pair struct{ from, to model.ObjectID }
	linked := make(map[pair]bool, len(edges)) // by whatever use
	for _, e := range edges {
		from, ok := at[e.From]
		if !ok || linked[pair{e.From, e.To}] {
			continue
		}
		linked[pair{e.From, e.To}] = true
		r.Objects[from].DependsOn = append(r.Objects[from].DependsOn, e.To)
		if to, ok := at[e.To]; ok {
			r.Objects[to].UsedBy = append(r.Objects[to].UsedBy, e.From)
		}
	}
}

// order finds the strongly connected sets and layers what is left: an object's wave is one more than the
// highest wave it needs, and the members of a cycle share a wave.
func order(r *Result, edges []Edge, at map[model.ObjectID]int) (cycles [][]model.ObjectID, waves []Wave) {
	n := len(r.Objects)
	next := make([][]int, n)
	for _, e := range edges {
		from, ok1 := at[e.From]
		to, ok2 := at[e.To]
		if ok1 && ok2 && ordered(r.Objects[from].Kind) && ordered(r.Objects[to].Kind) {
			next[from] = append(next[from], to)
		}
	}
	for i := range next {
		slices.Sort(next[i])
	}
	comps := components(next)
	compOf := make([]int, n)
	for c, members := range comps {
		for _, m := range members {
			compOf[m] = c
		}
	}
	wave := make([]int, len(comps))
	// components come out with what they need first, so one pass is enough
	for c, members := range comps {
		wave[c] = 1
		for _, m := range members {
			for _, to := range next[m] {
				if compOf[to] != c {
					wave[c] = max(wave[c], wave[compOf[to]]+1)
				}
			}
		}
		if len(members) > 1 {
			var ids []model.ObjectID
			for _, m := range members {
				ids = append(ids, r.Objects[m].ID)
			}
			cycles = append(cycles, ids)
		}
	}
	for i := range r.Objects {
		if !ordered(r.Objects[i].Kind) {
			continue
		}
		w := wave[compOf[i]]
		r.Objects[i].Wave = w
		for len(waves) < w {
			waves = append(waves, Wave{Number: len(waves) + 1})
		}
		waves[w-1].Objects = append(waves[w-1].Objects, r.Objects[i].ID)
	}
	return cycles, waves
}

// ordered tells which kinds have a place in the order of creation.
func ordered(k model.ObjectKind) bool {
	switch k {
	case model.KindScript, model.KindStatement, model.KindAnonymousBlock, model.KindGrant:
		return false
	}
	return true
}

// components are the strongly connected components of a graph, each after all those it points to (Tarjan, with
// a stack of its own: graphs of real estates are deeper than a goroutine should recurse).
func components(next [][]int) [][]int {
	const unseen = -1
	n := len(next)
	index, low, onStack := make([]int, n), make([]int, n), make([]bool, n)
	for i := range index {
		index[i] = unseen
	}
	type frame struct{ node, edge int }
	var (
		comps [][]int
		stack []int
		calls []frame
		count int
	)
	for root := range next {
		if index[root] != unseen {
			continue
		}
		calls = append(calls[:0], frame{root, 0})
		for len(calls) > 0 {
			f := &calls[len(calls)-1]
			v := f.node
			if f.edge == 0 {
				index[v], low[v] = count, count
				count++
				stack = append(stack, v)
				onStack[v] = true
			}
			pushed := false
			for f.edge < len(next[v]) {
				w := next[v][f.edge]
				f.edge++
				if index[w] == unseen {
					calls = append(calls, frame{w, 0})
					pushed = true
					break
				}
				if onStack[w] {
					low[v] = min(low[v], index[w])
				}
			}
			if pushed {
				continue
			}
			calls = calls[:len(calls)-1]
			if len(calls) > 0 {
				p := calls[len(calls)-1].node
				low[p] = min(low[p], low[v])
			}
			if low[v] != index[v] {
				continue
			}
			var comp []int
			for {
				w := stack[len(stack)-1]
				stack = stack[:len(stack)-1]
				onStack[w] = false
				comp = append(comp, w)
				if w == v {
					break
				}
			}
			slices.Sort(comp)
			comps = append(comps, comp)
		}
	}
	return comps
}
