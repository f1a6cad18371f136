package ast

import "landfall/internal/oracle/syntax/token"

// CreateIndex is CREATE INDEX of every kind.
type CreateIndex struct {
	Span
	Kind        token.Keyword // UNIQUE, BITMAP, MULTIVALUE, VECTOR, SEARCH ... 0 for a plain index
	IfNotExists bool
	Name        *Name
	OnCluster   bool
	Table       *Name
	Alias       *Name
	Items       []*IndexItem
	From        []*TableAlias // of a bitmap join index
	Where       Expr          // of a bitmap join index
	IndexType   *Name         // domain index; XMLINDEX with or without schema
	Params      []*Clause     // PARAMETERS ('...'), FILTER BY, ORDER BY of a domain index
	Partition   *Partitioning // LOCAL or GLOBAL PARTITION BY
	Props       []*Clause
}

// IndexItem is one key of an index: a column (a Name) or an expression.
type IndexItem struct {
	Span
	X     Expr
	Dir   token.Keyword // ASC, DESC or 0
	Nulls token.Keyword // FIRST, LAST or 0
}

// TableAlias is a table with an optional alias.
type TableAlias struct {
	Span
	Table *Name
	Alias *Name
}

func (*CreateIndex) stmtNode() {}
