package gen

import (
	"strings"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
	"landfall/internal/postgres/quote"
)

func (g *gen) createIndex(x *ast.CreateIndex) {
	switch {
	case x.OnCluster:
		g.ignored(x, "cluster-table", "table clusters have no counterpart, nor have their indexes")
		return
	case len(x.Items) == 0 && x.Kind == token.UNIQUE: // as DBMS_METADATA writes the index that Oracle makes for a LOB
		g.ignored(x, "storage", "the index of a LOB's chunks, which Oracle makes by itself: PostgreSQL keeps long values in TOAST tables")
		return
	case len(x.From) > 0:
		g.bitmapJoinIndex(x)
		return
	case x.IndexType != nil, x.Kind != 0 && x.Kind != token.UNIQUE && x.Kind != token.BITMAP:
		g.domainIndex(x)
		return
	}
	sql := g.indexSQL(x)
	if sql == "" {
		return
	}
	g.emitDDL(x, g.indexPhase(x), sql)
}

// indexPhase is that of views for an index of a materialized view.
func (g *gen) indexPhase(x *ast.CreateIndex) Phase {
	if o := g.tableOf(x.Table); o != nil && o.View != nil {
		return PhaseView
	}
	return PhaseIndex
}

// createIndexFor emits the index that USING INDEX (CREATE INDEX ...) of a constraint makes.
func (g *gen) createIndexFor(x *ast.CreateIndex) {
	if sql := g.indexSQL(x); sql != "" {
		g.emit(&Output{Phase: PhaseIndex, Kind: model.KindIndex, Schema: g.declaredSchema(), SQL: g.mark(x) + sql + ";\n"})
	}
}

// indexSQL is the CREATE INDEX, "" when an equal index of a key makes it needless.
func (g *gen) indexSQL(x *ast.CreateIndex) string {
	if x.Kind == token.BITMAP {
		g.report(x, "bitmap-index", "a B-tree index stands for the bitmap index: PostgreSQL makes bitmaps when it runs a query")
	}
	var keys []string
	for _, it := range x.Items {
		keys = append(keys, g.indexKey(it))
	}
	for _, p := range x.Props {
		g.indexProp(p)
	}
	if x.Partition != nil {
		g.partitioningStorage(x.Partition)
		for _, d := range x.Partition.Partitions {
			g.partitionStorage(d)
			for _, s := range d.Subs {
				g.partitionStorage(s)
			}
		}
	}
	if x.Partition != nil && x.Partition.Kind != token.LOCAL {
		g.report(x.Partition, "global-index", "the index is not partitioned by itself")
	}
	table := g.relation(x.Table)
	if o := g.tableOf(x.Table); o != nil && o.Table != nil && o.Table.Temporary == "GLOBAL" {
		table = g.rowsTable(o)
	}
	unique := ""
	if x.Kind == token.UNIQUE {
		unique = "UNIQUE "
		if o := g.tableOf(x.Table); g.partitioned(o) {
			for _, k := range o.Table.Partition.Columns {
				if !g.indexHas(x, k) {
					g.report(x, "partition-key", "a unique index of a partitioned table must hold the partition key %s: the index is made without UNIQUE", k)
					unique = ""
				}
			}
		}
	}
	return "CREATE " + unique + "INDEX " + g.indexName(x) + "ON " + table + " (" + strings.Join(keys, ", ") + ")" + g.tablespaceOf(x.Props)
}

// indexName is the name of an index with a blank behind it, "" where none is written.
func (g *gen) indexName(x *ast.CreateIndex) string {
	if x.Name == nil {
		return ""
	}
	schema, n := g.declared(x.Name)
	if o := g.e.Catalog.Find(model.KindIndex, schema, n); o != nil {
		return quote.Ident(g.e.names.index(o)) + " "
	}
	if o := g.e.object(g.unit.Object); o != nil && o.Index != nil {
		return quote.Ident(g.e.names.index(o)) + " "
	}
	return g.e.names.ident(n) + " "
}

func (g *gen) indexHas(x *ast.CreateIndex, column string) bool {
	for _, it := range x.Items {
		if n, ok := it.X.(*ast.Name); ok && g.f.Last(n) == column {
			return true
		}
	}
	return false
}

func (g *gen) indexKey(it *ast.IndexItem) string {
	g.sql++
	g.immutable = true
	defer func() { g.sql--; g.immutable = false }()
	s := ""
	switch n, ok := it.X.(*ast.Name); {
	case ok && g.f.NumParts(n) == 1:
		s = g.word(n)
	default:
		f := g.expr(it.X)
		if why := g.notImmutable(it.X, f.s); why != "" {
			g.refuse(it, "function-index", "PostgreSQL takes only immutable functions in an index: %s", why)
		}
		s = "(" + f.s + ")"
	}
	if it.Dir == token.DESC {
		s += " DESC"
	}
	return s
}

func (g *gen) indexProp(c *ast.Clause) {
	switch c.Head {
	case token.REVERSE:
		g.report(c, "reverse-index", "the index is not reversed: PostgreSQL has no reverse key indexes and does not need them for sequences")
	case token.INVISIBLE:
		g.report(c, "hidden-index", "the index is used by the optimizer: PostgreSQL cannot hide it")
	case token.UNUSABLE:
		g.report(c, "hidden-index", "the index is built and used")
	default:
		g.storage(c)
	}
}
