package bundle

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"landfall/internal/model"
)

func sample() *Content {
	tables := NewTable("tables")
	tables.Add("owner", "HR", "table_name", "EMP", "num_rows", "107", "last_analyzed", "2026-11-01T02:00:00")
	tables.Add("owner", "HR", "table_name", "DEPT")
	source := NewTable("source")
	source.Add("owner", "HR", "type", "PROCEDURE", "name", "P", "text", "PROCEDURE p IS\r\n\tx VARCHAR2(9) := '客户\\';\nBEGIN NULL; END;\x00\n")
	return &Content{
		Manifest: Manifest{Origin: FromSpool, Database: Database{Name: "ORCL", DBID: "1", Version: "19.21.0.0.0"}, NotCollected: []NotCollected{{Name: "views", Reason: ReasonPrivilege, Detail: "ORA-00942"}}},
		Tables:   []*Table{tables, source},
	}
}

func written(t *testing.T, c *Content) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := Write(&b, c); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func read(data []byte) (*Bundle, error) {
	return Read("b.zip", bytes.NewReader(data), int64(len(data)))
}

func TestRoundTrip(t *testing.T) {
	c := sample()
	data := written(t, c)
	if !bytes.Equal(data, written(t, sample())) {
		t.Error("the same content gives other bytes")
	}
	b, err := read(data)
	if err != nil {
		t.Fatal(err)
	}
	if faults := b.Verify(); len(faults) > 0 {
		t.Fatal(faults)
	}
	for _, want := range c.Tables {
		got, err := b.Table(want.Extract.Name)
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(want.Rows, got.Rows); d != "" {
			t.Error(d)
		}
	}
	if got := len(b.Manifest.Extracts) + len(b.Manifest.NotCollected); got != len(Registry()) {
		t.Errorf("%d extracts are collected or not, the registry has %d", got, len(Registry()))
	}
	if w := b.Manifest.Why("views"); w.Reason != ReasonPrivilege || w.Detail != "ORA-00942" {
		t.Errorf("why not views: %+v", w)
	}
	if err := b.Each("views", nil); model.Code(err) != CodeAbsent || model.Hint(err) == "" {
		t.Errorf("an extract that is not there: %v", err)
	}
}

