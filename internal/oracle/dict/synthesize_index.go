package dict

import (
	"cmp"
	"slices"
	"strings"
)

func (w *writer) synthIndexes() error {
	columns, err := w.by("index_columns", "index_owner", "index_name")
	if err != nil {
		return err
	}
	expressions, err := w.by("index_expressions", "index_owner", "index_name")
	if err != nil {
		return err
	}
	partitioned, err := w.by("partitioned_indexes", "owner", "index_name")
	if err != nil {
		return err
	}
	partitionKeys, err := w.by("partition_keys", "owner", "name")
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
		if p := partitioned[k]; len(p) > 0 {
			tail += w.indexPartitions(k, p[0], partitionKeys[k])
		}
		w.putf(k.Owner, "INDEX", k.Name, "CREATE %sINDEX %s.%s ON %s.%s (%s)%s;\n", sort, quoted(k.Owner), quoted(k.Name), quoted(r.Get("table_owner")), quoted(r.Get("table_name")), strings.Join(keys, ", "), tail)
	})
}

// indexPartitions is how an index is partitioned: as its table, or by hash. Bounds of its own are in no extract.
func (w *writer) indexPartitions(k Key, p row, keys []row) string {
	if p.Get("locality") == "LOCAL" {
		return " LOCAL"
	}
	var names []string
	for _, c := range keys {
		if c.Get("object_type") == "INDEX" {
			names = append(names, quoted(c.Get("column_name")))
		}
	}
	if p.Get("partitioning_type") == "HASH" && len(names) > 0 {
		return " GLOBAL PARTITION BY HASH (" + strings.Join(names, ", ") + ") PARTITIONS " + cmp.Or(p.Get("partition_count"), "1")
	}
	w.problem(fileKey{k.Owner, "INDEX", k.Name}, "the bounds of the partitions of index "+k.Name+" were not collected", "DBMS_METADATA tells them; they matter to its storage only")
	return ""
}
