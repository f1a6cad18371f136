package lexer

import (
	"bytes"
	"unicode"
	"unicode/utf8"

	"landfall/internal/oracle/syntax/token"
)

// scan reads the token at l.pos, which is not trivia, and sets its kind, keyword and flags.
func (l *Lexer) scan(tok *token.Token) {
	src, pos := l.src, l.pos
	c := src[pos]
	switch class[c] {
	case clsPrefix:
		if l.prefixed(tok) {
			return
		}
		l.ident(tok)
	case clsIdent, clsHigh:
		l.ident(tok)
	case clsDigit:
		tok.Kind = token.Number
		l.number()
	case clsDot:
		switch d := l.at(1); {
		case digit(d):
			tok.Kind = token.Number
			l.number()
		case d == '.':
			tok.Kind = token.DotDot
			l.pos += 2
		case pos == l.bol && blankLine(src, pos+1):
			tok.Kind = token.TermSlash // SQL*Plus ends its buffer at a dot alone on a line, without running it
			l.pos++
		default:
			tok.Kind = token.Dot
			l.pos++
		}
	case clsQuote:
		tok.Kind = token.String
		l.quoted(tok, pos, openQuote)
	case clsDouble:
		tok.Kind = token.QuotedIdent
		l.quoted(tok, pos, openDouble)
	case clsDollar:
		l.dollar(tok)
	case clsColon:
		l.colon(tok)
	case clsSlash:
		tok.Kind = token.Slash
		if l.firstInLine(pos) && blankLine(src, pos+1) {
			tok.Kind = token.TermSlash
		}
		l.pos++
	default:
		l.punct(tok, c)
	}
}

// firstInLine reports whether only space stands before pos in its line.
func (l *Lexer) firstInLine(pos int) bool {
	for i := pos - 1; i >= l.bol; i-- {
		if c := l.src[i]; c != ' ' && c != '\t' && c != '\r' {
			// a byte order mark before the first line
			return i == 2 && l.src[0] == 0xEF && l.src[1] == 0xBB && c == 0xBF
		}
	}
	return true
}

func (l *Lexer) punct(tok *token.Token, c byte) {
	d := l.at(1)
	n := 1
	k := token.Illegal
	switch c {
	case ';':
		k = token.Semi
	case ',':
		k = token.Comma
	case '(':
		k = token.LParen
	case ')':
		k = token.RParen
	case '=':
		k = token.EQ
		if d == '>' {
			k, n = token.Arrow, 2
		}
	case '-':
		k = token.Minus
	case '|':
		k = token.Bar
		if d == '|' {
			k, n = token.Concat, 2
		}
	case '+':
		k = token.Plus
	case '*':
		k = token.Star
		if d == '*' {
			k, n = token.Power, 2
		}
	case '<':
		switch d {
		case '>':
			k, n = token.NE, 2
		case '=':
			k, n = token.LE, 2
		case '<':
			k, n = token.LLabel, 2
		default:
			k = token.LT
			switch e, m := l.apart(); e {
			case '>':
				k, n = token.NE, m
			case '=':
				k, n = token.LE, m
			}
		}
	case '>':
		switch d {
		case '=':
			k, n = token.GE, 2
		case '>':
			k, n = token.RLabel, 2
		default:
			k = token.GT
			if e, m := l.apart(); e == '=' {
				k, n = token.GE, m
			}
		}
	case '%':
		k = token.Percent
	case '@':
		k = token.At
	case '!', '^', '~':
		if d == '=' {
			k, n = token.NE, 2
		} else if e, m := l.apart(); e == '=' {
			k, n = token.NE, m
		} else if c == '^' {
			k = token.Caret
		} else if c == '!' && l.pos > 0 && l.src[l.pos-1] == '@' {
			k = token.Ident // SYSDATE@!: the local database, as the optimizer writes it
		}
	case '[':
		k = token.LBracket
	case ']':
		k = token.RBracket
	case '{':
		k = token.LBrace
	case '}':
		k = token.RBrace
	case '?':
		k = token.Question
	case '&':
		k = token.Amp
	}
	if c == l.Define && c != 0 && k != token.NE && l.substLen(l.pos) > 0 {
		l.ident(tok)
		return
	}
	if c == l.Terminator && l.Terminator != 0 && blankLine(l.src, l.pos+1) {
		k, n = token.TermSlash, 1
	}
	tok.Kind = k
	if k == token.Illegal {
		l.illegal()
		return
	}
	l.pos += n
}

