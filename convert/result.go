package convert

import (
	"landfall/convert/gen"
	"landfall/internal/model"
)

// The types of target statements and of the ledger are those of package gen.
type (
	Output      = gen.Output
	Phase       = gen.Phase
	LineMap     = gen.LineMap
	Member      = gen.Member
	LedgerEntry = gen.Line
)

// Result is what became of an estate.
type Result struct {
	Target   string           `json:"target"`   // profile
	Outputs  []*Output        `json:"-"`        // in order of deployment
	Findings []model.Finding  `json:"findings"` // in report order
	Ledger   []LedgerEntry    `json:"ledger"`   // by position
	Evidence []model.Evidence `json:"evidence"`
	Objects  []Object         `json:"objects"` // by kind and name
	Totals   Totals           `json:"totals"`
	Proof    *Proof           `json:"proof,omitempty"` // nil before Climb
	// Rungs are the standings of the outputs; nil before Climb.
	Rungs map[*Output]model.Standing `json:"-"`
}

// Object is one object of the source (or one script statement that belongs to none) and where it stands.
type Object struct {
	ID       model.ObjectID   `json:"id"`
	Kind     model.ObjectKind `json:"kind"`
	Standing model.Standing   `json:"standing"`
	Pos      model.Pos        `json:"pos"`
	Codes    []string         `json:"codes,omitempty"`
	Needs    []string         `json:"needs,omitempty"` // extensions that the proof lacked
	Members  []MemberStanding `json:"members,omitempty"`
}

// Totals are the figures of a run. The rungs (refused objects left out) and Refused add up to Objects.Total; the four
// figures of the ledger add up to Statements.
type Totals struct {
	Statements int          `json:"statements"`
	Objects    ObjectTotals `json:"objects"`
	Rungs      RungTotals   `json:"rungs"`
	Refused    int          `json:"refused"`
	// NeedsExtension are those of Rungs.Accepted that stop there for want of an extension on the server that proved.
	NeedsExtension int          `json:"needs_extension"`
	Ledger         LedgerTotals `json:"ledger"`
}

// ObjectTotals counts objects.
type ObjectTotals struct {
	Total  int            `json:"total"`
	ByKind map[string]int `json:"by_kind"`
}

// RungTotals counts objects at their highest rung.
type RungTotals struct {
	Unread    int `json:"unread"`
	Read      int `json:"read"`
	Converted int `json:"converted"`
	Accepted  int `json:"accepted"`
	Compiled  int `json:"compiled"`
}

// LedgerTotals counts the statements of the source by how they ended.
type LedgerTotals struct {
	Converted int `json:"converted"`
	Changed   int `json:"changed"`
	Refused   int `json:"refused"`
	Ignored   int `json:"ignored"`
}

func (t *RungTotals) add(r model.Rung) {
	switch r {
	case model.RungUnread:
		t.Unread++
	case model.RungRead:
		t.Read++
	case model.RungConverted:
		t.Converted++
	case model.RungAccepted:
		t.Accepted++
	case model.RungCompiled, model.RungEqual:
		t.Compiled++
	}
}
