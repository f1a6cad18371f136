package ast

import "landfall/internal/oracle/syntax/token"

// Insert is a single-table INSERT. Exactly one of Rows, Query, Form.Record and Form.Set says what is inserted.
// What few INSERTs have stands in Form: scripts of millions of them are common, and every field counts.
type Insert struct {
	Span
	Target    TableRef
	Cols      []*Name
	Rows      []Expr // VALUES (...): a List a row; several in 23ai
	Query     *Select
	Form      *InsertForm
	Returning *Returning
	LogErrors *LogErrors
}

// InsertForm is VALUES rec | SET a = 1 | BY NAME or POSITION (in front of the query) of an INSERT.
type InsertForm struct {
	Span
	ByName bool      // 23ai INSERT INTO t BY NAME query
	Record Expr      // VALUES rec, in PL/SQL
	Set    []*Assign // 23ai INSERT INTO t SET a = 1
}

// MultiInsert is INSERT ALL|FIRST [WHEN ...] INTO ... query.
type MultiInsert struct {
	Span
	First bool
	Into  []*InsertInto // unconditional
	Whens []*InsertWhen
	Else  []*InsertInto
	Query *Select
}

// InsertWhen is WHEN cond THEN INTO ...
type InsertWhen struct {
	Span
	Cond Expr
	Into []*InsertInto
}

// InsertInto is INTO t [(cols)] [VALUES (...)] [LOG ERRORS ...].
type InsertInto struct {
	Span
	Target    TableRef
	Cols      []*Name
	Values    Expr // a List or nil
	LogErrors *LogErrors
}

// Update is UPDATE target SET ... [FROM ...] [WHERE ...] [RETURNING ...] [LOG ERRORS ...].
type Update struct {
	Span
	Target    TableRef
	Set       []*Assign
	From      []TableRef
	Where     Expr
	CurrentOf Expr      // WHERE CURRENT OF cursor
	Subst     []*Clause // substitution variables that stand for whole clauses
	Returning *Returning
	LogErrors *LogErrors
}

// Assign is col = expr | (cols) = (subquery) | ROW = rec | VALUE(t) = expr.
type Assign struct {
	Span
	Target Expr // Name, List of Names, Call of VALUE, Index
	Row    bool // ROW = rec
	X      Expr
}

// Delete is DELETE [FROM] target [FROM ...] [WHERE ...] ...
type Delete struct {
	Span
	Target    TableRef
	From      []TableRef // 23ai joins
	Where     Expr
	CurrentOf Expr
	Subst     []*Clause
	Returning *Returning
	LogErrors *LogErrors
}

// Merge is MERGE INTO target USING source ON (cond) branches.
type Merge struct {
	Span
	Target    TableRef
	Source    TableRef
	On        Expr
	Matched   *MergeMatched
	Unmatched *MergeInsert
	Returning *Returning
	LogErrors *LogErrors
}

// MergeMatched is WHEN MATCHED THEN UPDATE SET ... [WHERE ...] [DELETE WHERE ...].
type MergeMatched struct {
	Span
	Set         []*Assign
	Where       Expr
	DeleteWhere Expr
}

// MergeInsert is WHEN NOT MATCHED THEN INSERT [(cols)] VALUES (...) [WHERE ...].
type MergeInsert struct {
	Span
	Cols   []*Name
	Values Expr // a List, or a record in PL/SQL
	Where  Expr
}

// Returning is RETURNING|RETURN exprs [BULK COLLECT] INTO targets; OLD and NEW of 23ai are in the items.
type Returning struct {
	Span
	Items []*ReturnItem
	Into  *Into
}

// ReturnItem is [OLD|NEW] expr.
type ReturnItem struct {
	Span
	State token.Keyword // OLD, NEW or 0
	X     Expr
}

// LogErrors is LOG ERRORS [INTO t] [(tag)] [REJECT LIMIT n|UNLIMITED].
type LogErrors struct {
	Span
	Into      *Name
	Tag       Expr
	Reject    bool
	Unlimited bool
	Limit     Expr
}

func (*Insert) stmtNode()      {}
func (*MultiInsert) stmtNode() {}
func (*Update) stmtNode()      {}
func (*Delete) stmtNode()      {}
func (*Merge) stmtNode()       {}
