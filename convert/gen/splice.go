package gen

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// sub is a range of tokens that other text stands for.
type sub struct {
	lo, hi uint32
	text   string
}

// put makes a sub of a node.
func put(n ast.Node, text string) sub {
	s := n.Range()
	return sub{s.Lo, s.Hi, text}
}

// splice copies the tokens of a node with what stands between them (space, comments), except that the ranges of subs
// are replaced by their texts. Subs may come in any order but must not overlap; an empty text drops its range with the
// space, but not the comments, in front of it. Tokens of unselected conditional compilation are left out.
func (g *gen) splice(n ast.Node, subs ...sub) string {
	return g.spliceRange(n.Range().Lo, n.Range().Hi, subs...)
}

func (g *gen) spliceRange(lo, hi uint32, subs ...sub) string {
	slices.SortStableFunc(subs, func(a, b sub) int { return cmp.Compare(a.lo, b.lo) })
	var b strings.Builder
	b.Grow(g.spliced(lo, hi, subs))
	k := 0
	for i := lo; i < hi; {
		for k < len(subs) && (subs[k].hi <= i || subs[k].lo == subs[k].hi) {
			k++
		}
		if k < len(subs) && subs[k].lo <= i {
			s := subs[k]
			k++
			if i > lo {
				g.gap(&b, i, s.text == "")
			}
			if glued(b.String(), s.text) {
				b.WriteByte(' ')
			}
			b.WriteString(s.text)
			i = s.hi
			continue
		}
		t := g.f.Tokens[i]
		if t.Flags&token.FlagInactive != 0 {
			i++
			continue
		}
		if i > lo {
			g.gap(&b, i, false)
			if glued(b.String(), g.f.Text(i)) {
				b.WriteByte(' ')
			}
		}
		b.Write(g.f.Bytes(i))
		i++
	}
	return b.String()
}

// spliced is about how long the result of spliceRange gets.
func (g *gen) spliced(lo, hi uint32, subs []sub) int {
	n := 0
	if lo < hi {
		n = int(g.f.Tokens[hi-1].End() - g.f.Tokens[lo].Off)
	}
	for _, s := range subs {
		if s.lo < s.hi && lo <= s.lo && s.hi <= hi {
			n += len(s.text) - int(g.f.Tokens[s.hi-1].End()-g.f.Tokens[s.lo].Off)
		}
	}
	return max(n, 0)
}

// glued reports whether two texts would make one word: IF(x)THEN when something else stands for (x).
func glued(left, right string) bool {
	right = strings.TrimLeft(right, string(markBegin))
	return left != "" && right != "" && wordByte(left[len(left)-1]) && wordByte(right[0])
}

func wordByte(c byte) bool {
	return c == '_' || c >= 0x80 || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
}

// gap writes what stands in front of a token: space and comments. bare writes the comments only.
func (g *gen) gap(b *strings.Builder, tok uint32, bare bool) {
	t := g.f.Tokens[tok]
	text := g.trivia(tok)
	g.seen.add(tok)
	if bare && t.Flags&(token.FlagComment|token.FlagHint) == 0 {
		return
	}
	if t.Flags&(token.FlagComment|token.FlagHint) != 0 {
		text = pgComments(text)
		if bare {
			text = strings.TrimRight(text, " \t")
		}
	}
	b.WriteString(text)
}

// trivia is the text between the token before and this one.
func (g *gen) trivia(tok uint32) string {
	from := uint32(0)
	if tok > 0 {
		from = g.f.Tokens[tok-1].End()
	}
	s := g.f.Piece(from, g.f.Tokens[tok].Off)
	if g.f.Tokens[tok].Flags&token.FlagHint != 0 {
		s = g.hints(tok, s)
	}
	for i := 0; i < len(s); i++ {
		if s[i] == '-' || s[i] >= 0x80 || s[i] < ' ' && s[i] != '\n' && s[i] != '\t' && s[i] != '\r' {
			s = plainSpace(s)
			break
		}
	}
	if strings.IndexByte(s, '\r') >= 0 {
		s = strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
	}
	return s
}

// plainSpace makes space that PostgreSQL knows of everything that is no comment: the hyphen with which SQL*Plus goes on
// in the next line, and spaces that are not ASCII.
func plainSpace(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); {
		if c := s[i:]; strings.HasPrefix(c, "--") || strings.HasPrefix(c, "/*") {
			end := strings.IndexByte(c, '\n')
			if c[0] == '/' {
				if end = strings.Index(c[2:], "*/"); end >= 0 {
					end += 4
				}
			}
			if end < 0 {
				end = len(c)
			}
			b.WriteString(c[:end])
			i += end
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == '-':
		case r < 0x80 && r >= ' ', r == '\n', r == '\t', r == '\r':
			b.WriteByte(s[i])
		default:
			b.WriteByte(' ')
		}
		i += size
	}
	return b.String()
}

