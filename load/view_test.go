package load

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"landfall/internal/project"
	"landfall/load/loadtest"
	"landfall/load/plan"
)

// viewsDDL are the tables that rows of views go into.
var viewsDDL = []plan.Statement{
	{Phase: plan.Before, Name: "hr", SQL: "CREATE SCHEMA IF NOT EXISTS hr"},
	{Phase: plan.Tables, Name: "HR.V", SQL: "CREATE TABLE hr.v_rows (id numeric, day timestamp(0), name varchar(40), total numeric)"},
	{Phase: plan.Tables, Name: "HR.MV", SQL: "CREATE TABLE hr.mv (name varchar(40), n numeric)"},
}

func viewsDB(t *testing.T) *loadtest.Database {
	db := loadtest.New()
	db.Exec(t, "HR",
		"CREATE TABLE head (id NUMBER PRIMARY KEY, name VARCHAR2(40))", "CREATE TABLE line (head NUMBER, day DATE, amount NUMBER)",
		"INSERT INTO head SELECT LEVEL, 'name ' || LEVEL FROM dual CONNECT BY LEVEL <= 300",
		"INSERT INTO line SELECT MOD(LEVEL, 300) + 1, DATE '2020-01-01' + MOD(LEVEL, 7), LEVEL / 4 FROM dual CONNECT BY LEVEL <= 6000",
		"INSERT INTO line VALUES (301, NULL, 7)", "INSERT INTO line VALUES (NULL, NULL, 8)",
		"CREATE VIEW v AS SELECT l.head id, l.day, MAX(h.name) name, SUM(l.amount) total FROM line l LEFT JOIN head h ON h.id = l.head GROUP BY l.head, l.day",
		"CREATE VIEW nokey AS SELECT name FROM head",
		"CREATE MATERIALIZED VIEW mv AS SELECT name, COUNT(*) n FROM head GROUP BY name",
	)
	return db
}

// TestViews loads a view in ranges of its key, and a materialized view, as of the snapshot; verifies both, and finds what differs.
func TestViews(t *testing.T) {
	db := viewsDB(t)
	l := prepare(t, db, project.Load{
		ChunkRows: 300, Exclude: []string{"HR.HEAD", "HR.LINE"}, Views: []string{"HR.MV"},
		Tables: map[string]project.LoadTable{"HR.V": {Target: "hr.v_rows", Key: []string{"DAY", "ID"}}},
	}, viewsDDL)
	p, err := l.target.Ledger.Plan(t.Context(), l.id)
	if err != nil {
		t.Fatal(err)
	}
	kinds := map[string]plan.Kind{}
	chunks := map[string]int{}
	for _, table := range p.Tables {
		kinds[table.Name], chunks[table.Name] = table.Kind, table.Chunks
	}
	if kinds["V"] != plan.Keys || chunks["V"] < 7 || kinds["MV"] != plan.Heap || len(kinds) != 2 {
		t.Fatalf("%v %v", kinds, chunks)
	}
	want := "2102 / 4500765.00 / 2" // 6000 * 6001 / 8 + 15, which the view has now
	db.Exec(t, "HR", "DELETE FROM line WHERE MOD(head, 3) = 0", "UPDATE head SET name = 'late'", "INSERT INTO line VALUES (1, DATE '1999-01-01', 1)")
	if err := Run(t.Context(), l.target, l.id, l.opt); err != nil {
		t.Fatal(err)
	}
	l.holds(t, "SELECT count(*) || ' / ' || sum(total) || ' / ' || count(*) FILTER (WHERE day IS NULL) FROM hr.v_rows", want)
	l.holds(t, "SELECT count(*) || ' / ' || count(DISTINCT name) || ' / ' || sum(n) FROM hr.mv", "300 / 300 / 300")
	l.verify(t, VerifyOptions{})
	if d := differences(t, l); len(d) > 0 {
		t.Fatalf("%+v", d)
	}
	for _, sql := range []string{"UPDATE hr.v_rows SET total = total + 1 WHERE id = 7 AND day = '2020-01-01'", "DELETE FROM hr.v_rows WHERE id = 301", "DELETE FROM hr.mv WHERE name = 'name 5'"} {
		if tag, err := l.pg.Exec(t.Context(), sql); err != nil || tag.RowsAffected() != 1 {
			t.Fatal(sql, tag, err)
		}
	}
	l.verify(t, VerifyOptions{})
	var got []string
	for _, d := range differences(t, l) {
		got = append(got, fmt.Sprintf("%s %s %v", d.Kind, d.Place, d.Columns))
	}
	slices.Sort(got)
	if want := []string{"different day='2020-01-01 00:00:00', id='7' [TOTAL]", "missing all of it []", "missing day=NULL, id='301' []"}; !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
}

// TestViewsRefused holds that a view without a key, or with one that does not do, is refused when the load is planned.
func TestViewsRefused(t *testing.T) {
	db := viewsDB(t)
	db.Exec(t, "HR", "CREATE VIEW odd AS SELECT id, TO_BINARY_DOUBLE(id) d FROM head")
	for _, c := range []struct {
		set  project.Load
		want string
	}{
		{project.Load{Views: []string{"HR.NOKEY"}}, "LD0104 plan the load of HR.NOKEY: it is a view, and nothing tells its rows apart"},
		{project.Load{Tables: map[string]project.LoadTable{"HR.ODD": {Key: []string{"D"}}}}, "column D of its key is of type BINARY_DOUBLE"},
		{project.Load{Tables: map[string]project.LoadTable{"HR.ODD": {Key: []string{"ID"}, Skip: []string{"ID"}}}}, "column ID of its key is left out"},
		{project.Load{Views: []string{"HR.NOTHERE"}}, "there is no view HR.NOTHERE"},
		{project.Load{Views: []string{"HR.HEAD"}}, "HR.HEAD is a table"},
		{project.Load{Tables: map[string]project.LoadTable{"HR.NOTHERE": {Key: []string{"D"}}}}, "the source has no such table"},
	} {
		_, err := MakePlan(t.Context(), db, PlanOptions{Schemas: []string{"HR"}, Settings: c.set})
		if err == nil || !strings.Contains(fmt.Sprint(flat(err)), c.want) {
			t.Errorf("%v, want %s", err, c.want)
		}
	}
}
