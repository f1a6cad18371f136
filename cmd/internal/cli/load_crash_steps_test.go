package cli

import (
	"context"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// catalogSQL is what a load leaves behind the rows: indexes and whether they are valid, constraints and whether they are validated, sequences.
const catalogSQL = `SELECT coalesce(array_agg(x ORDER BY x), '{}') FROM (
	SELECT pg_get_indexdef(indexrelid) || ' ' || indisvalid || indisready AS x FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid WHERE relnamespace = 'bank'::regnamespace
	UNION ALL SELECT conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) || ' ' || convalidated FROM pg_constraint WHERE connamespace = 'bank'::regnamespace
	UNION ALL SELECT 'booking_seq ' || last_value || is_called FROM bank.booking_seq) AS all_of_it`

// TestLoadCrashSteps kills the loader, or the server, in every phase behind the rows of one load. In the end there are the same indexes, constraints
// and sequences as of a load that nobody disturbed.
func TestLoadCrashSteps(t *testing.T) {
	c := prepareCrash(t, 2000)
	code, out, errs := command(t, c.load("plan", "--project", c.dir)...)
	wants(t, ExitOK, code, out, errs)
	// every step takes a while when its work is done and not committed yet; ALWAYS, because sessions of the load are replicas
	const slow = `CREATE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_sleep(0.15); RETURN NEW; END $$;
		CREATE TRIGGER slow BEFORE UPDATE ON landfall.load_step FOR EACH ROW WHEN (NEW.state = 'done') EXECUTE FUNCTION slow();
		ALTER TABLE landfall.load_step ENABLE ALWAYS TRIGGER slow`
	ask := func(database, sql string, into ...any) error {
		conn, err := c.server.Connect(t.Context(), database)
		if err != nil {
			return err
		}
		defer conn.Close(context.Background())
		if len(into) == 0 {
			_, err = conn.Exec(t.Context(), sql)
			return err
		}
		return conn.QueryRow(t.Context(), sql).Scan(into...)
	}
	if err := ask("scratch_1", slow); err != nil {
		t.Fatal(err)
	}
	run := c.load("run", "--project", c.dir)
	l := startLoader(t, run...)
	for i, phase := range []string{"table", "index", "key", "foreign_key", "validate", "sequence", "analyze"} {
		for end := time.Now().Add(time.Minute); ; {
			var ok bool
			if err := ask("scratch_1", "SELECT EXISTS (SELECT FROM landfall.load_step WHERE phase = '"+phase+"' AND state = 'running')", &ok); err == nil && ok {
				break
			}
			if l.done() || time.Now().After(end) {
				t.Fatalf("the phase %s never came\n%s", phase, &l.out)
			}
			time.Sleep(5 * time.Millisecond)
		}
		time.Sleep(time.Duration(i*13) * time.Millisecond)
		if i%2 == 0 {
			l.kill()
			l = startLoader(t, run...)
			continue
		}
		if err := c.server.Kill(); err != nil {
			t.Fatal(err)
		}
		if err := c.server.Restart(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	<-l.ended
	if code := l.cmd.ProcessState.ExitCode(); code != ExitOK {
		t.Fatalf("exit code %d\n%s", code, &l.out)
	}
	c.check(t)

	name, err := c.server.CreateDatabase(t.Context(), "", true)
	if err != nil {
		t.Fatal(err)
	}
	code, out, errs = command(t, "load", "run", "--source", c.command[1], "--target", c.server.URL(name), "--project", c.dir)
	wants(t, ExitOK, code, out, errs)
	var got, want []string
	if err := ask("scratch_1", catalogSQL, &got); err != nil {
		t.Fatal(err)
	}
	if err := ask(name, catalogSQL, &want); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" || len(want) < 12 {
		t.Error(diff, want)
	}
}
