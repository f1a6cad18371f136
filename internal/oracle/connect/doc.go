// Package connect is the live Oracle: sessions, rows and errors over the go-ora driver, which is imported nowhere else.
//
// Input: a Target (where), Options (as whom, how many sessions, how long), SQL text and bind values. Output: rows, errors as
// *OracleError, facts about the database. Rows come in two forms: Session.Query gives the driver's values, for the dictionary
// and all that is small; Session.Fetch gives the bytes that Oracle sends, for tables: a sixth of the driver's cost, and without what it
// loses (29 February 1500, the sign of an infinity, time zone regions that it does not know, empty LOBs, digits 7 to 9 of an interval).
//
// # Read only
//
// A Source reads. Every statement is parsed by our own parser before it is sent, and everything but queries, a list of
// harmless session settings and a list of harmless calls is refused (see Check); what the parser cannot read is refused
// too. A session asks for a read-only transaction besides where a caller wants one point in time for several queries
// (Session.ReadOnly).
//
// # What it does not do
//
// It does not convert values to PostgreSQL, knows no dictionary, does not rewrite SQL, does not retry and keeps no pool: a
// Session is one login. What the driver's values cannot carry (see FaultKind, and Rows.Values on empty LOBs) is said, not repaired.
//
// # Concurrency
//
// A Source may be used by many goroutines. A Session, and the Rows that came from it, belong to one goroutine at a time;
// one Rows of a Session may be open at a time, because the driver has one buffer a connection.
//
// # The driver
//
// The driver is unmodified and pinned. It logs in, sends statements with their binds and describes results. What it keeps to itself and
// we need is read by reflection: its network session (which Fetch and LOBs are read over, and by which a fetch is interrupted, and which knows the
// number of an error that the driver hides, and whether the traffic is encrypted), its settings (rows a fetch, by query), its descriptions of
// columns, and the database's character set. inner.go holds that, and refuses to work with a release in which it is not as expected.
package connect
