package project_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"landfall/internal/model"
	"landfall/internal/project"
)

var known = project.Known{
	Fault: func(fault, _ string) error {
		if fault == "nul-bite" {
			return errors.New("no fault is named " + fault)
		}
		return nil
	},
	Targets:  []string{"postgresql", "postgresql:16", "polardb-oracle"},
	Features: []string{"bitmap-index", "CV0216", "connect-by"},
}

func TestParse(t *testing.T) {
	got, err := project.Parse("landfall.yaml", []byte(`# settings
target: postgresql:16
convert:
  number: by-precision
  date: date
  empty-string: null
  case: keep
  packages: schema
  synonyms: search_path
  authid: oracle
  autonomous: pg_background
  hints: pg_hint_plan
  tablespaces: map
  tablespace-map: {users: fast}
  schemas:
    hr: people
    '"Mixed"': mixed
  columns:
    hr.emp.empno: bigint
    hr."Odd.Name".c: text
  partitions-ahead: 12
  features:
    bitmap-index: ignore
    CV0216: error
`), known)
	if err != nil {
		t.Fatal(err)
	}
	want := project.Settings{Target: "postgresql:16", Policy: project.Policy{
		Number: project.NumberByPrecision, Date: project.DateDate, EmptyString: project.EmptyStringNull, Case: project.CaseKeep, Packages: project.PackagesSchema,
		Synonyms: project.SynonymsSearchPath, Authid: project.AuthidOracle, Autonomous: project.AutonomousPgBackground, Hints: project.HintsPgHintPlan,
		Tablespaces: project.TablespacesMapped, TablespaceMap: map[string]string{"USERS": "fast"},
		Schemas: map[string]string{"HR": "people", `"Mixed"`: "mixed"},
		Columns: map[string]string{"HR.EMP.EMPNO": "bigint", `HR."Odd.Name".C`: "text"}, PartitionsAhead: 12,
		Features: map[string]project.Action{"bitmap-index": project.Ignore, "CV0216": project.Fail},
	}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if a := got.Policy.Action("bitmap-index", "CV0216"); a != project.Ignore {
		t.Errorf("the name does not stand before the code: %s", a)
	}
	if a := got.Policy.Action("connect-by", "CV0302"); a != project.Convert {
		t.Errorf("a rule without a policy is not converted but %s", a)
	}
}

func TestParseLoad(t *testing.T) {
	got, err := project.Parse("landfall.yaml", []byte(`
load:
  schemas: [hr, '"Mixed"']
  include: hr.*
  exclude: ["*.TMP_*"]
  views: [hr.v]
  chunk-rows: 1000
  chunk-mb: 8
  on-fault: {nul-byte: strip}
  tables:
    hr.emp:
      target: people.employee
      where: hired >= DATE '2020-01-01'
      key: empno
      columns: {empno: id}
      skip-columns: [photo]
      on-fault: {note: {bad-utf8: replace}}
      object-columns: {home: composite}
    hr.dept: {object-columns: json}
  object-columns: composite
`), known)
	if err != nil {
		t.Fatal(err)
	}
	want := project.Load{
		Schemas: []string{"HR", "Mixed"}, Include: []string{"HR.*"}, Exclude: []string{"*.TMP_*"}, Views: []string{"HR.V"}, ChunkRows: 1000, ChunkMB: 8,
		OnFault: map[string]string{"nul-byte": "strip"},
		Tables: map[string]project.LoadTable{"HR.EMP": {
			Target: "people.employee", Where: "hired >= DATE '2020-01-01'", Key: []string{"EMPNO"}, Columns: map[string]string{"EMPNO": "id"}, Skip: []string{"PHOTO"},
			OnFault: map[string]map[string]string{"NOTE": {"bad-utf8": "replace"}},
			Objects: map[string]string{"HOME": project.ObjectsComposite},
		}, "HR.DEPT": {Columns: map[string]string{}, OnFault: map[string]map[string]string{}, AllObjects: project.ObjectsJSON}},
		Objects: project.ObjectsComposite,
	}
	if diff := cmp.Diff(want, got.Load); diff != "" {
		t.Error(diff)
	}
}

// TestErrors holds that nothing wrong passes, and that each error says where and what may have been meant.
func TestErrors(t *testing.T) {
	for _, c := range []struct{ name, text, at, msg, hint string }{
		{"unknown key", "convert:\n  nummber: numeric\n", "landfall.yaml:2:3", `no setting "nummber"`, `did you mean "number"?`},
		{"unknown top key", "targets: postgresql\n", "landfall.yaml:1:1", `no setting "targets"`, `did you mean "target"?`},
		{"unknown word", "convert:\n  hints: pg_hint_plam\n", "landfall.yaml:2:10", `hints cannot be "pg_hint_plam"`, `did you mean "pg_hint_plan"?`},
		{"far from any", "convert:\n  date: xyz\n", "landfall.yaml:2:9", `date cannot be "xyz"`, "known are timestamp0, date"},
		{"unknown rule", "convert:\n  features:\n    bitmap-indx: ignore\n", "landfall.yaml:3:5", `no rule "bitmap-indx"`, `did you mean "bitmap-index"?`},
		{"unknown action", "convert: {features: {connect-by: drop}}\n", "landfall.yaml:1:34", `features.connect-by cannot be "drop"`, "known are convert, keep, ignore, error"},
		{"twice", "convert:\n  date: date\n  date: timestamp0\n", "landfall.yaml:3:3", `"date" twice, first in line 2`, ""},
		{"list", "convert:\n  - date\n", "landfall.yaml:2:3", "must hold settings", ""},
		{"empty", "convert:\n  date:\n", "landfall.yaml:2:8", "date needs a value", ""},
		{"number", "convert:\n  partitions-ahead: many\n", "landfall.yaml:2:21", "whole number", ""},
		{"number too small", "convert:\n  partitions-ahead: 0\n", "landfall.yaml:2:21", "at least 1", ""},
		{"map without map", "convert:\n  tablespace-map: {a: b}\n", "landfall.yaml:2:3", "says nothing", "tablespaces: map"},
		{"no YAML", "convert:\n\tdate: date\n", "landfall.yaml:2:1", "cannot start any token", ""},
		{"table without schema", "load: {tables: {emp: {}}}\n", "landfall.yaml:1:17", "names no schema", "HR.EMP"},
		{"load without a number", "load:\n  chunk-rows: 0\n", "landfall.yaml:2:15", "at least 1", ""},
		{"unknown fault", "load:\n  on-fault: {nul-bite: strip}\n", "landfall.yaml:2:14", "no fault is named", ""},
		{"target", "target: postgres\n", "landfall.yaml:1:9", `target cannot be "postgres"`, `did you mean "postgresql"?`},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := project.Parse("landfall.yaml", []byte(c.text), known)
			if err == nil {
				t.Fatal("passes")
			}
			if !strings.HasPrefix(err.Error(), c.at+":") || !strings.Contains(err.Error(), c.msg) {
				t.Errorf("%v\nwant %s: ... %s", err, c.at, c.msg)
			}
			var one *model.Error
			if joined, ok := err.(interface{ Unwrap() []error }); ok && len(joined.Unwrap()) == 1 {
				one, _ = joined.Unwrap()[0].(*model.Error)
			}
			if one == nil || !strings.Contains(one.Hint, c.hint) {
				t.Errorf("%v: hint %+v, want %q", err, one, c.hint)
			}
		})
	}
}

