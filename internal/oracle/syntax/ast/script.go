package ast

import "landfall/internal/oracle/syntax/token"

// PlusCommand is a SQL*Plus command (SET, PROMPT, @file ...): one Command token with its continuation lines;
// File.Include, Settings, Define and the others in plus.go read its pieces. Verb is the canonical keyword:
// PROMPT for PRO, REMARK for REM, START for @ and @@, EXIT for QUIT, HOST for ! and $.
// Of EXECUTE only the word itself is the Command token; the statements behind it are tokens and Body.
type PlusCommand struct {
	Span
	Verb   token.Keyword
	Nested bool // @@: the path counts from the folder of the file that holds the command
	Body   []Stmt

	Handlers []*Handler // of EXECUTE stmt; EXCEPTION WHEN ...
}

// WrappedUnit is a PL/SQL unit that the wrap utility has obfuscated: its head is read, the rest is one Raw token.
type WrappedUnit struct {
	Span
	Replace bool
	Kind    token.Keyword // PACKAGE PROCEDURE FUNCTION TRIGGER TYPE LIBRARY
	Body    bool          // PACKAGE BODY, TYPE BODY
	Name    *Name
	Text    uint32 // index of the Raw token
}

// ForeignUnit is CREATE JAVA SOURCE|CLASS|RESOURCE ... AS or CREATE MLE MODULE ... AS with text in another
// language, kept as one Raw token.
type ForeignUnit struct {
	Span
	Replace bool
	Kind    token.Keyword // SOURCE CLASS RESOURCE (Java), MODULE (MLE)
	Name    *Name         // nil when the text itself names it
	Text    uint32        // index of the Raw token
}

// Include is @file or @@file on a line of its own inside a PL/SQL unit: SQL*Plus puts the file's text there.
// File.Source gives the command.
type Include struct {
	Span
	Nested bool
}

// SubstStmt is a statement that a SQL*Plus substitution variable stands for: &stmt; or &1 alone on a line.
type SubstStmt struct{ Span }

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
func (*WrappedUnit) stmtNode() {}
func (*ForeignUnit) stmtNode() {}
func (*Include) stmtNode()     {}
func (*Include) declNode()     {}
func (*SubstStmt) stmtNode()   {}
func (*AdminStmt) stmtNode()   {}
func (*EmptyStmt) stmtNode()   {}
func (*SelectStmt) stmtNode()  {}
