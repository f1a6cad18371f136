//go:build linux && !race

package cli

import (
	"os"
	"runtime"
	"strings"
	"syscall"
)

// askHugePages has the kernel back the next n bytes of the heap with huge pages, where it does so for those who ask only ("madvise" in
// /sys/kernel/mm/transparent_hugepage/enabled, as most distributions set it). An estate's tree is gigabytes of small objects that
// are walked again and again: with pages of 4 KB a seventh of the time goes into taking them and into finding them.
//
// Go has no setting for it, but what is said of addresses stays with them. So one block is taken that nothing is written to, which
// costs no memory, its addresses are marked, and it goes back to the heap, which hands them out again. Errors mean small pages.
//
// A race detector keeps notes of every byte of a block, hence the condition above.
func askHugePages(n int64) {
	enabled, err := os.ReadFile("/sys/kernel/mm/transparent_hugepage/enabled")
	if err != nil || !strings.Contains(string(enabled), "[madvise]") {
		return
	}
	// Where no more is promised than there is, a block may be too much, and Go would end the process over it.
	if promised, err := os.ReadFile("/proc/sys/vm/overcommit_memory"); err != nil || strings.TrimSpace(string(promised)) == "2" {
		return
	}
	var most syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_AS, &most); err != nil || most.Cur != ^uint64(0) {
		return
	}
	block := make([]byte, n)
	_ = syscall.Madvise(block, syscall.MADV_HUGEPAGE)
	runtime.GC() // block is garbage by now
}
