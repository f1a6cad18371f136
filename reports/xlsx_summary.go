package reports

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"landfall/assess"
	"landfall/internal/model"
)

// summary writes the first sheet cell by cell: it is small, and charts need cells that are not streamed. The
// first error stops the rest.
type summary struct {
	b    *book
	name string
	err  error
}

func (s *summary) do(err error) {
	if s.err == nil {
		s.err = err
	}
}

func (s *summary) set(col, row int, style string, v any) string {
	cell, err := excelize.CoordinatesToCellName(col, row)
	s.do(err)
	if text, ok := v.(string); ok {
		s.do(s.b.f.SetCellStr(s.name, cell, cellText(text, s.b.t.get("cut.here"), s.b.t)))
	} else if v != nil {
		s.do(s.b.f.SetCellValue(s.name, cell, v))
	}
	s.do(s.b.f.SetCellStyle(s.name, cell, cell, s.b.style[style]))
	return cell
}

func (s *summary) merge(col, row, cols int, style string, v any) {
	from := s.set(col, row, style, v)
	to, err := excelize.CoordinatesToCellName(col+cols-1, row)
	s.do(err)
	s.do(s.b.f.MergeCell(s.name, from, to))
	s.do(s.b.f.SetCellStyle(s.name, from, to, s.b.style[style]))
}

// goTo makes a cell lead to the row of a finding.
func (s *summary) goTo(cell string, first int) {
	part, row := 1+first/(s.b.rows-1), 2+first%(s.b.rows-1)
	target := s.b.partName(s.b.t.get("sheet.findings"), part)
	s.do(s.b.f.SetCellHyperLink(s.name, cell, fmt.Sprintf("%s!A%d", quoteSheet(target), row), "Location"))
	s.do(s.b.f.SetCellStyle(s.name, cell, cell, s.b.style["link"]))
}

const summaryColumns = 12 // B to M

// newSummary lays out the sheet that a workbook opens with.
func newSummary(b *book) *summary {
	s := &summary{b: b, name: b.t.get("sheet.summary")}
	off := false
	s.do(b.f.SetSheetView(s.name, 0, &excelize.ViewOptions{ShowGridLines: &off}))
	s.do(b.page(s.name, "portrait", 0))
	s.do(b.f.SetColWidth(s.name, "A", "A", 2.5))
	s.do(b.f.SetColWidth(s.name, "B", "B", 24))
	s.do(b.f.SetColWidth(s.name, "C", "M", 12.5))
	s.do(b.f.SetRowHeight(s.name, 2, 34))
	return s
}

func writeSummary(b *book, r *assess.Result, at *findingIndex) error {
	s := newSummary(b)
	s.merge(2, 2, summaryColumns, "title", b.t.get("title"))
	s.merge(2, 3, summaryColumns, "subtitle", b.t.get("subtitle", r.Source.Name, strings.TrimSpace(r.Target.Title+" "+r.Target.Version))+"   |   "+sourceLine(r)+"   |   "+b.t.get("made.by", r.Tool.Name, r.Tool.Version))
	s.tiles(r)
	row := s.verdictLines(r, 10)
	row = s.scores(r, row)
	row = s.classes(r, row)
	row = s.workload(r, row)
	row = s.ladder(r, row)
	row = s.conversion(r, row)
	row = s.severities(r, at, row)
	row = s.efforts(r, row)
	row = s.checks(r, row)
	row = s.kinds(r, row)
	s.rules(r, at, row)
	return s.err
}

// tiles shows the key figures in six boxes two columns wide.
func (s *summary) tiles(r *assess.Result) {
	s.do(s.b.f.SetRowHeight(s.name, 6, 32))
	for i, f := range figures(r, s.b.t) {
		if i == 6 {
			break
		}
		col := 2 + 2*i
		style := "tile"
		var v any = f.value
		if f.percent {
			style, v = "tilepct", f.share/100
		}
		s.merge(col, 5, 2, "tilelabel", f.label)
		s.merge(col, 6, 2, style, v)
		s.merge(col, 7, 2, "tilenote", f.note)
	}
}

