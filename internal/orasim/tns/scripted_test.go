package tns_test

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"sort"
	"strconv"
	"strings"
	"sync"
	"time"

	"landfall/internal/orasim/session"
)

// scripted is a backend that knows some texts by heart: every type, and every way to ask and to answer.
type scripted struct {
	charset  int
	password string

	mu      sync.Mutex
	open    int // sessions
	serial  uint32
	logins  []session.Login
	clients []session.Client
	table   map[int64]string // of all sessions: what T holds
}

func newScripted() *scripted {
	return &scripted{charset: 873, password: "tiger", table: map[int64]string{}}
}

func (b *scripted) Open(_ context.Context, t session.Target) (session.Database, error) {
	if strings.EqualFold(t.Service, "DEMO") || strings.EqualFold(t.SID, "DEMO1") {
		return b, nil
	}
	if t.SID != "" {
		return nil, &session.Error{Code: 12505, Text: "TNS:listener does not currently know of SID given in connect descriptor"}
	}
	return nil, &session.Error{Code: 12514, Text: "TNS:listener does not currently know of service requested in connect descriptor"}
}

func (b *scripted) Info() session.Info {
	return session.Info{
		Name: "DEMO", Instance: "DEMO1", Service: "demo", Version: session.Version{19, 3, 0, 0, 0},
		Banner: "Oracle Database 19c Enterprise Edition Release 19.0.0.0.0 - Production", Charset: b.charset, NCharset: 2000,
	}
}

func (b *scripted) Password(_ context.Context, user string) (string, bool) {
	return b.password, strings.EqualFold(user, "scott") || strings.EqualFold(user, "locked")
}

func (b *scripted) Login(_ context.Context, l session.Login) (session.Session, error) {
	if strings.EqualFold(l.User, "locked") {
		return nil, &session.Error{Code: 28000, Text: "The account is locked."}
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.open++
	b.serial++
	b.logins = append(b.logins, l)
	return &scriptSession{b: b, login: l, serial: b.serial, lobs: map[uint64]*lob{}, cursors: map[uint64]*session.Cursor{}}, nil
}

func (b *scripted) opened() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.open
}

type lob struct {
	data      []byte
	clob      bool
	temporary bool
}

type scriptSession struct {
	b       *scripted
	login   session.Login
	serial  uint32
	last    uint64
	lobs    map[uint64]*lob
	cursors map[uint64]*session.Cursor
	changes map[int64]*string // of T, not committed; nil is deleted
}

func (s *scriptSession) State() session.State {
	return session.State{SID: 100 + s.serial, Serial: s.serial, NLS: map[string]string{"NLS_DATE_FORMAT": "DD-MON-RR"}}
}

func (s *scriptSession) Commit(context.Context) error {
	s.b.mu.Lock()
	defer s.b.mu.Unlock()
	for k, v := range s.changes {
		if v == nil {
			delete(s.b.table, k)
		} else {
			s.b.table[k] = *v
		}
	}
	s.changes = nil
	return nil
}

func (s *scriptSession) Rollback(context.Context) error { s.changes = nil; return nil }
func (s *scriptSession) InTransaction() bool            { return s.changes != nil }

func (s *scriptSession) SetClient(what session.ClientFields, c session.Client) {
	s.b.mu.Lock()
	defer s.b.mu.Unlock()
	if what != 0 {
		s.b.clients = append(s.b.clients, c)
	}
}

func (s *scriptSession) Close() error {
	s.b.mu.Lock()
	defer s.b.mu.Unlock()
	s.b.open--
	return nil
}

func (s *scriptSession) Cursor(_ context.Context, v []byte) (*session.Cursor, error) {
	c := s.cursors[binary.BigEndian.Uint64(v)]
	if c == nil {
		return nil, &session.Error{Code: 1001, Text: "invalid cursor"}
	}
	return c, nil
}

