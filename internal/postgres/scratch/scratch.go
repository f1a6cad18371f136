// Package scratch runs a private PostgreSQL for tests, proofs and demos.
//
// Input -> output: an installed PostgreSQL (14 or newer) in, a running server out: in a folder of its own under
// the temp folder, reached through a unix socket only, without durability. It is gone after Stop, and also
// after the process that started it has died in any way, kill -9 included (see watch.go). It downloads nothing
// and never touches another cluster.
//
// A Server may be used by any number of goroutines. Start may be called concurrently and by many processes.
package scratch

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// Options say how a server is started. The zero value is usable.
type Options struct {
	BinDir   string            // folder with initdb and postgres; "" looks for them, see Find
	TempDir  string            // where the server's folder is made; "" is the system's
	Settings map[string]string // further postgresql.conf settings
}

// Server is one running PostgreSQL.
type Server struct {
	bin   Binaries
	dir   string // its folder, and that of its socket
	cmd   *exec.Cmd
	watch *watcher

	exited   chan struct{} // closed when the postmaster has ended
	ext      []string
	settings map[string]string

	stopOnce sync.Once
	stopErr  error

	mu   sync.Mutex
	next int // number of the next unnamed database
}

// superuser owns everything in a scratch server. It is not named as the support schema: that would be the "$user" of
// search_path, and converted code would find functions that it finds nowhere else.
const superuser = "scratch"

// startTimeout bounds initdb and the first connection; a loaded machine with cold disks needs some 20 s.
const startTimeout = 2 * time.Minute

// Start makes a cluster and starts it. Clusters that dead processes left behind are removed first.
func Start(ctx context.Context, opt Options) (*Server, error) {
	ctx, cancel := context.WithTimeout(ctx, startTimeout)
	defer cancel()
	bin, err := Find(ctx, opt.BinDir)
	if err != nil {
		return nil, err
	}
	who, err := runAs()
	if err != nil {
		return nil, err
	}
	base, err := tempBase(opt.TempDir, who)
	if err != nil {
		return nil, err
	}
	removeStale(base)
	s := &Server{bin: bin, exited: make(chan struct{}), settings: opt.Settings}
	if s.dir, err = makeDir(base, who); err != nil {
		return nil, err
	}
	if s.watch, err = watchOver(s.dir); err != nil {
		return nil, errors.Join(err, os.RemoveAll(s.dir))
	}
	if err := s.boot(ctx, who, opt.Settings); err != nil {
		return nil, errors.Join(err, s.Stop())
	}
	return s, nil
}

func (s *Server) boot(ctx context.Context, who *identity, settings map[string]string) error {
	if err := s.initdb(ctx, who); err != nil {
		return err
	}
	if err := s.run(who, settings); err != nil {
		return err
	}
	conn, err := s.firstConn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close(ctx)
	return s.addExtensions(ctx, conn)
}

func (s *Server) data() string { return filepath.Join(s.dir, "data") }
func (s *Server) log() string  { return filepath.Join(s.dir, "log") }

// initdb makes the cluster. Text is compared by its bytes, as Oracle's BINARY sort does; upper and lower case
// work on all letters where the system has the C.UTF-8 locale.
func (s *Server) initdb(ctx context.Context, who *identity) error {
	var out []byte
	var err error
	for _, ctype := range []string{"C.UTF-8", "C"} {
		cmd := exec.CommandContext(ctx, s.bin.initdb(), "-D", s.data(), "-U", superuser, "-A", "trust", "--no-sync",
			"--no-instructions", "-E", "UTF8", "--lc-collate=C", "--lc-ctype="+ctype, "--lc-messages=C")
		who.apply(cmd, s.dir)
		if out, err = cmd.CombinedOutput(); err == nil {
			return nil
		}
		if ctx.Err() != nil {
			return fmt.Errorf("initdb: %w", ctx.Err())
		}
		if err := os.RemoveAll(s.data()); err != nil {
			return err
		}
	}
	return fmt.Errorf("initdb in %s: %w\n%s", s.dir, err, out)
}

