package rules_test

import (
	"bytes"
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"

	"landfall/convert/rules"
)

func TestTexts(t *testing.T) {
	for _, lang := range rules.Languages() {
		known := map[string]bool{}
		for _, r := range rules.Table() {
			known[r.Code] = true
			text, ok := rules.Text(lang, r.Code)
			if !ok || text.Title == "" || text.Why == "" || text.Advice == "" {
				t.Errorf("%s: %s (%s) has no title, no why or no advice", lang, r.Code, r.Name)
			}
			if len([]rune(text.Title)) > 90 {
				t.Errorf("%s: the title of %s is too long for a column of a report", lang, r.Code)
			}
		}
		for _, code := range rules.TextCodes(lang) {
			if !known[code] {
				t.Errorf("%s: texts for %s, which is no rule", lang, code)
			}
		}
	}
	if _, ok := rules.Text("xx", "CV0101"); ok {
		t.Error("an unknown language has texts")
	}
}

// TestPage holds that RULES.md says what the table says.
func TestPage(t *testing.T) {
	var b bytes.Buffer
	if err := rules.WritePage(&b); err != nil {
		t.Fatal(err)
	}
	const page = "../../RULES.md"
	if update {
		write(t, page, b.String())
		return
	}
	have, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(have), b.String()); diff != "" {
		t.Errorf("RULES.md is not what the table says; run with UPDATE=1: %s", diff)
	}
}
