package ast

import "landfall/internal/oracle/syntax/token"

// QueryBlock is one SELECT list FROM ... with everything up to ORDER BY.
type QueryBlock struct {
	Span
	Distinct token.Keyword // DISTINCT, UNIQUE, ALL or 0
	Items    []*SelectItem
	Into     *Into // SELECT ... INTO of PL/SQL and embedded SQL
	From     []TableRef
	Where    Expr
	Hier     *Hierarchy
	GroupBy  *GroupBy
	Having   Expr
	Qualify  Expr
	Windows  []*WindowDef
	Model    *Model
	// Subst holds substitution variables that stand for whole clauses, where no other reading is possible.
	Subst []*Clause
}

// SelectItem is expr [[AS] alias], * or t.* (a Name with Star).
type SelectItem struct {
	Span
	X     Expr
	As    bool
	Alias *Name
	Subst *Clause // a substitution variable behind the item
}

// Into is [BULK COLLECT] INTO targets.
type Into struct {
	Span
	Bulk    bool
	Targets []Expr
}

// Hierarchy is START WITH ... CONNECT BY ... in either order.
type Hierarchy struct {
	Span
	Start   Expr
	NoCycle bool
	Connect Expr
}

// GroupBy is GROUP BY items. Items are expressions, (a, b) Lists, and Grouping nodes; All is 23ai GROUP BY ALL.
type GroupBy struct {
	Span
	All   bool
	Items []Expr
}

// Grouping is ROLLUP(...), CUBE(...) or GROUPING SETS(...). An empty group () is a List without items.
type Grouping struct {
	Span
	Kind  token.Keyword // ROLLUP, CUBE or GROUPING
	Items []Expr
}

// WindowDef is name AS (window specification) of the WINDOW clause.
type WindowDef struct {
	Span
	Name *Name
	Spec *Over
}

// SetOp is Left UNION|INTERSECT|MINUS|EXCEPT [ALL|DISTINCT] Right. All operators have the same precedence
// in Oracle, so chains lean to the left.
type SetOp struct {
	Span
	Left  QueryExpr
	Op    token.Keyword
	Quant token.Keyword // ALL, DISTINCT or 0
	Right QueryExpr
}

// ParenQuery is a query in parentheses as operand of a set operator or as the whole query.
type ParenQuery struct {
	Span
	Query *Select
}

func (*QueryBlock) queryNode() {}
func (*SetOp) queryNode()      {}
func (*ParenQuery) queryNode() {}
func (*Grouping) exprNode()    {}
