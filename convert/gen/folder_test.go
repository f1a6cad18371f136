package gen_test

import (
	"os"
	"path/filepath"
	"testing"

	"landfall/convert/gen"
	"landfall/convert/rules"
	"landfall/internal/oracle/scripts"
)

// convertFiles converts scripts that stand in one folder, statement by statement.
func convertFiles(t *testing.T, files map[string]string, opt scripts.Options) []gen.Result {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	source, err := scripts.Load(t.Context(), dir, opt)
	if err != nil {
		t.Fatal(err)
	}
	e := gen.NewEstate(source, rules.PostgreSQL(), gen.Policy{})
	list := make([]gen.Result, len(source.Units))
	for i, u := range source.Units {
		list[i] = e.Convert(u)
	}
	return list
}
