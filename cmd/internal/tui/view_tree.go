package tui

import (
	"fmt"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"landfall/assess"
	"landfall/internal/model"
)

func (m *Model) treeRows(w, h int) []string {
	var rows []string
	for i := m.tree.top; i < min(m.tree.top+h, len(m.tree.rows)); i++ {
		rows = append(rows, m.treeLine(m.tree.rows[i], w).draw(w, 0, m.over(i == m.tree.at, paneTree)))
	}
	return rows
}

// over is the look of a row in a pane: the selected one stands out, more so where the focus is.
func (m *Model) over(selected bool, p pane) look {
	switch {
	case selected && m.focus == p:
		return lookSelected
	case selected:
		return lookResting
	}
	return lookPlain
}

func (m *Model) treeLine(i, w int) line {
	n := &m.tree.nodes[i]
	left := line{{lookPlain, strings.Repeat(" ", n.depth)}}
	var right line
	switch {
	case n.object >= 0:
		o := &m.x.r.Objects[n.object]
		left = append(left, standingSign(o.Standing()), span{lookPlain, " " + clean(n.label)})
		right = severityCounts(n.findings)
	case n.object == itemNode:
		var sign span
		if n.section == workloadSection {
			g := &m.x.r.Workload.Groups[n.item]
			sign = standingSign(g.Standing())
			if g.Executions > 0 {
				right = append(right, span{lookFaint, " " + group(int(g.Executions))})
			}
		} else {
			c := &m.x.r.Checks[n.item]
			sign = span{verdictLooks[c.Verdict], string(c.Verdict)[:1]}
		}
		left = append(left, sign, span{lookPlain, " " + clean(n.label)})
		right = append(right, severityCounts(n.findings)...)
	default:
		sign := "▸ "
		if n.open {
			sign = "▾ "
		}
		if n.object == strayNode {
			sign = "  "
		}
		left = append(left, span{lookPlain, sign}, span{lookBold, clean(n.label)})
		if n.object == groupNode {
			right = append(right, span{lookFaint, group(n.objects)})
			if n.refused > 0 {
				right = append(right, span{lookHigh, fmt.Sprintf(" x%s", group(n.refused))})
			}
		}
		if s, ok := worst(n.findings); ok {
			right = append(right, span{severityLooks[s], " " + severitySign(s) + group(n.findings.Of(s))})
		}
	}
	// The name counts more than the figures, but the worst of them stays in sight.
	for room := w - left.width() - 1; len(right) > 1 && right.width() > max(room, 4); {
		right = right[:len(right)-1]
	}
	if gap := w - left.width() - right.width() - 1; gap < 0 && len(right) > 0 {
		return append(cutLine(left, w-right.width()-1), append(line{{lookPlain, " "}}, right...)...)
	}
	return rightAligned(left, append(right, span{}), w)
}

// cutLine cuts a line to w columns, with an ellipsis.
func cutLine(l line, w int) line {
	if l.width() <= w {
		return l
	}
	text := l.text()
	var b strings.Builder
	for _, r := range text {
		if ansi.StringWidth(b.String()+string(r)) >= w {
			break
		}
		b.WriteRune(r)
	}
	return line{{lookPlain, b.String() + "…"}}
}

// severityCounts are the counts of the findings, the worst first: H2 M1.
func severityCounts(c assess.SeverityCounts) line {
	var l line
	for _, s := range model.Severities() {
		if n := c.Of(s); n > 0 && s != model.Info {
			l = append(l, span{severityLooks[s], fmt.Sprintf(" %s%s", severitySign(s), group(n))})
		}
	}
	if len(l) > 2 {
		l = l[:2]
	}
	return l
}
