package checks

import (
	"strings"
)

// meaningful are parameters whose value changes what statements mean or how they come out. calm lists values that
// change nothing; any other is reported.
var meaningful = []struct {
	name string
	calm []string
	says string
}{
	{"cursor_sharing", []string{"EXACT"}, "constants are replaced by binds before a statement is parsed: the texts in the cursor cache are not those of the programs"},
	{"optimizer_mode", []string{"ALL_ROWS"}, "plans favour the first rows; check paging queries after the move"},
	{"nls_length_semantics", []string{"BYTE"}, "VARCHAR2(n) without BYTE or CHAR counts characters in new objects"},
	{"nls_comp", []string{"BINARY", ""}, "comparisons follow a language: 'a' may equal 'A'"},
	{"nls_sort", []string{"BINARY", ""}, "text is sorted by a language"},
	{"nls_date_format", []string{""}, "dates turn into text, and text into dates, by this format where no format is given"},
	{"nls_timestamp_format", []string{""}, "timestamps turn into text by this format where no format is given"},
	{"nls_numeric_characters", []string{"", ".,"}, "decimal point and group separator in text without a format"},
	{"nls_territory", []string{"", "AMERICA"}, "first day of the week, currency and date formats follow it: TO_CHAR(d, 'D') differs"},
	{"nls_language", []string{"", "AMERICAN"}, "names of months and days, and messages, are in this language"},
	{"max_string_size", []string{"STANDARD"}, "VARCHAR2 takes up to 32,767 bytes"},
	{"open_links", []string{"0", "4"}, "sessions were given other than the usual number of links: distributed transactions are likely"},
	{"sql_trace", []string{"FALSE"}, "sessions write traces"},
	{"sql92_security", []string{"FALSE", "TRUE"}, ""},
	{"recyclebin", []string{"ON", "OFF", "on", "off"}, ""},
	{"compatible", nil, ""},
	{"blank_trimming", []string{"FALSE"}, "blanks at the end are cut where text is too long"},
	{"plsql_ccflags", []string{""}, "PL/SQL is compiled under these conditions; give them to --ccflags"},
	{"remote_dependencies_mode", []string{"TIMESTAMP", "SIGNATURE"}, ""},
	{"replication_dependency_tracking", []string{"TRUE"}, ""},
	{"serializable", []string{"FALSE"}, "queries take locks"},
	{"isolation_level", []string{""}, "transactions start with another isolation level"},
	{"fixed_date", []string{"", "NONE", "none"}, "SYSDATE stands still"},
	{"enable_ddl_logging", nil, ""},
	{"ddl_lock_timeout", []string{"0"}, "DDL waits for locks"},
	{"commit_write", []string{"", "IMMEDIATE,WAIT"}, "commits may return before redo is on disk"},
	{"commit_wait", []string{"", "WAIT", "FORCE_WAIT"}, "commits may return before redo is on disk"},
	{"java_jit_enabled", nil, ""},
	{"query_rewrite_enabled", []string{"TRUE", "FALSE"}, "queries are answered from materialized views that may be stale"},
	{"query_rewrite_integrity", []string{"ENFORCED", "enforced"}, "queries may be answered from stale materialized views"},
	{"audit_trail", []string{"NONE", "NONE, ", "DB"}, "auditing has to be set up on the target"},
	{"utl_file_dir", []string{""}, "PL/SQL writes files of the server"},
	{"smtp_out_server", []string{""}, "PL/SQL sends mail"},
	{"global_names", []string{"FALSE"}, "database links must be named like the databases they lead to"},
	{"parallel_degree_policy", []string{"MANUAL"}, "statements run in parallel by themselves"},
	{"undo_retention", nil, ""},
	{"inmemory_size", []string{"0"}, "tables are held in columns in memory"},
	{"result_cache_mode", []string{"MANUAL"}, "results of queries are kept and given again"},
}

