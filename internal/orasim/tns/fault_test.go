package tns_test

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"net"
	"strings"
	"testing"
	"time"

	"github.com/sijms/go-ora/v2/network"

	"landfall/internal/orasim/tns"
)

// faulty is a server with a fault, for a query that must fail or be slow once and then go well.
func TestFaults(t *testing.T) {
	for _, c := range []struct {
		fault string
		code  int // 0: any error; -1: the driver gives the connection up, as it does with these
	}{
		{"drop@rows=250", 0},
		{"drop@bytes=30000", 0},
		{"drop@calls=3", 0},
		{"kill@rows=250", -1},
		{"error=1555@rows=250", 1555},
		{"error=60@calls=3", 60},
		{"error=3113@calls=3", -1},
	} {
		t.Run(c.fault, func(t *testing.T) {
			f, err := tns.ParseFault(c.fault)
			if err != nil {
				t.Fatal(err)
			}
			s, addr := serve(t, newScripted(), tns.Options{})
			db := goora(t, addr, "PREFETCH_ROWS=100")
			db.SetMaxOpenConns(1)
			table(t, db, "select * from generate 10")
			s.SetFaults(f)
			_, err = safely(func() ([][]string, error) {
				return fetch(within(t, 20*time.Second), db, "select * from generate 1000")
			})
			var ora *network.OracleError
			switch {
			case err == nil,
				c.code > 0 && (!errors.As(err, &ora) || ora.ErrCode != c.code),
				c.code < 0 && !errors.Is(err, driver.ErrBadConn):
				t.Errorf("got %v", err)
			}
			if s.Faults() != 1 {
				t.Errorf("%d faults", s.Faults())
			}
			s.SetFaults()
			again := goora(t, addr, "")
			if got := table(t, again, "select * from generate 1000"); len(got) != 1000 {
				t.Errorf("%d rows afterwards", len(got))
			}
		})
	}
}

// safely guards against the driver's own panics, which it has where a connection ends in the middle of a message.
func safely(f func() ([][]string, error)) (out [][]string, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("the driver panics: %v", p)
		}
	}()
	return f()
}

func TestFaultSlowAndText(t *testing.T) {
	s, addr := serve(t, newScripted(), tns.Options{})
	db := goora(t, addr, "PREFETCH_ROWS=100")
	s.SetFaults(tns.Fault{Kind: tns.FaultSlow, Count: tns.CountCalls, After: 1, Delay: 100 * time.Millisecond})
	start := time.Now()
	table(t, db, "select * from generate 150")
	if d := time.Since(start); d < 200*time.Millisecond {
		t.Errorf("two calls took %v", d)
	}
	s.SetFaults(tns.Fault{Kind: tns.FaultText, Count: tns.CountRows, After: 50, Times: 2})
	spoilt := 0
	for _, row := range table(t, db, "select * from generate 300") {
		if strings.Contains(strings.Join(row, ""), "\xff") {
			spoilt++
		}
	}
	if spoilt != 2 || s.Faults() != 2 {
		t.Errorf("%d values are spoilt, %d faults", spoilt, s.Faults())
	}
}

func TestKill(t *testing.T) {
	b := newScripted()
	s, addr := serve(t, b, tns.Options{})
	db := goora(t, addr, "")
	conn, err := db.Conn(within(t, 20*time.Second))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close() }()
	if s.Kill(1, 1) {
		t.Error("a session that is not there was killed")
	}
	time.AfterFunc(200*time.Millisecond, func() { s.Kill(101, 1) })
	_, err = fetch(within(t, 20*time.Second), conn, "select * from sleep")
	if !errors.Is(err, driver.ErrBadConn) { // which the driver makes of ORA-00028
		t.Errorf("running: %v", err)
	}
	// one that does nothing gets it with its next call
	other := goora(t, addr, "")
	conn2, err := other.Conn(within(t, 20*time.Second))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn2.Close() }()
	b.mu.Lock()
	end := b.logins[len(b.logins)-1].End
	b.mu.Unlock()
	end(nil)
	if _, err = fetch(within(t, 20*time.Second), conn2, "select * from generate 1"); !errors.Is(err, driver.ErrBadConn) {
		t.Errorf("idle: %v", err)
	}
}

