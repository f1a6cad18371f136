// Package loadtest gives tests of the load a source without a wire: a session of the embedded Oracle's engine behind the load's
// own interface.
//
// Input -> output: an engine.Database in, a source.Database out whose rows are the engine's own bytes, that is, what a
// server would send. It is for tests and benchmarks only. Open may be called by many goroutines.
package loadtest

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync/atomic"
	"testing"
	"unicode/utf16"

	"landfall/internal/orasim/engine"
	"landfall/internal/orasim/session"
	"landfall/load/source"
)

// User is the account that the sessions log in as.
const User = "LANDFALL"

// Database is an engine's database as a source.
type Database struct {
	*engine.Database
	// Live counts the sessions that are open.
	Live atomic.Int64
	// Inline is how many bytes of a LOB come in the row; longer ones are streamed.
	Inline int
	// Fault, when set, is asked before every query and every row, and its error is what the caller gets.
	Fault func(sql string, row int64) error
	// BadLOB, when set, is shown every text that is streamed, and its error is what who reads it gets in the end.
	BadLOB func(text []byte) error
	// Closed, when set, is asked before every login, likewise.
	Closed func() error
}

// New makes an empty database.
func New() *Database { return NewNamed("SIM") }

// NewNamed makes one of another name.
func NewNamed(name string) *Database {
	db := engine.New(session.Info{Name: name, Unique: name, Service: name, Instance: name, Version: session.Version{19, 3, 0, 0, 0}, Charset: 873, NCharset: 2000}, nil)
	db.AddUser(User, "secret")
	return &Database{Database: db, Inline: 32 << 10}
}

// Exec runs statements, one after the other, as an account, and commits.
func (d *Database) Exec(t testing.TB, user string, statements ...string) {
	t.Helper()
	d.AddUser(user, "secret")
	s, err := d.login(t.Context(), user)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	for _, text := range statements {
		st, err := s.Parse(t.Context(), text)
		if err == nil {
			_, err = st.Execute(t.Context(), &session.Call{Rows: [][][]byte{{}}})
		}
		if err != nil {
			t.Fatalf("%s: %v", text, err)
		}
	}
	if err := s.Commit(t.Context()); err != nil {
		t.Fatal(err)
	}
}

func (d *Database) login(ctx context.Context, user string) (session.Session, error) {
	return d.Login(ctx, session.Login{User: user, Program: "loadtest"})
}

// Open implements source.Database.
func (d *Database) Open(ctx context.Context) (source.Session, error) {
	if d.Closed != nil {
		if err := d.Closed(); err != nil {
			return nil, err
		}
	}
	s, err := d.login(ctx, User)
	if err != nil {
		return nil, oracle(err)
	}
	d.Live.Add(1)
	return &conn{db: d, s: s}, nil
}

type conn struct {
	db *Database
	s  session.Session
}

func (c *conn) Close() error {
	c.db.Live.Add(-1)
	return c.s.Close()
}

func (c *conn) Query(ctx context.Context, sql string, binds ...string) (source.Rows, error) {
	if f := c.db.Fault; f != nil {
		if err := f(sql, 0); err != nil {
			return nil, err
		}
	}
	st, err := c.s.Parse(ctx, sql)
	if err != nil {
		return nil, oracle(fmt.Errorf("%s: %w", sql, err))
	}
	if st.Kind() != session.Query {
		return nil, errors.New("only queries are run")
	}
	call := &session.Call{Rows: [][][]byte{{}}}
	for _, b := range binds {
		call.Binds = append(call.Binds, session.Bind{Type: session.Varchar2, Size: 4000})
		var v []byte
		if b != "" {
			v = []byte(b)
		}
		call.Rows[0] = append(call.Rows[0], v)
	}
	r, err := st.Execute(ctx, call)
	if err != nil {
		return nil, oracle(fmt.Errorf("%s: %w", sql, err))
	}
	return &rows{c: c, sql: sql, r: r.Rows, columns: r.Columns, large: make([]*lob, len(r.Columns)), text: make([][]byte, len(r.Columns)), whole: make([]bool, len(r.Columns))}, nil
}

func (c *conn) Read(ctx context.Context, columns []source.Column, _ int, tail string, binds ...string) (source.Rows, error) {
	list := make([]string, len(columns))
	for i, col := range columns {
		list[i] = col.Expr
	}
	r, err := c.Query(ctx, "SELECT "+strings.Join(list, ", ")+tail, binds...)
	if err != nil {
		return nil, err
	}
	for i, col := range columns {
		r.(*rows).whole[i] = col.Type.Name == source.JSONText
	}
	return r, nil
}

