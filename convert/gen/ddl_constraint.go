package gen

import (
	"slices"
	"strings"

	"landfall/convert/rules"
	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
	"landfall/internal/postgres/quote"
)

// inlineCheck writes a check for the column or table definition; "" for constraints that become statements of their own.
func (t *tableParts) inlineCheck(c *ast.Constraint) string {
	g := t.g
	switch c.Kind {
	case token.CHECK:
		if c.Enabled == token.DISABLE {
			g.report(c, "constraint-state", "the disabled check is not made")
			return ""
		}
		g.constraintState(c)
		return t.check(c)
	case token.NULL:
		return ""
	case token.SCOPE, token.ROWID:
		g.ignore(c, "ref-type", "%s: where a reference may point to; its rows are looked for in all tables of the type", g.what(c))
	}
	return ""
}

// check writes a check. One whose condition cannot be converted is left out, loudly: without the table nothing else could
// be made.
func (t *tableParts) check(c *ast.Constraint) string {
	g := t.g
	before := g.refusal
	g.refusal = nil
	s := g.constraintName(c) + g.checkText(c)
	why := g.refusal
	g.refusal = before
	if why == nil {
		return s
	}
	g.reportAs(c, "constraint-state", model.High, model.Manual, "the check is not made: %s", why.Message)
	g.parts = append(g.parts, Line{Class: Refused, Object: g.object, Pos: g.f.Pos(c), Code: why.Code, What: g.what(c), Part: true})
	return ""
}

func (g *gen) checkText(c *ast.Constraint) string {
	g.sql++
	s := "CHECK (" + g.cond(c.Check) + ")"
	g.sql--
	return s
}

// constraintName is CONSTRAINT name with a blank behind it, "" for an unnamed one.
func (g *gen) constraintName(c *ast.Constraint) string {
	if c.Name == nil {
		return ""
	}
	return "CONSTRAINT " + g.word(c.Name) + " "
}

// constraintState reports states that PostgreSQL does not have.
func (g *gen) constraintState(c *ast.Constraint) {
	if c.Kind == token.CHECK && c.Deferrable == token.DEFERRABLE {
		g.report(c, "constraint-state", "a deferrable check is checked at once: PostgreSQL cannot defer it")
	}
	if c.Rely == token.RELY {
		g.ignore(c, "constraint-rely", "RELY")
	}
	if c.Exceptions != nil {
		g.ignore(c.Exceptions, "constraint-state", "EXCEPTIONS INTO")
	}
	if c.Using != nil {
		for _, p := range c.Using.Props {
			g.storage(p)
		}
	}
}

// keys emits primary, unique and foreign keys of the table as ALTER TABLE.
func (t *tableParts) keys() {
	g := t.g
	table := t.name
	if t.rows != "" {
		table = t.rows
	}
	t.collectionKey()
	for _, col := range t.stmt.Columns {
		for _, c := range col.Constraints {
			g.key(table, t.object, c, []*ast.Name{col.Name}, t.rows != "")
		}
	}
	for _, c := range t.stmt.Constraints {
		g.key(table, t.object, c, c.Columns, t.rows != "")
	}
}

// key emits one key; cols are its columns. Checks and NOT NULL are not for it.
func (g *gen) key(table string, o *model.Object, c *ast.Constraint, cols []*ast.Name, temporary bool) {
	switch c.Kind {
	case token.PRIMARY, token.UNIQUE:
		g.uniqueKey(table, o, c, cols, temporary)
	case token.FOREIGN:
		g.foreignKey(table, c, cols)
	}
}

