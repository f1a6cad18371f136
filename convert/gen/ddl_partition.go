package gen

import (
	"fmt"
	"slices"
	"strings"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
	"landfall/internal/postgres/quote"
)

// partitioned reports whether the table keeps its partitions in PostgreSQL: there every unique key must hold the
// partition key, and keys go before partitions.
func (g *gen) partitioned(o *model.Object) bool { return g.e.partitioned(o) }

func (e *Estate) partitioned(o *model.Object) bool {
	if o == nil || o.Table == nil || o.Table.Partition == nil || o.Table.Temporary != "" {
		return false
	}
	p := o.Table.Partition
	switch p.Kind {
	case "RANGE", "LIST", "HASH":
	default:
		return false
	}
	if len(p.Columns) == 0 || p.Kind == "LIST" && len(p.Columns) > 1 { // PostgreSQL lists values of one column
		return false
	}
	for _, c := range o.Table.Constraints {
		if c.Kind != model.PrimaryKey && c.Kind != model.Unique || c.Disabled {
			continue
		}
		for _, k := range append(append([]string{}, p.Columns...), p.SubColumns...) {
			if !slices.Contains(c.Columns, k) {
				return false
			}
		}
	}
	for _, k := range append(append([]string{}, p.Columns...), p.SubColumns...) {
		if c := o.Table.Column(k); c != nil && c.Virtual != "" {
			return false // a generated column cannot be a partition key
		}
	}
	return true
}

// partitionName is the table that stands for a partition, quoted and qualified.
func (n *namer) partition(o *model.Object, part string) string {
	return quote.Qualified(n.schema(o.Schema), short(n.fold(o.Name)+"_"+n.fold(part)))
}

// partitionBy is the PARTITION BY clause of a table, "" where it is not kept.
func (g *gen) partitionBy(x *ast.CreateTable, o *model.Object) string {
	p := x.Partition
	if o == nil {
		o = &model.Object{}
	}
	if !g.partitioned(o) {
		switch {
		case p.Kind == token.LIST && len(p.Columns) > 1:
			g.report(p, "partition-maintenance", "the table is not partitioned: list partitions by several columns have no counterpart")
		case p.Kind == token.RANGE, p.Kind == token.LIST, p.Kind == token.HASH:
			g.report(p, "partition-key", "the table is not partitioned: a unique key does not hold the partition key, or the key is a generated column. Put it into the keys to have partitions")
		case p.Kind == token.REFERENCE:
			g.report(p, "partition-reference", "the table is not partitioned: partitions that follow a foreign key have no counterpart")
		default:
			g.report(p, "partition-maintenance", "the table is not partitioned: %s partitions have no counterpart", strings.ToLower(p.Kind.String()))
		}
		return ""
	}
	return "\nPARTITION BY " + p.Kind.String() + " (" + strings.Join(g.words(p.Columns), ", ") + ")"
}

// partitions emits the partitions of a table into its output.
func (g *gen) partitions(x *ast.CreateTable, o *model.Object, table *Output) {
	if !g.partitioned(o) {
		return
	}
	g.partitioningStorage(x.Partition)
	var b strings.Builder
	parent := g.e.names.object(o)
	g.partitionList(&b, o, parent, x.Partition, x.Partition.Partitions, "")
	if x.Partition.Kind == token.HASH && len(x.Partition.Partitions) == 0 {
		g.hashPartitions(&b, o, parent, x.Partition.Count, "p")
	}
	if x.Partition.Interval != nil {
		g.intervalPartitions(&b, x, o, parent)
	}
	if x.Partition.Automatic {
		g.report(x.Partition, "partition-interval", "partitions are not made on demand: values without one go into the default partition")
		fmt.Fprintf(&b, "CREATE TABLE %s PARTITION OF %s DEFAULT;\n", g.e.names.partition(o, "DEFAULT"), parent)
	}
	if b.Len() > 0 {
		sql, _ := takeMarks(b.String())
		table.SQL += sql
	}
}

