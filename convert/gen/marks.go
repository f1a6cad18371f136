package gen

import (
	"strconv"
	"strings"

	"landfall/internal/oracle/syntax/ast"
)

// Marks carry the source line of a piece of text through the emitters: \x01 line \x02 in front of it. They are taken
// out when the output is complete and become its line map.
const (
	markBegin = '\x01'
	markEnd   = '\x02'
)

// mark gives the mark of a node's line.
func (g *gen) mark(n ast.Node) string {
	return string(markBegin) + strconv.Itoa(g.f.Pos(n).Line) + string(markEnd)
}

// takeMarks takes the marks out of a text and gives the line map that they make.
func takeMarks(s string) (string, []LineMap) {
	if strings.IndexByte(s, markBegin) < 0 {
		return s, nil
	}
	var (
		b     strings.Builder
		lines []LineMap
		line  = 1
	)
	b.Grow(len(s))
	for len(s) > 0 {
		begin := strings.IndexByte(s, markBegin)
		if begin < 0 {
			break
		}
		b.WriteString(s[:begin])
		line += strings.Count(s[:begin], "\n")
		s = s[begin:]
		end := strings.IndexByte(s, markEnd)
		if end < 0 {
			break
		}
		if src, err := strconv.Atoi(s[1:end]); err == nil {
			if n := len(lines); n > 0 && lines[n-1].Target == line {
				// the first mark of a line counts
			} else if n == 0 || lines[n-1].Source-lines[n-1].Target != src-line {
				lines = append(lines, LineMap{Target: line, Source: src})
			}
		}
		s = s[end+1:]
	}
	b.WriteString(s)
	return b.String(), lines
}

// unmarked is a text without its marks, for places that look at the text.
func unmarked(s string) string {
	t, _ := takeMarks(s)
	return t
}
