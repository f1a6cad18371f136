// Package value writes Oracle's column bytes as rows of PostgreSQL's binary COPY, and reads such rows back.
//
// Input -> output: columns (Oracle type, PostgreSQL type, policy) in, an Encoder out; then rows of column bytes, in the
// form of internal/oracle/value, in, and binary COPY tuples appended to a buffer out. What it writes is the very form
// that COPY TO gives back: numbers with their column's scale, text padded as stored, timestamps in microseconds. So the sum of
// the tuples' hashes, the fingerprint, is the same on both sides, and load, sync and verification need no second form.
//
// Nothing is changed in silence. A value that the target's column cannot hold as it is has a Fault, and the column's Policy
// says what is done: stop the row (the default of all) or a change that is counted. A pair of types without an encoding
// is an error when the Encoder is made, not when a row comes.
//
// It opens no connection, does not know chunks, and does not decide what happens to rows that it refuses.
//
// An Encoder serves one goroutine; Clone gives another its own. Rows cost no allocation once the buffers have grown. What an
// Encoder is made of may be shared.
//
// Source: PostgreSQL manual, "COPY", Binary Format; the send and receive functions of its types (numeric_send,
// timestamp_recv ...); "Data Types".
package value
