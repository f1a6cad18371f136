package support_test

import (
	"context"
	"strconv"
	"strings"
	"testing"
	"time"

	"landfall/convert/support"
	"landfall/internal/postgres/scratch/pgtest"
)

func TestLoadsAndLeavesNothing(t *testing.T) {
	db := pgtest.OpenBare(t)
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
	defer cancel()
	const census = `SELECT (SELECT count(*) FROM pg_proc) + (SELECT count(*) FROM pg_type) + (SELECT count(*) FROM pg_namespace)
		+ (SELECT count(*) FROM pg_class) + (SELECT count(*) FROM pg_description) + (SELECT count(*) FROM pg_depend)
		+ (SELECT count(*) FROM pg_operator) + (SELECT count(*) FROM pg_cast)`
	var before, after int
	if err := db.QueryRow(ctx, census).Scan(&before); err != nil {
		t.Fatal(err)
	}
	for range 2 { // twice: loading again replaces
		if _, err := db.Exec(ctx, support.All()); err != nil {
			t.Fatalf("load: %v", err)
		}
	}
	var version string
	if err := db.QueryRow(ctx, "SELECT landfall.version()").Scan(&version); err != nil || version != support.Version {
		t.Errorf("version %q, %v", version, err)
	}
	// a ledger lies in the same schema, and outlives them
	const ledger = "CREATE TABLE landfall.load_plan (plan text); CREATE TYPE landfall.river_state AS ENUM ('a'); CREATE FUNCTION landfall.load_forward() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'"
	if _, err := db.Exec(ctx, ledger); err != nil {
		t.Fatal(err)
	}
	if _, err := db.Exec(ctx, support.Remove); err != nil {
		t.Fatal(err)
	}
	var kept string
	if err := db.QueryRow(ctx, `SELECT string_agg(name, ' ' ORDER BY name) FROM (SELECT proname::text AS name FROM pg_proc WHERE pronamespace = 'landfall'::regnamespace
		UNION ALL SELECT typname FROM pg_type WHERE typnamespace = 'landfall'::regnamespace AND typelem = 0) x`).Scan(&kept); err != nil || kept != "load_forward load_plan river_state" {
		t.Errorf("left in the schema: %s, %v", kept, err)
	}
	if _, err := db.Exec(ctx, "DROP SCHEMA landfall CASCADE"); err != nil {
		t.Fatal(err)
	}
	if err := db.QueryRow(ctx, census).Scan(&after); err != nil {
		t.Fatal(err)
	}
	if before != after {
		t.Errorf("catalog entries before: %d, after the schema was dropped: %d", before, after)
	}
}

func TestScript(t *testing.T) {
	sql, err := support.Script([]string{"landfall.months_between", "sqlerrm"})
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"CREATE SCHEMA IF NOT EXISTS landfall;", "FUNCTION landfall.version(", "FUNCTION landfall.months_between(",
		"FUNCTION landfall.div(", "FUNCTION landfall.sqlerrm(code integer)", "FUNCTION landfall.sqlerrm(state text", "FUNCTION landfall.sqlcode(", "FUNCTION landfall._ora_text(",
	} {
		if !strings.Contains(sql, want) {
			t.Errorf("lacks %s", want)
		}
	}
	for _, not := range []string{"landfall.to_date(", "landfall.instr("} {
		if strings.Contains(sql, not) {
			t.Errorf("has %s", not)
		}
	}
	again, err := support.Script([]string{"sqlerrm", "months_between", "months_between"})
	if err != nil || again != sql {
		t.Errorf("the order of names changes the script (%v)", err)
	}
	if strings.Index(sql, "FUNCTION landfall.div(") > strings.Index(sql, "FUNCTION landfall.months_between(") {
		t.Error("div stands behind what calls it")
	}
	one, err := support.Script([]string{"to_char(numeric)"})
	if err != nil || !strings.Contains(one, "FUNCTION landfall.to_char(n numeric)") || strings.Contains(one, "landfall.to_char(d timestamp") {
		t.Errorf("one overload: %v, %d bytes", err, len(one))
	}
	if sql, err := support.Script([]string{"instr", "no_such", "to_char(box)"}); err == nil || sql != "" ||
		!strings.Contains(err.Error(), "no_such, to_char(box)") {
		t.Errorf("unknown names: %q, %v", sql, err)
	}
}

