package model

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// Finding is one thing that is true of the customer's database or code and that matters to the migration. What
// stopped us from finding out is an Error, never a Finding.
type Finding struct {
	Code        string   `json:"code"` // of the rule: "CV0101"
	Rule        string   `json:"rule"` // name of the rule: "nvl"
	Severity    Severity `json:"severity"`
	Effort      Effort   `json:"effort"`
	Object      ObjectID `json:"object,omitempty"`
	Pos         Pos      `json:"pos"`
	Message     string   `json:"message"`
	Advice      string   `json:"advice,omitempty"`
	Snippet     Snippet  `json:"snippet,omitzero"`
	Fingerprint string   `json:"fingerprint"` // see SetFingerprints
	// Status is how the finding stands against a baseline: new, unchanged; "" without one.
	Status string  `json:"status,omitempty"`
	Waiver *Waiver `json:"waiver,omitempty"` // somebody answers for leaving it as it is
}

// Waiver says who answers for a finding that is left as it is, why, and until when.
type Waiver struct {
	Owner  string `json:"owner"`
	Reason string `json:"reason"`
	Until  string `json:"until"` // last day on which it holds: 2026-12-31
}

// Snippet is the source around a finding.
type Snippet struct {
	Text string `json:"text"`           // whole lines, without the last line break
	Line int    `json:"line,omitempty"` // number of the first line in its file
	Off  int    `json:"off"`            // byte offset in Text where the offending part begins
	Len  int    `json:"len"`            // its length in bytes; 0 when only the place is known
}

// NewSnippet cuts out the lines of src that hold the bytes lo to hi and up to context lines on both sides. Line
// is the number of the line that lo stands in.
func NewSnippet(src string, lo, hi, line, context int) Snippet {
	lo = max(0, min(lo, len(src)))
	hi = max(lo, min(hi, len(src)))
	from := strings.LastIndexByte(src[:lo], '\n') + 1
	first := line
	for range context {
		if from == 0 {
			break
		}
		from = strings.LastIndexByte(src[:from-1], '\n') + 1
		first--
	}
	to := hi
	if hi > lo && src[hi-1] == '\n' {
		to = hi - 1
	}
	for range context + 1 {
		i := strings.IndexByte(src[to:], '\n')
		if i < 0 {
			to = len(src)
			break
		}
		to += i + 1
	}
	text := strings.TrimRight(src[from:max(to, hi)], "\r\n")
	off := min(lo-from, len(text))
	return Snippet{Text: text, Line: first, Off: off, Len: min(hi-lo, len(text)-off)}
}

// Parts cuts the text before, at and after the offending part; ok is false when the offsets do not fit it.
func (s Snippet) Parts() (before, at, after string, ok bool) {
	if s.Off < 0 || s.Len < 0 || s.Off > len(s.Text) || s.Len > len(s.Text)-s.Off {
		return s.Text, "", "", false
	}
	return s.Text[:s.Off], s.Text[s.Off : s.Off+s.Len], s.Text[s.Off+s.Len:], true
}

// core is the text that a fingerprint is made of: the lines that hold the offending part, with spaces evened
// out by appendFields, so that neither neighbours nor indentation matter.
func (s Snippet) core() string {
	if _, _, _, ok := s.Parts(); !ok {
		return s.Text
	}
	from := strings.LastIndexByte(s.Text[:s.Off], '\n') + 1
	to := s.Off + s.Len
	if i := strings.IndexByte(s.Text[to:], '\n'); i >= 0 {
		to += i
	} else {
		to = len(s.Text)
	}
	return s.Text[from:to]
}

// appendFields appends the words of a text with one space between.
func appendFields(b []byte, text string) []byte {
	from := len(b)
	for i := range len(text) {
		if text[i] >= 0x80 {
			return append(b, strings.Join(strings.Fields(text), " ")...)
		}
	}
	space := false
	for i := range len(text) {
		switch c := text[i]; c {
		case ' ', '\t', '\n', '\v', '\f', '\r':
			space = len(b) > from
		default:
			if space {
				b = append(b, ' ')
				space = false
			}
			b = append(b, c)
		}
	}
	return b
}

// SetFingerprints gives every finding its fingerprint: 16 hex digits of SHA-256 over code, object, the offending
// lines (spaces evened out) and, where those are equal, the number of the finding among its equals. It holds
// when lines are added above, the file is renamed or the code is re-indented, and changes when the offending
// code does. The order of fs counts only among equals: sort first (CompareFindings).
func SetFingerprints(fs []Finding) {
	sums := make([][sha256.Size]byte, len(fs)) // as if each were the first of its equals
	var wg sync.WaitGroup
	for lo := 0; lo < len(fs); lo += fingerprintsAtOnce {
		hi := min(lo+fingerprintsAtOnce, len(fs))
		wg.Go(func() {
			for i := lo; i < hi; i++ {
				sums[i] = fs[i].digest(0)
			}
		})
	}
	wg.Wait()
	seen := make(map[[16]byte]int, len(fs))
	for i := range fs {
		k := [16]byte(sums[i][:16])
		n := seen[k]
		seen[k] = n + 1
		if n > 0 {
			sums[i] = fs[i].digest(n)
		}
		fs[i].Fingerprint = hex.EncodeToString(sums[i][:8])
	}
}

// fingerprintsAtOnce is how many findings one goroutine takes.
const fingerprintsAtOnce = 50_000

// digest is what the fingerprint of the n-th finding of its equals is cut from.
func (f *Finding) digest(n int) [sha256.Size]byte {
	var room [1024]byte
	b := append(room[:0], f.Code...)
	b = append(b, 0)
	b = append(b, f.Object...)
	b = append(b, 0)
	from := len(b)
	if b = appendFields(b, f.Snippet.core()); len(b) == from {
		b = append(b, f.Message...)
	}
	b = append(b, 0)
	return sha256.Sum256(strconv.AppendInt(b, int64(n), 10))
}

// CompareFindings orders findings by file, position, code, object and message: the order of every report.
func CompareFindings(a, b Finding) int { return compareFindings(&a, &b) }

func compareFindings(a, b *Finding) int {
	if c := strings.Compare(a.Pos.File, b.Pos.File); c != 0 {
		return c
	}
	if c := cmp.Or(a.Pos.Line-b.Pos.Line, a.Pos.Col-b.Pos.Col); c != 0 {
		return c
	}
	if c := strings.Compare(a.Code, b.Code); c != 0 {
		return c
	}
	if c := cmp.Compare(a.Object, b.Object); c != 0 {
		return c
	}
	return strings.Compare(a.Message, b.Message)
}

// SortFindings puts findings into report order; equal ones keep theirs.
func SortFindings(fs []Finding) {
	for i := 1; i < len(fs); i++ {
		if compareFindings(&fs[i-1], &fs[i]) > 0 {
			slices.SortStableFunc(fs, CompareFindings)
			return
		}
	}
}
