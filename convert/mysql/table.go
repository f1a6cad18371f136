package mysql

import (
	"fmt"
	"slices"
	"strings"

	"landfall/convert/gen"
	"landfall/convert/rules"
	"landfall/internal/model"
	"landfall/internal/mysql/quote"
	"landfall/internal/oracle/resolve"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// createTable writes a table with its columns, keys and comments; foreign keys follow in a phase of their own, when all
// tables are there.
func (w *work) createTable(x *ast.CreateTable) {
	switch {
	case x.OfType != nil, x.External != nil, x.Organization == token.EXTERNAL, x.Query != nil, x.Collection, x.ForExchange != nil, x.Immutable, x.Blockchain:
		w.refuse(x, "mysql-table-form", "object, external, blockchain and exchange tables, and tables made by a query, have no counterpart")
		return
	case x.Temporary == token.PRIVATE, x.Temporary != 0 && x.OnCommit == token.PRESERVE:
		w.refuse(x, "mysql-table-form", "temporary tables of a session, or whose rows outlive the transaction, have no shared definition")
		return
	case x.Shard != 0, x.Cluster != nil:
		w.refuse(x, "mysql-table-form", "sharded and cluster tables have no counterpart")
		return
	}
	table := w.tableOf(x.Name)
	t := tableText{w: w, x: x}
	if table != nil {
		t.table = table.Table
	}
	for _, c := range x.Columns {
		t.column(c)
	}
	for _, c := range x.Constraints {
		t.constraint(c, c.Columns)
	}
	for _, i := range x.Items {
		w.leave(i, "mysql-storage")
	}
	for _, p := range x.Props {
		w.leave(p, "mysql-storage")
	}
	if t.auto != "" && !t.keyed(t.auto) {
		t.keys = append(t.keys, "KEY ("+quote.Ident(t.auto)+")")
	}
	temporary := ""
	if x.Temporary != 0 {
		temporary = "GLOBAL TEMPORARY "
	}
	exists := ""
	if x.IfNotExists {
		exists = "IF NOT EXISTS "
	}
	name := w.own(x.Name)
	s := "CREATE " + temporary + "TABLE " + exists + name + " (\n  " + strings.Join(append(t.cols, t.keys...), ",\n  ") + "\n)" +
		" DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin" // compares as Oracle's BINARY, blanks count
	s += t.options
	if table != nil && table.Comment != "" {
		s += " COMMENT " + quote.Text(table.Comment)
	}
	if x.Temporary != 0 {
		s += " ON COMMIT DELETE ROWS"
	}
	if x.Partition != nil {
		s += w.partition(x.Partition, t.table)
	}
	w.emit(gen.PhaseTable, s)
	for _, f := range t.foreign {
		w.emit(gen.PhaseForeignKey, "ALTER TABLE "+name+" ADD "+f)
	}
}

// tableText is a table being written.
type tableText struct {
	w       *work
	x       *ast.CreateTable
	table   *model.Table
	cols    []string
	keys    []string
	foreign []string
	options string
	auto    string // the column that is AUTO_INCREMENT
	leading []string
}

// keyed reports whether a column leads a key.
func (t *tableText) keyed(col string) bool { return slices.Contains(t.leading, col) }

func (t *tableText) column(c *ast.ColumnDef) {
	t.cols = append(t.cols, t.w.columnText(c, t))
	for _, k := range c.Constraints {
		if k.Kind != token.NOT && k.Kind != token.NULL {
			t.constraint(k, []*ast.Name{c.Name})
		}
	}
}

// columnText writes one column. t is the table being written, nil for changes of one.
func (w *work) columnText(c *ast.ColumnDef, t *tableText) string {
	name := w.last(c.Name)
	if c.Type == nil {
		return w.refuse(c, "mysql-no-type", "column %s has no type of its own", w.f.Last(c.Name))
	}
	to := w.typeText(c, c.Type)
	if c.Visibility == token.INVISIBLE {
		w.report(c, "mysql-column-option", model.Medium, "column %s is invisible in Oracle; SELECT * shows it here", w.f.Last(c.Name))
	}
	if c.Encrypt != nil {
		w.leave(c.Encrypt, "mysql-column-option")
	}
	if c.Reservable != 0 || c.Domain != nil || c.Collation != nil {
		return w.refuse(c, "mysql-column-option", "column %s: domains, collations and reservable columns", w.f.Last(c.Name))
	}
	switch {
	case c.Identity != nil:
		to = w.identity(c, t)
	case c.Generated != nil:
		kind := " VIRTUAL"
		if c.Stored {
			kind = " STORED"
		}
		to += " GENERATED ALWAYS AS (" + w.expr(c.Generated) + ")" + kind
	}
	for _, k := range c.Constraints {
		if k.Kind == token.NOT {
			if k.Enabled == token.DISABLE {
				w.leave(k, "mysql-constraint-state")
				continue
			}
			to += " NOT NULL"
		}
	}
	if strings.HasPrefix(to, "TIMESTAMP") && !strings.Contains(to, "NOT NULL") {
		to += " NULL" // else the first of a table may be NOT NULL with a default
	}
	if c.Default != nil {
		if text, ok := w.try(c.Default, func() string { return w.defaultText(c, to) }); ok {
			to += text
		}
	}
	if t != nil && t.table != nil {
		if col := t.table.Column(w.f.Last(c.Name)); col != nil && col.Comment != "" {
			to += " COMMENT " + quote.Text(col.Comment)
		}
	}
	return name + " " + to
}

func (w *work) defaultText(c *ast.ColumnDef, to string) string {
	if c.DefaultOnNull {
		w.refuse(c, "mysql-default", "column %s: DEFAULT ON NULL", w.f.Last(c.Name))
	}
	e := ast.Unparen(c.Default)
	if text, ok := w.defaultExpression(c, e, to); ok {
		return text
	}
	if n, ok := e.(*ast.Name); ok {
		switch last := w.f.Last(n); last {
		case "SYSDATE", "CURRENT_DATE":
			w.report(n, "mysql-sysdate", model.Info, "CURRENT_TIMESTAMP is in the session's time zone, %s in that of the host", last)
			if strings.HasPrefix(to, "DATETIME(") || strings.HasPrefix(to, "TIMESTAMP(") {
				return " DEFAULT CURRENT_TIMESTAMP" + to[strings.IndexByte(to, '('):strings.IndexByte(to, ')')+1]
			}
			return " DEFAULT CURRENT_TIMESTAMP"
		case "SYSTIMESTAMP", "CURRENT_TIMESTAMP", "LOCALTIMESTAMP":
			w.report(n, "mysql-sysdate", model.Info, "CURRENT_TIMESTAMP is in the session's time zone")
			if open := strings.IndexByte(to, '('); open >= 0 && (strings.HasPrefix(to, "DATETIME(") || strings.HasPrefix(to, "TIMESTAMP(")) {
				return " DEFAULT CURRENT_TIMESTAMP" + to[open:strings.IndexByte(to, ')')+1]
			}
			return " DEFAULT CURRENT_TIMESTAMP"
		}
		if ref := w.info.Ref(n); ref.Kind == resolve.Sequence || w.f.NumParts(n) > 1 && (w.f.Last(n) == "NEXTVAL" || w.f.Last(n) == "CURRVAL") {
			return " DEFAULT " + w.name(n)
		}
	}
	if c, ok := e.(*ast.Call); ok {
		if n, ok := c.Fn.(*ast.Name); ok && (w.f.Last(n) == "EMPTY_CLOB" || w.f.Last(n) == "EMPTY_BLOB") {
			w.refuse(c, "mysql-default", "LOBs have no default")
			return ""
		}
	}
	constant := false
	switch x := e.(type) {
	case *ast.Literal:
		constant = x.Kind != ast.LitDefault
	case *ast.Unary:
		_, constant = x.X.(*ast.Literal)
		constant = constant && (x.Op.Kind == token.Minus || x.Op.Kind == token.Plus)
	}
	value := w.expr(c.Default)
	plain := strings.HasPrefix(value, "TIMESTAMP '")
	switch {
	case value == "NULL" && strings.Contains(to, " NOT NULL"):
		return ""
	case value != "NULL" && (strings.HasPrefix(to, "LONGTEXT") || strings.HasPrefix(to, "LONGBLOB") || strings.HasPrefix(to, "MEDIUMTEXT") || strings.HasPrefix(to, "JSON")):
		w.refuse(c.Default, "mysql-default", "column %s: texts of any length and LOBs have no default", w.f.Last(c.Name))
	case !constant && !plain:
		w.refuse(c.Default, "mysql-default", "column %s: %s is no constant", w.f.Last(c.Name), short(w.f.Source(c.Default)))
	}
	return " DEFAULT " + strings.TrimPrefix(value, "TIMESTAMP ")
}

// identity writes an identity column as AUTO_INCREMENT.
func (w *work) identity(c *ast.ColumnDef, t *tableText) string {
	name := w.f.Last(c.Name)
	p := rules.MySQLType(w.typeRef(c.Type))
	to := "BIGINT"
	if p.To == "INT" {
		to = "INT"
	} else if p.To == "" {
		return w.refuse(c, p.Rule, "%s", p.Note)
	}
	if t == nil {
		return w.refuse(c, "mysql-identity", "column %s: an identity column can be made with its table only", name)
	}
	if t.auto != "" {
		return w.refuse(c, "mysql-identity", "a table has one AUTO_INCREMENT column")
	}
	t.auto = strings.ToLower(name)
	why := "a rising key makes one region hot: AUTO_RANDOM spreads it where the column is the BIGINT primary key and nothing relies on its order"
	if c.Identity.Always {
		why = "a value that a program gives is taken, not refused; " + why
	}
	w.report(c, "mysql-identity", model.Low, "column %s becomes AUTO_INCREMENT: %s", name, why)
	for _, o := range c.Identity.Options {
		value := ""
		if o.Value != nil {
			value = w.f.Source(o.Value)
		}
		switch o.Kind {
		case token.START:
			t.options += " AUTO_INCREMENT = " + value
		case token.INCREMENT:
			if value != "1" {
				w.refuse(o, "mysql-identity", "column %s: AUTO_INCREMENT has no step", name)
			}
		case token.CACHE:
			t.options += " AUTO_ID_CACHE = " + value
		case token.NOCACHE, token.ORDER:
			t.options += " AUTO_ID_CACHE = 1"
		case token.MAXVALUE, token.MINVALUE, token.CYCLE:
			w.report(o, "mysql-identity", model.Medium, "column %s: %s has no counterpart", name, short(w.f.Source(o)))
		}
	}
	return to + " AUTO_INCREMENT"
}

// constraint adds a constraint to the table; cols are its columns.
func (t *tableText) constraint(c *ast.Constraint, cols []*ast.Name) {
	w := t.w
	text, kind := w.constraintText(c, cols, t.table, t.x.Partition)
	if text == "" {
		return
	}
	if kind == model.ForeignKey {
		if t.x.Temporary != 0 || t.x.Partition != nil {
			w.lose(c, "mysql-foreign-key", "a partitioned or temporary table has no foreign keys")
			return
		}
		t.foreign = append(t.foreign, text)
		return
	}
	if len(cols) > 0 && (kind == model.PrimaryKey || kind == model.Unique) {
		t.leading = append(t.leading, strings.ToLower(w.f.Last(cols[0])))
	}
	t.keys = append(t.keys, text)
}

// constraintText writes a constraint; "" when nothing is left of it.
func (w *work) constraintText(c *ast.Constraint, cols []*ast.Name, table *model.Table, partition *ast.Partitioning) (string, model.ConstraintKind) {
	if c.Enabled == token.DISABLE {
		w.report(c, "mysql-constraint-state", model.Low, "the constraint is disabled in Oracle: left out")
		w.leave(c, "mysql-constraint-state")
		return "", ""
	}
	head := ""
	if c.Name != nil {
		head = "CONSTRAINT " + w.last(c.Name) + " "
	}
	var names []string
	for _, n := range cols {
		names = append(names, w.f.Last(n))
	}
	global := ""
	if partition != nil && !w.coversPartition(partition, names) {
		global = " GLOBAL"
		w.report(c, "mysql-partition", model.Medium, "the key does not hold the partition key: a GLOBAL index, from TiDB 8.4 on")
	}
	deferrable := c.Deferrable == token.DEFERRABLE || c.Initially == token.DEFERRED
	switch c.Kind {
	case token.PRIMARY, token.UNIQUE:
		if table != nil {
			if why := keyTooLong(table, names); why != "" {
				w.refuse(c, "mysql-index-length", "%s", why)
			}
		}
		if deferrable {
			w.report(c, "mysql-constraint-state", model.Medium, "the key is checked at once, not at COMMIT")
		}
		if c.Kind == token.PRIMARY {
			if global != "" {
				global = " NONCLUSTERED GLOBAL"
			}
			return head + "PRIMARY KEY (" + w.columns(cols) + ")" + global, model.PrimaryKey
		}
		w.partialNull(c, names, table)
		key := "UNIQUE KEY "
		if c.Name != nil {
			key += w.last(c.Name) + " "
		}
		return key + "(" + w.columns(cols) + ")" + global, model.Unique
	case token.CHECK:
		w.report(c, "mysql-check", model.Medium, "held only where tidb_enable_check_constraint is ON, which it is not by default")
		check, ok := w.try(c, func() string { return w.expr(c.Check) })
		if !ok {
			return "", ""
		}
		return head + "CHECK (" + check + ")", model.Check
	case token.FOREIGN:
		text := w.foreignKey(c, cols, head, deferrable)
		if text == "" {
			return "", ""
		}
		return text, model.ForeignKey
	}
	w.refuse(c, "mysql-no-type", "%s", short(w.f.Source(c)))
	return "", ""
}

// partialNull reports unique keys of several columns that can be NULL in part.
func (w *work) partialNull(n ast.Node, cols []string, table *model.Table) {
	if len(cols) < 2 || table == nil {
		return
	}
	var nullable []string
	for _, name := range cols {
		if c := table.Column(name); c != nil && !c.NotNull {
			nullable = append(nullable, name)
		}
	}
	if len(nullable) > 0 && len(nullable) < len(cols) || len(nullable) == len(cols) {
		w.report(n, "mysql-unique-null", model.Medium, "keys with NULL in %s collide in Oracle when the other columns are equal; here they never do", strings.Join(nullable, ", "))
	}
}

func (w *work) foreignKey(c *ast.Constraint, cols []*ast.Name, head string, deferrable bool) string {
	parts := w.f.Parts(c.RefTable)
	schema := w.u.Schema
	if len(parts) > 1 {
		schema = parts[0]
	}
	ref := w.qualified(c.RefTable, schema, parts[len(parts)-1])
	refCols := c.RefColumns
	list := w.columns(refCols)
	parent := w.catalog.Find(model.KindTable, schema, parts[len(parts)-1])
	if len(refCols) == 0 { // the primary key
		var names []string
		if parent != nil && parent.Table != nil {
			for _, k := range parent.Table.Constraints {
				if k.Kind == model.PrimaryKey {
					for _, n := range k.Columns {
						names = append(names, w.ident(c, n))
					}
				}
			}
		}
		if names == nil {
			w.lose(c, "mysql-foreign-key", "the primary key of %s is not in the source", w.f.Source(c.RefTable))
			return ""
		}
		list = strings.Join(names, ", ")
	}
	if parent != nil && parent.Table != nil && parent.Table.Partition != nil {
		w.lose(c, "mysql-foreign-key", "%s is partitioned: no foreign key can point to it", w.f.Source(c.RefTable))
		return ""
	}
	if deferrable {
		w.report(c, "mysql-foreign-key", model.Medium, "the key is checked at once, not at COMMIT")
	} else {
		w.report(c, "mysql-foreign-key", model.Info, "checked from TiDB 6.6 on, generally available from 8.5 on")
	}
	s := head + "FOREIGN KEY (" + w.columns(cols) + ") REFERENCES " + ref + " (" + list + ")"
	switch c.OnDelete {
	case token.CASCADE:
		s += " ON DELETE CASCADE"
	case token.SET:
		s += " ON DELETE SET NULL"
	}
	return s
}

// partitionKinds are the ways of cutting that TiDB has, with its word.
var partitionKinds = map[token.Keyword]string{token.RANGE: "RANGE COLUMNS", token.LIST: "LIST COLUMNS", token.HASH: "KEY"}

func (w *work) partition(p *ast.Partitioning, table *model.Table) string {
	kind := partitionKinds[p.Kind]
	if p.Kind == token.REFERENCE {
		w.report(p, "mysql-partition", model.Medium, "PARTITION BY REFERENCE: the table is not cut")
		return ""
	}
	if kind == "" {
		return w.refuse(p, "mysql-partition", "PARTITION BY %s", p.Kind)
	}
	if p.Sub != nil {
		w.report(p.Sub, "mysql-partition", model.Low, "there is one level of partitions: subpartitions are left out")
	}
	if p.Interval != nil || p.Automatic {
		w.report(p, "mysql-partition", model.High, "no partitions are made by themselves: rows beyond those written here are refused until a job adds more")
	}
	if table != nil && p.Kind != token.HASH {
		for _, n := range p.Columns {
			if c := table.Column(w.f.Last(n)); c != nil {
				to := rules.MySQLType(c.Type).To
				if strings.HasPrefix(to, "DECIMAL") || strings.HasPrefix(to, "DOUBLE") || strings.HasPrefix(to, "TIMESTAMP") || wide(c.Type) < 0 {
					return w.refuse(n, "mysql-partition", "a column of type %s cannot be a key of partitions by %s", to, kind)
				}
			}
		}
	}
	s := "\nPARTITION BY " + kind + " (" + w.columns(p.Columns) + ")"
	if p.Kind == token.HASH {
		w.report(p, "mysql-partition", model.Low, "rows go to other partitions than in Oracle")
		count := fmt.Sprint(len(p.Partitions))
		if p.Count != nil {
			count = w.f.Source(p.Count)
		}
		if count == "0" {
			count = "1"
		}
		return s + " PARTITIONS " + count
	}
	var list []string
	for i, d := range p.Partitions {
		list = append(list, w.partitionDef(d, i))
	}
	if len(list) == 0 {
		return w.refuse(p, "mysql-partition", "no partition is written")
	}
	return s + " (\n  " + strings.Join(list, ",\n  ") + "\n)"
}

func (w *work) partitionDef(d *ast.PartitionDef, i int) string {
	name := fmt.Sprintf("p%d", i+1)
	if d.Name != nil {
		name = w.last(d.Name)
	}
	var values []string
	for _, v := range d.Values {
		if l, ok := v.(*ast.Literal); ok && l.Kind == ast.LitDefault {
			return "PARTITION " + name + " DEFAULT"
		}
		if n, ok := v.(*ast.Name); ok && w.f.Last(n) == "MAXVALUE" {
			values = append(values, "MAXVALUE")
			continue
		}
		if n, ok := v.(*ast.Name); ok && w.f.Last(n) == "DEFAULT" {
			return "PARTITION " + name + " DEFAULT"
		}
		if s, ok := w.boundDate(v); ok {
			values = append(values, s)
			continue
		}
		s := strings.TrimPrefix(w.expr(v), "TIMESTAMP ")
		if _, constant := v.(*ast.Literal); !constant && !strings.HasPrefix(s, "'") && !strings.HasPrefix(s, "(") && !strings.HasPrefix(s, "-") {
			w.refuse(v, "mysql-partition", "%s is no constant", short(w.f.Source(v)))
		}
		values = append(values, s)
	}
	word := " VALUES LESS THAN ("
	if d.Bound == token.VALUES {
		word = " VALUES IN ("
	}
	return "PARTITION " + name + word + strings.Join(values, ", ") + ")"
}

// coversPartition reports whether a key holds all columns of the partition key.
func (w *work) coversPartition(p *ast.Partitioning, cols []string) bool {
	if p.Kind == token.REFERENCE {
		return true
	}
	for _, n := range p.Columns {
		if !slices.Contains(cols, w.f.Last(n)) {
			return false
		}
	}
	return true
}
