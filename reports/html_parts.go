package reports

import (
	"html/template"

	"landfall/assess"
	"landfall/assess/checks"
)

// parts is what the page shows of a result beside objects and findings. A part that the result has not is empty, and the
// template leaves it out.
type parts struct {
	Scores   template.HTML
	Classes  template.HTML
	Classed  []slice
	Roles    template.HTML
	Effort   template.HTML
	Verdicts template.HTML
	SQL      template.HTML
	SQLKinds []slice
	Checks   []checkView
	Sizes    []sizeGroup
	Plain    []statementView
	Kept     int // statements in the page's data
	Hours    string
	Days     string
	Waived   []assess.WaiverUse
	// Targets are compared where several were assessed.
	Targets     []targetView
	TargetHours template.HTML
	Recommended string
}

// checkView is one check as the page shows it.
type checkView struct {
	*checks.Checked
	Class, Word, Before     string
	Named, Figures, Lacking []string
	More                    int
}

// sizeGroup is the lines of sizing and window under one heading.
type sizeGroup struct {
	Group string
	Rows  []sizeLine
}

type sizeLine struct{ What, Value, Unit, Note string }

// statementView is one statement of the workload in the page without the script.
type statementView struct {
	*assess.WorkloadGroup
	Word  string
	Sides [2]template.HTML
}

// checkItems is how many things a check of the page names.
const checkItems = 50

func newParts(r *assess.Result, t texts) parts {
	p := parts{Waived: r.Waivers[:min(len(r.Waivers), plainRows)]}
	p.Scores = shares(t.get("sum.scores"), r, t)
	n := classes(r)
	for _, c := range assess.ObjectClasses() {
		p.Classed = append(p.Classed, slice{t.classOf(c), "cls-" + classWord(c), n[c]})
	}
	p.Classes = bars(t.get("sum.classes"), ladderBars(p.Classed))
	if e := r.Estimate; e != nil {
		p.Hours, p.Days = span(e.Hours.Low, e.Hours.High), span(e.PersonDays.Low, e.PersonDays.High)
		var parts, roles []ranged
		for _, x := range e.Parts {
			parts = append(parts, ranged{t.get("part." + x.Part), x.Hours.Low, x.Hours.High})
		}
		for _, x := range e.Roles {
			roles = append(roles, ranged{t.get("role." + x.Role), x.Hours.Low, x.Hours.High})
		}
		p.Effort, p.Roles = spans(t.get("sum.parts"), parts), spans(t.get("sum.roles"), roles)
	}
	if p.Targets = targetViews(r); p.Targets != nil {
		p.TargetHours, p.Recommended = targetHours(r, t), recommendedTarget(r)
	}
	p.addChecks(r, t)
	for _, row := range sizeRows(r, t) {
		if len(p.Sizes) == 0 || p.Sizes[len(p.Sizes)-1].Group != row.group {
			p.Sizes = append(p.Sizes, sizeGroup{Group: row.group})
		}
		line := sizeLine{What: row.what, Unit: row.unit, Note: row.note}
		if row.known {
			line.Value = span(row.low, row.high)
		}
		g := &p.Sizes[len(p.Sizes)-1]
		g.Rows = append(g.Rows, line)
	}
	p.addWorkload(r, t)
	return p
}

func (p *parts) addChecks(r *assess.Result, t texts) {
	if len(r.Checks) == 0 {
		return
	}
	var counts []bar
	for _, v := range checks.Verdicts() {
		n := 0
		for i := range r.Checks {
			c := &r.Checks[i]
			if c.Verdict != v {
				continue
			}
			n++
			lines := itemLines(c)
			view := checkView{Checked: c, Class: verdictClass(v), Word: t.verdict(v), Before: t.verdict(c.Was), Figures: factLines(c), Lacking: missingLines(c)}
			view.Named = lines[:min(len(lines), checkItems)]
			view.More = len(lines) - len(view.Named)
			p.Checks = append(p.Checks, view)
		}
		s := slice{t.verdict(v), "ver-" + verdictClass(v), n}
		counts = append(counts, bar{s.label, []slice{s}})
	}
	p.Verdicts = bars(t.get("sum.checks"), counts)
}

func (p *parts) addWorkload(r *assess.Result, t texts) {
	w := r.Workload
	if w == nil {
		return
	}
	for _, c := range w.Totals.Classes {
		p.SQLKinds = append(p.SQLKinds, slice{t.classOf(c.Class), "cls-" + classWord(c.Class), c.Groups})
	}
	p.SQL = bars(t.get("sum.workload"), ladderBars(p.SQLKinds))
	p.Kept = min(len(w.Groups), pageStatements)
	for i := range w.Groups[:min(len(w.Groups), plainSides)] {
		g := &w.Groups[i]
		p.Plain = append(p.Plain, statementView{g, t.classOf(g.Class), sidesHTML(g.Text, g.Converted)})
	}
}