// figure is one key figure of the summary, in every report.
type figure struct {
	key     string
	label   string
	value   int
	percent bool
	share   float64 // in percent
	note    string
}

func figures(r *assess.Result, t texts) []figure {
	score := map[string]assess.Score{}
	for _, s := range r.Totals.Scores {
		score[s.Name] = s
	}
	share := func(key, name string) figure {
		s := score[name]
		return figure{key: key, label: t.get("fig." + key), percent: true, share: s.Percent(), note: t.get("fig."+key+".of", group(s.Part), group(s.Of))}
	}
	lines := 0
	for _, k := range r.Totals.Kinds {
		lines += k.Lines
	}
	tt := r.Totals
	return []figure{
		share("ready", assess.ScoreObjects),
		{key: "objects", label: t.get("fig.objects"), value: tt.Objects, note: t.get("fig.objects.of", group(lines))},
		{key: "findings", label: t.get("fig.findings"), value: tt.Findings.Total(), note: t.get("fig.findings.of", group(tt.Findings.Blocker), group(tt.Findings.High))},
		{key: "manual", label: t.get("fig.manual"), value: objectsOf(tt, model.Manual), note: t.get("fig.manual.of", group(objectsOf(tt, model.Review)))},
		{key: "refused", label: t.get("fig.refused"), value: tt.Refused, note: t.get("fig.refused.of")},
		share("read", assess.ScoreStatements),
		{key: "notcovered", label: t.get("fig.notcovered"), value: tt.NotCovered, note: t.get("fig.notcovered.of")},
		share("lines", assess.ScoreLines),
	}
}

func objectsOf(t assess.Totals, e model.Effort) int {
	for _, c := range t.Efforts {
		if c.Effort == e {
			return c.Objects
		}
	}
	return 0
}

