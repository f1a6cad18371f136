package engine

import (
	"cmp"
	"slices"
	"strings"

	"landfall/internal/orasim/ora"
)

// families are the views that exist as DBA_, ALL_ and USER_, or some of these. Columns are those of Oracle's Reference, 19c.
func families() []dictView {
	return slices.Concat(objectViews, columnViews, constraintViews, indexViews, storageViews, partitionViews, lobViews, codeViews, typeViews, jobViews, accountViews, securityViews, changeViews, workloadViews)
}

// objectViews are objects, tables, and what else holds rows.
var objectViews []dictView

func init() {
	objectViews = []dictView{
		{
			name: "OBJECTS", of: "owner object_name", rows: dictAllObjects,
			columns: "owner:i object_name:i subobject_name:i object_id:n data_object_id:n object_type:i created:d last_ddl_time:d timestamp:i status:i temporary:i generated:i secondary:i namespace:n edition_name:i sharing:i@12.1 editionable:i@12.1 oracle_maintained:i@12.1",
		},
		{
			name: "TABLES", of: "owner table_name", rows: dictTables,
			columns: "owner:i table_name:i tablespace_name:i cluster_name:i iot_name:i status:i pct_free:n pct_used:n ini_trans:n max_trans:n initial_extent:n next_extent:n logging:i backed_up:i num_rows:n blocks:n empty_blocks:n avg_space:n chain_cnt:n avg_row_len:n degree:i instances:i cache:i table_lock:i sample_size:n last_analyzed:d partitioned:i iot_type:i temporary:i secondary:i nested:i buffer_pool:i row_movement:i global_stats:i user_stats:i duration:i skip_corrupt:i monitoring:i cluster_owner:i dependencies:i compression:i compress_for:i dropped:i read_only:i segment_created:i result_cache:i has_identity:i@12.1 container_data:i@12.1 default_collation:i@12.2 sharded:i@12.2 external:i@12.2",
		},
		{
			name: "OBJECT_TABLES", of: "owner table_name", rows: dictObjectTables,
			columns: "owner:i table_name:i tablespace_name:i iot_type:i status:i num_rows:n blocks:n object_id_type:i table_type_owner:i table_type:i temporary:i secondary:i nested:i dropped:i",
		},
		{
			name: "NESTED_TABLES", of: "owner table_name", rows: dictNothing,
			columns: "owner:i table_name:i table_type_owner:i table_type_name:i parent_table_name:i parent_table_column:i storage_spec:i return_type:i element_substitutable:i",
		},
		{
			name: "TAB_COMMENTS", of: "owner table_name", rows: dictTabComments,
			columns: "owner:i table_name:i table_type:i comments:v",
		},
		{
			name: "VIEWS", of: "owner view_name", rows: dictViews,
			columns: "owner:i view_name:i text_length:n text:l text_vc:v@12.1 type_text_length:n type_text:v oid_text_length:n oid_text:v view_type_owner:i view_type:i superview_name:i editioning_view:i read_only:i bequeath:i@12.1",
		},
		{
			name: "MVIEWS", of: "owner mview_name", rows: dictMviews,
			columns: "owner:i mview_name:i container_name:i query:l query_len:n updatable:i update_log:i master_rollback_seg:i master_link:i rewrite_enabled:i rewrite_capability:i refresh_mode:i refresh_method:i build_mode:i fast_refreshable:i last_refresh_type:i last_refresh_date:d last_refresh_end_time:d@12.2 staleness:i after_fast_refresh:i unknown_prebuilt:i compile_state:i use_no_index:i stale_since:d",
		},
		{
			name: "MVIEW_LOGS", of: "log_owner master", rows: dictMviewLogs,
			columns: "log_owner:i master:i log_table:i log_trigger:i rowids:i primary_key:i object_id:i filter_columns:i sequence:i include_new_values:i purge_asynchronous:i purge_deferred:i commit_scn_based:i",
		},
		{
			name: "SYNONYMS", of: "owner synonym_name", rows: dictSynonyms,
			columns: "owner:i synonym_name:i table_owner:i table_name:i db_link:i",
		},
		{
			name: "SEQUENCES", of: "sequence_owner sequence_name", rows: dictSequences,
			columns: "sequence_owner:i sequence_name:i min_value:n max_value:n increment_by:n cycle_flag:i order_flag:i cache_size:n last_number:n scale_flag:i@18 extend_flag:i@18 sharded_flag:i@18 session_flag:i@12.1 keep_value:i@12.1",
		},
		{
			name: "EXTERNAL_TABLES", of: "owner table_name", rows: dictExternalTables,
			columns: "owner:i table_name:i type_owner:i type_name:i default_directory_owner:i default_directory_name:i reject_limit:i access_type:i access_parameters:v property:i",
		},
		{
			name: "XML_TABLES", of: "owner table_name", rows: dictXMLTables,
			columns: "owner:i table_name:i xmlschema:v schema_owner:i element_name:i storage_type:i",
		},
		{name: "XML_SCHEMAS", of: "owner", rows: dictNothing, columns: "owner:i schema_url:v local:i int_objname:v qual_schema_url:v hier_type:i binary:i"},
	}
}

