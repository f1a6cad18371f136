package gen

import (
	"landfall/internal/model"
)

// Phase says when a statement is run: the order of a deployment.
type Phase uint8

// Phases in order of deployment. All up to PhaseTable is what a bulk load needs; what follows comes behind the data.
const (
	PhaseSchema     Phase = iota // schemas, extensions
	PhaseType                    // types, domains, record types of packages
	PhaseSequence                // sequences
	PhaseEarly                   // routines that defaults, checks, generated columns and indexes call
	PhaseTable                   // tables without keys
	PhaseData                    // DML of scripts, in source order
	PhaseIndex                   // indexes
	PhaseKey                     // primary and unique keys, checks
	PhaseForeignKey              // foreign keys
	PhaseView                    // views and materialized views
	PhaseRoutine                 // package state, routines, methods
	PhaseTrigger                 // triggers
	PhaseComment                 // comments
	PhaseGrant                   // grants, row security
	PhaseJob                     // jobs
	PhaseScript                  // queries and blocks of scripts, in source order
)

var phaseNames = [...]string{
	"schema", "type", "sequence", "early", "table", "data", "index", "key", "foreign_key", "view", "routine", "trigger", "comment", "grant", "job", "script",
}

// String is the phase's name as used in folders and the manifest.
func (p Phase) String() string {
	if int(p) < len(phaseNames) {
		return phaseNames[p]
	}
	return "phase"
}

// Output is one statement of the target, or a few that belong together and are created in one go.
type Output struct {
	ID    model.ObjectID
	Kind  model.ObjectKind
	Phase Phase
	// Schema is the PostgreSQL schema that must exist, unquoted, "" for search_path; Name the object's name, unquoted.
	Schema, Name string
	SQL          string    // complete statements, each with its semicolon, a line break at the end
	Pos          model.Pos // of the Oracle source
	Lines        []LineMap // ascending by Target
	Codes        []string  // of the findings that concern it, sorted, each once
	Needs        []string  // extensions it needs to be created or run: dblink, orafce, pg_cron ...
	Support      []string  // functions of the support schema it uses
	Refused      bool      // it, or a statement in it, is refused
	Members      []Member  // routines of a package or type; also the one routine of a stand-alone one
	DependsOn    []model.ObjectID
}

// LineMap says that a line of the target and those behind it come from a line of the source.
type LineMap struct {
	Target int `json:"target"` // line in SQL, from 1
	Source int `json:"source"` // line in the file of Pos, from 1
}

// SourceLine is the line of the source behind a line of the target; 0 when nothing is known.
func (o *Output) SourceLine(target int) int {
	line := 0
	for _, m := range o.Lines {
		if m.Target > target {
			break
		}
		line = m.Source
	}
	return line
}

// Member is one routine that an output creates.
type Member struct {
	Name    string    `json:"name"`   // as the catalog has it: PKG.PROC, folded
	Target  string    `json:"target"` // its PostgreSQL name, quoted and qualified
	Args    string    `json:"args"`   // types of the input arguments, as DROP FUNCTION wants them
	Proc    bool      `json:"procedure,omitempty"`
	Refused bool      `json:"refused,omitempty"`
	Code    string    `json:"code,omitempty"` // of the finding that refused it
	Pos     model.Pos `json:"pos"`
}

// Class is how an input statement ended.
type Class string

// Classes of the loss ledger.
const (
	Converted Class = "converted"
	Changed   Class = "changed" // converted with changed meaning: a finding says what
	Refused   Class = "refused"
	Ignored   Class = "ignored" // left out on purpose
)

// Line is one line of the loss ledger. Lines with Part set are about a piece of a statement (a storage clause, a hint)
// and are not counted in totals.
type Line struct {
	Class  Class          `json:"class"`
	Object model.ObjectID `json:"object,omitempty"`
	Pos    model.Pos      `json:"pos"`
	Code   string         `json:"code,omitempty"` // of the rule that decided; of the worst finding for changed and refused
	What   string         `json:"what"`           // the statement or clause in a few words
	Part   bool           `json:"part,omitempty"`
}

// Result is what became of one statement.
type Result struct {
	Outputs  []*Output
	Findings []model.Finding
	Ledger   []Line // the statement's line first, then those of its parts
}
