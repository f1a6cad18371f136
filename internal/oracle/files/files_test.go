package files

import (
	"context"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func write(t *testing.T, dir, name, text string) string {
	t.Helper()
	path := filepath.Join(dir, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

func names(found []File) []string {
	var list []string
	for _, f := range found {
		list = append(list, filepath.Base(filepath.Dir(f.Name))+"/"+filepath.Base(f.Name))
	}
	return list
}

func TestFindOrderAndEndings(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"z/b.sql", "z/a.PKB", "z/c.txt", "a/d.trg", "z/.hidden/e.sql", "z/noending"} {
		write(t, dir, name, "x")
	}
	found, problems := Find(context.Background(), []string{filepath.Join(dir, "z"), filepath.Join(dir, "a"), filepath.Join(dir, "z", "c.txt")}, Options{})
	if len(problems) != 0 {
		t.Fatal(problems)
	}
	if diff := cmp.Diff([]string{"z/a.PKB", "z/b.sql", "a/d.trg", "z/c.txt"}, names(found)); diff != "" {
		t.Error(diff)
	}
	found, _ = Find(context.Background(), []string{dir}, Options{Ext: []string{".TXT"}})
	if diff := cmp.Diff([]string{"a/d.trg", "z/a.PKB", "z/b.sql", "z/c.txt"}, names(found)); diff != "" {
		t.Error(diff)
	}
}

// TestPermission looks at a locked file as somebody who is not root. Linux keeps the user id for file access by
// thread, so a thread of its own can drop it.
func TestPermission(t *testing.T) {
	dir := t.TempDir()
	file := write(t, dir, "locked.sql", "select 1 from dual;")
	if err := os.Chmod(file, 0); err != nil {
		t.Fatal(err)
	}
	// TempDir's parents are open only to their owner
	for d := dir; strings.HasPrefix(d, os.TempDir()+"/"); d = filepath.Dir(d) {
		if err := os.Chmod(d, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	done := make(chan *Problem)
	go func() {
		runtime.LockOSThread() // never unlocked: the thread ends with this goroutine
		if os.Geteuid() == 0 {
			if err := syscall.Setfsuid(65534); err != nil {
				t.Error(err)
			}
		}
		_, p := Read(File{Path: file, Name: "locked.sql", Size: 19}, Options{})
		done <- p
	}()
	p := <-done
	if p == nil || p.Msg != "permission denied" || !strings.Contains(p.Hint, "chmod") || p.Pos.String() != "locked.sql:1:1" {
		t.Errorf("got %+v", p)
	}
}

func TestDecode(t *testing.T) {
	hanzi := strings.Repeat("\xB1\xA3\xCF\xD5", 10)
	cases := []struct {
		name, raw, charset string
		want, from         string
		sure               Sureness
		problem            string // that refuses the file when nothing is wanted, else that of the damage
	}{
		{"ascii", "select 1", "", "select 1", "UTF-8", Certain, ""},
		{"utf-8", "保险", "", "保险", "UTF-8", Certain, ""},
		{"utf-8 mark", "\xEF\xBB\xBFx", "GBK", "x", "UTF-8", Certain, ""},
		{"utf-8 mark, damaged", "\xEF\xBB\xBFx\xFF", "", "x\uFFFD", "UTF-8", Certain, "f:1:2: byte 0xFF is not valid in UTF-8; read as U+FFFD"},
		{"utf-16le mark", "\xFF\xFEa\x00\xDD\x4F", "", "a保", "UTF-16LE", Certain, ""},
		{"utf-16be mark", "\xFE\xFF\x00a\xD8\x3D\xDE\x00", "", "a😀", "UTF-16BE", Certain, ""},
		{"utf-16 surrogate alone", "\xFF\xFE\x00\xD8a\x00", "", "\uFFFDa", "UTF-16LE", Certain, "f:1:1: unpaired surrogate in UTF-16 text; read as U+FFFD"},
		{"utf-16 cut", "\xFF\xFEa\x00b", "", "a\uFFFD", "UTF-16LE", Certain, "f:1:2: half a character at the end in UTF-16 text; read as U+FFFD"},
		{"gbk found", "-- \xB1\xA3\xCF\xD5", "", "-- 保险", "GBK", Guess, ""},
		{"gbk found surely", hanzi, "", strings.Repeat("保险", 10), "GBK", Likely, ""},
		{"gbk told", "\xB1\xA3", "ZHS16GBK", "保", "ZHS16GBK", Certain, ""},
		{"gbk trail bytes like quotes", "'\x81\x5C\x81\x60'", "GBK", "'乗乣'", "GBK", Certain, ""},
		{"gb18030 found", "\xB1\xA3\x81\x39\xEF\x30", "", "保㐁", "GB18030", Guess, ""},
		{"gb18030 told", "\x81\x39\xEF\x30'", "GB18030", "㐁'", "GB18030", Certain, ""},
		{"windows found", "caf\xE9 \x80", "", "café €", "windows-1252", Guess, ""},
		{"windows told", "\x80\x93", "windows-1252", "€“", "windows-1252", Certain, ""},
		{"latin found", "\x81caf\xE9", "", "\u0081café", "ISO-8859-1", Guess, ""},
		{"latin told", "\x80", "WE8ISO8859P1", "\u0080", "WE8ISO8859P1", Certain, ""},
		{"latin 9 told", "\xA4", "ISO-8859-15", "€", "ISO-8859-15", Certain, ""},
		{"big5 told", "\xA4\xA4", "ZHT16BIG5", "中", "ZHT16BIG5", Certain, ""},
		{"not gbk", "ok\n \xB1", "GBK", "ok\n \uFFFD", "GBK", Certain, "f:2:2: bytes that are not valid in GBK; read as U+FFFD"},
		{"half a gbk character spares the quote", "'\xB1' x", "GBK", "'\uFFFD' x", "GBK", Certain, "f:1:2: bytes that are not valid in GBK; read as U+FFFD"},
		{"not ascii", "a\xE9\xE9", "US7ASCII", "a\uFFFD\uFFFD", "US7ASCII", Certain, "f:1:2: byte 0xE9 is not valid in US7ASCII, the first of 2; read as U+FFFD"},
		{"not utf-8", "a\n\xE9", "AL32UTF8", "a\n\uFFFD", "AL32UTF8", Certain, "f:2:1: byte 0xE9 is not valid in AL32UTF8; read as U+FFFD"},
		{"damaged utf-8", "保险保险保险\xFF", "", "保险保险保险\uFFFD", "UTF-8", Likely, "f:1:7: byte 0xFF is not valid in UTF-8; read as U+FFFD"},
		{"utf-8 and gbk by line", "-- 保险\n-- \xB1\xA3\xCF\xD5\n", "", "-- 保险\n-- 保险\n", mixedCharset, Guess, ""},
		{"utf-8 with one windows line", "-- 保险保险保险\n-- caf\xE9\n", "", "-- 保险保险保险\n-- caf\uFFFD\n", "UTF-8", Likely, "f:2:7: byte 0xE9 is not valid in UTF-8; read as U+FFFD"},
		{"binary", "PK\x03\x04\x00\x00", "", "", "", "", "f:1:3: binary file (byte 0x03 at offset 2)"},
		{"stray control", strings.Repeat("select 1 from dual;\n", 20) + "\x00", "", strings.Repeat("select 1 from dual;\n", 20) + "\x00", "UTF-8", Certain, ""},
		{"empty", "", "", "", "UTF-8", Certain, ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			d, p := decode("f", []byte(c.raw), c.charset)
			if p == nil && d.damage != nil {
				p = d.damage.Problem()
			}
			said := ""
			if p != nil {
				said = p.Error()
			}
			if said != c.problem {
				t.Errorf("problem %q, want %q", said, c.problem)
			}
			if string(d.src) != c.want || d.from != c.from || d.sure != c.sure {
				t.Errorf("got %q from %s, %s; want %q from %s, %s", d.src, d.from, d.sure, c.want, c.from, c.sure)
			}
		})
	}
}

func TestRefuseDamage(t *testing.T) {
	path := write(t, t.TempDir(), "a.sql", "select '\xFF' from dual; -- 保险保险")
	f := File{Path: path, Name: "a.sql"}
	text, p := Read(f, Options{})
	if p != nil || text.Damage == nil || text.Damage.Count != 1 || text.Charset != "UTF-8" {
		t.Errorf("got %+v, %v", text, p)
	}
	if _, p = Read(f, Options{RefuseDamage: true}); p == nil || p.Error() != "a.sql:1:9: byte 0xFF is not valid in UTF-8" {
		t.Errorf("got %v", p)
	}
}

func TestPipeInFolder(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "a.sql", "x")
	if err := syscall.Mkfifo(filepath.Join(dir, "b.sql"), 0o644); err != nil {
		t.Skip(err)
	}
	found, problems := Find(context.Background(), []string{dir}, Options{})
	if len(found) != 1 || len(problems) != 1 || problems[0].Msg != "is not a regular file" {
		t.Errorf("got %v, %v", found, problems)
	}
}

func TestLimit(t *testing.T) {
	dir := t.TempDir()
	path := write(t, dir, "a.sql", strings.Repeat("x", 100))
	if _, p := Read(File{Path: path, Name: "a.sql", Size: 100}, Options{MaxFile: 99}); p == nil || !strings.Contains(p.Msg, "100 bytes, more than the limit of 99 bytes") {
		t.Errorf("got %v", p)
	}
	// the file grew after it was found
	if _, p := Read(File{Path: path, Name: "a.sql", Size: 10}, Options{MaxFile: 99}); p == nil || !strings.Contains(p.Msg, "more than the limit") {
		t.Errorf("got %v", p)
	}
	if text, p := Read(File{Path: path, Name: "a.sql", Size: 100}, Options{MaxFile: 100}); p != nil || text.Bytes != 100 {
		t.Errorf("got %v, %v", text, p)
	}
}
