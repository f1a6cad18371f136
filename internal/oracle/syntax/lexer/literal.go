package lexer

import (
	"bytes"
	"unicode/utf8"

	"landfall/internal/oracle/syntax/token"
)

// quoted scans to the closing quote of a literal that began at start; l.pos is at the opening quote.
func (l *Lexer) quoted(tok *token.Token, start, kind int) {
	pos := l.pos + 1
	for {
		i := l.find(kind, pos)
		if i < 0 {
			if kind == openDouble {
				l.cutText(tok, start, l.LineEnd(start), `add the closing "`)
				return
			}
			l.unclosed(tok, start, "add the closing "+string(closers[kind]))
			return
		}
		pos = i + 1
		switch {
		case kind == openDouble:
			if l.longName(start, pos) {
				l.cutText(tok, start, l.LineEnd(start), `add the closing "`)
				return
			}
		case pos < len(l.src) && l.src[pos] == '\'':
			pos++
			continue
		default:
			l.swallows(start, pos)
		}
		l.pos = pos
		return
	}
}

// prefixed scans q'[..]', N'..', Nq'..' and U'..' and reports whether one stands at l.pos.
func (l *Lexer) prefixed(tok *token.Token) bool {
	start := l.pos
	c, d := l.src[start]|0x20, l.at(1)
	switch {
	case c == 'q' && d == '\'':
		l.pos += 2
	case c == 'n' && d|0x20 == 'q' && l.at(2) == '\'':
		l.pos += 3
	case d == '\'':
		tok.Kind = token.UString
		if c == 'n' {
			tok.Kind = token.NString
		}
		l.pos++
		l.quoted(tok, start, openQuote)
		return true
	default:
		return false
	}
	tok.Kind = token.QString
	if l.pos >= len(l.src) {
		l.unclosed(tok, start, "add a delimiter and the closing quote")
		return true
	}
	r, n := utf8.DecodeRune(l.src[l.pos:])
	if r == ' ' || r == '\t' || r == '\r' || r == '\n' {
		l.report(l.pos, "space cannot delimit a q-quoted literal", "use q'[...]'")
	}
	closing := r
	switch r {
	case '[':
		closing = ']'
	case '(':
		closing = ')'
	case '{':
		closing = '}'
	case '<':
		closing = '>'
	}
	body := l.pos + n
	var buf [utf8.UTFMax + 1]byte
	var end []byte
	if r == utf8.RuneError {
		end = append(append(buf[:0], l.src[l.pos:body]...), '\'')
	} else {
		end = append(utf8.AppendRune(buf[:0], closing), '\'')
	}
	i := l.findText(end, body)
	if i < 0 {
		l.markOpen(end, body)
		l.unclosed(tok, start, "add the closing "+string(end))
		return true
	}
	if !l.oneLine {
		if line := l.reopened(start, l.nestedLiteral(body, i, l.src[l.pos:body])); line > 0 {
			l.cutText(tok, start, line, "add the closing "+string(end))
			return true
		}
	}
	l.pos = i + len(end)
	l.swallows(start, l.pos)
	return true
}

// findText is the offset of the next end of a q-quoted literal at or after pos, -1 without one.
func (l *Lexer) findText(end []byte, pos int) int {
	if l.knownOpen(end[0], pos) {
		return -1
	}
	if f := l.open.text; l.open.sign == end[0] && len(end) == 2 && pos >= f.from && pos <= f.at {
		if f.at+1 >= len(l.src) {
			return -1 // behind the end of a SQL*Plus command
		}
		return f.at
	}
	i := bytes.Index(l.src[pos:], end)
	if i < 0 {
		return -1
	}
	if len(end) == 2 {
		l.open.text, l.open.sign = found{pos, pos + i}, end[0]
	}
	return pos + i
}

// knownOpen and markOpen remember, for single-byte delimiters, from where on no closing mark is left.
func (l *Lexer) knownOpen(c byte, pos int) bool {
	return l.open.q != nil && c < 0x80 && l.open.q[c] != 0 && pos >= l.open.q[c]
}

func (l *Lexer) markOpen(end []byte, pos int) {
	if l.oneLine || len(end) != 2 || end[0] >= 0x80 || l.knownOpen(end[0], pos) {
		return
	}
	if l.open.q == nil {
		l.open.q = make([]int, 0x80)
	}
	l.open.q[end[0]] = pos
}
