package cli

import (
	"os"
	"runtime/debug"
)

// estateMemory is what the conversion of an estate takes before the garbage collector hurries. An estate stays in
// memory as a whole, some 17 bytes a byte of source; up to this size collecting often is time for nothing.
const estateMemory = 8 << 30

// spendMemory lets the collector rest while the heap is far below estateMemory and keeps it near that size for
// large estates. What GOGC and GOMEMLIMIT say stays. The function it gives restores what was.
func spendMemory() (restore func()) {
	percent, limit := -2, int64(-1)
	if _, set := os.LookupEnv("GOGC"); !set {
		percent = debug.SetGCPercent(400)
	}
	if _, set := os.LookupEnv("GOMEMLIMIT"); !set {
		limit = debug.SetMemoryLimit(estateMemory)
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
