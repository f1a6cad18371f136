package dict

import (
	"cmp"
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

// invisible are the columns that were declared INVISIBLE, from 12.1 on; others that are hidden Oracle has made.
func invisible(list []row) []row {
	var out []row
	for _, r := range list {
		if r.Get("column_id") == "" && r.yes("hidden_column") && r.yes("user_generated") {
			out = append(out, r)
		}
	}
	slices.SortStableFunc(out, func(a, b row) int { return cmp.Compare(a.int("internal_column_id"), b.int("internal_column_id")) })
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

// lost reports what is known to lack from a definition that was written here.
func (w *writer) lost(k Key, msg string) {
	w.problem(fileKey{k.Owner, "TABLE", k.Name}, msg, "collect the schema that holds it too")
}
