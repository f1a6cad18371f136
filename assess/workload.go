package assess

import "landfall/internal/model"

// Workload is what was found about the SQL that programs send: from workload files, reports, traces, audit trails and
// application source.
type Workload struct {
	Sources []WorkloadSource `json:"sources"` // in the order in which they were given
	Totals  WorkloadTotals   `json:"totals"`
	Groups  []WorkloadGroup  `json:"groups"`  // heaviest first: by elapsed time, executions, statements
	Rules   []WorkloadRule   `json:"rules"`   // by code
	Patches []WorkloadPatch  `json:"patches"` // one for each place of application source, when patches were asked for
	Diffs   []WorkloadDiff   `json:"-"`       // the patches themselves, one an application folder
}

// WorkloadDiff is the proposed change of one folder of application source.
type WorkloadDiff struct {
	Root string // the folder as it was named
	Text string // unified diff, paths relative to it; for patch -p1 and git apply
}

// WorkloadSource is one file that was read.
type WorkloadSource struct {
	Name       string   `json:"name"`
	Kind       string   `json:"kind"`       // "table", "jsonl", "sql", "audit", "awr", "statspack", "trace", "bundle"; of application source "mybatis", "java", ...
	Statements int      `json:"statements"` // that were taken from it; of dynamic SQL each combination of branches
	Executions int64    `json:"executions"`
	Units      int      `json:"units,omitempty"`    // application source: places that hold SQL
	Problems   int      `json:"problems,omitempty"` // places that were not taken, all of them under not covered
	Notes      []string `json:"notes,omitempty"`    // what was taken for granted
}

// Classes of workload statements.
const (
	SQLCompatible = "compatible"     // runs as it is
	SQLConverted  = "auto-converted" // runs after a change that is given
	SQLManual     = "manual"         // people have to change it
	SQLUnread     = "unread"         // the parser could not read it
)

// SQLClasses are all classes, the best first.
func SQLClasses() []string { return []string{SQLCompatible, SQLConverted, SQLManual, SQLUnread} }

// WorkloadTotals are the figures of a workload. Executions and elapsed time of a group are those of the kind of source
// that saw most of it: sources may have watched the same executions, so kinds are not added up.
type WorkloadTotals struct {
	Sources    int                  `json:"sources"`
	Statements int64                `json:"statements"` // as the sources have them
	Groups     int                  `json:"groups"`     // of equal text without constants
	Executions int64                `json:"executions"`
	ElapsedMS  float64              `json:"elapsed_ms"`
	Classes    []WorkloadClassCount `json:"classes"` // every class, the best first
	Rungs      []WorkloadRungCount  `json:"rungs"`   // every rung, lowest first, refused groups left out
	Refused    int                  `json:"refused"` // rungs + refused = groups
	Findings   SeverityCounts       `json:"findings"`
	Scores     []Score              `json:"scores"` // see ScoreSQL, ScoreExecutions, ScoreElapsed
	NotCovered int                  `json:"not_covered"`
}

// Names of the scores of a workload: groups that are compatible or auto-converted, of all groups.
const (
	ScoreSQL        = "sql"
	ScoreExecutions = "executions" // their executions, of all executions
	ScoreElapsed    = "elapsed"    // their elapsed time in ms, of all elapsed time
)

// WorkloadClassCount counts the groups of one class.
type WorkloadClassCount struct {
	Class      string  `json:"class"`
	Groups     int     `json:"groups"`
	Review     int     `json:"review"` // of these, with a finding that somebody should look at
	Executions int64   `json:"executions"`
	ElapsedMS  float64 `json:"elapsed_ms"`
}

// WorkloadRungCount counts the groups whose highest rung this is.
type WorkloadRungCount struct {
	Rung       model.Rung `json:"rung"`
	Groups     int        `json:"groups"`
	Executions int64      `json:"executions"`
}

