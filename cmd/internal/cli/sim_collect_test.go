package cli

import (
	"context"
	stdio "io"
	"os"
	"path"
	"strings"
	"testing"

	"landfall/internal/oracle/bundle/sqlplus"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/parser"
	"landfall/internal/orasim/engine"
	"landfall/internal/orasim/session"
)

// collectVariables are what the scripts of a collection have set by the time their statements run.
var collectVariables = strings.NewReplacer(
	"&lf_ver", "1900", "&lf_limit", "240", "&lf_con", "SIM", "&lf_state", "todo", "&lf_pack", "none", "&lf_diagnostics", "Y", "&lf_statspack", "Y", "&lf_audit", "Y",
	"&lf_deadline", "20991231235959", "&lf_x", "tables", "&1", "1", "&2", "100",
)

// collectStatement is one statement of the collection scripts.
type collectStatement struct {
	file string
	sql  string
	kind string // query, block, session
}

// collectStatements are all statements of the scripts: queries, blocks, the queries that blocks hand to DBMS_SQL, and what
// EXECUTE runs.
func collectStatements(t *testing.T, opt sqlplus.Options) []collectStatement {
	t.Helper()
	var list []collectStatement
	for _, f := range sqlplus.Scripts(opt) {
		if path.Ext(f.Name) != ".sql" || f.Name == "grants.sql" {
			continue
		}
		text := collectVariables.Replace(f.Text)
		parsed := parser.Parse(f.Name, []byte(text), parser.Options{})
		for _, s := range parsed.Stmts {
			sql := parsed.Source(s)
			switch s.(type) {
			case *ast.SelectStmt:
				list = append(list, collectStatement{f.Name, sql, "query"})
			case *ast.Block:
				list = append(list, collectStatement{f.Name, sql + ";", "block"})
				if _, rest, ok := strings.Cut(sql, "q'~"); ok {
					query, _, _ := strings.Cut(rest, "~'")
					list = append(list, collectStatement{f.Name, query, "query"})
				}
			case *ast.PlusCommand:
				if rest, ok := strings.CutPrefix(sql, "EXECUTE "); ok {
					list = append(list, collectStatement{f.Name, "BEGIN " + strings.TrimSuffix(strings.TrimSpace(rest), ";") + "; END;", "block"})
				}
			case *ast.EmptyStmt:
			default:
				list = append(list, collectStatement{f.Name, sql, "session"})
			}
		}
	}
	return list
}

// runCollectStatement executes a statement and reads all of its rows.
func runCollectStatement(s session.Session, sql string) (rows int, err error) {
	ctx := context.Background()
	st, err := s.Parse(ctx, sql)
	if err != nil {
		return 0, err
	}
	defer st.Close()
	call := &session.Call{Rows: [][][]byte{nil}}
	for range bindNames(sql) {
		call.Binds = append(call.Binds, session.Bind{Type: session.Varchar2, Size: 4000})
		call.Rows[0] = append(call.Rows[0], []byte("1"))
	}
	r, err := st.Execute(ctx, call)
	if err != nil || r.Rows == nil {
		return 0, err
	}
	defer r.Rows.Close()
	row := make([][]byte, len(r.Columns))
	for ; ; rows++ {
		if err := r.Rows.Next(ctx, row); err == stdio.EOF {
			return rows, nil
		} else if err != nil {
			return rows, err
		}
	}
}

// bindNames are the binds of a statement, each once.
func bindNames(sql string) []string {
	var names []string
	for _, n := range []string{":lf_end", ":lf_rows", ":lf_good", ":lf_ver"} {
		if strings.Contains(sql, n) {
			names = append(names, n)
		}
	}
	return names
}