func (g *gen) uniqueKey(table string, o *model.Object, c *ast.Constraint, cols []*ast.Name, temporary bool) {
	what := "UNIQUE"
	if c.Kind == token.PRIMARY {
		what = "PRIMARY KEY"
	}
	if c.Enabled == token.DISABLE {
		g.report(c, "constraint-state", "the disabled %s is not made", strings.ToLower(what))
		return
	}
	g.constraintState(c)
	if slices.ContainsFunc(cols, func(n *ast.Name) bool { return g.f.NumParts(n) > 1 }) {
		g.attributeKey(table, c, cols)
		return
	}
	names := g.words(cols)
	if temporary {
		names = append(names, `"session$"`)
		if c.Kind == token.PRIMARY {
			what = "UNIQUE"
		}
	}
	if o != nil && o.Table != nil && g.partitioned(o) {
		for _, k := range o.Table.Partition.Columns {
			if !slices.ContainsFunc(cols, func(n *ast.Name) bool { return g.f.Last(n) == k }) {
				g.report(c, "partition-key", "the key does not hold the partition key %s", k)
			}
		}
	}
	sql := "ALTER TABLE " + table + "\n    ADD " + g.keyName(c, o) + what
	if index := g.usingIndex(c, o); index != "" && !temporary {
		sql += " USING INDEX " + index
	} else {
		sql += " (" + strings.Join(names, ", ") + ")"
	}
	sql += g.deferral(c)
	if c.Using != nil && c.Using.Create != nil {
		g.createIndexFor(c.Using.Create)
	}
	g.emitKey(c, PhaseKey, sql)
	if !temporary {
		g.partialNulls(table, o, c, cols)
	}
}

// attributeKey makes a unique index for a key of attributes of an object: constraints take columns only.
func (g *gen) attributeKey(table string, c *ast.Constraint, cols []*ast.Name) {
	var keys []string
	for _, n := range cols {
		p := g.f.Parts(n)
		if base := g.info.Base(n).Ref; p[0] == "XMLDATA" || base.Column != nil && base.Column.Type.Name == "XMLTYPE" {
			g.refusedKey(c, "the key lies inside an XML document")
			return
		}
		s := g.e.names.ident(p[0])
		for _, attr := range p[1:] {
			s = "(" + s + ")." + g.e.names.ident(attr)
		}
		keys = append(keys, "("+s+")")
	}
	g.report(c, "object-column", "a unique index stands for the key: PostgreSQL has keys of columns only")
	name := ""
	if c.Name != nil {
		name = g.word(c.Name) + " "
	}
	g.emitKey(c, PhaseKey, "CREATE UNIQUE INDEX "+name+"ON "+table+" ("+strings.Join(keys, ", ")+")")
}

// refusedKey leaves a key out, loudly: the table stays.
func (g *gen) refusedKey(c *ast.Constraint, why string) {
	g.reportAs(c, "constraint-state", model.High, model.Manual, "the key is not made: %s", why)
	g.parts = append(g.parts, Line{Class: Refused, Object: g.object, Pos: g.f.Pos(c), Code: g.e.rule["constraint-state"].Code, What: g.what(c), Part: true})
}

// partialNulls makes further indexes for keys that are NULL in some columns, which Oracle compares by the others
// (SQL Language Reference 19c, "constraint", Unique Constraints). A key that is NULL as a whole is in no index of Oracle's.
func (g *gen) partialNulls(table string, o *model.Object, c *ast.Constraint, cols []*ast.Name) {
	if c.Kind != token.UNIQUE || len(cols) < 2 || o == nil || o.Table == nil {
		return
	}
	var nullable []int
	for i, n := range cols {
		if col := o.Table.Column(g.f.Last(n)); col != nil && !col.NotNull {
			nullable = append(nullable, i)
		}
	}
	whole := g.e.Profile != nil && g.e.Profile.Has(rules.FeaturePGNullsNotDistinct)
	switch {
	case len(nullable) == 0:
		return
	case g.deferral(c) != "" || g.partitioned(o) || !whole && len(nullable) > 2:
		g.reportAs(c, "partial-null-key", model.Medium, model.Review, "keys that are NULL in some columns are not compared by the others")
		return
	}
	g.report(c, "partial-null-key", "further indexes compare keys that are NULL in some columns by the others")
	names := g.words(cols)
	if whole {
		list := strings.Join(names, ", ")
		g.emitKey(c, PhaseKey, "CREATE UNIQUE INDEX ON "+table+" ("+list+") NULLS NOT DISTINCT\n    WHERE num_nonnulls("+list+") BETWEEN 1 AND "+itoa(len(cols)-1))
		return
	}
	for set := 1; set < 1<<len(nullable); set++ { // which columns are NULL
		keys := slices.Clone(names)
		var conds []string
		for k := len(nullable) - 1; k >= 0; k-- {
			if set&(1<<k) != 0 {
				conds = append(conds, names[nullable[k]]+" IS NULL")
				keys = slices.Delete(keys, nullable[k], nullable[k]+1)
			}
		}
		if len(keys) > 0 {
			g.emitKey(c, PhaseKey, "CREATE UNIQUE INDEX ON "+table+" ("+strings.Join(keys, ", ")+") WHERE "+strings.Join(conds, " AND "))
		}
	}
}

