package rules

import (
	"fmt"
	"strings"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

var hintRule = &Rule{
	Code: "CV0317", Name: "hint", Since: first, Group: groupQuery, Severity: model.Info, Effort: model.Auto, Needs: FeatureHints,
	Before: `SELECT /*+ INDEX(e emp_i) */ ename FROM emp e`,
	After:  `SELECT ename FROM emp e`,
	On: []Matcher{
		Node(func(p *Pass, q *ast.QueryBlock) { hintBehind(p, q) }), Node(func(p *Pass, s *ast.Insert) { hintBehind(p, s) }),
		Node(func(p *Pass, s *ast.Update) { hintBehind(p, s) }), Node(func(p *Pass, s *ast.Delete) { hintBehind(p, s) }),
		Node(func(p *Pass, s *ast.Merge) { hintBehind(p, s) }),
	},
}

// hintBehind looks for a hint behind the first word of a statement, the only place where Oracle reads one.
func hintBehind(p *Pass, n ast.Node) {
	lo := n.Range().Lo
	if int(lo)+1 >= len(p.File.Tokens) || p.File.Tokens[lo+1].Flags&token.FlagHint == 0 {
		return
	}
	text := string(p.File.Src[p.File.Tokens[lo].End():p.File.Tokens[lo+1].Off])
	text = strings.Join(strings.Fields(strings.Trim(strings.TrimSpace(text), "/*+- ")), " ")
	if r := []rune(text); len(r) > 60 {
		text = string(r[:59]) + "…"
	}
	p.Report(n, fmt.Sprintf("the hint %q means nothing to PostgreSQL; the plan has to be looked at, pg_hint_plan takes some of them", text))
}
