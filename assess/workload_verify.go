package assess

import (
	"landfall/assess/patch"
	"landfall/internal/workload"
	"landfall/internal/workload/embedded"
	"landfall/internal/workload/mybatis"
)

// verify reads the changed files as they would be and takes back the changes of a file whose statements are not those that
// were wanted; mappers stand and fall together, for they share fragments. Scripts of the shell and Pro*C are left out:
// their text is written as it is.
func (a *application) verify(outcomes []patch.Outcome, texts map[string]string) {
	var mappers []*workload.Source
	mapped := false
	for _, f := range a.files {
		src := a.sources[f.Name]
		if src == nil {
			continue
		}
		text, changed := texts[f.Name]
		if f.Language == workload.XML {
			mapped = mapped || changed
			if changed {
				src = workload.NewSource(f.Name, []byte(text))
			}
			mappers = append(mappers, src)
			continue
		}
		if !changed || f.Language == workload.Shell || f.Language == workload.ProC {
			continue
		}
		got := &application{byUnit: map[string]int{}}
		_, err := embedded.Scan(workload.NewSource(f.Name, []byte(text)), f.Language, got.again())
		if err != nil || !a.same(outcomes, got.units, map[string]bool{f.Name: true}) {
			a.takeBack(outcomes, texts, map[string]bool{f.Name: true})
		}
	}
	if !mapped {
		return
	}
	names := map[string]bool{}
	for _, m := range mappers {
		names[m.Name] = true
	}
	got := &application{byUnit: map[string]int{}}
	if _, err := mybatis.Scan(mappers, &a.classes, got.again()); err != nil || !a.same(outcomes, got.units, names) {
		a.takeBack(outcomes, texts, names)
	}
}

func (a *application) again() workload.Sink {
	return workload.Sink{Statement: func(s workload.Statement) error { a.keep(s); return nil }, Problem: func(workload.Problem) {}, Lenient: true}
}

// same reports whether the units of some files make the statements that are expected of them, in the same order.
func (a *application) same(outcomes []patch.Outcome, got []patch.Unit, files map[string]bool) bool {
	next := 0
	for i, u := range a.units {
		if !files[u.File] {
			continue
		}
		if next >= len(got) || got[next].File != u.File || len(got[next].Variants) != len(u.Variants) {
			return false
		}
		for n, v := range u.Variants {
			if other := got[next].Variants[n]; !holed(v) && !patch.SameWords(outcomes[i].Expected(v), other.Text) {
				return false
			}
		}
		next++
	}
	return next == len(got)
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

func (a *application) takeBack(outcomes []patch.Outcome, texts map[string]string, files map[string]bool) {
	for i, u := range a.units {
		if files[u.File] && outcomes[i].Changed {
			outcomes[i] = patch.Outcome{Why: "the changed file would not make the wanted statements"}
		}
	}
	for f := range files {
		delete(texts, f)
	}
}
