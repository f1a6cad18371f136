package mysql

import (
	"math/big"
	"slices"
	"strings"

	"landfall/convert/gen"
	"landfall/internal/model"
	"landfall/internal/mysql/quote"
	"landfall/internal/oracle/resolve"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// indexFunctions are those that TiDB takes in an index without a switch.
var indexFunctions = []string{"LOWER", "UPPER", "REVERSE"}

func (w *work) createIndex(x *ast.CreateIndex) {
	kind := ""
	switch {
	case x.IndexType != nil, len(x.From) > 0, x.OnCluster, x.Kind != 0 && x.Kind != token.UNIQUE && x.Kind != token.BITMAP:
		w.refuse(x, "mysql-index-kind", "domain, join, cluster and vector indexes have no counterpart")
		return
	case x.Kind == token.UNIQUE:
		kind = "UNIQUE "
	case x.Kind == token.BITMAP:
		w.report(x, "mysql-index-kind", model.Low, "a bitmap index becomes an ordinary one")
	}
	if len(x.Items) == 0 {
		w.refuse(x, "mysql-index-kind", "an index that names no columns: Oracle's own, of a LOB")
		return
	}
	table := w.tableOf(x.Table)
	var keys, cols []string
	for _, i := range x.Items {
		s := ""
		if n, ok := ast.Unparen(i.X).(*ast.Name); ok && w.f.NumParts(n) == 1 && w.info.Ref(n).Kind != resolve.Builtin {
			s = w.last(n)
			cols = append(cols, w.f.Last(n))
		} else {
			s = "(" + w.expr(i.X) + ")"
			name := ""
			if c, ok := ast.Unparen(i.X).(*ast.Call); ok {
				if n, ok := c.Fn.(*ast.Name); ok {
					name = w.f.Last(n)
				}
			}
			if !slices.Contains(indexFunctions, name) {
				w.report(i, "mysql-function-index", model.High, "%s: only with allow-expression-index, which is experimental", short(w.f.Source(i.X)))
			}
		}
		if i.Dir == token.DESC {
			s += " DESC"
		}
		keys = append(keys, s)
	}
	if table != nil && table.Table != nil {
		if why := keyTooLong(table.Table, cols); why != "" {
			w.refuse(x, "mysql-index-length", "%s", why)
		}
		if kind != "" {
			w.partialNull(x, cols, table.Table)
		}
	}
	for _, p := range x.Props {
		w.leave(p, "mysql-storage")
		if p.Head == token.REVERSE {
			w.report(p, "mysql-index-kind", model.Low, "a reverse index becomes an ordinary one")
		}
	}
	if kind != "" && table != nil && table.Table != nil && table.Table.Partition != nil {
		for _, c := range table.Table.Partition.Columns {
			if !slices.Contains(cols, c) {
				w.report(x, "mysql-partition", model.Medium, "the key does not hold the partition key: a GLOBAL index, from TiDB 8.4 on")
				kind = "UNIQUE  "
				break
			}
		}
	}
	global := ""
	if kind == "UNIQUE  " {
		kind, global = "UNIQUE ", " GLOBAL"
	}
	o := w.emit(gen.PhaseIndex, "CREATE "+kind+"INDEX "+w.last(x.Name)+" ON "+w.own(x.Table)+" ("+strings.Join(keys, ", ")+")"+global)
	if table != nil {
		o.DependsOn = append(o.DependsOn, table.ID())
	}
}

var maxBigint = big.NewInt(0).SetUint64(1<<63 - 2)

func (w *work) createSequence(x *ast.CreateSequence) {
	s := "CREATE SEQUENCE " + w.own(x.Name)
	for _, o := range x.Options {
		value := ""
		if o.Value != nil {
			value = strings.ReplaceAll(w.f.Source(o.Value), " ", "")
		}
		n, number := new(big.Int).SetString(value, 10)
		switch o.Kind {
		case token.START:
			s += " START WITH " + value
		case token.INCREMENT:
			s += " INCREMENT BY " + value
		case token.MAXVALUE, token.MINVALUE:
			if number && n.CmpAbs(maxBigint) > 0 {
				w.report(o, "mysql-sequence", model.Low, "%s %s is beyond 64 bits: left out", o.Kind, value)
				continue
			}
			s += " " + o.Kind.String() + " " + value
		case token.NOMAXVALUE, token.NOMINVALUE, token.CYCLE, token.NOCYCLE, token.NOCACHE:
			s += " " + o.Kind.String()
		case token.CACHE:
			s += " CACHE " + value
		case token.ORDER:
			w.report(o, "mysql-sequence", model.Medium, "ORDER: values rise on one server only; NOCACHE gives an order at the price of a write for each value")
		case token.NOORDER, token.KEEP, token.NOKEEP, token.GLOBAL, token.NOSCALE, token.NOSHARD:
		default:
			w.refuse(o, "mysql-sequence", "%s", short(w.f.Source(o)))
		}
	}
	w.emit(gen.PhaseSequence, s)
}

func (w *work) createView(x *ast.CreateView) {
	if x.Duality || x.OfType != nil || x.Query == nil || x.Under != nil || x.Body != nil {
		w.refuse(x, "mysql-view", "object and duality views have no counterpart")
		return
	}
	cols := ""
	if len(x.Columns) > 0 {
		var names []string
		for _, c := range x.Columns {
			names = append(names, w.last(c.Name))
		}
		cols = " (" + strings.Join(names, ", ") + ")"
	}
	if x.With != token.READ {
		w.report(x, "mysql-view", model.Low, "views are read-only here")
	}
	w.hints(x)
	w.emit(gen.PhaseView, "CREATE OR REPLACE VIEW "+w.own(x.Name)+cols+" AS\n"+w.query(x.Query))
}

// commentOn leaves out comments that are part of the table that this source makes.
func (w *work) commentOn(x *ast.Comment) {
	parts := w.f.Parts(x.Object)
	want := 1
	switch x.Kind {
	case token.TABLE:
	case token.COLUMN:
		want = 2
	default:
		w.refuse(x, "mysql-statement", "comments on %s", x.Kind)
		return
	}
	if len(parts) < want {
		w.refuse(x, "mysql-statement", "%s", w.what())
		return
	}
	name, schema := parts[len(parts)-want], w.u.Schema
	if len(parts) > want {
		schema = parts[len(parts)-want-1]
	}
	id := model.NewObjectID(model.KindTable, model.CatalogName(schema, name))
	switch {
	case w.made[id]:
		w.ignored = "" // it is in the CREATE TABLE
		w.parts = append(w.parts, gen.Line{Class: gen.Converted, Object: w.object, Pos: w.u.Pos, What: "comment, in CREATE TABLE", Part: true})
	case x.Kind == token.TABLE && w.catalog.Find(model.KindTable, schema, name) != nil:
		text, _ := w.constant(x.Text)
		w.emit(gen.PhaseComment, "ALTER TABLE "+w.qualified(x, schema, name)+" COMMENT = "+quote.Text(text))
	default:
		w.report(x, "mysql-view", model.Info, "comments on views and their columns are left out")
		w.ignored = w.byName["mysql-view"].Code
	}
}

// alter writes the changes of tables that scripts make of what they have created.
func (w *work) alter(x *ast.Alter) {
	if x.Kind != token.TABLE {
		switch x.Kind {
		case token.INDEX:
			w.alterIndex(x)
			return
		case token.TRIGGER, token.PACKAGE, token.PROCEDURE, token.FUNCTION, token.TYPE, token.VIEW:
			w.ignored = w.byName["mysql-routine"].Code
			return
		}
		w.refuse(x, "mysql-alter", "%s", w.what())
		return
	}
	o := w.tableOf(x.Name)
	var table *model.Table
	var cut *ast.Partitioning
	if o != nil {
		table = o.Table
		if table != nil && table.Partition != nil {
			cut = &ast.Partitioning{Kind: token.REFERENCE}
		}
	}
	name := "ALTER TABLE " + w.own(x.Name) + " "
	for _, a := range x.Actions {
		switch {
		case a.Verb == token.ADD && a.Object == token.CONSTRAINT:
			for _, c := range a.Constraints {
				w.addConstraint(c, c.Columns, name, table, cut)
			}
		case a.Verb == token.ADD && a.Object == token.COLUMN:
			for _, c := range a.Columns {
				w.emit(gen.PhaseTable, name+"ADD COLUMN "+w.columnText(c, nil))
				for _, k := range c.Constraints {
					if k.Kind != token.NOT && k.Kind != token.NULL {
						w.addConstraint(k, []*ast.Name{c.Name}, name, table, cut)
					}
				}
			}
		case a.Verb == token.DROP && a.Object == token.COLUMN:
			for _, n := range a.Names {
				w.emit(gen.PhaseTable, name+"DROP COLUMN "+w.last(n))
			}
		case a.Verb == token.RENAME && a.Object == token.COLUMN:
			w.emit(gen.PhaseTable, name+"RENAME COLUMN "+w.last(a.Names[0])+" TO "+w.last(a.NewName))
		case a.Verb == token.ENABLE && a.Object == token.TRIGGER, a.Verb == token.DISABLE && a.Object == token.TRIGGER:
			w.ignored = w.byName["mysql-routine"].Code
		default:
			w.refuse(a, "mysql-alter", "%s", short(w.f.Source(a)))
		}
	}
	w.nothingLeft()
}

// alterIndex hides an index or shows it again; what only touches its storage is left out.
func (w *work) alterIndex(x *ast.Alter) {
	words := strings.Fields(strings.ToUpper(w.f.Source(x)))
	has := func(list ...string) bool {
		return slices.ContainsFunc(list, func(s string) bool { return slices.Contains(words, s) })
	}
	parts := w.f.Parts(x.Name)
	schema := w.u.Schema
	if len(parts) > 1 {
		schema = parts[len(parts)-2]
	}
	o := w.catalog.Find(model.KindIndex, schema, parts[len(parts)-1])
	switch {
	case has("INVISIBLE", "VISIBLE") && o != nil && o.Index != nil:
		state := "VISIBLE"
		if has("INVISIBLE") {
			state = "INVISIBLE"
		}
		out := w.emit(gen.PhaseIndex, "ALTER TABLE "+w.qualified(x, o.Index.TableSchema, o.Index.Table)+" ALTER INDEX "+w.ident(x, o.Name)+" "+state)
		out.DependsOn = append(out.DependsOn, o.ID())
	case has("REBUILD", "COALESCE", "COMPUTE", "MONITORING", "NOMONITORING", "SHRINK", "ALLOCATE", "DEALLOCATE", "LOGGING", "NOLOGGING", "PARALLEL", "NOPARALLEL", "COMPILE") && !has("RENAME", "UNUSABLE"):
		w.ignored = w.byName["mysql-storage"].Code
	default:
		w.refuse(x, "mysql-alter", "%s", w.what())
	}
}

// addConstraint adds a constraint by a statement of its own.
func (w *work) addConstraint(c *ast.Constraint, cols []*ast.Name, alter string, table *model.Table, cut *ast.Partitioning) {
	text, kind := w.constraintText(c, cols, table, nil)
	if text == "" {
		return
	}
	phase := gen.PhaseKey
	switch {
	case kind == model.ForeignKey && cut != nil:
		w.lose(c, "mysql-foreign-key", "a partitioned table has no foreign keys")
		return
	case kind == model.ForeignKey:
		phase = gen.PhaseForeignKey
	case kind != model.Check && cut != nil && !w.covers(table.Partition, cols):
		w.report(c, "mysql-partition", model.Medium, "the key does not hold the partition key: a GLOBAL index, from TiDB 8.4 on")
		if kind == model.PrimaryKey {
			text += " NONCLUSTERED"
		}
		text += " GLOBAL"
	case kind == model.PrimaryKey:
		w.report(c, "mysql-constraint-state", model.Low, "a primary key that is added later is NONCLUSTERED; put it into the CREATE TABLE to cluster the rows by it")
		text += " NONCLUSTERED"
	}
	w.emit(phase, alter+"ADD "+text)
}

func (w *work) covers(p *model.Partitioning, cols []*ast.Name) bool {
	var names []string
	for _, n := range cols {
		names = append(names, w.f.Last(n))
	}
	for _, c := range p.Columns {
		if !slices.Contains(names, c) {
			return false
		}
	}
	return true
}
