package workload

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"landfall/internal/oracle/bundle"
)

func writeBundle(t *testing.T) string {
	t.Helper()
	sql, binds := bundle.NewTable("sql"), bundle.NewTable("sql_binds")
	sql.Add("inst_id", "1", "sql_id", "aaaaaaaaaaaa1", "parsing_schema_name", "INS_CORE", "module", "policy", "program_id", "0", "executions", "120", "elapsed_time", "2500000", "rows_processed", "120", "sql_text", "SELECT status FROM policy WHERE policy_no = :1")
	sql.Add("inst_id", "2", "sql_id", "aaaaaaaaaaaa1", "parsing_schema_name", "INS_CORE", "module", "policy", "program_id", "0", "executions", "30", "elapsed_time", "500000", "rows_processed", "30", "sql_text", "SELECT status FROM policy WHERE policy_no = :1")
	sql.Add("inst_id", "1", "sql_id", "aaaaaaaaaaaa2", "parsing_schema_name", "SYS", "executions", "9", "elapsed_time", "1", "sql_text", "select 1 from sys.obj$")
	sql.Add("inst_id", "1", "sql_id", "aaaaaaaaaaaa3", "parsing_schema_name", "INS_CORE", "program_id", "4711", "executions", "5", "elapsed_time", "1", "sql_text", "UPDATE POLICY SET STATUS = :B1 ")
	for i, v := range []string{"P1", "P2", "P1"} {
		binds.Add("inst_id", "1", "sql_id", "aaaaaaaaaaaa1", "child_number", fmt.Sprint(i), "position", "1", "name", ":1", "datatype_string", "VARCHAR2(32)", "was_captured", "YES", "value_string", v)
	}
	text, stat := bundle.NewTable("awr_sql"), bundle.NewTable("awr_sqlstat")
	text.Add("dbid", "1", "sql_id", "aaaaaaaaaaaa1", "sql_text", "SELECT status FROM policy WHERE policy_no = :1")
	text.Add("dbid", "1", "sql_id", "aaaaaaaaaaaa9", "sql_text", "DELETE FROM policy_log")
	stat.Add("dbid", "1", "instance_number", "1", "sql_id", "aaaaaaaaaaaa1", "parsing_schema_name", "INS_CORE", "module", "policy", "executions", "9000", "elapsed_time", "80000000", "rows_processed", "9000")
	stat.Add("dbid", "1", "instance_number", "1", "sql_id", "aaaaaaaaaaaa8", "parsing_schema_name", "INS_CORE", "module", "gone", "executions", "1", "elapsed_time", "1", "rows_processed", "1")
	audit := bundle.NewTable("audit_unified")
	audit.Add("event_timestamp", "2026-03-02T10:15:00", "dbusername", "INS_APP", "return_code", "0", "sessionid", "1", "entry_id", "1", "statement_id", "1", "sql_binds", " #1(2):42", "sql_text", "SELECT 1 FROM t WHERE a = :x")
	audit.Add("event_timestamp", "2026-03-02T10:15:01", "dbusername", "INS_APP", "return_code", "1017", "sessionid", "2", "entry_id", "1", "statement_id", "1", "sql_text", "ALTER SESSION SET x = 1")
	name := filepath.Join(t.TempDir(), "db.zip")
	f, err := os.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	err = bundle.Write(f, &bundle.Content{
		Manifest: bundle.Manifest{Origin: bundle.FromSpool, Database: bundle.Database{Name: "INSDB", DBID: "1", Version: "19.21.0.0.0"}},
		Tables:   []*bundle.Table{sql, binds, text, stat, audit},
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	return name
}

// TestBundle reads the extracts of a bundle: instances and repositories of the same statement make one group whose figures
// are those of the source that saw most.
func TestBundle(t *testing.T) {
	name := writeBundle(t)
	g := NewGrouper()
	var problems []string
	kind, err := ReadFile(context.Background(), File{Path: name, Name: "db.zip"}, Options{}, Sink{
		Statement: func(s Statement) error { g.Add(s); return nil },
		Problem:   func(p Problem) { problems = append(problems, string(p.Kind)+": "+p.Reason) },
	})
	if err != nil || kind != KindBundle {
		t.Fatal(kind, err)
	}
	var got []string
	for _, x := range g.Groups() {
		got = append(got, fmt.Sprintf("%s %s n=%d exec=%d elapsed=%s binds=%v", x.Schema, x.Text, x.Statements, x.Executions, x.Elapsed, x.Binds))
	}
	want := []string{
		"INS_CORE SELECT status FROM policy WHERE policy_no = :1 n=3 exec=9000 elapsed=1m20s binds=[{1 VARCHAR2(32) false [P1 P2] []}]",
		"INS_CORE UPDATE POLICY SET STATUS = :B1 n=1 exec=5 elapsed=1µs binds=[]",
		" DELETE FROM policy_log n=1 exec=0 elapsed=0s binds=[]",
		"INS_APP SELECT 1 FROM t WHERE a = :x n=1 exec=1 elapsed=0s binds=[{X  false [42] []}]",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	wantProblems := []string{
		"malformed: 1 statements have figures and no text",
		"assumed: 0 rows have no text, 1 are of statements that Oracle refused; they do not count",
		"assumed: 1 statements of Oracle's own schemas are left out",
	}
	if diff := cmp.Diff(wantProblems, problems); diff != "" {
		t.Error(diff)
	}
}

// TestBrokenBundle tells what is wrong instead of reading on.
func TestBrokenBundle(t *testing.T) {
	name := writeBundle(t)
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, data[:len(data)/2], 0o644); err != nil {
		t.Fatal(err)
	}
	var problems []Problem
	_, err = ReadFile(context.Background(), File{Path: name, Name: "db.zip"}, Options{}, Sink{
		Statement: func(Statement) error { t.Error("a statement came out"); return nil }, Problem: func(p Problem) { problems = append(problems, p) },
	})
	if err != nil || len(problems) != 1 || problems[0].Kind != Unreadable || !strings.Contains(problems[0].Reason, "cut off") {
		t.Errorf("%v %+v", err, problems)
	}
}

// TestGrouperFolds holds that groups fold what differs in constants, that a cut text finds its whole, and that a group without a
// schema joins the one that has one.
func TestGrouperFolds(t *testing.T) {
	g := NewGrouper()
	g.Add(Statement{Text: "SELECT a FROM t WHERE b IN (1, 2, 3)", Schema: "S", Kind: KindTable, Executions: 2})
	g.Add(Statement{Text: "select A from T where B in (:x)", Schema: "S", Kind: KindTable, Executions: 3})
	g.Add(Statement{Text: "SELECT a FROM t WHERE b IN (?)", Kind: KindSource})
	g.Add(Statement{Text: "SELECT a FROM t WHERE b IN (", SQLID: "x1", Cut: true, Kind: KindAWR, Executions: 70})
	g.Add(Statement{Text: "SELECT a FROM t WHERE b IN (9)", Schema: "S", SQLID: "x1", Kind: KindTable})
	g.Add(Statement{Text: "SELECT a FROM t WHERE", SQLID: "x2", Cut: true, Kind: KindAWR})
	list := g.Groups()
	if len(list) != 2 || list[0].Statements != 5 || list[0].Executions != 70 || list[1].Parsed {
		for _, x := range list {
			t.Errorf("%+v", *x)
		}
	}
}
