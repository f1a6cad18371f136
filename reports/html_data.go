package reports

import (
	"encoding/json"
	"html/template"
	"strings"

	"landfall/assess"
	"landfall/internal/model"
)

// data is what the page's script searches and pages through. Texts that repeat are kept once; rows are arrays,
// in the order that the script names.
type data struct {
	Texts    map[string]string `json:"t"`
	Strings  []string          `json:"s"`
	Objects  [][]any           `json:"o"` // id, schema, kind, name, standing, effort, blocker, high, medium, low, info, lines, wave, file, line, comment, needs, used by, why
	Rules    []int             `json:"r"` // findings of each group in f, in the order of the groups
	Findings [][]any           `json:"f"` // group, severity, effort, object, owner row or -1, file, line, col, message, advice, first line, source, runs, status, waiver
	SQL      [][]any           `json:"w"` // statements of the workload; see statementRow
	Sides    map[int][]any     `json:"x"` // by row in o: source, runs, converted, runs, cut
}

// pageTexts are the words that the script needs.
var pageTexts = []string{
	"col.why", "side.oracle", "side.target", "side.same", "side.cut", "js.none.of", "col.findings", "col.place", "js.shown", "js.more", "js.none", "js.objectfilter", "js.needs", "js.usedby", "js.findings", "severity.blocker", "severity.high", "severity.medium", "severity.low", "severity.info",
	"effort.auto", "effort.review", "effort.manual", "rung.unread", "rung.read", "rung.converted", "rung.accepted", "rung.compiled", "rung.equal", "rung.refused",
	"standing.compatible", "standing.auto-converted", "standing.manual", "standing.unread", "status.new", "status.unchanged", "status.waived",
}

func pageData(r *assess.Result, t texts, groups []ruleGroup, by map[string][]int) (template.JS, error) {
	d := data{Texts: map[string]string{}, Objects: [][]any{}, Rules: []int{}, Findings: [][]any{}, SQL: [][]any{}, Sides: map[int][]any{}}
	for _, k := range pageTexts {
		d.Texts[k] = t.get(k)
	}
	seen := map[string]int{}
	text := func(s string) int {
		i, ok := seen[s]
		if !ok {
			i = len(d.Strings)
			seen[s] = i
			d.Strings = append(d.Strings, visible(s))
		}
		return i
	}
	text("")
	ids := func(list []model.ObjectID) []int {
		is := []int{}
		for _, id := range list {
			is = append(is, text(string(id)))
		}
		return is
	}
	for i := range r.Objects[:min(len(r.Objects), pageObjects)] {
		o := &r.Objects[i]
		c := o.Findings
		d.Objects = append(d.Objects, []any{
			text(string(o.ID)), text(o.Schema), text(string(o.Kind)), text(o.Name), o.Standing().String(), o.Effort, c.Blocker, c.High, c.Medium, c.Low, c.Info,
			o.Lines, o.Wave, text(o.File), o.Line, text(o.Comment), ids(o.DependsOn), ids(o.UsedBy), text(o.Why),
		})
	}
	owner := r.Owners()
	for _, g := range groups {
		d.Rules = append(d.Rules, g.Kept)
		for _, at := range by[g.Code][:g.Kept] {
			f := &r.Findings[at]
			own := -1
			if i, ok := owner(f.Object); ok && i < len(d.Objects) {
				own = i
			}
			first, source, runs := packed(snippetLinesOf(f.Snippet))
			d.Findings = append(d.Findings, []any{
				g.Index, f.Severity, f.Effort, text(string(f.Object)), own, text(f.Pos.File), f.Pos.Line, f.Pos.Col, text(f.Message), text(f.Advice), first, source, runs, statusOf(f), text(waiverLine(f)),
			})
		}
	}
	if r.Workload != nil {
		for i := range r.Workload.Groups[:min(len(r.Workload.Groups), pageStatements)] {
			d.SQL = append(d.SQL, statementRow(&r.Workload.Groups[i], text))
		}
	}
	room := pageSideBytes
	for i := range r.Texts {
		x := &r.Texts[i]
		at, ok := owner(x.Object)
		if room -= len(x.Oracle) + len(x.Target); !ok || at >= len(d.Objects) || room < 0 {
			continue
		}
		d.Sides[at] = append(packedSides(strings.TrimSpace(x.Oracle), strings.TrimSpace(x.Target)), x.Cut)
	}
	b, err := json.Marshal(d)  // escapes < > &, so nothing in it can end the script element
	return template.JS(b), err //nolint:gosec // see above
}