// apart finds the second half of an operator that is written in two: < >, ! =, > /* */ =. It gives that
// character and the length of the whole, 0 when something else follows.
func (l *Lexer) apart() (byte, int) {
	i := l.pos + 1
	for i < len(l.src) {
		switch c := l.src[i]; {
		case c == ' ' || c == '\t' || c == '\n' || c == '\r':
			i++
		case c == '/' && i+1 < len(l.src) && l.src[i+1] == '*':
			end := l.find(openComment, i+2)
			if end < 0 {
				return 0, 0
			}
			i = end + 2
		case c == '=' || c == '>':
			if i+1 < len(l.src) && (l.src[i+1] == '>' || l.src[i+1] == '=') {
				return 0, 0
			}
			return c, i + 1 - l.pos
		default:
			return 0, 0
		}
	}
	return 0, 0
}

// illegal takes a run of bytes that begin nothing as one token.
func (l *Lexer) illegal() {
	start := l.pos
	r, n := utf8.DecodeRune(l.src[start:])
	l.pos += n
	for l.pos < len(l.src) {
		c := l.src[l.pos]
		if c >= 0x80 {
			r2, n2 := utf8.DecodeRune(l.src[l.pos:])
			if letter(r2) || unicode.IsSpace(r2) {
				break
			}
			l.pos += n2
			continue
		}
		if c >= ' ' && c != 0x7f || class[c] <= clsCR {
			break
		}
		l.pos++
	}
	switch {
	case r == utf8.RuneError && n == 1:
		l.report(start, "bytes that are not UTF-8", "name the character set of the file")
	case r < ' ' || r == 0x7f:
		l.report(start, "control character in the text", "")
	case r >= 0xFF01 && r <= 0xFF5E:
		l.report(start, "full-width character \""+string(r)+"\"", "use \""+string(r-0xFF01+'!')+"\"")
	case r == 0x2018 || r == 0x2019:
		l.report(start, "typographic quote "+string(r), "use '")
	case r == 0x201C || r == 0x201D:
		l.report(start, "typographic quote "+string(r), `use "`)
	default:
		l.report(start, "unexpected character \""+string(r)+"\"", "")
	}
}

// letter reports whether a character outside ASCII may stand in an identifier.
func letter(r rune) bool {
	switch {
	case r >= 0x4E00 && r <= 0x9FFF, r >= 0xAC00 && r <= 0xD7A3, r >= 0x3041 && r <= 0x30FF:
		return true
	case r == 0x200B, r == 0x2060, r == 0xFEFF: // nothing one could see, and space where it stands alone
		return false
	case r >= 0xFF01 && r <= 0xFF0F, r >= 0xFF1A && r <= 0xFF20, r == utf8.RuneError:
		return false
	}
	return unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsMark(r) || r == 0x3007 ||
		unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Co, r) || unicode.Is(unicode.So, r)
}

// ident scans an identifier or keyword, with the substitution variables glued to it.
func (l *Lexer) ident(tok *token.Token) {
	src, pos := l.src, l.pos
	start := pos
	tok.Kind = token.Ident
	h := token.HashSeed
	for pos < len(src) {
		u := fold[src[pos]]
		if u == 0 {
			break
		}
		h = (h ^ uint32(u)) * token.HashPrime
		pos++
	}
	if pos >= len(src) || src[pos] < 0x80 && (src[pos] != l.Define || l.Define == 0) {
		l.pos = pos
		if pos-start <= token.MaxKeyword {
			tok.Kw = token.LookupHash(src[start:pos], h)
		}
		return
	}
	// the rare forms: characters outside ASCII, substitution variables
	for pos < len(src) {
		c := src[pos]
		switch {
		case fold[c] != 0:
			pos++
		case c >= 0x80:
			r, n := utf8.DecodeRune(src[pos:])
			if !letter(r) {
				goto done
			}
			pos += n
		case c == l.Define && l.Define != 0:
			n := l.substLen(pos)
			if n == 0 {
				goto done
			}
			tok.Flags |= token.FlagSubst
			pos += n
		default:
			goto done
		}
	}
done:
	if pos == start {
		tok.Kind = token.Illegal
		l.illegal()
		return
	}
	l.pos = pos
	if tok.Flags&token.FlagSubst == 0 {
		tok.Kw = token.Lookup(src[start:pos])
	}
}

