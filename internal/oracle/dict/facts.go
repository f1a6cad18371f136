package dict

import (
	"slices"
	"strings"
	"time"

	"landfall/internal/oracle/bundle"
)

// Facts are what a bundle knows about a database beyond its definitions. Slices are in the order of their extract's key.
//
// Whether a part was collected is asked by the name of its extract:
//
//	if !f.Known("segments") { why := f.Why("segments"); ... not covered, why.Reason, why.Detail ... }
//
// A nil slice or map of a part that is known means that the database has none of it.
type Facts struct {
	Origin    bundle.Origin
	Database  bundle.Database // name, version, character sets; also in the manifest
	Collected time.Time       // zero where the manifest does not say; in the database's own time, as UTC
	Days      int             // of history in Redo, Switches and the workload extracts
	Schemas   []string        // that were asked for; nil: all but Oracle's own
	Bundle    string          // SHA-256 of the bundle's manifest: names the facts in a report

	Instance   Instance            // "database", "instances", "cpu_usage", "sga"
	Containers []Container         // "containers"
	Banners    []string            // "versions"
	Parameters []Parameter         // "parameters"
	NLS        map[string]string   // "nls": NLS_CHARACTERSET -> ZHS16GBK
	Options    map[string]bool     // "options": name -> installed
	Components []Component         // "components"
	Features   []Feature           // "feature_usage", the newest version of each name
	TimeZone   int                 // "timezone_file": version of the time-zone file, 0 when not known
	Limits     []ResourceLimit     // "resource_limits"
	Clients    []Client            // "sessions"
	Counters   map[string]float64  // "sysstat", summed over instances
	Tables     map[Key]*TableFacts // "tables" with the figures of other extracts added; also of tables that only those name
	Columns    []Column            // "columns" with "column_defaults", "encrypted_columns", "identity_columns"
	Indexes    []Index             // "indexes"
	Objects    []Object            // "objects": all objects with their status
	Errors     []CompileError      // "errors"
	Sequences  []Sequence          // "sequences"
	Partitions []Partitioned       // "partitioned_tables"
	LOBs       []LOB               // "lobs"
	XML        []XMLColumn         // "xml_columns"
	External   []External          // "external_tables"
	Queues     []Queue             // "queues" with "queue_tables"
	Libraries  []Library           // "libraries"
	Jobs       []Job               // "jobs" and "scheduler_jobs"
	Links      []Link              // "db_links"
	Synonyms   []Synonym           // "synonyms"
	Users      []User              // "users"
	Roles      []Role              // "roles"
	// DefaultPasswords are users that still have the password that Oracle gives them: "default_passwords".
	DefaultPasswords []string
	SysPrivs         []SysPriv         // "system_privileges"
	RolePrivs        []RolePriv        // "role_privileges"
	TabPrivs         []TabPriv         // "table_privileges"
	Policies         []Policy          // "policies"
	Contexts         []Context         // "contexts"
	Dirs             []Directory       // "directories"
	Spaces           []Tablespace      // "tablespaces" with "data_files" and "free_space"
	Segments         []Segment         // "segments"
	Redo             []RedoHour        // "redo_per_hour"
	Switches         []SwitchHour      // "log_switches"
	RedoLogs         []RedoLog         // "redo_logs"
	LogGroups        []LogGroup        // "log_groups"
	NoCapture        []NoCapture       // "unsupported_capture"
	Depends          []Dependency      // "dependencies"
	ViewLogs         []ViewLog         // "mview_logs"
	Lifecycle        []LifecycleObject // "ilm_objects"
	Types            []Type            // "types"

	known map[string]bundle.Entry
	why   map[string]bundle.NotCollected
}

// Known reports whether an extract was collected.
func (f *Facts) Known(extract string) bool { _, ok := f.known[extract]; return ok }

// Why says why an extract was not collected; for one that was, it says what is known to lack (Detail), if anything.
func (f *Facts) Why(extract string) bundle.NotCollected {
	if e, ok := f.known[extract]; ok {
		return bundle.NotCollected{Name: extract, Detail: e.Incomplete}
	}
	if w, ok := f.why[extract]; ok {
		return w
	}
	return bundle.NotCollected{Name: extract, Reason: bundle.ReasonNotRun}
}

// Level tells from which views an extract came: "dba", or "all", which show only what the collecting user may see; ""
// where it came from neither.
func (f *Facts) Level(extract string) string { return f.known[extract].Level }