func (s *scriptSession) handle(c *session.Cursor) []byte {
	s.last++
	s.cursors[s.last] = c
	return binary.BigEndian.AppendUint64(nil, s.last)
}

func (s *scriptSession) newLOB(l lob) []byte {
	s.last++
	s.lobs[s.last] = &l
	return binary.BigEndian.AppendUint64(nil, s.last)
}

func (s *scriptSession) clob(text string) []byte {
	return s.newLOB(lob{data: utf16be(text), clob: true})
}

func (s *scriptSession) lob(loc []byte) (*lob, error) {
	if string(loc) == "\x00\x03DIR\x00\x05a.bin" {
		return &lob{data: []byte("in a file")}, nil
	}
	if len(loc) == 8 {
		if l := s.lobs[binary.BigEndian.Uint64(loc)]; l != nil {
			return l, nil
		}
	}
	return nil, &session.Error{Code: 22922, Text: "nonexistent LOB value"}
}

func (l *lob) unit() uint64 {
	if l.clob {
		return 2
	}
	return 1
}

func (s *scriptSession) LOBLength(_ context.Context, loc []byte) (uint64, error) {
	l, err := s.lob(loc)
	if err != nil {
		return 0, err
	}
	return uint64(len(l.data)) / l.unit(), nil
}

func (s *scriptSession) ReadLOB(_ context.Context, dst, loc []byte, offset, amount uint64) ([]byte, error) {
	l, err := s.lob(loc)
	if err != nil {
		return dst, err
	}
	size := uint64(len(l.data))
	from := min(offset*l.unit(), size)
	to := min(from+amount*l.unit(), size)
	return append(dst, l.data[from:to]...), nil
}

func (s *scriptSession) WriteLOB(_ context.Context, loc []byte, offset uint64, data []byte) error {
	l, err := s.lob(loc)
	if err != nil {
		return err
	}
	from := int(offset * l.unit())
	for len(l.data) < from+len(data) {
		l.data = append(l.data, 0)
	}
	copy(l.data[from:], data)
	return nil
}

func (s *scriptSession) TrimLOB(_ context.Context, loc []byte, length uint64) error {
	l, err := s.lob(loc)
	if err == nil {
		l.data = l.data[:min(uint64(len(l.data)), length*l.unit())]
	}
	return err
}

func (s *scriptSession) CreateTemporary(_ context.Context, t session.Type, _ bool) ([]byte, error) {
	return s.newLOB(lob{clob: t == session.CLOB, temporary: true}), nil
}

func (s *scriptSession) FreeTemporary(_ context.Context, loc []byte) error {
	if _, err := s.lob(loc); err != nil {
		return err
	}
	delete(s.lobs, binary.BigEndian.Uint64(loc))
	return nil
}

func (s *scriptSession) IsTemporary(loc []byte) bool {
	l, err := s.lob(loc)
	return err == nil && l.temporary
}

// statement is one text of the script.
type statement struct {
	kind    session.Kind
	execute func(ctx context.Context, call *session.Call) (*session.Result, error)
	columns []session.Column
}

func (st *statement) Kind() session.Kind { return st.kind }
func (st *statement) Close() error       { return nil }
func (st *statement) Describe(context.Context, []session.Bind) ([]session.Column, error) {
	return st.columns, nil
}

func (st *statement) Execute(ctx context.Context, call *session.Call) (*session.Result, error) {
	return st.execute(ctx, call)
}

// slice is rows that are all there.
type slice struct {
	rows [][][]byte
	next int
}

func (r *slice) Next(ctx context.Context, row [][]byte) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if r.next >= len(r.rows) {
		return io.EOF
	}
	copy(row, r.rows[r.next])
	r.next++
	return nil
}
func (r *slice) Close() error { return nil }

// generator makes rows as long as it is asked to.
type generator struct {
	n, end int
	make   func(n int, row [][]byte)
}

