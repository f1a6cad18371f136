package fleet

import (
	"landfall/assess"
)

// FormatVersion is the version of fleet.json. It grows by one when a field changes its meaning or goes away.
const FormatVersion = 1

// Result is the roll-up of a fleet. Lists are in the order of the list of databases, or sorted as they say.
type Result struct {
	FormatVersion int         `json:"format_version"`
	Tool          assess.Tool `json:"tool"`
	Totals        Totals      `json:"totals"`
	Databases     []Database  `json:"databases"`
	Failed        []Failure   `json:"failed"`
	Similar       []Alike     `json:"similar"`      // pairs of schemas, the most alike first, up to maxPairs
	SimilarMore   int         `json:"similar_more"` // further ones
	Duplicates    []SchemaSet `json:"duplicates"`   // sets of schemas that overlap by half or more
	Links         []Link      `json:"links"`        // between databases of the fleet, and out of it
	Groups        []Group     `json:"groups"`       // databases that move together
	Waves         []Wave      `json:"waves"`
	Clusters      []Cluster   `json:"clusters"`
	Unsized       []string    `json:"unsized"`  // databases that no cluster was planned for, for want of sizes
	Problems      []string    `json:"problems"` // what contradicts itself in the list
	Method        []string    `json:"method"`

	Skipped int  `json:"-"` // databases that an earlier run had finished
	CutOff  bool `json:"-"` // the journal ended within a line
}

// Totals sum the fleet up.
type Totals struct {
	Databases  int                   `json:"databases"` // of the list
	Assessed   int                   `json:"assessed"`
	Failed     int                   `json:"failed"`
	Partly     int                   `json:"partly"` // assessed, but something was not read or not parsed
	Objects    int                   `json:"objects"`
	Lines      int                   `json:"lines"`
	Findings   assess.SeverityCounts `json:"findings"`
	Sizes      []Count               `json:"sizes"`          // LOW, MEDIUM, HIGH
	HoursAlone assess.Hours          `json:"hours_alone"`    // as if each were the only one
	Learning   assess.Hours          `json:"learning_saved"` // what is learnt once for all
	Hours      assess.Hours          `json:"hours"`
	Bytes      *assess.Range         `json:"bytes,omitempty"` // of the databases whose size is known
	Sized      int                   `json:"sized"`
	GatesFail  int                   `json:"gates_failed"`
}

// Count is a number of databases.
type Count struct {
	Name      string `json:"name"`
	Databases int    `json:"databases"`
}

// Database is one row of the fleet.
type Database struct {
	Name         string                `json:"name"`
	Source       assess.Source         `json:"source"`
	Applications []string              `json:"applications,omitempty"`
	Objects      int                   `json:"objects"`
	Lines        int                   `json:"lines"`
	Refused      int                   `json:"refused"`
	Findings     assess.SeverityCounts `json:"findings"`
	Scores       []assess.Score        `json:"scores"`
	Level        string                `json:"level"` // complexity
	Size         string                `json:"size"`
	Hours        assess.Hours          `json:"hours"`
	Bytes        *assess.Range         `json:"bytes,omitempty"`
	Sessions     int                   `json:"sessions,omitempty"`
	LoadHours    *assess.Range         `json:"load_hours,omitempty"`
	Cutover      *assess.Range         `json:"cutover_minutes,omitempty"`
	Blocked      []string              `json:"blocked,omitempty"` // codes of checks that block
	NotCovered   int                   `json:"not_covered"`
	Partly       bool                  `json:"partly"`
	Gate         string                `json:"gate,omitempty"` // passed, failed
	Group        int                   `json:"group"`
	Wave         int                   `json:"wave"`
	Cluster      int                   `json:"cluster,omitempty"`
}

// Failure is a database that could not be assessed.
type Failure struct {
	Name   string `json:"name"`
	Source string `json:"source"`
	Error  string `json:"error"`
	Hint   string `json:"hint,omitempty"`
}

// SchemaRef names a schema of a database.
type SchemaRef struct {
	Database string `json:"database"`
	Schema   string `json:"schema"`
	Objects  int    `json:"objects"`
}

// Alike is a pair of schemas with objects in common.
type Alike struct {
	A       SchemaRef `json:"a"`
	B       SchemaRef `json:"b"`
	Overlap float64   `json:"overlap"` // objects that both have, of all that either has; 1 means all are equal
}

// SchemaSet is a set of schemas of which each overlaps with another by half or more.
type SchemaSet struct {
	Schemas []SchemaRef `json:"schemas"`
	Least   float64     `json:"least_overlap"` // of the pairs that made the set
	Equal   bool        `json:"equal"`         // all sources are equal
}

// Link is a database link seen from the fleet.
type Link struct {
	From string `json:"from"`
	Name string `json:"name"`
	Host string `json:"host,omitempty"`
	To   string `json:"to,omitempty"` // database of the fleet; empty: leads out of it, or nobody can tell
	By   string `json:"by,omitempty"` // what it was recognised by
	Uses int    `json:"uses"`
}

// Group is a set of databases that move together.
type Group struct {
	Number    int          `json:"number"`
	Databases []string     `json:"databases"`
	Because   []string     `json:"because"` // what ties them
	Grade     int          `json:"grade"`   // of the hardest
	Hours     assess.Hours `json:"hours"`
	Wave      int          `json:"wave"`
}

// Wave is a set of groups that move at the same time.
type Wave struct {
	Number    int           `json:"number"`
	Groups    []int         `json:"groups"`
	Databases []string      `json:"databases"`
	Hours     assess.Hours  `json:"hours"` // what earlier waves learnt is not learnt again
	Bytes     *assess.Range `json:"bytes,omitempty"`
	Cutover   *assess.Range `json:"cutover_minutes,omitempty"` // of the longest
}

// Cluster is one server of the target and the databases on it.
type Cluster struct {
	Number     int          `json:"number"`
	Databases  []string     `json:"databases"`
	Bytes      assess.Range `json:"bytes"`
	Cores      float64      `json:"cores"` // high ends
	Sessions   int          `json:"sessions"`
	Collisions []Collision  `json:"collisions"`
	Full       string       `json:"full,omitempty"` // what fills it most
}

// Collision is a schema name that several databases of a cluster have.
type Collision struct {
	Schema    string   `json:"schema"`
	Databases []string `json:"databases"`
	Names     int      `json:"names"` // objects of equal kind and name, in the pair that has most
}