// pgComments makes the comments of Oracle readable for PostgreSQL, where /* nests: a /* inside a comment is broken up.
func pgComments(s string) string {
	if !strings.Contains(s, "/*") {
		return s
	}
	var b strings.Builder
	for {
		i := strings.Index(s, "/*")
		dash := strings.Index(s, "--")
		if dash >= 0 && (i < 0 || dash < i) { // a line comment hides a /*
			end := strings.IndexByte(s[dash:], '\n')
			if end < 0 {
				b.WriteString(s)
				return b.String()
			}
			b.WriteString(s[:dash+end+1])
			s = s[dash+end+1:]
			continue
		}
		if i < 0 {
			b.WriteString(s)
			return b.String()
		}
		end := strings.Index(s[i+2:], "*/")
		if end < 0 {
			b.WriteString(s)
			return b.String()
		}
		b.WriteString(s[:i+2])
		b.WriteString(strings.ReplaceAll(s[i+2:i+2+end], "/*", "/ *"))
		b.WriteString("*/")
		s = s[i+2+end+2:]
	}
}

// strays gives the comments inside a range of tokens that no emitter has copied, each on a line of its own, and counts
// them as copied. The gap in front of lo is not part of it.
func (g *gen) strays(lo, hi uint32, indent string) string {
	var b strings.Builder
	for i := lo + 1; i < hi && i < uint32(len(g.f.Tokens)); i++ {
		if g.f.Tokens[i].Flags&(token.FlagComment|token.FlagHint) == 0 || g.seen.has(i) {
			continue
		}
		g.seen.add(i)
		for _, c := range comments(g.trivia(i)) {
			b.WriteString(c + "\n" + indent)
		}
	}
	return b.String()
}

// withStrays puts the comments that an emitter has not copied in front of the text of its node.
func (g *gen) withStrays(n ast.Node, text string) string {
	s := n.Range()
	if s.Empty() {
		return text
	}
	return g.strays(s.Lo, s.Hi, g.indent(n)) + text
}

// comments are the comments of a piece of trivia, without the space around them.
func comments(s string) []string {
	var list []string
	for {
		i, d := strings.Index(s, "/*"), strings.Index(s, "--")
		switch {
		case i < 0 && d < 0:
			return list
		case d >= 0 && (i < 0 || d < i):
			end := strings.IndexByte(s[d:], '\n')
			if end < 0 {
				return append(list, strings.TrimRight(s[d:], " \t"))
			}
			list = append(list, strings.TrimRight(s[d:d+end], " \t"))
			s = s[d+end:]
		default:
			end := strings.Index(s[i+2:], "*/")
			if end < 0 {
				return append(list, s[i:]+"*/")
			}
			list = append(list, pgComments(s[i:i+2+end+2]))
			s = s[i+2+end+2:]
		}
	}
}

// indent is the space that the line of a node begins with.
func (g *gen) indent(n ast.Node) string {
	if n.Range().Empty() {
		return ""
	}
	return g.indentAt(n.Range().Lo)
}

// indentAt is the space that the line of a token begins with.
func (g *gen) indentAt(tok uint32) string {
	if int(tok) >= len(g.f.Tokens) {
		return ""
	}
	off := int(g.f.Tokens[tok].Off)
	start := off
	for start > 0 && g.f.Src[start-1] != '\n' && g.f.Src[start-1] != '\r' {
		start--
	}
	end := start
	for end < off && (g.f.Src[end] == ' ' || g.f.Src[end] == '\t') {
		end++
	}
	return g.f.Piece(uint32(start), uint32(end))
}

// source is the Oracle text of a node as it is.
func (g *gen) source(n ast.Node) string {
	return strings.ReplaceAll(strings.ReplaceAll(g.f.Source(n), "\r\n", "\n"), "\r", "\n")
}

// asComment is the Oracle text of a node as a comment of PostgreSQL.
func (g *gen) asComment(n ast.Node) string {
	s := n.Range()
	for i := s.Lo; i < s.Hi; i++ {
		g.seen.add(i)
	}
	lines := strings.Split(g.source(n), "\n")
	for i, l := range lines {
		lines[i] = strings.TrimRight("-- "+l, " \t")
	}
	return strings.Join(lines, "\n")
}
