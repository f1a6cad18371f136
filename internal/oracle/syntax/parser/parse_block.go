package parser

import (
	"strconv"

	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/lexer"
	"landfall/internal/oracle/syntax/token"
)

// parseBlock reads an anonymous block as a statement of a script: [<<l>>] [DECLARE] BEGIN ... END [name],
// up to its ';'.
func (p *parser) parseBlock() ast.Stmt {
	p.beginUnit()
	lo := p.mark()
	p.plsql++
	b := p.parseBlockFrom(lo, p.parseLabels())
	p.plsql--
	return p.endUnit(b, lo)
}

// beginUnit and endUnit stand around everything that a script statement in PL/SQL consists of.
func (p *parser) beginUnit() {
	p.nest = p.nest[:0]
	p.stmts = p.stmts[:0]
	p.decls = p.decls[:0]
	p.cutOff, p.unclosed, p.sql = false, false, false
	p.nestFrom = p.i
}

func (p *parser) endUnit(s ast.Stmt, lo uint32) ast.Stmt {
	if !p.unclosed {
		return s
	}
	p.unclosed = false
	return &ast.BadStmt{Span: p.since(lo), Err: len(p.f.Errors) - 1}
}

// parseLabels reads <<a>> <<b>>; nil when none stands.
func (p *parser) parseLabels() []*ast.Name {
	var labels []*ast.Name
	for p.got(token.LLabel) {
		labels = append(labels, p.parseIdent())
		p.want(token.RLabel)
	}
	return labels
}

// parseBlockFrom reads a block whose labels, which begin at lo, have been read.
func (p *parser) parseBlockFrom(lo uint32, labels []*ast.Name) *ast.Block {
	b := &ast.Block{Labels: labels}
	base := len(p.nest)
	b.Declare = p.gotKw(token.DECLARE)
	label := uint32(0)
	if n := len(labels); n > 0 {
		label = labels[n-1].Lo
	}
	p.open(nestDecl, label)
	if b.Declare {
		b.Decls = p.parseDecls(inBlock)
	}
	p.parseBlockBody(b, base, lo)
	if b.EndName != nil && len(labels) > 0 {
		p.checkEndLabel(b.EndName, labels)
	}
	b.Span = p.since(lo)
	return b
}

// parseBlockBody reads BEGIN ... END [name]. The block has been opened at level base of the stack.
func (p *parser) parseBlockBody(b *ast.Block, base int, lo uint32) {
	p.enter()
	p.parseBegin(b, base, lo)
	if !p.unclosed && p.wantEnd(base, lo) {
		p.next()
		if p.tok.Name() {
			b.EndName = p.parseIdent()
		}
	}
	p.shut(base)
	p.leave()
}

// parseBegin reads BEGIN statements [EXCEPTION handlers], up to END.
func (p *parser) parseBegin(b *ast.Block, base int, lo uint32) {
	if !p.is(token.BEGIN) {
		if p.atUnitEnd() {
			p.missingEnd(lo)
			return
		}
		p.expected("BEGIN")
	}
	b.Begin = p.mark()
	p.next()
	p.nest[base].kind = nestBlock
	p.nestFrom = p.i
	b.Stmts = p.parseStmts()
	if p.is(token.EXCEPTION) {
		p.next()
		p.nest[base].kind = nestHandlers
		p.nestFrom = p.i
		b.Handlers = p.parseHandlers()
	}
}

// parseHandlers reads WHEN a OR b THEN statements, once or more. A WHEN that cannot be read makes a handler
// of a bad statement, so that the next one is still found.
func (p *parser) parseHandlers() []*ast.Handler {
	var hs []*ast.Handler
	if !p.is(token.WHEN) {
		p.expected("WHEN")
	}
	base := len(p.nest)
	for p.is(token.WHEN) {
		lo := p.mark()
		h := &ast.Handler{}
		p.nestFrom = p.i
		if !p.tryHandlerHead(h) {
			err := len(p.f.Errors) - 1
			p.resync(lo, base)
			h.Names, h.Others = nil, false
			h.Stmts = []ast.Stmt{p.badStmt(lo, err)}
			if !p.atListEnd() {
				h.Stmts = append(h.Stmts, p.parseStmts()...)
			}
		} else {
			h.Stmts = p.parseStmts()
		}
		h.Span = p.since(lo)
		hs = append(hs, h)
	}
	return hs
}

