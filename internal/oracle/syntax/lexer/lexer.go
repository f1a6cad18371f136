// Package lexer turns Oracle SQL, PL/SQL and script text into tokens.
//
// Input -> output: UTF-8 bytes in, token.Token values out, appended to a caller's slice one run at a time.
// It knows nothing of statements: the script layer tells it where a SQL*Plus command stands (Command) and
// where to go on (Seek). It reports errors through a callback and always makes progress. A Lexer is used by
// one goroutine; any number of Lexers may run at once.
package lexer

import (
	"bytes"
	"unicode"
	"unicode/utf8"

	"landfall/internal/oracle/syntax/token"
)

// Lexer scans one source text.
type Lexer struct {
	src   []byte
	pos   int
	line0 bool // only space since the last line break (or the start)
	// Report is called for each lexical error with a byte offset and a message; nil drops them.
	Report func(off int, msg, hint string)
}

// New makes a lexer at the start of src.
func New(src []byte) *Lexer { return &Lexer{src: src, line0: true} }

// Offset is where the next token is looked for.
func (l *Lexer) Offset() int { return l.pos }

// Seek continues at a byte offset, which must be a token boundary.
func (l *Lexer) Seek(off int) {
	l.pos = off
	i := off
	for i > 0 && (l.src[i-1] == ' ' || l.src[i-1] == '\t') {
		i--
	}
	l.line0 = i == 0 || l.src[i-1] == '\n'
}

// Fill appends tokens up to and including the next ';' or terminating slash. At the end of the input it
// appends what is left; when nothing is left it returns dst as it was. Text after a ';' is never looked at,
// so that a following SQL*Plus command line with an apostrophe does no harm.
func (l *Lexer) Fill(dst []token.Token) []token.Token {
	for {
		t := l.scan()
		if t.Kind == token.EOF {
			return dst
		}
		dst = append(dst, t)
		if t.Kind == token.Semi || t.Kind == token.TermSlash {
			return dst
		}
	}
}

func (l *Lexer) report(off int, msg, hint string) {
	if l.Report != nil {
		l.Report(off, msg, hint)
	}
}

// SkipTrivia passes over space and comments and tells what it saw.
func (l *Lexer) SkipTrivia() (flags token.Flag) {
	newlines := 0
	for l.pos < len(l.src) {
		switch c := l.src[l.pos]; {
		case c == '\n':
			newlines++
			flags |= token.FlagNewline
			if newlines > 1 {
				flags |= token.FlagBlank
			}
			l.line0 = true
			l.pos++
		case c == ' ' || c == '\t' || c == '\r' || c == '\f' || c == '\v' || c == 0:
			l.pos++
		case c == '-' && l.at(1) == '-':
			flags |= token.FlagComment
			if l.at(2) == '+' {
				flags |= token.FlagHint
			}
			end := bytes.IndexByte(l.src[l.pos:], '\n')
			if end < 0 {
				l.pos = len(l.src)
			} else {
				l.pos += end
			}
			newlines = 0
		case c == '/' && l.at(1) == '*':
			flags |= token.FlagComment
			if l.at(2) == '+' {
				flags |= token.FlagHint
			}
			end := bytes.Index(l.src[l.pos+2:], []byte("*/"))
			if end < 0 {
				l.report(l.pos, "comment is not closed", "add */")
				l.pos = len(l.src)
			} else {
				if bytes.IndexByte(l.src[l.pos:l.pos+2+end], '\n') >= 0 {
					flags |= token.FlagNewline
				}
				l.pos += end + 4
			}
			newlines = 0
			l.line0 = false
		case c >= utf8.RuneSelf:
			r, n := utf8.DecodeRune(l.src[l.pos:])
			if !unicode.IsSpace(r) && r != 0xFEFF && r != 0x3000 {
				return flags
			}
			l.pos += n
		default:
			return flags
		}
	}
	return flags
}

func (l *Lexer) at(n int) byte {
	if l.pos+n < len(l.src) {
		return l.src[l.pos+n]
	}
	return 0
}

