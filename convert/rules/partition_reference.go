package rules

import (
	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

var partitionReference = &Rule{
	Code: "CV0211", Name: "partition-reference", Since: first, Group: groupTables, Severity: model.High, Effort: model.Manual,
	Before: `CREATE TABLE child (id INTEGER, parent_id INTEGER NOT NULL, CONSTRAINT child_fk FOREIGN KEY (parent_id) REFERENCES parent (id)) PARTITION BY REFERENCE (child_fk)`,
	After:  ``,
	On:     []Matcher{Node(partitionReferenceClause)},
}

func partitionReferenceClause(p *Pass, c *ast.Partitioning) {
	switch c.Kind {
	case token.REFERENCE:
		p.Report(c, "the table is cut as its parent is, through the foreign key; in PostgreSQL the partition key must be a column of the table: copy the parent's key into it")
	case token.SYSTEM:
		p.Report(c, "the application names the partition of every row; PostgreSQL has no such partitioning: add a key column and partition by list")
	case token.PARTITIONSET, token.CONSISTENT:
		p.Report(c, "sharded partitioning has no counterpart in PostgreSQL; hash partitions, or several databases behind foreign tables, are nearest")
	}
}
