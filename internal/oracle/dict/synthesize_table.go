package dict

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

func (w *writer) synthTables() error {
	var (
		parts [5]map[Key][]row
		err   error
	)
	for i, x := range [][3]string{
		{"columns", "owner", "table_name"},
		{"column_defaults", "owner", "table_name"},
		{"identity_columns", "owner", "table_name"},
		{"partition_keys", "owner", "name"},
		{"partitions", "table_owner", "table_name"},
	} {
		if parts[i], err = w.by(x[0], x[1], x[2]); err != nil {
			return err
		}
	}
	partitioned, err := w.by("partitioned_tables", "owner", "table_name")
	if err != nil {
		return err
	}
	external, err := w.by("external_tables", "owner", "table_name")
	if err != nil {
		return err
	}
	typed, err := w.by("object_tables", "owner", "table_name")
	if err != nil {
		return err
	}
	constraints, err := w.by("constraints", "owner", "table_name")
	if err != nil {
		return err
	}
	keyColumns, err := w.by("constraint_columns", "owner", "constraint_name")
	if err != nil {
		return err
	}
	subKeys, err := w.by("subpartition_keys", "owner", "name")
	if err != nil {
		return err
	}
	written, organised, inside := map[Key]bool{}, map[Key]bool{}, map[Key]bool{}
	err = w.each("tables", func(r row) {
		k := r.key("owner", "table_name")
		if w.has(k.Owner, "TABLE", k.Name) || w.madeTables()[k] || strings.HasPrefix(k.Name, "BIN$") || r.yes("dropped") || len(external[k]) > 0 || len(typed[k]) > 0 {
			return // of external and object tables only DBMS_METADATA tells enough; they are reported as missing
		}
		list := visible(parts[0][k])
		if len(list) == 0 {
			return
		}
		seen := len(list)
		list = append(list, invisible(parts[0][k])...)
		lines := make([]string, len(list))
		for i, c := range list {
			lines[i] = "  " + columnText(c, find(parts[1][k], c.Get("column_name"), "data_default"), find(parts[2][k], c.Get("column_name"), "generation_type"), i >= seen)
		}
		head, tail := "CREATE TABLE ", ""
		if r.yes("temporary") {
			head, tail = "CREATE GLOBAL TEMPORARY TABLE ", " ON COMMIT "+word(r.Get("duration") == "SYS$SESSION", "PRESERVE", "DELETE")+" ROWS"
		}
		if r.Get("iot_type") == "IOT" { // its key has to stand inside
			for _, c := range constraints[k] {
				if c.Get("constraint_type") == "P" {
					lines = append(lines, "  CONSTRAINT "+quoted(c.Get("constraint_name"))+" PRIMARY KEY ("+names(keyColumns[c.key("owner", "constraint_name")])+")")
				}
			}
			tail += " ORGANIZATION INDEX"
		}
		if p := partitioned[k]; len(p) > 0 {
			if p[0].Get("partitioning_type") == "REFERENCE" { // its foreign key has to stand inside
				line, err := w.inlineForeignKey(k, p[0].Get("ref_ptn_constraint_name"), constraints[k], keyColumns)
				if err != nil || line == "" {
					w.lost(k, "it is partitioned by reference to a table that was not collected")
				} else {
					lines = append(lines, line)
					inside[Key{k.Owner, p[0].Get("ref_ptn_constraint_name")}] = true
					tail += "\nPARTITION BY REFERENCE (" + quoted(p[0].Get("ref_ptn_constraint_name")) + ")"
				}
			}
			tail += partitionText(p[0], parts[3][k], subKeys[k], parts[4][k])
		}
		w.putf(k.Owner, "TABLE", k.Name, "%s%s.%s (\n%s\n)%s;\n", head, quoted(k.Owner), quoted(k.Name), strings.Join(lines, ",\n"), tail)
		written[k] = true
		if r.Get("iot_type") == "IOT" {
			organised[k] = true
		}
	})
	if err != nil {
		return err
	}
	return w.synthConstraints(written, organised, inside)
}

func find(list []row, column, field string) string {
	for _, r := range list {
		if r.Get("column_name") == column {
			return strings.TrimSpace(r.Get(field))
		}
	}
	return ""
}

