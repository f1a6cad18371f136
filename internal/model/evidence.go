package model

// Rung is the highest step of the ladder of evidence that an object or a workload statement has reached.
//
//	0 unread     the parser could not read it
//	1 read       parsed, and printed back token for token
//	2 converted  rewritten, every change logged as a finding
//	3 accepted   the target's own grammar takes it (4 does not require 3: the server is the judge)
//	4 compiled   a real target created it with everything it depends on
//	5 equal      replayed on both sides with equal results
//
// An object that the conversion refuses, or that holds a refused statement, keeps rung 1 and is counted as
// refused, never as a rung: in every total the rungs (refused objects left out) and the refused add up to all.
type Rung uint8

// Rungs.
const (
	RungUnread Rung = iota
	RungRead
	RungConverted
	RungAccepted
	RungCompiled
	RungEqual
)

var rungNames = [...]string{"unread", "read", "converted", "accepted", "compiled", "equal"}

// Rungs lists all rungs, the lowest first.
func Rungs() []Rung {
	return []Rung{RungUnread, RungRead, RungConverted, RungAccepted, RungCompiled, RungEqual}
}

// String is the name in lower case.
func (r Rung) String() string { return nameOf(rungNames[:], int(r), "rung") }

// MarshalText gives the name.
func (r Rung) MarshalText() ([]byte, error) { return marshalName(rungNames[:], int(r), "rung") }

// UnmarshalText reads the name.
func (r *Rung) UnmarshalText(b []byte) error {
	i, err := parseName(rungNames[:], b, "rung")
	*r = Rung(i)
	return err
}

// Evidence is one check that an object passed or failed on its way up the ladder.
type Evidence struct {
	Object ObjectID `json:"object"`
	Rung   Rung     `json:"rung"`             // the rung that the check is for
	OK     bool     `json:"ok"`               // passed
	Check  string   `json:"check"`            // what was done: "parse", "round trip", "pg_query", "create", "plpgsql_check", "replay"
	By     string   `json:"by,omitempty"`     // who judged, with version: "PostgreSQL 17.2"
	Detail string   `json:"detail,omitempty"` // message of the judge, tolerances used and counted
	Hash   string   `json:"hash,omitempty"`   // SHA-256 of the text that was judged
	Pos    Pos      `json:"pos,omitzero"`     // in the source, behind what the judge found; only of a check that failed
	Codes  []string `json:"codes,omitempty"`  // of the findings on that line of the source, sorted
}

// Standing is where an object is on the ladder.
type Standing struct {
	Rung    Rung `json:"rung"`
	Refused bool `json:"refused,omitempty"`
}

// Refuse gives the standing of a refused object: never above read.
func (s Standing) Refuse() Standing {
	s.Refused = true
	s.Rung = min(s.Rung, RungRead)
	return s
}

// Reach gives the standing after a check for a rung has passed. A refused object stays where it is.
func (s Standing) Reach(r Rung) Standing {
	if !s.Refused {
		s.Rung = max(s.Rung, r)
	}
	return s
}

// String is the rung's name, or "refused".
func (s Standing) String() string {
	if s.Refused {
		return "refused"
	}
	return s.Rung.String()
}