// keyName is CONSTRAINT name of a key. Its index has the same name in PostgreSQL, where tables and indexes share a name
// space.
func (g *gen) keyName(c *ast.Constraint, o *model.Object) string {
	if c.Name == nil {
		return ""
	}
	schema := g.schema
	if o != nil {
		schema = o.Schema
	}
	return "CONSTRAINT " + quote.Ident(g.e.names.key(schema, g.f.Last(c.Name))) + " "
}

// usingIndex is the unique index on the same columns that the constraint names.
func (g *gen) usingIndex(c *ast.Constraint, o *model.Object) string {
	if c.Using == nil || c.Using.Name == nil || o == nil || o.Table == nil || g.partitioned(o) {
		return ""
	}
	schema, name := g.declared(c.Using.Name)
	if g.f.NumParts(c.Using.Name) == 1 {
		schema = o.Schema
	}
	index := g.e.Catalog.Find(model.KindIndex, schema, name)
	if index == nil || index.Index == nil || index.Index.Kind != "UNIQUE" || index.Index.Table != o.Name {
		return ""
	}
	for _, k := range index.Index.Keys {
		if k.Column == "" || k.Desc {
			return ""
		}
	}
	return quote.Ident(g.e.names.index(index))
}

func (g *gen) deferral(c *ast.Constraint) string {
	s := ""
	if c.Deferrable == token.DEFERRABLE {
		s = " DEFERRABLE"
	}
	if c.Initially == token.DEFERRED {
		s = " DEFERRABLE INITIALLY DEFERRED"
	}
	return s
}

func (g *gen) foreignKey(table string, c *ast.Constraint, cols []*ast.Name) {
	if c.Enabled == token.DISABLE {
		g.report(c, "constraint-state", "the disabled foreign key is not made")
		return
	}
	for _, n := range slices.Concat(cols, c.RefColumns) {
		if g.f.NumParts(n) > 1 {
			g.refusedKey(c, g.source(n)+" is an attribute of an object, and PostgreSQL has foreign keys of columns only")
			return
		}
	}
	g.constraintState(c)
	ref := g.relation(c.RefTable)
	if o := g.tableOf(c.RefTable); o != nil && o.Table != nil && o.Table.Temporary == "GLOBAL" {
		ref = g.rowsTable(o)
	}
	sql := "ALTER TABLE " + table + "\n    ADD " + g.constraintName(c) + "FOREIGN KEY (" + strings.Join(g.words(cols), ", ") + ") REFERENCES " + ref
	if r := g.objectRows(g.tableOf(c.RefTable)); r != nil && r.oid && len(c.RefColumns) == 0 && len(cols) == 1 && g.ref(cols[0]).TypeOf().Ref.Ref {
		sql += " (" + quote.Ident(rowIdentifier) + ")"
	}
	if len(c.RefColumns) > 0 {
		sql += " (" + strings.Join(g.words(c.RefColumns), ", ") + ")"
	}
	switch c.OnDelete {
	case token.CASCADE:
		sql += " ON DELETE CASCADE"
	case token.SET:
		sql += " ON DELETE SET NULL"
	}
	sql += g.deferral(c)
	if c.Validated == token.NOVALIDATE {
		sql += " NOT VALID"
	}
	g.emitKey(c, PhaseForeignKey, sql)
}

func (g *gen) emitKey(c *ast.Constraint, phase Phase, sql string) {
	if g.refusal != nil {
		return
	}
	g.emit(&Output{Phase: phase, Kind: model.KindConstraint, Schema: g.declaredSchema(), SQL: g.mark(c) + g.withStrays(c, sql) + ";\n"})
}

func (g *gen) words(names []*ast.Name) []string {
	list := make([]string, len(names))
	for i, n := range names {
		list[i] = g.word(n)
	}
	return list
}
