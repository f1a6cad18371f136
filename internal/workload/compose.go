package workload

import (
	"fmt"
	"sort"
	"strings"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/parser"
)

// Source is one file of application source, decoded.
type Source struct {
	Name    string // for people, with slashes
	Text    []byte // UTF-8
	Charset string // of the file on disk
	lines   []int  // offsets at which lines begin
}

// NewSource makes a source of decoded text.
func NewSource(name string, text []byte) *Source {
	return &Source{Name: name, Text: text, Charset: "UTF-8"}
}

// Pos is the place of a byte.
func (s *Source) Pos(off int) model.Pos {
	if s.lines == nil {
		s.lines = []int{0}
		for i, c := range s.Text {
			if c == '\n' {
				s.lines = append(s.lines, i+1)
			}
		}
	}
	off = max(0, min(off, len(s.Text)))
	n := sort.Search(len(s.lines), func(i int) bool { return s.lines[i] > off })
	start := s.lines[n-1]
	return model.Pos{File: s.Name, Offset: off, Line: n, Col: 1 + len([]rune(string(s.Text[start:off])))}
}

// At is the file and line that a byte of the text comes from, or, where the source does not hold that byte, what follows
// behind it; line 0 where nothing does.
func (c *Composition) At(text string, off int) (file string, line int) {
	at := 0
	for i, s := range c.Segments {
		if off < at+s.Len && i < len(c.Lines) && s.Hi > s.Lo {
			if s.Hi-s.Lo == s.Len && off > at {
				return s.File, c.Lines[i] + strings.Count(text[at:off], "\n")
			}
			return s.File, c.Lines[i]
		}
		at += s.Len
	}
	return "", 0
}

// Piece is a text with where it comes from.
type Piece struct {
	Text string
	Segment
}

// Compose puts pieces together.
func Compose(pieces []Piece) (string, []Segment) {
	var b strings.Builder
	segments := make([]Segment, 0, len(pieces))
	for _, p := range pieces {
		p.Len = len(p.Text)
		b.WriteString(p.Text)
		if n := len(segments); n > 0 && mergeable(segments[n-1], p.Segment) {
			segments[n-1].Len += p.Len
			segments[n-1].Hi = p.Hi
			continue
		}
		if p.Len > 0 || p.Holds == HoldsHole {
			segments = append(segments, p.Segment)
		}
	}
	return b.String(), segments
}

// mergeable reports whether b goes on where a ends, byte by byte as the file has it.
func mergeable(a, b Segment) bool {
	return a.Holds == HoldsText && b.Holds == HoldsText && a.File == b.File && a.Form == b.Form && a.Run == b.Run && a.Hi == b.Lo && a.Lo+a.Len == a.Hi && b.Lo+b.Len == b.Hi && a.Hi > a.Lo
}

// Names gives host variables names that SQL takes, the same one for the same expression of the program, and knows what
// each stands for.
type Names struct {
	byExpr map[string]string
	taken  map[string]bool
}

// Bind is the name, with its colon, of the host variable that a program writes as expr.
func (n *Names) Bind(expr string) string {
	if n.byExpr == nil {
		n.byExpr, n.taken = map[string]string{}, map[string]bool{}
	}
	if s, ok := n.byExpr[expr]; ok {
		return ":" + s
	}
	var b strings.Builder
	for _, c := range expr {
		switch {
		case c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9':
			b.WriteRune(c)
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "_"):
			b.WriteByte('_')
		}
	}
	base := strings.Trim(b.String(), "_")
	if base == "" || base[0] >= '0' && base[0] <= '9' {
		base = "b" + base
	}
	if len(base) > 100 {
		base = base[:100]
	}
	name := base
	for i := 2; n.taken[strings.ToUpper(name)]; i++ {
		name = fmt.Sprintf("%s_%d", base, i)
	}
	n.taken[strings.ToUpper(name)] = true
	n.byExpr[expr] = name
	return ":" + name
}

// Readable reports whether a text is one or more statements without an error.
func Readable(text string) bool {
	f := parser.Parse("", []byte(text), parser.Options{})
	return len(f.Errors) == 0 && len(f.Stmts) > 0
}

// stand are what a hole may be where a name makes no statement: nothing, a direction, a condition.
var stand = []string{"", "ASC", "1 = 1", "1"}

// FillHoles gives the holes among pieces the texts by which the whole reads as a statement: names HOLE$1, HOLE$2 ... where
// that does, or what stands may hold. ok is false when nothing does; names stand then.
func FillHoles(pieces []Piece) (filled []Piece, ok bool) {
	var holes []int
	filled = append(filled, pieces...)
	for i := range filled {
		if filled[i].Holds == HoldsHole {
			holes = append(holes, i)
			filled[i].Text = fmt.Sprintf("hole$%d", len(holes))
		}
	}
	text, _ := Compose(filled)
	if Readable(text) {
		return filled, true
	}
	if len(holes) == 0 {
		return filled, false
	}
	const most = 12 // holes that are tried one by one
	for _, h := range holes[:min(len(holes), most)] {
		was := filled[h].Text
		for _, s := range stand {
			filled[h].Text = s
			if text, _ = Compose(filled); Readable(text) {
				return filled, true
			}
		}
		filled[h].Text = was
	}
	names := append([]Piece(nil), filled...)
	for _, h := range holes {
		filled[h].Text = ""
	}
	if text, _ = Compose(filled); Readable(text) {
		return filled, true
	}
	return names, false
}

// Part is bytes of a piece.
func Part(p Piece, lo, hi int) Piece {
	q := p
	q.Text = p.Text[lo:hi]
	if p.Hi-p.Lo == len(p.Text) {
		q.Lo, q.Hi = p.Lo+lo, p.Lo+hi
	}
	return q
}

// Endless leaves out the spaces around a statement and the semicolon behind SQL, which drivers do not take.
func Endless(text string, segments []Segment) (string, []Segment) {
	cut := Terminated(text)
	lead := len(text) - len(strings.TrimLeft(text, " \t\r\n"))
	tail := len(text) - lead - len(cut)
	segments = append([]Segment{}, segments...)
	for lead > 0 && len(segments) > 0 {
		first := &segments[0]
		if first.Len <= lead {
			lead -= first.Len
			segments = segments[1:]
			continue
		}
		if first.Hi-first.Lo == first.Len {
			first.Lo += lead
		}
		first.Len -= lead
		lead = 0
	}
	for tail > 0 && len(segments) > 0 {
		last := &segments[len(segments)-1]
		if last.Len <= tail {
			tail -= last.Len
			segments = segments[:len(segments)-1]
			continue
		}
		if last.Hi-last.Lo == last.Len {
			last.Hi -= tail
		}
		last.Len -= tail
		tail = 0
	}
	return cut, segments
}
