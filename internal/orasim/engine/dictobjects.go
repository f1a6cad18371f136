package engine

import (
	"cmp"
	"slices"
	"strings"
)

// families are the views that exist as DBA_, ALL_ and USER_.
var families []dictView

func init() {
	families = []dictView{
		{"OBJECTS", "owner:v object_name:v subobject_name:v object_id:n data_object_id:n object_type:v created:d last_ddl_time:d timestamp:v status:v temporary:v generated:v secondary:v namespace:n edition_name:v oracle_maintained:v", dictAllObjects},
		{"TABLES", "owner:v table_name:v tablespace_name:v cluster_name:v iot_name:v status:v pct_free:n num_rows:n blocks:n avg_row_len:n last_analyzed:d partitioned:v iot_type:v temporary:v secondary:v nested:v logging:v duration:v compression:v row_movement:v degree:v dropped:v read_only:v segment_created:v external:v", dictTables},
		{"TAB_COLUMNS", tabColumns, func(s *Session) [][]any { return dictColumns(s, false) }},
		{"TAB_COLS", tabColumns + " hidden_column:v virtual_column:v segment_column_id:n internal_column_id:n qualified_col_name:v user_generated:v", func(s *Session) [][]any { return dictColumns(s, true) }},
		{"TAB_COMMENTS", "owner:v table_name:v table_type:v comments:v", dictTabComments},
		{"COL_COMMENTS", "owner:v table_name:v column_name:v comments:v", dictColComments},
		{"VIEWS", "owner:v view_name:v text_length:n text:l read_only:v", dictViews},
		{"SYNONYMS", "owner:v synonym_name:v table_owner:v table_name:v db_link:v", dictSynonyms},
		{"SEQUENCES", "sequence_owner:v sequence_name:v min_value:n max_value:n increment_by:n cycle_flag:v order_flag:v cache_size:n last_number:n", dictSequences},
		{"TRIGGERS", "owner:v trigger_name:v table_owner:v table_name:v base_object_type:v status:v trigger_body:l", dictTriggers},
		{"SOURCE", "owner:v name:v type:v line:n text:v", dictSource},
		{"USERS", "username:v user_id:n account_status:v created:d default_tablespace:v temporary_tablespace:v profile:v oracle_maintained:v", dictUsers},
	}
	families = append(families, constraintViews...)
	families = append(families, storageViews...)
}

const tabColumns = "owner:v table_name:v column_name:v data_type:v data_type_mod:v data_type_owner:v data_length:n data_precision:n data_scale:n nullable:v column_id:n default_length:n data_default:l num_distinct:n num_nulls:n character_set_name:v char_col_decl_length:n char_length:n char_used:v default_on_null:v identity_column:v"

// sorted gives the objects that the dictionary shows: those that are not the simulator's own, in order.
func (db *Database) sorted(space byte, keep func(*object) bool) []*object {
	db.mu.RLock()
	defer db.mu.RUnlock()
	var list []*object
	for _, o := range db.objects {
		if o.space == space && !o.system && keep(o) {
			list = append(list, o)
		}
	}
	slices.SortFunc(list, func(a, b *object) int { return cmp.Or(cmp.Compare(a.owner, b.owner), cmp.Compare(a.name, b.name)) })
	return list
}

func (db *Database) tables() []*object {
	return db.sorted(0, func(o *object) bool { return o.table != nil })
}

func dictAllObjects(s *Session) [][]any {
	var out [][]any
	for _, space := range []byte{0, 'i', 't', 'b', 'd', 'l'} {
		for _, o := range s.db.sorted(space, func(*object) bool { return true }) {
			add := func(sub, kind string, id uint32, data any, temporary bool) {
				ns := map[byte]int{0: 1, 'b': 2, 't': 3, 'i': 4}[space]
				out = append(out, []any{o.owner, o.name, sub, id, data, kind, o.created, o.changed, o.changed.UTC().Format("2006-01-02:15:04:05"), "VALID", yn(temporary), yn(o.index != nil && o.index.generated), "N", ns, nil, "N"})
			}
			if t := o.table; t != nil {
				var data any
				if t.seg != nil {
					data = t.seg.DataObject
				}
				add("", o.kind, o.id, data, t.temporary != "")
				for _, p := range t.parts {
					add(p.name, "TABLE PARTITION", p.seg.DataObject, p.seg.DataObject, false)
				}
				continue
			}
			add("", o.kind, o.id, nil, false)
		}
	}
	return out
}

