package quote

import (
	"os"
	"strings"
	"testing"

	"github.com/pingcap/tidb/pkg/parser"
	_ "github.com/pingcap/tidb/pkg/parser/test_driver"
)

// TestIdent writes every word of Oracle's and of TiDB's language as a name and has TiDB's parser read it at the places where
// names stand: nothing but what Reserved knows may be a word of the grammar there.
func TestIdent(t *testing.T) {
	data, err := os.ReadFile("../../oracle/syntax/token/keywords.txt")
	if err != nil {
		t.Fatal(err)
	}
	words := map[string]bool{}
	for line := range strings.Lines(string(data)) {
		if f := strings.Fields(line); len(f) > 0 && !strings.HasPrefix(f[0], "#") {
			words[strings.ToLower(f[0])] = true
		}
	}
	for _, k := range parser.Keywords {
		words[strings.ToLower(k.Word)] = true
	}
	if len(words) < 1500 {
		t.Fatalf("only %d words", len(words))
	}
	p := parser.New()
	for w := range words {
		n := Ident(w)
		for _, sql := range []string{
			"SELECT " + n + ", x AS " + n + " FROM t AS " + n + " WHERE " + n + " = 1 AND t." + n + " > " + n + " ORDER BY " + n,
			"SELECT " + n + ".x, (" + n + ") FROM " + n + " GROUP BY " + n, "SELECT " + n + " AS a", "INSERT INTO " + n + " (" + n + ") VALUES (1)", "UPDATE " + n + " SET " + n + " = " + n + " + 1",
			"CREATE TABLE " + n + " (" + n + " INT, CONSTRAINT " + n + " CHECK (" + n + " > 1), KEY " + n + " (" + n + "))", "CREATE TABLE a." + n + " (b INT DEFAULT 1)",
			"ALTER TABLE " + n + " ADD COLUMN " + n + " INT", "CREATE INDEX " + n + " ON " + n + " (" + n + ")", "CREATE SEQUENCE " + n, "SAVEPOINT " + n,
			"CREATE OR REPLACE VIEW " + n + " (" + n + ") AS\nSELECT 1", "WITH " + n + " AS (SELECT 1) SELECT * FROM " + n, "DELETE FROM " + n + " WHERE " + n + " IS NULL",
		} {
			if _, _, err := p.ParseSQL(sql); err != nil {
				t.Errorf("%s: %s", w, sql)
				break
			}
		}
	}
}
