package scripts

import (
	"context"
	"runtime"
	"sync"
	"sync/atomic"
)

// each calls do for 0 to n-1, so many at a time (0 or less: as many as there are processors), and gives no new ones out once ctx has
// ended. It stands here because what reads Oracle's language imports nothing but itself and the model.
func each(ctx context.Context, n, jobs int, do func(i int)) {
	if jobs <= 0 {
		jobs = runtime.GOMAXPROCS(0)
	}
	var (
		wg   sync.WaitGroup
		next atomic.Int64
	)
	for range min(jobs, n) {
		wg.Go(func() {
			for ctx.Err() == nil {
				i := int(next.Add(1)) - 1
				if i >= n {
					return
				}
				do(i)
			}
		})
	}
	wg.Wait()
}

// progress tells Options.Progress of one file after the other, one call at a time.
type progress struct {
	mu    sync.Mutex
	done  int
	total int
	tell  func(done, total int, file string)
}

func (p *progress) file(name string) {
	if p.tell == nil {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.done++
	p.tell(p.done, p.total, name)
}
