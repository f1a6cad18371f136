package tui

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"
)

// session is a model without a terminal: keys in, frames out.
type session struct {
	t *testing.T
	m *Model
}

func open(t *testing.T, d Data, w, h int) session {
	t.Helper()
	m := NewModel(t.Context(), []Choice{{Title: "sample", Load: func(context.Context, func(string, int, int)) (Data, error) { return d, nil }}}, "", true)
	s := session{t, m}
	s.m.Update(tea.WindowSizeMsg{Width: w, Height: h})
	s.m.Update(m.Init()())
	if m.x == nil {
		t.Fatalf("not loaded: %v", m.err)
	}
	return s
}

var named = map[string]tea.KeyPressMsg{
	"enter": {Code: tea.KeyEnter}, "esc": {Code: tea.KeyEscape}, "tab": {Code: tea.KeyTab}, "shift+tab": {Code: tea.KeyTab, Mod: tea.ModShift},
	"up": {Code: tea.KeyUp}, "down": {Code: tea.KeyDown}, "left": {Code: tea.KeyLeft}, "right": {Code: tea.KeyRight}, "pgup": {Code: tea.KeyPgUp},
	"pgdown": {Code: tea.KeyPgDown}, "home": {Code: tea.KeyHome}, "end": {Code: tea.KeyEnd}, "backspace": {Code: tea.KeyBackspace}, "space": {Code: ' ', Text: " "},
	"ctrl+u": {Code: 'u', Mod: tea.ModCtrl}, "ctrl+w": {Code: 'w', Mod: tea.ModCtrl}, "ctrl+f": {Code: 'f', Mod: tea.ModCtrl}, "ctrl+c": {Code: 'c', Mod: tea.ModCtrl}, "ctrl+z": {Code: 'z', Mod: tea.ModCtrl},
}

func press(name string) tea.KeyPressMsg {
	if k, ok := named[name]; ok {
		return k
	}
	r, _ := utf8.DecodeRuneInString(name)
	return tea.KeyPressMsg{Code: r, Text: name}
}

// keys presses keys, parted by spaces; "text" in quotes is typed letter by letter.
func (s session) keys(list string) session {
	s.t.Helper()
	for _, k := range strings.Fields(list) {
		if typed, ok := strings.CutPrefix(k, `"`); ok {
			for _, r := range strings.ReplaceAll(strings.TrimSuffix(typed, `"`), "_", " ") {
				s.m.Update(press(string(r)))
			}
			continue
		}
		s.m.Update(press(k))
	}
	return s
}

// plainFrame is the frame without looks; below it what stands out as selected.
func (s session) plainFrame() string {
	frame := s.m.frame()
	var b strings.Builder
	for _, l := range strings.Split(ansi.Strip(frame), "\n") {
		b.WriteString(strings.TrimRight(l, " ") + "\n")
	}
	mark := looks[lookSelected].String()
	for _, part := range strings.Split(frame, mark)[1:] {
		text, _, _ := strings.Cut(part, "\x1b")
		if text = strings.TrimSpace(text); text != "" {
			b.WriteString("selected: " + text + "\n")
		}
	}
	return b.String()
}

