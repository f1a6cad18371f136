package assess

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"landfall/internal/model"
)

func TestComponents(t *testing.T) {
	// 0 -> 1 -> 2 -> 1, 3 -> 0, 4 -> 4, 5 alone
	got := components([][]int{{1}, {2}, {1}, {0}, {4}, nil})
	place := map[int]int{}
	for c, members := range got {
		for _, m := range members {
			place[m] = c
		}
	}
	if len(got) != 5 || place[1] != place[2] || place[0] <= place[1] || place[3] <= place[0] {
		t.Errorf("components %v", got)
	}
}

func TestComponentsDeepChain(t *testing.T) {
	const n = 200_000
	next := make([][]int, n)
	for i := range n - 1 {
		next[i] = []int{i + 1}
	}
	if got := components(next); len(got) != n || got[0][0] != n-1 {
		t.Errorf("%d components, first %v", len(got), got[0])
	}
}

func TestWavesAndCycles(t *testing.T) {
	obj := func(kind model.ObjectKind, name string) Object {
		return Object{ID: model.NewObjectID(kind, model.CatalogName("S", name)), Kind: kind, Schema: "S", Name: name}
	}
	r := &Result{Objects: []Object{
		obj(model.KindTable, "T"), obj(model.KindView, "V"), obj(model.KindPackage, "P"), obj(model.KindPackage, "Q"),
		obj(model.KindScript, "x.sql"),
	}}
	id := func(i int) model.ObjectID { return r.Objects[i].ID }
	at := map[model.ObjectID]int{}
	for i := range r.Objects {
		at[id(i)] = i
	}
	edges := []Edge{
		{From: id(1), To: id(0), How: "reads"},
		{From: id(2), To: id(3), How: "calls"},
		{From: id(3), To: id(2), How: "calls"},
		{From: id(2), To: id(1), How: "reads"},
		{From: id(4), To: id(2), How: "calls"},
	}
	cycles, waves := order(r, edges, at)
	if diff := cmp.Diff([][]model.ObjectID{{id(2), id(3)}}, cycles); diff != "" {
		t.Error(diff)
	}
	want := []Wave{{1, []model.ObjectID{id(0)}}, {2, []model.ObjectID{id(1)}}, {3, []model.ObjectID{id(2), id(3)}}}
	if diff := cmp.Diff(want, waves); diff != "" {
		t.Error(diff)
	}
	if r.Objects[4].Wave != 0 || slices.ContainsFunc(waves, func(w Wave) bool { return slices.Contains(w.Objects, id(4)) }) {
		t.Error("a script has a place in the order")
	}
}
