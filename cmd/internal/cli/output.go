package cli

import (
	"fmt"
	"io"
	"sync"
)

// output is standard output that remembers its first error: what a command prints is its result, and one that is cut off (a full disk behind
// a redirection) must not pass for whole. It may be written to by several goroutines.
type output struct {
	to    io.Writer
	mu    sync.Mutex
	wrong error
}

func (o *output) Write(b []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.wrong != nil { // a piece from the middle would be worse than none
		return 0, o.wrong
	}
	n, err := o.to.Write(b)
	if err == nil && n < len(b) {
		err = io.ErrShortWrite
	}
	o.wrong = err
	return n, err
}

// failed gives what went wrong, nil where nothing did.
func (o *output) failed() error {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.wrong == nil {
		return nil
	}
	return fmt.Errorf("standard output: %w; what was printed is not whole", o.wrong)
}
