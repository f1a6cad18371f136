// Package session is the seam between the wire (internal/orasim/tns) and what answers behind it
// (internal/orasim/engine, or a scripted backend in a test): types and interfaces, no logic.
//
// The wire takes Oracle's network protocol apart: packets, login, cursors, fetch sizes, character set of the client,
// LOB locators, cancel. What is left is small, and is here: open a database, log in, parse, execute, fetch rows, read
// and write LOBs, commit. Input: SQL text and bind values. Output: columns, rows, counts, errors of Oracle.
//
// # Values
//
// A value is bytes, and nil is NULL (Oracle has no empty string). The bytes are the ones Oracle itself sends for the
// type, see Type, so that what a loader reads from the wire is what the engine made, with no Go type in between.
// Character data is in the database's character set (Info.Charset), because a simulated database must be able to hold
// what real ones hold, 8-bit bytes in US7ASCII among it; national data is UTF-16BE. The wire converts to and from the
// client's character set. SQL text, names and the texts of errors are Go strings in UTF-8; bytes of a statement that are
// no character of the set come as charset.Set.Hold makes them.
//
// # Concurrency
//
// Backend and Database may be called from many goroutines at once. A Session, and the Statements and Rows that came
// from it, are called by one goroutine at a time. A call that takes a context returns soon after the context ends, with
// any error; the wire then reports ORA-01013. A slice that was handed over belongs to the receiver only until the call
// returns (binds) or until the next call on the same Rows (row values).
//
// # Errors
//
// An error that a client shall see is an *Error (errors.As). Any other error is a fault of ours: the wire reports it
// as ORA-00600 with the text.
package session

import "context"

// Backend is all databases behind one listener.
type Backend interface {
	// Open finds the database that a client asks for. The error for an unknown one is ORA-12514 (service) or ORA-12505
	// (SID).
	Open(ctx context.Context, target Target) (Database, error)
}

// Target is what the connect descriptor asks for: one of the two is set. Neither folded nor trimmed.
type Target struct {
	Service string
	SID     string
}

// Database is one database, or one pluggable database, that accounts log in to.
type Database interface {
	Info() Info

	// Password gives the password of an account, which the wire needs to make a challenge of and to check the answer
	// against. The name is as the client sent it: folding is the backend's. An unknown account is ok false; the client
	// sees the same ORA-01017 as for a wrong password. A locked or expired one is found out by Login.
	Password(ctx context.Context, user string) (password string, ok bool)

	// Login makes a session for an account whose password has been checked.
	Login(ctx context.Context, login Login) (Session, error)
}

// Info is what clients are told about a database before they can ask by SQL.
type Info struct {
	Name     string // DB_NAME
	Unique   string // DB_UNIQUE_NAME; "" means Name
	Domain   string // DB_DOMAIN
	Instance string // INSTANCE_NAME
	Service  string // the service the client has come to
	Version  Version
	Banner   string // V$VERSION's first line
	Charset  int    // NLS_CHARACTERSET by Oracle's number: 873 AL32UTF8, 871 UTF8, 852 ZHS16GBK, 1 US7ASCII ...
	NCharset int    // NLS_NCHAR_CHARACTERSET: 2000 AL16UTF16; nothing else is served
}

// Version is the version of the database in five parts, 19.3.0.0.0.
type Version [5]int

// Login is who logs in, and from where; what V$SESSION shows.
type Login struct {
	User   string // as the client sent it
	Proxy  string // the account to become, when User logs in as a proxy for it ("proxy[target]"); else ""
	Mode   Mode
	Target Target

	Program, Machine, OSUser, Terminal, Process, Driver string
	Address                                             string // of the client, host:port

	// End may be called by the backend from any goroutine, more than once, to end this session (ALTER SYSTEM KILL
	// SESSION): the running call, or else the next one, gets the error, usually ORA-00028, and the connection is closed.
	End func(*Error)
}

// Mode is the administrative privilege a client asks for.
type Mode int

const (
	Normal Mode = iota
	SYSDBA
	SYSOPER
)

// Session is one logged-in session.
type Session interface {
	// State is asked at login.
	State() State

	// Parse reads one statement. Its cost is that of a hard parse: the wire keeps the Statement open for as long as the
	// client keeps the cursor. An error of the text has Error.Pos.
	Parse(ctx context.Context, sql string) (Statement, error)

	Commit(ctx context.Context) error
	Rollback(ctx context.Context) error
	InTransaction() bool

	// SetClient takes module, action and the like, which clients send along with a call. Only the fields of what are set.
	SetClient(what ClientFields, c Client)

	// Cursor gives the open result behind a value of type RefCursor. The wire closes the rows.
	Cursor(ctx context.Context, value []byte) (*Cursor, error)

	LOBs

	// Close rolls back what is open and frees everything. It is called once, also after a lost connection.
	Close() error
}

// ContextSetter is what sessions are that have application contexts: attributes of a namespace, read by SYS_CONTEXT. Clear drops those that
// are there first.
type ContextSetter interface {
	SetContext(namespace string, clear bool, values map[string]string) error
}

// SchemaTeller is what sessions are whose current schema can change: drivers are told the new one.
type SchemaTeller interface {
	// CurrentSchema is its name, and how often it has been set: drivers are told of one that is set to what it was, too.
	CurrentSchema() (name string, set int)
}

// XMLTypeID is the TYPE_OID of SYS.XMLTYPE, in the dictionary and on the wire. It is read only.
var XMLTypeID = []byte{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 1, 0}

// State is what a session begins with.
type State struct {
	SID, Serial uint32
	NLS         map[string]string // as in NLS_SESSION_PARAMETERS: NLS_LANGUAGE, NLS_DATE_FORMAT ...
}

// Client is what a client says of itself while it works.
type Client struct {
	Identifier, Module, Action, Info, Operation string
}

// ClientFields says which fields of a Client were sent.
type ClientFields uint8

const (
	Identifier ClientFields = 1 << iota
	Module
	Action
	ClientInfo
	Operation
)

// LOBs reads and writes large objects by locator. A locator is a value of type CLOB or BLOB: 1 to 24 bytes whose meaning is
// the engine's own; of type BFile it is the directory and the file, each with its length as a u16 in front. It must tell persistent from temporary LOBs and keep read consistency as far as the engine
// has it. It is valid until the session ends or, a temporary one, until FreeTemporary. Of one that is not valid any
// longer, all say ORA-22922.
//
// A BLOB's data and offsets are bytes. A CLOB's (and NCLOB's) data is UTF-16BE and its offsets and amounts are UTF-16
// code units, whatever the database's character set: that is how Oracle counts, and how it stores CLOBs where characters
// have several bytes. Offsets begin with 0.
type LOBs interface {
	LOBLength(ctx context.Context, locator []byte) (uint64, error)

	// ReadLOB appends up to amount units from offset to dst; fewer only at the end of the LOB.
	ReadLOB(ctx context.Context, dst, locator []byte, offset, amount uint64) ([]byte, error)

	// WriteLOB overwrites and extends. A persistent LOB must have been selected FOR UPDATE or be returned by DML (ORA-22920).
	WriteLOB(ctx context.Context, locator []byte, offset uint64, data []byte) error

	TrimLOB(ctx context.Context, locator []byte, length uint64) error

	// CreateTemporary makes an empty temporary LOB; national is for NCLOB.
	CreateTemporary(ctx context.Context, t Type, national bool) (locator []byte, err error)
	FreeTemporary(ctx context.Context, locator []byte) error
	IsTemporary(locator []byte) bool
}
