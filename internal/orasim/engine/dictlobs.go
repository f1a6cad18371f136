package engine

import "fmt"

// lobViews are columns of large objects. These lie in the rows here, whatever their size, and have names as Oracle gives them.
var lobViews []dictView

const lobColumns = " lob_name:i partition_name:i lob_partition_name:i lob_indpart_name:i partition_position:n composite:i chunk:n pctversion:n cache:i in_row:i tablespace_name:i logging:i encrypt:i compression:i deduplication:i securefile:i"

func init() {
	lobViews = []dictView{
		{
			name: "LOBS", of: "owner table_name", rows: dictLobs,
			columns: "owner:i table_name:i column_name:v segment_name:i tablespace_name:i index_name:i chunk:n pctversion:n retention:n freepools:n cache:i logging:i encrypt:i compression:i deduplication:i in_row:i format:i partitioned:i securefile:i segment_created:i retention_type:i retention_value:n",
		},
		{name: "LOB_PARTITIONS", of: "table_owner table_name", rows: dictLobPartitions, columns: "table_owner:i table_name:i column_name:v" + lobColumns},
		{
			name: "LOB_SUBPARTITIONS", of: "table_owner table_name", rows: dictLobSubpartitions,
			columns: "table_owner:i table_name:i column_name:v lob_name:i lob_partition_name:i subpartition_name:i lob_subpartition_name:i lob_indsubpart_name:i subpartition_position:n chunk:n pctversion:n cache:i in_row:i tablespace_name:i logging:i encrypt:i compression:i deduplication:i securefile:i",
		},
	}
}

// lobName is the name of the segment of a LOB column, SYS_LOB and the numbers of table and column.
func (t *table) lobName(col *column) string {
	return fmt.Sprintf("SYS_LOB%010dC%05d$$", t.id, col.internal+1)
}

func (t *table) lobIndex(col *column) string {
	return fmt.Sprintf("SYS_IL%010dC%05d$$", t.id, col.internal+1)
}

// eachLob calls f for every LOB column of every table.
func (s *Session) eachLob(f func(o *object, col *column)) {
	for _, o := range s.db.tables() {
		for _, col := range o.table.lobs() {
			f(o, col)
		}
	}
}

func dictLobs(s *Session, put putRow) {
	s.eachLob(func(o *object, col *column) {
		put("owner", o.owner, "table_name", o.name, "column_name", col.name, "segment_name", o.table.lobName(col), "tablespace_name", spaceName(o.table.space), "index_name", o.table.lobIndex(col),
			"chunk", 8192, "cache", "NO", "logging", "YES", "encrypt", "NO", "compression", "NO", "deduplication", "NO", "in_row", "YES", "format", word(col.typ.kind == kBlob, "NOT APPLICABLE", "ENDIAN NEUTRAL"),
			"partitioned", o.table.parts != nil, "securefile", "YES", "segment_created", o.table.hasExtents(s), "retention_type", "DEFAULT")
	})
}

func dictLobPartitions(s *Session, put putRow) {
	s.eachLob(func(o *object, col *column) {
		for i, p := range o.table.parts {
			put("table_owner", o.owner, "table_name", o.name, "column_name", col.name, "lob_name", o.table.lobName(col), "partition_name", p.name, "lob_partition_name", lobPart(col, p), "partition_position", i+1,
				"composite", p.subs != nil, "chunk", 8192, "cache", "NO", "in_row", "YES", "tablespace_name", spaceName(p.space), "logging", "YES", "encrypt", "NO", "compression", "NO", "deduplication", "NO", "securefile", "YES")
		}
	})
}

// lobPart is the name of the part of a LOB segment that belongs to a partition.
func lobPart(col *column, p *partition) string {
	kind, at := "P", p
	if p.subs != nil {
		at = p.subs[0]
	}
	return fmt.Sprintf("SYS_LOB_%s%dC%d", kind, at.seg.DataObject, col.internal+1)
}

func dictLobSubpartitions(s *Session, put putRow) {
	s.eachLob(func(o *object, col *column) {
		for _, p := range o.table.parts {
			for i, q := range p.subs {
				put("table_owner", o.owner, "table_name", o.name, "column_name", col.name, "lob_name", o.table.lobName(col), "lob_partition_name", lobPart(col, p), "subpartition_name", q.name,
					"lob_subpartition_name", fmt.Sprintf("SYS_LOB_SUBP%dC%d", q.seg.DataObject, col.internal+1), "subpartition_position", i+1, "chunk", 8192, "cache", "NO", "in_row", "YES",
					"tablespace_name", spaceName(q.space), "logging", "YES", "encrypt", "NO", "compression", "NO", "deduplication", "NO", "securefile", "YES")
			}
		}
	})
}
