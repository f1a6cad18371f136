package load

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"landfall/internal/project"
	"landfall/load/ledger"
	"landfall/load/loadtest"
	"landfall/load/plan"
)

// types is a table of the types that the embedded Oracle has, with values at their edges, and its counterpart.
var typesDDL = []plan.Statement{
	{Phase: plan.Before, Name: "hr", SQL: "CREATE SCHEMA IF NOT EXISTS hr"},
	{Phase: plan.Tables, Name: "HR.TYPES", SQL: `CREATE TABLE hr.types (id numeric(9) NOT NULL, n numeric, p numeric(12,2), f double precision, d timestamp(0), ts timestamp(6), tz timestamptz, c char(5), v varchar(40), nv varchar(20), r bytea, cl text, bl bytea, iy interval, id2 interval)`},
	{Phase: plan.UniqueKeys, Name: "HR.TYPES", SQL: "ALTER TABLE hr.types ADD PRIMARY KEY (id)"},
}

func typesDB(t *testing.T) *loadtest.Database {
	db := loadtest.New()
	db.Exec(t, "HR",
		"CREATE TABLE types (id NUMBER(9) PRIMARY KEY, n NUMBER, p NUMBER(12,2), f BINARY_DOUBLE, d DATE, ts TIMESTAMP(6), tz TIMESTAMP(6) WITH TIME ZONE, c CHAR(5), v VARCHAR2(40), nv NVARCHAR2(20), r RAW(16), cl CLOB, bl BLOB, iy INTERVAL YEAR(4) TO MONTH, id2 INTERVAL DAY(4) TO SECOND(6))",
		"INSERT INTO types SELECT LEVEL, LEVEL / 7, ROUND(LEVEL / 3, 2), LEVEL / 8, DATE '2024-02-29' + LEVEL / 24, TIMESTAMP '1999-12-31 23:59:59.123456', FROM_TZ(TIMESTAMP '2024-05-06 07:08:09.000001', '+05:30'), 'ab', 'val' || LEVEL, N'né', HEXTORAW('00FF'), TO_CLOB(RPAD('x', LEVEL, 'y')), HEXTORAW('010203'), INTERVAL '3-4' YEAR TO MONTH, INTERVAL '5 06:07:08.5' DAY TO SECOND FROM dual CONNECT BY LEVEL <= 300",
		"INSERT INTO types (id, n) VALUES (1001, 1e125)", "INSERT INTO types (id, n) VALUES (1002, -1e-130)", "INSERT INTO types (id, n) VALUES (1003, 12345678901234567890123456789012345678)",
		"INSERT INTO types (id, cl, bl) VALUES (1004, EMPTY_CLOB(), EMPTY_BLOB())", "INSERT INTO types (id, d, v) VALUES (1005, DATE '9999-12-31', UNISTR('\\D83D\\DE00'))",
	)
	return db
}

func differences(t *testing.T, l *loading) []ledger.Difference {
	t.Helper()
	var list []ledger.Difference
	if err := l.target.Ledger.EachDifference(t.Context(), l.id, func(d *ledger.Difference) error { list = append(list, *d); return nil }); err != nil {
		t.Fatal(err)
	}
	return list
}

