package dict

import (
	"cmp"
	"slices"
	"strings"
)

// loader fills Facts row by row; what must be joined waits in its maps until finish.
type loader struct {
	f *Facts

	columns       map[columnKey]int // in f.Columns
	indexes       map[Key]int       // in f.Indexes
	constraintsOf map[Key]Key       // constraint -> table
	refers        []Key             // constraints that foreign keys refer to
	uniqueBy      map[Key]bool      // indexes that an enabled unique or primary key uses
	lobs          map[Key]int       // LOB segment -> in f.LOBs
	lobIndexes    map[Key]Key       // index of a LOB -> its table
	queueTables   map[Key]Queue
	spaces        map[string]int
	features      map[string]int
	open          []Key       // tables with interval partitions, which the dictionary does not count
	counted       map[Key]int // partitions by table
}

type columnKey struct {
	table Key
	name  string
}

func (l *loader) session(r row) {
	d := &l.f.Instance
	d.Name = cmp.Or(d.Name, r.Get("db_name"))
	d.UniqueName = cmp.Or(d.UniqueName, r.Get("db_unique_name"))
	d.Version = cmp.Or(d.Version, r.Get("version"))
	d.Host = cmp.Or(d.Host, r.Get("server_host"))
}

func (l *loader) database(r row) {
	l.f.Instance = Instance{
		DBID: r.Get("dbid"), Name: r.Get("name"), UniqueName: r.Get("db_unique_name"), Version: cmp.Or(r.Get("version_full"), r.Get("version")),
		Created: r.time("created"), Started: r.time("startup_time"), LogMode: r.Get("log_mode"), OpenMode: r.Get("open_mode"), Role: r.Get("database_role"),
		ForceLogging: r.Get("force_logging"), Flashback: r.Get("flashback_on"), SupplementalMin: r.Get("supplemental_log_data_min"),
		SupplementalPK: r.yes("supplemental_log_data_pk"), Supplemental: r.yes("supplemental_log_data_all"), Platform: r.Get("platform_name"),
		Host: r.Get("host_name"), CDB: r.yes("cdb"), Edition: r.Get("edition"),
	}
}

func (l *loader) instance(row) { l.f.Instance.Instances++ }

// cpu keeps the last row, which is the newest.
func (l *loader) cpu(r row) {
	l.f.Instance.CPUs, l.f.Instance.Cores, l.f.Instance.Sockets = r.number("cpu_count"), r.number("cpu_core_count"), r.number("cpu_socket_count")
}

func (l *loader) sga(r row) {
	if r.Get("name") == "Maximum SGA Size" {
		add(&l.f.Instance.SGABytes, r.number("bytes"))
	}
}

func (l *loader) pga(r row) {
	if r.Get("name") == "total PGA allocated" {
		add(&l.f.Instance.PGABytes, r.number("value"))
	}
}

func add(to *Number, n Number) {
	if n.Known {
		to.Value, to.Known = to.Value+n.Value, true
	}
}

func (l *loader) container(r row) {
	l.f.Containers = append(l.f.Containers, Container{r.Get("con_id"), r.Get("dbid"), r.Get("name"), r.Get("open_mode")})
}

func (l *loader) banner(r row) { l.f.Banners = append(l.f.Banners, r.Get("banner")) }

func (l *loader) parameter(r row) {
	l.f.Parameters = append(l.f.Parameters, Parameter{
		Instance: r.int("inst_id"), Name: r.Get("name"), Value: r.Get("value"), Default: r.yes("isdefault"), DefaultUnknown: r.Get("isdefault") == "",
		Modified: !strings.EqualFold(r.Get("ismodified"), "FALSE") && r.Get("ismodified") != "", Deprecated: r.yes("isdeprecated"),
	})
}

func (l *loader) nls(r row) {
	if l.f.NLS == nil {
		l.f.NLS = map[string]string{}
	}
	l.f.NLS[r.Get("parameter")] = r.Get("value")
}

func (l *loader) option(r row) {
	if l.f.Options == nil {
		l.f.Options = map[string]bool{}
	}
	l.f.Options[r.Get("parameter")] = r.yes("value")
}

func (l *loader) component(r row) {
	l.f.Components = append(l.f.Components, Component{r.Get("comp_id"), r.Get("comp_name"), r.Get("version"), r.Get("status"), r.Get("schema")})
}

