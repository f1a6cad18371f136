package embedded

import (
	"strings"

	"landfall/internal/workload"
)

// measure notes where lines of Python begin and how far they are indented. Lines inside brackets are none.
func (s *scanner) measure() {
	if s.lang != workload.Python {
		return
	}
	s.indents = make([]int, len(s.list))
	open, end := 0, 0
	for i, t := range s.list {
		s.indents[i] = -1
		if between := s.s[end:t.lo]; open <= 0 && (i == 0 || strings.Contains(between, "\n") && !strings.Contains(between, "\\\n")) {
			s.indents[i] = t.lo - (strings.LastIndexByte(s.s[:t.lo], '\n') + 1)
		}
		switch {
		case s.is(i, "(", "[", "{"):
			open++
		case s.is(i, ")", "]", "}"):
			open--
		}
		end = t.hi
	}
}

// place finds out in which block a token stands: of Python by the indentation of its line, elsewhere whether it belongs to
// a statement that stands under a condition without braces. Braces are counted where they stand.
func (s *scanner) place(i int) error {
	if s.lang != workload.Python {
		s.branch(i)
		return nil
	}
	if s.indents[i] < 0 {
		return nil
	}
	s.depth = s.indents[i]
	if s.is(i, "if", "elif", "else", "for", "while") { // what stands behind the colon in the same line
		for s.loose = i + 1; s.loose < min(len(s.list), i+maxLoose) && s.indents[s.loose] < 0; s.loose++ {
		}
	}
	if s.is(i, "def", "class") || s.is(i, "async") && s.is(i+1, "def") { // the variables of a function end with it
		return s.leave(s.depth)
	}
	return nil
}

// maxLoose bounds the tokens of a statement without braces.
const maxLoose = 10000

// branch notes how far the statement behind if, else or a loop goes when it stands in no braces.
func (s *scanner) branch(i int) {
	if !s.is(i, "if", "else", "for", "foreach", "while") || s.is(i-1, ".", "->", "@") {
		return
	}
	n := i + 1
	if !s.is(i, "else") {
		n = s.behind(n)
	}
	if s.is(n, "{", "if", "for", "foreach", "while") {
		return
	}
	depth := 0
	for end := n; end < len(s.list) && end < n+maxLoose; end++ {
		switch {
		case s.is(end, "(", "[", "{"):
			depth++
		case s.is(end, ")", "]", "}"):
			depth--
		}
		if depth < 0 || depth == 0 && s.is(end, ";") {
			s.loose = max(s.loose, end)
			return
		}
	}
}

// conditional reports whether the token at hand may be left out where the block of a variable is run through.
func (s *scanner) conditional(v *variable) bool { return s.depth > v.depth || s.now < s.loose }