var parameters = &Check{
	Code: "DC0109", Name: "parameters", Scope: ScopeDatabase, Needs: []string{"parameters"},
	Facts: func(in *Input) Outcome {
		o := Outcome{Of: len(in.Facts.Parameters)}
		if o.Of == 0 {
			return Outcome{Verdict: NotCollected, Message: say("the extract parameters is empty")}
		}
		for _, m := range meaningful {
			v, ok := in.Facts.Parameter(m.name)
			if !ok {
				continue
			}
			if m.calm == nil || m.says == "" {
				o.fact(m.name, "%s", v)
				continue
			}
			calm := false
			for _, c := range m.calm {
				calm = calm || strings.EqualFold(c, v)
			}
			if !calm {
				o.named(m.name, "%s: %s", v, say(m.says))
			}
		}
		for _, p := range in.Facts.Parameters {
			if strings.HasPrefix(p.Name, "_") && p.Modified {
				o.named(p.Name, "%s: a hidden parameter is set", p.Value)
			}
			if strings.EqualFold(p.Name, "event") && p.Value != "" {
				o.named(p.Name, "%s: an event is set for all sessions", p.Value)
			}
		}
		return o.some(Warning, say("%d parameters change what statements mean or how they run", len(o.Items)), say("no parameter changes what statements mean"))
	},
}

// lacking are names in DBA_FEATURE_USAGE_STATISTICS (or how they begin) of features that the PostgreSQL family lacks or has
// in another form, with what to do. Severe ones need a decision before the move.
var lacking = []struct {
	name   string
	severe bool
	says   string
}{
	{"Real Application Clusters", false, "one writer and replicas instead"},
	{"Real Application Security", true, "users and policies of applications have to be built anew"},
	{"Oracle Label Security", true, "row-level security policies instead"},
	{"Oracle Database Vault", true, "no counterpart: separation of duties by roles and by the operating system"},
	{"Virtual Private Database", false, "row-level security policies instead"},
	{"Transparent Data Encryption", true, "encryption of the disk, of the backup, or of columns by pgcrypto"},
	{"Encrypted Tablespaces", true, "encryption of the disk"},
	{"Data Redaction", true, "views or an extension"},
	{"Transparent Sensitive Data Protection", true, "no counterpart"},
	{"Advanced Replication", true, "logical replication"},
	{"Streams", true, "change data capture"},
	{"GoldenGate", true, "change data capture; look at who reads from this database"},
	{"XStream", true, "change data capture; look at who reads from this database"},
	{"Advanced Queuing", true, "a table with SKIP LOCKED, or a message broker"},
	{"Oracle Advanced Queuing", true, "a table with SKIP LOCKED, or a message broker"},
	{"Messaging Gateway", true, "a message broker"},
	{"Change Data Capture", true, "change data capture"},
	{"Workspace Manager", true, "no counterpart: versions of rows have to be built"},
	{"Flashback Data Archive", true, "history tables by triggers"},
	{"Flashback Database", false, "restore to a point in time"},
	{"Oracle Text", true, "PostgreSQL's full-text search has another language of queries"},
	{"Spatial", true, "PostGIS"},
	{"Locator", true, "PostGIS"},
	{"Oracle Multimedia", true, "objects of ORDSYS have no counterpart"},
	{"OLAP - Analytic Workspaces", true, "no counterpart"},
	{"OLAP", true, "no counterpart"},
	{"Data Mining", true, "no counterpart in the database"},
	{"Advanced Analytics", true, "no counterpart in the database"},
	{"Oracle Java Virtual Machine (user)", true, "Java in the database has to move into a service or another language"},
	{"Oracle XML DB", false, "xml without schema validation and without XML DB's folders"},
	{"Extensibility", true, "indexes and operators of the user's own"},
	{"Object", false, "composite types; see the object types in use"},
	{"Application Express", true, "stays on an Oracle database, or is rewritten"},
	{"Oracle Secure Backup", false, "another tool of backup"},
	{"Database Replay", false, "landfall regress"},
	{"In-Memory Column Store", false, "no counterpart; check the queries that rely on it"},
	{"Hybrid Columnar Compression", false, "no counterpart; sizes grow"},
	{"Advanced Index Compression", false, "deduplication of B-tree indexes"},
	{"Heat Map", false, "no counterpart"},
	{"Automatic Data Optimization", false, "jobs that move partitions"},
	{"Information Lifecycle Management", false, "jobs that move partitions"},
	{"Editions", true, "one version of each object"},
	{"Edition-based redefinition", true, "one version of each object"},
	{"Resource Manager", false, "limits by role, pools, cgroups"},
	{"Services", false, "pools and host names"},
	{"Parallel SQL DML Execution", false, "PostgreSQL writes with one process a statement"},
	{"Result Cache", false, "no counterpart; the application caches"},
	{"Externally authenticated users", false, "LDAP, GSSAPI or certificates in pg_hba.conf"},
	{"Sharding", true, "another design"},
	{"Blockchain", true, "no counterpart"},
	{"Immutable Tables", true, "rights and triggers"},
	{"Multitenant", false, "a database each"},
	{"Data Guard", false, "streaming replication"},
	{"Active Data Guard", false, "streaming replication with hot standby"},
	{"SQL Plan Management", false, "pg_hint_plan where plans must be held"},
	{"SQL Profile", false, "pg_hint_plan where plans must be held"},
	{"Materialized Views (User)", false, "refreshed as a whole, on request"},
	{"Job Scheduler", false, "pg_cron; see the jobs"},
	{"Bitmap Index", false, "B-tree or BRIN"},
	{"SecureFile", false, "text and bytea; see the LOB sizes"},
}

