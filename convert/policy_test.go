package convert

import (
	"context"
	"reflect"
	"strings"
	"testing"

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
		Number: "integer", Date: "date", EmptyString: project.EmptyStringKeep, Case: project.CaseKeep, Packages: project.PackagesPrefix, Synonyms: project.SynonymsSearchPath, Authid: project.AuthidOracle,
		Autonomous: "pg_background", Hints: "drop", Tablespaces: project.TablespacesMapped, Schemas: map[string]string{"A": "b"}, TablespaceMap: map[string]string{"A": "b"},
		Columns: map[string]string{"A": "b"}, PartitionsAhead: 3, Features: map[string]project.Action{"nvl": project.Fail},
	}
	v := reflect.ValueOf(PolicyOf(p))
	for i := range v.NumField() {
		if name := v.Type().Field(i).Name; v.Field(i).IsZero() && name != "DateFormat" {
			t.Errorf("%s is not filled", name)
		}
	}
}

// TestChoices holds what each choice changes in the output.
func TestChoices(t *testing.T) {
	const src = `CREATE TABLE hr.t (a NUMBER, b VARCHAR2(5)) TABLESPACE users;
CREATE INDEX hr.i ON hr.t (b) TABLESPACE idx;
CREATE VIEW hr.v AS SELECT /*+ INDEX(t i) USE_NL(t u) FULL(x) NOSUCH(y) */ a / 2 AS h, TRIM(b) AS s FROM hr.t t WHERE b <> '';
CREATE PROCEDURE hr.log_it (m VARCHAR2) IS PRAGMA AUTONOMOUS_TRANSACTION; BEGIN INSERT INTO hr.t (b) VALUES (m); COMMIT; END;
/
CREATE FUNCTION hr.next_it RETURN NUMBER IS PRAGMA AUTONOMOUS_TRANSACTION; BEGIN COMMIT; RETURN 1; END;
/
`
	for _, c := range []struct {
		name   string
		change func(p *project.Policy)
		has    []string
		hasNot []string
	}{
		{"defaults", func(*project.Policy) {}, []string{"/*+ INDEX(t i)", "nullif(trim(b), '') AS s", "landfall.autonomous("}, []string{"TABLESPACE"}},
		{"tablespaces", func(p *project.Policy) {
			p.Tablespaces, p.TablespaceMap = project.TablespacesMapped, map[string]string{"USERS": "fast"}
		}, []string{") TABLESPACE fast;", "(b) TABLESPACE idx;"}, nil},
		{"columns", func(p *project.Policy) { p.Columns = map[string]string{"HR.T.A": "bigint"} }, []string{"a bigint", "a::numeric / 2"}, []string{"a numeric"}},
		{"hints dropped", func(p *project.Policy) { p.Hints = project.HintsDrop }, nil, []string{"/*+"}},
		{"hints translated", func(p *project.Policy) { p.Hints = project.HintsPgHintPlan }, []string{"/*+ IndexScan(t i) NestLoop(t u) SeqScan(x) */"}, []string{"NOSUCH"}},
		{"empty text", func(p *project.Policy) { p.EmptyString = project.EmptyStringKeep }, []string{"b <> ''", "trim(b) AS s"}, []string{"nullif(trim(b)"}},
		{"refused", func(p *project.Policy) { p.Autonomous = project.AutonomousRefuse }, []string{"CV0803"}, []string{"landfall.autonomous("}},
		{"background", func(p *project.Policy) { p.Autonomous = project.AutonomousPgBackground }, []string{"PERFORM FROM pg_background_result(pg_background_launch(format(", "RETURN (SELECT value::numeric FROM pg_background_result("}, []string{"dblink", "landfall.autonomous("}},
		{"case", func(p *project.Policy) { p.Case = project.CaseKeep }, []string{`"HR"."T"`}, nil},
		{"schemas", func(p *project.Policy) { p.Schemas = map[string]string{"HR": "people"} }, []string{"people.t"}, []string{"hr.t"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			text, r := convertWith(t, src, c.change)
			for _, part := range c.has {
				if !strings.Contains(text, part) {
					t.Errorf("no %q in\n%s", part, text)
				}
			}
			for _, part := range c.hasNot {
				if strings.Contains(text, part) {
					t.Errorf("%q is in\n%s", part, text)
				}
			}
			for _, p := range judge().Check(text) {
				t.Errorf("PostgreSQL does not take it: %s\n%s", p, text)
			}
			if l := r.Totals.Ledger; l.Converted+l.Changed+l.Refused+l.Ignored != r.Totals.Statements {
				t.Errorf("the ledger does not add up: %+v", l)
			}
		})
	}
}
