package prove_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"landfall/internal/postgres/prove"
	"landfall/internal/postgres/scratch/pgtest"
)

// report runs units and gives what became of them in short.
func report(t *testing.T, opt prove.Options, units ...prove.Unit) (*prove.Report, []string) {
	t.Helper()
	opt.URL = pgtest.Server(t).URL("postgres")
	r, err := prove.Run(context.Background(), units, opt)
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	for i, o := range r.Outcomes {
		s := units[i].Key + ":"
		if o.Clean() {
			s += " clean"
		} else if o.Created {
			s += " created"
		}
		if o.Late {
			s += " late"
		}
		if o.NotRun != "" {
			s += " not run"
		}
		if len(o.Missing) > 0 {
			s += " needs " + strings.Join(o.Missing, ",")
		}
		for _, f := range o.Failures {
			s += fmt.Sprintf(" [%d:%d %s]", f.Line, f.Col, f)
		}
		for _, routine := range o.Routines {
			for _, f := range routine.Problems {
				s += fmt.Sprintf(" {%s %d %s}", routine.Name, f.Line, f)
			}
		}
		list = append(list, s)
	}
	return r, list
}

func TestRun(t *testing.T) {
	pgtest.Extension(t, "plpgsql_check")
	units := []prove.Unit{
		{Key: "view before its table", SQL: "create view hr.v as select w.a from hr.w;", Schema: "hr"},
		{Key: "view before its view", SQL: "create view hr.w as select a from hr.t;"},
		{Key: "table", Schema: "hr", SQL: "create table hr.t (a integer primary key, b text);\ncomment on table hr.t is 'x;y';\n"},
		{Key: "bad table", SQL: "create table hr.u (\n  a integer,\n  b nosuch\n);\ncomment on table hr.u is 'x';"},
		{Key: "package", Schema: "pay", SQL: `-- head
create function pay.one(n integer) returns integer language plpgsql as $$
declare
  r hr.t%rowtype;
begin
  select * into r from hr.t where a = n;
  return r.c;
end $$;

create procedure pay.two() language plpgsql as $$ begin call pay.three(); end $$;
create function pay.three() returns integer language plpgsql as $$
begin
  retrn 1;
end $$;
`},
		{Key: "overloads", SQL: "create function pay.f(a integer) returns integer language plpgsql as $$ begin return a; end $$;\ncreate function pay.f(a text) returns integer language plpgsql as $$\nbegin return nosuch; end $$;\ngrant execute on function pay.f(text) to public;"},
		{Key: "trigger", SQL: "create function hr.tf() returns trigger language plpgsql as $$\nbegin\n  new.nosuch := 1;\n  return new;\nend $$;\ncreate trigger tr before insert on hr.t for each row execute function hr.tf();"},
		{Key: "sql function", SQL: "create function hr.q() returns bigint language sql as $$ select count(*) from hr.t $$;"},
		{Key: "query", SQL: "select a from hr.t;\nselect nosuch\nfrom hr.t;"},
		{Key: "dml", SQL: "insert into hr.t values (1, 'x');"},
		{Key: "block", SQL: "do $$\nbegin\n  insert into hr.t values (1, nosuch);\n  commit;\nend $$;"},
		{Key: "bad block", SQL: "select 1;\n\ndo\n$$ declare é text; begin retrn; end $$;"},
		{Key: "good block", SQL: "do $$ begin perform 1 from hr.t; end $$;"},
		{Key: "block of a type of its session", SQL: "create type pg_temp.pair as (a integer, b text);\ndo $$ declare p pg_temp.pair; begin p.a := 1; p.c := 2; end $$;\ndo $$ declare p pg_temp.pair; begin p.a := 1; end $$;"},
		{Key: "needs", SQL: "create table hr.x (a integer);", Needs: []string{"nosuch_extension"}},
		{Key: "needs by another", SQL: "create view hr.y as select a from hr.x;", DependsOn: []string{"needs"}},
		{Key: "role", SQL: "create role landfall_test_role;"},
		{Key: "settings", SQL: "set search_path = hr; create table in_hr (a integer);"},
		{Key: "settings are taken back", SQL: "create view hr.z as select a from hr.in_hr; create table in_public (a integer); comment on table public.in_public is 'x';"},
		{Key: "syntax", SQL: "create tabel x;"},
		{Key: "nothing", SQL: "-- nothing\n"},
		{Key: "record of dynamic SQL", SQL: "create function dyn(q text) returns integer language plpgsql as $$ declare r record; begin execute q into r; return r.b; end $$;"},
		{Key: "record of nothing", SQL: "create function und() returns integer language plpgsql as $$ declare r record; begin return r.b; end $$;"},
	}
	want := []string{
		"view before its table: clean late",
		"view before its view: clean late",
		"table: clean",
		`bad table: [3:5 type "nosuch" does not exist (SQLSTATE 42704)] [5:0 relation "hr.u" does not exist (SQLSTATE 42P01)]`,
		`package: [13:3 syntax error at or near "retrn" (SQLSTATE 42601)] {pay.one 7 record "r" has no field "c" (SQLSTATE 42703)} {pay.two 10 procedure pay.three() does not exist; No procedure matches the given name and argument types. You might need to add explicit type casts. (SQLSTATE 42883)}`,
		`overloads: created {pay.f 3 column "nosuch" does not exist (SQLSTATE 42703)}`,
		`trigger: created {hr.tf 3 record "new" has no field "nosuch" (SQLSTATE 42703)}`,
		"sql function: clean",
		`query: [2:8 column "nosuch" does not exist (SQLSTATE 42703)]`,
		"dml: clean",
		`block: created { 3 column "nosuch" does not exist (SQLSTATE 42703)}`,
		`bad block: [4:26 syntax error at or near "retrn" (SQLSTATE 42601)]`,
		"good block: clean",
		`block of a type of its session: created { 2 record "p" has no field "c" (SQLSTATE 42703)}`,
		"needs: needs nosuch_extension",
		`needs by another: needs nosuch_extension [1:35 relation "hr.x" does not exist (SQLSTATE 42P01)]`,
		"role: not run",
		"settings: clean",
		"settings are taken back: clean",
		`syntax: [1:8 syntax error at or near "tabel" (SQLSTATE 42601)]`,
		"nothing: clean",
		"record of dynamic SQL: clean",
		`record of nothing: created {und 1 record "r" is not assigned yet; The tuple structure of a not-yet-assigned record is indeterminate. (SQLSTATE 55000)}`,
	}
	r, got := report(t, prove.Options{Extensions: []string{"orafce"}}, units...)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if !strings.HasPrefix(r.Server, "PostgreSQL 1") || strings.Contains(r.Server, "(") {
		t.Errorf("server %q", r.Server)
	}
	if !r.Checker {
		t.Errorf("no plpgsql_check: %v", r.Absent)
	}
	if names := []string{r.Outcomes[4].Routines[0].Name, r.Outcomes[4].Routines[2].Name}; names[0] != "pay.one" || names[1] != "pay.three" || !r.Outcomes[4].Routines[0].Created || r.Outcomes[4].Routines[2].Created {
		t.Errorf("routines of the package: %+v", r.Outcomes[4].Routines)
	}
	_, again := report(t, prove.Options{Extensions: []string{"orafce"}}, units...)
	if diff := cmp.Diff(got, again); diff != "" {
		t.Errorf("twice is not the same: %s", diff)
	}
}

