package main

import (
	"os"
	"strings"
	"syscall"
)

// peakMB is the largest resident size of a process that has ended.
func peakMB(state *os.ProcessState) float64 {
	if usage, ok := state.SysUsage().(*syscall.Rusage); ok {
		return float64(usage.Maxrss) / 1024 // Linux counts kilobytes
	}
	return 0
}

// lastLine is the last line with text of a file, or why there is none.
func lastLine(name string) string {
	b, err := os.ReadFile(name)
	if err != nil {
		return err.Error()
	}
	lines := strings.Split(strings.TrimSpace(string(b)), "\n")
	last := lines[len(lines)-1]
	return last[:min(len(last), 300)]
}
