package parser

import (
	"slices"
	"sort"
	"sync"

	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/lexer"
	"landfall/internal/oracle/syntax/token"
)

// MaxSource is the size of the largest text that can be parsed: token offsets are 32 bits wide.
const MaxSource = 1<<32 - 2

// scriptState is what the loop over a script remembers between statements.
type scriptState struct {
	afterUnit  bool // the statement before was a PL/SQL unit whose '/' may still come
	afterSQL   bool // ... a SQL statement that a lone '/' would run again
	cmdSep     byte // SET CMDSEP
	blankLines bool // SET SQLBLANKLINES OFF was said: a blank line inside SQL deserves a note
	errors     int  // how many errors and notes there were before the statement at hand
	notes      int
	budget     int // bytes that may still be read a second time; keeps the whole linear
}

// Parse reads a whole script. It never fails: see ast.File.Errors.
func Parse(name string, src []byte, opt Options) *ast.File { return ParseEach(name, src, opt, nil) }

// ParseEach is Parse for readers that need one statement at a time: each is called with every statement and
// command when it is complete, in order, and the file that is returned holds none, so that a script takes the
// memory of its tokens and its largest statement. While each runs, f.Errors is complete up to the end of that
// statement but not in order, and an error without a message has been withdrawn.
func ParseEach(name string, src []byte, opt Options, each func(f *ast.File, s ast.Stmt)) *ast.File {
	p := &parser{f: &ast.File{Name: name, Src: src}, stop: noStop}
	if len(src) > MaxSource {
		p.f.Src = nil
		p.f.Errors = []*ast.Error{{Msg: "text is larger than 4 GB", Hint: "split the file"}}
		return p.f
	}
	p.cond.setup(opt)
	p.thin = opt.Thin
	p.script.budget = 4*len(src) + 1<<20
	room := rooms.Get().(*[]token.Token)
	p.f.Tokens = (*room)[:0]
	p.lx = lexer.New(src)
	p.lx.Report = func(off int, msg, hint string) {
		p.f.Errors = append(p.f.Errors, &ast.Error{Off: uint32(off), Tok: uint32(len(p.f.Tokens)), Msg: msg, Hint: hint, Lexical: true})
	}
	p.lx.Note = p.noteAt
	for p.lx.Start(); !p.lx.AtEnd(); p.lx.Start() {
		p.scriptItem()
		if each != nil {
			for _, s := range p.f.Stmts {
				each(p.f, s)
			}
			clear(p.f.Stmts)
			p.f.Stmts = p.f.Stmts[:0]
		}
	}
	p.sortErrors()
	p.fitTokens(room)
	return p.f
}

// rooms are where the tokens of a text collect until their number is known: most texts are files of a few kilobytes, and what is
// guessed ahead for each comes to half as much again as the tokens of an estate take.
var rooms = sync.Pool{New: func() any { return new([]token.Token) }}

// maxRoom is of how many tokens a room is used again. A longer text keeps what it grew to: see lexer.grow.
const maxRoom = 1 << 17

// fitTokens leaves the file with tokens of its own, and no more room than they take.
func (p *parser) fitTokens(room *[]token.Token) {
	if t := p.f.Tokens; cap(t) <= maxRoom {
		p.f.Tokens = slices.Clone(t)
		*room = t
	}
	rooms.Put(room)
}

// scriptItem reads one statement, command or terminator. The lexer stands at its first byte and all tokens
// before are used up.
func (p *parser) scriptItem() {
	off := p.lx.Offset()
	p.script.errors, p.script.notes = len(p.f.Errors), len(p.f.Notes)
	if verb, size := lexer.Command(p.f.Src, off); verb != 0 {
		p.parseCommand(off, verb, size)
		return
	}
	if s := p.rawUnit(off); s != nil {
		p.f.Stmts = append(p.f.Stmts, s)
		return
	}
	p.stop, p.lx.Suspect = noStop, 0
	p.load()
	switch {
	case p.at(token.EOF):
		return
	case p.at(token.Semi):
		p.script.afterUnit, p.script.afterSQL = false, false
		p.i++
		return
	case p.at(token.TermSlash):
		p.loneSlash()
		p.i++
		return
	case p.at(token.Slash) && p.looseSlash():
		return
	}
	lo := p.mark()
	unit := p.beginsUnit()
	errs := len(p.f.Errors)
	s := p.topStatement(lo, unit)
	if n := len(p.f.Stmts); n == cap(p.f.Stmts) && n >= 1024 {
		// as many more as the rest of the text will hold at the rate so far
		rest := float64(n) * float64(len(p.f.Src)-p.lx.Offset()) / float64(p.lx.Offset()+1)
		p.f.Stmts = slices.Grow(p.f.Stmts, int(rest*1.02)+256)
	}
	p.f.Stmts = append(p.f.Stmts, s)
	p.condEnd()
	if len(p.f.Errors) > errs && unit {
		p.cutAtSlash(lo, errs)
	}
	if p.script.blankLines && !unit {
		p.noteBlankLine(lo)
	}
	if !unit && len(p.f.Errors) == errs {
		p.noteSuspect()
	}
	if unit && len(p.f.Errors) == errs {
		p.wantUnitSemi()
	}
	_, bad := p.f.Stmts[len(p.f.Stmts)-1].(*ast.BadStmt)
	p.terminator(unit, bad)
	p.thinned(errs)
}

