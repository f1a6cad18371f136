package tui

import (
	"fmt"
	"slices"
	"strings"

	"landfall/assess"
	"landfall/assess/checks"
	"landfall/internal/model"
	"landfall/reports/highlight"
)

// section is what a node outside of the objects belongs to. Each section is a root of its own below the objects.
type section uint8

const (
	noSection section = iota
	workloadSection
	checkSection
	waveSection
)

// itemNode is a node that is neither an object nor a group: a statement, a check. Its place is in node.item.
const itemNode = -3

// addSections puts workload, checks and waves behind the objects, as far as the assessment has them.
func (t *tree) addSections(r *assess.Result) {
	root := func(s section, label string) int {
		t.nodes = append(t.nodes, node{label: label, parent: -1, object: groupNode, section: s, item: -1})
		return len(t.nodes) - 1
	}
	group := func(parent int, s section, label string, item int) int {
		t.nodes = append(t.nodes, node{label: label, depth: 1, parent: parent, object: groupNode, section: s, item: item})
		return len(t.nodes) - 1
	}
	if w := r.Workload; w != nil && len(w.Groups) > 0 {
		top := root(workloadSection, "SQL workload")
		for i, class := range slices.Backward(assess.SQLClasses()) { // the worst first
			at := -1
			for k := range w.Groups {
				if w.Groups[k].Class != class {
					continue
				}
				if at < 0 {
					at = group(top, workloadSection, class, i)
				}
				t.nodes = append(t.nodes, node{label: oneLine(w.Groups[k].Text), depth: 2, parent: at, object: itemNode, section: workloadSection, item: k})
			}
		}
	}
	if len(r.Checks) > 0 {
		top := root(checkSection, "checks")
		for i, v := range checks.Verdicts() {
			at := -1
			for k := range r.Checks {
				if r.Checks[k].Verdict != v {
					continue
				}
				if at < 0 {
					at = group(top, checkSection, strings.ToLower(string(v)), i)
				}
				t.nodes = append(t.nodes, node{label: r.Checks[k].Code + " " + r.Checks[k].Title, depth: 2, parent: at, object: itemNode, section: checkSection, item: k})
			}
		}
	}
	if waves := r.Dependencies.Waves; len(waves) > 0 {
		place := make(map[model.ObjectID]int, len(r.Objects))
		for i := range r.Objects {
			place[r.Objects[i].ID] = i
		}
		top := root(waveSection, "waves")
		for i, w := range waves {
			at := group(top, waveSection, fmt.Sprintf("wave %d", w.Number), i)
			for _, id := range w.Objects {
				if o, ok := place[id]; ok {
					t.nodes = append(t.nodes, node{label: strings.ToLower(string(id.Kind())) + " " + id.Name(), depth: 2, parent: at, object: o, section: waveSection, item: i})
				}
			}
		}
	}
}

// left reports whether a filter leaves an item, and how its findings or its verdict count.
func (s shown) left(x *index, n *node) (c assess.SeverityCounts, refused, ok bool) {
	switch n.section {
	case workloadSection:
		g := &x.r.Workload.Groups[n.item]
		for _, f := range g.Findings {
			c.Add(f.Severity)
		}
		return c, g.Refused, s.statements[n.item]
	case checkSection:
		k := &x.r.Checks[n.item]
		if k.Verdict == checks.Blocker || k.Verdict == checks.Warning {
			c.Add(k.Severity())
		}
		return c, false, s.checks[n.item]
	}
	return c, false, false
}

