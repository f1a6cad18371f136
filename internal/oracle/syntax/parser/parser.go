// Package parser reads Oracle SQL, DDL, PL/SQL and SQL*Plus scripts into the tree of package ast.
//
// Input -> output: bytes and options in, *ast.File out, always: what cannot be read becomes a BadStmt and an
// entry in File.Errors, and reading goes on behind it. No name is looked up and nothing is evaluated except
// conditional-compilation directives. Parse is a pure function; any number may run at once.
//
// How it is built: recursive descent over a token slice that is filled up to the next ';' on demand, one
// file a grammar area. A parse function that cannot go on calls p.fail, which unwinds to the nearest
// recovery point (a statement of a script, or a statement or declaration of a PL/SQL block).
package parser

import (
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/lexer"
	"landfall/internal/oracle/syntax/token"
)

// MaxDepth is how deeply expressions, queries and blocks may nest, and MaxChain how long a chain of
// operators without parentheses may be. Both are far above what Oracle itself takes (ORA-00913, PLS-00123)
// and keep the recursion of parser and tree walkers within bounds.
const (
	MaxDepth = 2000
	MaxChain = 100000
)

// parser is the state of one run.
type parser struct {
	f     *ast.File
	lx    *lexer.Lexer
	i     uint32      // index of tok in f.Tokens
	stop  uint32      // tokens from this index on are out of reach; noStop without a limit
	tok   token.Token // current token; Kind EOF at the end of the input or of the statement's reach
	depth int
	sql   bool // inside a SQL statement of a block, where SQL's reserved words hold
	plsql int  // >0 inside PL/SQL: reserved words differ, SELECT may have INTO ...
	slab  slab
	apart slab // of the bodies of routines, when they will be put away: nodes that stay share no block with them

	thin        bool          // bodies are put away, see readback.go
	body        bool          // inside one of them
	conditional bool          // a directive of conditional compilation was seen
	again       []token.Token // all tokens, when a text is read for the second time

	failed   uint32 // the token at which the last bailout began
	script   scriptState
	cond     conditional
	nest     []nesting  // open constructs of PL/SQL, see parse_nesting.go
	nestFrom uint32     // the token from which on nest has not counted
	cutOff   bool       // the end of a PL/SQL unit was missed and reported
	unclosed bool       // the construct just read lacks its END: whoever holds it makes it a bad one
	stmts    []ast.Stmt // scratch stacks of lists in the making: slices of the tree get their exact size
	decls    []ast.Decl
	exprs    []ast.Expr
	args     []*ast.Arg
}

const noStop = ^uint32(0)

// bailout unwinds to the nearest recovery point; the error is already in f.Errors.
type bailout struct{}

// ---- tokens ----

// load makes tok the active token at or after index p.i, filling when needed.
func (p *parser) load() {
	for {
		if p.i >= p.stop {
			p.tok = p.endToken()
			return
		}
		for int(p.i) >= len(p.f.Tokens) {
			if !p.fill() {
				p.tok = p.endToken()
				return
			}
		}
		p.tok = p.f.Tokens[p.i]
		if p.tok.Flags&token.FlagInactive == 0 {
			return
		}
		p.i++
	}
}

func (p *parser) endToken() token.Token {
	if int(p.i) < len(p.f.Tokens) {
		return token.Token{Off: p.f.Tokens[p.i].Off, Kind: token.EOF, Flags: token.FlagNewline}
	}
	return token.Token{Off: uint32(len(p.f.Src)), Kind: token.EOF}
}

// fill appends the next run of tokens and reports whether there was one.
func (p *parser) fill() bool {
	if p.again != nil {
		return p.fillAgain()
	}
	n := len(p.f.Tokens)
	p.f.Tokens = p.lx.Fill(p.f.Tokens)
	if len(p.f.Tokens) == n {
		p.condEnd()
		return false
	}
	if p.lx.Directives {
		p.conditional = true
		p.lx.Directives = p.evalDirectives(n)
	}
	return true
}

// next moves to the following active token. It must not be called on the last token of a script statement:
// that would lex text that may be a SQL*Plus command.
func (p *parser) next() {
	if p.tok.Kind == token.EOF {
		return
	}
	p.i++
	p.load()
}

// peek is the n-th active token after the current one (peek(0) is tok). It does not look beyond a ';' or
// a terminating slash: it returns EOF there.
func (p *parser) peek(n int) token.Token {
	i := p.i
	for {
		if i >= p.stop {
			return token.Token{Kind: token.EOF}
		}
		for int(i) >= len(p.f.Tokens) {
			// beyond ';', a terminating slash and the end of the input nothing is looked at
			if !p.softly() || !p.fill() {
				return token.Token{Kind: token.EOF}
			}
		}
		t := p.f.Tokens[i]
		if t.Flags&token.FlagInactive == 0 {
			if n == 0 {
				return t
			}
			n--
		}
		i++
	}
}

// softly reports whether the tokens end at a place beyond which a reader may look.
func (p *parser) softly() bool {
	if p.again == nil {
		return p.lx.Stopped == lexer.StopSoft
	}
	n := len(p.f.Tokens)
	return n == 0 || p.f.Tokens[n-1].Kind != token.Semi && p.f.Tokens[n-1].Kind != token.TermSlash
}

// at, is and the rest test the current token without moving.
func (p *parser) at(k token.Kind) bool    { return p.tok.Kind == k }
func (p *parser) is(k token.Keyword) bool { return p.tok.Kw == k && p.tok.Kind == token.Ident }

