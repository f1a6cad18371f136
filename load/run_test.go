package load

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"landfall/internal/postgres/naming"
	"landfall/internal/postgres/scratch/pgtest"
	"landfall/internal/project"
	"landfall/load/ledger"
	"landfall/load/loadtest"
	"landfall/load/plan"
	"landfall/load/source"
)

// ddl is what the conversion would make of sample, in short.
var ddl = []plan.Statement{
	{Phase: plan.Before, Name: "hr", SQL: "CREATE SCHEMA IF NOT EXISTS hr"},
	{Phase: plan.Tables, Name: "HR.HEAP", SQL: "CREATE TABLE hr.heap (id numeric(9) NOT NULL, v varchar(200))"},
	{Phase: plan.Tables, Name: "HR.PARTS", SQL: "CREATE TABLE hr.parts (id numeric(9), y numeric(4)) PARTITION BY RANGE (y)"},
	{Phase: plan.Tables, Name: "HR.PARTS", SQL: "CREATE TABLE hr.parts_1 PARTITION OF hr.parts FOR VALUES FROM (MINVALUE) TO (2020)"},
	{Phase: plan.Tables, Name: "HR.PARTS", SQL: "CREATE TABLE hr.parts_2 PARTITION OF hr.parts DEFAULT"},
	{Phase: plan.Tables, Name: "HR.IOT", SQL: "CREATE TABLE hr.iot (a numeric, b varchar(10), c timestamp(0))"},
	{Phase: plan.Tables, Name: "HR.EMPTY", SQL: "CREATE TABLE hr.empty (x numeric)"},
	{Phase: plan.Indexes, Name: "HR.I", SQL: "CREATE INDEX i ON hr.heap (v)"},
	{Phase: plan.UniqueKeys, Name: "HR.HEAP", SQL: "ALTER TABLE hr.heap ADD CONSTRAINT heap_pk PRIMARY KEY (id)"},
	{Phase: plan.ForeignKeys, Name: "HR.PARTS", SQL: "ALTER TABLE hr.parts ADD CONSTRAINT parts_fk FOREIGN KEY (id) REFERENCES hr.heap (id)"},
	{Phase: plan.ForeignKeys, Name: "HR.IOT", SQL: "ALTER TABLE hr.iot ADD CONSTRAINT iot_fk FOREIGN KEY (a) REFERENCES hr.heap (id) DEFERRABLE"},
	{Phase: plan.After, Name: "HR.V", SQL: "CREATE VIEW hr.v AS SELECT 1 AS x"},
	{Phase: plan.After, Name: "HR.W", SQL: "CREATE VIEW hr.w AS SELECT 1 AS x", Needs: []string{"no_such_extension"}},
}

// loading is a source, a target and a stored plan.
type loading struct {
	db     *loadtest.Database
	pg     *pgtest.DB
	target *Target
	id     string
	events []Event
	opt    Options
}

func (l *loading) say(e Event) { l.events = append(l.events, e) }

func (l *loading) said(kind string) (n int) {
	for _, e := range l.events {
		if e.Kind == kind {
			n++
		}
	}
	return n
}

func prepare(t *testing.T, db *loadtest.Database, set project.Load, statements []plan.Statement) *loading {
	t.Helper()
	l := &loading{db: db, pg: pgtest.OpenBare(t)}
	ctx := t.Context()
	p, err := MakePlan(ctx, db, PlanOptions{Schemas: []string{"HR"}, Settings: set, Statements: statements, Tool: "test"})
	if err != nil {
		t.Fatal(err)
	}
	if l.target, err = Connect(ctx, l.pg.URL, "", 4); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(l.target.Close)
	if err := l.target.Err(); err != nil {
		t.Fatal(err)
	}
	if err := l.target.Install(ctx); err != nil {
		t.Fatal(err)
	}
	if l.id, err = l.target.Ledger.Store(ctx, p); err != nil {
		t.Fatal(err)
	}
	l.opt = Options{Source: db, Streams: 3, Host: "test", PID: os.Getpid(), TempDir: t.TempDir(), Beat: 50 * time.Millisecond, IdleWait: 10 * time.Millisecond, RetryWait: 10 * time.Millisecond, Say: l.say}
	return l
}

