package tui

import (
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"landfall/load/ledger"
)

// asking is a line that is being typed on the load's screen.
type asking struct {
	act  action // actThrottle, actSessions, actFilter
	text string
	bad  string
}

// key is what a key does to the load, or to its screen.
func (m *LoadModel) key(msg tea.KeyPressMsg) tea.Cmd {
	m.note, m.bad = "", false
	if m.ask != nil {
		return m.askKey(msg)
	}
	act := lookup(msg.String(), inLoad)
	if m.help {
		if act == actQuit {
			return m.quit()
		}
		m.help = false
		return nil
	}
	switch act {
	case actQuit:
		return m.quit()
	case actSuspend:
		return tea.Suspend
	case actHelp:
		m.help = true
	case actPause, actResume:
		paused := act == actPause
		said := "goes on"
		if paused {
			said = "paused: the chunks at hand are finished"
		}
		return m.steer(ledger.Control{Paused: &paused}, said)
	case actThrottle, actSessions:
		m.ask = &asking{act: act}
	case actFilter:
		m.ask = &asking{act: act, text: m.find}
	case actBack:
		m.find = ""
		m.arrange()
	case actOrder:
		m.order = (m.order + 1) % loadOrders
		m.arrange()
	case actNextPane:
		m.pane, m.at, m.top = (m.pane+1)%loadPanes, 0, 0
	case actLastPane:
		m.pane, m.at, m.top = (m.pane+loadPanes-1)%loadPanes, 0, 0
	default:
		m.at = move(act, m.at, m.count(), m.body())
	}
	return nil
}

func (m *LoadModel) quit() tea.Cmd {
	m.cancel()
	return tea.Quit
}

// steer changes how the load runs.
func (m *LoadModel) steer(c ledger.Control, said string) tea.Cmd {
	ctx, f := m.ctx, m.load.Steer
	return func() tea.Msg { return steeredMsg{said, f(ctx, c)} }
}

// askKey types the line that is asked for.
func (m *LoadModel) askKey(msg tea.KeyPressMsg) tea.Cmd {
	a := m.ask
	switch msg.String() {
	case "ctrl+c":
		return m.quit()
	case "esc":
		m.ask = nil
	case "enter":
		return m.answer()
	case "backspace":
		if r := []rune(a.text); len(r) > 0 {
			a.text, a.bad = string(r[:len(r)-1]), ""
		}
	case "ctrl+u":
		a.text, a.bad = "", ""
	default:
		a.text, a.bad = a.text+clean(msg.Text), ""
	}
	return nil
}

// answer takes the line. What cannot be read stays, with the reason.
func (m *LoadModel) answer() tea.Cmd {
	a := m.ask
	text := strings.TrimSpace(a.text)
	switch a.act {
	case actFilter:
		m.ask, m.find, m.at, m.top = nil, text, 0, 0
		m.arrange()
		return nil
	case actThrottle:
		var n int64
		if text != "0" {
			var err error
			if n, err = m.load.Size(text); err != nil || n <= 0 {
				a.bad = "20M, or 0 for no limit"
				return nil
			}
		}
		m.ask = nil
		return m.steer(ledger.Control{BytesPerSecond: &n}, "bytes a second: "+limitText(n, megabytes))
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 0 {
		a.bad = "a number, or 0 for no limit"
		return nil
	}
	m.ask = nil
	return m.steer(ledger.Control{Sessions: &n}, "sessions of the source: "+limitText(int64(n), func(n int64) string { return strconv.FormatInt(n, 10) }))
}

func limitText(n int64, text func(int64) string) string {
	if n == 0 {
		return "no limit"
	}
	return text(n)
}
