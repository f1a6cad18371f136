package fleet

import (
	"cmp"
	"math"
	"slices"
)

const (
	maxPairs  = 1000
	leastPair = 0.1 // pairs that have less in common are not listed
	duplicate = 0.5 // from here on schemas count as copies of each other
)

// similar compares every schema with every other.
func (r *Result) similar(digests []*Digest) {
	type place struct {
		ref SchemaRef
		s   *SchemaDigest
	}
	var all []place
	for _, d := range digests {
		for i := range d.Schemas {
			s := &d.Schemas[i]
			all = append(all, place{SchemaRef{d.Name, s.Name, s.Objects}, s})
		}
	}
	sets := newSets(len(all))
	least := map[[2]int]float64{}
	for i := range all {
		for j := i + 1; j < len(all); j++ {
			o := overlap(all[i].s, all[j].s)
			if o < leastPair {
				continue
			}
			r.Similar = append(r.Similar, Alike{all[i].ref, all[j].ref, math.Round(o*1000) / 1000})
			if o >= duplicate {
				sets.join(i, j)
				least[[2]int{i, j}] = o
			}
		}
	}
	slices.SortStableFunc(r.Similar, func(a, b Alike) int { return cmp.Compare(b.Overlap, a.Overlap) })
	if len(r.Similar) > maxPairs {
		r.SimilarMore = len(r.Similar) - maxPairs
		r.Similar = slices.Clone(r.Similar[:maxPairs])
	}
	at := map[int]int{}
	for i := range all {
		root := sets.root(i)
		n, ok := at[root]
		if !ok {
			n = len(r.Duplicates)
			at[root] = n
			r.Duplicates = append(r.Duplicates, SchemaSet{Least: 1, Equal: true})
		}
		set := &r.Duplicates[n]
		set.Schemas = append(set.Schemas, all[i].ref)
		set.Equal = set.Equal && all[i].s.Hash == all[root].s.Hash
	}
	for pair, o := range least {
		set := &r.Duplicates[at[sets.root(pair[0])]]
		set.Least = min(set.Least, math.Round(o*1000)/1000)
	}
	r.Duplicates = slices.DeleteFunc(r.Duplicates, func(s SchemaSet) bool { return len(s.Schemas) < 2 })
}

// sets joins numbers into sets; the root of a set is its lowest number.
type sets []int

func newSets(n int) sets {
	s := make(sets, n)
	for i := range s {
		s[i] = i
	}
	return s
}

func (s sets) root(i int) int {
	for s[i] != i {
		s[i] = s[s[i]]
		i = s[i]
	}
	return i
}

func (s sets) join(i, j int) {
	a, b := s.root(i), s.root(j)
	s[max(a, b)] = min(a, b)
}
