// Package assess says what it takes to bring an Oracle estate to a target: inventory, findings, effort, order.
//
// Input -> output: a catalog with its sources in, a Result out. The Result is a plain value that reports write
// as Excel, HTML and JSON; nothing in it depends on the clock, the machine or the order in which files were
// read, so that the same input gives the same bytes. Rewriting is done by convert, whose rungs it reads; it speaks to no
// server by itself.
// A Result may be read by any number of goroutines once Finish has returned.
package assess

import (
	"landfall/assess/checks"
	"landfall/internal/model"
)

// FormatVersion is the version of the JSON form of Result. It grows by one when a field changes its meaning or
// goes away; added fields leave it as it is.
const FormatVersion = 1

// Result is everything that one assessment found. Slices are in report order after Finish; none of them is a map,
// so that every encoding is deterministic.
type Result struct {
	FormatVersion int             `json:"format_version"`
	Tool          Tool            `json:"tool"`
	Source        Source          `json:"source"`
	Target        Target          `json:"target"`
	Totals        Totals          `json:"totals"`
	Conversion    Conversion      `json:"conversion"`
	Inputs        []Input         `json:"inputs"`
	Objects       []Object        `json:"objects"`
	Findings      []model.Finding `json:"findings"`
	Rules         []RuleUse       `json:"rules"`
	Datatypes     []DatatypeUse   `json:"datatypes"`
	Features      []FeatureUse    `json:"features"`
	Dependencies  Dependencies    `json:"dependencies"`
	Workload      *Workload       `json:"workload,omitempty"` // when workload or application source was given
	NotCovered    []NotCovered    `json:"not_covered"`
	Method        Method          `json:"method"`
	Texts         []ObjectText    `json:"-"` // of objects, the hardest first, as far as there is room

	Links      []LinkOut        `json:"links"`                // to other databases
	Checks     []checks.Checked `json:"checks"`               // of the database as a whole, by code
	Complexity *Complexity      `json:"complexity,omitempty"` // these four: absent in reports of earlier versions
	Estimate   *Estimate        `json:"estimate,omitempty"`
	Sizing     *Sizing          `json:"sizing,omitempty"`
	Window     *Window          `json:"window,omitempty"`
	Baseline   *Baseline        `json:"baseline,omitempty"` // when one was given
	Targets    *Targets         `json:"targets,omitempty"`  // when several were compared
	Waivers    []WaiverUse      `json:"waivers,omitempty"`  // when a file of them was given
	Gates      *GateReport      `json:"gates,omitempty"`    // when some were set

	TextsFile string `json:"texts,omitempty"` // name of the file beside the report that holds Sides
	Sides     []Side `json:"-"`               // when Options.Sides asked for them
}

// Tool says which program made the result.
type Tool struct {
	Name    string `json:"name"`
	Version string `json:"version"`
}

// Source says what was assessed. Path and URL never hold a password.
type Source struct {
	Kind    string   `json:"kind"`              // "files", "bundle", "oracle"
	Name    string   `json:"name"`              // what people call it: the folder's or database's name
	Version string   `json:"version,omitempty"` // Oracle version, where known
	Charset string   `json:"charset,omitempty"` // database character set, where known
	Schemas []string `json:"schemas,omitempty"`
	Bytes   int64    `json:"bytes,omitempty"` // database size, where known
}

// Target says for what it was assessed.
type Target struct {
	Profile string `json:"profile"` // "postgresql", "polardb-oracle", ...
	Title   string `json:"title"`   // "PostgreSQL"
	Version string `json:"version,omitempty"`
}

// Input is one file that was read or that could not be read (then NotCovered says why).
type Input struct {
	Name       string `json:"name"` // relative to the source, with slashes
	Bytes      int64  `json:"bytes"`
	SHA256     string `json:"sha256"`
	Charset    string `json:"charset"` // "utf-8", "gb18030", ...
	Lines      int    `json:"lines"`
	Statements int    `json:"statements"` // SQL and PL/SQL statements, SQL*Plus commands left out
	Parsed     int    `json:"parsed"`     // of these, read without an error
}

