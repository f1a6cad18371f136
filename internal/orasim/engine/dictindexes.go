package engine

import (
	"cmp"
	"fmt"
	"slices"

	"landfall/internal/oracle/syntax/ast"
)

// indexViews are indexes, those of constraints and LOBs among them.
var indexViews []dictView

func init() {
	indexViews = []dictView{
		{
			name: "INDEXES", of: "table_owner table_name", user: "owner", rows: dictIndexes,
			columns: "owner:i index_name:i index_type:i table_owner:i table_name:i table_type:i uniqueness:i compression:i prefix_length:n tablespace_name:i ini_trans:n max_trans:n initial_extent:n next_extent:n pct_threshold:n include_column:n pct_free:n logging:i blevel:n leaf_blocks:n distinct_keys:n avg_leaf_blocks_per_key:n avg_data_blocks_per_key:n clustering_factor:n status:i num_rows:n sample_size:n last_analyzed:d degree:i instances:i partitioned:i temporary:i generated:i secondary:i buffer_pool:i user_stats:i duration:i pct_direct_access:n ityp_owner:i ityp_name:i parameters:v global_stats:i domidx_status:i domidx_opstatus:i funcidx_status:i join_index:i iot_redundant_pkey_elim:i dropped:i visibility:i domidx_management:i segment_created:i orphaned_entries:i@12.1 indexing:i@12.1",
		},
		{
			name: "IND_COLUMNS", of: "table_owner table_name", user: "index_owner", rows: dictIndColumns,
			columns: "index_owner:i index_name:i table_owner:i table_name:i column_name:v column_position:n column_length:n char_length:n descend:i",
		},
		{
			name: "IND_EXPRESSIONS", of: "table_owner table_name", user: "index_owner", rows: dictIndExpressions,
			columns: "index_owner:i index_name:i table_owner:i table_name:i column_expression:l column_position:n",
		},
		{
			name: "PART_INDEXES", of: "owner table_name", rows: dictPartIndexes,
			columns: "owner:i index_name:i table_name:i partitioning_type:i subpartitioning_type:i partition_count:n def_subpartition_count:n partitioning_key_count:n subpartitioning_key_count:n locality:i alignment:i def_tablespace_name:i interval:v autolist:i@12.2",
		},
		{
			name: "IND_PARTITIONS", of: "index_owner index_name", rows: dictIndPartitions,
			columns: "index_owner:i index_name:i composite:i partition_name:i subpartition_count:n high_value:l high_value_length:n partition_position:n status:i tablespace_name:i logging:i num_rows:n last_analyzed:d",
		},
	}
}

// eachIndex calls f for every index with the table that it is on.
func (s *Session) eachIndex(f func(o *object, t *table)) {
	for _, o := range s.db.sorted('i', func(o *object) bool { return o.index != nil }) {
		var t *table
		if on := s.db.objects2(o.index.table); on != nil {
			s.db.mu.RLock()
			t = on.table
			s.db.mu.RUnlock()
		}
		f(o, t)
	}
}

// plainKey reports whether a key of an index is a column in ascending order: everything else is an expression for Oracle, a
// descending column too (Concepts, "Function-Based Indexes"; ALL_IND_COLUMNS shows a made-up name for it).
func (ix *index) plainKey(t *table, i int) bool {
	return t != nil && t.column(ix.cols[i]) != nil && !ix.desc[i]
}

// functionColumns are the hidden columns that Oracle makes for the expressions of indexes, by table: equal ones share a column.
func (s *Session) functionColumns() map[objectName][]*column {
	found := map[objectName][]*column{}
	all := []*object{}
	tables := map[*object]*table{}
	s.eachIndex(func(o *object, t *table) {
		if t != nil && o.index.kind != "DOMAIN" {
			all = append(all, o)
			tables[o] = t
		}
	})
	slices.SortFunc(all, func(a, b *object) int { return cmp.Compare(a.id, b.id) })
	for _, o := range all {
		ix, t := o.index, tables[o]
		for i := range ix.cols {
			if ix.plainKey(t, i) {
				continue
			}
			text := ix.keyText(t, i)
			list := found[ix.table]
			if slices.ContainsFunc(list, func(c *column) bool { return c.defText == text }) {
				continue
			}
			at := len(t.cols) + len(list)
			col := &column{name: fmt.Sprintf("SYS_NC%05d$", at+1), internal: at, hidden: true, isVirtual: true, system: true, defText: text, typ: typ{kind: kRaw, size: 2000}}
			if x, ok := s.keyType(o, t, i); ok {
				col.typ = x
			}
			found[ix.table] = append(list, col)
		}
	}
	return found
}

