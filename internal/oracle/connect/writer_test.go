package connect

import (
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"landfall/internal/orasim/tns"
)

type notes struct {
	lines []string
	fail  error
}

func (n *notes) Statement(sql string, binds int) error {
	n.lines = append(n.lines, fmt.Sprintf("%s (%d)", sql, binds))
	return n.fail
}

func (n *notes) Outcome(rows int64, err error) error {
	n.lines = append(n.lines, fmt.Sprintf("%d rows, error %v", rows, err != nil))
	return nil
}

func TestWriter(t *testing.T) {
	s := newSim(t, tns.Options{}, "create table beat (at number)")
	j := &notes{}
	w, err := NewWriter(s.target(), Options{Password: secret("secret"), MaxSessions: 2}, j)
	if err != nil {
		t.Fatal(err)
	}
	ctx := within(t, 20*time.Second)
	se, err := w.Session(ctx)
	if err != nil {
		t.Fatal(err)
	}
	count := func() any { return all(t, s.session(t, Options{}), "select count(*) from beat")[0][0] }
	if n, err := se.Exec(ctx, "insert into beat values (:1)", 7); err != nil || n != 1 {
		t.Fatalf("%d, %v", n, err)
	}
	if got := count(); got != "0" {
		t.Errorf("another session sees %v rows before the commit", got)
	}
	if err := se.Commit(ctx); err != nil {
		t.Fatal(err)
	}
	if _, err := se.Exec(ctx, "insert into nope values (1)"); !errors.Is(err, ErrNoRights) {
		t.Errorf("%v", err)
	}
	if _, err := se.Exec(ctx, "insert into beat values (8)"); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(se.Close(), se.Close()); err != nil {
		t.Fatal(err)
	}
	if got := count(); got != "1" {
		t.Errorf("%v rows after it was closed: what was not committed must not last", got)
	}
	want := []string{"insert into beat values (:1) (1)", "1 rows, error false", "COMMIT (0)", "0 rows, error false", "insert into nope values (1) (0)", "0 rows, error true", "insert into beat values (8) (0)", "1 rows, error false"}
	if !slices.Equal(j.lines, want) {
		t.Errorf("%q", j.lines)
	}

	j.fail = errors.New("disk full")
	se, err = w.Session(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := se.Exec(ctx, "insert into beat values (9)"); !errors.Is(err, j.fail) {
		t.Errorf("%v", err)
	}
	if err := se.Close(); err != nil {
		t.Fatal(err)
	}
	if got := count(); got != "1" {
		t.Errorf("%v rows: a statement was sent that is in no journal", got)
	}
	if _, err := NewWriter(s.target(), Options{Password: secret("secret")}, nil); err == nil {
		t.Error("a writer without a journal")
	}
}

func TestFacts(t *testing.T) {
	s := newSim(t, tns.Options{})
	f, err := s.session(t, Options{}).Facts(within(t, 20*time.Second))
	if err != nil {
		t.Fatal(err)
	}
	if f.Charset != "AL32UTF8" || f.NCharset != "AL16UTF16" || f.User != "APP" || f.Schema != "APP" || f.SCN == "" || f.Version != "19.3.0.0.0" || f.VersionNumber() != 1900 {
		t.Errorf("%+v", f)
	}
	for v, want := range map[string]int{"11.2.0.4.0": 1102, "12.1.0.2.0": 1201, "12.2.0.1.0": 1202, "18.0.0.0.0": 1800, "23.4.0.24.05": 2300, "": 0} {
		if got := (&Facts{Version: v}).VersionNumber(); got != want {
			t.Errorf("%s is %d, want %d", v, got, want)
		}
	}
}
