package load

import (
	"strings"
	"testing"

	"landfall/internal/project"
	"landfall/load/ledger"
	"landfall/load/loadtest"
	"landfall/load/plan"
)

// mend does what the differences say, after all were found as they should be, and holds that nothing differs behind it.
func (l *loading) mend(t *testing.T, want int) []ledger.Difference {
	t.Helper()
	l.verify(t, VerifyOptions{Samples: -1})
	list := differences(t, l)
	if len(list) != want {
		t.Errorf("%d differences, want %d: %+v", len(list), want, list)
	}
	for _, d := range list {
		tag, err := l.pg.Exec(t.Context(), d.Repair)
		if err != nil || tag.RowsAffected() != 1 {
			t.Errorf("%s: %d rows, %v", d.Repair, tag.RowsAffected(), err)
		}
	}
	l.verify(t, VerifyOptions{Samples: -1})
	if d := differences(t, l); len(d) > 0 {
		t.Errorf("mended, and still %+v", d)
	}
	return list
}

func (l *loading) exec(t *testing.T, sql string) {
	t.Helper()
	if _, err := l.pg.Exec(t.Context(), sql); err != nil {
		t.Fatalf("%s: %v", sql, err)
	}
}

// TestRepairOfDoubledRows holds that mending a row that is there twice does not take both: nothing but a unique index of the target keeps a
// key from being there twice, and a load without --schema makes none.
func TestRepairOfDoubledRows(t *testing.T) {
	db := loadtest.New()
	db.Exec(t, "HR", "CREATE TABLE acct (id NUMBER(9) PRIMARY KEY, b NUMBER(12,2))", "INSERT INTO acct SELECT LEVEL, LEVEL FROM dual CONNECT BY LEVEL <= 200",
		"CREATE TABLE parts (id NUMBER(9), y NUMBER(4), PRIMARY KEY (id, y)) PARTITION BY RANGE (y) (PARTITION p1 VALUES LESS THAN (10), PARTITION p2 VALUES LESS THAN (MAXVALUE))",
		"INSERT INTO parts SELECT LEVEL, MOD(LEVEL, 20) FROM dual CONNECT BY LEVEL <= 200")
	l := prepare(t, db, project.Load{ChunkRows: 60}, []plan.Statement{
		{Phase: plan.Before, SQL: "CREATE SCHEMA hr"},
		{Phase: plan.Tables, SQL: "CREATE TABLE hr.acct (id numeric(9), b numeric(12,2))"},
		{Phase: plan.Tables, SQL: "CREATE TABLE hr.parts (id numeric(9), y numeric(4)) PARTITION BY RANGE (y)"},
		{Phase: plan.Tables, SQL: "CREATE TABLE hr.parts_1 PARTITION OF hr.parts FOR VALUES FROM (MINVALUE) TO (10)"},
		{Phase: plan.Tables, SQL: "CREATE TABLE hr.parts_2 PARTITION OF hr.parts DEFAULT"},
	})
	if err := Run(t.Context(), l.target, l.id, l.opt); err != nil {
		t.Fatal(err)
	}
	const sums = "SELECT (SELECT count(*) || '/' || count(DISTINCT id) || '/' || sum(b) FROM hr.acct) || ' ' || (SELECT count(*) || '/' || count(DISTINCT id) || '/' || sum(y) FROM hr.parts)"
	before := l.one(t, sums)
	for _, c := range []struct {
		sql  string
		want int
	}{
		{"INSERT INTO hr.acct SELECT * FROM hr.acct WHERE id = 77", 1},
		{"INSERT INTO hr.acct SELECT id, b + 1 FROM hr.acct WHERE id = 78", 1},
		// the row itself is changed, and there again: one is too much, the other is mended
		{"INSERT INTO hr.acct SELECT * FROM hr.acct WHERE id = 79; UPDATE hr.acct SET b = 0 WHERE id = 79", 2},
		{"INSERT INTO hr.parts SELECT * FROM hr.parts WHERE id = 80", 1},
		{"UPDATE hr.parts SET y = 19 WHERE id = 81", 2},
	} {
		l.exec(t, c.sql)
		l.mend(t, c.want)
		l.holds(t, sums, before)
	}
	// with an index the key alone finds the row, wherever it lies by then
	l.exec(t, "ALTER TABLE hr.acct ADD PRIMARY KEY (id); INSERT INTO hr.acct VALUES (999, 1)")
	if list := l.mend(t, 1); strings.Contains(list[0].Repair, "ctid") {
		t.Error(list[0].Repair)
	}
	l.holds(t, sums, before)
}

// TestRepairWithPoorKey holds that a key with NULLs, or one of landfall.yaml that several rows have, does not keep rows from being compared,
// and is no difference by itself.
func TestRepairWithPoorKey(t *testing.T) {
	db := loadtest.New()
	db.Exec(t, "HR", "CREATE TABLE one (a NUMBER(5), b NUMBER)", "INSERT INTO one SELECT NULLIF(LEVEL, 1), LEVEL FROM dual CONNECT BY LEVEL <= 50",
		"CREATE TABLE two (a NUMBER(5), b NUMBER)", "INSERT INTO two SELECT NULLIF(NULLIF(LEVEL, 1), 2), LEVEL FROM dual CONNECT BY LEVEL <= 50",
		"CREATE TABLE alike (a NUMBER(5), b NUMBER)", "INSERT INTO alike SELECT MOD(LEVEL, 5), LEVEL FROM dual CONNECT BY LEVEL <= 50")
	set := project.Load{Tables: map[string]project.LoadTable{"HR.ONE": {Key: []string{"A"}}, "HR.TWO": {Key: []string{"A"}}, "HR.ALIKE": {Key: []string{"A"}}}}
	l := prepare(t, db, set, []plan.Statement{
		{Phase: plan.Before, SQL: "CREATE SCHEMA hr"},
		{Phase: plan.Tables, SQL: "CREATE TABLE hr.one (a numeric(5), b numeric)"},
		{Phase: plan.Tables, SQL: "CREATE TABLE hr.two (a numeric(5), b numeric)"},
		{Phase: plan.Tables, SQL: "CREATE TABLE hr.alike (a numeric(5), b numeric)"},
	})
	if err := Run(t.Context(), l.target, l.id, l.opt); err != nil {
		t.Fatal(err)
	}
	l.verify(t, VerifyOptions{})
	if d := differences(t, l); len(d) > 0 {
		t.Fatalf("a row was compared with another one of its key: %+v", d)
	}
	l.exec(t, "UPDATE hr.one SET b = 0 WHERE a IS NULL")
	l.mend(t, 1)
	l.exec(t, "DELETE FROM hr.one WHERE a IS NULL")
	l.mend(t, 1)
	for _, table := range []string{"two", "alike"} {
		l.exec(t, "UPDATE hr."+table+" SET b = 0 WHERE b = 1; DELETE FROM hr."+table+" WHERE b = 2; INSERT INTO hr."+table+" SELECT * FROM hr."+table+" WHERE b = 3")
		l.mend(t, 4) // a changed row is one too much and one missing
		list := l.verify(t, VerifyOptions{Again: true, Samples: -1})
		for _, x := range list {
			if *x.Differences != 0 || x.Rows != 50 {
				t.Errorf("%+v", x)
			}
		}
	}
}
