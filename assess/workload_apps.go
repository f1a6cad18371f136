package assess

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"landfall/assess/patch"
	"landfall/internal/model"
	"landfall/internal/parallel"
	"landfall/internal/workload"
	"landfall/internal/workload/embedded"
	"landfall/internal/workload/mybatis"
	"landfall/internal/workload/proc"
)

// application is one folder of application source.
type application struct {
	root    string
	files   []workload.AppFile
	sources map[string]*workload.Source
	units   []patch.Unit
	byUnit  map[string]int
	found   map[string]*WorkloadSource
	classes embedded.Classes
}

// readApps reads every folder of application source: statements go to the groups and, when patches are wanted, stay with
// the places that they come from.
func (w *workloadReader) readApps(ctx context.Context, opt WorkloadOptions, progress func(done, total int)) ([]*application, error) {
	var apps []*application
	for _, root := range opt.Apps {
		files, others, err := workload.FindApp(ctx, root)
		if err != nil {
			return nil, err
		}
		if len(files) == 0 {
			w.at = &WorkloadSource{}
			w.problem(workload.Problem{Pos: model.Pos{File: filepath.ToSlash(root), Line: 1, Col: 1}, Kind: workload.Unreadable, Reason: "no file here is of a language that is read", Hint: "docs/workload.md lists them with their endings"})
		}
		a := &application{root: root, files: files, sources: map[string]*workload.Source{}, byUnit: map[string]int{}, found: map[string]*WorkloadSource{}}
		apps = append(apps, a)
		var mappers []*workload.Source
		w.texts = map[string]*workload.Source{}
		for i, f := range files {
			progress(i, len(files))
			if ctx.Err() != nil {
				return nil, ctx.Err()
			}
			at := &WorkloadSource{Name: f.Name, Kind: string(f.Language)}
			a.found[f.Name] = at
			w.at = at
			src, note, problem := workload.ReadApp(f, opt.Charset)
			if problem != nil {
				w.problem(*problem)
				continue
			}
			w.texts[f.Name] = src
			if note != "" {
				at.Notes = append(at.Notes, note)
			}
			if f.Language == workload.XML {
				mappers = append(mappers, src)
				continue
			}
			if f.Language == workload.Java {
				a.classes.Add(src)
			}
			if err := w.scan(a, f.Language, src, opt.Patch); err != nil {
				return nil, err
			}
			delete(w.texts, f.Name)
		}
		progress(len(files), len(files))
		if err := w.scanMappers(a, mappers, opt.Patch); err != nil {
			return nil, err
		}
		w.addSources(a, others)
		w.texts = nil
	}
	return apps, nil
}

func (w *workloadReader) scanMappers(a *application, mappers []*workload.Source, keep bool) error {
	units, err := mybatis.Scan(mappers, &a.classes, w.appSink(a, keep))
	for name, n := range units {
		a.found[name].Kind, a.found[name].Units = "mybatis", n
	}
	if keep {
		for _, m := range mappers {
			if _, ok := units[m.Name]; ok {
				a.sources[m.Name] = m
			}
		}
	}
	return err
}

// appSink enters statements under the file that they come from.
func (w *workloadReader) appSink(a *application, keep bool) workload.Sink {
	plain := w.sink()
	return workload.Sink{
		Statement: func(s workload.Statement) error {
			w.at = a.found[s.Pos.File]
			for _, g := range s.Source.Segments {
				line := 0
				if src := w.texts[g.File]; src != nil && g.Hi > g.Lo {
					line = src.Pos(g.Lo).Line
				}
				s.Source.Lines = append(s.Source.Lines, line)
			}
			if keep {
				a.keep(s)
			}
			return plain.Statement(s)
		},
		Problem: func(p workload.Problem) {
			w.at = a.found[p.Pos.File]
			w.problem(p)
		},
	}
}

// keep remembers a statement for the patch.
func (a *application) keep(s workload.Statement) {
	key := fmt.Sprintf("%s\x00%d\x00%s", s.Pos.File, s.Pos.Offset, s.Source.Unit)
	i, ok := a.byUnit[key]
	if !ok {
		i = len(a.units)
		a.byUnit[key] = i
		a.units = append(a.units, patch.Unit{File: s.Pos.File, Line: s.Pos.Line, Offset: s.Pos.Offset, Name: s.Source.Unit, Partial: s.Source.Partial})
	}
	a.units[i].Variants = append(a.units[i].Variants, patch.Variant{Text: s.Text, Segments: s.Source.Segments, Binds: s.Binds, Hollow: s.Source.Hollow})
}

