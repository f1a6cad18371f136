package engine

import (
	"landfall/internal/orasim/store"
)

// storageViews are segments, extents, and where they lie.
var storageViews []dictView

func init() {
	storageViews = []dictView{
		{
			name: "EXTENTS", of: "owner", forms: "DBA USER", rows: dictExtents,
			columns: "owner:i segment_name:i partition_name:i segment_type:i tablespace_name:i extent_id:n file_id:n block_id:n bytes:n blocks:n relative_fno:n",
		},
		{
			name: "SEGMENTS", of: "owner", forms: "DBA USER", rows: dictSegments,
			columns: "owner:i segment_name:i partition_name:i segment_type:i segment_subtype:i tablespace_name:i header_file:n header_block:n bytes:n blocks:n extents:n initial_extent:n next_extent:n min_extents:n max_extents:n relative_fno:n buffer_pool:i",
		},
		{
			name: "TABLESPACES", forms: "DBA USER", rows: dictTablespaces,
			columns: "tablespace_name:i block_size:n initial_extent:n next_extent:n min_extents:n max_extents:n status:i contents:i logging:i force_logging:i extent_management:i allocation_type:i plugged_in:i segment_space_management:i def_tab_compression:i retention:i bigfile:i predicate_evaluation:i encrypted:i compress_for:i",
		},
		{name: "DATA_FILES", forms: "DBA", rows: dictDataFiles, columns: "file_name:v file_id:n tablespace_name:i bytes:n blocks:n status:i relative_fno:n autoextensible:i maxbytes:n maxblocks:n increment_by:n user_bytes:n user_blocks:n online_status:i"},
		{name: "TEMP_FILES", forms: "DBA", rows: dictTempFiles, columns: "file_name:v file_id:n tablespace_name:i bytes:n blocks:n status:i relative_fno:n autoextensible:i maxbytes:n maxblocks:n increment_by:n user_bytes:n user_blocks:n"},
		{name: "FREE_SPACE", forms: "DBA USER", rows: dictFreeSpace, columns: "tablespace_name:i file_id:n block_id:n bytes:n blocks:n relative_fno:n"},
	}
}

// segmentRow is one segment of a table.
type segmentRow struct {
	o     *object
	part  any
	kind  string
	space *tablespace
	seg   *store.Segment
}

// segmentRows are all segments that hold rows. Indexes have none here.
func (s *Session) segmentRows() []segmentRow {
	var list []segmentRow
	for _, o := range s.db.tables() {
		t := o.table
		if t.temporary != "" || t.external {
			continue
		}
		if t.parts == nil && t.seg != nil {
			list = append(list, segmentRow{o, nil, "TABLE", t.space, t.seg})
		}
		for _, p := range t.parts {
			kind := word(p.subs != nil, "TABLE SUBPARTITION", "TABLE PARTITION")
			for _, q := range p.leaves() {
				list = append(list, segmentRow{o, q.name, kind, q.space, q.seg})
			}
		}
	}
	return list
}

// extentKind is SEGMENT_TYPE. The rows of an index-organised table lie in its index, so they are a segment of that kind.
func (r segmentRow) name() (string, string) {
	if !r.o.table.iot {
		return r.o.name, r.kind
	}
	for _, k := range r.o.table.keys {
		if k.primary {
			return k.indexName, "INDEX" + r.kind[len("TABLE"):]
		}
	}
	return r.o.name, r.kind
}

func dictExtents(s *Session, put putRow) {
	for _, r := range s.segmentRows() {
		name, kind := r.name()
		for i, e := range r.seg.Extents() {
			put("owner", r.o.owner, "segment_name", name, "partition_name", r.part, "segment_type", kind, "tablespace_name", spaceName(r.space), "extent_id", i, "file_id", int(e.File), "block_id", e.Block,
				"bytes", uint64(e.Blocks)*store.BlockSize, "blocks", e.Blocks, "relative_fno", int(e.File))
		}
	}
}

