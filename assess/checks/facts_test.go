package checks

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"landfall/internal/model"
	"landfall/internal/oracle/bundle"
	"landfall/internal/oracle/dict"
)

var testLimits = Limits{LargeTableBytes: 50 << 30, LargeLOBBytes: 50 << 30, Partitions: 1000, RedoPerDay: 40 << 30, RedoPeakHour: 30 << 30, SwitchesPerHour: 12, Sessions: 500}

// factsOf reads rows as extract, column=value ..., two blanks in between, and gives the facts of a bundle of them. leave names extracts to leave out.
func factsOf(t *testing.T, file string, leave ...string) *dict.Facts {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	tables := map[string]*bundle.Table{}
	content := &bundle.Content{Manifest: bundle.Manifest{Origin: bundle.FromSpool, CollectedAt: "2026-11-29T10:00:00"}}
lines:
	for _, line := range strings.Split(string(text), "\n") {
		f := strings.Split(line, "  ")
		if line == "" || line[0] == '#' {
			continue
		}
		for _, l := range leave {
			if l == f[0] {
				continue lines
			}
		}
		if tables[f[0]] == nil {
			tables[f[0]] = bundle.NewTable(f[0])
			content.Tables = append(content.Tables, tables[f[0]])
		}
		var row []string
		for _, x := range f[1:] {
			name, value, _ := strings.Cut(x, "=")
			row = append(row, name, value)
		}
		if len(row) > 0 {
			tables[f[0]].Add(row...)
		}
	}
	var buf bytes.Buffer
	if err := bundle.Write(&buf, content); err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(t.TempDir(), "b.zip")
	if err := os.WriteFile(name, buf.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	b, err := bundle.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	facts, err := dict.Load(b)
	if err != nil {
		t.Fatal(err)
	}
	return facts
}

func shown(list []Checked) string {
	var b strings.Builder
	for _, c := range list {
		fmt.Fprintf(&b, "%s %s: %s (%s, %d)\n  %s\n", c.Code, c.Name, c.Verdict, c.From, c.Of, c.Message)
		for _, f := range c.Facts {
			fmt.Fprintf(&b, "  = %s: %s\n", f.Name, f.Value)
		}
		for _, i := range c.Items {
			fmt.Fprintf(&b, "  - %s%s: %s\n", i.Object, i.Name, i.What)
		}
		for _, l := range strings.Split(strings.TrimSpace(c.Script), "\n") {
			if l != "" {
				fmt.Fprintf(&b, "  > %s\n", l)
			}
		}
	}
	return b.String()
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	name = filepath.Join("testdata", name)
	if os.Getenv("UPDATE") != "" {
		if err := os.WriteFile(name, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(string(want), got); d != "" {
		t.Errorf("%s (UPDATE=1 rewrites it):\n%s", name, d)
	}
}

func TestTroubled(t *testing.T) {
	list := Run(Input{Facts: factsOf(t, "testdata/troubled.txt"), Limits: testLimits}, "en")
	golden(t, "troubled.golden", shown(list))
	for _, c := range list {
		if c.Verdict == Pass && c.From == "bundle" && c.Name != "row-length" && c.Name != "column-count" {
			t.Errorf("%s %s passed on the troubled database: %s", c.Code, c.Name, c.Message)
		}
	}
}

func TestSound(t *testing.T) {
	list := Run(Input{Facts: factsOf(t, "testdata/sound.txt"), Limits: testLimits}, "zh")
	golden(t, "sound.golden", shown(list))
	for _, c := range list {
		if c.From == "bundle" && c.Verdict != Pass {
			t.Errorf("%s %s: %s on the sound database: %s", c.Code, c.Name, c.Verdict, c.Message)
		}
	}
}

// TestNothingPassesUnseen takes away what each check needs: it must not pass.
func TestNothingPassesUnseen(t *testing.T) {
	for _, c := range table {
		if len(c.Needs) == 0 {
			continue
		}
		for _, needed := range c.Needs {
			in := Input{Facts: factsOf(t, "testdata/sound.txt", needed), Limits: testLimits, Catalog: &model.Catalog{}}
			if r := c.run(&in, false, nil); r.Verdict != NotCollected || len(r.Missing) == 0 {
				t.Errorf("%s without %s: %s, %v", c.Name, needed, r.Verdict, r.Missing)
			}
		}
	}
	for _, c := range Run(Input{Catalog: &model.Catalog{}, Limits: testLimits}, "en") {
		if c.Verdict == Pass && c.Name != "schema-collisions" {
			t.Errorf("%s passed on nothing: %s", c.Name, c.Message)
		}
	}
}