// keyType is the type of the hidden column of an expression; a descending key is RAW.
func (s *Session) keyType(o *object, t *table, i int) (typ, bool) {
	n, ok := o.stmt.(*ast.CreateIndex)
	if !ok || i >= len(n.Items) || o.index.desc[i] {
		return typ{}, false
	}
	sub, _ := (&compiler{s: s, schema: o.owner, f: o.file}).tableScope(t, o.file)
	x, err := sub.expr(n.Items[i].X)
	if err != nil {
		return typ{}, false
	}
	return asColumn(x.typ), true
}

// keyText is what ALL_IND_EXPRESSIONS shows of a key that is no plain column.
func (ix *index) keyText(t *table, i int) string {
	if t != nil && t.column(ix.cols[i]) != nil {
		return `"` + ix.cols[i] + `"`
	}
	return ix.cols[i]
}

// indexType is INDEX_TYPE of ALL_INDEXES.
func (ix *index) indexType(t *table) (kind string, functions bool) {
	kind = "NORMAL"
	switch {
	case ix.kind == "DOMAIN", ix.kind == "CLUSTER":
		return ix.kind, false
	case ix.kind == "BITMAP":
		kind = "BITMAP"
	case t != nil && t.iot && ix.primaryOf(t):
		return "IOT - TOP", false
	}
	for i := range ix.cols {
		if !ix.plainKey(t, i) && t != nil {
			functions = true
		}
	}
	if functions {
		kind = "FUNCTION-BASED " + kind
	}
	if ix.reverse {
		kind += "/REV"
	}
	return kind, functions
}

func (ix *index) primaryOf(t *table) bool {
	return slices.ContainsFunc(t.keys, func(k *key) bool { return k.primary && k.indexName == ix.name })
}

func dictIndexes(s *Session, put putRow) {
	s.eachIndex(func(o *object, t *table) {
		ix := o.index
		kind, functions := ix.indexType(t)
		temporary := t != nil && t.temporary != ""
		var rows, analyzed, distinct any
		if t != nil && !temporary && !t.external && kind != "DOMAIN" {
			n := int64(0)
			for _, seg := range t.segments(s) {
				n += seg.Rows()
			}
			rows, analyzed = n, s.db.clock()
			if ix.unique {
				distinct = n
			}
		}
		var space, ityp, ityOwner, params, funcs any
		if t != nil && !temporary && !ix.partitioned() && kind != "DOMAIN" {
			if space = spaceName(ix.space); space == nil {
				space = spaceName(s.db.defaultSpace(o.owner))
			}
		}
		if kind == "DOMAIN" {
			ityOwner, ityp, params = ix.typeOwner, ix.typeName, ix.params
		}
		if functions {
			funcs = "ENABLED"
		}
		put("owner", o.owner, "index_name", o.name, "index_type", kind, "table_owner", ix.table.owner, "table_name", ix.table.name, "table_type", word(t != nil, "TABLE", "VIEW"),
			"uniqueness", word(ix.unique, "UNIQUE", "NONUNIQUE"), "compression", word(ix.prefix > 0, "ENABLED", "DISABLED"), "prefix_length", given(ix.prefix), "tablespace_name", space, "ini_trans", 2, "max_trans", 255, "pct_free", 10,
			"logging", "YES", "distinct_keys", distinct, "status", word(ix.partitioned(), "N/A", word(ix.unusable, "UNUSABLE", "VALID")), "num_rows", rows, "sample_size", rows, "last_analyzed", analyzed,
			"degree", "1", "instances", "1", "partitioned", ix.partitioned(), "temporary", yn(temporary), "generated", yn(ix.generated), "secondary", "N", "buffer_pool", "DEFAULT", "user_stats", "NO", "global_stats", "YES",
			"ityp_owner", ityOwner, "ityp_name", ityp, "parameters", params, "domidx_status", word(kind == "DOMAIN", "VALID", ""), "funcidx_status", funcs, "join_index", ix.join, "iot_redundant_pkey_elim", "NO",
			"dropped", "NO", "visibility", word(ix.invisible, "INVISIBLE", "VISIBLE"), "segment_created", "YES", "orphaned_entries", "NO", "indexing", "FULL")
	})
	s.eachLob(func(o *object, col *column) {
		put("owner", o.owner, "index_name", o.table.lobIndex(col), "index_type", "LOB", "table_owner", o.owner, "table_name", o.name, "table_type", "TABLE", "uniqueness", "UNIQUE", "compression", "DISABLED",
			"tablespace_name", spaceName(o.table.space), "logging", "YES", "status", "VALID", "degree", "0", "instances", "0", "partitioned", o.table.parts != nil, "temporary", "N", "generated", "Y", "secondary", "N",
			"join_index", "NO", "dropped", "NO", "visibility", "VISIBLE", "segment_created", "YES")
	})
}