// Key names an object in a schema, as the dictionary spells both.
type Key struct{ Owner, Name string }

// Number is a figure that may be unknown (NULL in the dictionary, or not collected).
type Number struct {
	Value float64
	Known bool
}

// Int is the number rounded down; 0 where it is not known.
func (n Number) Int() int64 { return int64(n.Value) }

// Instance is what "database" and its neighbours say.
type Instance struct {
	DBID, Name, UniqueName       string
	Version                      string // 19.21.0.0.0: the most exact one that is known
	Created, Started             time.Time
	LogMode                      string // ARCHIVELOG, NOARCHIVELOG
	OpenMode, Role               string // READ WRITE; PRIMARY, PHYSICAL STANDBY ...
	ForceLogging, Flashback      string // YES, NO (21c: also STANDBY NOLOGGING ...)
	SupplementalMin              string // NO, YES, IMPLICIT
	SupplementalPK, Supplemental bool   // of primary keys; of all columns
	Platform, Host               string
	CDB                          bool
	Edition                      string // EE, SE ...; "" before 12.1
	Instances                    int    // of the cluster; 0 when not known
	CPUs, Cores, Sockets         Number
	SGABytes, PGABytes           Number // summed over instances; PGA as "total PGA allocated"
}

// Container is a pluggable database.
type Container struct{ ConID, DBID, Name, OpenMode string }

// Parameter is an initialisation parameter of one instance.
type Parameter struct {
	Instance       int
	Name, Value    string
	Default        bool
	Modified       bool
	Deprecated     bool
	DefaultUnknown bool // the extract did not tell
}

// Component is a row of DBA_REGISTRY.
type Component struct{ ID, Name, Version, Status, Schema string }

// Feature is what Oracle sampled about the use of a feature.
type Feature struct {
	Name, Version     string
	Detected, Samples int64
	InUse             bool // CURRENTLY_USED
	First, Last       time.Time
	Count             Number // AUX_COUNT, whose meaning depends on the feature
}

// ResourceLimit is a row of V$RESOURCE_LIMIT.
type ResourceLimit struct {
	Instance     int
	Name         string
	Current, Max Number
	Limit        string // a number or UNLIMITED
}

// Client is a kind of session that was connected when the bundle was collected.
type Client struct {
	User, Program, Module, Machine, Service string
	Sessions                                int
}

// TableFacts are the figures of one table. Partitions are summed.
type TableFacts struct {
	Key
	Listed        bool // stands in "tables"; false for one that only another extract names
	Rows          Number
	Blocks        Number
	AvgRowLen     Number // bytes
	Analyzed      time.Time
	Bytes         Number // of the table's segments
	IndexBytes    Number // of its indexes
	LOBBytes      Number // of its LOB segments and their indexes
	Partitions    int    // 0: not partitioned
	Temporary     bool
	IOT           bool
	Nested        bool
	External      bool
	ReadOnly      bool
	Logging       string // YES, NO, "" (partitioned)
	Compression   string // COMPRESS_FOR where compressed
	RowMovement   bool
	Tablespace    string
	Cluster       string
	TypeOwner     string // of an object table
	Type          string
	LogGroup      bool // has a supplemental log group of all columns, or of its own
	Inserts       Number
	Updates       Number
	Deletes       Number // since ChangesSince; rows
	Truncated     bool
	ChangesSince  time.Time // when statistics were gathered; zero when never or not known
	PrimaryKey    bool      // enabled
	UniqueKeys    int       // enabled unique constraints and unique indexes, the primary key's not counted
	ForeignKeysIn int       // foreign keys of other tables that refer here
}

// TotalBytes is table, indexes and LOBs; known when the table's own size is.
func (t *TableFacts) TotalBytes() Number {
	return Number{t.Bytes.Value + t.IndexBytes.Value + t.LOBBytes.Value, t.Bytes.Known}
}

// Column is a column of a table or view.
type Column struct {
	Table                    Key
	Name                     string
	Position                 int // COLUMN_ID; 0 for hidden ones
	Type                     string
	TypeOwner                string
	Length                   int // bytes
	CharLength               int // characters, of character types
	CharUsed                 string
	Precision, Scale         Number
	Nullable                 bool
	Default                  string
	Hidden, Virtual          bool
	UserGenerated            bool // false for columns that Oracle made itself; true before 12.1 where it does not tell
	OnNull                   bool
	Identity                 string // ALWAYS, BY DEFAULT; "" for none
	Encrypted                string // algorithm; "" for none
	Distinct, Nulls, AvgSize Number
	Collation                string
}

