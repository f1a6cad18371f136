package engine

// partitionViews say how tables are cut.
var partitionViews []dictView

func init() {
	partitionViews = []dictView{
		{
			name: "PART_TABLES", of: "owner table_name", rows: dictPartTables,
			columns: "owner:i table_name:i partitioning_type:i subpartitioning_type:i partition_count:n def_subpartition_count:n partitioning_key_count:n subpartitioning_key_count:n status:i def_tablespace_name:i def_pct_free:n def_logging:i def_compression:i def_buffer_pool:i ref_ptn_constraint_name:i interval:v autolist:i@12.2 interval_subpartition:v@12.2 autolist_subpartition:i@12.2 is_nested:i def_segment_creation:i",
		},
		{
			name: "TAB_PARTITIONS", of: "table_owner table_name", rows: dictTabPartitions,
			columns: "table_owner:i table_name:i composite:i partition_name:i subpartition_count:n high_value:l high_value_length:n partition_position:n tablespace_name:i pct_free:n ini_trans:n max_trans:n logging:i compression:i compress_for:i num_rows:n blocks:n empty_blocks:n avg_space:n chain_cnt:n avg_row_len:n sample_size:n last_analyzed:d buffer_pool:i global_stats:i user_stats:i is_nested:i interval:i segment_created:i read_only:i@12.2",
		},
		{
			name: "TAB_SUBPARTITIONS", of: "table_owner table_name", rows: dictTabSubpartitions,
			columns: "table_owner:i table_name:i partition_name:i subpartition_name:i high_value:l high_value_length:n partition_position:n subpartition_position:n tablespace_name:i logging:i compression:i num_rows:n blocks:n avg_row_len:n last_analyzed:d interval:i segment_created:i",
		},
		{name: "PART_KEY_COLUMNS", of: "owner name", rows: func(s *Session, put putRow) { dictPartKeys(s, put, false) }, columns: "owner:i name:i object_type:i column_name:v column_position:n collated_column_id:n@12.2"},
		{name: "SUBPART_KEY_COLUMNS", of: "owner name", rows: func(s *Session, put putRow) { dictPartKeys(s, put, true) }, columns: "owner:i name:i object_type:i column_name:v column_position:n collated_column_id:n@12.2"},
	}
}

// partitioned are the tables with partitions.
func (db *Database) partitioned() []*object {
	return db.sorted(0, func(o *object) bool { return o.table != nil && o.table.parts != nil })
}

func dictPartTables(s *Session, put putRow) {
	for _, o := range s.db.partitioned() {
		t := o.table
		sub, subKeys, subCount, ref := "NONE", 0, 0, t.partBy.ref
		if by := t.partBy.sub; by != nil {
			sub, subKeys, subCount = by.kind, len(by.cols), max(1, by.count, len(by.template))
		}
		var interval any
		n := len(t.parts)
		if t.partBy.interval != nil {
			interval, n = t.partBy.file.Source(t.partBy.interval), 1048575
		}
		put("owner", o.owner, "table_name", o.name, "partitioning_type", t.partBy.kind, "subpartitioning_type", sub, "partition_count", n, "def_subpartition_count", subCount, "partitioning_key_count", len(t.partBy.cols),
			"subpartitioning_key_count", subKeys, "ref_ptn_constraint_name", ref, "status", "VALID", "def_tablespace_name", spaceName(t.space), "def_pct_free", 10, "def_logging", "YES", "def_compression", "NONE", "def_buffer_pool", "DEFAULT",
			"interval", interval, "autolist", "NO", "autolist_subpartition", "NO", "is_nested", "NO", "def_segment_creation", "NONE")
	}
}

func dictTabPartitions(s *Session, put putRow) {
	for _, o := range s.db.partitioned() {
		for i, p := range o.table.parts {
			rows, blocks, bytes := int64(0), 0, int64(0)
			for _, q := range p.leaves() {
				rows, blocks, bytes = rows+q.seg.Rows(), blocks+q.seg.Used(), bytes+q.seg.Bytes()
			}
			size := int64(0)
			if rows > 0 {
				size = bytes / rows
			}
			put("table_owner", o.owner, "table_name", o.name, "composite", p.subs != nil, "partition_name", p.name, "subpartition_count", len(p.subs), "high_value", p.text, "high_value_length", len(p.text),
				"partition_position", i+1, "tablespace_name", spaceName(p.space), "pct_free", 10, "ini_trans", 1, "max_trans", 255, "logging", "YES", "compression", word(p.subs != nil, "NONE", "DISABLED"), "num_rows", rows, "blocks", blocks,
				"empty_blocks", 0, "avg_space", 0, "chain_cnt", 0, "avg_row_len", size, "sample_size", rows, "last_analyzed", s.db.clock(), "buffer_pool", "DEFAULT", "global_stats", "YES", "user_stats", "NO", "is_nested", "NO",
				"interval", p.made, "segment_created", yesNo(blocks > 0), "read_only", "NO")
		}
	}
}

func dictTabSubpartitions(s *Session, put putRow) {
	for _, o := range s.db.partitioned() {
		for i, p := range o.table.parts {
			for k, q := range p.subs {
				rows, size := q.seg.Rows(), int64(0)
				if rows > 0 {
					size = q.seg.Bytes() / rows
				}
				put("table_owner", o.owner, "table_name", o.name, "partition_name", p.name, "subpartition_name", q.name, "high_value", q.text, "high_value_length", len(q.text), "partition_position", i+1,
					"subpartition_position", k+1, "tablespace_name", spaceName(q.space), "logging", "YES", "compression", "DISABLED", "num_rows", rows, "blocks", q.seg.Used(), "avg_row_len", size, "last_analyzed", s.db.clock(),
					"interval", p.made, "segment_created", yesNo(len(q.seg.Extents()) > 0))
			}
		}
	}
}

// dictPartKeys are the columns that partition tables and their local indexes; those that sub-partition with sub.
func dictPartKeys(s *Session, put putRow, sub bool) {
	rows := func(owner, name, kind string, t *table) {
		by := t.partBy
		if sub {
			by = by.sub
		}
		if by == nil {
			return
		}
		for i, at := range by.cols {
			put("owner", owner, "name", name, "object_type", kind, "column_name", t.cols[at].name, "column_position", i+1)
		}
	}
	for _, o := range s.db.partitioned() {
		rows(o.owner, o.name, "TABLE", o.table)
	}
	s.eachIndex(func(o *object, t *table) {
		switch {
		case o.index.local && t != nil && t.partBy != nil:
			rows(o.owner, o.name, "INDEX", t)
		case o.index.global != nil && !sub:
			for i, n := range o.index.global.Columns {
				put("owner", o.owner, "name", o.name, "object_type", "INDEX", "column_name", o.file.Last(n), "column_position", i+1)
			}
		}
	})
}
