package cli

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"landfall/assess/fleet"
)

// generateFleet makes n small databases of the sample's files: each a dozen tables, views and units of code
// under an owner of its own. Databases of one family (n/10 of them) share their files; every third of a family has
// one table more. Some are linked, some share an application, one in fifty is named to move after another.
func generateFleet(t *testing.T, dir string, n int) (list string) {
	t.Helper()
	const schema = "ins_core"
	var lines bytes.Buffer
	lines.WriteString("name,source,applications,after,aliases\n")
	families := max(1, n/10)
	for i := range n {
		family := i % families
		rng := rand.New(rand.NewPCG(uint64(family), 7))
		var pick []string
		for _, kind := range []string{"tables", "views", "packages", "functions", "procedures", "triggers"} {
			files, err := filepath.Glob(filepath.Join("../../../testdata/insurance/schema", schema, kind, "*.sql"))
			if err != nil {
				t.Fatal(err)
			}
			pick = append(pick, files...)
		}
		if len(pick) < 60 {
			t.Fatalf("the sample has only %d files to pick from", len(pick))
		}
		rng.Shuffle(len(pick), func(a, b int) { pick[a], pick[b] = pick[b], pick[a] })
		pick = pick[:12]
		owner := fmt.Sprintf("OWN%03d", i)
		name := fmt.Sprintf("db%03d", i)
		rename := regexp.MustCompile(`(?i)\b` + schema + `\b`)
		for k, f := range pick {
			text, err := os.ReadFile(f)
			if err != nil {
				t.Fatal(err)
			}
			text = append([]byte("ALTER SESSION SET CURRENT_SCHEMA = "+owner+";\n"), rename.ReplaceAll(text, []byte(owner))...)
			writeFile(t, filepath.Join(dir, name, fmt.Sprintf("%02d_%s", k, filepath.Base(f))), text)
		}
		if i/families%3 == 2 {
			writeFile(t, filepath.Join(dir, name, "extra.sql"), fmt.Appendf(nil, "CREATE TABLE %s.extra_%d (id NUMBER(9) PRIMARY KEY);\n", owner, i))
		}
		if i%10 == 3 {
			writeFile(t, filepath.Join(dir, name, "link.sql"), fmt.Appendf(nil, "CREATE DATABASE LINK other CONNECT TO x IDENTIFIED BY x USING '//host%d:1521/SVC%03d';\nCREATE VIEW %s.far AS SELECT id FROM t@other;\n", i, i-1, owner))
		}
		app, after := "", ""
		if i%25 == 7 || i%25 == 8 {
			app = fmt.Sprintf("app%d", i/25)
		}
		if i%50 == 20 {
			after = fmt.Sprintf("db%03d", i-15)
		}
		fmt.Fprintf(&lines, "%s,files:%s,%s,%s,svc%03d\n", name, name, app, after, i)
	}
	list = filepath.Join(dir, "fleet.csv")
	writeFile(t, list, lines.Bytes())
	return list
}

func writeFile(t *testing.T, name string, text []byte) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, text, 0o644); err != nil {
		t.Fatal(err)
	}
}

func fleetCommand(list, out string, jobs int) *exec.Cmd {
	cmd := exec.Command("landfall", "assess", "fleet", "--list", list, "--out", out, "--jobs", fmt.Sprint(jobs), "--continue-on-error", "-q")
	cmd.Stderr = os.Stderr
	return cmd
}

// runPartly runs a command that ends with 0, or with 3 where places of the source are not covered.
func runPartly(t *testing.T, cmd *exec.Cmd) {
	t.Helper()
	if err := cmd.Run(); err != nil && cmd.ProcessState.ExitCode() != ExitPartly {
		t.Fatalf("%v: %v", cmd.Args, err)
	}
}

// TestFleet assesses 200 databases, kills the run, lets it go on, and holds that what comes out is what an undisturbed run
// gives, that nothing finished was done twice, and that the roll-up knows what the generator did.
func TestFleet(t *testing.T) {
	n := 60
	if os.Getenv("LANDFALL_SOAK") != "" {
		n = 200
	}
	dir := t.TempDir()
	list := generateFleet(t, dir, n)

	whole, killed := filepath.Join(dir, "whole"), filepath.Join(dir, "killed")
	start := time.Now()
	runPartly(t, fleetCommand(list, whole, 2))
	t.Logf("%d databases in %v", n, time.Since(start).Round(time.Millisecond))

	cmd := fleetCommand(list, killed, 2)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	journal := filepath.Join(killed, fleet.JournalFile)
	for deadline := time.Now().Add(time.Minute); lineCount(journal) < n/4; time.Sleep(5 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("the run does not come to a quarter")
		}
	}
	if second := fleetCommand(list, killed, 1); second.Run() == nil || second.ProcessState.ExitCode() != ExitLocked {
		t.Errorf("a second run into the same folder ended with %d, not %d", second.ProcessState.ExitCode(), ExitLocked)
	}
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = cmd.Wait() // it was killed
	before := lineCount(journal)
	if before >= n {
		t.Fatalf("the run was over before it was killed: %d lines", before)
	}
	kept := map[string]time.Time{}
	for _, line := range readLines(t, journal)[:before] {
		var e struct{ Name string }
		if err := json.Unmarshal([]byte(line), &e); err != nil {
			t.Fatal(err)
		}
		kept[e.Name] = modified(t, filepath.Join(killed, e.Name, "report.json"))
	}
	torn, err := os.OpenFile(journal, os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := torn.WriteString(`{"name":"db`); err != nil { // what a kill within a write leaves
		t.Fatal(err)
	}
	if err := torn.Close(); err != nil {
		t.Fatal(err)
	}
	runPartly(t, fleetCommand(list, killed, 1))
	for name, at := range kept {
		if !modified(t, filepath.Join(killed, name, "report.json")).Equal(at) {
			t.Errorf("%s was finished and was assessed again", name)
		}
	}
	if got := lineCount(journal); got != n {
		t.Errorf("the journal has %d lines for %d databases", got, n)
	}
	one, two := textOf(t, filepath.Join(whole, fleet.ResultFile)), textOf(t, filepath.Join(killed, fleet.ResultFile))
	if d := cmp.Diff(one, two); d != "" {
		t.Errorf("going on gives another roll-up than an undisturbed run: %s", d)
	}
	checkRollUp(t, one, n)
	checkFleetSchema(t, whole)

	// A database that changed is done again, the others are not.
	writeFile(t, filepath.Join(dir, "db005", "more.sql"), []byte("CREATE TABLE OWN005.more (id NUMBER);\n"))
	runPartly(t, fleetCommand(list, killed, 2))
	if got := lineCount(journal); got != n+1 {
		t.Errorf("after a change of one database the journal has %d lines, not %d", got, n+1)
	}
}

