package reports

import (
	"bufio"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"fmt"
	"html/template"
	"io"
	"net/url"
	"slices"

	"landfall/assess"
	"landfall/assess/fleet"
	"landfall/internal/model"
)

//go:embed page/fleet.tmpl
var fleetText string

//go:embed page/fleet.js
var fleetScript string

// How much of lists that grow with the square of the fleet the page holds; fleet.json and fleet.xlsx hold all.
const (
	fleetPairs = 300
	linkRows   = 2000
)

// WriteFleetHTML writes the roll-up of many databases as one page that needs no network: the databases with links to their own
// reports, waves and groups, servers, schemas that are alike, links between databases. report is the file that each database
// has in the folder of its name, "" where there is none to lead to.
func WriteFleetHTML(w io.Writer, r *fleet.Result, report string, o Options) error {
	t, err := textsFor(o.Lang)
	if err != nil {
		return err
	}
	tmpl, err := template.New("fleet").Funcs(template.FuncMap{
		"t": t.get, "n": group, "show": visible, "num": number, "span": span, "passed": t.passed,
		"pct": func(f float64) string { return fmt.Sprintf("%.1f %%", f) }, "mul": func(a, b float64) float64 { return a * b },
	}).Parse(fleetText)
	if err != nil {
		return &model.Error{Code: "RP0005", Op: "write fleet.html", Err: err}
	}
	b := bufio.NewWriterSize(w, 1<<16)
	if err := tmpl.Execute(b, newFleetPage(r, report, t)); err != nil {
		return &model.Error{Code: "RP0006", Op: "write fleet.html", Err: err}
	}
	if err := b.Flush(); err != nil {
		return &model.Error{Code: "RP0006", Op: "write fleet.html", Err: err}
	}
	return nil
}

// fleetPage is what the template reads.
type fleetPage struct {
	R                           *fleet.Result
	Style                       template.CSS
	Script                      template.JS
	Policy, Verdict             string
	Donut, WaveHours, WaveSizes template.HTML
	Sizes                       []slice
	Figures                     [][3]string
	Rows                        []fleetRow
	Waves                       []fleetWave
	Servers                     []fleetServer
	Similar                     []fleetPair
	Links                       []fleet.Link
	Pairs, Trouble              int
}

// fleetRow is one database.
type fleetRow struct {
	*fleet.Database
	Link, Class, GBText string
	GB                  float64
	Shares              []shareView // by objects and by executions
}

type fleetWave struct {
	fleet.Wave
	Groups []fleet.Group
}

type fleetServer struct {
	fleet.Cluster
	GB string
}

type fleetPair struct {
	fleet.Alike
	Bar template.HTML
}

// sizeClasses are the looks of the sizes of complexity.
var sizeClasses = map[string]string{assess.ComplexityLow: "eff-auto", assess.ComplexityMedium: "eff-review", assess.ComplexityHigh: "eff-manual"}

