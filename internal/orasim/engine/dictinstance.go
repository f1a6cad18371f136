package engine

import (
	"fmt"
	"runtime"
	"slices"
	"strconv"
	"strings"

	"landfall/internal/orasim/store"
)

// fixedViews have one name each; V$ views exist as GV$ too. V$LOG, V$ARCHIVED_LOG, V$TRANSACTION and what LogMiner shows are not
// among them: they come with the capture of changes.
func fixedViews() []dictView {
	return slices.Concat(instanceViews, nlsViews, sessionRightViews, systemViews, cursorViews)
}

var instanceViews []dictView

func init() {
	instanceViews = []dictView{
		{
			name: "V$DATABASE", rows: dictDatabase,
			columns: "dbid:n name:i created:d resetlogs_change#:n resetlogs_time:d log_mode:i checkpoint_change#:n controlfile_type:i open_mode:i protection_mode:i database_role:i guard_status:i supplemental_log_data_min:i supplemental_log_data_pk:i supplemental_log_data_ui:i force_logging:i platform_id:n platform_name:i current_scn:n flashback_on:i supplemental_log_data_fk:i supplemental_log_data_all:i db_unique_name:i supplemental_log_data_pl:i cdb:i@12.1 con_id:n@12.1",
		},
		{
			name: "V$INSTANCE", rows: dictInstance,
			columns: "instance_number:n instance_name:i host_name:i version:i version_legacy:i@18 version_full:i@18 startup_time:d status:i parallel:i thread#:n archiver:i log_switch_wait:i logins:i shutdown_pending:i database_status:i instance_role:i active_state:i blocked:i con_id:n@12.1 instance_mode:i@12.2 edition:i@12.1 database_type:i@12.2",
		},
		{name: "V$VERSION", columns: "banner:v banner_full:v@18 banner_legacy:v@18 con_id:n@12.1", rows: func(s *Session, put putRow) {
			b := s.db.banner()
			put("banner", b, "banner_full", b+"\nVersion "+s.db.versionText(), "banner_legacy", b, "con_id", 0)
		}},
		{
			name: "V$SESSION", rows: dictSessions,
			columns: "sid:n serial#:n audsid:n user#:n username:i command:n status:i server:i schema#:n schemaname:i osuser:i process:i machine:i terminal:i program:i type:i sql_id:i prev_sql_id:i module:i action:i client_info:i logon_time:d service_name:i client_identifier:i event:i wait_class:i state:i con_id:n@12.1",
		},
		{
			name: "V$PARAMETER", rows: dictParameters, columns: parameterColumns,
		},
		{name: "V$SYSTEM_PARAMETER", rows: dictParameters, columns: parameterColumns},
		{name: "V$TIMEZONE_FILE", columns: "filename:i version:n con_id:n@12.1", rows: func(s *Session, put putRow) { put("filename", "timezlrg_32.dat", "version", 32, "con_id", 0) }},
		{name: "V$OPTION", columns: "parameter:i value:i con_id:n@12.1", rows: dictOptions},
		{name: "V$PDBS", since: 1201, columns: "con_id:n dbid:n name:i open_mode:i restricted:i", rows: dictNothing}, // it is no container database
		{name: "V$OSSTAT", columns: "stat_name:i value:n osstat_id:n comments:v cumulative:i con_id:n@12.1", rows: func(s *Session, put putRow) {
			put("stat_name", "NUM_CPUS", "value", runtime.NumCPU(), "osstat_id", 0, "comments", "Number of active CPUs", "cumulative", "NO", "con_id", 0)
		}},
		{name: "V$SGAINFO", columns: "name:i bytes:n resizeable:i con_id:n@12.1", rows: func(s *Session, put putRow) {
			size := uint64(0)
			for _, sp := range s.db.tablespaces() {
				if sp.files != nil {
					for _, f := range sp.files.All() {
						size += uint64(f.Blocks) * store.BlockSize
					}
				}
			}
			put("name", "Buffer Cache Size", "bytes", size, "resizeable", "Yes", "con_id", 0) // all blocks are in memory
			put("name", "Maximum SGA Size", "bytes", size, "resizeable", "No", "con_id", 0)
		}},
		{name: "V$PGASTAT", columns: "name:i value:n unit:i con_id:n@12.1", rows: func(s *Session, put putRow) {
			s.db.mu.RLock()
			n := len(s.db.sessions)
			s.db.mu.RUnlock()
			put("name", "process count", "value", n, "con_id", 0)
		}},
		{name: "V$RESOURCE_LIMIT", columns: "resource_name:i current_utilization:n max_utilization:n initial_allocation:i limit_value:i con_id:n@12.1", rows: func(s *Session, put putRow) {
			s.db.mu.RLock()
			n, most := len(s.db.sessions), s.db.mostSessions
			s.db.mu.RUnlock()
			for _, name := range []string{"processes", "sessions"} {
				put("resource_name", name, "current_utilization", n, "max_utilization", most, "initial_allocation", "       300", "limit_value", "       300", "con_id", 0)
			}
		}},
		{name: "V$SYSSTAT", columns: "statistic#:n name:i class:n value:n stat_id:n con_id:n@12.1", rows: dictCounters},
		{name: "GLOBAL_NAME", columns: "global_name:v", rows: func(s *Session, put putRow) { put("global_name", s.db.info.Name) }},
		{name: "PRODUCT_COMPONENT_VERSION", columns: "product:i version:i version_full:i@18 status:i", rows: func(s *Session, put putRow) {
			put("product", "Oracle Database "+strconv.Itoa(s.db.info.Version[0])+word(s.db.release() < 1200, "g", "c")+" (simulated by landfall)", "version", s.db.versionText(), "version_full", s.db.versionText(), "status", "Production")
		}},
	}
}

