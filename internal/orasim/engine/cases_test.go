package engine

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/tools/txtar"

	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/parser"
	"landfall/internal/oracle/syntax/token"
	"landfall/internal/orasim/engine/plsql"
	"landfall/internal/orasim/session"
	"landfall/internal/orasim/value/charset"
)

var bg = context.Background()

// fixedClock stands still at a Friday.
func fixedClock() time.Time { return time.Date(2024, 5, 17, 10, 30, 45, 123456000, time.UTC) }

func newDatabase(t testing.TB) *Database { return newDatabaseIn(t, charset.AL32UTF8) }

func newDatabaseIn(t testing.TB, set int) *Database {
	t.Helper()
	db := New(session.Info{Name: "SIM", Service: "SIM", Instance: "SIM", Version: session.Version{19, 3, 0, 0, 0}, Charset: set, NCharset: 2000}, fixedClock)
	db.AddUser("hr", "hr")
	db.AddUser("oe", "oe")
	return db
}

func login(t testing.TB, db *Database, user string) *Session {
	t.Helper()
	s, err := db.Login(bg, session.Login{User: user})
	if err != nil {
		t.Fatal(err)
	}
	return s.(*Session)
}

// run executes one statement and gives its rows as text, or its error.
func run(s *Session, sql string) (string, error) {
	st, err := s.Parse(bg, sql)
	if err != nil {
		return "", err
	}
	defer st.Close()
	r, err := st.Execute(bg, &session.Call{Rows: [][][]byte{{}}})
	if err != nil {
		return "", err
	}
	if r.Rows == nil {
		if st.Kind() == session.Insert || st.Kind() == session.Update || st.Kind() == session.Delete || st.Kind() == session.Merge {
			return fmt.Sprintf("%d rows\n", r.RowCount), nil
		}
		if lines := s.output.Take(1 << 30); len(lines) > 0 {
			return strings.Join(lines, "\n") + "\n", nil
		}
		return "", nil
	}
	return s.rowsOf(r.Columns, r.Rows)
}

// rowsOf reads a result to its end, as text, and closes it.
func (s *Session) rowsOf(cols []session.Column, rows session.Rows) (string, error) {
	defer rows.Close()
	var b strings.Builder
	row := make([][]byte, len(cols))
	for {
		err := rows.Next(bg, row)
		if err == io.EOF {
			return b.String(), nil
		}
		if err != nil {
			return "", err
		}
		for i, v := range row {
			if i > 0 {
				b.WriteString("|")
			}
			text, err := s.show(cols[i], v)
			if err != nil {
				return "", err
			}
			b.WriteString(text)
		}
		b.WriteString("\n")
	}
}

// show is a value of the seam as text.
func (s *Session) show(c session.Column, v []byte) (string, error) {
	if v == nil {
		return "NULL", nil
	}
	var k kind
	switch c.Type {
	case session.Number:
		k = kNumber
	case session.Date:
		k = kDate
	case session.Timestamp:
		k = kTimestamp
	case session.TimestampTZ:
		k = kZoned
	case session.TimestampLTZ:
		k = kLocal
	case session.Raw, session.LongRaw:
		k = kRaw
	case session.RowID:
		k = kRowID
	case session.BinaryDouble:
		k = kDouble
	case session.BinaryFloat:
		k = kFloat
	case session.IntervalYM:
		b, err := formatMonths(v, c.Precision)
		return string(b), err
	case session.IntervalDS:
		b, err := formatSpan(v, c.Precision, c.Scale)
		return string(b), err
	case session.CLOB:
		l, err := s.lobs.get(v)
		if err != nil {
			return "", err
		}
		return string(s.db.set.Plain(l.bytes())), nil
	case session.RefCursor: // its rows, in braces
		x, err := s.Cursor(bg, v)
		if err != nil {
			return "", err
		}
		text, err := s.rowsOf(x.Columns, x.Rows)
		return "{" + strings.TrimSuffix(strings.ReplaceAll(text, "\n", "; "), "; ") + "}", err
	case session.BLOB:
		l, err := s.lobs.get(v)
		if err != nil {
			return "", err
		}
		return fmt.Sprintf("%X", l.bytes()), nil
	default:
		if c.National {
			return string(fromUTF16(v)), nil
		}
		return string(s.db.set.Plain(s.db.set.Hold(v))), nil
	}
	b, err := toText(k)(&env{ex: s.execution(bg)}, v)
	return string(b), err
}

