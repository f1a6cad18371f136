package gen

import (
	"fmt"
	"strings"

	"landfall/internal/model"
	"landfall/internal/oracle/resolve"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
	"landfall/internal/postgres/quote"
)

// createTable converts CREATE TABLE: the table with its columns and checks first, keys and foreign keys as statements of
// their own for the phases behind the data.
func (g *gen) createTable(x *ast.CreateTable) {
	o := g.catalogObject(model.KindTable, x.Name)
	switch {
	case x.Organization == token.EXTERNAL || x.External != nil:
		g.externalTable(x)
		return
	case x.Cluster != nil:
		g.report(x.Cluster, "cluster-table", "the table is made by itself: clusters have no counterpart")
	}
	name := g.declaredName(x.Name)
	t := &tableParts{g: g, stmt: x, name: name, object: o}
	if x.Temporary == token.GLOBAL {
		t.rows = g.rowsName(x.Name)
		if len(t.visibleNames()) == 0 {
			g.refuse(x, "global-temporary", "the columns of the temporary table are not known: they come from a type, or from a table that the source does not have")
			return
		}
	}
	sql := t.create()
	g.tableClauses(x)
	by := ""
	if x.Partition != nil && x.Temporary == 0 {
		by = g.partitionBy(x, o)
	}
	rows := ""
	switch {
	case x.Query != nil && by != "": // PostgreSQL takes one of the two: another table gets the columns of the query first
		shape := g.shapeName(x.Name)
		rows = "\n" + g.query(x.Query)
		sql = strings.Replace(sql, name, shape, 1) + " AS" + rows + "\nWITH NO DATA;\nCREATE TABLE " + name + " (LIKE " + shape + ")" + by + g.tablespaceOf(x.Props)
		rows = "DROP TABLE " + shape + ";\nINSERT INTO " + name + rows + ";\n"
	case x.Query != nil && t.rows != "":
		sql += " AS\n" + g.query(x.Query) + "\nWITH NO DATA;\nALTER TABLE " + t.rows + ` ADD COLUMN "session$" text NOT NULL DEFAULT ` + g.use("session_id") + "()"
		if x.OnCommit == token.PRESERVE {
			g.reportAs(x, "global-temporary", model.Medium, model.Review, "the table begins empty: the rows of the query were those of the session that made the table")
		}
	case x.Query != nil:
		sql += g.tablespaceOf(x.Props) + " AS\n" + g.query(x.Query)
	default:
		sql += by + g.tablespaceOf(x.Props)
	}
	if g.refusal != nil {
		return
	}
	out := g.emitDDL(x, PhaseTable, sql)
	out.Name = g.e.names.fold(g.f.Last(x.Name))
	if x.Partition != nil && x.Temporary == 0 {
		g.partitions(x, o, out)
	}
	if rows != "" {
		text, _ := takeMarks(rows)
		out.SQL += text
	}
	if x.Temporary == token.GLOBAL {
		t.temporaryView(out)
	}
	if r := g.objectRows(o); r != nil && x.OfType != nil {
		t.rowFunction(r)
	}
	t.nullDefaults()
	t.keys()
}

// tableParts is a table being converted.
type tableParts struct {
	g      *gen
	stmt   *ast.CreateTable
	name   string // quoted, qualified
	rows   string // of a global temporary table: the table behind the view, quoted and qualified
	object *model.Object
	onNull []nullDefault
}

// nullDefault is a column that takes its default for an explicit NULL, too.
type nullDefault struct{ column, value string }

