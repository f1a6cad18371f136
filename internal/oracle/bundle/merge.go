package bundle

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// summed are extracts whose rows of several times are facts of their own, so that equal keys are no contradiction: the row of the
// later bundle counts. Of all others two different rows of one key contradict each other only in columns that somebody sets.
var summed = map[string]bool{
	"sql": true, "sql_binds": true, "awr_snapshots": true, "awr_sql": true, "awr_sqlstat": true, "awr_binds": true, "statspack_sql": true, "statspack_text": true, "audit_unified": true,
	"audit_standard": true, "redo_per_hour": true, "log_switches": true, "backups": true, "workload": true,
}

// Merge puts bundles of one database together: of several schemas, or of several times. Rows are united by the key of their
// extract; where bundles have the same row, that of the later one counts. Bundles of different databases, versions, origins or masks
// are refused, and so are two bundles of one time that contradict each other.
//
// Figures are not added up: of a statement that several bundles have, those of the latest stand.
func Merge(list []*Bundle) (*Content, error) {
	if len(list) < 2 {
		return nil, fault(CodeNothing, "", "landfall bundle merge A.zip B.zip --out C.zip", "%d bundles, not two or more", len(list))
	}
	sorted := slices.Clone(list)
	slices.SortStableFunc(sorted, func(a, b *Bundle) int {
		return cmp.Or(cmp.Compare(a.Manifest.CollectedAt, b.Manifest.CollectedAt), cmp.Compare(a.SHA256, b.SHA256))
	})
	first := sorted[0]
	for _, b := range sorted[1:] {
		if err := mergeable(first, b); err != nil {
			return nil, err
		}
	}
	last := sorted[len(sorted)-1]
	c := &Content{Manifest: last.Manifest, Levels: map[string]string{}, Incomplete: map[string]string{}, Damaged: map[string]int{}}
	m := &c.Manifest
	m.Extracts, m.NotCollected, m.Merged = nil, nil, nil
	m.CollectedAt = first.Manifest.CollectedAt
	m.CollectedUntil = cmp.Or(last.Manifest.CollectedUntil, last.Manifest.CollectedAt)
	m.Schemas = nil
	whole, apart := false, false
	var names []string
	for _, b := range sorted {
		apart = apart || folders(first, b)
		if n := b.Manifest.Database.Name; !slices.Contains(names, n) {
			names = append(names, n)
		}
	}
	if apart { // files of different folders may have one name
		m.Database.Name = strings.Join(names, "+")
	}
	for _, b := range sorted {
		m.Days = max(m.Days, b.Manifest.Days)
		m.Merged = append(m.Merged, Part{b.SHA256, b.Manifest.CollectedAt, b.Manifest.Schemas})
		m.Schemas = append(m.Schemas, b.Manifest.Schemas...)
		whole = whole || len(b.Manifest.Schemas) == 0
		if b.Manifest.Level != m.Level {
			m.Level = "mixed"
		}
	}
	slices.Sort(m.Schemas)
	m.Schemas = slices.Compact(m.Schemas)
	if whole { // one of them holds all schemas
		m.Schemas = nil
	}
	for i := range registry {
		if err := mergeExtract(c, sorted, &registry[i], apart); err != nil {
			return nil, err
		}
	}
	return c, nil
}

func mergeable(a, b *Bundle) error {
	x, y := a.Manifest, b.Manifest
	hint := "merge only bundles of one database"
	switch {
	case a.SHA256 == b.SHA256:
		return fault(CodeConflict, b.Name, "name each bundle once", "is the same bundle as %s", a.Name)
	case x.Origin != y.Origin:
		return fault(CodeOther, b.Name, hint, "comes from %s, %s from %s", y.Origin, a.Name, x.Origin)
	case !folders(a, b) && (differ(x.Database.DBID, y.Database.DBID) || differ(x.Database.Name, y.Database.Name) || differ(x.Database.UniqueName, y.Database.UniqueName) || x.Database.Container != y.Database.Container):
		return fault(CodeOther, b.Name, hint, "is of database %s, %s of %s", who(y.Database), a.Name, who(x.Database))
	case differ(release(x.Database.Version), release(y.Database.Version)):
		return fault(CodeVersion, b.Name, "the database was upgraded in between: use the later bundle", "is of version %s, %s of %s", y.Database.Version, a.Name, x.Database.Version)
	case differ(x.Database.Charset, y.Database.Charset):
		return fault(CodeOther, b.Name, hint, "has the character set %s, %s has %s", y.Database.Charset, a.Name, x.Database.Charset)
	case (x.Mask == nil) != (y.Mask == nil), x.Mask != nil && *x.Mask != *y.Mask:
		return fault(CodeMasked, b.Name, "mask both with the same key, or none", "was masked in another way than %s", a.Name)
	}
	return nil
}

