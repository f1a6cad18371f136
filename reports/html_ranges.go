package reports

import (
	"fmt"
	"html"
	"html/template"
	"math"
	"strings"

	"landfall/assess"
)

// classWord is the class of a standing in the page: a word without spaces.
func classWord(c string) string { return strings.ReplaceAll(c, " ", "-") }

// shares draws every score as a bar of a full line, with the share at its end.
func shares(title string, r *assess.Result, t texts) template.HTML {
	const width, left, room, step, thick = 640, 225, 300, 28, 16
	list := scoresOf(r)
	var b strings.Builder
	fmt.Fprintf(&b, `<svg class="bars" viewBox="0 0 %d %d" role="img" aria-label="%s">`, width, step*len(list)+4, html.EscapeString(title))
	for i, s := range list {
		y := i*step + 4
		label := t.get("score." + s.Name)
		fmt.Fprintf(&b, `<text x="%d" y="%d" class="lab">%s</text><rect class="empty" x="%d" y="%d" width="%d" height="%d"/>`, left-10, y+12, html.EscapeString(short(label, 29)), left, y, room, thick)
		fmt.Fprintf(&b, `<rect class="eff-auto" x="%d" y="%d" width="%.2f" height="%d"><title>%s: %s / %s</title></rect>`, left, y, float64(room)*s.Percent()/100, thick, html.EscapeString(label), group(s.Part), group(s.Of))
		fmt.Fprintf(&b, `<text x="%d" y="%d" class="num">%.1f %%</text>`, left+room+8, y+12, s.Percent())
	}
	b.WriteString(`</svg>`)
	return template.HTML(b.String()) //nolint:gosec // every text is escaped above
}

// ranged is one row of a chart of ranges.
type ranged struct {
	label     string
	low, high float64
}

// spans draws ranges: solid up to the low end, pale from there to the high one.
func spans(title string, rows []ranged) template.HTML {
	const width, left, room, step, thick = 640, 225, 290, 28, 16
	longest := 1.0
	for _, r := range rows {
		longest = math.Max(longest, r.high)
	}
	var b strings.Builder
	fmt.Fprintf(&b, `<svg class="bars" viewBox="0 0 %d %d" role="img" aria-label="%s">`, width, step*len(rows)+4, html.EscapeString(title))
	for i, r := range rows {
		y := i*step + 4
		low, high := float64(room)*r.low/longest, float64(room)*r.high/longest
		fmt.Fprintf(&b, `<text x="%d" y="%d" class="lab">%s</text>`, left-10, y+12, html.EscapeString(short(r.label, 29)))
		fmt.Fprintf(&b, `<rect class="high" x="%d" y="%d" width="%.2f" height="%d"/><rect class="low" x="%d" y="%d" width="%.2f" height="%d"/>`, left, y, math.Max(high, 1), thick, left, y, math.Max(low, 1), thick)
		fmt.Fprintf(&b, `<text x="%.2f" y="%d" class="num">%s</text>`, float64(left)+high+8, y+12, html.EscapeString(span(r.low, r.high)))
	}
	b.WriteString(`</svg>`)
	return template.HTML(b.String()) //nolint:gosec // every text is escaped above
}
