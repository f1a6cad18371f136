package rules

import (
	"fmt"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

var partitionWork = &Rule{
	Code: "CV0214", Name: "partition-maintenance", Since: first, Group: groupTables, Severity: model.Medium, Effort: model.Review, Needs: FeaturePartitionWork,
	Before: `ALTER TABLE sale DROP PARTITION north`,
	After:  `DROP TABLE sale_north`,
	On:     []Matcher{Node(partitionWorkAction)},
}

func partitionWorkAction(p *Pass, a *ast.AlterAction) {
	if a.Object != token.PARTITION && a.Object != token.SUBPARTITION || a.Verb == token.ADD {
		return
	}
	how := "in PostgreSQL a partition is a table: ATTACH, DETACH, DROP TABLE and TRUNCATE do the work"
	sev := p.rule.Severity
	switch a.Verb {
	case token.SPLIT, token.MERGE, token.COALESCE:
		how, sev = "PostgreSQL has no such command below version 19: detach, make new tables, move the rows, attach", model.High
	case token.EXCHANGE:
		how = "in PostgreSQL: DETACH the old table, ATTACH the new one"
	}
	p.ReportAs(a, sev, model.Review, fmt.Sprintf("%s %s: %s", a.Verb, a.Object, how))
}
