package convert_test

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"landfall/convert"
	"landfall/internal/oracle/scripts"
)

// TestReadDeployment holds that what is read back is in order, one statement each, and has what somebody has mended in a file.
func TestReadDeployment(t *testing.T) {
	in, out := t.TempDir(), t.TempDir()
	script := "CREATE TABLE hr.b (id NUMBER(5) PRIMARY KEY, a_id NUMBER(5) REFERENCES hr.a (id), d DATE DEFAULT SYSDATE);\nCREATE TABLE hr.a (id NUMBER(5) PRIMARY KEY, v VARCHAR2(10) UNIQUE);\nINSERT INTO hr.a VALUES (1, 'x;y');\n"
	if err := os.WriteFile(filepath.Join(in, "a.sql"), []byte(script), 0o600); err != nil {
		t.Fatal(err)
	}
	estate, err := scripts.Load(context.Background(), in, scripts.Options{})
	if err != nil {
		t.Fatal(err)
	}
	r, err := convert.Run(context.Background(), estate, convert.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := convert.ReadDeployment(out); err == nil || !strings.Contains(err.Error(), "manifest.json") {
		t.Errorf("an empty folder: %v", err)
	}
	if err := r.Write(out); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(out, "schema", "20_table", "hr.a.sql")
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(strings.Replace(string(text), "varchar(10)", "varchar(11)", 1)), 0o600); err != nil {
		t.Fatal(err)
	}
	list, err := convert.ReadDeployment(out)
	if err != nil {
		t.Fatal(err)
	}
	var phases []string
	mended := false
	for _, s := range list {
		if len(phases) == 0 || phases[len(phases)-1] != s.Phase {
			phases = append(phases, s.Phase)
		}
		mended = mended || strings.Contains(s.SQL, "varchar(11)")
		if strings.HasSuffix(s.SQL, ";") || strings.Count(s.SQL, "ADD CONSTRAINT") > 1 {
			t.Errorf("not one statement: %s", s.SQL)
		}
	}
	if want := []string{"schema", "support", "table", "data", "key", "foreign_key"}; !slices.Equal(phases, want) {
		t.Errorf("phases %v, want %v", phases, want)
	}
	if !mended {
		t.Error("what was mended is not there")
	}
}
