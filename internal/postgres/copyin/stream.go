package copyin

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgproto3"

	"landfall/internal/postgres/value"
)

// ErrConnection is in errors after which the connection is closed.
var ErrConnection = errors.New("the connection is lost")

const (
	frameSize = 64 << 10 // of a CopyData message: the server keeps one whole, and a larger one leaves its cache and ours; smaller ones cost system calls
	frameHead = 5        // its type and length
)

// stream is one COPY in progress. What the server says meanwhile (notices of triggers, an error) is read by a goroutine of
// its own: a server whose notices nobody reads stops reading, too.
type stream struct {
	conn    *pgconn.PgConn
	ctx     context.Context
	unwatch func() bool // ends the watch over ctx; false when it has struck
	struck  chan struct{}
	answer  chan answer
	failed  atomic.Bool
	frame   []byte // head, then tuples
	sent    int64  // bytes of tuples
	waited  time.Duration
}

type answer struct {
	tag string
	err error // of the server, or of the connection
	net bool  // of the connection
}

// start sends the COPY and waits until the server is ready for rows.
func start(ctx context.Context, conn *pgconn.PgConn, sql string, frame []byte) (*stream, error) {
	s := &stream{conn: conn, ctx: ctx, struck: make(chan struct{}), answer: make(chan answer, 1)}
	begun := time.Now()
	conn.Frontend().SendQuery(&pgproto3.Query{String: sql})
	if err := conn.Frontend().Flush(); err != nil {
		return nil, s.lost(err)
	}
	var refused error
	for ready := false; !ready; {
		msg, err := conn.ReceiveMessage(ctx)
		if err != nil {
			return nil, s.lost(err)
		}
		switch msg := msg.(type) {
		case *pgproto3.ErrorResponse:
			refused = pgconn.ErrorResponseToPgError(msg)
		case *pgproto3.ReadyForQuery:
			if refused == nil {
				refused = fmt.Errorf("the server did not answer to %s", sql)
			}
			return nil, refused
		case *pgproto3.CopyInResponse:
			ready = refused == nil
		}
	}
	s.frame = value.AppendHeader(append(frame[:0], 'd', 0, 0, 0, 0))
	s.unwatch = context.AfterFunc(ctx, func() {
		_ = conn.Conn().SetDeadline(time.Unix(1, 0)) // wakes both who writes and who reads
		close(s.struck)
	})
	go s.listen()
	s.waited = time.Since(begun)
	return s, nil
}

// listen reads to the end of the COPY, good or bad, but for the message that the server is ready again.
func (s *stream) listen() {
	for {
		msg, err := s.conn.Frontend().Receive()
		if err != nil {
			s.failed.Store(true)
			s.answer <- answer{err: err, net: true}
			return
		}
		switch msg := msg.(type) {
		case *pgproto3.ErrorResponse:
			s.failed.Store(true)
			s.answer <- answer{err: pgconn.ErrorResponseToPgError(msg)}
			return
		case *pgproto3.CommandComplete:
			s.answer <- answer{tag: string(msg.CommandTag)}
			return
		}
	}
}

// flush sends the frame. After the server has refused a row nothing more needs to go out; finish has the error.
func (s *stream) flush() error {
	n := len(s.frame) - frameHead
	if n == 0 || s.failed.Load() {
		s.frame = s.frame[:frameHead]
		return nil
	}
	binary.BigEndian.PutUint32(s.frame[1:], uint32(n+4))
	begun := time.Now()
	err := s.conn.Frontend().SendUnbufferedEncodedCopyData(s.frame)
	s.waited += time.Since(begun)
	if err != nil && !s.failed.Load() {
		return err
	}
	s.sent += int64(n)
	s.frame = s.frame[:frameHead]
	return nil
}

// finish ends the COPY: whole, or given up where why is not empty. It says how many rows the server has taken. Errors
// of the server leave the connection usable, and its transaction failed.
func (s *stream) finish(why string) (rows int64, err error) {
	if why == "" {
		s.frame = value.AppendTrailer(s.frame)
		err = s.flush()
	}
	begun := time.Now()
	defer func() { s.waited += time.Since(begun) }()
	f := s.conn.Frontend()
	if why == "" {
		f.Send(&pgproto3.CopyDone{})
	} else {
		f.Send(&pgproto3.CopyFail{Message: why})
	}
	if err == nil {
		err = f.Flush()
	}
	if err != nil { // the listener wakes, too
		_ = s.conn.Conn().SetDeadline(time.Unix(1, 0))
	}
	a := <-s.answer
	if !s.unwatch() {
		<-s.struck
		return 0, s.lost(context.Cause(s.ctx))
	}
	switch {
	case a.net:
		return 0, s.lost(a.err)
	case err != nil && a.err == nil:
		return 0, s.lost(err)
	}
	for {
		msg, err := s.conn.ReceiveMessage(s.ctx)
		if err != nil {
			return 0, s.lost(err)
		}
		if _, ok := msg.(*pgproto3.ReadyForQuery); ok {
			break
		}
	}
	if a.err != nil {
		return 0, a.err
	}
	return pgconn.NewCommandTag(a.tag).RowsAffected(), nil
}

// lost closes the connection, whose state is not known any more, and asks the server to stop what it is doing on it.
func (s *stream) lost(err error) error {
	if cause := context.Cause(s.ctx); cause != nil {
		err = cause
		ctx, cancel := context.WithTimeout(context.WithoutCancel(s.ctx), 5*time.Second)
		defer cancel()
		_ = s.conn.CancelRequest(ctx) // as well as it goes: the server notices the end of the connection, too, once it reads
	}
	_ = s.conn.Conn().Close()
	ctx, cancel := context.WithTimeout(context.WithoutCancel(s.ctx), time.Second)
	defer cancel()
	_ = s.conn.Close(ctx) // so that others see that it is closed
	return fmt.Errorf("%w: %w", ErrConnection, err)
}