// dictNothing is for views of what a simulated database never has.
func dictNothing(*Session, putRow) {}

// sorted gives the objects that the dictionary shows: those that are not the simulator's own, in order.
func (db *Database) sorted(space byte, keep func(*object) bool) []*object {
	db.mu.RLock()
	defer db.mu.RUnlock()
	var list []*object
	for _, o := range db.objects {
		if o.space == space && !o.system && keep(o) {
			c := *o // as it is now
			list = append(list, &c)
		}
	}
	slices.SortFunc(list, func(a, b *object) int { return cmp.Or(cmp.Compare(a.owner, b.owner), cmp.Compare(a.name, b.name)) })
	return list
}

func (db *Database) tables() []*object {
	return db.sorted(0, func(o *object) bool { return o.table != nil })
}

// objectNamespaces are the name spaces whose objects ALL_OBJECTS lists, with their numbers there.
var objectNamespaces = []struct {
	space  byte
	number int
}{{0, 1}, {'i', 4}, {'t', 3}, {'b', 2}, {'d', 9}, {'l', 10}, {'x', 21}, {'j', 1}, {'q', 10}}

func dictAllObjects(s *Session, put putRow) {
	for _, space := range objectNamespaces {
		for _, o := range s.db.sorted(space.space, func(o *object) bool {
			return o.kind != "CONSTRAINT" && !(o.facts != nil && o.facts.Job != nil && o.facts.Job.Type == "DBMS_JOB") // which only DBA_JOBS knows
		}) {
			add := func(name string, sub any, kind string, id uint32, data any, temporary, generated bool) {
				put("owner", o.owner, "object_name", name, "subobject_name", sub, "object_id", id, "data_object_id", data, "object_type", kind, "created", o.created, "last_ddl_time", o.changed,
					"timestamp", o.changed.UTC().Format("2006-01-02:15:04:05"), "status", o.status(s), "temporary", yn(temporary), "generated", yn(generated), "secondary", "N", "namespace", space.number,
					"sharing", "NONE", "editionable", o.editionable(), "oracle_maintained", "N")
			}
			t := o.table
			if t == nil {
				data, generated := any(nil), o.index != nil && o.index.generated
				if o.index != nil {
					data = o.id
				}
				add(o.name, nil, o.kind, o.id, data, false, generated)
				continue
			}
			if o.kind == "MATERIALIZED VIEW" { // its rows lie in a table of the same name
				add(o.name, nil, "TABLE", o.id, t.seg.DataObject, false, false)
				add(o.name, nil, o.kind, o.id+viewOfTable, nil, false, false)
				continue
			}
			var data any
			if t.seg != nil && t.parts == nil {
				data = t.seg.DataObject
			}
			add(o.name, nil, o.kind, o.id, data, t.temporary != "", false)
			for _, p := range t.parts {
				if p.subs == nil {
					add(o.name, p.name, "TABLE PARTITION", p.seg.DataObject, p.seg.DataObject, false, strings.HasPrefix(p.name, "SYS_P"))
					continue
				}
				add(o.name, p.name, "TABLE PARTITION", p.subs[0].seg.DataObject+viewOfTable, nil, false, strings.HasPrefix(p.name, "SYS_P"))
				for _, q := range p.subs {
					add(o.name, q.name, "TABLE SUBPARTITION", q.seg.DataObject, q.seg.DataObject, false, strings.HasPrefix(q.name, "SYS_SUBP"))
				}
			}
			for _, col := range t.lobs() {
				add(t.lobName(col), nil, "LOB", o.id+lobOfTable+uint32(col.internal), o.id+lobOfTable+uint32(col.internal), t.temporary != "", true)
			}
			for _, q := range t.identities() {
				add(q.name, nil, "SEQUENCE", o.id+lobOfTable-1, nil, false, true)
			}
		}
	}
}