// script runs the statements of a script; errors stop it.
func script(s *Session, name, text string) error {
	f := parser.Parse(name, []byte(text), parser.Options{})
	if len(f.Errors) > 0 {
		return fmt.Errorf("%s: %s", f.OffsetPos(f.Errors[0].Off), f.Errors[0].Msg)
	}
	for _, st := range f.Stmts {
		switch st.(type) {
		case *ast.EmptyStmt, *ast.PlusCommand:
			continue
		}
		sql := f.Source(st)
		if n := int(st.Range().Hi); n < len(f.Tokens) && f.Tokens[n].Kind == token.Semi && plsqlStatement(st) {
			sql += ";"
		}
		if _, err := run(s, sql); err != nil {
			return fmt.Errorf("%s: %w: %s", f.Pos(st), err, f.Source(st))
		}
	}
	return nil
}

func errorLine(err error) string {
	var e *session.Error
	if !errors.As(err, &e) {
		return "fault: " + err.Error()
	}
	line := e.Error()
	if e.Pos > 0 {
		line += fmt.Sprintf(" at %d", e.Pos)
	}
	return line + "\n"
}

// TestCases runs the cases of testdata. A file has sections: "setup" is a script; "case WHERE" a statement, WHERE being
// the place of Oracle's manual that says what it gives; "rows" or "error" what it must give; "do" a script between cases.
// Every file runs in a new database as user HR; its first line may be "charset NAME".
func TestCases(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal("no cases", err)
	}
	total := 0
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			a, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			s := login(t, newDatabaseIn(t, caseSet(t, a).ID), "hr")
			for i := range a.Files {
				sec := &a.Files[i]
				word, _, _ := strings.Cut(sec.Name, " ")
				switch word {
				case "setup", "do":
					if err := script(s, file, string(sec.Data)); err != nil {
						t.Fatalf("%s: %v", sec.Name, err)
					}
				case "case":
					total++
					if i+1 == len(a.Files) {
						t.Fatalf("%s: no result behind it", sec.Name)
					}
					want := &a.Files[i+1]
					sql := strings.TrimSpace(string(sec.Data))
					if !beginsBlock(parser.Parse("", []byte(sql), parser.Options{})) {
						sql = strings.TrimSuffix(sql, ";")
					}
					s.output = plsql.Output{}
					s.output.Enable(0)
					got, err := run(s, sql)
					kind := "rows"
					if err != nil {
						kind, got = "error", errorLine(err)
						if lines := s.output.Take(1 << 30); len(lines) > 0 {
							got = strings.Join(lines, "\n") + "\n" + got
						}
					}
					if os.Getenv("UPDATE") != "" {
						want.Name, want.Data = kind, []byte(got)
						continue
					}
					if kind != want.Name || got != string(want.Data) {
						t.Errorf("%s:\n%s\ngives %s:\n%swant %s:\n%s", sec.Name, sql, kind, got, want.Name, want.Data)
					}
				case "rows", "error":
				default:
					t.Fatalf("unknown section %q", sec.Name)
				}
			}
			if os.Getenv("UPDATE") != "" {
				if err := os.WriteFile(file, txtar.Format(a), 0o644); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
	t.Logf("%d cases", total)
}

// caseSet is the character set of the database that a file's cases are for.
func caseSet(t testing.TB, a *txtar.Archive) *charset.Set {
	t.Helper()
	name, ok := strings.CutPrefix(string(a.Comment), "charset ")
	if !ok {
		name = "AL32UTF8"
	}
	set, ok := charset.ByName(strings.TrimSpace(name))
	if !ok {
		t.Fatalf("no character set %s", name)
	}
	return set
}

func readFile(t testing.TB, name string) []byte {
	t.Helper()
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return b
}
