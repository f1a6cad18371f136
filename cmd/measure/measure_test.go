package main

import (
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"landfall/internal/oracle/syntax/parser"
	"landfall/internal/postgres/scratch/pgtest"

	"github.com/google/go-cmp/cmp"
)

const script = `
create table t (id number primary key, a number, b varchar2(10) unique, constraint t_b check (b > 'a'));
alter table t add constraint t_a foreign key (a) references t (id);
alter table t add primary key (id);
create index t_i on t (a);
comment on table t is 'rows';
comment on column t.a is 'other row';
create sequence s;
create or replace package p is procedure q; end;
/
create or replace package body p is
  procedure forward;
  procedure q is begin null; end;
  function f(x number) return number is begin return x; end;
  function f(x date) return number is begin return 1; end;
  procedure forward is begin null; end;
end;
/
create or replace procedure r is begin null; end;
/
create or replace procedure r is begin p.q; end;
/
create or replace trigger g before insert on t for each row begin :new.a := 1; end;
/
create view v as select * from t;
select * from t;
insert into t (id) values (1);
insert into t (id) select 2 from dual;
`

func scriptFolder(t *testing.T) *Input {
	t.Helper()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "all.sql"), []byte(script), 0o644); err != nil {
		t.Fatal(err)
	}
	in, err := readInput(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	return in
}

func TestInputIsCountedOnce(t *testing.T) {
	in := scriptFolder(t)
	want := map[string]int{
		"table": 1, "primary key": 1, "unique": 1, "foreign key": 1, "check": 1, "index": 1, "comment": 2, "sequence": 1,
		"member": 4, "routine": 1, "trigger": 1, "view": 1,
	}
	if d := cmp.Diff(want, tally(in.Items)); d != "" {
		t.Error(d)
	}
	if in.Queries != 2 || len(in.Unread) != 0 {
		t.Errorf("%d queries, %d unread, want 2 and 0", in.Queries, len(in.Unread))
	}
	for _, it := range in.Items {
		if it.Kind == "routine" && it.Pos.Line != 21 {
			t.Errorf("the last version counts, got the one of line %d", it.Pos.Line)
		}
	}
}

