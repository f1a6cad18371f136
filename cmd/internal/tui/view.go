package tui

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"
)

// View is part of tea.Model.
func (m *Model) View() tea.View {
	v := tea.NewView(m.frame())
	v.AltScreen = true
	v.WindowTitle = "landfall"
	return v
}

// frame is the whole screen: h rows of exactly w columns.
func (m *Model) frame() string {
	if m.w <= 0 || m.h <= 0 {
		return ""
	}
	var rows []string
	l := m.layout()
	switch {
	case l.small:
		rows = m.smallRows()
	case m.x == nil:
		rows = m.startRows()
	case m.help:
		rows = m.overlay(m.helpLines(), m.helpAt, "Help")
	default:
		rows = m.browser(l)
	}
	for len(rows) < m.h {
		rows = append(rows, line{}.draw(m.w, 0, 0))
	}
	return strings.Join(rows[:m.h], "\n")
}

func (m *Model) smallRows() []string {
	return []string{plain("landfall").draw(m.w, 0, 0), plain("needs %dx%d", leastW, leastH).draw(m.w, 0, 0), plain("q quits").draw(m.w, 0, 0)}
}

// browser is the screen with an assessment.
func (m *Model) browser(l layout) []string {
	rows := []string{m.titleLine().draw(m.w, 0, 0)}
	heads := m.h >= 8
	if heads {
		rows = append(rows, m.heads(l))
	}
	var left, right []string
	if l.treeW > 0 {
		left = m.treeRows(l.treeW, l.body)
	}
	if l.rightW > 0 {
		switch m.right {
		case paneSource:
			right = m.sourceRows(l.rightW, l)
		case paneSheet:
			right = m.sheetRows(l.rightW, l.body)
		default:
			right = m.findingRows(l.rightW, l)
		}
	}
	for i := range l.body {
		switch {
		case l.treeW > 0 && l.rightW > 0:
			rows = append(rows, cell(left, i, l.treeW)+lookFaint.on("│")+cell(right, i, l.rightW))
		case l.treeW > 0:
			rows = append(rows, cell(left, i, l.treeW))
		default:
			rows = append(rows, cell(right, i, l.rightW))
		}
	}
	rows = append(rows, m.noteLine().draw(m.w, 0, 0))
	if heads {
		rows = append(rows, m.bar().draw(m.w, 0, 0))
	}
	return rows
}

func cell(rows []string, i, w int) string {
	if i < len(rows) {
		return rows[i]
	}
	return strings.Repeat(" ", w)
}

// titleLine says what is looked at, and how much of it.
func (m *Model) titleLine() line {
	r := m.x.r
	target := r.Target.Title
	if target == "" {
		target = r.Target.Profile
	}
	left := line{{lookTitle, "landfall"}, {lookPlain, "  "}, {lookBold, clean(r.Source.Name)}, {lookPlain, clean(" → " + strings.TrimSpace(target+" "+r.Target.Version))}}
	count := fmt.Sprintf("%s objects  %s findings  %s refused ", group(r.Totals.Objects), group(r.Totals.Findings.Total()), group(r.Totals.Refused))
	if m.line != "" {
		count = fmt.Sprintf("%s of %s objects  %s of %s findings ", group(m.shown.nObjects), group(r.Totals.Objects), group(m.shown.nFinding), group(r.Totals.Findings.Total()))
	}
	return rightAligned(left, line{{lookPlain, count}}, m.w)
}

