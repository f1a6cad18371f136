package assess

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"landfall/convert"
)

func TestRowsLineUp(t *testing.T) {
	p := SidePart{
		Line: 10, Source: "a\nb\nc\nd", Target: "A\nx\ny\nB\nD\n",
		Map: []convert.LineMap{{Target: 1, Source: 10}, {Target: 2, Source: 13}, {Target: 4, Source: 11}, {Target: 5, Source: 13}},
	}
	want := []SideRow{{0, 0}, {-1, 1}, {-1, 2}, {1, 3}, {2, -1}, {3, 4}}
	if diff := cmp.Diff(want, p.Rows()); diff != "" {
		t.Error(diff)
	}
	for _, p := range []SidePart{{}, {Source: "a\n", Line: 1}, {Target: "a\nb", Line: 1, Map: []convert.LineMap{{Target: 9, Source: -4}}}} {
		s, n := 0, 0
		for _, r := range p.Rows() {
			if r.Source >= 0 {
				s++
			}
			if r.Target >= 0 {
				n++
			}
		}
		if s != countLines(p.Source) || n != countLines(p.Target) {
			t.Errorf("%+v: %d and %d lines in the rows", p, s, n)
		}
	}
}

func TestSides(t *testing.T) {
	dir := t.TempDir()
	script := "CREATE TABLE t (id NUMBER PRIMARY KEY, d DATE);\nCOMMENT ON TABLE t IS 'x';\n\nCREATE OR REPLACE FUNCTION f RETURN DATE IS\nBEGIN\n  RETURN SYSDATE;\nEND;\n/\nINSERT INTO t VALUES (1, SYSDATE);\n"
	if err := os.WriteFile(filepath.Join(dir, "a.sql"), []byte(script), 0o600); err != nil {
		t.Fatal(err)
	}
	r, err := Run(context.Background(), Options{Dir: dir, Sides: true})
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]Side{}
	for _, s := range r.Sides {
		got[string(s.Object)] = s
	}
	table, f := got["table:T"], got["function:F"]
	if len(table.Parts) != 2 || !strings.HasPrefix(table.Parts[0].Source, "CREATE TABLE t") || !strings.Contains(table.Parts[0].Target, "PRIMARY KEY") || !strings.Contains(table.Parts[1].Target, "COMMENT ON TABLE") {
		t.Errorf("table: %+v", table)
	}
	if len(f.Parts) != 1 || f.Parts[0].Line != 4 || !strings.Contains(f.Parts[0].Target, "LANGUAGE plpgsql") || len(f.Parts[0].Map) == 0 {
		t.Errorf("function: %+v", f)
	}
	statements := 0
	for _, s := range r.Sides {
		statements += len(s.Parts)
	}
	if statements != 4 {
		t.Errorf("%d statements have a side, want 4: %+v", statements, r.Sides)
	}
	if r, err = Run(context.Background(), Options{Dir: dir}); err != nil || r.Sides != nil {
		t.Errorf("sides without being asked: %v, %v", r.Sides, err)
	}
}
