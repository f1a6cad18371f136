// Package rules is the table of everything that differs between Oracle and a target: one file a rule, a record
// plus a function. Assess runs the table to report, convert runs the same table to rewrite, so that an
// assessment cannot promise what the conversion does not do.
//
// Input -> output: a resolved statement or a catalog object in, findings (and, in conversion, changes) out. A
// rule sees one statement at a time, looks at the tree and never at text, keeps no state and may run at the
// same time on any number of statements. Titles and explanations are not in the records but in text/en.yaml and
// text/zh.yaml, by code.
package rules

import (
	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
)

// Rule is one record of the table.
type Rule struct {
	Code     string         // CV and four digits; never changes its meaning, never used again
	Name     string         // short, in words of the field: nvl, outer-join
	Since    string         // version of the program that had it first
	Group    string         // part of the language: Types, Tables, Query, Functions, PL/SQL, Packages, Transactions ...
	Severity model.Severity // the usual one; a finding may be milder or worse where the place tells
	Effort   model.Effort
	Needs    Feature // what a target must have natively for the rule to be silent; "" = the rule is always on
	Before   string  // Oracle example that makes the rule report
	After    string  // what it becomes on PostgreSQL; "" where nothing can stand for it
	// On says what the rule looks at: node types (On) or catalog objects (OnObject). Both may be set.
	On       []Matcher
	OnObject func(p *ObjectPass)
}

// Matcher couples one node type with the function that looks at such nodes. Make it with Node.
type Matcher struct {
	key any // a nil pointer of the node type: dispatch is by type
	run func(p *Pass, n ast.Node)
}

// Node makes a matcher for one node type.
func Node[N ast.Node](run func(p *Pass, n N)) Matcher {
	var zero N
	return Matcher{key: zero, run: func(p *Pass, n ast.Node) { run(p, n.(N)) }}
}
