package cli

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/schollz/progressbar/v3"

	"landfall/load"
	"landfall/load/ledger"
)

// loadTalk says what a load does: lines of JSON on stdout, or, for people, a bar with a line of figures on a terminal and log lines that
// thin out elsewhere, both on stderr.
type loadTalk struct {
	io    *IOStreams
	json  bool
	quiet bool
	mu    sync.Mutex
	bar   *progressbar.ProgressBar
	start time.Time
	last  time.Time
}

func newLoadTalk(io *IOStreams, asJSON, quiet bool) *loadTalk {
	return &loadTalk{io: io, json: asJSON, quiet: quiet, start: time.Now()}
}

// say tells one event.
func (t *loadTalk) say(e load.Event) {
	t.mu.Lock()
	defer t.mu.Unlock()
	switch {
	case e.Kind == "progress": // told by watch, for all workers together
	case t.json:
		t.line(e)
	case t.quiet, e.Kind == "chunk", e.Kind == "step", e.Kind == "verified" && e.Rows == 0:
	default:
		t.text("%s", strings.Join(slices.DeleteFunc([]string{"landfall: " + e.Kind, e.Table, e.Text}, func(s string) bool { return s == "" }), ": "))
	}
}

func (t *loadTalk) line(v any) {
	enc := json.NewEncoder(t.io.Out)
	enc.SetEscapeHTML(false)
	_ = enc.Encode(v) // a reader that is gone is no reason to stop a load
}

// text writes a line above the bar.
func (t *loadTalk) text(format string, args ...any) {
	if t.bar != nil {
		_ = t.bar.Clear()
	}
	fmt.Fprintf(t.io.Err, format+"\n", args...)
}

// watch tells how far the load is every two seconds, until what it gives back is called.
func (t *loadTalk) watch(ctx context.Context, l *ledger.Ledger, id string) (stop func()) {
	if t.quiet {
		return func() {}
	}
	ctx, cancel := context.WithCancel(context.WithoutCancel(ctx))
	done := make(chan struct{})
	go func() {
		defer close(done)
		tick := time.NewTicker(2 * time.Second)
		defer tick.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-tick.C:
			}
			if s, err := l.Status(ctx, id); err == nil { // the load itself says when the target is away
				t.progress(s)
			}
		}
	}()
	return func() {
		cancel()
		<-done
		t.mu.Lock()
		defer t.mu.Unlock()
		if t.bar != nil {
			_ = t.bar.Finish()
			t.bar = nil
		}
	}
}

// loadProgress is the JSON line of progress.
type loadProgress struct {
	Kind   string        `json:"kind"` // progress
	State  ledger.State  `json:"state"`
	Totals ledger.Totals `json:"totals"`
	Rate   ledger.Rate   `json:"rate"`
	Time   ledger.Spent  `json:"time"`
}

func (t *loadTalk) progress(s *ledger.Status) {
	t.mu.Lock()
	defer t.mu.Unlock()
	now := time.Now()
	live := t.io.live() && !t.json
	if !live && now.Sub(t.last) < every(now.Sub(t.start)) {
		return
	}
	t.last = now
	if t.json {
		t.line(loadProgress{"progress", s.State, s.Totals, s.Rate, s.Time})
		return
	}
	text := figures(s)
	if !live {
		t.text("%s", text)
		return
	}
	if t.bar == nil {
		t.bar = progressbar.NewOptions64(max(1, s.Totals.Weight), progressbar.OptionSetWriter(t.io.Err), progressbar.OptionSetWidth(20), progressbar.OptionThrottle(100*time.Millisecond),
			progressbar.OptionClearOnFinish(), progressbar.OptionEnableColorCodes(t.io.errColor()), progressbar.OptionSetPredictTime(false), progressbar.OptionSetElapsedTime(false))
	}
	t.bar.Describe(text)
	_ = t.bar.Set64(min(s.Totals.Weight, s.Totals.Done+s.Totals.InHand)) // a bar that cannot be drawn is no reason to stop
}

