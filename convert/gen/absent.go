package gen

import (
	"maps"
	"slices"
	"strings"

	"landfall/convert/rules"
	"landfall/internal/model"
	"landfall/internal/oracle/resolve"
	"landfall/internal/oracle/scripts"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
	"landfall/internal/postgres/quote"
)

// Tables that declarations are anchored to (t.c%TYPE, t%ROWTYPE) and that the source does not have: of another schema that
// was not exported, or of a product. PostgreSQL makes no routine whose types it cannot find. A composite type of the table's
// name stands in for each, made only where no table of the name is there: %TYPE and %ROWTYPE take it, rows do not go into it,
// and a query of it fails as one of a missing table does. The types of its columns are what their use suggests.

// absentTable is such a table.
type absentTable struct {
	schema, name string // folded; schema is "" where the source does not say
	columns      map[string]string
	domains      map[string]bool // columns whose type stands where PostgreSQL takes no %TYPE
	known        bool            // there is an object of its name: a table without the column, a package without the member
}

// absentAnchor is the table and column that an anchor means when it stands for no object of the source; column is "" for
// %ROWTYPE. ok is false for what can be no table.
func (g *gen) absentAnchor(d *ast.DataType) (table objectKey, column string, ok bool) {
	if d.Anchor == 0 || d.Name == nil || d.Name.Link != 0 {
		return objectKey{}, "", false
	}
	// statements may name a table that none creates
	if ref := g.ref(d.Name); ref.Kind != resolve.Unknown && (ref.Object == nil || !ref.Object.Implied || ref.Object.Table == nil && ref.Object.View == nil) {
		return objectKey{}, "", false
	}
	table, column, ok = absentName(g.f.Parts(d.Name), d.Anchor == token.ROWTYPE)
	return table, column, ok && (column == "" || !rules.DictionaryView(table.name))
}

// absentName takes the name of an anchor apart.
func absentName(parts []string, row bool) (table objectKey, column string, ok bool) {
	if !row {
		if len(parts) < 2 {
			return objectKey{}, "", false
		}
		column, parts = parts[len(parts)-1], parts[:len(parts)-1]
	}
	switch len(parts) {
	case 1:
		table = objectKey{"", parts[0]}
	case 2:
		table = objectKey{parts[0], parts[1]}
	default:
		return objectKey{}, "", false
	}
	return table, column, true
}

// findAbsent makes the stand-ins from what the statements have told, in their order.
func (e *Estate) findAbsent(list []*absentUse) {
	e.absent, e.standIns = map[objectKey]*absentTable{}, map[*scripts.Unit][]*absentTable{}
	votes := newVotes()
	for i, u := range list {
		if u == nil {
			continue
		}
		for _, a := range u.anchors {
			t := e.absent[a.table]
			if t == nil {
				t = &absentTable{schema: a.table.schema, name: a.table.name, columns: map[string]string{}, domains: map[string]bool{}, known: e.created[a.table]}
				e.absent[a.table] = t
				if !t.known {
					e.standIns[e.units[i]] = append(e.standIns[e.units[i]], t)
				}
			}
			if a.column != "" {
				t.columns[a.column] = ""
				t.domains[a.column] = t.domains[a.column] || a.inside
			}
		}
		votes.add(u)
	}
	for key, t := range e.absent {
		for c := range t.columns {
			t.columns[c] = votes.typeOf(absentColumnKey{key, c})
		}
	}
	e.settleAbsentTypes(list, votes)
}

// absentOf is the table that an anchor means, which is told, and the column; nil for what the source has.
func (g *gen) absentOf(d *ast.DataType) (*absentTable, string) {
	key, column, ok := g.absentAnchor(d)
	t := g.e.absent[key]
	if !ok || t == nil {
		return nil, ""
	}
	g.reportAbsent(d, t)
	return t, column
}

// absentType is the type of a column of a stand-in.
func (g *gen) absentType(d *ast.DataType) (string, bool) {
	t, column := g.absentOf(d)
	if t == nil {
		return "", false
	}
	return g.absentDomain(t, column)
}

// absentDomain is the type of a column for places that take no %TYPE: a domain that is made, when the result is loaded, of the
// type that the column has then.
func (g *gen) absentDomain(t *absentTable, column string) (string, bool) {
	s := t.columns[column]
	if t.domains[column] && !t.known {
		return g.e.names.absentDomain(t, column), true
	}
	return s, s != ""
}