// TestLeavesNothing holds that the server is as before: no database, no role, whatever happened.
func TestLeavesNothing(t *testing.T) {
	db := pgtest.Open(t)
	ctx := context.Background()
	report(t, prove.Options{}, prove.Unit{SQL: "create role landfall_left; create table t (a integer);"})
	if _, err := prove.Run(ctx, nil, prove.Options{URL: db.URL, Before: "create table"}); err == nil || !strings.Contains(err.Error(), "support schema") {
		t.Errorf("a broken support script: %v", err)
	}
	stopped, cancel := context.WithCancel(ctx)
	var units []prove.Unit
	for i := range 50 {
		units = append(units, prove.Unit{SQL: fmt.Sprintf("create table t%d (a integer);", i)})
	}
	_, err := prove.Run(stopped, units, prove.Options{URL: db.URL, Progress: func(done, _ int) {
		if done == 10 {
			cancel()
		}
	}})
	if err == nil {
		t.Error("a cancelled run ends well")
	}
	var databases, roles int
	if err := db.QueryRow(ctx, "select (select count(*) from pg_database where datname like 'landfall_prove_%'), (select count(*) from pg_roles where rolname = 'landfall_left')").Scan(&databases, &roles); err != nil {
		t.Fatal(err)
	}
	if databases != 0 || roles != 0 {
		t.Errorf("%d databases and %d roles are left", databases, roles)
	}
}

// TestOwn holds that a server of our own takes roles.
func TestOwn(t *testing.T) {
	_, got := report(t, prove.Options{Own: true}, prove.Unit{Key: "role", SQL: "do $$ begin create role landfall_own; end $$; create table t (a integer); grant select on t to landfall_own;"})
	if got[0] != "role: clean" {
		t.Error(got)
	}
	if _, err := pgtest.Open(t).Exec(context.Background(), "drop role landfall_own"); err != nil {
		t.Error(err)
	}
}

// TestNoLogin holds that a password does not show in an error.
func TestNoLogin(t *testing.T) {
	for _, url := range []string{"postgres://me:hush@127.0.0.1:1/x?connect_timeout=1", "postgres://me:hush@127.0.0.1:port/x", "host=127.0.0.1 port=1 password=hush"} {
		_, err := prove.Run(context.Background(), nil, prove.Options{URL: url})
		if err == nil || strings.Contains(err.Error(), "hush") {
			t.Errorf("%v", err)
		}
	}
}

func TestTemporaryTables(t *testing.T) {
	pgtest.Extension(t, "plpgsql_check")
	_, got := report(t, prove.Options{},
		prove.Unit{Key: "dynamic", SQL: `create procedure p() language plpgsql as $$
begin
  execute 'create temporary table w (a integer, b text default ''x'')';
  execute 'insert into w (a) select $1' using 1;
  insert into w (c) values (2);
end $$;`},
		prove.Unit{Key: "static", SQL: "create procedure q() language plpgsql as $$ begin create temp table v (a integer) on commit drop; update v set a = 1; end $$;"},
		prove.Unit{Key: "afterwards", SQL: "create procedure r() language plpgsql as $$ begin update v set a = 1; end $$;"},
	)
	want := []string{
		`dynamic: created {p 5 column "c" of relation "w" does not exist (SQLSTATE 42703)}`,
		"static: clean",
		`afterwards: created {r 1 relation "v" does not exist (SQLSTATE 42P01)}`,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