// frames are the screens that are held by testdata/frames.txtar.
var frames = []struct {
	name string
	w, h int
	keys string
	full bool // with workload, checks and waves
}{
	{"all", 80, 24, "", false},
	{"tree open", 80, 24, "+ j j j", false},
	{"findings", 80, 24, "tab j j", false},
	{"source", 80, 24, "tab enter", false},
	{"source of a function", 140, 40, `/ "total" enter l tab`, false},
	{"source only", 60, 16, `/ "total" enter 2 o`, false},
	{"statement left out", 100, 24, `/ "orders" enter 2`, false},
	{"no text", 100, 20, "+ G 2", false},
	{"evidence", 80, 24, `/ "total" enter 3`, false},
	{"evidence of a group", 80, 24, "3", false},
	{"evidence of a refused one", 140, 40, `/ "pkg" enter 3`, false},
	{"help", 80, 24, "?", false},
	{"help scrolled", 80, 24, "? G", false},
	{"filter typed wrong", 80, 24, `f "sev:hihg"`, false},
	{"filter", 80, 24, `f "sev:high_kind:package" enter`, false},
	{"filter by key", 140, 40, "s s s r", false},
	{"filter leaves nothing", 80, 24, `f "nosuchthing" enter`, false},
	{"search not found", 80, 24, `/ "zzz"`, false},
	{"wide", 140, 40, "+ tab", false},
	{"narrow", 40, 12, "+ tab j", false},
	{"short", 80, 6, "", false},
	{"tiny", 12, 3, "", false},
	{"statement", 100, 30, `/ "nvl(n" enter`, true},
	{"check", 100, 30, `/ "dc0202" enter`, true},
	{"wave", 80, 24, `/ "wave_2" enter l`, true},
	{"workload", 80, 24, `/ "sql_workload" enter l`, true},
}