func (db *Database) versionText() string {
	v := db.info.Version
	return fmt.Sprintf("%d.%d.%d.%d.%d", v[0], v[1], v[2], v[3], v[4])
}

func (db *Database) banner() string {
	if db.info.Banner != "" {
		return db.info.Banner
	}
	return "Oracle Database " + strconv.Itoa(db.info.Version[0]) + "c (simulated by landfall)"
}

// dbid is the number of the database, made of its name.
func (db *Database) dbid() uint64 {
	n := uint64(1)
	for _, b := range []byte(db.info.Name) {
		n = (n*31 + uint64(b)) % 4_000_000_000
	}
	return n
}

func (db *Database) uniqueName() string {
	if db.info.Unique != "" {
		return db.info.Unique
	}
	return db.info.Name
}

func dictDatabase(s *Session, put putRow) {
	db := s.db
	put("dbid", db.dbid(), "name", db.info.Name, "created", db.start, "resetlogs_change#", uint64(store.FirstSCN), "resetlogs_time", db.start, "log_mode", "ARCHIVELOG", "checkpoint_change#", db.SCN(), "controlfile_type", "CURRENT",
		"open_mode", "READ WRITE", "protection_mode", "MAXIMUM PERFORMANCE", "database_role", "PRIMARY", "guard_status", "NONE", "supplemental_log_data_min", yesNo(db.supplemental["MIN"]), "supplemental_log_data_pk", yesNo(db.supplemental["PK"]),
		"supplemental_log_data_ui", yesNo(db.supplemental["UI"]), "supplemental_log_data_fk", yesNo(db.supplemental["FK"]), "supplemental_log_data_all", yesNo(db.supplemental["ALL"]), "supplemental_log_data_pl", "NO",
		"force_logging", "NO", "platform_id", 13, "platform_name", "Linux x86 64-bit", "current_scn", db.SCN(), "flashback_on", "NO", "db_unique_name", db.uniqueName(), "cdb", "NO", "con_id", 0)
}