// applyItems holds a filter against statements and checks. What asks for objects leaves none of them.
func (x *index) applyItems(f filter, s *shown) {
	if w := x.r.Workload; w != nil {
		s.statements = make([]bool, len(w.Groups))
		for i := range w.Groups {
			g := &w.Groups[i]
			words := []string{g.Text, g.ID, g.Class}
			for _, fd := range g.Findings {
				words = append(words, fd.Code, fd.Message)
			}
			has := !f.ofFindings() || !f.waived && slices.ContainsFunc(g.Findings, func(fd assess.WorkloadFinding) bool {
				return f.finding(&model.Finding{Code: fd.Code, Severity: fd.Severity})
			})
			s.statements[i] = !f.hasKinds() && (!f.refused || g.Refused) && has && f.text(words...)
		}
	}
	s.checks = make([]bool, len(x.r.Checks))
	for i := range x.r.Checks {
		c := &x.r.Checks[i]
		words := []string{c.Code, c.Name, c.Title, c.Message}
		for _, it := range c.Items {
			words = append(words, it.Name, string(it.Object))
		}
		s.checks[i] = !f.ofObjects() && (!f.ofFindings() || !f.waived && f.finding(&model.Finding{Code: c.Code, Severity: c.Severity()})) && f.text(words...)
	}
}

// hasKinds is true where the filter asks for what statements have not: a kind, a schema of objects, a rung.
func (f filter) hasKinds() bool { return len(f.kinds) > 0 || len(f.schemas) > 0 || len(f.rungs) > 0 }

// sectionLines are the facts of a node outside of the objects.
func (m *Model) sectionLines(n *node, w int) []line {
	switch {
	case n.section == workloadSection && n.object == itemNode:
		return m.statementLines(&m.x.r.Workload.Groups[n.item], w)
	case n.section == workloadSection:
		return m.workloadLines(w)
	case n.section == checkSection && n.object == itemNode:
		return checkLines(&m.x.r.Checks[n.item], w)
	case n.section == checkSection:
		out := []line{{{lookBold, "checks of the database"}}, {}}
		for _, v := range checks.Verdicts() {
			k := 0
			for i := range m.x.r.Checks {
				if m.x.r.Checks[i].Verdict == v {
					k++
				}
			}
			out = append(out, bar(strings.ToLower(string(v))[:min(10, len(v))], k, len(m.x.r.Checks), verdictLooks[v]))
		}
		return out
	case n.section == waveSection && n.item >= 0:
		return m.waveLines(n)
	}
	return []line{{{lookBold, clean(n.label)}}, plain("%d waves: the objects of a wave need only earlier ones, and each other where they form a cycle", len(m.x.r.Dependencies.Waves))}
}

var (
	verdictLooks = map[checks.Verdict]look{checks.Blocker: lookHigh, checks.Warning: lookMedium, checks.Informational: lookPlain, checks.NotCollected: lookFaint, checks.Pass: lookGood}
	sqlLooks     = map[string]look{assess.SQLCompatible: lookGood, assess.SQLConverted: lookGood, assess.SQLManual: lookHigh, assess.SQLUnread: lookHigh}
)

func (m *Model) workloadLines(w int) []line {
	t := m.x.r.Workload.Totals
	out := []line{{{lookBold, "SQL workload"}}, plain("%d sources, %d statements, %s different, %d executions", t.Sources, t.Statements, group(t.Groups), t.Executions), {}, {{lookTitle, "Classes"}}}
	for _, c := range t.Classes {
		out = append(out, bar(c.Class[:min(10, len(c.Class))], c.Groups, t.Groups, sqlLooks[c.Class]))
	}
	out = append(out, line{}, line{{lookTitle, "Compatible by"}})
	for _, s := range t.Scores {
		if s.Of > 0 {
			out = append(out, plain("  %-10s %5.1f %%", s.Name, s.Percent()))
		}
	}
	for _, s := range m.x.r.Workload.Sources {
		out = append(out, wrap(fmt.Sprintf("  %s (%s): %d statements", s.Name, s.Kind, s.Statements), w-1, lookFaint)...)
	}
	return out
}

