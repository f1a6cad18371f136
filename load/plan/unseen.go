package plan

import (
	"slices"
	"strings"

	"landfall/internal/model"
	"landfall/internal/postgres/lex"
)

// What a plan is sure of: an account without SELECT_CATALOG_ROLE does not see tables that it may not SELECT.
const (
	SeenAll     = "all"     // the DBA_ views show every table
	SeenFolder  = "folder"  // what the account may SELECT, held against the tables that the conversion makes
	SeenAccount = "account" // what the account may SELECT, whatever else there is
)

func (b *builder) seen() string {
	switch {
	case b.in.Facts.Wide:
		return SeenAll
	case len(b.made) > 0:
		return SeenFolder
	}
	return SeenAccount
}

// madeTable is a table that the conversion's statements make, by its names in the target, and by those that it may have in the source.
type madeTable struct {
	schema, table string
	sources       []string
}

// madeTables are the tables that the statements make in schemas that are loaded; no partitions.
func (b *builder) madeTables() (list []madeTable) {
	owners := map[string]string{} // by schema of the target
	for _, s := range b.in.Schemas {
		owners[b.in.Names.Schema(s)] = s
	}
	for i := range b.in.Facts.Tables { // where all schemas are
		owners[b.in.Names.Schema(b.in.Facts.Tables[i].Owner)] = b.in.Facts.Tables[i].Owner
	}
	seen := map[[2]string]bool{}
	for _, s := range b.in.Statements {
		if s.Phase != Tables || other(s.SQL) {
			continue
		}
		schema, table, ok := tableOf(s.SQL)
		owner, known := owners[schema]
		if !ok || !known || seen[[2]string{schema, table}] {
			continue
		}
		seen[[2]string{schema, table}] = true
		names := []string{model.CatalogName(owner, table).String()}
		if upper := strings.ToUpper(table); b.in.Names.Fold(upper) == table {
			names = []string{model.CatalogName(owner, upper).String(), names[0]}
		}
		list = append(list, madeTable{schema, table, names})
	}
	return list
}

// other reports whether a statement is anything but CREATE TABLE of a table that rows of the source go into: a partition, or what holds the rows
// of a temporary table, which is unlogged.
func other(sql string) bool {
	var last lex.Token
	n := 0
	for _, x := range lex.Scan(sql) {
		if x.Kind == lex.Comment {
			continue
		}
		if n == 0 && !x.Is(sql, "create") || n == 1 && !x.Is(sql, "table") || n > 0 && x.Is(sql, "of") && last.Is(sql, "partition") {
			return true
		}
		last = x
		n++
	}
	return false
}

// unseen refuses a plan that would leave tables empty that the conversion makes, because the source does not show them: without SELECT on a table,
// an account that reads the ALL_ views does not know that it is there.
func (b *builder) unseen() {
	seen := map[[2]string]bool{}
	for i := range b.in.Facts.Tables {
		t := &b.in.Facts.Tables[i]
		seen[[2]string{b.in.Names.Schema(t.Owner), b.in.Names.Fold(t.Name)}] = true
	}
	for i := range b.p.Tables {
		seen[[2]string{b.p.Tables[i].Schema, b.p.Tables[i].Target}] = true
	}
	set := &b.in.Settings
	among := func(patterns []string, m madeTable) bool {
		return slices.ContainsFunc(patterns, func(p string) bool { return slices.ContainsFunc(m.sources, func(s string) bool { return match(p, s) }) })
	}
	for _, m := range b.made {
		name := m.schema + "." + m.table
		switch {
		case seen[[2]string{m.schema, m.table}]:
		case len(set.Include) > 0 && !among(set.Include, m):
		case among(set.Exclude, m):
			b.p.LeftOut = append(b.p.LeftOut, LeftOut{m.sources[0], "load.exclude"})
		default:
			b.fail(m.sources[0], "GRANT SELECT on it to the account, or SELECT_CATALOG_ROLE; when the source does not have it any more, name it in load.exclude of landfall.yaml",
				"the folder of --schema makes %s, and the account sees no such table in the source: it would stay empty", name)
		}
	}
}
