package tui

import (
	"context"
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"landfall/internal/model"
)

// pane is a part of the screen that can have the focus.
type pane int

const (
	paneTree pane = iota
	paneFindings
	paneSource
	paneSheet
)

// Loader gets an assessment; it may take long, tells how far it is, and stops when ctx ends.
type Loader func(ctx context.Context, progress func(phase string, done, total int)) (Data, error)

// Choice is something that can be opened from the start screen.
type Choice struct {
	Title string // what it is
	Note  string // where it is, how large
	Load  Loader
}

// Model is all that the screen shows. It is a tea.Model.
type Model struct {
	ctx    context.Context //nolint:containedctx // the one that ends the program; bubbletea's commands take none
	cancel context.CancelFunc
	send   func(tea.Msg) // into the running program, for progress
	w, h   int

	choices []Choice // start screen, until one is chosen
	chosen  int
	here    string // what the start screen says about this place
	loading *loading
	err     error

	x     *index
	shown shown
	tree  *tree
	list  findingList
	doc   *sideDoc
	src   sourceState
	sheet sheetState

	focus  pane
	right  pane // what stands right of the tree
	facts  bool // the tree has a statement, check or wave selected
	zoom   bool
	help   bool
	helpAt int
	prompt *prompt
	filter filter
	line   string // the filter as it was typed
	search string
	found  pane   // where it is searched
	note   string // one line above the keys, until the next key
	bad    bool   // note is an error
}

// loading is how far the loading is.
type loading struct {
	phases []phase
}

type phase struct {
	name        string
	done, total int
}

type findingList struct {
	all  []int // places in Result.Findings
	at   int
	top  int
	left int
}

type sourceState struct {
	at, top, left int
	side          int // 0 both, 1 source only, 2 conversion only
}

type sheetState struct {
	top, left int
	object    int // what it is about, -1: the group that the tree has selected
}

type (
	progressMsg phase
	loadedMsg   struct {
		x    *index
		tree *tree
		err  error
	}
)

// NewModel begins with what there is to choose from. A single choice with a Load is loaded at once when auto is set.
func NewModel(ctx context.Context, choices []Choice, here string, auto bool) *Model {
	m := &Model{choices: choices, here: here, right: paneFindings, w: 80, h: 24}
	m.ctx, m.cancel = context.WithCancel(ctx)
	if auto && len(choices) == 1 {
		m.loading = &loading{}
	}
	return m
}

// Init is part of tea.Model.
func (m *Model) Init() tea.Cmd {
	if m.loading != nil {
		return m.load(m.choices[0])
	}
	return nil
}

// load runs beside the program; it only talks to it by messages.
func (m *Model) load(c Choice) tea.Cmd {
	ctx, send := m.ctx, m.send
	return func() tea.Msg {
		progress := func(name string, done, total int) {
			// Whoever works calls for every statement; the screen needs a hundredth of that.
			if send != nil && (done == total || total < 200 || done%(total/100) == 0) {
				send(progressMsg{name, done, total})
			}
		}
		d, err := c.Load(ctx, progress)
		if err != nil {
			return loadedMsg{err: err}
		}
		x := newIndex(d)
		return loadedMsg{x: x, tree: newTree(x)}
	}
}

// Update is part of tea.Model.
func (m *Model) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		m.w, m.h = msg.Width, msg.Height
	case progressMsg:
		m.progress(phase(msg))
	case loadedMsg:
		m.loading = nil
		if msg.err != nil {
			m.err = msg.err
			return m, tea.Quit
		}
		m.x, m.tree = msg.x, msg.tree
		m.refilter()
	case tea.PasteMsg:
		if m.prompt != nil {
			m.prompt.text += clean(strings.ReplaceAll(msg.Content, "\n", " "))
			m.promptChanged()
		}
	case tea.KeyPressMsg:
		return m, m.key(msg)
	}
	m.keepInSight()
	return m, nil
}

func (m *Model) progress(p phase) {
	if m.loading == nil {
		return
	}
	for i := range m.loading.phases {
		if m.loading.phases[i].name == p.name {
			m.loading.phases[i] = p
			return
		}
	}
	m.loading.phases = append(m.loading.phases, p)
}

