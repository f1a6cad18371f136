package assess_test

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"landfall/assess"
	"landfall/convert"
	"landfall/convert/rules"
	"landfall/internal/model"
	"landfall/internal/postgres/scratch/pgtest"
)

func run(t *testing.T, dir string, jobs int) *assess.Result {
	t.Helper()
	opt := assess.Options{Dir: dir, Jobs: jobs, Version: "test"}
	opt.Scripts.Jobs = jobs
	r, err := assess.Run(context.Background(), opt)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// TestInsurance holds the sample system to what it was written for: all of it is read, nothing is counted twice or
// lost, and the result does not depend on the number of workers.
func TestInsurance(t *testing.T) {
	dir := filepath.Join("..", "testdata", "insurance")
	r := run(t, dir, 4)
	tt := r.Totals
	if tt.StatementsParsed != tt.Statements {
		t.Errorf("%d of %d statements read", tt.StatementsParsed, tt.Statements)
	}
	sum := tt.Refused
	for _, c := range tt.Rungs {
		sum += c.Objects
	}
	if sum != tt.Objects || tt.Objects != len(r.Objects) {
		t.Errorf("rungs and refused are %d of %d objects (%d listed)", sum, tt.Objects, len(r.Objects))
	}
	atLeast := map[model.ObjectKind]int{model.KindTable: 80, model.KindPackage: 25, model.KindPackageBody: 25, model.KindTrigger: 10, model.KindView: 10, model.KindMaterializedView: 3}
	for _, k := range tt.Kinds {
		if k.Objects < atLeast[k.Kind] {
			t.Errorf("%s: %d objects", k.Kind, k.Objects)
		}
		delete(atLeast, k.Kind)
	}
	for k := range atLeast {
		t.Errorf("no %s", k)
	}
	if len(r.Rules) < 40 {
		t.Errorf("only %d rules found anything", len(r.Rules))
	}
	for _, u := range r.Rules {
		if u.Title == "" || u.Doc == "" {
			t.Errorf("rule %s came without its texts", u.Code)
		}
	}
	owner := r.Owners()
	for _, f := range r.Findings {
		if _, ok := owner(f.Object); !ok {
			t.Errorf("%s %s: finding of an object that is not listed: %q", f.Pos, f.Code, f.Object)
		}
	}
	for _, d := range r.Datatypes {
		if d.Family == "" || d.Count == 0 {
			t.Errorf("data type %+v", d)
		}
	}
	external := 0
	for _, e := range r.Dependencies.Edges {
		if e.External {
			external++
		}
	}
	if n := len(r.Dependencies.Edges); n < 1000 || external*50 > n {
		t.Errorf("%d of %d edges lead outside the source", external, n)
	}
	one, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	other, err := json.Marshal(run(t, dir, 1))
	if err != nil {
		t.Fatal(err)
	}
	if string(one) != string(other) {
		t.Error("one worker gives another result than four")
	}
}

// TestPartly shows that what is not read costs its object the rung and is listed with its place.
func TestPartly(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write("p.sql", "create or replace procedure p is\nbegin\n  null;\n  x := ;\n  y := 1;\nend p;\n/\ncreate table t (id number);\n")
	write("q.sql", "select 1 from dual;\nalter table elsewhere add (c number);\n@@missing.sql\n")
	r := run(t, dir, 2)
	rungs := map[string]model.Rung{}
	for _, o := range r.Objects {
		rungs[o.ID.Name()] = o.Rung
	}
	if rungs["P"] != model.RungUnread || rungs["T"] != model.RungConverted {
		t.Errorf("rungs %v", rungs)
	}
	if _, listed := rungs["ELSEWHERE"]; listed {
		t.Error("a table that the source only alters is in the inventory")
	}
	var seen []string
	for _, n := range r.NotCovered {
		seen = append(seen, n.Kind+" "+filepath.Base(n.File)+" "+strings.SplitN(n.Reason, ":", 2)[0])
	}
	all := strings.Join(seen, "\n")
	for _, want := range []string{assess.NotParsed + " p.sql column 8", assess.NotCollected + " q.sql", assess.NotRead + " q.sql"} {
		if !strings.Contains(all, want) {
			t.Errorf("not covered lacks %q:\n%s", want, all)
		}
	}
}

func TestNothingToAssess(t *testing.T) {
	_, err := assess.Run(context.Background(), assess.Options{Dir: t.TempDir()})
	if err == nil || model.Hint(err) == "" {
		t.Errorf("an empty folder gives %v", err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := assess.Run(ctx, assess.Options{Dir: filepath.Join("..", "testdata", "insurance"), Table: rules.Table()}); err == nil {
		t.Error("a cancelled run gives a result")
	}
}

// TestConversion holds that the rungs are those of the conversion: refused is refused, with what refused it, and is
// manual work; the ledger adds up; without a judge nothing is above converted.
func TestConversion(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "a.sql"), []byte(`create table t (id number);
create function f return number is n number; begin select count(*) into n from t as of scn 5; return n; end;
/
create procedure p is begin delete from t; end;
/
select 1 from dual;
`), 0o644); err != nil {
		t.Fatal(err)
	}
	r := run(t, dir, 2)
	got := map[string]string{}
	for _, o := range r.Objects {
		got[o.ID.Name()] = o.Standing().String()
		switch {
		case o.Refused && (o.Why == "" || o.Effort != model.Manual):
			t.Errorf("%s is refused, effort %s, because of %q", o.ID, o.Effort, o.Why)
		case !o.Refused && o.Why != "":
			t.Errorf("%s stands at %s and says %q", o.ID, o.Rung, o.Why)
		}
	}
	for name, want := range map[string]string{"T": "converted", "F": "refused", "P": "converted"} {
		if got[name] != want {
			t.Errorf("%s stands at %s, want %s", name, got[name], want)
		}
	}
	c := r.Conversion
	if c.Statements == 0 || c.Converted+c.Changed+c.Refused+c.Ignored != c.Statements || c.Refused != 1 || c.Server != "" {
		t.Errorf("%+v", c)
	}
}

// TestProven holds that what a judge says reaches the objects.
func TestProven(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "a.sql"), []byte("create table t (id number);\ncreate view v as select id from nowhere;\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	server := pgtest.Server(t)
	r, err := assess.Run(context.Background(), assess.Options{Dir: dir, Version: "test", Prove: func(ctx context.Context, c *convert.Result, _ func(string, int, int)) error {
		return c.Climb(ctx, convert.ClimbOptions{URL: server.URL("postgres"), Own: true})
	}})
	if err != nil {
		t.Fatal(err)
	}
	for _, o := range r.Objects {
		switch o.Name {
		case "T":
			if o.Rung != model.RungCompiled || len(o.Evidence) == 0 || o.Why != "" {
				t.Errorf("%+v", o)
			}
		case "V":
			if o.Rung != model.RungConverted || !strings.Contains(o.Why, "nowhere") {
				t.Errorf("%+v", o)
			}
		}
	}
	if !strings.HasPrefix(r.Conversion.Server, "PostgreSQL 1") || !strings.Contains(strings.Join(r.Method.Limits, " "), r.Conversion.Server) {
		t.Errorf("%+v, %v", r.Conversion, r.Method.Limits)
	}
}
