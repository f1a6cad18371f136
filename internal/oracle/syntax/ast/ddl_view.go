package ast

import "landfall/internal/oracle/syntax/token"

// CreateView is CREATE VIEW: relational, object, XMLType, editioning and JSON duality views.
type CreateView struct {
	Span
	Replace     bool
	Force       token.Keyword // FORCE, NOFORCE (NO FORCE too) or 0
	Editioning  bool
	Editionable token.Keyword // EDITIONABLE, NONEDITIONABLE or 0
	Duality     bool          // JSON RELATIONAL DUALITY VIEW
	IfNotExists bool
	Name        *Name
	Columns     []*ColumnDef
	Constraints []*Constraint
	OfType      *DataType
	Under       *Name
	ObjectID    *Clause // WITH OBJECT ID (...) | DEFAULT
	Props       []*Clause
	Annotations *Annotations
	Query       *Select
	Body        *Clause       // of a duality view in GraphQL form: kept whole
	With        token.Keyword // CHECK (OPTION), READ (ONLY) or 0
	CheckName   *Name         // CONSTRAINT name of the check option
}

// CreateMView is CREATE MATERIALIZED VIEW.
type CreateMView struct {
	Span
	Replace     bool
	IfNotExists bool
	Name        *Name
	OfType      *DataType
	Columns     []*ColumnDef
	Constraints []*Constraint
	Prebuilt    bool          // ON PREBUILT TABLE
	Reduced     token.Keyword // WITH or WITHOUT (REDUCED PRECISION)
	Build       token.Keyword // IMMEDIATE, DEFERRED or 0
	Using       *UsingIndex
	NoIndex     bool // USING NO INDEX
	Refresh     *Refresh
	Rewrite     token.Keyword // ENABLE or DISABLE (QUERY REWRITE) or 0
	ForUpdate   bool
	Computation token.Keyword // ENABLE or DISABLE (ON QUERY COMPUTATION) or 0
	Partition   *Partitioning
	Cluster     *Name
	ClusterCols []*Name
	Props       []*Clause
	Annotations *Annotations
	Query       *Select
}

// Refresh is REFRESH ... | NEVER REFRESH of a materialized view.
type Refresh struct {
	Span
	Never  bool
	Method token.Keyword // FAST, COMPLETE, FORCE or 0
	On     token.Keyword // DEMAND, COMMIT, STATEMENT or 0
	Start  Expr          // START WITH
	Next   Expr
	With   token.Keyword // PRIMARY (KEY), ROWID or 0
	Props  []*Clause     // USING ROLLBACK SEGMENT ..., USING TRUSTED CONSTRAINTS
}

// CreateMViewLog is CREATE MATERIALIZED VIEW LOG ON table.
type CreateMViewLog struct {
	Span
	IfNotExists bool
	Table       *Name
	PrimaryKey  bool
	RowID       bool
	ObjectID    bool
	Sequence    bool
	CommitSCN   bool
	Columns     []*Name
	NewValues   token.Keyword // INCLUDING, EXCLUDING or 0
	Purge       *Clause
	Partition   *Partitioning
	Props       []*Clause
}

func (*CreateView) stmtNode()     {}
func (*CreateMView) stmtNode()    {}
func (*CreateMViewLog) stmtNode() {}
