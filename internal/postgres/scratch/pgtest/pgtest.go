// Package pgtest gives tests a real PostgreSQL.
//
// Input -> output: a *testing.T in, a database of its own out, on one scratch server a test process, which is
// started by the first test that asks and removed when the process ends, however it ends. Without an installed
// PostgreSQL the test is skipped with the reason, or fails when LANDFALL_REQUIRE_PG is set. Open may be called
// by parallel tests.
package pgtest

import (
	"context"
	"errors"
	"os"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"landfall/internal/postgres/scratch"
)

var (
	once   sync.Once
	server *scratch.Server
	failed error
)

// Server is the server of this test process.
func Server(t testing.TB) *scratch.Server {
	t.Helper()
	once.Do(func() {
		server, failed = scratch.Start(context.Background(), scratch.Options{BinDir: os.Getenv("LANDFALL_PG_BIN")})
	})
	switch {
	case failed == nil:
		return server
	case errors.Is(failed, scratch.ErrNotFound) && os.Getenv("LANDFALL_REQUIRE_PG") == "":
		t.Skipf("needs PostgreSQL: %v; %s", failed, scratch.InstallHint)
	case errors.Is(failed, scratch.ErrNotFound):
		t.Fatalf("LANDFALL_REQUIRE_PG is set: %v; %s", failed, scratch.InstallHint)
	default:
		t.Fatalf("scratch PostgreSQL: %v", failed)
	}
	return nil
}

// Extension skips a test that needs an extension which the server goes without. What make setup installs has both
// that tests ask for; a server that LANDFALL_PG_BIN names may lack them.
func Extension(t testing.TB, name string) {
	t.Helper()
	if s := Server(t); !slices.Contains(s.Extensions(), name) {
		t.Skipf("PostgreSQL %d lacks the extension %s", s.Major(), name)
	}
}

// DB is a database that one test has for itself.
type DB struct {
	*pgx.Conn
	Name   string
	URL    string
	Server *scratch.Server
}

// Open makes a database with the extensions that are installed, connects to it and drops it when the test ends.
func Open(t testing.TB) *DB { t.Helper(); return open(t, false) }

// OpenBare is Open without any extension but plpgsql.
func OpenBare(t testing.TB) *DB { t.Helper(); return open(t, true) }

func open(t testing.TB, bare bool) *DB {
	t.Helper()
	s := Server(t)
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	name, err := s.CreateDatabase(ctx, "", bare)
	if err != nil {
		t.Fatalf("create database: %v", err)
	}
	conn, err := s.Connect(ctx, name)
	if err != nil {
		t.Fatalf("connect to %s: %v", name, err)
	}
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
		defer cancel()
		_ = conn.Close(ctx) // dropping throws it out anyway
		if err := s.DropDatabase(ctx, name); err != nil {
			t.Errorf("drop database %s: %v", name, err)
		}
	})
	return &DB{Conn: conn, Name: name, URL: s.URL(name), Server: s}
}
