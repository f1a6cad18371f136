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
	// Within says whether a use keeps to what a target with Needs in part can do; nil: nobody can tell, so that
	// every use is reported with the target's condition.
	Within func(p *Pass, n ast.Node) bool
	// Family is the family of targets whose conversion the rule is of; see PostgreSQLFamily.
	Family string
	Before string // Oracle example that makes the rule report
	After  string // what it becomes on PostgreSQL; "" where nothing can stand for it
	// On says what the rule looks at: node types (On) or catalog objects (OnObject). Both may be set.
	On       []Matcher
	OnObject func(p *ObjectPass)
	// Conversion marks a rule that only the conversion itself reports: whether it applies is known when the code is
	// converted and not before. On is empty then.
	Conversion bool
}

// Matcher couples a node type, or names of built-ins, with the function that looks at them. Make it with Node or
// Builtin.
type Matcher struct {
	key   ast.Node // a nil pointer of the node type: dispatch is by type
	run   func(p *Pass, n ast.Node)
	names []string
	use   func(p *Pass, u Use)
}

// Node makes a matcher for one node type.
func Node[N ast.Node](run func(p *Pass, n N)) Matcher {
	var zero N
	return Matcher{key: zero, run: func(p *Pass, n ast.Node) { run(p, n.(N)) }}
}

// Use is one use of something Oracle supplies: a function, a pseudo-column, a member of a package.
type Use struct {
	Name string    // folded: NVL, SYSDATE, DBMS_OUTPUT.PUT_LINE; NEXTVAL and CURRVAL without their sequence
	At   *ast.Name // where it is named
	Call *ast.Call // nil without parentheses
}

// Node is the whole use, arguments included.
func (u Use) Node() ast.Node {
	if u.Call != nil {
		return u.Call
	}
	return u.At
}

// Arg is the i-th argument, nil when there are fewer.
func (u Use) Arg(i int) ast.Expr {
	if u.Call == nil || i >= len(u.Call.Args) {
		return nil
	}
	return u.Call.Args[i].X
}

// Args is the number of arguments.
func (u Use) Args() int {
	if u.Call == nil {
		return 0
	}
	return len(u.Call.Args)
}

// Builtin makes a matcher for built-in names: functions and pseudo-columns by name, members of supplied packages
// as PACKAGE.MEMBER, all of a package as "PACKAGE.*", those of every other supplied package as "*.*". A name that
// is known to be something of the user's own never matches.
func Builtin(run func(p *Pass, u Use), names ...string) Matcher {
	return Matcher{names: names, use: run}
}