func (l *loading) one(t *testing.T, sql string) string {
	t.Helper()
	var s string
	if err := l.pg.QueryRow(t.Context(), sql).Scan(&s); err != nil {
		t.Fatalf("%s: %v", sql, err)
	}
	return s
}

func (l *loading) holds(t *testing.T, sql, want string) {
	t.Helper()
	if got := l.one(t, sql); got != want {
		t.Errorf("%s\ngot  %s\nwant %s", sql, got, want)
	}
}

// TestRun loads every kind of table, with what belongs behind the rows, while the source goes on.
func TestRun(t *testing.T) {
	db := sample(t)
	db.Exec(t, "HR", "CREATE SEQUENCE seq START WITH 500 INCREMENT BY 10 CACHE 20")
	statements := append([]plan.Statement{{Phase: plan.Before, Name: "HR.SEQ", SQL: "CREATE SCHEMA hr"}, {Phase: plan.Before, Name: "HR.SEQ", SQL: "CREATE SEQUENCE hr.seq INCREMENT BY 10"}}, ddl...)
	l := prepare(t, db, project.Load{ChunkRows: 700}, statements)
	db.Exec(t, "HR", "DELETE FROM heap WHERE MOD(id, 3) = 0", "INSERT INTO iot VALUES (-1, 'late', SYSDATE)")
	l.opt.AllObjects = true
	if err := Run(t.Context(), l.target, l.id, l.opt); err != nil {
		t.Fatal(err)
	}
	l.holds(t, "SELECT count(*) || '/' || sum(id) || '/' || sum(length(v)) FROM hr.heap", "5000/12502500/497500")
	l.holds(t, "SELECT count(*) || '/' || min(y) || '/' || max(y) FROM hr.parts", "3000/2000/2039")
	l.holds(t, "SELECT count(*) || '/' || count(DISTINCT (a, b)) || '/' || max(c) FROM hr.iot", "3000/3000/2028-03-19 00:00:00")
	l.holds(t, "SELECT count(*)::text FROM hr.empty", "0")
	l.holds(t, "SELECT string_agg(conname || ' ' || convalidated, ', ' ORDER BY conname) FROM pg_constraint WHERE connamespace = 'hr'::regnamespace AND conparentid = 0", "heap_pk true, iot_fk true, parts_fk true")
	l.holds(t, "SELECT last_value || ' ' || is_called FROM hr.seq", "10500 false")
	l.holds(t, "SELECT count(*)::text FROM hr.v", "1")
	l.holds(t, "SELECT string_agg(name || ': ' || note, ', ' ORDER BY no) FROM landfall.load_step WHERE state = 'skipped'", "HR.W: needs no_such_extension")
	l.holds(t, "SELECT string_agg(DISTINCT state, ' ') FROM landfall.load_chunk", "copied")
	l.holds(t, "SELECT string_agg(DISTINCT state, ' ') FROM landfall.load_step WHERE name <> 'HR.W'", "done")
	l.holds(t, "SELECT sum(rows_read)::text FROM landfall.load_chunk", "11000")
	// a second run finds nothing to do
	before := l.one(t, "SELECT max(copied)::text FROM landfall.load_chunk")
	if err := Run(t.Context(), l.target, l.id, l.opt); err != nil {
		t.Fatal(err)
	}
	l.holds(t, "SELECT max(copied)::text FROM landfall.load_chunk", before)
	l.holds(t, "SELECT count(*)::text FROM landfall.load_worker WHERE ended IS NULL", "0")
}

// TestRunRefusesTables holds that nothing is written while anything is wrong, and that everything wrong is told.
func TestRunRefusesTables(t *testing.T) {
	db := sample(t)
	l := prepare(t, db, project.Load{Exclude: []string{"HR.PARTS"}}, nil)
	for _, sql := range []string{
		"CREATE SCHEMA hr", "CREATE TABLE hr.heap (id numeric, v varchar GENERATED ALWAYS AS ('x') STORED, extra integer NOT NULL)", "CREATE TABLE hr.iot (a numeric, b varchar)",
		"CREATE FUNCTION hr.f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'", "CREATE TABLE hr.empty (x integer)", "INSERT INTO hr.empty VALUES (1)",
		"CREATE TRIGGER tr BEFORE INSERT ON hr.iot FOR EACH ROW EXECUTE FUNCTION hr.f()", "ALTER TABLE hr.iot ENABLE ALWAYS TRIGGER tr",
	} {
		if _, err := l.pg.Exec(t.Context(), sql); err != nil {
			t.Fatal(err)
		}
	}
	err := Run(t.Context(), l.target, l.id, l.opt)
	if err == nil {
		t.Fatal("ran")
	}
	for _, want := range []string{"column extra of hr.heap gets no values", "hr.heap computes v itself, and the values that the source has in V would be lost", "hr.iot has no column for C (c)", "triggers that are enabled: tr", "hr.empty has rows already"} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("not told: %s\n%v", want, err)
		}
	}
	l.holds(t, "SELECT string_agg(DISTINCT state, ' ') FROM landfall.load_chunk", "planned")
	l.holds(t, "SELECT count(*)::text FROM hr.heap", "0")
}

