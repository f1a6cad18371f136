package load

import (
	"errors"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"landfall/internal/postgres/naming"
	"landfall/internal/project"
	"landfall/load/loadtest"
	"landfall/load/plan"
	"landfall/load/query"
)

// sample is a database with a table of every kind that is cut.
func sample(t testing.TB) *loadtest.Database {
	db := loadtest.New()
	db.Exec(t, "HR",
		"CREATE TABLE heap (id NUMBER(9) PRIMARY KEY, v VARCHAR2(200))",
		"CREATE TABLE parts (id NUMBER(9), y NUMBER(4)) PARTITION BY RANGE (y) (PARTITION p1 VALUES LESS THAN (2020), PARTITION p2 VALUES LESS THAN (MAXVALUE))",
		"CREATE TABLE iot (a NUMBER, b VARCHAR2(10), c DATE, CONSTRAINT iot_pk PRIMARY KEY (a, b)) ORGANIZATION INDEX",
		"CREATE TABLE empty (x NUMBER)",
		"INSERT INTO heap SELECT LEVEL, RPAD('x', MOD(LEVEL, 200), 'y') FROM dual CONNECT BY LEVEL <= 5000",
		"INSERT INTO parts SELECT LEVEL, 2000 + MOD(LEVEL, 40) FROM dual CONNECT BY LEVEL <= 3000",
		"INSERT INTO iot SELECT TRUNC(LEVEL / 7) + 1, 'K' || MOD(LEVEL, 7), DATE '2020-01-01' + LEVEL FROM dual CONNECT BY LEVEL <= 3000",
	)
	return db
}

