package tui

import (
	"fmt"
	"strings"

	"landfall/internal/model"
)

func (m *Model) sheetRows(w, h int) []string {
	var rows []string
	lines := m.sheetLines(w)
	for i := m.sheet.top; i < min(m.sheet.top+h, len(lines)); i++ {
		rows = append(rows, lines[i].draw(w, m.sheet.left, lookPlain))
	}
	return rows
}

// sheetLines are the facts of an object: where it stands, by what evidence, and what hangs on it. Of a group, its figures.
func (m *Model) sheetLines(w int) []line {
	if m.x == nil {
		return nil
	}
	i := m.sheet.object
	if i < 0 {
		if n := &m.tree.nodes[m.tree.node()]; n.section != noSection {
			return m.sectionLines(n, w)
		}
		return m.groupLines()
	}
	o := &m.x.r.Objects[i]
	out := []line{
		{{lookBold, clean(string(o.Kind) + " " + o.ID.Name())}},
		plain("%s:%d   %s lines   %s statements", o.File, o.Line, group(o.Lines), group(o.Statements)),
	}
	if o.Comment != "" {
		out = append(out, wrap(o.Comment, w-1, lookFaint)...)
	}
	out = append(out, line{}, ladder(o.Standing()))
	if o.Why != "" {
		out = append(out, wrap("Not higher: "+o.Why, w-1, lookMedium)...)
	}
	if o.Wrapped {
		out = append(out, line{{lookMedium, "The source is wrapped."}})
	}
	out = append(out, line{}, line{{lookTitle, "Evidence"}})
	if len(o.Evidence) == 0 {
		out = append(out, line{{lookFaint, "  none recorded; landfall assess --prove auto has a server judge it"}})
	}
	for _, e := range o.Evidence {
		sign := span{lookGood, "  passed  "}
		if !e.OK {
			sign = span{lookHigh, "  failed  "}
		}
		out = append(out, line{sign, {lookPlain, clean(fmt.Sprintf("%-10s %s", e.Rung, e.Check))}, {lookFaint, clean("  " + e.By)}})
		if e.Detail != "" {
			for _, t := range wrap(e.Detail, w-13, lookPlain) {
				out = append(out, append(line{{lookPlain, "          "}}, t...))
			}
		}
		if !e.OK && e.Pos.IsValid() {
			out = append(out, line{{lookFaint, clean("          " + e.Pos.String() + "  " + strings.Join(e.Codes, " "))}})
		}
	}
	c := o.Findings
	out = append(out, line{}, line{{lookTitle, "Work"}},
		plain("  findings: %d blocker, %d high, %d medium, %d low, %d info", c.Blocker, c.High, c.Medium, c.Low, c.Info),
		plain("  effort:   %s%s", o.Effort, hours(o.Hours != nil, func() (float64, float64) { return o.Hours.Low, o.Hours.High })))
	if o.Wave > 0 {
		out = append(out, plain("  wave:     %d", o.Wave))
	}
	out = append(out, idLines("Needs", o.DependsOn)...)
	return append(out, idLines("Used by", o.UsedBy)...)
}

func hours(known bool, of func() (float64, float64)) string {
	if !known {
		return ""
	}
	low, high := of()
	return fmt.Sprintf(", %.1f to %.1f hours", low, high)
}

func idLines(title string, ids []model.ObjectID) []line {
	if len(ids) == 0 {
		return nil
	}
	out := []line{{}, {{lookTitle, title}, {lookFaint, fmt.Sprintf(" %d", len(ids))}}}
	for _, id := range ids {
		out = append(out, plain("  %s %s", strings.ToLower(string(id.Kind())), id.Name()))
	}
	return out
}

// ladder shows all rungs, the reached ones marked.
func ladder(s model.Standing) line {
	var l line
	for _, r := range model.Rungs() {
		name := r.String()
		switch {
		case r == s.Rung && !s.Refused:
			l = append(l, span{lookGood, "[" + name + "]"})
		case r <= s.Rung:
			l = append(l, span{lookPlain, name})
		default:
			l = append(l, span{lookFaint, name})
		}
		if r != model.RungEqual {
			l = append(l, span{lookFaint, " › "})
		}
	}
	if s.Refused {
		l = append(l, span{lookHigh, "  [refused]"})
	}
	return l
}

// groupLines are the figures of a group of objects.
func (m *Model) groupLines() []line {
	at := m.tree.node()
	n := &m.tree.nodes[at]
	counts := map[string]int{}
	for k := at; k < n.last; k++ {
		if o := m.tree.nodes[k].object; o >= 0 && m.tree.nodes[k].shown {
			counts[m.x.r.Objects[o].Standing().String()]++
		}
	}
	c := n.findings
	out := []line{{{lookBold, clean(n.label)}}, plain("%s objects", group(n.objects)), {}, {{lookTitle, "Rungs"}}}
	for _, r := range model.Rungs() {
		out = append(out, bar(r.String(), counts[r.String()], n.objects, lookGood))
	}
	out = append(out, bar("refused", counts["refused"], n.objects, lookHigh), line{}, line{{lookTitle, "Findings"}})
	for _, s := range model.Severities() {
		out = append(out, bar(s.String(), c.Of(s), c.Total(), severityLooks[s]))
	}
	return out
}

// bar is a count as a bar of twenty columns.
func bar(name string, n, of int, k look) line {
	full := 0
	if of > 0 {
		if full = n * 20 / of; full == 0 && n > 0 {
			full = 1
		}
	}
	return line{{lookPlain, fmt.Sprintf("  %-10s %7s  ", name, group(n))}, {k, strings.Repeat("█", full)}, {lookFaint, strings.Repeat("░", 20-full)}}
}
