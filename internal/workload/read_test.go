package workload

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// dump reads a text and writes down all that comes out.
func dump(t *testing.T, name string, kind Kind, src []byte) string {
	t.Helper()
	var b strings.Builder
	kind, err := Read(context.Background(), File{Name: name, Kind: kind}, bytes.NewReader(src), Options{}, Sink{
		Statement: func(s Statement) error {
			fmt.Fprintf(&b, "%s %s id=%s schema=%s module=%q exec=%d elapsed=%s rows=%d cut=%v parsed=%v\n", s.Pos, s.Origin, s.SQLID, s.Schema, s.Module, s.Executions, s.Elapsed, s.Rows, s.Cut, Fingerprint(s.Text).Parsed)
			for _, l := range strings.Split(s.Text, "\n") {
				fmt.Fprintf(&b, "    %s\n", l)
			}
			for _, x := range s.Binds {
				fmt.Fprintf(&b, "    bind %s %s out=%v %q\n", x.Name, x.Type, x.Out, x.Values)
			}
			return nil
		},
		Problem: func(p Problem) { fmt.Fprintf(&b, "%s %s: %s (%s) [%s]\n", p.Pos, p.Kind, p.Reason, p.Hint, p.Head) },
	})
	if err != nil {
		t.Fatal(err)
	}
	return fmt.Sprintf("kind %s\n", kind) + b.String()
}

// TestReaders reads one file of each form. Each has what is usual, and the mistakes that such files have.
func TestReaders(t *testing.T) {
	files, err := filepath.Glob("testdata/readers/*.*")
	if err != nil {
		t.Fatal(err)
	}
	seen := 0
	for _, name := range files {
		if strings.HasSuffix(name, ".golden") {
			continue
		}
		seen++
		t.Run(filepath.Base(name), func(t *testing.T) {
			src, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			got := dump(t, filepath.Base(name), "", src)
			golden := name + ".golden"
			if os.Getenv("UPDATE") == "1" {
				if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), got); diff != "" {
				t.Error(diff)
			}
		})
	}
	if seen < 9 {
		t.Errorf("only %d files", seen)
	}
}

// TestCharsets reads the same statement in the encodings that Chinese sites have.
func TestCharsets(t *testing.T) {
	for name, src := range map[string][]byte{
		"utf-8 with mark": []byte("\xEF\xBB\xBFsql\nSELECT '\xe7\x90\x86\xe8\xb5\x94' FROM dual\n"),
		"gbk":             []byte("sql\nSELECT '\xc0\xed\xc5\xe2' FROM dual\n"),
		"utf-16":          []byte("\xFF\xFEs\x00q\x00l\x00\n\x00S\x00E\x00L\x00E\x00C\x00T\x00 \x00'\x00\x06t\x54\x8d'\x00 \x00F\x00R\x00O\x00M\x00 \x00d\x00u\x00a\x00l\x00\n\x00"),
	} {
		if got := dump(t, "x.csv", "", src); !strings.Contains(got, "SELECT '理赔' FROM dual") {
			t.Errorf("%s: %s", name, got)
		}
	}
}

// TestBounds feeds readers what must not make them grow: lines without end, quotes never closed.
func TestBounds(t *testing.T) {
	long := strings.Repeat("x", MaxText+10)
	for name, src := range map[string]string{
		"a.jsonl": `{"sql":"` + long + `"}`,
		"a.csv":   "sql\n\"" + strings.Repeat(long+"\n", 5),
		"a.sql":   "SELECT '" + long + "' FROM dual;",
		"a.trc":   "PARSING IN CURSOR #1 len=9 dep=0 uid=1 oct=3 lid=1 tim=1\n" + long + "\nEND OF STMT\nEXEC #1:c=0,e=1\n",
	} {
		got := dump(t, name, "", []byte(src))
		if !strings.Contains(got, "longer than") || strings.Contains(got, "exec=") {
			t.Errorf("%s: %.200s", name, got)
		}
	}
}

// TestNothingIsPassedOver tells of what once was taken without a word: figures that are none, columns that contradict each
// other, characters that are lost, reports that were cut.
func TestNothingIsPassedOver(t *testing.T) {
	awr, err := os.ReadFile("testdata/readers/awr.txt")
	if err != nil {
		t.Fatal(err)
	}
	page, err := os.ReadFile("testdata/readers/awr.html")
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct{ file, src, want string }{
		"count":         {"a.csv", "sql,executions\nSELECT 1 FROM dual,9223372036854775807\n", `"9223372036854775807" is no count`},
		"time":          {"a.csv", "sql,elapsed_ms\nSELECT 1 FROM dual,NaN\n", `"NaN" is no time`},
		"endless time":  {"a.csv", "sql,elapsed_ms\nSELECT 1 FROM dual,1e300\n", `"1e300" is no time`},
		"column twice":  {"a.csv", "sql,executions,executions\nSELECT 1 FROM dual,1,2\n", `column "executions" stands twice`},
		"characters":    {"a.csv", "sql\nSELECT 'caf\xe9' FROM dual\n", "1 characters stand for nothing in gb18030"},
		"cut report":    {"awr.txt", string(awr[:len(awr)*3/5]), `no line "End of Report"`},
		"cut page":      {"awr.html", string(page[:len(page)*3/4]), `no line "End of Report"`},
		"figure in ###": {"awr.txt", "WORKLOAD REPOSITORY report\nSQL ordered by Elapsed Time\n" + strings.Replace(string(awr), "301,125", "#######", 1), "the report prints executions as #######"},
	} {
		if got := dump(t, c.file, "", []byte(c.src)); !strings.Contains(got, c.want) {
			t.Errorf("%s: no %q in\n%s", name, c.want, got)
		}
	}
	big := strings.Replace(string(awr), "301,125", "3.1E+05", 1)
	if got := dump(t, "awr.txt", "", []byte(big)); !strings.Contains(got, "exec=310000") {
		t.Errorf("3.1E+05 executions are not read:\n%s", got)
	}
}

