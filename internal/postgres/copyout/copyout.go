// Package copyout reads tables by binary COPY TO.
//
// Input -> output: a connection and a COPY ... TO STDOUT (FORMAT binary) in; the fingerprint of its tuples, or the tuples
// one by one, out. It reads from the socket in large pieces, and for a fingerprint keeps nothing of a row: memory does not depend on how
// long rows are. It begins no transaction and changes nothing. After an error of the server the connection can be used, after
// another it is closed.
//
// Its functions may be called at once, each with a connection of its own.
//
// Source: PostgreSQL manual, "Frontend/Backend Protocol", COPY Operations.
package copyout

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgproto3"

	"landfall/internal/postgres/value"
)

// Fingerprint is that of the tuples, each of so many fields, which a COPY TO gives.
func Fingerprint(ctx context.Context, conn *pgconn.PgConn, sql string, fields int) (value.Fingerprint, error) {
	h := value.NewHasher(fields)
	if err := read(ctx, conn, sql, h.Feed); err != nil {
		return value.Fingerprint{}, err
	}
	return h.Fingerprint(), h.Close()
}

// Tuples gives each tuple to yield, which may keep nothing of it. An error of yield ends the reading, and the connection
// with it.
func Tuples(ctx context.Context, conn *pgconn.PgConn, sql string, fields int, yield func(tuple []byte) error) error {
	r := value.NewReader(fields, 0)
	if err := read(ctx, conn, sql, func(piece []byte) error { return r.Feed(piece, yield) }); err != nil {
		return err
	}
	return r.Close()
}

// Rows gives the hash of each row to yield, with the fields that are asked for; see value.NewRowHasher. It keeps nothing else of a row. An
// error of yield ends the reading, and the connection with it.
func Rows(ctx context.Context, conn *pgconn.PgConn, sql string, fields, front int, keep []int, yield func(row value.HashedRow) error) error {
	h := value.NewRowHasher(fields, front, keep, yield)
	if err := read(ctx, conn, sql, h.Feed); err != nil {
		return err
	}
	return h.Close()
}

// bufferSize is what is asked of the socket at once.
const bufferSize = 256 << 10

// reader takes messages off a connection.
type reader struct {
	conn io.Reader
	buf  []byte
	at   int // of what is not used yet, to end
	end  int
}

// more has at least n bytes in the buffer, n being small.
func (r *reader) more(n int) error {
	for r.end-r.at < n {
		if r.at > 0 {
			r.end = copy(r.buf, r.buf[r.at:r.end])
			r.at = 0
		}
		got, err := r.conn.Read(r.buf[r.end:])
		r.end += got
		if err != nil && r.end-r.at < n {
			if err == io.EOF {
				err = io.ErrUnexpectedEOF
			}
			return err
		}
	}
	return nil
}

// head reads the type of a message and the length of its body.
func (r *reader) head() (typ byte, length int, err error) {
	if err := r.more(5); err != nil {
		return 0, 0, err
	}
	typ, length = r.buf[r.at], int(binary.BigEndian.Uint32(r.buf[r.at+1:]))-4
	r.at += 5
	if length < 0 {
		return 0, 0, fmt.Errorf("a message %q of %d bytes", typ, length)
	}
	return typ, length, nil
}

// pieces gives a body to yield as it comes.
func (r *reader) pieces(length int, yield func([]byte) error) error {
	for length > 0 {
		if err := r.more(1); err != nil {
			return err
		}
		// a row that is not whole in the buffer costs less when it is completed there than when it is hashed in parts
		if have := r.end - r.at; have < length && length <= len(r.buf) {
			if err := r.more(length); err != nil {
				return err
			}
		}
		n := min(length, r.end-r.at)
		if err := yield(r.buf[r.at : r.at+n]); err != nil {
			return err
		}
		r.at += n
		length -= n
	}
	return nil
}

// body reads a whole one, of messages that are small.
func (r *reader) body(length int) ([]byte, error) {
	var b []byte
	err := r.pieces(length, func(p []byte) error { b = append(b, p...); return nil })
	return b, err
}

func read(ctx context.Context, conn *pgconn.PgConn, sql string, feed func([]byte) error) error {
	if err := conn.SyncConn(ctx); err != nil { // so that the driver has read nothing ahead
		return err
	}
	query, err := (&pgproto3.Query{String: sql}).Encode(nil)
	if err != nil {
		return err
	}
	struck := make(chan struct{})
	unwatch := context.AfterFunc(ctx, func() {
		_ = conn.Conn().SetDeadline(time.Unix(1, 0))
		close(struck)
	})
	server, err := answer(conn, query, feed)
	if !unwatch() {
		<-struck
		err = context.Cause(ctx)
	}
	if err != nil {
		return lost(ctx, conn, err)
	}
	return server
}

// answer sends the query and reads all that comes back: server is what the server says against it, err everything after which
// the connection is of no use.
func answer(conn *pgconn.PgConn, query []byte, feed func([]byte) error) (server, err error) {
	if _, err := conn.Conn().Write(query); err != nil {
		return nil, err
	}
	r := &reader{conn: conn.Conn(), buf: make([]byte, bufferSize)}
	copied := false
	for {
		typ, length, err := r.head()
		if err != nil {
			return nil, err
		}
		switch typ {
		case 'd':
			if err := r.pieces(length, feed); err != nil {
				return nil, err
			}
			continue
		case 'H':
			copied = true
		}
		body, err := r.body(length)
		if err != nil {
			return nil, err
		}
		switch typ {
		case 'E':
			var e pgproto3.ErrorResponse
			if err := e.Decode(body); err != nil {
				return nil, err
			}
			server = pgconn.ErrorResponseToPgError(&e)
		case 'Z':
			switch {
			case server != nil:
			case !copied:
				server = errors.New("the statement is no COPY TO STDOUT")
			}
			return server, nil
		case 'G', 'T', 'D':
			return nil, errors.New("the statement is no COPY TO STDOUT")
		}
	}
}

// lost closes the connection and asks the server to stop.
func lost(ctx context.Context, conn *pgconn.PgConn, err error) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
	defer cancel()
	_ = conn.CancelRequest(ctx) // as well as it goes
	_ = conn.Conn().Close()
	_ = conn.Close(ctx)
	return err
}
