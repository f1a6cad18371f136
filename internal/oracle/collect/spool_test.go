package collect_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"landfall/internal/model"
	"landfall/internal/oracle/bundle"
	"landfall/internal/oracle/collect"
	"landfall/internal/oracle/dict"
	"landfall/internal/oracle/scripts"
)

// spoolBundle makes a bundle of a folder of spools.
func spoolBundle(t *testing.T, dir string) *bundle.Bundle {
	t.Helper()
	s, err := collect.NewSpool(dir)
	if err != nil {
		t.Fatal(err)
	}
	c, err := collect.Run(context.Background(), s, collect.Options{})
	if err != nil {
		t.Fatal(err)
	}
	var buf bytes.Buffer
	if err := bundle.Write(&buf, c); err != nil {
		t.Fatal(err)
	}
	b, err := bundle.Read("erp.zip", bytes.NewReader(buf.Bytes()), int64(buf.Len()))
	if err != nil {
		t.Fatal(err)
	}
	if faults := b.Verify(); len(faults) > 0 {
		t.Fatal(faults)
	}
	return b
}

func TestSpoolsAreRead(t *testing.T) {
	b := spoolBundle(t, "testdata/spool")
	m := &b.Manifest
	want := bundle.Database{
		Name: "ERPDB", UniqueName: "ERPDB", DBID: "1234567890", Version: "19.21.0.0.0", Platform: "Linux x86 64-bit", Host: "db1", Container: "ERP",
		Charset: "ZHS16GBK", NCharset: "AL16UTF16", SessionUser: "LANDFALL", StartedAt: "2026-10-01T03:00:00", DatabaseRole: "PRIMARY",
	}
	if d := cmp.Diff(want, m.Database); d != "" {
		t.Error(d)
	}
	if m.Origin != bundle.FromSpool || m.CollectedAt != "2026-11-20T21:00:05" || m.Days != 14 || m.Level != "dba" || !cmp.Equal(m.Schemas, []string{"ERP"}) {
		t.Errorf("manifest %+v", m)
	}
	for name, why := range map[string]bundle.NotCollected{
		"awr_sql":  {Name: "awr_sql", Reason: bundle.ReasonPack},
		"segments": {Name: "segments", Reason: bundle.ReasonFailed, Detail: "ORA-01555: snapshot too old"},
		"scripts":  {Name: "scripts", Reason: bundle.ReasonOrigin, Detail: "only scripts have it"},
		"jobs":     {Name: "jobs", Reason: bundle.ReasonNotRun, Detail: "no spool of it in the folder"},
	} {
		if d := cmp.Diff(why, m.Why(name)); d != "" {
			t.Error(d)
		}
	}
	if e := m.Entry("ddl"); e == nil || !strings.HasPrefix(e.Incomplete, "2 objects without a definition, the first: TABLE ERP.T_LOST: ORA-31603") {
		t.Errorf("ddl: %+v", e)
	}
	comments, err := b.Table("column_comments")
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff([][]string{{"ERP", "T_CUST", "ID", "key  "}, {"ERP", "T_CUST", "姓名", "客户 name | end\n\\ 😀"}}, comments.Rows); d != "" {
		t.Error(d)
	}
	source, err := b.Table("source")
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff([][]string{{"ERP", "PROCEDURE", "P_GREET", "", "PROCEDURE p_greet IS\nBEGIN DBMS_OUTPUT.put_line('您好');\nEND;"}}, source.Rows); d != "" {
		t.Error(d)
	}
}

