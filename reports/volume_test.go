package reports

import (
	"io"
	"os"
	"runtime"
	"testing"
	"time"

	"landfall/assess"
)

// TestVolume writes every report of many findings and says how long it took, how large it is and how much memory it held
// beyond the result: 20,000 findings, a million with LANDFALL_SOAK=1.
func TestVolume(t *testing.T) {
	n := 20_000
	if os.Getenv("LANDFALL_SOAK") == "1" {
		n = 1_000_000
	}
	r := bigResult(n)
	for _, w := range []struct {
		name  string
		write func(io.Writer, *assess.Result, Options) error
		most  uint64 // MB of heap beyond the result; garbage may come to what the result itself takes
	}{
		{"html", WriteHTML, 900},
		{"xlsx", WriteXLSX, 900},
		{"json", func(w io.Writer, r *assess.Result, _ Options) error { return WriteJSON(w, r) }, 600},
		{"sarif", WriteSARIF, 400},
		{"junit", WriteJUnit, 300},
		{"github", WriteGitHub, 400},
		{"md", WriteMarkdown, 200},
	} {
		runtime.GC()
		var before runtime.MemStats
		runtime.ReadMemStats(&before)
		stop, most := make(chan struct{}), make(chan uint64)
		go func() {
			var top uint64
			for {
				var m runtime.MemStats
				runtime.ReadMemStats(&m)
				top = max(top, m.HeapInuse)
				select {
				case <-stop:
					most <- top
					return
				case <-time.After(50 * time.Millisecond):
				}
			}
		}()
		start := time.Now()
		var size counter
		if err := w.write(&size, r, Options{}); err != nil {
			t.Fatal(err)
		}
		took := time.Since(start)
		close(stop)
		top := <-most
		used := (top - min(top, before.HeapInuse)) >> 20
		t.Logf("%-6s %8d findings %6.1f s %6.1f MB, memory +%d MB", w.name, len(r.Findings), took.Seconds(), float64(size)/1e6, used)
		if used > w.most {
			t.Errorf("%s took %d MB of memory", w.name, used)
		}
	}
}

type counter int64

func (c *counter) Write(b []byte) (int, error) {
	*c += counter(len(b))
	return len(b), nil
}
