package connect

import (
	"context"
	"net"
	"testing"
	"time"

	"landfall/internal/orasim/engine"
	"landfall/internal/orasim/session"
	"landfall/internal/orasim/tns"
)

// one is a backend of a single database.
type one struct{ session.Database }

func (o one) Open(context.Context, session.Target) (session.Database, error) { return o.Database, nil }

var simInfo = session.Info{
	Name: "SIM", Service: "SIM", Instance: "SIM", Version: session.Version{19, 3, 0, 0, 0}, Banner: "Oracle Database 19c (simulated)", Charset: 873, NCharset: 2000,
}

// sim is an embedded Oracle, filled by statements, with the account app/secret.
type sim struct {
	db     *engine.Database
	server *tns.Server
	addr   *net.TCPAddr
}

func newSim(t testing.TB, o tns.Options, statements ...string) *sim {
	t.Helper()
	return newSimIn(t, simInfo.Charset, o, statements...)
}

// newSimIn is newSim of a database in another character set.
func newSimIn(t testing.TB, charset int, o tns.Options, statements ...string) *sim {
	t.Helper()
	info := simInfo
	info.Charset = charset
	db := engine.New(info, nil)
	db.AddUser("APP", "secret")
	s := serve(t, one{db}, o)
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
		_ = server.Close()
		<-ended
	})
	return &sim{server: server, addr: l.Addr().(*net.TCPAddr)}
}

func (s *sim) target() Target {
	return Target{User: "app", Host: "127.0.0.1", Port: s.addr.Port, Service: "SIM"}
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
