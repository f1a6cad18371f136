package checks

import (
	"slices"
	"testing"

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
