package assess

import (
	"slices"

	"landfall/assess/patch"
	"landfall/internal/workload"
	"landfall/internal/workload/embedded"
	"landfall/internal/workload/mybatis"
)

// plan plans the changes and reads the changed files as they would be. Places that would not make the statements that were
// wanted are given up, and it is planned again without them, for others may share their text. Scripts of the shell and Pro*C
// are left out of the reading: their text is written as it is.
func (a *application) plan() ([]patch.Outcome, map[string]*patch.File) {
	given := map[int]bool{}
	for {
		outcomes, texts := patch.Plan(a.units, a.sources)
		bad := a.verify(outcomes, texts)
		if len(bad) == 0 {
			for i := range given {
				outcomes[i].Why = "the changed file would not make the wanted statements"
			}
			return outcomes, texts
		}
		for _, i := range bad {
			given[i] = true
			for v := range a.units[i].Variants {
				a.units[i].Variants[v].Converted, a.units[i].Variants[v].Why = "", "given up"
			}
		}
	}
}

// verify gives the units that keep a changed file from making the statements that are wanted of it.
func (a *application) verify(outcomes []patch.Outcome, texts map[string]*patch.File) (bad []int) {
	var mappers []*workload.Source
	changed := map[string]*patch.File{} // mappers; nil as they were
	edits := false
	for _, f := range a.files {
		src := a.sources[f.Name]
		if src == nil {
			continue
		}
		text, edited := texts[f.Name]
		if edited {
			src = workload.NewSource(f.Name, []byte(text.Text))
		}
		if f.Language == workload.XML {
			changed[f.Name] = text
			edits = edits || edited
			mappers = append(mappers, src)
			continue
		}
		if !edited || f.Language == workload.Shell || f.Language == workload.ProC {
			continue
		}
		got := &application{byUnit: map[string]int{}}
		_, err := embedded.Scan(src, f.Language, got.again())
		bad = append(bad, a.differing(outcomes, got.units, map[string]*patch.File{f.Name: text}, err)...)
	}
	if edits { // mappers share fragments: all are read
		got := &application{byUnit: map[string]int{}}
		_, err := mybatis.Scan(mappers, &a.classes, got.again())
		bad = append(bad, a.differing(outcomes, got.units, changed, err)...)
	}
	return bad
}

func (a *application) again() workload.Sink {
	return workload.Sink{Statement: func(s workload.Statement) error { a.keep(s); return nil }, Problem: func(workload.Problem) {}, Lenient: true}
}

// differing gives the changed units of some files that do not make the statements that are expected of them: what is found
// where they stand now, after all edits in front of them. Where a unit that was not changed makes other statements, the file
// as a whole is given up.
func (a *application) differing(outcomes []patch.Outcome, got []patch.Unit, files map[string]*patch.File, err error) (bad []int) {
	type place struct {
		file   string
		offset int
	}
	found := map[place][]patch.Unit{}
	for _, u := range got {
		p := place{u.File, u.Offset}
		found[p] = append(found[p], u)
	}
	var all []int
	broken := err != nil
	for i, u := range a.units {
		f, ok := files[u.File]
		if !ok {
			continue
		}
		p := place{u.File, u.Offset}
		if f != nil {
			p.offset = f.Moved(u.Offset)
		}
		if outcomes[i].Changed {
			all = append(all, i)
		}
		at := slices.IndexFunc(found[p], func(g patch.Unit) bool { return makes(outcomes[i], u, g) })
		switch {
		case at >= 0:
			found[p] = slices.Delete(found[p], at, at+1)
		case outcomes[i].Changed:
			bad = append(bad, i)
		default:
			broken = true
		}
	}
	if broken && len(bad) == 0 {
		return all
	}
	return bad
}

// makes reports whether a unit that was read again has the statements that are wanted of it, and none besides but those that
// may be none.
func makes(o patch.Outcome, want, got patch.Unit) bool {
	n := 0
	for _, v := range want.Variants {
		for n < len(got.Variants) && got.Variants[n].Hollow && !patch.SameWords(o.Expected(v), got.Variants[n].Text) {
			n++
		}
		if n == len(got.Variants) || !holed(v) && !patch.SameWords(o.Expected(v), got.Variants[n].Text) {
			return false
		}
		n++
	}
	for n < len(got.Variants) && got.Variants[n].Hollow {
		n++
	}
	return n == len(got.Variants)
}

// holed reports whether a statement has places that only the run knows: what stands for them may differ between two
// readings.
func holed(v patch.Variant) bool {
	for _, s := range v.Segments {
		if s.Holds == workload.HoldsHole {
			return true
		}
	}
	return false
}