// topStatement parses one statement with its recovery.
func (p *parser) topStatement(lo uint32, unit bool) ast.Stmt {
	errs := len(p.f.Errors)
	s, ok := p.tryStatement()
	if ok {
		return s
	}
	failed := p.failed
	least := lexer.StartDML
	if unit {
		least = lexer.StartCommand
	}
	// The statement may have run into the next one because its terminator is missing: the failing token
	// stands in a line that begins a statement. Read it again up to that line.
	if line := p.statementLine(lo, failed, least); line > lo {
		if line < failed {
			p.dropErrors(errs)
			p.stop = line
			p.i = lo
			p.load()
			if s, ok = p.tryStatement(); ok {
				return s
			}
		}
		p.i, p.stop = line, line
		p.load()
		return &ast.BadStmt{Span: ast.Span{Lo: lo, Hi: line}, Err: len(p.f.Errors) - 1}
	}
	if p.cutString(failed-min(failed-lo, 6), failed, least, errs) {
		return &ast.BadStmt{Span: ast.Span{Lo: lo, Hi: p.i}, Err: len(p.f.Errors) - 1}
	}
	bad := len(p.f.Errors) - 1
	if p.i > failed {
		p.i = failed // the error may name a token before the one that made it certain
		p.load()
	}
	p.skipToEnd(lo, unit, least)
	return &ast.BadStmt{Span: p.since(lo), Err: bad}
}

// tryStatement runs parseStatement and checks that the statement ends there.
func (p *parser) tryStatement() (s ast.Stmt, ok bool) {
	at := p.level()
	defer func() {
		if r := recover(); r != nil {
			if _, is := r.(bailout); !is {
				panic(r)
			}
			p.backTo(at)
			s, ok = nil, false
		}
	}()
	lo := p.mark()
	if p.tok.Flags&token.FlagSubst != 0 && p.tok.Kind == token.Ident {
		if t := p.peek(1); t.Kind == token.EOF || t.Kind == token.Semi || t.Kind == token.TermSlash || t.Flags&token.FlagNewline != 0 {
			p.next()
			return &ast.SubstStmt{Span: p.since(lo)}, true
		}
	}
	if p.bareUnit() {
		p.noteAt(int(p.tok.Off), "this unit has no CREATE in front, like source out of the dictionary", "add CREATE OR REPLACE")
		s = p.parseCreateUnit(lo, false, 0)
	} else {
		s = p.parseStatement()
	}
	p.checkEnd()
	return s, true
}

// checkEnd fails unless the statement ends here: at a terminator, at the end, or in front of a line that
// begins another statement.
func (p *parser) checkEnd() {
	if p.at(token.Semi) || p.at(token.TermSlash) || p.at(token.EOF) {
		return
	}
	if p.tok.Flags&token.FlagNewline != 0 && lexer.MayBegin(p.f.Src, p.tok) {
		return
	}
	p.expected("the end of the statement")
}

// beginsUnit reports whether the statement at hand is PL/SQL, in which ';' does not end it.
func (p *parser) beginsUnit() bool {
	switch {
	case p.is(token.DECLARE), p.is(token.BEGIN), p.at(token.LLabel), p.bareUnit():
		return true
	case p.is(token.WITH):
		t := p.peek(1)
		return (t.Is(token.FUNCTION) || t.Is(token.PROCEDURE)) && p.peek(2).Name()
	case p.is(token.CREATE):
		for n := 1; n < 8; n++ {
			switch t := p.peek(n); {
			case t.Is(token.PACKAGE), t.Is(token.PROCEDURE), t.Is(token.FUNCTION), t.Is(token.TRIGGER), t.Is(token.TYPE):
				return true
			case t.Is(token.OR), t.Is(token.REPLACE), t.Is(token.EDITIONABLE), t.Is(token.NONEDITIONABLE), t.Is(token.FORCE),
				t.Is(token.IF), t.Is(token.NOT), t.Is(token.EXISTS), t.Is(token.AND), t.Is(token.RESOLVE), t.Is(token.COMPILE):
			default:
				return false
			}
		}
	}
	return false
}

// bareUnit reports whether a PL/SQL unit without CREATE begins here, as ALL_SOURCE holds it.
func (p *parser) bareUnit() bool {
	return p.isAny(token.PACKAGE, token.PROCEDURE, token.FUNCTION, token.TRIGGER, token.TYPE) && p.peek(1).Name()
}

func (p *parser) noteAt(off int, msg, hint string) {
	p.f.Notes = append(p.f.Notes, &ast.Error{Off: uint32(off), Tok: uint32(len(p.f.Tokens)), Msg: msg, Hint: hint})
}

// sortErrors brings errors into the order of the text (the lexer runs ahead of the parser) and takes out
// those that were withdrawn.
func (p *parser) sortErrors() {
	f := p.f
	sort.SliceStable(f.Notes, func(i, j int) bool { return f.Notes[i].Off < f.Notes[j].Off })
	inOrder := true
	for i, e := range f.Errors {
		if e.Msg == "" || i > 0 && e.Off < f.Errors[i-1].Off {
			inOrder = false
			break
		}
	}
	if inOrder {
		return
	}
	old := append([]*ast.Error(nil), f.Errors...)
	f.Errors = f.Errors[:0]
	for _, e := range old {
		if e.Msg != "" {
			f.Errors = append(f.Errors, e)
		}
	}
	sort.SliceStable(f.Errors, func(i, j int) bool { return f.Errors[i].Off < f.Errors[j].Off })
	at := make(map[*ast.Error]int, len(f.Errors))
	for i, e := range f.Errors {
		at[e] = i
	}
	var fix func(n ast.Node)
	fix = func(n ast.Node) {
		switch n := n.(type) {
		case *ast.BadStmt:
			n.Err = at[old[n.Err]]
		case *ast.BadDecl:
			n.Err = at[old[n.Err]]
		case *ast.PutAway: // without an error
			return
		}
		n.EachChild(fix)
	}
	for _, s := range f.Stmts {
		fix(s)
	}
}
