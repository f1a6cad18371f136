package ast

import "landfall/internal/oracle/syntax/token"

// CreateType is CREATE TYPE. Def is nil for an incomplete type.
type CreateType struct {
	Span
	UnitFlags
	Name  *Name
	Force bool
	OID   Expr
	Props []*RoutineProp
	Def   TypeDef // *ObjectType, *CollectionType or *OpaqueType
}

// ObjectType is OBJECT (...) or UNDER super (...).
type ObjectType struct {
	Span
	Under    *Name
	External *CallSpec // EXTERNAL NAME 'class' LANGUAGE JAVA USING ...
	Using    *Name     // SQLData, CustomDatum, OraData
	Elems    []Decl    // *AttrDecl, *Method, *Pragma
	// [NOT] FINAL, INSTANTIABLE, PERSISTABLE behind the elements, in order.
	Modifiers []*TypeModifier
}

// OpaqueType is OPAQUE VARYING (*) USING LIBRARY lib (elements), which only Oracle's own scripts have.
type OpaqueType struct {
	Span
	Words *Clause
	Elems []Decl
}

// TypeModifier is [NOT] FINAL | INSTANTIABLE | PERSISTABLE | OVERRIDING.
type TypeModifier struct {
	Span
	Not  bool
	Kind token.Keyword
}

// AttrDecl is an attribute of an object type.
type AttrDecl struct {
	Span
	Name     *Name
	Type     *DataType
	External Expr // EXTERNAL NAME 'field'
}

// Method is a method of an object type, declared or with its body.
type Method struct {
	Span
	Modifiers []*TypeModifier // [NOT] OVERRIDING, FINAL, INSTANTIABLE
	Order     token.Keyword   // MAP, ORDER or 0
	Kind      token.Keyword   // MEMBER, STATIC, CONSTRUCTOR
	Routine   *Routine
	External  Expr // EXTERNAL NAME 'method' of an SQLJ type
	// ExternalVar is EXTERNAL VARIABLE NAME 'field' of an SQLJ type.
	ExternalVar bool
}

// CreateTypeBody is CREATE TYPE BODY.
type CreateTypeBody struct {
	Span
	UnitFlags
	Name    *Name
	Props   []*RoutineProp
	Decls   []Decl // *Method
	EndName *Name
}

func (*CreateType) stmtNode()     {}
func (*CreateTypeBody) stmtNode() {}
func (*AttrDecl) declNode()       {}
func (*Method) declNode()         {}
func (*ObjectType) typeDefNode()  {}
func (*OpaqueType) typeDefNode()  {}
