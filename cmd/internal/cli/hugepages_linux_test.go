//go:build linux && !race

package cli

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
)

// TestAskHugePages holds that the heap's addresses are marked, and that nothing is taken for it.
func TestAskHugePages(t *testing.T) {
	enabled, err := os.ReadFile("/sys/kernel/mm/transparent_hugepage/enabled")
	if err != nil || !strings.Contains(string(enabled), "[madvise]") {
		t.Skipf("huge pages are not given to those who ask: %s%v", enabled, err)
	}
	const n = 8 << 30
	askHugePages(n) // which another test may have had done
	if now := marked(t); now < n {
		t.Errorf("%d bytes of addresses are marked, of %d", now, int64(n))
	}
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(status), "VmRSS:")
	var resident int64
	if _, err := fmt.Sscanf(rest, "%d kB", &resident); err != nil || resident<<10 > n/2 {
		t.Errorf("%d kB are resident, %v", resident, err)
	}
}

// marked is the size of the mappings whose flags say that huge pages are asked for.
func marked(t *testing.T) (bytes int64) {
	t.Helper()
	maps, err := os.ReadFile("/proc/self/smaps")
	if err != nil {
		t.Fatal(err)
	}
	var size int64
	for line := range strings.Lines(string(maps)) {
		if rest, is := strings.CutPrefix(line, "Size:"); is {
			if _, err := fmt.Sscanf(rest, "%d kB", &size); err != nil {
				t.Fatal(err)
			}
		}
		if rest, is := strings.CutPrefix(line, "VmFlags:"); is && slices.Contains(strings.Fields(rest), "hg") {
			bytes += size << 10
		}
	}
	return bytes
}
