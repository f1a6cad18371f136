package native

import (
	"slices"
	"strings"

	"landfall/convert/gen"
	"landfall/internal/oracle/syntax/ast"
)

// edit replaces bytes of the source. Dropping something drops the spaces in front of it.
type edit struct {
	lo, hi int
	text   string
}

// put replaces a node.
func (w *work) put(n ast.Node, text string) {
	s := n.Range()
	if s.Empty() {
		return
	}
	w.edits = append(w.edits, edit{int(w.f.Tokens[s.Lo].Off), int(w.f.Tokens[s.Hi-1].End()), text})
}

// putTokens replaces tokens lo to hi, hi excluded.
func (w *work) putTokens(lo, hi uint32, text string) {
	w.edits = append(w.edits, edit{int(w.f.Tokens[lo].Off), int(w.f.Tokens[hi-1].End()), text})
}

// apply gives the text of a statement with edits, and which lines of it come from which of the source. Of edits that
// lie in others the outer one counts.
func apply(f *ast.File, s ast.Stmt, edits []edit) (string, []gen.LineMap) {
	span := s.Range()
	at, end := int(f.Tokens[span.Lo].Off), int(f.Tokens[span.Hi-1].End())
	slices.SortStableFunc(edits, func(a, b edit) int {
		if a.lo != b.lo {
			return a.lo - b.lo
		}
		return b.hi - a.hi
	})
	var b strings.Builder
	source := f.Pos(s).Line
	lines := []gen.LineMap{{Target: 1, Source: source}}
	target := 1
	copyText := func(text string) {
		b.WriteString(text)
		for range strings.Count(text, "\n") {
			target++
			source++
			lines = append(lines, gen.LineMap{Target: target, Source: source})
		}
	}
	for _, e := range edits {
		if e.lo < at {
			continue
		}
		lo := e.lo
		if e.text == "" {
			for lo > at && strings.IndexByte(" \t\r\n", f.Src[lo-1]) >= 0 {
				lo--
			}
		}
		copyText(string(f.Src[at:lo]))
		b.WriteString(e.text)
		source += strings.Count(string(f.Src[lo:e.hi]), "\n")
		if n := strings.Count(e.text, "\n"); n > 0 {
			target += n
			lines = append(lines, gen.LineMap{Target: target, Source: source})
		}
		at = e.hi
	}
	copyText(string(f.Src[at:end]))
	return b.String(), lines
}
