package project_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"landfall/internal/model"
	"landfall/internal/project"
)

var gateNames = []string{"max-new-high", "min-compatibility-objects"}

func TestParseGates(t *testing.T) {
	g, err := project.ParseGates("gates.yaml", []byte("# CI\nmin-compatibility-objects: 97.5\nmax-new-high: 0\n"), gateNames)
	if err != nil {
		t.Fatal(err)
	}
	want := &project.Gates{File: "gates.yaml", Set: []project.Gate{{Name: "min-compatibility-objects", Limit: 97.5}, {Name: "max-new-high", Limit: 0}}}
	if d := cmp.Diff(want, g); d != "" {
		t.Error(d)
	}
	for text, want := range map[string]string{
		"max-new-high: 0\nmax-new-hgih: 1\n": `gates.yaml:2:1: read gates: gates.yaml has no setting "max-new-hgih"`,
		"max-new-high: none\n":               `gates.yaml:1:15: read gates: max-new-high must be a number, not "none"`,
		"max-new-high: -1\n":                 `gates.yaml:1:15`,
		"max-new-high: .inf\n":               `gates.yaml:1:15`,
		"max-new-high: 1\nmax-new-high: 2\n": `gates.yaml:2:1: read gates: gates.yaml has "max-new-high" twice`,
		"- max-new-high\n":                   `gates.yaml:1:1`,
		"":                                   `no gate is set`,
		"max-new-high: 1\n\tx: 1\n":          `gates.yaml:2:1`,
		"max-new-high:\n":                    `needs a value`,
		"max-new-high: 1\n---\nmin-compatibility-objects: 1\n": `gates.yaml:2:1: read gates: there is a second document`,
		"min-compatibility-objects: 150\n":                     `gates.yaml:1:28: read gates: min-compatibility-objects is a share in percent`,
		"min-compatibility-objects: [1, 2]\n":                  `needs a value`,
		"max-new-high: 0\nmin-compat-objects: 1":               `gates.yaml:2:1`,
	} {
		if _, err := project.ParseGates("gates.yaml", []byte(text), gateNames); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q gives %v, want %s", text, err, want)
		}
	}
	_, err = project.ParseGates("gates.yaml", []byte("max-new-hgih: 1\n"), gateNames)
	if h := hints(err); !strings.Contains(h, `did you mean "max-new-high"?`) {
		t.Errorf("hint %q", h)
	}
}

func hints(err error) string {
	if many, ok := err.(interface{ Unwrap() []error }); ok {
		var all []string
		for _, e := range many.Unwrap() {
			all = append(all, model.Hint(e))
		}
		return strings.Join(all, "\n")
	}
	return model.Hint(err)
}

func TestParseWaivers(t *testing.T) {
	list, err := project.ParseWaivers("w.yaml", []byte(`waivers:
  - fingerprint: 0123456789abcdef
    owner: Zhang
    reason: archive table
    expires: 2026-12-31
  - {code: CV0101, object: 'script:*', owner: Li, reason: "text, not used", expires: 2027-01-31}
`))
	if err != nil {
		t.Fatal(err)
	}
	want := []project.Waiver{
		{Line: 2, Fingerprint: "0123456789abcdef", Owner: "Zhang", Reason: "archive table", Until: "2026-12-31"},
		{Line: 6, Code: "CV0101", Object: "script:*", Owner: "Li", Reason: "text, not used", Until: "2027-01-31"},
	}
	if d := cmp.Diff(want, list); d != "" {
		t.Error(d)
	}
	if w := list[1]; !w.Covers("script:a/b.sql") || w.Covers("table:script:x") {
		t.Error("the pattern takes other objects")
	}
	if w := (project.Waiver{Object: "table:A.T?"}); !w.Covers("table:A.T1") || w.Covers("table:AXT1") || w.Covers("table:A.T12") {
		t.Error("a dot stands for itself, ? for one character")
	}
	const rest = "owner: a, reason: b, expires: 2026-01-01}]"
	for text, want := range map[string]string{
		"waivers: [{fingerprint: abc, " + rest:                                      "no fingerprint",
		"waivers: [{code: CV0101, " + rest:                                          "which findings",
		"waivers: [{fingerprint: 0123456789abcdef, code: X, " + rest:                "not both",
		"waivers: [{code: X, object: y, reason: b, expires: 2026-01-01}]":           "needs an owner",
		"waivers: [{code: X, object: y, owner: b, expires: 2026-01-01}]":            "needs a reason",
		"waivers: [{code: X, object: y, owner: b, reason: c}]":                      "expires",
		"waivers: [{code: X, object: y, owner: a, reason: b, expires: 31.12.2026}]": "is no day",
		"waivers: [{code: X, object: y, onwer: a, reason: b, expires: 2026-01-01}]": "w.yaml:1:32: read waivers: a waiver has no setting \"onwer\"",
		"waivers: {code: X}": "must be a list",
		"waiver: []":         "w.yaml:1:1",
	} {
		if _, err := project.ParseWaivers("w.yaml", []byte(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q gives %v, want %s", text, err, want)
		}
	}
}

func TestFigures(t *testing.T) {
	k := project.Known{Figures: []string{"day.hours", "learn.manual"}}
	s, err := project.Parse("landfall.yaml", []byte("assess:\n  figures:\n    day.hours: 6.5\n    learn.manual: [2, 8]\n"), k)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(map[string][2]float64{"day.hours": {6.5, 6.5}, "learn.manual": {2, 8}}, s.Figures); d != "" {
		t.Error(d)
	}
	for text, want := range map[string]string{
		"day.hour: 6":          `landfall.yaml:3:5: read settings: figures: there is no figure "day.hour"`,
		"learn.manual: [8, 2]": "8 is more than 2",
		"learn.manual: [8]":    "one number, or two",
		"learn.manual: [a, 2]": "must be a number",
		"learn.manual: {a: 2}": "needs a value",
	} {
		if _, err := project.Parse("landfall.yaml", []byte("assess:\n  figures:\n    "+text+"\n"), k); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q gives %v, want %s", text, err, want)
		}
	}
}
