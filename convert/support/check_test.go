package support_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"landfall/convert/support"
	"landfall/internal/postgres/scratch/pgtest"
)

// TestPlpgsqlCheck reads every function in PL/pgSQL as plpgsql_check does: bodies are not looked at when they are made.
func TestPlpgsqlCheck(t *testing.T) {
	if testing.Short() {
		t.Skip("the cases run the functions")
	}
	db := pgtest.Open(t)
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
	defer cancel()
	if _, err := db.Exec(ctx, support.All()); err != nil {
		t.Fatal(err)
	}
	var found bool
	if err := db.QueryRow(ctx, "SELECT EXISTS (SELECT FROM pg_extension WHERE extname = 'plpgsql_check')").Scan(&found); err != nil {
		t.Fatal(err)
	}
	if !found {
		t.Skip("needs plpgsql_check (Debian, Ubuntu: apt-get install postgresql-15-plpgsql-check)")
	}
	// functions on any type are read as of text; _cron names what is there only with pg_cron
	rows, err := db.Query(ctx, `SELECT p.oid::regprocedure::text, c FROM pg_proc p JOIN pg_language l ON l.oid = p.prolang AND l.lanname = 'plpgsql',
		LATERAL plpgsql_check_function(p.oid, fatal_errors => false, extra_warnings => false, performance_warnings => false, anyelememttype => 'text'::regtype, anycompatibletype => 'text'::regtype) AS c
		WHERE p.pronamespace = 'landfall'::regnamespace AND p.prorettype <> 'trigger'::regtype AND p.proname <> '_cron'`)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var fn, line string
		if err := rows.Scan(&fn, &line); err != nil {
			t.Fatal(err)
		}
		if strings.HasPrefix(line, "error:") {
			t.Errorf("%s: %s", fn, line)
		}
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
}
