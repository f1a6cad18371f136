package engine

import (
	"slices"
	"strings"
)

const tabColumns = "owner:i table_name:i column_name:i data_type:i data_type_mod:i data_type_owner:i data_length:n data_precision:n data_scale:n nullable:i column_id:n default_length:n data_default:l num_distinct:n low_value:r high_value:r density:n num_nulls:n num_buckets:n last_analyzed:d sample_size:n character_set_name:i char_col_decl_length:n global_stats:i user_stats:i avg_col_len:n char_length:n char_used:i v80_fmt_image:i data_upgraded:i histogram:i default_on_null:i@12.1 identity_column:i@12.1 collation:i@12.2"

// columnViews are columns and what is known of them.
var columnViews []dictView

func init() {
	columnViews = []dictView{
		{name: "TAB_COLUMNS", of: "owner table_name", columns: tabColumns, rows: func(s *Session, put putRow) { dictColumns(s, put, false) }},
		{
			name: "TAB_COLS", of: "owner table_name", rows: func(s *Session, put putRow) { dictColumns(s, put, true) },
			columns: tabColumns + " hidden_column:i virtual_column:i segment_column_id:n internal_column_id:n qualified_col_name:v user_generated:i@12.1",
		},
		{name: "COL_COMMENTS", of: "owner table_name", rows: dictColComments, columns: "owner:i table_name:i column_name:i comments:v"},
		{
			name: "TAB_IDENTITY_COLS", of: "owner table_name", since: 1201, rows: dictIdentities,
			columns: "owner:i table_name:i column_name:i generation_type:i sequence_name:i identity_options:v",
		},
		{name: "ENCRYPTED_COLUMNS", of: "owner table_name", rows: dictEncrypted, columns: "owner:i table_name:i column_name:i encryption_alg:i salt:i integrity_alg:i"},
		{name: "XML_TAB_COLS", of: "owner table_name", rows: dictXMLColumns, columns: "owner:i table_name:i column_name:i xmlschema:v schema_owner:i element_name:i storage_type:i anyschema:i nonschema:i"},
		{
			name: "TAB_COL_STATISTICS", of: "owner table_name", rows: dictNothing, // nothing gathers statistics of columns
			columns: "owner:i table_name:i column_name:i num_distinct:n low_value:r high_value:r density:n num_nulls:n num_buckets:n last_analyzed:d sample_size:n global_stats:i user_stats:i notes:i avg_col_len:n histogram:i",
		},
		{name: "TAB_HISTOGRAMS", of: "owner table_name", rows: dictNothing, columns: "owner:i table_name:i column_name:v endpoint_number:n endpoint_value:n endpoint_actual_value:v endpoint_repeat_count:n@12.1"},
	}
}

// dictType is DATA_TYPE, DATA_LENGTH, DATA_PRECISION and DATA_SCALE of a column.
func (t typ) dictType(widest int) (name string, length int, prec, scale any) {
	n := func(k int) string { return itoa(k) }
	switch t.kind {
	case kVarchar, kChar:
		name = map[kind]string{kVarchar: "VARCHAR2", kChar: "CHAR"}[t.kind]
		length = t.size
		switch {
		case t.national:
			name, length = strings.Replace("N"+name, "NVARCHAR2", "NVARCHAR2", 1), t.size*2
		case t.charSem:
			length = min(t.size*widest, 4000)
		}
		return name, length, nil, nil
	case kNumber:
		switch {
		case t.float:
			return "FLOAT", 22, t.prec, nil
		case t.prec == 0:
			return "NUMBER", 22, nil, nil
		case t.prec == 38 && t.scale == 0:
			return "NUMBER", 22, nil, 0
		}
		return "NUMBER", 22, t.prec, t.scale
	case kFloat:
		return "BINARY_FLOAT", 4, nil, nil
	case kDouble:
		return "BINARY_DOUBLE", 8, nil, nil
	case kDate:
		return "DATE", 7, nil, nil
	case kTimestamp:
		return "TIMESTAMP(" + n(t.scale) + ")", 11, nil, t.scale
	case kZoned:
		return "TIMESTAMP(" + n(t.scale) + ") WITH TIME ZONE", 13, nil, t.scale
	case kLocal:
		return "TIMESTAMP(" + n(t.scale) + ") WITH LOCAL TIME ZONE", 11, nil, t.scale
	case kMonths:
		return "INTERVAL YEAR(" + n(t.prec) + ") TO MONTH", 5, t.prec, 0
	case kSpan:
		return "INTERVAL DAY(" + n(t.prec) + ") TO SECOND(" + n(t.scale) + ")", 11, t.prec, t.scale
	case kRaw:
		return "RAW", t.size, nil, nil
	case kRowID:
		if t.name == "UROWID" {
			return "UROWID", t.size, nil, nil
		}
		return "ROWID", 10, nil, nil
	case kClob:
		if t.national {
			return "NCLOB", 4000, nil, nil
		}
		return "CLOB", 4000, nil, nil
	case kBlob:
		return "BLOB", 4000, nil, nil
	case kLong:
		return "LONG", 0, nil, nil
	case kLongRaw:
		return "LONG RAW", 0, nil, nil
	}
	return t.name, 2000, nil, nil
}

