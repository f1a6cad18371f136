package connect

import (
	"context"
	"encoding/binary"
	"errors"
	"io"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"landfall/internal/orasim/session"
	"landfall/internal/orasim/simtest"
	"landfall/internal/orasim/tns"
)

// texts is a database with one table of three columns, VARCHAR2, NVARCHAR2 and CLOB, whose text is in the character set that it says.
type texts struct {
	charset int
	rows    [][3][]byte // the CLOB in UTF-16
}

func (d texts) Open(context.Context, session.Target) (session.Database, error) { return d, nil }
func (d texts) Password(context.Context, string) (string, bool)                { return "secret", true }

func (d texts) Login(context.Context, session.Login) (session.Session, error) {
	return textSession{d}, nil
}

func (d texts) Info() session.Info { return simtest.Info(d.charset) }

type textSession struct{ d texts }

func (s textSession) State() session.State {
	return session.State{SID: 1, Serial: 1, NLS: map[string]string{"NLS_LANGUAGE": "AMERICAN", "NLS_TERRITORY": "AMERICA"}}
}

func (s textSession) Parse(_ context.Context, sql string) (session.Statement, error) {
	return textStatement{s.d, strings.HasPrefix(sql, "select")}, nil
}
func (textSession) Commit(context.Context) error                   { return nil }
func (textSession) Rollback(context.Context) error                 { return nil }
func (textSession) InTransaction() bool                            { return false }
func (textSession) SetClient(session.ClientFields, session.Client) {}
func (textSession) Close() error                                   { return nil }
func (textSession) TrimLOB(context.Context, []byte, uint64) error  { return errors.New("read only") }
func (textSession) FreeTemporary(context.Context, []byte) error    { return nil }
func (textSession) IsTemporary([]byte) bool                        { return false }
func (textSession) Cursor(context.Context, []byte) (*session.Cursor, error) {
	return nil, errors.New("none")
}

func (textSession) WriteLOB(context.Context, []byte, uint64, []byte) error {
	return errors.New("read only")
}

func (textSession) CreateTemporary(context.Context, session.Type, bool) ([]byte, error) {
	return nil, errors.New("read only")
}

func (s textSession) LOBLength(_ context.Context, loc []byte) (uint64, error) {
	return uint64(len(s.d.rows[loc[0]][2]) / 2), nil
}

func (s textSession) ReadLOB(_ context.Context, dst, loc []byte, offset, amount uint64) ([]byte, error) {
	b := s.d.rows[loc[0]][2]
	end := min(2*(offset+amount), uint64(len(b)))
	return append(dst, b[2*offset:end]...), nil
}

type textStatement struct {
	d     texts
	query bool
}

func (s textStatement) Kind() session.Kind {
	if s.query {
		return session.Query
	}
	return session.Alter
}
func (textStatement) Close() error { return nil }

func (s textStatement) Describe(context.Context, []session.Bind) ([]session.Column, error) {
	if !s.query {
		return nil, nil
	}
	return []session.Column{
		{Name: "V", Type: session.Varchar2, Size: 100, Chars: 100, Nullable: true},
		{Name: "N", Type: session.Varchar2, Size: 200, Chars: 100, Nullable: true, National: true},
		{Name: "C", Type: session.CLOB, Size: 4000, Nullable: true},
	}, nil
}

func (s textStatement) Execute(ctx context.Context, _ *session.Call) (*session.Result, error) {
	if !s.query {
		return &session.Result{}, nil
	}
	cols, err := s.Describe(ctx, nil)
	return &session.Result{Columns: cols, Rows: &textRows{d: s.d}}, err
}

type textRows struct {
	d  texts
	at int
}

func (r *textRows) Next(_ context.Context, row [][]byte) error {
	if r.at == len(r.d.rows) {
		return io.EOF
	}
	row[0], row[1], row[2] = r.d.rows[r.at][0], r.d.rows[r.at][1], []byte{byte(r.at)}
	r.at++
	return nil
}
func (*textRows) Close() error { return nil }

func utf16of(s string) (b []byte) {
	for _, u := range utf16.Encode([]rune(s)) {
		b = binary.BigEndian.AppendUint16(b, u)
	}
	return b
}

