package gen_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"landfall/internal/postgres/scratch/pgtest"
)

// TestExternalTableReads reads a file through the foreign table that stands for an external table.
func TestExternalTableReads(t *testing.T) {
	dir := t.TempDir()
	for _, d := range []string{dir, filepath.Dir(dir)} { // the server may run as another user
		if err := os.Chmod(d, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(filepath.Join(dir, "rates.csv"), []byte("code;name;since\n1;\"a;b\";2024-02-29\n2;;\n3;\"\";2024-03-01\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "l1.txt"), []byte("say \"x\"|1.50\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "l2.txt"), []byte("back\\n|\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	sql, _, _ := converted(t, `
CREATE TABLE rates_in (code INTEGER, name VARCHAR2(20), since DATE)
  ORGANIZATION EXTERNAL (TYPE ORACLE_LOADER DEFAULT DIRECTORY inbox
    ACCESS PARAMETERS (RECORDS DELIMITED BY NEWLINE SKIP 1
      FIELDS TERMINATED BY ';' OPTIONALLY ENCLOSED BY '"' (code, name CHAR(20), since DATE "YYYY-MM-DD"))
    LOCATION ('rates.csv'));
CREATE TABLE lines_in (line VARCHAR2(200), n NUMBER)
  ORGANIZATION EXTERNAL (TYPE ORACLE_LOADER DEFAULT DIRECTORY inbox
    ACCESS PARAMETERS (RECORDS DELIMITED BY NEWLINE FIELDS TERMINATED BY '|') LOCATION ('l1.txt', 'l2.txt'));
`)
	conn := pgtest.Open(t)
	sql = "CREATE EXTENSION file_fdw;\n" + strings.ReplaceAll(sql, "/INBOX", dir)
	if _, err := conn.Exec(t.Context(), sql); err != nil {
		t.Fatal(err)
	}
	var got string
	err := conn.QueryRow(t.Context(), `SELECT (SELECT string_agg(concat_ws(',', code, coalesce(name, '-'), coalesce(since::date::text, '-')), ' ' ORDER BY code) FROM rates_in) || ' / ' ||
		(SELECT string_agg(line || coalesce('=' || n, ''), ' ') FROM lines_in)`).Scan(&got)
	if want := `1,a;b,2024-02-29 2,-,- 3,-,2024-03-01 / say "x"=1.50 back\n`; err != nil || got != want {
		t.Errorf("%v\n got %s\nwant %s", err, got, want)
	}
}