func (r *generator) Next(ctx context.Context, row [][]byte) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if r.n >= r.end {
		return io.EOF
	}
	r.n++
	r.make(r.n, row)
	return nil
}
func (r *generator) Close() error { return nil }

func query(cols []session.Column, rows ...[][]byte) *statement {
	return &statement{kind: session.Query, columns: cols, execute: func(context.Context, *session.Call) (*session.Result, error) {
		return &session.Result{Columns: cols, Rows: &slice{rows: rows}}, nil
	}}
}

func done(kind session.Kind, rows uint64) *statement {
	return &statement{kind: kind, execute: func(context.Context, *session.Call) (*session.Result, error) {
		return &session.Result{RowCount: rows}, nil
	}}
}

// Parse finds the statement. Parts of a text that stand for a number are parameters of the script.
func (s *scriptSession) Parse(_ context.Context, sql string) (session.Statement, error) {
	text := strings.Join(strings.Fields(strings.TrimSuffix(strings.TrimSpace(sql), ";")), " ")
	lower := strings.ToLower(text)
	var n int
	switch {
	case strings.HasPrefix(lower, "alter session"):
		return done(session.Alter, 0), nil
	case strings.HasPrefix(lower, "create table"):
		return done(session.Create, 0), nil
	case strings.HasPrefix(lower, "create or replace procedure broken"):
		return &statement{kind: session.Create, execute: func(context.Context, *session.Call) (*session.Result, error) {
			return &session.Result{Warning: &session.Error{Code: 24344, Text: "success with compilation error"}}, nil
		}}, nil
	case lower == "select systimestamp from dual":
		c := column("SYSTIMESTAMP", session.TimestampTZ)
		c.Scale = 6
		return query([]session.Column{c}, [][]byte{zoned(time.Date(2026, 11, 20, 21, 1, 8, 0, time.UTC), 0)}), nil
	case lower == "select * from nope":
		return nil, &session.Error{Code: 942, Text: "table or view does not exist", Pos: strings.Index(lower, "nope")}
	case lower == "select * from scalars":
		return scalars(), nil
	case lower == "select * from intervals":
		return intervals(), nil
	case lower == "select * from longs":
		return query([]session.Column{number("ID", 10, 0), column("L", session.Long), column("R", session.LongRaw)},
			[][]byte{num("1"), []byte(strings.Repeat("long ä ", 5000)), []byte(strings.Repeat("\x00\xff", 20000))},
			[][]byte{num("2"), nil, nil}, [][]byte{num("3"), []byte("x"), {1}}), nil
	case lower == "select * from lobs":
		return s.lobRows(), nil
	case lower == "select doc from xml":
		c := column("DOC", session.Object)
		c.TypeSchema, c.TypeName = "SYS", "XMLTYPE"
		if s.login.Driver == "OracleClientGo" { // it reads two bytes more than there are of one that is NULL
			return query([]session.Column{number("ID", 5, 0), c}, [][]byte{num("1"), []byte("<a>ä</a>")},
				[][]byte{num("2"), []byte("<b>" + strings.Repeat("long ä ", 1000) + "</b>")}), nil
		}
		return query([]session.Column{number("ID", 5, 0), c}, [][]byte{num("1"), []byte("<a>ä</a>")},
			[][]byte{num("2"), []byte("<b>" + strings.Repeat("long ä ", 1000) + "</b>")}, [][]byte{num("3"), nil}), nil
	case lower == "select * from lobids":
		cols := []session.Column{column("RID", session.RowID), column("C", session.CLOB), number("N", 0, -127), varchar("V", 10)}
		return &statement{kind: session.Query, columns: cols, execute: func(context.Context, *session.Call) (*session.Result, error) {
			row := [][]byte{rowID(73196, 4, 1234, 7), s.clob("text"), num("1.5"), []byte("v")}
			return &session.Result{Columns: cols, Rows: &slice{rows: [][][]byte{row}}}, nil
		}}, nil
	case lower == "select f from files":
		return query([]session.Column{column("F", session.BFile)}, [][]byte{[]byte("\x00\x03DIR\x00\x05a.bin")}, [][]byte{nil}), nil
	case lower == "select * from nested":
		return s.nested(), nil
	case lower == "select * from sleep":
		return &statement{kind: session.Query, columns: []session.Column{number("N", 0, -127)}, execute: func(ctx context.Context, _ *session.Call) (*session.Result, error) {
			<-ctx.Done()
			return nil, ctx.Err()
		}}, nil
	case scan(lower, "select * from generate %d", &n):
		return generate(n), nil
	case scan(lower, "select * from fails after %d", &n):
		return s.failsAfter(n), nil
	case strings.HasPrefix(lower, "select") && strings.HasSuffix(lower, "from dual"):
		return echo(), nil
	case lower == "select id, name from t order by id":
		return s.selectT(), nil
	case strings.HasPrefix(lower, "insert into t "):
		return s.insertT(lower), nil
	case strings.HasPrefix(lower, "update t set"), strings.HasPrefix(lower, "delete from t"):
		return s.changeT(lower), nil
	case strings.HasPrefix(lower, "begin") || strings.HasPrefix(lower, "declare"):
		return s.block(lower)
	}
	return nil, &session.Error{Code: 900, Text: "invalid SQL statement"}
}