// substLen is the length of the substitution variable at pos (&x, &&x, with the dot that ends its name), 0
// if none stands there.
func (l *Lexer) substLen(pos int) int {
	i := pos + 1
	if i < len(l.src) && l.src[i] == l.Define {
		i++
	}
	name := i
	for i < len(l.src) && identPart(l.src[i]) {
		i++
	}
	if i == name {
		return 0
	}
	if i < len(l.src) && l.src[i] == '.' {
		i++
	}
	return i - pos
}

// number scans 1 1.5 .5 1. 1e5 1.e-5 and the suffixes f and d. "1..10" is 1 and a range.
func (l *Lexer) number() {
	src, pos := l.src, l.pos
	for pos < len(src) && digit(src[pos]) {
		pos++
	}
	if pos < len(src) && src[pos] == '.' && (pos+1 >= len(src) || src[pos+1] != '.') {
		pos++
		for pos < len(src) && digit(src[pos]) {
			pos++
		}
	}
	if pos < len(src) && src[pos]|0x20 == 'e' {
		n := pos + 1
		if n < len(src) && (src[n] == '+' || src[n] == '-') {
			n++
		}
		if n < len(src) && digit(src[n]) {
			pos = n
			for pos < len(src) && digit(src[pos]) {
				pos++
			}
		}
	}
	if pos < len(src) && (src[pos]|0x20 == 'f' || src[pos]|0x20 == 'd') && (pos+1 >= len(src) || !identPart(src[pos+1])) {
		pos++
	}
	l.pos = pos
}

// dollar scans $IF and $$name.
func (l *Lexer) dollar(tok *token.Token) {
	n := 1
	tok.Kind = token.Directive
	if l.at(1) == '$' {
		n, tok.Kind = 2, token.Inquiry
	}
	pos := l.pos + n
	if !identStart(l.at(n)) {
		tok.Kind = token.Dollar
		l.pos++
		return
	}
	start := pos
	for pos < len(l.src) && identPart(l.src[pos]) {
		pos++
	}
	l.pos = pos
	if n == 1 {
		l.Directives = true
		tok.Kw = token.Lookup(l.src[start:pos])
	}
}

// spacedBind is the length of a bind that is written ": name", 0 when the colon is something else: behind an
// operand it separates key and value in JSON_OBJECT.
func (l *Lexer) spacedBind() int {
	src, i, j := l.src, l.pos-1, l.pos+1
	for j < len(src) && (src[j] == ' ' || src[j] == '\t') {
		j++
	}
	if j >= len(src) || fold[src[j]] == 0 {
		return 0
	}
	for i >= 0 && class[src[i]] <= clsCR {
		i--
	}
	if i < 0 {
		return 0
	}
	if hi := i + 1; fold[src[i]] != 0 {
		for i >= 0 && fold[src[i]] != 0 && hi-i <= token.MaxKeyword {
			i--
		}
		if k := token.Lookup(src[i+1 : hi]); !k.ReservedSQL() || k == token.NULL {
			return 0
		}
	} else if bytes.IndexByte([]byte("(,|=+-*/<>"), src[i]) < 0 {
		return 0
	}
	for j < len(src) && identPart(src[j]) {
		j++
	}
	return j - l.pos
}

// colon scans := and binds.
func (l *Lexer) colon(tok *token.Token) {
	switch d := l.at(1); {
	case d == '=':
		tok.Kind = token.Assign
		l.pos += 2
	case identPart(d):
		tok.Kind = token.Bind
		pos := l.pos + 1
		if digit(d) { // a number ends where its digits end: :5and
			for pos < len(l.src) && digit(l.src[pos]) {
				pos++
			}
			l.pos = pos
			return
		}
		for pos < len(l.src) && identPart(l.src[pos]) {
			pos++
		}
		l.pos = pos
	case d == '"':
		tok.Kind = token.Bind
		start := l.pos
		l.pos++
		l.quoted(tok, start, openDouble)
	case d == l.Define && l.Define != 0 && l.substLen(l.pos+1) > 0:
		tok.Kind = token.Bind
		tok.Flags |= token.FlagSubst
		l.pos += 1 + l.substLen(l.pos+1)
	default:
		tok.Kind = token.Colon
		if n := l.spacedBind(); n > 0 {
			tok.Kind = token.Bind
			l.pos += n
			return
		}
		l.pos++
	}
}
