package assess

import (
	"cmp"
	"slices"
	"strings"

	"landfall/assess/checks"
	"landfall/internal/model"
)

// Finish puts a result into report order, sets fingerprints, counts findings per object and rule, and makes the
// totals. Calling it twice gives the same as calling it once. Rules keep their texts; only their counts are made.
func (r *Result) Finish() {
	r.FormatVersion = FormatVersion
	r.fill()
	r.sort()
	model.SetFingerprints(r.Findings)
	r.countFindings()
	r.Totals = r.totals()
}

// fill makes absent lists empty ones: a reader of the JSON form finds a list, never null.
func (r *Result) fill() {
	r.Inputs = list(r.Inputs)
	r.Objects = list(r.Objects)
	r.Findings = list(r.Findings)
	r.Rules = list(r.Rules)
	r.Datatypes = list(r.Datatypes)
	r.Features = list(r.Features)
	r.Dependencies.Edges = list(r.Dependencies.Edges)
	r.Dependencies.Cycles = list(r.Dependencies.Cycles)
	r.Dependencies.Waves = list(r.Dependencies.Waves)
	r.NotCovered = list(r.NotCovered)
	r.Checks = list(r.Checks)
	r.Links = list(r.Links)
	r.Method.Steps = list(r.Method.Steps)
	r.Method.Limits = list(r.Method.Limits)
	r.Method.Versions = list(r.Method.Versions)
	r.fillScores()
}

// fillScores does so for what is made behind the findings.
func (r *Result) fillScores() {
	if c := r.Complexity; c != nil {
		c.Facts = list(c.Facts)
	}
	if e := r.Estimate; e != nil {
		e.Parts, e.Roles, e.Figures = list(e.Parts), list(e.Roles), list(e.Figures)
	}
	if s := r.Sizing; s != nil {
		s.Storage, s.Basis, s.Missing = list(s.Storage), list(s.Basis), list(s.Missing)
	}
	if w := r.Window; w != nil {
		w.Steps, w.Assumptions, w.Basis, w.Missing = list(w.Steps), list(w.Assumptions), list(w.Basis), list(w.Missing)
	}
	if b := r.Baseline; b != nil {
		b.ResolvedOf = list(b.ResolvedOf)
	}
	if g := r.Gates; g != nil {
		g.Gates = list(g.Gates)
	}
}

func list[T any](s []T) []T {
	if s == nil {
		return []T{}
	}
	return s
}

// sort gives every slice its order: it must not depend on the order of files or on goroutines.
func (r *Result) sort() {
	slices.SortStableFunc(r.Inputs, func(a, b Input) int { return strings.Compare(a.Name, b.Name) })
	slices.SortStableFunc(r.Objects, compareObjects)
	for i := range r.Objects {
		slices.Sort(r.Objects[i].DependsOn)
		slices.Sort(r.Objects[i].UsedBy)
	}
	model.SortFindings(r.Findings)
	slices.SortStableFunc(r.Rules, func(a, b RuleUse) int { return strings.Compare(a.Code, b.Code) })
	slices.SortStableFunc(r.Datatypes, func(a, b DatatypeUse) int {
		return cmp.Or(strings.Compare(a.Family, b.Family), strings.Compare(a.Type, b.Type))
	})
	slices.SortStableFunc(r.Features, func(a, b FeatureUse) int {
		return cmp.Or(strings.Compare(a.Group, b.Group), strings.Compare(a.Feature, b.Feature))
	})
	slices.SortStableFunc(r.Dependencies.Edges, func(a, b Edge) int {
		return cmp.Or(cmp.Compare(a.From, b.From), cmp.Compare(a.To, b.To), strings.Compare(a.How, b.How))
	})
	for _, c := range r.Dependencies.Cycles {
		slices.Sort(c)
	}
	slices.SortStableFunc(r.Dependencies.Cycles, slices.Compare[[]model.ObjectID])
	for _, w := range r.Dependencies.Waves {
		slices.Sort(w.Objects)
	}
	slices.SortStableFunc(r.NotCovered, func(a, b NotCovered) int {
		return cmp.Or(strings.Compare(a.File, b.File), a.Line-b.Line, strings.Compare(a.Kind, b.Kind), strings.Compare(a.Reason, b.Reason))
	})
}

func compareObjects(a, b Object) int {
	return cmp.Or(strings.Compare(a.Schema, b.Schema), a.Kind.Rank()-b.Kind.Rank(), strings.Compare(a.Name, b.Name), cmp.Compare(a.ID, b.ID))
}