// create writes the table up to the closing parenthesis.
func (t *tableParts) create() string {
	g, x := t.g, t.stmt
	head := "CREATE TABLE " + t.name
	switch {
	case t.rows != "":
		head = "CREATE UNLOGGED TABLE " + t.rows
	case x.Temporary == token.PRIVATE:
		head = "CREATE TEMPORARY TABLE " + g.e.names.ident(g.f.Last(x.Name))
	}
	if x.OfType != nil {
		return head + t.ofType()
	}
	if x.Collection {
		return head + t.collection()
	}
	var list []element
	for _, c := range x.Columns {
		if x.Query != nil && c.Type == nil {
			list = append(list, element{c, g.word(c.Name)})
			continue
		}
		list = append(list, element{c, t.column(c)})
	}
	for _, c := range x.Constraints {
		if s := t.inlineCheck(c); s != "" {
			list = append(list, element{c, s})
		}
	}
	if t.rows != "" && x.Query == nil {
		list = append(list, element{nil, `"session$" text NOT NULL DEFAULT ` + g.use("session_id") + "()"})
	}
	for _, c := range x.Items {
		if c.Head == token.DOMAIN {
			for _, s := range t.domainChecks(c) {
				list = append(list, element{c, s})
			}
		}
	}
	if len(list) == 0 {
		return head
	}
	s := head + " (\n" + g.elements(list) + "\n)"
	if x.Temporary == token.PRIVATE {
		if x.OnCommit != token.PRESERVE {
			s += " ON COMMIT DROP"
		}
	}
	return s
}

// element is one item between the parentheses of a table, with the node that it comes from.
type element struct {
	node ast.Node
	text string
}

// elements writes items one a line, with the comments that stand in front of and behind them in the source.
func (g *gen) elements(list []element) string {
	var b strings.Builder
	for i, e := range list {
		var tail, lead []string
		if e.node != nil {
			lo := e.node.Range().Lo
			if !g.seen.has(lo) && g.f.Tokens[lo].Flags&(token.FlagComment|token.FlagHint) != 0 {
				g.seen.add(lo)
				trivia := g.trivia(lo)
				nl := strings.IndexByte(trivia, '\n')
				if nl < 0 {
					nl = len(trivia)
				}
				if i > 0 {
					tail = comments(trivia[:nl])
				} else {
					lead = comments(trivia[:nl])
				}
				lead = append(lead, comments(trivia[nl:])...)
			}
		}
		if i > 0 {
			b.WriteString(",")
			if len(tail) > 0 {
				b.WriteString(" " + strings.Join(tail, " "))
			}
			b.WriteString("\n")
		}
		for _, c := range lead {
			b.WriteString("    " + c + "\n")
		}
		b.WriteString("    ")
		if e.node != nil {
			b.WriteString(g.mark(e.node))
		}
		b.WriteString(e.text)
	}
	return b.String()
}

func (t *tableParts) column(c *ast.ColumnDef) string {
	g := t.g
	name := g.word(c.Name)
	if g.f.NumParts(c.Name) > 1 {
		g.refuse(c, "not-converted", "%s is no name of a column", g.source(c.Name))
	}
	typ := t.columnType(c)
	s := name + g.pad(c.Name, c.Type) + typ
	switch {
	case c.Identity != nil:
		s += t.identity(c, name)
	case c.Generated != nil:
		if c.Stored {
			g.report(c, "virtual-column", "the column is stored, as in Oracle")
		} else {
			g.report(c, "virtual-column", "a virtual column becomes a stored one: PostgreSQL before 18 has no other")
		}
		g.immutable = true
		s += " GENERATED ALWAYS AS (" + g.text(c.Generated) + ") STORED"
		g.immutable = false
	case c.Default != nil:
		v := g.defaultValue(c)
		s += " DEFAULT " + v
		if c.DefaultOnNull {
			t.onNull = append(t.onNull, nullDefault{name, v})
		}
	}
	if c.Visibility == token.INVISIBLE {
		g.report(c, "invisible-column", "the column is seen by a SELECT * of programs: PostgreSQL cannot hide it. In converted code * is written out without it")
	}
	if c.Encrypt != nil {
		g.ignore(c.Encrypt, "encrypted-column", "ENCRYPT")
	}
	if c.Collation != nil {
		g.ignore(c.Collation, "char-comparison", "COLLATE %s", g.source(c.Collation))
	}
	notNull := c.DefaultOnNull && c.Identity == nil
	if rules := t.columnDomain(c); rules != nil {
		s += rules.checks
		if c.Default == nil && rules.value != "" {
			if rules.onNull {
				t.onNull = append(t.onNull, nullDefault{name, rules.value})
			}
			if rules.onNull || rules.checks != "" || !rules.native {
				s += " DEFAULT " + rules.value
			}
		}
		notNull = notNull || rules.notNull
	}
	for _, con := range c.Constraints {
		if con.Kind == token.NOT {
			if con.Enabled == token.DISABLE {
				g.report(con, "constraint-state", "a disabled NOT NULL is not made")
				continue
			}
			notNull = true
		} else if text := t.inlineCheck(con); text != "" {
			s += " " + text
		}
	}
	if notNull {
		s += " NOT NULL"
	}
	return s
}