// addSources lists the files that hold SQL or could not be read. Others are counted, so that nobody takes them for read.
func (w *workloadReader) addSources(a *application, others map[string]int) {
	none := map[string]int{}
	for _, f := range a.files {
		s := a.found[f.Name]
		if s.Units+s.Statements+s.Problems > 0 {
			w.result.Sources = append(w.result.Sources, *s)
		} else {
			none[string(f.Language)]++
		}
	}
	sum := WorkloadSource{Name: filepath.ToSlash(a.root), Kind: "folder"}
	for _, lang := range slices.Sorted(maps.Keys(none)) {
		sum.Notes = append(sum.Notes, w.words.Say("%d files of %s hold no SQL that was recognised", none[lang], lang))
	}
	if n := others[workload.Linked]; n > 0 {
		sum.Notes = append(sum.Notes, w.words.Say("%d links to folders, or what is no file, were not followed", n))
		delete(others, workload.Linked)
	}
	for _, ext := range slices.Sorted(maps.Keys(others)) {
		sum.Notes = append(sum.Notes, w.words.Say("%d files ending in %s were not looked at", others[ext], cmp.Or(ext, w.words.Say("nothing"))))
	}
	w.result.Sources = append(w.result.Sources, sum)
}

var returningInto = regexp.MustCompile(`(?is)\s+INTO\s+:[^()]*$`)

// patches proposes the changes of one application: an entry a place, and the changed files as one diff.
func (j *statementJudge) patches(ctx context.Context, a *application, schema string, jobs int, progress func(done, total int)) ([]WorkloadPatch, string, error) {
	type at struct{ unit, variant int }
	var all []at
	precompiled := map[string]bool{}
	for _, f := range a.files {
		precompiled[f.Name] = f.Language == workload.ProC
	}
	for u := range a.units {
		for v := range a.units[u].Variants {
			all = append(all, at{u, v})
		}
	}
	err := parallel.Each(ctx, len(all), max(1, jobs), progress, func(i int) {
		v := &a.units[all[i].unit].Variants[all[i].variant]
		got := j.judge("app", v.Text, schema, v.Binds)
		switch {
		case got.class == SQLManual || got.class == SQLUnread:
			v.Why = got.why
		case got.class == SQLCompatible:
			v.Converted = v.Text
		default:
			v.Converted = got.converted
			if precompiled[a.units[all[i].unit].File] { // ecpg takes the targets of RETURNING as Pro*C does
				v.Converted += returningInto.FindString(v.Text)
			}
		}
	})
	if err != nil {
		return nil, "", err
	}
	outcomes, texts := a.plan()
	unencoded := map[string]string{}
	var diff strings.Builder
	for _, f := range a.files {
		text, changed := texts[f.Name]
		if !changed {
			continue
		}
		src := a.sources[f.Name]
		before, err := src.Encode(string(src.Text))
		var after []byte
		if err == nil {
			after, err = src.Encode(text.Text)
		}
		if err != nil {
			unencoded[f.Name] = err.Error()
			continue
		}
		diff.WriteString(patch.Diff(f.Relative, before, after))
	}
	list := make([]WorkloadPatch, len(a.units))
	for i, u := range a.units {
		o := outcomes[i]
		p := WorkloadPatch{File: u.File, Line: u.Line, Unit: u.Name, Branches: len(u.Variants), Edits: o.Edits, Why: j.words.Say(o.Why), State: PatchMade}
		switch {
		case o.Needless:
			p.State = PatchNeedless
		case !o.Changed:
			p.State = PatchRefused
		case u.Partial:
			p.Why = j.words.Say("not every combination of its branches was looked at")
		case unencoded[u.File] != "":
			p.State, p.Edits, p.Why = PatchRefused, 0, unencoded[u.File]
		}
		list[i] = p
	}
	return list, diff.String(), nil
}

// scan reads the statements of one file that is no mapper.
func (w *workloadReader) scan(a *application, lang workload.Language, src *workload.Source, keep bool) error {
	if keep {
		a.sources[src.Name] = src
	}
	sink := w.appSink(a, keep)
	var (
		units int
		err   error
	)
	if lang == workload.ProC {
		units, err = proc.Scan(src, sink)
	} else {
		units, err = embedded.Scan(src, lang, sink)
	}
	a.found[src.Name].Units = units
	return err
}
