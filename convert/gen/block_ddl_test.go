package gen_test

import (
	"strings"
	"testing"

	"landfall/internal/oracle/scripts"
)

// TestBlockDDL holds that a block which changes a table is not taken for the one that creates it, in whatever file it stands, and that of
// two which create it the first one counts: the second CREATE fails in Oracle.
func TestBlockDDL(t *testing.T) {
	results := convertFiles(t, map[string]string{
		"a_keys.sql": `
BEGIN
  EXECUTE IMMEDIATE 'ALTER TABLE visit_ea ADD CONSTRAINT visit_ea_c CHECK (n > 0)';
EXCEPTION WHEN OTHERS THEN NULL;
END;
/
`,
		"b_tables.sql": `
BEGIN
  EXECUTE IMMEDIATE 'CREATE TABLE visit_ea (n NUMBER(4))';
EXCEPTION WHEN OTHERS THEN NULL;
END;
/
BEGIN
  EXECUTE IMMEDIATE 'CREATE TABLE visit_ea (n NUMBER(4), ' || 'm VARCHAR2(4))';
EXCEPTION WHEN OTHERS THEN NULL;
END;
/
BEGIN
  EXECUTE IMMEDIATE 'ALTER TABLE visit_ea ADD (k DATE)';
EXCEPTION WHEN OTHERS THEN NULL;
END;
/
`,
	}, scripts.Options{KeepDropped: true})
	var sql, ledger strings.Builder
	for _, r := range results {
		for _, o := range r.Outputs {
			sql.WriteString(o.SQL)
		}
		for _, l := range r.Ledger {
			ledger.WriteString(string(l.Class) + " " + l.What + "\n")
		}
	}
	for _, want := range []string{"CREATE TABLE visit_ea (", "CHECK (n > 0)", "ADD COLUMN k timestamp(0)"} {
		if strings.Count(sql.String(), want) != 1 {
			t.Errorf("not one %q in\n%s\n%s", want, sql.String(), ledger.String())
		}
	}
	if !strings.Contains(ledger.String(), "replaced by b_tables.sql") {
		t.Errorf("the ledger does not tell of the table that is replaced:\n%s", ledger.String())
	}
}
