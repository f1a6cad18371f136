package convert

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"landfall/convert/gen"
	"landfall/convert/rules"
	"landfall/internal/model"
	"landfall/internal/postgres/grammar"
	"landfall/internal/postgres/scratch/pgtest"
)

// judge is one grammar for all tests: making it ready takes seconds.
var judge = sync.OnceValue(grammar.New)

// sample is a result as the generator would give it: a table in three outputs, a package, and one object for each way
// of not getting through.
func sample() *Result {
	r := &Result{Target: "postgresql"}
	add := func(id model.ObjectID, phase Phase, sql string, change func(o *Output)) {
		o := &Output{ID: id, Kind: id.Kind(), Phase: phase, SQL: sql, Pos: model.Pos{File: "src.sql", Line: 10, Col: 1}}
		if change != nil {
			change(o)
		}
		r.Outputs = append(r.Outputs, o)
		for _, have := range r.Objects {
			if have.ID == id {
				return
			}
		}
		s := model.Standing{Rung: model.RungConverted}
		if o.Refused {
			s = s.Refuse()
		}
		r.Objects = append(r.Objects, Object{ID: id, Kind: id.Kind(), Standing: s})
	}
	add("table:T", gen.PhaseTable, "create table t (a integer, b text);\n", nil)
	add("table:BAD", gen.PhaseTable, "create table bad (a nosuch);\n", nil)
	add("table:T", gen.PhaseKey, "alter table t add primary key (a);\n", nil)
	add("view:HALF", gen.PhaseView, "create view half as select a from t;\n", nil)
	add("view:HALF", gen.PhaseComment, "comment on view half is nosuch;\n", nil)
	add("procedure:LINKED", gen.PhaseRoutine, "create procedure linked() language plpgsql as $$ begin null; end $$;\n", func(o *Output) { o.Needs = []string{"nosuch_extension"} })
	add("package_body:PAY", gen.PhaseRoutine, `create function pay.one() returns integer language plpgsql as $$
begin
  return (select nosuch
    from t);
end $$;
create function pay."Two"(a integer) returns integer language plpgsql as $$ begin return 1; end $$;
create function pay."Two"(a text) returns integer language plpgsql as $$ begin retrn 2; end $$;
create function pay.three() returns integer language plpgsql as $$ begin raise exception 'CV0001' using errcode = 'LFREF'; end $$;
`, func(o *Output) {
		o.Schema = "pay"
		o.Lines = []LineMap{{Target: 1, Source: 12}, {Target: 3, Source: 21}, {Target: 6, Source: 30}}
		o.Members = []Member{
			{Name: "PAY.ONE", Target: "pay.one"},
			{Name: "PAY.Two", Target: `pay."Two"`, Args: "integer"},
			{Name: "PAY.Two", Target: `pay."Two"`, Args: "text"},
			{Name: "PAY.THREE", Target: "pay.three", Refused: true, Code: "CV0001"},
		}
	})
	add("function:STUB", gen.PhaseRoutine, "create function stub() returns integer language plpgsql as $$ begin raise exception 'x'; end $$;\n", func(o *Output) { o.Refused = true })
	r.Objects = append(r.Objects,
		Object{ID: "synonym:S", Kind: model.KindSynonym, Standing: model.Standing{Rung: model.RungConverted}},
		Object{ID: "table:UNREAD", Kind: model.KindTable, Standing: model.Standing{Rung: model.RungUnread}})
	r.Findings = []model.Finding{{Code: "CV0302", Pos: model.Pos{File: "src.sql", Line: 21, Col: 3}}, {Code: "CV0101", Pos: model.Pos{File: "src.sql", Line: 21, Col: 1}}}
	return r
}

func standings(r *Result) map[string]string {
	m := map[string]string{}
	for _, o := range r.Objects {
		m[string(o.ID)] = o.Standing.String()
		for _, member := range o.Members {
			m[string(o.ID)] += " " + member.Standing.String()
		}
		if len(o.Needs) > 0 {
			m[string(o.ID)] += " needs " + strings.Join(o.Needs, ",")
		}
	}
	return m
}

func total(t RungTotals) int { return t.Unread + t.Read + t.Converted + t.Accepted + t.Compiled }

func TestClimb(t *testing.T) {
	pgtest.Extension(t, "plpgsql_check")
	server := pgtest.Server(t)
	r := sample()
	if err := r.Climb(context.Background(), ClimbOptions{Grammar: judge(), URL: server.URL("postgres"), Own: true}); err != nil {
		t.Fatal(err)
	}
	want := map[string]string{
		"table:T": "compiled", "table:BAD": "accepted", "view:HALF": "refused", "procedure:LINKED": "accepted needs nosuch_extension",
		"package_body:PAY": "refused accepted compiled refused refused", "function:STUB": "refused", "synonym:S": "compiled", "table:UNREAD": "unread",
	}
	if diff := cmp.Diff(want, standings(r)); diff != "" {
		t.Error(diff)
	}
	if n := total(r.Totals.Rungs) + r.Totals.Refused; n != r.Totals.Objects.Total || n != len(r.Objects) {
		t.Errorf("rungs and refused are %d, objects %d: %+v", n, len(r.Objects), r.Totals)
	}
	if p := r.Proof; p.Needs["nosuch_extension"] != 1 || p.Nothing != 1 || p.Server == "" || p.Grammar == "" {
		t.Errorf("%+v", p)
	}
	var failed []string
	for _, e := range r.Evidence {
		if !e.OK {
			failed = append(failed, fmt.Sprintf("%s %s %s %v %s", e.Object, e.Check, e.Pos, e.Codes, e.Detail))
		}
		if e.By == "" || len(e.Hash) != 64 || e.Rung != model.RungAccepted && e.Rung != model.RungCompiled {
			t.Errorf("%+v", e)
		}
	}
	wantFailed := []string{
		`table:BAD create  [] line 1: type "nosuch" does not exist (SQLSTATE 42704)`,
		`view:HALF grammar  [] line 2: syntax error at or near "nosuch"`,
		`procedure:LINKED create  [] needs nosuch_extension`,
		`package_body:PAY grammar src.sql:30:1 [CV1015] line 8: syntax error at or near "retrn"`,
		`package_body:PAY plpgsql_check src.sql:21:1 [CV0101 CV0302] pay.one, line 3: column "nosuch" does not exist (SQLSTATE 42703)`,
	}
	if diff := cmp.Diff(wantFailed, failed); diff != "" {
		t.Error(diff)
	}
	again := sample()
	if err := again.Climb(context.Background(), ClimbOptions{Grammar: judge(), URL: server.URL("postgres"), Own: true}); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(r.Evidence, again.Evidence); diff != "" {
		t.Errorf("twice is not the same: %s", diff)
	}
	r.checkWritten(t)
}