func (l *Lexer) scan() token.Token {
	flags := l.SkipTrivia()
	lineStart := l.line0
	l.line0 = false
	start := l.pos
	tok := token.Token{Off: uint32(start), Flags: flags}
	if start >= len(l.src) {
		return tok
	}
	tok.Kind, tok.Kw = l.one(&tok.Flags, lineStart)
	tok.Len = uint32(l.pos - start)
	return tok
}

// one scans the token at l.pos.
func (l *Lexer) one(flags *token.Flag, lineStart bool) (token.Kind, token.Keyword) {
	c := l.src[l.pos]
	if k := prefixedString(l.src[l.pos:]); k != 0 {
		return l.prefixed(k, flags), 0
	}
	switch {
	case identStart(c) || c >= utf8.RuneSelf || c == '&' && (identPart(l.at(1)) || l.at(1) == '&' && identPart(l.at(2))):
		return l.ident(flags)
	case c >= '0' && c <= '9', c == '.' && l.at(1) >= '0' && l.at(1) <= '9':
		l.number()
		return token.Number, 0
	case c == '\'':
		l.quoted('\'', flags)
		return token.String, 0
	case c == '"':
		l.quoted('"', flags)
		return token.QuotedIdent, 0
	case c == '$':
		return l.dollar()
	case c == ':':
		return l.colon(flags), 0
	case c == '/' && lineStart && l.restOfLineBlank(l.pos+1):
		l.pos++
		return token.TermSlash, 0
	}
	k, n := punct(c, l.at(1))
	l.pos += n
	if k == token.Illegal {
		l.report(l.pos-1, "unexpected character "+string(rune(c)), "")
	}
	return k, 0
}

func (l *Lexer) restOfLineBlank(i int) bool {
	for ; i < len(l.src); i++ {
		switch l.src[i] {
		case '\n':
			return true
		case ' ', '\t', '\r', 0x1a:
		default:
			return false
		}
	}
	return true
}

func punct(c, d byte) (token.Kind, int) {
	two := func(b byte, k2, k1 token.Kind) (token.Kind, int) {
		if d == b {
			return k2, 2
		}
		return k1, 1
	}
	switch c {
	case ';':
		return token.Semi, 1
	case '/':
		return token.Slash, 1
	case ',':
		return token.Comma, 1
	case '.':
		return two('.', token.DotDot, token.Dot)
	case '(':
		return token.LParen, 1
	case ')':
		return token.RParen, 1
	case '[':
		return token.LBracket, 1
	case ']':
		return token.RBracket, 1
	case '{':
		return token.LBrace, 1
	case '}':
		return token.RBrace, 1
	case '+':
		return token.Plus, 1
	case '-':
		return token.Minus, 1
	case '*':
		return two('*', token.Power, token.Star)
	case '=':
		return two('>', token.Arrow, token.EQ)
	case '<':
		switch d {
		case '>':
			return token.NE, 2
		case '=':
			return token.LE, 2
		case '<':
			return token.LLabel, 2
		}
		return token.LT, 1
	case '>':
		switch d {
		case '=':
			return token.GE, 2
		case '>':
			return token.RLabel, 2
		}
		return token.GT, 1
	case '!':
		return two('=', token.NE, token.Illegal)
	case '^':
		return two('=', token.NE, token.Caret)
	case '~':
		return two('=', token.NE, token.Illegal)
	case '|':
		return two('|', token.Concat, token.Bar)
	case '@':
		return token.At, 1
	case '%':
		return token.Percent, 1
	case '?':
		return token.Question, 1
	case '&':
		return token.Amp, 1
	}
	return token.Illegal, 1
}

