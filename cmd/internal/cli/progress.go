package cli

import (
	"fmt"
	"io"
	"sync"
	"time"

	"github.com/schollz/progressbar/v3"
)

// progress says how far a run is: on a terminal as a bar that goes away at the end, elsewhere as log lines that
// thin out with time (every second at first, then every 5 and every 30), so that a long run does not fill a log.
// Nothing is said of runs below a second. Its methods may be called concurrently.
type progress struct {
	mu    sync.Mutex
	out   io.Writer
	what  string
	unit  string // "" counts bytes
	total int64
	done  int64
	start time.Time
	last  time.Time
	now   func() time.Time
	bar   *progressbar.ProgressBar
}

// quietFor is how long a run may take before progress is shown.
const quietFor = time.Second

// newProgress begins; what is the work in one word, measured in bytes. A nil progress says nothing.
func newProgress(ios *IOStreams, quiet bool, what string) *progress {
	return newCounter(ios, quiet, what, "")
}

// newCounter is newProgress for work that is counted in something else than bytes.
func newCounter(ios *IOStreams, quiet bool, what, unit string) *progress {
	if quiet {
		return nil
	}
	p := &progress{out: ios.Err, what: what, unit: unit, now: time.Now}
	p.start = p.now()
	p.last = p.start
	if ios.live() {
		p.bar = progressbar.NewOptions64(-1,
			progressbar.OptionSetWriter(ios.Err),
			progressbar.OptionSetDescription(what),
			progressbar.OptionShowBytes(unit == ""),
			progressbar.OptionSetWidth(30),
			progressbar.OptionThrottle(100*time.Millisecond),
			progressbar.OptionClearOnFinish(),
			progressbar.OptionEnableColorCodes(ios.errColor()),
			progressbar.OptionSetPredictTime(true))
	}
	return p
}

// setTotal says how much there is in all, once that is known.
func (p *progress) setTotal(total int64) {
	if p == nil {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.total = total
	if p.bar != nil {
		p.bar.ChangeMax64(max(total, 1))
	}
}

// add reports that much more done.
func (p *progress) add(n int64) {
	if p == nil {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.done += n
	now := p.now()
	since := now.Sub(p.start)
	if p.bar != nil {
		if since >= quietFor {
			_ = p.bar.Set64(min(p.done, max(p.total, 1))) // a bar that cannot be drawn is no reason to stop
		}
		return
	}
	if now.Sub(p.last) < every(since) {
		return
	}
	p.last = now
	if p.unit != "" {
		fmt.Fprintf(p.out, "%s: %d of %d %s\n", p.what, p.done, p.total, p.unit)
		return
	}
	rate := float64(p.done) / 1e6 / since.Seconds()
	if p.total > 0 {
		fmt.Fprintf(p.out, "%s: %d %%, %.1f of %.1f MB, %.1f MB/s\n", p.what, 100*p.done/p.total, float64(p.done)/1e6, float64(p.total)/1e6, rate)
		return
	}
	fmt.Fprintf(p.out, "%s: %.1f MB, %.1f MB/s\n", p.what, float64(p.done)/1e6, rate)
}

// every is the distance of log lines after some time.
func every(since time.Duration) time.Duration {
	switch {
	case since < 10*time.Second:
		return time.Second
	case since < time.Minute:
		return 5 * time.Second
	}
	return 30 * time.Second
}

// end takes the bar away.
func (p *progress) end() {
	if p == nil || p.bar == nil {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.now().Sub(p.start) >= quietFor {
		_ = p.bar.Finish() // as above
	}
}
