package cli

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"landfall/internal/postgres/scratch/pgtest"
)

// TestLoadNationalKeys loads from a database in ZHS16GBK what is cut by keys that its binds cannot say: national text of characters that GBK does
// not have, and text with bytes that are none. Every row is there once, and one that is refused is told with the bytes of its key.
func TestLoadNationalKeys(t *testing.T) {
	pg := pgtest.Open(t)
	dir := t.TempDir()
	var script strings.Builder
	script.WriteString("CREATE TABLE erp.索引 (国名 NVARCHAR2(20), 定长 NCHAR(4), 序 NUMBER(9), CONSTRAINT pk_i PRIMARY KEY (国名, 定长)) ORGANIZATION INDEX;\n" +
		"CREATE TABLE erp.bad (k VARCHAR2(20), 序 NUMBER(9), CONSTRAINT pk_b PRIMARY KEY (k)) ORGANIZATION INDEX;\n" +
		"CREATE TABLE erp.plain (n NVARCHAR2(20), 序 NUMBER(9));\n")
	const rows = 300
	for i := range rows {
		// low surrogates and Korean change places in the order when both become one mark
		n := fmt.Sprintf(`\d83d\de%02x\%04x`, i*37%256&0x3f, 0xac00+i*53%700)
		if i%3 == 0 {
			n = fmt.Sprintf(`\%04x\005c`, 0xac00+i)
		}
		fmt.Fprintf(&script, "INSERT INTO erp.索引 VALUES (UNISTR('%s'), UNISTR('\\%04x'), %d);\n", n, 0x4e00+i, i)
		key := fmt.Sprintf("C4E3%X", fmt.Sprintf("%03d", i)) // 你 and digits
		if i%30 == 0 {
			key = fmt.Sprintf("C4E3FF%X", fmt.Sprintf("%03d", i))
		}
		fmt.Fprintf(&script, "INSERT INTO erp.bad VALUES (UTL_RAW.CAST_TO_VARCHAR2(HEXTORAW('%s')), %d);\n", key, i)
	}
	script.WriteString("INSERT INTO erp.plain VALUES (UNISTR('\\d83d\\de00'), 1);\nINSERT INTO erp.plain VALUES ('x', 2);\nCOMMIT;\n")
	ddl, converted := filepath.Join(dir, "ddl"), filepath.Join(dir, "postgresql")
	write := func(name, text string) {
		t.Helper()
		if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write(filepath.Join(ddl, "t.sql"), script.String())
	s := startSim(t, "--schema", ddl, "--user", "ERP", "--charset", "ZHS16GBK")
	if len(s.ready.LeftOut) > 0 {
		t.Fatalf("%+v", s.ready)
	}
	code, out, errs := command(t, "convert", "--source", "files:"+ddl, "--out", converted, "--quiet")
	wants(t, ExitOK, code, out, errs)
	common := []string{"--source", "oracle://ERP@" + s.ready.Address + "/" + s.ready.Service, "--target", pg.URL, "--project", dir}
	plan := append([]string{"load", "plan", "--schema", converted}, common...)

	// a condition that would say something else in the database's character set, and one that says nothing there
	settings := "load:\n  schemas: [ERP]\n  chunk-rows: 20\n  tables:\n    ERP.PLAIN: {where: \"%s\"}\n"
	for where, want := range map[string]string{"n <> N'😀'": "U+1F600", "name = 'x'": "ORA-00904"} {
		write(filepath.Join(dir, "landfall.yaml"), fmt.Sprintf(settings, where))
		if code, _, errs := command(t, plan...); code != ExitFailed || !strings.Contains(errs.String(), want) || !strings.Contains(errs.String(), "LD0102") {
			t.Errorf("%s: %d, %s", where, code, errs)
		}
	}
	write(filepath.Join(dir, "landfall.yaml"), fmt.Sprintf(settings, `n <> UNISTR('\\d83d\\de00')`))
	code, out, errs = command(t, plan...)
	wants(t, ExitOK, code, out, errs)
	code, out, errs = command(t, append([]string{"load", "run", "--max-rejects", "20", "--schema", converted}, common...)...)
	wants(t, ExitPartly, code, out, errs)
	code, out, errs = command(t, append([]string{"load", "verify"}, common...)...)
	wants(t, ExitOK, code, out, errs)

	for sql, want := range map[string]string{
		`SELECT count(*) || ' ' || count(DISTINCT (国名, 定长)) || ' ' || sum(序) FROM erp.索引`:                                           fmt.Sprintf("%d %[1]d %d", rows, rows*(rows-1)/2),
		`SELECT string_agg(国名, ' ' ORDER BY 序) FROM erp.索引 WHERE 序 IN (1, 3)`:                                                       "😥갵 갃\\",
		`SELECT count(*)::text FROM erp.bad`:                                                                                        fmt.Sprint(rows - rows/30),
		`SELECT string_agg(n, '') FROM erp.plain`:                                                                                   "x",
		`SELECT count(*) || ' ' || min(place) || ' ' || count(DISTINCT place) FROM landfall.load_reject`:                            fmt.Sprintf("%d K=0xc4e3ff303030 %[1]d", rows/30),
		`SELECT (count(*) > 5)::text FROM landfall.load_chunk c JOIN landfall.load_table t ON t.no = c.tbl WHERE source = 'ERP.索引'`: "true",
	} {
		var got string
		if err := pg.QueryRow(t.Context(), sql).Scan(&got); err != nil || got != want {
			t.Errorf("%s: %q, want %q, %v", sql, got, want, err)
		}
	}
}