// TestCharsets reads text from databases of several character sets, by the driver's way and by bytes. The second row is no
// text in the set.
func TestCharsets(t *testing.T) {
	const national = "國 😀"
	for _, c := range []struct {
		charset        int
		good, bad, hex string // bytes of the database; what the policy hex makes of the bad ones
		want           string
	}{
		{1, "plain", "gr\xFCn", `gr\xFCn`, "plain"},
		{873, "grün 国😀", "gr\xFCn", `gr\xFCn`, "grün 国😀"},
		{871, "grün \xED\xA0\xBD\xED\xB8\x80", "a\xED\xA0\xBDb", `a\xED\xA0\xBDb`, "grün 😀"},
		{852, "\xB9\xFA\xC8\xCB", "\xB9\xFA\xFF", `国\xFF`, "国人"},
		{854, "\xB9\xFA\x94\x39\xFC\x36", "\xB9\xFA\xFF", `国\xFF`, "国😀"},
		{178, "gr\xFCn \x80", "a\x81", `a\x81`, "grün €"},
		{31, "gr\xFCn", "", "", "grün"},
	} {
		clob := c.want
		if c.charset == 1 || c.charset == 31 || c.charset == 178 {
			clob = strings.Repeat(clob, 5000)
		} else {
			clob = strings.Repeat(clob+"😀", 5000)
		}
		if c.charset == 854 || c.charset == 852 || c.charset == 871 || c.charset == 873 {
			clob += "國"
		}
		d := texts{charset: c.charset, rows: [][3][]byte{{[]byte(c.good), utf16of(national), utf16of(clob)}}}
		if c.bad != "" {
			d.rows = append(d.rows, [3][]byte{[]byte(c.bad), utf16of(national), utf16of(clob)})
		}
		s := serve(t, d, tns.Options{})
		se := s.session(t, Options{})
		name := CharsetName(c.charset)
		if se.Charset() != c.charset {
			t.Errorf("%s: the session says %d", name, se.Charset())
		}
		rows := all(t, se, "select v, n, c from t")
		if rows[0][0] != c.want || rows[0][1] != national {
			t.Errorf("%s: %q", name, rows[0][:2])
		}
		if c.bad != "" {
			if f, ok := rows[1][0].(*Fault); !ok || string(f.Raw) != c.bad {
				t.Errorf("%s: %v for bytes that are no text", name, rows[1][0])
			}
		}
		w, got := wireRows(t, se, Query{Text: map[string]TextPolicy{"V": HexText}}, "select v, n, c from t")
		if string(got[0][0]) != c.want || string(got[0][1]) != national || string(got[0][2]) != clob {
			t.Errorf("%s: %q, %q, CLOB right: %v", name, got[0][0], got[0][1], string(got[0][2]) == clob)
		}
		if c.bad != "" && (string(got[1][0]) != c.hex || len(w.TextFaults()) != 1) {
			t.Errorf("%s: %q, %+v", name, got[1][0], w.TextFaults())
		}
	}
}

// TestCharsetUnknown: a database whose text cannot be read is refused at the login.
func TestCharsetUnknown(t *testing.T) {
	if _, err := tns.New(texts{charset: 90}, tns.Options{}); err == nil {
		s := serve(t, texts{charset: 90}, tns.Options{})
		if _, err := s.source(t, Options{}).Session(within(t, 20*time.Second)); !errors.Is(err, ErrLogin) {
			t.Errorf("%v", err)
		}
	}
}

// TestTail holds that a piece of text ends between two characters, whatever the set.
func TestTail(t *testing.T) {
	for name, text := range map[string]string{"ZHS16GBK": "a张三b", "ZHS32GB18030": "a张é😀", "AL32UTF8": "a张é😀", "ZHT16BIG5": "a張三", "JA16SJIS": "aｱ漢字", "JA16EUC": "aｱ漢字", "KO16MSWIN949": "a한국", "WE8MSWIN1252": "é€", "US7ASCII": "ab"} {
		set, err := charsetNamed(name)
		if err != nil {
			t.Fatal(err)
		}
		c := newConverter()
		if err := c.use(set.id); err != nil {
			t.Fatal(err)
		}
		all := c.Encode(text)
		for at := range len(all) + 1 {
			n := set.tail(all[:at])
			front, ok1 := c.decode(all[:at-n])
			rest, ok2 := c.decode(all[at-n:])
			if isASCII(all[:at-n]) {
				front, ok1 = string(all[:at-n]), true
			}
			if isASCII(all[at-n:]) {
				rest, ok2 = string(all[at-n:]), true
			}
			if !ok1 || !ok2 || front+rest != text {
				t.Errorf("%s: %X is cut %d bytes before its end: %q and %q", name, all[:at], n, front, rest)
			}
		}
	}
}
