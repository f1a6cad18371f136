package reports

import (
	"fmt"
	"html/template"

	"landfall/assess"
	"landfall/internal/model"
)

// targetView is one target of a comparison as every report shows it.
type targetView struct {
	Title, Version string
	Recommended    bool
	Objects        int
	Refused        int
	Shares         []shareView // in the order of sharesOfTargets
	SQLRefused     int
	Findings       assess.SeverityCounts
	Hours          *assess.Hours
	Level          string
	Ceiling        model.Rung
}

// shareView is a share that may not have been made.
type shareView struct {
	Known   bool
	Percent float64
}

// sharesOfTargets are the scores that targets are compared by.
var sharesOfTargets = []string{assess.ScoreObjects, assess.ScoreLines, assess.ScoreSQL, assess.ScoreExecutions, assess.ScoreElapsed}

// targetViews are the targets of a comparison, nil where only one was assessed.
func targetViews(r *assess.Result) []targetView {
	if r.Targets == nil {
		return nil
	}
	var list []targetView
	for _, f := range r.Targets.Compared {
		v := targetView{
			Title: f.Target.Title, Version: f.Target.Version, Recommended: f.Target.Profile == r.Targets.Recommended, Objects: f.Objects, Refused: f.Refused,
			SQLRefused: f.SQL, Findings: f.Findings, Hours: f.Hours, Level: f.Level, Ceiling: f.Ceiling,
		}
		for _, name := range sharesOfTargets {
			var s shareView
			for _, o := range f.Scores {
				if o.Name == name && o.Of > 0 {
					s = shareView{true, o.Percent()}
				}
			}
			v.Shares = append(v.Shares, s)
		}
		list = append(list, v)
	}
	return list
}

// recommendedTarget is the title of the target that the comparison recommends.
func recommendedTarget(r *assess.Result) string {
	for _, v := range targetViews(r) {
		if v.Recommended {
			return v.Title
		}
	}
	return ""
}

// targetHours draws what each target takes.
func targetHours(r *assess.Result, t texts) template.HTML {
	var rows []ranged
	for _, v := range targetViews(r) {
		if v.Hours != nil {
			rows = append(rows, ranged{v.Title, v.Hours.Low, v.Hours.High})
		}
	}
	return spans(t.get("effort.work"), rows)
}

// writeTargets makes the sheet of the comparison, where several targets were assessed.
func writeTargets(b *book, r *assess.Result, _ *findingIndex) error {
	if r.Targets == nil {
		return nil
	}
	s, err := b.open("sheet.targets", []column{
		{head: "col.target", width: 22, style: "text"},
		{head: "col.version", width: 12, style: "text"},
		{head: "col.recommended", width: 14, style: "text"},
		{head: "col.hourslow", width: 12, style: "hours", bar: true},
		{head: "col.hourshigh", width: 12, style: "hours", bar: true},
		{head: "effort.complexity", width: 13, style: "text"},
		{head: "col.objects", width: 11, style: "int"},
		{head: "col.refusedobjects", width: 13, style: "int"},
		{head: "col.byobjects", width: 14, style: "pct"},
		{head: "col.bylines", width: 14, style: "pct"},
		{head: "col.bysql", width: 14, style: "pct"},
		{head: "col.byexecutions", width: 14, style: "pct"},
		{head: "col.byelapsed", width: 14, style: "pct"},
		{head: "col.refusedsql", width: 13, style: "int"},
		{head: "col.blocker", width: 10, style: "int", hot: true},
		{head: "col.high", width: 10, style: "int", hot: true},
		{head: "col.medium", width: 10, style: "int", hot: true},
		{head: "col.low", width: 10, style: "int", hot: true},
		{head: "col.info", width: 10, style: "int"},
		{head: "col.ceiling", width: 16, style: "text", cond: true},
		{head: "col.reason", width: 80, style: "wrap"},
	})
	if err != nil {
		return err
	}
	for _, v := range targetViews(r) {
		row := []any{v.Title, v.Version, nil, nil, nil, v.Level, v.Objects, v.Refused}
		if v.Hours != nil {
			row[3], row[4] = v.Hours.Low, v.Hours.High
		}
		for _, p := range v.Shares {
			if p.Known {
				row = append(row, p.Percent/100)
			} else {
				row = append(row, nil)
			}
		}
		var sql any
		if r.Workload != nil {
			sql = v.SQLRefused
		}
		c := v.Findings
		row = append(row, sql, c.Blocker, c.High, c.Medium, c.Low, c.Info, b.t.rung(v.Ceiling), "")
		if v.Recommended {
			row[2], row[len(row)-1] = b.t.get("yes"), joined(r.Targets.Reasons, cellItems)
		}
		if err := s.add("report.json", row...); err != nil {
			return err
		}
	}
	return s.end()
}

// targets is the comparison in a summary for a merge request.
func (m *markdown) targets(r *assess.Result) {
	views := targetViews(r)
	if views == nil {
		return
	}
	fmt.Fprintf(m.b, "\n## %s\n\n%s\n\n", escapeMarkdown(m.t.get("sheet.targets")), escapeMarkdown(m.t.get("targets.recommended", recommendedTarget(r))))
	m.head("col.target", "effort.work:", "col.refusedobjects:", "col.byobjects:", "col.bylines:", "col.bysql:", "col.ceiling")
	for _, v := range views {
		cells := []string{escapeMarkdown(v.Title), "", group(v.Refused)}
		if v.Hours != nil {
			cells[1] = span(v.Hours.Low, v.Hours.High)
		}
		for _, s := range v.Shares[:3] {
			if s.Known {
				cells = append(cells, fmt.Sprintf("%.1f %%", s.Percent))
			} else {
				cells = append(cells, "")
			}
		}
		m.row(append(cells, escapeMarkdown(m.t.rung(v.Ceiling)))...)
	}
	m.b.WriteString("\n")
	for _, reason := range r.Targets.Reasons {
		fmt.Fprintf(m.b, "- %s\n", escapeMarkdown(reason))
	}
}
