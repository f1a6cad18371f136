package reports

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"landfall/assess"
	"landfall/convert"
)

func TestReadJSON(t *testing.T) {
	r := sampleResult(1)
	text := jsonOf(t, r)
	got, err := ReadJSON(strings.NewReader(text), "report.json")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(text, jsonOf(t, got)); diff != "" {
		t.Error(diff)
	}
	for name, c := range map[string]struct{ text, want string }{
		"cut":      {text[:len(text)/2], "report.json: read report: unexpected EOF"},
		"other":    {`{"a": 1}`, "no report of landfall"},
		"newer":    {strings.Replace(text, `"format_version": 1`, `"format_version": 99`, 1), "format version 99"},
		"twice":    {text + text, "something behind"},
		"no json":  {"PK\x03\x04", "invalid character"},
		"bad rung": {strings.Replace(text, `"rung": "converted"`, `"rung": "lofty"`, 1), "lofty"},
	} {
		if _, err := ReadJSON(strings.NewReader(c.text), "report.json"); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", name, err, c.want)
		}
	}
}

func TestTexts(t *testing.T) {
	sides := []assess.Side{
		{Object: "table:S.T", Parts: []assess.SidePart{{File: "a.sql", Line: 3, Source: "create table t <&>\n(", Target: "CREATE TABLE", Map: []convert.LineMap{{Target: 1, Source: 3}}}}},
		{Object: "view:S.V", Parts: []assess.SidePart{{File: "a.sql", Line: 9}}},
	}
	var b bytes.Buffer
	if err := WriteTexts(&b, sides); err != nil {
		t.Fatal(err)
	}
	got, err := ReadTexts(bytes.NewReader(b.Bytes()), "texts.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(sides, got); diff != "" {
		t.Error(diff)
	}
	for _, bad := range []string{b.String()[:b.Len()-5], b.String() + "{}\n"} {
		if _, err := ReadTexts(strings.NewReader(bad), "texts.jsonl"); err == nil || !strings.Contains(err.Error(), "texts.jsonl:") {
			t.Errorf("bad texts: %v", err)
		}
	}
}