// WorkloadGroup is all statements that differ in constants only, and what becomes of them. The text is that of the first
// of them; a group counts as converted when that one is.
type WorkloadGroup struct {
	ID string `json:"id"` // 16 hexadecimal digits: the digest of the text without constants
	// TargetDigest is what the target groups the converted statement under, where it does (TiDB); empty when refused or unread.
	TargetDigest string            `json:"target_digest,omitempty"`
	Schema       string            `json:"schema,omitempty"` // that parsed it
	Text         string            `json:"text"`
	Converted    string            `json:"converted,omitempty"` // as the program sends it to the target; empty when refused or unread
	Class        string            `json:"class"`               // see SQLCompatible and the others
	Rung         model.Rung        `json:"rung"`
	Refused      bool              `json:"refused"`
	Effort       model.Effort      `json:"effort"`
	Why          string            `json:"why,omitempty"` // it stands no higher
	Statements   int64             `json:"statements"`    // as the sources have them
	Executions   int64             `json:"executions"`
	ElapsedMS    float64           `json:"elapsed_ms"` // of all executions
	Rows         int64             `json:"rows"`
	SQLIDs       []string          `json:"sql_ids,omitempty"` // the first few
	Modules      []string          `json:"modules,omitempty"` // the first few
	Binds        []WorkloadBind    `json:"binds,omitempty"`
	Places       []WorkloadPlace   `json:"places"`                // the first few
	MorePlaces   int               `json:"more_places,omitempty"` // further ones
	Findings     []WorkloadFinding `json:"findings,omitempty"`
}

// Standing is where the group is on the ladder.
func (g WorkloadGroup) Standing() model.Standing {
	return model.Standing{Rung: g.Rung, Refused: g.Refused}
}

// WorkloadBind is one host variable with values that were seen.
type WorkloadBind struct {
	Name   string   `json:"name"` // without the colon
	Type   string   `json:"type,omitempty"`
	Out    bool     `json:"out,omitempty"`
	Values []string `json:"values,omitempty"`
	// OtherTypes are those that the same statement was seen with besides Type, without lengths.
	OtherTypes []string `json:"other_types,omitempty"`
}

// WorkloadPlace is where a statement was found.
type WorkloadPlace struct {
	File     string `json:"file"`
	Line     int    `json:"line,omitempty"`
	Origin   string `json:"origin,omitempty"`   // "AWR report", "MyBatis select findPolicy"
	Branch   int    `json:"branch,omitempty"`   // of dynamic SQL: which combination of branches, from 1
	Branches int    `json:"branches,omitempty"` // of how many
}

// WorkloadFinding is a finding about the statement of a group. Positions count in its text.
type WorkloadFinding struct {
	Code     string         `json:"code"`
	Rule     string         `json:"rule"`
	Severity model.Severity `json:"severity"`
	Effort   model.Effort   `json:"effort"`
	Line     int            `json:"line"`
	Col      int            `json:"col"`
	Message  string         `json:"message"`
	File     string         `json:"file,omitempty"`      // application source: that holds the place
	FileLine int            `json:"file_line,omitempty"` // the line there
}

// WorkloadRule is one rule that reported something about the workload.
type WorkloadRule struct {
	Code       string         `json:"code"`
	Name       string         `json:"name"`
	Title      string         `json:"title"`
	Advice     string         `json:"advice,omitempty"`
	Severity   model.Severity `json:"severity"` // the worst that it was reported with
	Effort     model.Effort   `json:"effort"`   // the hardest
	Groups     int            `json:"groups"`
	Executions int64          `json:"executions"` // of these groups
}

// States of proposed patches.
const (
	PatchMade     = "patched"     // the change is in the patch
	PatchNeedless = "unchanged"   // the statement runs as it is
	PatchRefused  = "not patched" // it has to be changed by hand; why says what stands in the way
)

// WorkloadPatch is what is proposed for one place of application source that holds SQL.
type WorkloadPatch struct {
	File     string `json:"file"`
	Line     int    `json:"line"`
	Unit     string `json:"unit"` // mapper id, method ...
	State    string `json:"state"`
	Edits    int    `json:"edits,omitempty"`
	Branches int    `json:"branches,omitempty"` // statements that it makes
	Why      string `json:"why,omitempty"`
}
