package cli

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"landfall/internal/postgres/scratch/pgtest"
)

// charsetSchema is a schema whose rows have text, and bytes that are none, which the hex of bad stands for.
func charsetSchema(name, text, bad string) string {
	return fmt.Sprintf(`CREATE TABLE erp.%[1]s (
  编号 NUMBER(9) CONSTRAINT pk_t PRIMARY KEY,
  名称 VARCHAR2(40),
  定长 CHAR(6),
  国家 NVARCHAR2(20),
  备注 CLOB,
  v_hex VARCHAR2(20),
  v_null VARCHAR2(20),
  v_stop VARCHAR2(20)
);
INSERT INTO erp.%[1]s VALUES (1, '%[2]s', 'x', N'%[2]s', '%[2]s', 'a', 'a', 'a');
INSERT INTO erp.%[1]s VALUES (2, 'a' || CHR(0) || 'b', NULL, UNISTR('\4f60\d83d\de00'), EMPTY_CLOB(), 'a', 'a', 'a');
INSERT INTO erp.%[1]s VALUES (3, UTL_RAW.CAST_TO_VARCHAR2(HEXTORAW('61%[3]s62')), 'x', NULL, NULL, UTL_RAW.CAST_TO_VARCHAR2(HEXTORAW('61%[3]s62')),
  UTL_RAW.CAST_TO_VARCHAR2(HEXTORAW('%[3]s')), 'a');
INSERT INTO erp.%[1]s VALUES (4, 'x', 'x', NULL, NULL, 'a', 'a', UTL_RAW.CAST_TO_VARCHAR2(HEXTORAW('61%[3]s62')));
INSERT INTO erp.%[1]s VALUES (5, 'last', 'x', NULL, TO_CLOB(RPAD('x', 4000, 'x')) || RPAD('x', 4000, 'x') || TO_CLOB(RPAD('x', 4000, 'x')) || '%[2]s', 'a', 'a', 'a');
COMMIT;
`, name, text, bad)
}