// TestFoldersTellWhatTheyPassOver finds files through links, and names or counts what it does not take.
func TestFoldersTellWhatTheyPassOver(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{"a.csv": "sql\n", "notes.txt": "to do", "App.java": "class A {}"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for link, to := range map[string]string{"b.csv": "a.csv", "B.java": "App.java", "around": "."} {
		if err := os.Symlink(to, filepath.Join(dir, link)); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.MkdirAll(filepath.Join(dir, ".git", "refs"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, ".git", "refs", "a.csv"), []byte("sql\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	found, passed, err := Find(dir)
	if err != nil || len(found) != 2 || len(passed) != 4 { // notes, two of Java, the link to a folder
		t.Errorf("%v: found %v, passed over %v", err, found, passed)
	}
	files, others, err := FindApp(context.Background(), dir)
	if err != nil || len(files) != 2 || others[Linked] != 1 || others[".csv"] != 2 || others[".txt"] != 1 {
		t.Errorf("%v: files %v, others %v", err, files, others)
	}
}

// TestAppCharacters says when the character set of a file of source cannot be the one that was taken.
func TestAppCharacters(t *testing.T) {
	name := filepath.Join(t.TempDir(), "A.java")
	if err := os.WriteFile(name, []byte("class A { String s = \"caf\xe9\"; }"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, note, problem := ReadApp(AppFile{Path: name, Name: "A.java", Language: Java}, ""); problem != nil || !strings.Contains(note, "GB18030") || !strings.Contains(note, "1 characters stand for nothing") {
		t.Errorf("%q, %v", note, problem)
	}
	if _, note, problem := ReadApp(AppFile{Path: name, Name: "A.java", Language: Java}, "windows-1252"); problem != nil || note != "" {
		t.Errorf("%q, %v", note, problem)
	}
}

// TestSinkStops ends the reading by an error of the sink, which comes back.
func TestSinkStops(t *testing.T) {
	stop := errors.New("enough")
	n := 0
	_, err := Read(context.Background(), File{Name: "x.sql"}, strings.NewReader("SELECT 1 FROM dual;\nSELECT 2 FROM dual;\n"), Options{}, Sink{
		Statement: func(Statement) error { n++; return stop }, Problem: func(Problem) {},
	})
	if !errors.Is(err, stop) || n != 1 {
		t.Errorf("%v after %d statements", err, n)
	}
}

// FuzzRead holds every reader to ending, with no more text than it was given and places inside the file.
func FuzzRead(f *testing.F) {
	files, _ := filepath.Glob("testdata/readers/*.*")
	for _, name := range files {
		if src, err := os.ReadFile(name); err == nil && !strings.HasSuffix(name, ".golden") {
			for i := range Kinds() {
				f.Add(src, i)
			}
		}
	}
	f.Fuzz(func(t *testing.T, src []byte, kind int) {
		if kind < 0 || kind >= len(Kinds()) {
			return
		}
		lines := bytes.Count(src, []byte("\n")) + 1
		check := func(line int, text string) {
			if line < 0 || line > lines+1 {
				t.Errorf("line %d of %d", line, lines)
			}
			if len(text) > 8*len(src)+8 {
				t.Errorf("%d bytes of text from %d", len(text), len(src))
			}
		}
		g := NewGrouper()
		_, err := Read(context.Background(), File{Name: "x", Kind: Kinds()[kind]}, bytes.NewReader(src), Options{Charset: "utf-8"}, Sink{
			Statement: func(s Statement) error {
				check(s.Pos.Line, s.Text)
				if s.Executions < 0 || s.Rows < 0 {
					t.Errorf("negative figures: %+v", s)
				}
				g.Add(s)
				return nil
			},
			Problem: func(p Problem) { check(p.Pos.Line, "") },
		})
		if err != nil {
			t.Fatal(err)
		}
		for _, x := range g.Groups() {
			if len(x.Digest) != 16 || x.Statements < 1 {
				t.Errorf("group %+v", x)
			}
		}
	})
}