// Error is an error of the database with its number.
type Error struct {
	Code int
	Err  error
}

func (e *Error) Error() string { return e.Err.Error() }
func (e *Error) Unwrap() error { return e.Err }

// ORACode is the number.
func (e *Error) ORACode() int { return e.Code }

func oracle(err error) error {
	var e *session.Error
	if errors.As(err, &e) {
		return &Error{e.Code, err}
	}
	return err
}

type rows struct {
	c       *conn
	sql     string
	r       session.Rows
	columns []session.Column
	large   []*lob
	text    [][]byte
	whole   []bool // columns that come in the row however long they are
	n       int64
}

func (r *rows) Columns() []string {
	names := make([]string, len(r.columns))
	for i, c := range r.columns {
		names[i] = c.Name
	}
	return names
}

func (r *rows) Close() error { return r.r.Close() }

// Changed implements source.Rows: bytes come as they are.
func (r *rows) Changed() []source.Changed { return nil }

func (r *rows) Large(i int) io.Reader {
	if r.large[i] == nil {
		return nil // not a nil *lob in an interface
	}
	return r.large[i]
}

func (r *rows) Next(ctx context.Context, row [][]byte) error {
	r.n++
	if f := r.c.db.Fault; f != nil {
		if err := f(r.sql, r.n); err != nil {
			return err
		}
	}
	if err := r.r.Next(ctx, row); err != nil {
		return oracle(err)
	}
	for i := range r.columns {
		r.large[i] = nil
		if row[i] == nil {
			continue
		}
		switch c := r.columns[i]; {
		case c.Type == session.CLOB || c.Type == session.BLOB:
			l := &lob{ctx: ctx, s: r.c.s, locator: append([]byte(nil), row[i]...), text: c.Type == session.CLOB}
			n, err := r.c.s.LOBLength(ctx, l.locator)
			if err != nil {
				return oracle(err)
			}
			if int(n) > r.c.db.Inline && !r.whole[i] {
				if l.text {
					l.bad = r.c.db.BadLOB
				}
				r.large[i], row[i] = l, []byte{}
				continue
			}
			b, err := io.ReadAll(l)
			if err != nil {
				return err
			}
			row[i] = append([]byte{}, b...)
		case c.National && (c.Type == session.Varchar2 || c.Type == session.Char):
			r.text[i] = utf8of(r.text[i][:0], row[i])
			row[i] = r.text[i]
		}
	}
	return nil
}

// lob reads a LOB from front to back.
type lob struct {
	ctx     context.Context
	s       session.Session
	locator []byte
	text    bool
	at      uint64
	raw     []byte
	have    []byte
	end     bool
	all     []byte // for bad, where that is set
	bad     func(text []byte) error
}

// units of one read: an even number of halves of surrogate pairs may still be cut, see Read.
const units = 16 << 10

func (l *lob) Read(p []byte) (int, error) {
	for len(l.have) == 0 {
		if l.end {
			if l.bad != nil {
				if err := l.bad(l.all); err != nil {
					return 0, err
				}
			}
			return 0, io.EOF
		}
		var err error
		if l.raw, err = l.s.ReadLOB(l.ctx, l.raw[:0], l.locator, l.at, units); err != nil {
			return 0, oracle(err)
		}
		if !l.text {
			l.at += uint64(len(l.raw))
			l.end = len(l.raw) < units
			l.have = l.raw
			continue
		}
		n := len(l.raw) / 2
		l.end = n < units
		// a pair that is cut in the middle is read again whole
		if last := n - 1; !l.end && utf16.IsSurrogate(rune(binary.BigEndian.Uint16(l.raw[2*last:]))) && binary.BigEndian.Uint16(l.raw[2*last:]) < 0xDC00 {
			n--
		}
		l.at += uint64(n)
		l.have = utf8of(nil, l.raw[:2*n])
	}
	n := copy(p, l.have)
	if l.bad != nil {
		l.all = append(l.all, p[:n]...)
	}
	l.have = l.have[n:]
	return n, nil
}

func utf8of(dst, src []byte) []byte {
	u := make([]uint16, len(src)/2)
	for i := range u {
		u[i] = binary.BigEndian.Uint16(src[2*i:])
	}
	return append(dst, string(utf16.Decode(u))...)
}