// group writes a number with commas.
func group(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0 && s[i-1] != '-'; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// heads names the panes; the one with the focus stands out.
func (m *Model) heads(l layout) string {
	head := func(p pane, name string) span {
		switch {
		case m.focus == p:
			return span{lookSelected, " " + name + " "}
		case m.right == p:
			return span{lookResting, " " + name + " "}
		}
		return span{lookPlain, " " + name + " "}
	}
	n := fmt.Sprintf("1 Findings %s", group(len(m.list.all)))
	right := line{head(paneFindings, n), head(paneSource, "2 Source"), head(paneSheet, "3 Evidence")}
	var path line
	o := m.object()
	if m.right == paneSheet {
		o = m.sheet.object
	}
	if o >= 0 && m.right != paneFindings {
		path = line{{lookFaint, clean(string(m.x.r.Objects[o].Kind) + " " + m.x.r.Objects[o].ID.Name() + " ")}}
	}
	right = rightAligned(right, path, l.rightW)
	left := line{head(paneTree, "Objects")}
	switch {
	case l.treeW > 0 && l.rightW > 0:
		return left.draw(l.treeW, 0, 0) + lookFaint.on("│") + right.draw(l.rightW, 0, 0)
	case l.treeW > 0:
		return left.draw(l.treeW, 0, 0)
	}
	return right.draw(l.rightW, 0, 0)
}

// noteLine is the prompt, the note, the filter, or nothing.
func (m *Model) noteLine() line {
	switch {
	case m.prompt != nil:
		l := line{{lookKey, m.prompt.label()}, {lookPlain, m.prompt.text}, {lookSelected, " "}}
		if m.prompt.bad != "" {
			l = append(l, span{lookError, "  " + clean(m.prompt.bad)})
		}
		return l
	case m.note != "" && m.bad:
		return line{{lookError, clean(m.note)}}
	case m.note != "":
		return line{{lookPlain, clean(m.note)}}
	case m.line != "":
		return line{{lookFaint, "filter: "}, {lookBold, clean(m.line)}}
	}
	return nil
}

// bar shows the keys that work here.
func (m *Model) bar() line {
	if m.prompt != nil {
		l := line{{lookKey, "Enter"}, {lookPlain, " take  "}, {lookKey, "Esc"}, {lookPlain, " leave"}}
		if m.prompt.kind == promptFilter {
			l = append(l, span{lookFaint, "   words  !word  sev:high  code:CV01  kind:table  schema:S  rung:read  is:refused"})
		}
		return l
	}
	var l line
	for _, b := range bindings {
		if b.bar == "" || !slices.Contains(b.in, m.scope()) && !slices.Contains(b.in, everywhere) {
			continue
		}
		l = append(l, span{lookKey, keyName(b.keys[0])}, span{lookPlain, " " + b.bar + "  "})
	}
	return l
}

// overlay is a page of text in place of the panes.
func (m *Model) overlay(text []line, top int, name string) []string {
	rows := []string{line{{lookTitle, "landfall"}, {lookBold, "  " + name}}.draw(m.w, 0, 0)}
	h := max(1, m.h-2)
	top = max(0, min(top, len(text)-h))
	for i := top; i < min(top+h, len(text)); i++ {
		rows = append(rows, text[i].draw(m.w, 0, 0))
	}
	for len(rows) < m.h-1 {
		rows = append(rows, line{}.draw(m.w, 0, 0))
	}
	return append(rows, line{{lookKey, "j k"}, {lookPlain, " scroll  "}, {lookKey, "Esc"}, {lookPlain, " back"}}.draw(m.w, 0, 0))
}

// helpLines is the help, made from the table of keys.
func (m *Model) helpLines() []line {
	var out []line
	for _, s := range []scope{m.scope(), everywhere, inTree, inFindings, inSource, inSheet, inStart} {
		if s == m.scope() && len(out) > 0 {
			continue // it stands first
		}
		var rows []line
		for _, b := range bindings {
			if b.in[0] != s && (s == everywhere || !slices.Contains(b.in, s) || s != m.scope() && len(b.in) > 1) {
				continue
			}
			var names []string
			for _, k := range b.keys {
				names = append(names, keyName(k))
			}
			keys := strings.Join(names, " ")
			rows = append(rows, line{{lookKey, "  " + keys + strings.Repeat(" ", max(1, 22-len([]rune(keys))))}, {lookPlain, b.what}})
		}
		if len(rows) > 0 {
			out = append(append(append(out, line{{lookTitle, scopeNames[s]}}), rows...), line{})
		}
	}
	out = append(out, line{{lookTitle, "Filter (f)"}})
	for _, h := range filterHelp {
		out = append(out, line{{lookKey, "  " + h[0] + strings.Repeat(" ", max(1, 22-len(h[0])))}, {lookPlain, h[1]}})
	}
	return append(out, line{}, line{{lookTitle, "Signs"}},
		line{{lookPlain, "  before an object      its rung: 0 unread, 1 read, 2 converted, 3 accepted, 4 compiled, 5 equal; x refused"}},
		line{{lookPlain, "  behind it             its findings: B blocker, H high, M medium, L low, i info, with how many"}})
}
