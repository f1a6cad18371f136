package lexer

import (
	"bytes"
	"fmt"
	"unicode"
	"unicode/utf8"

	"landfall/internal/oracle/syntax/token"
)

// trivia passes over space and comments and adds what it saw to l.pending.
func (l *Lexer) trivia() {
	src, pos, flags := l.src, l.pos, l.pending
	fresh := false // a line break stands right before, with nothing but space since
	for pos < len(src) {
		switch class[src[pos]] {
		case clsSpace:
			pos++
		case clsNewline:
			pos++
			if fresh {
				flags |= token.FlagBlank
			}
			fresh = true
			flags |= token.FlagNewline
			l.bol = pos
		case clsCR:
			pos++
			if l.cr {
				if fresh {
					flags |= token.FlagBlank
				}
				fresh = true
				flags |= token.FlagNewline
				l.bol = pos
			}
		case clsDash:
			if pos+1 >= len(src) || src[pos+1] != '-' {
				if blankLine(src, pos+1) && pos+1 < len(src) && (l.oneLine || l.continues(pos)) {
					pos++
					continue
				}
				l.pos, l.pending = pos, flags
				return
			}
			flags |= token.FlagComment
			if pos+2 < len(src) && src[pos+2] == '+' {
				flags |= token.FlagHint
			}
			pos = l.LineEnd(pos)
			fresh = false
		case clsSlash:
			if pos+1 >= len(src) || src[pos+1] != '*' {
				l.pos, l.pending = pos, flags
				return
			}
			flags |= token.FlagComment
			if pos+2 < len(src) && src[pos+2] == '+' {
				flags |= token.FlagHint
			}
			end := l.commentEnd(pos)
			if i := bytes.LastIndexByte(src[pos:end], l.newline()); i >= 0 {
				flags |= token.FlagNewline
				l.bol = pos + i + 1
			}
			pos = end
			fresh = false
		case clsControl:
			if pos < l.tail {
				l.pos, l.pending = pos, flags
				return
			}
			pos++
		case clsHigh:
			r, n := utf8.DecodeRune(src[pos:])
			if !unicode.IsSpace(r) && r != 0xFEFF && r != 0x200B && r != 0x2060 {
				l.pos, l.pending = pos, flags
				return
			}
			if pos > 0 {
				l.note(pos, fmt.Sprintf("U+%04X is read as a space; Oracle may refuse it (ORA-00911)", r), "use a plain space")
			}
			pos += n
		default:
			l.pos, l.pending = pos, flags
			return
		}
	}
	l.pos, l.pending = pos, flags
}

// continues reports whether a hyphen at the end of a line inside SQL is SQL*Plus's continuation mark, which
// stands for a space, and cannot be a minus: no operand stands on one of its sides.
func (l *Lexer) continues(pos int) bool {
	i, j := pos-1, pos+1
	for i >= 0 && class[l.src[i]] <= clsCR {
		i--
	}
	for j < len(l.src) && class[l.src[j]] <= clsCR {
		j++
	}
	if i < 0 || j >= len(l.src) {
		return false
	}
	switch l.src[j] {
	case ',', ')', '|', ';', '=':
		return true
	case '\'':
		return bytes.IndexByte([]byte("(,|=+*/<>"), l.src[i]) >= 0
	}
	return l.src[i] == '|' && !identPart(l.src[j])
}

func (l *Lexer) newline() byte {
	if l.cr {
		return '\r'
	}
	return '\n'
}

// commentEnd is the offset behind the comment that opens at pos. Oracle's comments do not nest.
func (l *Lexer) commentEnd(pos int) int {
	end := l.find(openComment, pos+2)
	resume := -1
	if end >= 0 {
		again := l.nestedComment(pos+2, end)
		if resume = l.reopened(pos, again); resume < 0 {
			if again >= 0 {
				l.note(again, "a comment opens inside a comment: Oracle's comments do not nest, the first */ ends both", "")
			}
			return end + 2
		}
	} else if resume = l.resumeAt(pos, len(l.src)); resume < 0 {
		resume = len(l.src)
	}
	l.resumed = resume
	l.report(pos, "comment is not closed", "add */")
	return resume
}

// tailStart is the offset behind which nothing but NUL, ^Z and space follows: what DOS editors and
// block-wise copies leave at the end of a file.
func tailStart(src []byte) int {
	i := len(src)
	for i > 0 && (src[i-1] <= ' ' && (class[src[i-1]] <= clsCR || class[src[i-1]] == clsControl)) {
		i--
	}
	return i
}

// blankLine reports whether only space stands between pos and the end of the line.
func blankLine(src []byte, pos int) bool {
	for _, c := range src[pos:] {
		switch c {
		case '\n', '\r':
			return true
		case ' ', '\t', 0x1a:
		default:
			return false
		}
	}
	return true
}

// openings remembers what searches for closing marks have found, so that no text is searched twice however
// often the lexer is sent back.
type openings struct {
	none [maxOpen]int   // from here on there is none
	last [maxOpen]found // the last one
	q    []int          // none for q-quotes, by closing character; nil until one is found unclosed
	text found          // last for q-quotes
	sign byte           // the closing character of text
}

// found is the result of a search: the first mark at or after from is at at.
type found struct{ from, at int }

const (
	openComment = iota
	openQuote
	openDouble
	maxOpen
)

var closers = [maxOpen][]byte{[]byte("*/"), []byte("'"), []byte(`"`)}

// find is the offset of the next closing mark at or after pos, -1 if there is none in the whole text.
func (l *Lexer) find(kind, pos int) int {
	if pos >= l.open.none[kind] || pos > len(l.src) {
		return -1
	}
	if f := l.open.last[kind]; pos >= f.from && pos <= f.at {
		if f.at >= len(l.src) {
			return -1 // behind the end of a SQL*Plus command
		}
		return f.at
	}
	i := bytes.Index(l.src[pos:], closers[kind])
	if i < 0 {
		if !l.oneLine {
			l.open.none[kind] = pos
		}
		return -1
	}
	l.open.last[kind] = found{pos, pos + i}
	return pos + i
}
