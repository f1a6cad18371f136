package ast

import "landfall/internal/oracle/syntax/token"

// Commit is COMMIT [WORK] [COMMENT text] [WRITE words] [FORCE ...].
type Commit struct {
	Span
	Comment Expr
	Write   *Clause // WRITE [WAIT|NOWAIT] [IMMEDIATE|BATCH]
	Force   []Expr
}

// Rollback is ROLLBACK [WORK] [TO [SAVEPOINT] name | FORCE text].
type Rollback struct {
	Span
	To    *Name
	Force Expr
}

// Savepoint is SAVEPOINT name.
type Savepoint struct {
	Span
	Name *Name
}

// SetTransaction is SET TRANSACTION with its mode and name. Mode is ONLY (READ ONLY), WRITE (READ WRITE),
// SERIALIZABLE, COMMITTED (READ COMMITTED), ROLLBACK (USE ROLLBACK SEGMENT) or 0.
type SetTransaction struct {
	Span
	Mode    token.Keyword
	Segment *Name
	Name    Expr
}

// SetRole is SET ROLE names | ALL [EXCEPT names] | NONE.
type SetRole struct {
	Span
	Roles     []*Name
	Passwords []*Name // IDENTIFIED BY, in order of the roles that have one
	All, None bool
	Except    []*Name
}

// SetConstraints is SET CONSTRAINT[S] ALL | names IMMEDIATE | DEFERRED.
type SetConstraints struct {
	Span
	All      bool
	Names    []*Name
	Deferred bool
}

// LockTable is LOCK TABLE tables IN mode MODE [NOWAIT | WAIT n].
type LockTable struct {
	Span
	Tables []*LockTarget
	Mode   *Clause // the words between IN and MODE
	NoWait bool
	Wait   Expr
}

// LockTarget is a table or view, or a partition of it.
type LockTarget struct {
	Span
	Table *Name
	// Part is PARTITION or SUBPARTITION; PartName its name, or Keys the values of FOR (...).
	Part     token.Keyword
	PartName *Name
	Keys     []Expr
}

func (*Commit) stmtNode()         {}
func (*Rollback) stmtNode()       {}
func (*Savepoint) stmtNode()      {}
func (*SetTransaction) stmtNode() {}
func (*SetRole) stmtNode()        {}
func (*SetConstraints) stmtNode() {}
func (*LockTable) stmtNode()      {}
