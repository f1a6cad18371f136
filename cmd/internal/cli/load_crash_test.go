package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"landfall/internal/postgres/scratch"
)

// loader is a landfall load in a process of its own, which can be killed.
type loader struct {
	cmd   *exec.Cmd
	out   bytes.Buffer
	ended chan struct{}
}

func startLoader(t *testing.T, args ...string) *loader {
	t.Helper()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	l := &loader{ended: make(chan struct{})}
	l.cmd = exec.Command(exe, args...)
	l.cmd.Args[0] = "landfall" // TestMain runs the command by this name
	l.cmd.Env = append(os.Environ(), "LANDFALL_SOURCE_PASSWORD=hush/1")
	l.cmd.Stdout, l.cmd.Stderr = &l.out, &l.out
	if err := l.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go func() {
		_ = l.cmd.Wait() // how it ended is asked for
		close(l.ended)
	}()
	t.Cleanup(l.kill)
	return l
}

// kill is kill -9.
func (l *loader) kill() {
	_ = l.cmd.Process.Signal(syscall.SIGKILL) // gone already is as good
	<-l.ended
}

func (l *loader) done() bool {
	select {
	case <-l.ended:
		return true
	default:
		return false
	}
}

// crashSchema has what a load goes through: keys, foreign keys, partitions, an index-organized table, LOBs.
const crashSchema = `
CREATE TABLE bank.customer (id NUMBER(9) PRIMARY KEY, name VARCHAR2(60) NOT NULL, born DATE, note CLOB);
CREATE TABLE bank.account (id NUMBER(9) PRIMARY KEY, customer_id NUMBER(9) NOT NULL CONSTRAINT account_customer REFERENCES bank.customer (id), opened TIMESTAMP(6), balance NUMBER(14,2), code CHAR(4));
CREATE TABLE bank.booking (id NUMBER(12) PRIMARY KEY, account_id NUMBER(9) NOT NULL CONSTRAINT booking_account_fk REFERENCES bank.account (id), booked DATE NOT NULL, amount NUMBER(14,2), text VARCHAR2(200))
  PARTITION BY RANGE (booked) (PARTITION p1 VALUES LESS THAN (DATE '2021-01-01'), PARTITION p2 VALUES LESS THAN (MAXVALUE));
CREATE TABLE bank.rate (currency VARCHAR2(3), day DATE, value NUMBER, CONSTRAINT rate_pk PRIMARY KEY (currency, day)) ORGANIZATION INDEX;
CREATE INDEX bank.booking_account ON bank.booking (account_id);
CREATE SEQUENCE bank.booking_seq START WITH 1000000;
`

// crashTest is a sim with trouble, a server that can be killed, and a project.
type crashTest struct {
	sim     *sim
	server  *scratch.Server
	dir     string
	url     string
	command []string
}

