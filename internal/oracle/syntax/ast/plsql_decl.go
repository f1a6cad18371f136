package ast

import "landfall/internal/oracle/syntax/token"

// VarDecl is a variable or constant: name [CONSTANT] type [RANGE a..b] [NOT NULL] [:= | DEFAULT value].
type VarDecl struct {
	Span
	Name     *Name
	Constant bool
	Type     *DataType
	Bounds   *Bounds
	NotNull  bool
	Default  Expr
}

// Bounds is RANGE low..high of a numeric type.
type Bounds struct {
	Span
	Low, High Expr
}

// ExceptionDecl is name EXCEPTION.
type ExceptionDecl struct {
	Span
	Name *Name
}

// CursorDecl is CURSOR name [(params)] [RETURN rowtype] [IS query]; without a query it is a specification.
type CursorDecl struct {
	Span
	Name   *Name
	Params []*Param
	Return *DataType
	Query  *Select
}

// SubtypeDecl is SUBTYPE name IS base [RANGE a..b] [NOT NULL].
type SubtypeDecl struct {
	Span
	Name    *Name
	Base    *DataType
	Bounds  *Bounds
	NotNull bool
}

// TypeDecl is TYPE name IS definition of a PL/SQL declaration section; Def nil is an incomplete type.
type TypeDecl struct {
	Span
	Name *Name
	Def  TypeDef
}

// TypeDef is the definition of a user-defined type.
type TypeDef interface {
	Node
	typeDefNode()
}

// RecordType is RECORD (fields).
type RecordType struct {
	Span
	Fields []*VarDecl
}

// CollectionKind tells the three kinds of collection.
type CollectionKind uint8

// Kinds of collection.
const (
	NestedTable      CollectionKind = iota // TABLE OF t
	AssociativeArray                       // TABLE OF t INDEX BY k
	Varray                                 // VARRAY(n) OF t, VARYING ARRAY(n) OF t
)

// CollectionType is TABLE OF or VARRAY OF, in PL/SQL and in CREATE TYPE.
type CollectionType struct {
	Span
	Kind    CollectionKind
	Limit   Expr // of a varray
	Elem    *DataType
	Bounds  *Bounds
	NotNull bool
	Index   *DataType // of an associative array
	// Persistable is [NOT] PERSISTABLE of CREATE TYPE: PERSISTABLE, NOT or 0.
	Persistable token.Keyword
}

// RefCursorType is REF CURSOR [RETURN rowtype].
type RefCursorType struct {
	Span
	Return *DataType
}

func (*VarDecl) declNode()           {}
func (*ExceptionDecl) declNode()     {}
func (*CursorDecl) declNode()        {}
func (*SubtypeDecl) declNode()       {}
func (*TypeDecl) declNode()          {}
func (*RecordType) typeDefNode()     {}
func (*CollectionType) typeDefNode() {}
func (*RefCursorType) typeDefNode()  {}
