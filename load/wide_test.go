package load

import (
	"fmt"
	"strings"
	"testing"

	"landfall/internal/project"
	"landfall/load/loadtest"
	"landfall/load/plan"
)

// TestWide loads tables of 1000 columns, as many as Oracle has: a select list has no place for the ROWID beside them, so rows are named by their
// key, those without one not at all.
func TestWide(t *testing.T) {
	db := loadtest.New()
	var statements []plan.Statement
	for _, name := range []string{"wide", "nokey"} {
		source, target := []string{"id NUMBER(9)", "v VARCHAR2(10)"}, []string{"id numeric(9)", "v varchar(10)"}
		if name == "wide" {
			source[0] += " PRIMARY KEY"
		}
		for i := 3; i <= 1000; i++ {
			source, target = append(source, fmt.Sprintf("c%d NUMBER(5)", i)), append(target, fmt.Sprintf("c%d smallint", i))
		}
		db.Exec(t, "HR", "CREATE TABLE "+name+" ("+strings.Join(source, ", ")+")",
			"INSERT INTO "+name+" (id, v, c1000) SELECT LEVEL, DECODE(LEVEL, 7, 'a' || CHR(0), 'x'), LEVEL * 2 FROM dual CONNECT BY LEVEL <= 40")
		statements = append(statements, plan.Statement{Phase: plan.Tables, Name: name, SQL: "CREATE TABLE hr." + name + " (" + strings.Join(target, ", ") + ")"})
	}
	statements = append([]plan.Statement{{Phase: plan.Before, Name: "hr", SQL: "CREATE SCHEMA hr"}}, statements...)
	l := prepare(t, db, project.Load{ChunkRows: 15}, statements)
	l.opt.MaxRejects = 2
	if err := Run(t.Context(), l.target, l.id, l.opt); err != nil {
		t.Fatal(err)
	}
	l.holds(t, "SELECT count(*) || ' ' || sum(id) || ' ' || sum(c1000) FROM hr.wide", "39 813 1626")
	l.holds(t, "SELECT count(*) || ' ' || sum(id) || ' ' || sum(c1000) FROM hr.nokey", "39 813 1626")
	l.holds(t, "SELECT string_agg(coalesce(place, '') || ' ' || col || ' ' || code, ',' ORDER BY place) FROM landfall.load_reject", " V nul-byte,ID=7 V nul-byte")
	for _, s := range l.verify(t, VerifyOptions{Samples: 10}) {
		if *s.Differences != 0 || s.Rejected != 1 {
			t.Errorf("%+v", s)
		}
	}
	// the 40 rows lie in few of the table's blocks: whichever these are, some are compared as texts
	l.holds(t, "SELECT (sampled > 0)::text FROM landfall.load_table WHERE source = 'HR.WIDE'", "true")
}