// Index is an index.
type Index struct {
	Key
	Table                                 Key
	Type                                  string // NORMAL, BITMAP, FUNCTION-BASED NORMAL, DOMAIN, LOB, IOT - TOP ...
	Unique, Partitioned, Reverse          bool
	Status, Visibility                    string
	TypeOwner, TypeName                   string // of a domain index
	Rows, LeafBlocks, DistinctKeys, Bytes Number
	Generated                             bool // its name was made by Oracle
}

// Object is a row of ALL_OBJECTS.
type Object struct {
	Owner, Name, Sub, Type, Status string
	Created, Changed               time.Time
	Temporary, Generated           bool
	Edition                        string
}

// Invalid reports whether the object does not compile.
func (o Object) Invalid() bool { return o.Status == "INVALID" }

// CompileError is an error of an invalid object.
type CompileError struct {
	Owner, Name, Type string
	Line, Position    int
	Attribute, Text   string
}

// Sequence numbers are texts: they have up to 28 digits.
type Sequence struct {
	Key
	Min, Max, Increment, Cache, Last string
	Cycle, Order                     bool
}

// Partitioned is how a table is cut.
type Partitioned struct {
	Key
	Kind, SubKind, Interval string
	Count, Keys, SubKeys    int
	// Automatic is true for AUTOMATIC list partitioning. RefConstraint names the foreign key of reference partitioning.
	Automatic     bool
	RefConstraint string
	// CountOpen is true for interval partitioning, whose Count Oracle gives as 1048575.
	CountOpen bool
}

// LOB is a LOB column.
type LOB struct {
	Table                             Key
	Column, Segment, Tablespace       string
	SecureFile, InRow, Encrypted      bool
	Compression, Deduplication, Cache string
	Logging                           string
	Bytes                             Number // of its segment; several columns never share one
}

// XMLColumn is a column of XMLTYPE.
type XMLColumn struct {
	Table                   Key
	Column, Schema, Storage string // OBJECT-RELATIONAL, CLOB, BINARY
}

// External is an external table.
type External struct {
	Key
	Driver, Directory, Property string
}

// Queue is a queue with its payload.
type Queue struct {
	Key
	Table, Type, Payload, Recipients string
}

// Library is a library of external code.
type Library struct {
	Key
	File, Status string
}

// Job is a job of the scheduler or of DBMS_JOB (Old), whose name is its number.
type Job struct {
	Owner, Name, Type, Action, Program, Repeat, Schedule, State string
	Old, Enabled                                                bool
	Runs, Failures                                              Number
	Last, Next                                                  time.Time
}

// Link is a database link.
type Link struct{ Owner, Name, User, Host string }

// Synonym is a synonym.
type Synonym struct {
	Key
	TargetOwner, Target, Link string
}

// User is an account.
type User struct {
	Name, Status, DefaultSpace, TempSpace, Profile, Authentication string
	Created, LastLogin                                             time.Time
	Common, Oracle                                                 bool // of the container; made by Oracle (12.1 on)
}

// Role is a role.
type Role struct {
	Name, Authentication string
	Common, Oracle       bool
}

// SysPriv is a system privilege.
type SysPriv struct {
	Grantee, Privilege string
	Admin              bool
}

// RolePriv is a role given to somebody.
type RolePriv struct {
	Grantee, Role  string
	Admin, Default bool
}

// TabPriv is a privilege on an object.
type TabPriv struct {
	Grantee, Owner, Object, Type, Privilege, Grantor string
	Grantable                                        bool
}

// Policy is a row-level security policy.
type Policy struct {
	Object                              Key
	Name, FunctionOwner, Function       string // PACKAGE.FUNCTION or FUNCTION
	Select, Insert, Update, Delete, Idx bool
	Enabled                             bool
	Kind                                string
}

// Context is an application context.
type Context struct{ Namespace, Schema, Package, Type string }

// Directory is a directory of the server.
type Directory struct{ Name, Path string }

// Tablespace is a tablespace with its size.
type Tablespace struct {
	Name, Contents, Status, Logging, Compress string
	BlockSize                                 int
	BigFile, Encrypted                        bool
	Files                                     int
	Bytes, MaxBytes, Free                     Number
}

// Segment is space on disk.
type Segment struct {
	Key
	Type       string
	Partitions int
	Bytes      int64
}

// RedoHour is redo archived in one hour by one thread.
type RedoHour struct {
	Hour   time.Time
	Thread int
	Logs   int
	Bytes  int64
}