func dictSegments(s *Session, put putRow) {
	for _, r := range s.segmentRows() {
		ext := r.seg.Extents()
		if len(ext) == 0 {
			continue // segments are made with their first row
		}
		name, kind := r.name()
		blocks := uint64(0)
		for _, e := range ext {
			blocks += uint64(e.Blocks)
		}
		put("owner", r.o.owner, "segment_name", name, "partition_name", r.part, "segment_type", kind, "segment_subtype", "ASSM", "tablespace_name", spaceName(r.space), "header_file", int(ext[0].File), "header_block", ext[0].Block+2,
			"bytes", blocks*store.BlockSize, "blocks", blocks, "extents", len(ext), "initial_extent", 65536, "next_extent", 1048576, "min_extents", 1, "max_extents", 2147483645, "relative_fno", int(ext[0].File), "buffer_pool", "DEFAULT")
	}
}

// tablespaces lists all, as of now.
func (db *Database) tablespaces() []*tablespace {
	db.mu.RLock()
	defer db.mu.RUnlock()
	return db.spaces[:len(db.spaces):len(db.spaces)]
}

func dictTablespaces(s *Session, put putRow) {
	for _, sp := range s.db.tablespaces() {
		put("tablespace_name", sp.name, "block_size", store.BlockSize, "initial_extent", 65536, "min_extents", 1, "status", "ONLINE", "contents", sp.contents, "logging", word(sp.contents == "TEMPORARY", "NOLOGGING", "LOGGING"),
			"force_logging", "NO", "extent_management", "LOCAL", "allocation_type", word(sp.contents == "TEMPORARY", "UNIFORM", "SYSTEM"), "plugged_in", "NO",
			"segment_space_management", word(sp.contents == "PERMANENT" && sp.name != "SYSTEM", "AUTO", "MANUAL"), "def_tab_compression", "DISABLED", "retention", word(sp.contents == "UNDO", "NOGUARANTEE", "NOT APPLY"),
			"bigfile", sp.big, "predicate_evaluation", "HOST", "encrypted", "NO")
	}
}

// fileSize is what a data file has as a size: what is handed out of it, in steps of 100 MB.
func fileSize(f store.File) uint64 {
	const step = 100 << 20
	return (uint64(f.Blocks)*store.BlockSize + step - 1) / step * step
}

const maxFile = 4194302 * store.BlockSize

func dictDataFiles(s *Session, put putRow) {
	for _, sp := range s.db.tablespaces() {
		if sp.files == nil {
			continue
		}
		for _, f := range sp.files.All() {
			size := fileSize(f)
			put("file_name", "/memory/"+sp.name+"_"+itoa(int(f.Number))+".dbf", "file_id", int(f.Number), "tablespace_name", sp.name, "bytes", size, "blocks", size/store.BlockSize, "status", "AVAILABLE",
				"relative_fno", int(f.Number), "autoextensible", "YES", "maxbytes", uint64(maxFile), "maxblocks", maxFile/store.BlockSize, "increment_by", 12800, "user_bytes", size-1048576, "user_blocks", size/store.BlockSize-128, "online_status", "ONLINE")
		}
	}
}

func dictTempFiles(s *Session, put putRow) {
	for i, sp := range s.db.tablespaces() {
		if sp.contents == "TEMPORARY" {
			put("file_name", "/memory/"+sp.name+".dbf", "file_id", i, "tablespace_name", sp.name, "bytes", 104857600, "blocks", 104857600/store.BlockSize, "status", "ONLINE", "relative_fno", i, "autoextensible", "YES",
				"maxbytes", uint64(maxFile), "maxblocks", maxFile/store.BlockSize, "increment_by", 12800)
		}
	}
}

func dictFreeSpace(s *Session, put putRow) {
	for _, sp := range s.db.tablespaces() {
		if sp.files == nil {
			continue
		}
		for _, f := range sp.files.All() {
			if free := fileSize(f)/store.BlockSize - uint64(f.Blocks); free > 0 {
				put("tablespace_name", sp.name, "file_id", int(f.Number), "block_id", f.Blocks, "bytes", free*store.BlockSize, "blocks", free, "relative_fno", int(f.Number))
			}
		}
	}
}
