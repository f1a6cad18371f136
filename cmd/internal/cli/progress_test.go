package cli

import (
	"bytes"
	"strings"
	"testing"
	"time"
)

// TestProgressThinsOut runs two minutes of work that reports every tenth of a second.
func TestProgressThinsOut(t *testing.T) {
	var out bytes.Buffer
	clock := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	p := &progress{out: &out, what: "reading", now: func() time.Time { return clock }, start: clock, last: clock}
	p.setTotal(1200)
	for range 1200 {
		clock = clock.Add(100 * time.Millisecond)
		p.add(1)
	}
	p.end()
	lines := strings.Count(out.String(), "\n")
	// 9 in the first ten seconds, 10 or 11 until the minute, 2 in the next
	if lines < 18 || lines > 24 {
		t.Errorf("%d lines:\n%s", lines, &out)
	}
	if !strings.HasPrefix(out.String(), "reading: 0 %, 0.0 of 0.0 MB") && !strings.Contains(out.String(), "reading: 50 %") {
		t.Errorf("got %s", &out)
	}
}

func TestProgressIsSilentForShortRuns(t *testing.T) {
	for _, tty := range []bool{false, true} {
		var out bytes.Buffer
		p := newProgress(&IOStreams{Err: &out, ErrTTY: tty, Env: func(string) string { return "" }}, false, "reading")
		clock := p.start
		p.now = func() time.Time { return clock }
		p.setTotal(100)
		clock = clock.Add(500 * time.Millisecond)
		p.add(50)
		p.end()
		if got := strings.TrimSpace(strings.ReplaceAll(out.String(), "\x1b[2K", "")); got != "" {
			t.Errorf("terminal %v: a short run says %q", tty, got)
		}
	}
	var none *progress
	none.setTotal(1)
	none.add(1)
	none.end()
}
