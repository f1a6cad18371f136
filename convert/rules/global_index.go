package rules

import (
	"fmt"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
)

var globalIndex = &Rule{
	Code: "CV0215", Name: "global-index", Since: first, Group: groupTables, Severity: model.Medium, Effort: model.Review, Needs: FeatureGlobalIndex,
	Before: `CREATE INDEX sale_i ON sale (amount) GLOBAL PARTITION BY HASH (amount) PARTITIONS 4`,
	After:  `CREATE INDEX sale_i ON sale (amount)`,
	On:     []Matcher{Node(globalIndexDef)},
}

func globalIndexDef(p *Pass, c *ast.CreateIndex) {
	if c.Partition != nil && c.Partition.Global {
		p.Report(c.Name, fmt.Sprintf("index %s is partitioned by its own rule; PostgreSQL has only local indexes, one a partition, so a search without the partition key visits all of them", p.name(c.Name)))
	}
}
