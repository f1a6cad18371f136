package ast

import "landfall/internal/oracle/syntax/token"

// DataType is a type as written in a column, cast, parameter or variable.
//
//	NUMBER(10,2)  VARCHAR2(30 CHAR)  TIMESTAMP(6) WITH TIME ZONE  INTERVAL DAY(3) TO SECOND(0)
//	LONG RAW  DOUBLE PRECISION  REF hr.emp_t  emp.sal%TYPE  emp%ROWTYPE  pkg.t_rec  XMLTYPE  VECTOR(3, FLOAT32)
type DataType struct {
	Span
	Name *Name // of a user-defined, qualified or anchored type; nil for built-in ones
	// Kw is the leading keyword of a built-in type: NUMBER VARCHAR2 CHAR DATE TIMESTAMP INTERVAL LONG RAW
	// DOUBLE NATIONAL CHARACTER ...; 0 when Name is set. What follows (RAW, PRECISION, VARYING) is in the tokens.
	Kw        token.Keyword
	Sem       token.Keyword // CHAR or BYTE in (30 CHAR)
	Anchor    token.Keyword // TYPE or ROWTYPE behind %, 0 without
	TimeZone  token.Keyword // TIMESTAMP WITH TIME ZONE: ZONE; WITH LOCAL TIME ZONE: LOCAL; 0 without
	LastField token.Keyword // INTERVAL YEAR TO MONTH: MONTH; DAY TO SECOND: SECOND
	Ref       bool          // REF type
	Args      []Expr        // in parentheses: (10,2), (*,2), (30 CHAR), (9); for INTERVAL the leading precision
	Charset   *Clause       // CHARACTER SET x | CHARACTER SET y%CHARSET
	SecondArg Expr          // INTERVAL ... TO SECOND(n)
}

// Clause is a run of words that the grammar has checked but that needs no structure of its own: storage
// attributes, optimizer and parallel options, special function syntax. Head names it (the first keyword of
// the clause); Exprs, Names, Types and Parts are what was recognised inside.
type Clause struct {
	Span
	Head  token.Keyword
	Exprs []Expr
	Names []*Name
	Types []*DataType
	Parts []*Clause
	Items []Node // what is neither of the above: OrderItem, SelectItem ...
	Query *Select
}
