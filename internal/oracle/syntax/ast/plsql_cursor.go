package ast

// Open is OPEN cursor [(args)]; Cursor is a *Call when arguments stand.
type Open struct {
	Span
	Cursor Expr
}

// OpenFor is OPEN cursor variable FOR query | FOR text [USING ...].
type OpenFor struct {
	Span
	Cursor Expr
	Query  *Select
	Text   Expr // of dynamic SQL
	Using  []*UsingArg
}

// Fetch is FETCH cursor [BULK COLLECT] INTO targets [LIMIT n].
type Fetch struct {
	Span
	Cursor Expr
	Bulk   bool
	Into   []Expr
	Limit  Expr
}

// Close is CLOSE cursor.
type Close struct {
	Span
	Cursor Expr
}

// ExecImmediate is EXECUTE IMMEDIATE text [[BULK COLLECT] INTO ...] [USING ...] [RETURNING [BULK COLLECT] INTO ...].
type ExecImmediate struct {
	Span
	Text          Expr
	Bulk          bool
	Into          []Expr
	Using         []*UsingArg
	ReturningBulk bool
	Returning     []Expr
}

// UsingArg is one bind argument: [IN | OUT | IN OUT] value. Neither In nor Out means IN.
type UsingArg struct {
	Span
	In, Out bool
	X       Expr
}

func (*Open) stmtNode()          {}
func (*OpenFor) stmtNode()       {}
func (*Fetch) stmtNode()         {}
func (*Close) stmtNode()         {}
func (*ExecImmediate) stmtNode() {}
