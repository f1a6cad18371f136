package ast

import "landfall/internal/oracle/syntax/token"

// Routine is a procedure or function: nested, in a package, a method of a type, or what CREATE makes.
// Without Body and CallSpec it is a forward declaration or a specification (or, with an AGGREGATE,
// PIPELINED USING or POLYMORPHIC property, implemented by the type or package named there).
type Routine struct {
	Span
	Kind       token.Keyword // PROCEDURE or FUNCTION
	Name       *Name
	Params     []*Param
	Return     *DataType
	ReturnSelf bool // RETURN SELF AS RESULT of a constructor
	Props      []*RoutineProp
	Body       *Block
	CallSpec   *CallSpec
}

// Param is name [IN] [OUT] [NOCOPY] type [:= | DEFAULT value]. Neither In nor Out means IN.
type Param struct {
	Span
	Name    *Name
	In, Out bool
	NoCopy  bool
	Type    *DataType
	Default Expr
}

// RoutineProp is one property of a routine, package or type.
//
//	AUTHID          Value CURRENT_USER | DEFINER
//	DETERMINISTIC
//	PARALLEL_ENABLE Value ANY | HASH | RANGE | VALUE; Names[0] the argument; Names[1:] the columns; Stream
//	RESULT_CACHE    Names of RELIES_ON
//	PIPELINED       Names[0] of USING; Value ROW | TABLE when POLYMORPHIC
//	AGGREGATE       Names[0]
//	ACCESSIBLE      Accessors
//	COLLATION       Names[0]
//	SQL_MACRO       Value SCALAR | TABLE or 0
//	ORDER, CLUSTER  Stream, where it stands outside PARALLEL_ENABLE
//	USING           Names[0], where other properties stand between it and PIPELINED
//	SHARING         Value METADATA | NONE | ...
type RoutineProp struct {
	Span
	Kind        token.Keyword
	Value       token.Keyword
	Polymorphic bool
	Names       []*Name
	Accessors   []*Accessor
	Stream      *Clause // ORDER | CLUSTER x BY (cols): Head, Names
}

// Accessor is [FUNCTION | PROCEDURE | PACKAGE | TRIGGER | TYPE] name of ACCESSIBLE BY.
type Accessor struct {
	Span
	Kind token.Keyword
	Name *Name
}

// CallSpec tells that a routine is written in another language.
type CallSpec struct {
	Span
	External bool          // the old word EXTERNAL
	Language token.Keyword // JAVA, C, MLE; 0 when another name stands
	LangName *Name         // the language as written (JAVASCRIPT ...)
	Name     Expr          // NAME literal or name, SIGNATURE of MLE
	Library  *Name         // LIBRARY, MLE MODULE
	Env      *Name         // of an MLE call
	Agent    []*Name       // AGENT IN (...)
	Context  bool          // WITH CONTEXT
	Params   *Clause       // PARAMETERS (...)
	Source   Expr          // inline MLE source text
	Standard token.Keyword // CALLING STANDARD C | PASCAL
}

func (*Routine) declNode() {}
