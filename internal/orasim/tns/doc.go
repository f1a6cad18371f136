// Package tns speaks Oracle's network protocol (TNS, and TTC inside it) as a server, so that unmodified drivers (go-ora,
// node-oracledb and python-oracledb in thin mode) log in and work without an Oracle.
//
// Input: connections of a listener. Output: calls of a session.Backend, and its answers as packets. Nothing here knows
// SQL, beyond finding the placeholders of a text, which say what binds follow in a request.
//
// What it does not do: native encryption of the network (TLS does that), thick clients (they negotiate native
// representations), object types but XMLTYPE, JSON and VECTOR columns, distributed transactions, advanced queueing,
// pipelining. Where a client asks for one of those it gets an ORA error and not a wrong answer.
//
// # How it is cut
//
//	server.go      listener, limits, sessions by number
//	link.go        packets on a socket
//	connect.go     CONNECT, ACCEPT, REFUSE; descriptor.go reads the connect descriptor; services.go answers native services
//	negotiate.go   what both sides can do
//	login.go       the challenge; verifier.go has its arithmetic
//	connection.go  one connection: dispatch of calls, break
//	decode.go      primitives of requests; encode.go of answers
//	execute.go     the execute call; bind.go its binds, fetch.go its rows, describe.go its columns, outcome.go what DML answers
//	lob.go         large objects; locator.go
//	charset.go     character sets of client and database
//	fault.go       trouble on purpose
//
// # Concurrency
//
// A Server may serve several listeners. Each connection has two goroutines: one reads packets, so that a break is seen
// while rows are on their way out; the other does everything else, and is the only one that calls the session. Faults
// can be changed at any time.
//
// The sources of what is sent are observation: the published drivers were run against this server, and deliberately
// broken answers told which fields they look at. docs/sim.md says what has never been compared with a real Oracle.
package tns
