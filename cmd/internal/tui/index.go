package tui

import (
	"cmp"
	"slices"

	"landfall/assess"
	"landfall/internal/model"
)

// Data is what there is to browse.
type Data struct {
	Result *assess.Result
	Sides  []assess.Side
	// NoSides says why there are none, and what to do about it.
	NoSides string
}

// index finds things in the data. It is made once and only read.
type index struct {
	r        *assess.Result
	findings [][]int // by object: places in r.Findings, the worst first
	strays   []int   // findings without an object in the inventory
	owner    []int   // by finding: place of its object, -1 for none
	rules    map[string]*assess.RuleUse
	sides    map[model.ObjectID]*assess.Side
	noSides  string
	find     func(model.ObjectID) (int, bool)
}

func newIndex(d Data) *index {
	x := &index{
		r: d.Result, findings: make([][]int, len(d.Result.Objects)), owner: make([]int, len(d.Result.Findings)),
		rules: map[string]*assess.RuleUse{}, sides: map[model.ObjectID]*assess.Side{}, noSides: d.NoSides,
	}
	owner := d.Result.Owners()
	x.find = owner
	for i := range d.Result.Findings {
		x.owner[i] = -1
		if at, ok := owner(d.Result.Findings[i].Object); ok {
			x.owner[i] = at
			x.findings[at] = append(x.findings[at], i)
		} else {
			x.strays = append(x.strays, i)
		}
	}
	for _, list := range x.findings {
		x.worstFirst(list)
	}
	x.worstFirst(x.strays)
	for i := range d.Result.Rules {
		x.rules[d.Result.Rules[i].Code] = &d.Result.Rules[i]
	}
	for i := range d.Sides {
		x.sides[d.Sides[i].Object] = &d.Sides[i]
	}
	return x
}

func (x *index) worstFirst(list []int) {
	slices.SortStableFunc(list, func(a, b int) int { return cmp.Compare(x.r.Findings[b].Severity, x.r.Findings[a].Severity) })
}

// title is what a rule is called; of a code without a rule, nothing.
func (x *index) title(code string) string {
	if r := x.rules[code]; r != nil {
		return r.Title
	}
	return ""
}
