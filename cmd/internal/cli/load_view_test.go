package cli

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"landfall/internal/postgres/scratch/pgtest"
)

// TestLoadViews loads a view and a materialized view with a column of objects through the driver, into tables that are there, and
// verifies them.
func TestLoadViews(t *testing.T) {
	dir := t.TempDir()
	scripts := filepath.Join(dir, "ddl")
	write := func(name, text string) {
		t.Helper()
		if err := os.MkdirAll(filepath.Dir(filepath.Join(dir, name)), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("ddl/all.sql", `CREATE TYPE shop.place AS OBJECT (city VARCHAR2(30), zip NUMBER(5), lat BINARY_DOUBLE, seen TIMESTAMP WITH LOCAL TIME ZONE);
/
CREATE TYPE shop.places AS TABLE OF shop.place;
/
CREATE TABLE shop.customer (id NUMBER(9) PRIMARY KEY, name VARCHAR2(40) NOT NULL, home shop.place, others shop.places) NESTED TABLE others STORE AS customer_others;
CREATE TABLE shop.sale (id NUMBER(9) PRIMARY KEY, customer NUMBER(9) NOT NULL REFERENCES shop.customer (id), day DATE NOT NULL, amount NUMBER(9,2));
CREATE VIEW shop.by_day AS SELECT s.id, s.day, s.amount, c.name, c.home, c.others FROM shop.sale s JOIN shop.customer c ON c.id = s.customer;
CREATE MATERIALIZED VIEW shop.cities BUILD DEFERRED AS SELECT id, name FROM shop.customer;
`)
	write("landfall.yaml", `load:
  include: [SHOP.BY_DAY, SHOP.CITIES]
  chunk-rows: 100
  tables:
    SHOP.BY_DAY: {target: shop.sales, key: [ID], object-columns: {HOME: json}}
    SHOP.CITIES: {where: "ID > 0"}
`)
	pg := pgtest.Open(t)
	if _, err := pg.Exec(t.Context(), "CREATE SCHEMA shop; CREATE TYPE shop.place AS (city text, zip integer, lat double precision, seen timestamptz); CREATE TABLE shop.sales (id integer, day timestamp(0), amount numeric(9,2), name text, home jsonb, others shop.place[]); CREATE TABLE shop.cities (id integer, name text)"); err != nil {
		t.Fatal(err)
	}
	s := startSim(t, "--schema", scripts, "--data", "generate:2000", "--user", "SHOP")
	source := "oracle://SHOP@" + s.ready.Address + "/" + s.ready.Service
	common := []string{"--source", source, "--target", pg.URL, "--project", dir}
	code, out, errs := command(t, append([]string{"load", "plan", "--schemas", "SHOP"}, common...)...)
	wants(t, ExitOK, code, out, errs)
	code, out, errs = command(t, append([]string{"load", "run", "--json"}, common...)...)
	wants(t, ExitOK, code, out, errs)
	code, out, errs = command(t, append([]string{"load", "verify"}, common...)...)
	wants(t, ExitOK, code, out, errs)
	if !strings.Contains(out.String(), "2 of 2 tables compared") || !strings.Contains(out.String(), "0 differences") {
		t.Error(out)
	}
	var sales, chunks, homes int
	if err := pg.QueryRow(t.Context(), "SELECT count(*), (SELECT count(*) FROM landfall.load_chunk c JOIN landfall.load_table USING (plan) WHERE source = 'SHOP.BY_DAY' AND c.tbl = load_table.no AND state = 'verified'), count(home ->> 'city') + sum(cardinality(others)) FROM shop.sales").Scan(&sales, &chunks, &homes); err != nil {
		t.Fatal(err)
	}
	if sales < 1000 || chunks < sales/100 || homes == 0 {
		t.Errorf("%d rows in %d chunks, %d homes", sales, chunks, homes)
	}
	if _, err := pg.Exec(t.Context(), "UPDATE shop.sales SET home = jsonb_set(home, '{city}', '\"Nowhere\"') WHERE id = (SELECT min(id) FROM shop.sales WHERE home IS NOT NULL)"); err != nil {
		t.Fatal(err)
	}
	code, out, errs = command(t, append([]string{"load", "verify"}, common...)...)
	wants(t, ExitDifferences, code, out, errs)
	if lines, err := os.ReadFile(filepath.Join(dir, "differences.jsonl")); err != nil || !strings.Contains(string(lines), `"columns":["HOME"]`) {
		t.Errorf("%s %v", lines, err)
	}
}