// Objects that are parts of a table have numbers of their own, far behind those that are given out.
const (
	viewOfTable = 100_000_000
	lobOfTable  = 200_000_000
)

func (t *table) identities() []*sequence {
	var list []*sequence
	for _, col := range t.cols {
		if col.identity != nil && !col.unused {
			list = append(list, col.identity)
		}
	}
	return list
}

// status is VALID, or INVALID of a view that does not compile.
func (o *object) status(s *Session) string {
	switch {
	case o.view != nil && o.view.broken == nil && o.view.query != nil:
		if s.viewError(o) != nil {
			return "INVALID"
		}
	case o.facts != nil && o.facts.Invalid != "", len(o.mistakes) > 0:
		return "INVALID"
	}
	return "VALID"
}

// viewError is why a view cannot be read, nil where it can, or where only we cannot.
func (s *Session) viewError(o *object) error {
	if _, err := s.viewQuery(o.view, 1); err != nil && ora.Code(err) != 3001 {
		return err
	}
	return nil
}

func (o *object) editionable() any {
	switch o.kind {
	case "VIEW", "SYNONYM", "FUNCTION", "PROCEDURE", "PACKAGE", "PACKAGE BODY", "TRIGGER", "TYPE", "TYPE BODY", "LIBRARY":
		return "Y"
	}
	return nil
}

func dictTables(s *Session, put putRow) {
	for _, o := range s.db.tables() {
		t := o.table
		if t.objectTable() {
			continue
		}
		var rows, blocks, size, analyzed any
		if t.temporary == "" && !t.external {
			n, used, bytes := int64(0), 0, int64(0)
			for _, seg := range t.segments(s) {
				n += seg.Rows()
				used += seg.Used()
				bytes += seg.Bytes()
			}
			rows, blocks, size, analyzed = n, used, int64(0), s.db.clock()
			if n > 0 {
				size = bytes / n
			}
		}
		var space, cluster, iot, duration any
		if t.temporary == "" && t.parts == nil && !t.external && !t.iot {
			space = spaceName(t.space)
		}
		if t.temporary != "" {
			duration = "SYS$" + t.temporary
		}
		if t.iot {
			iot = "IOT"
		}
		if t.cluster != "" {
			cluster = t.cluster
		}
		put("owner", o.owner, "table_name", o.name, "tablespace_name", space, "cluster_name", cluster, "cluster_owner", word(cluster != nil, o.owner, ""), "status", "VALID", "pct_free", 10, "ini_trans", 1, "max_trans", 255,
			"logging", yesNo(t.logging && t.temporary == ""), "backed_up", "N", "num_rows", rows, "blocks", blocks, "empty_blocks", 0, "avg_space", 0, "chain_cnt", 0, "avg_row_len", size,
			"degree", "         1", "instances", "         1", "cache", "    N", "table_lock", "ENABLED", "sample_size", rows, "last_analyzed", analyzed, "partitioned", t.parts != nil, "iot_type", iot,
			"temporary", yn(t.temporary != ""), "secondary", "N", "nested", "NO", "buffer_pool", "DEFAULT", "row_movement", word(t.partBy != nil && t.movement, "ENABLED", "DISABLED"), "global_stats", "YES", "user_stats", "NO",
			"duration", duration, "skip_corrupt", "DISABLED", "monitoring", "YES", "dependencies", "DISABLED", "compression", "DISABLED", "dropped", "NO", "read_only", "NO",
			"segment_created", yesNo(t.hasExtents(s)), "result_cache", "DEFAULT", "has_identity", len(t.identities()) > 0, "container_data", "NO", "default_collation", "USING_NLS_COMP", "sharded", "N", "external", t.external)
	}
}