// isSeq reports whether the coming tokens are these keywords.
func (p *parser) isSeq(ks ...token.Keyword) bool {
	for n, k := range ks {
		if t := p.peek(n); !t.Is(k) {
			return false
		}
	}
	return true
}

// isAny reports whether the current token is one of these keywords.
func (p *parser) isAny(ks ...token.Keyword) bool {
	if p.tok.Kind != token.Ident || p.tok.Kw == 0 {
		return false
	}
	for _, k := range ks {
		if p.tok.Kw == k {
			return true
		}
	}
	return false
}

// got moves on when the current token is of this kind; gotKw when it is this keyword; gotSeq when the
// coming tokens are these keywords (all or nothing).
func (p *parser) got(k token.Kind) bool {
	if p.tok.Kind != k {
		return false
	}
	p.next()
	return true
}

func (p *parser) gotKw(k token.Keyword) bool {
	if !p.is(k) {
		return false
	}
	p.next()
	return true
}

func (p *parser) gotSeq(ks ...token.Keyword) bool {
	if !p.isSeq(ks...) {
		return false
	}
	for range ks {
		p.next()
	}
	return true
}

// gotAny moves over one of these keywords and tells which; 0 when the current token is none of them.
func (p *parser) gotAny(ks ...token.Keyword) token.Keyword {
	if !p.isAny(ks...) {
		return 0
	}
	k := p.tok.Kw
	p.next()
	return k
}

// want and wantKw demand a token or fail.
func (p *parser) want(k token.Kind) {
	if !p.got(k) {
		p.expected(kindText(k))
	}
}

func (p *parser) wantKw(ks ...token.Keyword) {
	for _, k := range ks {
		if !p.gotKw(k) {
			p.expected(k.String())
		}
	}
}

// ---- spans ----

// mark is the index of the current token, the Lo of a node that begins here.
func (p *parser) mark() uint32 { return p.i }

// since is the span from a mark to the last token consumed. Inactive tokens behind that one stay outside.
func (p *parser) since(lo uint32) ast.Span {
	hi := p.i
	if int(hi) > len(p.f.Tokens) {
		hi = uint32(len(p.f.Tokens))
	}
	for hi > lo && p.f.Tokens[hi-1].Flags&token.FlagInactive != 0 {
		hi--
	}
	return ast.Span{Lo: lo, Hi: hi}
}

// ---- errors ----

// expected fails with "expected a, b or c" at the current token.
func (p *parser) expected(what ...string) {
	p.failAt(p.i, "", what, "")
}

// fail records a message at the current token and unwinds to the nearest recovery point. It does not return.
func (p *parser) fail(msg, hint string) { p.failAt(p.i, msg, nil, hint) }

func (p *parser) failAt(tok uint32, msg string, expected []string, hint string) {
	p.failed = tok
	p.record(tok, msg, expected, hint)
	panic(bailout{})
}

// record notes an error without unwinding, for what is wrong but can be read past.
func (p *parser) record(tok uint32, msg string, expected []string, hint string) int {
	off := uint32(len(p.f.Src))
	if int(tok) < len(p.f.Tokens) {
		off = p.f.Tokens[tok].Off
	}
	if msg == "" {
		msg = "unexpected " + p.describe(tok)
	}
	p.f.Errors = append(p.f.Errors, &ast.Error{Off: off, Tok: tok, Msg: msg, Expected: expected, Hint: hint})
	return len(p.f.Errors) - 1
}

func (p *parser) describe(tok uint32) string {
	if int(tok) >= len(p.f.Tokens) {
		return "end of input"
	}
	if tok >= p.stop {
		return "end of the statement"
	}
	s := p.f.Text(tok)
	if len(s) > 40 {
		s = s[:40] + "..."
	}
	return "\"" + s + "\""
}

// level is what a bailout leaves behind half done, to be set back at the recovery point.
type level struct {
	depth, plsql, exprs, args int
	body                      bool
}

func (p *parser) level() level { return level{p.depth, p.plsql, len(p.exprs), len(p.args), p.body} }

func (p *parser) backTo(l level) {
	p.depth, p.plsql, p.exprs, p.args = l.depth, l.plsql, p.exprs[:l.exprs], p.args[:l.args]
	if p.body != l.body {
		p.swapSlabs()
	}
}

// recoverable runs parse and reports whether it came through; after a bailout the parser stands where it
// stopped and the caller resynchronises.
func (p *parser) recoverable(parse func()) (ok bool) {
	at := p.level()
	defer func() {
		if r := recover(); r != nil {
			if _, is := r.(bailout); !is {
				panic(r)
			}
			p.backTo(at)
			ok = false
		}
	}()
	parse()
	return true
}

// enter guards recursion: every function that can call itself through nesting begins with it and ends with leave.
func (p *parser) enter() {
	p.depth++
	if p.depth > MaxDepth {
		p.fail("nested too deeply", "")
	}
}

func (p *parser) leave() { p.depth-- }

func kindText(k token.Kind) string {
	switch k {
	case token.LParen:
		return "\"(\""
	case token.RParen:
		return "\")\""
	case token.Semi:
		return "\";\""
	case token.Comma:
		return "\",\""
	case token.EQ:
		return "\"=\""
	case token.Assign:
		return "\":=\""
	case token.Dot:
		return "\".\""
	case token.DotDot:
		return "\"..\""
	case token.Arrow:
		return "\"=>\""
	case token.Ident, token.QuotedIdent:
		return "a name"
	case token.String:
		return "a text literal"
	case token.Number:
		return "a number"
	case token.RLabel:
		return "\">>\""
	}
	return "another token"
}
