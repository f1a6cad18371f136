package gen

import (
	"slices"
	"strings"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// bitmapJoinIndex makes an ordinary index of a bitmap join index (Data Warehousing Guide 19c, "Bitmap Join Indexes"), which
// finds rows of one table by columns of tables that it is joined with. No index of PostgreSQL reaches into another table:
// the one that is made is of the columns that the rows are joined by, behind those of the table itself, so that a query
// finds the rows of the other table first and then, by this index, those of the table.
func (g *gen) bitmapJoinIndex(x *ast.CreateIndex) {
	own := map[string]bool{} // names of the table in the statement
	_, table := g.declared(x.Table)
	for _, t := range x.From {
		if _, name := g.declared(t.Table); name != table {
			continue
		}
		own[g.f.Last(t.Table)] = true
		if t.Alias != nil {
			own[g.f.Last(t.Alias)] = true
		}
	}
	o := g.tableOf(x.Table)
	column := func(e ast.Expr) (string, bool) {
		n, ok := ast.Unparen(e).(*ast.Name)
		if !ok {
			return "", false
		}
		switch p := g.f.Parts(n); {
		case len(p) > 1 && own[p[len(p)-2]], len(p) == 1 && o != nil && o.Table != nil && o.Table.Column(p[0]) != nil:
			return g.e.names.ident(p[len(p)-1]), true
		}
		return "", false
	}
	var keys []string
	add := func(e ast.Expr) {
		if c, ok := column(e); ok && !slices.Contains(keys, c) {
			keys = append(keys, c)
		}
	}
	for _, it := range x.Items {
		add(it.X)
	}
	if x.Where != nil {
		ast.Walk(x.Where, func(n ast.Node) bool {
			if b, ok := n.(*ast.Binary); ok && b.Op.Kw != token.AND {
				add(b.X)
				add(b.Y)
			}
			return true
		})
	}
	if len(keys) == 0 {
		g.refuse(x, "bitmap-index", "a bitmap join index has no counterpart; a materialized view can hold the join")
		return
	}
	for _, p := range x.Props {
		g.indexProp(p)
	}
	if x.Partition != nil {
		g.partitioningStorage(x.Partition)
		for _, d := range x.Partition.Partitions {
			g.partitionStorage(d)
		}
	}
	var others []string
	for _, it := range x.Items {
		if _, ok := column(it.X); !ok {
			others = append(others, g.source(it.X))
		}
	}
	say := "a bitmap join index has no counterpart: an index of the columns that the rows are joined by stands for it"
	if len(others) > 0 {
		say += "; where conditions on " + strings.Join(others, ", ") + " find few rows, give them an index of their own"
	}
	g.reportAs(x, "bitmap-index", model.Medium, model.Review, "%s", say)
	g.emitDDL(x, g.indexPhase(x), "CREATE INDEX "+g.indexName(x)+"ON "+g.relation(x.Table)+" ("+strings.Join(keys, ", ")+")"+g.tablespaceOf(x.Props))
}
