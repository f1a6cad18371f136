package support_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgconn"

	"landfall/convert/support"
	"landfall/internal/postgres/scratch/pgtest"
)

// TestAutonomous runs what elsewhere says cannot be a line of a case: a second session.
func TestAutonomous(t *testing.T) {
	db := pgtest.OpenBare(t)
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	exec := func(sql string) error { _, err := db.Exec(ctx, sql); return err }
	must := func(sql string) {
		t.Helper()
		if err := exec(sql); err != nil {
			t.Fatalf("%s: %v", sql, err)
		}
	}
	text := func(sql string) string {
		t.Helper()
		var s *string
		if err := db.QueryRow(ctx, sql).Scan(&s); err != nil {
			t.Fatalf("%s: %v", sql, err)
		}
		return deref(s)
	}
	must(support.All())
	var pg *pgconn.PgError
	if err := exec("CALL landfall.autonomous('SELECT 1')"); !errors.As(err, &pg) || pg.Code != "42704" || pg.Hint != "CREATE EXTENSION dblink;" {
		t.Errorf("without dblink: %v", err)
	}
	must(`CREATE SCHEMA extensions`)
	if err := exec("CREATE EXTENSION dblink SCHEMA extensions"); err != nil {
		t.Skipf("needs dblink (Debian, Ubuntu: apt-get install postgresql): %v", err)
	}
	must(`CREATE SCHEMA app; CREATE TABLE app.log (id integer PRIMARY KEY, txt text);
		CREATE PROCEDURE app.write(id integer, txt text) LANGUAGE plpgsql AS $$ BEGIN INSERT INTO log VALUES (id, txt); COMMIT; INSERT INTO log VALUES (id + 100, txt); ROLLBACK; END $$;
		CREATE PROCEDURE app.sum(a integer, INOUT b integer, OUT c text) LANGUAGE plpgsql AS $$ BEGIN b := a + b; c := NULL; END $$;
		SET search_path = app`)
	// what the second session did stays when the first rolls back; its own COMMIT and ROLLBACK work
	must("BEGIN")
	must("CALL landfall.autonomous($$CALL write(1, 'kept')$$)")
	must("ROLLBACK")
	if got := text("SELECT string_agg(id || txt, ',') FROM log"); got != "1kept" {
		t.Errorf("log holds %s", got)
	}
	// errors come back as they are
	err := exec("CALL landfall.autonomous($$CALL write(1, 'twice')$$)")
	if !errors.As(err, &pg) || pg.Code != "23505" {
		t.Errorf("error of the second session: %v", err)
	}
	must("CALL landfall.autonomous($$CALL write(2, 'after an error')$$)")
	if got := text("SELECT landfall.autonomous_row('CALL sum(1, 2, NULL)', 2)::text"); got != "{3,NULL}" {
		t.Errorf("OUT parameters: %s", got)
	}
	if got := text("SELECT landfall.autonomous_row('SELECT count(*) FROM log')::text"); got != "{2}" {
		t.Errorf("function: %s", got)
	}
	if got := text("SELECT coalesce(landfall.autonomous_row('SELECT 1 WHERE false')::text, 'NULL')"); got != "NULL" {
		t.Errorf("no row: %s", got)
	}
	if got := text("SELECT string_agg(r ->> 'txt', ',') FROM landfall.autonomous_query('SELECT * FROM log ORDER BY id') AS r"); got != "kept,after an error" {
		t.Errorf("query: %s", got)
	}
	// a lost session is opened again
	must("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE 'autonomous of %'")
	must("CALL landfall.autonomous($$CALL write(3, 'reconnected')$$)")
	// a lock of the first session does not wait for ever
	must("SET landfall.autonomous_lock_timeout = '200ms'")
	must("BEGIN; UPDATE log SET txt = 'mine' WHERE id = 3")
	err = exec("CALL landfall.autonomous('UPDATE log SET txt = 1 WHERE id = 3')")
	if !errors.As(err, &pg) || pg.Code != "55P03" {
		t.Errorf("lock: %v", err)
	}
	must("ROLLBACK")
	must("SET landfall.autonomous_conninfo = 'host=/nowhere'; SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE 'autonomous of %'")
	if err := exec("CALL landfall.autonomous('SELECT 1')"); err == nil || !strings.Contains(err.Error(), "could not establish connection") {
		t.Errorf("conninfo of nowhere: %v", err)
	}
	if needs := support.Needs("autonomous_row"); len(needs) != 1 || needs[0] != "dblink" {
		t.Errorf("needs: %v", needs)
	}
}