func (s *Server) run(who *identity, settings map[string]string) error {
	args := []string{"-D", s.data()}
	for k, v := range map[string]string{
		"listen_addresses": "", "unix_socket_directories": s.dir, "port": "5432",
		"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off",
		"wal_level": "logical", "max_wal_size": "256MB", "max_connections": "60", "shared_buffers": "64MB",
		"autovacuum_naptime": "10min", "log_min_messages": "warning", "timezone": "UTC", "lc_messages": "C",
	} {
		if _, own := settings[k]; !own {
			args = append(args, "-c", k+"="+v)
		}
	}
	for k, v := range settings {
		args = append(args, "-c", k+"="+v)
	}
	log, err := os.OpenFile(s.log(), os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
	if err != nil {
		return err
	}
	defer log.Close()
	s.cmd = exec.Command(s.bin.postgres(), args...)
	who.apply(s.cmd, s.dir)
	s.cmd.Stdout, s.cmd.Stderr = log, log
	if err := s.cmd.Start(); err != nil {
		return fmt.Errorf("start postgres: %w", err)
	}
	cmd, exited := s.cmd, s.exited
	go func() {
		_ = cmd.Wait() // how it ended is in the log
		close(exited)
	}()
	return nil
}

// firstConn waits until the server takes connections.
func (s *Server) firstConn(ctx context.Context) (*pgx.Conn, error) {
	for {
		conn, err := pgx.Connect(ctx, s.URL("template1"))
		if err == nil {
			return conn, nil
		}
		select {
		case <-s.exited:
			return nil, fmt.Errorf("postgres ended while starting:\n%s", s.logTail())
		case <-ctx.Done():
			return nil, fmt.Errorf("postgres takes no connections: %w\n%s", err, s.logTail())
		case <-time.After(20 * time.Millisecond):
		}
	}
}

func (s *Server) logTail() string {
	b, err := os.ReadFile(s.log())
	if err != nil {
		return "(no log: " + err.Error() + ")"
	}
	return string(b[max(0, len(b)-4000):])
}

// wanted are the extensions that converted code can use or that check it.
var wanted = []string{"plpgsql_check", "orafce"}

// addExtensions puts what is installed into template1, so that every database made from it has them.
func (s *Server) addExtensions(ctx context.Context, conn *pgx.Conn) error {
	for _, name := range wanted {
		var there bool
		if err := conn.QueryRow(ctx, "select exists (select from pg_available_extensions where name = $1)", name).Scan(&there); err != nil {
			return err
		}
		if !there {
			continue
		}
		if _, err := conn.Exec(ctx, "create extension "+pgx.Identifier{name}.Sanitize()); err != nil {
			return fmt.Errorf("create extension %s: %w", name, err)
		}
		s.ext = append(s.ext, name)
	}
	return nil
}

// Extensions names those of plpgsql_check and orafce that every database of this server has.
func (s *Server) Extensions() []string { return append([]string(nil), s.ext...) }

// Major is the server's major version, 14 or more.
func (s *Server) Major() int { return s.bin.Major }

// URL is the connection string of a database, for pgx and libpq.
func (s *Server) URL(database string) string {
	quote := func(v string) string { return "'" + strings.NewReplacer(`\`, `\\`, `'`, `\'`).Replace(v) + "'" }
	return fmt.Sprintf("host=%s port=5432 user=%s dbname=%s sslmode=disable", quote(s.dir), superuser, quote(database))
}

// Connect opens a connection to a database.
func (s *Server) Connect(ctx context.Context, database string) (*pgx.Conn, error) {
	return pgx.Connect(ctx, s.URL(database))
}

// Listen is Connect with notices: said is told the severity, the SQLSTATE and the text of each as it comes.
func (s *Server) Listen(ctx context.Context, database string, said func(severity, state, message string)) (*pgx.Conn, error) {
	config, err := pgx.ParseConfig(s.URL(database))
	if err != nil {
		return nil, err
	}
	config.OnNotice = func(_ *pgconn.PgConn, n *pgconn.Notice) { said(n.Severity, n.Code, n.Message) }
	return pgx.ConnectConfig(ctx, config)
}

// CreateDatabase makes a database; "" gives it a name. A bare one has no extensions.
func (s *Server) CreateDatabase(ctx context.Context, name string, bare bool) (string, error) {
	s.mu.Lock()
	defer s.mu.Unlock() // two CREATE DATABASE from one template get in each other's way
	if name == "" {
		s.next++
		name = fmt.Sprintf("scratch_%d", s.next)
	}
	template := "template1"
	if bare {
		template = "template0"
	}
	id := pgx.Identifier{name}.Sanitize()
	if err := s.admin(ctx, "create database "+id+" template "+template); err != nil {
		return name, err
	}
	// without "$user": the superuser is called like the support schema, which must not be searched for names
	return name, s.admin(ctx, "alter database "+id+" set search_path = public")
}

// DropDatabase removes a database and whoever is still connected to it.
func (s *Server) DropDatabase(ctx context.Context, name string) error {
	return s.admin(ctx, "drop database if exists "+pgx.Identifier{name}.Sanitize()+" with (force)")
}

func (s *Server) admin(ctx context.Context, sql string) error {
	conn, err := s.Connect(ctx, "postgres")
	if err != nil {
		return err
	}
	defer conn.Close(ctx)
	_, err = conn.Exec(ctx, sql)
	return err
}

// Stop ends the server and removes its folder. It may be called more than once.
func (s *Server) Stop() error {
	s.stopOnce.Do(func() {
		if s.cmd != nil && s.cmd.Process != nil {
			s.stopErr = s.end()
		}
		s.stopErr = errors.Join(s.stopErr, removeAll(s.dir), s.watch.dismiss())
	})
	return s.stopErr
}

// end asks for an immediate shutdown, since nothing in the cluster is worth writing down.
func (s *Server) end() error {
	for _, sig := range []syscall.Signal{syscall.SIGQUIT, syscall.SIGKILL} {
		if err := s.cmd.Process.Signal(sig); err != nil && !errors.Is(err, os.ErrProcessDone) {
			return err
		}
		select {
		case <-s.exited:
			return nil
		case <-time.After(10 * time.Second):
		}
	}
	return errors.New("postgres does not end")
}

// removeAll is os.RemoveAll for a folder in which ending backends may still write.
func removeAll(dir string) error {
	var err error
	for range 50 {
		if err = os.RemoveAll(dir); err == nil || errors.Is(err, fs.ErrPermission) {
			return err
		}
		time.Sleep(20 * time.Millisecond)
	}
	return err
}