func scan(text, format string, n *int) bool {
	got, err := fmt.Sscanf(text, format, n)
	return err == nil && got == 1
}

var scalarColumns = func() []session.Column {
	nv := session.Column{Name: "NV", Type: session.Varchar2, Size: 200, Chars: 100, National: true, Nullable: true}
	ts, tz := column("TS", session.Timestamp), column("TZ", session.TimestampTZ)
	ts.Scale, tz.Scale = 9, 9
	ch := session.Column{Name: "C", Type: session.Char, Size: 10, Chars: 10, Nullable: true}
	raw := session.Column{Name: "R", Type: session.Raw, Size: 2000, Nullable: true}
	id := number("ID", 10, 0)
	id.Nullable = false
	return []session.Column{
		id, number("N", 0, -127), number("P", 12, 2), varchar("V", 32767), ch, nv, column("D", session.Date), ts, tz, raw,
		column("RID", session.RowID), column("BF", session.BinaryFloat), column("BD", session.BinaryDouble),
	}
}()

// longText is 32767 bytes of UTF-8.
var longText = strings.Repeat("ä", 16383) + "x"

func scalars() *statement {
	at := time.Date(2024, 2, 29, 13, 14, 15, 123456789, time.UTC)
	row := func(id, n, p, v, c, nv string, d, ts, tz, raw, rid []byte, bf float32, bd float64) [][]byte {
		return [][]byte{num(id), num(n), num(p), []byte(v), []byte(c), utf16be(nv), d, ts, tz, raw, rid, binaryFloat(bf), binaryDouble(bd)}
	}
	empty := make([][]byte, len(scalarColumns))
	empty[0] = num("4")
	return query(scalarColumns,
		row("1", "12345678901234567890123456789012345678", "-12.50", "grüße 😀", "ab        ", "國 😀", date(2024, 2, 29, 13, 14, 15),
			timestamp(date(2024, 2, 29, 13, 14, 15), 123456789), zoned(at, -330), []byte{0, 1, 0xff}, rowID(73196, 4, 1234, 7), 1.5, -2.25),
		row("2", "1e125", "9999999999.99", longText, "cd        ", "x", date(1, 1, 1, 0, 0, 0), timestamp(date(1, 1, 1, 0, 0, 0), 0),
			zoned(at, 540), []byte{1}, rowID(1, 1, 1, 0), -0.5, 1e300),
		row("3", "-0.00000000012", "0", "x", "ef        ", "y", date(9999, 12, 31, 23, 59, 59), timestamp(date(9999, 12, 31, 23, 59, 59), 999999999),
			zoned(at, 0), []byte(strings.Repeat("\xab", 2000)), rowID(4294967295, 1023, 4194303, 65535), 0, 0),
		empty)
}

