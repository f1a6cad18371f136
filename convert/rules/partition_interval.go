package rules

import (
	"fmt"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
)

var partitionInterval = &Rule{
	Code: "CV0210", Name: "partition-interval", Since: first, Group: groupTables, Severity: model.Medium, Effort: model.Review, Needs: FeatureIntervalPartitions,
	Before: `CREATE TABLE log (id INTEGER) PARTITION BY RANGE (id) INTERVAL (1000) (PARTITION p0 VALUES LESS THAN (1000))`,
	After: `CREATE TABLE log (id integer) PARTITION BY RANGE (id);
CREATE TABLE log_p0 PARTITION OF log FOR VALUES FROM (MINVALUE) TO (1000)`,
	On: []Matcher{Node(partitionIntervalClause)},
}

func partitionIntervalClause(p *Pass, c *ast.Partitioning) {
	switch {
	case c.Interval != nil:
		p.Report(c, fmt.Sprintf("Oracle makes new partitions by itself every %s; in PostgreSQL they must be made ahead (by a job or pg_partman), else INSERT fails or lands in the default partition", p.text(c.Interval)))
	case c.Automatic:
		p.Report(c, "Oracle makes new list partitions by itself; in PostgreSQL they must be made ahead, else INSERT fails or lands in the default partition")
	}
}
