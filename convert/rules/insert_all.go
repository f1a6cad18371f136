package rules

import (
	"fmt"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
)

var insertAll = &Rule{
	Code: "CV0502", Name: "insert-all", Since: first, Group: groupDML, Severity: model.Medium, Effort: model.Auto,
	Before: `INSERT ALL INTO dept (deptno) VALUES (empno) INTO orders (order_no) VALUES (empno) SELECT empno FROM emp`,
	After: `WITH src AS (SELECT empno FROM emp), i1 AS (INSERT INTO dept (deptno) SELECT empno FROM src)
INSERT INTO orders (order_no) SELECT empno FROM src`,
	On: []Matcher{Node(insertAllStmt)},
}

func insertAllStmt(p *Pass, m *ast.MultiInsert) {
	what := "ALL"
	n := len(m.Into) + len(m.Else)
	for _, w := range m.Whens {
		n += len(w.Into)
	}
	if m.First {
		what = "FIRST"
	}
	p.Report(m, fmt.Sprintf("INSERT %s into %s becomes one query with data-modifying WITH items; the order of the inserts is not fixed", what, count(n, "table")))
}
