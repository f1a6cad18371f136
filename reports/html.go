package reports

import (
	"bufio"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"fmt"
	"html/template"
	"io"
	"slices"
	"strings"

	"landfall/assess"
	"landfall/internal/model"
)

//go:embed page/report.tmpl
var pageText string

//go:embed page/report.css
var pageStyle string

//go:embed page/report.js
var pageScript string

// How much the page itself holds. The workbook and the JSON file hold everything; the page says so where it cuts.
const (
	pageFindings = 50_000 // findings to search and page through with the script
	pageObjects  = 50_000
	plainRows    = 500 // rows of a table that stand in the page without the script
	plainEach    = 5   // findings of a rule that do
	plainSum     = 1_500
	waveObjects  = 400
)

// WriteHTML writes the result as one page that needs no network and, for reading, no script. A policy in its head
// lets nothing run but our own script, whatever names and texts of the source hold.
func WriteHTML(w io.Writer, r *assess.Result, o Options) error {
	t, err := textsFor(o.Lang)
	if err != nil {
		return err
	}
	tmpl, err := template.New("report").Funcs(template.FuncMap{
		"t": t.get, "n": group, "severity": t.severity, "rung": t.rung, "span": span, "effort": t.effort, "standing": t.standing, "show": visible,
		"pct": func(f float64) string { return fmt.Sprintf("%.1f %%", f) }, "low": strings.ToLower, "src": plainSource,
		"add": func(a, b int) int { return a + b }, "num": number, "n64": func(n int64) string { return group(int(n)) }, "standword": t.classOf, "cls": classWord,
		"status": func(f model.Finding) string { return statusOf(&f) }, "statusword": func(f model.Finding) string { return t.statusWord(statusOf(&f)) },
		"waiver": func(f model.Finding) string { return waiverLine(&f) }, "passed": t.passed, "two": sidesHTML, "ms": func(f float64) string { return group(int(f)) },
	}).Parse(pageText)
	if err != nil {
		return &model.Error{Code: "RP0005", Op: "write report.html", Err: err}
	}
	p, err := newPage(r, t)
	if err != nil {
		return &model.Error{Code: "RP0005", Op: "write report.html", Err: err}
	}
	b := bufio.NewWriterSize(w, 1<<16)
	if err := tmpl.Execute(b, p); err != nil {
		return &model.Error{Code: "RP0006", Op: "write report.html", Err: err}
	}
	if err := b.Flush(); err != nil {
		return &model.Error{Code: "RP0006", Op: "write report.html", Err: err}
	}
	return nil
}

// plainSource shows a piece of code that belongs to no file.
func plainSource(s string) template.HTML {
	return sourceHTML(snippetLinesOf(model.Snippet{Text: s}), false)
}

// page is what the template reads.
type page struct {
	R        *assess.Result
	Style    template.CSS
	Script   template.JS
	Policy   string
	Data     template.JS
	Figures  []figure
	Verdict  string
	Donut    template.HTML
	Ladder   template.HTML
	Severity template.HTML
	Kinds    template.HTML
	Rules    template.HTML
	Waves    template.HTML
	Outcomes []outcomeView
	Proof    string
	Legend   []slice
	Efforts  []slice
	Groups   []ruleGroup
	Objects  []assess.Object // those that stand in the page as plain rows
	Words    [][2]string
	Steps    []waveView
	Loops    []string // cycles, written out
	Outside  []assess.Edge
	Missing  []assess.NotCovered
	Source   string
	// Severities are the choices of the filter.
	Severities []model.Severity
	P          parts
}

// ruleGroup is a rule with its findings.
type ruleGroup struct {
	assess.RuleUse
	Index int
	Plain []findingView
	Kept  int // findings in the page's data
}

// findingView is one finding as the plain page shows it.
type findingView struct {
	model.Finding
	Source template.HTML
}

// outcomeView is one line of the loss ledger.
type outcomeView struct {
	Label      string
	Statements int
}

type waveView struct {
	Number  int
	Count   int
	Objects []model.ObjectID
	More    int
}

// Key, Label ... open a figure to the template.
func (f figure) Key() string   { return f.key }
func (f figure) Label() string { return f.label }
func (f figure) Note() string  { return f.note }

// Text is the figure as it is read.
func (f figure) Text() string {
	if f.percent {
		return fmt.Sprintf("%.1f%%", f.share)
	}
	return group(f.value)
}

// Label, Class and Count open a slice to the template's legends.
func (s slice) Label() string { return s.label }
func (s slice) Class() string { return s.class }
func (s slice) Count() string { return group(s.n) }

