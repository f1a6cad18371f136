package bundle

import (
	"slices"
	"strings"
)

// Change is a row that two bundles have in common or not, by the extract's key.
type Change struct {
	Extract string `json:"extract"`
	Kind    string `json:"kind"` // added, removed, changed
	// Key names the row; Columns are those that differ, with both values, of a changed one.
	Key     string        `json:"key"`
	Columns []ColumnDelta `json:"columns,omitempty"`
}

// ColumnDelta is one column of a changed row.
type ColumnDelta struct {
	Column string `json:"column"`
	Old    string `json:"old"`
	New    string `json:"new"`
}

// ExtractDelta sums the changes of one extract.
type ExtractDelta struct {
	Extract string `json:"extract"`
	Added   int    `json:"added"`
	Removed int    `json:"removed"`
	Changed int    `json:"changed"`
	Same    int    `json:"same"`
	// OnlyIn is "old" or "new" where only one bundle has the extract; then nothing is compared.
	OnlyIn string `json:"only_in,omitempty"`
}

// volatile are columns that change by themselves and say nothing: statistics, counters, times. They are left aside unless
// everything is asked for.
var volatile = map[string]bool{
	"current_scn": true, "num_rows": true, "blocks": true, "avg_row_len": true, "chain_cnt": true, "sample_size": true, "last_analyzed": true, "num_distinct": true, "num_nulls": true,
	"avg_col_len": true, "histogram": true, "blevel": true, "leaf_blocks": true, "distinct_keys": true, "clustering_factor": true, "last_number": true, "last_ddl_time": true, "object_id": true,
	"data_object_id": true, "collected_at": true, "last_login": true, "last_active_time": true, "first_load_time": true, "bytes": true, "extents": true, "run_count": true, "last_start_date": true,
	"next_run_date": true, "last_date": true, "next_date": true, "total_time": true, "sha256": true, "generated": true,
}

// figures are extracts that are all counters: they are compared only when everything is asked for.
var figures = map[string]bool{
	"osstat": true, "sga": true, "pga": true, "resource_limits": true, "sysstat": true, "sessions": true, "free_space": true, "redo_logs": true, "redo_per_hour": true, "log_switches": true,
	"backups": true, "modifications": true, "awr_snapshots": true, "awr_sqlstat": true, "awr_binds": true, "sql_binds": true, "statspack_sql": true, "feature_usage": true, "high_water_marks": true,
	"cpu_usage": true, "audit_unified": true, "audit_standard": true, "session": true, "sql": true,
}

// Diff compares two bundles by the keys of their extracts, in order of extract and key. Without everything it leaves figures
// and statistics aside, so that what is left is what somebody changed. Each change is handed to f.
func Diff(old, now *Bundle, everything bool, f func(Change) error) ([]ExtractDelta, error) {
	if a, b := old.Manifest.Mask, now.Manifest.Mask; (a == nil) != (b == nil) || a != nil && *a != *b {
		return nil, fault(CodeMasked, now.Name, "mask both with the same key, or none", "the bundles were masked in different ways, so that nothing would be equal")
	}
	var deltas []ExtractDelta
	for i := range registry {
		e := &registry[i]
		if figures[e.Name] && !everything {
			continue
		}
		d := ExtractDelta{Extract: e.Name}
		switch a, b := old.Has(e.Name), now.Has(e.Name); {
		case !a && !b:
			continue
		case !a:
			d.OnlyIn = "new"
		case !b:
			d.OnlyIn = "old"
		}
		if d.OnlyIn == "" {
			if err := diffExtract(e, old, now, everything, &d, f); err != nil {
				return nil, err
			}
		}
		deltas = append(deltas, d)
	}
	return deltas, nil
}

// keyed groups rows by key; several rows may share one.
func keyed(b *Bundle, name string) (map[string][]Row, []string, error) {
	m := map[string][]Row{}
	var order []string
	err := b.Each(name, func(r Row) error {
		k := r.Key()
		if m[k] == nil {
			order = append(order, k)
		}
		m[k] = append(m[k], r)
		return nil
	})
	return m, order, err
}

func diffExtract(e *Extract, old, now *Bundle, everything bool, d *ExtractDelta, f func(Change) error) error {
	before, order, err := keyed(old, e.Name)
	if err != nil {
		return err
	}
	after, more, err := keyed(now, e.Name)
	if err != nil {
		return err
	}
	for _, k := range more {
		if before[k] == nil {
			order = append(order, k)
		}
	}
	slices.Sort(order)
	for _, k := range order {
		a, b := before[k], after[k]
		for i := range max(len(a), len(b)) {
			c := Change{Extract: e.Name, Key: strings.Join(strings.FieldsFunc(k, func(r rune) bool { return r == 0 }), ".")}
			switch {
			case i >= len(a):
				c.Kind = "added"
				d.Added++
			case i >= len(b):
				c.Kind = "removed"
				d.Removed++
			default:
				c.Columns = deltas(e, a[i], b[i], everything)
				if len(c.Columns) == 0 {
					d.Same++
					continue
				}
				c.Kind = "changed"
				d.Changed++
			}
			if err := f(c); err != nil {
				return err
			}
		}
	}
	return nil
}

func deltas(e *Extract, a, b Row, everything bool) []ColumnDelta {
	var list []ColumnDelta
	for i, c := range e.Columns {
		if a.fields[i] != b.fields[i] && (everything || !volatile[c.Name]) {
			list = append(list, ColumnDelta{c.Name, a.fields[i], b.fields[i]})
		}
	}
	return list
}
