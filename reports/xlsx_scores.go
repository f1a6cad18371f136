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