// checkWritten holds that the folder says what the result says.
func (r *Result) checkWritten(t *testing.T) {
	t.Helper()
	dir := t.TempDir()
	if err := r.Write(dir); err != nil {
		t.Fatal(err)
	}
	var m Manifest
	b, err := os.ReadFile(filepath.Join(dir, "manifest.json"))
	if err == nil {
		err = json.Unmarshal(b, &m)
	}
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	for _, f := range m.Files {
		got[filepath.Base(f.Name)+" "+f.Phase] = f.Standing.String()
	}
	if got["t.sql table"] != "compiled" || got["stub.sql routine"] != "refused" || got["bad.sql table"] != "accepted" || m.Proof == nil || m.Proof.Server == "" {
		t.Errorf("%v, %+v", got, m.Proof)
	}
	lines, err := os.ReadFile(filepath.Join(dir, "evidence.jsonl"))
	if err != nil || strings.Count(string(lines), "\n") != len(r.Evidence) {
		t.Errorf("evidence.jsonl: %v, %d lines for %d checks", err, strings.Count(string(lines), "\n"), len(r.Evidence))
	}
}

// TestClimbGrammar holds how far the grammar alone lets objects climb.
func TestClimbGrammar(t *testing.T) {
	r := sample()
	if err := r.Climb(context.Background(), ClimbOptions{Grammar: judge()}); err != nil {
		t.Fatal(err)
	}
	want := map[string]string{
		"table:T": "accepted", "table:BAD": "accepted", "view:HALF": "refused", "procedure:LINKED": "accepted",
		"package_body:PAY": "refused accepted accepted refused refused", "function:STUB": "refused", "synonym:S": "accepted", "table:UNREAD": "unread",
	}
	if diff := cmp.Diff(want, standings(r)); diff != "" {
		t.Error(diff)
	}
}

// TestClimbBroken holds that what no PostgreSQL can read is refused where the grammar is asked: statement, member, object,
// ledger and finding say so, and the stub of a routine stands in its place.
func TestClimbBroken(t *testing.T) {
	src := "CREATE PACKAGE BODY p IS\nPROCEDURE a IS BEGIN NULL; END;\nPROCEDURE b IS BEGIN NULL; END;\nEND;\n/\nCREATE TABLE t (a NUMBER);\n"
	_, r, err := Text(context.Background(), "p.sql", []byte(src), Options{Jobs: 1})
	if err != nil {
		t.Fatal(err)
	}
	before := r.Totals
	for _, o := range r.Outputs {
		if o.ID == "package_body:P" { // as a mistake of the conversion would
			o.SQL = strings.Replace(o.SQL, "BEGIN NULL; END;", "BEGIN NULL NULL; END;", 1)
		}
	}
	if err := r.Climb(context.Background(), ClimbOptions{Grammar: judge()}); err != nil {
		t.Fatal(err)
	}
	want := map[string]string{"package_body:P": "refused refused accepted", "table:T": "accepted"}
	if diff := cmp.Diff(want, standings(r)); diff != "" {
		t.Error(diff)
	}
	l := r.Totals.Ledger
	if l.Refused != before.Ledger.Refused+1 || l.Converted+l.Changed+l.Refused+l.Ignored != r.Totals.Statements || r.Totals.Refused != 1 {
		t.Errorf("before %+v, now %+v", before, r.Totals)
	}
	told := 0
	for _, f := range r.Findings {
		if strings.HasPrefix(f.Message, gen.InternalError) && f.Pos.Line == 2 && f.Fingerprint != "" {
			told++
		}
	}
	text, err := r.Script()
	if told != 1 || err != nil || !strings.Contains(text, "-- BEGIN NULL NULL; END;") || !strings.Contains(text, "RAISE EXCEPTION USING ERRCODE = 'LFREF'") {
		t.Errorf("%d findings, %v\n%s", told, err, text)
	}
}

// TestCeiling holds that what no server at hand can compile is not shown as more than converted.
func TestCeiling(t *testing.T) {
	target, _ := rules.ProfileNamed("polardb-oracle")
	r := sample()
	if err := r.Climb(context.Background(), ClimbOptions{Target: target, Grammar: judge(), URL: "postgres://nowhere:1/"}); err != nil {
		t.Fatal(err)
	}
	for _, o := range r.Objects {
		if o.Standing.Rung > model.RungConverted {
			t.Errorf("%s stands at %s", o.ID, o.Standing)
		}
	}
	if !strings.Contains(r.Proof.Ceiling, "converted") || len(r.Evidence) > 0 {
		t.Errorf("%+v, %d checks", r.Proof, len(r.Evidence))
	}
}