func dictTables(s *Session) [][]any {
	var out [][]any
	for _, o := range s.db.tables() {
		t := o.table
		rows, blocks := int64(0), 0
		if t.temporary == "" {
			for _, seg := range t.segments(s) {
				rows += seg.Rows()
				for _, e := range seg.Extents() {
					blocks += int(e.Blocks)
				}
			}
		}
		var space, cluster, iot, duration any = "USERS", nil, nil, nil
		switch {
		case t.temporary != "":
			space, duration = nil, "SYS$"+t.temporary
		case t.parts != nil, t.external:
			space = nil
		}
		if t.iot {
			space, iot = nil, "IOT"
		}
		if t.cluster != "" {
			cluster = t.cluster
		}
		var analyzed any
		numRows, numBlocks := any(rows), any(blocks)
		analyzed = o.created
		if t.temporary != "" || t.external {
			numRows, numBlocks, analyzed = nil, nil, nil
		}
		out = append(out, []any{
			o.owner, o.name, space, cluster, nil, "VALID", 10, numRows, numBlocks, nil, analyzed, yesNo(t.parts != nil), iot, yn(t.temporary != ""), "N", yesNo(false),
			yesNo(t.logging), duration, "DISABLED", "DISABLED", "         1", "NO", "NO", "YES", yesNo(t.external),
		})
	}
	return out
}

