package engine

import (
	"context"
	"errors"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/tools/txtar"

	"landfall/internal/orasim/session"
)

// FuzzStatement looks for statements that end in anything but rows or an error of Oracle. Its seeds are all cases.
func FuzzStatement(f *testing.F) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil {
		f.Fatal(err)
	}
	for _, file := range files {
		a, err := txtar.ParseFile(file)
		if err != nil {
			f.Fatal(err)
		}
		for _, sec := range a.Files {
			if strings.HasPrefix(sec.Name, "case") {
				f.Add(strings.TrimSpace(string(sec.Data)))
			}
		}
	}
	setup := `CREATE TABLE e (eno NUMBER PRIMARY KEY, name VARCHAR2(20), boss NUMBER, dno NUMBER, sal NUMBER, hired DATE, c CLOB, ts TIMESTAMP WITH TIME ZONE, iv INTERVAL DAY TO SECOND);
INSERT INTO e SELECT LEVEL, 'n' || LEVEL, MOD(LEVEL, 3), MOD(LEVEL, 2), LEVEL * 10, SYSDATE - LEVEL, TO_CLOB('x'), SYSTIMESTAMP, INTERVAL '1' DAY FROM dual CONNECT BY LEVEL <= 6;
CREATE TABLE d (dno NUMBER PRIMARY KEY, dname VARCHAR2(20));
INSERT INTO d VALUES (1, 'a');
CREATE SEQUENCE s;
CREATE VIEW v AS SELECT name, sal FROM e;
`
	f.Fuzz(func(t *testing.T, sql string) {
		if len(sql) > 2000 || strings.Contains(strings.ToUpper(sql), "SLEEP") {
			return
		}
		db := newDatabase(t)
		s := login(t, db, "hr")
		if err := script(s, "setup", setup); err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithTimeout(bg, 2*time.Second)
		defer cancel()
		st, err := s.Parse(ctx, sql)
		if err == nil {
			call := &session.Call{Rows: [][][]byte{make([][]byte, st.(*Statement).nbinds)}}
			for range st.(*Statement).nbinds {
				call.Binds = append(call.Binds, session.Bind{Type: session.Varchar2, Size: 10})
			}
			var r *session.Result
			if r, err = st.Execute(ctx, call); err == nil && r.Rows != nil {
				row := make([][]byte, len(r.Columns))
				for i := 0; err == nil && i < 2000; i++ {
					err = r.Rows.Next(ctx, row)
				}
				r.Rows.Close()
				if err != nil && err.Error() == "EOF" {
					err = nil
				}
			}
		}
		var e *session.Error
		if err != nil && !errors.As(err, &e) {
			t.Fatalf("%q: %v", sql, err)
		}
		if e != nil && e.Code == 600 {
			t.Fatalf("%q: %v", sql, err)
		}
	})
}
