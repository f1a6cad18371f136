package rules

import (
	"fmt"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
)

var sampleRule = &Rule{
	Code: "CV0316", Name: "sample", Since: first, Group: groupQuery, Severity: model.Low, Effort: model.Auto,
	Before: `SELECT ename FROM emp SAMPLE (10)`,
	After:  `SELECT ename FROM emp TABLESAMPLE bernoulli (10)`,
	On:     []Matcher{Node(sampleClause)},
}

func sampleClause(p *Pass, s *ast.Sample) {
	method := "bernoulli"
	if s.Block {
		method = "system"
	}
	p.Report(s, fmt.Sprintf("SAMPLE becomes TABLESAMPLE %s; another draw of rows than Oracle's", method))
}
