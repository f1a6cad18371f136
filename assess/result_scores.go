package assess

import "landfall/internal/model"

// Classes of an estate: how much of it people have to do.
const (
	ClassAuto   = "A" // the conversion does all of it
	ClassManual = "B" // some of it is manual work
	ClassHard   = "C" // much of it is manual work
)

// Sizes of an estate's complexity.
const (
	ComplexityLow    = "LOW"
	ComplexityMedium = "MEDIUM"
	ComplexityHigh   = "HIGH"
)

// Complexity is how hard the move is, with the facts behind it: the class says how much people do, the grade how hard
// the hardest of it is.
type Complexity struct {
	Level string           `json:"level"` // class and grade: "B-3"
	Class string           `json:"class"` // A, B, C
	Grade int              `json:"grade"` // 1 to 5
	Size  string           `json:"size"`  // LOW, MEDIUM, HIGH
	Facts []ComplexityFact `json:"facts"` // what was looked at; those that decided are marked
}

// ComplexityFact is one figure that class or grade was read off.
type ComplexityFact struct {
	Name    string  `json:"name"`
	Value   float64 `json:"value"`
	Limit   float64 `json:"limit"` // of the class or grade that it calls for; 0 for none
	Calls   string  `json:"calls"` // for what: "C", "4"; empty when for nothing
	Decided bool    `json:"decided,omitempty"`
}

// Roles of people.
const (
	RoleDBA        = "dba"
	RoleDeveloper  = "plsql-developer"
	RoleProgrammer = "application-developer"
	RoleTester     = "tester"
)

// Roles are all roles, in report order.
func Roles() []string { return []string{RoleDBA, RoleDeveloper, RoleProgrammer, RoleTester} }

// Parts of an estimate.
const (
	PartLearning   = "learning"    // of every rule that leaves work, once
	PartFindings   = "findings"    // each occurrence, the first few dearer than the rest
	PartObjects    = "objects"     // bringing every object over and looking at it
	PartChecks     = "checks"      // what the dictionary checks ask for
	PartWorkload   = "workload"    // statements of programs
	PartTest       = "test"        // of what was changed
	PartNotCovered = "not covered" // what nobody could read
)

// Estimate is the work of a move in hours, as ranges. It is made of figures whose reasons stand beside them and of what
// the conversion did to every object.
type Estimate struct {
	Hours       Hours          `json:"hours"`
	PersonDays  Hours          `json:"person_days"`
	Parts       []EstimatePart `json:"parts"`
	Roles       []RoleHours    `json:"roles"` // they add up to Hours
	Calibration Calibration    `json:"calibration"`
	Figures     []Figure       `json:"figures"` // all that were used, those of sizing and window too
}

// EstimatePart is one sort of work.
type EstimatePart struct {
	Part  string `json:"part"`
	Count int    `json:"count"` // of rules, findings, objects ...
	Hours Hours  `json:"hours"`
}

// RoleHours is the work of one role.
type RoleHours struct {
	Role  string `json:"role"`
	Hours Hours  `json:"hours"`
}

// Figure is one number of the method. An unchanged one has the value of the program; the project's settings may change it.
type Figure struct {
	Name    string  `json:"name"`
	Low     float64 `json:"low"`
	High    float64 `json:"high"`
	Unit    string  `json:"unit"`
	Reason  string  `json:"reason"`
	Changed bool    `json:"changed,omitempty"`
}

// Calibration says what the estimate was adjusted by: what conversion and proof did to the objects, and what was
// measured where something was.
type Calibration struct {
	Refused   int       `json:"refused"`   // objects whose work is whole
	Converted int       `json:"converted"` // objects that nobody compiled
	Compiled  int       `json:"compiled"`  // objects that a server took: their findings cost less
	Replayed  int       `json:"replayed"`  // objects with equal results on both sides: less again
	Measured  *Measured `json:"measured,omitempty"`
}

// Measured are rates that later stages found; they take the place of the figures. The zero of a field is "not measured".
type Measured struct {
	By               string   `json:"by,omitempty"` // what measured, for the report
	LoadBytesPerHour float64  `json:"load_bytes_per_hour,omitempty"`
	ApplyBytesPerSec float64  `json:"apply_bytes_per_second,omitempty"` // of redo
	CompareRowsSec   float64  `json:"compare_rows_per_second,omitempty"`
	HoursPerFinding  *Hours   `json:"hours_per_finding,omitempty"` // what manual findings took so far
	ReplayedObjects  []string `json:"replayed_objects,omitempty"`  // ids of objects with equal results
}

// Range is a low and a high value of one figure.
type Range struct {
	Low  float64 `json:"low"`
	High float64 `json:"high"`
}

