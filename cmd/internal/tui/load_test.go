package tui

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"landfall/load/ledger"
)

func ptr[T any](v T) *T { return &v }

// sampleLoad is a load in the middle of its rows.
func sampleLoad() *ledger.Status {
	at := time.Date(2026, 11, 30, 10, 0, 0, 0, time.UTC)
	s := &ledger.Status{
		Plan: "3f2a90c1b4d5", Source: "123/ERP", SCN: 4711, Now: at, Started: ptr(at.Add(-time.Minute)), State: ledger.Running,
		Rate: ledger.Rate{Rows: 61234, Bytes: 20.5e6, Left: 95}, Time: ledger.Spent{SourceMS: 600, EncodeMS: 50, TargetMS: 350},
		Tables: []ledger.TableStatus{
			{Source: "ERP.ORDERS", Chunks: 20, Copied: 7, Weight: 2000, Done: 700, Read: 1750000, Written: 1749998, Rejected: 2, Bytes: 500e6},
			{Source: "ERP.COUNTRIES", Chunks: 1, Copied: 1, Verified: 1, Weight: 1, Done: 1, Written: 195, VerifiedAt: &at, Differences: ptr(int64(0))},
			{Source: `ERP."客户 with a name that is longer than its column"`, Chunks: 4, Weight: 400},
			{Source: "ERP.EMPTY", Chunks: 1, Copied: 1},
			{Source: "ERP.SPOILT", Chunks: 2, Copied: 2, Verified: 1, Weight: 10, Done: 10, Written: 12000, VerifiedAt: &at, Differences: ptr(int64(3))},
		},
		Workers: []ledger.WorkerStatus{
			{No: 1, Host: "pg1", PID: 4000, Role: "run", Started: at.Add(-time.Minute), Alive: true, Work: []byte(`[{"chunk":12,"table":"ERP.ORDERS","rows":120000,"bytes":34000000},{"chunk":13,"table":"ERP.ORDERS","rows":5,"bytes":1000}]`)},
			{No: 2, Host: "pg2", PID: 99, Role: "worker", Started: at.Add(-time.Second), Work: []byte(`[]`)},
		},
		Steps:    []ledger.StepCount{{Phase: "table", Done: 5}, {Phase: "index", Planned: 7}, {Phase: "after", Planned: 3}},
		Failures: []ledger.Failure{{What: "chunk", No: 9, Name: "ERP.ORDERS", Tries: 2, Error: "ORA-01555: snapshot too old\x1b[2J"}},
		Skipped:  []ledger.StepState{{Phase: "index", Name: "ERP.I", Note: ptr("needs pg_trgm")}},
	}
	for _, t := range s.Tables {
		s.Totals.Tables++
		s.Totals.Chunks += t.Chunks
		s.Totals.Copied += t.Copied
		s.Totals.Weight += t.Weight
		s.Totals.Done += t.Done
		s.Totals.Written += t.Written
		s.Totals.Rejected += t.Rejected
		s.Totals.Bytes += t.Bytes
	}
	return s
}

// followed is a load without a ledger: it notes how it is steered.
type followed struct {
	t       *testing.T
	m       *LoadModel
	s       *ledger.Status
	err     error
	steered []string
}

func follows(t *testing.T, s *ledger.Status, w, h int) *followed {
	f := &followed{t: t, s: s}
	f.m = NewLoadModel(t.Context(), Following{
		Status: func(context.Context) (*ledger.Status, error) { return f.s, f.err },
		Steer: func(_ context.Context, c ledger.Control) error {
			switch {
			case c.Paused != nil:
				f.steered = append(f.steered, fmt.Sprint("paused ", *c.Paused))
			case c.BytesPerSecond != nil:
				f.steered = append(f.steered, fmt.Sprint("bytes ", *c.BytesPerSecond))
			case c.Sessions != nil:
				f.steered = append(f.steered, fmt.Sprint("sessions ", *c.Sessions))
			}
			return f.err
		},
		Size: func(s string) (int64, error) {
			n, err := strconv.ParseInt(strings.TrimSuffix(s, "M"), 10, 64)
			return n << 20, err
		},
	})
	f.m.Update(tea.WindowSizeMsg{Width: w, Height: h})
	f.do(f.m.Init())
	return f
}