// tryHandlerHead reads WHEN a OR b THEN.
func (p *parser) tryHandlerHead(h *ast.Handler) (ok bool) {
	defer p.caught(p.level(), &ok)
	p.next()
	for {
		if wordOf(p.tok, wordPLSQLStop) {
			p.expected("an exception")
		}
		if p.is(token.OTHERS) {
			h.Others = true
		}
		h.Names = append(h.Names, p.parseName())
		if !p.gotKw(token.OR) {
			break
		}
	}
	p.wantKw(token.THEN)
	p.nestFrom = p.i
	return true
}

// ---- ends ----

// atUnitEnd reports whether the text of the unit is used up: at a terminator, or at a line that no PL/SQL but
// only the next statement of the script can begin with.
func (p *parser) atUnitEnd() bool {
	switch p.tok.Kind {
	case token.EOF, token.TermSlash, token.Command:
		return true
	case token.Ident:
		return p.tok.Flags&token.FlagNewline != 0 && p.startsStatement(p.i, lexer.StartCommand)
	}
	return false
}

// wantEnd reports whether the END of the block opened at level base stands here. If not the error is
// recorded and p.unclosed set: what holds the block makes it a bad one and reads on here.
func (p *parser) wantEnd(base int, lo uint32) bool {
	if p.is(token.END) && !p.endsWith(token.IF, token.LOOP, token.CASE) && !p.endsOuter(base) {
		return true
	}
	if p.atUnitEnd() {
		p.missingEnd(lo)
		return false
	}
	p.record(p.i, "", []string{"END"}, p.openedAt(lo))
	p.unclosed = true
	return false
}

// endsOuter reports whether the name behind END is that of something around the construct at level base.
func (p *parser) endsOuter(base int) bool {
	if !p.peek(1).Name() {
		return false
	}
	if own := p.nest[base].name; own != 0 && p.sameName(own, p.i+1) {
		return false
	}
	for i := base - 1; i >= 0; i-- {
		if name := p.nest[i].name; name != 0 && p.sameName(name, p.i+1) {
			return true
		}
	}
	return false
}

// endsWith reports whether the word behind END is one of these and not the name of a block.
func (p *parser) endsWith(ks ...token.Keyword) bool {
	t := p.peek(1)
	for _, k := range ks {
		if t.Is(k) {
			return true
		}
	}
	return false
}

// missingEnd reports, once a unit, that its text ends too early: at the end and where the innermost
// unfinished construct begins.
func (p *parser) missingEnd(lo uint32) {
	p.unclosed = true
	if p.cutOff {
		return
	}
	p.cutOff = true
	p.record(lo, "this has no END", nil, "")
	p.record(p.i, "", []string{"END"}, p.openedAt(lo))
}

// openedAt is a hint that names the line where a construct begins.
func (p *parser) openedAt(lo uint32) string {
	return "it closes what begins at line " + strconv.Itoa(p.f.TokenPos(lo).Line)
}

// strayEnd reports whether an END IF, END LOOP or END CASE stands here that closes nothing.
func (p *parser) strayEnd() bool {
	n := len(p.nest)
	if n == 0 {
		return false
	}
	switch t := p.peek(1); {
	case t.Is(token.IF):
		return !p.encloses(nestIf, n)
	case t.Is(token.LOOP):
		return !p.encloses(nestLoop, n)
	case t.Is(token.CASE):
		return !p.encloses(nestCase, n)
	}
	return false
}

// checkEndLabel notes an END label that is none of the labels in front.
func (p *parser) checkEndLabel(end *ast.Name, labels []*ast.Name) {
	for _, l := range labels {
		if p.sameName(end.Lo, l.Lo) {
			return
		}
	}
	p.mismatch(end, labels[len(labels)-1])
}

// mismatch notes that the name behind END is not that of what it ends.
func (p *parser) mismatch(end, name *ast.Name) {
	p.record(end.Lo, "the name behind END does not fit: "+p.describe(end.Lo), []string{p.f.Text(lastPart(name))}, "")
}
