package dict

import (
	"strings"
)

// tableFacts finds or makes the figures of a table.
func (l *loader) tableFacts(k Key) *TableFacts {
	t := l.f.Tables[k]
	if t == nil {
		t = &TableFacts{Key: k}
		l.f.Tables[k] = t
	}
	return t
}

func (l *loader) table(r row) {
	t := l.tableFacts(r.key("owner", "table_name"))
	t.Listed = true
	t.Rows, t.Blocks, t.AvgRowLen, t.Analyzed = r.number("num_rows"), r.number("blocks"), r.number("avg_row_len"), r.time("last_analyzed")
	t.Temporary, t.IOT, t.Nested, t.ReadOnly = r.yes("temporary"), r.Get("iot_type") != "", r.yes("nested"), r.yes("read_only")
	t.External = r.yes("external")
	t.Logging, t.RowMovement = strings.TrimSpace(r.Get("logging")), r.yes("row_movement")
	if r.yes("compression") {
		t.Compression = r.Get("compress_for")
		if t.Compression == "" {
			t.Compression = "BASIC"
		}
	}
	t.Tablespace, t.Cluster = r.Get("tablespace_name"), r.Get("cluster_name")
}

func (l *loader) objectTable(r row) {
	t := l.tableFacts(r.key("owner", "table_name"))
	t.TypeOwner, t.Type = r.Get("table_type_owner"), r.Get("table_type")
}

func (l *loader) external(r row) {
	k := r.key("owner", "table_name")
	l.tableFacts(k).External = true
	l.f.External = append(l.f.External, External{k, r.Get("type_name"), r.Get("default_directory_name"), r.Get("property")})
}

// intervalCount is what Oracle gives as the number of partitions of an interval-partitioned table.
const intervalCount = 1<<20 - 1

func (l *loader) partitioned(r row) {
	p := Partitioned{
		Key: r.key("owner", "table_name"), Kind: r.Get("partitioning_type"), SubKind: r.Get("subpartitioning_type"), Interval: r.Get("interval"),
		Count: r.int("partition_count"), Keys: r.int("partitioning_key_count"), SubKeys: r.int("subpartitioning_key_count"),
		Automatic: r.yes("autolist"), RefConstraint: r.Get("ref_ptn_constraint_name"),
	}
	if p.SubKind == "NONE" {
		p.SubKind = ""
	}
	p.CountOpen = p.Count == intervalCount
	l.f.Partitions = append(l.f.Partitions, p)
	l.tableFacts(p.Key).Partitions = p.Count
	if p.CountOpen {
		l.tableFacts(p.Key).Partitions = 1 // until they are counted: see partition
		l.open = append(l.open, p.Key)
	}
}

func (l *loader) partition(r row) {
	if l.counted == nil {
		l.counted = map[Key]int{}
	}
	l.counted[r.key("table_owner", "table_name")]++
}

func (l *loader) column(r row) {
	c := Column{
		Table: r.key("owner", "table_name"), Name: r.Get("column_name"), Position: r.int("column_id"), Type: r.Get("data_type"), TypeOwner: r.Get("data_type_owner"),
		Length: r.int("data_length"), CharLength: r.int("char_length"), CharUsed: r.Get("char_used"), Precision: r.number("data_precision"), Scale: r.number("data_scale"),
		Nullable: r.yes("nullable"), Hidden: r.yes("hidden_column"), Virtual: r.yes("virtual_column"), UserGenerated: r.Get("user_generated") == "" || r.yes("user_generated"),
		OnNull: r.yes("default_on_null"), Distinct: r.number("num_distinct"), Nulls: r.number("num_nulls"), AvgSize: r.number("avg_col_len"), Collation: r.Get("collation"),
	}
	if l.columns == nil {
		l.columns = map[columnKey]int{}
	}
	l.columns[columnKey{c.Table, c.Name}] = len(l.f.Columns)
	l.f.Columns = append(l.f.Columns, c)
}

// at gives a column that "columns" listed; another extract may have seen one that was made in between, which is left out.
func (l *loader) at(r row) *Column {
	i, ok := l.columns[columnKey{r.key("owner", "table_name"), r.Get("column_name")}]
	if !ok {
		return &Column{}
	}
	return &l.f.Columns[i]
}

func (l *loader) columnDefault(r row) { l.at(r).Default = strings.TrimSpace(r.Get("data_default")) }

func (l *loader) encrypted(r row) { l.at(r).Encrypted = r.Get("encryption_alg") }

