package scratch

import (
	"context"
	"errors"
	"fmt"
	"os"
	"syscall"
	"time"
)

// Kill ends the server as kill -9 of the postmaster does: its backends die with it, and nothing is written down. Restart brings it back. A test
// that looks at what survives starts the server with synchronous_commit on. Kill and Restart are called by one goroutine at a time.
func (s *Server) Kill() error {
	if err := s.cmd.Process.Signal(syscall.SIGKILL); err != nil && !errors.Is(err, os.ErrProcessDone) {
		return err
	}
	select {
	case <-s.exited:
		return nil
	case <-time.After(10 * time.Second):
		return errors.New("postgres does not end")
	}
}

// Restart starts a server that was killed, and waits until it has recovered.
func (s *Server) Restart(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, startTimeout)
	defer cancel()
	who, err := runAs()
	if err != nil {
		return err
	}
	for {
		s.exited = make(chan struct{})
		if err := s.run(who, s.settings); err != nil {
			return err
		}
		conn, err := s.firstConn(ctx)
		if err == nil {
			return conn.Close(ctx)
		}
		// backends of the old server that have not noticed yet keep its memory, and the new one from starting
		select {
		case <-s.exited:
		case <-ctx.Done():
			return err
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("postgres does not start again: %w\n%s", ctx.Err(), s.logTail())
		case <-time.After(100 * time.Millisecond):
		}
	}
}