func (l *loading) verify(t *testing.T, opt VerifyOptions) []ledger.TableRound {
	t.Helper()
	opt.Options = l.opt
	round, err := Verify(t.Context(), l.target, l.id, opt)
	if err != nil {
		t.Fatal(err)
	}
	list, err := l.target.Ledger.Round(t.Context(), l.id, round)
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// TestVerify holds that a load that is well is found well, that every kind of difference is found and named, and that the SQL that is
// offered mends it.
func TestVerify(t *testing.T) {
	for _, savepoints := range []bool{false, true} {
		t.Run(fmt.Sprint("savepoints ", savepoints), func(t *testing.T) {
			db := typesDB(t)
			l := prepare(t, db, project.Load{ChunkRows: 60}, typesDDL)
			if savepoints { // the rows' xmin is then that of a subtransaction
				l.opt.MaxRejects = 10
			}
			if err := Run(t.Context(), l.target, l.id, l.opt); err != nil {
				t.Fatal(err)
			}
			db.Exec(t, "HR", "DELETE FROM types WHERE id < 100")
			list := l.verify(t, VerifyOptions{})
			if d := differences(t, l); len(d) > 0 || *list[0].Differences != 0 || list[0].Rows != 305 || list[0].Verified != list[0].Chunks {
				t.Fatalf("%+v %+v", list[0], d)
			}
			if *list[0].Sampled < 5 {
				t.Errorf("%d rows sampled", *list[0].Sampled)
			}
			l.holds(t, "SELECT string_agg(DISTINCT state, ' ') FROM landfall.load_chunk", "verified")
			for _, sql := range []string{
				"DELETE FROM hr.types WHERE id IN (17, 1004)", "UPDATE hr.types SET p = p + 0.01, v = 'it''s' WHERE id = 33", "INSERT INTO hr.types (id, n) VALUES (77777, 1)",
				"UPDATE hr.types SET bl = '\\x00' WHERE id = 200", "UPDATE hr.types SET d = d WHERE id = 201",
			} {
				if _, err := l.pg.Exec(t.Context(), sql); err != nil {
					t.Fatal(err)
				}
			}
			list = l.verify(t, VerifyOptions{PassRows: 50})
			var got []string
			var repair []string
			for _, d := range differences(t, l) {
				got = append(got, fmt.Sprintf("%s %s %v", d.Kind, d.Place, d.Columns))
				repair = append(repair, d.Repair)
			}
			slices.Sort(got)
			want := []string{"different id='200' [BL]", "different id='33' [P V]", "extra id='77777' []", "missing id='1004' []", "missing id='17' []"}
			if !slices.Equal(got, want) {
				t.Errorf("got %q\nwant %q", got, want)
			}
			if *list[0].Differences != 5 || *list[0].More {
				t.Errorf("%+v", list[0])
			}
			for _, sql := range repair {
				if _, err := l.pg.Exec(t.Context(), sql); err != nil {
					t.Errorf("%s: %v", sql, err)
				}
			}
			l.verify(t, VerifyOptions{})
			if d := differences(t, l); len(d) > 0 {
				t.Errorf("mended, and still %+v", d)
			}
		})
	}
}

// TestVerifyWithoutKey holds that rows without a key are compared as a whole, the same row twice among them.
func TestVerifyWithoutKey(t *testing.T) {
	db := loadtest.New()
	db.Exec(t, "HR", "CREATE TABLE log (a NUMBER, b VARCHAR2(10))", "INSERT INTO log SELECT MOD(LEVEL, 10), 'x' FROM dual CONNECT BY LEVEL <= 100")
	l := prepare(t, db, project.Load{}, []plan.Statement{{Phase: plan.Before, SQL: "CREATE SCHEMA hr"}, {Phase: plan.Tables, SQL: "CREATE TABLE hr.log (a numeric, b varchar(10))"}})
	if err := Run(t.Context(), l.target, l.id, l.opt); err != nil {
		t.Fatal(err)
	}
	l.verify(t, VerifyOptions{})
	if d := differences(t, l); len(d) > 0 {
		t.Fatalf("%+v", d)
	}
	if _, err := l.pg.Exec(t.Context(), "DELETE FROM hr.log WHERE ctid IN (SELECT ctid FROM hr.log WHERE a = 3 LIMIT 2); INSERT INTO hr.log VALUES (99, 'new')"); err != nil {
		t.Fatal(err)
	}
	l.verify(t, VerifyOptions{})
	got := differences(t, l)
	if len(got) != 3 {
		t.Fatalf("%+v", got)
	}
	for _, d := range got {
		if _, err := l.pg.Exec(t.Context(), d.Repair); err != nil {
			t.Errorf("%s: %v", d.Repair, err)
		}
	}
	l.verify(t, VerifyOptions{})
	if d := differences(t, l); len(d) > 0 {
		t.Fatalf("%+v", d)
	}
}

// TestVerifyEveryText compares every row as text, those at the ends of NUMBER too: TM9 gives them an exponent.
func TestVerifyEveryText(t *testing.T) {
	db := typesDB(t)
	l := prepare(t, db, project.Load{}, typesDDL)
	if err := Run(t.Context(), l.target, l.id, l.opt); err != nil {
		t.Fatal(err)
	}
	list := l.verify(t, VerifyOptions{Samples: 1000})
	if d := differences(t, l); len(d) > 0 {
		t.Errorf("%+v", d)
	}
	if len(list) != 1 || list[0].Sampled == nil || *list[0].Sampled < 305 {
		t.Errorf("%+v", list)
	}
}

// TestVerifyText holds that the texts of both sides are compared: a row that was loaded wrongly the same way at every reading.
func TestVerifyText(t *testing.T) {
	db := typesDB(t)
	l := prepare(t, db, project.Load{}, typesDDL)
	if err := Run(t.Context(), l.target, l.id, l.opt); err != nil {
		t.Fatal(err)
	}
	// as if the encoder had made the same mistake in load and verification: the ledger knows the wrong sums
	for _, sql := range []string{"UPDATE hr.types SET n = n + 1, d = d + interval '1 day'"} {
		if _, err := l.pg.Exec(t.Context(), sql); err != nil {
			t.Fatal(err)
		}
	}
	l.verify(t, VerifyOptions{Most: 3})
	kinds := map[string]int{}
	for _, d := range differences(t, l) {
		kinds[d.Kind]++
		if d.Kind == "text" && (!strings.Contains(d.Note, "Oracle shows") || len(d.Columns) != 1) {
			t.Errorf("%+v", d)
		}
	}
	if kinds["text"] < 10 || kinds["different"] != 3 {
		t.Errorf("%v", kinds)
	}
}

// TestZones holds that times in regions arrive as the instants that they are, also in the hour that comes twice.
func TestZones(t *testing.T) {
	db := loadtest.New()
	db.Exec(t, "HR", "CREATE TABLE zones (id NUMBER(9) PRIMARY KEY, z TIMESTAMP(6) WITH TIME ZONE, l TIMESTAMP(6) WITH LOCAL TIME ZONE)")
	want := ""
	for i, c := range [][2]string{
		{"2024-07-01 12:00:00 Asia/Shanghai", "2024-07-01 04:00:00"},
		{"1988-07-01 12:00:00 Asia/Shanghai", "1988-07-01 03:00:00"},
		{"2024-07-01 12:00:00 Asia/Kolkata", "2024-07-01 06:30:00"},
		{"2024-10-27 02:30:00 Europe/Berlin CEST", "2024-10-27 00:30:00"},
		{"2024-10-27 02:30:00 Europe/Berlin CET", "2024-10-27 01:30:00"},
		{"2024-03-10 03:00:00 America/New_York", "2024-03-10 07:00:00"},
		{"2024-07-01 12:00:00 UTC", "2024-07-01 12:00:00"},
	} {
		db.Exec(t, "HR", fmt.Sprintf("INSERT INTO zones VALUES (%d, TIMESTAMP '%s', TIMESTAMP '%s')", i, c[0], c[0]))
		want += c[1] + " " + c[1] + "\n"
	}
	l := prepare(t, db, project.Load{}, []plan.Statement{
		{Phase: plan.Before, Name: "hr", SQL: "CREATE SCHEMA IF NOT EXISTS hr"},
		{Phase: plan.Tables, Name: "HR.ZONES", SQL: "CREATE TABLE hr.zones (id numeric(9) NOT NULL, z timestamptz, l timestamptz)"},
	})
	if err := Run(t.Context(), l.target, l.id, l.opt); err != nil {
		t.Fatal(err)
	}
	l.holds(t, "SELECT string_agg((z AT TIME ZONE 'UTC')::text || ' ' || (l AT TIME ZONE 'UTC')::text || chr(10), '' ORDER BY id) FROM hr.zones", want)
	l.verify(t, VerifyOptions{})
	if d := differences(t, l); len(d) > 0 {
		t.Errorf("%+v", d)
	}
}

// TestVerifyLedger holds that a target can be held against the ledger when the source is gone, and that what was refused is no difference.
func TestVerifyLedger(t *testing.T) {
	db := sample(t)
	db.Exec(t, "HR", "UPDATE heap SET v = CHR(0) WHERE id = 7")
	l := prepare(t, db, project.Load{ChunkRows: 700, Include: []string{"HR.HEAP"}}, ddl[:2])
	l.opt.MaxRejects = 1
	if err := Run(t.Context(), l.target, l.id, l.opt); err != nil {
		t.Fatal(err)
	}
	list := l.verify(t, VerifyOptions{})
	if d := differences(t, l); len(d) > 0 || list[0].Rows != 4999 {
		t.Fatalf("%+v %+v", d, list)
	}
	l.opt.Source = nil
	l.verify(t, VerifyOptions{})
	if d := differences(t, l); len(d) > 0 {
		t.Fatalf("%+v", d)
	}
	if _, err := l.pg.Exec(t.Context(), "DELETE FROM hr.heap WHERE id = 8"); err != nil {
		t.Fatal(err)
	}
	l.verify(t, VerifyOptions{})
	if d := differences(t, l); len(d) != 1 || !strings.Contains(d[0].Note, "the ledger") {
		t.Fatalf("%+v", d)
	}
}

// TestVerifyGoesOn holds that a verification that was broken off goes on, and that partitioned and index-organized tables are compared.
func TestVerifyGoesOn(t *testing.T) {
	db := sample(t)
	l := prepare(t, db, project.Load{ChunkRows: 700}, ddl)
	if err := Run(t.Context(), l.target, l.id, l.opt); err != nil {
		t.Fatal(err)
	}
	fail := true
	reads := 0
	db.Fault = func(sql string, row int64) error {
		if row == 0 && strings.Contains(sql, `FROM "HR"."IOT"`) && strings.HasPrefix(sql, `SELECT "A"`) {
			if reads++; fail && reads > 2 {
				return &loadtest.Error{Code: 942, Err: fmt.Errorf("ORA-00942: gone")}
			}
		}
		return nil
	}
	l.opt.Streams = 1
	if _, err := Verify(t.Context(), l.target, l.id, VerifyOptions{Options: l.opt}); err == nil || !strings.Contains(err.Error(), "ORA-00942") {
		t.Fatalf("%v", err)
	}
	fail, reads = false, 0
	l.events = nil
	list := l.verify(t, VerifyOptions{})
	if n := slices.IndexFunc(l.events, func(e Event) bool {
		return strings.HasPrefix(e.Text, "goes on with the verification that was broken off: 3 tables")
	}); n < 0 {
		t.Errorf("not told that tables are not compared again: %+v", l.events)
	}
	for _, x := range list {
		if x.Differences == nil || *x.Differences != 0 || x.Verified != x.Chunks {
			t.Errorf("%+v", x)
		}
	}
	if reads > 4 {
		t.Errorf("chunks that were compared were read again: %d reads", reads)
	}
	l.holds(t, "SELECT round::text FROM landfall.load_plan", "1")
	l.verify(t, VerifyOptions{})
	l.holds(t, "SELECT round::text FROM landfall.load_plan", "2")
}
