package parser

import (
	"fmt"
	"strings"
	"testing"
)

// TestQueriesRefused holds the grammar to its strictness: each text is wrong at the column and token given, and the
// first error is reported there.
func TestQueriesRefused(t *testing.T) {
	for _, c := range []struct{ src, want string }{
		{"select from t", "8 from"},
		{"select a b c from t", "12 c"},
		{"select a a a from t", "12 a"},
		{"select a from", "14 end"},
		{"select a from t where", "22 end"},
		{"select (a from t", "11 from"},
		{"select a, from t", "11 from"},
		{"select a,, b from t", "10 ,"},
		{"select a from t group by", "25 end"},
		{"select a from t group by rollup(a", "34 end"},
		{"select a from t order by", "25 end"},
		{"select a from t order by a desc asc", "33 asc"},
		{"select a = b = c from t", "14 ="},
		{"select a from t where a in", "27 end"},
		{"select a from t where a in ()", "29 )"},
		{"select a from t where a between 1", "34 end"},
		{"select a from t where a between 1 or 2", "35 or"},
		{"select a from t where a like", "29 end"},
		{"select a from t where a not 1", "25 not"},
		{"select a from t where a is", "27 end"},
		{"select a from t where a is not 1", "32 1"},
		{"select a from t where a = 1 and", "32 end"},
		{"select a from t where or a = 1", "23 or"},
		{"select a from t where (a, b = 1", "32 end"},
		{"select a from t where a = 1)", "28 )"},
		{"select a + from t", "12 from"},
		{"select a + not b from t", "12 not"},
		{"select count(* from t", "16 from"},
		{"select f(a => ) from t", "15 )"},
		{"select f(a,) from t", "12 )"},
		{"select f(a b) from t", "12 b"},
		{"select case a end from t", "15 end"},
		{"select case when a then b from t", "27 from"},
		{"select case when a b end from t", "20 b"},
		{"select cast(a) from t", "14 )"},
		{"select cast(a as) from t", "17 )"},
		{"select trim(leading 'x' a) from t", "25 a"},
		{"select nvl(a as b) from t", "14 as"},
		{"select interval '1' from t", "21 from"},
		{"select interval '1' day to from t", "28 from"},
		{"select a at time from t", "13 time"},
		{"select sum(a) over (partition b) from t", "31 b"},
		{"select sum(a) over (order by b rows 1) from t", "38 )"},
		{"select sum(a) over (order by b rows between 1 preceding) from t", "56 )"},
		{"select max(a) keep (first order by b) from t", "21 first"},
		{"select listagg(a, ',' on overflow) within group (order by b) from t", "34 )"},
		{"select json_value(a '$.x') from t", "21 '$.x'"},
		{"select json_value(a, '$.x' null on) from t", "35 )"},
		{"select json_query(a, '$' with wrap) from t", "31 wrap"},
		{"select json_transform(a, drop '$.x') from t", "26 drop"},
		{"select * from json_table(a, '$' columns ()) x", "42 )"},
		{"select * from json_table(a, '$') x", "32 )"},
		{"select xmlelement() from t", "19 )"},
		{"select xmlparse(a) from t", "17 a"},
		{"select xmlroot(a) from t", "17 )"},
		{"select * from xmltable('/a' passing) x", "36 )"},
		{"select a from t1 join t2", "25 end"},
		{"select a from t1 join t2 on", "28 end"},
		{"select a from t cross join", "27 end"},
		{"select a from t natural join b on a = b", "32 on"},
		{"select a from t left b on x = y", "22 b"},
		{"select a from t join u using a", "30 a"},
		{"select a from (t, u)", "17 ,"},
		{"select a from t as of 5", "23 5"},
		{"select a from t versions between 1 and 2", "34 1"},
		{"select a from t sample 5", "24 5"},
		{"select a from t pivot (sum(a) for b)", "36 )"},
		{"select a from t pivot (sum(a) for b in ())", "41 )"},
		{"select a from t pivot (a for b in (1))", "24 a"},
		{"select a from t pivot (sum(a) for b in (any))", "41 any"},
		{"insert into (t) values (1)", "13 ("},
		{"select a from t unpivot (x for y in ())", "38 )"},
		{"select a from t model dimension by (x)", "39 end"},
		{"select a from t model dimension by (x) measures (y) (y = 1)", "56 ="},
		{"select a from t match_recognize (pattern () define a as 1 = 1)", "43 )"},
		{"select a from t match_recognize (pattern (a |) define a as 1 = 1)", "46 )"},
		{"select a from t start with a = 1", "33 end"},
		{"select a from t connect by a = 1 connect by b = 1", "34 connect"},
		{"select a from t where a = 1 where b = 2", "29 where"},
		{"select a from t group by a group by b", "28 group"},
		{"select a from t fetch first 3 rows", "35 end"},
		{"select a from t offset 3", "25 end"},
		{"select a from t for update skip", "28 skip"},
		{"select a from t union", "22 end"},
		{"select a from t union all order by 1", "27 order"},
		{"select default from t", "8 default"},
		{"select a from t where default = a", "23 default"},
		{"select a from t for update of nowait", "31 nowait"},
		{"select a into b from t", "10 into"},
		{"with a as select 1 from dual select * from a", "11 select"},
		{"with a (select 1 from dual) select * from a", "9 select"},
		{"with a as (select 1 from dual)", "31 end"},
		{"insert into t values 1, 2)", "23 ,"},
		{"insert into t (a, b values (1, 2)", "21 values"},
		{"insert into t", "14 end"},
		{"insert t values (1)", "8 t"},
		{"insert all into t values (1)", "29 end"},
		{"insert first when a > 1 into t select 1 from dual", "25 into"},
		{"update t set where a = 1", "14 where"},
		{"update t a = 1", "12 ="},
		{"update t set a = 1, where b = 2", "21 where"},
		{"update t set a 1", "16 1"},
		{"update t set a = 1 returning a", "31 end"},
		{"delete from where a = 1", "13 where"},
		{"delete from t where", "20 end"},
		{"merge into t using u on a = b", "30 end"},
		{"merge into t using u when matched then update set a = 1", "22 when"},
		{"merge into t using u on (a = b) when matched then insert values (1)", "51 insert"},
		{"merge into t using u on (a = b) when matched then update set a = 1 when matched then update set a = 1", "73 matched"},
		{"delete t log errors reject limit", "33 end"},
		{"begin x := t(1 => ); end;", "19 )"},
		{"begin x := a(1; end;", "15 ;"},
		{"begin x := c%found%; end;", "19 %"},
		{"begin x := a b; end;", "14 b"},
		{"begin select a into from t; end;", "21 from"},
	} {
		f := Parse("bad.sql", []byte(c.src), Options{})
		if len(f.Errors) == 0 {
			t.Errorf("%s: read without error, want one at %s", c.src, c.want)
			continue
		}
		e := f.Errors[0]
		at := "end"
		if int(e.Off) < len(c.src) {
			at = strings.ToLower(f.Text(e.Tok))
		}
		if got := fmt.Sprintf("%d %s", e.Off+1, at); got != c.want {
			t.Errorf("%s: error at %s (%s, expected %v), want %s", c.src, got, e.Msg, e.Expected, c.want)
		}
	}
}
