// Package lexer turns Oracle SQL, PL/SQL and script text into tokens.
//
// Input -> output: UTF-8 bytes in, token.Token values out, appended to a caller's slice one run at a time.
// It knows no grammar beyond the look of a line that must begin a statement (linestart.go, plus.go): the
// script layer decides where a SQL*Plus command stands and where to go on (Seek). It reports errors and
// remarks through callbacks and always makes progress. A Lexer is used by one goroutine; any number of
// Lexers may run at once.
package lexer

import (
	"bytes"
	"slices"

	"landfall/internal/oracle/syntax/token"
)

// Stop tells why Fill returned.
type Stop uint8

// Reasons for Fill to return.
const (
	StopEnd  Stop = iota // the text is used up
	StopHard             // the last token is a ';' or a terminating slash
	StopSoft             // the next token stands at the start of a line that may begin a statement; Fill goes on over it when asked
)

// Lexer scans one source text.
type Lexer struct {
	src     []byte
	pos     int
	bol     int        // offset of the first byte of the line pos is in
	pending token.Flag // what stands between the last token and pos
	cr      bool       // lines end with CR alone
	tail    int        // only NUL, ^Z and space from here on
	oneLine bool       // inside a SQL*Plus command: '-' at the end of a line is space

	// Define is the character that begins a substitution variable, '&' unless SET DEFINE changes it; 0 for none.
	Define byte
	// Terminator is a further character that ends a statement at the end of a line (SET SQLTERMINATOR), 0 for none.
	Terminator byte
	// Directives is set when a conditional-compilation directive has been scanned; the caller clears it.
	Directives bool
	// Suspect is, plus one, the offset of a quoted text in which a line ends in ';' or holds a lone '/', where
	// SQL*Plus ends a statement, quoted or not; the caller clears it.
	Suspect int
	// Stopped tells why the last Fill returned.
	Stopped Stop

	// Report is called for each lexical error, Note for each remark, with a byte offset; nil drops them.
	Report func(off int, msg, hint string)
	Note   func(off int, msg, hint string)

	open    openings
	resumed int // the line at which reading last went on behind what is not closed
}

// New makes a lexer at the start of src.
func New(src []byte) *Lexer {
	return &Lexer{
		src: src, Define: '&', tail: tailStart(src),
		cr:   bytes.IndexByte(src, '\n') < 0 && bytes.IndexByte(src, '\r') >= 0,
		open: openings{none: [maxOpen]int{len(src) + 1, len(src) + 1, len(src) + 1}},
	}
}

// Start passes over space and comments and gives the offset of what stands behind them. The next Fill
// still flags its first token with what was passed over.
func (l *Lexer) Start() int {
	l.trivia()
	return l.pos
}

// Pending gives the flags of the trivia passed over by Start and forgets them.
func (l *Lexer) Pending() token.Flag {
	f := l.pending
	l.pending = 0
	return f
}

// AtEnd reports whether nothing is left.
func (l *Lexer) AtEnd() bool { return l.pos >= len(l.src) }

// Offset is where the next token is looked for.
func (l *Lexer) Offset() int { return l.pos }

// Seek continues at a byte offset, which must be a token boundary, as if trivia with these flags had just
// been passed over.
func (l *Lexer) Seek(off int, flags token.Flag) {
	l.pos = off
	l.bol = l.lineBegin(off)
	l.pending = flags
	l.Stopped = StopHard
}

func (l *Lexer) lineBegin(off int) int {
	nl := byte('\n')
	if l.cr {
		nl = '\r'
	}
	return bytes.LastIndexByte(l.src[:off], nl) + 1
}

// LineEnd is the offset of the line break that ends the line of off, or the length of the text.
func (l *Lexer) LineEnd(off int) int {
	nl := byte('\n')
	if l.cr {
		nl = '\r'
	}
	if i := bytes.IndexByte(l.src[off:], nl); i >= 0 {
		return off + i
	}
	return len(l.src)
}

// Fill appends tokens up to and including the next ';' or terminating slash, or up to, not including, a
// token at the start of a line that may begin a statement. At the end of the input it appends what is
// left. Text after a ';' is never looked at, so that a following SQL*Plus command line with an apostrophe
// does no harm.
func (l *Lexer) Fill(dst []token.Token) []token.Token {
	return l.fill(dst, len(dst))
}

// FillTo appends all tokens of the SQL*Plus command text that ends at an offset; hyphens at its line ends
// are space.
func (l *Lexer) FillTo(dst []token.Token, end int) []token.Token {
	src := l.src
	l.src, l.oneLine = src[:end], true
	for {
		n := len(dst)
		dst = l.fill(dst, n)
		if l.Stopped == StopEnd {
			break
		}
	}
	l.src, l.oneLine = src, false
	l.pos, l.pending, l.Stopped = end, 0, StopHard
	return dst
}

// One scans a single token without regard to runs; its Kind is token.EOF at the end.
func (l *Lexer) One() token.Token {
	l.trivia()
	tok := token.Token{Off: uint32(l.pos), Flags: l.Pending()}
	if l.pos < len(l.src) {
		l.scan(&tok)
		tok.Len = uint32(l.pos) - tok.Off
	}
	return tok
}

func (l *Lexer) fill(dst []token.Token, first int) []token.Token {
	for {
		if c := l.peekByte(); class[c] == clsSpace {
			l.pos++ // the most frequent trivia by far: one space
		}
		if class[l.peekByte()] <= clsTrivia {
			l.trivia()
		}
		start := l.pos
		if start >= len(l.src) {
			l.Stopped = StopEnd
			return dst
		}
		tok := token.Token{Off: uint32(start), Flags: l.pending}
		l.pending = 0
		l.scan(&tok)
		tok.Len = uint32(l.pos - start)
		if start == l.bol && len(dst) > first && !l.oneLine && mayStart(l.src, &tok) {
			l.pos, l.pending = start, tok.Flags&^token.FlagSubst
			l.Stopped = StopSoft
			return dst
		}
		if len(dst) == cap(dst) {
			dst = l.grow(dst)
		}
		dst = append(dst, tok)
		if tok.Kind == token.Semi || tok.Kind == token.TermSlash {
			l.Stopped = StopHard
			return dst
		}
	}
}

// grow makes room for as many more tokens as the rest of the text will need at the rate so far: doubling
// would leave a long text with up to twice the memory, and more while the old slice is still there.
func (l *Lexer) grow(dst []token.Token) []token.Token {
	n := len(dst)
	if n < 4096 {
		return slices.Grow(dst, max(n, 64))
	}
	rest := float64(n) * float64(len(l.src)-l.pos) / float64(l.pos+1)
	return slices.Grow(dst, int(rest*1.005)+1024)
}

func (l *Lexer) peekByte() byte {
	if l.pos < len(l.src) {
		return l.src[l.pos]
	}
	return 0
}

func (l *Lexer) at(n int) byte {
	if l.pos+n < len(l.src) {
		return l.src[l.pos+n]
	}
	return 0
}

func (l *Lexer) report(off int, msg, hint string) {
	if l.Report != nil {
		l.Report(off, msg, hint)
	}
}

func (l *Lexer) note(off int, msg, hint string) {
	if l.Note != nil {
		l.Note(off, msg, hint)
	}
}
