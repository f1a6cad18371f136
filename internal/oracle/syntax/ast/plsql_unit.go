package ast

import "landfall/internal/oracle/syntax/token"

// UnitFlags is what every CREATE of a stored PL/SQL unit may have around its kind:
// CREATE [OR REPLACE] [EDITIONABLE | NONEDITIONABLE] kind [IF NOT EXISTS] name. Wrapped units are WrappedUnit.
type UnitFlags struct {
	Replace     bool
	Editionable token.Keyword // EDITIONABLE, NONEDITIONABLE or 0
	IfNotExists bool
}

// CreateRoutine is CREATE PROCEDURE or FUNCTION.
type CreateRoutine struct {
	Span
	UnitFlags
	Routine *Routine
}

// CreatePackage is a package specification.
type CreatePackage struct {
	Span
	UnitFlags
	Name    *Name
	Props   []*RoutineProp
	Decls   []Decl
	EndName *Name
}

// CreatePackageBody is a package body. Init is the initialisation part: a block without declarations.
type CreatePackageBody struct {
	Span
	UnitFlags
	Name    *Name
	Props   []*RoutineProp
	Decls   []Decl
	Init    *Block
	EndName *Name
}

// CreateLibrary is CREATE LIBRARY name IS|AS path [IN directory] [AGENT ...] [CREDENTIAL ...].
type CreateLibrary struct {
	Span
	UnitFlags
	Name       *Name
	Trusted    bool
	Static     bool
	Path       Expr
	Directory  *Name
	Agent      Expr
	Credential *Name
}

func (*CreateRoutine) stmtNode()     {}
func (*CreatePackage) stmtNode()     {}
func (*CreatePackageBody) stmtNode() {}
func (*CreateLibrary) stmtNode()     {}