// TestSpoolsGiveObjects holds that what was spooled becomes objects and facts, and that what lacks is said.
func TestSpoolsGiveObjects(t *testing.T) {
	b := spoolBundle(t, "testdata/spool")
	estate, err := dict.Estate(context.Background(), b, scripts.Options{})
	if err != nil {
		t.Fatal(err)
	}
	var ids []string
	for _, o := range estate.Catalog.Objects {
		ids = append(ids, string(o.ID()))
		if o.Invalid != "" {
			t.Errorf("%s: %s", o.ID(), o.Invalid)
		}
	}
	if d := cmp.Diff([]string{"procedure:ERP.P_GREET", "sequence:ERP.SEQ_CUST", "table:ERP.T_CUST", "view:ERP.V_CUST"}, ids); d != "" {
		t.Error(d)
	}
	table := estate.Catalog.Find(model.KindTable, "ERP", "T_CUST")
	if table == nil || len(table.Table.Columns) != 2 || table.Table.Columns[1].Name != "姓名" || table.Table.Columns[1].Type.String() != "VARCHAR2(30 CHAR)" ||
		len(table.Table.Constraints) != 1 || table.Table.Constraints[0].Name != "PK_CUST" || table.Table.Columns[0].Comment != "key  " {
		t.Errorf("table: %+v", table)
	}
	if len(estate.Problems) != 1 || !strings.Contains(estate.Problems[0].Msg, "table ERP.T_LOST, but its definition was not collected") || estate.Problems[0].Note {
		t.Errorf("problems: %+v", estate.Problems)
	}
	f, err := dict.Load(b)
	if err != nil {
		t.Fatal(err)
	}
	if f.NLS["NLS_CHARACTERSET"] != "ZHS16GBK" || f.Instance.Version != "19.21.0.0.0" || len(f.Invalid()) != 1 || f.Tables[dict.Key{Owner: "ERP", Name: "T_CUST"}].Rows.Int() != 1000 {
		t.Errorf("facts: %+v", f.Instance)
	}
	if f.TotalBytes().Known || f.Why("segments").Detail != "ORA-01555: snapshot too old" {
		t.Errorf("segments were not collected, but %+v, %+v", f.TotalBytes(), f.Why("segments"))
	}
}

// changed copies the sample spools with one file edited.
func changed(t *testing.T, file string, edit func(text string) string) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS("testdata/spool")); err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(dir, file)
	text, err := os.ReadFile(name)
	if err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(edit(string(text))), 0o600); err != nil {
		t.Fatal(err)
	}
	return dir
}

func replace(from, to string) func(string) string {
	return func(s string) string { return strings.Replace(s, from, to, 1) }
}

func TestSpoolFaults(t *testing.T) {
	cases := []struct {
		name, code, says, file string
		edit                   func(string) string
	}{
		{"other file", bundle.CodeSpool, "does not begin with H|landfall-spool", "notes.txt", func(string) string { return "to do: call the DBA\n" }},
		{"empty file", bundle.CodeSpool, "is empty", "views.txt", func(string) string { return "" }},
		{"later format", bundle.CodeFormat, "version 2", "nls.txt", replace("spool|1|", "spool|2|")},
		{"unknown extract", bundle.CodeExtract, `"nlz"`, "nls.txt", replace("|nls|", "|nlz|")},
		{"renamed", bundle.CodeSpool, "holds the extract nls", "options.txt", func(string) string { s, _ := os.ReadFile("testdata/spool/nls.txt"); return string(s) }},
		{"other database", bundle.CodeMixed, "is of database CRMDB", "nls.txt", replace("|ERPDB|", "|CRMDB|")},
		{"other container", bundle.CodeMixed, "container CRM", "sql.txt", replace("|ERP|0a1b", "|CRM|0a1b")},
		{"other run", bundle.CodeMixed, "script set ffffffff", "tables.txt", replace("0a1b2c3d", "ffffffff")},
		{"wrapped line", bundle.CodeRecord, "cut or wrapped", "tables.txt", replace("|VALID|", "|VA\nLID|")},
		{"row lost", bundle.CodeRows, "has 1 rows, its end marker says 2", "nls.txt", replace("R|NLS_CHARACTERSET|ZHS16GBK|;\n", "")},
		{"piece lost", bundle.CodePiece, "piece 1 of the text of ERP.T_CUST.姓名 is missing", "column_comments.txt", func(s string) string {
			return strings.Replace(strings.Replace(s, `R|ERP|T_CUST|\59D3\540D|1|2|\5BA2\6237 name|;`+"\n", "", 1), "E|column_comments|3|", "E|column_comments|2|", 1)
		}},
		{"last piece lost", bundle.CodePiece, "has 1 pieces of 2", "source.txt", func(s string) string {
			return strings.Replace(strings.Replace(s, `R|ERP|PROCEDURE|P_GREET|2|2|2|put_line('\60A8\597D');\000A|;`+"\n", "", 1), "E|source|4|", "E|source|3|", 1)
		}},
		{"bad piece", bundle.CodeRecord, "piece", "source.txt", replace("|1|1|1|", "|1|3|1|")},
		{"bad escape", bundle.CodeRecord, "an escape that is none", "column_comments.txt", replace(`\540D`, `\54ZD`)},
		{"not ASCII", bundle.CodeRecord, "not ASCII", "nls.txt", replace("ZHS16GBK", "ZHS16GBK客")},
		{"no number", bundle.CodeValue, "no number", "tables.txt", replace("|1000|", "|1,000|")},
		{"fields", bundle.CodeRecord, "4 fields, not 2", "nls.txt", replace("|ZHS16GBK|", "|ZHS16GBK|x|y|")},
		{"column", bundle.CodeColumns, `no column "parametre"`, "nls.txt", replace("C|parameter", "C|parametre")},
		{"column missing", bundle.CodeColumns, `column "value" of extract nls is missing`, "nls.txt", replace("C|parameter|value|", "C|parameter|")},
		{"row behind the end", bundle.CodeRecord, "behind the end", "nls.txt", func(s string) string { return s + "R|A|B|;\n" }},
		{"set file", bundle.CodeSpool, "is not what landfall collect script wrote", "set.txt", func(string) string { return "x" }},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			_, err := collect.NewSpool(changed(t, c.file, c.edit))
			if err == nil || model.Code(err) != c.code || !strings.Contains(err.Error(), c.says) || model.Hint(err) == "" {
				t.Errorf("got %v (hint %q), want code %s and %q", err, model.Hint(err), c.code, c.says)
			}
		})
	}
	for _, dir := range []string{t.TempDir(), "testdata/none"} {
		if _, err := collect.NewSpool(dir); model.Hint(err) == "" || model.Code(err) == "" {
			t.Errorf("%s: %v", dir, err)
		}
	}
}

