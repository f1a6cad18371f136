package engine

// constraintViews are constraints and indexes.
var constraintViews = []dictView{
	{"CONSTRAINTS", "owner:v constraint_name:v constraint_type:v table_name:v search_condition:l search_condition_vc:v r_owner:v r_constraint_name:v delete_rule:v status:v deferrable:v deferred:v validated:v generated:v bad:v rely:v last_change:d index_owner:v index_name:v invalid:v view_related:v", dictConstraintRows},
	{"CONS_COLUMNS", "owner:v constraint_name:v table_name:v column_name:v position:n", dictConsColumns},
	{"INDEXES", "owner:v index_name:v index_type:v table_owner:v table_name:v table_type:v uniqueness:v compression:v tablespace_name:v visibility:v status:v num_rows:n distinct_keys:n last_analyzed:d partitioned:v temporary:v generated:v funcidx_status:v", dictIndexes},
	{"IND_COLUMNS", "index_owner:v index_name:v table_owner:v table_name:v column_name:v column_position:n column_length:n char_length:n descend:v", dictIndColumns},
	{"IND_EXPRESSIONS", "index_owner:v index_name:v table_owner:v table_name:v column_expression:l column_position:n", dictIndExpressions},
}

func state(disabled bool) string {
	if disabled {
		return "DISABLED"
	}
	return "ENABLED"
}

func dictConstraintRows(s *Session) [][]any {
	var out [][]any
	for _, o := range s.db.tables() {
		t := o.table
		row := func(name, kind string, cond, rOwner, rName, rule any, disabled, deferrable, deferred, novalidate, generated bool, index any) {
			def, when, valid, gen := "NOT DEFERRABLE", "IMMEDIATE", "VALIDATED", "USER NAME"
			if deferrable {
				def = "DEFERRABLE"
			}
			if deferred {
				when = "DEFERRED"
			}
			if novalidate || disabled {
				valid = "NOT VALIDATED"
			}
			if generated {
				gen = "GENERATED NAME"
			}
			var indexOwner any
			if index != nil {
				indexOwner = o.owner
			}
			out = append(out, []any{o.owner, name, kind, o.name, cond, cond, rOwner, rName, rule, state(disabled), def, when, valid, gen, nil, nil, o.changed, indexOwner, index, nil, nil})
		}
		for _, col := range t.cols {
			if col.nnName != "" && !col.unused {
				row(col.nnName, "C", `"`+col.name+`" IS NOT NULL`, nil, nil, nil, !col.notNull, false, false, false, col.nnGen, nil)
			}
		}
		for _, k := range t.checks {
			row(k.name, "C", k.text, nil, nil, nil, k.disabled, k.deferrable, k.deferred, k.novalidate, k.generated, nil)
		}
		for _, k := range t.keys {
			if !k.constraint {
				continue
			}
			kind := "U"
			if k.primary {
				kind = "P"
			}
			var index any
			if !k.disabled {
				index = k.indexName
			}
			row(k.name, kind, nil, nil, nil, nil, k.disabled, k.deferrable, k.deferred, k.novalidate, k.generated, index)
		}
		for _, f := range t.foreign {
			rule := f.onDelete
			if rule == "" {
				rule = "NO ACTION"
			}
			row(f.name, "R", nil, f.refOwner, f.refKey, rule, f.disabled, f.deferrable, f.deferred, f.novalidate, f.generated, nil)
		}
	}
	return out
}

func dictConsColumns(s *Session) [][]any {
	var out [][]any
	for _, o := range s.db.tables() {
		t := o.table
		cols := func(name string, at []int, numbered bool) {
			for i, c := range at {
				var pos any
				if numbered {
					pos = i + 1
				}
				out = append(out, []any{o.owner, name, o.name, t.cols[c].name, pos})
			}
		}
		for i, col := range t.cols {
			if col.nnName != "" && !col.unused {
				cols(col.nnName, []int{i}, false)
			}
		}
		for _, k := range t.checks {
			cols(k.name, k.cols, false)
		}
		for _, k := range t.keys {
			if k.constraint {
				cols(k.name, k.cols, true)
			}
		}
		for _, f := range t.foreign {
			cols(f.name, f.cols, true)
		}
	}
	return out
}

// plainIndex tells which keys of an index are columns.
func (s *Session) plainIndex(ix *index) (t *table, plain []bool) {
	s.db.mu.RLock()
	defer s.db.mu.RUnlock()
	if o := s.db.objects[ix.table]; o != nil {
		t = o.table
	}
	for _, c := range ix.cols {
		plain = append(plain, t != nil && t.column(c) != nil)
	}
	return t, plain
}

func dictIndexes(s *Session) [][]any {
	var out [][]any
	for _, o := range s.db.sorted('i', func(o *object) bool { return o.index != nil }) {
		ix := o.index
		t, plain := s.plainIndex(ix)
		kind := "NORMAL"
		if ix.kind != "" {
			kind = ix.kind
		}
		var status any
		for _, p := range plain {
			if !p {
				kind, status = "FUNCTION-BASED NORMAL", "ENABLED"
			}
		}
		unique := "NONUNIQUE"
		if ix.unique {
			unique = "UNIQUE"
		}
		temporary := t != nil && t.temporary != ""
		out = append(out, []any{
			o.owner, o.name, kind, ix.table.owner, ix.table.name, "TABLE", unique, "DISABLED", "USERS", "VISIBLE", "VALID", nil, nil, nil, "NO", yn(temporary), yn(ix.generated), status,
		})
	}
	return out
}

func dictIndColumns(s *Session) [][]any {
	var out [][]any
	for _, o := range s.db.sorted('i', func(o *object) bool { return o.index != nil }) {
		t, plain := s.plainIndex(o.index)
		for i, c := range o.index.cols {
			name, length, chars := c, 0, 0
			if plain[i] {
				_, length, _, _ = t.column(c).typ.dictType()
				if t.column(c).typ.kind.text() {
					chars = t.column(c).typ.size
				}
			} else {
				name = "SYS_NC" + zeros(i+1, 5) + "$"
			}
			dir := "ASC"
			if i < len(o.index.desc) && o.index.desc[i] {
				dir = "DESC"
			}
			out = append(out, []any{o.owner, o.name, o.index.table.owner, o.index.table.name, name, i + 1, length, chars, dir})
		}
	}
	return out
}

func dictIndExpressions(s *Session) [][]any {
	var out [][]any
	for _, o := range s.db.sorted('i', func(o *object) bool { return o.index != nil }) {
		_, plain := s.plainIndex(o.index)
		for i, c := range o.index.cols {
			if !plain[i] {
				out = append(out, []any{o.owner, o.name, o.index.table.owner, o.index.table.name, c, i + 1})
			}
		}
	}
	return out
}
