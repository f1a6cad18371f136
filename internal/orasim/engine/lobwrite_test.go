package engine

import (
	"testing"

	"landfall/internal/orasim/session"
)

// TestLOBsOfRows writes through the locators of rows, as the SecureFiles and Large Objects Guide says when that may be done.
func TestLOBsOfRows(t *testing.T) {
	db := newDatabase(t)
	s, other := login(t, db, "hr"), login(t, db, "hr")
	must(t, s, "CREATE TABLE t (id NUMBER PRIMARY KEY, c CLOB, b BLOB)")
	must(t, s, "INSERT INTO t VALUES (1, 'abcdef', HEXTORAW('0102'))")
	must(t, s, "COMMIT")
	first := func(sql string) [][]byte {
		t.Helper()
		st, err := s.Parse(bg, sql)
		if err != nil {
			t.Fatal(err)
		}
		r, err := st.Execute(bg, &session.Call{Rows: [][][]byte{nil}})
		if err != nil {
			t.Fatal(err)
		}
		row := make([][]byte, len(r.Columns))
		if err := r.Rows.Next(bg, row); err != nil {
			t.Fatal(err)
		}
		return row
	}
	const look = "SELECT id, c, b FROM t ORDER BY id"

	plain := first("SELECT c FROM t")
	if err := s.WriteLOB(bg, plain[0], 0, toUTF16([]byte("x"))); code(err) != 22920 {
		t.Errorf("not locked: %v", err)
	}
	held := first("SELECT id, c, b FROM t WHERE id = 1 FOR UPDATE")
	if err := s.WriteLOB(bg, held[1], 2, toUTF16([]byte("XY"))); err != nil {
		t.Fatal(err)
	}
	if err := s.WriteLOB(bg, held[2], 4, []byte{9}); err != nil {
		t.Fatal(err)
	}
	if got := must(t, other, look); got != "1|abcdef|0102\n" {
		t.Errorf("another session sees %q", got)
	}
	if got := must(t, s, look); got != "1|abXYef|0102000009\n" {
		t.Errorf("the session sees %q", got)
	}
	if err := s.TrimLOB(bg, held[1], 3); err != nil {
		t.Fatal(err)
	}
	must(t, s, "COMMIT")
	if got := must(t, other, look); got != "1|abX|0102000009\n" {
		t.Errorf("after the commit %q", got)
	}
	if err := s.WriteLOB(bg, held[1], 0, toUTF16([]byte("x"))); code(err) != 22990 {
		t.Errorf("in another transaction: %v", err)
	}

	// a locator of RETURNING INTO is writable too, which is how drivers fill EMPTY_CLOB()
	st, err := s.Parse(bg, "INSERT INTO t VALUES (2, EMPTY_CLOB(), NULL) RETURNING c INTO :1")
	if err != nil {
		t.Fatal(err)
	}
	r, err := st.Execute(bg, &session.Call{Binds: []session.Bind{{Type: session.CLOB}}, Rows: [][][]byte{{nil}}})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.WriteLOB(bg, r.Out[0].Values[0][0], 0, toUTF16([]byte("new"))); err != nil {
		t.Fatal(err)
	}
	must(t, s, "COMMIT")
	if got := must(t, other, look); got != "1|abX|0102000009\n2|new|NULL\n" {
		t.Errorf("%q", got)
	}

	held = first("SELECT c FROM t WHERE id = 2 FOR UPDATE")
	if err := s.WriteLOB(bg, held[0], 0, toUTF16([]byte("gone"))); err != nil {
		t.Fatal(err)
	}
	must(t, s, "ROLLBACK")
	if got := must(t, s, look); got != "1|abX|0102000009\n2|new|NULL\n" {
		t.Errorf("after a rollback %q", got)
	}
}
