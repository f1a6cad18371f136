package tns_test

import (
	"context"
	"database/sql"
	"fmt"
	"net"
	"testing"
	"time"

	_ "github.com/sijms/go-ora/v2"

	"landfall/internal/orasim/session"
	"landfall/internal/orasim/tns"
)

// serve starts a server of a backend, and stops it when the test is over; all sessions must be closed then.
func serve(t testing.TB, b session.Backend, o tns.Options) (*tns.Server, *net.TCPAddr) {
	t.Helper()
	if o.Log == nil {
		o.Log = func(client, what string, err error) { t.Logf("server: %s: %s: %v", client, what, err) }
	}
	s, err := tns.New(b, o)
	if err != nil {
		t.Fatal(err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- s.Serve(context.Background(), l) }()
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Errorf("close: %v", err)
		}
		if err := <-ended; err != tns.ErrClosed {
			t.Errorf("serve: %v", err)
		}
		if b, ok := b.(*scripted); ok && b.opened() != 0 {
			t.Errorf("%d sessions are still open", b.opened())
		}
	})
	return s, l.Addr().(*net.TCPAddr)
}

func goora(t testing.TB, addr *net.TCPAddr, options string) *sql.DB {
	t.Helper()
	db, err := sql.Open("oracle", fmt.Sprintf("oracle://scott:tiger@127.0.0.1:%d/demo?%s", addr.Port, options))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

func within(t testing.TB, d time.Duration) context.Context {
	ctx, cancel := context.WithTimeout(context.Background(), d)
	t.Cleanup(cancel)
	return ctx
}

func TestGoOraLogin(t *testing.T) {
	for _, verifier := range []int{18453, 6949} {
		t.Run(fmt.Sprint(verifier), func(t *testing.T) {
			b := newScripted()
			_, addr := serve(t, b, tns.Options{Verifier: verifier})
			db := goora(t, addr, "")
			if err := db.PingContext(within(t, 20*time.Second)); err != nil {
				t.Fatal(err)
			}
			if got := b.logins[0]; got.User != "scott" || got.Target.Service != "demo" || got.Program == "" || got.Driver != "OracleClientGo" {
				t.Errorf("login: %+v", got)
			}
		})
	}
}