// Object is one object of the inventory. Severity and effort are those of its worst finding.
type Object struct {
	ID         model.ObjectID   `json:"id"`
	Kind       model.ObjectKind `json:"kind"`
	Schema     string           `json:"schema,omitempty"`
	Name       string           `json:"name"`
	Comment    string           `json:"comment,omitempty"` // COMMENT ON text, where there is one
	File       string           `json:"file,omitempty"`
	Line       int              `json:"line,omitempty"`
	Lines      int              `json:"lines"`
	Statements int              `json:"statements"`
	Hash       string           `json:"hash,omitempty"` // of its tokens, without comments, case and the name of its own schema
	Rung       model.Rung       `json:"rung"`
	Refused    bool             `json:"refused"` // see model.Rung: counted as refused, never as its rung
	Wrapped    bool             `json:"wrapped,omitempty"`
	Findings   SeverityCounts   `json:"findings"`
	Effort     model.Effort     `json:"effort"`
	Hours      *Hours           `json:"hours,omitempty"`
	DependsOn  []model.ObjectID `json:"depends_on,omitempty"`
	UsedBy     []model.ObjectID `json:"used_by,omitempty"`
	Wave       int              `json:"wave,omitempty"` // from 1; 0 when no order was made
	Evidence   []model.Evidence `json:"evidence,omitempty"`
	Why        string           `json:"why,omitempty"` // it stands no higher: what refused it, or the first check that failed
}

// Standing is where the object is on the ladder.
func (o Object) Standing() model.Standing { return model.Standing{Rung: o.Rung, Refused: o.Refused} }

// SeverityCounts counts findings.
type SeverityCounts struct {
	Blocker int `json:"blocker"`
	High    int `json:"high"`
	Medium  int `json:"medium"`
	Low     int `json:"low"`
	Info    int `json:"info"`
}

// Of is the count of one severity.
func (c SeverityCounts) Of(s model.Severity) int {
	switch s {
	case model.Blocker:
		return c.Blocker
	case model.High:
		return c.High
	case model.Medium:
		return c.Medium
	case model.Low:
		return c.Low
	}
	return c.Info
}

// Add counts one more finding.
func (c *SeverityCounts) Add(s model.Severity) {
	switch s {
	case model.Blocker:
		c.Blocker++
	case model.High:
		c.High++
	case model.Medium:
		c.Medium++
	case model.Low:
		c.Low++
	default:
		c.Info++
	}
}

// Total is the count of all.
func (c SeverityCounts) Total() int { return c.Blocker + c.High + c.Medium + c.Low + c.Info }

// Worst is the highest severity with a count; ok is false when there is no finding.
func (c SeverityCounts) Worst() (s model.Severity, ok bool) {
	for _, s := range model.Severities() {
		if c.Of(s) > 0 {
			return s, true
		}
	}
	return model.Info, false
}

// Hours is an estimate of work as a range.
type Hours struct {
	Low  float64 `json:"low"`
	High float64 `json:"high"`
}

// RuleUse is one record of the rule table that reported something, with how often.
type RuleUse struct {
	Code     string         `json:"code"`
	Name     string         `json:"name"`
	Title    string         `json:"title"`
	Doc      string         `json:"doc,omitempty"`    // why it matters
	Before   string         `json:"before,omitempty"` // example in Oracle's words
	After    string         `json:"after,omitempty"`  // and in the target's
	Severity model.Severity `json:"severity"`
	Effort   model.Effort   `json:"effort"`
	Count    int            `json:"count"`   // findings
	Objects  int            `json:"objects"` // objects with at least one
	Hours    *Hours         `json:"hours,omitempty"`
	Learning *Hours         `json:"learning,omitempty"` // part of Hours that is spent once
}

// DatatypeUse is one data type as the source writes it and what is proposed for it.
type DatatypeUse struct {
	Type     string         `json:"type"`   // "NUMBER(10,2)"
	Family   string         `json:"family"` // "NUMBER"
	Count    int            `json:"count"`  // uses anywhere: columns, attributes, parameters, variables
	Columns  int            `json:"columns"`
	Proposed string         `json:"proposed"` // "numeric(10,2)"; empty when there is none
	Severity model.Severity `json:"severity"`
	Note     string         `json:"note,omitempty"`
	Examples []string       `json:"examples,omitempty"` // up to three places: "INS.POLICY.PREMIUM"
}

// FeatureUse is one Oracle feature and how much it is used, whether or not it costs anything.
type FeatureUse struct {
	Feature string `json:"feature"` // "CONNECT BY"
	Group   string `json:"group"`   // "Query", "PL/SQL", "Storage"
	Count   int    `json:"count"`
	Objects int    `json:"objects"`
	Note    string `json:"note,omitempty"`
}

// Dependencies is the graph of what needs what, and the order that follows.
type Dependencies struct {
	Edges  []Edge             `json:"edges"`
	Cycles [][]model.ObjectID `json:"cycles"` // each strongly connected set of two objects or more
	Waves  []Wave             `json:"waves"`  // in order; the objects of a wave need only earlier waves and each other's cycles
}