// partitionList writes the partitions of one level. prefix goes into the names of sub-partitions.
func (g *gen) partitionList(b *strings.Builder, o *model.Object, parent string, p *ast.Partitioning, list []*ast.PartitionDef, prefix string) {
	low := make([]string, len(p.Columns))
	for i := range low {
		low[i] = "MINVALUE"
	}
	for i, d := range list {
		name := fmt.Sprintf("SYS_P%d", i+1)
		if d.Name != nil {
			name = g.f.Last(d.Name)
		} else if prefix != "" {
			name = prefix + "_" + name
		}
		child := g.e.names.partition(o, name)
		bound := ""
		switch p.Kind {
		case token.RANGE:
			high := g.rangeBound(d)
			bound = "FOR VALUES FROM (" + strings.Join(low, ", ") + ") TO (" + strings.Join(high, ", ") + ")"
			low = high
		case token.LIST:
			bound = g.listBound(d)
		case token.HASH:
			bound = fmt.Sprintf("FOR VALUES WITH (MODULUS %d, REMAINDER %d)", len(list), i)
		}
		sub := ""
		if p.Sub != nil {
			sub = "\n    PARTITION BY " + p.Sub.Kind.String() + " (" + strings.Join(g.words(p.Sub.Columns), ", ") + ")"
		}
		fmt.Fprintf(b, "CREATE TABLE %s PARTITION OF %s\n    %s%s;\n", child, parent, bound, sub)
		g.partitionStorage(d)
		if p.Sub != nil {
			subs, pre := d.Subs, ""
			if len(subs) == 0 {
				subs, pre = p.Sub.Template, name
			}
			switch {
			case len(subs) > 0:
				g.subPartitions(b, o, child, p.Sub, subs, pre)
			case p.Sub.Kind == token.HASH:
				count := d.SubCount
				if count == nil {
					count = p.Sub.Count
				}
				g.hashPartitions(b, o, child, count, name)
			default:
				fmt.Fprintf(b, "CREATE TABLE %s PARTITION OF %s DEFAULT;\n", g.e.names.partition(o, name+"_DEFAULT"), child)
			}
		}
	}
}

// partitionStorage enters what a partition says of its storage in the ledger.
func (g *gen) partitionStorage(d *ast.PartitionDef) {
	for _, n := range d.StoreIn {
		g.ignore(n, "storage", "STORE IN %s", g.source(n))
	}
	for _, p := range d.Props {
		g.storage(p)
	}
}

// partitioningStorage does so for a whole PARTITION BY; the partitions of a template stand in the ledger once.
func (g *gen) partitioningStorage(p *ast.Partitioning) {
	if p == nil {
		return
	}
	for _, n := range p.StoreIn {
		g.ignore(n, "storage", "STORE IN %s", g.source(n))
	}
	for _, c := range p.Props {
		g.storage(c)
	}
	for _, d := range p.Template {
		g.partitionStorage(d)
	}
	g.partitioningStorage(p.Sub)
}

// subPartitions writes sub-partitions; those of a template get the partition's name in front.
func (g *gen) subPartitions(b *strings.Builder, o *model.Object, parent string, p *ast.Partitioning, list []*ast.PartitionDef, prefix string) {
	low := make([]string, len(p.Columns))
	for i := range low {
		low[i] = "MINVALUE"
	}
	for i, d := range list {
		name := fmt.Sprintf("SYS_SUBP%d", i+1)
		if d.Name != nil {
			name = g.f.Last(d.Name)
		}
		if prefix != "" {
			name = prefix + "_" + name
		}
		bound := ""
		switch p.Kind {
		case token.RANGE:
			high := g.rangeBound(d)
			bound = "FOR VALUES FROM (" + strings.Join(low, ", ") + ") TO (" + strings.Join(high, ", ") + ")"
			low = high
		case token.LIST:
			bound = g.listBound(d)
		case token.HASH:
			bound = fmt.Sprintf("FOR VALUES WITH (MODULUS %d, REMAINDER %d)", len(list), i)
		}
		fmt.Fprintf(b, "CREATE TABLE %s PARTITION OF %s\n    %s;\n", g.e.names.partition(o, name), parent, bound)
		if prefix == "" {
			g.partitionStorage(d)
		}
	}
}