func intervals() *statement {
	ym, ds, ltz, uid := column("YM", session.IntervalYM), column("DS", session.IntervalDS), column("LTZ", session.TimestampLTZ), column("UID", session.URowID)
	ym.Precision, ds.Precision, ds.Scale, ltz.Scale = 9, 9, 9, 6
	uid.Size = 4000
	return query([]session.Column{number("ID", 5, 0), ym, ds, ltz, uid},
		[][]byte{num("1"), yearMonth(1, 2), daySecond(3, 4, 5, 6, 700000000), timestamp(date(2024, 5, 6, 7, 8, 9), 123456000), rowID(73196, 4, 1234, 7)},
		[][]byte{num("2"), yearMonth(-1, -2), daySecond(-3, -4, -5, -6, -700000000), timestamp(date(1999, 12, 31, 23, 59, 59), 0), rowID(1, 2, 3, 4)},
		[][]byte{num("3"), nil, nil, nil, nil})
}

// bigText is 420 kB with characters of one, two and four bytes.
var (
	bigText = strings.Repeat("0123456789 ä 😀 abcdefgh\n", 15000)
	bigData = func() []byte {
		b := make([]byte, 1<<20)
		for i := range b {
			b[i] = byte(i * 7)
		}
		return b
	}()
)

func (s *scriptSession) lobRows() *statement {
	nc := column("NC", session.CLOB)
	nc.National = true
	cols := []session.Column{number("ID", 5, 0), column("C", session.CLOB), column("B", session.BLOB), nc}
	return &statement{kind: session.Query, columns: cols, execute: func(context.Context, *session.Call) (*session.Result, error) {
		return &session.Result{Columns: cols, Rows: &slice{rows: [][][]byte{
			{num("1"), s.clob(bigText), s.newLOB(lob{data: bigData}), s.clob("國 😀")},
			{num("2"), nil, nil, nil},
			{num("3"), s.clob("short"), s.newLOB(lob{data: []byte{1, 2, 3}}), s.clob("n")},
		}}}, nil
	}}
}

func (s *scriptSession) small() *session.Cursor {
	return &session.Cursor{
		Columns: []session.Column{number("ID", 5, 0), varchar("NAME", 20)},
		Rows:    &slice{rows: [][][]byte{{num("1"), []byte("one")}, {num("2"), []byte("two")}, {num("3"), nil}}},
	}
}

func (s *scriptSession) nested() *statement {
	cols := []session.Column{number("ID", 5, 0), column("CUR", session.RefCursor)}
	return &statement{kind: session.Query, columns: cols, execute: func(context.Context, *session.Call) (*session.Result, error) {
		return &session.Result{Columns: cols, Rows: &slice{rows: [][][]byte{{num("7"), s.handle(s.small())}, {num("8"), s.handle(s.small())}}}}, nil
	}}
}

// generate is a query of n rows of 10 columns, about 150 bytes a row.
func generate(n int) *statement {
	cols := []session.Column{
		number("N1", 10, 0), number("N2", 12, 2), number("N3", 0, -127), number("N4", 5, 0), varchar("V1", 40), varchar("V2", 40),
		varchar("V3", 40),
		{Name: "C", Type: session.Char, Size: 10, Chars: 10},
		column("D", session.Date), column("T", session.Timestamp),
	}
	fixed := [][]byte{
		nil, num("1234.56"), num("0.333333333333"), num("42"), []byte("some text of the row"), []byte("more of it, a little longer"),
		[]byte("short"), []byte("fixed     "), date(2024, 1, 2, 3, 4, 5), timestamp(date(2024, 1, 2, 3, 4, 5), 123456000),
	}
	return &statement{kind: session.Query, columns: cols, execute: func(context.Context, *session.Call) (*session.Result, error) {
		return &session.Result{Columns: cols, Rows: &generator{end: n, make: func(i int, row [][]byte) {
			copy(row, fixed)
			row[0] = num(strconv.Itoa(i))
		}}}, nil
	}}
}