// TestChunksCover holds that the chunks of a plan have every row of the snapshot exactly once, whatever happens behind it.
func TestChunksCover(t *testing.T) {
	db := sample(t)
	p, err := MakePlan(t.Context(), db, PlanOptions{Schemas: []string{"HR"}, Settings: project.Load{
		ChunkRows: 700, Tables: map[string]project.LoadTable{"HR.PARTS": {Where: "MOD(id, 2) = 0 -- even"}},
	}})
	if err != nil {
		t.Fatal(err)
	}
	db.Exec(t, "HR", "DELETE FROM heap WHERE MOD(id, 3) = 0", "INSERT INTO heap SELECT LEVEL + 100000, 'late' FROM dual CONNECT BY LEVEL <= 2000", "UPDATE parts SET id = id + 1")
	want := map[string]struct{ rows, chunks int }{"HEAP": {5000, 5}, "PARTS": {1500, 2}, "IOT": {3000, 5}, "EMPTY": {0, 1}}
	s, err := db.Open(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	rows := map[string][]string{}
	chunks := map[string]int{}
	for i := range p.Chunks {
		c := &p.Chunks[i]
		table := &p.Tables[c.Table]
		chunks[table.Name]++
		q := query.Chunk(table, c, p.SCN, table.Columns)
		got, err := s.Read(t.Context(), q.Columns, q.Width, q.Tail, q.Binds...)
		row := make([][]byte, len(q.Columns))
		for err == nil {
			if err = got.Next(t.Context(), row); err == nil {
				rows[table.Name] = append(rows[table.Name], string(slices.Concat(row[0], []byte("/"), row[1])))
			}
		}
		if !errors.Is(err, io.EOF) {
			t.Fatalf("%s: %v", table.Name, err)
		}
		if err := got.Close(); err != nil {
			t.Fatal(err)
		}
	}
	for name, w := range want {
		if got := rows[name]; len(got) != w.rows {
			t.Errorf("%s: %d rows, want %d", name, len(got), w.rows)
		}
		if name != "PARTS" {
			slices.Sort(rows[name])
			if n := len(slices.Compact(rows[name])); n != w.rows {
				t.Errorf("%s: %d rows differ, want %d", name, n, w.rows)
			}
		}
		if chunks[name] < w.chunks {
			t.Errorf("%s: %d chunks, want at least %d", name, chunks[name], w.chunks)
		}
	}
}

// TestPlanStable holds that the same facts give the same plan, that a plan survives its file, and that a changed file is refused.
func TestPlanStable(t *testing.T) {
	db := sample(t)
	opt := PlanOptions{Schemas: []string{"HR"}, Settings: project.Load{ChunkRows: 500}, Statements: []plan.Statement{
		{Phase: plan.Tables, Name: "HR.HEAP", SQL: "CREATE TABLE hr.heap (id integer)"},
		{Phase: plan.Indexes, Name: "HR.I", SQL: `-- x
CREATE UNIQUE INDEX i ON hr."heap" (id)`},
		{Phase: plan.ForeignKeys, Name: "HR.HEAP", SQL: "ALTER TABLE ONLY hr.heap ADD FOREIGN KEY (id) REFERENCES hr.x"},
	}}
	a, err := MakePlan(t.Context(), db, opt)
	if err != nil {
		t.Fatal(err)
	}
	b, err := MakePlan(t.Context(), db, opt)
	if err != nil {
		t.Fatal(err)
	}
	b.SCN, b.SyncFrom = a.SCN, a.SyncFrom
	if diff := cmp.Diff(a, b); diff != "" {
		t.Error(diff)
	}
	for _, s := range a.Steps {
		if s.Table < 0 || a.Tables[s.Table].Name != "HEAP" {
			t.Errorf("%s is of no table", s.SQL)
		}
	}
	for i := 1; i < len(a.Chunks); i++ {
		if a.Chunks[i].Bytes > a.Chunks[i-1].Bytes && a.Chunks[i].Blocks > a.Chunks[i-1].Blocks {
			t.Errorf("chunk %d is bigger than the one before", i)
		}
	}
	data, err := a.Encode()
	if err != nil {
		t.Fatal(err)
	}
	c, err := plan.Decode(data)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(a, c); diff != "" {
		t.Error(diff)
	}
	if _, err := plan.Decode([]byte(strings.Replace(string(data), `"scn": `, `"scn": 1`, 1))); err == nil || !strings.Contains(err.Error(), "changed") {
		t.Errorf("a changed plan: %v", err)
	}
}

// TestPlanRefuses holds that nothing is overwritten or passed over in silence.
func TestPlanRefuses(t *testing.T) {
	db := sample(t)
	db.Exec(t, "SALES", "CREATE TABLE heap (id NUMBER)", `CREATE TABLE "twins" (a NUMBER, "a" NUMBER)`)
	for _, c := range []struct {
		name string
		opt  PlanOptions
		want string
	}{
		{"two schemas into one", PlanOptions{Schemas: []string{"HR", "SALES"}, Names: naming.Names{Schemas: map[string]string{"SALES": "hr"}}}, "same table as HR.HEAP"},
		{"renamed onto another", PlanOptions{Schemas: []string{"HR"}, Settings: project.Load{Tables: map[string]project.LoadTable{"HR.EMPTY": {Target: "hr.heap"}}}}, "same table as HR.EMPTY"},
		{"a name of the ledger's", PlanOptions{Schemas: []string{"HR"}, Settings: project.Load{Tables: map[string]project.LoadTable{"HR.EMPTY": {Target: "landfall.load_chunk"}}}}, "a name of the ledger's own"},
		{"two columns", PlanOptions{Schemas: []string{"SALES"}}, `columns A and a would both be a`},
		{"table that is not there", PlanOptions{Schemas: []string{"HR"}, Settings: project.Load{Tables: map[string]project.LoadTable{"HR.NOWHERE": {}}}}, "no such table"},
		{"column that is not there", PlanOptions{Schemas: []string{"HR"}, Settings: project.Load{Tables: map[string]project.LoadTable{"HR.HEAP": {Skip: []string{"X"}}}}}, "no column X"},
		{"included table that is not there", PlanOptions{Schemas: []string{"HR"}, Settings: project.Load{Include: []string{"HR.HEAP", "HR.PARST"}}}, "load of HR.PARST: the source has no such table"},
		{"included tables that are not there", PlanOptions{Schemas: []string{"HR"}, Settings: project.Load{Include: []string{"HR.*", "*.PARST*"}}}, "load of *.PARST*: the source has no such table"},
		{"excluded table that is not there", PlanOptions{Schemas: []string{"HR"}, Settings: project.Load{Exclude: []string{"HR.PARST"}}}, "load of HR.PARST: the source has no such table"},
		{"wrong filter", PlanOptions{Schemas: []string{"HR"}, Settings: project.Load{ChunkRows: 10, Tables: map[string]project.LoadTable{"HR.IOT": {Where: "nonsense = 1"}}}}, "ORA-00904"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := MakePlan(t.Context(), db, c.opt)
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("%v, want %s", err, c.want)
			}
		})
	}
	p, err := MakePlan(t.Context(), db, PlanOptions{Schemas: []string{"HR"}, Settings: project.Load{Include: []string{"HR.*"}, Exclude: []string{"*.P*TS", "*.TMP_*"}}})
	if err != nil {
		t.Fatal(err)
	}
	if want := []plan.LeftOut{{Object: "HR.PARTS", Reason: "load.exclude"}}; !slices.Equal(p.LeftOut, want) {
		t.Errorf("left out %v", p.LeftOut)
	}
}

