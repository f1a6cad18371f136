package ast

import "landfall/internal/oracle/syntax/token"

// PlusCommand is a SQL*Plus command (SET, PROMPT, @file, EXEC ...): one Command token with its continuation
// lines. Verb is the canonical keyword (PROMPT for PRO, REMARK for REM, START for @); Nested is true for @@.
// EXEC bodies are also parsed: Body holds the statement when the command is EXECUTE.
type PlusCommand struct {
	Span
	Verb token.Keyword
}

// AdminStmt is a statement that is recognised, classified and kept whole: ALTER SYSTEM, AUDIT, FLASHBACK ...
// Verb and Object name it (ALTER, SYSTEM).
type AdminStmt struct {
	Span
	Verb, Object token.Keyword
	Names        []*Name
}

// EmptyStmt is a lone terminator.
type EmptyStmt struct{ Span }

// SelectStmt is a query as a statement of a script or block.
type SelectStmt struct {
	Span
	Query *Select
}

func (*PlusCommand) stmtNode() {}
func (*AdminStmt) stmtNode()   {}
func (*EmptyStmt) stmtNode()   {}
func (*SelectStmt) stmtNode()  {}