// do carries out a command, and what comes of it, but not the look that follows after a while.
func (f *followed) do(cmd tea.Cmd) {
	if cmd == nil {
		return
	}
	switch msg := cmd().(type) {
	case statusMsg:
		f.m.Update(msg)
	case nil:
	default:
		_, next := f.m.Update(msg)
		f.do(next)
	}
}

func (f *followed) keys(list string) *followed {
	f.t.Helper()
	for _, k := range strings.Fields(list) {
		if typed, ok := strings.CutPrefix(k, `"`); ok {
			for _, r := range strings.TrimSuffix(typed, `"`) {
				f.m.Update(press(string(r)))
			}
			continue
		}
		_, cmd := f.m.Update(press(k))
		if k != "q" && k != "ctrl+c" {
			f.do(cmd)
		}
	}
	return f
}

func (f *followed) check() string {
	f.t.Helper()
	frame := f.m.frame()
	rows := strings.Split(frame, "\n")
	if len(rows) != f.m.h {
		f.t.Fatalf("%dx%d: %d rows", f.m.w, f.m.h, len(rows))
	}
	for i, r := range rows {
		if w := ansi.StringWidth(r); w != f.m.w {
			f.t.Fatalf("%dx%d: row %d has %d columns: %q", f.m.w, f.m.h, i, w, r)
		}
	}
	var b strings.Builder
	for _, l := range strings.Split(ansi.Strip(frame), "\n") {
		b.WriteString(strings.TrimRight(l, " ") + "\n")
	}
	if strings.ContainsAny(b.String(), "\x1b\x07\t\r") {
		f.t.Fatalf("the frame holds what steers a terminal: %q", frame)
	}
	return b.String()
}