// dictType is DATA_TYPE, DATA_LENGTH, DATA_PRECISION and DATA_SCALE of a column.
func (t typ) dictType() (name string, length int, prec, scale any) {
	n := func(k int) string { return itoa(k) }
	switch t.kind {
	case kVarchar, kChar:
		name = map[kind]string{kVarchar: "VARCHAR2", kChar: "CHAR"}[t.kind]
		length = t.size
		switch {
		case t.national:
			name, length = strings.Replace("N"+name, "NVARCHAR2", "NVARCHAR2", 1), t.size*2
		case t.charSem:
			length = min(t.size*4, 4000)
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

func dictColumns(s *Session, all bool) [][]any {
	var out [][]any
	row := func(owner, name string, col *column, id any) {
		kind, length, prec, scale := col.typ.dictType()
		var typeOwner, charset, declared, used, charLength any
		switch {
		case col.typ.kind == kXML:
			typeOwner = "SYS"
		case col.typ.kind == kOther && col.typ.schema != "":
			typeOwner = col.typ.schema
		case col.typ.kind == kOther && !strings.HasPrefix(kind, "BFILE"):
			typeOwner = owner
		}
		charLength = 0
		if col.typ.kind.text() || col.typ.kind == kClob {
			charset = "CHAR_CS"
			if col.typ.national {
				charset = "NCHAR_CS"
			}
		}
		if col.typ.kind.text() {
			charLength, declared, used = col.typ.size, length, "B"
			if col.typ.charSem || col.typ.national {
				used = "C"
			}
		}
		var def, defLength any
		if col.defText != "" {
			def, defLength = col.defText, len(col.defText)
		}
		if col.identity != nil {
			def = quoted(col.identity.owner, col.identity.name) + ".nextval"
			defLength = len(def.(string))
		}
		r := []any{
			owner, name, col.name, kind, nil, typeOwner, length, prec, scale, yn(!col.notNull), id, defLength, def, nil, nil, charset, declared, charLength, used,
			yesNo(col.onNull), yesNo(col.identity != nil),
		}
		if all {
			r = append(r, yesNo(col.hidden), yesNo(col.virtual != nil), col.internal+1, col.internal+1, col.name, "YES")
		}
		out = append(out, r)
	}
	for _, o := range s.db.tables() {
		for _, col := range o.table.cols {
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
	return out
}

func dictTabComments(s *Session) [][]any {
	var out [][]any
	for _, o := range s.db.sorted(0, func(o *object) bool { return o.table != nil || o.view != nil }) {
		if o.view != nil {
			out = append(out, []any{o.owner, o.name, "VIEW", nil})
			continue
		}
		out = append(out, []any{o.owner, o.name, "TABLE", o.table.comment})
	}
	return out
}

func dictColComments(s *Session) [][]any {
	var out [][]any
	for _, o := range s.db.tables() {
		for _, col := range o.table.cols {
			if !col.unused {
				out = append(out, []any{o.owner, o.name, col.name, col.comment})
			}
		}
	}
	return out
}

func dictViews(s *Session) [][]any {
	var out [][]any
	for _, o := range s.db.sorted(0, func(o *object) bool { return o.view != nil }) {
		out = append(out, []any{o.owner, o.name, len(o.view.text), o.view.text, yn(o.view.readOnly)})
	}
	return out
}

func dictSynonyms(s *Session) [][]any {
	var out [][]any
	for _, o := range s.db.sorted(0, func(o *object) bool { return o.synonym != nil }) {
		out = append(out, []any{o.owner, o.name, o.synonym.owner, o.synonym.name, o.synonym.link})
	}
	return out
}

func dictSequences(s *Session) [][]any {
	var out [][]any
	row := func(owner, name string, q *sequence) {
		out = append(out, []any{owner, name, q.min, q.max, q.step, yn(q.cycle), yn(q.order), q.cache, q.last()})
	}
	for _, o := range s.db.sorted(0, func(o *object) bool { return o.sequence != nil }) {
		row(o.owner, o.name, o.sequence)
	}
	for _, o := range s.db.tables() {
		for _, col := range o.table.cols {
			if col.identity != nil {
				row(o.owner, col.identity.name, col.identity)
			}
		}
	}
	return out
}

func dictTriggers(s *Session) [][]any {
	var out [][]any
	for _, o := range s.db.sorted('t', func(o *object) bool { return o.trigger != nil }) {
		status := "DISABLED"
		if o.trigger.enabled {
			status = "ENABLED"
		}
		out = append(out, []any{o.owner, o.name, o.trigger.table.owner, o.trigger.table.name, "TABLE", status, o.trigger.text})
	}
	return out
}

func dictSource(s *Session) [][]any {
	var out [][]any
	for _, space := range []byte{0, 'b', 't'} {
		for _, o := range s.db.sorted(space, func(o *object) bool { return o.text != "" && o.table == nil && o.view == nil }) {
			switch o.kind {
			case "PROCEDURE", "FUNCTION", "PACKAGE", "PACKAGE BODY", "TYPE", "TYPE BODY", "TRIGGER":
			default:
				continue
			}
			// the text begins behind CREATE OR REPLACE
			text := o.text
			if i := strings.Index(strings.ToUpper(text), strings.Fields(o.kind)[0]); i >= 0 {
				text = text[i:]
			}
			for i, line := range strings.SplitAfter(text, "\n") {
				out = append(out, []any{o.owner, o.name, o.kind, i + 1, line})
			}
		}
	}
	return out
}

func dictUsers(s *Session) [][]any {
	s.db.mu.RLock()
	defer s.db.mu.RUnlock()
	var out [][]any
	for _, u := range s.db.users {
		if u.name == "PUBLIC" {
			continue
		}
		status := "OPEN"
		if u.locked {
			status = "LOCKED"
		}
		out = append(out, []any{u.name, u.id, status, u.created, "USERS", "TEMP", "DEFAULT", yn(u.name == "SYS" || u.name == "SYSTEM")})
	}
	slices.SortFunc(out, func(a, b []any) int { return cmp.Compare(a[0].(string), b[0].(string)) })
	return out
}
