package tui

import (
	"fmt"
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"landfall/load/ledger"
)

// Rows above and below the list: title, bar, rates, limits, heads; note, keys.
const (
	loadAbove = 6
	loadBelow = 2
	loadNameW = 34
)

// View is part of tea.Model.
func (m *LoadModel) View() tea.View {
	v := tea.NewView(m.frame())
	v.AltScreen = true
	v.WindowTitle = "landfall load"
	return v
}

// body is how many rows the list has.
func (m *LoadModel) body() int { return max(1, m.h-loadAbove-loadBelow) }

// frame is the whole screen: h rows of exactly w columns.
func (m *LoadModel) frame() string {
	if m.w <= 0 || m.h <= 0 {
		return ""
	}
	var rows []string
	put := func(over look, list ...line) {
		for _, l := range list {
			rows = append(rows, l.draw(m.w, 0, over))
		}
	}
	small := m.w < leastW || m.h < loadAbove+loadBelow+1
	switch {
	case small:
		put(lookPlain, plain("landfall"), plain("needs %dx%d", leastW, loadAbove+loadBelow+1), plain("q quits"))
	case m.help:
		put(lookPlain, loadHelp()...)
	case m.s == nil:
		put(lookPlain, line{{lookTitle, "landfall load"}}, nil, plain("  reading the ledger ..."))
	default:
		put(lookPlain, m.headRows()...)
		put(lookPlain, m.listHead())
		list := m.listRows()
		for i := m.top; i < min(len(list), m.top+m.body()); i++ {
			over := lookPlain
			if i == m.at {
				over = lookSelected
			}
			put(over, list[i])
		}
	}
	for len(rows) < m.h {
		put(lookPlain, nil)
	}
	rows = rows[:m.h]
	if !small {
		rows[m.h-2], rows[m.h-1] = m.loadNote().draw(m.w, 0, 0), m.loadKeys().draw(m.w, 0, 0)
	}
	return strings.Join(rows, "\n")
}

var stateLooks = map[ledger.State]look{ledger.Running: lookGood, ledger.Complete: lookGood, ledger.Paused: lookMedium, ledger.Failed: lookError, ledger.Stopped: lookMedium}

// headRows say how far the load is as a whole.
func (m *LoadModel) headRows() []line {
	s := m.s
	t := &s.Totals
	title := line{{lookTitle, "landfall load"}, {lookPlain, "  " + clean(s.Plan[:min(8, len(s.Plan))]) + "  "}, {lookBold, clean(s.Source)}, {lookPlain, fmt.Sprintf(" as of SCN %s", s.SCN)}}
	state := line{{stateLooks[s.State], strings.ToUpper(string(s.State)) + " "}}
	if m.lost != "" {
		state = line{{lookError, "NO ANSWER "}}
	}
	done := min(t.Weight, t.Done+t.InHand)
	if t.Copied < t.Chunks {
		done = min(done, t.Weight-1)
	}
	overall := line{{lookPlain, " "}}
	overall = append(overall, barOf(done, t.Weight, t.Copied == t.Chunks, max(10, min(40, m.w-40)), lookGood)...)
	overall = append(overall, span{lookBold, " " + percent(done, t.Weight, t.Copied == t.Chunks)}, span{lookPlain, fmt.Sprintf("  %d of %d chunks  %s", t.Copied, t.Chunks, megabytes(t.Bytes))})
	rates := plain(" %s rows written, %s rejected", group(int(t.Written)), group(int(t.Rejected)))
	if s.Rate.Rows > 0 && t.Copied < t.Chunks {
		rates = append(rates, span{lookPlain, fmt.Sprintf("  %s rows/s  %.1f MB/s", group(int(s.Rate.Rows)), s.Rate.Bytes/1e6)})
	}
	if s.Rate.Left > 0 {
		rates = append(rates, span{lookBold, fmt.Sprintf("  about %s left", time.Duration(s.Rate.Left*float64(time.Second)).Round(time.Second))})
	}
	return []line{rightAligned(title, state, m.w), overall, rates, m.spentLine(), m.stepLine()}
}

// spentLine says where the time of the streams goes, and what they are held to.
func (m *LoadModel) spentLine() line {
	s := m.s
	var l line
	if all := s.Time.SourceMS + s.Time.EncodeMS + s.Time.TargetMS; all > 0 {
		l = plain(" time: %d %% Oracle, %d %% encoding, %d %% PostgreSQL", 100*s.Time.SourceMS/all, 100*s.Time.EncodeMS/all, 100*s.Time.TargetMS/all)
	}
	if s.BytesPerSecond != nil {
		l = append(l, span{lookMedium, "  held to " + megabytes(*s.BytesPerSecond) + " a second"})
	}
	if s.Sessions != nil {
		l = append(l, span{lookMedium, fmt.Sprintf("  at most %d sessions of the source", *s.Sessions)})
	}
	return l
}

