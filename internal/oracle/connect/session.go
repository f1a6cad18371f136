package connect

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"sync/atomic"
	"time"

	goora "github.com/sijms/go-ora/v2"
)

// grace is how long a server may take to answer an interruption before the connection is closed under it.
const grace = 10 * time.Second

// fixed are the settings of every session: what conversions and comparisons in SQL depend on is the same everywhere.
// NLS_DATE_FORMAT and the like matter for texts only; values travel in binary.
const fixed = `ALTER SESSION SET NLS_LANGUAGE = 'AMERICAN' NLS_TERRITORY = 'AMERICA' NLS_CALENDAR = 'GREGORIAN' NLS_SORT = 'BINARY' NLS_COMP = 'BINARY'
	NLS_NUMERIC_CHARACTERS = '.,' NLS_DATE_FORMAT = 'YYYY-MM-DD HH24:MI:SS' NLS_DATE_LANGUAGE = 'AMERICAN'
	NLS_TIMESTAMP_FORMAT = 'YYYY-MM-DD HH24:MI:SS.FF9' NLS_TIMESTAMP_TZ_FORMAT = 'YYYY-MM-DD HH24:MI:SS.FF9 TZR' TIME_ZONE = '+00:00'`

// Session is one login. Methods of it and of its Rows are called by one goroutine at a time.
type Session struct {
	src            *Source
	opt            Options
	in             *inner
	dial           *dialer
	text, national *converter

	open   io.Closer // the rows that are
	broken error     // why the session is of no use any more
	closed bool
	calls  atomic.Uint64 // odd while the driver works
	cut    atomic.Uint64 // the call that a break was sent into
}

// begin makes a fresh login ours.
func (s *Session) begin(ctx context.Context) error {
	if err := s.text.use(s.in.charset); err != nil {
		return err
	}
	if name := s.opt.TextCharset; name != "" {
		if err := s.text.instead(name); err != nil {
			return err
		}
	}
	if err := s.national.use(s.in.ncharset); err != nil {
		return fmt.Errorf("national %w", err)
	}
	encrypted, checked := s.in.encrypted()
	if s.src.target.Encryption == Required && !encrypted && !s.src.target.TLS {
		return errors.New("encryption is required, and the server has none (ORA-12660); TCPS is another way")
	}
	if s.src.target.Integrity == Required && !checked && !s.src.target.TLS {
		return errors.New("integrity is required, and the server has none (ORA-12660); TCPS is another way")
	}
	// nothing is ever committed by itself
	if _, err := s.in.conn.Begin(); err != nil {
		return err
	}
	if err := s.exec(ctx, fixed); err != nil {
		return err
	}
	return s.exec(ctx, "BEGIN DBMS_APPLICATION_INFO.SET_MODULE(:1, :2); END;", s.opt.Module, "")
}

// Charset is the database's character set, Oracle's number: 873 AL32UTF8, 852 ZHS16GBK.
func (s *Session) Charset() int { return s.in.charset }

// TextCharset is the set that text is read by instead of the database's; "" when it is the database's.
func (s *Session) TextCharset() string {
	if s.text.own == s.text.set.id {
		return ""
	}
	return s.text.set.name
}

// NCharset is that of NCHAR, NVARCHAR2 and NCLOB: 2000 AL16UTF16 or 871 UTF8.
func (s *Session) NCharset() int { return s.in.ncharset }

// Holds says whether the database's character set has all characters of a text.
func (s *Session) Holds(text string) bool {
	if isASCII(text) { // as nearly all statements are
		return true
	}
	back, ok := s.text.decode(s.text.Encode(text))
	return ok && back == text
}

// sayable refuses a statement, and binds, with characters that the database's character set does not have: the server would take others in
// their place, and a condition would mean something else.
func (s *Session) sayable(sql string, args []any) error {
	what := func(text string) string {
		for _, r := range text {
			if !s.Holds(string(r)) {
				return fmt.Sprintf("%q (U+%04X)", r, r)
			}
		}
		return "a character"
	}
	if !s.Holds(sql) {
		return fmt.Errorf("%s of the statement is no character of %s, the character set of the database; UNISTR('\\XXXX') says it in text of the national one", what(sql), s.text.set.name)
	}
	for i, a := range args {
		if text, ok := a.(string); ok && !s.Holds(text) {
			return fmt.Errorf("%s of bind %d is no character of %s, the character set of the database", what(text), i+1, s.text.set.name)
		}
	}
	return nil
}

// Verifier is the kind of password verifier that the login used: 18453 is that of 12c, 6949 of 11g, 0 none.
func (s *Session) Verifier() int { return s.in.verifier }

// Fields is the version of the protocol's fields that both sides speak: 7 is 12.1, 8 12.2, 10 and 11 18c, 12 and 13 19c.
func (s *Session) Fields() int { return int(s.in.net.TTCVersion) }

// Encrypted says whether the traffic is: by TLS, or by native encryption.
func (s *Session) Encrypted() bool {
	encrypted, _ := s.in.encrypted()
	return encrypted || s.in.config.SSL
}

// Broken says why the session cannot be used any more; nil while it can.
func (s *Session) Broken() error { return s.broken }

// Action sets what V$SESSION.ACTION says the session is doing: the table of a chunk, for one.
func (s *Session) Action(ctx context.Context, action string) error {
	return s.Exec(ctx, "BEGIN DBMS_APPLICATION_INFO.SET_ACTION(:1); END;", action)
}

