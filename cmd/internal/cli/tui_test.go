package cli

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"landfall/assess"
	"landfall/reports"
)

// TestLookAround holds what the start screen offers: reports of ours and folders with scripts, nothing else.
func TestLookAround(t *testing.T) {
	t.Chdir(t.TempDir())
	r := &assess.Result{FormatVersion: assess.FormatVersion, Tool: assess.Tool{Name: "landfall"}, TextsFile: textsName}
	r.Finish()
	put := func(name, text string) {
		t.Helper()
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	io := &IOStreams{Env: func(string) string { return "" }}
	if choices, here := lookAround(tuiDefaults(), assessStage(), io); len(choices) != 0 || !strings.Contains(here, "neither a report nor a script") {
		t.Errorf("in an empty folder: %v %s", choices, here)
	}
	var text strings.Builder
	if err := reports.WriteJSON(&text, r); err != nil {
		t.Fatal(err)
	}
	put("out/a/report.json", text.String())
	put("other/report.json", `{"format_version": 1, "made by": "somebody else"}`)
	put("ddl/t.sql", "CREATE TABLE t (id NUMBER);")
	put("notes/readme.txt", "nothing")
	choices, _ := lookAround(tuiDefaults(), assessStage(), io)
	var got []string
	for _, c := range choices {
		got = append(got, c.Title+" "+strings.Fields(c.Note)[0])
	}
	want := []string{"open the report out/a/report.json,", "assess the scripts files:ddl"}
	if !slices.Equal(got, want) {
		t.Fatalf("offered %q, want %q", got, want)
	}

	quiet := func(string, int, int) {}
	d, err := choices[0].Load(t.Context(), quiet)
	if err != nil || !strings.Contains(d.NoSides, "texts.jsonl, which is not beside it") {
		t.Errorf("a report whose texts are gone: %v, %q", err, d.NoSides)
	}
	put("out/a/texts.jsonl", `{"object":"table:T","parts":[]}`+"\nbroken")
	if _, err := choices[0].Load(t.Context(), quiet); err == nil || !strings.Contains(err.Error(), "texts.jsonl:2") {
		t.Errorf("broken texts: %v", err)
	}
	var phases []string
	d, err = choices[1].Load(t.Context(), func(p string, _, _ int) {
		if !slices.Contains(phases, p) {
			phases = append(phases, p)
		}
	})
	if err != nil || len(d.Result.Objects) != 1 || len(d.Sides) != 1 || len(phases) < 2 {
		t.Errorf("assessed: %v, %d sides, phases %v", err, len(d.Sides), phases)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for _, c := range choices {
		if _, err := c.Load(ctx, quiet); !errors.Is(err, context.Canceled) {
			t.Errorf("%s, cancelled: %v", c.Title, err)
		}
	}
	for place, want := range map[string]string{"out/a": "", "out": "no report.json in out", "missing": "no report at missing"} {
		_, err := reportAt(place)
		if want == "" && err != nil || want != "" && (err == nil || !strings.Contains(err.Error(), want) || exitCode(err) != ExitUsage) {
			t.Errorf("%s: %v, want %q", place, err, want)
		}
	}
}
