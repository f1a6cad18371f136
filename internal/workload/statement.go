// Package workload reads the SQL that is sent to an Oracle database, wherever it was written down, and groups it.
//
// Input -> output: workload files (own CSV, JSON lines and SQL forms), AWR and Statspack reports, SQL trace files,
// exports of audit trails and of V$SQL in; a stream of Statements with file and line, numbers of executions and bind
// values, and Problems for what could not be read, out. A Grouper folds the stream into Groups of equal fingerprint.
// Readers hold one statement at a time, take no more than MaxText of it, and never guess: what does not fit the form is
// a Problem with its place. The package converts nothing. Application source is read by the packages below it, one a
// form (mybatis, javasql, proc, embedded), which share only the types of this one: each brings the lexical rules of its
// own host language, and none may see another's.
//
// Readers are pure functions of their input and may run side by side; a Grouper serves one goroutine.
package workload

import (
	"time"

	"landfall/internal/model"
)

// MaxText is the most bytes that one statement may have. Longer ones are Problems.
const MaxText = 4 << 20

// Statement is one statement as a source tells of it.
type Statement struct {
	Text       string // Oracle SQL without terminator
	Schema     string // that parsed it, folded; "" unknown
	Module     string // module, program or mapper it came from
	User       string // who ran it
	SQLID      string
	Executions int64         // 0 where the source does not count them
	Elapsed    time.Duration // of all executions together; 0 unknown
	Rows       int64         // of all executions together
	Binds      []Bind
	Pos        model.Pos // where it was found
	Kind       Kind      // of the source
	Cut        bool      // the source shortens texts, and this one may be cut; SQLID may have the whole elsewhere
	Origin     string    // what it was found in, in words: "V$SQL", "AWR report", "MyBatis select findPolicy"
	// Source is how the text was put together from application source, nil for other sources.
	Source *Composition
}

// Kind is the sort of a source.
type Kind string

// Kinds of sources.
const (
	KindTable     Kind = "table"     // CSV and other text with a header line: own form, V$SQL, audit exports
	KindJSON      Kind = "jsonl"     // a JSON object a line
	KindSQL       Kind = "sql"       // SQL text, statistics in comments
	KindAudit     Kind = "audit"     // a table of an audit trail: each row is one execution
	KindAWR       Kind = "awr"       // AWR report, text or HTML
	KindStatspack Kind = "statspack" // Statspack report
	KindTrace     Kind = "trace"     // SQL trace file (event 10046)
	KindBundle    Kind = "bundle"    // extract of a collected bundle
	KindSource    Kind = "source"    // application source
)

// Bind is one host variable of a statement with sampled values.
type Bind struct {
	Name   string   `json:"name"`           // as the text has it, without the colon: "B1", "1"
	Type   string   `json:"type,omitempty"` // Oracle's name of the type, with length where told
	Out    bool     `json:"out,omitempty"`  // the statement gives it a value
	Values []string `json:"values,omitempty"`
	// OtherTypes are those that the same statement was seen with besides Type, without lengths.
	OtherTypes []string `json:"other_types,omitempty"`
}

// maxValues is how many different values of a bind are kept.
const maxValues = 5

// Problem is a piece of a source that was not taken, or a remark about what was assumed.
type Problem struct {
	Pos    model.Pos
	Kind   ProblemKind
	Reason string
	Hint   string
	Head   string // how the text begins
}

// ProblemKind says what is missing because of a problem.
type ProblemKind string

// Kinds of problems.
const (
	Unreadable  ProblemKind = "unreadable"  // the file, or the rest of it, was not read
	Malformed   ProblemKind = "malformed"   // a record does not have the form of its source
	TooLong     ProblemKind = "too long"    // a statement above MaxText, or that the source itself cut
	NotOracle   ProblemKind = "not oracle"  // SQL in another language: JPQL, HQL
	Unresolved  ProblemKind = "unresolved"  // text that only the program's run makes
	Enumeration ProblemKind = "enumeration" // not every combination of branches was made
	Assumed     ProblemKind = "assumed"     // everything was read, and this was taken for granted
)

// Sink takes what a reader finds. Both functions are called in order of the source; an error of Statement ends the
// reading and is given back.
type Sink struct {
	Statement func(Statement) error
	Problem   func(Problem)
	// Lenient has scanners of application source take what looks like SQL without reading it: a source that was changed is
	// held against what was wanted.
	Lenient bool
}

// Composition is how a statement's text was put together from the literals of application source.
type Composition struct {
	Unit     string    // names the place among its file's statements: mapper id, method, "line 12"; the same in every branch
	Branch   int       // from 1: which combination of the unit's branches this is
	Branches int       // how many were made
	Segments []Segment // in order, covering the text
	Lines    []int     // lines of the file at which segments begin; nil where nobody looked
	Partial  bool      // the unit has more combinations of branches than were made
	Hollow   bool      // a list that the statement cannot do without, SET or columns, is empty in this combination
}

// Segment is a piece of a statement's text: characters of the source, or what stands for a host variable or an unknown
// part of it.
type Segment struct {
	Len int // bytes of the text
	// Lo and Hi are the bytes of the file that the piece was read from; both 0 for what the source does not hold.
	File   string
	Lo, Hi int
	Form   Form
	Holds  Held
	Name   string // of a variable or hole: as the program writes it
	// Run is equal for pieces that may be written as one: they stand in the same literal or text, with nothing between.
	Run int
}

// Held is what a segment stands for.
type Held uint8

// What segments stand for.
const (
	HoldsText Held = iota // text of the statement
	HoldsBind             // a host variable, written in the source as the bytes Lo to Hi say
	HoldsHole             // text that only the run knows, ${...} or a variable of the program
	HoldsGlue             // what the framework adds: WHERE, a comma
)

// Form is how a piece of SQL is written in its file.
type Form string

// Forms, each with its own escapes.
const (
	FormPlain     Form = "plain"      // as it is: SQL files, Pro*C, here documents
	FormXML       Form = "xml"        // text of an element
	FormCDATA     Form = "cdata"      // CDATA section
	FormXMLAttr   Form = "xml-attr"   // value of an attribute
	FormJava      Form = "java"       // "..." of Java and C#
	FormJavaBlock Form = "java-block" // """...""" of Java
	FormVerbatim  Form = "verbatim"   // @"..." of C#
	FormSingle    Form = "single"     // '...' of PHP, Python, JavaScript, with backslashes
	FormDouble    Form = "double"     // "..." of the same
	FormTriple    Form = "triple"     // """...""" and '''...''' of Python
	FormShell     Form = "shell"      // here document in which the shell replaces variables
	FormProperty  Form = "property"   // value in a .properties file
	FormFixed     Form = "fixed"      // may not be written to
)