// TestAllErrors holds that the second error is told with the first.
func TestAllErrors(t *testing.T) {
	_, err := project.Parse("landfall.yaml", []byte("convert:\n  date: a\n  case: b\nmore: c\n"), known)
	if err == nil || len(strings.Split(err.Error(), "\n")) != 3 {
		t.Errorf("not three errors: %v", err)
	}
}

func TestRead(t *testing.T) {
	dir := t.TempDir()
	got, err := project.Read(dir, known)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(project.Settings{Policy: project.DefaultPolicy()}, got); diff != "" {
		t.Errorf("a folder without settings: %s", diff)
	}
	if err := os.WriteFile(filepath.Join(dir, project.SettingsFile), []byte("# nothing yet\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if got, err = project.Read(dir, known); err != nil || got.Policy.Number != project.NumberNumeric {
		t.Errorf("an empty file: %v, %v", got, err)
	}
}

func TestProbe(t *testing.T) {
	dir := t.TempDir()
	if p, err := project.ReadProbe(dir); p != nil || err != nil {
		t.Errorf("a folder without answers: %v, %v", p, err)
	}
	want := project.Probe{Target: "postgresql:15", Product: "x", Answers: []project.ProbeAnswer{{Name: "a", Feature: "b", Answer: project.AnswerYes, Want: "1", Got: "1"}}}
	write := func(text string) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(dir, project.ProbeFile), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write(string(want.Encode()))
	got, err := project.ReadProbe(dir)
	if err != nil {
		t.Fatal(err)
	}
	want.FormatVersion = 1
	if diff := cmp.Diff(&want, got); diff != "" {
		t.Error(diff)
	}
	for _, bad := range []string{"", "{", `{"format_version": 2}`, `{"format_version": 1, "more": 1}`, `{"format_version": 1, "answers": [{"feature": "x", "answer": "perhaps"}]}`} {
		write(bad)
		if _, err := project.ReadProbe(dir); err == nil || !strings.Contains(err.Error(), project.ProbeFile) || model.Hint(err) == "" {
			t.Errorf("%q: %v", bad, err)
		}
	}
}
