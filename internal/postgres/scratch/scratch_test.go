package scratch_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"landfall/internal/postgres/scratch"
	"landfall/internal/postgres/scratch/pgtest"
)

// hold is set in the child that TestGoneAfterDeath starts: run a server, say where, and wait to be killed.
const hold = "LANDFALL_TEST_HOLD_SERVER"

func TestMain(m *testing.M) {
	if base := os.Getenv(hold); base != "" {
		s, err := scratch.Start(context.Background(), scratch.Options{BinDir: os.Getenv("LANDFALL_PG_BIN"), TempDir: base})
		if err != nil {
			fmt.Println("error:", err)
			os.Exit(1)
		}
		fmt.Println(s.URL("postgres"))
		select {}
	}
	os.Exit(m.Run())
}

func TestOwnDatabasePerTest(t *testing.T) {
	ctx := context.Background()
	a, b := pgtest.Open(t), pgtest.Open(t)
	if _, err := a.Exec(ctx, "create table t (x int)"); err != nil {
		t.Fatal(err)
	}
	var there bool
	if err := b.QueryRow(ctx, "select to_regclass('t') is not null").Scan(&there); err != nil {
		t.Fatal(err)
	}
	if there {
		t.Error("a table of one test's database shows in the other's")
	}
	var listen, user, lower string
	if err := a.QueryRow(ctx, "select current_setting('listen_addresses'), current_user, lower('ÄÖ')").Scan(&listen, &user, &lower); err != nil {
		t.Fatal(err)
	}
	if listen != "" {
		t.Errorf("server listens on %q", listen)
	}
	if user != "scratch" || lower != "äö" && lower != "ÄÖ" {
		t.Errorf("user %q, lower %q", user, lower)
	}
}

func TestExtensions(t *testing.T) {
	ctx := context.Background()
	db, bare := pgtest.Open(t), pgtest.OpenBare(t)
	for _, name := range db.Server.Extensions() {
		for _, c := range []struct {
			db   *pgtest.DB
			want bool
		}{{db, true}, {bare, false}} {
			var got bool
			if err := c.db.QueryRow(ctx, "select exists (select from pg_extension where extname = $1)", name).Scan(&got); err != nil {
				t.Fatal(err)
			}
			if got != c.want {
				t.Errorf("extension %s in %s: %v, want %v", name, c.db.Name, got, c.want)
			}
		}
	}
	if major := db.Server.Major(); major < scratch.MinMajor {
		t.Errorf("version %d", major)
	}
}

func TestStopLeavesNothing(t *testing.T) {
	pgtest.Server(t) // skips where there is none
	base := shortTemp(t)
	s, err := scratch.Start(context.Background(), scratch.Options{BinDir: os.Getenv("LANDFALL_PG_BIN"), TempDir: base})
	if err != nil {
		t.Fatal(err)
	}
	if left := entries(t, base); len(left) != 1 {
		t.Fatalf("running server has folders %v", left)
	}
	for range 2 {
		if err := s.Stop(); err != nil {
			t.Fatal(err)
		}
	}
	if left := entries(t, base); len(left) != 0 {
		t.Errorf("left behind: %v", left)
	}
}

// TestGoneAfterDeath kills a process that runs a server in the ways it can die and waits for both to go.
func TestGoneAfterDeath(t *testing.T) {
	pgtest.Server(t)
	for _, sig := range []syscall.Signal{syscall.SIGKILL, syscall.SIGINT, syscall.SIGTERM} {
		t.Run(sig.String(), func(t *testing.T) {
			base := shortTemp(t)
			child := holder(t, base)
			pid := postmaster(t, base)
			if err := child.Process.Signal(sig); err != nil {
				t.Fatal(err)
			}
			_ = child.Wait() // it was killed
			waitFor(t, "the folder to go", func() bool { return len(entries(t, base)) == 0 })
			waitFor(t, "the server to end", func() bool { return !alive(pid) })
		})
	}
}

// TestStaleIsRemoved kills the watcher too, so that only the next Start can clean up.
func TestStaleIsRemoved(t *testing.T) {
	pgtest.Server(t)
	base := shortTemp(t)
	child := holder(t, base)
	pid := postmaster(t, base)
	out, err := exec.Command("pgrep", "-f", "landfall-pg-watch "+base).Output()
	if err != nil {
		t.Skipf("needs pgrep: %v", err)
	}
	for _, w := range strings.Fields(string(out)) {
		if err := exec.Command("kill", "-KILL", w).Run(); err != nil {
			t.Fatal(err)
		}
	}
	if err := child.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = child.Wait() // it was killed
	stale := entries(t, base)
	if len(stale) != 1 || !alive(pid) {
		t.Fatalf("expected a server left behind, have %v", stale)
	}
	old := time.Now().Add(-time.Minute)
	if err := os.Chtimes(filepath.Join(base, stale[0]), old, old); err != nil {
		t.Fatal(err)
	}
	s, err := scratch.Start(context.Background(), scratch.Options{BinDir: os.Getenv("LANDFALL_PG_BIN"), TempDir: base})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Stop()
	if now := entries(t, base); len(now) != 1 || now[0] == stale[0] {
		t.Errorf("stale %v, now %v", stale, now)
	}
	waitFor(t, "the stale server to end", func() bool { return !alive(pid) })
}

