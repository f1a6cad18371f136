package main

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// What Oracle would not make of the input for the shape of what it stands on is counted apart, and its neighbour that it
// would make is not.
func TestShapesThatOracleRefuses(t *testing.T) {
	dir := t.TempDir()
	text := `
create json collection table docs (n number generated always as (json_value(data, '$.n')) materialized);
create index docs_n on docs (upper(n));
create index docs_city on docs (upper(city));
create table pair (a, b) as select 1 from dual;
create table two (a, b) as select 1, 2 from dual;
create table emp as select * from hr.emp;
create table plain (a number, at time with time zone);
create table rel (a number);
create index rel_rows on rel r (extractvalue(value(r), '/a'));
create type mood as enum ('sad', 'ok');
create table person (m mood);
create type kid under parent_t (a number);
/
create table kids of kid;
create type body nowhere as member function f return number is begin return 1; end; end;
/
create table ghosts of nowhere;
create table priced (amount number, code char(3), domain currency(amount, code));
create table years as select * from (select a, missing from rel) pivot (sum(a) for missing in (1, 2));
`
	if err := os.WriteFile(filepath.Join(dir, "all.sql"), []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	in, err := readInput(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	for _, it := range in.Items {
		if it.Kind == "table" || it.Kind == "index" {
			got[it.Name] = it.Lacks
		}
	}
	want := map[string]string{
		"DOCS": "", "DOCS_N": "", "DOCS_CITY": "column DOCS.CITY", "PAIR": "as many columns in its query", "TWO": "", "EMP": "relation EMP", "PLAIN": "type TIME",
		"REL": "", "REL_ROWS": "rows of objects in REL", "PERSON": "type MOOD", "KIDS": "type PARENT_T", "GHOSTS": "type NOWHERE",
		"PRICED": "type CURRENCY", "YEARS": "column REL.MISSING",
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}