// Edge says that From needs To.
type Edge struct {
	From     model.ObjectID `json:"from"`
	To       model.ObjectID `json:"to"`
	How      string         `json:"how"`                // "reads", "writes", "calls", "type", "foreign key", "names"
	External bool           `json:"external,omitempty"` // To is not in the inventory: another database, a missing object, an Oracle package
}

// Wave is one step of the order in which objects can be created.
type Wave struct {
	Number  int              `json:"number"` // from 1
	Objects []model.ObjectID `json:"objects"`
}

// Reasons why something is not covered.
const (
	NotRead      = "not read"      // could not be opened or decoded
	NotParsed    = "not parsed"    // read, but the parser did not understand it
	NotAssessed  = "not assessed"  // parsed, but no rule or check looks at it
	NotCollected = "not collected" // the source does not hold it
)

// NotCovered is one piece of the source that the figures do not stand on.
type NotCovered struct {
	File   string         `json:"file"`
	Line   int            `json:"line,omitempty"`
	Lines  int            `json:"lines,omitempty"`
	Object model.ObjectID `json:"object,omitempty"`
	Kind   string         `json:"kind"`   // NotRead, NotParsed, NotAssessed, NotCollected
	Reason string         `json:"reason"` // in words
	Hint   string         `json:"hint,omitempty"`
	Head   string         `json:"head,omitempty"` // how the text begins
}

// Totals are the figures of the summary. Finish makes them from the rest.
type Totals struct {
	Files            int            `json:"files"`
	Bytes            int64          `json:"bytes"`
	Lines            int            `json:"lines"`
	Statements       int            `json:"statements"`
	StatementsParsed int            `json:"statements_parsed"`
	Objects          int            `json:"objects"`
	Rungs            []RungCount    `json:"rungs"`   // every rung, lowest first, refused objects left out
	Refused          int            `json:"refused"` // rungs + refused = objects
	Kinds            []KindCount    `json:"kinds"`   // in report order of kinds
	Findings         SeverityCounts `json:"findings"`
	Efforts          []EffortCount  `json:"efforts"` // auto, review, manual
	Hours            *Hours         `json:"hours,omitempty"`
	Scores           []Score        `json:"scores"`
	NotCovered       int            `json:"not_covered"`
	Waived           int            `json:"waived"` // findings that are waived; they are in Findings too
	Checks           []VerdictCount `json:"checks"` // every verdict, the worst first
}

// VerdictCount counts the checks with one verdict.
type VerdictCount struct {
	Verdict checks.Verdict `json:"verdict"`
	Checks  int            `json:"checks"`
}

// RungCount counts the objects whose highest rung this is.
type RungCount struct {
	Rung    model.Rung `json:"rung"`
	Objects int        `json:"objects"`
	Lines   int        `json:"lines"`
}

// KindCount counts the objects of one kind.
type KindCount struct {
	Kind     model.ObjectKind `json:"kind"`
	Objects  int              `json:"objects"`
	Lines    int              `json:"lines"`
	Rungs    []RungCount      `json:"rungs"` // every rung, lowest first
	Refused  int              `json:"refused"`
	Findings SeverityCounts   `json:"findings"`
	Efforts  []EffortCount    `json:"efforts"`
}

// EffortCount counts findings by effort, and objects by the hardest effort among their findings (an object
// without any counts as auto).
type EffortCount struct {
	Effort   model.Effort `json:"effort"`
	Findings int          `json:"findings"`
	Objects  int          `json:"objects"`
}

// Score names.
const (
	ScoreObjects    = "objects"    // objects without a manual finding, read and not refused, of all objects
	ScoreLines      = "lines"      // their lines, of all lines of objects
	ScoreStatements = "statements" // statements read, of all statements
)

// Score is one share of the summary. It is kept as two counts so that nothing is lost in rounding.
type Score struct {
	Name string `json:"name"` // see the constants
	Part int    `json:"part"`
	Of   int    `json:"of"`
}

// Percent is the share in percent; 0 of 0 is 100. It rounds down, so that 100 means all.
func (s Score) Percent() float64 {
	if s.Of == 0 {
		return 100
	}
	return float64(int64(s.Part)*1000/int64(s.Of)) / 10
}

// Method says how the figures were made, so that a reader can judge and repeat them.
type Method struct {
	Steps    []string  `json:"steps"`    // what was done, in order
	Limits   []string  `json:"limits"`   // what the figures do not tell
	Versions []Version `json:"versions"` // of tool, rule table, grammar, target profile
}

// Version is one named version.
type Version struct {
	Name    string `json:"name"`
	Version string `json:"version"`
}
