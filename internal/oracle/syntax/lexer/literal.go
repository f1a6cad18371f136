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
			l.unclosed(tok, start, "add the closing "+string(closers[kind]))
			return
		}
		pos = i + 1
		if kind == openDouble || pos >= len(l.src) || l.src[pos] != '\'' {
			l.pos = pos
			return
		}
		pos++
	}
}

// unclosed reports a literal that never ends and lets it end at the next line that must begin a statement.
func (l *Lexer) unclosed(tok *token.Token, start int, hint string) {
	tok.Flags |= token.FlagUnclosed
	l.report(start, "quoted text is not closed", hint)
	if l.oneLine {
		l.pos = len(l.src)
		return
	}
	l.pos = l.nextPlausible(start)
	for l.pos > start+1 && (l.src[l.pos-1] == '\n' || l.src[l.pos-1] == '\r') {
		l.pos--
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
	i := -1
	if !l.knownOpen(end[0], body) {
		i = bytes.Index(l.src[body:], end)
	}
	if i < 0 {
		l.markOpen(end, body)
		l.unclosed(tok, start, "add the closing "+string(end))
		return true
	}
	l.pos = body + i + len(end)
	return true
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
