package parser_test

import (
	"strings"
	"testing"
	"time"

	"landfall/internal/cputime"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/parser"
	"landfall/internal/oracle/syntax/printer"
)

// hostile are pieces of text that, repeated, invite a parser to read the same place again and again.
var hostile = []string{
	"'", "''", "\"", "/*", "*/", "--\n", "q'[", "q'[\n", "q'[\nq'{\n", ";", "/\n", ".\n", ",", "(", ")", "((", "[", "@", "@@x\n", "&", "&x",
	"\x00", "\x00 ", "\x1a", "\xff", "\xff ", "é", "，", "a", "a.", "a b ", "1", "1+", "x||", "- ", "not ", "(a,", "f(", "a=>", ":", ": x", "$if ",
	"$if a $then ", "$if $$a $then x; $end ", "$error ", "<<a>> ", "..", "%", "=", "a(+)",
	"insert into t values ('a\n", "insert into t values (1)\n", "insert into t values ('a');\n", "commit\nprompt it's\n", "commit\n", "select ", "select * from (\n",
	"select * from (", "select 1 from dual where a = 'x\nprompt y\n", "(select ", "select a, ", "with a as (", "with a as (select 1 from dual) ", "union select 1 from dual ",
	"case when ", "case a when 1 then ", "cast(", "begin ", "begin null; end;\n", "begin x := 'abc;\nend;\n/\n", "declare ", "loop ", "if x then ", "if x then null; ",
	"end; ", "end if; ", "exception when others then ", "for i in 1..2 loop ", "procedure p is ", "function f return number is begin ", "procedure p; ",
	"create ", "create table ", "create table t (a number,\n", "create table t (a number)\n", "create or replace package body p is\n", "create or replace package body p is procedure q is begin null; end;\n",
	"create or replace procedure p is begin null; end;\n", "create or replace procedure p wrapped\na000000\nabc\n", "create or replace and compile java source named x as\n",
	"package p is ", "type t is record (a number); ", "grant ", "grant select on t to u\n", "comment on ", "exec p(\n", "exec p('\n", "set define off\n", "define x = -\n", "prompt -\n",
	"DOC\n", "rem --\n", "xmltable(", "json_table(", "match_recognize (", "model ", "pivot (", "connect by ", "order by a, ", "over (", "partition by range (a) (", "merge into t using ",
	"update t set a = (", "alter table t add (", "a -\n", "x := x || 'a\n' ||\n", "null;\n", "a\r",
}

// TestTimeGrowsWithSize: eight times the text may take no more than a few times eight times the time.
func TestTimeGrowsWithSize(t *testing.T) {
	small, factor := 8<<10, 8
	if !testing.Short() {
		small = 16 << 10
	}
	measure := func(src []byte) time.Duration {
		best := time.Hour
		for range 2 {
			var f *ast.File
			best = min(best, cputime.Of(func() { f = parser.Parse("", src, parser.Options{}) }))
			if err := printer.RoundTrip(f); err != nil {
				t.Errorf("%.20q: %v", src, err)
				break
			}
		}
		return best
	}
	for _, lead := range []string{"", "select ", "begin ", "create or replace package body p is "} {
		for _, piece := range hostile {
			var a, b time.Duration
			slow := true
			for try := 0; slow && try < 4; try++ { // a busy machine is no quadratic parser
				a = measure([]byte(lead + strings.Repeat(piece, small/len(piece))))
				b = measure([]byte(lead + strings.Repeat(piece, factor*small/len(piece))))
				slow = b > 30*time.Millisecond && b > time.Duration(4*factor)*max(a, 200*time.Microsecond)
			}
			if slow {
				t.Errorf("%q%q...: %v for %d KB, %v for %d KB", lead, piece, a, small>>10, b, factor*small>>10)
			}
		}
	}
}