func (g *gen) hashPartitions(b *strings.Builder, o *model.Object, parent string, count ast.Expr, prefix string) {
	n := 1
	if l, ok := count.(*ast.Literal); ok {
		if _, err := fmt.Sscan(g.f.Source(l), &n); err != nil || n < 1 {
			n = 1
		}
	}
	for i := range n {
		fmt.Fprintf(b, "CREATE TABLE %s PARTITION OF %s\n    FOR VALUES WITH (MODULUS %d, REMAINDER %d);\n", g.e.names.partition(o, fmt.Sprintf("%s%d", strings.ToUpper(prefix), i+1)), parent, n, i)
	}
}

func (g *gen) rangeBound(d *ast.PartitionDef) []string {
	var list []string
	for _, v := range d.Values {
		if n, ok := v.(*ast.Name); ok && g.f.Last(n) == "MAXVALUE" {
			list = append(list, "MAXVALUE")
			continue
		}
		list = append(list, g.boundValue(v))
	}
	return list
}

func (g *gen) listBound(d *ast.PartitionDef) string {
	var list []string
	for _, v := range d.Values {
		if l, ok := v.(*ast.Literal); ok && l.Kind == ast.LitDefault {
			return "DEFAULT"
		}
		if n, ok := v.(*ast.Name); ok && g.f.Last(n) == "DEFAULT" {
			return "DEFAULT"
		}
		if l, ok := v.(*ast.List); ok {
			g.report(l, "partition-maintenance", "list partitions by several columns have no counterpart")
			return "DEFAULT"
		}
		list = append(list, g.boundValue(v))
	}
	return "FOR VALUES IN (" + strings.Join(list, ", ") + ")"
}

// boundValue converts a bound; PostgreSQL evaluates it when the partition is made.
func (g *gen) boundValue(v ast.Expr) string {
	g.sql++
	defer func() { g.sql-- }()
	return g.text(v)
}

// intervalPartitions makes partitions ahead where the interval and the last bound are constants, and a default one for
// what lies beyond.
func (g *gen) intervalPartitions(b *strings.Builder, x *ast.CreateTable, o *model.Object, parent string) {
	count := g.e.Policy.MaxPartitions
	if count == 0 {
		count = 12
	}
	list := x.Partition.Partitions
	if len(list) > 0 && len(list[len(list)-1].Values) == 1 {
		last := g.boundValue(list[len(list)-1].Values[0])
		step := g.boundValue(x.Partition.Interval)
		if auto := g.e.names.partition(o, "AUTO_"); last != "MAXVALUE" && g.refusal == nil && !strings.Contains(auto, `"`) {
			fmt.Fprintf(b, "DO $$\nDECLARE\n    low %s := %s;\nBEGIN\n    FOR i IN 1 .. %d LOOP\n        EXECUTE format('CREATE TABLE %%s PARTITION OF %%s FOR VALUES FROM (%%L) TO (%%L)',\n            %s || i, %s, low, low + %s);\n        low := low + %s;\n    END LOOP;\nEND $$;\n",
				g.boundType(o), last, count, quote.Literal(auto), quote.Literal(parent), step, step)
		}
	}
	fmt.Fprintf(b, "CREATE TABLE %s PARTITION OF %s DEFAULT;\n", g.e.names.partition(o, "DEFAULT"), parent)
	g.report(x.Partition, "partition-interval", "%d partitions are made ahead and one for the rest: PostgreSQL makes none on demand. Make new ones by a job (pg_partman) before they are needed", count)
}

func (g *gen) boundType(o *model.Object) string {
	if c := o.Table.Column(o.Table.Partition.Columns[0]); c != nil {
		if s, ok := g.builtinType(c.Type, inColumn); ok {
			return s
		}
	}
	return "timestamp"
}