func TestLimits(t *testing.T) {
	_, addr := serve(t, newScripted(), tns.Options{OpenCursors: 5, MaxSessions: 2, LoginTimeout: 300 * time.Millisecond})
	db := goora(t, addr, "")
	conn, err := db.Conn(within(t, 20*time.Second))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close() }()
	for i := range 5 { // the driver has one open since its login
		st, err := conn.PrepareContext(context.Background(), "begin null; end;")
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = st.Close() }()
		_, err = st.Exec()
		var ora *network.OracleError
		if i < 4 && err != nil || i == 4 && (!errors.As(err, &ora) || ora.ErrCode != 1000) {
			t.Errorf("cursor %d: %v", i, err)
		}
	}
	// who does not log in is put out after a while, and counts until then
	idle, err := net.Dial("tcp", addr.String())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = idle.Close() }()
	time.Sleep(50 * time.Millisecond)
	third := goora(t, addr, "")
	if err := third.PingContext(within(t, 5*time.Second)); err == nil || !strings.Contains(err.Error(), "ORA-12516") {
		t.Errorf("a third connection: %v", err)
	}
	if err := idle.SetReadDeadline(time.Now().Add(5 * time.Second)); err != nil {
		t.Fatal(err)
	}
	if _, err := idle.Read(make([]byte, 1)); err == nil || errors.Is(err, context.DeadlineExceeded) || strings.Contains(err.Error(), "timeout") {
		t.Errorf("not put out: %v", err)
	}
	// the connection that is logged in has no deadline
	time.Sleep(400 * time.Millisecond)
	if err := conn.PingContext(within(t, 5*time.Second)); err != nil {
		t.Errorf("after the time for login: %v", err)
	}
}

func TestLimitedCharset(t *testing.T) {
	b := newScripted()
	b.charset = 852 // ZHS16GBK
	_, addr := serve(t, b, tns.Options{})
	db := goora(t, addr, "")
	// go-ora takes over the database's set for what it reads, and binds text in UTF-8, as it says with the bind
	if got := table(t, db, "select :1 from dual", "中文"); got[0][0] != "中文" {
		t.Errorf("%q", got)
	}
	execute(t, db, "insert into t (id, name) values (:1, :2)", 1, "中文")
	b.mu.Lock()
	stored := b.table[1]
	b.mu.Unlock()
	if stored != "\xd6\xd0\xce\xc4" {
		t.Errorf("stored %x", stored)
	}
}

// TestGone ends the server while clients wait: their sessions must be closed, see serve.
func TestGone(t *testing.T) {
	b := newScripted()
	s, addr := serve(t, b, tns.Options{})
	ended := make(chan error, 2)
	for _, text := range []string{"select * from sleep", "select * from generate 100000000"} {
		db := goora(t, addr, "PREFETCH_ROWS=1000000")
		go func() {
			_, err := safely(func() ([][]string, error) { return fetch(context.Background(), db, text) })
			ended <- err
		}()
	}
	for b.opened() < 2 {
		time.Sleep(5 * time.Millisecond)
	}
	time.Sleep(100 * time.Millisecond)
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	if b.opened() != 0 {
		t.Errorf("%d sessions are open behind Close", b.opened())
	}
	for range 2 {
		if err := <-ended; err == nil {
			t.Error("a query went well on a closed server")
		}
	}
}

// TestFaultAmongQueries counts calls as a client has them that only queries: the error must come up in one of its queries, and not be lost in a
// call of the driver's own.
func TestFaultAmongQueries(t *testing.T) {
	for n := 2; n <= 12; n++ { // the first is the driver asking for the time zone, whose failure it takes
		f, err := tns.ParseFault(fmt.Sprintf("error=60@calls=%d", n))
		if err != nil {
			t.Fatal(err)
		}
		s, addr := serve(t, newScripted(), tns.Options{})
		db := goora(t, addr, "")
		s.SetFaults(f)
		failed := 0
		for range 20 {
			_, err := safely(func() ([][]string, error) { return fetch(within(t, 20*time.Second), db, "select * from generate 10") })
			var ora *network.OracleError
			switch {
			case err == nil:
			case errors.As(err, &ora) && ora.ErrCode == 60:
				failed++
			default:
				t.Error(err)
			}
		}
		if failed != 1 || s.Faults() != 1 {
			t.Errorf("after %d calls: %d queries failed, %d faults", n, failed, s.Faults())
		}
	}
}
