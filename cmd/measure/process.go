package main

import (
	"fmt"
	"os"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// watchPeak samples the largest resident size of a process (Linux, VmHWM of proc(5)) until done is closed. What wait4
// gives would count this program's own size in, which the new process shares until it runs.
func watchPeak(pid int, done <-chan struct{}) float64 {
	peak := 0.0
	tick := time.NewTicker(50 * time.Millisecond)
	defer tick.Stop()
	for {
		b, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
		if m := highWater.FindSubmatch(b); err == nil && m != nil {
			if kb, err := strconv.ParseFloat(string(m[1]), 64); err == nil {
				peak = max(peak, kb/1024)
			}
		}
		select {
		case <-done:
			return peak
		case <-tick.C:
		}
	}
}

var highWater = regexp.MustCompile(`VmHWM:\s+(\d+) kB`)

// trouble is what a failed process says: its panic, else its last line.
func trouble(name string) string {
	b, err := os.ReadFile(name)
	if err != nil {
		return err.Error()
	}
	lines := strings.Split(strings.TrimSpace(string(b)), "\n")
	said := lines[len(lines)-1]
	for _, l := range lines {
		if strings.HasPrefix(l, "panic:") || strings.HasPrefix(l, "fatal error:") {
			said = l
			break
		}
	}
	return said[:min(len(said), 300)]
}
