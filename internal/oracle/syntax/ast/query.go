package ast

import "landfall/internal/oracle/syntax/token"

// Select is a whole query: [WITH ...] body [ORDER BY ...] [row limit] [FOR UPDATE ...] in any order Oracle takes.
type Select struct {
	Span
	With    *With
	Body    QueryExpr
	OrderBy *OrderBy
	Limit   *RowLimit
	Lock    *ForUpdate
	Subst   []*Clause // substitution variables that stand for whole clauses
}

// With is the subquery factoring clause with inline PL/SQL declarations first.
type With struct {
	Span
	Decls []Decl
	Items []*CTE
}

// CTE is one named subquery: name [(cols)] AS (query) [SEARCH ...] [CYCLE ...].
type CTE struct {
	Span
	Name  *Name
	Cols  []*Name
	Query *Select
	View  *Clause // ANALYTIC VIEW AS (...) instead of a query
	// Search and Cycle keep their words; Names of the clause hold the columns.
	Search, Cycle *Clause
}

// OrderBy is ORDER [SIBLINGS] BY items.
type OrderBy struct {
	Span
	Siblings bool
	Items    []*OrderItem
}

// OrderItem is expr [ASC|DESC] [NULLS FIRST|LAST].
type OrderItem struct {
	Span
	X     Expr
	Dir   token.Keyword // ASC, DESC or 0
	Nulls token.Keyword // FIRST, LAST or 0
	Subst *Clause       // a substitution variable behind the expression, where ASC or DESC stands
}

// RowLimit is [OFFSET n ROWS] [FETCH [APPROX|EXACT] FIRST|NEXT [n PARTITION[S] BY x,] [n [PERCENT]] ROW[S] ONLY|WITH TIES].
type RowLimit struct {
	Span
	Offset   Expr
	Fetch    bool
	Accuracy token.Keyword // APPROX, APPROXIMATE, EXACT or 0
	Parts    []*LimitPartition
	Count    Expr
	Percent  bool
	Ties     bool
	Target   *Clause // WITH TARGET ACCURACY ..., PARAMETERS (...) of a vector search
}

// LimitPartition is n PARTITIONS BY x, of a row limit (23ai).
type LimitPartition struct {
	Span
	Count Expr
	By    Expr
}

// ForUpdate is FOR UPDATE [OF cols] [NOWAIT | WAIT n | SKIP LOCKED].
type ForUpdate struct {
	Span
	Of   []*Name
	Mode token.Keyword // NOWAIT WAIT SKIP or 0
	Wait Expr
}

// Within is WITHIN GROUP (ORDER BY ...).
type Within struct {
	Span
	OrderBy *OrderBy
}

// Keep is KEEP (DENSE_RANK FIRST|LAST ORDER BY ...).
type Keep struct {
	Span
	Last    bool
	OrderBy *OrderBy
}

// Over is OVER name | OVER ([name] [PARTITION BY ...] [ORDER BY ...] [frame]).
type Over struct {
	Span
	Name      *Name
	Partition []Expr
	OrderBy   *OrderBy
	Frame     *Frame
}

// Frame is a windowing clause.
type Frame struct {
	Span
	Unit     token.Keyword // ROWS RANGE GROUPS
	From, To *Bound        // To is nil without BETWEEN
	Exclude  token.Keyword // CURRENT GROUP TIES NO, or 0
}

// Bound is one end of a frame. Kind is UNBOUNDED, CURRENT, or 0 for an expression; Dir PRECEDING or FOLLOWING.
type Bound struct {
	Span
	Kind token.Keyword
	X    Expr
	Dir  token.Keyword
}
