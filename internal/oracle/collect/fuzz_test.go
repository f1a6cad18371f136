package collect

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"landfall/internal/model"
	"landfall/internal/oracle/bundle"
)

// FuzzSpool holds that no spool makes the reader panic, that every fault has a code and a hint, and that what is read fits
// its extract.
func FuzzSpool(f *testing.F) {
	names, err := filepath.Glob("testdata/spool/*.txt")
	if err != nil {
		f.Fatal(err)
	}
	for _, n := range names {
		text, err := os.ReadFile(n)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(text))
	}
	f.Fuzz(func(t *testing.T, text string) {
		name := "nls"
		if fields := strings.Split(text, "|"); len(fields) > 3 && bundle.Find(fields[3]) != nil {
			name = fields[3]
		}
		s, err := parseSpool(name+".txt", strings.NewReader(text))
		if err != nil {
			if model.Code(err) == "" || model.Hint(err) == "" {
				t.Errorf("no code or hint: %v", err)
			}
			return
		}
		for _, r := range s.rows {
			if len(r) != len(s.extract.Columns) {
				t.Errorf("a row of %d fields in %s", len(r), s.extract.Name)
			}
		}
	})
}
