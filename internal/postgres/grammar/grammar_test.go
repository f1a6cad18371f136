package grammar_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"landfall/internal/postgres/grammar"
)

var shared = sync.OnceValue(grammar.New)

func fn(body string) string {
	return "CREATE FUNCTION f(p emp, n integer) RETURNS integer LANGUAGE plpgsql AS $$" + body + "$$;"
}

func TestCheck(t *testing.T) {
	for _, c := range []struct{ name, sql, want string }{
		{"nothing", "", ""},
		{"two statements", "select 1;\nselect 2", ""},
		{"second is bad", "select 1;\n  select from where", "2:15: syntax error at or near \"where\""},
		{"both are bad", "select +;\nselect 'é', from", "1:9: syntax error at end of input|2:13: syntax error at or near \"from\""},
		{"characters, not bytes", "select 'éé' from from", "1:18: syntax error at or near \"from\""},
		{"body", fn("\nbegin\n  return 1;\nend"), ""},
		{"body is bad", "-- x\n" + fn("\nbegin\n  retrn 1;\nend"), "4:0: syntax error at or near \"retrn\""},
		{"SQL in a body is bad", fn("\nbegin\n  perform 1 from from;\nend"), "3:0: syntax error at or near \"from\""},
		{"expression is bad", fn("\nbegin\n if n = then null; end if;\nend"), "1:0: syntax error at end of input"},
		{"unknown variable", fn("begin x := 1; end"), "1:0: \"x\" is not a known variable"},
		{"field of a row type", fn("declare r emp%rowtype; begin r.a := 1; r.b := 2; end"), ""},
		{"field of a composite type with default", fn("declare a int; r hr.t_row := row(1,\n2); begin\n r.a := 1; retrn; end"), "3:0: syntax error at or near \"retrn\""},
		{"field of two", fn("declare r emp%rowtype; s emp; begin r.a := 1; select 1, 2 into s.x, s.y; r.c[1] := 1; end"), ""},
		{"field of a nested variable", fn("begin declare r emp; begin r.a := 1; end; end"), ""},
		{"field of a quoted variable", fn(`declare "R" emp; begin "R".a := 1; end`), ""},
		{"field of a parameter", fn("begin p.a := 1; f.p.b := 2; end"), ""},
		{"field of a parameter, with DECLARE", fn("<<top>> declare x int; begin p.a := 1; end"), ""},
		{"behind an option", fn("#variable_conflict use_column\ndeclare r emp; begin r.a := 1; end"), ""},
		{"cursor parameter", "create procedure c(n int, out p_cur refcursor) language plpgsql as $$ begin open p_cur for select 1; c.p_cur := 'x'; close p_cur; end $$", ""},
		{"cursor that is none", "create procedure c(out p_cur integer) language plpgsql as $$ begin open p_cur for select 1; end $$", "1:0: variable \"p_cur\" must be of type cursor or refcursor"},
		{"parameter by the name of its routine", "create or replace procedure pay.run(inout n int) language plpgsql as $$ begin run.n := 1; retrn; end $$", "1:0: syntax error at or near \"retrn\""},
		{"field by label", fn("<<top>> declare r emp; begin top.r.a := 1; end"), ""},
		{"field of a scalar", fn("declare r integer; begin r.a := 1; end"), "1:0: \"r.a\" is not a known variable"},
		{"field of nothing", fn("declare r emp; begin s.a := 1; end"), "1:0: \"s.a\" is not a known variable"},
		{"trigger", "create function g() returns trigger language plpgsql as $$ begin new.a := old.b; return new; end $$", ""},
		{"DO", "do $$ declare r emp%rowtype; begin r.x := 1; end $$; do $$ begin retrn; end $$", "1:0: syntax error at or near \"retrn\""},
		{"SQL function", "create function g() returns int language sql\nas $$\nselect 1 +\n$$", "4:0: syntax error at end of input"},
		{"SQL-standard body", "create function g() returns int begin atomic select 1; select 2; end; select 1", ""},
		{"body in quotes", "create function g() returns int language plpgsql as 'begin return ''1''; end'", ""},
		{"language behind the body", "create procedure g() as $b$ begin retrn; end $b$ language plpgsql", "1:0: syntax error at or near \"retrn\""},
		{"Oracle", "create table t (a varchar2(10), b number(10, 2) default sysdate)", ""},
		{"Oracle's function", "create function g return number is begin return 1; end", "1:19: syntax error at or near \"return\""},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got []string
			for _, p := range shared().Check(c.sql) {
				got = append(got, p.String())
			}
			if diff := cmp.Diff(c.want, strings.Join(got, "|")); diff != "" {
				t.Errorf("%s\n%s", c.sql, diff)
			}
		})
	}
	if !strings.Contains(shared().Name(), "libpg_query 17") {
		t.Error(shared().Name())
	}
}

// TestDepth holds that nothing a script holds brings the parser down: it refuses, and judges the next script.
func TestDepth(t *testing.T) {
	for _, n := range []int{1000, 100_000} {
		found := shared().Check("select " + strings.Repeat("(", n) + "1" + strings.Repeat(")", n))
		if n > 10_000 && len(found) == 0 {
			t.Errorf("%d brackets pass", n)
		}
	}
	if found := shared().Check(fn("begin return 1; end")); len(found) > 0 {
		t.Errorf("good SQL behind deep brackets: %v", found)
	}
}

// TestParallel holds that a checker is shared: each goroutine gets the answer to its own question.
func TestParallel(t *testing.T) {
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() {
			for j := range 20 {
				word := fmt.Sprintf("w%d_%d", i, j)
				found := shared().Check("select 1 1 " + word + ";" + fn("begin return 1; end") + "select 1 from " + word)
				if len(found) != 1 || found[0].Line != 1 {
					t.Errorf("%s: %v", word, found)
				}
			}
		})
	}
	wg.Wait()
}
