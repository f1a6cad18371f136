package gen

// votes are the types that the statements of the source suggest for columns that it does not have.
type votes struct {
	counts map[absentColumnKey]map[string]int
	same   map[absentColumnKey][]absentColumnKey
	byName map[string]map[string]int // TABLE.COLUMN, whatever the schema
}

func newVotes() *votes {
	return &votes{
		counts: map[absentColumnKey]map[string]int{}, same: map[absentColumnKey][]absentColumnKey{}, byName: map[string]map[string]int{},
	}
}

func (v *votes) add(u *absentUse) {
	for _, x := range u.votes {
		if v.counts[x.column] == nil {
			v.counts[x.column] = map[string]int{}
		}
		v.counts[x.column][x.typ] += x.weight
		name := x.column.table.name + "." + x.column.column
		if v.byName[name] == nil {
			v.byName[name] = map[string]int{}
		}
		v.byName[name][x.typ] += x.weight
	}
	for _, p := range u.same {
		v.same[p[0]] = append(v.same[p[0]], p[1])
		v.same[p[1]] = append(v.same[p[1]], p[0])
	}
}

// typeOf is the type that most speaks for: of the column, of the table by whatever schema it is named, of the columns that it
// meets. Without any it is text, which takes all.
func (v *votes) typeOf(k absentColumnKey) string {
	if s := most(v.counts[k]); s != "" {
		return s
	}
	if s := most(v.byName[k.table.name+"."+k.column]); s != "" {
		return s
	}
	seen := map[absentColumnKey]bool{k: true}
	ring := v.same[k]
	for range 4 {
		sum := map[string]int{}
		var next []absentColumnKey
		for _, o := range ring {
			if seen[o] {
				continue
			}
			seen[o] = true
			for t, n := range v.counts[o] {
				sum[t] += n
			}
			next = append(next, v.same[o]...)
		}
		if s := most(sum); s != "" {
			return s
		}
		ring = next
	}
	return "text"
}

// most is the type with the most votes; of equals the one that takes more.
func most(counts map[string]int) string {
	best, n := "", 0
	for _, t := range []string{"refcursor", "text", "numeric", "timestamp", "timestamp(0)", "bytea", "boolean"} {
		if counts[t] > n {
			best, n = t, counts[t]
		}
	}
	return best
}