// TestView loads a view AS OF the plan's SCN, in chunks of the key that the settings name, and verifies it.
func TestView(t *testing.T) {
	db := loadtest.New()
	db.Exec(t, "HR",
		"CREATE TABLE base (id NUMBER(9) PRIMARY KEY, v VARCHAR2(20), dept NUMBER(9))", "CREATE TABLE dept (id NUMBER(9) PRIMARY KEY, name VARCHAR2(20))",
		"INSERT INTO dept SELECT LEVEL, 'dept ' || LEVEL FROM dual CONNECT BY LEVEL <= 10",
		"INSERT INTO base SELECT LEVEL, 'v' || LEVEL, MOD(LEVEL, 10) + 1 FROM dual CONNECT BY LEVEL <= 3000",
		"CREATE VIEW report AS SELECT b.id, b.v, d.name FROM base b JOIN dept d ON d.id = b.dept WHERE b.id > 100")
	l := prepare(t, db, project.Load{ChunkRows: 700, Views: []string{"HR.REPORT"}, Include: []string{"HR.REPORT"}, Tables: map[string]project.LoadTable{"HR.REPORT": {Key: []string{"ID"}}}}, []plan.Statement{
		{Phase: plan.Before, Name: "hr", SQL: "CREATE SCHEMA IF NOT EXISTS hr"},
		{Phase: plan.Tables, Name: "HR.REPORT", SQL: "CREATE TABLE hr.report (id numeric(9) NOT NULL, v varchar(20), name varchar(20))"},
	})
	db.Exec(t, "HR", "UPDATE dept SET name = 'later'", "DELETE FROM base WHERE id > 200")
	if err := Run(t.Context(), l.target, l.id, l.opt); err != nil {
		t.Fatal(err)
	}
	l.holds(t, "SELECT count(*) || '/' || min(id) || '/' || max(id) || '/' || count(DISTINCT name) || '/' || min(name) FROM hr.report", "2900/101/3000/10/dept 1")
	l.verify(t, VerifyOptions{})
	if d := differences(t, l); len(d) > 0 {
		t.Errorf("%+v", d)
	}
}

// TestRejects holds that a row that does not fit stops a load that may lose none, with its place told, and that one that may lose some goes
// on, and that sums are right.
func TestRejects(t *testing.T) {
	db := sample(t)
	db.Exec(t, "HR", "UPDATE heap SET v = 'a' || CHR(0) || 'b' WHERE id IN (7, 4000)", "UPDATE heap SET id = 5001 WHERE id = 5000")
	statements := append([]plan.Statement(nil), ddl[:2]...)
	l := prepare(t, db, project.Load{Include: []string{"HR.HEAP"}, ChunkRows: 700}, statements)
	if _, err := l.pg.Exec(t.Context(), "CREATE SCHEMA hr; CREATE TABLE hr.heap (id numeric(9) CHECK (id <> 5001), v varchar(200))"); err != nil {
		t.Fatal(err)
	}
	if err := Run(t.Context(), l.target, l.id, l.opt); err != nil {
		t.Fatal(err)
	}
	l.holds(t, "SELECT (stop LIKE 'HR.HEAP: more than 0 rejected rows; the last was AAA%')::text FROM landfall.load_plan", "true")
	if n := l.said("rejected"); n == 0 {
		t.Error("nothing was said of rejected rows")
	}
	l.opt.MaxRejects = 2
	if err := Run(t.Context(), l.target, l.id, l.opt); err != nil {
		t.Fatal(err)
	}
	l.holds(t, "SELECT (stop IS NOT NULL)::text FROM landfall.load_plan", "true")
	l.opt.MaxRejects = 3
	if err := Run(t.Context(), l.target, l.id, l.opt); err != nil {
		t.Fatal(err)
	}
	l.holds(t, "SELECT (stop IS NULL)::text || ' ' || (SELECT count(*) FROM hr.heap) FROM landfall.load_plan", "true 4997")
	l.holds(t, "SELECT sum(rows_read) || ' ' || sum(rows_written) || ' ' || sum(rows_rejected) FROM landfall.load_chunk", "5000 4997 3")
	l.holds(t, `SELECT string_agg(r.code || ' ' || coalesce(r.col, '') || ' ' || coalesce(r.hex, ''), ', ' ORDER BY r.code, r.hex) FROM landfall.load_reject r
		JOIN landfall.load_chunk c ON c.plan = r.plan AND c.no = r.chunk AND c.attempt = r.attempt`, "23514  , nul-byte V 610062, nul-byte V 610062")
	l.holds(t, "SELECT count(DISTINCT place)::text FROM landfall.load_reject WHERE length(place) = 18", "3")
}

