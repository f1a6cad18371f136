package tui

import (
	"fmt"

	tea "charm.land/bubbletea/v2"

	"landfall/internal/model"
)

// do is what a key does. A key without effect here does nothing; one that cannot do its work says why.
func (m *Model) do(act action) tea.Cmd {
	switch act {
	case actQuit:
		m.cancel()
		return tea.Quit
	case actSuspend:
		return tea.Suspend
	case actHelp:
		m.help, m.helpAt = true, 0
		return nil
	}
	if m.x == nil {
		return m.doStart(act)
	}
	switch act {
	case actBack:
		m.back()
	case actNextPane:
		m.nextPane(1)
	case actLastPane:
		m.nextPane(-1)
	case actFindings:
		m.show(paneFindings)
	case actSource:
		m.openSource(nil)
	case actSheet:
		m.show(paneSheet)
	case actZoom:
		m.zoom = !m.zoom
	case actFilter:
		m.prompt = &prompt{kind: promptFilter, text: m.line}
	case actClear:
		m.setFilter("")
	case actSeverity:
		m.stepSeverity()
	case actRefused:
		m.toggleWord("is:refused")
	case actSearch:
		m.prompt = &prompt{kind: promptSearch, from: m.place()}
	case actNext:
		m.find(1, false)
	case actPrev:
		m.find(-1, false)
	case actCopy:
		return m.copyPlace()
	default:
		m.inPane(act)
	}
	return nil
}

func (m *Model) doStart(act action) tea.Cmd {
	if m.loading != nil {
		if act == actBack {
			return m.do(actQuit)
		}
		return nil
	}
	if act == actOpen && m.chosen < len(m.choices) {
		m.loading = &loading{}
		return m.load(m.choices[m.chosen])
	}
	m.chosen = move(act, m.chosen, len(m.choices), m.h)
	return nil
}

// show gives a right pane the focus.
func (m *Model) show(p pane) {
	from := m.focus
	m.focus, m.right = p, p
	switch {
	case p == paneSource:
		m.openDoc(m.object())
	case p == paneSheet && from != paneSheet:
		m.sheet = sheetState{object: m.object()}
		if from == paneTree { // of a group, its figures, not the finding that happens to stand first
			m.sheet.object = m.tree.nodes[m.tree.node()].object
		}
	}
}

func (m *Model) back() {
	switch {
	case m.zoom:
		m.zoom = false
	case m.facts && m.focus == paneSheet:
		m.focus = paneTree
	case m.focus == paneSource || m.focus == paneSheet:
		m.show(paneFindings)
	case m.focus == paneFindings:
		m.focus = paneTree
	case m.line != "":
		m.setFilter("")
	}
}

func (m *Model) nextPane(d int) {
	next := (int(m.focus) + d + 4) % 4
	if pane(next) == paneTree {
		m.focus = paneTree
		return
	}
	m.show(pane(next))
}

// openSource shows the source of the selected object, at a finding where one is given.
func (m *Model) openSource(f *model.Finding) {
	object := m.object()
	if f != nil {
		object = m.x.owner[m.list.all[m.list.at]]
	}
	m.openDoc(object)
	m.focus, m.right = paneSource, paneSource
	if f != nil {
		m.src.at = m.doc.rowOf(f.Pos)
		l := m.layout()
		m.src.top = max(0, m.src.at-l.sourceRows/3)
	}
}

// inPane is what a key does in the pane with the focus.
func (m *Model) inPane(act action) {
	l := m.layout()
	switch m.focus {
	case paneTree:
		m.inTree(act, l.body)
	case paneFindings:
		switch act {
		case actOpen:
			if f := m.finding(); f != nil {
				m.openSource(f)
			} else {
				m.say("no finding here")
			}
		case actLeft, actRight:
			m.list.left = scroll(act, m.list.left, 200)
		default:
			m.list.at = move(act, m.list.at, len(m.list.all), l.listRows)
			m.doc = nil
		}
	case paneSource:
		m.inSource(act, l.sourceRows)
	case paneSheet:
		switch act {
		case actOpen:
			m.openSource(nil)
		case actLeft, actRight:
			m.sheet.left = scroll(act, m.sheet.left, 400)
		default:
			m.sheet.top = move(act, m.sheet.top, len(m.sheetLines(l.rightW)), l.body)
		}
	}
}

func scroll(act action, left, most int) int {
	if act == actRight {
		return min(left+8, most)
	}
	return max(left-8, 0)
}

func (m *Model) inTree(act action, page int) {
	t := m.tree
	n := &t.nodes[t.node()]
	switch act {
	case actOpen, actRight:
		switch {
		case n.object == itemNode:
			m.show(paneSheet)
			return
		case n.object != groupNode:
			m.show(paneFindings)
			return
		case !n.open || act == actRight:
			n.open = true
		default:
			n.open = false
		}
		t.lay()
	case actLeft:
		if n.object == groupNode && n.open {
			n.open = false
			t.lay()
			return
		}
		if n.parent >= 0 {
			t.show(n.parent)
		}
	case actCloseAll, actOpenAll:
		t.openAll(act == actOpenAll)
	default:
		was := t.at
		if t.at = move(act, t.at, len(t.rows), page); t.at == was {
			return
		}
	}
	m.selected()
}

func (m *Model) inSource(act action, page int) {
	if m.doc == nil {
		return
	}
	switch act {
	case actLeft, actRight:
		m.src.left = scroll(act, m.src.left, max(m.doc.wide[0], m.doc.wide[1]))
	case actOneSide:
		m.src.side = (m.src.side + 1) % 3
	case actNextMark, actPrevMark:
		d := 1
		if act == actPrevMark {
			d = -1
		}
		for i := m.src.at + d; i >= 0 && i < len(m.doc.rows); i += d {
			if len(m.doc.rows[i].marks) > 0 {
				m.src.at = i
				return
			}
		}
		m.say("no further finding")
	default:
		m.src.at = move(act, m.src.at, len(m.doc.rows), page)
	}
}

// copyPlace puts FILE:LINE of what is selected on the clipboard, by the terminal (OSC 52).
func (m *Model) copyPlace() tea.Cmd {
	place := ""
	switch {
	case m.focus == paneFindings && m.finding() != nil:
		p := m.finding().Pos
		place = fmt.Sprintf("%s:%d", p.File, p.Line)
	case m.focus == paneSource && m.doc != nil && m.src.at < len(m.doc.rows):
		for i := m.src.at; i >= 0 && place == ""; i-- {
			if r := m.doc.rows[i]; r.sourceNo > 0 {
				place = fmt.Sprintf("%s:%d", r.file, r.sourceNo)
			}
		}
	}
	if o := m.object(); place == "" && o >= 0 && m.x.r.Objects[o].File != "" {
		place = fmt.Sprintf("%s:%d", m.x.r.Objects[o].File, m.x.r.Objects[o].Line)
	}
	if place == "" {
		m.complain("nothing here has a place in the source")
		return nil
	}
	m.say("copied %s", place)
	return tea.SetClipboard(place)
}