// columnText is a column as CREATE TABLE names it.
func columnText(c row, value, identity string, hidden bool) string {
	var b strings.Builder
	b.WriteString(quoted(c.Get("column_name")) + " " + TypeText(c.Get("data_type"), c.Get("data_type_owner"), c.Get("data_type_mod"), c.Get("char_used"),
		c.Get("data_length"), c.Get("char_length"), c.Get("data_precision"), c.Get("data_scale")) + word(hidden, " INVISIBLE", ""))
	switch {
	case identity != "":
		b.WriteString(" GENERATED " + identity + word(c.yes("default_on_null") && identity == "BY DEFAULT", " ON NULL", "") + " AS IDENTITY")
	case c.yes("virtual_column") && value != "":
		b.WriteString(" GENERATED ALWAYS AS (" + value + ") VIRTUAL")
	case value != "":
		b.WriteString(" DEFAULT " + word(c.yes("default_on_null"), "ON NULL ", "") + value)
	}
	if c.Get("nullable") == "N" && !c.yes("default_on_null") && identity == "" {
		b.WriteString(" NOT NULL")
	}
	return b.String()
}

// TypeText is a data type as DDL writes it, made of the columns of DBA_TAB_COLS.
func TypeText(name, owner, mod, used, length, charLength, precision, scale string) string {
	switch name {
	case "VARCHAR2", "CHAR", "VARCHAR":
		if used == "C" {
			return name + "(" + charLength + " CHAR)"
		}
		return name + "(" + cmp.Or(length, charLength, "1") + " BYTE)"
	case "NVARCHAR2", "NCHAR":
		return name + "(" + cmp.Or(charLength, "1") + ")"
	case "RAW", "UROWID":
		return name + word(length != "", "("+length+")", "")
	case "NUMBER":
		switch {
		case precision == "" && scale == "0":
			return "INTEGER"
		case precision == "" && scale != "":
			return "NUMBER(*," + scale + ")"
		case precision != "" && scale != "":
			return "NUMBER(" + precision + "," + scale + ")"
		case precision != "":
			return "NUMBER(" + precision + ")"
		}
		return name
	case "FLOAT":
		return name + word(precision != "", "("+precision+")", "")
	}
	if owner == "" || owner == "PUBLIC" && name == "XMLTYPE" || owner == "SYS" {
		return name
	}
	return word(mod == "REF", "REF ", "") + quoted(owner) + "." + quoted(name)
}

// inlineForeignKey is a foreign key as a line of CREATE TABLE; "" when what it refers to was not collected.
func (w *writer) inlineForeignKey(k Key, name string, list []row, columns map[Key][]row) (string, error) {
	for _, c := range list {
		if c.Get("constraint_name") != name || c.Get("constraint_type") != "R" {
			continue
		}
		ref := c.key("r_owner", "r_constraint_name")
		to := ""
		err := w.each("constraints", func(r row) {
			if r.key("owner", "constraint_name") == ref {
				to = quoted(r.Get("owner")) + "." + quoted(r.Get("table_name"))
			}
		})
		if err != nil || to == "" {
			return "", err
		}
		return fmt.Sprintf("  CONSTRAINT %s FOREIGN KEY (%s) REFERENCES %s (%s)%s", quoted(name), names(columns[Key{k.Owner, name}]), to, names(columns[ref]), word(c.Get("delete_rule") == "CASCADE", " ON DELETE CASCADE", "")), nil
	}
	return "", nil
}

// subpartitionText is the SUBPARTITION BY clause; bounds of sub-partitions are in no extract.
func subpartitionText(p row, keys []row) string {
	kind := p.Get("subpartitioning_type")
	var names []string
	for _, k := range keys {
		if k.Get("object_type") == "TABLE" {
			names = append(names, quoted(k.Get("column_name")))
		}
	}
	if len(names) == 0 || kind != "HASH" && kind != "LIST" && kind != "RANGE" {
		return ""
	}
	text := "\nSUBPARTITION BY " + kind + " (" + strings.Join(names, ", ") + ")"
	if n := p.int("def_subpartition_count"); kind == "HASH" && n > 1 {
		text += " SUBPARTITIONS " + p.Get("def_subpartition_count")
	}
	return text
}

