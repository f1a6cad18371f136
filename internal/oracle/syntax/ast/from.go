package ast

import "landfall/internal/oracle/syntax/token"

// TableName is a table, view, materialized view or query name in FROM or as target of DML:
//
//	hr.emp@link PARTITION (p1) AS OF SCN 5 SAMPLE (10) e   ONLY (v)   CONTAINERS (t)   SHARDS (t)
type TableName struct {
	Span
	Wrap      token.Keyword // ONLY, CONTAINERS, SHARDS or RELATIONAL around the name, 0 without
	Name      *Name
	Partition *Clause // PARTITION|SUBPARTITION (name) or FOR (values); Head tells which, Names or Exprs what
	Special   *Clause // EXTERNAL MODIFY (...) of an external table, HIERARCHIES (...) of an analytic view; Head tells which
	Flashback *Flashback
	Sample    *Sample
	Alias     *Name
}

// SubqueryRef is [LATERAL] (query) in FROM or as target of DML.
type SubqueryRef struct {
	Span
	Lateral   bool
	Query     *Select
	Restrict  *Clause // WITH READ ONLY | WITH CHECK OPTION [CONSTRAINT name], inside the parentheses
	Joined    bool    // LATERAL (...) (+)
	Flashback *Flashback
	Sample    *Sample
	Alias     *Name
	Cols      []*Name // column aliases of a table value constructor
}

// TableExpr is a collection or function used as a table: TABLE(x) (+), THE(subquery), XMLTABLE(...),
// JSON_TABLE(...), GRAPH_TABLE(...), a pipelined function or SQL macro called without TABLE, an inline
// external table.
type TableExpr struct {
	Span
	Kind      token.Keyword // TABLE, THE, EXTERNAL, ANALYTIC (an inline analytic view) or 0 for a call that stands for itself
	X         Expr
	External  *Clause // EXTERNAL ((cols) TYPE ...), ANALYTIC VIEW (...)
	Joined    bool    // (+)
	Flashback *Flashback
	Sample    *Sample
	Alias     *Name
}

// Values is a table value constructor: VALUES (1, 'a'), (2, 'b').
type Values struct {
	Span
	Rows []Expr
}

// ParenTable is a join in parentheses.
type ParenTable struct {
	Span
	X     TableRef
	Alias *Name
}

// Join is an ANSI join or APPLY. Kind is INNER (also for plain JOIN), LEFT, RIGHT, FULL, CROSS, or OUTER for
// OUTER APPLY.
type Join struct {
	Span
	Left           TableRef
	Kind           token.Keyword
	Natural, Apply bool
	Right          TableRef
	LeftPartition  []Expr // left PARTITION BY (...) RIGHT OUTER JOIN
	RightPartition []Expr // JOIN right PARTITION BY (...)
	On             Expr
	Using          []*Name
}

// Flashback is VERSIONS BETWEEN SCN|TIMESTAMP a AND b, VERSIONS PERIOD FOR t BETWEEN a AND b, AS OF
// SCN|TIMESTAMP x, AS OF PERIOD FOR t x; both may stand.
type Flashback struct {
	Span
	Versions     token.Keyword // SCN, TIMESTAMP or PERIOD; 0 without
	VersionsName *Name         // of PERIOD FOR
	From, To     Expr          // Name MINVALUE or MAXVALUE possible
	AsOf         token.Keyword // SCN, TIMESTAMP, SNAPSHOT or PERIOD; 0 without
	AsOfName     *Name
	At           Expr
}

// Sample is SAMPLE [BLOCK] (percent) [SEED (n)].
type Sample struct {
	Span
	Block   bool
	Percent Expr
	Group   Expr // SAMPLE (percent, group) of the optimizer's own queries
	Seed    Expr
}

// Pivot is X PIVOT [XML] (aggregates FOR cols IN (values)).
type Pivot struct {
	Span
	X     TableRef
	XML   bool
	Aggs  []*PivotItem
	For   []*Name
	In    []*PivotItem
	Query *Select // PIVOT XML: IN (subquery)
	Any   bool    // PIVOT XML: IN (ANY); Any with several columns too
	Alias *Name
}

// PivotItem is an expression with an alias: an aggregate, or a value of the IN list ((a, b) is a List).
type PivotItem struct {
	Span
	X     Expr
	Alias *Name
}

// Unpivot is X UNPIVOT [INCLUDE|EXCLUDE NULLS] (cols FOR cols IN (cols AS values)).
type Unpivot struct {
	Span
	X     TableRef
	Nulls token.Keyword // INCLUDE, EXCLUDE or 0
	Cols  []*Name
	For   []*Name
	In    []*UnpivotItem
	Alias *Name
}

// UnpivotItem is col [AS value] or (cols) [AS (values)].
type UnpivotItem struct {
	Span
	Cols   []*Name
	Values Expr // literal or List; nil without
}

func (*TableName) tableRefNode()   {}
func (*SubqueryRef) tableRefNode() {}
func (*TableExpr) tableRefNode()   {}
func (*ParenTable) tableRefNode()  {}
func (*Join) tableRefNode()        {}
func (*Pivot) tableRefNode()       {}
func (*Unpivot) tableRefNode()     {}
func (*Values) queryNode()         {}

// MatchRecognize is X MATCH_RECOGNIZE (...).
type MatchRecognize struct {
	Span
	X         TableRef
	Partition []Expr
	OrderBy   *OrderBy
	Measures  []*SelectItem
	Rows      *Clause // ONE ROW PER MATCH | ALL ROWS PER MATCH [SHOW|OMIT EMPTY MATCHES | WITH UNMATCHED ROWS]; Head ONE or ALL
	Skip      *Clause // AFTER MATCH SKIP ...; Names holds the variable
	Pattern   *Pattern
	Subsets   []*MatchSubset
	Define    []*SelectItem // variable AS condition
	Alias     *Name
}

// Pattern is one node of a row pattern. Kind: 0 a variable (Name); LParen a group (Items[0]; an empty group
// has none); Bar an alternation; Comma a concatenation; LBrace an exclusion {- -}; Caret and Dollar anchors;
// PERMUTE is Kind Ident with Items.
type Pattern struct {
	Span
	Kind      token.Kind
	Name      *Name
	Items     []*Pattern
	Quant     *Clause // * + ? {n} {n,} {,m} {n,m} with reluctant ?; Exprs are the bounds
	Reluctant bool
}

// MatchSubset is SUBSET name = (a, b).
type MatchSubset struct {
	Span
	Name  *Name
	Names []*Name
}

func (*MatchRecognize) tableRefNode() {}

// NestedJSON is X NESTED [PATH] column[.path] [, path] [ON ERROR ...] COLUMNS (...), the short form of a lateral left join
// to JSON_TABLE. Call has no Fn; its arguments and options are those of JSON_TABLE.
type NestedJSON struct {
	Span
	X     TableRef
	Call  *Call
	Alias *Name
}

func (*NestedJSON) tableRefNode() {}
