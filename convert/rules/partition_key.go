package rules

import (
	"fmt"
	"slices"
	"strings"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

var partitionKey = &Rule{
	Code: "CV0212", Name: "partition-key", Since: first, Group: groupTables, Severity: model.High, Effort: model.Review, Needs: FeaturePartitionKeyFree,
	Before: `CREATE TABLE sale (id INTEGER PRIMARY KEY, region INTEGER) PARTITION BY LIST (region) (PARTITION north VALUES (1))`,
	After: `CREATE TABLE sale (id integer, region integer, PRIMARY KEY (id, region)) PARTITION BY LIST (region);
CREATE TABLE sale_north PARTITION OF sale FOR VALUES IN (1)`,
	On: []Matcher{Node(partitionKeyTable)},
}

func partitionKeyTable(p *Pass, t *ast.CreateTable) {
	if t.Partition == nil || len(t.Partition.Columns) == 0 || t.Partition.Kind == token.REFERENCE {
		return
	}
	check := func(c *ast.Constraint, columns []string) {
		if c.Kind != token.PRIMARY && c.Kind != token.UNIQUE {
			return
		}
		for part := t.Partition; part != nil; part = part.Sub {
			for _, k := range part.Columns {
				if key := p.File.Last(k); !slices.Contains(columns, key) {
					p.Report(c, fmt.Sprintf("the %s key of %s lacks the partition column %s; PostgreSQL cannot keep a key unique over all partitions unless it holds the whole partition key", strings.ToLower(c.Kind.String()), p.name(t.Name), key))
					return
				}
			}
		}
	}
	for _, col := range t.Columns {
		for _, c := range col.Constraints {
			check(c, []string{p.File.Last(col.Name)})
		}
	}
	for _, c := range t.Constraints {
		columns := make([]string, len(c.Columns))
		for i, n := range c.Columns {
			columns[i] = p.File.Last(n)
		}
		check(c, columns)
	}
}
