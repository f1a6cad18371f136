package rules

import (
	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
)

var matchRecognize = &Rule{
	Code: "CV0312", Name: "match-recognize", Since: first, Group: groupQuery, Severity: model.Blocker, Effort: model.Manual,
	Before: `SELECT * FROM tick MATCH_RECOGNIZE (ORDER BY at MEASURES a.price AS p PATTERN (a b+) DEFINE b AS b.price > 1)`,
	After:  ``,
	On:     []Matcher{Node(matchRecognizeTable)},
}

func matchRecognizeTable(p *Pass, t *ast.MatchRecognize) {
	p.Report(t, "MATCH_RECOGNIZE finds patterns over rows; PostgreSQL has nothing like it: window functions over marked groups, or a procedure")
}