// checkFleetSchema holds fleet.json against the schema beside it.
func checkFleetSchema(t *testing.T, dir string) {
	t.Helper()
	c := jsonschema.NewCompiler()
	s, err := c.Compile(filepath.Join(dir, "fleet.schema.json"))
	if err != nil {
		t.Fatal(err)
	}
	doc, err := jsonschema.UnmarshalJSON(strings.NewReader(textOf(t, filepath.Join(dir, fleet.ResultFile))))
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Validate(doc); err != nil {
		t.Error(err)
	}
}

func checkRollUp(t *testing.T, text string, n int) {
	t.Helper()
	var r fleet.Result
	if err := json.Unmarshal([]byte(text), &r); err != nil {
		t.Fatal(err)
	}
	if r.Totals.Assessed != n || len(r.Databases) != n || r.Totals.Failed != 0 {
		t.Fatalf("%+v", r.Totals)
	}
	// Ten databases a family, of which those without a table of their own are equal.
	families := n / 10
	if len(r.Duplicates) > families || len(r.Duplicates) < families*8/10 { // two families may overlap by chance
		t.Errorf("%d sets of copies, the generator made %d", len(r.Duplicates), families)
	}
	setOf := map[string]int{}
	for i, s := range r.Duplicates {
		for _, x := range s.Schemas {
			setOf[x.Database] = i + 1
		}
		if s.Equal || s.Least < 0.5 {
			t.Errorf("a set of copies: equal %v, overlap %v", s.Equal, s.Least)
		}
	}
	for i := range n {
		if a, b := setOf[fmt.Sprintf("db%03d", i)], setOf[fmt.Sprintf("db%03d", i%families)]; a == 0 || a != b {
			t.Errorf("db%03d is in set %d, the first of its family in %d", i, a, b)
		}
	}
	if len(r.Similar) == 0 || r.Similar[0].Overlap != 1 {
		t.Error("equal schemas are not told")
	}
	linked := 0
	for _, l := range r.Links {
		if l.Name == "OLDCORE" && l.To == "" {
			continue // of the sample: leads out of the fleet
		}
		var from, to int
		if _, err := fmt.Sscanf(l.From+" "+l.To, "db%d db%d", &from, &to); err != nil || to != from-1 || l.By != fmt.Sprintf("SVC%03d", to) || l.Uses == 0 {
			t.Errorf("link %+v: %v", l, err)
		}
		linked++
	}
	if linked != n/10 {
		t.Errorf("%d links, the generator made %d", linked, n/10)
	}
	seen, waveOf, groups := map[string]bool{}, map[string]int{}, map[string]int{}
	for _, g := range r.Groups {
		for _, d := range g.Databases {
			if seen[d] {
				t.Errorf("%s is in two groups", d)
			}
			seen[d], waveOf[d], groups[d] = true, g.Wave, g.Number
		}
	}
	if groups["db003"] != groups["db002"] || groups["db007"] != groups["db008"] || groups["db000"] == groups["db001"] {
		t.Errorf("groups: %v", groups)
	}
	if waveOf["db020"] <= waveOf["db005"] {
		t.Errorf("db020 moves in wave %d, after db005 in wave %d", waveOf["db020"], waveOf["db005"])
	}
	var low float64
	for i, w := range r.Waves {
		low += w.Hours.Low
		if len(w.Groups) == 0 || i > 0 && w.Number <= r.Waves[i-1].Number {
			t.Errorf("wave %+v", w)
		}
	}
	if low-r.Totals.Hours.Low > 0.01 || r.Totals.Learning.High <= 0 || r.Totals.HoursAlone.High <= r.Totals.Hours.High {
		t.Errorf("waves add up to %v: %+v", low, r.Totals)
	}
	if len(r.Unsized) != n || len(r.Clusters) != 0 {
		t.Error("scripts tell no sizes, but clusters were planned")
	}
	if !slices.IsSortedFunc(r.Waves, func(a, b fleet.Wave) int { return a.Number - b.Number }) {
		t.Error("waves are not in order")
	}
}

func lineCount(name string) int {
	data, err := os.ReadFile(name)
	if err != nil {
		return 0
	}
	return bytes.Count(data, []byte("\n"))
}

func textOf(t *testing.T, name string) string {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func readLines(t *testing.T, name string) []string { return strings.Split(textOf(t, name), "\n") }

func modified(t *testing.T, name string) time.Time {
	t.Helper()
	st, err := os.Stat(name)
	if err != nil {
		t.Fatal(err)
	}
	return st.ModTime()
}