// group writes a number with thin groups of three: 12,345.
func group(n int) string {
	s := strconv.Itoa(n)
	from := 0
	if n < 0 {
		from = 1
	}
	for i := len(s) - 3; i > from; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

func (s *summary) section(row int, key string) int {
	s.merge(2, row, summaryColumns, "section", s.b.t.get(key))
	return row + 1
}

func (s *summary) heads(row int, keys ...string) {
	for i, k := range keys {
		w := s.b.t.get(k)
		style := "headnum"
		if i == 0 || strings.HasPrefix(k, "col.code") || k == "col.effort" || k == "col.title" {
			style = "head"
		}
		if c := w[0]; c >= 'a' && c <= 'z' { // the words of severity and evidence are in lower case
			w = string(c-'a'+'A') + w[1:]
		}
		s.set(2+i, row, style, w)
	}
}

// colourWords colours the words of one column of the sheet.
func (s *summary) colourWords(from, to int) {
	s.do(s.b.f.SetConditionalFormat(s.name, fmt.Sprintf("B%d:B%d", from, to), s.b.wordFormats()))
}

// chartRows is the height of a chart in rows; every section is at least as tall.
const chartRows = 11

func (s *summary) ladder(r *assess.Result, row int) int {
	row = s.section(row, "sum.ladder")
	s.heads(row, "col.status", "col.objects", "col.lines", "col.share")
	first := row + 1
	all := max(r.Totals.Objects, 1)
	colours := []string{}
	line := func(word string, objects, lines int, colour string) {
		row++
		s.set(2, row, "text", word)
		s.set(3, row, "int", objects)
		s.set(4, row, "int", lines)
		s.set(5, row, "pct", float64(objects)/float64(all))
		colours = append(colours, colour)
	}
	for _, c := range r.Totals.Rungs {
		line(s.b.t.rung(c.Rung), c.Objects, c.Lines, rungColour[c.Rung])
	}
	refusedLines := 0
	for _, o := range r.Objects {
		if o.Refused {
			refusedLines += o.Lines
		}
	}
	line(s.b.t.get("rung.refused"), r.Totals.Refused, refusedLines, refusedColour)
	s.colourWords(first, row)
	s.chart(first, row, excelize.Bar, "G", first-1, "sum.ladder", colours)
	return max(row, first+chartRows) + 2
}

// conversion shows the loss ledger and who judged the result.
func (s *summary) conversion(r *assess.Result, row int) int {
	row = s.section(row, "sum.conversion")
	s.heads(row, "col.class", "col.statements", "col.share")
	all := max(r.Conversion.Statements, 1)
	for _, o := range outcomes(r) {
		row++
		s.set(2, row, "text", s.b.t.get(o.key))
		s.set(3, row, "int", o.Statements)
		s.set(4, row, "pct", float64(o.Statements)/float64(all))
	}
	row++
	s.merge(2, row, summaryColumns, "subtitle", proofText(r, s.b.t))
	return row + 2
}

func (s *summary) severities(r *assess.Result, at *findingIndex, row int) int {
	row = s.section(row, "sum.severity")
	s.heads(row, "col.severity", "col.findings", "col.share")
	first := row + 1
	all := max(r.Totals.Findings.Total(), 1)
	var colours []string
	for _, v := range model.Severities() {
		row++
		n := r.Totals.Findings.Of(v)
		s.set(2, row, "text", s.b.t.severity(v))
		cell := s.set(3, row, "int", n)
		if i, ok := at.severity[v]; ok {
			s.goTo(cell, i)
		}
		s.set(4, row, "pct", float64(n)/float64(all))
		colours = append(colours, severityColour[v])
	}
	s.colourWords(first, row)
	s.chart(first, row, excelize.Col, "G", first-1, "sum.severity", colours)
	return max(row, first+chartRows) + 2
}

func (s *summary) efforts(r *assess.Result, row int) int {
	row = s.section(row, "sum.effort")
	s.heads(row, "col.effort", "col.objects", "col.findings", "col.share")
	first := row + 1
	all := max(r.Totals.Objects, 1)
	var colours []string
	for _, c := range r.Totals.Efforts {
		row++
		s.set(2, row, "text", s.b.t.effort(c.Effort))
		s.set(3, row, "int", c.Objects)
		s.set(4, row, "int", c.Findings)
		s.set(5, row, "pct", float64(c.Objects)/float64(all))
		colours = append(colours, effortColour[c.Effort])
	}
	s.colourWords(first, row)
	s.chart(first, row, excelize.Doughnut, "G", first-1, "sum.effort", colours)
	return max(row, first+chartRows) + 2
}

// chart draws the counts of column C by the words of column B, one colour a word. Bars are one series each: the
// library colours single points of pies only.
func (s *summary) chart(from, to int, kind excelize.ChartType, col string, row int, title string, colours []string) {
	ref := func(col string, from, to int) string {
		return fmt.Sprintf("%s!$%s$%d:$%s$%d", quoteSheet(s.name), col, from, col, to)
	}
	fill := func(c string) excelize.Fill {
		return excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{c}}
	}
	var series []excelize.ChartSeries
	if kind == excelize.Doughnut {
		one := excelize.ChartSeries{Name: s.b.t.get(title), Categories: ref("B", from, to), Values: ref("C", from, to)}
		for i, c := range colours {
			one.DataPoint = append(one.DataPoint, excelize.ChartDataPoint{Index: i, Fill: fill(c)})
		}
		series = append(series, one)
	} else {
		for i, c := range colours {
			series = append(series, excelize.ChartSeries{Name: fmt.Sprintf("%s!$B$%d", quoteSheet(s.name), from+i), Values: ref("C", from+i, from+i), Fill: fill(c)})
		}
	}
	gap, overlap := uint(30), -15
	grey := excelize.Font{Size: 9, Color: "5A6B7D"}
	s.do(s.b.f.AddChart(s.name, fmt.Sprintf("%s%d", col, row), &excelize.Chart{
		Type: kind, Series: series, Dimension: excelize.ChartDimension{Width: 640, Height: 232},
		Legend: excelize.ChartLegend{Position: "right"}, GapWidth: &gap, Overlap: &overlap, HoleSize: 60,
		PlotArea: excelize.ChartPlotArea{ShowVal: true},
		XAxis:    excelize.ChartAxis{None: true, Font: grey, ReverseOrder: kind == excelize.Bar},
		YAxis:    excelize.ChartAxis{None: true, Font: grey},
		Format:   excelize.GraphicOptions{AltText: s.b.t.get(title), OffsetX: 8, OffsetY: 4},
		Border:   excelize.LineOptions{Type: excelize.LineNone},
	}))
}