// TestSplit holds that a chunk whose undo is gone is read in smaller pieces of the same snapshot, and that the load ends in failure when that
// does not help.
func TestSplit(t *testing.T) {
	for _, table := range []string{"HEAP", "IOT"} {
		t.Run(table, func(t *testing.T) {
			db := sample(t)
			l := prepare(t, db, project.Load{Include: []string{"HR." + table}, ChunkRows: 1500}, ddl[:7])
			db.Fault = func(sql string, row int64) error {
				if strings.Contains(sql, `"`+table+`"`) && row > 600 {
					return &loadtest.Error{Code: 1555, Err: fmt.Errorf("ORA-01555: snapshot too old")}
				}
				return nil
			}
			if err := Run(t.Context(), l.target, l.id, l.opt); err != nil {
				t.Fatal(err)
			}
			l.holds(t, "SELECT string_agg(DISTINCT state, ' ' ORDER BY state) FROM landfall.load_chunk", "copied split")
			rows := map[string]string{"HEAP": "5000", "IOT": "3000"}[table]
			l.holds(t, "SELECT count(*)::text FROM hr."+strings.ToLower(table), rows)

			db = sample(t)
			l = prepare(t, db, project.Load{Include: []string{"HR." + table}, ChunkRows: 1500}, ddl[:7])
			db.Fault = func(sql string, row int64) error {
				if strings.Contains(sql, `"`+table+`"`) && row > 2 {
					return &loadtest.Error{Code: 1555, Err: fmt.Errorf("ORA-01555: snapshot too old")}
				}
				return nil
			}
			if err := Run(t.Context(), l.target, l.id, l.opt); err != nil {
				t.Fatal(err)
			}
			l.holds(t, "SELECT (count(*) > 0)::text FROM landfall.load_chunk WHERE state = 'copying' AND failures > 0 AND error LIKE '%undo%' OR error LIKE '%ORA-01555%'", "true")
		})
	}
}

// TestMoved holds that a table whose ROWIDs have changed is not read any more.
func TestMoved(t *testing.T) {
	db := sample(t)
	l := prepare(t, db, project.Load{Include: []string{"HR.HEAP"}}, ddl)
	db.Exec(t, "HR", "TRUNCATE TABLE heap")
	if err := Run(t.Context(), l.target, l.id, l.opt); err != nil {
		t.Fatal(err)
	}
	l.holds(t, "SELECT state || ' ' || failures FROM landfall.load_chunk LIMIT 1", "copying 5")
	l.holds(t, "SELECT (error LIKE '%ROWIDs are others now%' OR error LIKE '%ORA-01466%')::text FROM landfall.load_chunk LIMIT 1", "true")
}

// TestDrain holds that a load that is told to end finishes the chunks at hand and goes on later.
func TestDrain(t *testing.T) {
	db := sample(t)
	l := prepare(t, db, project.Load{ChunkRows: 200}, ddl)
	ctx, stop := context.WithCancel(t.Context())
	l.opt.Say = func(e Event) {
		l.say(e)
		if e.Kind == "chunk" {
			stop()
		}
	}
	if err := Run(ctx, l.target, l.id, l.opt); err != nil {
		t.Fatal(err)
	}
	l.holds(t, "SELECT (count(*) FILTER (WHERE state = 'copied') BETWEEN 1 AND 6)::text || ' ' || count(*) FILTER (WHERE state = 'copying') FROM landfall.load_chunk", "true 0")
	l.opt.Say = l.say
	if err := Run(t.Context(), l.target, l.id, l.opt); err != nil {
		t.Fatal(err)
	}
	l.holds(t, "SELECT count(*)::text FROM hr.heap", "5000")
}