// folders reports two bundles of scripts that lay in folders of different names: there is nothing but the folder to name the database
// by, so that they may be parts of one. Rows of theirs that contradict each other are refused, whatever their times.
func folders(a, b *Bundle) bool {
	x, y := a.Manifest, b.Manifest
	return x.Origin == FromFiles && y.Origin == FromFiles && differ(x.Database.Name, y.Database.Name)
}

// fileColumns are the columns of extracts that name files of a folder.
var fileColumns = map[string]string{"scripts": "name", "script_problems": "name", "workload": "file"}

// differ reports two known values that are not equal.
func differ(a, b string) bool { return a != "" && b != "" && a != b }

// release is the part of a version that a patch does not change: 19 of 19.21.0.0.0, 12.2 of 12.2.0.1.0.
func release(v string) string {
	parts := strings.SplitN(v, ".", 3)
	if len(parts) > 1 && len(parts[0]) == 2 && parts[0] < "18" {
		return parts[0] + "." + parts[1]
	}
	return parts[0]
}

func who(d Database) string {
	return strings.TrimSpace(strings.Join([]string{d.Name, d.DBID, d.Container}, " "))
}

func mergeExtract(c *Content, sorted []*Bundle, e *Extract, apart bool) error {
	t := &Table{Extract: e}
	at := map[string][]int{} // key -> rows of t that came from the bundle in from
	from := map[string]*Bundle{}
	has := false
	var why NotCollected
	for _, b := range sorted {
		entry := b.Manifest.Entry(e.Name)
		if entry == nil {
			why = b.Manifest.Why(e.Name)
			if why.Reason != ReasonOrigin && why.Reason != ReasonVersion {
				c.Incomplete[e.Name] = fmt.Sprintf("one of the merged bundles lacks it: %s", why.Reason)
			}
			continue
		}
		has = true
		c.Levels[e.Name] = entry.Level
		c.Damaged[e.Name] += entry.Damaged
		if entry.Incomplete != "" {
			c.Incomplete[e.Name] = entry.Incomplete
		}
		err := b.Each(e.Name, func(r Row) error {
			if file := fileColumns[e.Name]; apart && file != "" {
				_, at := e.Column(file)
				r.fields = slices.Clone(r.fields)
				r.fields[at] = b.Manifest.Database.Name + "/" + r.fields[at]
			}
			k := r.Key()
			if old := from[k]; old != nil && old != b {
				if err := contradiction(e, t.Rows[at[k][0]], r, old, b); err != nil {
					return err
				}
				for _, i := range at[k][1:] {
					t.Rows[i] = nil
				}
				t.Rows[at[k][0]] = r.fields
				at[k] = at[k][:1]
				from[k] = b
				return nil
			}
			from[k] = b
			at[k] = append(at[k], len(t.Rows))
			t.Rows = append(t.Rows, r.fields)
			return nil
		})
		if err != nil {
			return err
		}
	}
	if !has {
		delete(c.Incomplete, e.Name)
		c.Manifest.NotCollected = append(c.Manifest.NotCollected, why)
		return nil
	}
	t.Rows = slices.DeleteFunc(t.Rows, func(r []string) bool { return r == nil })
	if c.Damaged[e.Name] == 0 {
		delete(c.Damaged, e.Name)
	}
	c.Tables = append(c.Tables, t)
	return nil
}

// contradiction is the error of two bundles of the same time that say different things of one row.
func contradiction(e *Extract, old []string, r Row, a, b *Bundle) error {
	later := a.Manifest.CollectedAt != b.Manifest.CollectedAt || a.Manifest.CollectedAt == ""
	if later && !folders(a, b) || summed[e.Name] || figures[e.Name] {
		return nil
	}
	list := deltas(e, Row{e, old}, r, false)
	if len(list) == 0 {
		return nil
	}
	hint := "collect again: one of them was changed"
	if folders(a, b) {
		hint = "both folders create it: keep one, or merge bundles of one folder at several times"
	}
	return fault(CodeConflict, b.Name, hint, "extract %s, row %s: column %s is %q, but %q in %s, and both were collected at %s", e.Name,
		strings.Join(strings.FieldsFunc(r.Key(), func(c rune) bool { return c == 0 }), "."), list[0].Column, short(list[0].New), short(list[0].Old), a.Name, a.Manifest.CollectedAt)
}
