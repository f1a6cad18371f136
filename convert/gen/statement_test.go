package gen_test

import (
	"fmt"
	"strings"
	"testing"

	"landfall/convert/gen"
	"landfall/convert/rules"
	"landfall/internal/oracle/scripts"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/parser"
)

// TestConvertStatement converts what programs send: host variables become parameters, calls stay calls.
func TestConvertStatement(t *testing.T) {
	schema := parser.Parse("schema.sql", []byte("CREATE TABLE t (id NUMBER(9), d DATE, c VARCHAR2(10));\nCREATE PROCEDURE p (x NUMBER) IS BEGIN NULL; END;\n/\nCREATE FUNCTION f (x NUMBER) RETURN NUMBER IS BEGIN RETURN x; END;\n/\n"), parser.Options{})
	estate := gen.NewEstate(scripts.FromFiles([]*ast.File{schema}, scripts.Options{}), rules.PostgreSQL(), gen.Policy{})
	for _, c := range []struct{ in, want string }{
		{"SELECT NVL(c, :x) FROM t WHERE id = :id", "SELECT coalesce(c, $1) FROM t WHERE id = $2 [:x :id]"},
		{"SELECT c FROM t WHERE id = ? AND c = ?", "SELECT c FROM t WHERE id = $1 AND c = $2 [? ?]"},
		{"SELECT c FROM t WHERE id = :id OR id = :id + 1", "SELECT c FROM t WHERE id = $1 OR id = CAST($1 AS numeric) + 1 [:id]"},
		{"/* mapper */ SELECT SYSDATE FROM dual", "/* mapper */\nSELECT landfall.sysdate() []"},
		{"BEGIN p(:x); END;", "CALL p($1) [:x]"},
		{"{call p(?)}", "CALL p($1) [?]"},
		{"{? = call f(?)}", "SELECT f($1) [?]"},
		{"BEGIN :r := f(:x); END;", "SELECT f($1) [:x]"},
		{"BEGIN p(1); p(:x); END;", "refused CV1015"},
		{"COMMIT", "COMMIT []"},
		{"ROLLBACK TO SAVEPOINT a", "ROLLBACK TO SAVEPOINT a []"},
		{"LOCK TABLE t IN EXCLUSIVE MODE NOWAIT", "LOCK TABLE t IN EXCLUSIVE MODE NOWAIT []"},
		{"UPDATE t SET c = :c WHERE id = :id RETURNING d INTO :d", "UPDATE t SET c = $1 WHERE id = $2 RETURNING d [:c :id]"},
	} {
		f := parser.Parse("w", []byte(c.in), parser.Options{})
		if len(f.Errors) > 0 || len(f.Stmts) != 1 {
			t.Errorf("%s: %d statements, %v", c.in, len(f.Stmts), f.Errors)
			continue
		}
		r := estate.ConvertStatement(&scripts.Unit{Source: &scripts.Source{Name: "w", Parsed: f}, Stmt: f.Stmts[0], Pos: f.Pos(f.Stmts[0]), Lines: 1})
		var names []string
		for _, p := range r.Params {
			names = append(names, p.Name)
		}
		got := fmt.Sprintf("%s [%s]", r.Text, strings.Join(names, " "))
		if r.Ledger[0].Class == gen.Refused {
			got = "refused " + r.Ledger[0].Code
		}
		if got != c.want {
			t.Errorf("%s\n got %s\nwant %s", c.in, got, c.want)
		}
	}
}
