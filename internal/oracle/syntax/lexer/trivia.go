package lexer

import (
	"bytes"
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
	i := l.find(openComment, pos+2)
	if i < 0 {
		l.report(pos, "comment is not closed", "add */")
		return l.nextPlausible(pos)
	}
	if k := bytes.Index(l.src[pos+2:i], []byte(" /*")); k >= 0 {
		l.note(pos+3+k, "a comment opens inside a comment: Oracle's comments do not nest, the first */ ends both", "")
	}
	return i + 2
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

// openings remembers from which offset on no closing mark of a kind is left, so that no text is searched
// to its end twice however often the lexer is sent back.
type openings struct {
	none [maxOpen]int
	q    []int // for q-quotes, by closing character; nil until one is found unclosed
}

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
	i := bytes.Index(l.src[pos:], closers[kind])
	if i < 0 {
		if !l.oneLine {
			l.open.none[kind] = pos
		}
		return -1
	}
	return pos + i
}
