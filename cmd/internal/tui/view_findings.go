package tui

import (
	"fmt"
	"strings"

	"landfall/internal/model"
	"landfall/reports/highlight"
)

func (m *Model) findingRows(w int, l layout) []string {
	var rows []string
	if len(m.list.all) == 0 {
		text := "No findings here."
		if m.line != "" {
			text = "No findings here that the filter leaves."
		}
		return []string{plain(" %s", text).draw(w, 0, lookPlain)}
	}
	for i := m.list.top; i < min(m.list.top+l.listRows, len(m.list.all)); i++ {
		k := m.list.all[i]
		rows = append(rows, m.findingLine(&m.x.r.Findings[k], k).draw(w, m.list.left, m.over(i == m.list.at, paneFindings)))
	}
	if l.preview == 0 {
		return rows
	}
	for len(rows) < l.listRows {
		rows = append(rows, line{}.draw(w, 0, lookPlain))
	}
	rows = append(rows, lookFaint.on(strings.Repeat("─", w)))
	for _, p := range m.preview(m.finding(), w, l.preview-1) {
		rows = append(rows, p.draw(w, 0, lookPlain))
	}
	return rows
}

func (m *Model) findingLine(f *model.Finding, k int) line {
	l := line{{severityLooks[f.Severity], severitySign(f.Severity) + " "}, {lookBold, f.Code + " "}}
	if m.tree.nodes[m.tree.node()].object < 0 {
		name := f.Object.Name()
		if name == "" {
			name = f.Pos.File
		}
		l = append(l, span{lookTitle, clean(name) + " "})
	}
	l = append(l, span{lookPlain, clean(oneLine(f.Message))})
	if f.Waiver != nil {
		l = append(l, span{lookFaint, " (waived)"})
	}
	return l
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// preview is the text of a finding: what, where, the source, what to do.
func (m *Model) preview(f *model.Finding, w, h int) []line {
	out := []line{{{severityLooks[f.Severity], f.Severity.String()}, {lookPlain, ", " + f.Effort.String() + "  "}, {lookBold, f.Code + " "}, {lookBold, clean(m.x.title(f.Code))}}}
	where := f.Pos.String()
	if f.Object != "" {
		where = f.Object.Name() + "  " + where
	}
	out = append(out, line{{lookFaint, clean(where)}})
	out = append(out, wrap(f.Message, w-1, lookPlain)...)
	source := snippetLines(f.Snippet)
	advice := wrap(f.Advice, w-1, lookPlain)
	if f.Advice == "" {
		advice = nil
	}
	if room := h - len(out) - len(advice); len(source) > max(room, 2) {
		source = source[:max(room, 2)]
	}
	out = append(out, source...)
	out = append(out, advice...)
	if f.Waiver != nil {
		out = append(out, plain("waived by %s until %s: %s", f.Waiver.Owner, f.Waiver.Until, f.Waiver.Reason))
	}
	return out[:min(len(out), max(h, 0))]
}

// snippetLines shows the lines of a snippet from the offending one on, with their numbers.
func snippetLines(s model.Snippet) []line {
	if s.Text == "" {
		return nil
	}
	skip := 0
	if before, _, _, ok := s.Parts(); ok {
		skip = strings.Count(before, "\n")
	}
	var out []line
	for i, l := range colouredLines(s.Text, highlight.Oracle) {
		if i >= skip {
			out = append(out, append(line{{lookFaint, fmt.Sprintf("%5d ", max(s.Line, 1)+i)}}, l...))
		}
	}
	return out
}
