package connect

import (
	"context"
	"sync"
	"time"
)

// watcher interrupts the driver when a context ends. The driver watches contexts itself, but not while it fetches, and it
// waits for ever for the answer to a break.
type watcher struct {
	s    *Session
	stop func() bool
	mu   sync.Mutex
	hit  bool
	done bool
	hard *time.Timer
}

// watch begins to watch; end must be called.
func (s *Session) watch(ctx context.Context) *watcher {
	w := &watcher{s: s}
	if ctx.Done() != nil {
		w.stop = context.AfterFunc(ctx, w.interrupt)
	}
	return w
}

// interrupt sends a break when the driver is at work, and closes the connection if that does not help.
func (w *watcher) interrupt() {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.done || w.hit || w.s.calls.Load()%2 == 0 {
		return
	}
	w.hit = true
	w.hard = time.AfterFunc(grace, w.s.dial.close)
	if guarded(w.s.in.net.BreakConnection) != nil {
		w.s.dial.close()
	}
}

// end stops watching; what has begun is finished.
func (w *watcher) end() {
	if w.stop != nil {
		w.stop()
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.done = true
	if w.hard != nil {
		w.hard.Stop()
	}
}

func (w *watcher) interrupted() bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.hit
}
