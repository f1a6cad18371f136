package scripts

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/parser"
)

func load(t *testing.T, opt Options, files map[string]string) *Estate {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	est, err := Load(context.Background(), dir, opt)
	if err != nil {
		t.Fatal(err)
	}
	return est
}

func TestCharset(t *testing.T) {
	text := "CREATE TABLE t (a NUMBER);\nCOMMENT ON TABLE t IS '理赔案件主表，保存每一次报案';\n"
	gbk, err := simplifiedchinese.GBK.NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	for _, charset := range []string{"", "ZHS16GBK"} {
		est := load(t, Options{Charset: charset}, map[string]string{"t.sql": gbk})
		o := est.Catalog.Find(model.KindTable, "", "T")
		if o == nil || o.Comment != "理赔案件主表，保存每一次报案" {
			t.Errorf("charset %q: got %+v", charset, o)
		}
		if guessed := strings.HasPrefix(problemText(est), "t.sql:1:1: charset: note: read as GBK (guess: "); guessed != (charset == "") {
			t.Errorf("charset %q: problems %q", charset, problemText(est))
		}
		if s := est.File("t.sql"); s.Bytes != int64(len(gbk)) || s.Lines != 2 || len(s.SHA256) != 64 {
			t.Errorf("source %+v", s)
		}
	}
}

func TestBadFiles(t *testing.T) {
	est := load(t, Options{MaxFile: 100}, map[string]string{
		"a.sql": "CREATE TABLE a (x NUMBER);", "b.sql": "PK\x03\x04\x00\x00\x00", "c.sql": strings.Repeat("-", 200), "d.sql": "",
	})
	if est.Catalog.Find(model.KindTable, "", "A") == nil || len(est.Files) != 4 {
		t.Error("the good file is lost")
	}
	for _, name := range []string{"b.sql", "c.sql"} {
		if s := est.File(name); s.Err == nil || s.Parsed != nil {
			t.Errorf("%s: %+v", name, s)
		}
	}
	want := "b.sql:1:3: file: binary file (byte 0x03 at offset 2)\nc.sql:1:1: file: file has 200 bytes, more than the limit of 100 bytes\n"
	if got := problemText(est); got != want {
		t.Errorf("got %s want %s", got, want)
	}
}

func TestEmptyFolder(t *testing.T) {
	est := load(t, Options{}, nil)
	if len(est.Files) != 0 || len(est.Units) != 0 || len(est.Catalog.Objects) != 0 {
		t.Error("something out of nothing")
	}
	if len(est.Problems) != 1 || est.Problems[0].Note || est.Problems[0].Msg != "no Oracle source files in this folder" {
		t.Errorf("problems %+v", est.Problems)
	}
}

func TestSingleFile(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "one.txt")
	if err := os.WriteFile(path, []byte("CREATE TABLE t (a NUMBER);\n@@other\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "other.sql"), []byte("CREATE TABLE o (a NUMBER);\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	calls := 0
	est, err := Load(context.Background(), path, Options{DefaultSchema: "hr", Progress: func(done, total int, file string) {
		calls++
		if done != 1 || total != 1 || file != "one.txt" {
			t.Errorf("progress %d of %d: %s", done, total, file)
		}
	}})
	if err != nil || calls != 1 {
		t.Fatal(err, calls)
	}
	if got := unitText(est); got != "one.txt:1:1 ddl schema=HR kind=TABLE object=table:HR.T lines=1\nother.sql:1:1 ddl schema=HR kind=TABLE object=table:HR.O lines=1\n" {
		t.Error(got)
	}
}

func TestCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Load(ctx, insuranceDir, Options{}); err == nil {
		t.Error("no error of a cancelled context")
	}
}

func TestKeepDropped(t *testing.T) {
	src := "create table t (a number);\ndrop table t;\ncreate table t (b number);\ncreate package p is x number; end;\n/\n" +
		"create package body p is procedure q is begin null; end; end;\n/\ndrop package p;\ndrop table t;\n"
	for _, keep := range []bool{false, true} {
		est := FromFiles([]*ast.File{parser.Parse("a.sql", []byte(src), parser.Options{})}, Options{KeepDropped: keep})
		var got []string
		for _, o := range est.Catalog.Objects {
			got = append(got, string(o.ID()))
			if o.Table != nil && o.Table.Column("B") == nil {
				t.Error("the table that counts is the last one")
			}
		}
		want := 0
		if keep {
			want = 3
		}
		if len(got) != want {
			t.Errorf("KeepDropped %v: the catalog holds %v", keep, got)
		}
	}
}

// TestMaxTrees: what is put away is there while a unit is open, however many open it.
func TestMaxTrees(t *testing.T) {
	est, err := Load(t.Context(), "../../../testdata/insurance", Options{MaxTrees: 1, Jobs: 1})
	if err != nil {
		t.Fatal(err)
	}
	thin := 0
	for _, u := range est.Units {
		s, ok := u.Stmt.(*ast.CreatePackageBody)
		if !ok || u.reading == nil {
			continue
		}
		thin++
		away := func() bool {
			for _, d := range s.Decls {
				if r, ok := d.(*ast.Routine); ok && r.Body != nil {
					return r.Body.Away()
				}
			}
			return false
		}
		u.Open()
		u.Open()
		u.Close()
		if away() {
			t.Errorf("%s is put away while it is open", u.Pos)
		}
		u.Close()
		if !away() {
			t.Errorf("%s is not put away", u.Pos)
		}
	}
	if thin < 20 {
		t.Errorf("%d package bodies were put away", thin)
	}
}