// feature keeps one row a name: that of the newest version, which was sampled last.
func (l *loader) feature(r row) {
	n := Feature{
		Name: r.Get("name"), Version: r.Get("version"), Detected: r.number("detected_usages").Int(), Samples: r.number("total_samples").Int(),
		InUse: r.yes("currently_used"), First: r.time("first_usage_date"), Last: r.time("last_usage_date"), Count: r.number("aux_count"),
	}
	if l.features == nil {
		l.features = map[string]int{}
	}
	at, ok := l.features[n.Name]
	if !ok {
		l.features[n.Name] = len(l.f.Features)
		l.f.Features = append(l.f.Features, n)
		return
	}
	old := l.f.Features[at]
	first := n.First
	if first.IsZero() || !old.First.IsZero() && old.First.Before(first) {
		first = old.First
	}
	if compareVersions(n.Version, old.Version) >= 0 {
		l.f.Features[at] = n
	}
	l.f.Features[at].First = first
}

// compareVersions orders 9.2.0.1.0 before 19.3.0.0.0.
func compareVersions(a, b string) int {
	for a != "" || b != "" {
		var x, y string
		x, a, _ = strings.Cut(a, ".")
		y, b, _ = strings.Cut(b, ".")
		x, y = strings.TrimLeft(x, "0"), strings.TrimLeft(y, "0")
		if c := cmp.Or(cmp.Compare(len(x), len(y)), strings.Compare(x, y)); c != 0 {
			return c
		}
	}
	return 0
}

func (l *loader) timezone(r row) { l.f.TimeZone = max(l.f.TimeZone, r.int("version")) }

func (l *loader) limit(r row) {
	l.f.Limits = append(l.f.Limits, ResourceLimit{r.int("inst_id"), r.Get("resource_name"), r.number("current_utilization"), r.number("max_utilization"), strings.TrimSpace(r.Get("limit_value"))})
}

func (l *loader) client(r row) {
	l.f.Clients = append(l.f.Clients, Client{r.Get("username"), r.Get("program"), r.Get("module"), r.Get("machine"), r.Get("service_name"), r.int("sessions")})
}

func (l *loader) counter(r row) {
	if l.f.Counters == nil {
		l.f.Counters = map[string]float64{}
	}
	l.f.Counters[r.Get("name")] += r.number("value").Value
}

func (l *loader) tablespace(r row) {
	if l.spaces == nil {
		l.spaces = map[string]int{}
	}
	l.spaces[r.Get("tablespace_name")] = len(l.f.Spaces)
	l.f.Spaces = append(l.f.Spaces, Tablespace{
		Name: r.Get("tablespace_name"), Contents: r.Get("contents"), Status: r.Get("status"), Logging: r.Get("logging"), Compress: r.Get("compress_for"),
		BlockSize: r.int("block_size"), BigFile: r.yes("bigfile"), Encrypted: r.yes("encrypted"),
	})
}

func (l *loader) space(name string) *Tablespace {
	at, ok := l.spaces[name]
	if !ok {
		if l.spaces == nil {
			l.spaces = map[string]int{}
		}
		at = len(l.f.Spaces)
		l.spaces[name] = at
		l.f.Spaces = append(l.f.Spaces, Tablespace{Name: name})
	}
	return &l.f.Spaces[at]
}

func (l *loader) dataFile(r row) {
	s := l.space(r.Get("tablespace_name"))
	s.Files, s.Bytes, s.MaxBytes = r.int("files"), r.number("bytes"), r.number("max_bytes")
}

func (l *loader) free(r row) { l.space(r.Get("tablespace_name")).Free = r.number("bytes") }

func (l *loader) redo(r row) {
	l.f.Redo = append(l.f.Redo, RedoHour{r.time("hour"), r.int("thread#"), r.int("logs"), r.number("bytes").Int()})
}

func (l *loader) switches(r row) {
	l.f.Switches = append(l.f.Switches, SwitchHour{r.time("hour"), r.int("thread#"), r.int("switches")})
}

func (l *loader) redoLog(r row) {
	l.f.RedoLogs = append(l.f.RedoLogs, RedoLog{r.int("thread#"), r.int("group#"), r.int("members"), r.number("bytes").Int(), r.Get("status")})
}

// finish joins what stands in several extracts.
func (l *loader) finish() {
	l.sizes()
	l.keys()
	for _, g := range l.f.LogGroups {
		l.tableFacts(g.Table).LogGroup = true
	}
	slices.SortFunc(l.f.Jobs, func(a, b Job) int {
		return cmp.Or(cmp.Compare(a.Owner, b.Owner), cmp.Compare(a.Name, b.Name), cmp.Compare(a.Type, b.Type))
	})
}