// TestLoadCharsets takes databases of other character sets the whole way: served, assessed, collected, planned, loaded with a
// policy a column, verified.
func TestLoadCharsets(t *testing.T) {
	for _, c := range []struct{ set, table, text, bad, hex, kept string }{
		{"ZHS16GBK", "客户", "张三 €", "FF", `a\xFFb`, "a\uFFFDb"},
		{"ZHS32GB18030", "客户", "张三 é😀", "FF", `a\xFFb`, "a\uFFFDb"},
		{"UTF8", "客户", "张三 é😀", "EDA0BD", `a\xED\xA0\xBDb`, "a\uFFFDb"},
		{"AL32UTF8", "客户", "张三 é😀", "", "", ""}, // the engine holds no faulty UTF-8
		{"US7ASCII", "customer", "plain", "C4E3", `a\xC4\xE3b`, "a\uFFFDb"},
		{"WE8ISO8859P1", "customer", "déjà ÿ", "", "", ""}, // every byte is a character
		{"WE8MSWIN1252", "customer", "déjà €", "81", `a\x81b`, "a\uFFFDb"},
	} {
		t.Run(c.set, func(t *testing.T) {
			pg := pgtest.Open(t)
			dir := t.TempDir()
			ddl, converted := filepath.Join(dir, "ddl"), filepath.Join(dir, "postgresql")
			bad := c.bad
			if bad == "" {
				bad = "62"
			}
			script := charsetSchema(c.table, c.text, bad)
			if c.table == "customer" { // these sets have no names in Chinese
				script = strings.NewReplacer("编号", "id", "名称", "name", "定长", "fixed", "国家", "nation", "备注", "note").Replace(script)
			}
			settings := "load:\n  on-fault: {nul-byte: strip, bad-utf8: replace}\n  tables:\n    ERP." + strings.ToUpper(c.table) + ":\n      on-fault:\n" +
				"        V_HEX: {bad-utf8: hex}\n        V_NULL: {bad-utf8: 'null'}\n        V_STOP: {bad-utf8: stop}\n"
			for name, text := range map[string]string{filepath.Join(ddl, "t.sql"): script, filepath.Join(dir, "landfall.yaml"): settings} {
				if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			s := startSim(t, "--schema", ddl, "--user", "ERP", "--charset", c.set)
			if len(s.ready.LeftOut) > 0 || s.ready.Charset != c.set {
				t.Fatalf("%+v", s.ready)
			}
			source := "oracle://ERP@" + s.ready.Address + "/" + s.ready.Service
			// the live dictionary gives the same names as the scripts
			for _, args := range [][]string{
				{"collect", "--source", source, "--out", filepath.Join(dir, "live.zip")},
				{"assess", "--source", source, "--format", "json", "--out", filepath.Join(dir, "assessment")},
			} {
				code, out, errs := command(t, args...)
				if code != ExitOK && code != ExitPartly {
					wants(t, ExitOK, code, out, errs)
				}
			}
			if b, err := os.ReadFile(filepath.Join(dir, "assessment", "report.json")); err != nil || !strings.Contains(string(b), strings.ToUpper(c.table)) {
				t.Errorf("%s is not in the inventory: %v", c.table, err)
			}
			if c.set == "ZHS16GBK" { // what was collected of it is served in its set again
				again := startSim(t, "--schema", "bundle:"+filepath.Join(dir, "live.zip"), "--data", "generate:50", "--user", "ERP")
				if again.ready.Charset != c.set || again.ready.Rows == 0 {
					t.Errorf("%+v", again.ready)
				}
				again.end(t)
			}
			code, out, errs := command(t, "convert", "--source", "bundle:"+filepath.Join(dir, "live.zip"), "--out", converted, "--quiet")
			if code != ExitOK && code != ExitPartly {
				wants(t, ExitOK, code, out, errs)
			}
			common := []string{"--source", source, "--target", pg.URL, "--project", dir}
			code, out, errs = command(t, append([]string{"load", "plan", "--schemas", "ERP", "--schema", converted}, common...)...)
			wants(t, ExitOK, code, out, errs)
			want := ExitPartly
			if c.bad == "" {
				want = ExitOK
			}
			code, out, errs = command(t, append([]string{"load", "run", "--max-rejects", "5", "--schema", converted}, common...)...)
			wants(t, want, code, out, errs)
			code, out, errs = command(t, append([]string{"load", "verify"}, common...)...)
			wants(t, ExitOK, code, out, errs)

			id, name := "编号", "名称"
			if c.table == "customer" {
				id, name = "id", "name"
			}
			one := func(sql string) (v string) {
				t.Helper()
				sql = strings.NewReplacer("$t", "erp."+c.table, "$id", id, "$name", name).Replace(sql)
				if err := pg.QueryRow(t.Context(), sql).Scan(&v); err != nil {
					t.Fatalf("%s: %v", sql, err)
				}
				return v
			}
			if got := one("SELECT $name FROM $t WHERE $id = 1"); got != c.text {
				t.Errorf("%q", got)
			}
			if got := one("SELECT $name FROM $t WHERE $id = 2"); got != "ab" {
				t.Errorf("%q", got)
			}
			if c.bad == "" {
				return
			}
			if got := one("SELECT $name || '|' || v_hex || '|' || coalesce(v_null, 'none') FROM $t WHERE $id = 3"); got != c.kept+"|"+c.hex+"|none" {
				t.Errorf("%q", got)
			}
			if got := one("SELECT count(*)::text || string_agg($id::text, '' ORDER BY $id) FROM $t"); got != "41235" {
				t.Errorf("%q", got)
			}
			if got := one("SELECT jsonb_agg((f->>'column') || (f->>'action') || (f->>'values'))::text FROM landfall.load_chunk, jsonb_array_elements(faults::jsonb) f"); !strings.Contains(got, `"V_NULLnull1"`) || !strings.Contains(got, `"V_HEXhex1"`) ||
				!strings.Contains(got, strings.ToUpper(name)+`replace1"`) || !strings.Contains(got, strings.ToUpper(name)+`strip1"`) {
				t.Errorf("what was changed is not counted: %s", got)
			}
			b, err := os.ReadFile(filepath.Join(dir, "rejects.jsonl"))
			if err != nil {
				t.Fatal(err)
			}
			var r struct{ Column, Hex, Code string }
			if err := json.Unmarshal(b, &r); err != nil || r.Column != "V_STOP" || !strings.EqualFold(r.Hex, "61"+c.bad+"62") {
				t.Errorf("%v: %s", err, b)
			}
		})
	}
}
