package tui

import (
	"fmt"
	"slices"
	"strings"

	"landfall/internal/model"
)

// sourceRows are both texts, and below them what is found on the line with the cursor.
func (m *Model) sourceRows(w int, l layout) []string {
	d := m.doc
	if d == nil {
		d = m.x.sideDoc(m.object())
	}
	var rows []string
	if len(d.rows) == 0 {
		for _, t := range wrap(d.why, w-2, lookPlain) {
			rows = append(rows, append(line{{lookPlain, " "}}, t...).draw(w, 0, lookPlain))
		}
		return rows
	}
	side := m.src.side
	if side == 0 && d.only {
		side = 1
	}
	both := side == 0 && w >= sidesW
	if side == 0 && !both {
		side = 1
	}
	half := (w - 1) / 2
	for i := m.src.top; i < min(m.src.top+l.sourceRows, len(d.rows)); i++ {
		r := &d.rows[i]
		at := i == m.src.at && m.focus == paneSource
		switch {
		case both:
			rows = append(rows, m.sideCell(r, true, half, at)+lookFaint.on("│")+m.sideCell(r, false, w-1-half, at))
		case side == 2:
			rows = append(rows, m.sideCell(r, false, w, at))
		default:
			rows = append(rows, m.sideCell(r, true, w, at))
		}
	}
	for len(rows) < l.sourceRows {
		rows = append(rows, line{}.draw(w, 0, lookPlain))
	}
	for _, t := range m.underSource(d, w) {
		rows = append(rows, t.draw(w, 0, lookPlain))
	}
	return rows
}

// sideCell is one line of one side: number, sign of the worst finding, text.
func (m *Model) sideCell(r *sideRow, source bool, w int, at bool) string {
	text, no := r.target, r.targetNo
	if source {
		text, no = r.source, r.sourceNo
	}
	over := lookPlain
	switch {
	case at:
		over = lookSelected
	case m.search != "" && m.found == paneSource && strings.Contains(strings.ToLower(text.text()), strings.ToLower(m.search)):
		over = lookFound
	}
	if r.head {
		k := lookTitle
		if at {
			k = lookSelected
		}
		return append(line{{lookPlain, " "}}, text...).draw(w, 0, k)
	}
	gutter := line{{lookFaint, "      "}}
	if no > 0 {
		gutter = line{{lookFaint, fmt.Sprintf("%5d", no)}, {lookPlain, " "}}
		if source && len(r.marks) > 0 {
			s := m.x.r.Findings[m.worstOf(r.marks)].Severity
			gutter[1] = span{severityLooks[s], severitySign(s)}
		}
	}
	if w <= 12 { // no room for numbers
		return text.draw(w, m.src.left, over)
	}
	return gutter.draw(6, 0, lookPlain) + line{}.draw(1, 0, lookPlain) + text.draw(w-7, m.src.left, over)
}

func (m *Model) worstOf(list []int) int {
	return slices.MaxFunc(list, func(a, b int) int { return int(m.x.r.Findings[a].Severity) - int(m.x.r.Findings[b].Severity) })
}

// underSource is what is found on the line with the cursor, or why there is no conversion.
func (m *Model) underSource(d *sideDoc, w int) []line {
	if m.src.at < len(d.rows) {
		if marks := d.rows[m.src.at].marks; len(marks) > 0 {
			f := &m.x.r.Findings[m.worstOf(marks)]
			head := line{{severityLooks[f.Severity], f.Severity.String() + " "}, {lookBold, f.Code + " "}, {lookPlain, clean(oneLine(f.Message))}}
			more := line{{lookFaint, clean(oneLine(f.Advice))}}
			if len(marks) > 1 {
				more = line{{lookFaint, fmt.Sprintf("and %d more on this line", len(marks)-1)}}
			}
			return []line{head, more}
		}
	}
	if d.only {
		return []line{{{lookError, clean(oneLine(d.why))}}}
	}
	o := &m.x.r.Objects[d.object]
	l := line{{lookPlain, " "}, standingSign(o.Standing()), {lookPlain, " " + o.Standing().String()}}
	if o.Why != "" {
		l = append(l, span{lookFaint, "  " + clean(oneLine(o.Why))})
	}
	if o.Standing().Refused || o.Rung < model.RungConverted {
		l[2].look = lookHigh
	}
	_ = w
	return []line{l}
}