// TestWorker holds that a worker elsewhere copies chunks of a run, waits for it, and goes when all is done.
func TestWorker(t *testing.T) {
	db := sample(t)
	l := prepare(t, db, project.Load{ChunkRows: 100}, ddl)
	to, err := Connect(t.Context(), l.pg.URL, "", 2)
	if err != nil {
		t.Fatal(err)
	}
	defer to.Close()
	other := l.opt
	other.Host, other.Streams = "elsewhere", 2
	other.Say = nil
	ended := make(chan error, 1)
	go func() { ended <- Work(t.Context(), to, l.id, other) }()
	l.opt.Streams = 1
	db.Fault = func(sql string, row int64) error {
		if row == 0 && strings.Contains(sql, "AS OF SCN") {
			time.Sleep(20 * time.Millisecond) // so that there is something to share
		}
		return nil
	}
	if err := Run(t.Context(), l.target, l.id, l.opt); err != nil {
		t.Fatal(err)
	}
	select {
	case err := <-ended:
		if err != nil {
			t.Fatal(err)
		}
	case <-time.After(30 * time.Second):
		t.Fatal("the worker does not go")
	}
	l.holds(t, "SELECT count(*)::text FROM hr.heap", "5000")
	l.holds(t, "SELECT string_agg(DISTINCT w.host, ' ' ORDER BY w.host) FROM landfall.load_chunk c JOIN landfall.load_worker w USING (worker)", "elsewhere test")
	l.holds(t, "SELECT count(*)::text FROM landfall.load_worker WHERE ended IS NULL", "0")
}

// TestPause holds that a paused load leaves the source alone, and that a throttled one is slower but comes to its end.
func TestPause(t *testing.T) {
	db := sample(t)
	l := prepare(t, db, project.Load{ChunkRows: 500}, ddl)
	on, off, rate := true, false, int64(400_000)
	if err := l.target.Ledger.Steer(t.Context(), l.id, ledger.Control{Paused: &on}); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	opt := l.opt
	opt.Say = nil
	go func() { ended <- Run(t.Context(), l.target, l.id, opt) }()
	for range 1000 { // until it would have begun
		if ready, err := l.target.Ledger.Ready(t.Context(), l.id); err != nil || ready {
			break
		}
		time.Sleep(5 * time.Millisecond)
	}
	l.holds(t, "SELECT string_agg(DISTINCT state, ' ') FROM landfall.load_chunk", "planned")
	if n := db.Live.Load(); n != 0 {
		t.Errorf("%d sessions of the source are open while paused", n)
	}
	if err := l.target.Ledger.Steer(t.Context(), l.id, ledger.Control{Paused: &off, BytesPerSecond: &rate}); err != nil {
		t.Fatal(err)
	}
	begun := time.Now()
	if err := <-ended; err != nil {
		t.Fatal(err)
	}
	l.holds(t, "SELECT count(*)::text FROM hr.heap", "5000")
	// chunks that are smaller than a message of COPY count, too
	var bytes float64
	if err := l.pg.QueryRow(t.Context(), "SELECT sum(bytes)::float8 FROM landfall.load_chunk").Scan(&bytes); err != nil {
		t.Fatal(err)
	}
	if took, want := time.Since(begun).Seconds(), bytes/float64(rate); took < want/2 {
		t.Errorf("%.0f bytes took %.2f s, want about %.2f", bytes, took, want)
	}
}

// TestSourceAway holds that a source that lets nobody in for a while is waited for, longer than a chunk is tried.
func TestSourceAway(t *testing.T) {
	db := sample(t)
	l := prepare(t, db, project.Load{}, ddl)
	var tries atomic.Int64
	db.Closed = func() error {
		if tries.Add(1) <= 40 {
			return &loadtest.Error{Code: 12541, Err: fmt.Errorf("ORA-12541: no listener")}
		}
		return nil
	}
	if err := Run(t.Context(), l.target, l.id, l.opt); err != nil {
		t.Fatal(err)
	}
	l.holds(t, "SELECT string_agg(DISTINCT state, ' ') FROM landfall.load_chunk", "copied")
}