// dictColumns are the columns of tables and views; hidden ones too for TAB_COLS.
func dictColumns(s *Session, put putRow, all bool) {
	row := func(owner, name string, col *column, id any) {
		kind, length, prec, scale := col.typ.dictType(s.db.set.Widest)
		var mod, typeOwner, charset, declared, used, collation any
		switch {
		case col.typ.kind == kXML:
			typeOwner, length = "SYS", 2000
		case col.typ.kind == kOther && col.typ.schema != "":
			typeOwner = col.typ.schema
		case col.typ.kind == kOther && kind == "BFILE":
			length = 530
		case col.typ.kind == kOther:
			typeOwner = owner
		}
		if col.typ.ref {
			mod, length = "REF", 50
		}
		charLength := 0
		if col.typ.kind.text() || col.typ.kind == kClob {
			charset = word(col.typ.national, "NCHAR_CS", "CHAR_CS")
			collation = "USING_NLS_COMP"
		}
		if col.typ.kind.text() {
			charLength, declared, used = col.typ.size, length, word(col.typ.charSem || col.typ.national, "C", "B")
		}
		var def, defLength any
		if col.defText != "" {
			def, defLength = col.defText, len(col.defText)
		}
		if col.identity != nil {
			text := quoted(col.identity.owner, col.identity.name) + ".nextval"
			def, defLength = text, len(text)
		}
		pairs := []any{
			"owner", owner, "table_name", name, "column_name", col.name, "data_type", kind, "data_type_mod", mod, "data_type_owner", typeOwner, "data_length", length, "data_precision", prec, "data_scale", scale,
			"nullable", yn(!col.notNull), "column_id", id, "default_length", defLength, "data_default", def, "character_set_name", charset, "char_col_decl_length", declared, "global_stats", "NO", "user_stats", "NO",
			"char_length", charLength, "char_used", used, "v80_fmt_image", "NO", "data_upgraded", "YES", "histogram", "NONE", "default_on_null", col.onNull, "identity_column", col.identity != nil, "collation", collation,
		}
		if all {
			pairs = append(pairs, "hidden_column", col.hidden, "virtual_column", col.isVirtual, "segment_column_id", segmentColumn(col), "internal_column_id", col.internal+1, "qualified_col_name", col.name, "user_generated", yesNo(!col.system))
		}
		put(pairs...)
	}
	functions := map[objectName][]*column{}
	if all {
		functions = s.functionColumns()
	}
	for _, o := range s.db.tables() {
		for _, col := range append(slices.Clone(o.table.cols), functions[o.objectName]...) {
			switch {
			case col.unused:
			case col.hidden:
				if all {
					row(o.owner, o.name, col, nil)
				}
			default:
				row(o.owner, o.name, col, col.id)
			}
		}
	}
	for _, o := range s.db.sorted(0, func(o *object) bool { return o.view != nil && o.view.broken == nil }) {
		q, err := s.viewQuery(o.view, 1)
		if err != nil {
			continue // a view with errors has no columns to show
		}
		for i, col := range q.cols {
			row(o.owner, o.name, &column{name: col.name, typ: asColumn(col.typ), internal: i, notNull: !col.null}, i+1)
		}
	}
}

// segmentColumn is the place of a column in the rows on disk, which virtual ones do not have.
func segmentColumn(col *column) any {
	if col.isVirtual {
		return nil
	}
	return col.internal + 1
}

func dictColComments(s *Session, put putRow) {
	for _, o := range s.db.tables() {
		for _, col := range o.table.cols {
			if !col.unused && !col.hidden {
				put("owner", o.owner, "table_name", o.name, "column_name", col.name, "comments", col.comment)
			}
		}
	}
	for _, o := range s.db.sorted(0, func(o *object) bool { return o.view != nil && o.view.broken == nil }) {
		q, err := s.viewQuery(o.view, 1)
		if err != nil {
			continue
		}
		for _, col := range q.cols {
			put("owner", o.owner, "table_name", o.name, "column_name", col.name, "comments", o.comments[col.name])
		}
	}
}

func dictIdentities(s *Session, put putRow) {
	for _, o := range s.db.tables() {
		for _, col := range o.table.cols {
			if q := col.identity; q != nil && !col.unused {
				options := "START WITH: " + q.start.String() + ", INCREMENT BY: " + q.step.String() + ", MAX_VALUE: " + q.max.String() + ", MIN_VALUE: " + q.min.String() +
					", CYCLE_FLAG: " + yn(q.cycle) + ", CACHE_SIZE: " + itoa(q.cache) + ", ORDER_FLAG: " + yn(q.order) +
					", SCALE_FLAG: N, EXTEND_FLAG: N, SESSION_FLAG: N, KEEP_VALUE: N"
				put("owner", o.owner, "table_name", o.name, "column_name", col.name, "generation_type", word(col.always, "ALWAYS", "BY DEFAULT"), "sequence_name", q.name, "identity_options", options)
			}
		}
	}
}

func dictEncrypted(s *Session, put putRow) {
	for _, o := range s.db.tables() {
		for _, col := range o.table.cols {
			if col.encrypted && !col.unused {
				put("owner", o.owner, "table_name", o.name, "column_name", col.name, "encryption_alg", "AES 192 bits key", "salt", "YES", "integrity_alg", "SHA-1")
			}
		}
	}
}

func dictXMLColumns(s *Session, put putRow) {
	for _, o := range s.db.tables() {
		for _, col := range o.table.cols {
			if col.typ.kind == kXML && !col.unused {
				put("owner", o.owner, "table_name", o.name, "column_name", col.name, "storage_type", "BINARY", "anyschema", "NO", "nonschema", "YES")
			}
		}
	}
}

// lobs are the columns of a table that are large objects.
func (t *table) lobs() []*column {
	var list []*column
	for _, col := range t.cols {
		if !col.unused && (col.typ.kind.lob() || col.typ.kind == kXML && !strings.HasPrefix(t.ofType, "XML")) && t.id != 0 {
			list = append(list, col)
		}
	}
	return list
}
