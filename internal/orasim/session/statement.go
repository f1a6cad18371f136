package session

import "context"

// Statement is a parsed statement. It can be executed any number of times, with other binds of other types each time.
type Statement interface {
	Kind() Kind

	// Describe gives the columns of a query without executing it; of anything else, nil. Binds may be nil when the client
	// only describes. A column that is nothing but a bind gets its type from it.
	Describe(ctx context.Context, binds []Bind) ([]Column, error)

	// Execute runs the statement. A result beside an error tells what had been done before: of array DML without
	// BatchErrors, RowCount and RowCounts of the iterations before the one that failed, which stay done (Oracle rolls back
	// the iteration, not the array); Error.Row says which one failed.
	Execute(ctx context.Context, call *Call) (*Result, error)

	Close() error
}

// Kind is what a statement is. The values are those of OCI_ATTR_STMT_TYPE, which the protocol carries too.
type Kind uint8

const (
	Unknown  Kind = 0
	Query    Kind = 1 // SELECT, also one with WITH or FOR UPDATE
	Update   Kind = 2
	Delete   Kind = 3
	Insert   Kind = 4
	Create   Kind = 5
	Drop     Kind = 6
	Alter    Kind = 7
	Block    Kind = 8 // BEGIN
	Declare  Kind = 9 // DECLARE
	CallStmt Kind = 10
	Explain  Kind = 15
	Merge    Kind = 16
	Other    Kind = 255 // COMMIT, GRANT, TRUNCATE ...
)

// Call is one execution.
type Call struct {
	// Binds are the declared binds. In SQL every occurrence of a placeholder is a bind of its own, in the order of the
	// text, whatever its name; in a PL/SQL block a name that comes again is not counted again.
	Binds []Bind

	// Rows holds one row of bind values for each iteration; without binds, one empty row. More than one row is array DML.
	// The values of RETURNING binds and of pure OUT binds are nil. The value of an array bind is nil; see Arrays.
	Rows [][][]byte

	// Arrays holds the elements of the binds with Bind.Elements > 0 (PL/SQL index-by tables), by index of the bind.
	Arrays map[int][][]byte

	BatchErrors bool // go on after a failed iteration, and list it in Result.BatchErrors
}

// Bind is the client's declaration of one bind. Its Type is one of the constants here: the other codes that drivers send
// (VARNUM, STRING, LONG VARCHAR, the two of go-ora for times) are translated by the wire. A ROWID comes as Varchar2 text,
// text longer than a VARCHAR2 as Long, a LOB as the locator of a temporary one.
type Bind struct {
	Type     Type
	Size     int  // most bytes in either direction, in the database's character set; an OUT value longer than this is ORA-06502
	National bool // character data in UTF-16BE
	Elements int  // of a PL/SQL index-by table: the most elements; 0 is a scalar

	TypeSchema, TypeName string // of an object type or collection
}

// Result is what an execution has done.
type Result struct {
	// Columns and Rows of a query.
	Columns []Column
	Rows    Rows

	// RowCount is how many rows were inserted, updated, deleted or merged in all; RowCounts says it by iteration, and may
	// be left out when there was only one.
	RowCount  uint64
	RowCounts []uint64

	// BatchErrors are the failed iterations of array DML, in order; their Row is set.
	BatchErrors []*Error

	// Out has one entry for each bind of the call when the statement is a block, a CALL or has RETURNING INTO; else nil.
	Out []Out

	// LastRowID is the ROWID (see Type) of the last row that DML touched; nil when there is none.
	LastRowID []byte

	// Warning is success with a complaint: ORA-24344, a unit was created with compilation errors.
	Warning *Error

	// Implicit are results that a block returned by DBMS_SQL.RETURN_RESULT.
	Implicit []*Cursor
}

// Out is what an execution gives back through one bind.
type Out struct {
	Direction Direction

	// Values by iteration. Of RETURNING INTO, each iteration gives as many values as it touched rows. Of a scalar bind of a
	// block: one value. Of an array bind: one iteration, its elements. Nil for Direction In.
	Values [][][]byte
}

// Direction of a bind, known only to who has analysed the statement.
type Direction uint8

const (
	In Direction = iota
	OutOnly
	InOut
	Returning
)

// Rows is an open result.
type Rows interface {
	// Next fills row, which has as many elements as there are columns, with the values of the next row; they are valid
	// until the next call. io.EOF after the last row. After any other error the result is closed.
	Next(ctx context.Context, row [][]byte) error
	Close() error
}

// Cursor is a result that came as a value.
type Cursor struct {
	Columns []Column
	Rows    Rows
}
