package ast

import "landfall/internal/oracle/syntax/token"

// Alter is ALTER of a table, index, view, materialized view (log), sequence, synonym, type, trigger or PL/SQL
// unit. ALTER of users and roles is CreateUser and CreateRole; what only an administrator changes is AdminStmt.
type Alter struct {
	Span
	Kind     token.Keyword // TABLE, INDEX, VIEW, MATERIALIZED, SEQUENCE, TYPE, TRIGGER, PACKAGE, PROCEDURE, FUNCTION, SYNONYM ...
	Log      bool          // MATERIALIZED VIEW LOG
	Public   bool
	IfExists bool
	Name     *Name
	Actions  []*AlterAction
}

// AlterAction is one change. Verb and Object say which:
//
//	ADD COLUMN      Columns, Props            ADD CONSTRAINT     Constraints
//	MODIFY COLUMN   Columns, Props            MODIFY CONSTRAINT  Constraints (Name, states), or Kind PRIMARY/UNIQUE
//	DROP COLUMN     Names, Cascade            DROP CONSTRAINT    Constraints (Name, or Kind PRIMARY/UNIQUE), Cascade
//	SET UNUSED      Names                     DROP UNUSED
//	RENAME TO       NewName                   RENAME COLUMN/CONSTRAINT/PARTITION  Names[0], NewName
//	ADD PARTITION   Partitions                DROP/TRUNCATE/MOVE/SPLIT/MERGE/EXCHANGE/COALESCE/MODIFY PARTITION or SUBPARTITION
//	                Names or Exprs (FOR values) say which; Through: the first TO the second; EXCHANGE: NewName is the table
//	ENABLE/DISABLE  CONSTRAINT (Constraints), TRIGGER (All)
//	ADD/MODIFY/DROP ATTRIBUTE (Columns) and METHOD (Decls) of types; REPLACE (Decls); COMPILE, Object BODY or PACKAGE;
//	SET of sequences (Options)
//
// Everything else has its words in Props.
type AlterAction struct {
	Span
	Verb, Object token.Keyword
	Columns      []*ColumnDef
	Constraints  []*Constraint
	Names        []*Name
	NewName      *Name
	Partitions   []*PartitionDef
	Exprs        []Expr // FOR (values), AT (values), VALUES (...)
	Options      []*SeqOption
	Decls        []Decl   // methods of ALTER TYPE
	Query        *Select  // of ALTER VIEW and MATERIALIZED VIEW
	Refresh      *Refresh // of ALTER MATERIALIZED VIEW
	Partitioning *Partitioning
	External     *External
	Annotations  *Annotations
	All          bool // ENABLE ALL TRIGGERS
	Through      bool // MERGE PARTITIONS a TO b
	Cascade      bool // CASCADE [CONSTRAINTS]
	Props        []*Clause
}

func (*Alter) stmtNode() {}

// AlterSession is ALTER SESSION SET settings, or its other forms with their words kept.
type AlterSession struct {
	Span
	Settings []*SessionSetting
	Words    *Clause
}

// SessionSetting is name = value {, value}. A value is a literal or a Name.
type SessionSetting struct {
	Span
	Name   *Name
	Values []Expr
}

func (*AlterSession) stmtNode() {}
