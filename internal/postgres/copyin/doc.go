// Package copyin sends rows of Oracle's column bytes to a table by binary COPY, and finds the rows that do not go in.
//
// Input -> output: a connection with a transaction open, a table and an Encoder in; then rows in; a Result out, of what was
// written and what was refused. Tuples are built in the very frame that goes to the socket. Rows are kept as they came
// until the server has taken them, a batch at a time, so that one that the server refuses can be named and handed back
// with its bytes: the rows before it are sent again, it is tried alone, and the rest goes on.
//
// It begins and ends no transaction: a batch is a savepoint in the caller's, so nothing is there for good before the caller
// commits. What the server checks only then (deferred constraints) is the caller's to notice. It does not re-establish
// connections: after a failure other than a refused row the transaction is of no more use, and where ErrConnection says
// so, neither is the connection.
//
// A Writer serves one goroutine.
//
// Source: PostgreSQL manual, "Frontend/Backend Protocol", COPY Operations; "COPY", Binary Format.
package copyin
