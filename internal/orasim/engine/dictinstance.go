package engine

import (
	"fmt"
	"slices"
	"strconv"

	"landfall/internal/orasim/store"
)

// storageViews are segments, extents and partitions.
var storageViews = []dictView{
	{"EXTENTS", "owner:v segment_name:v partition_name:v segment_type:v tablespace_name:v extent_id:n file_id:n block_id:n bytes:n blocks:n relative_fno:n", dictExtents},
	{"SEGMENTS", "owner:v segment_name:v partition_name:v segment_type:v tablespace_name:v header_file:n header_block:n bytes:n blocks:n extents:n", dictSegments},
	{"TAB_PARTITIONS", "table_owner:v table_name:v partition_name:v partition_position:n composite:v subpartition_count:n high_value:l high_value_length:n tablespace_name:v num_rows:n interval:v", dictPartitions},
	{"PART_TABLES", "owner:v table_name:v partitioning_type:v subpartitioning_type:v partition_count:n partitioning_key_count:n status:v interval:v", dictPartTables},
	{"PART_KEY_COLUMNS", "owner:v name:v object_type:v column_name:v column_position:n", dictPartKeys},
}

// fixedViews have one name each; V$ views exist as GV$ too.
var fixedViews []dictView

func init() {
	fixedViews = []dictView{
		{"V$DATABASE", "dbid:n name:v created:d resetlogs_time:d log_mode:v open_mode:v database_role:v force_logging:v flashback_on:v supplemental_log_data_min:v supplemental_log_data_pk:v supplemental_log_data_ui:v supplemental_log_data_fk:v supplemental_log_data_all:v platform_name:v current_scn:n cdb:v db_unique_name:v", dictDatabase},
		{"V$INSTANCE", "instance_number:n instance_name:v host_name:v version:v version_full:v startup_time:d status:v parallel:v thread#:n logins:v database_status:v edition:v", dictInstance},
		{"V$VERSION", "banner:v banner_full:v con_id:n", func(s *Session) [][]any {
			return [][]any{{s.db.banner(), s.db.banner(), 0}}
		}},
		{"V$SESSION", "sid:n serial#:n username:v status:v schemaname:v osuser:v machine:v terminal:v program:v type:v module:v action:v client_info:v client_identifier:v", dictSessions},
		{"V$PARAMETER", "name:v value:v isdefault:v", dictParameters},
		{"V$SYSTEM_PARAMETER", "name:v value:v isdefault:v", dictParameters},
		{"V$NLS_PARAMETERS", "parameter:v value:v", func(s *Session) [][]any { return s.nlsRows(true, true) }},
		{"NLS_SESSION_PARAMETERS", "parameter:v value:v", func(s *Session) [][]any { return s.nlsRows(true, false) }},
		{"NLS_DATABASE_PARAMETERS", "parameter:v value:v", func(s *Session) [][]any { return s.nlsRows(false, true) }},
		{"NLS_INSTANCE_PARAMETERS", "parameter:v value:v", func(s *Session) [][]any { return [][]any{{"NLS_LANGUAGE", "AMERICAN"}, {"NLS_TERRITORY", "AMERICA"}} }},
		{"PRODUCT_COMPONENT_VERSION", "product:v version:v version_full:v status:v", func(s *Session) [][]any {
			return [][]any{{"Oracle Database (simulated by landfall)", s.db.versionText(), s.db.versionText(), "Production"}}
		}},
		{"GLOBAL_NAME", "global_name:v", func(s *Session) [][]any { return [][]any{{s.db.info.Name}} }},
		{"DBA_TABLESPACES", "tablespace_name:v block_size:n status:v contents:v logging:v extent_management:v allocation_type:v segment_space_management:v bigfile:v encrypted:v", func(s *Session) [][]any {
			return [][]any{{"USERS", store.BlockSize, "ONLINE", "PERMANENT", "LOGGING", "LOCAL", "SYSTEM", "AUTO", "NO", "NO"}}
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

// segmentRow is one segment of a table.
type segmentRow struct {
	o    *object
	part any
	kind string
	seg  *store.Segment
}

func (s *Session) segmentRows() []segmentRow {
	var list []segmentRow
	for _, o := range s.db.tables() {
		t := o.table
		if t.temporary != "" || t.external {
			continue
		}
		if t.parts == nil && t.seg != nil {
			list = append(list, segmentRow{o, nil, "TABLE", t.seg})
		}
		for _, p := range t.parts {
			list = append(list, segmentRow{o, p.name, "TABLE PARTITION", p.seg})
		}
	}
	return list
}

func dictExtents(s *Session) [][]any {
	var out [][]any
	for _, r := range s.segmentRows() {
		for i, e := range r.seg.Extents() {
			out = append(out, []any{r.o.owner, r.o.name, r.part, r.kind, "USERS", i, int(e.File), e.Block, uint64(e.Blocks) * store.BlockSize, e.Blocks, int(e.File)})
		}
	}
	return out
}

func dictSegments(s *Session) [][]any {
	var out [][]any
	for _, r := range s.segmentRows() {
		ext := r.seg.Extents()
		if len(ext) == 0 {
			continue // segments are made with their first row
		}
		blocks := uint64(0)
		for _, e := range ext {
			blocks += uint64(e.Blocks)
		}
		out = append(out, []any{r.o.owner, r.o.name, r.part, r.kind, "USERS", int(ext[0].File), ext[0].Block + 2, blocks * store.BlockSize, blocks, len(ext)})
	}
	return out
}

func dictPartitions(s *Session) [][]any {
	var out [][]any
	for _, o := range s.db.tables() {
		for i, p := range o.table.parts {
			out = append(out, []any{o.owner, o.name, p.name, i + 1, "NO", 0, p.text, len(p.text), "USERS", p.seg.Rows(), yesNo(p.made)})
		}
	}
	return out
}

func dictPartTables(s *Session) [][]any {
	var out [][]any
	for _, o := range s.db.tables() {
		t := o.table
		if t.parts == nil {
			continue
		}
		sub := "NONE"
		if t.partBy.sub != "" {
			sub = t.partBy.sub
		}
		var interval any
		n := len(t.parts)
		if t.partBy.interval != nil {
			interval, n = t.partBy.file.Source(t.partBy.interval), 1048575
		}
		out = append(out, []any{o.owner, o.name, t.partBy.kind, sub, n, len(t.partBy.cols), "VALID", interval})
	}
	return out
}

func dictPartKeys(s *Session) [][]any {
	var out [][]any
	for _, o := range s.db.tables() {
		if o.table.parts == nil {
			continue
		}
		for i, at := range o.table.partBy.cols {
			out = append(out, []any{o.owner, o.name, "TABLE", o.table.cols[at].name, i + 1})
		}
	}
	return out
}

func dictDatabase(s *Session) [][]any {
	db := s.db
	unique := db.info.Unique
	if unique == "" {
		unique = db.info.Name
	}
	return [][]any{{
		1234567890, db.info.Name, db.start, db.start, "ARCHIVELOG", "READ WRITE", "PRIMARY", "NO", "NO", "NO", "NO", "NO", "NO", "NO", "Linux x86 64-bit", db.SCN(), "NO", unique,
	}}
}

func dictInstance(s *Session) [][]any {
	db := s.db
	return [][]any{{1, db.info.Instance, "localhost", db.versionText(), db.versionText(), db.start, "OPEN", "NO", 1, "ALLOWED", "ACTIVE", "EE"}}
}

func dictSessions(s *Session) [][]any {
	s.db.mu.RLock()
	list := make([]*Session, 0, len(s.db.sessions))
	for _, o := range s.db.sessions {
		list = append(list, o)
	}
	s.db.mu.RUnlock()
	slices.SortFunc(list, func(a, b *Session) int { return int(a.sid) - int(b.sid) })
	var out [][]any
	for _, o := range list {
		status := "INACTIVE"
		if o == s {
			status = "ACTIVE"
		}
		o.clientMu.Lock()
		c := o.client
		o.clientMu.Unlock()
		out = append(out, []any{o.sid, o.serial, o.user, status, o.user, o.login.OSUser, o.login.Machine, o.login.Terminal, o.login.Program, "USER", c.Module, c.Action, c.Info, c.Identifier})
	}
	return out
}

func dictParameters(s *Session) [][]any {
	return [][]any{
		{"compatible", s.db.versionText(), "TRUE"},
		{"db_block_size", itoa(store.BlockSize), "TRUE"},
		{"db_name", s.db.info.Name, "FALSE"},
		{"nls_length_semantics", "BYTE", "TRUE"},
		{"open_cursors", "300", "TRUE"},
		{"processes", "300", "TRUE"},
		{"undo_retention", "900", "TRUE"},
	}
}

var charsets = map[int]string{1: "US7ASCII", 31: "WE8ISO8859P1", 178: "WE8MSWIN1252", 852: "ZHS16GBK", 854: "ZHS32GB18030", 871: "UTF8", 873: "AL32UTF8", 2000: "AL16UTF16"}

// nlsRows are the NLS parameters of the session, or those of the database.
func (s *Session) nlsRows(session, database bool) [][]any {
	params := defaultParams()
	if session {
		params = s.params
	}
	var out [][]any
	for k, v := range params {
		out = append(out, []any{k, v})
	}
	if database {
		out = append(out, []any{"NLS_CHARACTERSET", charsets[s.db.info.Charset]}, []any{"NLS_NCHAR_CHARACTERSET", charsets[s.db.info.NCharset]})
		if !session {
			out = append(out, []any{"NLS_RDBMS_VERSION", s.db.versionText()})
		}
	}
	slices.SortFunc(out, func(a, b []any) int {
		if a[0].(string) < b[0].(string) {
			return -1
		}
		return 1
	})
	return out
}