func TestDocAndNeeds(t *testing.T) {
	for _, name := range support.Names() {
		doc, ok := support.Doc(name)
		if !ok || !strings.Contains(doc, "for: ") {
			t.Errorf("%s: no doc", name)
		}
	}
	if doc, ok := support.Doc("no_such"); ok || doc != "" {
		t.Errorf("doc of nothing: %q", doc)
	}
	if needs := support.Needs("instr"); len(needs) != 0 {
		t.Errorf("instr needs %v", needs)
	}
}

// TestEachAlone loads the script of every single function into an empty schema: what it needs is all there.
func TestEachAlone(t *testing.T) {
	db := pgtest.OpenBare(t)
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Minute)
	defer cancel()
	for i, name := range support.Names() {
		if testing.Short() && i%8 != 0 {
			continue
		}
		sql, err := support.Script([]string{name})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if _, err := db.Exec(ctx, "SET client_min_messages = warning; DROP SCHEMA IF EXISTS landfall CASCADE; "+sql); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestCodes holds the table of error numbers against itself and against what PostgreSQL calls its conditions.
func TestCodes(t *testing.T) {
	predefined := strings.Fields(`ACCESS_INTO_NULL CASE_NOT_FOUND COLLECTION_IS_NULL CURSOR_ALREADY_OPEN DUP_VAL_ON_INDEX INVALID_CURSOR
		INVALID_NUMBER LOGIN_DENIED NO_DATA_FOUND NO_DATA_NEEDED NOT_LOGGED_ON PROGRAM_ERROR ROWTYPE_MISMATCH SELF_IS_NULL STORAGE_ERROR
		SUBSCRIPT_BEYOND_COUNT SUBSCRIPT_OUTSIDE_LIMIT SYS_INVALID_ROWID TIMEOUT_ON_RESOURCE TOO_MANY_ROWS VALUE_ERROR ZERO_DIVIDE`)
	db := pgtest.OpenBare(t)
	ctx := context.Background()
	if _, err := db.Exec(ctx, support.All()); err != nil {
		t.Fatal(err)
	}
	for _, name := range predefined {
		condition, state, ora, ok := support.Predefined(strings.ToLower(name))
		if !ok {
			t.Errorf("%s is not there", name)
			continue
		}
		// a handler for the condition catches what is raised, and SQLCODE gives the number back
		var caught string
		block := "DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = '" + state + "', MESSAGE = 'x'; EXCEPTION WHEN " + condition +
			" THEN PERFORM set_config('t.code', landfall.sqlcode(SQLSTATE)::text || landfall.sqlstate(" + strconv.Itoa(ora) + "), false); END $$"
		if _, err := db.Exec(ctx, block); err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if err := db.QueryRow(ctx, "SELECT current_setting('t.code')").Scan(&caught); err != nil {
			t.Fatal(err)
		}
		if caught != strconv.Itoa(ora)+state {
			t.Errorf("%s: SQLCODE and SQLSTATE %s, want %d%s", name, caught, ora, state)
		}
		if support.SQLState(ora) != state {
			t.Errorf("%s: SQLState(%d) is %s, want %s", name, ora, support.SQLState(ora), state)
		}
	}
	for ora, want := range map[int]string{-20001: "45001", 20999: "45999", 100: "P0002", -1403: "P0002", -942: "42P01", -31: "O000V", 0: "O0000", -60: "40P01"} {
		if got := support.SQLState(ora); got != want {
			t.Errorf("SQLState(%d) is %s, want %s", ora, got, want)
		}
	}
	// every number has one SQLSTATE and is read back from it
	rows, err := db.Query(ctx, "SELECT n, landfall.sqlcode(landfall.sqlstate(n)) FROM generate_series(-40500, -1) AS n WHERE landfall.sqlcode(landfall.sqlstate(n)) NOT IN (n, 100) ")
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var n, back int
		if err := rows.Scan(&n, &back); err != nil {
			t.Fatal(err)
		}
		t.Errorf("%d becomes %d", n, back)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	if _, _, _, ok := support.Predefined("MY_ERROR"); ok {
		t.Error("MY_ERROR is not predefined")
	}
}