// TestBrokenOff holds that a spool without its end is an extract that was not collected, whatever it says.
func TestBrokenOff(t *testing.T) {
	for name, edit := range map[string]func(string) string{
		"broken off: there is no end marker":                 replace("E|sql|1|;\n", ""),
		"ORA-01013: user requested cancel":                   replace("E|sql|1|;\n", "ORA-01013: user requested cancel\r\n"),
		"SP2-0642: SQL*Plus internal error state 2130":       replace("R|1|4bf", "SP2-0642: SQL*Plus internal error state 2130\nR|1|4bf"),
		"ORA-20001: landfall: out of time":                   replace("E|sql|1|;\n", "ORA-20001: landfall: out of time\n"),
		"ORA-00942: table or view does not exist (\xb1\xed)": replace("E|sql|1|;\n", "ORA-00942: table or view does not exist (\xb1\xed)\n"),
	} {
		if strings.HasPrefix(name, "SP2") {
			inner := edit
			edit = func(s string) string { return strings.Replace(inner(s), "E|sql|1|;\n", "", 1) }
		}
		m := spoolBundle(t, changed(t, "sql.txt", edit)).Manifest
		why := m.Why("sql")
		want := strings.ToValidUTF8(name, "?")
		if m.Entry("sql") != nil || why.Detail != want || why.Reason != bundle.ReasonFailed && why.Reason != bundle.ReasonTime {
			t.Errorf("%s: %+v", name, why)
		}
	}
}

// TestBrokenOffWithinALine takes a spool that ends within a line for what a run that was killed leaves: only its extract is
// missing.
func TestBrokenOffWithinALine(t *testing.T) {
	for _, cut := range []int{4, 60} { // within the end marker, within a record
		m := spoolBundle(t, changed(t, "sql.txt", func(s string) string { return s[:len(s)-cut] })).Manifest
		if why := m.Why("sql"); m.Entry("sql") != nil || why.Reason != bundle.ReasonFailed || why.Detail != "broken off: there is no end marker" {
			t.Errorf("%d bytes less: %+v", cut, why)
		}
	}
}

func TestWindowsLineEnds(t *testing.T) {
	b := spoolBundle(t, changed(t, "nls.txt", func(s string) string { return strings.ReplaceAll(s, "\n", "\r\n") }))
	if b.Manifest.Database.Charset != "ZHS16GBK" {
		t.Errorf("charset %q", b.Manifest.Database.Charset)
	}
}