// figures is a load in a line: blocks done, rows, rates, what is left, where the time goes.
func figures(s *ledger.Status) string {
	var b strings.Builder
	t := &s.Totals
	percent := 100.0
	if t.Weight > 0 {
		percent = 100 * float64(min(t.Weight, t.Done+t.InHand)) / float64(t.Weight)
	}
	fmt.Fprintf(&b, "load: %.0f %%, %d of %d chunks, %d rows, %s", percent, t.Copied, t.Chunks, t.Written, megabytes(t.Bytes))
	if s.Rate.Rows > 0 && t.Copied < t.Chunks {
		fmt.Fprintf(&b, ", %.0f rows/s, %.1f MB/s", s.Rate.Rows, s.Rate.Bytes/1e6)
	}
	if s.Rate.Left > 0 {
		fmt.Fprintf(&b, ", about %s left", time.Duration(s.Rate.Left*float64(time.Second)).Round(time.Second))
	}
	if where := spent(s.Time); where != "" {
		b.WriteString(", " + where)
	}
	if t.Copied == t.Chunks {
		for _, c := range s.Steps {
			if c.Phase != "after" && c.Planned+c.Running > 0 {
				fmt.Fprintf(&b, "; %s: %d of %d", c.Phase, c.Done+c.Skipped, c.Done+c.Skipped+c.Planned+c.Running)
				break
			}
		}
	}
	if s.State == ledger.Paused {
		b.WriteString("; paused")
	}
	return b.String()
}

// spent is where the time of the streams went.
func spent(t ledger.Spent) string {
	all := t.SourceMS + t.EncodeMS + t.TargetMS
	if all == 0 {
		return ""
	}
	return fmt.Sprintf("time: Oracle %d %%, encoding %d %%, PostgreSQL %d %%", 100*t.SourceMS/all, 100*t.EncodeMS/all, 100*t.TargetMS/all)
}

// loadEnd is the last line of JSON of a run.
type loadEnd struct {
	Kind    string         `json:"kind"` // end
	Rejects string         `json:"rejects,omitempty"`
	Status  *ledger.Status `json:"status"`
}

// end tells what it came to.
func (t *loadTalk) end(s *ledger.Status, rejects string) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	switch {
	case t.json:
		return json.NewEncoder(t.io.Out).Encode(loadEnd{"end", rejects, s})
	case t.quiet:
		return nil
	}
	_, err := fmt.Fprintln(t.io.Out, loadSummary(s, rejects))
	return err
}

// loadSummary is a load that has ended, for people.
func loadSummary(s *ledger.Status, rejects string) string {
	t := &s.Totals
	var b strings.Builder
	fmt.Fprintf(&b, "load %s: %s as of SCN %s\n", s.Plan, s.State, s.SCN)
	fmt.Fprintf(&b, "tables %d, chunks %d of %d copied, %d verified\n", t.Tables, t.Copied, t.Chunks, t.Verified)
	fmt.Fprintf(&b, "rows: %d read = %d written + %d rejected; %s", t.Read, t.Written, t.Rejected, megabytes(t.Bytes))
	if where := spent(s.Time); where != "" {
		b.WriteString("; " + where)
	}
	for _, c := range s.Steps {
		if c.Phase != "after" || c.Done > 0 {
			fmt.Fprintf(&b, "\n%s: %d done", c.Phase, c.Done)
			if c.Skipped > 0 {
				fmt.Fprintf(&b, ", %d left out", c.Skipped)
			}
			if n := c.Planned + c.Running; n > 0 {
				fmt.Fprintf(&b, ", %d to do", n)
			}
		}
	}
	for _, x := range s.Skipped {
		note := ""
		if x.Note != nil {
			note = *x.Note
		}
		fmt.Fprintf(&b, "\nleft out: %s %s: %s", x.Phase, x.Name, note)
	}
	for _, c := range s.Changed {
		fmt.Fprintf(&b, "\nchanged: %s, column %s: %d values by %s: %s", c.Table, c.Column, c.Values, c.Fault, c.Action)
	}
	for _, f := range s.Failures {
		fmt.Fprintf(&b, "\nfailed: %s %d, %s: %s", f.What, f.No, f.Name, f.Error)
	}
	if rejects != "" {
		fmt.Fprintf(&b, "\nrejected rows: %s", rejects)
	}
	return b.String()
}