func TestFind(t *testing.T) {
	fake := func(initdb, postgres string) string {
		dir := t.TempDir()
		for name, says := range map[string]string{"initdb": initdb, "postgres": postgres} {
			if err := os.WriteFile(filepath.Join(dir, name), []byte("#!/bin/sh\necho '"+says+"'\n"), 0o755); err != nil {
				t.Fatal(err)
			}
		}
		return dir
	}
	cases := []struct{ name, dir, want string }{
		{"good", fake("initdb (PostgreSQL) 17.2 (Debian)", "postgres (PostgreSQL) 17.2"), ""},
		{"old", fake("initdb (PostgreSQL) 13.4", "postgres (PostgreSQL) 13.4"), "older than 14"},
		{"foreign", fake("initdb of another thing 17", "postgres (PostgreSQL) 17.2"), "is not PostgreSQL's"},
		{"mixed", fake("initdb (PostgreSQL) 16.1", "postgres (PostgreSQL) 17.2"), "16 and 17"},
		{"absent", t.TempDir(), "no such file"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			b, err := scratch.Find(context.Background(), c.dir)
			switch {
			case c.want == "" && (err != nil || b.Major != 17):
				t.Errorf("got %+v, %v", b, err)
			case c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)):
				t.Errorf("got %v, want %q", err, c.want)
			}
		})
	}
	t.Run("foreign on the PATH", func(t *testing.T) {
		t.Setenv("PATH", fake("initdb of another thing 17", "postgres"))
		b, err := scratch.Find(context.Background(), "")
		if err == nil && b.Major < scratch.MinMajor || err != nil && !errors.Is(err, scratch.ErrNotFound) {
			t.Errorf("got %+v, %v", b, err)
		}
	})
}

// shortTemp is a temp folder short enough for a socket and open to the server's user.
func shortTemp(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("/tmp", "lf")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := os.RemoveAll(dir); err != nil {
			t.Error(err)
		}
	})
	if err := os.Chmod(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	return dir
}

func entries(t *testing.T, dir string) []string {
	t.Helper()
	list, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	names := make([]string, len(list))
	for i, e := range list {
		names[i] = e.Name()
	}
	return names
}

func holder(t *testing.T, base string) *exec.Cmd {
	t.Helper()
	child := exec.Command(os.Args[0])
	child.Env = append(os.Environ(), hold+"="+base)
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil || !strings.HasPrefix(line, "host=") {
		t.Fatalf("server did not start: %q, %v", line, err)
	}
	return child
}

func postmaster(t *testing.T, base string) int {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(base, "*", "data", "postmaster.pid"))
	if err != nil || len(files) != 1 {
		t.Fatalf("pid files %v, %v", files, err)
	}
	b, err := os.ReadFile(files[0])
	if err != nil {
		t.Fatal(err)
	}
	var pid int
	if _, err := fmt.Sscan(string(b), &pid); err != nil {
		t.Fatal(err)
	}
	return pid
}

// alive is false for a zombie too: some containers have nobody who reaps orphans.
func alive(pid int) bool {
	b, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return false
	}
	_, state, _ := strings.Cut(string(b), ") ")
	return !strings.HasPrefix(state, "Z")
}

func waitFor(t *testing.T, what string, ok func() bool) {
	t.Helper()
	for end := time.Now().Add(20 * time.Second); time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
		if ok() {
			return
		}
	}
	t.Errorf("waited in vain for %s", what)
}

// TestKillAndRestart holds that what was committed survives a kill -9, and what was not does not.
func TestKillAndRestart(t *testing.T) {
	ctx := context.Background()
	s, err := scratch.Start(ctx, scratch.Options{BinDir: os.Getenv("LANDFALL_PG_BIN"), Settings: map[string]string{"synchronous_commit": "on"}})
	if errors.Is(err, scratch.ErrNotFound) && os.Getenv("LANDFALL_REQUIRE_PG") == "" {
		t.Skipf("needs PostgreSQL: %v; %s", err, scratch.InstallHint)
	}
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := s.Stop(); err != nil {
			t.Error(err)
		}
	}()
	conn, err := s.Connect(ctx, "postgres")
	if err != nil {
		t.Fatal(err)
	}
	for _, sql := range []string{"CREATE TABLE t (x int)", "INSERT INTO t VALUES (1)", "BEGIN", "INSERT INTO t VALUES (2)"} {
		if _, err := conn.Exec(ctx, sql); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Kill(); err != nil {
		t.Fatal(err)
	}
	if err := s.Restart(ctx); err != nil {
		t.Fatal(err)
	}
	_ = conn.Close(ctx) // its server is gone
	if conn, err = s.Connect(ctx, "postgres"); err != nil {
		t.Fatal(err)
	}
	defer conn.Close(ctx)
	var n int
	if err := conn.QueryRow(ctx, "SELECT sum(x) FROM t").Scan(&n); err != nil || n != 1 {
		t.Errorf("sum %d, %v", n, err)
	}
}
