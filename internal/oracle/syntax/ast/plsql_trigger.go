package ast

import "landfall/internal/oracle/syntax/token"

// CreateTrigger is CREATE TRIGGER of every kind.
type CreateTrigger struct {
	Span
	UnitFlags
	Name   *Name
	Props  []*RoutineProp
	Timing token.Keyword // BEFORE AFTER INSTEAD, or FOR of a compound trigger
	Events []*TriggerEvent
	// Scope is TABLE for a trigger on a table or view, else SCHEMA, DATABASE, PLUGGABLE (DATABASE).
	Scope       token.Keyword
	NestedCol   *Name // ON NESTED TABLE col OF view
	On          *Name // table, view, or the schema of SCHEMA
	Referencing []*TriggerAlias
	Row         bool          // FOR EACH ROW
	Edition     token.Keyword // FORWARD or REVERSE CROSSEDITION
	Order       token.Keyword // FOLLOWS or PRECEDES
	OrderNames  []*Name
	State       token.Keyword // ENABLE, DISABLE or 0
	When        Expr
	// Exactly one of the following.
	Body     *Block
	Compound *CompoundTrigger
	Call     Expr // CALL routine
}

// TriggerEvent is INSERT, UPDATE [OF cols], DELETE, a DDL event (CREATE ... DDL) or a database event
// (LOGON ...). Kind is its first word; ASSOCIATE and DISASSOCIATE have STATISTICS, SET has CONTAINER behind.
type TriggerEvent struct {
	Span
	Kind token.Keyword
	Cols []*Name
}

// TriggerAlias is OLD|NEW|PARENT [AS] name of REFERENCING.
type TriggerAlias struct {
	Span
	Kind  token.Keyword
	Alias *Name
}

// CompoundTrigger is the body of a compound trigger.
type CompoundTrigger struct {
	Span
	Decls    []Decl
	Sections []*TimingPoint
	EndName  *Name
}

// TimingPoint is BEFORE|AFTER STATEMENT, BEFORE|AFTER|INSTEAD OF EACH ROW IS block END timing.
type TimingPoint struct {
	Span
	Timing token.Keyword // BEFORE AFTER INSTEAD
	Row    bool
	Body   *Block
}

func (*CreateTrigger) stmtNode() {}
