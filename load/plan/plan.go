// Package plan decides what a load does before it does anything: which tables, in which chunks, under which names, and what is
// built behind the rows.
//
// Input -> output: facts of the source, settings of the project, names and statements of the conversion in; a Plan out. A Plan is immutable:
// its ID is the hash of all that is in it, so that whoever goes on with a load can tell whether it is the same one. The same input gives
// the same plan. It reads no database and writes no file. Its functions may be called concurrently.
package plan

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"

	"landfall/internal/model"
	"landfall/internal/oracle/value"
	"landfall/load/source"
)

// Format is the version of a plan's form. Formats change by addition.
const Format = 1

// Plan is everything that a load does.
type Plan struct {
	Format int    `json:"format"`
	Tool   string `json:"tool"` // version of landfall that made it

	Source source.Identity `json:"source"`

	// SCN is the snapshot that every row of the load is read as of, and the start of sync.
	SCN model.SCN `json:"scn"`
	// SyncFrom is where the capture of changes has to start reading redo: the start of the oldest transaction that was open at SCN. 0
	// where that could not be asked; SyncUnknown says why.
	SyncFrom    model.SCN `json:"sync_from,omitempty"`
	SyncUnknown string    `json:"sync_unknown,omitempty"`

	// Settings tells the settings that the plan was made with from others; see SettingsKey.
	Settings string `json:"settings,omitempty"`

	// Statements tells the statements of the conversion that it was made with from others; see StatementsKey.
	Statements string `json:"statements,omitempty"`

	// Schemas are those that were asked for, in order, * for all; none in plans of older versions.
	Schemas []string `json:"schemas,omitempty"`

	// Seen is how it was made sure that no table is passed over: SeenAll, SeenFolder or SeenAccount; "" in plans of older versions.
	Seen string `json:"seen,omitempty"`

	// TimeZone is the one that DATE and TIMESTAMP are meant in, where the target's column has a time zone.
	TimeZone string `json:"time_zone,omitempty"`

	Tables    []Table    `json:"tables"`
	Chunks    []Chunk    `json:"chunks"` // biggest first
	Sequences []Sequence `json:"sequences,omitempty"`
	Steps     []Step     `json:"steps,omitempty"` // in order
	LeftOut   []LeftOut  `json:"left_out,omitempty"`
}

// Table is one table of the load.
type Table struct {
	No     int    `json:"no"` // place in Plan.Tables
	Owner  string `json:"owner"`
	Name   string `json:"name"`
	Schema string `json:"target_schema"` // of the target, without quotes
	Target string `json:"target_table"`

	Kind    Kind     `json:"kind"`
	Columns []Column `json:"columns"`
	// Key are the columns, by their source's names, that tell rows apart; empty when nothing does.
	Key    []string `json:"key,omitempty"`
	Filter string   `json:"where,omitempty"` // condition in Oracle's SQL

	Rows   int64 `json:"rows"`   // by the statistics: an estimate
	Blocks int64 `json:"blocks"` // of the extents; 0 where they are not known
	Bytes  int64 `json:"bytes"`  // an estimate
	Chunks int   `json:"chunks"`
}

// Kind is how a table is cut.
type Kind string

// Kinds of tables.
const (
	Heap Kind = "heap" // by ranges of ROWIDs
	Keys Kind = "key"  // by ranges of a key: index-organized and clustered tables, views
)

// SourceName is OWNER.NAME as Oracle writes it.
func (t *Table) SourceName() string { return model.CatalogName(t.Owner, t.Name).String() }

// Column is one column of a table.
type Column struct {
	Source string        `json:"source"`
	Type   model.TypeRef `json:"type"`
	Target string        `json:"target"` // without quotes
	// Policy says by the fault's name what is done about values that do not fit; what it does not name stops the row.
	Policy map[string]string `json:"policy,omitempty"`
	// Virtual columns are loaded only where the target does not compute them itself.
	Virtual bool `json:"virtual,omitempty"`

	// Object is the form of an object or collection, nil for all other columns; its values are read as JSON.
	Object *value.Shape `json:"object,omitempty"`
	// As is what its target has to be, json or composite; "" takes either.
	As string `json:"as,omitempty"`
	// Short says that the source makes JSON of an object only up to 4000 bytes; more is ORA-40478.
	Short bool `json:"short,omitempty"`
}