// partitionText is the PARTITION BY clause.
func partitionText(p row, keys, subKeys, parts []row) string {
	kind := p.Get("partitioning_type")
	var names []string
	for _, k := range keys {
		if k.Get("object_type") == "TABLE" {
			names = append(names, quoted(k.Get("column_name")))
		}
	}
	if len(names) == 0 || len(parts) == 0 && kind != "HASH" || kind != "RANGE" && kind != "LIST" && kind != "HASH" {
		return "" // reference and system partitioning: the bounds are elsewhere
	}
	slices.SortStableFunc(parts, func(a, b row) int { return cmp.Compare(a.int("partition_position"), b.int("partition_position")) })
	var list []string
	for _, r := range parts {
		switch kind {
		case "RANGE":
			list = append(list, fmt.Sprintf("  PARTITION %s VALUES LESS THAN (%s)", quoted(r.Get("partition_name")), strings.TrimSpace(r.Get("high_value"))))
		case "LIST":
			list = append(list, fmt.Sprintf("  PARTITION %s VALUES (%s)", quoted(r.Get("partition_name")), strings.TrimSpace(r.Get("high_value"))))
		default:
			list = append(list, "  PARTITION "+quoted(r.Get("partition_name")))
		}
	}
	text := "\nPARTITION BY " + kind + " (" + strings.Join(names, ", ") + ")"
	if i := p.Get("interval"); i != "" {
		text += " INTERVAL (" + i + ")"
	}
	text += subpartitionText(p, subKeys)
	if len(list) == 0 {
		return text + " PARTITIONS " + cmp.Or(p.Get("partition_count"), "1")
	}
	return text + " (\n" + strings.Join(list, ",\n") + "\n)"
}

// synthConstraints adds the constraints of the tables that were written here: keys first, then what refers to them.
func (w *writer) synthConstraints(written, organised, inside map[Key]bool) error {
	columns, err := w.by("constraint_columns", "owner", "constraint_name")
	if err != nil {
		return err
	}
	conditions, err := w.by("check_conditions", "owner", "constraint_name")
	if err != nil {
		return err
	}
	list, err := w.rows("constraints")
	if err != nil {
		return err
	}
	tableOf := map[Key]Key{}
	for _, r := range list {
		tableOf[r.key("owner", "constraint_name")] = r.key("owner", "table_name")
	}
	for _, r := range list {
		k, c := r.key("owner", "table_name"), r.key("owner", "constraint_name")
		if !written[k] || inside[c] {
			continue
		}
		body := ""
		switch r.Get("constraint_type") {
		case "P":
			if organised[k] {
				continue
			}
			body = "PRIMARY KEY (" + names(columns[c]) + ")"
		case "U":
			body = "UNIQUE (" + names(columns[c]) + ")"
		case "R":
			ref := r.key("r_owner", "r_constraint_name")
			to, ok := tableOf[ref]
			if !ok {
				w.lost(k, "foreign key "+c.Name+" refers to the constraint "+ref.Owner+"."+ref.Name+", which was not collected")
				continue
			}
			body = fmt.Sprintf("FOREIGN KEY (%s) REFERENCES %s.%s (%s)", names(columns[c]), quoted(to.Owner), quoted(to.Name), names(columns[ref]))
			if d := r.Get("delete_rule"); d == "CASCADE" || d == "SET NULL" {
				body += " ON DELETE " + d
			}
		case "C":
			if len(conditions[c]) == 0 {
				continue
			}
			condition := strings.TrimSpace(conditions[c][0].Get("search_condition"))
			if notNull(condition) {
				continue // it stands with the column
			}
			body = "CHECK (" + condition + ")"
		default:
			continue
		}
		name := ""
		if r.Get("generated") != "GENERATED NAME" {
			name = "CONSTRAINT " + quoted(c.Name) + " "
		}
		state := word(r.Get("deferrable") == "DEFERRABLE", " DEFERRABLE"+word(r.Get("deferred") == "DEFERRED", " INITIALLY DEFERRED", ""), "")
		state += word(r.Get("rely") == "RELY", " RELY", "") + word(r.Get("status") == "DISABLED", " DISABLE", word(r.Get("validated") == "NOT VALIDATED", " ENABLE NOVALIDATE", ""))
		w.putf(k.Owner, "TABLE", k.Name, "\nALTER TABLE %s.%s ADD %s%s%s;\n", quoted(k.Owner), quoted(k.Name), name, body, state)
	}
	return nil
}

// notNull reports the condition that Oracle makes of NOT NULL: "NAME" IS NOT NULL.
func notNull(condition string) bool {
	rest, ok := strings.CutSuffix(condition, " IS NOT NULL")
	return ok && len(rest) > 2 && rest[0] == '"' && strings.IndexByte(rest[1:], '"') == len(rest)-2
}

func names(list []row) string {
	sorted := slices.Clone(list)
	slices.SortStableFunc(sorted, func(a, b row) int { return cmp.Compare(a.int("position"), b.int("position")) })
	out := make([]string, len(sorted))
	for i, r := range sorted {
		out[i] = quoted(r.Get("column_name"))
	}
	return strings.Join(out, ", ")
}