func newPage(r *assess.Result, t texts) (*page, error) {
	p := &page{
		R: r, Style: template.CSS(pageStyle), Script: template.JS(pageScript), Figures: figures(r, t), //nolint:gosec // our own files
		Severity: chartSeverity(r, t), Kinds: chartKinds(r, t), Rules: chartRules(r, t), Waves: chartWaves(r, t),
		Legend: rungSlices(r.Totals.Rungs, r.Totals.Refused, t), Efforts: effortSlices(r.Totals.Efforts, t),
		Objects: r.Objects[:min(len(r.Objects), plainRows)], Missing: r.NotCovered[:min(len(r.NotCovered), plainRows)], Source: sourceLine(r), Severities: model.Severities(),
	}
	p.P = newParts(r, t)
	p.Proof = proofText(r, t)
	for _, o := range outcomes(r) {
		p.Outcomes = append(p.Outcomes, outcomeView{t.get(o.key), o.Statements})
	}
	slices.Reverse(p.Legend[:len(p.Legend)-1])
	sum := sha256.Sum256([]byte(pageScript))
	p.Policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; script-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
	ready := p.Figures[0]
	p.Donut = donut(t.get("sum.effort"), ready.Text(), t.get("fig.ready"), p.Efforts)
	p.Ladder = bars(t.get("sum.ladder"), ladderBars(p.Legend))
	p.Verdict = t.get("verdict", ready.note, ready.Text(), group(objectsOf(r.Totals, model.Review)), group(objectsOf(r.Totals, model.Manual)), group(r.Totals.Refused), group(r.Totals.StatementsParsed), group(r.Totals.Statements))
	for _, w := range t.words() {
		p.Words = append(p.Words, [2]string{w.text, w.meaning})
	}
	for _, w := range r.Dependencies.Waves {
		n := min(len(w.Objects), waveObjects)
		p.Steps = append(p.Steps, waveView{Number: w.Number, Count: len(w.Objects), Objects: w.Objects[:n], More: len(w.Objects) - n})
	}
	for i, c := range r.Dependencies.Cycles {
		if i == plainRows {
			break
		}
		var names []string
		for _, id := range c {
			names = append(names, id.Name())
		}
		p.Loops = append(p.Loops, strings.Join(names, ", "))
	}
	for _, e := range r.Dependencies.Edges {
		if e.External && len(p.Outside) < plainRows {
			p.Outside = append(p.Outside, e)
		}
	}
	by := findingsByRule(r)
	p.Groups = ruleGroups(r, by)
	data, err := pageData(r, t, p.Groups, by)
	p.Data = data
	return p, err
}

func ladderBars(ss []slice) []bar {
	var rows []bar
	for _, s := range ss {
		rows = append(rows, bar{s.label, []slice{s}})
	}
	return rows
}

// findingsByRule gives the places of the findings of each code, in report order.
func findingsByRule(r *assess.Result) map[string][]int {
	by := map[string][]int{}
	for i := range r.Findings {
		by[r.Findings[i].Code] = append(by[r.Findings[i].Code], i)
	}
	return by
}

// ruleGroups lists every rule that has findings, worst first, and shares out what the page can hold: no rule is
// cut before all larger ones have been cut to the same size.
func ruleGroups(r *assess.Result, by map[string][]int) []ruleGroup {
	var gs []ruleGroup
	known := map[string]bool{}
	for _, u := range topRules(r, len(r.Rules)) {
		known[u.Code] = true
		gs = append(gs, ruleGroup{RuleUse: u})
	}
	for i := range r.Findings { // findings whose rule has no record still show
		if f := &r.Findings[i]; !known[f.Code] {
			known[f.Code] = true
			gs = append(gs, ruleGroup{RuleUse: assess.RuleUse{Code: f.Code, Name: f.Rule, Title: f.Rule, Severity: f.Severity, Effort: f.Effort, Count: len(by[f.Code])}})
		}
	}
	order := make([]int, len(gs))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return gs[a].Count - gs[b].Count })
	room := pageFindings
	for k, i := range order {
		gs[i].Kept = min(len(by[gs[i].Code]), room/(len(order)-k))
		room -= gs[i].Kept
	}
	each := max(1, min(plainEach, plainSum/max(len(gs), 1)))
	for i := range gs {
		gs[i].Index = i
		for _, at := range by[gs[i].Code][:min(each, gs[i].Kept)] {
			f := r.Findings[at]
			gs[i].Plain = append(gs[i].Plain, findingView{f, sourceHTML(snippetLinesOf(f.Snippet), true)})
		}
	}
	return gs
}
