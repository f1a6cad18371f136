package tns_test

import (
	"context"
	"database/sql"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	driver "github.com/sijms/go-ora/v2"

	"landfall/internal/orasim/engine"
	"landfall/internal/orasim/session"
	"landfall/internal/orasim/tns"
	"landfall/internal/orasim/value/datetime"
)

// one is a backend of a single database.
type one struct{ session.Database }

func (o one) Open(context.Context, session.Target) (session.Database, error) { return o.Database, nil }

// TestEngine runs the wire over the engine that it is made for: what both sides take the seam to mean must be the same.
func TestEngine(t *testing.T) {
	e := engine.New(newScripted().Info(), time.Now)
	e.AddUser("scott", "tiger")
	_, addr := serve(t, one{e}, tns.Options{})
	db := goora(t, addr, "")
	execute(t, db, `create table t (id number(10) primary key, name varchar2(20 char), nn nvarchar2(20), d date, ts timestamp(9),
		tz timestamp with time zone, iv interval day to second, r raw(20), n number, bf binary_double, c clob, b blob)`)
	at := time.Date(2024, 2, 29, 13, 14, 15, 123456789, time.UTC)
	execute(t, db, "insert into t values (:1, :2, :3, :4, :5, :6, interval '1 2:3:4.5' day to second, :7, :8, :9, :10, :11)",
		1, "grüße 😀", driver.NVarChar("國"), at, at, at.In(time.FixedZone("", -5*3600)), []byte{0, 255}, "12345678901234567890.25", 1.5,
		driver.Clob{String: bigText, Valid: true}, driver.Blob{Data: bigData})
	want := [][]string{{
		"1", "grüße 😀", "國", "2024-02-29T13:14:15Z", "2024-02-29T13:14:15.123456789Z", "2024-02-29T08:14:15.123457-05:00", // six digits, unless declared
		"+01 02:03:04.500000", "00FF", "12345678901234567890.25", "1.5", bigText, strings.ToUpper(hexOf(bigData)),
	}}
	for _, options := range []string{"", "lob fetch=post"} {
		if d := cmp.Diff(want, table(t, goora(t, addr, options), "select * from t")); d != "" {
			t.Errorf("%q: %s", options, d)
		}
	}

	ids, names := make([]int64, 1000), make([]string, 1000)
	for i := range ids {
		ids[i], names[i] = int64(i+10), "many"
	}
	if n := execute(t, db, "insert into t (id, name) values (:1, :2)", ids, names); n != 1000 {
		t.Errorf("inserted %d", n)
	}
	if got := table(t, db, "select count(*), max(id) from t where name = :1", "many"); got[0][0] != "1000" || got[0][1] != "1009" {
		t.Errorf("%v", got)
	}
	var id int64
	execute(t, db, "update t set name = 'new' where id = :1 returning id into :2", 10, sql.Out{Dest: &id})
	if id != 10 {
		t.Errorf("returned %d", id)
	}
	for text, want := range map[string]string{
		"insert into t (id) values (1)":   "ORA-00001",
		"select * from nope":              "ORA-00942",
		"select nope from t":              "ORA-00904",
		"select 1/0 from dual":            "ORA-01476",
		"select to_number('x') from dual": "ORA-01722",
	} {
		if _, err := fetch(within(t, 20*time.Second), db, text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %s", text, err, want)
		}
	}
	tx, err := db.Begin()
	if err != nil {
		t.Fatal(err)
	}
	execute(t, tx, "delete from t")
	if got := table(t, db, "select count(*) from t"); got[0][0] != "1001" {
		t.Errorf("another session sees %v", got)
	}
	if err := tx.Rollback(); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 300*time.Millisecond)
	defer cancel()
	start := time.Now()
	if _, err := fetch(ctx, db, "select count(*) from t a, t b, t c"); err == nil {
		t.Error("a billion rows were counted")
	}
	if d := time.Since(start); d > 10*time.Second {
		t.Errorf("cancelled after %v", d)
	}
	if got := table(t, db, "select count(*) from t"); got[0][0] != "1001" {
		t.Errorf("%v", got)
	}
}

// TestRegions reads a time in every region through the driver, whose table of regions is its own, and binds some.
func TestRegions(t *testing.T) {
	e := engine.New(newScripted().Info(), time.Now)
	e.AddUser("scott", "tiger")
	_, addr := serve(t, one{e}, tns.Options{})
	db := goora(t, addr, "")
	at := time.Date(2024, 7, 1, 12, 0, 0, 0, time.UTC)
	read := 0
	for name := range datetime.RegionNames() {
		if _, err := datetime.RegionNamed(name); err != nil {
			continue // no rules
		}
		var got time.Time
		if err := db.QueryRow("select from_tz(timestamp '2024-07-01 12:00:00', '+00:00') at time zone '" + name + "' from dual").Scan(&got); err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if !got.Equal(at) || got.Location().String() != name {
			t.Errorf("%s: %v in %s", name, got, got.Location())
		}
		read++
	}
	if read < 550 {
		t.Errorf("%d regions", read)
	}
	execute(t, db, "create table z (k number, z timestamp with time zone)")
	for i, name := range []string{"Asia/Shanghai", "Europe/Berlin", "America/New_York", "UTC"} {
		loc, err := time.LoadLocation(name)
		if err != nil {
			t.Fatal(err)
		}
		overlap := time.Date(2024, 10, 27, 0, 30, 0, 0, time.UTC) // Berlin's first 2:30
		execute(t, db, "insert into z values (:1, :2)", i, driver.TimeStampTZ(overlap.In(loc)))
		got := table(t, db, "select to_char(z, 'TZR'), to_char(sys_extract_utc(z), 'YYYY-MM-DD HH24:MI'), z from z where k = :1", i)[0]
		if got[0] != strings.ToUpper(name) || got[1] != "2024-10-27 00:30" || !strings.HasPrefix(got[2], overlap.In(loc).Format("2006-01-02T15:04:05Z07:00")) {
			t.Errorf("%s: %v", name, got)
		}
	}
	if _, err := fetch(within(t, 20*time.Second), db, "select timestamp '2024-07-01 00:00:00 Asia/Yangon' from dual"); err == nil || !strings.Contains(err.Error(), "ORA-03001") {
		t.Errorf("a region without a sure number: %v", err)
	}
}

// TestAllTypes reads the sample of all types, each column from the ends of its type on, through the driver.
func TestAllTypes(t *testing.T) {
	e := engine.New(newScripted().Info(), time.Now)
	e.AddUser("scott", "tiger")
	if _, err := e.LoadScripts(context.Background(), "../../../testdata/types", "SCOTT"); err != nil {
		t.Fatal(err)
	}
	made, err := e.GenerateData(context.Background(), engine.Generate{Rows: 240, Edges: true})
	if err != nil {
		t.Fatal(err)
	}
	_, addr := serve(t, one{e}, tns.Options{})
	db := goora(t, addr, "")
	for _, g := range made {
		columns := "*"
		switch g.Table {
		case "T_BINARY":
			columns = "id, r1, r2000, b, c, nc, XMLSERIALIZE(CONTENT x AS CLOB) x, rid" // this driver reads NULL of XMLTYPE wrongly
		case "T_TIME":
			columns = "id, ts, ts0, ts9, tz, tz9, ltz, ym, ym9, ds, ds9, TO_CHAR(d, 'SYYYY-MM-DD HH24:MI:SS') d"
		}
		if got := table(t, db, "select "+columns+" from "+g.Table); g.Table != "T_IOT" && len(got) != g.Rows {
			t.Errorf("%s: %d of %d rows", g.Table, len(got), g.Rows)
		}
	}
}