// ReadOnly begins a read-only transaction: all queries up to EndReadOnly see the database as it is now, and DML inside of
// functions that they call fails with ORA-01456. It needs undo as long as it lasts; reads AS OF SCN do not need it.
func (s *Session) ReadOnly(ctx context.Context) error {
	return s.Exec(ctx, "SET TRANSACTION READ ONLY")
}

// EndReadOnly ends it.
func (s *Session) EndReadOnly(ctx context.Context) error { return s.Exec(ctx, "ROLLBACK") }

// Exec runs a statement that gives no rows: a setting, a call (see Check).
func (s *Session) Exec(ctx context.Context, sql string, args ...any) error {
	k, err := check(sql)
	if err != nil {
		return err
	}
	if k == query {
		return fmt.Errorf("%w: a query gives rows", ErrRefused)
	}
	return s.exec(ctx, sql, args...)
}

func (s *Session) exec(ctx context.Context, sql string, args ...any) error {
	_, err := s.execCount(ctx, sql, args...)
	return err
}

func (s *Session) execCount(ctx context.Context, sql string, args ...any) (int64, error) {
	if err := s.ready(ctx); err != nil {
		return 0, err
	}
	if err := s.sayable(sql, args); err != nil {
		return 0, err
	}
	var res driver.Result
	// a statement of ours, not the connection's ExecContext, which closes the cursor after an error and by that loses its number
	stmt := goora.NewStmt(sql, s.in.conn)
	err := s.call(ctx, opExec, func() (err error) {
		res, err = stmt.ExecContext(context.Background(), named(args))
		return err
	})
	if s.broken == nil {
		if end := s.call(context.Background(), opExec, stmt.Close); err == nil {
			err = end
		}
	}
	if err != nil {
		return 0, err
	}
	n, err := res.RowsAffected()
	return n, wrap(opExec, err, s.in)
}

// ready says whether a statement may begin.
func (s *Session) ready(ctx context.Context) error {
	switch {
	case s.closed:
		return errors.New("the session is closed")
	case s.broken != nil:
		return s.broken
	case s.open != nil:
		return errors.New("the rows of the session's last query are still open")
	}
	return ctx.Err()
}

// call runs one call of the driver under the context and the time limit of statements, and keeps account of what it does
// to the session.
func (s *Session) call(ctx context.Context, op string, f func() error) error {
	if t := s.opt.StatementTimeout; t > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeoutCause(ctx, t, ErrTimeout)
		defer cancel()
	}
	return s.run(ctx, op, nil, f)
}

// run is call without a limit. The watcher, if there is one, is that of an open result, whose context may be another.
func (s *Session) run(ctx context.Context, op string, outer *watcher, f func() error) error {
	s.calls.Add(1) // first, so that whoever sees the context end from now on interrupts
	if ctx.Err() != nil {
		s.calls.Add(1)
		return cancelled(op, nil, context.Cause(ctx))
	}
	w := outer
	if w == nil || w.ctx != ctx {
		w = s.watch(ctx)
	}
	err := guarded(f)
	s.calls.Add(1)
	if w != outer {
		w.end()
	}
	if outer != nil && outer.interrupted() {
		w = outer
	}
	return s.outcome(op, err, w)
}

// outcome turns the end of a call into our error, and decides whether the session can go on.
func (s *Session) outcome(op string, err error, w *watcher) error {
	if w.interrupted() {
		wrapped := cancelled(op, err, w.why())
		var e *OracleError
		if errors.As(wrap(op, err, s.in), &e) && e.Code == 1013 {
			return wrapped // the server has taken it; the session is in order
		}
		// the break and the answer may have crossed: the next answer could be the one to the break
		s.abandon(&OracleError{Op: opLost, Pos: -1, Text: "the session was given up after an interruption", Cause: ErrCancelled})
		return wrapped
	}
	if err == nil {
		return nil
	}
	var p *panicked
	wrapped := wrap(op, err, s.in)
	if errors.As(err, &p) || errors.Is(wrapped, ErrLost) {
		s.abandon(wrapped)
	} else if e := (*OracleError)(nil); errors.As(wrapped, &e) && e.Code == 0 {
		// not an answer of the server: where in its stream we are is not known
		s.abandon(wrapped)
	}
	return wrapped
}

// abandon closes the connection at once; nothing is said to the server.
func (s *Session) abandon(why error) {
	if s.broken == nil {
		s.broken = why
	}
	s.dial.close()
}

// Close logs off. It may be called twice; open rows end.
func (s *Session) Close() error {
	if s.closed {
		return nil
	}
	var err error
	if s.open != nil {
		err = s.open.Close()
	}
	s.closed = true
	if s.broken == nil {
		// a server that does not answer any more must not hold us up
		t := time.AfterFunc(grace, s.dial.close)
		err = errors.Join(err, guarded(s.in.conn.Close))
		t.Stop()
	}
	s.dial.close()
	<-s.src.slots
	return wrap("log off", err, nil)
}

// named makes the driver's arguments of ours. Binds are by position.
func named(args []any) []driver.NamedValue {
	out := make([]driver.NamedValue, len(args))
	for i, a := range args {
		out[i] = driver.NamedValue{Ordinal: i + 1, Value: a}
	}
	return out
}