// scope is where keys go now.
func (m *Model) scope() scope {
	if m.x == nil {
		return inStart
	}
	return map[pane]scope{paneTree: inTree, paneFindings: inFindings, paneSource: inSource, paneSheet: inSheet}[m.focus]
}

func (m *Model) key(msg tea.KeyPressMsg) tea.Cmd {
	m.note, m.bad = "", false
	defer m.keepInSight()
	if m.prompt != nil {
		if msg.String() == "ctrl+c" {
			return m.do(actQuit)
		}
		m.promptKey(msg)
		return nil
	}
	act := lookup(msg.String(), m.scope())
	if m.help {
		return m.helpKey(act)
	}
	return m.do(act)
}

func (m *Model) helpKey(act action) tea.Cmd {
	switch act {
	case actHelp, actBack, actOpen:
		m.help = false
	case actQuit:
		return m.do(actQuit)
	default:
		m.helpAt = move(act, m.helpAt, len(m.helpLines()), max(1, m.h-2))
	}
	return nil
}

// move is where a key takes a place in a list of n.
func move(act action, at, n, page int) int {
	switch act {
	case actDown:
		at++
	case actUp:
		at--
	case actPageDown:
		at += max(1, page-1)
	case actPageUp:
		at -= max(1, page-1)
	case actTop:
		at = 0
	case actBottom:
		at = n - 1
	}
	return max(0, min(at, n-1))
}

// follow moves the top of a window of h rows so that at is in it.
func follow(top, at, n, h int) int {
	h = max(1, h)
	if at < top {
		top = at
	}
	if at >= top+h {
		top = at - h + 1
	}
	return max(0, min(top, n-h))
}

func (m *Model) keepInSight() {
	if m.x == nil {
		return
	}
	l := m.layout()
	m.tree.top = follow(m.tree.top, m.tree.at, len(m.tree.rows), l.body)
	m.list.top = follow(m.list.top, m.list.at, len(m.list.all), l.listRows)
	if m.doc != nil {
		m.src.top = follow(m.src.top, m.src.at, len(m.doc.rows), l.sourceRows)
	}
	if m.help {
		m.helpAt = max(0, min(m.helpAt, len(m.helpLines())-1))
	}
	m.sheet.top = max(0, min(m.sheet.top, len(m.sheetLines(l.rightW))-1))
}

// refilter makes anew what depends on the filter.
func (m *Model) refilter() {
	m.shown = m.x.apply(m.filter)
	m.tree.fill(m.x, m.shown)
	m.selected()
}

// selected follows the tree's selection: its findings, and no source yet.
func (m *Model) selected() {
	m.list = findingList{all: m.tree.below(m.tree.node(), m.x, m.shown)}
	m.sheet = sheetState{object: m.tree.nodes[m.tree.node()].object}
	m.doc = nil
	// Statements, checks and waves have facts, but no findings of their own in the list: the facts show by themselves.
	n := &m.tree.nodes[m.tree.node()]
	if own := n.section != noSection && n.object < 0; own != m.facts {
		m.facts = own
		if m.right = paneFindings; own {
			m.right = paneSheet
		}
	}
	if m.right == paneSource {
		m.openDoc(m.object())
	}
}

// object is the one that source and evidence are about: the tree's, else that of the selected finding; -1 for none.
func (m *Model) object() int {
	if o := m.tree.nodes[m.tree.node()].object; o >= 0 {
		return o
	}
	if f := m.finding(); f != nil {
		return m.x.owner[m.list.all[m.list.at]]
	}
	return -1
}

func (m *Model) finding() *model.Finding {
	if m.list.at < len(m.list.all) {
		return &m.x.r.Findings[m.list.all[m.list.at]]
	}
	return nil
}

// openDoc puts an object into the source pane, at its beginning.
func (m *Model) openDoc(object int) {
	if m.doc == nil || m.doc.object != object {
		m.doc = m.x.sideDoc(object)
		m.src = sourceState{side: m.src.side}
	}
}

// say puts a line above the keys.
func (m *Model) say(format string, args ...any) { m.note, m.bad = fmt.Sprintf(format, args...), false }

func (m *Model) complain(format string, args ...any) {
	m.note, m.bad = fmt.Sprintf(format, args...), true
}