func (l *loader) identity(r row) { l.at(r).Identity = r.Get("generation_type") }

func (l *loader) constraint(r row) {
	if l.constraintsOf == nil {
		l.constraintsOf, l.uniqueBy = map[Key]Key{}, map[Key]bool{}
	}
	name, table := r.key("owner", "constraint_name"), r.key("owner", "table_name")
	l.constraintsOf[name] = table
	if !r.yes("status") { // ENABLED or DISABLED
		return
	}
	switch r.Get("constraint_type") {
	case "P":
		l.tableFacts(table).PrimaryKey = true
	case "U":
		l.tableFacts(table).UniqueKeys++
	case "R":
		l.refers = append(l.refers, r.key("r_owner", "r_constraint_name"))
		return
	default:
		return
	}
	owner := r.Get("index_owner")
	if owner == "" {
		owner = r.Get("owner")
	}
	l.uniqueBy[Key{owner, r.Get("index_name")}] = true
}

func (l *loader) index(r row) {
	i := Index{
		Key: r.key("owner", "index_name"), Table: r.key("table_owner", "table_name"), Type: strings.TrimSuffix(r.Get("index_type"), "/REV"),
		Unique: r.Get("uniqueness") == "UNIQUE", Partitioned: r.yes("partitioned"), Reverse: strings.HasSuffix(r.Get("index_type"), "/REV"),
		Status: r.Get("status"), Visibility: r.Get("visibility"), TypeOwner: r.Get("ityp_owner"), TypeName: r.Get("ityp_name"),
		Rows: r.number("num_rows"), LeafBlocks: r.number("leaf_blocks"), DistinctKeys: r.number("distinct_keys"), Generated: r.yes("generated"),
	}
	if l.indexes == nil {
		l.indexes = map[Key]int{}
	}
	l.indexes[i.Key] = len(l.f.Indexes)
	l.f.Indexes = append(l.f.Indexes, i)
}

func (l *loader) lob(r row) {
	if l.lobs == nil {
		l.lobs, l.lobIndexes = map[Key]int{}, map[Key]Key{}
	}
	b := LOB{
		Table: r.key("owner", "table_name"), Column: r.Get("column_name"), Segment: r.Get("segment_name"), Tablespace: r.Get("tablespace_name"),
		SecureFile: r.yes("securefile"), InRow: r.yes("in_row"), Encrypted: r.yes("encrypt"),
		Compression: r.Get("compression"), Deduplication: r.Get("deduplication"), Cache: r.Get("cache"), Logging: r.Get("logging"),
	}
	l.lobs[Key{b.Table.Owner, b.Segment}] = len(l.f.LOBs)
	l.lobIndexes[r.key("owner", "index_name")] = b.Table
	l.f.LOBs = append(l.f.LOBs, b)
}

func (l *loader) segment(r row) {
	s := Segment{r.key("owner", "segment_name"), r.Get("segment_type"), r.int("partitions"), r.number("bytes").Int()}
	l.f.Segments = append(l.f.Segments, s)
}

// sizes adds the segments to the tables they belong to. A table that was collected and has no segment has no rows yet
// (deferred segment creation), so its size is known to be 0 where all segments are known.
func (l *loader) sizes() {
	f := l.f
	if !f.Known("segments") {
		return
	}
	for _, t := range f.Tables {
		t.Bytes, t.IndexBytes, t.LOBBytes = Number{0, t.Listed}, Number{0, f.Known("indexes")}, Number{0, f.Known("lobs")}
	}
	for _, s := range f.Segments {
		bytes := Number{float64(s.Bytes), true}
		switch {
		case strings.HasPrefix(s.Type, "TABLE"), s.Type == "NESTED TABLE":
			add(&l.tableFacts(s.Key).Bytes, bytes)
		case strings.HasPrefix(s.Type, "LOBINDEX"):
			if t, ok := l.lobIndexes[s.Key]; ok {
				add(&l.tableFacts(t).LOBBytes, bytes)
			}
		case strings.HasPrefix(s.Type, "LOB"):
			if at, ok := l.lobs[s.Key]; ok {
				add(&f.LOBs[at].Bytes, bytes)
				add(&l.tableFacts(f.LOBs[at].Table).LOBBytes, bytes)
			}
		case strings.HasPrefix(s.Type, "INDEX"):
			at, ok := l.indexes[s.Key]
			if !ok {
				continue
			}
			add(&f.Indexes[at].Bytes, bytes)
			t := l.tableFacts(f.Indexes[at].Table)
			if strings.HasPrefix(f.Indexes[at].Type, "IOT - TOP") { // an index-organised table is its index
				add(&t.Bytes, bytes)
			} else {
				add(&t.IndexBytes, bytes)
			}
		}
	}
}