// failsAfter gives some rows and then ORA-01555.
func (s *scriptSession) failsAfter(n int) *statement {
	cols := []session.Column{number("N", 10, 0)}
	return &statement{kind: session.Query, columns: cols, execute: func(context.Context, *session.Call) (*session.Result, error) {
		return &session.Result{Columns: cols, Rows: &failing{generator{end: n, make: func(i int, row [][]byte) { row[0] = num(strconv.Itoa(i)) }}}}, nil
	}}
}

type failing struct{ generator }

func (f *failing) Next(ctx context.Context, row [][]byte) error {
	if err := f.generator.Next(ctx, row); !errors.Is(err, io.EOF) {
		return err
	}
	return &session.Error{Code: 1555, Text: "snapshot too old"}
}

// echo gives back what was bound, with its type.
func echo() *statement {
	return &statement{kind: session.Query, execute: func(_ context.Context, call *session.Call) (*session.Result, error) {
		cols := make([]session.Column, len(call.Binds))
		for i, b := range call.Binds {
			cols[i] = session.Column{Name: "B" + strconv.Itoa(i+1), Type: b.Type, Size: max(b.Size, 1), Chars: max(b.Size, 1), National: b.National, Nullable: true}
			switch b.Type {
			case session.Number:
				cols[i].Scale = -127
			case session.Long:
				cols[i].Type, cols[i].Size, cols[i].Chars = session.Varchar2, 32767, 32767
			case session.LongRaw:
				cols[i].Type, cols[i].Size = session.Raw, 32767
			}
		}
		return &session.Result{Columns: cols, Rows: &slice{rows: [][][]byte{call.Rows[0]}}}, nil
	}}
}

func (s *scriptSession) view() map[int64]string {
	s.b.mu.Lock()
	defer s.b.mu.Unlock()
	out := map[int64]string{}
	for k, v := range s.b.table {
		out[k] = v
	}
	for k, v := range s.changes {
		if v == nil {
			delete(out, k)
		} else {
			out[k] = *v
		}
	}
	return out
}

func (s *scriptSession) set(k int64, v *string) {
	if s.changes == nil {
		s.changes = map[int64]*string{}
	}
	s.changes[k] = v
}

func (s *scriptSession) selectT() *statement {
	cols := []session.Column{number("ID", 10, 0), varchar("NAME", 4000)}
	return &statement{kind: session.Query, columns: cols, execute: func(context.Context, *session.Call) (*session.Result, error) {
		var rows [][][]byte
		for k, v := range s.view() {
			rows = append(rows, [][]byte{num(strconv.FormatInt(k, 10)), []byte(v)})
		}
		sort.Slice(rows, func(i, j int) bool { return toInt(rows[i][0]) < toInt(rows[j][0]) })
		return &session.Result{Columns: cols, Rows: &slice{rows: rows}}, nil
	}}
}

// toInt reads a NUMBER that is a whole one.
func toInt(b []byte) int64 {
	if len(b) == 0 || b[0] == 0x80 {
		return 0
	}
	negative := b[0] < 0x80
	exp := int(b[0])
	if negative {
		exp = int(^b[0])
	}
	n := int64(0)
	for i := range exp - 192 {
		d := int64(0)
		if i+1 < len(b) && b[i+1] != 102 {
			d = int64(b[i+1]) - 1
			if negative {
				d = 101 - int64(b[i+1])
			}
		}
		n = n*100 + d
	}
	if negative {
		return -n
	}
	return n
}

