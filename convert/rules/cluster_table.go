package rules

import (
	"fmt"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
)

var clusterTable = &Rule{
	Code: "CV0209", Name: "cluster-table", Since: first, Group: groupTables, Severity: model.Low, Effort: model.Auto, Needs: FeatureClusters,
	Before: `CREATE TABLE emp_c (deptno INTEGER) CLUSTER personnel (deptno)`,
	After:  `CREATE TABLE emp_c (deptno integer)`,
	On:     []Matcher{Node(clusterTableDef)},
}

func clusterTableDef(p *Pass, t *ast.CreateTable) {
	if t.Cluster != nil {
		p.Report(t.Name, fmt.Sprintf("%s shares the storage of cluster %s; PostgreSQL has no clusters of tables, it becomes a plain table with an index on the cluster key", p.name(t.Name), p.name(t.Cluster)))
	}
}
