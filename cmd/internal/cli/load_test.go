package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"landfall/internal/postgres/scratch/pgtest"
	"landfall/load/ledger"
)

// command runs a command line with the password of a sim, and gives its exit code and streams.
func command(t *testing.T, args ...string) (code int, out, errs *bytes.Buffer) {
	t.Helper()
	return commandIn(t.Context(), args...)
}

func commandIn(ctx context.Context, args ...string) (code int, out, errs *bytes.Buffer) {
	io, out, errs := testStreams()
	io.Env = func(name string) string { return map[string]string{"LANDFALL_SOURCE_PASSWORD": "hush/1"}[name] }
	return Run(ctx, args, io), out, errs
}

func wants(t *testing.T, want int, code int, out, errs *bytes.Buffer) {
	t.Helper()
	if code != want {
		t.Fatalf("exit code %d, want %d\nstdout: %s\nstderr: %s", code, want, out, errs)
	}
}

// tail is the end of a text that may be long.
func tail(s string) string { return s[max(0, len(s)-6000):] }

// TestLoadInsurance takes the sample the whole way: converted, served as an Oracle, loaded into PostgreSQL through the driver.
func TestLoadInsurance(t *testing.T) {
	const scripts = "../../../testdata/insurance/schema"
	pg := pgtest.Open(t)
	dir := t.TempDir()
	converted := filepath.Join(dir, "postgresql")
	code, out, errs := command(t, "convert", "--source", "files:"+scripts, "--out", converted, "--target", "postgresql", "--quiet")
	if code != ExitOK && code != ExitPartly {
		wants(t, ExitPartly, code, out, errs)
	}
	settings, err := os.ReadFile("../../../testdata/load/insurance.yaml")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "landfall.yaml"), settings, 0o600); err != nil {
		t.Fatal(err)
	}
	s := startSim(t, "--schema", scripts, "--data", "generate:8000", "--user", "INS_CORE")
	source := "oracle://INS_CORE@" + s.ready.Address + "/" + s.ready.Service
	common := []string{"--source", source, "--target", pg.URL, "--project", dir, "--schema", converted}
	code, out, errs = command(t, append([]string{"load", "plan", "--json"}, common...)...)
	wants(t, ExitOK, code, out, errs)
	code, out, errs = command(t, append([]string{"load", "run", "--streams", "2", "--json"}, common...)...)
	if code != ExitOK && code != ExitPartly {
		t.Fatalf("exit code %d\n%s\n%s", code, tail(out.String()), errs)
	}
	lines := strings.Split(strings.TrimSpace(out.String()), "\n")
	var end loadEnd
	if err := json.Unmarshal([]byte(lines[len(lines)-1]), &end); err != nil || end.Kind != "end" {
		t.Fatalf("%v: %s", err, lines[len(lines)-1])
	}
	t.Log(loadSummary(end.Status, ""))
	if end.Status.State != ledger.Complete {
		t.Error(end.Status.State)
	}
	var rows int64
	for _, table := range s.ready.Tables {
		rows += table.Rows
	}
	if end.Status.Totals.Read == 0 || end.Status.Totals.Read > rows {
		t.Errorf("%d rows of %d", end.Status.Totals.Read, rows)
	}
	var objects string // every column of objects has some, of every type
	if err := pg.QueryRow(t.Context(), `SELECT concat_ws(' ', (SELECT string_agg(DISTINCT risk ->> '$type', ',' ORDER BY risk ->> '$type') FROM ins_core.insured_object), (SELECT count((address).city) > 0 FROM ins_core.party_address),
		(SELECT max(cardinality(phones)) FROM ins_core.party_contact), (SELECT count(*) FILTER (WHERE cardinality(tags) > 0) > 0 FROM ins_core.party_contact))`).Scan(&objects); err != nil {
		t.Fatal(err)
	}
	if objects != "t_risk_building,t_risk_vehicle t 5 t" {
		t.Errorf("objects: %s", objects)
	}
	code, out, errs = command(t, "load", "run", "--source", source, "--target", pg.URL, "--project", filepath.Join(dir, "nowhere"))
	wants(t, ExitNoProject, code, out, errs)
	again := []string{"load", "run", "--source", source, "--target", pg.URL, "--schemas", "INS_CORE,INS_NEW"}
	for _, project := range []string{dir, t.TempDir()} { // the plan of the project, and that of the target
		code, out, errs = command(t, append(slices.Clone(again), "--project", project)...)
		wants(t, ExitUsage, code, out, errs)
		if !strings.Contains(errs.String(), "of the schemas INS_CLAIM, INS_CORE, INS_FIN, and --schemas says INS_CORE, INS_NEW") {
			t.Errorf("a schema that the plan does not have: %s", errs)
		}
	}
	other := filepath.Join(dir, "other")
	code, out, errs = command(t, "convert", "--source", "files:"+scripts+"/ins_core", "--out", other, "--target", "postgresql", "--quiet")
	if code != ExitOK && code != ExitPartly {
		wants(t, ExitPartly, code, out, errs)
	}
	code, out, errs = command(t, "load", "run", "--source", source, "--target", pg.URL, "--project", dir, "--schema", other)
	if code != ExitOK && code != ExitPartly {
		wants(t, ExitOK, code, out, errs)
	}
	if !strings.Contains(errs.String(), "are not those that the plan was made with") {
		t.Errorf("another folder of statements: %s", errs)
	}
	code, out, errs = command(t, append([]string{"load", "run"}, common...)...)
	if strings.Contains(errs.String(), "are not those that the plan was made with") {
		t.Errorf("the same folder: exit code %d, %s %s", code, out, errs)
	}
	stale := filepath.Join(dir, "repair.sql") // of a comparison before
	if err := os.WriteFile(stale, []byte("DELETE FROM ins_core.policy;"), 0o600); err != nil {
		t.Fatal(err)
	}
	code, out, errs = command(t, "load", "verify", "--source", source, "--target", pg.URL, "--project", dir)
	wants(t, ExitOK, code, out, errs)
	if _, err := os.Stat(stale); !os.IsNotExist(err) {
		t.Errorf("repairs of a comparison before are still there: %v", err)
	}
	t.Log(out)
	code, out, errs = command(t, "load", "status", "--target", pg.URL)
	if code != ExitOK && code != ExitPartly {
		wants(t, ExitOK, code, out, errs)
	}
	if _, err := os.Stat(filepath.Join(dir, "plan.json")); err != nil {
		t.Error(err)
	}
}