// TestCollectStatements runs every statement of the collection scripts, those of all versions, DBA_ and ALL_, against a simulated
// database of the sample. What does not run must stand in docs/sim-sql.md, with its reason, and nothing else may.
func TestCollectStatements(t *testing.T) {
	db := engine.New(session.Info{Name: "SIM", Service: "SIM", Instance: "SIM", Version: session.Version{19, 3, 0, 0, 0}, Charset: 873, NCharset: 2000}, nil)
	if _, err := db.LoadScripts(context.Background(), "../../../testdata/insurance/schema", "INS_CORE"); err != nil {
		t.Fatal(err)
	}
	db.AddUser("LANDFALL", "x")
	s, err := db.Login(context.Background(), session.Login{User: "LANDFALL"})
	if err != nil {
		t.Fatal(err)
	}
	listed := notCollected(t)
	seen := map[string]bool{}
	total, failed := 0, 0
	rows := map[string]int{}
	for _, opt := range []sqlplus.Options{{Diagnostics: sqlplus.Yes, Statspack: sqlplus.Yes, Audit: sqlplus.Yes}, {Schemas: []string{"INS_CORE", "INS_CLAIM"}, Days: 7}} {
		for _, st := range collectStatements(t, opt) {
			total++
			n, err := runCollectStatement(s, st.sql)
			extract, rest, _ := strings.Cut(strings.TrimPrefix(st.file, "x/"), ".")
			if strings.Contains(rest, ".") { // not the choice of the variant
				rows[extract] = max(rows[extract], n)
			}
			if err == nil {
				continue
			}
			failed++
			key := extract + " " + st.kind
			seen[key] = true
			if !listed[key] {
				t.Errorf("%s: %s: %.300s", st.file, st.kind, strings.Join(strings.Fields(err.Error()), " "))
			}
		}
	}
	for key := range listed {
		if !seen[key] {
			t.Errorf("docs/sim-sql.md says that %s does not run, but it does", key)
		}
	}
	t.Logf("%d statements, %d do not run", total, failed)
	// what runs must give something where the sample has something
	for _, extract := range []string{
		"session", "database", "versions", "parameters", "nls", "options", "tablespaces", "data_files", "segments", "objects", "tables", "columns", "column_defaults", "identity_columns", "table_comments", "column_comments",
		"constraints", "check_conditions", "constraint_columns", "indexes", "index_columns", "index_expressions", "partitioned_tables", "partition_keys", "subpartition_keys", "partitions", "lobs", "lob_partitions", "external_tables", "xml_columns",
		"object_tables", "views", "mviews", "mview_logs", "sequences", "synonyms", "types", "source", "triggers", "procedures", "dependencies", "jobs", "scheduler_jobs", "scheduler_programs", "scheduler_schedules", "users", "roles",
		"profiles", "system_privileges", "role_privileges", "table_privileges", "db_links", "directories", "policies", "contexts", "sql", "sessions", "services",
	} {
		if rows[extract] < 2 { // a row, and the one that ends the spool
			t.Errorf("%s: %d rows", extract, rows[extract])
		}
	}
}

// notCollected reads the table of docs/sim-sql.md: extract and kind of the statements that do not run.
func notCollected(t *testing.T) map[string]bool {
	t.Helper()
	text, err := os.ReadFile("../../../docs/sim-sql.md")
	if err != nil {
		t.Fatal(err)
	}
	_, section, ok := strings.Cut(string(text), "### Statements of collections that do not run")
	if !ok {
		t.Fatal("docs/sim-sql.md has no section of statements that do not run")
	}
	section, _, _ = strings.Cut(section, "\n#")
	list := map[string]bool{}
	for _, line := range strings.Split(section, "\n") {
		fields := strings.Split(line, "|")
		if len(fields) < 4 || !strings.Contains(fields[1], "`") {
			continue
		}
		for _, name := range strings.Split(fields[1], ",") {
			for _, kind := range strings.Split(fields[2], ",") {
				list[strings.Trim(name, " `")+" "+strings.TrimSpace(kind)] = true
			}
		}
	}
	return list
}