// keys counts what identifies rows and who refers to them.
func (l *loader) keys() {
	for _, c := range l.refers {
		if t, ok := l.constraintsOf[c]; ok {
			l.tableFacts(t).ForeignKeysIn++
		}
	}
	for _, k := range l.open {
		if n := l.counted[k]; n > 0 {
			l.tableFacts(k).Partitions = n
		}
	}
	for i := range l.f.Indexes {
		x := &l.f.Indexes[i]
		if x.Unique && !l.uniqueBy[x.Key] && x.Type != "LOB" && !strings.HasPrefix(x.Type, "IOT") {
			l.tableFacts(x.Table).UniqueKeys++
		}
	}
}

func (l *loader) modification(r row) {
	t := l.tableFacts(r.key("table_owner", "table_name"))
	if r.Get("partition_name") != "" { // Oracle gives the sum in the row without a partition
		return
	}
	t.Inserts, t.Updates, t.Deletes = r.number("inserts"), r.number("updates"), r.number("deletes")
	t.Truncated, t.ChangesSince = r.yes("truncated"), t.Analyzed
}

func (l *loader) object(r row) {
	l.f.Objects = append(l.f.Objects, Object{
		Owner: r.Get("owner"), Name: r.Get("object_name"), Sub: r.Get("subobject_name"), Type: r.Get("object_type"), Status: r.Get("status"),
		Created: r.time("created"), Changed: r.time("last_ddl_time"), Temporary: r.yes("temporary"), Generated: r.yes("generated"), Edition: r.Get("edition_name"),
	})
}

func (l *loader) compileError(r row) {
	l.f.Errors = append(l.f.Errors, CompileError{
		Owner: r.Get("owner"), Name: r.Get("name"), Type: r.Get("type"), Line: r.int("line"), Position: r.int("position"),
		Attribute: r.Get("attribute"), Text: strings.TrimSpace(r.Get("text")),
	})
}

func (l *loader) sequence(r row) {
	l.f.Sequences = append(l.f.Sequences, Sequence{
		Key: r.key("sequence_owner", "sequence_name"), Min: r.Get("min_value"), Max: r.Get("max_value"), Increment: r.Get("increment_by"),
		Cache: r.Get("cache_size"), Last: r.Get("last_number"), Cycle: r.yes("cycle_flag"), Order: r.yes("order_flag"),
	})
}

func (l *loader) xml(r row) {
	l.f.XML = append(l.f.XML, XMLColumn{r.key("owner", "table_name"), r.Get("column_name"), r.Get("xmlschema"), r.Get("storage_type")})
}

func (l *loader) queueTable(r row) {
	if l.queueTables == nil {
		l.queueTables = map[Key]Queue{}
	}
	l.queueTables[r.key("owner", "queue_table")] = Queue{Payload: r.Get("object_type"), Recipients: r.Get("recipients")}
	if r.Get("object_type") == "" {
		l.queueTables[r.key("owner", "queue_table")] = Queue{Payload: r.Get("type"), Recipients: r.Get("recipients")}
	}
}

func (l *loader) queue(r row) {
	q := l.queueTables[r.key("owner", "queue_table")]
	q.Key, q.Table, q.Type = r.key("owner", "name"), r.Get("queue_table"), r.Get("queue_type")
	l.f.Queues = append(l.f.Queues, q)
}

func (l *loader) library(r row) {
	l.f.Libraries = append(l.f.Libraries, Library{r.key("owner", "library_name"), r.Get("file_spec"), r.Get("status")})
}

func (l *loader) viewLog(r row) {
	l.f.ViewLogs = append(l.f.ViewLogs, ViewLog{r.key("log_owner", "master"), r.Get("log_table")})
}

func (l *loader) lifecycle(r row) {
	l.f.Lifecycle = append(l.f.Lifecycle, LifecycleObject{r.key("object_owner", "object_name"), r.Get("policy_name"), r.Get("subobject_name"), r.Get("object_type"), r.yes("enabled")})
}

func (l *loader) typ(r row) {
	l.f.Types = append(l.f.Types, Type{r.key("owner", "type_name"), r.Get("typecode"), r.Get("supertype_name"), r.int("attributes"), r.int("methods")})
}
