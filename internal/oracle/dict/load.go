package dict

import (
	"strconv"
	"strings"
	"time"

	"landfall/internal/oracle/bundle"
)

// Load reads the facts of a bundle. An extract that was not collected is not an error; one that is damaged is.
func Load(b *bundle.Bundle) (*Facts, error) {
	m := &b.Manifest
	f := &Facts{
		Origin: m.Origin, Database: m.Database, Days: m.Days, Schemas: m.Schemas, Bundle: b.SHA256,
		Tables: map[Key]*TableFacts{}, known: map[string]bundle.Entry{}, why: map[string]bundle.NotCollected{},
	}
	f.Collected, _ = bundle.ParseTime(m.CollectedAt) // "" stays the zero time
	for _, e := range m.Extracts {
		f.known[e.Name] = e
	}
	for _, n := range m.NotCollected {
		f.why[n.Name] = n
	}
	l := loader{f: f}
	for _, part := range []struct {
		extract string
		take    func(row)
	}{
		{"database", l.database},
		{"instances", l.instance},
		{"cpu_usage", l.cpu},
		{"sga", l.sga},
		{"pga", l.pga},
		{"session", l.session},
		{"containers", l.container},
		{"versions", l.banner},
		{"parameters", l.parameter},
		{"nls", l.nls},
		{"options", l.option},
		{"components", l.component},
		{"feature_usage", l.feature},
		{"timezone_file", l.timezone},
		{"resource_limits", l.limit},
		{"sessions", l.client},
		{"sysstat", l.counter},
		{"tables", l.table},
		{"object_tables", l.objectTable},
		{"external_tables", l.external},
		{"partitioned_tables", l.partitioned},
		{"partitions", l.partition},
		{"columns", l.column},
		{"column_defaults", l.columnDefault},
		{"encrypted_columns", l.encrypted},
		{"identity_columns", l.identity},
		{"constraints", l.constraint},
		{"indexes", l.index},
		{"lobs", l.lob},
		{"segments", l.segment},
		{"modifications", l.modification},
		{"objects", l.object},
		{"errors", l.compileError},
		{"sequences", l.sequence},
		{"xml_columns", l.xml},
		{"queue_tables", l.queueTable},
		{"queues", l.queue},
		{"libraries", l.library},
		{"jobs", l.oldJob},
		{"scheduler_jobs", l.job},
		{"db_links", l.link},
		{"synonyms", l.synonym},
		{"users", l.user},
		{"roles", l.role},
		{"default_passwords", l.defaultPassword},
		{"system_privileges", l.sysPriv},
		{"role_privileges", l.rolePriv},
		{"table_privileges", l.tabPriv},
		{"policies", l.policy},
		{"contexts", l.context},
		{"directories", l.directory},
		{"tablespaces", l.tablespace},
		{"data_files", l.dataFile},
		{"free_space", l.free},
		{"redo_per_hour", l.redo},
		{"log_switches", l.switches},
		{"redo_logs", l.redoLog},
		{"log_groups", l.logGroup},
		{"unsupported_capture", l.noCapture},
		{"dependencies", l.dependency},
		{"mview_logs", l.viewLog},
		{"ilm_objects", l.lifecycle},
		{"types", l.typ},
	} {
		if !b.Has(part.extract) {
			continue
		}
		err := b.Each(part.extract, func(r bundle.Row) error {
			part.take(row{r})
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	l.finish()
	return f, nil
}

// row reads typed fields. Numbers and times were checked when the row was read, so what does not parse here is NULL or
// a form that only Oracle has (infinity).
type row struct{ bundle.Row }

func (r row) number(column string) Number {
	s := r.Get(column)
	v, err := strconv.ParseFloat(s, 64)
	return Number{v, s != "" && err == nil}
}

func (r row) int(column string) int { return int(r.number(column).Value) }

func (r row) time(column string) time.Time {
	t, _ := bundle.ParseTime(r.Get(column)) // NULL is the zero time
	return t
}

// yes reads Oracle's many words for true: YES, Y, TRUE, ENABLED.
func (r row) yes(column string) bool {
	switch strings.ToUpper(strings.TrimSpace(r.Get(column))) {
	case "YES", "Y", "TRUE", "ENABLED", "1":
		return true
	}
	return false
}

func (r row) key(owner, name string) Key { return Key{r.Get(owner), r.Get(name)} }