// TestManySchemas plans more schemas than Oracle takes in one list of binds.
func TestManySchemas(t *testing.T) {
	db := loadtest.New()
	var schemas []string
	for i := range 450 {
		s := fmt.Sprintf("S%03d", i)
		schemas = append(schemas, s)
		db.Exec(t, s, "CREATE TABLE t (id NUMBER PRIMARY KEY)")
	}
	p, err := MakePlan(t.Context(), db, PlanOptions{Schemas: schemas})
	if err != nil {
		t.Fatal(err)
	}
	if len(p.Tables) != 450 || len(p.Chunks) != 450 || p.Tables[449].Schema != "s449" || len(p.Tables[449].Key) != 1 {
		t.Errorf("%d tables, %d chunks", len(p.Tables), len(p.Chunks))
	}
}

// TestOtherSource holds that a plan is not carried out, and not verified, with another database.
func TestOtherSource(t *testing.T) {
	l := prepare(t, sample(t), project.Load{}, ddl)
	other := loadtest.NewNamed("OTHER")
	other.Exec(t, "HR", "CREATE TABLE heap (id NUMBER(9) PRIMARY KEY, v VARCHAR2(200))")
	l.opt.Source = other
	for _, err := range []error{
		Run(t.Context(), l.target, l.id, l.opt),
		Work(t.Context(), l.target, l.id, l.opt),
		func() error {
			_, err := Verify(t.Context(), l.target, l.id, VerifyOptions{Options: l.opt})
			return err
		}(),
	} {
		if err == nil || !strings.Contains(err.Error(), "LD0405") {
			t.Errorf("%v", err)
		}
	}
}

// TestUnlogged holds that rows do not go where a crash of the server would take them while the ledger says that they are there.
func TestUnlogged(t *testing.T) {
	l := prepare(t, sample(t), project.Load{Include: []string{"HR.HEAP"}}, []plan.Statement{{Phase: plan.Before, SQL: "CREATE SCHEMA hr"}, {Phase: plan.Tables, SQL: "CREATE UNLOGGED TABLE hr.heap (id numeric, v text)"}})
	if err := Run(t.Context(), l.target, l.id, l.opt); err == nil || !strings.Contains(err.Error(), "unlogged") {
		t.Errorf("%v", err)
	}
}

// TestBadLOB holds that a LOB that turns out to be unreadable in its middle costs its row alone.
func TestBadLOB(t *testing.T) {
	db := loadtest.New()
	db.Inline = 100
	db.Exec(t, "HR", "CREATE TABLE docs (id NUMBER PRIMARY KEY, c CLOB)", "INSERT INTO docs SELECT LEVEL, TO_CLOB(RPAD('x', 500 + LEVEL, 'y')) FROM dual CONNECT BY LEVEL <= 50")
	db.BadLOB = func(text []byte) error {
		if len(text) == 517 || len(text) == 540 {
			return &source.ValueError{Column: 1, Code: "bad-text", Why: "no text", Raw: []byte{0xff}}
		}
		return nil
	}
	l := prepare(t, db, project.Load{}, []plan.Statement{{Phase: plan.Before, SQL: "CREATE SCHEMA hr"}, {Phase: plan.Tables, SQL: "CREATE TABLE hr.docs (id numeric, c text)"}})
	if err := Run(t.Context(), l.target, l.id, l.opt); err != nil {
		t.Fatal(err)
	}
	l.holds(t, "SELECT (stop LIKE '%the last was AAA%no text')::text FROM landfall.load_plan", "true")
	l.opt.MaxRejects = 5
	if err := Run(t.Context(), l.target, l.id, l.opt); err != nil {
		t.Fatal(err)
	}
	l.holds(t, "SELECT count(*) || ' ' || (SELECT sum(rows_rejected) FROM landfall.load_chunk) || ' ' || (SELECT string_agg(col || hex, ' ') FROM landfall.load_reject) FROM hr.docs", "48 2 Cff Cff")
	l.verify(t, VerifyOptions{})
	if d := differences(t, l); len(d) > 0 {
		t.Errorf("%+v", d)
	}
}

