package reports

import (
	"fmt"

	"github.com/xuri/excelize/v2"

	"landfall/assess"
)

// scoresOf are all shares of the summary: those of objects, then those of the workload.
func scoresOf(r *assess.Result) []assess.Score {
	list := r.Totals.Scores
	if r.Workload != nil {
		list = append(list[:len(list):len(list)], r.Workload.Totals.Scores...)
	}
	return list
}

// scores shows the compatibility by every measure, the objects by class beside it.
func (s *summary) scores(r *assess.Result, row int) int {
	row = s.section(row, "sum.scores")
	s.heads(row, "col.score", "col.share", "col.part", "col.of")
	first := row + 1
	for _, c := range scoresOf(r) {
		row++
		s.set(2, row, "text", s.b.t.get("score."+c.Name))
		s.set(3, row, "pct", c.Percent()/100)
		s.set(4, row, "int", c.Part)
		s.set(5, row, "int", c.Of)
	}
	if row >= first {
		s.do(s.b.f.SetConditionalFormat(s.name, fmt.Sprintf("C%d:C%d", first, row), []excelize.ConditionalFormatOptions{{Type: "data_bar", Criteria: "=", MinType: "num", MinValue: "0", MaxType: "num", MaxValue: "1", BarColor: "#9FD8BF", BarSolid: true}}))
	}
	return row + 3
}

// verdictLines are the gates, the complexity, the effort and the comparison with the baseline: label, value, and what it means.
func (s *summary) verdictLines(r *assess.Result, row int) int {
	if r.Gates == nil && r.Complexity == nil && r.Estimate == nil && r.Baseline == nil {
		return row
	}
	row = s.section(row, "sum.verdict")
	first := row
	line := func(label, style string, v any, note string) {
		s.set(2, row, "text", label)
		s.merge(3, row, 2, style, v)
		s.merge(5, row, summaryColumns-3, "text", note)
		row++
	}
	t := s.b.t
	if g := r.Gates; g != nil {
		failed := 0
		for _, v := range g.Gates {
			if !v.Passed {
				failed++
			}
		}
		line(t.get("sheet.gates"), "text", t.passed(g.Passed), t.get("gate.count", group(failed), group(len(g.Gates)), g.File))
	}
	if c := r.Complexity; c != nil {
		line(t.get("effort.complexity"), "text", c.Level+", "+c.Size, t.get("complexity.is"))
	}
	if e := r.Estimate; e != nil {
		line(t.get("effort.work"), "text", span(e.Hours.Low, e.Hours.High), t.get("effort.work.is"))
		line(t.get("effort.days"), "text", span(e.PersonDays.Low, e.PersonDays.High), "")
	}
	if b := r.Baseline; b != nil {
		line(t.get("sum.baseline"), "text", t.get("baseline.new", group(b.New.Total())), t.get("baseline.is", group(b.Unchanged.Total()), group(b.Resolved.Total()), group(r.Totals.Waived), b.File))
	}
	s.do(s.b.f.SetConditionalFormat(s.name, fmt.Sprintf("C%d:C%d", first, row), s.b.wordFormats()))
	return row + 1
}

// checks counts the dictionary checks by verdict.
func (s *summary) checks(r *assess.Result, row int) int {
	if len(r.Checks) == 0 {
		return row
	}
	row = s.section(row, "sum.checks")
	s.heads(row, "col.verdict", "col.checks", "col.share")
	first := row + 1
	var colours []string
	for _, c := range r.Totals.Checks {
		row++
		s.set(2, row, "text", s.b.t.verdict(c.Verdict))
		s.set(3, row, "int", c.Checks)
		s.set(4, row, "pct", float64(c.Checks)/float64(len(r.Checks)))
		colours = append(colours, verdictColour[c.Verdict])
	}
	s.colourWords(first, row)
	s.chart(first, row, excelize.Doughnut, "G", first-1, "sum.checks", colours)
	return max(row, first+chartRows) + 2
}

// classes counts the objects of each class.
func classes(r *assess.Result) map[string]int {
	n := map[string]int{}
	for i := range r.Objects {
		n[r.Objects[i].Class()]++
	}
	return n
}

func (s *summary) classes(r *assess.Result, row int) int {
	row = s.section(row, "sum.classes")
	s.heads(row, "col.standing", "col.objects", "col.share")
	first := row + 1
	n, all := classes(r), max(len(r.Objects), 1)
	var colours []string
	for _, c := range assess.ObjectClasses() {
		row++
		s.set(2, row, "text", s.b.t.classOf(c))
		s.set(3, row, "int", n[c])
		s.set(4, row, "pct", float64(n[c])/float64(all))
		colours = append(colours, classColour[c])
	}
	s.colourWords(first, row)
	s.chart(first, row, excelize.Doughnut, "G", first-1, "sum.classes", colours)
	return max(row, first+chartRows) + 2
}

// workload shows the SQL of programs by class, if there is any.
func (s *summary) workload(r *assess.Result, row int) int {
	if r.Workload == nil {
		return row
	}
	row = s.section(row, "sum.workload")
	s.heads(row, "col.standing", "col.groups", "col.executions", "col.elapsed")
	first := row + 1
	var colours []string
	for _, c := range r.Workload.Totals.Classes {
		row++
		s.set(2, row, "text", s.b.t.classOf(c.Class))
		s.set(3, row, "int", c.Groups)
		s.set(4, row, "int", c.Executions)
		s.set(5, row, "int", int64(c.ElapsedMS))
		colours = append(colours, classColour[c.Class])
	}
	s.colourWords(first, row)
	s.chart(first, row, excelize.Col, "G", first-1, "sum.workload", colours)
	return max(row, first+chartRows) + 2
}
