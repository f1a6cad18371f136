package connect

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"landfall/internal/orasim/tns"
)

func TestLogin(t *testing.T) {
	s := newSim(t, tns.Options{})
	se := s.session(t, Options{Program: "landfall", Module: "landfall load"})
	if se.Charset() != 873 || se.NCharset() != 2000 || se.Encrypted() {
		t.Errorf("charset %d, national %d, encrypted %v", se.Charset(), se.NCharset(), se.Encrypted())
	}
	if err := se.Action(within(t, time.Minute), "CLAIM chunk 7"); err != nil {
		t.Fatal(err)
	}
	got := all(t, se, "SELECT module, action, program FROM v$session WHERE username = 'APP'")
	if d := cmp.Diff([][]any{{"landfall load", "CLAIM chunk 7", "landfall"}}, got); d != "" {
		t.Error(d)
	}
	nls := map[string]string{}
	for _, row := range all(t, se, "SELECT parameter, value FROM nls_session_parameters") {
		nls[row[0].(string)], _ = row[1].(string)
	}
	for name, want := range map[string]string{
		"NLS_DATE_FORMAT": "YYYY-MM-DD HH24:MI:SS", "NLS_NUMERIC_CHARACTERS": ".,", "NLS_SORT": "BINARY", "NLS_LANGUAGE": "AMERICAN",
	} {
		if nls[name] != want {
			t.Errorf("%s is %q, want %q", name, nls[name], want)
		}
	}
}

func TestLoginRefused(t *testing.T) {
	s := newSim(t, tns.Options{})
	closed := s.target()
	closed.Port = 1
	for name, c := range map[string]struct {
		target   Target
		password string
		code     int
	}{
		"password": {s.target(), "wrong", 1017},
		"nobody":   {s.target(), "", 0},
		"port":     {closed, "secret", 0},
	} {
		src, err := New(c.target, Options{Password: secret(c.password)})
		if err != nil {
			t.Fatal(err)
		}
		_, err = src.Session(within(t, 20*time.Second))
		var e *OracleError
		if !errors.As(err, &e) || e.Code != c.code || !errors.Is(err, ErrLogin) || strings.Contains(err.Error(), "secret") {
			t.Errorf("%s: %v", name, err)
		}
		// the place is free again
		if n := len(src.slots); n != 0 {
			t.Errorf("%s: %d sessions are counted", name, n)
		}
	}
	for name, c := range map[string]Target{
		"SYSDBA": {User: "app", Host: "h", Port: 1, Service: "s", SYSDBA: true},
		"SYS":    {User: "Sys", Host: "h", Port: 1, Service: "s"},
		"alias":  {User: "app", Alias: "nowhere"},
	} {
		if _, err := New(c, Options{Password: secret("x")}); err == nil {
			t.Errorf("%s was allowed", name)
		}
	}
}

// TestEncryptionRequired: the driver goes on without when the server has no native services; we do not.
func TestEncryptionRequired(t *testing.T) {
	s := newSim(t, tns.Options{})
	for _, set := range []func(*Target){func(t *Target) { t.Encryption = Required }, func(t *Target) { t.Integrity = Required }} {
		target := s.target()
		set(&target)
		src, err := New(target, Options{Password: secret("secret")})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := src.Session(within(t, 20*time.Second)); !errors.Is(err, ErrLogin) || !strings.Contains(err.Error(), "required") {
			t.Errorf("%v", err)
		}
	}
}

func TestSessionLimit(t *testing.T) {
	s := newSim(t, tns.Options{})
	src := s.source(t, Options{MaxSessions: 2})
	var open []*Session
	for range 2 {
		se, err := src.Session(within(t, 20*time.Second))
		if err != nil {
			t.Fatal(err)
		}
		open = append(open, se)
	}
	ctx, cancel := context.WithCancel(context.Background())
	got := make(chan error, 1)
	go func() {
		_, err := src.Session(ctx)
		got <- err
	}()
	cancel()
	if err := <-got; !errors.Is(err, context.Canceled) {
		t.Errorf("a third session: %v", err)
	}
	if n := all(t, open[0], "SELECT COUNT(*) FROM v$session WHERE username = 'APP'")[0][0]; n != "2" {
		t.Errorf("%v sessions on the server", n)
	}
	for _, se := range open {
		if err := errors.Join(se.Close(), se.Close()); err != nil {
			t.Error(err)
		}
	}
	if err := src.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := src.Session(context.Background()); err == nil {
		t.Error("a closed source gave a session")
	}
}

func TestErrors(t *testing.T) {
	s := newSim(t, tns.Options{}, "create table t (a number)")
	se := s.session(t, Options{})
	for sql, want := range map[string]int{
		"select * from nope": 942, "select nope from t": 904, "select 1/0 from dual": 1476, "select to_number('x') from dual": 1722,
		"select * from t as of scn 99999999999": 8181,
	} {
		rows, err := se.Query(within(t, 20*time.Second), sql)
		if err == nil {
			for rows.Next(within(t, 20*time.Second)) {
			}
			err = rows.Err()
		}
		var e *OracleError
		if !errors.As(err, &e) || e.Code != want || !strings.HasPrefix(e.Text, "ORA-") {
			t.Errorf("%s: %v", sql, err)
		}
	}
	if _, err := se.Query(within(t, 20*time.Second), "select nope from t"); errors.Is(err, ErrNoRights) || errors.Is(err, ErrLogin) {
		t.Errorf("class of %v", err)
	}
	if _, err := se.Query(within(t, 20*time.Second), "select * from nope"); !errors.Is(err, ErrNoRights) {
		t.Errorf("class of %v", err)
	}
	if got := all(t, se, "select 1 from dual"); got[0][0] != "1" || se.Broken() != nil {
		t.Errorf("after errors: %v, %v", got, se.Broken())
	}
}

func TestRefusedIsNotSent(t *testing.T) {
	s := newSim(t, tns.Options{}, "create table t (a number)")
	se := s.session(t, Options{})
	for _, sql := range []string{"delete from t", "select * from t for update", "begin null; end;", "select 1 from dual; drop table t"} {
		if _, err := se.Query(context.Background(), sql); !errors.Is(err, ErrRefused) {
			t.Errorf("Query %s: %v", sql, err)
		}
		if err := se.Exec(context.Background(), sql); !errors.Is(err, ErrRefused) {
			t.Errorf("Exec %s: %v", sql, err)
		}
	}
	if err := se.Exec(context.Background(), "select 1 from dual"); !errors.Is(err, ErrRefused) {
		t.Errorf("a query by Exec: %v", err)
	}
}

func TestReadOnlyTransaction(t *testing.T) {
	s := newSim(t, tns.Options{}, "create table t (a number)", "insert into t values (1)")
	reader, other := s.session(t, Options{}), s.session(t, Options{})
	if err := reader.ReadOnly(within(t, 20*time.Second)); err != nil {
		t.Fatal(err)
	}
	count := func(se *Session) any { return all(t, se, "select count(*) from t")[0][0] }
	before := count(reader)
	if err := other.exec(within(t, 20*time.Second), "insert into t values (2)"); err != nil {
		t.Fatal(err)
	}
	if err := other.exec(within(t, 20*time.Second), "commit"); err != nil {
		t.Fatal(err)
	}
	if after := count(reader); before != "1" || after != "1" {
		t.Errorf("%v, then %v", before, after)
	}
	if err := reader.EndReadOnly(within(t, 20*time.Second)); err != nil {
		t.Fatal(err)
	}
	if after := count(reader); after != "2" {
		t.Errorf("at the end %v", after)
	}
}