func newFleetPage(r *fleet.Result, report string, t texts) *fleetPage {
	p := &fleetPage{
		R: r, Style: template.CSS(pageStyle), Script: template.JS(fleetScript), Pairs: len(r.Similar) + r.SimilarMore, Trouble: len(r.Failed) + len(r.Problems), //nolint:gosec // our own files
		Links: r.Links[:min(len(r.Links), linkRows)],
	}
	sum := sha256.Sum256([]byte(fleetScript))
	p.Policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; script-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
	for _, c := range r.Totals.Sizes {
		p.Sizes = append(p.Sizes, slice{c.Name, sizeClasses[c.Name], c.Databases})
	}
	total := r.Totals
	p.Donut = donut(t.get("effort.complexity"), group(total.Assessed), t.get("fleet.dbs"), p.Sizes)
	p.Verdict = t.get("fleet.verdict", group(total.Databases), group(len(r.Waves)), span(total.Hours.Low, total.Hours.High), span(total.Learning.Low, total.Learning.High))
	figure := func(key, value, note string) { p.Figures = append(p.Figures, [3]string{t.get(key), value, note}) }
	figure("col.databases", group(total.Databases), t.get("fleet.assessed", group(total.Assessed), group(total.Failed), group(total.Partly)))
	figure("col.objects", group(total.Objects), t.get("fig.objects.of", group(total.Lines)))
	figure("col.findings", group(total.Findings.Total()), t.get("fig.findings.of", group(total.Findings.Blocker), group(total.Findings.High)))
	figure("effort.work", span(total.Hours.Low, total.Hours.High), t.get("fleet.learning", span(total.HoursAlone.Low, total.HoursAlone.High), span(total.Learning.Low, total.Learning.High)))
	figure("sheet.waves", group(len(r.Waves)), t.get("fleet.groups", group(len(r.Groups))))
	figure("sheet.servers", group(len(r.Clusters)), t.get("fleet.sized", group(total.Sized)))
	copies := 0
	for _, s := range r.Duplicates {
		copies += len(s.Schemas)
	}
	figure("sheet.alike", group(copies), t.get("fleet.sets", group(len(r.Duplicates))))
	if total.Bytes != nil {
		figure("fleet.gb", span(total.Bytes.Low/gib, total.Bytes.High/gib), t.get("fleet.sized", group(total.Sized)))
	} else {
		figure("fleet.gb", t.get("unknown"), t.get("fleet.noservers"))
	}
	p.addRows(r, report)
	p.addWaves(r, t)
	for _, c := range r.Clusters {
		p.Servers = append(p.Servers, fleetServer{c, span(c.Bytes.Low/gib, c.Bytes.High/gib)})
	}
	for _, a := range r.Similar[:min(len(r.Similar), fleetPairs)] {
		p.Similar = append(p.Similar, fleetPair{a, overlapBar(a.Overlap)})
	}
	return p
}

func (p *fleetPage) addRows(r *fleet.Result, report string) {
	for i := range r.Databases {
		d := &r.Databases[i]
		row := fleetRow{Database: d, Class: sizeClasses[d.Size]}
		if report != "" {
			row.Link = "./" + url.PathEscape(d.Name) + "/" + report
		}
		if d.Bytes != nil {
			row.GB, row.GBText = d.Bytes.High/gib, span(d.Bytes.Low/gib, d.Bytes.High/gib)
		}
		for _, name := range []string{assess.ScoreObjects, assess.ScoreExecutions} {
			i := slices.IndexFunc(d.Scores, func(s assess.Score) bool { return s.Name == name && s.Of > 0 })
			if i < 0 {
				row.Shares = append(row.Shares, shareView{})
			} else {
				row.Shares = append(row.Shares, shareView{true, d.Scores[i].Percent()})
			}
		}
		p.Rows = append(p.Rows, row)
	}
}

func (p *fleetPage) addWaves(r *fleet.Result, t texts) {
	groups := map[int]fleet.Group{}
	for _, g := range r.Groups {
		groups[g.Number] = g
	}
	size := map[string]string{}
	for i := range r.Databases {
		size[r.Databases[i].Name] = r.Databases[i].Size
	}
	var hours []ranged
	var counts []bar
	for _, w := range r.Waves {
		view := fleetWave{Wave: w}
		for _, n := range w.Groups {
			view.Groups = append(view.Groups, groups[n])
		}
		p.Waves = append(p.Waves, view)
		label := t.get("wave.n", w.Number)
		hours = append(hours, ranged{label, w.Hours.Low, w.Hours.High})
		row := bar{label: label}
		for _, s := range p.Sizes {
			part := slice{s.label, s.class, 0}
			for _, name := range w.Databases {
				if size[name] == s.label {
					part.n++
				}
			}
			row.parts = append(row.parts, part)
		}
		counts = append(counts, row)
	}
	p.WaveHours, p.WaveSizes = spans(t.get("effort.work"), hours), bars(t.get("col.databases"), counts)
}

// overlapBar draws a share between 0 and 1.
func overlapBar(share float64) template.HTML {
	const room = 220
	return template.HTML(fmt.Sprintf(`<svg class="bars" viewBox="0 0 300 16" role="img" aria-label="%[1]s"><rect class="empty" x="0" y="3" width="%[2]d" height="10"/><rect class="eff-auto" x="0" y="3" width="%.2[3]f" height="10"/><text x="%[4]d" y="13" class="num">%[1]s</text></svg>`, //nolint:gosec // numbers only
		fmt.Sprintf("%.1f %%", 100*share), room, room*min(max(share, 0), 1), room+8))
}
