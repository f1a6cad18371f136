package assess

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"landfall/assess/phrase"
	"landfall/convert/rules"
	"landfall/internal/model"
	"landfall/internal/oracle/scripts"
)

// Targets compares what a move of one source to several targets takes. The rest of the report is about the first.
type Targets struct {
	Compared    []TargetFigures `json:"compared"`    // in the order in which they were assessed
	Recommended string          `json:"recommended"` // profile of one of them
	Reasons     []string        `json:"reasons"`     // in words
}

// TargetFigures are the figures of one target.
type TargetFigures struct {
	Target   Target         `json:"target"`
	Scores   []Score        `json:"scores"` // of objects, lines and statements; of sql, executions and elapsed where workload was given
	Rungs    []RungCount    `json:"rungs"`  // objects, refused ones left out
	Refused  int            `json:"refused"`
	Objects  int            `json:"objects"`
	SQL      int            `json:"sql_refused"` // statements of the workload, each kind once
	Findings SeverityCounts `json:"findings"`
	Efforts  []EffortCount  `json:"efforts"`
	Hours    *Hours         `json:"hours,omitempty"`
	Level    string         `json:"level,omitempty"` // of complexity
	Ceiling  model.Rung     `json:"ceiling"`         // the highest rung that can be proven for it
}

// ComparedTargets are the profiles that RunTargets is made for, in report order.
func ComparedTargets() []string { return []string{"postgresql", "polardb-oracle", "tidb"} }

// RunTargets assesses one source, read once, for several targets. The result is that of the first, with the comparison.
func RunTargets(ctx context.Context, opt Options, targets []*rules.Profile) (*Result, error) {
	if opt.Estate == nil {
		read := opt.Scripts
		if progress := opt.Progress; progress != nil {
			read.Progress = func(done, total int, _ string) { progress("reading", done, total) }
		}
		estate, err := scripts.Load(ctx, opt.Dir, read)
		if err != nil {
			return nil, err
		}
		opt.Estate = estate
	}
	var first *Result
	t := &Targets{}
	for i, target := range targets {
		o := opt
		o.Target = target
		if i > 0 { // these are about the report itself, which is the first's
			o.Baseline, o.Waivers, o.Gates = nil, nil, nil
			o.Workload.Patch = false
		}
		r, err := Run(ctx, o)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", target.Name, err)
		}
		t.Compared = append(t.Compared, figuresOf(r, target))
		if i == 0 {
			first = r
		}
	}
	t.recommend(opt.Lang)
	first.Targets = t
	return first, nil
}

func figuresOf(r *Result, target *rules.Profile) TargetFigures {
	f := TargetFigures{
		Target: r.Target, Scores: slices.Clone(r.Totals.Scores), Rungs: r.Totals.Rungs, Refused: r.Totals.Refused, Objects: r.Totals.Objects, Findings: r.Totals.Findings, Efforts: r.Totals.Efforts,
		Hours: r.Totals.Hours, Ceiling: target.Ceiling,
	}
	if w := r.Workload; w != nil {
		f.Scores = append(f.Scores, w.Totals.Scores...)
		f.SQL = w.Totals.Refused
	}
	if r.Complexity != nil {
		f.Level = r.Complexity.Level
	}
	return f
}

// score is a share by its name, in percent; ok is false where it was not made.
func (f TargetFigures) score(name string) (percent float64, ok bool) {
	for _, s := range f.Scores {
		if s.Name == name {
			return s.Percent(), true
		}
	}
	return 0, false
}

// recommend takes the target with the least effort, of equal ones the one that refuses less, then the first, and says
// why, and what the others lack.
func (t *Targets) recommend(lang string) {
	if len(t.Compared) == 0 {
		return
	}
	middle := func(f TargetFigures) float64 {
		if f.Hours == nil {
			return 0
		}
		return (f.Hours.Low + f.Hours.High) / 2
	}
	best := slices.MinFunc(t.Compared, func(a, b TargetFigures) int {
		return cmp.Or(cmp.Compare(middle(a), middle(b)), cmp.Compare(a.Refused, b.Refused))
	})
	t.Recommended = best.Target.Profile
	words := phrases(lang)
	reason := func(x phrase.Text) { t.Reasons = append(t.Reasons, words.In(x)) }
	say := phrase.Say
	title := best.Target.Title
	if h := best.Hours; h != nil {
		reason(say("%s takes the least effort: %.0f to %.0f hours", title, h.Low, h.High))
	}
	if least := slices.MinFunc(t.Compared, func(a, b TargetFigures) int { return cmp.Compare(a.Refused, b.Refused) }); least.Refused == best.Refused {
		reason(say("%s refuses the fewest objects: %d of %d", title, best.Refused, best.Objects))
	}
	if p, ok := best.score(ScoreObjects); ok {
		reason(say("%s: %.1f %% of the objects need no manual work", title, p))
	}
	if p, ok := best.score(ScoreSQL); ok {
		reason(say("%s: %.1f %% of the SQL of programs runs as it is or after a change that is given", title, p))
	}
	if best.Ceiling < model.RungCompiled {
		reason(say("what was converted for %s can be proven here no further than %s: try it on a server before deciding", title, best.Ceiling))
	} else {
		reason(say("what was converted for %s can be proven here as far as %s", title, best.Ceiling))
	}
	for _, f := range t.Compared {
		if f.Target.Profile != best.Target.Profile && f.Refused > best.Refused {
			reason(say("%s would leave %d of %d objects to people", f.Target.Title, f.Refused, f.Objects))
		}
	}
}