var featuresInUse = &Check{
	Code: "DC0110", Name: "features-in-use", Scope: ScopeDatabase, Needs: []string{"feature_usage"},
	Facts: func(in *Input) Outcome {
		o := Outcome{Of: len(in.Facts.Features)}
		if o.Of == 0 {
			return Outcome{Verdict: NotCollected, Message: say("the extract feature_usage is empty: Oracle samples it once a week")}
		}
		v := Informational
		for _, f := range in.Facts.Features {
			if !f.InUse || strings.HasSuffix(f.Name, "(system)") {
				continue
			}
			best := -1
			for i, l := range lacking {
				if strings.HasPrefix(f.Name, l.name) && (best < 0 || len(l.name) > len(lacking[best].name)) {
					best = i
				}
			}
			if best < 0 {
				continue
			}
			if lacking[best].severe {
				v = Warning
			}
			last := say("")
			if !f.Last.IsZero() {
				last = say(", last seen %s", f.Last.Format("2006-01-02"))
			}
			o.named(f.Name, "in use (%d samples%s): %s", f.Detected, last, say(lacking[best].says))
		}
		return o.some(v, say("%d features in use are absent or different in the PostgreSQL family", len(o.Items)), say("no feature in use is known to be absent in the PostgreSQL family"))
	},
}

// heavy are components of DBA_REGISTRY whose use has consequences.
var heavy = map[string]string{
	"JAVAVM": "Java in the database", "CONTEXT": "Oracle Text", "SDO": "Spatial", "ORDIM": "Multimedia", "APS": "OLAP", "AMD": "OLAP catalog", "XOQ": "OLAP API",
	"OWM": "Workspace Manager", "APEX": "Application Express", "OLS": "Label Security", "DV": "Database Vault", "EXF": "Expression Filter", "RUL": "Rules Manager", "ODM": "Data Mining",
}

var components = &Check{
	Code: "DC0111", Name: "components", Scope: ScopeDatabase, Needs: []string{"components"},
	Facts: func(in *Input) Outcome {
		o := Outcome{Of: len(in.Facts.Components)}
		if o.Of == 0 {
			return Outcome{Verdict: NotCollected, Message: say("the extract components is empty")}
		}
		invalid := false
		for _, c := range in.Facts.Components {
			what, ok := heavy[c.ID]
			if c.Status != "" && c.Status != "VALID" && c.Status != "OPTION OFF" && c.Status != "REMOVED" {
				invalid = true
				o.named(c.Name, "%s, version %s", c.Status, c.Version)
			} else if ok && c.Status == "VALID" {
				o.named(c.Name, "%s is installed, version %s; whether it is used is told by the features in use", say(what), c.Version)
			}
		}
		v := Informational
		if invalid {
			v = Warning
		}
		return o.some(v, say("%d components are installed that the target has no like of, or are not valid", len(o.Items)), say("no component beyond the usual ones is installed"))
	},
}
