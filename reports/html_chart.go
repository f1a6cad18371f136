package reports

import (
	"fmt"
	"html"
	"html/template"
	"math"
	"strings"

	"landfall/assess"
	"landfall/internal/model"
)

// slice is one coloured part of a chart. class is a CSS class of the page: "sev-high", "eff-auto", "rung-read".
type slice struct {
	label string
	class string
	n     int
}

// donut draws shares as a ring with a figure in its middle.
func donut(title, middle, below string, ss []slice) template.HTML {
	total := 0
	for _, s := range ss {
		total += s.n
	}
	const r, round = 70.0, 2 * math.Pi * 70.0
	var b strings.Builder
	fmt.Fprintf(&b, `<svg class="donut" viewBox="0 0 200 200" role="img" aria-label="%s">`, html.EscapeString(title+": "+listOf(ss)))
	fmt.Fprintf(&b, `<circle class="track" cx="100" cy="100" r="%g" fill="none" stroke-width="24"/>`, r)
	at := 0.0
	for _, s := range ss {
		if s.n == 0 || total == 0 {
			continue
		}
		part := round * float64(s.n) / float64(total)
		gap := 0.0
		if s.n < total {
			gap = math.Min(2, part/2)
		}
		fmt.Fprintf(&b, `<circle class="%s" cx="100" cy="100" r="%g" fill="none" stroke-width="24" stroke-dasharray="%.2f %.2f" stroke-dashoffset="%.2f" transform="rotate(-90 100 100)"><title>%s: %s</title></circle>`,
			s.class, r, part-gap, round-part+gap, -at, html.EscapeString(s.label), group(s.n))
		at += part
	}
	fmt.Fprintf(&b, `<text x="100" y="104" class="big">%s</text><text x="100" y="124" class="small">%s</text></svg>`, html.EscapeString(middle), html.EscapeString(below))
	return template.HTML(b.String()) //nolint:gosec // every text is escaped above
}

func listOf(ss []slice) string {
	var p []string
	for _, s := range ss {
		p = append(p, fmt.Sprintf("%s %s", s.label, group(s.n)))
	}
	return strings.Join(p, ", ")
}

// bar is one row of a bar chart, stacked from slices.
type bar struct {
	label string
	parts []slice
}

func (b bar) total() int {
	n := 0
	for _, p := range b.parts {
		n += p.n
	}
	return n
}

// bars draws stacked rows with the total at their end; the longest takes the full width.
func bars(title string, rows []bar) template.HTML {
	const width, left, room, step, thick = 640, 225, 350, 26, 16
	longest := 1
	for _, r := range rows {
		longest = max(longest, r.total())
	}
	var b strings.Builder
	height := step*len(rows) + 4
	fmt.Fprintf(&b, `<svg class="bars" viewBox="0 0 %d %d" role="img" aria-label="%s">`, width, height, html.EscapeString(title))
	for i, r := range rows {
		y := i*step + 4
		fmt.Fprintf(&b, `<text x="%d" y="%d" class="lab">%s</text>`, left-10, y+12, html.EscapeString(short(r.label, 29)))
		x := float64(left)
		for _, p := range r.parts {
			if p.n == 0 {
				continue
			}
			w := float64(room) * float64(p.n) / float64(longest)
			fmt.Fprintf(&b, `<rect class="%s" x="%.2f" y="%d" width="%.2f" height="%d"><title>%s: %s</title></rect>`, p.class, x, y, math.Max(w, 1), thick, html.EscapeString(visible(r.label)+", "+p.label), group(p.n))
			x += w
		}
		fmt.Fprintf(&b, `<text x="%.2f" y="%d" class="num">%s</text>`, x+8, y+12, group(r.total()))
	}
	b.WriteString(`</svg>`)
	return template.HTML(b.String()) //nolint:gosec // every text is escaped above
}

func short(s string, n int) string {
	if r := []rune(visible(s)); len(r) > n {
		return string(r[:n-1]) + "\u2026"
	}
	return visible(s)
}

func rungSlices(rs []assess.RungCount, refused int, t texts) []slice {
	var ss []slice
	for i := len(rs) - 1; i >= 0; i-- {
		ss = append(ss, slice{t.rung(rs[i].Rung), "rung-" + rs[i].Rung.String(), rs[i].Objects})
	}
	return append(ss, slice{t.get("rung.refused"), "rung-refused", refused})
}

func effortSlices(es []assess.EffortCount, t texts) []slice {
	var ss []slice
	for _, e := range es {
		ss = append(ss, slice{t.effort(e.Effort), "eff-" + e.Effort.String(), e.Objects})
	}
	return ss
}

func chartKinds(r *assess.Result, t texts) template.HTML {
	var rows []bar
	for _, k := range r.Totals.Kinds {
		rows = append(rows, bar{strings.ToLower(string(k.Kind)), rungSlices(k.Rungs, k.Refused, t)})
	}
	return bars(t.get("sum.kinds"), rows)
}

func chartSeverity(r *assess.Result, t texts) template.HTML {
	var rows []bar
	for _, s := range model.Severities() {
		rows = append(rows, bar{t.severity(s), []slice{{t.severity(s), "sev-" + s.String(), r.Totals.Findings.Of(s)}}})
	}
	return bars(t.get("sum.severity"), rows)
}

func chartRules(r *assess.Result, t texts) template.HTML {
	var rows []bar
	for _, u := range topRules(r, 10) {
		rows = append(rows, bar{u.Code + " " + u.Title, []slice{{t.severity(u.Severity), "sev-" + u.Severity.String(), u.Count}}})
	}
	return bars(t.get("sum.rules"), rows)
}

// chartWaves shows how many objects each wave holds, by effort. More than 40 waves would not be readable.
func chartWaves(r *assess.Result, t texts) template.HTML {
	effort := make(map[model.ObjectID]model.Effort, len(r.Objects))
	for i := range r.Objects {
		effort[r.Objects[i].ID] = r.Objects[i].Effort
	}
	var rows []bar
	for i, w := range r.Dependencies.Waves {
		if i == 40 {
			break
		}
		n := map[model.Effort]int{}
		for _, id := range w.Objects {
			n[effort[id]]++
		}
		row := bar{label: t.get("wave.n", w.Number)}
		for _, e := range model.Efforts() {
			row.parts = append(row.parts, slice{t.effort(e), "eff-" + e.String(), n[e]})
		}
		rows = append(rows, row)
	}
	return bars(t.get("nav.order"), rows)
}