// TestLoadFrames holds the screens of a load.
func TestLoadFrames(t *testing.T) {
	const file = "testdata/load.txtar"
	made := &txtar.Archive{Comment: []byte("Screens of a load: name, size, keys. Written by UPDATE=1.\n")}
	for _, c := range []struct {
		name string
		w, h int
		keys string
		turn func(*ledger.Status)
	}{
		{"running", 100, 20, "", nil},
		{"what is to do first", 100, 20, "s", nil},
		{"by name, the second selected", 100, 20, "s s j", nil},
		{"found", 100, 16, `/ "coun" enter`, nil},
		{"workers", 100, 20, "tab", nil},
		{"trouble", 100, 20, "tab tab", nil},
		{"asked for a rate", 80, 20, `t "5x" enter`, nil},
		{"narrow", 44, 14, "G", nil},
		{"help", 80, 24, "?", nil},
		{"tiny", 30, 5, "", nil},
		{"paused, held", 100, 16, "", func(s *ledger.Status) {
			s.State, s.Paused, s.BytesPerSecond, s.Sessions = ledger.Paused, true, ptr(int64(20e6)), ptr(2)
		}},
		{"complete", 100, 16, "", func(s *ledger.Status) {
			s.State, s.Workers, s.Failures, s.Rate = ledger.Complete, nil, nil, ledger.Rate{}
			for i := range s.Tables {
				s.Tables[i].Copied, s.Tables[i].Done = s.Tables[i].Chunks, s.Tables[i].Weight
			}
			s.Totals.Copied, s.Totals.Done = s.Totals.Chunks, s.Totals.Weight
		}},
	} {
		s := sampleLoad()
		if c.turn != nil {
			c.turn(s)
		}
		text := follows(t, s, c.w, c.h).keys(c.keys).check()
		made.Files = append(made.Files, txtar.File{Name: strings.TrimSpace(fmt.Sprintf("%s, %dx%d: %s", c.name, c.w, c.h, c.keys)), Data: []byte(text)})
	}
	if os.Getenv("UPDATE") != "" {
		if err := os.WriteFile(file, txtar.Format(made), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := txtar.ParseFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(txtar.Format(want)), string(txtar.Format(made))); diff != "" {
		t.Errorf("UPDATE=1 writes it: %s", diff)
	}
}

// TestLoadSteps holds what keys do to a load.
func TestLoadSteps(t *testing.T) {
	for _, c := range []struct {
		keys, steered string
		want          func(m *LoadModel) bool
	}{
		{"p", "paused true", func(m *LoadModel) bool { return strings.HasPrefix(m.note, "paused") }},
		{"p r", "paused true,paused false", func(m *LoadModel) bool { return m.note == "goes on" }},
		{`t "20M" enter`, "bytes 20971520", func(m *LoadModel) bool { return m.ask == nil && m.note == "bytes a second: 21 MB" }},
		{`t "0" enter`, "bytes 0", func(m *LoadModel) bool { return m.note == "bytes a second: no limit" }},
		{`t "x" enter`, "", func(m *LoadModel) bool { return m.ask != nil && m.ask.bad != "" }},
		{`t "-5" enter`, "", func(m *LoadModel) bool { return m.ask != nil && m.ask.bad != "" }},
		{`t "x" esc`, "", func(m *LoadModel) bool { return m.ask == nil }},
		{`T "3" enter`, "sessions 3", func(m *LoadModel) bool { return m.note == "sessions of the source: 3" }},
		{`T "-3" enter`, "", func(m *LoadModel) bool { return m.ask != nil && m.ask.bad != "" }},
		{`T "3" backspace "4" enter`, "sessions 4", func(*LoadModel) bool { return true }},
		{`/ "erp.e" enter`, "", func(m *LoadModel) bool { return len(m.rows) == 1 && m.s.Tables[m.rows[0]].Source == "ERP.EMPTY" }},
		{`/ "erp.e" enter esc`, "", func(m *LoadModel) bool { return len(m.rows) == 5 }},
		{"j j s", "", func(m *LoadModel) bool { return m.rows[m.at] == 2 }}, // the selection follows its table
		{"G k", "", func(m *LoadModel) bool { return m.at == 3 }},
		{"tab tab tab", "", func(m *LoadModel) bool { return m.pane == loadTables }},
		{"shift+tab", "", func(m *LoadModel) bool { return m.pane == loadTrouble }},
		{"? j", "", func(m *LoadModel) bool { return !m.help && m.at == 0 }},
		{"q", "", func(m *LoadModel) bool { return m.ctx.Err() != nil }},
		{"t ctrl+c", "", func(m *LoadModel) bool { return m.ctx.Err() != nil }},
	} {
		f := follows(t, sampleLoad(), 90, 20).keys(c.keys)
		f.check()
		if got := strings.Join(f.steered, ","); got != c.steered || !c.want(f.m) {
			t.Errorf("%s: steered %q, want %q; %+v", c.keys, got, c.steered, f.m)
		}
	}
}

// TestLoadNoAnswer holds that a target that does not answer ends the screen only at first, that old figures say that they are old, and that a
// status is looked at again.
func TestLoadNoAnswer(t *testing.T) {
	f := follows(t, sampleLoad(), 90, 20)
	f.err = errors.New("connection refused")
	f.do(f.m.look())
	if text := f.check(); !strings.Contains(text, "NO ANSWER") || !strings.Contains(text, "what is shown is old: connection refused") || !strings.Contains(text, "ERP.ORDERS") {
		t.Error(text)
	}
	if f.keys("p").m.note != "connection refused" || !f.m.bad {
		t.Error(f.m.note)
	}
	f.err = nil
	f.s = sampleLoad()
	f.s.Tables[0].Copied = 8
	_, next := f.m.Update(f.m.look()())
	if text := f.check(); strings.Contains(text, "NO ANSWER") || !strings.Contains(text, "8/20") {
		t.Error(text)
	}
	if next == nil {
		t.Error("nobody looks again")
	}
	first := NewLoadModel(t.Context(), Following{Status: func(context.Context) (*ledger.Status, error) { return nil, errors.New("no such load") }})
	if _, cmd := first.Update(first.look()()); first.err == nil || cmd == nil {
		t.Errorf("%v", first.err)
	}
}

// TestLoadAnySize draws every size.
func TestLoadAnySize(t *testing.T) {
	for _, keys := range []string{"", "tab", "tab tab", "?", `t "1"`} {
		f := follows(t, sampleLoad(), 80, 24).keys(keys)
		for w := 1; w < 130; w += 9 {
			for h := 1; h < 26; h++ {
				f.m.Update(tea.WindowSizeMsg{Width: w, Height: h})
				f.check()
			}
		}
	}
}