// Sizing is what the target needs. A part whose facts were not collected is absent, and named in Missing.
type Sizing struct {
	Storage     []StoragePart    `json:"storage"`
	Bytes       *Range           `json:"bytes,omitempty"` // sum of Storage
	Memory      *Range           `json:"memory_bytes,omitempty"`
	Cores       *Range           `json:"cores,omitempty"`
	Connections int              `json:"connections,omitempty"` // most sessions at a time, as the source saw them
	Pool        *Range           `json:"pool,omitempty"`        // server connections behind a pool
	Partitions  int              `json:"partitions,omitempty"`  // tables of the target that are partitions
	WALPerDay   *Range           `json:"wal_bytes_per_day,omitempty"`
	Basis       []CheckedFact    `json:"basis"`
	Missing     []MissingExtract `json:"missing"`
}

// StoragePart is one sort of space.
type StoragePart struct {
	What   string  `json:"what"` // "tables", "indexes", "lobs", "working space"
	Source float64 `json:"source_bytes"`
	Target Range   `json:"target_bytes"`
}

// CheckedFact is one figure of the source that sizing or window stands on.
type CheckedFact struct {
	Name  string `json:"name"`
	Value string `json:"value"`
	From  string `json:"from"` // extract
}

// MissingExtract is an extract without which something is not estimated.
type MissingExtract struct {
	Extract string `json:"extract"`
	Reason  string `json:"reason"`
	For     string `json:"for"` // what it would be needed for
}

// Window is how long load and cutover take.
type Window struct {
	Load        *Range           `json:"load_hours,omitempty"`      // snapshot to target, once
	CatchUp     *Range           `json:"catch_up_hours,omitempty"`  // until the changes made meanwhile are applied
	Cutover     *Range           `json:"cutover_minutes,omitempty"` // writes stand still
	Offline     *Range           `json:"offline_hours,omitempty"`   // without change capture: load and cutover in one go
	Steps       []WindowStep     `json:"steps"`                     // of the cutover
	Assumptions []string         `json:"assumptions"`
	Basis       []CheckedFact    `json:"basis"`
	Missing     []MissingExtract `json:"missing"`
}

// WindowStep is one step of the cutover.
type WindowStep struct {
	Step    string `json:"step"`
	Minutes Range  `json:"minutes"`
	Basis   string `json:"basis"`
}

// Statuses of findings against a baseline.
const (
	StatusNew       = "new"
	StatusUnchanged = "unchanged"
	StatusResolved  = "resolved"
)

// Baseline is how the findings compare with those of an earlier report.
type Baseline struct {
	File       string            `json:"file"`      // name of the earlier report
	Tool       Tool              `json:"tool"`      // that made it
	Source     string            `json:"source"`    // name of its source
	Target     string            `json:"target"`    // its target profile
	New        SeverityCounts    `json:"new"`       // waived ones left out
	Unchanged  SeverityCounts    `json:"unchanged"` // waived ones left out
	Resolved   SeverityCounts    `json:"resolved"`
	ResolvedOf []ResolvedFinding `json:"resolved_findings"`
	Remarks    []string          `json:"remarks,omitempty"` // what makes the comparison weaker
}

// ResolvedFinding is a finding of the baseline that is no more.
type ResolvedFinding struct {
	Code        string         `json:"code"`
	Severity    model.Severity `json:"severity"`
	Object      model.ObjectID `json:"object,omitempty"`
	Pos         model.Pos      `json:"pos"`
	Message     string         `json:"message"`
	Fingerprint string         `json:"fingerprint"`
}

// WaiverUse is one line of the waivers file and what it did.
type WaiverUse struct {
	Line        int    `json:"line"` // in the file
	Fingerprint string `json:"fingerprint,omitempty"`
	Code        string `json:"code,omitempty"`
	Object      string `json:"object,omitempty"` // pattern with * and ?
	Owner       string `json:"owner"`
	Reason      string `json:"reason"`
	Until       string `json:"until"` // last day on which it holds
	Expired     bool   `json:"expired"`
	Findings    int    `json:"findings"` // that it matches
}

// GateReport is what the gates said.
type GateReport struct {
	File   string        `json:"file"`
	Passed bool          `json:"passed"`
	Gates  []GateVerdict `json:"gates"` // in the order of the file
}

// GateVerdict is one gate. A gate whose value is not known fails: nobody can say that it holds.
type GateVerdict struct {
	Gate    string  `json:"gate"`
	Limit   float64 `json:"limit"`
	Value   float64 `json:"value"`
	Known   bool    `json:"known"`
	Passed  bool    `json:"passed"`
	Message string  `json:"message"`
}