func prepareCrash(t *testing.T, rows int, faults ...string) *crashTest {
	t.Helper()
	c := &crashTest{dir: t.TempDir()}
	var err error
	c.server, err = scratch.Start(t.Context(), scratch.Options{BinDir: os.Getenv("LANDFALL_PG_BIN"), Settings: map[string]string{"synchronous_commit": "on", "max_connections": "80"}})
	if errors.Is(err, scratch.ErrNotFound) && os.Getenv("LANDFALL_REQUIRE_PG") == "" {
		t.Skipf("needs PostgreSQL: %v; %s", err, scratch.InstallHint)
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := c.server.Stop(); err != nil {
			t.Error(err)
		}
	})
	name, err := c.server.CreateDatabase(t.Context(), "", true)
	if err != nil {
		t.Fatal(err)
	}
	c.url = c.server.URL(name)
	scripts := filepath.Join(c.dir, "ddl")
	if err := os.MkdirAll(scripts, 0o700); err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{filepath.Join("ddl", "a.sql"): crashSchema, "landfall.yaml": "load:\n  schemas: [BANK]\n  chunk-rows: 150\n"} {
		if err := os.WriteFile(filepath.Join(c.dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	code, out, errs := command(t, "convert", "--source", "files:"+scripts, "--out", c.dir, "--project", c.dir, "--quiet")
	wants(t, ExitOK, code, out, errs)
	args := []string{"--schema", scripts, "--owner", "BANK", "--user", "BANK", "--data", fmt.Sprint("generate:", rows)}
	for _, f := range faults {
		args = append(args, "--fault", f)
	}
	c.sim = startSim(t, args...)
	c.command = []string{"--source", "oracle://BANK@" + c.sim.ready.Address + "/" + c.sim.ready.Service, "--target", c.url}
	return c
}

func (c *crashTest) load(what string, more ...string) []string {
	return append(append([]string{"load", what}, c.command...), more...)
}

// check holds that everything is there once, and equal.
func (c *crashTest) check(t *testing.T) {
	t.Helper()
	code, out, errs := command(t, c.load("verify", "--project", c.dir)...)
	wants(t, ExitOK, code, out, errs)
	conn, err := c.server.Connect(t.Context(), "scratch_1")
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.Background())
	for _, table := range c.sim.ready.Tables {
		var n, distinct int64
		key := "id"
		if table.Name == "RATE" {
			key = "(currency, day)"
		}
		if err := conn.QueryRow(t.Context(), fmt.Sprintf("SELECT count(*), count(DISTINCT %s) FROM bank.%s", key, table.Name)).Scan(&n, &distinct); err != nil {
			t.Fatal(err)
		}
		if n != table.Rows || distinct != n {
			t.Errorf("%s: %d rows, %d of them distinct, want %d", table.Name, n, distinct, table.Rows)
		}
	}
	var states string
	if err := conn.QueryRow(t.Context(), "SELECT string_agg(DISTINCT state, ' ') FROM landfall.load_chunk WHERE state <> 'split'").Scan(&states); err != nil || states != "verified" {
		t.Errorf("chunks are %s, %v", states, err)
	}
}

// TestLoadCrashes kills the loader and the server at random instants of one load, and lets the source fail meanwhile. In the end everything is there
// once and equal, and what was done was not done again.
func TestLoadCrashes(t *testing.T) {
	kills, rows := 4, 16000
	faults := []string{"slow=3ms@calls=1x0", "drop@rows=900x3", "error=1555@rows=1300x2", "error=3113@calls=140x2", "drop@bytes=150000x3"}
	if os.Getenv("LANDFALL_SOAK") != "" {
		kills, rows = 50, 260000
		faults = []string{"slow=3ms@calls=1x0", "drop@rows=2500x15", "error=1555@rows=3300x10", "error=3113@calls=900x15", "drop@bytes=700000x10"}
	}
	c := prepareCrash(t, rows, faults...)
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	random := rand.New(rand.NewPCG(seed, 1))
	run := c.load("run", "--project", c.dir, "--streams", "3")
	var l *loader
	start := func() { l = startLoader(t, run...) }
	start()
	killed := map[bool]int{}
	for n := 0; n < 2*kills; {
		time.Sleep(time.Duration(random.IntN(900)) * time.Millisecond)
		if l.done() {
			if l.cmd.ProcessState.ExitCode() == ExitOK {
				t.Logf("loaded after %d of %d kills", n, 2*kills)
				break
			}
			start() // it gave up, as it may with a source like this
			continue
		}
		server := n%2 == 1
		if server {
			if err := c.server.Kill(); err != nil {
				t.Fatal(err)
			}
			if err := c.server.Restart(t.Context()); err != nil {
				t.Fatal(err)
			}
		} else {
			l.kill()
			start()
		}
		killed[server]++
		n++
	}
	for try := 0; ; try++ {
		<-l.ended
		if l.cmd.ProcessState.ExitCode() == ExitOK {
			break
		}
		if try == 10 {
			t.Fatalf("the load does not come to its end: exit code %d\n%.4000s", l.cmd.ProcessState.ExitCode(), &l.out)
		}
		start()
	}
	t.Logf("killed the loader %d times and the server %d times", killed[false], killed[true])
	if killed[false]+killed[true] < 2 {
		t.Errorf("the load was over before it was killed often enough: %v", killed)
	}
	c.check(t)
}

// TestLoadWorkerDies lets two workers in processes of their own share a load with the run, and kills one that has a chunk at hand.
func TestLoadWorkerDies(t *testing.T) {
	c := prepareCrash(t, 12000, "slow=4ms@calls=1x0")
	conn, err := c.server.Connect(t.Context(), "scratch_1")
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.Background())
	run := startLoader(t, c.load("run", "--project", c.dir, "--streams", "1")...)
	until := func(what, sql string) {
		t.Helper()
		for end := time.Now().Add(time.Minute); ; {
			var ok bool
			err := conn.QueryRow(t.Context(), sql).Scan(&ok)
			if err == nil && ok {
				return
			}
			if run.done() || time.Now().After(end) {
				t.Fatalf("%s: never; %v\n%s", what, err, &run.out)
			}
			time.Sleep(5 * time.Millisecond)
		}
	}
	until("a plan", "SELECT EXISTS (SELECT FROM landfall.load_plan)")
	first := startLoader(t, c.load("worker", "--streams", "1")...)
	second := startLoader(t, c.load("worker", "--streams", "1")...)
	until("chunks of two workers", `SELECT count(DISTINCT c.worker) = 2 FROM landfall.load_chunk c JOIN landfall.load_worker w USING (worker) WHERE w.role = 'worker' AND c.copied IS NOT NULL`)
	victim := fmt.Sprintf("w.role = 'worker' AND w.pid = %d", first.cmd.Process.Pid)
	until("a chunk in the hands of the victim", "SELECT EXISTS (SELECT FROM landfall.load_chunk c JOIN landfall.load_worker w USING (worker) WHERE "+victim+" AND c.state = 'copying')")
	first.kill()
	<-run.ended
	if code := run.cmd.ProcessState.ExitCode(); code != ExitOK {
		t.Fatalf("exit code %d\n%s", code, tail(run.out.String()))
	}
	<-second.ended
	if code := second.cmd.ProcessState.ExitCode(); code != ExitOK {
		t.Errorf("the other worker: exit code %d\n%s", code, tail(second.out.String()))
	}
	var shares string
	if err := conn.QueryRow(t.Context(), "SELECT string_agg(format('%s %s', w.role, n), ', ' ORDER BY w.worker) FROM (SELECT worker, count(*) AS n FROM landfall.load_chunk GROUP BY worker) AS c JOIN landfall.load_worker w USING (worker)").Scan(&shares); err != nil {
		t.Fatal(err)
	}
	t.Log("chunks: " + shares)
	c.check(t)
}
