package scripts

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"
)

// TestGolden reads each case's files as a folder. The sections catalog, units and problems hold what is expected.
func TestGolden(t *testing.T) {
	cases, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(cases) == 0 {
		t.Fatal("no cases", err)
	}
	for _, name := range cases {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			ar, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			dir := t.TempDir()
			want := map[string]string{}
			var inputs []txtar.File
			for _, f := range ar.Files {
				switch f.Name {
				case "catalog", "units", "problems":
					want[f.Name] = string(f.Data)
					continue
				}
				inputs = append(inputs, f)
				path := filepath.Join(dir, filepath.FromSlash(f.Name))
				if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(path, f.Data, 0o644); err != nil {
					t.Fatal(err)
				}
			}
			est, err := Load(context.Background(), dir, goldenOptions(string(ar.Comment)))
			if err != nil {
				t.Fatal(err)
			}
			got := map[string]string{"catalog": dump(est.Catalog, false), "units": unitText(est), "problems": problemText(est)}
			if os.Getenv("UPDATE") != "" {
				out := &txtar.Archive{Comment: ar.Comment, Files: inputs}
				for _, section := range []string{"catalog", "units", "problems"} {
					if _, had := want[section]; had || section != "units" && got[section] != "" {
						out.Files = append(out.Files, txtar.File{Name: section, Data: []byte(got[section])})
					}
				}
				if err := os.WriteFile(name, txtar.Format(out), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			for _, section := range []string{"catalog", "units", "problems"} {
				if _, had := want[section]; !had && section == "units" {
					continue
				}
				if diff := cmp.Diff(want[section], got[section]); diff != "" {
					t.Errorf("%s (-want +got):\n%s", section, diff)
				}
			}
		})
	}
}

// goldenOptions reads "schema: X" out of a case's first lines.
func goldenOptions(comment string) (o Options) {
	for _, line := range strings.Split(comment, "\n") {
		if v, ok := strings.CutPrefix(line, "schema: "); ok {
			o.DefaultSchema = strings.TrimSpace(v)
		}
	}
	return o
}

func unitText(est *Estate) string {
	var b strings.Builder
	for _, u := range est.Units {
		err := ""
		if u.Err != nil {
			err = " error: " + u.Err.Msg
		}
		fmt.Fprintf(&b, "%s %s schema=%s kind=%s object=%s lines=%d%s\n", u.Pos, u.Class, u.Schema, u.Kind, u.Object, u.Lines, err)
	}
	return b.String()
}

func problemText(est *Estate) string {
	var b strings.Builder
	for _, p := range est.Problems {
		note := ""
		if p.Note {
			note = "note: "
		}
		fmt.Fprintf(&b, "%s: %s: %s%s\n", p.Pos, p.Kind, note, p.Msg)
	}
	return b.String()
}