// pad is the space between name and type as the author has it, so that columns stay aligned.
func (g *gen) pad(name *ast.Name, typ *ast.DataType) string {
	if typ == nil || typ.Empty() {
		return " "
	}
	p := g.trivia(typ.Lo)
	if strings.TrimLeft(p, " \t") != "" || p == "" {
		return " "
	}
	g.seen.add(typ.Lo)
	return p
}

// columnType is the type of a column; identity columns and what refers to them are bigint, as PostgreSQL's identity is
// an integer.
func (t *tableParts) columnType(c *ast.ColumnDef) string {
	g := t.g
	if s := g.ownColumnType(t.object, t.catalogColumn(c)); s != "" {
		return s
	}
	if c.Type == nil {
		if c.Generated != nil {
			return g.typeName(g.info.Type(c.Generated))
		}
		if col := t.catalogColumn(c); col != nil {
			if s, ok := g.builtinType(col.Type, inColumn); ok {
				return s
			}
		}
		if s, ok := t.referredType(c); ok {
			return s
		}
		g.refuse(c, "not-converted", "the type of the column %s is not known", g.source(c.Name))
		return "text"
	}
	if k := (columnKey{t.object, g.f.Last(c.Name)}); t.object != nil && g.e.bigint[k] {
		if n := g.e.sampled[k]; n > 0 {
			g.reportAs(c, "number-plain", model.Low, model.Review, "column %s is bigint by the policy number: sampled: %d values that the scripts insert are whole numbers; a value with a fraction would be rounded, one beyond 19 digits is an error", g.source(c.Name), n)
		}
		return "bigint"
	}
	if c.Identity != nil {
		return "bigint"
	}
	return g.dataType(c.Type, inColumn)
}

// referredType is the type of a column that has none but is part of a foreign key: that of the column that it refers to
// (SQL Language Reference 19c, "CREATE TABLE", datatype).
func (t *tableParts) referredType(c *ast.ColumnDef) (string, bool) {
	g := t.g
	look := func(k *ast.Constraint, at int) (string, bool) {
		o := g.tableOf(k.RefTable)
		if o == nil || o.Table == nil {
			return "", false
		}
		names := primaryKey(o)
		if len(k.RefColumns) > 0 {
			names = nil
			for _, n := range k.RefColumns {
				names = append(names, g.f.Last(n))
			}
		}
		if at >= len(names) {
			return "", false
		}
		if g.e.bigint[columnKey{o, names[at]}] {
			return "bigint", true
		}
		col := o.Table.Column(names[at])
		if col == nil || col.Type.Name == "" || col.Type.User {
			return "", false
		}
		return g.builtinType(col.Type, inColumn)
	}
	for _, k := range c.Constraints {
		if k.Kind == token.FOREIGN && k.RefTable != nil {
			return look(k, 0)
		}
	}
	for _, k := range t.stmt.Constraints {
		for i, n := range k.Columns {
			if k.Kind == token.FOREIGN && k.RefTable != nil && g.f.Last(n) == g.f.Last(c.Name) {
				return look(k, i)
			}
		}
	}
	return "", false
}

func (t *tableParts) catalogColumn(c *ast.ColumnDef) *model.Column {
	if t.object == nil || t.object.Table == nil {
		return nil
	}
	return t.object.Table.Column(t.g.f.Last(c.Name))
}

func (t *tableParts) identity(c *ast.ColumnDef, name string) string {
	g := t.g
	s := " GENERATED BY DEFAULT AS IDENTITY"
	if c.Identity.Always {
		s = " GENERATED ALWAYS AS IDENTITY"
	}
	if opts := g.sequenceOptions(c.Identity.Options); opts != "" {
		s += " (" + opts + ")"
	}
	if c.Identity.OnNull {
		seq := "nextval(pg_get_serial_sequence(" + quote.Literal(t.name) + ", " + quote.Literal(strings.Trim(name, `"`)) + "))"
		t.onNull = append(t.onNull, nullDefault{name, seq})
		return s
	}
	return s
}