// absentElement is absentDomain for a type that the resolver gives.
func (g *gen) absentElement(t resolve.Type) (string, bool) {
	if t.Class != resolve.ClassUnknown || t.Ref.Anchor != "TYPE" {
		return "", false
	}
	key, column, ok := absentName(strings.Split(t.Ref.Name, "."), false)
	a := g.e.absent[key]
	if !ok || a == nil || a.known || !a.domains[column] {
		return "", false
	}
	return g.absentDomain(a, column)
}

func (n *namer) absentDomain(t *absentTable, column string) string {
	return quote.Qualified(n.schema(t.schema), short(n.fold(t.name)+"$"+n.fold(column)))
}

// absentColumn writes t.c%TYPE of a stand-in.
func (g *gen) absentColumn(d *ast.DataType) (string, bool) {
	if d.Anchor == token.ROWTYPE {
		return "", false
	}
	t, column := g.absentOf(d)
	if t == nil {
		return "", false
	}
	if t.known {
		return t.columns[column], true
	}
	return g.e.names.absent(t) + "." + g.e.names.ident(column) + "%TYPE", true
}

func (n *namer) absent(t *absentTable) string {
	return quote.Qualified(n.schema(t.schema), n.fold(t.name))
}

// reportAbsent tells of a table once a statement.
func (g *gen) reportAbsent(d ast.Node, t *absentTable) {
	if g.absentTold[t] {
		return
	}
	if g.absentTold == nil {
		g.absentTold = map[*absentTable]bool{}
	}
	g.absentTold[t] = true
	if t.known {
		g.reportAs(d, "anchored-type", model.Medium, model.Review, "%s of the source has no such column or variable: its type is what its use suggests", t.dotted())
		return
	}
	g.reportAs(d, "anchored-type", model.Medium, model.Review,
		"%s is not in the source: a composite type of its name stands in for what is declared after it, with types as the use of its columns suggests; add its script to the source, or make the table before this is created",
		t.dotted())
}

// makeAbsent makes the stand-ins that the statement at hand is the first to need.
func (g *gen) makeAbsent() {
	list := g.e.standIns[g.unit]
	if len(g.out) == 0 || len(list) == 0 {
		return
	}
	g.ahead(func() {
		for _, t := range slices.SortedFunc(slices.Values(list), func(a, b *absentTable) int {
			return strings.Compare(a.schema+"."+a.name, b.schema+"."+b.name)
		}) {
			g.emitType(&Output{Phase: PhaseType, Schema: g.e.names.schema(t.schema), Name: g.e.names.fold(t.name), SQL: g.absentStandIn(t)})
		}
	})
}

// dotted is the name of the table as a finding writes it.
func (t *absentTable) dotted() string { return strings.TrimPrefix(t.schema+"."+t.name, ".") }

// ahead puts outputs in front of those that the statement at hand has.
func (g *gen) ahead(emit func()) {
	rest := g.out
	g.out = nil
	emit()
	g.out = append(g.out, rest...)
}

// absentStandIn is the statement that makes the composite type where nothing has its name.
func (g *gen) absentStandIn(t *absentTable) string {
	name := g.e.names.absent(t)
	columns := slices.Sorted(maps.Keys(t.columns))
	for i, c := range columns {
		columns[i] = g.e.names.ident(c) + " " + t.columns[c]
	}
	var domains strings.Builder
	for _, c := range slices.Sorted(maps.Keys(t.domains)) {
		if t.domains[c] {
			d := g.e.names.absentDomain(t, c)
			domains.WriteString("    IF to_regtype(" + literal(d) + ") IS NULL THEN\n        EXECUTE 'CREATE DOMAIN " + strings.ReplaceAll(d, "'", "''") + " AS ' || coalesce((SELECT format_type(atttypid, atttypmod) FROM pg_attribute\n" +
				"            WHERE attrelid = to_regclass(" + literal(name) + ") AND attname = " + literal(g.e.names.fold(c)) + " AND NOT attisdropped), " + literal(t.columns[c]) + ");\n    END IF;\n")
		}
	}
	return "-- " + t.dotted() + " is not in the source; DROP TYPE " + name + " before the table itself is made\n" +
		"DO $$ BEGIN\n    IF to_regclass(" + literal(name) + ") IS NULL THEN\n        CREATE TYPE " + name + " AS (" + strings.Join(columns, ", ") + ");\n    END IF;\n" +
		domains.String() + "END $$;\n"
}