func TestFrames(t *testing.T) {
	const file = "testdata/frames.txtar"
	made := &txtar.Archive{Comment: []byte("Screens of the browser: name, size, keys. Written by UPDATE=1.\n")}
	for _, f := range frames {
		d := sample()
		if f.full {
			d = sampleSections()
		}
		s := open(t, d, f.w, f.h).keys(f.keys)
		made.Files = append(made.Files, txtar.File{Name: strings.TrimSpace(fmt.Sprintf("%s, %dx%d: %s", f.name, f.w, f.h, f.keys)), Data: []byte(s.plainFrame())})
		checkFrame(t, s.m)
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
	if len(want.Files) != len(made.Files) {
		t.Fatalf("%d frames in %s, want %d; UPDATE=1 writes them", len(want.Files), file, len(made.Files))
	}
	for i, f := range made.Files {
		if diff := cmp.Diff(want.Files[i].Name+"\n"+string(want.Files[i].Data), f.Name+"\n"+string(f.Data)); diff != "" {
			t.Errorf("%s:\n%s", f.Name, diff)
		}
	}
}

// checkFrame holds that a frame fills the screen and nothing more, and that nothing of the data steers the terminal.
func checkFrame(t *testing.T, m *Model) {
	t.Helper()
	frame := m.frame()
	rows := strings.Split(frame, "\n")
	if len(rows) != m.h {
		t.Fatalf("%dx%d: %d rows", m.w, m.h, len(rows))
	}
	for i, r := range rows {
		if w := ansi.StringWidth(r); w != m.w {
			t.Fatalf("%dx%d: row %d has %d columns: %q", m.w, m.h, i, w, r)
		}
	}
	bare := ansi.Strip(frame)
	if strings.ContainsAny(bare, "\x1b\x07\t\r\u202E") || strings.Contains(frame, "\x1b]") {
		t.Fatalf("the frame holds what steers a terminal: %q", frame)
	}
}

func TestSteps(t *testing.T) {
	cases := []struct {
		name, keys string
		want       func(m *Model) bool
	}{
		{"the worst finding comes first", "tab", func(m *Model) bool { return m.finding().Code == "CV0315" }},
		{"enter goes to the line of the finding", "tab enter", func(m *Model) bool { return m.doc.rows[m.src.at].sourceNo == 33 && m.focus == paneSource }},
		{"esc goes back all the way", "tab enter esc esc", func(m *Model) bool { return m.focus == paneTree }},
		{"esc drops the filter at last", "r esc", func(m *Model) bool { return m.line == "" }},
		{"r shows refused ones", "r", func(m *Model) bool { return m.shown.nObjects == 1 && m.shown.nFinding == 2 }},
		{"r twice is as before", "r r", func(m *Model) bool { return m.line == "" && m.shown.nObjects == 6 }},
		{"a filter keeps the selection", `/ "total" enter f "kind:function" enter`, func(m *Model) bool { return m.x.r.Objects[m.object()].Name == "TOTAL" }},
		{"a wrong filter changes nothing", `f "what:ever" enter`, func(m *Model) bool { return m.prompt != nil && m.prompt.bad != "" && m.shown.nObjects == 6 }},
		{"esc leaves the prompt", `f "x" esc`, func(m *Model) bool { return m.prompt == nil && m.line == "" }},
		{"s goes through severities and back", "s s s s s", func(m *Model) bool { return m.line == "" }},
		{"blockers only", "s s s s", func(m *Model) bool { return m.line == "sev:blocker" && m.shown.nFinding == 1 }},
		{"findings of no object are shown", `f "no_object" enter`, func(m *Model) bool { return len(m.list.all) == 1 && m.list.all[0] == 5 }},
		{"without a word", `f "!pkg_kind:package" enter`, func(m *Model) bool { return m.shown.nObjects == 0 }},
		{"search opens groups", `/ "total" enter`, func(m *Model) bool { return m.tree.nodes[m.tree.node()].label == "TOTAL" }},
		{"n goes on, around the end", `+ / "o" enter n n n n n n n n n n n n n n n`, func(m *Model) bool { return strings.Contains(strings.ToLower(m.tree.nodes[m.tree.node()].label), "o") }},
		{"esc in a search goes back", `+ / "total" esc`, func(m *Model) bool { return m.tree.at == 0 }},
		{"] finds marked lines", `/ "pkg" enter 2 ] ]`, func(m *Model) bool { return m.doc.rows[m.src.at].sourceNo == 35 }},
		{"] stops at the last", `/ "pkg" enter 2 ] ] ]`, func(m *Model) bool { return m.doc.rows[m.src.at].sourceNo == 35 && m.note != "" }},
		{"tab goes around", "tab tab tab tab", func(m *Model) bool { return m.focus == paneTree }},
		{"shift+tab goes back", "shift+tab", func(m *Model) bool { return m.focus == paneSheet }},
		{"- closes, + opens", "+ - ", func(m *Model) bool { return len(m.tree.rows) == 5 }},
		{"h goes to the parent and closes", `/ "total" enter h h`, func(m *Model) bool { return m.tree.nodes[m.tree.node()].label == "FUNCTION" }},
		{"help closes", "? ?", func(m *Model) bool { return !m.help }},
		{"y names the line", "tab y", func(m *Model) bool { return m.note == "copied ddl/shop.sql:33" }},
		{"y without a place says so", "y", func(m *Model) bool { return m.note == "copied ddl/shop.sql:31" }},
		{"paging stays inside", "+ pgdown pgdown pgdown pgdown pgup pgup pgup pgup pgup", func(m *Model) bool { return m.tree.at == 0 && m.tree.top == 0 }},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			s := open(t, sample(), 100, 30).keys(c.keys)
			if !c.want(s.m) {
				t.Errorf("after %s:\n%s", c.keys, s.plainFrame())
			}
		})
	}
}

func TestEmptyAssessment(t *testing.T) {
	d := sample()
	d.Result.Objects, d.Result.Findings, d.Sides = nil, nil, nil
	d.Result.Finish()
	s := open(t, d, 80, 24)
	for _, k := range []string{"tab", "enter", "j", "2", "]", "3", "y", "G", "/", "x", "enter", "n", "1", "enter", "f", "x", "enter", "s"} {
		s.keys(k)
		checkFrame(t, s.m)
	}
}

func TestLoading(t *testing.T) {
	m := NewModel(t.Context(), []Choice{{Title: "slow", Load: func(_ context.Context, progress func(string, int, int)) (Data, error) {
		progress("reading", 1, 2)
		return Data{}, errors.New("disk on fire")
	}}}, "", true)
	var sent []tea.Msg
	m.send = func(msg tea.Msg) { sent = append(sent, msg) }
	end := m.Init()()
	for _, msg := range sent {
		m.Update(msg)
	}
	if s := (session{t, m}).plainFrame(); len(sent) != 1 || !strings.Contains(s, "reading") || !strings.Contains(s, "██████████░░░░░░░░░░") {
		t.Errorf("%d messages:\n%s", len(sent), s)
	}
	checkFrame(t, m)
	if _, cmd := m.Update(end); cmd == nil || m.err == nil {
		t.Error("a failed load did not end the program")
	}
}

