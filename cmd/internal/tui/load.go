package tui

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"landfall/load/ledger"
)

// Following is a load that is followed: its status, and how it is steered. Its functions may be called by several goroutines at once.
type Following struct {
	Status func(context.Context) (*ledger.Status, error)
	Steer  func(context.Context, ledger.Control) error
	// Size reads a number of bytes as people write it, 20M.
	Size func(string) (int64, error)
}

// loadPane is what the load's screen lists.
type loadPane int

const (
	loadTables loadPane = iota
	loadWorkers
	loadTrouble
	loadPanes
)

// loadOrder is how tables are sorted.
type loadOrder int

const (
	orderPlan loadOrder = iota
	orderLeft           // what is at work first, then what has most to do
	orderName
	loadOrders
)

// Pauses between two looks at the ledger: as long as somebody is at work, and else.
const (
	lookOften = time.Second
	lookIdle  = 5 * time.Second
)

// LoadModel shows a load that other processes carry out. It is a tea.Model.
type LoadModel struct {
	ctx    context.Context //nolint:containedctx // the one that ends the program; bubbletea's commands take none
	cancel context.CancelFunc
	load   Following
	w, h   int

	s     *ledger.Status // nil until it was read once
	lost  string         // why the last look failed
	err   error          // what ends the program
	pane  loadPane
	order loadOrder
	find  string // only tables whose names have it
	rows  []int  // places in Status.Tables, as shown
	at    int
	top   int
	help  bool
	ask   *asking
	note  string
	bad   bool
}

type (
	statusMsg struct {
		s   *ledger.Status
		err error
	}
	steeredMsg struct {
		said string
		err  error
	}
	lookMsg struct{}
)

// NewLoadModel makes the screen of a load.
func NewLoadModel(ctx context.Context, f Following) *LoadModel {
	m := &LoadModel{load: f, w: 80, h: 24}
	m.ctx, m.cancel = context.WithCancel(ctx)
	return m
}

// Init is part of tea.Model.
func (m *LoadModel) Init() tea.Cmd { return m.look() }

// look reads the status once.
func (m *LoadModel) look() tea.Cmd {
	ctx, f := m.ctx, m.load.Status
	return func() tea.Msg {
		s, err := f(ctx)
		return statusMsg{s, err}
	}
}

// again looks when a while has gone by.
func (m *LoadModel) again() tea.Cmd {
	wait := lookOften
	if m.s != nil && m.s.State != ledger.Running && m.s.State != ledger.Paused || m.lost != "" {
		wait = lookIdle
	}
	return tea.Tick(wait, func(time.Time) tea.Msg { return lookMsg{} })
}

// Update is part of tea.Model.
func (m *LoadModel) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		m.w, m.h = msg.Width, msg.Height
	case lookMsg:
		return m, m.look()
	case statusMsg:
		switch {
		case msg.err != nil && m.s == nil:
			m.err = msg.err
			return m, tea.Quit
		case msg.err != nil: // the server may come back: what is shown is old, and says so
			m.lost = msg.err.Error()
		default:
			m.s, m.lost = msg.s, ""
			m.arrange()
		}
		m.keepInSight()
		return m, m.again()
	case freshMsg:
		m.s, m.lost = msg.s, ""
		m.arrange()
	case steeredMsg:
		if msg.err != nil {
			m.note, m.bad = msg.err.Error(), true
			return m, nil
		}
		m.note, m.bad = msg.said, false
		return m, m.once()
	case tea.PasteMsg:
		if m.ask != nil {
			m.ask.text += clean(strings.ReplaceAll(msg.Content, "\n", " "))
		}
	case tea.KeyPressMsg:
		cmd := m.key(msg)
		m.keepInSight()
		return m, cmd
	}
	m.keepInSight()
	return m, nil
}

// once looks without a further look behind it, so that there is one chain of looks however often something is steered.
func (m *LoadModel) once() tea.Cmd {
	ctx, f := m.ctx, m.load.Status
	return func() tea.Msg {
		if s, err := f(ctx); err == nil {
			return freshMsg{s}
		}
		return nil // the next look tells
	}
}

// freshMsg is a status beside the chain of looks.
type freshMsg struct{ s *ledger.Status }

// active are the tables that somebody has a chunk of, and the rows of those chunks so far.
func (m *LoadModel) active() map[string]int64 {
	out := map[string]int64{}
	for i := range m.s.Workers {
		for _, x := range workOf(&m.s.Workers[i]) {
			if m.s.Workers[i].Alive {
				out[x.Table] += x.Rows
			}
		}
	}
	return out
}

// workOf is what a process has at hand.
func workOf(w *ledger.WorkerStatus) []ledger.Working {
	var at []ledger.Working
	if err := json.Unmarshal(w.Work, &at); err != nil {
		return nil // of another version of the ledger
	}
	return at
}

// arrange sorts and filters the tables, and keeps the selected one.
func (m *LoadModel) arrange() {
	if m.s == nil {
		return
	}
	selected := -1
	if m.pane == loadTables && m.at < len(m.rows) {
		selected = m.rows[m.at]
	}
	m.rows = m.rows[:0]
	for i := range m.s.Tables {
		if strings.Contains(strings.ToLower(m.s.Tables[i].Source), strings.ToLower(m.find)) {
			m.rows = append(m.rows, i)
		}
	}
	t := m.s.Tables
	switch m.order {
	case orderLeft:
		at := m.active()
		work := func(i int) int { // 0 at work, 1 to do, 2 done
			_, now := at[t[i].Source]
			switch {
			case now:
				return 0
			case t[i].Copied < t[i].Chunks:
				return 1
			}
			return 2
		}
		slices.SortStableFunc(m.rows, func(a, b int) int {
			return cmp.Or(cmp.Compare(work(a), work(b)), cmp.Compare(t[b].Weight-t[b].Done, t[a].Weight-t[a].Done))
		})
	case orderName:
		slices.SortStableFunc(m.rows, func(a, b int) int { return cmp.Compare(t[a].Source, t[b].Source) })
	}
	if m.pane == loadTables {
		if i := slices.Index(m.rows, selected); i >= 0 && m.at > 0 { // at the top the first row stays selected, whichever it is
			m.at = i
		}
	}
}

// count is how many rows the pane has.
func (m *LoadModel) count() int {
	switch {
	case m.s == nil:
		return 0
	case m.pane == loadWorkers:
		return len(m.workerRows())
	case m.pane == loadTrouble:
		return len(m.troubleRows())
	}
	return len(m.rows)
}

func (m *LoadModel) keepInSight() {
	m.at = max(0, min(m.at, m.count()-1))
	m.top = follow(m.top, m.at, m.count(), m.body())
}

// megabytes is a number of bytes for people.
func megabytes(n int64) string {
	switch {
	case n < 10_000:
		return fmt.Sprintf("%d B", n)
	case n < 10_000_000:
		return fmt.Sprintf("%.1f MB", float64(n)/1e6)
	case n < 10_000_000_000:
		return fmt.Sprintf("%.0f MB", float64(n)/1e6)
	}
	return fmt.Sprintf("%.1f GB", float64(n)/1e9)
}
