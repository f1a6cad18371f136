package tns

import (
	"context"
	"crypto/tls"
	"errors"
	"io"
	"net"
	"sync"
	"time"

	"landfall/internal/orasim/session"
)

// Options of a server; zero values are replaced by the defaults.
type Options struct {
	// Verifier is how passwords are said to be kept: 18453 (12c, the default) or 6949 (11g).
	Verifier int

	// NativeServices lets clients ask for native encryption and the like, and declines it then; without it they are told
	// in the first answer that there is none, which saves a round trip, but go-ora takes it even when it should insist.
	NativeServices bool

	// TLS makes it TCPS.
	TLS *tls.Config

	// MaxSessions is how many connections there may be at a time (ORA-12516); default 300.
	MaxSessions int

	// OpenCursors is how many cursors one session may have open (ORA-01000); default 1000.
	OpenCursors int

	// LoginTimeout ends connections that do not log in in time; default a minute, negative is never.
	LoginTimeout time.Duration

	// Log is told what nobody else is: connections that ended with an error, errors of the backend that are no ORA errors.
	// It may be called from many goroutines. Nil drops it.
	Log func(client, what string, err error)
}

// Server answers clients for a backend.
type Server struct {
	backend session.Backend
	options Options
	faults  faults

	mu        sync.Mutex
	closed    bool
	listeners map[net.Listener]bool
	conns     map[*connection]bool
	running   sync.WaitGroup
}

// ErrClosed is what Serve returns after Close.
var ErrClosed = errors.New("tns: server closed")

// New makes a server.
func New(backend session.Backend, o Options) (*Server, error) {
	if o.Verifier == 0 {
		o.Verifier = verifier12c
	}
	if o.Verifier != verifier11g && o.Verifier != verifier12c {
		return nil, errors.New("tns: the verifier is 18453 or 6949")
	}
	if o.MaxSessions == 0 {
		o.MaxSessions = 300
	}
	if o.OpenCursors == 0 {
		o.OpenCursors = 1000
	}
	if o.LoginTimeout == 0 {
		o.LoginTimeout = time.Minute
	}
	return &Server{
		backend: backend, options: o, listeners: map[net.Listener]bool{}, conns: map[*connection]bool{},
	}, nil
}

// Serve takes connections until the listener fails, the context ends or Close is called.
func (s *Server) Serve(ctx context.Context, l net.Listener) error {
	if s.options.TLS != nil {
		l = tls.NewListener(l, s.options.TLS)
	}
	s.mu.Lock()
	if s.closed {
		s.mu.Unlock()
		return ErrClosed
	}
	s.listeners[l] = true
	s.mu.Unlock()
	stop := context.AfterFunc(ctx, func() { _ = l.Close() })
	defer stop()
	defer func() {
		s.mu.Lock()
		delete(s.listeners, l)
		s.mu.Unlock()
		_ = l.Close()
	}()
	for {
		conn, err := l.Accept()
		if err != nil {
			s.mu.Lock()
			closed := s.closed
			s.mu.Unlock()
			if closed {
				return ErrClosed
			}
			if ctx.Err() != nil {
				return ctx.Err()
			}
			var temporary interface{ Temporary() bool }
			if errors.As(err, &temporary) && temporary.Temporary() {
				time.Sleep(10 * time.Millisecond) // out of descriptors: those who are in will leave
				continue
			}
			return err
		}
		c := newConnection(s, conn)
		s.mu.Lock()
		if s.closed {
			s.mu.Unlock()
			_ = conn.Close()
			return ErrClosed
		}
		s.conns[c] = true
		s.running.Add(1)
		s.mu.Unlock()
		go func() {
			defer s.running.Done()
			err := c.serve(ctx)
			s.mu.Lock()
			delete(s.conns, c)
			s.mu.Unlock()
			if err != nil && !quiet(err) {
				s.log(c, "connection", err)
			}
		}()
	}
}

// quiet errors are how connections end every day.
func quiet(err error) bool {
	return errors.Is(err, io.EOF) || errors.Is(err, errRefused) || errors.Is(err, errDropped) || errors.Is(err, errLost)
}

// Close ends all connections and waits until their sessions are closed.
func (s *Server) Close() error {
	s.mu.Lock()
	s.closed = true
	var err error
	for l := range s.listeners {
		err = errors.Join(err, l.Close())
	}
	for c := range s.conns {
		_ = c.link.conn.Close()
		c.interrupt()
	}
	s.mu.Unlock()
	s.running.Wait()
	return err
}

// Kill ends the session of that number as ALTER SYSTEM KILL SESSION does: its running call, or the next one, gets
// ORA-00028. It reports whether there is one.
func (s *Server) Kill(sid, serial uint32) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	for c := range s.conns {
		if id, ok := c.identity(); ok && id == [2]uint32{sid, serial} {
			c.endSession(nil)
			return true
		}
	}
	return false
}

// Sessions is how many connections there are, logged in or not.
func (s *Server) Sessions() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.conns)
}

// full tells a connection, which is counted already, whether there were too many before it.
func (s *Server) full() bool { return s.Sessions() > s.options.MaxSessions }

func (s *Server) log(c *connection, what string, err error) {
	if s.options.Log != nil {
		s.options.Log(c.login.Address, what, err)
	}
}