// defaultValue converts the default of a column.
func (g *gen) defaultValue(c *ast.ColumnDef) string {
	g.sql++
	defer func() { g.sql-- }()
	if t := *g.ref(c.Name).TypeOf(); t.Class != resolve.ClassUnknown && t.Class < resolve.ClassObject {
		return g.exprAs(c.Default, t).in(precOther)
	}
	return g.expr(c.Default).in(precOther) // AND, NOT, IS and the like need parentheses there (PG, "CREATE TABLE")
}

// nullDefaults makes the trigger that gives the default for an explicit NULL (DEFAULT ON NULL).
func (t *tableParts) nullDefaults() {
	if len(t.onNull) == 0 {
		return
	}
	g := t.g
	fn := quote.Qualified(g.declaredSchema(), short(g.e.names.fold(g.f.Last(t.stmt.Name))+"_default_on_null"))
	var b strings.Builder
	b.WriteString("CREATE OR REPLACE FUNCTION " + fn + "() RETURNS trigger\nLANGUAGE plpgsql\nAS $$\nBEGIN\n")
	for _, d := range t.onNull {
		fmt.Fprintf(&b, "    IF NEW.%s IS NULL THEN\n        NEW.%s := %s;\n    END IF;\n", d.column, d.column, d.value)
	}
	b.WriteString("    RETURN NEW;\nEND;\n$$;\n")
	target := t.name
	if t.rows != "" {
		target = t.rows
	}
	b.WriteString("CREATE TRIGGER default_on_null BEFORE INSERT ON " + target + "\n    FOR EACH ROW EXECUTE FUNCTION " + fn + "();\n")
	g.report(t.stmt, "default-on-null", "a trigger gives the default for an explicit NULL")
	g.emit(&Output{Phase: PhaseTable, Schema: g.declaredSchema(), SQL: b.String()})
}

// tableClauses enters what has no counterpart in the ledger.
func (g *gen) tableClauses(x *ast.CreateTable) {
	if x.Organization == token.INDEX {
		g.report(x, "index-organized", "the table is a heap with its primary key as an index; CLUSTER sorts it once")
	}
	for _, p := range x.Props {
		g.storage(p)
	}
	for _, c := range x.Items {
		switch c.Head {
		case token.SUPPLEMENTAL:
			g.ignore(c, "supplemental-log", "%s", g.what(c))
		case token.DOMAIN: // in the columns: see columnDomain
		default:
			g.refuse(c, "not-converted", "no PostgreSQL form is known for %s", g.what(c))
		}
	}
	if x.Immutable || x.Blockchain {
		g.report(x, "immutable-table", "rows can be changed and deleted: PostgreSQL has no immutable tables; revoke UPDATE and DELETE")
	}
	if x.ForExchange != nil {
		g.refuse(x, "partition-maintenance", "FOR EXCHANGE WITH copies the shape of another table")
	}
}

// storage enters a storage clause in the ledger; compression, encryption and the like have rules of their own.
func (g *gen) storage(c *ast.Clause) {
	rule := "storage"
	if g.keepsTablespace(c) {
		return
	}
	switch c.Head {
	case token.COMPRESS, token.NOCOMPRESS, token.ROW, token.COLUMN:
		rule = "compression-logging"
	}
	for i := c.Lo; i < c.Hi; i++ {
		if g.f.Tokens[i].Flags&token.FlagComment == 0 {
			g.seen.add(i)
		}
	}
	g.ignore(c, rule, "%s", g.what(c))
}

// shapeName is a table that lends its columns to a partitioned table made of a query.
func (g *gen) shapeName(n *ast.Name) string {
	schema, name := g.declared(n)
	return quote.Qualified(g.e.names.schema(schema), short(g.e.names.fold(name)+"$shape"))
}

// rowsName is the table behind the view that stands for a global temporary table.
func (g *gen) rowsName(n *ast.Name) string {
	schema, name := g.declared(n)
	return quote.Qualified(g.e.names.schema(schema), short(g.e.names.fold(name)+"$rows"))
}