// value gives what a bind holds as text; a LOB is read.
func (s *scriptSession) value(b session.Bind, v []byte) string {
	switch b.Type {
	case session.CLOB, session.BLOB:
		l, err := s.lob(v)
		if err != nil {
			return err.Error()
		}
		if l.clob {
			return fromUTF16(l.data)
		}
		return string(l.data)
	case session.Number:
		return strconv.FormatInt(toInt(v), 10)
	}
	if b.National {
		return fromUTF16(v)
	}
	return string(v)
}

// insertT is "insert into t (id, name) values (:1, :2)", also with "returning id, name into :3, :4". A negative id violates
// a constraint; one that is there already too.
func (s *scriptSession) insertT(text string) *statement {
	returning := strings.Contains(text, "returning")
	return &statement{kind: session.Insert, execute: func(_ context.Context, call *session.Call) (*session.Result, error) {
		res := &session.Result{}
		if returning {
			res.Out = make([]session.Out, len(call.Binds))
			for i := 2; i < len(call.Binds); i++ {
				res.Out[i].Direction = session.Returning
			}
		}
		view := s.view()
		for i, row := range call.Rows {
			if len(row) < 2 {
				return nil, &session.Error{Code: 1008, Text: "not all variables bound"}
			}
			id := toInt(row[0])
			name := s.value(call.Binds[1], row[1])
			var err *session.Error
			if _, dup := view[id]; dup {
				err = &session.Error{Code: 1, Text: "unique constraint (SCOTT.T_PK) violated", Row: i}
			} else if id < 0 {
				err = &session.Error{Code: 2290, Text: "check constraint (SCOTT.T_CK) violated", Row: i}
			} else if row[0] == nil {
				err = &session.Error{Code: 1400, Text: `cannot insert NULL into ("SCOTT"."T"."ID")`, Row: i}
			}
			n := uint64(1)
			if err != nil {
				if !call.BatchErrors {
					return res, err
				}
				res.BatchErrors = append(res.BatchErrors, err)
				n = 0
			} else {
				view[id] = name
				s.set(id, &name)
				res.LastRowID = rowID(1, 2, 3, uint16(id))
			}
			res.RowCounts = append(res.RowCounts, n)
			res.RowCount += n
			for j := 2; j < len(res.Out); j++ {
				var values [][]byte
				if n > 0 {
					v := row[0]
					if j == 3 {
						v = row[1]
					}
					values = [][]byte{v}
				}
				res.Out[j].Values = append(res.Out[j].Values, values)
			}
		}
		return res, nil
	}}
}

// changeT is "update t set name = :1 where id >= :2", also with "returning id into :3", and "delete from t where id = :1".
func (s *scriptSession) changeT(text string) *statement {
	update := strings.HasPrefix(text, "update")
	kind := session.Delete
	if update {
		kind = session.Update
	}
	return &statement{kind: kind, execute: func(_ context.Context, call *session.Call) (*session.Result, error) {
		res := &session.Result{}
		returning := strings.Contains(text, "returning")
		if returning {
			res.Out = make([]session.Out, len(call.Binds))
			res.Out[2].Direction = session.Returning
		}
		for _, row := range call.Rows {
			n := uint64(0)
			var ids []int64
			for id := range s.view() {
				switch {
				case update && id >= toInt(row[1]):
					name := string(row[0])
					s.set(id, &name)
				case !update && (len(row) == 0 || id == toInt(row[0])):
					s.set(id, nil)
				default:
					continue
				}
				n++
				ids = append(ids, id)
			}
			if returning {
				sort.Slice(ids, func(i, j int) bool { return ids[i] < ids[j] })
				var values [][]byte
				for _, id := range ids {
					values = append(values, num(strconv.FormatInt(id, 10)))
				}
				res.Out[2].Values = append(res.Out[2].Values, values)
			}
			res.RowCounts = append(res.RowCounts, n)
			res.RowCount += n
		}
		return res, nil
	}}
}

