package dict

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"landfall/internal/oracle/bundle"
)

// synthesize writes the definitions that DBMS_METADATA did not give, from the dictionary. They hold what matters to a migration:
// columns, keys, checks, indexes, queries; storage and partitions' bounds are as far as the extracts tell.
func (w *writer) synthesize() error {
	for _, step := range []func() error{w.sequences, w.synonyms, w.synthTables, w.synthIndexes, w.synthViews, w.synthMviews, w.mviewLogs, w.links} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// rows reads an extract once and keeps it; nil where it was not collected.
func (w *writer) rows(extract string) ([]row, error) {
	if !w.b.Has(extract) {
		return nil, nil
	}
	var list []row
	err := w.b.Each(extract, func(r bundle.Row) error {
		list = append(list, row{r})
		return nil
	})
	return list, err
}

// by groups the rows of an extract by a key.
func (w *writer) by(extract, owner, name string) (map[Key][]row, error) {
	list, err := w.rows(extract)
	m := map[Key][]row{}
	for _, r := range list {
		k := r.key(owner, name)
		m[k] = append(m[k], r)
	}
	return m, err
}

func (w *writer) sequences() error {
	return w.each("sequences", func(r row) {
		owner, name := r.Get("sequence_owner"), r.Get("sequence_name")
		if w.has(owner, "SEQUENCE", name) || strings.HasPrefix(name, "ISEQ$$_") { // that of an identity column
			return
		}
		cache := " NOCACHE"
		if c := r.Get("cache_size"); c != "" && c != "0" {
			cache = " CACHE " + c
		}
		flags := word(r.yes("cycle_flag"), " CYCLE", " NOCYCLE") + word(r.yes("order_flag"), " ORDER", " NOORDER")
		w.putf(owner, "SEQUENCE", name, "CREATE SEQUENCE %s.%s%s%s%s%s%s%s;\n", quoted(owner), quoted(name), given(" MINVALUE ", r.Get("min_value")), given(" MAXVALUE ", r.Get("max_value")),
			given(" INCREMENT BY ", r.Get("increment_by")), given(" START WITH ", r.Get("last_number")), cache, flags)
	})
}

func given(clause, value string) string {
	if value == "" {
		return ""
	}
	return clause + value
}

func word(is bool, yes, no string) string {
	if is {
		return yes
	}
	return no
}

func (w *writer) synonyms() error {
	return w.each("synonyms", func(r row) {
		owner, name := r.Get("owner"), r.Get("synonym_name")
		if w.has(owner, "SYNONYM", name) {
			return
		}
		of := quoted(name)
		head := "CREATE OR REPLACE PUBLIC SYNONYM "
		if owner != "PUBLIC" {
			head, of = "CREATE OR REPLACE SYNONYM ", quoted(owner)+"."+of
		}
		target := quoted(r.Get("table_name"))
		if o := r.Get("table_owner"); o != "" {
			target = quoted(o) + "." + target
		}
		if l := r.Get("db_link"); l != "" {
			target += "@" + l
		}
		w.putf(owner, "SYNONYM", name, "%s%s FOR %s;\n", head, of, target)
	})
}

func (w *writer) links() error {
	return w.each("db_links", func(r row) {
		owner, name := r.Get("owner"), r.Get("db_link")
		if w.has(owner, "DATABASE LINK", name) {
			return
		}
		public, user, using := "", "", ""
		if owner == "PUBLIC" {
			public = "PUBLIC "
		}
		if u := r.Get("username"); u != "" {
			user = " CONNECT TO " + quoted(u) + " IDENTIFIED BY VALUES ':1'"
		}
		if h := r.Get("host"); h != "" {
			using = " USING " + literal(h)
		}
		w.putf(owner, "DATABASE LINK", name, "CREATE %sDATABASE LINK %s%s%s;\n", public, quoted(name), user, using)
	})
}

func (w *writer) synthViews() error {
	columns, err := w.by("columns", "owner", "table_name")
	if err != nil {
		return err
	}
	constraints, err := w.by("constraints", "owner", "table_name")
	if err != nil {
		return err
	}
	return w.each("views", func(r row) {
		owner, name := r.Get("owner"), r.Get("view_name")
		text := strings.TrimRight(r.Get("text"), "; \t\r\n")
		if w.has(owner, "VIEW", name) || text == "" {
			return
		}
		list := ""
		if t := r.Get("view_type"); t != "" {
			list = " OF " + quoted(r.Get("view_type_owner")) + "." + quoted(t)
		} else if names := columnNames(columns[Key{owner, name}]); len(names) > 0 {
			list = " (" + strings.Join(names, ", ") + ")"
		}
		tail := word(r.yes("read_only"), "\nWITH READ ONLY", "")
		for _, c := range constraints[Key{owner, name}] {
			if c.Get("constraint_type") == "V" && !r.yes("read_only") {
				tail = "\nWITH CHECK OPTION"
			}
		}
		// Oracle keeps neither clause in the text, but scripts do
		if strings.HasSuffix(strings.ToUpper(text), "WITH READ ONLY") || strings.HasSuffix(strings.ToUpper(text), "WITH CHECK OPTION") {
			tail = ""
		}
		w.putf(owner, "VIEW", name, "CREATE OR REPLACE FORCE VIEW %s.%s%s AS\n%s%s;\n", quoted(owner), quoted(name), list, text, tail)
	})
}

// columnNames are the visible columns in their order.
func columnNames(list []row) []string {
	var names []string
	for _, r := range visible(list) {
		names = append(names, quoted(r.Get("column_name")))
	}
	return names
}

func visible(list []row) []row {
	var out []row
	for _, r := range list {
		if r.Get("column_id") != "" {
			out = append(out, r)
		}
	}
	slices.SortStableFunc(out, func(a, b row) int { return cmp.Compare(a.int("column_id"), b.int("column_id")) })
	return out
}

func (w *writer) synthMviews() error {
	return w.each("mviews", func(r row) {
		owner, name := r.Get("owner"), r.Get("mview_name")
		text := strings.TrimRight(r.Get("query"), "; \t\r\n")
		if w.has(owner, "MATERIALIZED VIEW", name) || text == "" {
			return
		}
		build, refresh := "", ""
		switch b := r.Get("build_mode"); b {
		case "IMMEDIATE", "DEFERRED":
			build = " BUILD " + b
		case "PREBUILT":
			build = " ON PREBUILT TABLE"
		}
		switch m, mode := r.Get("refresh_method"), r.Get("refresh_mode"); {
		case m == "NEVER":
			refresh = " NEVER REFRESH"
		case m != "":
			refresh = " REFRESH " + m
			if mode == "DEMAND" || mode == "COMMIT" {
				refresh += " ON " + mode
			}
		}
		rewrite := word(r.yes("rewrite_enabled"), " ENABLE QUERY REWRITE", "")
		w.putf(owner, "MATERIALIZED VIEW", name, "CREATE MATERIALIZED VIEW %s.%s%s%s%s AS\n%s;\n", quoted(owner), quoted(name), build, refresh, rewrite, text)
	})
}

func (w *writer) mviewLogs() error {
	return w.each("mview_logs", func(r row) {
		owner, master := r.Get("log_owner"), r.Get("master")
		if w.has(owner, "MATERIALIZED VIEW LOG", master) || w.has(owner, "MATERIALIZED VIEW LOG", r.Get("log_table")) {
			return
		}
		var with []string
		for _, f := range [][2]string{{"primary_key", "PRIMARY KEY"}, {"rowids", "ROWID"}, {"object_id", "OBJECT ID"}, {"sequence", "SEQUENCE"}} {
			if r.yes(f[0]) {
				with = append(with, f[1])
			}
		}
		clause := ""
		if len(with) > 0 {
			clause = " WITH " + strings.Join(with, ", ")
		}
		w.putf(owner, "MATERIALIZED VIEW LOG", master, "CREATE MATERIALIZED VIEW LOG ON %s.%s%s%s;\n", quoted(owner), quoted(master), clause, word(r.yes("include_new_values"), " INCLUDING NEW VALUES", ""))
	})
}

// made are the objects that the definition of another makes.
type made struct{ indexes, tables map[Key]bool }

func (w *writer) derived() made {
	if w.made != nil {
		return *w.made
	}
	m := made{map[Key]bool{}, map[Key]bool{}}
	w.made = &m
	// an error here was or will be met by the step that reads the extract for its own sake
	_ = w.each("constraints", func(r row) {
		if x := r.Get("index_name"); x != "" {
			m.indexes[Key{cmp.Or(r.Get("index_owner"), r.Get("owner")), x}] = true
		}
	})
	_ = w.each("lobs", func(r row) { m.indexes[r.key("owner", "index_name")] = true })
	_ = w.each("indexes", func(r row) {
		if t := r.Get("index_type"); t == "LOB" || strings.HasPrefix(t, "IOT") || t == "CLUSTER" {
			m.indexes[r.key("owner", "index_name")] = true
		}
	})
	_ = w.each("mviews", func(r row) { m.tables[r.key("owner", "container_name")] = true })
	_ = w.each("mview_logs", func(r row) { m.tables[r.key("log_owner", "log_table")] = true })
	_ = w.each("nested_tables", func(r row) { m.tables[r.key("owner", "table_name")] = true })
	_ = w.each("tables", func(r row) {
		if t := r.Get("iot_type"); t == "IOT_OVERFLOW" || t == "IOT_MAPPING" || r.yes("nested") || r.yes("secondary") {
			m.tables[r.key("owner", "table_name")] = true
		}
	})
	return m
}

func (w *writer) madeIndexes() map[Key]bool { return w.derived().indexes }

func (w *writer) madeTables() map[Key]bool { return w.derived().tables }

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
	written, organised := map[Key]bool{}, map[Key]bool{}
	err = w.each("tables", func(r row) {
		k := r.key("owner", "table_name")
		if w.has(k.Owner, "TABLE", k.Name) || w.madeTables()[k] || strings.HasPrefix(k.Name, "BIN$") || r.yes("dropped") || len(external[k]) > 0 || len(typed[k]) > 0 {
			return // of external and object tables only DBMS_METADATA tells enough; they are reported as missing
		}
		list := visible(parts[0][k])
		if len(list) == 0 {
			return
		}
		lines := make([]string, len(list))
		for i, c := range list {
			lines[i] = "  " + columnText(c, find(parts[1][k], c.Get("column_name"), "data_default"), find(parts[2][k], c.Get("column_name"), "generation_type"))
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
			tail += partitionText(p[0], parts[3][k], parts[4][k])
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
	return w.synthConstraints(written, organised)
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
func columnText(c row, value, identity string) string {
	var b strings.Builder
	b.WriteString(quoted(c.Get("column_name")) + " " + TypeText(c.Get("data_type"), c.Get("data_type_owner"), c.Get("data_type_mod"), c.Get("char_used"),
		c.Get("data_length"), c.Get("char_length"), c.Get("data_precision"), c.Get("data_scale")))
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

// partitionText is the PARTITION BY clause, without sub-partitions.
func partitionText(p row, keys, parts []row) string {
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
	if len(list) == 0 {
		return text + " PARTITIONS " + cmp.Or(p.Get("partition_count"), "1")
	}
	return text + " (\n" + strings.Join(list, ",\n") + "\n)"
}

// synthConstraints adds the constraints of the tables that were written here: keys first, then what refers to them.
func (w *writer) synthConstraints(written, organised map[Key]bool) error {
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
		if !written[k] {
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

func (w *writer) synthIndexes() error {
	columns, err := w.by("index_columns", "index_owner", "index_name")
	if err != nil {
		return err
	}
	expressions, err := w.by("index_expressions", "index_owner", "index_name")
	if err != nil {
		return err
	}
	return w.each("indexes", func(r row) {
		k := r.key("owner", "index_name")
		if w.has(k.Owner, "INDEX", k.Name) || w.madeIndexes()[k] || r.yes("generated") || r.yes("secondary") || w.madeTables()[r.key("table_owner", "table_name")] || strings.HasPrefix(k.Name, "BIN$") {
			return
		}
		exprs := map[int]string{}
		for _, e := range expressions[k] {
			exprs[e.int("column_position")] = strings.TrimSpace(e.Get("column_expression"))
		}
		list := slices.Clone(columns[k])
		if len(list) == 0 {
			return
		}
		slices.SortStableFunc(list, func(a, b row) int { return cmp.Compare(a.int("column_position"), b.int("column_position")) })
		keys := make([]string, len(list))
		for i, c := range list {
			if keys[i] = exprs[c.int("column_position")]; keys[i] == "" {
				keys[i] = quoted(c.Get("column_name"))
			}
			keys[i] += word(c.Get("descend") == "DESC", " DESC", "")
		}
		kind := r.Get("index_type")
		sort := word(r.Get("uniqueness") == "UNIQUE", "UNIQUE ", "") + word(strings.Contains(kind, "BITMAP"), "BITMAP ", "")
		tail := word(strings.HasSuffix(kind, "/REV"), " REVERSE", "") + word(r.Get("visibility") == "INVISIBLE", " INVISIBLE", "")
		if kind == "DOMAIN" {
			tail = " INDEXTYPE IS " + quoted(r.Get("ityp_owner")) + "." + quoted(r.Get("ityp_name")) + given(" PARAMETERS ", word(r.Get("parameters") != "", literal(r.Get("parameters")), ""))
		}
		w.putf(k.Owner, "INDEX", k.Name, "CREATE %sINDEX %s.%s ON %s.%s (%s)%s;\n", sort, quoted(k.Owner), quoted(k.Name), quoted(r.Get("table_owner")), quoted(r.Get("table_name")), strings.Join(keys, ", "), tail)
	})
}

// lost reports what is known to lack from a definition that was written here.
func (w *writer) lost(k Key, msg string) {
	w.problem(fileKey{k.Owner, "TABLE", k.Name}, msg, "collect the schema that holds it too")
}
