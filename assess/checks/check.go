// Package checks is the table of questions about a database that no single statement answers: character sets, logging,
// sizes, parameters, users. One record a check: what facts it needs, and a function that judges them.
//
// Input -> output: the facts of a bundle and the catalog in, a Checked for every record of the table out, in the order of
// codes. A check whose facts were not collected says so and is never passed. The package asks no database, reads no file and
// keeps no state; Run may be called by any number of goroutines. Titles, reasons and advice are in text/en.yaml and
// text/zh.yaml, by code; what judges say is written in English and translated by text/phrases.zh.yaml.
package checks

import (
	"landfall/assess/phrase"
	"landfall/internal/model"
	"landfall/internal/oracle/dict"
)

// Verdict is what a check came to, in the words of Oracle's Cloud Premigration Advisor Tool, and one more for facts that
// are not there.
type Verdict string

// Verdicts.
const (
	Pass          Verdict = "PASS"          // looked at, nothing to do
	Informational Verdict = "INFORMATIONAL" // worth knowing, nothing has to be changed
	Warning       Verdict = "WARNING"       // somebody has to act or to decide before the move
	Blocker       Verdict = "BLOCKER"       // the move cannot be made as planned until this is solved
	NotCollected  Verdict = "NOT COLLECTED" // the source does not tell
)

// Verdicts lists all, the worst first, as reports show them.
func Verdicts() []Verdict { return []Verdict{Blocker, Warning, Informational, NotCollected, Pass} }

// Scope says what a check is about.
type Scope string

// Scopes.
const (
	ScopeDatabase Scope = "database"
	ScopeSchema   Scope = "schema"
	ScopeTable    Scope = "table"
	ScopeSecurity Scope = "security"
	ScopeChange   Scope = "change capture"
)

// Check is one record of the table.
type Check struct {
	Code  string // DC and four digits; never changes its meaning, never used again
	Name  string // short, in words of the field: charset, force-logging
	Scope Scope
	// Needs are the extracts that Facts reads; all of them have to be there.
	Needs []string
	// Facts judges what a bundle tells. Nil: only the catalog tells.
	Facts func(in *Input) Outcome
	// Scripts judges the catalog where the bundle does not tell. Nil: scripts cannot tell. An Outcome that looked at nothing
	// (Of is 0) is no verdict: what scripts do not create may still be in the database.
	Scripts func(in *Input) Outcome
}

// Input is what checks look at.
type Input struct {
	Catalog *model.Catalog
	Facts   *dict.Facts // nil: the source is scripts
	Limits  Limits
	Schemas map[string]string // schemas that are renamed on the way: Oracle's name, folded, to the target's
}

// Limits are the figures from which on checks speak up. The usual ones and their reasons stand in figures.yaml of package
// assess.
type Limits struct {
	LargeTableBytes float64 // a table that deserves a plan of its own
	LargeLOBBytes   float64 // LOBs of one column
	Partitions      float64 // of one table
	RedoPerDay      float64 // bytes
	RedoPeakHour    float64 // bytes
	SwitchesPerHour float64
	Sessions        float64 // more of them need a pool
}

// Outcome is what a judge found.
type Outcome struct {
	Verdict Verdict
	Message phrase.Text // one sentence with the figures
	Of      int         // things looked at
	Facts   []fact
	Items   []item
	Script  string // SQL for the source database, or for the target where its first line says so; "" where none can be written
}

// Checked is the outcome of one check with its words.
type Checked struct {
	Code    string         `json:"code"`
	Name    string         `json:"name"`
	Scope   Scope          `json:"scope"`
	Verdict Verdict        `json:"verdict"` // PASS, INFORMATIONAL, WARNING, BLOCKER, NOT COLLECTED
	Title   string         `json:"title"`
	Why     string         `json:"why"`
	Advice  string         `json:"advice"`
	Message string         `json:"message"`
	From    string         `json:"from,omitempty"` // what was judged: "bundle" or "definitions" (of objects, in scripts or in the bundle); empty when not collected
	Of      int            `json:"of"`             // things that were looked at
	Facts   []CheckFact    `json:"facts,omitempty"`
	Items   []CheckItem    `json:"items,omitempty"`
	Script  string         `json:"script,omitempty"`  // statements that solve it; for the source database unless their first line says otherwise
	Missing []MissingFacts `json:"missing,omitempty"` // extracts that would tell, or would tell more
	Was     Verdict        `json:"was,omitempty"`     // verdict of the baseline, when it was another
}

// fact and item are CheckFact and CheckItem before their language is known.
type fact struct{ name, value phrase.Text }

type item struct {
	id   model.ObjectID
	name string
	what phrase.Text
}

// CheckFact is one figure that a verdict stands on.
type CheckFact struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// CheckItem is one thing that a check names.
type CheckItem struct {
	Object model.ObjectID `json:"object,omitempty"`
	Name   string         `json:"name,omitempty"` // where it is no object: a parameter, a feature, a privilege
	What   string         `json:"what"`
}

// MissingFacts is an extract that was not collected.
type MissingFacts struct {
	Extract string `json:"extract"`
	Reason  string `json:"reason"`
	Detail  string `json:"detail,omitempty"`
}

// Severity is how much a verdict weighs beside findings.
func (c Checked) Severity() model.Severity {
	switch c.Verdict {
	case Blocker:
		return model.Blocker
	case Warning:
		return model.Medium
	}
	return model.Info
}