func dictIndColumns(s *Session, put putRow) {
	functions := s.functionColumns()
	s.eachIndex(func(o *object, t *table) {
		ix := o.index
		for i, c := range ix.cols {
			name, length, chars := c, 0, 0
			if t != nil && t.column(c) != nil {
				_, length, _, _ = t.column(c).typ.dictType(s.db.set.Widest)
				if t.column(c).typ.kind.text() {
					chars = t.column(c).typ.size
				}
			}
			if t != nil && !ix.plainKey(t, i) {
				for _, col := range functions[ix.table] {
					if col.defText == ix.keyText(t, i) {
						name = col.name
						_, length, _, _ = col.typ.dictType(s.db.set.Widest)
					}
				}
			}
			put("index_owner", o.owner, "index_name", o.name, "table_owner", ix.table.owner, "table_name", ix.table.name, "column_name", name, "column_position", i+1, "column_length", length, "char_length", chars,
				"descend", word(ix.desc[i], "DESC", "ASC"))
		}
	})
}

func dictIndExpressions(s *Session, put putRow) {
	s.eachIndex(func(o *object, t *table) {
		for i := range o.index.cols {
			if t != nil && !o.index.plainKey(t, i) {
				put("index_owner", o.owner, "index_name", o.name, "table_owner", o.index.table.owner, "table_name", o.index.table.name, "column_expression", o.index.keyText(t, i), "column_position", i+1)
			}
		}
	})
}

// partitioned reports whether an index has partitions.
func (ix *index) partitioned() bool { return ix.local || ix.global != nil }

func dictPartIndexes(s *Session, put putRow) {
	s.eachIndex(func(o *object, t *table) {
		ix := o.index
		switch {
		case ix.local && t != nil && t.partBy != nil:
			sub, keys := "NONE", 0
			if t.partBy.sub != nil {
				sub, keys = t.partBy.sub.kind, len(t.partBy.sub.cols)
			}
			put("owner", o.owner, "index_name", o.name, "table_name", ix.table.name, "partitioning_type", t.partBy.kind, "subpartitioning_type", sub, "partition_count", len(t.parts), "partitioning_key_count", len(t.partBy.cols),
				"subpartitioning_key_count", keys, "locality", "LOCAL", "alignment", word(ix.prefixed(t), "PREFIXED", "NON_PREFIXED"), "autolist", "NO")
		case ix.global != nil:
			put("owner", o.owner, "index_name", o.name, "table_name", ix.table.name, "partitioning_type", ix.global.Kind.String(), "subpartitioning_type", "NONE", "partition_count", max(ix.globalCount, len(ix.global.Partitions)),
				"partitioning_key_count", len(ix.global.Columns), "locality", "GLOBAL", "alignment", "PREFIXED", "autolist", "NO")
		}
	})
}

// prefixed reports whether an index begins with the columns that partition its table.
func (ix *index) prefixed(t *table) bool {
	for i, at := range t.partBy.cols {
		if i >= len(ix.cols) || ix.cols[i] != t.cols[at].name {
			return false
		}
	}
	return true
}

func dictIndPartitions(s *Session, put putRow) {
	s.eachIndex(func(o *object, t *table) {
		if !o.index.local || t == nil {
			return
		}
		for i, p := range t.parts {
			space := o.index.space
			if space == nil {
				space = p.space
			}
			put("index_owner", o.owner, "index_name", o.name, "composite", p.subs != nil, "partition_name", p.name, "subpartition_count", len(p.subs), "high_value", p.text, "high_value_length", len(p.text),
				"partition_position", i+1, "status", word(p.subs != nil, "N/A", "USABLE"), "tablespace_name", spaceName(space), "logging", "YES")
		}
	})
}
