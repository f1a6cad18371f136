// Package scripts reads a set of Oracle scripts as one estate: every file, every statement, and the catalog of
// the database that running them would make.
//
// Input -> output: a folder (or one file) of SQL*Plus scripts in; an Estate out, with the parsed files, their
// top-level statements and a frozen model.Catalog into which ALTER, COMMENT, GRANT, RENAME and DROP are folded.
// In which order files and statements stand does not matter, except where the scripts themselves contradict each
// other; docs/catalog.md says which one counts then. What cannot be read, found or decided is a Problem with a
// position and never disturbs the rest. The package does not resolve names inside queries and PL/SQL (package
// resolve does), evaluates no query, and leaves Object.DependsOn empty.
//
// Load parses files side by side; its result is the same whatever Options.Jobs says. An Estate is read-only
// once returned and may be used by any number of goroutines.
package scripts

import (
	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
)

// Estate is everything a set of scripts says.
type Estate struct {
	Catalog *model.Catalog // frozen
	Files   []*Source      // sorted by name
	Units   []*Unit        // every top-level statement (SQL*Plus commands excluded), in file order
	// Problems are in order of position. Syntax errors are not among them: see Unit.Err and Source.Parsed.
	Problems []Problem
	MaxTrees int64 // Options.MaxTrees that it was read with
}

// Source is one script file.
type Source struct {
	Name    string // relative to the folder that was read, with slashes
	Bytes   int64
	SHA256  string // of the bytes on disk, in hexadecimal
	Charset string
	Lines   int
	Parsed  *ast.File // nil when unreadable
	Err     error

	schema string // current schema at its beginning where no other script says one
}

// Unit is one top-level statement.
type Unit struct {
	Source *Source
	Stmt   ast.Stmt
	Schema string // current schema at that place, folded, may be ""
	// Formats are those that ALTER SESSION has set by then.
	Formats Formats
	// Object is what it creates or changes (the first of several), "" for none or when nothing of it is in the catalog
	// in the end. The unit that creates an object is the one that begins at Object.Pos, or, for what a block
	// creates by a call or dynamic SQL, holds that place.
	Object model.ObjectID
	Kind   model.ObjectKind // of Object, or what the statement is about
	Pos    model.Pos
	Lines  int
	Class  Class
	Err    *ast.Error // first error inside, nil when it was read whole
	// Binds are the types of the host variables that a program which sends the statement tells, by name as resolve has them.
	Binds map[string]model.TypeRef

	at   place
	vars *vars
	obj  *model.Object

	reading *reading // nil when nothing is put away
}

// Class is the sort of a statement.
type Class string

// Classes of statements.
const (
	ClassQuery Class = "query"
	ClassDML   Class = "dml"
	ClassDDL   Class = "ddl"
	ClassPLSQL Class = "plsql" // stored units and anonymous blocks
	ClassTCL   Class = "tcl"   // COMMIT, ROLLBACK, SAVEPOINT, SET TRANSACTION ...
	ClassAdmin Class = "admin" // ALTER SESSION, ALTER SYSTEM, AUDIT, users, roles, tablespaces ...
)

// ProblemKind is the sort of a Problem.
type ProblemKind string

// Kinds of problems.
const (
	ProblemFile     ProblemKind = "file"     // a file or folder that cannot be read
	ProblemCharset  ProblemKind = "charset"  // the character set was found out from the bytes
	ProblemInclude  ProblemKind = "include"  // an included file that is missing, unknown or goes in circles
	ProblemSchema   ProblemKind = "schema"   // the current schema is ambiguous
	ProblemVariable ProblemKind = "variable" // a substitution variable in a name is not known
	ProblemAgain    ProblemKind = "again"    // an object is created more than once
	ProblemDrop     ProblemKind = "drop"     // an object is dropped after it was created
	ProblemChange   ProblemKind = "change"   // an ALTER, COMMENT or RENAME of something that is not there
	ProblemDynamic  ProblemKind = "dynamic"  // a name that only the run of a block tells
)

// Problem is something that kept a part of the estate from being read, or a remark about what was assumed.
type Problem struct {
	Kind ProblemKind
	Pos  model.Pos
	Msg  string
	Hint string
	Note bool // a remark: everything was read
}

// File finds a source by its name, nil when there is none.
func (e *Estate) File(name string) *Source {
	for _, s := range e.Files {
		if s.Name == name {
			return s
		}
	}
	return nil
}

// Text is the statement as written, without its terminator.
func (u *Unit) Text() string { return u.Source.Parsed.Source(u.Stmt) }

// place orders statements as a run of the scripts would: first by run (a script that no other includes, with all
// it includes), then by step.
type place struct{ run, step int }

func (p place) before(o place) bool { return p.run < o.run || p.run == o.run && p.step < o.step }

// InRunOrder compares two units by where a run of the scripts comes to them: negative when a comes first.
func InRunOrder(a, b *Unit) int {
	switch {
	case a.at.before(b.at):
		return -1
	case b.at.before(a.at):
		return 1
	}
	return 0
}
