package cli

import (
	"archive/zip"
	"fmt"
	stdio "io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"landfall/internal/postgres/scratch/pgtest"
)

// TestLoadTextCharset takes databases of one byte a character that hold Chinese in other sets the whole way: with --source-charset everything is what
// was written, in names, comments, code, keys and LOBs that come in pieces; the plan keeps it.
func TestLoadTextCharset(t *testing.T) {
	for _, c := range []struct{ own, text, name, comment, word string }{ // 张三 as the bytes of a name, 名字 of a comment, 中 of a word
		{"US7ASCII", "ZHS16GBK", "D5C5C8FD", "C3FBD7D6", "D6D0"},
		{"WE8ISO8859P1", "AL32UTF8", "E5BCA0E4B889", "E5908DE5AD97", "E4B8AD"},
		{"WE8ISO8859P1", "ZHS32GB18030", "D5C5C8FD", "C3FBD7D6", "D6D0"},
	} {
		t.Run(c.own+" "+c.text, func(t *testing.T) {
			pg := pgtest.Open(t)
			dir := t.TempDir()
			raw := func(hex string) string { return "UTL_RAW.CAST_TO_VARCHAR2(HEXTORAW('" + hex + "'))" }
			script := "CREATE TABLE erp.iot (k VARCHAR2(40), n NUMBER(9), CONSTRAINT pk_i PRIMARY KEY (k)) ORGANIZATION INDEX;\n" +
				"CREATE TABLE erp.cust (id NUMBER(9) PRIMARY KEY, name VARCHAR2(40), nat NVARCHAR2(10), c CLOB);\n" +
				"INSERT INTO erp.cust VALUES (1, " + raw(c.name) + ", UNISTR('\\5f20'), " + raw(c.name) + ");\n" +
				"DECLARE\n  v CLOB;\nBEGIN\n  v := RPAD(" + raw(c.word) + ", 3000, " + raw(c.word) + ");\n  FOR i IN 1 .. 9 LOOP\n    v := v || v;\n  END LOOP;\n  INSERT INTO erp.cust VALUES (2, 'long', NULL, 'x' || v);\n" + // more than a piece of 1 MB, cut in a character
				"  FOR i IN 1 .. 90 LOOP\n    INSERT INTO erp.iot VALUES (" + raw(c.word) + " || TO_CHAR(i), i);\n  END LOOP;\n  COMMIT;\n" +
				"  EXECUTE IMMEDIATE 'COMMENT ON TABLE erp.cust IS ''' || " + raw(c.comment) + " || '''';\n" +
				"  EXECUTE IMMEDIATE 'CREATE OR REPLACE FUNCTION erp.f RETURN VARCHAR2 IS BEGIN RETURN ''' || " + raw(c.comment) + " || '''; END;';\nEND;\n/\n"
			for name, text := range map[string]string{"ddl/t.sql": script, "landfall.yaml": "load:\n  schemas: [ERP]\n  chunk-rows: 20\n  tables:\n    ERP.CUST: {where: \"name <> '李'\"}\n"} {
				name = filepath.Join(dir, name)
				if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			s := startSim(t, "--schema", filepath.Join(dir, "ddl"), "--user", "ERP", "--charset", c.own)
			if len(s.ready.LeftOut) > 0 {
				t.Fatalf("%+v", s.ready)
			}
			plain := []string{"--source", "oracle://ERP@" + s.ready.Address + "/" + s.ready.Service}
			source := append(plain[:2:2], "--source-charset", c.text)
			if c.own == "US7ASCII" { // without the flag text is lost, which the conversion says, too
				lost := filepath.Join(dir, "lost.zip")
				if code, out, errs := command(t, append([]string{"collect", "--out", lost}, plain...)...); code != ExitPartly {
					wants(t, ExitPartly, code, out, errs)
				}
				code, out, errs := command(t, "convert", "--source", "bundle:"+lost, "--out", filepath.Join(dir, "lost"))
				wants(t, ExitPartly, code, out, errs)
				if !strings.Contains(errs.String(), "damaged: a character that could not be read when it was collected, the first of 1, is U+FFFD here") {
					t.Error(errs)
				}
			}
			bundle, converted := filepath.Join(dir, "live.zip"), filepath.Join(dir, "postgresql")
			if code, out, errs := command(t, append([]string{"collect", "--out", bundle}, source...)...); code != ExitOK && code != ExitPartly {
				wants(t, ExitOK, code, out, errs)
			}
			if text := extract(t, bundle, "extracts/source.txt"); !strings.Contains(text, `\540D\5B57`) && !strings.Contains(text, "名字") {
				t.Errorf("the function's text is %s", text)
			}
			code, out, errs := command(t, "convert", "--source", "bundle:"+bundle, "--out", converted, "--quiet")
			wants(t, ExitOK, code, out, errs)
			with := func(what string, source []string, more ...string) []string {
				return append(append([]string{"load", what, "--target", pg.URL, "--project", dir}, source...), more...)
			}
			code, out, errs = command(t, with("plan", source, "--schema", converted)...)
			wants(t, ExitOK, code, out, errs)
			if !strings.Contains(out.String(), "read as "+c.text) {
				t.Errorf("the plan does not say how text is read: %s", out)
			}
			if code, _, errs := command(t, with("run", plain, "--schema", converted)...); code != ExitFailed || !strings.Contains(errs.String(), "LD0405") {
				t.Errorf("a run without the flag: %d, %s", code, errs)
			}
			code, out, errs = command(t, with("run", source, "--schema", converted, "--all-objects")...)
			wants(t, ExitOK, code, out, errs)
			code, out, errs = command(t, with("verify", source)...)
			wants(t, ExitOK, code, out, errs)
			for sql, want := range map[string]string{
				"SELECT name || nat || c FROM erp.cust WHERE id = 1": "张三张张三",
				"SELECT (length(c) > 400000)::text || (length(c) - length(replace(c, '中', '')))::text || translate(c, 'x中', '') || left(c, 2) FROM erp.cust WHERE id = 2": "",
				"SELECT obj_description('erp.cust'::regclass) || erp.f()":                        "名字名字",
				"SELECT count(*) || ' ' || sum(n) || ' ' || bool_and(k = '中' || n) FROM erp.iot": "90 4095 true",
			} {
				var got string
				if err := pg.QueryRow(t.Context(), sql).Scan(&got); err != nil {
					t.Fatalf("%s: %v", sql, err)
				}
				if want == "" {
					var n int
					if _, err := fmt.Sscanf(got, "true%d", &n); err != nil || n < 400_000 || !strings.HasSuffix(got, fmt.Sprint(n)+"x中") {
						t.Errorf("%s: %q", sql, got)
					}
				} else if got != want {
					t.Errorf("%s: %q, want %q", sql, got, want)
				}
			}
		})
	}
	ddl := filepath.Join(t.TempDir(), "t.sql")
	if err := os.WriteFile(ddl, []byte("CREATE TABLE erp.t (id NUMBER(9));\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	s := startSim(t, "--schema", ddl, "--user", "ERP")
	code, _, errs := command(t, "load", "plan", "--source", "oracle://ERP@"+s.ready.Address+"/"+s.ready.Service, "--dry-run", "--schemas", "ERP", "--source-charset", "ZHS16GBK", "--project", t.TempDir())
	if code != ExitLogin || !strings.Contains(errs.String(), "AL32UTF8, whose bytes are no others'") {
		t.Errorf("%d: %s", code, errs)
	}
	if code, _, errs := command(t, "load", "plan", "--source", "oracle://ERP@x/y", "--dry-run", "--schemas", "ERP", "--source-charset", "GBK"); code != ExitUsage {
		t.Errorf("%d: %s", code, errs)
	}
}

// extract is the text of a file in a bundle.
func extract(t *testing.T, bundle, name string) string {
	t.Helper()
	z, err := zip.OpenReader(bundle)
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	f, err := z.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	b, err := stdio.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}
