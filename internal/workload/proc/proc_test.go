package proc

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"landfall/internal/workload"
)

const sample = "../../../testdata/appsource/proc/renew.pc"

func dump(t testing.TB, src *workload.Source) string {
	t.Helper()
	var b strings.Builder
	units, err := Scan(src, workload.Sink{
		Statement: func(s workload.Statement) error {
			at := 0
			for _, g := range s.Source.Segments {
				if g.Holds == workload.HoldsText && g.Hi-g.Lo == g.Len && g.Form == workload.FormPlain && string(src.Text[g.Lo:g.Hi]) != s.Text[at:at+g.Len] {
					t.Errorf("%s: segment %q is %q in the file", s.Origin, s.Text[at:at+g.Len], src.Text[g.Lo:g.Hi])
				}
				at += g.Len
			}
			if at != len(s.Text) {
				t.Errorf("%s: segments cover %d of %d bytes", s.Origin, at, len(s.Text))
			}
			fmt.Fprintf(&b, "%s %s parsed=%v\n%s\n", s.Pos, s.Origin, workload.Readable(s.Text), s.Text)
			for _, bind := range s.Binds {
				fmt.Fprintf(&b, "  bind %s %s\n", bind.Name, bind.Type)
			}
			return nil
		},
		Problem: func(p workload.Problem) { fmt.Fprintf(&b, "%s %s: %s [%s]\n", p.Pos, p.Kind, p.Reason, p.Head) },
	})
	if err != nil {
		t.Fatal(err)
	}
	fmt.Fprintf(&b, "%d units\n", units)
	return b.String()
}

// TestSample reads the sample: what goes to the server comes out, with its host variables, and nothing else.
func TestSample(t *testing.T) {
	src, err := os.ReadFile(sample)
	if err != nil {
		t.Fatal(err)
	}
	got := dump(t, workload.NewSource("renew.pc", src))
	if os.Getenv("UPDATE") == "1" {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile("testdata/renew.golden", []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile("testdata/renew.golden")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Error(diff)
	}
	if strings.Contains(got, "parsed=false") {
		t.Error("a statement of the sample cannot be read")
	}
}

// TestClientLibrary tells of calls that are no SQL and that ecpg has not, and of blocks that are no Pro*C; the rest of what the
// precompiler is told is passed over.
func TestClientLibrary(t *testing.T) {
	src := "EXEC SQL LOB READ :n FROM :l INTO :b;\nEXEC SQL BEGIN UPDATE t SET a = :x; END;\nEXEC SQL BEGIN DECLARE SECTION;\nEXEC SQL END DECLARE SECTION;\nEXEC SQL CLOSE c;\nEXEC SQL DELETE FROM t;\n"
	got := dump(t, workload.NewSource("l.pc", []byte(src)))
	for _, want := range []string{"l.pc:1:9 unresolved: EXEC SQL LOB calls", "l.pc:2:9 malformed: a block without EXECUTE", "assumed: 3 lines of EXEC SQL", "DELETE FROM t\n", "1 units"} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
}

// FuzzScan holds the scanner to ending and to segments that fit.
func FuzzScan(f *testing.F) {
	if src, err := os.ReadFile(sample); err == nil {
		f.Add(src)
	}
	f.Add([]byte("EXEC SQL SELECT a INTO :b FROM"))
	f.Add([]byte("EXEC SQL EXECUTE BEGIN x"))
	f.Fuzz(func(t *testing.T, text []byte) {
		if len(text) < 1<<15 {
			dump(t, workload.NewSource("f.pc", text))
		}
	})
}