// rowsTable is rowsName for a catalog object.
func (g *gen) rowsTable(o *model.Object) string {
	return quote.Qualified(g.e.names.schema(o.Schema), short(g.e.names.fold(o.Name)+"$rows"))
}

// visibleNames are the columns of a temporary table, of the query where it is made of one; nil where they are not known.
func (t *tableParts) visibleNames() []string {
	g, x := t.g, t.stmt
	if x.OfType != nil {
		return nil
	}
	var cols []string
	for _, c := range x.Columns {
		cols = append(cols, g.word(c.Name))
	}
	if len(cols) > 0 || x.Query == nil {
		return cols
	}
	fields, open := g.info.Row(x.Query)
	if open {
		return nil
	}
	for _, f := range fields {
		if f.Name == "" {
			return nil
		}
		cols = append(cols, g.e.names.ident(f.Name))
	}
	return cols
}

// temporaryView makes a global temporary table work in any session: the rows of all sessions lie in one unlogged table,
// and the view of the table's name shows each session its own. With ON COMMIT DELETE ROWS a deferred trigger empties
// them at commit.
func (t *tableParts) temporaryView(table *Output) {
	g, x := t.g, t.stmt
	cols := t.visibleNames()
	var b strings.Builder
	b.WriteString("CREATE INDEX ON " + t.rows + ` ("session$");` + "\n")
	b.WriteString("CREATE VIEW " + t.name + " AS\n    SELECT " + strings.Join(cols, ", ") + "\n      FROM " + t.rows + "\n     WHERE \"session$\" = " + g.use("session_id") + "();\n")
	if x.OnCommit != token.PRESERVE {
		fn := quote.Qualified(g.declaredSchema(), short(g.e.names.fold(g.f.Last(x.Name))+"$commit"))
		b.WriteString("CREATE FUNCTION " + fn + "() RETURNS trigger\nLANGUAGE plpgsql\nAS $$\nBEGIN\n    DELETE FROM " + t.rows + " WHERE \"session$\" = " + g.use("session_id") + "();\n    RETURN NULL;\nEND;\n$$;\n")
		b.WriteString("CREATE CONSTRAINT TRIGGER delete_at_commit AFTER INSERT ON " + t.rows + "\n    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION " + fn + "();\n")
	}
	g.report(x, "global-temporary", "a view of the session's own rows in an unlogged table stands for the temporary table")
	g.emit(&Output{Phase: PhaseTable, Schema: g.declaredSchema(), SQL: b.String()})
}

// columnOptions are the default, NOT NULL and the checks of a column whose type its table's type gives.
func (t *tableParts) columnOptions(c *ast.ColumnDef) string {
	s := ""
	if c.Default != nil {
		s += " DEFAULT " + t.g.text(c.Default)
	}
	for _, con := range c.Constraints {
		if con.Kind == token.NOT {
			s += " NOT NULL"
		} else if text := t.inlineCheck(con); text != "" {
			s += " " + text
		}
	}
	return s
}

// ofType is a table of an object type.
func (t *tableParts) ofType() string {
	g, x := t.g, t.stmt
	typ := g.dataType(x.OfType, inColumn)
	if typ == "xml" {
		return " (\n    object_value xml\n)"
	}
	if r := g.objectRows(t.object); r != nil {
		return t.expanded(r)
	}
	if n := x.OfType.Name; n != nil {
		if c := g.ref(n).TypeOf().Class; c != resolve.ClassUnknown && c != resolve.ClassObject {
			g.refuse(n, "invalid-source", "a table is made of an object type or XMLTYPE, and %s is neither", g.source(n))
		}
	}
	s := " OF " + typ
	var list []element
	for _, c := range x.Columns {
		list = append(list, element{c, g.word(c.Name) + " WITH OPTIONS" + t.columnOptions(c)})
	}
	for _, c := range x.Constraints {
		if text := t.inlineCheck(c); text != "" {
			list = append(list, element{c, text})
		}
	}
	if len(list) > 0 {
		s += " (\n" + g.elements(list) + "\n)"
	}
	g.report(x, "object-table", "rows have no object identifier: references to them (REF) are not there")
	return s
}
