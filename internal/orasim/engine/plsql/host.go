// Package plsql interprets PL/SQL over the tree of our own parser: blocks, variables, control flow, exceptions, cursors,
// collections and routines. It knows no SQL: what an expression of scalars gives, how values convert, and what a query or
// DML does is the business of a Host, which the engine is.
//
// Input -> output: Compile takes a block and the binds that it may use, and gives a Unit, or the error that Oracle's
// compiler has for it (ORA-06550 with a PLS- line for every mistake); Unit.Run executes it. Values are bytes as in the
// engine, nil is NULL; BOOLEAN is one byte. What is not known here ends in ORA-03001 with the text that it is about, at
// compile time wherever that can be seen then, and no WHEN OTHERS catches it.
//
// A Unit may be run again and again, by one goroutine at a time. It holds nothing of a run.
//
// Source: Oracle Database PL/SQL Language Reference 19c.
package plsql

import (
	"context"

	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/orasim/value/charset"
)

// Class is what PL/SQL needs to know of a scalar type.
type Class uint8

// Classes of scalars.
const (
	ClassNull Class = iota
	ClassText
	ClassNumber
	ClassBoolean
	ClassDate // DATE, TIMESTAMP, and intervals
	ClassLOB
	ClassCursor // a column that is a CURSOR expression
	ClassOther
)

// Scalar is a type of the engine. Two are the same type when they are equal as values of Go.
type Scalar interface {
	Class() Class
	String() string
}

// Expr is a compiled scalar expression.
type Expr struct {
	Type Scalar
	Eval func(*Frame) ([]byte, error)
	Null bool // the literal NULL
}

// Column is a column of a table or of a query.
type Column struct {
	Name string
	Type Scalar
	// NotNull is kept of tables; %TYPE does not inherit it.
	NotNull bool
}

// Names resolves what an expression or a statement of SQL says of the block around it.
type Names interface {
	// Value compiles a name, call, element, field, attribute or bind that belongs to the block; ok is false when it does
	// not, and is for the engine to know.
	Value(e ast.Expr) (x Expr, ok bool, err error)
	// Row gives the fields of a record, for VALUES rec and SET ROW = rec.
	Row(e ast.Expr) (fields []Expr, ok bool, err error)
	// CurrentOf gives the ROWID of the row that a cursor FOR UPDATE stands on.
	CurrentOf(e ast.Expr) (Expr, error)
	// InSQL tells that the names are those of a statement of SQL, in which columns come first and values are bound.
	InSQL() bool
}

// Host is the engine, for one session.
type Host interface {
	// Scalar is a built-in type as a declaration writes it; ok is false when there is none of that name.
	Scalar(f *ast.File, d *ast.DataType) (t Scalar, ok bool, err error)
	// Named is a type without sizes: NUMBER, VARCHAR2 (of 32767 bytes), BOOLEAN, PLS_INTEGER, DATE, CLOB ...
	Named(name string) Scalar
	// Table gives the columns of a table or view by name, nil when there is none.
	Table(parts []string) ([]Column, error)
	// Known tells that a name is one of the catalog, or of a package of Oracle's: what is not served then is ORA-03001, not PLS-00201.
	Known(parts []string) bool

	Expr(f *ast.File, e ast.Expr, n Names) (Expr, error)
	// Assign converts an expression to a type, with its size: what does not fit is ORA-06502.
	Assign(f *ast.File, at ast.Node, x Expr, to Scalar) (Expr, error)
	// Converter converts values, as Assign does; nil when types do not convert.
	Converter(from, to Scalar) func(*Frame, []byte) ([]byte, error)
	// Equal compiles x = y as a condition.
	Equal(f *ast.File, at ast.Node, x, y Expr) (func(*Frame) (bool, error), error)

	Query(f *ast.File, q *ast.Select, n Names) (Query, error)
	Change(f *ast.File, s ast.Stmt, n Names) (Change, error)
	// Command is a statement that needs no values: LOCK TABLE, SET TRANSACTION ...
	Command(f *ast.File, s ast.Stmt) func(*Frame) error
	// Dynamic parses the text of EXECUTE IMMEDIATE, OPEN FOR and DBMS_SQL.
	Dynamic(r *Run, text string) (Dynamic, error)

	// Charset is that of the database: text is held in its form (package charset), and lengths and the order of texts are its.
	Charset() *charset.Set
	Native(name string) *Native
	Output() *Output
	SQLCursors() *SQLCursors
	// SQLNamed finds an object type or collection of the schema by name, nil for none; SQLType tells what it is made of, nil of other scalars.
	// Opaque tells the types whose values only the engine can read.
	SQLNamed(parts []string) Scalar
	SQLType(t Scalar) *SQLType
	Opaque(t Scalar) bool
	// Parts and Image take a value of such a type apart, and make one.
	Parts(t Scalar, image []byte) ([][]byte, error)
	Image(t Scalar, parts [][]byte) []byte
	// Nested is the cursor behind a value of a column that is a CURSOR expression.
	Nested(v []byte) (*Cursor, error)
	// Tick tells the engine's side of evaluating expressions that a statement begins: SYSDATE is the time of now.
	Tick(exec any)
	// Atomically undoes what f has done to the database when it fails.
	Atomically(f func() error) error
	Commit(ctx context.Context) error
	Rollback() error
	RollbackTo(name string) error
	Savepoint(name string)
}

// Rows is an open result.
type Rows interface {
	// Next gives the next row, nil behind the last one. It is valid until the next call.
	Next() ([][]byte, error)
	// RowID is that of the row in the (first) table that the query locks, nil without FOR UPDATE.
	RowID() []byte
	Close()
}

// Query is a compiled query.
type Query interface {
	Columns() []Column
	// Open evaluates what it takes from the block in a frame, and runs it.
	Open(fr *Frame) (Rows, error)
}

// Change is compiled DML.
type Change interface {
	// Returning are the types of what RETURNING gives, nil without.
	Returning() []Column
	Run(fr *Frame) (count int, returned [][][]byte, err error)
}

// Bound is a value given to dynamic SQL; its Value is changed where the statement gives something back.
type Bound struct {
	Type  *Type
	Value any
	In    bool
	Out   bool
}

// Dynamic is a statement made at run time.
type Dynamic interface {
	// IsQuery tells a query, which must be fetched from, from anything else.
	IsQuery() bool
	// IsBlock tells a block, whose binds are by name.
	IsBlock() bool
	// IsDDL tells what commits by itself.
	IsDDL() bool
	// Binds is how many binds it has: of a block, those of different names.
	Binds() int
	Columns(using []*Bound) ([]Column, error)
	Open(r *Run, using []*Bound) (Rows, error)
	// Execute runs what is no query. Returning are the binds of RETURNING INTO; their values come back row by row.
	Execute(r *Run, using []*Bound, returning []*Type) (count int, returned [][][]byte, err error)
	// Name is the name of a bind by its place, with the colon.
	Name(i int) string
}