// TestSettings holds what landfall.yaml can say of a table: another name, other names of columns, columns left out, rows left out.
func TestSettings(t *testing.T) {
	db := loadtest.New()
	db.Exec(t, "HR", `CREATE TABLE emp (empno NUMBER(4), "Mixed Case" VARCHAR2(10), photo BLOB, hired DATE, pay NUMBER(9,4))`,
		"INSERT INTO emp SELECT LEVEL, 'E' || LEVEL, HEXTORAW('00'), DATE '2020-01-01' + LEVEL, LEVEL + 0.12345 FROM dual CONNECT BY LEVEL <= 100")
	set := project.Load{Tables: map[string]project.LoadTable{"HR.EMP": {
		Target: "people.Employee", Where: "hired >= DATE '2020-03-01' -- not the oldest", Key: []string{"EMPNO"}, Columns: map[string]string{"EMPNO": "id"}, Skip: []string{"PHOTO"},
		OnFault: map[string]map[string]string{"PAY": {"fraction": "round"}},
	}}}
	l := prepare(t, db, set, []plan.Statement{
		{Phase: plan.Before, SQL: "CREATE SCHEMA people"},
		{Phase: plan.Tables, SQL: `CREATE TABLE people."Employee" (pay numeric(9,2), id integer, "Mixed Case" text, hired date, extra text DEFAULT 'x')`},
	})
	if err := Run(t.Context(), l.target, l.id, l.opt); err != nil {
		t.Fatal(err)
	}
	l.holds(t, `SELECT count(*) || ' ' || min(id) || ' ' || min(hired) || ' ' || max(pay) || ' ' || min("Mixed Case") || ' ' || min(extra) FROM people."Employee"`, "41 60 2020-03-01 100.12 E100 x")
	l.holds(t, "SELECT faults::text FROM landfall.load_chunk", `[{"fault": "fraction", "action": "round", "column": "PAY", "values": 41}]`)
	l.holds(t, "SELECT counted::text FROM landfall.load_table", "41")
	list := l.verify(t, VerifyOptions{})
	if d := differences(t, l); len(d) > 0 || *list[0].Sampled == 0 {
		t.Errorf("%+v %+v", d, list)
	}
}

// TestTwoSources loads two databases that have the same tables into one target: side by side where their schemas are mapped apart, not at
// all where they are not.
func TestTwoSources(t *testing.T) {
	l := prepare(t, sample(t), project.Load{Include: []string{"HR.HEAP"}}, ddl[:2])
	if err := Run(t.Context(), l.target, l.id, l.opt); err != nil {
		t.Fatal(err)
	}
	other := loadtest.NewNamed("OTHER")
	other.Exec(t, "HR", "CREATE TABLE heap (id NUMBER(9) PRIMARY KEY, v VARCHAR2(200))", "INSERT INTO heap VALUES (1, 'other')")
	same, err := MakePlan(t.Context(), other, PlanOptions{Schemas: []string{"HR"}})
	if err != nil {
		t.Fatal(err)
	}
	var taken *ledger.Taken
	if _, err := l.target.Ledger.Store(t.Context(), same); !errors.As(err, &taken) || taken.Plan != l.id {
		t.Fatalf("two databases into one table: %v", err)
	}
	apart, err := MakePlan(t.Context(), other, PlanOptions{
		Schemas: []string{"HR"}, Names: naming.Names{Schemas: map[string]string{"HR": "hr_other"}},
		Statements: []plan.Statement{{Phase: plan.Before, SQL: "CREATE SCHEMA hr_other"}, {Phase: plan.Tables, SQL: "CREATE TABLE hr_other.heap (id numeric(9), v varchar(200))"}},
	})
	if err != nil {
		t.Fatal(err)
	}
	id, err := l.target.Ledger.Store(t.Context(), apart)
	if err != nil {
		t.Fatal(err)
	}
	l.opt.Source = other
	if err := Run(t.Context(), l.target, id, l.opt); err != nil {
		t.Fatal(err)
	}
	l.holds(t, "SELECT (SELECT count(*) FROM hr.heap) || ' ' || (SELECT string_agg(v, ',') FROM hr_other.heap)", "5000 other")
}

