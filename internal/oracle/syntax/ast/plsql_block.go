package ast

import "landfall/internal/oracle/syntax/token"

// Block is [<<label>>] [DECLARE decls] BEGIN stmts [EXCEPTION handlers] END [name]. It is also the body of a
// routine, trigger or package (there it begins with the first declaration, or with BEGIN). The ';' behind END
// belongs to what holds the block. Begin is the token index of BEGIN.
type Block struct {
	Span
	Labels   []*Name
	Declare  bool // the word DECLARE stands
	Decls    []Decl
	Begin    uint32
	Stmts    []Stmt
	Handlers []*Handler
	EndName  *Name
}

// Handler is WHEN a OR b THEN stmts of an exception section. Names holds OTHERS, too, when Others is set.
type Handler struct {
	Span
	Names  []*Name
	Others bool
	Stmts  []Stmt
}

// Labeled is a statement that only a GOTO can refer to by its label. Blocks and loops, whose labels are
// scopes and targets of EXIT, carry theirs themselves.
type Labeled struct {
	Span
	Labels []*Name
	Stmt   Stmt
}

// NullStmt is NULL;
type NullStmt struct{ Span }

// AssignStmt is target := value. Target is an lvalue: name, bind, element, field.
type AssignStmt struct {
	Span
	Target Expr
	Value  Expr
}

// CallStmt is a procedure or method call; Call is a *Name or *Field where no parentheses stand, else a *Call.
type CallStmt struct {
	Span
	Call Expr
}

// If is IF cond THEN ... {ELSIF ...} [ELSE ...] END IF. Else is meaningful only when HasElse is set.
type If struct {
	Span
	Arms    []*IfArm // IF and each ELSIF
	HasElse bool
	Else    []Stmt
}

// IfArm is one condition of an IF with its statements.
type IfArm struct {
	Span
	Cond Expr
	Then []Stmt
}

// CaseStmt is the CASE statement. Operand is nil in the searched form.
type CaseStmt struct {
	Span
	Operand  Expr
	Arms     []*CaseArm
	HasElse  bool
	Else     []Stmt
	EndLabel *Name
}

// CaseArm is WHEN choice {, choice} THEN stmts. More than one choice, and choices that are predicates without
// their left side (X nil: > 5, IS NULL, BETWEEN 1 AND 3), are 23ai.
type CaseArm struct {
	Span
	Choices []Expr
	Then    []Stmt
}

// Exit is EXIT or CONTINUE [label] [WHEN cond].
type Exit struct {
	Span
	Continue bool
	Label    *Name
	When     Expr
}

// Goto is GOTO label.
type Goto struct {
	Span
	Label *Name
}

// Return is RETURN [value].
type Return struct {
	Span
	Value Expr
}

// Raise is RAISE [exception].
type Raise struct {
	Span
	Exception *Name
}

// RaiseMessage is RAISE level 'format' [, arg ...] [USING option = value, ...]. It is none of Oracle's statements, but PL/pgSQL's:
// databases that speak both languages take it in packages, and their code is read like Oracle's.
type RaiseMessage struct {
	Span
	Level   *Name // NOTICE, INFO, WARNING, LOG, DEBUG, EXCEPTION
	Format  Expr
	Args    []Expr
	Options []*Arg // names are those of PL/pgSQL: ERRCODE, HINT ...
}

// PipeRow is PIPE ROW (row).
type PipeRow struct {
	Span
	Row Expr
}

// PragmaStmt is a pragma between statements: INLINE, COVERAGE.
type PragmaStmt struct {
	Span
	Pragma *Pragma
}

// Pragma is PRAGMA name[(args)]. Kind is 0 for a name that is not known.
type Pragma struct {
	Span
	Kind token.Keyword // EXCEPTION_INIT AUTONOMOUS_TRANSACTION SERIALLY_REUSABLE RESTRICT_REFERENCES INLINE UDF ...
	Name *Name
	Args []Expr
}

func (*Block) stmtNode()        {}
func (*Labeled) stmtNode()      {}
func (*NullStmt) stmtNode()     {}
func (*AssignStmt) stmtNode()   {}
func (*CallStmt) stmtNode()     {}
func (*If) stmtNode()           {}
func (*CaseStmt) stmtNode()     {}
func (*Exit) stmtNode()         {}
func (*Goto) stmtNode()         {}
func (*Return) stmtNode()       {}
func (*Raise) stmtNode()        {}
func (*RaiseMessage) stmtNode() {}
func (*PipeRow) stmtNode()      {}
func (*PragmaStmt) stmtNode()   {}
func (*Pragma) declNode()       {}
