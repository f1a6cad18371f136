// Package fleet assesses many databases in one run and says how they move together: which schemas are alike, what depends
// on what, in which waves, into how few clusters.
//
// Input -> output: a list of databases and a function that assesses one; a folder for each, and a roll-up. Of each result
// only a digest is kept, so that memory does not grow with the estate. What is finished is journaled with the hash of its
// input: a run that was killed goes on where it was, and one whose input changed does that database again. The roll-up is a
// function of the digests alone, whatever order they came in. The package reads no source by itself and writes no report
// but its own.
package fleet

import (
	"cmp"
	"encoding/binary"
	"encoding/hex"
	"hash/fnv"
	"path"
	"slices"
	"strings"

	"landfall/assess"
	"landfall/assess/checks"
	"landfall/internal/model"
)

// DigestVersion is the version of the digests; those of another are made again.
const DigestVersion = 1

// sketchSize is how many of a schema's smallest hashes are kept. 256 give the overlap of two schemas within about 6 points
// (one over the root of the size); schemas with fewer objects are compared exactly.
const sketchSize = 256

// Digest is what the roll-up needs of one database.
type Digest struct {
	Version    int                   `json:"version"`
	Name       string                `json:"name"`
	Input      string                `json:"input"` // hash of what was assessed
	Source     assess.Source         `json:"source"`
	Target     assess.Target         `json:"target"`
	Objects    int                   `json:"objects"`
	Lines      int                   `json:"lines"`
	CodeLines  int                   `json:"code_lines"`
	Statements int                   `json:"statements"`
	Refused    int                   `json:"refused"`
	Findings   assess.SeverityCounts `json:"findings"`
	Checks     []assess.VerdictCount `json:"checks"`
	Blocked    []string              `json:"blocked,omitempty"` // codes of checks that block
	Scores     []assess.Score        `json:"scores"`
	Complexity assess.Complexity     `json:"complexity"`
	Hours      assess.Hours          `json:"hours"`
	Learning   []RuleHours           `json:"learning"` // of Hours: once a rule
	Bytes      *assess.Range         `json:"bytes,omitempty"`
	Cores      *assess.Range         `json:"cores,omitempty"`
	Memory     *assess.Range         `json:"memory_bytes,omitempty"`
	Sessions   int                   `json:"sessions,omitempty"`
	LoadHours  *assess.Range         `json:"load_hours,omitempty"`
	Cutover    *assess.Range         `json:"cutover_minutes,omitempty"`
	NotCovered int                   `json:"not_covered"`
	Partly     bool                  `json:"partly"` // something was not read or not parsed
	Gate       string                `json:"gate,omitempty"`
	Links      []assess.LinkOut      `json:"links"`
	Schemas    []SchemaDigest        `json:"schemas"`
	Outside    []OutsideFile         `json:"outside,omitempty"` // read from outside of the source's folder
}

// OutsideFile is a file that scripts include from outside of their folder, which the hash of the input cannot know.
type OutsideFile struct {
	Name   string `json:"name"` // relative to the source
	SHA256 string `json:"sha256"`
}

// RuleHours is the learning of one rule.
type RuleHours struct {
	Code  string       `json:"code"`
	Hours assess.Hours `json:"hours"`
}

// SchemaDigest is what is kept of a schema: sums of its objects and sketches of their sources and names.
type SchemaDigest struct {
	Name    string   `json:"name"`
	Objects int      `json:"objects"`
	Lines   int      `json:"lines"`
	Hash    string   `json:"hash"`    // of all objects' sources: equal schemas have equal ones
	Sources []uint64 `json:"sources"` // the smallest hashes of kind, name and source
	Names   []uint64 `json:"names"`   // hashes of kind and name, all of them up to maxNames
}

// maxNames bounds what is kept of names; schemas with more are compared by a part.
const maxNames = 20000

