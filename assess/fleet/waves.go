package fleet

import (
	"cmp"
	"maps"
	"math"
	"slices"
	"strings"

	"landfall/assess"
	"landfall/assess/phrase"
	"landfall/internal/project"
)

func rounded(h assess.Hours) assess.Hours {
	return assess.Hours{Low: math.Round(h.Low*1000) / 1000, High: math.Round(h.High*1000) / 1000}
}

// waves puts groups into waves: the easiest first, as a pilot, each wave up to its hours, groups never cut. A group that
// the list puts behind another comes in a later wave; one that the list gives a wave gets that one.
func (r *Result) waves(digests []*Digest, entries map[string]project.FleetEntry, limit float64, words phrase.Table) {
	groupOf := map[string]int{}
	fixed := make([]int, len(r.Groups))
	for i := range r.Groups {
		for _, name := range r.Groups[i].Databases {
			groupOf[name] = i
			w := entries[name].Wave
			if w > 0 && fixed[i] > 0 && fixed[i] != w {
				r.Problems = append(r.Problems, words.Say("group %d is to move in wave %d and in wave %d: %s", i+1, fixed[i], w, strings.Join(r.Groups[i].Databases, ", ")))
			}
			fixed[i] = max(fixed[i], w)
		}
	}
	after := make([]map[int]bool, len(r.Groups))
	for i := range r.Groups {
		after[i] = map[int]bool{}
		for _, name := range r.Groups[i].Databases {
			for _, earlier := range entries[name].After {
				g, ok := groupOf[earlier]
				switch {
				case !ok:
					r.Problems = append(r.Problems, words.Say("%s is to move after %s, which was not assessed", name, earlier))
				case g == i:
					r.Problems = append(r.Problems, words.Say("%s is to move after %s, but both are tied to move together (group %d)", name, earlier, i+1))
				default:
					after[i][g] = true
				}
			}
		}
	}
	order := r.order(after, words)
	used := map[int]float64{}
	for _, i := range order {
		g := &r.Groups[i]
		least := 1
		for e := range after[i] {
			least = max(least, r.Groups[e].Wave+1)
		}
		g.Wave = fixed[i]
		if g.Wave == 0 {
			g.Wave = least
			for used[g.Wave] > 0 && used[g.Wave]+g.Hours.High > limit {
				g.Wave++
			}
		} else if g.Wave < least {
			r.Problems = append(r.Problems, words.Say("group %d is to move in wave %d, but what it comes after moves in wave %d", i+1, g.Wave, least-1))
		}
		used[g.Wave] += g.Hours.High
	}
	r.fillWaves(digests)
}

// order lists groups with what they come after in front, the easiest first among those that are free. Where groups come
// after each other, the cycle is told and cut at its easiest.
func (r *Result) order(after []map[int]bool, words phrase.Table) []int {
	var order []int
	done := make([]bool, len(r.Groups))
	easier := func(a, b int) int {
		x, y := r.Groups[a], r.Groups[b]
		return cmp.Or(cmp.Compare(x.Grade, y.Grade), cmp.Compare(x.Hours.High, y.Hours.High), cmp.Compare(a, b))
	}
	for len(order) < len(r.Groups) {
		var free, left []int
		for i := range r.Groups {
			if done[i] {
				continue
			}
			left = append(left, i)
			if !slices.ContainsFunc(slices.Collect(keysOf(after[i])), func(e int) bool { return !done[e] }) {
				free = append(free, i)
			}
		}
		if len(free) == 0 {
			next := slices.MinFunc(left, easier)
			r.Problems = append(r.Problems, words.Say("group %d comes after groups that come after it; the order begins with it", next+1))
			clear(after[next])
			free = []int{next}
		}
		next := slices.MinFunc(free, easier)
		done[next] = true
		order = append(order, next)
	}
	return order
}

func keysOf(m map[int]bool) func(yield func(int) bool) {
	return func(yield func(int) bool) {
		for k := range m {
			if !yield(k) {
				return
			}
		}
	}
}

// fillWaves sums waves up. A rule is learnt in the first wave that meets it; the dearest of its databases pays.
func (r *Result) fillWaves(digests []*Digest) {
	byName := map[string]*Digest{}
	for _, d := range digests {
		byName[d.Name] = d
	}
	last := 0
	for i := range r.Groups {
		last = max(last, r.Groups[i].Wave)
	}
	learnt := map[string]bool{}
	for n := 1; n <= last; n++ {
		w := Wave{Number: n}
		learning := map[string]assess.Hours{}
		for i := range r.Groups {
			g := &r.Groups[i]
			if g.Wave != n {
				continue
			}
			w.Groups = append(w.Groups, g.Number)
			for _, name := range g.Databases {
				d := byName[name]
				w.Databases = append(w.Databases, name)
				w.Hours.Low += d.Hours.Low
				w.Hours.High += d.Hours.High
				for _, l := range d.Learning {
					w.Hours.Low -= l.Hours.Low
					w.Hours.High -= l.Hours.High
					was := learning[l.Code]
					learning[l.Code] = assess.Hours{Low: max(was.Low, l.Hours.Low), High: max(was.High, l.Hours.High)}
				}
				w.Bytes = sum(w.Bytes, d.Bytes)
				if d.Cutover != nil && (w.Cutover == nil || d.Cutover.High > w.Cutover.High) {
					w.Cutover = d.Cutover
				}
			}
		}
		for _, code := range slices.Sorted(maps.Keys(learning)) { // in order: sums of fractions depend on it
			if h := learning[code]; !learnt[code] {
				learnt[code] = true
				w.Hours.Low += h.Low
				w.Hours.High += h.High
			}
		}
		w.Hours = rounded(w.Hours)
		if len(w.Groups) > 0 {
			r.Waves = append(r.Waves, w)
		}
	}
}

func sum(a, b *assess.Range) *assess.Range {
	switch {
	case b == nil:
		return a
	case a == nil:
		return &assess.Range{Low: b.Low, High: b.High}
	}
	return &assess.Range{Low: a.Low + b.Low, High: a.High + b.High}
}