// stepLine says what is made around the rows.
func (m *LoadModel) stepLine() line {
	l := line{{lookPlain, " "}}
	for _, c := range m.s.Steps {
		all := c.Planned + c.Running + c.Done + c.Skipped
		if c.Phase == "after" && c.Done+c.Running == 0 {
			continue // they are made when they are asked for
		}
		k := lookFaint
		switch {
		case c.Running > 0:
			k = lookBold
		case c.Done+c.Skipped == all:
			k = lookGood
		}
		l = append(l, span{k, fmt.Sprintf("%s %d/%d", clean(c.Phase), c.Done+c.Skipped, all)}, span{lookPlain, "  "})
	}
	return l
}

// barOf is a bar of some columns. Only what is whole is full, and what has begun shows.
func barOf(n, of int64, whole bool, columns int, k look) line {
	full := 0
	switch {
	case whole:
		full = columns
	case of > 0:
		full = int(min(n*int64(columns)/of, int64(columns-1)))
		if full == 0 && n > 0 {
			full = 1
		}
	}
	return line{{k, strings.Repeat("█", full)}, {lookFaint, strings.Repeat("░", columns-full)}}
}

func percent(n, of int64, whole bool) string {
	switch {
	case whole:
		return "100 %"
	case of <= 0:
		return "  0 %"
	}
	return fmt.Sprintf("%3d %%", min(99, 100*n/of))
}

// listHead names the panes, and the columns of the one that is shown.
func (m *LoadModel) listHead() line {
	var l line
	for p, name := range []string{fmt.Sprintf("Tables %d", len(m.rows)), fmt.Sprintf("Workers %d", len(m.s.Workers)), fmt.Sprintf("Trouble %d", len(m.s.Failures)+len(m.s.Skipped))} {
		k := lookPlain
		if loadPane(p) == m.pane {
			k = lookSelected
		}
		l = append(l, span{k, " " + name + " "}, span{lookPlain, " "})
	}
	right := map[loadOrder]string{orderPlan: "in the order of the plan ", orderLeft: "what is to do first ", orderName: "by name "}[m.order]
	if m.find != "" {
		right = "with " + clean(m.find) + ", " + right
	}
	if m.pane != loadTables {
		right = ""
	}
	return rightAligned(l, line{{lookFaint, right}}, m.w)
}

func (m *LoadModel) listRows() []line {
	switch m.pane {
	case loadWorkers:
		return m.workerRows()
	case loadTrouble:
		return m.troubleRows()
	}
	at := m.active()
	var out []line
	for _, i := range m.rows {
		out = append(out, m.tableRow(&m.s.Tables[i], at))
	}
	return out
}

// tableRow is a table with its bar. A sign in front says that somebody is at work on it.
func (m *LoadModel) tableRow(t *ledger.TableStatus, at map[string]int64) line {
	rows, now := at[t.Source]
	sign := " "
	if now {
		sign = "▸"
	}
	whole := t.Copied == t.Chunks
	k := lookGood
	if !whole {
		k = lookLow
	}
	nameW := max(8, min(loadNameW, m.w-36))
	name := line{{lookPlain, clean(t.Source)}}
	l := line{{lookBold, sign + " "}, {lookPlain, cutTo(name, nameW)}, {lookPlain, " "}}
	l = append(l, barOf(t.Done, t.Weight, whole, 10, k)...)
	l = append(l, span{lookPlain, fmt.Sprintf(" %s %5d/%-5d %12s rows", percent(t.Done, t.Weight, whole), t.Copied, t.Chunks, group(int(t.Written+rows)))})
	if t.Rejected > 0 {
		l = append(l, span{lookError, fmt.Sprintf("  %s rejected", group(int(t.Rejected)))})
	}
	switch {
	case t.Differences != nil && *t.Differences > 0:
		l = append(l, span{lookError, fmt.Sprintf("  %s differences", group(int(*t.Differences)))})
	case t.Verified == t.Chunks && t.Chunks > 0 && t.VerifiedAt != nil:
		l = append(l, span{lookGood, "  verified"})
	case t.Verified > 0:
		l = append(l, span{lookPlain, fmt.Sprintf("  %d verified", t.Verified)})
	}
	return l
}

