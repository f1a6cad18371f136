package connect

import (
	"context"
	"sync"
	"time"
)

// watcher interrupts the driver when a context ends. The driver watches contexts itself, but not while it fetches, and it
// waits for ever for the answer to a break.
type watcher struct {
	s     *Session
	ctx   context.Context
	stop  func() bool
	mu    sync.Mutex
	hit   bool
	cause error
	done  bool
	hard  *time.Timer
}

// watch begins to watch; end must be called.
func (s *Session) watch(ctx context.Context) *watcher {
	w := &watcher{s: s, ctx: ctx}
	if ctx.Done() != nil {
		w.stop = context.AfterFunc(ctx, func() { w.interrupt(context.Cause(ctx)) })
	}
	return w
}

// interrupt sends a break when the driver is at work, and closes the connection if that does not help.
func (w *watcher) interrupt(cause error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	now := w.s.calls.Load()
	if w.done || w.hit || now%2 == 0 {
		return
	}
	w.hit, w.cause = true, cause
	if w.s.cut.Swap(now) == now {
		return // somebody else has, and one break is enough
	}
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

// why is what the interruption was for.
func (w *watcher) why() error {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.cause
}

func (w *watcher) interrupted() bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.hit
}
