package dict

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"landfall/internal/oracle/bundle"
)

// opened writes a bundle of the tables and opens it again.
func opened(t *testing.T, c *bundle.Content) *bundle.Bundle {
	t.Helper()
	var buf bytes.Buffer
	if err := bundle.Write(&buf, c); err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(t.TempDir(), "b.zip")
	if err := os.WriteFile(name, buf.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	b, err := bundle.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { b.Close() })
	return b
}

func table(name string, rows ...[]string) *bundle.Table {
	t := bundle.NewTable(name)
	for _, r := range rows {
		t.Add(r...)
	}
	return t
}

func TestSizesAreJoined(t *testing.T) {
	b := opened(t, &bundle.Content{Tables: []*bundle.Table{
		table("tables", []string{"owner", "A", "table_name", "T", "num_rows", "1234", "avg_row_len", "80", "logging", "YES"}, []string{"owner", "A", "table_name", "EMPTY"}),
		table("indexes", []string{"owner", "A", "index_name", "I", "table_owner", "A", "table_name", "T", "index_type", "NORMAL", "uniqueness", "UNIQUE"},
			[]string{"owner", "A", "index_name", "PK", "table_owner", "A", "table_name", "T", "index_type", "NORMAL/REV", "uniqueness", "UNIQUE"},
			[]string{"owner", "A", "index_name", "IOT", "table_owner", "A", "table_name", "O", "index_type", "IOT - TOP", "uniqueness", "UNIQUE"}),
		table("lobs", []string{"owner", "A", "table_name", "T", "column_name", "DOC", "segment_name", "SYS_LOB1", "index_name", "SYS_IL1", "securefile", "YES"}),
		table("constraints", []string{"owner", "A", "constraint_name", "PK", "table_name", "T", "constraint_type", "P", "status", "ENABLED", "index_name", "PK"},
			[]string{"owner", "A", "constraint_name", "FK", "table_name", "O", "constraint_type", "R", "status", "ENABLED", "r_owner", "A", "r_constraint_name", "PK"}),
		table("segments", []string{"owner", "A", "segment_name", "T", "segment_type", "TABLE", "bytes", "1000"},
			[]string{"owner", "A", "segment_name", "I", "segment_type", "INDEX PARTITION", "bytes", "200"},
			[]string{"owner", "A", "segment_name", "PK", "segment_type", "INDEX", "bytes", "30"},
			[]string{"owner", "A", "segment_name", "IOT", "segment_type", "INDEX", "bytes", "7"},
			[]string{"owner", "A", "segment_name", "SYS_LOB1", "segment_type", "LOBSEGMENT", "bytes", "5000"},
			[]string{"owner", "A", "segment_name", "SYS_IL1", "segment_type", "LOBINDEX", "bytes", "4"}),
	}})
	f, err := Load(b)
	if err != nil {
		t.Fatal(err)
	}
	type sizes struct {
		Table, Index, LOB Number
		PK                bool
		Unique, In        int
	}
	got := map[string]sizes{}
	for _, x := range f.TablesInOrder() {
		got[x.Name] = sizes{x.Bytes, x.IndexBytes, x.LOBBytes, x.PrimaryKey, x.UniqueKeys, x.ForeignKeysIn}
	}
	want := map[string]sizes{
		"T":     {Number{1000, true}, Number{230, true}, Number{5004, true}, true, 1, 1},
		"EMPTY": {Number{0, true}, Number{0, true}, Number{0, true}, false, 0, 0},
		"O":     {Number{7, true}, Number{}, Number{}, false, 0, 0}, // not listed: only its index is known
	}
	want["O"] = sizes{Number{7, true}, got["O"].Index, got["O"].LOB, false, 0, 0}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	if f.TotalBytes() != (Number{6241, true}) {
		t.Errorf("total %v", f.TotalBytes())
	}
	if f.Known("redo_per_hour") || f.Why("redo_per_hour").Reason != bundle.ReasonNotRun {
		t.Errorf("redo is not known, but %v", f.Why("redo_per_hour"))
	}
}

func TestRedoPerDay(t *testing.T) {
	hour := func(h, bytes string) []string { return []string{"hour", h, "thread#", "1", "bytes", bytes} }
	f, err := Load(opened(t, &bundle.Content{Tables: []*bundle.Table{
		table("redo_per_hour", hour("2026-11-02T23:00:00", "10"), hour("2026-11-03T00:00:00", "5"), hour("2026-11-03T10:00:00", "50")),
	}}))
	if err != nil {
		t.Fatal(err)
	}
	days, estimated := f.RedoPerDay()
	day := func(d int) time.Time { return time.Date(2026, 11, d, 0, 0, 0, 0, time.UTC) }
	if d := cmp.Diff([]DayBytes{{day(2), 10}, {day(3), 55}}, days); d != "" || estimated {
		t.Error(d, estimated)
	}
	if peak, at, ok := f.PeakRedo(); peak != 50 || !at.Equal(day(3).Add(10*time.Hour)) || !ok {
		t.Error(peak, at, ok)
	}
	f, err = Load(opened(t, &bundle.Content{Tables: []*bundle.Table{
		table("log_switches", []string{"hour", "2026-11-02T23:00:00", "thread#", "1", "switches", "3"}),
		table("redo_logs", []string{"thread#", "1", "group#", "1", "bytes", "100"}),
	}}))
	if err != nil {
		t.Fatal(err)
	}
	if days, estimated := f.RedoPerDay(); !cmp.Equal([]DayBytes{{day(2), 300}}, days) || !estimated {
		t.Error(days, estimated)
	}
}

func TestNewestFeatureCounts(t *testing.T) {
	row := func(version, used, first string) []string {
		return []string{"dbid", "1", "name", "Partitioning (user)", "version", version, "currently_used", used, "first_usage_date", first}
	}
	f, err := Load(opened(t, &bundle.Content{Tables: []*bundle.Table{
		table("feature_usage", row("19.0.0.0.0", "TRUE", "2024-01-01T00:00:00"), row("9.2.0.1.0", "FALSE", "2004-01-01T00:00:00")),
	}}))
	if err != nil {
		t.Fatal(err)
	}
	if len(f.Features) != 1 || !f.Features[0].InUse || f.Features[0].Version != "19.0.0.0.0" || f.Features[0].First.Year() != 2004 {
		t.Errorf("%+v", f.Features)
	}
}
