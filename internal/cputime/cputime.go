// Package cputime tells what a piece of code costs the processor, for tests that hold how a cost grows.
//
// Input -> output: a function in, the time that the processor spent in its goroutine out, whatever else the machine does in
// the meantime. It does not count goroutines that the function starts, nor the collector. Everything may be called
// concurrently.
package cputime

import (
	"runtime"
	"time"
)

// Of runs f and gives the time that its thread took of the processor. Where the system does not tell, it is the time that
// has passed.
func Of(f func()) time.Duration {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	start := now()
	f()
	return now() - start
}
