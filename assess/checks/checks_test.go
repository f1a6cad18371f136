package checks

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"landfall/internal/oracle/bundle"
)

func TestTableIsWhole(t *testing.T) {
	if !slices.IsSorted(Codes()) {
		t.Errorf("the table is not sorted by code: %v", Codes())
	}
	names, codes := map[string]bool{}, map[string]bool{}
	for _, c := range table {
		if names[c.Name] || codes[c.Code] || c.Name == "" {
			t.Errorf("%s %s stands twice, or has no name", c.Code, c.Name)
		}
		names[c.Name], codes[c.Code] = true, true
		if c.Facts == nil && c.Scripts == nil {
			t.Errorf("%s judges nothing", c.Code)
		}
		if (c.Facts == nil) != (len(c.Needs) == 0) {
			t.Errorf("%s: what it needs and whether it judges facts contradict each other", c.Code)
		}
		for _, n := range c.Needs {
			if bundle.Find(n) == nil {
				t.Errorf("%s needs the extract %q, which nobody collects", c.Code, n)
			}
		}
		for _, lang := range Languages() {
			text, ok := Text(lang, c.Code)
			if !ok || text.Title == "" || text.Why == "" || text.Advice == "" {
				t.Errorf("%s: %s has no title, no why or no advice", lang, c.Code)
			}
			if len([]rune(text.Title)) > 90 {
				t.Errorf("%s: the title of %s is too long for a column", lang, c.Code)
			}
		}
	}
	for _, lang := range Languages() {
		for _, code := range TextCodes(lang) {
			if !codes[code] {
				t.Errorf("%s: texts for %s, which is no check", lang, code)
			}
		}
	}
}

// TestPage holds docs/checks.md against the table; UPDATE=1 rewrites it.
func TestPage(t *testing.T) {
	var b strings.Builder
	b.WriteString(`# Dictionary checks

Questions about a database that no single statement answers, made of the table in ` + "`assess/checks`" + `. A verdict is PASS, INFORMATIONAL, WARNING
or BLOCKER, or NOT COLLECTED where the source does not tell: a check without its facts is never passed. "Scripts" says whether the
definitions alone can answer; the extracts are those of [a bundle](extracts.md). See [assess](assess.md).

| code | name | about | extracts | scripts | what it asks |
|---|---|---|---|---|---|
`)
	for _, c := range table {
		scripts := "no"
		if c.Scripts != nil {
			scripts = "what they create"
		}
		text, _ := Text("en", c.Code)
		fmt.Fprintf(&b, "| %s | %s | %s | %s | %s | %s. %s |\n", c.Code, c.Name, c.Scope, strings.Join(c.Needs, ", "), scripts, text.Title, text.Advice)
	}
	const page = "../../docs/checks.md"
	if os.Getenv("UPDATE") != "" {
		if err := os.WriteFile(page, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(string(got), b.String()); d != "" {
		t.Errorf("docs/checks.md is not what the table says (UPDATE=1 rewrites it):\n%s", d)
	}
}