// countFindings counts findings by object and by rule. A finding on a member counts for the object that holds
// the member too, when the member itself is not in the inventory.
func (r *Result) countFindings() {
	for i := range r.Objects {
		r.Objects[i].Findings, r.Objects[i].Effort = SeverityCounts{}, model.Auto
	}
	ownerOf := r.Owners()
	byCode := make(map[string]int, len(r.Rules))
	for i := range r.Rules {
		r.Rules[i].Count, r.Rules[i].Objects = 0, 0
		byCode[r.Rules[i].Code] = i
	}
	type use struct {
		code   string
		object model.ObjectID
	}
	seen := make(map[use]bool)
	for i := range r.Findings {
		f := &r.Findings[i]
		owner := f.Object
		if at, ok := ownerOf(f.Object); ok {
			o := &r.Objects[at]
			owner = o.ID
			o.Findings.Add(f.Severity)
			o.Effort = max(o.Effort, f.Effort)
		}
		at, ok := byCode[f.Code]
		if !ok {
			continue
		}
		r.Rules[at].Count++
		if u := (use{f.Code, owner}); owner != "" && !seen[u] {
			seen[u] = true
			r.Rules[at].Objects++
		}
	}
}

func (r *Result) totals() Totals {
	t := Totals{Files: len(r.Inputs), Objects: len(r.Objects), Rungs: rungCounts(), Efforts: effortCounts(), NotCovered: len(r.NotCovered)}
	for _, in := range r.Inputs {
		t.Bytes += in.Bytes
		t.Lines += in.Lines
		t.Statements += in.Statements
		t.StatementsParsed += in.Parsed
	}
	kinds := map[model.ObjectKind]*KindCount{}
	objects, lines := Score{Name: ScoreObjects}, Score{Name: ScoreLines}
	for i := range r.Objects {
		o := &r.Objects[i]
		k := kinds[o.Kind]
		if k == nil {
			k = &KindCount{Kind: o.Kind, Rungs: rungCounts(), Efforts: effortCounts()}
			kinds[o.Kind] = k
		}
		k.Objects++
		k.Lines += o.Lines
		for _, s := range model.Severities() {
			addCount(&k.Findings, s, o.Findings.Of(s))
		}
		if o.Refused {
			t.Refused++
			k.Refused++
		} else {
			t.Rungs[o.Rung].add(o.Lines)
			k.Rungs[o.Rung].add(o.Lines)
		}
		t.Efforts[o.Effort].Objects++
		k.Efforts[o.Effort].Objects++
		objects.Of++
		lines.Of += o.Lines
		if !o.Refused && o.Rung > model.RungUnread && o.Effort < model.Manual {
			objects.Part++
			lines.Part += o.Lines
		}
		if o.Hours != nil {
			if t.Hours == nil {
				t.Hours = &Hours{}
			}
			t.Hours.Low += o.Hours.Low
			t.Hours.High += o.Hours.High
		}
	}
	for _, v := range checks.Verdicts() {
		c := VerdictCount{Verdict: v}
		for i := range r.Checks {
			if r.Checks[i].Verdict == v {
				c.Checks++
			}
		}
		t.Checks = append(t.Checks, c)
	}
	ownerOf := r.Owners()
	for i := range r.Findings {
		f := &r.Findings[i]
		if f.Waiver != nil {
			t.Waived++
		}
		t.Findings.Add(f.Severity)
		t.Efforts[f.Effort].Findings++
		if at, ok := ownerOf(f.Object); ok {
			kinds[r.Objects[at].Kind].Efforts[f.Effort].Findings++
		}
	}
	t.Kinds = make([]KindCount, 0, len(kinds))
	for _, k := range kinds {
		t.Kinds = append(t.Kinds, *k)
	}
	slices.SortFunc(t.Kinds, func(a, b KindCount) int {
		return cmp.Or(a.Kind.Rank()-b.Kind.Rank(), strings.Compare(string(a.Kind), string(b.Kind)))
	})
	if r.Estimate != nil { // it holds more than what belongs to objects
		h := r.Estimate.Hours
		t.Hours = &h
	}
	t.Scores = []Score{objects, lines, {Name: ScoreStatements, Part: t.StatementsParsed, Of: t.Statements}}
	return t
}

func (c *RungCount) add(lines int) {
	c.Objects++
	c.Lines += lines
}

func rungCounts() []RungCount {
	var c []RungCount
	for _, r := range model.Rungs() {
		c = append(c, RungCount{Rung: r})
	}
	return c
}

func effortCounts() []EffortCount {
	var c []EffortCount
	for _, e := range model.Efforts() {
		c = append(c, EffortCount{Effort: e})
	}
	return c
}

func addCount(c *SeverityCounts, s model.Severity, n int) {
	switch s {
	case model.Blocker:
		c.Blocker += n
	case model.High:
		c.High += n
	case model.Medium:
		c.Medium += n
	case model.Low:
		c.Low += n
	default:
		c.Info += n
	}
}
