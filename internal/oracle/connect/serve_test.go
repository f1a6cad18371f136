package connect

import (
	"context"
	"testing"
	"time"

	"landfall/internal/orasim/engine"
	"landfall/internal/orasim/session"
	"landfall/internal/orasim/simtest"
	"landfall/internal/orasim/tns"
)

// sim is an embedded Oracle, filled by statements, with the account app/secret.
type sim struct {
	db     *engine.Database
	server *tns.Server
	port   int
}

func newSim(t testing.TB, o tns.Options, statements ...string) *sim {
	t.Helper()
	return newSimIn(t, simtest.AL32UTF8, o, statements...)
}

// newSimIn is newSim of a database in another character set.
func newSimIn(t testing.TB, charset int, o tns.Options, statements ...string) *sim {
	t.Helper()
	db := simtest.New(charset, nil)
	db.AddUser("APP", "secret")
	s := serve(t, db, o)
	s.db = db
	se, err := db.Login(context.Background(), session.Login{User: "APP"})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = se.Close() }()
	for _, text := range append(statements, "commit") {
		st, err := se.Parse(context.Background(), text)
		if err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		if _, err := st.Execute(context.Background(), &session.Call{Rows: [][][]byte{nil}}); err != nil {
			t.Fatalf("%s: %v", text, err)
		}
	}
	return s
}

func serve(t testing.TB, b session.Backend, o tns.Options) *sim {
	t.Helper()
	server, port := simtest.Serve(t, b, o)
	return &sim{server: server, port: port}
}

func (s *sim) target() Target {
	return Target{User: "app", Host: "127.0.0.1", Port: s.port, Service: simtest.Service}
}

func secret(text string) func(context.Context) (string, error) {
	return func(context.Context) (string, error) { return text, nil }
}

func (s *sim) source(t testing.TB, opt Options) *Source {
	t.Helper()
	if opt.Password == nil {
		opt.Password = secret("secret")
	}
	src, err := New(s.target(), opt)
	if err != nil {
		t.Fatal(err)
	}
	return src
}

func (s *sim) session(t testing.TB, opt Options) *Session {
	t.Helper()
	se, err := s.source(t, opt).Session(within(t, 20*time.Second))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := se.Close(); err != nil && se.broken == nil {
			t.Errorf("close: %v", err)
		}
	})
	return se
}

func within(t testing.TB, d time.Duration) context.Context {
	ctx, cancel := context.WithTimeout(context.Background(), d)
	t.Cleanup(cancel)
	return ctx
}

// all fetches everything; rows are copied.
func all(t testing.TB, se *Session, sql string, args ...any) [][]any {
	t.Helper()
	ctx := within(t, 60*time.Second)
	rows, err := se.Query(ctx, sql, args...)
	if err != nil {
		t.Fatalf("%s: %v", sql, err)
	}
	defer func() { _ = rows.Close() }()
	var out [][]any
	for rows.Next(ctx) {
		row := make([]any, len(rows.Values()))
		for i, v := range rows.Values() {
			row[i] = v
		}
		out = append(out, row)
	}
	if err := rows.Err(); err != nil {
		t.Fatalf("%s: %v", sql, err)
	}
	return out
}