// cutTo is a line of exactly so many columns, as text.
func cutTo(l line, w int) string {
	text := []rune(l.text())
	if n := l.width(); n <= w {
		return string(text) + strings.Repeat(" ", w-n)
	}
	for len(text) > 0 && (line{{lookPlain, string(text)}}).width() > w-1 {
		text = text[:len(text)-1]
	}
	short := string(text) + "…"
	return short + strings.Repeat(" ", w-line{{lookPlain, short}}.width())
}

// workerRows are the processes with the chunks that they have at hand.
func (m *LoadModel) workerRows() []line {
	var out []line
	for i := range m.s.Workers {
		w := &m.s.Workers[i]
		head := line{{lookBold, fmt.Sprintf("  %d %s", w.No, clean(w.Role))}, {lookPlain, clean(fmt.Sprintf("  %s/%d, for %s", w.Host, w.PID, m.s.Now.Sub(w.Started).Round(time.Second)))}}
		if !w.Alive {
			head = append(head, span{lookError, "  gone"})
		}
		out = append(out, head)
		for _, c := range workOf(w) {
			out = append(out, plain("      chunk %-6d %s  %s rows  %s", c.Chunk, c.Table, group(int(c.Rows)), megabytes(c.Bytes)))
		}
	}
	if len(out) == 0 {
		out = []line{{{lookFaint, "  nobody is at work"}}}
	}
	return out
}

// troubleRows are what failed, what stops the load, and what was left out.
func (m *LoadModel) troubleRows() []line {
	var out []line
	if m.s.Stopped != "" {
		out = append(out, line{{lookError, "  stopped: " + clean(m.s.Stopped)}})
	}
	for _, f := range m.s.Failures {
		again := "is tried again"
		if f.Final {
			again = "failed"
		}
		out = append(out, line{{lookError, clean(fmt.Sprintf("  %s %d %s %s (%d times): ", f.What, f.No, f.Name, again, f.Tries))}, {lookPlain, clean(f.Error)}})
	}
	for _, x := range m.s.Skipped {
		note := ""
		if x.Note != nil {
			note = *x.Note
		}
		out = append(out, plain("  left out: %s %s: %s", x.Phase, x.Name, note))
	}
	if len(out) == 0 {
		out = []line{{{lookFaint, "  nothing failed, nothing is left out"}}}
	}
	return out
}

// loadNote is what is asked, what was said last, or why nothing new is known.
func (m *LoadModel) loadNote() line {
	switch {
	case m.ask != nil:
		label := map[action]string{actThrottle: "bytes a second (20M, 0: no limit): ", actSessions: "sessions of the source (0: no limit): ", actFilter: "tables with: "}[m.ask.act]
		l := line{{lookKey, label}, {lookPlain, m.ask.text}, {lookSelected, " "}}
		if m.ask.bad != "" {
			l = append(l, span{lookError, "  " + m.ask.bad})
		}
		return l
	case m.note != "" && m.bad:
		return line{{lookError, clean(m.note)}}
	case m.note != "":
		return line{{lookPlain, clean(m.note)}}
	case m.lost != "":
		return line{{lookError, "what is shown is old: " + clean(m.lost)}}
	}
	return nil
}

func (m *LoadModel) loadKeys() line {
	if m.ask != nil {
		return line{{lookKey, "Enter"}, {lookPlain, " take  "}, {lookKey, "Esc"}, {lookPlain, " leave"}}
	}
	var l line
	for _, b := range bindings {
		if b.bar != "" && (slices.Contains(b.in, inLoad) || (b.act == actQuit || b.act == actHelp) && slices.Contains(b.in, everywhere)) {
			l = append(l, span{lookKey, keyName(b.keys[0])}, span{lookPlain, " " + b.bar + "  "})
		}
	}
	return l
}

// loadHelp is the help of the load's screen, made from the table of keys.
func loadHelp() []line {
	out := []line{{{lookTitle, "landfall load"}, {lookBold, "  Help"}}}
	common := []action{actDown, actUp, actPageDown, actPageUp, actTop, actBottom, actHelp, actQuit, actSuspend}
	for _, b := range bindings {
		if !slices.Contains(b.in, inLoad) && !(slices.Contains(b.in, everywhere) && slices.Contains(common, b.act)) {
			continue
		}
		var names []string
		for _, k := range b.keys {
			names = append(names, keyName(k))
		}
		keys := strings.Join(names, " ")
		out = append(out, line{{lookKey, "  " + keys + strings.Repeat(" ", max(1, 22-len([]rune(keys))))}, {lookPlain, b.what}})
	}
	return out
}
