package ast

import "landfall/internal/oracle/syntax/token"

// Model is the MODEL clause of a query block (spreadsheet).
type Model struct {
	Span
	Options *ModelOptions
	Return  token.Keyword // RETURN UPDATED: UPDATED, RETURN ALL: ALL, 0 without
	Refs    []*ModelRef
	Name    *Name // MAIN name
	Cols    *ModelColumns
	Main    *ModelOptions // options behind the main model's columns
	Rules   *ModelRules
}

// ModelOptions is IGNORE|KEEP NAV and UNIQUE DIMENSION|SINGLE REFERENCE.
type ModelOptions struct {
	Span
	Nav    token.Keyword // IGNORE, KEEP or 0
	Unique token.Keyword // DIMENSION, SINGLE or 0
}

// ModelRef is REFERENCE name ON (query) columns options.
type ModelRef struct {
	Span
	Name    *Name
	Query   *Select
	Cols    *ModelColumns
	Options *ModelOptions
}

// ModelColumns is PARTITION BY (...) DIMENSION BY (...) MEASURES (...).
type ModelColumns struct {
	Span
	Partition, Dimension, Measures []*SelectItem
}

// ModelRules is [RULES [UPDATE|UPSERT [ALL]] [AUTOMATIC|SEQUENTIAL ORDER] [ITERATE (n) [UNTIL (cond)]]] (rules).
type ModelRules struct {
	Span
	Mode    token.Keyword // UPDATE, UPSERT or 0
	All     bool          // UPSERT ALL
	Order   token.Keyword // AUTOMATIC, SEQUENTIAL or 0
	Iterate Expr
	Until   Expr
	Rules   []*ModelRule
}

// ModelRule is [UPDATE|UPSERT [ALL]] measure[dims] [ORDER BY ...] = expr.
type ModelRule struct {
	Span
	Mode    token.Keyword
	All     bool
	Cell    Expr // *Index
	OrderBy *OrderBy
	X       Expr
}

// ModelFor is a FOR loop as a cell dimension:
//
//	FOR d IN (1, 2)   FOR (a, b) IN (SELECT ...)   FOR d LIKE 'p%' FROM 1 TO 9 INCREMENT 2
type ModelFor struct {
	Span
	Cols      []*Name
	In        Expr // List or Subquery
	Like      Expr
	From, To  Expr
	Step      Expr
	Decrement bool
}

// AnyValue is the wildcard ANY as a cell dimension or * as a step of a JSON array.
type AnyValue struct{ Span }

// RangeOf is low TO high as a step of a JSON array, or low .. high in a PL/SQL iterator.
type RangeOf struct {
	Span
	Low, High Expr
}

func (*ModelFor) exprNode() {}
func (*AnyValue) exprNode() {}
func (*RangeOf) exprNode()  {}
