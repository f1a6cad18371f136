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
	cases := []struct {
		name, raw, charset string
		want, from         string
		problem            string
	}{
		{"ascii", "select 1", "", "select 1", "UTF-8", ""},
		{"utf-8", "保险", "", "保险", "UTF-8", ""},
		{"utf-8 mark", "\xEF\xBB\xBFx", "GBK", "x", "UTF-8", ""},
		{"utf-16le mark", "\xFF\xFEa\x00\xDD\x4F", "", "a保", "UTF-16LE", ""},
		{"utf-16be mark", "\xFE\xFF\x00a\xD8\x3D\xDE\x00", "", "a😀", "UTF-16BE", ""},
		{"utf-16 surrogate alone", "\xFF\xFE\x00\xD8a\x00", "", "", "", "f:1:1: unpaired surrogate in UTF-16 text"},
		{"gbk found", "-- \xB1\xA3\xCF\xD5", "", "-- 保险", "GBK", ""},
		{"gbk told", "\xB1\xA3", "ZHS16GBK", "保", "ZHS16GBK", ""},
		{"gb18030 found", "\xB1\xA3\x81\x39\xEF\x30", "", "保㐁", "GB18030", ""},
		{"windows found", "caf\xE9 \x80", "", "café €", "windows-1252", ""},
		{"latin found", "\x81caf\xE9", "", "\u0081café", "ISO-8859-1", ""},
		{"latin told", "\x80", "WE8ISO8859P1", "\u0080", "WE8ISO8859P1", ""},
		{"big5 told", "\xA4\xA4", "ZHT16BIG5", "中", "ZHT16BIG5", ""},
		{"not gbk", "ok\n \xB1", "GBK", "", "", "f:2:2: bytes that are not valid in GBK"},
		{"not ascii", "a\xE9", "US7ASCII", "", "", "f:1:2: byte 0xE9 is not valid in US7ASCII"},
		{"not utf-8", "a\n\xE9", "AL32UTF8", "", "", "f:2:1: byte 0xE9 is not valid in AL32UTF8"},
		{"damaged utf-8", "保险保险保险\xFF", "", "", "", "f:1:7: byte 0xFF is not valid in UTF-8, which the rest of the file is in"},
		{"binary", "PK\x03\x04\x00\x00", "", "", "", "f:1:3: binary file (byte 0x03 at offset 2)"},
		{"stray control", strings.Repeat("select 1 from dual;\n", 20) + "\x00", "", strings.Repeat("select 1 from dual;\n", 20) + "\x00", "UTF-8", ""},
		{"empty", "", "", "", "UTF-8", ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			src, from, _, p := decode("f", []byte(c.raw), c.charset)
			switch {
			case p != nil && p.Error() != c.problem:
				t.Errorf("problem %q, want %q", p.Error(), c.problem)
			case p == nil && c.problem != "":
				t.Errorf("no problem, want %q", c.problem)
			case p == nil && (string(src) != c.want || from != c.from):
				t.Errorf("got %q from %s, want %q from %s", src, from, c.want, c.from)
			}
		})
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
