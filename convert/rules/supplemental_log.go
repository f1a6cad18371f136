package rules

import (
	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

var supplementalLog = &Rule{
	Code: "CV0225", Name: "supplemental-log", Since: first, Group: groupTables, Severity: model.Info, Effort: model.Auto,
	Before: `ALTER TABLE orders ADD SUPPLEMENTAL LOG DATA (ALL) COLUMNS`,
	After:  `ALTER TABLE orders REPLICA IDENTITY FULL`,
	On:     []Matcher{Node(supplementalLogTable), Node(supplementalLogAlter)},
}

func supplementalLogTable(p *Pass, t *ast.CreateTable) {
	for _, c := range t.Items {
		if c.Head == token.SUPPLEMENTAL {
			reportSupplementalLog(p, c)
		}
	}
}

func supplementalLogAlter(p *Pass, a *ast.AlterAction) {
	for _, c := range a.Props {
		if a.Object == token.SUPPLEMENTAL || c.Head == token.SUPPLEMENTAL {
			reportSupplementalLog(p, a)
			return
		}
	}
}

func reportSupplementalLog(p *Pass, n ast.Node) {
	p.Report(n, "supplemental logging serves change capture from Oracle and has no meaning on the target; REPLICA IDENTITY does the like there")
}
