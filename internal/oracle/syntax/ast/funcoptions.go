package ast

import "landfall/internal/oracle/syntax/token"

// FuncOptions are the clauses of SQL/JSON and SQL/XML functions behind (or among) their arguments.
type FuncOptions struct {
	Span
	Passing    []*PassingArg
	Returning  *DataType     // RETURNING type, or AS type of XMLSERIALIZE
	Content    token.Keyword // DOCUMENT or CONTENT of XMLPARSE, XMLSERIALIZE, XMLQUERY; SEQUENCE of XMLTABLE
	Wellformed bool
	Format     bool // FORMAT JSON
	Truncate   bool
	Pretty     bool // PRETTY, or INDENT of XMLSERIALIZE
	ASCII      bool
	Ordered    bool
	Strict     bool
	UniqueKeys token.Keyword // WITH or WITHOUT UNIQUE KEYS
	Wrapper    token.Keyword // WITH, WITHOUT, CONDITIONAL or UNCONDITIONAL
	Quotes     token.Keyword // KEEP or OMIT
	Scalars    token.Keyword // ALLOW or DISALLOW
	Type       token.Keyword // TYPE (STRICT|LAX)
	On         []*OnClause
	Path       Expr // PATH of a column
	Default    Expr // DEFAULT of a column of XMLTABLE
	Encoding   Expr // ENCODING of XMLSERIALIZE
	Version    Expr // VERSION of XMLROOT and XMLSERIALIZE
	Words      *Clause
	OrderBy    *OrderBy
	Columns    []*TableColumn
	Ops        []*JSONOp
}

// OnClause is action ON event: NULL ON ERROR, DEFAULT 0 ON EMPTY, ABSENT ON NULL, EMPTY ARRAY ON ERROR.
type OnClause struct {
	Span
	Action  token.Keyword // NULL ERROR TRUE FALSE EMPTY DEFAULT ABSENT IGNORE CREATE REMOVE REPLACE
	Of      token.Keyword // ARRAY or OBJECT behind EMPTY
	Default Expr
	Event   token.Keyword // ERROR EMPTY MISMATCH NULL MISSING EXISTING
	Details []token.Keyword
}

// PassingArg is expr [AS name] of PASSING.
type PassingArg struct {
	Span
	X    Expr
	Name *Name
}

// TableColumn is a column of JSON_TABLE or XMLTABLE.
type TableColumn struct {
	Span
	Name       *Name // nil for NESTED PATH
	Ordinality bool
	Type       *DataType
	Exists     bool
	Options    *FuncOptions // Path, Format, Default and all other clauses
	Nested     []*TableColumn
}

// JSONOp is one operation of JSON_TRANSFORM. Paths are its left sides, Value its right side; Ops are the
// operations of NESTED PATH, and of CASE: each Items arm is a JSONOp with Op WHEN or ELSE.
type JSONOp struct {
	Span
	Op      token.Keyword
	Paths   []Expr
	ByPath  bool // the value is PATH p
	Value   Expr
	Options *FuncOptions
	Ops     []*JSONOp
}

// JSONValue is the constructor JSON {...} or JSON [...] and the objects and arrays inside it.
type JSONValue struct {
	Span
	Array   bool
	Args    []*Arg
	Options *FuncOptions
}

func (*JSONValue) exprNode() {}
