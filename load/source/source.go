// Package source is the load's view of an Oracle database: a small interface to sessions and rows, and the facts that a
// plan is made of.
//
// Input -> output: SQL text with binds in; rows of column bytes out. ReadFacts asks the dictionary for tables, columns,
// keys and the extents of every segment. It opens no connection itself (cmd hands a Database in) and only ever reads.
//
// A Database may be used by many goroutines at once, a Session and its Rows by one at a time.
package source

import (
	"context"
	"errors"
	"io"

	"landfall/internal/model"
)

// Database opens sessions.
type Database interface {
	// Open logs in. The session numbers are in the '.,' form, sorts and compares in binary, and is read only.
	Open(ctx context.Context) (Session, error)
}

// Session is one logged-in session.
type Session interface {
	// Query runs a SELECT. Binds are strings and go in by their order, whatever their names: a session gives them no other type, so that
	// a comparison with a bind says in the SQL what it is to be (TO_NUMBER, CHARTOROWID).
	Query(ctx context.Context, sql string, binds ...string) (Rows, error)

	// Read is Query for the rows of a table: SELECT, the columns, and tail, which is FROM and what follows. How a column of a type that the
	// way cannot carry as it is (a LOB, XMLTYPE) is asked for, is decided behind this interface; it comes out as one column in any case. Width is
	// how many bytes a row has, about: what a fetch brings depends on it. 0 is not known.
	Read(ctx context.Context, columns []Column, width int, tail string, binds ...string) (Rows, error)

	Close() error
}

// Column is a column that is to be read.
type Column struct {
	Name string        // in the dictionary
	Expr string        // in SQL: a quoted name, ROWID
	Type model.TypeRef // by the dictionary
	// BadText is what is done about bytes that are no text in the database's character set: replace, hex, null, or "", which makes them a *ValueError.
	BadText string
}

// Rows is an open result.
type Rows interface {
	// Columns are the names of the columns.
	Columns() []string

	// Next fills row, which has as many elements as there are columns, with bytes in the form of internal/oracle/value: those that
	// Oracle sends for the type, text in UTF-8, nil for NULL. They are valid until the next call. io.EOF, as it is and not in a
	// chain, after the last row. After a
	// *ValueError the row is there but for one value, and Next can go on; after any other error the result is of no more use.
	Next(ctx context.Context, row [][]byte) error

	// Large is the value of a LOB that is too long to be in the row, UTF-8 text or bytes, to be read before the next call of Next.
	// nil says that row[i] is the whole value.
	Large(i int) io.Reader

	// Changed are the columns with bad text that BadText has changed, with the number of values. It is asked behind the last row.
	Changed() []Changed

	Close() error
}

// Changed counts the values of a column that were changed on the way, by the action that was asked for.
type Changed struct {
	Column, Action string
	Values         int64
}

// ValueError is a value that the way from the database could not carry: bytes that are no text in the database's character set,
// or what the driver has made something else of.
type ValueError struct {
	Column int
	Code   string // stable: bad-text, lost-date ...
	Why    string
	Raw    []byte // as far as there are any
}

func (e *ValueError) Error() string { return e.Code + ": " + e.Why }

// ORA gives the number of an Oracle error anywhere in a chain; 0 when there is none.
func ORA(err error) int {
	var e interface{ ORACode() int }
	if errors.As(err, &e) {
		return e.ORACode()
	}
	return 0
}

// texts runs a query of text columns and gives each row to a function. NULL is "".
func texts(ctx context.Context, s Session, sql string, binds []string, each func(v []string)) (err error) {
	rows, err := s.Query(ctx, sql, binds...)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	n := len(rows.Columns())
	raw, row := make([][]byte, n), make([]string, n)
	for {
		switch err := rows.Next(ctx, raw); {
		case err == io.EOF: // bare: a connection that is lost may have it in its chain
			return nil
		case err != nil:
			return err
		}
		for i, v := range raw {
			row[i] = string(v)
			if r := rows.Large(i); r != nil {
				b, err := io.ReadAll(r)
				if err != nil {
					return err
				}
				row[i] = string(b)
			}
		}
		each(row)
	}
}

// ErrLost is in the chain of errors after which a session is gone and another one may do.
var ErrLost = errors.New("the session of the source is lost")