// block is PL/SQL.
func (s *scriptSession) block(text string) (session.Statement, error) {
	do := func(f func(call *session.Call) (*session.Result, error)) (session.Statement, error) {
		return &statement{kind: session.Block, execute: func(_ context.Context, call *session.Call) (*session.Result, error) { return f(call) }}, nil
	}
	one := func(d session.Direction, v []byte) session.Out {
		return session.Out{Direction: d, Values: [][][]byte{{v}}}
	}
	switch {
	case strings.Contains(text, "dbms_pickler.get_type_shape"): // what drivers ask to know SYS.XMLTYPE
		return do(func(*session.Call) (*session.Result, error) {
			shape := []byte{0, 0, 0, 16, 38, 1, 0, 1, 0, 0, 2, 39, 0, 0, 0, 0, 0, 0, 0, 0}
			none := &session.Cursor{Rows: &slice{}}
			for i := range 9 {
				none.Columns = append(none.Columns, varchar("A"+strconv.Itoa(i), 128))
			}
			return &session.Result{RowCount: 1, Out: []session.Out{
				one(session.OutOnly, num("0")), one(session.InOut, []byte("SYS.XMLTYPE")), one(session.OutOnly, make([]byte, 16)),
				one(session.OutOnly, num("1")), one(session.OutOnly, shape), one(session.OutOnly, s.handle(none)), one(session.OutOnly, nil),
				one(session.OutOnly, []byte("SYS")), one(session.OutOnly, []byte("XMLTYPE")),
			}}, nil
		})
	case strings.HasPrefix(text, "begin twice("): // (in number, out number, in out varchar2)
		return do(func(call *session.Call) (*session.Result, error) {
			row := call.Rows[0]
			if len(row) != 3 {
				return nil, &session.Error{Code: 1008, Text: "not all variables bound"}
			}
			n := num(strconv.FormatInt(2*toInt(row[0]), 10))
			v := append(append([]byte(nil), row[2]...), row[2]...)
			return &session.Result{RowCount: 1, Out: []session.Out{{}, one(session.OutOnly, n), one(session.InOut, v)}}, nil
		})
	case strings.HasPrefix(text, "begin open "):
		return do(func(*session.Call) (*session.Result, error) {
			return &session.Result{RowCount: 1, Out: []session.Out{one(session.OutOnly, s.handle(s.small()))}}, nil
		})
	case strings.HasPrefix(text, "begin closed "):
		return do(func(*session.Call) (*session.Result, error) {
			return &session.Result{RowCount: 1, Out: []session.Out{one(session.OutOnly, nil)}}, nil
		})
	case strings.HasPrefix(text, "begin implicit"):
		return do(func(*session.Call) (*session.Result, error) {
			return &session.Result{RowCount: 1, Implicit: []*session.Cursor{s.small(), s.small()}}, nil
		})
	case strings.HasPrefix(text, "begin reverse("): // (in table of number, out table of number)
		return do(func(call *session.Call) (*session.Result, error) {
			in := call.Arrays[0]
			var out [][]byte
			for i := len(in) - 1; i >= 0; i-- {
				out = append(out, in[i])
			}
			return &session.Result{RowCount: 1, Out: []session.Out{{}, {Direction: session.OutOnly, Values: [][][]byte{out}}}}, nil
		})
	case strings.HasPrefix(text, "begin makelob("): // (out clob)
		return do(func(*session.Call) (*session.Result, error) {
			return &session.Result{RowCount: 1, Out: []session.Out{one(session.OutOnly, s.clob("made by a block 😀"))}}, nil
		})
	case strings.HasPrefix(text, "begin raise"):
		return do(func(*session.Call) (*session.Result, error) {
			return nil, &session.Error{Code: 20001, Text: "my own\nORA-06512: at line 1"}
		})
	case strings.HasPrefix(text, "begin null"):
		return do(func(*session.Call) (*session.Result, error) { return &session.Result{RowCount: 1}, nil })
	}
	return nil, &session.Error{Code: 6550, Text: "line 1, column 7:\nPLS-00201: identifier 'NOPE' must be declared", Pos: 6}
}