func TestStart(t *testing.T) {
	load := func(context.Context, func(string, int, int)) (Data, error) { return sample(), nil }
	m := NewModel(t.Context(), []Choice{{Title: "open the report", Note: "a/report.json", Load: load}, {Title: "assess the scripts", Note: "files:b", Load: load}}, "What shall be opened?", false)
	s := session{t, m}
	m.Update(tea.WindowSizeMsg{Width: 60, Height: 12})
	s.keys("j")
	checkFrame(t, m)
	if got := s.plainFrame(); !strings.Contains(got, "selected:   assess the scripts") && !strings.Contains(got, "selected: assess the scripts") {
		t.Error(got)
	}
	_, cmd := m.Update(press("enter"))
	m.Update(cmd())
	if m.x == nil {
		t.Error("enter opened nothing")
	}
	empty := NewModel(t.Context(), nil, "There is nothing here.", false)
	for _, k := range []string{"j", "enter", "esc", "?", "?", "f", "1", "tab"} {
		empty.Update(press(k))
		checkFrame(t, empty)
	}
}

// TestProgram runs the real program, without a terminal: it must draw, end by q, and end with its context.
func TestProgram(t *testing.T) {
	choices := []Choice{{Load: func(context.Context, func(string, int, int)) (Data, error) { return sample(), nil }}}
	var out bytes.Buffer
	if err := Run(t.Context(), NewModel(t.Context(), choices, "", true), strings.NewReader("jq"), &out); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(out.String(), "landfall") {
		t.Errorf("nothing was drawn: %q", out.String())
	}
	ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer cancel()
	waiting := []Choice{{Load: func(ctx context.Context, _ func(string, int, int)) (Data, error) {
		<-ctx.Done()
		return Data{}, ctx.Err()
	}}}
	if err := Run(ctx, NewModel(ctx, waiting, "", true), &bytes.Buffer{}, &out); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("ended with %v", err)
	}
}

// FuzzKeys presses keys and changes the size at random: no frame may be of another size than the screen, and nothing may panic.
func FuzzKeys(f *testing.F) {
	all := []string{}
	for _, b := range bindings {
		for _, k := range b.keys {
			if b.act != actQuit && b.act != actSuspend {
				all = append(all, k)
			}
		}
	}
	all = append(all, "a", "O", "订", ":", "!", "backspace", "ctrl+u", "ctrl+w", "enter", "esc")
	f.Add([]byte("\x00\x01\x02jkltab\xff\x02\x03\xff\x50\x18"))
	f.Add([]byte("\xff\x00\x00\xff\x01\x01\xff\x13\x05abcdef\xff\x46\x08\x1f\x20\x21"))
	seed := []byte{0xff, 140, 40}
	for i := range all {
		seed = append(seed, byte(i), byte(i/2), byte(len(all)-1-i))
	}
	f.Add(seed)
	f.Add(append([]byte{0xff, 33, 9}, seed[3:]...))
	f.Fuzz(func(t *testing.T, data []byte) {
		data = data[:min(len(data), 120)]
		s := open(t, sample(), 80, 24)
		for i := 0; i < len(data); i++ {
			if data[i] == 0xff && i+2 < len(data) {
				s.m.Update(tea.WindowSizeMsg{Width: int(data[i+1]), Height: int(data[i+2]) % 80})
				i += 2
			} else {
				s.m.Update(press(all[int(data[i])%len(all)]))
			}
			if s.m.w > 0 && s.m.h > 0 {
				checkFrame(t, s.m)
			}
		}
	})
}