// TestLostIsNoEnd holds that a connection that is lost in the middle of rows, with the end of its stream as the reason, is not taken for the
// end of the rows: not in a load, not in a count, not in a verification.
func TestLostIsNoEnd(t *testing.T) {
	db := sample(t)
	lost := func(part string, times int64) func(sql string, row int64) error {
		var n atomic.Int64
		return func(sql string, row int64) error {
			if part != "" && !strings.Contains(sql, part) {
				return nil
			}
			if (row == 3 || row == 1 && strings.Contains(sql, "COUNT(*)")) && n.Add(1) <= times {
				return fmt.Errorf("fetch: %w: %w", source.ErrLost, io.EOF)
			}
			return nil
		}
	}
	l := prepare(t, db, project.Load{ChunkRows: 700}, ddl)
	db.Fault = lost("AS OF SCN", 4)
	if err := Run(t.Context(), l.target, l.id, l.opt); err != nil {
		t.Fatal(err)
	}
	l.holds(t, "SELECT sum(rows_read)::text FROM landfall.load_chunk", "11000")
	db.Fault = lost("AS OF SCN", 4)
	list := l.verify(t, VerifyOptions{})
	if d := differences(t, l); len(d) > 0 || len(list) != 4 {
		t.Errorf("%+v", d)
	}
	db.Fault = lost("", 1)
	p, err := MakePlan(t.Context(), db, PlanOptions{Schemas: []string{"HR"}})
	if err == nil {
		t.Errorf("a plan was made of a dictionary that was cut short: %d tables", len(p.Tables))
	}
}

// TestDiskFull holds that a target without room ends the load at once, with its reason, and that it goes on when there is room.
func TestDiskFull(t *testing.T) {
	db := sample(t)
	l := prepare(t, db, project.Load{ChunkRows: 200, Include: []string{"HR.HEAP"}}, ddl[:2])
	l.opt.Streams = 1
	l.exec(t, "CREATE SCHEMA hr")
	// as the server says it; a full disk of its own takes a mount
	l.exec(t, "CREATE FUNCTION hr.full() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = 'disk_full'; END $$")
	l.exec(t, "CREATE TABLE hr.heap (id numeric(9) NOT NULL, v varchar(200))")
	opt := l.opt
	opt.Say = func(e Event) {
		l.events = append(l.events, e)
		if e.Kind == "chunk" && l.said("chunk") == 3 {
			l.exec(t, "CREATE TRIGGER no_room BEFORE INSERT ON hr.heap FOR EACH ROW EXECUTE FUNCTION hr.full(); ALTER TABLE hr.heap ENABLE ALWAYS TRIGGER no_room")
		}
	}
	if err := Run(t.Context(), l.target, l.id, opt); err != nil {
		t.Fatal(err)
	}
	s, err := l.target.Ledger.Status(t.Context(), l.id)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(s.Stopped, ledger.NoRoom) || s.State != ledger.Failed || l.said("chunk-failed") != 1 || s.Totals.Copied != 3 {
		t.Errorf("%d failed, %+v", l.said("chunk-failed"), s)
	}
	l.exec(t, "DROP TRIGGER no_room ON hr.heap")
	if err := Run(t.Context(), l.target, l.id, l.opt); err != nil {
		t.Fatal(err)
	}
	l.holds(t, "SELECT count(*) || '/' || sum(id) FROM hr.heap", "5000/12502500")
}

// TestServiceUnknown holds that a service that no listener knows is told at once, and one that was there is waited for.
func TestServiceUnknown(t *testing.T) {
	db := sample(t)
	l := prepare(t, db, project.Load{}, ddl)
	var from, tries atomic.Int64
	db.Closed = func() error {
		if n := tries.Add(1); n > from.Load() && n <= from.Load()+20 {
			return &loadtest.Error{Code: 12514, Err: fmt.Errorf("ORA-12514: no such service")}
		}
		return nil
	}
	if err := Run(t.Context(), l.target, l.id, l.opt); err == nil || !strings.Contains(err.Error(), "ORA-12514") || tries.Load() != 1 {
		t.Errorf("%d tries: %v", tries.Load(), err)
	}
	tries.Store(0)
	from.Store(1)
	if err := Run(t.Context(), l.target, l.id, l.opt); err != nil {
		t.Fatal(err)
	}
	l.holds(t, "SELECT string_agg(DISTINCT state, ' ') FROM landfall.load_chunk", "copied")
}
