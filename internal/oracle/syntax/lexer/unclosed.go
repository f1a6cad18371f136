package lexer

import (
	"bytes"

	"landfall/internal/oracle/syntax/token"
)

// What lacks its closing mark swallows text up to the next mark of the kind, or all that is left. Where it ends
// instead, so that no good statement behind it is lost: before a line that must begin a statement, a line with a
// lone slash, or a line that may begin a statement behind a line that ends in ';'.

// maxQuotedName is the length in bytes that no quoted identifier has in any version (ORA-00972), the quotes
// and some doubt included.
const maxQuotedName = 256

// resumeAt is the offset of the first line of (lo, hi) at which reading goes on behind what is not closed; -1
// without one.
func (l *Lexer) resumeAt(lo, hi int) int {
	for i := l.lineBreak(lo, hi); i+1 < hi; i = l.lineBreak(i+1, hi) {
		if LineStart(l.src, i+1) != StartNone || l.loneSlash(i+1) || l.afterSemi(lo, i+1) {
			return i + 1
		}
	}
	return -1
}

// PlausibleIn is the offset of the first line inside [lo, hi) that must begin a statement, at least as
// surely as min; -1 if none does. Where even StartDML will do, so does a word that may begin a statement behind
// a ';' that ends the line before.
func (l *Lexer) PlausibleIn(lo, hi int, min Start) int {
	for i := l.lineBreak(lo, hi); i+1 < hi; i = l.lineBreak(i+1, hi) {
		if LineStart(l.src, i+1) >= min || min <= StartDML && l.afterSemi(lo, i+1) {
			return i + 1
		}
	}
	return -1
}

// loneSlash reports whether the line at off holds nothing but a slash.
func (l *Lexer) loneSlash(off int) bool {
	off = skipBlank(l.src, off)
	return off < len(l.src) && l.src[off] == '/' && blankLine(l.src, off+1)
}

// afterSemi reports whether the line at off may begin a statement and stands behind one that ends in ';', blank
// lines left out. What lies before lo is not looked at.
func (l *Lexer) afterSemi(lo, off int) bool {
	first := skipBlank(l.src, off)
	if first >= len(l.src) || !identStart(l.src[first]) {
		return false
	}
	if !l.endsInSemi(lo, off) {
		return false
	}
	k, end := wordAt(l.src, first)
	if k == 0 || !mayBegin[k] {
		return false
	}
	next := skipBlank(l.src, end)
	return next >= len(l.src) || next > end || l.src[next] == '\n' || l.src[next] == '\r' || l.src[next] == ';' || l.src[next] == '*' || l.src[next] == '('
}

// ResumedAt reports whether reading went on with the token at off, the first of its line, behind what is not closed.
func (l *Lexer) ResumedAt(off int) bool {
	return l.resumed > 0 && skipBlank(l.src, l.resumed) == off
}

// reopened is the offset at which reading goes on when the text that begins at lo looks as if its closing mark were
// that of a later one: a further one opens inside, at an offset again, and a script goes on in between. -1 when
// nothing of the kind shows. Code of a unit that is commented out and has comments itself is not meant: it has no
// line with a lone slash, and no CREATE in column 1 behind a ';'.
func (l *Lexer) reopened(lo, again int) int {
	for i := l.lineBreak(lo, again); i+1 < again; i = l.lineBreak(i+1, again) {
		if LineStart(l.src, i+1) >= StartCommand && l.endsInSemi(lo, i) || l.loneSlash(i+1) {
			return i + 1
		}
	}
	return -1
}

// lineBreak is the offset of the first line break at or after off, hi when none stands before that. It looks no
// further: a line may be as long as the text, and have a comment every few bytes.
func (l *Lexer) lineBreak(off, hi int) int {
	if off >= hi {
		return hi
	}
	if i := bytes.IndexByte(l.src[off:hi], l.newline()); i >= 0 {
		return off + i
	}
	return hi
}

// unclosed reports a literal that never ends and lets it end where reading goes on.
func (l *Lexer) unclosed(tok *token.Token, start int, hint string) {
	end := -1
	if !l.oneLine {
		end = l.resumeAt(start, len(l.src))
	}
	if end < 0 {
		end = len(l.src)
	}
	l.cutText(tok, start, end, hint)
}

// cutText lets a literal end at the line break before an offset and reports it.
func (l *Lexer) cutText(tok *token.Token, start, end int, hint string) {
	tok.Flags |= token.FlagUnclosed
	l.resumed = end
	l.report(start, "quoted text is not closed", hint)
	for end > start+1 && (l.src[end-1] == '\n' || l.src[end-1] == '\r') {
		end--
	}
	l.pos = end
}

// longName judges a quoted identifier [start, end) that spans lines: no name is that long, and none holds the end
// of one statement and the beginning of another.
func (l *Lexer) longName(start, end int) bool {
	if l.oneLine || bytes.IndexByte(l.src[start:end], l.newline()) < 0 {
		return false
	}
	return end-start > maxQuotedName || l.resumeAt(start, end) > 0
}

// nestedComment is the offset of the first "/*" inside a comment's text [lo, hi) that looks like the opening of
// another comment, -1 without one.
func (l *Lexer) nestedComment(lo, hi int) int {
	for {
		k := bytes.Index(l.src[lo:hi], []byte("/*"))
		if k < 0 {
			return -1
		}
		if c := l.src[lo+k-1]; class[c] <= clsCR {
			return lo + k
		}
		lo += k + 2
	}
}

// nestedLiteral is the offset of the first q' with the delimiter that opened the literal whose text is [lo, hi), -1
// without one.
func (l *Lexer) nestedLiteral(lo, hi int, delimiter []byte) int {
	for from := lo; ; {
		k := bytes.Index(l.src[from:hi], delimiter)
		if k < 0 {
			return -1
		}
		at := from + k
		if at-2 >= lo && l.src[at-1] == '\'' && l.src[at-2]|0x20 == 'q' && (at-3 < lo || !identPart(l.src[at-3])) {
			return at - 2
		}
		from = at + 1
	}
}

// swallows remembers a closed text of several lines that holds what looks like the end of a statement, see
// Suspect.
func (l *Lexer) swallows(start, end int) {
	if l.Suspect > 0 || l.oneLine || end-start < 4 || bytes.IndexByte(l.src[start:end], l.newline()) < 0 {
		return
	}
	for i := l.lineBreak(start, end); i+1 < end; i = l.lineBreak(i+1, end) {
		if l.loneSlash(i+1) || l.endsInSemi(start, i) {
			l.Suspect = start + 1
			return
		}
	}
}

// endsInSemi reports whether the last character before i that is no space is a ';' behind lo.
func (l *Lexer) endsInSemi(lo, i int) bool {
	for i--; i > lo; i-- {
		if c := l.src[i]; class[c] > clsCR {
			return c == ';'
		}
	}
	return false
}
