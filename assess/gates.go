package assess

import (
	"slices"

	"landfall/assess/checks"
	"landfall/assess/phrase"
	"landfall/internal/model"
	"landfall/internal/project"
)

// gate is one thing that can be asked of a result. Names begin with min or max, which says how its value is held
// against the limit.
type gate struct {
	name  string
	value func(r *Result) (v float64, known bool)
	// missing says what would make the value known.
	missing string
}

const (
	needsBaseline = "needs --baseline"
	needsWorkload = "needs a workload (--workload, --app, or a bundle with one)"
)

// gates lists every gate, sorted by name.
var gates = func() []gate {
	list := []gate{
		{name: "max-unread", value: rung(model.RungUnread)},
		{name: "max-refused", value: func(r *Result) (float64, bool) { return float64(r.Totals.Refused), true }},
		{name: "max-not-covered", value: func(r *Result) (float64, bool) { return float64(len(r.NotCovered)), true }},
		{name: "max-waived", value: func(r *Result) (float64, bool) { return float64(r.Totals.Waived), true }},
		{name: "max-expired-waivers", value: expired},
		{name: "max-effort-hours", value: func(r *Result) (float64, bool) {
			if r.Estimate == nil {
				return 0, false
			}
			return r.Estimate.Hours.High, true
		}},
		{name: "max-effort-days", value: func(r *Result) (float64, bool) {
			if r.Estimate == nil {
				return 0, false
			}
			return r.Estimate.PersonDays.High, true
		}},
		{name: "max-complexity-grade", value: func(r *Result) (float64, bool) {
			if r.Complexity == nil {
				return 0, false
			}
			return float64(r.Complexity.Grade), true
		}},
		{name: "max-cutover-minutes", missing: "needs an estimate of the window", value: func(r *Result) (float64, bool) {
			if r.Window == nil || r.Window.Cutover == nil {
				return 0, false
			}
			return r.Window.Cutover.High, true
		}},
		{name: "max-load-hours", missing: "needs a bundle with segments and tables", value: func(r *Result) (float64, bool) {
			if r.Window == nil || r.Window.Load == nil {
				return 0, false
			}
			return r.Window.Load.High, true
		}},
	}
	for _, s := range model.Severities() {
		list = append(list, gate{name: "max-" + s.String(), value: func(r *Result) (float64, bool) { return float64(r.open().Of(s)), true }})
		list = append(list, gate{name: "max-new-" + s.String(), missing: needsBaseline, value: func(r *Result) (float64, bool) {
			if r.Baseline == nil {
				return 0, false
			}
			return float64(r.Baseline.New.Of(s)), true
		}})
	}
	for _, v := range []struct {
		name    string
		verdict checks.Verdict
	}{{"max-checks-blocker", checks.Blocker}, {"max-checks-warning", checks.Warning}, {"max-checks-not-collected", checks.NotCollected}} {
		list = append(list, gate{name: v.name, value: func(r *Result) (float64, bool) {
			n := 0
			for _, c := range r.Checks {
				if c.Verdict == v.verdict {
					n++
				}
			}
			return float64(n), true
		}})
	}
	for _, s := range []string{ScoreObjects, ScoreLines} {
		list = append(list, gate{name: "min-compatibility-" + s, value: func(r *Result) (float64, bool) { return scoreOf(r.Totals.Scores, s) }})
	}
	for _, s := range []string{ScoreSQL, ScoreExecutions, ScoreElapsed} {
		list = append(list, gate{name: "min-compatibility-" + s, missing: needsWorkload, value: func(r *Result) (float64, bool) {
			if r.Workload == nil {
				return 0, false
			}
			return scoreOf(r.Workload.Totals.Scores, s)
		}})
	}
	list = append(list, gate{name: "min-statements-read", value: func(r *Result) (float64, bool) { return scoreOf(r.Totals.Scores, ScoreStatements) }})
	slices.SortFunc(list, func(a, b gate) int {
		if a.name < b.name {
			return -1
		}
		return 1
	})
	return list
}()

// GateNames lists the gates that can be set, sorted.
func GateNames() []string {
	names := make([]string, len(gates))
	for i, g := range gates {
		names[i] = g.name
	}
	return names
}

func rung(of model.Rung) func(r *Result) (float64, bool) {
	return func(r *Result) (float64, bool) {
		for _, c := range r.Totals.Rungs {
			if c.Rung == of {
				return float64(c.Objects), true
			}
		}
		return 0, true
	}
}

// open counts the findings that nobody waived.
func (r *Result) open() (c SeverityCounts) {
	for i := range r.Findings {
		if r.Findings[i].Waiver == nil {
			c.Add(r.Findings[i].Severity)
		}
	}
	return c
}

func expired(r *Result) (float64, bool) {
	n := 0
	for _, w := range r.Waivers {
		if w.Expired {
			n++
		}
	}
	return float64(n), true
}

// scoreOf gives a score in percent; one of nothing is not known.
func scoreOf(list []Score, name string) (float64, bool) {
	for _, s := range list {
		if s.Name == name {
			return s.Percent(), s.Of > 0
		}
	}
	return 0, false
}

// judge holds the result against the gates.
func (r *Result) judge(g *project.Gates, words phrase.Table) {
	report := &GateReport{File: g.File, Passed: true, Gates: []GateVerdict{}}
	for _, set := range g.Set {
		at := slices.IndexFunc(gates, func(x gate) bool { return x.name == set.Name })
		v := GateVerdict{Gate: set.Name, Limit: set.Limit}
		if at < 0 { // the reader knows the names; a caller that made the list himself may not
			v.Message = words.Say("there is no such gate")
		} else if v.Value, v.Known = gates[at].value(r); !v.Known {
			v.Message = words.Say("not known: %s", words.Say(gates[at].missing))
		} else if set.Name[:3] == "min" {
			v.Passed = v.Value >= v.Limit
			v.Message = words.Say("%g, at least %g", v.Value, v.Limit)
		} else {
			v.Passed = v.Value <= v.Limit
			v.Message = words.Say("%g, at most %g", v.Value, v.Limit)
		}
		report.Passed = report.Passed && v.Passed
		report.Gates = append(report.Gates, v)
	}
	r.Gates = report
}
