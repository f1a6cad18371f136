package convert

import (
	"context"
	"reflect"
	"strings"
	"testing"

	"landfall/convert/gen"
	"landfall/convert/rules"
	"landfall/internal/project"
)

func convertWith(t *testing.T, src string, change func(p *project.Policy)) (string, *Result) {
	t.Helper()
	p := project.DefaultPolicy()
	change(&p)
	target, err := TargetOf(rules.PostgreSQL(), p)
	if err != nil {
		t.Fatal(err)
	}
	text, r, err := Text(context.Background(), "p.sql", []byte(src), Options{Target: target, Policy: PolicyOf(p)})
	if err != nil {
		t.Fatal(err)
	}
	return text, r
}

// TestDefaultPolicy holds that settings that say nothing are the generator's defaults.
func TestDefaultPolicy(t *testing.T) {
	const src = "CREATE TABLE t (a NUMBER(5), b DATE, c VARCHAR2(10));\nCREATE BITMAP INDEX i ON t (a);\n"
	with, _ := convertWith(t, src, func(*project.Policy) {})
	plain, _, err := Text(context.Background(), "p.sql", []byte(src), Options{})
	if err != nil || with != plain {
		t.Errorf("%v\n%s\nwithout settings:\n%s", err, with, plain)
	}
}

func TestActions(t *testing.T) {
	const src = "CREATE TABLE t (a NUMBER(5));\nCREATE BITMAP INDEX i ON t (a);\n"
	if _, r := convertWith(t, src, func(p *project.Policy) { p.Features["bitmap-index"] = project.Fail }); r.Totals.Refused != 1 || r.Totals.Ledger.Refused != 1 {
		t.Errorf("error does not refuse: %+v", r.Totals)
	}
	text, r := convertWith(t, src, func(p *project.Policy) { p.Features["CV0216"] = project.Ignore })
	if strings.Contains(text, "INDEX") || r.Totals.Ledger.Ignored != 1 || r.Totals.Ledger.Converted != 1 {
		t.Errorf("ignore does not leave the index out: %+v\n%s", r.Totals, text)
	}
}

func TestKeep(t *testing.T) {
	p := project.DefaultPolicy()
	p.Features["connect-by"] = project.Keep
	target, err := TargetOf(rules.PostgreSQL(), p)
	if err != nil || !target.Has(rules.FeatureConnectBy) {
		t.Errorf("%v, connect-by is %s", err, target.State(rules.FeatureConnectBy))
	}
	p.Features["storage"] = project.Keep
	if _, err := TargetOf(rules.PostgreSQL(), p); err == nil {
		t.Error("storage is kept")
	}
}

// TestPolicyIsWhole holds that every choice of a project reaches the generator.
func TestPolicyIsWhole(t *testing.T) {
	p := project.Policy{
		Number: "integer", Date: "date", EmptyString: project.EmptyStringKeep, Case: project.CaseKeep, Packages: "prefix", Synonyms: project.SynonymsSearchPath, Authid: project.AuthidOracle,
		Autonomous: "pg_background", Hints: "drop", Tablespaces: project.TablespacesMapped, Schemas: map[string]string{"A": "b"}, TablespaceMap: map[string]string{"A": "b"},
		Columns: map[string]string{"A": "b"}, PartitionsAhead: 3, Features: map[string]project.Action{"nvl": project.Fail},
	}
	v := reflect.ValueOf(PolicyOf(p))
	for i := range v.NumField() {
		if name := v.Type().Field(i).Name; v.Field(i).IsZero() && name != "DateFormat" {
			t.Errorf("%s is not filled", name)
		}
	}
	_ = gen.Policy{}
}
