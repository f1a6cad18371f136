package ledger_test

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"landfall/internal/model"
	"landfall/internal/postgres/scratch/pgtest"
	"landfall/load/ledger"
	"landfall/load/plan"
	"landfall/load/source"
)

func open(t *testing.T, db *pgtest.DB) (*ledger.Ledger, *pgxpool.Pool) {
	t.Helper()
	pool, err := pgxpool.New(t.Context(), db.URL)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(pool.Close)
	return ledger.New(pool), pool
}

func made(n int) *plan.Plan {
	p := &plan.Plan{Format: plan.Format, Source: source.Identity{DBID: "1", Unique: "A"}, SCN: 42, Tables: []plan.Table{{Owner: "HR", Name: "T", Schema: "hr", Target: "t"}}}
	for i := range n {
		p.Chunks = append(p.Chunks, plan.Chunk{No: i, Blocks: int64(n - i), From: fmt.Sprint("R", i)})
	}
	return p
}

func enter(t *testing.T, l *ledger.Ledger, id string, role ledger.Role) *ledger.Worker {
	t.Helper()
	w, err := l.Enter(t.Context(), id, role, ledger.Process{Host: "host", PID: 1, Key: rand.Text()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = w.Leave(context.Background()) })
	return w
}

func store(t *testing.T, l *ledger.Ledger, p *plan.Plan) string {
	t.Helper()
	for range 2 { // the second time finds everything
		if err := l.Install(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	var id string
	for range 2 {
		var err error
		if id, err = l.Store(t.Context(), p); err != nil {
			t.Fatal(err)
		}
	}
	return id
}

// TestOlderLedger holds that the tables of another version are known for what they are: CREATE TABLE IF NOT EXISTS passes them over, and what
// came then was that a column does not exist.
func TestOlderLedger(t *testing.T) {
	l, pool := open(t, pgtest.OpenBare(t))
	p := made(1)
	p.Tool = "0.0.1"
	store(t, l, p)
	if ok, err := l.Installed(t.Context()); !ok || err != nil {
		t.Fatal(ok, err)
	}
	if _, err := pool.Exec(t.Context(), "ALTER TABLE landfall.load_table ADD later text, DROP COLUMN sampled; ALTER TABLE landfall.load_chunk DROP COLUMN faults; DROP TABLE landfall.load_difference"); err != nil {
		t.Fatal(err)
	}
	_, looked := l.Installed(t.Context())
	for _, err := range []error{looked, l.Install(t.Context())} {
		var e *model.Error
		if !errors.As(err, &e) || e.Code != "LD0202" || !strings.Contains(err.Error(), "0.0.1: there is no load_table.sampled, load_chunk.faults") || strings.Contains(err.Error(), "later") {
			t.Fatal(err)
		}
		if !strings.Contains(e.Hint, "DROP TABLE landfall.load_plan, landfall.load_table, landfall.load_worker, landfall.load_chunk, landfall.load_reject, landfall.load_difference, landfall.load_step CASCADE") {
			t.Error(e.Hint)
		}
	}
	var there *string
	if err := pool.QueryRow(t.Context(), "SELECT to_regclass('landfall.load_difference')::text").Scan(&there); err != nil || there != nil {
		t.Errorf("something was made beside the tables of the other version: %v", err)
	}
}

// TestClaims holds that many workers at once get every chunk exactly once, the heaviest first.
func TestClaims(t *testing.T) {
	l, pool := open(t, pgtest.OpenBare(t))
	const n = 40
	id := store(t, l, made(n))
	var mu sync.Mutex
	var got []int
	var wg sync.WaitGroup
	for range 4 {
		w := enter(t, l, id, ledger.RoleWorker)
		wg.Go(func() {
			for {
				c, _, err := l.Claim(t.Context(), w)
				if err != nil {
					t.Error(err)
					return
				}
				if c == nil {
					return
				}
				mu.Lock()
				got = append(got, c.No)
				mu.Unlock()
				err = pgx.BeginFunc(t.Context(), pool, func(tx pgx.Tx) error {
					if err := ledger.Begin(t.Context(), tx, c); err != nil {
						return err
					}
					return ledger.Finish(t.Context(), tx, c, &ledger.Result{Read: 10, Written: 10, Fingerprint: 1<<63 + uint64(c.No)}, 0)
				})
				if err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	if got[0] != 0 {
		t.Errorf("the first chunk was %d, not the heaviest", got[0])
	}
	slices.Sort(got)
	if len(got) != n || len(slices.Compact(got)) != n {
		t.Errorf("%d claims", len(got))
	}
	plans, err := l.Plans(t.Context())
	if err != nil || len(plans) != 1 || plans[0].Copied != n || plans[0].SCN != 42 || plans[0].Started == nil {
		t.Errorf("%+v %v", plans, err)
	}
	p, err := l.Plan(t.Context(), id)
	if err != nil || len(p.Chunks) != n {
		t.Errorf("%v", err)
	}
}

// TestTakeOver holds that the chunk of a worker whose connection is gone is given to another, that the first can then do nothing with it,
// and that the chunk of a live one is not.
func TestTakeOver(t *testing.T) {
	db := pgtest.OpenBare(t)
	l, pool := open(t, db)
	id := store(t, l, made(1))
	other, _ := open(t, db)
	dead := enter(t, other, id, ledger.RoleWorker)
	c1, _, err := other.Claim(t.Context(), dead)
	if err != nil || c1 == nil {
		t.Fatalf("%v %v", c1, err)
	}
	w := enter(t, l, id, ledger.RoleWorker)
	if c, q, err := l.Claim(t.Context(), w); c != nil || err != nil || q.Busy != 1 {
		t.Fatalf("a live worker lost its chunk: %v %v %+v", c, err, q)
	}
	// as kill -9 does: the connection is closed by the other side
	if _, err := pool.Exec(t.Context(), "SELECT pg_terminate_backend(k.pid, 5000) FROM pg_locks k WHERE k.locktype = 'advisory' AND k.objid = $1", dead.No); err != nil {
		t.Fatal(err)
	}
	c2, _, err := l.Claim(t.Context(), w)
	if err != nil || c2 == nil || c2.Attempt != c1.Attempt+1 {
		t.Fatalf("%+v %v", c2, err)
	}
	err = pgx.BeginFunc(t.Context(), pool, func(tx pgx.Tx) error { return ledger.Begin(t.Context(), tx, c1) })
	if !errors.Is(err, ledger.ErrLostClaim) {
		t.Errorf("the first worker may go on: %v", err)
	}
	err = pgx.BeginFunc(t.Context(), pool, func(tx pgx.Tx) error {
		return ledger.Finish(t.Context(), tx, c1, &ledger.Result{}, 0)
	})
	if !errors.Is(err, ledger.ErrLostClaim) {
		t.Errorf("the first worker may finish: %v", err)
	}
	if _, err := dead.Beat(t.Context(), nil); err == nil {
		t.Error("the dead worker gives a sign of life")
	}
}

// TestForward holds that no state goes back, whoever tries.
func TestForward(t *testing.T) {
	l, pool := open(t, pgtest.OpenBare(t))
	id := store(t, l, made(2))
	for _, sql := range []string{
		"UPDATE landfall.load_chunk SET state = 'copied' WHERE no = 0", "UPDATE landfall.load_chunk SET state = 'verified' WHERE no = 0",
	} {
		if _, err := pool.Exec(t.Context(), sql); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := pool.Exec(t.Context(), "UPDATE landfall.load_chunk SET state = 'copying' WHERE no = 0 AND plan = $1", id); err == nil || !strings.Contains(err.Error(), "cannot go from verified to copying") {
		t.Errorf("%v", err)
	}
}

// TestWritersSession holds that sessions which pass over triggers and foreign keys, as those do that write rows, keep the ledger whole.
func TestWritersSession(t *testing.T) {
	db := pgtest.OpenBare(t)
	config, err := pgxpool.ParseConfig(db.URL)
	if err != nil {
		t.Fatal(err)
	}
	config.ConnConfig.RuntimeParams["session_replication_role"] = "replica"
	pool, err := pgxpool.NewWithConfig(t.Context(), config)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(pool.Close)
	l := ledger.New(pool)
	p := made(2)
	p.Steps = []plan.Step{{Phase: plan.Tables, Name: "t", SQL: "SELECT 1"}}
	id := store(t, l, p)
	if _, err := pool.Exec(t.Context(), "UPDATE landfall.load_chunk SET state = 'copied' WHERE no = 0"); err != nil {
		t.Fatal(err)
	}
	if _, err := pool.Exec(t.Context(), "UPDATE landfall.load_chunk SET state = 'planned' WHERE no = 0"); err == nil || !strings.Contains(err.Error(), "cannot go from copied to planned") {
		t.Errorf("%v", err)
	}
	w := enter(t, l, id, ledger.RoleRun)
	if err := w.Leave(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := pool.Exec(t.Context(), `INSERT INTO landfall.load_reject (plan, chunk, attempt, n, code, error) VALUES ($1, 0, 1, 0, 'x', 'x')`, id); err != nil {
		t.Fatal(err)
	}
	if _, err := pool.Exec(t.Context(), `INSERT INTO landfall.load_difference (plan, tbl, n, kind, place) VALUES ($1, 0, 0, 'extra', 'x')`, id); err != nil {
		t.Fatal(err)
	}
	if err := l.Discard(t.Context(), id); err != nil {
		t.Fatal(err)
	}
	for _, table := range []string{"plan", "table", "worker", "chunk", "reject", "difference", "step"} {
		var n int
		if err := pool.QueryRow(t.Context(), "SELECT count(*) FROM landfall.load_"+table).Scan(&n); err != nil || n > 0 {
			t.Errorf("load_%s: %d rows are left, %v", table, n, err)
		}
	}
	if again := store(t, l, p); again != id {
		t.Errorf("the same plan is %s now", again)
	}
	p.SCN++ // another one takes the place of one that was not begun
	second := store(t, l, p)
	var n int
	if err := pool.QueryRow(t.Context(), "SELECT count(*) FROM landfall.load_chunk WHERE plan <> $1", second).Scan(&n); err != nil || n > 0 {
		t.Errorf("%d chunks of the plan before are left, %v", n, err)
	}
}

// TestSteering holds pause, the limit of sessions, stop, failures and splitting.
func TestSteering(t *testing.T) {
	l, pool := open(t, pgtest.OpenBare(t))
	id := store(t, l, made(3))
	w := enter(t, l, id, ledger.RoleWorker)
	exec := func(sql string) {
		t.Helper()
		if _, err := pool.Exec(t.Context(), sql); err != nil {
			t.Fatal(err)
		}
	}
	claim := func(want bool) (*ledger.Claim, ledger.Queue) {
		t.Helper()
		c, q, err := l.Claim(t.Context(), w)
		if err != nil || (c != nil) != want {
			t.Fatalf("claim %+v %+v %v", c, q, err)
		}
		return c, q
	}
	exec("UPDATE landfall.load_plan SET paused = true")
	if _, q := claim(false); !q.Paused || q.Open != 3 {
		t.Errorf("%+v", q)
	}
	exec("UPDATE landfall.load_plan SET paused = false, sessions = 1")
	c, _ := claim(true)
	if _, q := claim(false); !q.Limited {
		t.Errorf("%+v", q)
	}
	exec("UPDATE landfall.load_plan SET sessions = NULL")
	for i := range ledger.MaxFailures {
		if err := l.Release(t.Context(), c, errors.New("ORA-03113"), true, []ledger.Reject{{Place: "AAA", Code: "bad-utf8", Error: "no text"}}); err != nil {
			t.Fatal(err)
		}
		c, _ = claim(true)
		if again := c.No == 0; again != (i < ledger.MaxFailures-1) {
			t.Errorf("after %d failures chunk %d", i+1, c.No)
		}
	}
	pieces := []plan.Chunk{{Table: 0, From: "a", To: "b"}, {Table: 0, From: "b", To: "c"}}
	if err := l.Split(t.Context(), c, pieces); err != nil {
		t.Fatal(err)
	}
	if err := l.Split(t.Context(), c, pieces); !errors.Is(err, ledger.ErrLostClaim) {
		t.Errorf("split twice: %v", err)
	}
	if err := l.Stop(t.Context(), id, "enough"); err != nil {
		t.Fatal(err)
	}
	if _, q := claim(false); q.Stopped != "enough" || q.Failed != 1 || q.Open != 3 {
		t.Errorf("%+v", q)
	}
	if err := l.Resume(t.Context(), id); err != nil {
		t.Fatal(err)
	}
	if c, q := claim(true); c.No != 0 || q.Failed != 0 {
		t.Errorf("%+v %+v", c, q)
	}
}

// TestRejects holds the limit over all chunks, and that a chunk whose sums do not fit is not finished.
func TestRejects(t *testing.T) {
	l, pool := open(t, pgtest.OpenBare(t))
	id := store(t, l, made(3))
	w := enter(t, l, id, ledger.RoleWorker)
	finish := func(r *ledger.Result) error {
		t.Helper()
		c, _, err := l.Claim(t.Context(), w)
		if err != nil || c == nil {
			t.Fatalf("%v %v", c, err)
		}
		return pgx.BeginFunc(t.Context(), pool, func(tx pgx.Tx) error { return ledger.Finish(t.Context(), tx, c, r, 3) })
	}
	two := []ledger.Reject{{Place: "A", Code: "x", Error: "e"}, {Place: "B", Code: "x", Error: "e"}}
	if err := finish(&ledger.Result{Read: 5, Written: 3, Rejected: 2, Rejects: two}); err != nil {
		t.Fatal(err)
	}
	var many *ledger.TooMany
	if err := finish(&ledger.Result{Read: 5, Written: 3, Rejected: 2, Rejects: two}); !errors.As(err, &many) {
		t.Errorf("four of three: %v", err)
	}
	if err := finish(&ledger.Result{Read: 5, Written: 3, Rejected: 1, Rejects: two[:1]}); err == nil || !strings.Contains(err.Error(), "5 rows read, but 3 written and 1 rejected") {
		t.Errorf("%v", err)
	}
}

// TestStore holds that plans do not take each other's tables, that an untouched one gives way to another of its source, and that only
// one process runs a plan.
func TestStore(t *testing.T) {
	l, _ := open(t, pgtest.OpenBare(t))
	first := store(t, l, made(1))
	p := made(2)
	p.SCN = 43
	second, err := l.Store(t.Context(), p)
	if err != nil {
		t.Fatal(err)
	}
	if plans, err := l.Plans(t.Context()); err != nil || len(plans) != 1 || plans[0].Plan != second {
		t.Errorf("%+v %v", plans, err)
	}
	if _, err := l.Plan(t.Context(), first); !errors.Is(err, ledger.ErrNoPlan) {
		t.Errorf("%v", err)
	}
	foreign := made(1)
	foreign.Source.DBID = "2"
	var taken *ledger.Taken
	if _, err := l.Store(t.Context(), foreign); !errors.As(err, &taken) || taken.Plan != second {
		t.Errorf("two loads into one table: %v", err)
	}
	w := enter(t, l, second, ledger.RoleRun)
	if _, err := l.Enter(t.Context(), second, ledger.RoleRun, ledger.Process{Host: "host", PID: 1, Key: "other"}); !errors.Is(err, ledger.ErrBusy) {
		t.Errorf("two runs: %v", err)
	}
	if err := l.Discard(t.Context(), second); err == nil {
		t.Error("a running load was discarded")
	}
	if _, err := w.Beat(t.Context(), []ledger.Working{{Chunk: 1, Rows: 5}}); err != nil {
		t.Error(err)
	}
	if err := w.Leave(t.Context()); err != nil {
		t.Error(err)
	}
	if err := l.Discard(t.Context(), second); err != nil {
		t.Error(err)
	}
	if _, err := l.Store(t.Context(), foreign); err != nil {
		t.Error(err)
	}
}

// TestSteps holds the order of steps, that foreign keys are made in two, and that a step is done once.
func TestSteps(t *testing.T) {
	l, pool := open(t, pgtest.OpenBare(t))
	p := made(1)
	for i, s := range []struct {
		phase plan.Phase
		sql   string
	}{
		{plan.After, "CREATE VIEW v AS SELECT 1"},
		{plan.ForeignKeys, "ALTER TABLE hr.t\n    ADD CONSTRAINT \"F k\" FOREIGN KEY (a) REFERENCES hr.u DEFERRABLE"},
		{plan.ForeignKeys, "ALTER TABLE hr.t ADD FOREIGN KEY (a) REFERENCES hr.u"},
		{plan.Before, "CREATE SCHEMA hr"},
	} {
		p.Steps = append(p.Steps, plan.Step{No: i, Phase: s.phase, SQL: s.sql, Table: -1})
	}
	p.Sequences = []plan.Sequence{{Schema: "hr", Target: "s"}}
	id := store(t, l, p)
	list, err := l.StepList(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, s := range list {
		got = append(got, string(s.Phase)+": "+s.SQL)
	}
	want := []string{
		"before: CREATE SCHEMA hr",
		"foreign_key: ALTER TABLE hr.t\n    ADD CONSTRAINT \"F k\" FOREIGN KEY (a) REFERENCES hr.u DEFERRABLE\nNOT VALID",
		"foreign_key: ALTER TABLE hr.t ADD FOREIGN KEY (a) REFERENCES hr.u",
		"validate: ALTER TABLE hr.t VALIDATE CONSTRAINT \"F k\"",
		"sequence: 0", "analyze: ANALYZE hr.t", "after: CREATE VIEW v AS SELECT 1",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %q\nwant %q", got, want)
	}
	if err := l.StepBegin(t.Context(), id, 0); err != nil {
		t.Fatal(err)
	}
	end := func() error {
		return pgx.BeginFunc(t.Context(), pool, func(tx pgx.Tx) error { return ledger.StepEnd(t.Context(), tx, id, 0, "done", "") })
	}
	if err := end(); err != nil {
		t.Error(err)
	}
	if err := end(); err == nil {
		t.Error("a step was done twice")
	}
	if list, err = l.StepList(t.Context(), id, plan.Before); err != nil || len(list) != 1 || !list[0].Done() {
		t.Errorf("%+v %v", list, err)
	}
}

func TestLost(t *testing.T) {
	if _, err := pgx.Connect(t.Context(), "postgres://x@127.0.0.1:1/x?connect_timeout=1"); !ledger.Lost(err) {
		t.Errorf("%v is not lost", err)
	}
	for _, err := range []error{nil, errors.New("something"), context.Canceled, ledger.ErrNoPlan} {
		if ledger.Lost(err) {
			t.Errorf("%v is lost", err)
		}
	}
}