func (s *summary) kinds(r *assess.Result, row int) int {
	row = s.section(row, "sum.kinds")
	s.heads(row, "col.kind", "col.objects", "col.lines", "rung.unread", "rung.read", "rung.converted", "rung.accepted", "rung.compiled", "rung.equal", "rung.refused", "col.findings", "effort.manual")
	first := row + 1
	for _, k := range r.Totals.Kinds {
		row++
		s.set(2, row, "text", string(k.Kind))
		s.set(3, row, "int", k.Objects)
		s.set(4, row, "int", k.Lines)
		for i, c := range k.Rungs {
			s.set(5+i, row, "int", c.Objects)
		}
		s.set(11, row, "int", k.Refused)
		s.set(12, row, "int", k.Findings.Total())
		s.set(13, row, "int", k.Efforts[model.Manual].Objects)
	}
	if row >= first {
		s.do(s.b.f.SetConditionalFormat(s.name, fmt.Sprintf("C%d:C%d", first, row), []excelize.ConditionalFormatOptions{{Type: "data_bar", Criteria: "=", MinType: "num", MinValue: "0", MaxType: "max", BarColor: "#B9D3EA", BarSolid: true}}))
		for _, col := range []string{"E", "K", "M"} {
			id := s.b.cond[s.b.t.severity(model.High)]
			s.do(s.b.f.SetConditionalFormat(s.name, fmt.Sprintf("%s%d:%s%d", col, first, col, row), []excelize.ConditionalFormatOptions{{Type: "cell", Criteria: ">", Value: "0", Format: &id}}))
		}
	}
	return row + 3
}

// topRules are the rules that reported something, the worst severity first, then by count.
func topRules(r *assess.Result, n int) []assess.RuleUse {
	var us []assess.RuleUse
	for _, u := range r.Rules {
		if u.Count > 0 {
			us = append(us, u)
		}
	}
	slices.SortStableFunc(us, func(a, b assess.RuleUse) int {
		if a.Severity != b.Severity {
			return int(b.Severity) - int(a.Severity)
		}
		return b.Count - a.Count
	})
	return us[:min(n, len(us))]
}

func (s *summary) rules(r *assess.Result, at *findingIndex, row int) {
	row = s.section(row, "sum.rules")
	s.heads(row, "col.severity", "col.code", "col.count", "col.objects", "col.effort", "col.title")
	s.do(s.b.f.MergeCell(s.name, fmt.Sprintf("G%d", row), fmt.Sprintf("M%d", row)))
	first := row + 1
	for _, u := range topRules(r, 15) {
		row++
		s.set(2, row, "text", s.b.t.severity(u.Severity))
		s.set(3, row, "code", u.Code)
		cell := s.set(4, row, "int", u.Count)
		if i, ok := at.rule[u.Code]; ok {
			s.goTo(cell, i)
		}
		s.set(5, row, "int", u.Objects)
		s.set(6, row, "text", s.b.t.effort(u.Effort))
		s.merge(7, row, 7, "text", u.Title)
	}
	if row >= first {
		s.colourWords(first, row)
		s.do(s.b.f.SetConditionalFormat(s.name, fmt.Sprintf("F%d:F%d", first, row), s.b.wordFormats()))
	}
}
