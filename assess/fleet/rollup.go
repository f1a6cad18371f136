package fleet

import (
	"landfall/assess"
	"landfall/internal/project"
)

// rollUp makes the result of the digests, which are in the order of the list; nil ones failed.
func rollUp(digests []*Digest, failed []*Failure, opt Options) *Result {
	r := &Result{
		FormatVersion: FormatVersion, Tool: assess.Tool{Name: "landfall", Version: opt.Version},
		Databases: []Database{}, Failed: []Failure{}, Similar: []Alike{}, Duplicates: []SchemaSet{}, Links: []Link{}, Groups: []Group{}, Waves: []Wave{}, Clusters: []Cluster{},
		Unsized: []string{}, Problems: []string{},
	}
	entries := map[string]project.FleetEntry{}
	for _, e := range opt.List {
		entries[e.Name] = e
	}
	var list []*Digest
	for i, d := range digests {
		if d != nil {
			list = append(list, d)
		} else if failed[i] != nil {
			r.Failed = append(r.Failed, *failed[i])
		}
	}
	wave := assess.FigureOf("fleet.wave.hours", opt.Figures).High
	limit := capacity{
		bytes: assess.FigureOf("fleet.cluster.bytes", opt.Figures).High, cores: assess.FigureOf("fleet.cluster.cores", opt.Figures).High,
		sessions: assess.FigureOf("fleet.cluster.sessions", opt.Figures).High,
	}
	r.similar(list)
	words := phrases(opt.Lang)
	r.links(list, entries, words)
	r.groups(list, entries, words)
	r.waves(list, entries, wave, words)
	r.clusters(list, limit, words)
	r.databases(list, entries)
	r.total(list, len(opt.List))
	r.Method = []string{
		words.Say("Each database was assessed by itself; its reports lie in the folder of its name."),
		words.Say("Schemas are compared by the tokens of their objects, comments and the schema's own name left out. The overlap is objects that both have, of all that either has; of schemas with more than %d objects it is estimated from %d of them. Half or more counts as a copy.", sketchSize, sketchSize),
		words.Say("Databases that a link leads to, or that one application uses, move together. A link is matched by the service of its connect string, by its alias or by its name with the names and aliases of the list."),
		words.Say("Waves: the easiest groups first, up to %.0f hours a wave. What a rule takes to learn is counted in the first wave that meets it.", wave),
		words.Say("Clusters: up to %.0f GB, %.0f cores and %.0f sessions each, at the high ends of the sizing.", limit.bytes/(1<<30), limit.cores, limit.sessions),
	}
	return r
}

func (r *Result) databases(list []*Digest, entries map[string]project.FleetEntry) {
	group, wave, cluster := map[string]int{}, map[string]int{}, map[string]int{}
	for _, g := range r.Groups {
		for _, name := range g.Databases {
			group[name], wave[name] = g.Number, g.Wave
		}
	}
	for _, c := range r.Clusters {
		for _, name := range c.Databases {
			cluster[name] = c.Number
		}
	}
	for _, d := range list {
		r.Databases = append(r.Databases, Database{
			Name: d.Name, Source: d.Source, Applications: entries[d.Name].Applications, Objects: d.Objects, Lines: d.Lines, Refused: d.Refused, Findings: d.Findings, Scores: d.Scores,
			Level: d.Complexity.Level, Size: d.Complexity.Size, Hours: d.Hours, Bytes: d.Bytes, Sessions: d.Sessions, LoadHours: d.LoadHours, Cutover: d.Cutover, Blocked: d.Blocked,
			NotCovered: d.NotCovered, Partly: d.Partly, Gate: d.Gate, Group: group[d.Name], Wave: wave[d.Name], Cluster: cluster[d.Name],
		})
	}
}

func (r *Result) total(list []*Digest, listed int) {
	t := &r.Totals
	t.Databases, t.Assessed, t.Failed = listed, len(list), len(r.Failed)
	sizes := map[string]int{}
	for _, d := range list {
		if d.Partly {
			t.Partly++
		}
		if d.Gate == "failed" {
			t.GatesFail++
		}
		t.Objects += d.Objects
		t.Lines += d.Lines
		t.Findings.Blocker += d.Findings.Blocker
		t.Findings.High += d.Findings.High
		t.Findings.Medium += d.Findings.Medium
		t.Findings.Low += d.Findings.Low
		t.Findings.Info += d.Findings.Info
		sizes[d.Complexity.Size]++
		t.HoursAlone.Low += d.Hours.Low
		t.HoursAlone.High += d.Hours.High
		if d.Bytes != nil {
			t.Sized++
		}
		t.Bytes = sum(t.Bytes, d.Bytes)
	}
	for _, s := range []string{assess.ComplexityLow, assess.ComplexityMedium, assess.ComplexityHigh} {
		t.Sizes = append(t.Sizes, Count{s, sizes[s]})
	}
	for _, w := range r.Waves {
		t.Hours.Low += w.Hours.Low
		t.Hours.High += w.Hours.High
	}
	t.Hours, t.HoursAlone = rounded(t.Hours), rounded(t.HoursAlone)
	t.Learning = rounded(assess.Hours{Low: t.HoursAlone.Low - t.Hours.Low, High: t.HoursAlone.High - t.Hours.High})
}