func (m *Model) statementLines(g *assess.WorkloadGroup, w int) []line {
	out := []line{
		{{sqlLooks[g.Class], g.Class}, {lookPlain, "  "}, {lookFaint, g.ID}},
		plain("%d executions, %.0f ms, %d rows", g.Executions, g.ElapsedMS, g.Rows), ladder(g.Standing()),
	}
	if g.Why != "" {
		out = append(out, wrap(g.Why, w-1, lookMedium)...)
	}
	for _, p := range g.Places {
		out = append(out, line{{lookFaint, clean(fmt.Sprintf("%s:%d  %s", p.File, p.Line, p.Origin))}})
	}
	out = append(out, line{}, line{{lookTitle, "Oracle"}})
	out = append(out, colouredLines(g.Text, highlight.Oracle)...)
	if g.Converted != "" {
		out = append(out, line{}, line{{lookTitle, clean(m.x.r.Target.Title)}})
		if g.Converted == g.Text {
			out = append(out, line{{lookFaint, "  the same"}})
		} else {
			out = append(out, colouredLines(g.Converted, highlight.Postgres)...)
		}
	}
	if len(g.Binds) > 0 {
		out = append(out, line{}, line{{lookTitle, "Host variables"}})
		for _, b := range g.Binds {
			out = append(out, plain("  :%s %s %s", b.Name, b.Type, strings.Join(b.Values, ", ")))
		}
	}
	if len(g.Findings) > 0 {
		out = append(out, line{}, line{{lookTitle, "Findings"}})
	}
	for _, f := range g.Findings {
		out = append(out, line{{severityLooks[f.Severity], severitySign(f.Severity) + " "}, {lookBold, f.Code}, {lookFaint, fmt.Sprintf("  line %d", f.Line)}})
		out = append(out, wrap(f.Message, w-3, lookPlain)...)
	}
	return out
}

func checkLines(c *checks.Checked, w int) []line {
	out := []line{{{lookBold, clean(c.Code + " " + c.Title)}}, {{verdictLooks[c.Verdict], string(c.Verdict)}, {lookFaint, clean("  " + c.Name + ", " + string(c.Scope))}}}
	out = append(out, wrap(c.Message, w-1, lookPlain)...)
	out = append(out, line{})
	out = append(out, wrap(c.Why, w-1, lookFaint)...)
	out = append(out, wrap(c.Advice, w-1, lookPlain)...)
	if len(c.Facts) > 0 {
		out = append(out, line{}, line{{lookTitle, "Figures"}})
		for _, f := range c.Facts {
			out = append(out, plain("  %s: %s", f.Name, f.Value))
		}
	}
	if len(c.Items) > 0 {
		out = append(out, line{}, line{{lookTitle, "Named"}, {lookFaint, fmt.Sprintf(" %d", len(c.Items))}})
		for _, i := range c.Items {
			name := i.Name
			if i.Object != "" {
				name = strings.ToLower(string(i.Object.Kind())) + " " + i.Object.Name()
			}
			out = append(out, plain("  %s: %s", name, i.What))
		}
	}
	if len(c.Missing) > 0 {
		out = append(out, line{}, line{{lookTitle, "Not collected"}})
		for _, k := range c.Missing {
			out = append(out, plain("  %s: %s %s", k.Extract, k.Reason, k.Detail))
		}
	}
	if c.Script != "" {
		out = append(out, line{}, line{{lookTitle, "Statements that solve it"}})
		out = append(out, colouredLines(c.Script, highlight.Oracle)...)
	}
	return out
}

func (m *Model) waveLines(n *node) []line {
	w := m.x.r.Dependencies.Waves[n.item]
	kinds := map[model.ObjectKind]int{}
	var order []model.ObjectKind
	for _, id := range w.Objects {
		if kinds[id.Kind()]++; kinds[id.Kind()] == 1 {
			order = append(order, id.Kind())
		}
	}
	slices.SortFunc(order, func(a, b model.ObjectKind) int { return kinds[b] - kinds[a] })
	out := []line{{{lookBold, fmt.Sprintf("wave %d", w.Number)}}, plain("%s objects, %s of them refused", group(len(w.Objects)), group(n.refused)), {}}
	for _, k := range order {
		out = append(out, bar(strings.ToLower(string(k))[:min(10, len(k))], kinds[k], len(w.Objects), lookGood))
	}
	out = append(out, line{}, line{{lookTitle, "Findings"}})
	for _, s := range model.Severities() {
		out = append(out, bar(s.String(), n.findings.Of(s), n.findings.Total(), severityLooks[s]))
	}
	return out
}