// SwitchHour is log switches in one hour of one thread.
type SwitchHour struct {
	Hour     time.Time
	Thread   int
	Switches int
}

// RedoLog is a group of online redo logs.
type RedoLog struct {
	Thread, Group, Members int
	Bytes                  int64
	Status                 string
}

// LogGroup is a supplemental log group.
type LogGroup struct {
	Table      Key
	Name, Kind string // USER LOG GROUP, ALL COLUMN LOGGING, PRIMARY KEY LOGGING ...
	Always     bool
}

// NoCapture is a column whose changes Oracle's own SQL apply does not carry.
type NoCapture struct {
	Table                    Key
	Column, Type, Attributes string
}

// Dependency is one edge of DBA_DEPENDENCIES.
type Dependency struct {
	Owner, Name, Type, RefOwner, RefName, RefType, Link string
}

// ViewLog is the log of a table that materialized views are refreshed by.
type ViewLog struct {
	Master Key
	Log    string
}

// LifecycleObject is an object under a policy of automatic data optimisation.
type LifecycleObject struct {
	Key
	Policy, Sub, Type string
	Enabled           bool
}

// Type is an object or collection type.
type Type struct {
	Key
	Code, Super         string // OBJECT, COLLECTION, XMLTYPE ...; name of the supertype
	Attributes, Methods int
}

// RedoPerDay sums Redo by calendar day of the database, in bytes, oldest first. The first and last day are mostly not
// whole. Where Redo is not known but Switches and RedoLogs are, it estimates switches times the size of a log: estimated is true then.
func (f *Facts) RedoPerDay() (days []DayBytes, estimated bool) {
	sum := map[time.Time]int64{}
	switch {
	case f.Known("redo_per_hour") && len(f.Redo) > 0:
		for _, r := range f.Redo {
			sum[r.Hour.Truncate(24*time.Hour)] += r.Bytes
		}
	case len(f.Switches) > 0 && len(f.RedoLogs) > 0:
		estimated = true
		var size int64
		for _, l := range f.RedoLogs {
			size = max(size, l.Bytes)
		}
		for _, s := range f.Switches {
			sum[s.Hour.Truncate(24*time.Hour)] += int64(s.Switches) * size
		}
	}
	for d, b := range sum {
		days = append(days, DayBytes{d, b})
	}
	slices.SortFunc(days, func(a, b DayBytes) int { return a.Day.Compare(b.Day) })
	return days, estimated
}

// DayBytes is a number of bytes on a day.
type DayBytes struct {
	Day   time.Time
	Bytes int64
}

// PeakRedo is the largest redo of one hour over all threads, in bytes; false when it is not known.
func (f *Facts) PeakRedo() (bytes int64, hour time.Time, ok bool) {
	sum := map[time.Time]int64{}
	for _, r := range f.Redo {
		sum[r.Hour] += r.Bytes
	}
	for h, b := range sum {
		if !ok || b > bytes || b == bytes && h.Before(hour) {
			bytes, hour, ok = b, h, true
		}
	}
	return bytes, hour, ok
}

// Parameter gives a parameter's value in the lowest instance that has it; false when it is not known.
func (f *Facts) Parameter(name string) (string, bool) {
	for _, p := range f.Parameters {
		if strings.EqualFold(p.Name, name) {
			return p.Value, true
		}
	}
	return "", false
}

// Invalid lists the objects that do not compile.
func (f *Facts) Invalid() []Object {
	var list []Object
	for _, o := range f.Objects {
		if o.Invalid() {
			list = append(list, o)
		}
	}
	return list
}

// TotalBytes sums all segments of the collected schemas; not known without "segments".
func (f *Facts) TotalBytes() Number {
	n := Number{Known: f.Known("segments")}
	for _, s := range f.Segments {
		n.Value += float64(s.Bytes)
	}
	return n
}

// TablesInOrder lists Tables by owner and name.
func (f *Facts) TablesInOrder() []*TableFacts {
	list := make([]*TableFacts, 0, len(f.Tables))
	for _, t := range f.Tables {
		list = append(list, t)
	}
	slices.SortFunc(list, func(a, b *TableFacts) int { return compareKeys(a.Key, b.Key) })
	return list
}

func compareKeys(a, b Key) int {
	if c := strings.Compare(a.Owner, b.Owner); c != 0 {
		return c
	}
	return strings.Compare(a.Name, b.Name)
}
