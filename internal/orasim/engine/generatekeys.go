package engine

import (
	"cmp"
	"errors"
	"fmt"
	"slices"

	"landfall/internal/orasim/ora"
	"landfall/internal/orasim/store"
)

// unit is a column of a key that is counted through on its own, or the columns of a foreign key, which are set together to a
// row of the parent.
type unit struct {
	cols    []int
	f       *foreign
	parents [][][]byte       // keys that the foreign key may refer to
	byPart  map[string][]int // places in parents by some of their columns; see reference
	part    []int            // those columns
	driven  bool             // a key sets it
	own     *domain          // of a single column
}

// maxParents is how many keys of a parent are kept.
const maxParents = 200_000

// size is how many values a unit has.
func (u *unit) size() int {
	if u.f != nil {
		return len(u.parents)
	}
	return u.own.size
}

// keyCounter counts through the values of a key: those units of it that no other key sets are the digits of a number.
type keyCounter struct {
	digits []*unit
	size   int // how many rows it tells apart
}

// set gives row i the values of its place.
func (k *keyCounter) set(g *generator, i, attempt int, row [][]byte, set []bool) {
	n := i + attempt*7919
	for _, u := range k.digits {
		size := u.size()
		if size == 0 {
			continue
		}
		d := n % size
		n /= size
		if u.f == nil {
			if at := u.cols[0]; !set[at] {
				row[firstSlot+at], set[at] = u.own.nth(d), true
			}
			continue
		}
		for j, at := range u.cols {
			if !set[at] {
				row[firstSlot+at], set[at] = u.parents[d][j], true
			}
		}
	}
}

// plan finds out what the columns may hold, and how keys are counted through.
func (g *generator) plan(rows int) error {
	g.domains = make([]*domain, len(g.t.cols))
	limits := g.limits()
	for at, col := range g.t.cols {
		g.domains[at] = newDomain(col, limits[at], g.db.set)
	}
	unitOf := map[int]*unit{}
	for _, f := range g.t.foreign {
		if f.disabled {
			continue
		}
		u := &unit{cols: f.cols, f: f}
		if err := g.readParents(u, max(rows, 5000)); err != nil {
			return err
		}
		g.units = append(g.units, u)
		if len(u.parents) > 0 {
			for _, at := range f.cols {
				if old := unitOf[at]; old == nil || len(old.cols) < len(u.cols) {
					unitOf[at] = u
				}
			}
		}
	}
	// foreign keys of many columns first: those of fewer have to agree with them
	slices.SortStableFunc(g.units, func(a, b *unit) int { return cmp.Compare(len(b.cols), len(a.cols)) })
	keys := slices.DeleteFunc(slices.Clone(g.t.keys), func(k *key) bool { return k.disabled || k.exprs != nil })
	slices.SortStableFunc(keys, func(a, b *key) int {
		return cmp.Or(-cmp.Compare(word(a.primary, "1", "0"), word(b.primary, "1", "0")), cmp.Compare(len(a.cols), len(b.cols)))
	})
	for _, k := range keys {
		c := &keyCounter{size: 1}
		seen := map[*unit]bool{}
		driven := 1
		for _, at := range k.cols {
			u := unitOf[at]
			if u == nil {
				if col := g.t.cols[at]; col.identity != nil || col.virtual != nil {
					driven = maxCount // it is another value in every row, or nobody can say how often it repeats
					continue
				}
				u = &unit{cols: []int{at}, own: g.domains[at]}
				unitOf[at] = u
			}
			if seen[u] {
				continue
			}
			seen[u] = true
			if u.driven {
				driven = times(driven, u.size())
				continue
			}
			c.digits = append(c.digits, u)
		}
		// the unit with the most values counts slowest, so that small ones show all of theirs
		slices.SortStableFunc(c.digits, func(a, b *unit) int {
			return cmp.Or(cmp.Compare(word(a.f != nil, "0", "1"), word(b.f != nil, "0", "1")), cmp.Compare(a.size(), b.size()))
		})
		for _, u := range c.digits {
			u.driven = true
			c.size = times(c.size, u.size())
		}
		c.size = times(c.size, driven)
		if driven == 1 || len(c.digits) > 0 {
			g.keys = append(g.keys, c)
		}
	}
	return nil
}

// maxCount is the end of counting.
const maxCount = 1 << 40

func times(a, b int) int {
	if b != 0 && a > maxCount/b {
		return maxCount
	}
	return a * b
}

// readParents keeps keys that a foreign key may refer to.
func (g *generator) readParents(u *unit, most int) error {
	f := u.f
	o := g.db.objects2(objectName{owner: f.refOwner, name: f.refTable})
	if o == nil || o.table == nil || o.table.shared == g.t.shared {
		return nil
	}
	parent := g.db.current(o.table)
	if parent == nil {
		return nil
	}
	var cols []int
	for _, name := range f.refCols {
		cols = append(cols, parent.column(name).internal)
	}
	stop := errors.New("enough")
	err := g.s.eachStored(parent, func(_ store.Ref, row [][]byte) error {
		key := make([][]byte, len(cols))
		for i, at := range cols {
			if key[i] = row[firstSlot+at]; key[i] == nil {
				return nil
			}
		}
		u.parents = append(u.parents, key)
		if len(u.parents) == min(most, maxParents) {
			return stop
		}
		return nil
	})
	if err != nil && err != error(stop) {
		return err
	}
	return nil
}

// reference sets the columns of a foreign key that are not set yet, to a parent that agrees with those that are.
func (g *generator) reference(u *unit, row [][]byte, set []bool) error {
	var open, given []int
	optional := true
	for j, at := range u.cols {
		if set[at] {
			given = append(given, j)
		} else {
			open = append(open, j)
		}
		optional = optional && !g.t.cols[at].notNull
	}
	if len(open) == 0 {
		return nil
	}
	null := func() {
		for _, j := range open {
			set[u.cols[j]] = true
		}
	}
	if len(u.parents) == 0 || len(given) == 0 && optional && g.r.IntN(10) == 0 {
		if !optional {
			return ora.New(2291, fmt.Sprintf("%s.%s: no rows in %s.%s to refer to", g.t.owner, u.f.name, u.f.refOwner, u.f.refTable))
		}
		null()
		return nil
	}
	choice := -1
	if len(given) == 0 {
		choice = g.r.IntN(len(u.parents))
	} else {
		if u.byPart == nil || !slices.Equal(u.part, given) {
			u.part, u.byPart = given, map[string][]int{}
			for i, p := range u.parents {
				k := partOf(given, func(j int) []byte { return p[j] })
				u.byPart[k] = append(u.byPart[k], i)
			}
		}
		fits := u.byPart[partOf(given, func(j int) []byte { return row[firstSlot+u.cols[j]] })]
		if len(fits) == 0 {
			if slices.ContainsFunc(open, func(j int) bool { return g.t.cols[u.cols[j]].notNull }) {
				return ora.New(2291, fmt.Sprintf("%s.%s: no row in %s.%s agrees", g.t.owner, u.f.name, u.f.refOwner, u.f.refTable))
			}
			null()
			return nil
		}
		choice = fits[g.r.IntN(len(fits))]
	}
	for _, j := range open {
		row[firstSlot+u.cols[j]], set[u.cols[j]] = u.parents[choice][j], true
	}
	return nil
}

func partOf(at []int, value func(int) []byte) string {
	var k []byte
	for _, j := range at {
		k = appendKey(k, value(j), typ{})
	}
	return string(k)
}
