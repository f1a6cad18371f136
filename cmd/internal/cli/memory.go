package cli

import (
	"bytes"
	"os"
	"runtime/debug"
	"strconv"
	"sync"
)

// estateMemory is what the conversion or assessment of an estate takes before the garbage collector hurries, on a machine that has
// more. What is known of an estate stays in memory as a whole, some 14 bytes a byte of source; up to this size collecting often is time for
// nothing, and beyond it memory that was never touched before costs more than collecting.
const estateMemory = 12 << 30

// pagesOnce: what is said of the heap's addresses stays.
var pagesOnce sync.Once

// spendMemory lets the collector rest while the heap is far below a size, or two thirds of the machine's memory, and
// keeps it near that size for large estates. What GOGC and GOMEMLIMIT say stays. The function it gives restores what was.
func spendMemory(most int64) (restore func()) {
	percent, limit := -2, int64(-1)
	most = min(most, machineMemory()/3*2)
	pagesOnce.Do(func() { askHugePages(most) })
	if _, set := os.LookupEnv("GOGC"); !set {
		percent = debug.SetGCPercent(400)
	}
	if _, set := os.LookupEnv("GOMEMLIMIT"); !set {
		limit = debug.SetMemoryLimit(most)
	}
	return func() {
		if percent != -2 {
			debug.SetGCPercent(percent)
		}
		if limit >= 0 {
			debug.SetMemoryLimit(limit)
		}
	}
}

// machineMemory is the memory that this process may have: of the machine and of its control group (Linux); estateMemory and
// half as much again where nobody tells.
func machineMemory() int64 {
	least := int64(estateMemory / 2 * 3)
	if b, err := os.ReadFile("/proc/meminfo"); err == nil {
		if f := bytes.Fields(b); len(f) > 1 && string(f[0]) == "MemTotal:" {
			if kb, err := strconv.ParseInt(string(f[1]), 10, 64); err == nil {
				least = min(least, kb<<10)
			}
		}
	}
	for _, name := range []string{"/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes"} {
		if b, err := os.ReadFile(name); err == nil {
			if v, err := strconv.ParseInt(string(bytes.TrimSpace(b)), 10, 64); err == nil && v > 0 {
				least = min(least, v)
			}
		}
	}
	return least
}
