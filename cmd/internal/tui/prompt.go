package tui

import (
	"slices"
	"strings"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"
)

// prompt is the line at the bottom while something is typed.
type prompt struct {
	kind promptKind
	text string
	from int    // place from which a search goes
	bad  string // why it cannot be taken as it stands
}

type promptKind int

const (
	promptFilter promptKind = iota
	promptSearch
)

func (p *prompt) label() string {
	if p.kind == promptSearch {
		return "/"
	}
	return "filter: "
}

func (m *Model) promptKey(msg tea.KeyPressMsg) {
	p := m.prompt
	switch msg.String() {
	case "esc":
		if m.prompt = nil; p.kind == promptSearch {
			m.goTo(p.from)
		}
		return
	case "enter":
		m.promptDone()
		return
	case "backspace", "ctrl+h":
		_, n := utf8.DecodeLastRuneInString(p.text)
		p.text = p.text[:len(p.text)-n]
	case "ctrl+u":
		p.text = ""
	case "ctrl+w":
		p.text = strings.TrimRight(p.text, " ")
		p.text = p.text[:strings.LastIndexByte(p.text, ' ')+1]
	default:
		if msg.Text == "" {
			return
		}
		p.text += clean(msg.Text)
	}
	m.promptChanged()
}

// promptChanged searches while one types, and says what is wrong with a filter before it is taken.
func (m *Model) promptChanged() {
	p := m.prompt
	p.bad = ""
	if p.kind == promptFilter {
		if _, err := parseFilter(p.text); err != nil {
			p.bad = err.Error()
		}
		return
	}
	m.search, m.found = p.text, m.focus
	m.goTo(p.from)
	if p.text != "" && !m.find(1, true) {
		p.bad = "not found"
	}
}

func (m *Model) promptDone() {
	p := m.prompt
	if p.kind == promptSearch {
		m.prompt = nil
		if p.bad != "" {
			m.complain("%q is not here", p.text)
		}
		return
	}
	if m.setFilter(p.text) {
		m.prompt = nil
	}
}

// fewObjects is how many objects a filter may leave for the tree to open by itself.
const fewObjects = 40

// setFilter takes a filter line; a wrong one stays in the prompt with its error.
func (m *Model) setFilter(text string) bool {
	f, err := parseFilter(text)
	if err != nil {
		if m.prompt != nil {
			m.prompt.bad = err.Error()
		}
		return false
	}
	m.filter, m.line = f, strings.Join(strings.Fields(text), " ")
	m.refilter()
	if m.line != "" && m.shown.nObjects <= fewObjects {
		m.tree.openAll(true)
	}
	if m.line != "" && m.shown.nObjects+m.shown.nFinding == 0 {
		m.complain("nothing is left by this filter; F drops it")
	}
	return true
}

// toggleWord puts a word into the filter, or takes it out.
func (m *Model) toggleWord(word string) {
	words := strings.Fields(m.line)
	if i := slices.Index(words, word); i >= 0 {
		words = slices.Delete(words, i, i+1)
	} else {
		words = append(words, word)
	}
	m.setFilter(strings.Join(words, " "))
}

// stepSeverity goes through the least severities.
func (m *Model) stepSeverity() {
	steps := []string{"", "sev:low", "sev:medium", "sev:high", "sev:blocker"}
	at := 0
	words := slices.DeleteFunc(strings.Fields(m.line), func(w string) bool {
		if i := slices.Index(steps, w); i > 0 {
			at = i
		}
		return strings.HasPrefix(w, "sev:")
	})
	if next := steps[(at+1)%len(steps)]; next != "" {
		words = append(words, next)
	}
	m.setFilter(strings.Join(words, " "))
}

// place is where the pane with the focus stands, as find and goTo count.
func (m *Model) place() int {
	switch m.focus {
	case paneTree:
		return m.tree.node()
	case paneFindings:
		return m.list.at
	case paneSource:
		return m.src.at
	}
	return m.sheet.top
}

func (m *Model) goTo(at int) {
	switch m.focus {
	case paneTree:
		if m.tree.node() != at {
			m.tree.show(at)
			m.selected()
		}
	case paneFindings:
		m.list.at = at
	case paneSource:
		m.src.at = at
	case paneSheet:
		m.sheet.top = at
	}
}

// find goes to the next place of the pane that holds the search text, around the end; here says that the present one counts.
func (m *Model) find(d int, here bool) bool {
	if m.search == "" {
		m.say("nothing is searched; / begins")
		return false
	}
	n, text := m.searched()
	want := strings.ToLower(m.search)
	from := m.place()
	if !here {
		from += d
	}
	for k := range n {
		at := ((from+d*k)%n + n) % n
		if strings.Contains(strings.ToLower(text(at)), want) {
			if !here && (d > 0 && at < from || d < 0 && at > from) {
				m.say("around the end")
			}
			m.goTo(at)
			return true
		}
	}
	if !here {
		m.complain("%q is not here", m.search)
	}
	return false
}

// searched is how many places the pane has, and the text of each.
func (m *Model) searched() (int, func(int) string) {
	switch m.focus {
	case paneTree:
		return len(m.tree.nodes), func(i int) string {
			if n := m.tree.nodes[i]; n.shown {
				return n.label
			}
			return ""
		}
	case paneFindings:
		return len(m.list.all), func(i int) string {
			f := m.x.r.Findings[m.list.all[i]]
			return f.Code + " " + f.Message + " " + string(f.Object) + " " + f.Pos.File
		}
	case paneSource:
		if m.doc == nil {
			return 0, nil
		}
		return len(m.doc.rows), func(i int) string {
			r := m.doc.rows[i]
			switch m.src.side {
			case 1:
				return r.source.text()
			case 2:
				return r.target.text()
			}
			return r.source.text() + "\n" + r.target.text()
		}
	}
	lines := m.sheetLines(m.layout().rightW)
	return len(lines), func(i int) string { return lines[i].text() }
}
