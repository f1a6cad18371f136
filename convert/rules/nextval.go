package rules

import (
	"fmt"
	"strings"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
)

var nextval = &Rule{
	Code: "CV0428", Name: "nextval", Since: first, Group: groupFunctions, Severity: model.Info, Effort: model.Auto, Needs: FeatureNextval,
	Before: `SELECT order_seq.NEXTVAL FROM emp`,
	After:  `SELECT nextval('order_seq') FROM emp`,
	On:     []Matcher{Builtin(nextvalUse, "NEXTVAL", "CURRVAL")},
}

func nextvalUse(p *Pass, u Use) {
	if u.Call != nil {
		return
	}
	if n := u.At; u.Name == "NEXTVAL" && p.nextvalAgain(n) {
		p.ReportAs(n, model.High, model.Auto, fmt.Sprintf("%s stands more than once in one statement: Oracle gives the same number to all of a row, nextval() a new one each", p.text(n)))
		return
	}
	p.Report(u.At, fmt.Sprintf("%s becomes %s('...')", p.text(u.At), strings.ToLower(u.Name)))
}

// nextvalAgain reports whether the same sequence was already drawn from earlier in the same SQL statement.
func (p *Pass) nextvalAgain(n *ast.Name) bool {
	var stmt ast.Node
	for _, up := range p.parents {
		switch up.(type) {
		case *ast.Insert, *ast.Update, *ast.Merge, *ast.SelectStmt, *ast.MultiInsert:
			stmt = up
		}
	}
	if stmt == nil {
		return false
	}
	again := false
	text := strings.ToUpper(p.text(n))
	ast.Walk(stmt, func(c ast.Node) bool {
		if m, ok := c.(*ast.Name); ok && m.Lo < n.Lo && m.Hi-m.Lo == n.Hi-n.Lo && strings.ToUpper(p.text(m)) == text {
			again = true
		}
		return !again
	})
	return again
}