// hasExtents reports whether any row was ever put into a table.
func (t *table) hasExtents(s *Session) bool {
	if t.temporary != "" || t.external {
		return false
	}
	for _, seg := range t.segments(s) {
		if len(seg.Extents()) > 0 {
			return true
		}
	}
	return false
}

// objectTable reports whether the rows of a table are objects, or XML documents.
func (t *table) objectTable() bool { return t.ofType != "" }

func dictObjectTables(s *Session, put putRow) {
	for _, o := range s.db.tables() {
		t := o.table
		if !t.objectTable() || t.ofType == "XMLTYPE" {
			continue
		}
		put("owner", o.owner, "table_name", o.name, "tablespace_name", spaceName(t.space), "status", "VALID", "object_id_type", "SYSTEM GENERATED", "table_type_owner", t.ofOwner, "table_type", t.ofType,
			"temporary", "N", "secondary", "N", "nested", "NO", "dropped", "NO")
	}
}

func dictXMLTables(s *Session, put putRow) {
	for _, o := range s.db.tables() {
		if o.table.ofType == "XMLTYPE" {
			put("owner", o.owner, "table_name", o.name, "storage_type", "BINARY")
		}
	}
}

func dictTabComments(s *Session, put putRow) {
	for _, o := range s.db.sorted(0, func(o *object) bool { return o.table != nil || o.view != nil }) {
		if o.view != nil {
			put("owner", o.owner, "table_name", o.name, "table_type", "VIEW", "comments", o.comments[""])
			continue
		}
		put("owner", o.owner, "table_name", o.name, "table_type", "TABLE", "comments", o.table.comment)
	}
}

func dictViews(s *Session, put putRow) {
	for _, o := range s.db.sorted(0, func(o *object) bool { return o.view != nil }) {
		v := o.view
		var typeOwner, typeName any
		if v.ofType != "" {
			typeOwner, typeName = v.ofOwner, v.ofType
		}
		short := v.text
		if len(short) > 4000 {
			short = ""
		}
		put("owner", o.owner, "view_name", o.name, "text_length", len(v.text), "text", v.text, "text_vc", short, "view_type_owner", typeOwner, "view_type", typeName, "editioning_view", "N",
			"read_only", yn(v.readOnly), "bequeath", "DEFINER")
	}
}

func dictSynonyms(s *Session, put putRow) {
	for _, o := range s.db.sorted(0, func(o *object) bool { return o.synonym != nil }) {
		owner := o.synonym.owner
		if o.synonym.link != "" {
			owner = ""
		}
		put("owner", o.owner, "synonym_name", o.name, "table_owner", owner, "table_name", o.synonym.name, "db_link", o.synonym.link)
	}
}

func dictSequences(s *Session, put putRow) {
	row := func(owner, name string, q *sequence) {
		put("sequence_owner", owner, "sequence_name", name, "min_value", q.min, "max_value", q.max, "increment_by", q.step, "cycle_flag", yn(q.cycle), "order_flag", yn(q.order), "cache_size", q.cache,
			"last_number", q.last(), "scale_flag", "N", "extend_flag", "N", "sharded_flag", "N", "session_flag", "N", "keep_value", "N")
	}
	for _, o := range s.db.sorted(0, func(o *object) bool { return o.sequence != nil }) {
		row(o.owner, o.name, o.sequence)
	}
	for _, o := range s.db.tables() {
		for _, q := range o.table.identities() {
			row(o.owner, q.name, q)
		}
	}
}