func dictInstance(s *Session, put putRow) {
	db := s.db
	put("instance_number", 1, "instance_name", db.info.Instance, "host_name", "localhost", "version", db.versionText(), "version_legacy", db.versionText(), "version_full", db.versionText(), "startup_time", db.start, "status", "OPEN",
		"parallel", "NO", "thread#", 1, "archiver", "STARTED", "logins", "ALLOWED", "shutdown_pending", "NO", "database_status", "ACTIVE", "instance_role", "PRIMARY_INSTANCE", "active_state", "NORMAL", "blocked", "NO", "con_id", 0,
		"instance_mode", "REGULAR", "edition", "EE", "database_type", "SINGLE")
}

func dictSessions(s *Session, put putRow) {
	s.db.mu.RLock()
	list := make([]*Session, 0, len(s.db.sessions))
	for _, o := range s.db.sessions {
		list = append(list, o)
	}
	s.db.mu.RUnlock()
	slices.SortFunc(list, func(a, b *Session) int { return int(a.sid) - int(b.sid) })
	for _, o := range list {
		o.clientMu.Lock()
		c := o.client
		o.clientMu.Unlock()
		program := strings.TrimSpace(o.login.Program)
		module := c.Module
		if module == "" {
			module = program
		}
		put("sid", o.sid, "serial#", o.serial, "audsid", int(o.serial)+100000, "user#", o.userID, "username", o.user, "command", word(o == s, "3", "0"), "status", word(o == s, "ACTIVE", "INACTIVE"), "server", "DEDICATED",
			"schema#", o.userID, "schemaname", o.user, "osuser", o.login.OSUser, "process", o.login.Process, "machine", o.login.Machine, "terminal", o.login.Terminal, "program", program, "type", "USER",
			"module", module, "action", c.Action, "client_info", c.Info, "logon_time", o.began, "service_name", s.db.info.Service, "client_identifier", c.Identifier,
			"event", "SQL*Net message from client", "wait_class", "Idle", "state", "WAITING", "con_id", 0)
	}
}

const parameterColumns = "num:n name:i type:n value:v display_value:v default_value:v@12.2 isdefault:i isses_modifiable:i issys_modifiable:i ispdb_modifiable:i@12.1 isinstance_modifiable:i ismodified:i isadjusted:i isdeprecated:i isbasic:i description:v con_id:n@12.1"

func dictParameters(s *Session, put putRow) {
	list := [][3]string{
		{"compatible", s.db.versionText(), "Database will be completely compatible with this software version"},
		{"cpu_count", itoa(runtime.NumCPU()), "number of CPUs for this instance"},
		{"db_block_size", itoa(store.BlockSize), "Size of database block in bytes"},
		{"db_domain", s.db.info.Domain, "directory part of global database name stored with CREATE DATABASE"},
		{"db_name", s.db.info.Name, "database name specified in CREATE DATABASE"},
		{"db_unique_name", s.db.uniqueName(), "Database Unique Name"},
		{"instance_name", s.db.info.Instance, "instance name supported by the instance"},
		{"nls_language", "AMERICAN", "NLS language name"},
		{"nls_length_semantics", "BYTE", "create columns using byte or char semantics by default"},
		{"nls_territory", "AMERICA", "NLS territory name"},
		{"open_cursors", "1000", "max # cursors per session"},
		{"processes", "300", "user processes"},
		{"service_names", s.db.info.Service, "service names supported by the instance"},
		{"undo_retention", "900", "undo retention in seconds"},
		{"undo_tablespace", "UNDOTBS1", "use/switch undo tablespace"},
	}
	for i, p := range list {
		kind := 2
		if _, err := strconv.Atoi(p[1]); err == nil {
			kind = 3
		}
		put("num", i+1, "name", p[0], "type", kind, "value", p[1], "display_value", p[1], "isdefault", "TRUE", "isses_modifiable", "FALSE", "issys_modifiable", "FALSE", "ispdb_modifiable", "FALSE", "isinstance_modifiable", "FALSE",
			"ismodified", "FALSE", "isadjusted", "FALSE", "isdeprecated", "FALSE", "isbasic", "FALSE", "description", p[2], "con_id", 0)
	}
}

