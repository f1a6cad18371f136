package rules

import (
	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
)

var subpartition = &Rule{
	Code: "CV0213", Name: "subpartition", Since: first, Group: groupTables, Severity: model.Low, Effort: model.Auto, Needs: FeaturePartitions,
	Before: `CREATE TABLE sale (region INTEGER, id INTEGER) PARTITION BY LIST (region) SUBPARTITION BY HASH (id) SUBPARTITIONS 4 (PARTITION north VALUES (1))`,
	After: `CREATE TABLE sale (region integer, id integer) PARTITION BY LIST (region);
CREATE TABLE sale_north PARTITION OF sale FOR VALUES IN (1) PARTITION BY HASH (id);
CREATE TABLE sale_north_0 PARTITION OF sale_north FOR VALUES WITH (MODULUS 4, REMAINDER 0)`,
	On: []Matcher{Node(subpartitionClause)},
}

func subpartitionClause(p *Pass, c *ast.Partitioning) {
	if c.Sub != nil {
		p.Report(c.Sub, "sub-partitions become partitioned partitions, each a table of its own; templates are written out")
	}
}
