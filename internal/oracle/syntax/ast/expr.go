package ast

import "landfall/internal/oracle/syntax/token"

// LitKind says what a literal is.
type LitKind uint8

// Literal kinds. Typed literals (DATE '...') cover their keyword and the string.
const (
	LitNumber LitKind = iota
	LitString         // any string form; the token kind tells which
	LitNull
	LitTrue
	LitFalse
	LitDefault   // DEFAULT in VALUES and SET
	LitDate      // DATE '2020-01-01'
	LitTimestamp // TIMESTAMP '...'
	LitTime      // TIME '...'
	LitInterval  // INTERVAL '1-2' YEAR(2) TO MONTH, the whole of it; File.Interval reads the fields
)

// Literal is a constant.
type Literal struct {
	Span
	Kind LitKind
}

// BindExpr is a bind variable, host variable or pseudo-record: :x  :1  :x:indicator  ? . A qualified one
// (:new.id) is a Name whose first token is a Bind.
type BindExpr struct{ Span }

// Inquiry is $$name outside a directive.
type Inquiry struct{ Span }

// Paren is an expression in parentheses, kept because comments and the author's grouping live there.
type Paren struct {
	Span
	X Expr
}

// AsType is (x AS supertype) in front of a method call: PL/SQL's general invocation.
type AsType struct {
	Span
	X    Expr
	Type *Name
}

// List is (a, b, c): an IN list, a row value, the left side of (a, b) = (select ...).
type List struct {
	Span
	Items []Expr
}

// Unary is an operator before its operand: + - NOT PRIOR CONNECT_BY_ROOT, or after it (Post).
// Op is the first token of the operator.
type Unary struct {
	Span
	Op token.Token
	X  Expr
}

// Binary is X Op Y for arithmetic, ||, comparison, AND, OR, ** , MOD, REM. Op is the operator's token
// (its index is X's Hi). Precedence is in the shape of the tree.
type Binary struct {
	Span
	Op   token.Token
	X, Y Expr
}

// Is is X IS [NOT] NULL, NAN, INFINITE, EMPTY, A SET, PRESENT, DANGLING, JSON ..., OF TYPE (...), TRUE, FALSE.
type Is struct {
	Span
	X     Expr
	Not   bool
	What  token.Keyword // NULL NAN INFINITE EMPTY SET PRESENT DANGLING JSON OF TRUE FALSE
	Types []*DataType   // of IS OF
	Opts  *FuncOptions  // of IS JSON: STRICT, WITH UNIQUE KEYS ...; Words is VALUE, ARRAY, OBJECT or SCALAR
}

// In is X [NOT] IN (list | subquery | name).
type In struct {
	Span
	X   Expr
	Not bool
	Set Expr // *List, *Subquery or any expression in parentheses
}

// Between is X [NOT] BETWEEN Lo AND Hi.
type Between struct {
	Span
	X        Expr
	Not      bool
	Low, Top Expr
}

// Like is X [NOT] LIKE|LIKEC|LIKE2|LIKE4|REGEXP_LIKE-style Pattern [ESCAPE e].
type Like struct {
	Span
	X       Expr
	Not     bool
	Op      token.Keyword
	Pattern Expr
	Escape  Expr
}

// Quantified is X op ANY|SOME|ALL (list or subquery).
type Quantified struct {
	Span
	X     Expr
	Op    token.Token
	Quant token.Keyword // ANY SOME ALL
	Set   Expr
}

// Exists is EXISTS (subquery); NOT EXISTS is a Unary over it.
type Exists struct {
	Span
	Query *Select
}

// Member is X [NOT] MEMBER|SUBMULTISET [OF] Y.
type Member struct {
	Span
	X   Expr
	Not bool
	Op  token.Keyword
	Y   Expr
}

// Multiset is X MULTISET UNION|INTERSECT|EXCEPT [ALL|DISTINCT] Y.
type Multiset struct {
	Span
	X    Expr
	Op   token.Keyword
	Dist token.Keyword // ALL, DISTINCT or 0
	Y    Expr
}

// Overlaps is (a, b) OVERLAPS (c, d).
type Overlaps struct {
	Span
	X, Y Expr
}

// When is one arm of a CASE expression.
type When struct {
	Span
	Cond Expr // a *List with dangling operators is possible in 23ai (WHEN < 5, 7 THEN)
	Then Expr
}

// Case is CASE [operand] WHEN ... [ELSE ...] END.
type Case struct {
	Span
	Operand Expr
	Whens   []*When
	Else    Expr
}

// Subquery is a query in parentheses used as a value or set.
type Subquery struct {
	Span
	Query *Select
}

// CursorExpr is CURSOR (subquery).
type CursorExpr struct {
	Span
	Query *Select
}

// Arg is one argument of a call: positional, named (n => x), with DISTINCT handled by the call.
type Arg struct {
	Span
	Name *Name // of named notation
	// Keys are the choices of a qualified expression of PL/SQL: 1 => x, 1|2 => x, 1..5 => x.
	Keys []Expr
	X    Expr
	// Extra keeps the special words of functions with their own grammar that stand after the value,
	// (expr AS alias, FORMAT JSON, ON OVERFLOW ...).
	Extra *Clause
}