func TestSplitKeepsEveryStatement(t *testing.T) {
	in := scriptFolder(t)
	dir := t.TempDir()
	if _, err := splitByType(in, dir); err != nil {
		t.Fatal(err)
	}
	again, err := readInput(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(tally(in.Items), tally(again.Items)); d != "" || in.Queries != again.Queries {
		t.Errorf("%s%d queries, had %d", d, again.Queries, in.Queries)
	}
}

// converted is output with one of each: there, absent, a stub, unclean, wrong.
const converted = `
create table t (id numeric primary key, a numeric, b varchar(10));
alter table t add constraint t_a foreign key (a) references t (id);
alter table t add unique (nonsense);
create index t_i on t (a);
comment on column t.a is 'other row';
create schema p;
create procedure p.q() language plpgsql as $$ begin perform * from absent; end $$;
create function p.f(x numeric) returns numeric language plpgsql as $$ begin return x; end $$;
create procedure p.forward() language plpgsql as $$ begin raise exception 'CV0123: no' using errcode = 'LFREF'; end $$;
create procedure app.r()
language plpgsql as $$
begin
  nonsense;
end $$;
create function g$() returns trigger language plpgsql as $$ begin new.a := 1; return new; end $$;
create trigger g before insert on t for each row execute function g$();
`

func TestOutcomesAreLookedUp(t *testing.T) {
	in := scriptFolder(t)
	server := pgtest.Server(t)
	file := filepath.Join(t.TempDir(), "deploy.sql")
	if err := os.WriteFile(file, []byte(converted), 0o644); err != nil {
		t.Fatal(err)
	}
	errs, err := loadAll(t.Context(), server, "m", []string{file})
	if err != nil {
		t.Fatal(err)
	}
	target, err := readTarget(t.Context(), server, "m")
	if err != nil {
		t.Fatal(err)
	}
	out := outcomes(in.Items, target)
	var got []string
	for _, o := range out {
		state := "not there"
		switch {
		case o.Accepted:
			state = "accepted"
		case o.Refused != "":
			state = "refused " + o.Refused
		}
		got = append(got, strings.TrimSpace(o.Kind+" "+strings.TrimPrefix(o.Owner+"."+o.Name, "."))+": "+state)
	}
	want := []string{
		"table T: accepted", "primary key T.: accepted", "unique T.: not there", "check T.T_B: not there", "foreign key T.T_A: accepted",
		"index T.T_I: accepted", "comment T.: not there", "comment T.A: accepted", "sequence S: not there",
		"member P.Q: accepted", "member P.F: accepted", "member P.F: not there", "member P.FORWARD: refused CV0123",
		"routine R: not there", "trigger T.G: accepted", "view V: not there",
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	for _, r := range reasons(io.Discard, out, errs, &Said{}) {
		if r.Kind == "routine" && !strings.HasPrefix(r.Text, "42601 syntax error at") {
			t.Errorf("the routine's reason is %q", r.Text)
		}
	}
	if len(server.Extensions()) < 2 {
		t.Skip("no plpgsql_check")
	}
	var procs []Proc
	for _, o := range out {
		procs = append(procs, o.Procs...)
	}
	bad, err := checkProcs(t.Context(), server, "m", procs)
	if err != nil {
		t.Fatal(err)
	}
	if len(procs) != 3 || len(bad) != 1 {
		t.Errorf("checked %d, bad %v; want 3 and the one of P.Q", len(procs), bad)
	}
}

func TestVariantIsRenamedAndStillReads(t *testing.T) {
	src := "create package body pkg_a is v_x number(100) := 500; begin pkg_b.do('pkg_a', v_x, 20100); end pkg_a;\n/\n"
	f := parser.Parse("pkg_a.pkb", []byte(src), parser.Options{})
	got := string(variant(f, map[string]bool{"PKG_A": true, "PKG_B": true}, 7))
	want := "create package body pkg_a_0007 is v_x7 number(100) := 507; begin pkg_b_0007.do('pkg_a', v_x7, 20100); end pkg_a_0007;\n/\n"
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	if f := parser.Parse("x", []byte(got), parser.Options{}); len(f.Errors) > 0 {
		t.Errorf("does not read: %v", f.Errors[0].Msg)
	}
}

const scripts2 = `
create table t (id number primary key, a number);
create table r (g my_type);
create index r_g on r (g);
create global temporary table gt (id number primary key);
create private temporary table ora$ptt_x (id number);
create index t_a on t (a);
create index t_c on t (c);
create index o_i on other_t (id);
comment on column t.a is 'there';
comment on column s2.t.absent is 'not there';
alter table t add (d number, constraint t_o foreign key (a) references other_t);
create index t_d on t (d);
create table q as select * from other_t;
create view v1 as select * from q;
create view v2 as with w as (select * from all_tables) select * from w;
create view v3 as select * from t@elsewhere;
create view v4 as select x.nosuch from t x;
create view v5 as select a, nosuch from t;
create view v6 as select x.a, d as other from t x order by other;
create view v7 as select status from v$database;
create table s (id number default seq.nextval);
create type my_type2 as object (a number);
/
create table u (x my_type2);
`

// lacksOf are the items of a script, each with what the input lacks for it, but for one kind.
func lacksOf(t *testing.T, script, without string) []string {
	t.Helper()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "all.sql"), []byte(script), 0o644); err != nil {
		t.Fatal(err)
	}
	in, err := readInput(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, it := range in.Items {
		if it.Kind != without {
			got = append(got, strings.TrimSpace(it.Kind+" "+strings.TrimPrefix(it.Owner+"."+it.Name, ".")+": "+it.Lacks))
		}
	}
	return got
}

func TestWhatTheInputLacksIsCountedApart(t *testing.T) {
	got := lacksOf(t, scripts2, "")
	want := []string{
		"table T:", "primary key T.:", "foreign key T.T_O: relation OTHER_T", "table R: type MY_TYPE", "index R.R_G: relation R",
		"table GT:", "primary key GT.:", "index T.T_A:", "index T.T_C: column T.C", "index OTHER_T.O_I: relation OTHER_T",
		"comment T.A:", "comment T.ABSENT: column T.ABSENT", "index T.T_D:", "table Q: relation OTHER_T", "view V1: relation Q", "view V2:", "view V3: relation T@elsewhere",
		"view V4: column T.NOSUCH", "view V5: column T.NOSUCH", "view V6:", "view V7:",
		"table S: sequence SEQ", "type MY_TYPE2:", "table U:",
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

const scripts3 = `
create table t (id number primary key, a number);
create table t (id number primary key, b number, c number unique);
create index t_b on t (b);
create or replace type k as object (x number);
/
create table k (y number);
create index k_y on k (y);
create table c (x number, constraint c_x check (x > 0 and nosuch > 1));
create table d (x number, constraint twice unique (x));
create table e (x number, y number, constraint twice unique (y));
create table f as select x from unnest(generate_series(1, 10)) x;
create table &&tab (x number);
create table now as select x from old;
rename now to old;
create or replace type l as object (x number);
/
create table m of l;
create or replace type l as table of number;
/
create table wide (x number, y number, x number);
create table none organization external (type oracle_datapump default directory d location ('x.dmp'));
create table other.t (z number);
create index other.t_a on other.t (a);
`

func TestWhatOracleWouldNotMakeIsCountedApart(t *testing.T) {
	got := lacksOf(t, scripts3, "type")
	want := []string{
		"table T:", "primary key T.:", "index T.T_B: column T.B", "table K: a name that no type has", "index K.K_Y: relation K",
		"table C: column C.NOSUCH", "check C.C_X: relation C", "table D:", "unique D.TWICE:", "table E:", "unique E.TWICE: a name that no other constraint has",
		"table F: function UNNEST", "table &&TAB: the value of a substitution variable", "table NOW: relation OLD",
		"table M: object type L", "table WIDE: another name for the second column X", "table NONE: a column", "table T:", "index T.T_A: column T.A",
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}