// DigestOf sums a result up.
func DigestOf(name, input string, r *assess.Result) *Digest {
	d := &Digest{
		Version: DigestVersion, Name: name, Input: input, Source: r.Source, Target: r.Target, Objects: r.Totals.Objects, Statements: r.Totals.Statements, Refused: r.Totals.Refused,
		Findings: r.Totals.Findings, Checks: r.Totals.Checks, Scores: r.Totals.Scores, NotCovered: len(r.NotCovered), Links: r.Links, Learning: []RuleHours{}, Schemas: []SchemaDigest{},
	}
	if r.Workload != nil {
		d.Scores = append(slices.Clone(d.Scores), r.Workload.Totals.Scores...)
	}
	if r.Complexity != nil {
		d.Complexity = *r.Complexity
		d.Complexity.Facts = nil
	}
	if r.Estimate != nil {
		d.Hours = r.Estimate.Hours
	}
	for _, u := range r.Rules {
		if u.Learning != nil {
			d.Learning = append(d.Learning, RuleHours{u.Code, *u.Learning})
		}
	}
	if s := r.Sizing; s != nil {
		d.Bytes, d.Cores, d.Memory, d.Sessions = s.Bytes, s.Cores, s.Memory, s.Connections
	}
	if w := r.Window; w != nil {
		d.LoadHours, d.Cutover = w.Load, w.Cutover
	}
	for _, c := range r.Checks {
		if c.Verdict == checks.Blocker {
			d.Blocked = append(d.Blocked, c.Code)
		}
	}
	for _, n := range r.NotCovered {
		d.Partly = d.Partly || n.Kind == assess.NotRead || n.Kind == assess.NotParsed
	}
	for _, in := range r.Inputs {
		if in.Name == ".." || strings.HasPrefix(in.Name, "../") || path.IsAbs(in.Name) {
			d.Outside = append(d.Outside, OutsideFile{in.Name, in.SHA256})
		}
	}
	if g := r.Gates; g != nil {
		d.Gate = "passed"
		if !g.Passed {
			d.Gate = "failed"
		}
	}
	d.schemas(r)
	return d
}

func hashOf(parts ...string) uint64 {
	h := fnv.New64a()
	for _, p := range parts {
		_, _ = h.Write([]byte(p))
		_, _ = h.Write([]byte{0})
	}
	// FNV's low bits of short texts are not spread well; the smallest values are what a sketch keeps.
	x := h.Sum64()
	x ^= x >> 33
	x *= 0xff51afd7ed558ccd
	x ^= x >> 33
	return x
}

func (d *Digest) schemas(r *assess.Result) {
	at := map[string]int{}
	for i := range r.Objects {
		o := &r.Objects[i]
		d.Lines += o.Lines
		if o.Kind.HasCode() {
			d.CodeLines += o.Lines
		}
		if o.Kind == model.KindScript {
			continue
		}
		n, ok := at[o.Schema]
		if !ok {
			n = len(d.Schemas)
			at[o.Schema] = n
			d.Schemas = append(d.Schemas, SchemaDigest{Name: o.Schema})
		}
		s := &d.Schemas[n]
		s.Objects++
		s.Lines += o.Lines
		s.Sources = append(s.Sources, hashOf(string(o.Kind), o.Name, o.Hash))
		s.Names = append(s.Names, hashOf(string(o.Kind), o.Name))
	}
	for i := range d.Schemas {
		s := &d.Schemas[i]
		slices.Sort(s.Sources)
		slices.Sort(s.Names)
		h := fnv.New128a()
		var b [8]byte
		for _, x := range s.Sources {
			binary.BigEndian.PutUint64(b[:], x)
			_, _ = h.Write(b[:])
		}
		s.Hash = hex.EncodeToString(h.Sum(nil))
		s.Sources = slices.Clone(s.Sources[:min(len(s.Sources), sketchSize)])
		s.Names = slices.Clone(s.Names[:min(len(s.Names), maxNames)])
	}
	slices.SortFunc(d.Schemas, func(a, b SchemaDigest) int { return cmp.Compare(a.Name, b.Name) })
}

// overlap is the share of objects that two schemas have in common, of all that either has (Jaccard), estimated from their
// sketches: the smallest hashes of the union are a fair sample of it.
func overlap(a, b *SchemaDigest) float64 {
	if a.Hash == b.Hash {
		return 1
	}
	i, j, union, both := 0, 0, 0, 0
	for union < sketchSize && (i < len(a.Sources) || j < len(b.Sources)) {
		switch {
		case j >= len(b.Sources) || i < len(a.Sources) && a.Sources[i] < b.Sources[j]:
			i++
		case i >= len(a.Sources) || b.Sources[j] < a.Sources[i]:
			j++
		default:
			i, j, both = i+1, j+1, both+1
		}
		union++
	}
	if union == 0 {
		return 0
	}
	return float64(both) / float64(union)
}

// common counts equal hashes of two sorted lists.
func common(a, b []uint64) (n int) {
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i] < b[j]:
			i++
		case b[j] < a[i]:
			j++
		default:
			i, j, n = i+1, j+1, n+1
		}
	}
	return n
}
