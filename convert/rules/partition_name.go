package rules

import (
	"fmt"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
)

var partitionName = &Rule{
	Code: "CV0330", Name: "partition-name", Since: first, Group: groupQuery, Severity: model.Low, Effort: model.Auto,
	Before: `SELECT amount FROM sale PARTITION (north)`,
	After:  `SELECT amount FROM sale_north`,
	On:     []Matcher{Node(partitionNameTable)},
}

func partitionNameTable(p *Pass, t *ast.TableName) {
	if t.Partition == nil {
		return
	}
	if len(t.Partition.Exprs) > 0 {
		p.ReportAs(t, model.Medium, model.Review, fmt.Sprintf("%s names a partition by its values; the condition on the partition key does it in PostgreSQL", p.text(t)))
		return
	}
	p.Report(t, fmt.Sprintf("%s names a partition: in PostgreSQL it is a table of its own", p.text(t)))
}
