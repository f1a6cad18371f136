package load

import (
	"context"
	"sync"
	"time"
)

// pace holds all streams of a process to so many bytes a second together. The zero value does not hold anybody.
type pace struct {
	mu     sync.Mutex
	limit  int64 // bytes a second; 0: none
	free   time.Time
	change chan struct{} // closed when the limit changes, so that who waits looks again
}

// set changes the limit while streams run.
func (p *pace) set(limit int64) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.limit == limit {
		return
	}
	p.limit, p.free = limit, time.Now()
	if p.change != nil {
		close(p.change)
		p.change = nil
	}
}

// wait notes that so many bytes went out, and waits until they may have.
func (p *pace) wait(ctx context.Context, bytes int64) error {
	p.mu.Lock()
	if p.limit <= 0 {
		p.mu.Unlock()
		return ctx.Err()
	}
	now := time.Now()
	if p.free.Before(now) {
		p.free = now
	}
	p.free = p.free.Add(time.Duration(float64(bytes) / float64(p.limit) * float64(time.Second)))
	until := p.free
	if p.change == nil {
		p.change = make(chan struct{})
	}
	change := p.change
	p.mu.Unlock()
	if d := until.Sub(now); d > 0 {
		t := time.NewTimer(d)
		defer t.Stop()
		select {
		case <-t.C:
		case <-change:
		case <-ctx.Done():
		}
	}
	return ctx.Err()
}
