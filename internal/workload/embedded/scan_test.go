package embedded

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"landfall/internal/workload"
)

const samples = "../../../testdata/appsource"

var sampleFiles = map[string]workload.Language{
	"java/com/example/insurance/PolicyDao.java": workload.Java, "java/com/example/insurance/ClaimMapper.java": workload.Java, "scripts/report.py": workload.Python,
	"scripts/Premium.cs": workload.CSharp, "scripts/claims.php": workload.PHP, "scripts/nightly.sh": workload.Shell, "scripts/queries.properties": workload.Properties,
}

func dump(t testing.TB, src *workload.Source, lang workload.Language) string {
	t.Helper()
	var b strings.Builder
	units, err := Scan(src, lang, workload.Sink{
		Statement: func(s workload.Statement) error {
			checkSegments(t, s, src)
			fmt.Fprintf(&b, "%s %s %d/%d parsed=%v\n%s\n", s.Pos, s.Origin, s.Source.Branch, s.Source.Branches, workload.Readable(s.Text), s.Text)
			for _, bind := range s.Binds {
				fmt.Fprintf(&b, "  bind %s %s %v\n", bind.Name, bind.Type, bind.Out)
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

// checkSegments holds that segments cover the text, and that those that say so are the bytes of the file.
func checkSegments(t testing.TB, s workload.Statement, src *workload.Source) {
	t.Helper()
	at := 0
	for _, g := range s.Source.Segments {
		text := s.Text[at : at+g.Len]
		at += g.Len
		if g.Lo < 0 || g.Hi > len(src.Text) || g.Lo > g.Hi {
			t.Fatalf("%s: segment %+v lies outside of %d bytes", s.Origin, g, len(src.Text))
		}
		if g.Holds == workload.HoldsText && g.Hi-g.Lo == g.Len && g.Form != workload.FormFixed && string(src.Text[g.Lo:g.Hi]) != text && !strings.ContainsAny(string(src.Text[g.Lo:g.Hi]), "\\&") {
			t.Errorf("%s: segment %q is %q in the file", s.Origin, text, src.Text[g.Lo:g.Hi])
		}
	}
	if at != len(s.Text) {
		t.Errorf("%s: segments cover %d of %d bytes", s.Origin, at, len(s.Text))
	}
}

// TestSamples reads the samples of every language. What is no statement in them (comments, messages) must not come out.
func TestSamples(t *testing.T) {
	for name, lang := range sampleFiles {
		t.Run(filepath.Base(name), func(t *testing.T) {
			src, err := os.ReadFile(filepath.Join(samples, name))
			if err != nil {
				t.Fatal(err)
			}
			got := dump(t, workload.NewSource(filepath.Base(name), src), lang)
			held(t, filepath.Base(name)+".golden", got)
			for _, no := range []string{"from the list", "FROM comment", "FROM nowhere", "set aside", "from the menu"} {
				if strings.Contains(got, no) {
					t.Errorf("%q came out as a statement", no)
				}
			}
		})
	}
}

// TestTraps reads what once was lost or joined wrongly: each statement has a name (a1, a2 ...) that must come out, or must be
// counted among what is not followed.
func TestTraps(t *testing.T) {
	for name, lang := range map[string]workload.Language{
		"Traps.java": workload.Java, "traps.py": workload.Python, "Traps.cs": workload.CSharp, "traps.properties": workload.Properties, "traps.sh": workload.Shell,
	} {
		t.Run(name, func(t *testing.T) {
			src, err := os.ReadFile(filepath.Join("testdata", "traps", name))
			if err != nil {
				t.Fatal(err)
			}
			held(t, filepath.Join("traps", name+".golden"), dump(t, workload.NewSource(name, src), lang))
		})
	}
}

// held compares with a golden file.
func held(t *testing.T, name, got string) {
	t.Helper()
	golden := filepath.Join("testdata", name)
	if os.Getenv("UPDATE") == "1" {
		if err := os.MkdirAll(filepath.Dir(golden), 0o755); err != nil {
			t.Fatal(err)
		}
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
}

// FuzzScan holds every language to ending and to segments that fit.
func FuzzScan(f *testing.F) {
	langs := []workload.Language{workload.Java, workload.CSharp, workload.Python, workload.PHP, workload.Shell, workload.Properties}
	for name := range sampleFiles {
		if src, err := os.ReadFile(filepath.Join(samples, name)); err == nil {
			for i := range langs {
				f.Add(src, i)
			}
		}
	}
	f.Fuzz(func(t *testing.T, text []byte, lang int) {
		if lang < 0 || lang >= len(langs) || len(text) > 1<<15 {
			return
		}
		dump(t, workload.NewSource("f", text), langs[lang])
	})
}