// rezip writes the files of a bundle anew, changed by edit; a nil content takes a file out.
func rezip(t *testing.T, data []byte, edit func(name string, text []byte) (string, []byte), more ...string) []byte {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	put := func(name string, text []byte) {
		f, err := create(w, name)
		if err == nil {
			_, err = f.Write(text)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, f := range z.File {
		in, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(in)
		if err != nil {
			t.Fatal(err)
		}
		if name, text := edit(f.Name, text); text != nil {
			put(name, text)
		}
	}
	for _, name := range more {
		put(name, []byte("x"))
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// change replaces in one file; with resum the manifest gets the sums of what is there then, so that later checks are reached.
func change(t *testing.T, file, from, to string) []byte {
	return rezip(t, written(t, sample()), func(name string, text []byte) (string, []byte) {
		if name == file {
			changed := bytes.Replace(text, []byte(from), []byte(to), 1)
			if bytes.Equal(changed, text) {
				t.Fatalf("%s has no %q", file, from)
			}
			return name, changed
		}
		return name, text
	})
}

func same(name string, text []byte) (string, []byte) { return name, text }

func TestFaults(t *testing.T) {
	good := written(t, sample())
	cases := []struct {
		name, code, says string
		data             []byte
	}{
		{"cut off", CodeNotZip, "cut off", good[:len(good)-30]},
		{"half", CodeNotZip, "cut off", good[:len(good)/2]},
		{"empty", CodeNotZip, "cut off", nil},
		{"no zip", CodeNotZip, "not a bundle", []byte("CREATE TABLE t (n NUMBER);")},
		{"no manifest", CodeManifest, "no manifest.json", rezip(t, good, func(n string, x []byte) (string, []byte) {
			if n == manifestFile {
				return n, nil
			}
			return n, x
		})},
		{"broken manifest", CodeManifest, "JSON", change(t, manifestFile, "{", "[{")},
		{"other zip", CodeManifest, "format", change(t, manifestFile, formatName, "docx")},
		{"unknown field", CodeManifest, "unknown field", change(t, manifestFile, `"origin"`, `"origim"`)},
		{"later format", CodeFormat, "version 2", change(t, manifestFile, `"version": 1`, `"version": 2`)},
		{"file missing", CodeMissing, "extract source", rezip(t, good, func(n string, x []byte) (string, []byte) {
			if n == "extracts/source.txt" {
				return n, nil
			}
			return n, x
		})},
		{"stranger", CodeStranger, "extracts/more.txt", rezip(t, good, same, "extracts/more.txt")},
		{"unknown extract", CodeExtract, `"tabels"`, change(t, manifestFile, `"tables"`, `"tabels"`)},
		{"path traversal", CodePath, "../../etc/cron", rezip(t, good, same, "../../etc/cron")},
		{"absolute path", CodePath, "/etc/passwd", rezip(t, good, same, "/etc/passwd")},
		{"drive", CodePath, "C:", rezip(t, good, same, `C:\x.txt`)},
		{"file elsewhere", CodePath, "lies in", change(t, manifestFile, `"extracts/source.txt"`, `"extracts/tables.txt"`)},
		{"unknown column", CodeColumns, "colunm", change(t, manifestFile, `"table_name"`, `"colunm"`)},
		{"changed text", CodeSum, "SHA-256", change(t, "extracts/tables.txt", "EMP", "EMQ")},
		{"wrong sum", CodeSum, "MD5", change(t, manifestFile, `"md5": "`, `"md5": "0`)},
		{"row missing", CodeRows, "has 1 rows, the manifest says 2", change(t, manifestFile, `"rows": 1`, `"rows": 2`)},
		{"longer than said", CodeTooLarge, "more than", change(t, "extracts/tables.txt", "EMP", "EMPLOYEES")},
		{"cut field", CodeColumns, "fields", change(t, "extracts/tables.txt", "HR\tEMP", "HR\\tEMP")},
		{"no number", CodeValue, `"1o7"`, change(t, "extracts/tables.txt", "107", "1o7")},
		{"no time", CodeValue, "no time", change(t, "extracts/tables.txt", "2026-11-01", "2026-13-01")},
		{"not UTF-8", CodeText, "UTF-8", change(t, "extracts/tables.txt", "EMP", "E\xffP")},
		{"bad escape", CodeText, `\q`, change(t, "extracts/source.txt", `\t`, `\q`)},
		{"other columns", CodeColumns, "columns are not those", change(t, "extracts/source.txt", "owner\ttype", "type\towner")},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			b, err := read(c.data)
			if err == nil {
				faults := b.Verify()
				if len(faults) == 0 {
					t.Fatal("nothing was found wrong")
				}
				err = faults[0]
			}
			if model.Code(err) != c.code || !strings.Contains(err.Error(), c.says) || model.Hint(err) == "" {
				t.Errorf("got %v (hint %q), want code %s and %q", err, model.Hint(err), c.code, c.says)
			}
		})
	}
}

// TestBomb holds that a text which shrinks as no text does is refused before it is unpacked.
func TestBomb(t *testing.T) {
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	f, err := create(w, "extracts/source.txt")
	if err != nil {
		t.Fatal(err)
	}
	zeros := make([]byte, 1<<20)
	for range ratioFrom>>20 + 1 {
		if _, err := f.Write(zeros); err != nil {
			t.Fatal(err)
		}
	}
	m, err := create(w, manifestFile)
	if err == nil {
		_, err = fmt.Fprintf(m, `{"format":"landfall-bundle","version":1,"origin":"spool","database":{},"extracts":[{"name":"source","file":"extracts/source.txt","rows":1,"bytes":%d,"md5":"","sha256":"","columns":["owner"]}]}`, ratioFrom+1<<20)
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	if _, err := read(out.Bytes()); model.Code(err) != CodeTooLarge {
		t.Errorf("got %v", err)
	}
}

func TestOpenMissing(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{filepath.Join(dir, "none.zip"), dir} {
		if _, err := Open(name); model.Code(err) != CodeNotZip || model.Hint(err) == "" {
			t.Errorf("%s: %v", name, err)
		}
	}
	name := filepath.Join(dir, "b.zip")
	if err := os.WriteFile(name, written(t, sample()), 0o600); err != nil {
		t.Fatal(err)
	}
	b, err := Open(name)
	if err != nil {
		t.Fatal(err)
	}
	if err := b.Close(); err != nil {
		t.Error(err)
	}
}

func FuzzRead(f *testing.F) {
	var b bytes.Buffer
	if err := Write(&b, sample()); err != nil {
		f.Fatal(err)
	}
	f.Add("owner\tobject_name\nA\tB\n", 1)
	f.Add("owner\n\\\\\\t\n", 2)
	f.Fuzz(func(t *testing.T, text string, rows int) {
		var out bytes.Buffer
		w := zip.NewWriter(&out)
		s := newSums()
		_, _ = s.Write([]byte(text))
		file, err := create(w, "extracts/objects.txt")
		if err == nil {
			_, err = io.WriteString(file, text)
		}
		if err != nil {
			t.Fatal(err)
		}
		names, _, _ := strings.Cut(text, "\n")
		m, err := create(w, manifestFile)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(m, `{"format":"landfall-bundle","version":1,"origin":"spool","database":{},"extracts":[{"name":"objects","file":"extracts/objects.txt","rows":%d,"bytes":%d,"md5":%q,"sha256":%q,"columns":[%q]}]}`,
			rows, s.n, s.hexMD5(), s.hexSHA256(), strings.Split(names, "\t"))
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		bundle, err := read(out.Bytes())
		if err != nil {
			return
		}
		table, err := bundle.Table("objects")
		if err != nil {
			if model.Code(err) == "" {
				t.Errorf("no code: %v", err)
			}
			return
		}
		var again bytes.Buffer
		if err := Write(&again, &Content{Tables: []*Table{table}}); err != nil {
			t.Error(err)
		}
	})
}
