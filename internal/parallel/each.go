// Package parallel does the same for many things, several at a time.
//
// Input -> output: a count and a function of a place in; the function has been called for each place once when Each comes back.
// It keeps no order and no results: the function writes to its own place of a slice. Each may be called concurrently.
package parallel

import (
	"context"
	"runtime"
	"sync"
	"sync/atomic"
)

// Each calls do for 0 to n-1, jobs at a time (0 or less: as many as there are processors), and gives no new ones out once ctx has ended;
// then it gives ctx's error. After each one progress is told how many are done, one call at a time; nil is not told.
func Each(ctx context.Context, n, jobs int, progress func(done, total int), do func(i int)) error {
	if jobs <= 0 {
		jobs = runtime.GOMAXPROCS(0)
	}
	var (
		wg   sync.WaitGroup
		next atomic.Int64
		say  sync.Mutex
		done int
	)
	for range min(jobs, n) {
		wg.Go(func() {
			for ctx.Err() == nil {
				i := int(next.Add(1)) - 1
				if i >= n {
					return
				}
				do(i)
				if progress == nil {
					continue
				}
				say.Lock()
				done++
				progress(done, n)
				say.Unlock()
			}
		})
	}
	wg.Wait()
	return ctx.Err()
}