// IterChoice is FOR i IN controls [INDEX expr | SEQUENCE] as choice of a qualified expression (PL/SQL, 21c).
type IterChoice struct {
	Span
	Iter     *Iterator
	Index    Expr
	Sequence bool
}

// Call is a function, procedure, method or collection access by parentheses: f(a, b), pkg.f(x => 1),
// t(i)(j).x is a chain of Call and Field. Functions with a grammar of their own (CAST, EXTRACT, TRIM,
// XMLELEMENT, JSON_TABLE ...) keep their words in Spec and in the arguments' Extra.
type Call struct {
	Span
	Fn       Expr // *Name, or *Call/*Field for chains
	Distinct token.Keyword
	Star     bool // COUNT(*)
	Args     []*Arg
	Spec     *Clause       // words of a special grammar: CAST's AS, TRIM's LEADING, XMLTABLE's COLUMNS ...
	Options  *FuncOptions  // clauses of SQL/JSON and SQL/XML functions
	Within   *Within       // WITHIN GROUP (ORDER BY ...)
	Keep     *Keep         // KEEP (DENSE_RANK FIRST|LAST ORDER BY ...)
	Nulls    token.Keyword // IGNORE or RESPECT nulls
	FromLast token.Keyword // FROM FIRST|LAST of NTH_VALUE
	Filter   Expr          // FILTER (WHERE ...) of 23ai
	Over     *Over
	Joined   bool // followed by the outer-join mark (+)
}

// Cast is CAST(x AS type), CAST(MULTISET(q) AS type), TREAT(x AS type), XMLCAST, with 12.2+ DEFAULT ON ERROR.
type Cast struct {
	Span
	Fn       token.Keyword // CAST TREAT XMLCAST
	Multiset *Select
	X        Expr
	Ref      bool // TREAT(x AS REF type)
	Type     *DataType
	Default  Expr   // DEFAULT d ON CONVERSION ERROR
	Format   []Expr // format mask and NLS parameter
}

// Extract is EXTRACT(field FROM x) of datetimes; EXTRACT(xml, path) is a Call.
type Extract struct {
	Span
	Field token.Token
	X     Expr
}

// Field is x.name where x is not itself a plain name: f(1).attr, (treat(...)).attr, t(i).col.
type Field struct {
	Span
	X    Expr
	Name *Name
	// Star is set for x.*
	Star bool
}

// Attr is a cursor, SQL or type attribute: c%FOUND, SQL%ROWCOUNT, SQL%BULK_ROWCOUNT(i), SQL%BULK_EXCEPTIONS(i).
type Attr struct {
	Span
	X     Expr
	Attr  token.Keyword
	Index Expr // of %BULK_ROWCOUNT(i)
}

// OuterMark is column (+), the old outer join mark.
type OuterMark struct {
	Span
	X Expr
}

// AtTimeZone is X AT TIME ZONE z or X AT LOCAL (Zone nil).
type AtTimeZone struct {
	Span
	X    Expr
	Zone Expr
}

// IntervalOf is (a - b) DAY(n) TO SECOND(m), an interval qualifier on an expression.
type IntervalOf struct {
	Span
	X    Expr
	Qual *Clause
}

// Collate is X COLLATE name.
type Collate struct {
	Span
	X    Expr
	Name *Name
}

// New is NEW type(args) as constructor call.
type New struct {
	Span
	Call Expr
}

// Index is a cell reference of MODEL (sales[2001, 'x']) or a JSON array step ([0], [*], [1 to 3]).
type Index struct {
	Span
	X    Expr
	Dims []Expr
}

// BadExpr stands where an expression was expected and could not be read; the statement around it is bad.
type BadExpr struct{ Span }

func (*Literal) exprNode()    {}
func (*BindExpr) exprNode()   {}
func (*Inquiry) exprNode()    {}
func (*Paren) exprNode()      {}
func (*AsType) exprNode()     {}
func (*List) exprNode()       {}
func (*Unary) exprNode()      {}
func (*Binary) exprNode()     {}
func (*Is) exprNode()         {}
func (*In) exprNode()         {}
func (*Between) exprNode()    {}
func (*Like) exprNode()       {}
func (*Quantified) exprNode() {}
func (*Exists) exprNode()     {}
func (*Member) exprNode()     {}
func (*Multiset) exprNode()   {}
func (*Overlaps) exprNode()   {}
func (*Case) exprNode()       {}
func (*Subquery) exprNode()   {}
func (*CursorExpr) exprNode() {}
func (*Call) exprNode()       {}
func (*Cast) exprNode()       {}
func (*Extract) exprNode()    {}
func (*Field) exprNode()      {}
func (*Attr) exprNode()       {}
func (*OuterMark) exprNode()  {}
func (*AtTimeZone) exprNode() {}
func (*IntervalOf) exprNode() {}
func (*Collate) exprNode()    {}
func (*New) exprNode()        {}
func (*Index) exprNode()      {}
func (*BadExpr) exprNode()    {}
func (*IterChoice) exprNode() {}

// Unparen takes the parentheses off an expression.
func Unparen(e Expr) Expr {
	for {
		p, ok := e.(*Paren)
		if !ok {
			return e
		}
		e = p.X
	}
}
