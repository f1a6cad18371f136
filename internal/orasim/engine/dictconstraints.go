package engine

// constraintViews are constraints and their columns.
var constraintViews []dictView

func init() {
	constraintViews = []dictView{
		{
			name: "CONSTRAINTS", of: "owner table_name", rows: dictConstraintRows,
			columns: "owner:i constraint_name:i constraint_type:i table_name:i search_condition:l search_condition_vc:v@12.1 r_owner:i r_constraint_name:i delete_rule:i status:i deferrable:i deferred:i validated:i generated:i bad:i rely:i last_change:d index_owner:i index_name:i invalid:i view_related:i",
		},
		{name: "CONS_COLUMNS", of: "owner table_name", rows: dictConsColumns, columns: "owner:i constraint_name:i table_name:i column_name:v position:n"},
	}
}

func state(disabled bool) string { return word(disabled, "DISABLED", "ENABLED") }

func dictConstraintRows(s *Session, put putRow) {
	for _, o := range s.db.tables() {
		t := o.table
		row := func(name, kind, cond string, rOwner, rName, rule string, disabled, deferrable, deferred, novalidate, generated, rely bool, index string) {
			owner, short := "", cond
			if index != "" {
				owner = o.owner
			}
			if len(short) > 4000 {
				short = ""
			}
			put("owner", o.owner, "constraint_name", name, "constraint_type", kind, "table_name", o.name, "search_condition", cond, "search_condition_vc", short, "r_owner", rOwner, "r_constraint_name", rName,
				"delete_rule", rule, "status", state(disabled), "deferrable", word(deferrable, "DEFERRABLE", "NOT DEFERRABLE"), "deferred", word(deferred, "DEFERRED", "IMMEDIATE"),
				"validated", word(novalidate || disabled, "NOT VALIDATED", "VALIDATED"), "generated", word(generated, "GENERATED NAME", "USER NAME"), "rely", word(rely, "RELY", ""),
				"last_change", o.changed, "index_owner", owner, "index_name", index)
		}
		for _, col := range t.cols {
			if col.nnName != "" && !col.unused {
				row(col.nnName, "C", `"`+col.name+`" IS NOT NULL`, "", "", "", !col.notNull, false, false, false, col.nnGen, false, "")
			}
		}
		for _, k := range t.checks {
			row(k.name, "C", k.text, "", "", "", k.disabled, k.deferrable, k.deferred, k.novalidate, k.generated, k.rely, "")
		}
		for _, k := range t.keys {
			if !k.constraint {
				continue
			}
			row(k.name, word(k.primary, "P", "U"), "", "", "", "", k.disabled, k.deferrable, k.deferred, k.novalidate, k.generated, k.rely, word(k.disabled, "", k.indexName))
		}
		for _, f := range t.foreign {
			row(f.name, "R", "", f.refOwner, f.refKey, word(f.onDelete == "", "NO ACTION", f.onDelete), f.disabled, f.deferrable, f.deferred, f.novalidate, f.generated, f.rely, "")
		}
	}
	for _, o := range s.db.sorted(0, func(o *object) bool { return o.view != nil && (o.view.readOnly || o.view.check) }) {
		put("owner", o.owner, "constraint_name", o.view.guardName(o), "constraint_type", word(o.view.readOnly, "O", "V"), "table_name", o.name, "status", "ENABLED", "deferrable", "NOT DEFERRABLE",
			"deferred", "IMMEDIATE", "validated", "NOT VALIDATED", "generated", word(o.view.checkName == "", "GENERATED NAME", "USER NAME"), "last_change", o.changed)
	}
}

// guardName is the name of the constraint behind WITH READ ONLY and WITH CHECK OPTION.
func (v *view) guardName(o *object) string {
	if v.checkName != "" {
		return v.checkName
	}
	return "SYS_C" + zeros(int(o.id), 6)
}

func dictConsColumns(s *Session, put putRow) {
	for _, o := range s.db.tables() {
		t := o.table
		cols := func(name string, at []int, numbered bool) {
			for i, c := range at {
				var pos any
				if numbered {
					pos = i + 1
				}
				put("owner", o.owner, "constraint_name", name, "table_name", o.name, "column_name", t.cols[c].name, "position", pos)
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
}
