package engine

import (
	"errors"
	"io"
	"testing"

	"landfall/internal/orasim/session"
)

// TestNestedCursorSCN holds that a nested cursor reads as of the SCN of its query, though it is fetched from later, when others have
// changed its rows, and that handles that nobody asks for are not kept.
func TestNestedCursorSCN(t *testing.T) {
	db := newDatabase(t)
	s, other := login(t, db, "hr"), login(t, db, "hr")
	for _, sql := range []string{
		"CREATE TABLE t (a NUMBER, b NUMBER)", "INSERT INTO t SELECT MOD(LEVEL, 2), LEVEL FROM dual CONNECT BY LEVEL <= 6",
	} {
		if _, err := run(s, sql); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Commit(bg); err != nil {
		t.Fatal(err)
	}
	st, err := s.Parse(bg, "SELECT a, CURSOR(SELECT b FROM t u WHERE u.a = t.a ORDER BY b) FROM t WHERE b < 5 ORDER BY b")
	if err != nil {
		t.Fatal(err)
	}
	r, err := st.Execute(bg, &session.Call{})
	if err != nil {
		t.Fatal(err)
	}
	if got := r.Columns[1].Type; got != session.RefCursor {
		t.Errorf("a column of type %d", got)
	}
	row := make([][]byte, 2)
	if err := r.Rows.Next(bg, row); err != nil {
		t.Fatal(err)
	}
	first := append([]byte(nil), row[1]...)
	x, err := s.Cursor(bg, first)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := run(other, "DELETE FROM t"); err != nil {
		t.Fatal(err)
	}
	if err := other.Commit(bg); err != nil {
		t.Fatal(err)
	}
	if err := r.Rows.Next(bg, row); err != nil {
		t.Fatal(err)
	}
	second := append([]byte(nil), row[1]...)
	if err := r.Rows.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Cursor(bg, second); err == nil {
		t.Error("a cursor that nobody asked for is open though its parent is closed")
	}
	got, err := s.rowsOf(x.Columns, x.Rows)
	if err != nil || got != "1\n3\n5\n" {
		t.Errorf("%q, %v", got, err)
	}
	if err := x.Rows.Next(bg, row[:1]); !errors.Is(err, io.EOF) {
		t.Error(err)
	}
	if len(s.cursors) != 0 {
		t.Errorf("%d cursors are kept", len(s.cursors))
	}
}