// TestPlanUnseen holds that a table that the conversion makes, and that the account does not see, does not stay empty in silence.
func TestPlanUnseen(t *testing.T) {
	db := sample(t)
	statements := append(slices.Clone(ddl), plan.Statement{Phase: plan.Tables, Name: "HR.GHOST", SQL: "CREATE TABLE hr.ghost (a numeric)"}, plan.Statement{Phase: plan.Tables, Name: "X.T", SQL: "CREATE TABLE x.t (a numeric)"},
		plan.Statement{Phase: plan.Tables, Name: "HR.GTT", SQL: "CREATE UNLOGGED TABLE hr.gtt$rows (a numeric)"})
	_, err := MakePlan(t.Context(), db, PlanOptions{Schemas: []string{"HR"}, Statements: statements})
	if err == nil || !strings.Contains(err.Error(), "load of HR.GHOST: the folder of --schema makes hr.ghost, and the account sees no such table") || strings.Contains(err.Error(), "x.t") || strings.Contains(err.Error(), "gtt") || strings.Contains(err.Error(), "parts_1") {
		t.Errorf("a table that is not seen: %v", err)
	}
	p, err := MakePlan(t.Context(), db, PlanOptions{Schemas: []string{"HR"}, Statements: statements, Settings: project.Load{Exclude: []string{"HR.GHOST"}}})
	if err != nil {
		t.Fatal(err)
	}
	if want := []plan.LeftOut{{Object: "HR.GHOST", Reason: "load.exclude"}}; !slices.Equal(p.LeftOut, want) {
		t.Errorf("left out %v", p.LeftOut)
	}
	if _, err := MakePlan(t.Context(), db, PlanOptions{Schemas: []string{"HR"}, Statements: statements, Settings: project.Load{Include: []string{"HR.HEAP"}}}); err != nil {
		t.Error(err)
	}
}

// TestUnknownSchema holds that a schema without a table is no plan of nothing.
func TestUnknownSchema(t *testing.T) {
	_, err := MakePlan(t.Context(), sample(t), PlanOptions{Schemas: []string{"HR", "HRR"}})
	if err == nil || !strings.Contains(err.Error(), "schema HRR: it has no table that this account sees") || strings.Contains(err.Error(), "schema HR:") {
		t.Errorf("a schema that is not there: %v", err)
	}
}

// TestSettingsKey holds that a plan tells whether the settings are still those it was made with.
func TestSettingsKey(t *testing.T) {
	set := project.Load{Schemas: []string{"HR"}, OnFault: map[string]string{"nul-byte": "strip"}}
	p, err := MakePlan(t.Context(), sample(t), PlanOptions{Settings: set})
	if err != nil {
		t.Fatal(err)
	}
	if p.Settings != plan.SettingsKey(set, naming.Names{}) {
		t.Error("the same settings have another key")
	}
	set.OnFault = map[string]string{"nul-byte": "null"}
	if p.Settings == plan.SettingsKey(set, naming.Names{}) {
		t.Error("other settings have the same key")
	}
}
