// Package ast is the syntax tree of Oracle SQL, DDL, PL/SQL and SQL*Plus scripts.
//
// Input -> output: the parser builds it, everything else reads it. It is a tree of facts about the source:
// each node knows the tokens it covers, names are not looked up here (package resolve does that) and no
// node is ever made without source text behind it. Text is not copied into nodes: File.Text gives it.
// A finished tree is read-only and may be used by any number of goroutines.
package ast

//go:generate go run ./gen

// Span is the range of tokens [Lo, Hi) of a node, as indexes into File.Tokens. Every node embeds one.
// Tokens of unselected conditional-compilation branches (token.FlagInactive) may lie inside.
type Span struct{ Lo, Hi uint32 }

// Range is the span itself; it makes every struct that embeds a Span half a Node.
func (s Span) Range() Span { return s }

// Empty reports whether the node covers no token.
func (s Span) Empty() bool { return s.Lo >= s.Hi }

// Node is one piece of the tree. EachChild (generated from the struct fields) calls f for every non-nil
// direct child in the order of the fields, which is the order of the grammar but not always that of the
// source; InOrder sorts. NodeKind (generated, too) may be asked of a nil pointer.
type Node interface {
	Range() Span
	EachChild(f func(Node))
	NodeKind() NodeKind
}

// NodeKind numbers the types of nodes from 1 to NodeKinds-1, for tables by type. The numbers are those of this build: they are not to be kept.
type NodeKind uint16

// Expr is an expression or a condition: in PL/SQL and (23ai) SQL a condition is a boolean expression, so
// the two share one type.
type Expr interface {
	Node
	exprNode()
}

// Stmt is a statement: of a script (SQL, DDL, PL/SQL unit, SQL*Plus command) or of a PL/SQL block.
type Stmt interface {
	Node
	stmtNode()
}

// Decl is an item of a PL/SQL declaration section, package specification or type body.
type Decl interface {
	Node
	declNode()
}

// TableRef is an item of a FROM list: table, subquery, join, collection expression ...
type TableRef interface {
	Node
	tableRefNode()
}

// QueryExpr is a query without its subquery factoring, ordering and row limit: a query block, a set
// operation, a query in parentheses.
type QueryExpr interface {
	Node
	queryNode()
}

// BadStmt is source text that no rule of the grammar takes, kept whole. Err is its index in File.Errors.
type BadStmt struct {
	Span
	Err int
	// InBlock is true where it stands for one statement or declaration of a PL/SQL block that was otherwise read.
	InBlock bool
}

// BadDecl is BadStmt in a declaration section.
type BadDecl struct {
	Span
	Err int
}

func (*BadStmt) stmtNode() {}
func (*BadDecl) declNode() {}
