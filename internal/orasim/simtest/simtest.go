// Package simtest gives tests an embedded Oracle to log in to.
//
// Input -> output: a *testing.T in; an empty database of one fixed description out, and a server of any backend, on a port of the
// loopback that the system chose, which ends with the test. What the server cannot tell a client goes to the test's log. It makes no accounts and
// no objects. Everything may be called by parallel tests.
package simtest

import (
	"context"
	"errors"
	"net"
	"testing"
	"time"

	"landfall/internal/orasim/engine"
	"landfall/internal/orasim/session"
	"landfall/internal/orasim/tns"
)

// AL32UTF8 is Oracle's number of the character set that most databases have.
const AL32UTF8 = 873

// Service is the name that the database is asked for by.
const Service = "SIM"

// Info describes a database in a character set, by Oracle's number of it.
func Info(charset int) session.Info {
	return session.Info{
		Name: Service, Service: Service, Instance: Service, Version: session.Version{19, 3, 0, 0, 0}, Banner: "Oracle Database 19c (simulated)",
		Charset: charset, NCharset: 2000,
	}
}

// New is an empty database in a character set. Its clock is now; nil is the machine's.
func New(charset int, now func() time.Time) *engine.Database { return engine.New(Info(charset), now) }

// Serve serves a backend until the test is over.
func Serve(t testing.TB, b session.Backend, o tns.Options) (server *tns.Server, port int) {
	t.Helper()
	if o.Log == nil {
		o.Log = func(client, what string, err error) { t.Logf("server: %s: %s: %v", client, what, err) }
	}
	server, err := tns.New(b, o)
	if err != nil {
		t.Fatal(err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(context.Background(), l) }()
	t.Cleanup(func() {
		if err := server.Close(); err != nil {
			t.Errorf("close: %v", err)
		}
		if err := <-ended; !errors.Is(err, tns.ErrClosed) {
			t.Errorf("serve: %v", err)
		}
	})
	return server, l.Addr().(*net.TCPAddr).Port
}