// dictOptions says which options of the software are there, as far as it makes a difference here.
func dictOptions(_ *Session, put putRow) {
	for _, o := range [][2]string{
		{"Advanced Compression", "FALSE"},
		{"Advanced Security", "FALSE"},
		{"Flashback Table", "FALSE"},
		{"Java", "FALSE"},
		{"OLAP", "FALSE"},
		{"Objects", "FALSE"},
		{"Oracle Data Guard", "FALSE"},
		{"Oracle Database Vault", "FALSE"},
		{"Oracle Label Security", "FALSE"},
		{"Partitioning", "TRUE"},
		{"Real Application Clusters", "FALSE"},
		{"Spatial", "FALSE"},
		{"Unified Auditing", "FALSE"},
	} {
		put("parameter", o[0], "value", o[1], "con_id", 0)
	}
}

// dictCounters are the statistics that are counted; Oracle has hundreds.
func dictCounters(s *Session, put putRow) {
	c := &s.db.cache.counters
	for i, x := range []struct {
		name  string
		class int
		value uint64
	}{
		{"logons cumulative", 1, c.logons.Load()},
		{"user commits", 1, c.commits.Load()},
		{"user rollbacks", 1, c.rollbacks.Load()},
		{"parse count (total)", 64, c.parses.Load()},
		{"execute count", 64, c.executions.Load()},
	} {
		put("statistic#", i, "name", x.name, "class", x.class, "value", x.value, "con_id", 0)
	}
}

// nlsViews are settings of language.
var nlsViews []dictView

func init() {
	nlsViews = []dictView{
		{name: "V$NLS_PARAMETERS", columns: "parameter:i value:i con_id:n@12.1", rows: func(s *Session, put putRow) { s.nlsRows(put, true, true) }},
		{name: "NLS_SESSION_PARAMETERS", columns: "parameter:i value:i", rows: func(s *Session, put putRow) { s.nlsRows(put, true, false) }},
		{name: "NLS_DATABASE_PARAMETERS", columns: "parameter:i value:i", rows: func(s *Session, put putRow) { s.nlsRows(put, false, true) }},
		{name: "NLS_INSTANCE_PARAMETERS", columns: "parameter:i value:i", rows: func(s *Session, put putRow) {
			put("parameter", "NLS_LANGUAGE", "value", "AMERICAN")
			put("parameter", "NLS_TERRITORY", "value", "AMERICA")
		}},
		{name: "DATABASE_PROPERTIES", columns: "property_name:i property_value:v description:v", rows: func(s *Session, put putRow) {
			s.nlsRows(func(pairs ...any) { put("property_name", pairs[1], "property_value", pairs[3]) }, false, true)
			for _, p := range [][2]string{{"DBTIMEZONE", "+00:00"}, {"DEFAULT_PERMANENT_TABLESPACE", "USERS"}, {"DEFAULT_TBS_TYPE", "SMALLFILE"}, {"DEFAULT_TEMP_TABLESPACE", "TEMP"}, {"GLOBAL_DB_NAME", s.db.info.Name}} {
				put("property_name", p[0], "property_value", p[1])
			}
		}},
	}
}

// nlsRows are the NLS parameters of the session, or those of the database.
func (s *Session) nlsRows(put putRow, session, database bool) {
	params := defaultParams()
	if session {
		params = s.params
	}
	all := [][2]string{}
	for k, v := range params {
		all = append(all, [2]string{k, v})
	}
	if database {
		all = append(all, [2]string{"NLS_CHARACTERSET", s.db.charsetName()}, [2]string{"NLS_NCHAR_CHARACTERSET", "AL16UTF16"})
		if !session {
			all = append(all, [2]string{"NLS_RDBMS_VERSION", s.db.versionText()})
		}
	}
	slices.SortFunc(all, func(a, b [2]string) int { return strings.Compare(a[0], b[0]) })
	for _, p := range all {
		put("parameter", p[0], "value", p[1])
	}
}

func (db *Database) charsetName() string { return db.set.Name }
