package cli

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestLoadSteering holds what the commands for a load say from another shell, and the exit codes of a load that is not there, is paused, has rows
// that do not fit, and of a target that has more than it should.
func TestLoadSteering(t *testing.T) {
	c := prepareCrash(t, 2000)
	at := func(args ...string) (int, string, string) {
		t.Helper()
		code, out, errs := command(t, append([]string{"load"}, args...)...)
		return code, out.String(), errs.String()
	}
	target := []string{"--target", c.url}
	if code, _, errs := at(append([]string{"status"}, target...)...); code != ExitFailed || !strings.Contains(errs, "has no load") {
		t.Errorf("%d %s", code, errs)
	}
	code, out, errs := command(t, c.load("plan", "--project", c.dir)...)
	wants(t, ExitOK, code, out, errs)
	for _, want := range []string{"BANK.RATE", "key", "BANK.BOOKING", "tables", "SCN"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("the plan does not say %s:\n%s", want, out)
		}
	}
	if code, out, _ := at(append([]string{"status"}, target...)...); code != ExitPartly || !strings.Contains(out, "planned") {
		t.Errorf("%d %s", code, out)
	}
	for _, args := range [][]string{{"pause"}, {"throttle", "--bytes-per-second", "50M", "--source-sessions", "1"}} {
		if code, _, errs := at(append(args, target...)...); code != ExitOK {
			t.Errorf("%v: %d %s", args, code, errs)
		}
	}
	run := startLoader(t, c.load("run", "--project", c.dir, "--json")...)
	for end := time.Now().Add(time.Minute); ; time.Sleep(20 * time.Millisecond) {
		if _, out, _ := at(append([]string{"status", "--json"}, target...)...); strings.Contains(out, `"state": "paused"`) && strings.Contains(out, `"role": "run"`) {
			break
		} else if run.done() || time.Now().After(end) {
			t.Fatalf("never paused: %s\n%s", out, &run.out)
		}
	}
	if code, _, errs := command(t, c.load("run", "--project", c.dir)...); code != ExitLocked {
		t.Errorf("a second run: %d %s", code, errs)
	}
	if code, _, errs := at(append([]string{"discard", "x"}, target...)...); code != ExitFailed || !strings.Contains(errs, "no load begins with x") {
		t.Errorf("%d %s", code, errs)
	}
	for _, args := range [][]string{{"throttle", "--bytes-per-second", "0", "--source-sessions", "0"}, {"resume"}} {
		if code, _, errs := at(append(args, target...)...); code != ExitOK {
			t.Errorf("%v: %d %s", args, code, errs)
		}
	}
	<-run.ended
	if code := run.cmd.ProcessState.ExitCode(); code != ExitOK {
		t.Fatalf("%d\n%s", code, tail(run.out.String()))
	}
	if code, out, _ := at(append([]string{"status"}, target...)...); code != ExitOK || !strings.Contains(out, "complete") || !strings.Contains(out, "100 %") {
		t.Errorf("%d %s", code, out)
	}
	if code, out, _ := at(append([]string{"rejects"}, target...)...); code != ExitOK || out != "" {
		t.Errorf("%d %s", code, out)
	}
	conn, err := c.server.Connect(t.Context(), "scratch_1")
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.Background())
	if _, err := conn.Exec(t.Context(), "UPDATE bank.rate SET value = value + 1 WHERE ctid = (SELECT min(ctid) FROM bank.rate)"); err != nil {
		t.Fatal(err)
	}
	code, out, errs = command(t, c.load("verify", "--project", c.dir, "--json")...)
	wants(t, ExitDifferences, code, out, errs)
	repair, err := os.ReadFile(filepath.Join(c.dir, "repair.sql"))
	if err != nil || !strings.Contains(string(repair), "UPDATE bank.rate SET value = ") {
		t.Errorf("%s %v", repair, err)
	}
	lines, err := os.ReadFile(filepath.Join(c.dir, "differences.jsonl"))
	if err != nil || !strings.Contains(string(lines), `"kind":"different"`) || strings.Count(string(lines), `"kind":"text"`) > 1 {
		t.Errorf("%s %v", lines, err)
	}
}