// Chunk is a piece of a table that is read and written in one go.
type Chunk struct {
	No        int    `json:"no"` // place in Plan.Chunks
	Table     int    `json:"table"`
	Partition string `json:"partition,omitempty"` // of the source
	Sub       bool   `json:"subpartition,omitempty"`
	Object    uint32 `json:"data_object_id,omitempty"`
	// From is the first ROWID, To the first one behind; "" is open.
	From string `json:"from,omitempty"`
	To   string `json:"to,omitempty"`
	// KeyFrom and KeyTo are values of the key's columns as text, the first that is in and the first that is not; empty is open. KeyNull
	// takes the rows with a NULL in the key, which no range has.
	KeyFrom []string `json:"key_from,omitempty"`
	KeyTo   []string `json:"key_to,omitempty"`
	KeyNull bool     `json:"key_null,omitempty"`

	Blocks int64 `json:"blocks,omitempty"`
	Rows   int64 `json:"rows"`  // an estimate
	Bytes  int64 `json:"bytes"` // an estimate
}

// Sequence is set behind the rows, beyond what the source may have given out.
type Sequence struct {
	Owner  string `json:"owner"`
	Name   string `json:"name"`
	Schema string `json:"target_schema"`
	Target string `json:"target_sequence,omitempty"`
	// Table and Column, of the target, when it is the sequence of an identity column.
	Table  string `json:"target_table,omitempty"`
	Column string `json:"target_column,omitempty"`
}

// Step is a statement of the conversion that makes something in the target.
type Step struct {
	No    int    `json:"no"` // place in Plan.Steps
	Phase Phase  `json:"phase"`
	Name  string `json:"name"` // of the object
	SQL   string `json:"sql"`
	// Table is the source's table that an index or key is on, a place in Plan.Tables; -1 where it is of none.
	Table int `json:"table"`
	// Needs are extensions without which it is left out, loudly.
	Needs []string `json:"needs,omitempty"`
}

// Phase says when a step is done.
type Phase string

// Phases, in order. Rows come between Tables and Indexes.
const (
	Before      Phase = "before"      // schemas, types, sequences, routines that tables need
	Tables      Phase = "table"       // bare tables
	Indexes     Phase = "index"       // the largest first, several at a time
	UniqueKeys  Phase = "key"         // primary and unique keys, checks
	ForeignKeys Phase = "foreign_key" // made NOT VALID
	Validate    Phase = "validate"    // foreign keys, against the rows
	Sequences   Phase = "sequence"    // set beyond what the source has given out
	Analyze     Phase = "analyze"
	After       Phase = "after" // views, routines, triggers, comments, grants, jobs
)

// LeftOut is what is not loaded, and why.
type LeftOut struct {
	Object string `json:"object"`
	Reason string `json:"reason"`
}

// ID is the hash of the plan.
func (p *Plan) ID() (string, error) {
	b, err := json.Marshal(p)
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:16]), nil
}

// Encode is the plan as a file, with its ID in front.
func (p *Plan) Encode() ([]byte, error) {
	id, err := p.ID()
	if err != nil {
		return nil, err
	}
	b, err := json.MarshalIndent(struct {
		ID string `json:"id"`
		*Plan
	}{id, p}, "", "  ")
	return append(b, '\n'), err
}

// Decode reads what Encode wrote. A plan that was changed by hand is refused.
func Decode(data []byte) (*Plan, error) {
	var f struct {
		ID string `json:"id"`
		Plan
	}
	if err := json.Unmarshal(data, &f); err != nil {
		return nil, fmt.Errorf("read plan: %w", err)
	}
	if f.Format != Format {
		return nil, fmt.Errorf("read plan: its format is %d, this program knows %d", f.Format, Format)
	}
	id, err := f.Plan.ID()
	if err != nil {
		return nil, err
	}
	if id != f.ID {
		return nil, fmt.Errorf("read plan: its hash is %s, and it says %s: it was changed", id, f.ID)
	}
	return &f.Plan, nil
}
