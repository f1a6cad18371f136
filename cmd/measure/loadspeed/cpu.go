package loadspeed

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// clientCPU is what this process has used.
func clientCPU() (time.Duration, error) {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0, err
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano()), nil
}

// ticks of /proc a second; Linux has had 100 on every platform that Go runs on.
const tick = time.Second / 100

// serverCPU is what all processes of a server have used, those included that have ended.
func serverCPU(postmaster int) (time.Duration, error) {
	files, err := filepath.Glob("/proc/[0-9]*/stat")
	if err != nil {
		return 0, err
	}
	total := 0
	for _, f := range files {
		b, err := os.ReadFile(f)
		if err != nil {
			continue // it has ended meanwhile, and counts in its parent
		}
		// the name, in parentheses, may hold anything; behind it: state, parent ... utime is the 12th, with stime, cutime, cstime behind
		fields := strings.Fields(string(b[bytes.LastIndexByte(b, ')')+1:]))
		if len(fields) < 15 {
			return 0, fmt.Errorf("%s: %q", f, b)
		}
		own := filepath.Base(filepath.Dir(f)) == strconv.Itoa(postmaster)
		if !own && fields[1] != strconv.Itoa(postmaster) {
			continue
		}
		take := fields[11:13]
		if own {
			take = fields[11:15]
		}
		for _, s := range take {
			n, err := strconv.Atoi(s)
			if err != nil {
				return 0, err
			}
			total += n
		}
	}
	return time.Duration(total) * tick, nil
}

// machine names the processor and its cores.
func machine() string {
	b, err := os.ReadFile("/proc/cpuinfo")
	if err != nil {
		return "unknown processor"
	}
	for line := range strings.Lines(string(b)) {
		if k, v, ok := strings.Cut(line, ":"); ok && strings.TrimSpace(k) == "model name" {
			return strings.TrimSpace(v)
		}
	}
	return "unknown processor"
}

func load() string {
	b, err := os.ReadFile("/proc/loadavg")
	if err != nil {
		return "?"
	}
	one, _, _ := strings.Cut(string(b), " ")
	return one
}