func identStart(c byte) bool { return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' }
func identPart(c byte) bool {
	return identStart(c) || c >= '0' && c <= '9' || c == '$' || c == '#' || c >= utf8.RuneSelf
}

func (l *Lexer) ident(flags *token.Flag) (token.Kind, token.Keyword) {
	start := l.pos
	for l.pos < len(l.src) {
		c := l.src[l.pos]
		switch {
		case c == '&':
			n := 1
			if l.at(1) == '&' {
				n = 2
			}
			if !identPart(l.at(n)) {
				goto done
			}
			*flags |= token.FlagSubst
			l.pos += n
			for identPart(l.at(0)) {
				l.pos++
			}
			if l.at(0) == '.' { // the dot that ends the variable's name
				l.pos++
			}
		case c >= utf8.RuneSelf:
			r, n := utf8.DecodeRune(l.src[l.pos:])
			if unicode.IsSpace(r) || r == 0x3000 {
				goto done
			}
			l.pos += n
		case identPart(c):
			l.pos++
		default:
			goto done
		}
	}
done:
	if l.pos == start {
		l.pos++
	}
	return token.Ident, token.Lookup(l.src[start:l.pos])
}

func (l *Lexer) number() {
	digits := func() {
		for l.at(0) >= '0' && l.at(0) <= '9' {
			l.pos++
		}
	}
	digits()
	if l.at(0) == '.' && l.at(1) != '.' {
		l.pos++
		digits()
	}
	if c := l.at(0); c == 'e' || c == 'E' {
		n := 1
		if d := l.at(1); d == '+' || d == '-' {
			n = 2
		}
		if d := l.at(n); d >= '0' && d <= '9' {
			l.pos += n
			digits()
		}
	}
	if c := l.at(0) | 0x20; (c == 'f' || c == 'd') && !identPart(l.at(1)) {
		l.pos++
	}
}

func (l *Lexer) quoted(q byte, flags *token.Flag) {
	start := l.pos
	l.pos++
	for {
		i := bytes.IndexByte(l.src[l.pos:], q)
		if i < 0 {
			*flags |= token.FlagUnclosed
			l.report(start, "quoted text is not closed", "add the closing "+string(rune(q)))
			l.pos = len(l.src)
			return
		}
		l.pos += i + 1
		if q == '"' || l.at(0) != q {
			return
		}
		l.pos++
	}
}

// prefixedString tells which literal prefix stands here: 'q' for q'..' and nq'..', 'n', 'u'.
func prefixedString(s []byte) byte {
	if len(s) < 3 {
		return 0
	}
	switch c := s[0] | 0x20; {
	case c == 'q' && s[1] == '\'':
		return 'q'
	case (c == 'n' || c == 'u') && s[1] == '\'':
		return c
	case c == 'n' && s[1]|0x20 == 'q' && s[2] == '\'':
		return 'Q'
	}
	return 0
}

func (l *Lexer) prefixed(k byte, flags *token.Flag) token.Kind {
	start := l.pos
	switch k {
	case 'n':
		l.pos++
		l.quoted('\'', flags)
		return token.NString
	case 'u':
		l.pos++
		l.quoted('\'', flags)
		return token.UString
	case 'Q':
		l.pos++
	}
	l.pos += 2
	r, n := utf8.DecodeRune(l.src[l.pos:])
	l.pos += n
	closing := map[rune]rune{'[': ']', '(': ')', '{': '}', '<': '>'}[r]
	if closing == 0 {
		closing = r
	}
	end := append(utf8.AppendRune(nil, closing), '\'')
	i := bytes.Index(l.src[l.pos:], end)
	if i < 0 {
		*flags |= token.FlagUnclosed
		l.report(start, "quoted text is not closed", "add the closing "+string(end))
		l.pos = len(l.src)
		return token.QString
	}
	l.pos += i + len(end)
	return token.QString
}

func (l *Lexer) dollar() (token.Kind, token.Keyword) {
	n := 1
	if l.at(1) == '$' {
		n = 2
	}
	start := l.pos + n
	if !identStart(l.at(n)) {
		l.pos++
		return token.Dollar, 0
	}
	l.pos = start
	for identPart(l.at(0)) {
		l.pos++
	}
	if n == 2 {
		return token.Inquiry, 0
	}
	return token.Directive, token.Lookup(l.src[start:l.pos])
}

func (l *Lexer) colon(flags *token.Flag) token.Kind {
	switch {
	case l.at(1) == '=':
		l.pos += 2
		return token.Assign
	case identPart(l.at(1)):
		l.pos++
		for identPart(l.at(0)) {
			l.pos++
		}
		return token.Bind
	case l.at(1) == '"':
		l.pos++
		l.quoted('"', flags)
		return token.Bind
	}
	l.pos++
	return token.Colon
}
