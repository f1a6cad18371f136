package parser

import (
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// parseStmts reads statements up to the word that ends the list: END, ELSE, ELSIF, WHEN or EXCEPTION of a
// construct that is open. A statement that cannot be read becomes a BadStmt.
func (p *parser) parseStmts() []ast.Stmt {
	base, from := len(p.nest), len(p.stmts)
	var lo uint32
	for !p.tryStmts(&lo) {
		err := len(p.f.Errors) - 1
		p.resync(lo, base)
		p.stmts = append(p.stmts, p.badStmt(lo, err))
	}
	if len(p.stmts) == from && !p.atUnitEnd() {
		p.record(p.i, "", []string{"a statement"}, "write NULL; where nothing is to be done")
	}
	list := make([]ast.Stmt, len(p.stmts)-from)
	copy(list, p.stmts[from:])
	p.stmts = p.stmts[:from]
	return list
}

// tryStmts reads statements until the list ends (true) or one fails (false). One recovery point serves all of
// them until an error comes; lo is where the statement in hand begins.
func (p *parser) tryStmts(lo *uint32) (ok bool) {
	defer p.caught(p.level(), &ok)
	for !p.atListEnd() {
		*lo = p.mark()
		p.stmts = append(p.stmts, p.parsePLStmt())
	}
	return true
}

// caught is the deferred half of a recovery point.
func (p *parser) caught(at level, ok *bool) {
	if r := recover(); r != nil {
		if _, is := r.(bailout); !is {
			panic(r)
		}
		p.backTo(at)
		p.unclosed, p.sql = false, false
		*ok = false
	}
}

func (p *parser) badStmt(lo uint32, err int) ast.Stmt {
	s := p.since(lo)
	if s.Hi > s.Lo && p.f.Tokens[s.Hi-1].Kind == token.Semi {
		s.Hi--
	}
	return &ast.BadStmt{Span: s, Err: err, InBlock: true}
}

// atListEnd reports whether the current token ends a list of statements.
func (p *parser) atListEnd() bool {
	if p.tok.Kind != token.Ident {
		return p.atUnitEnd()
	}
	switch p.tok.Kw {
	case token.END:
		if n := len(p.nest); n > 0 {
			switch p.nest[n-1].kind {
			case nestIf, nestLoop, nestCase:
				return true // closeWord judges an END that does not fit
			}
		}
		return !p.strayEnd()
	case token.ELSE, token.ELSIF:
		return p.encloses(nestIf, len(p.nest)) || p.encloses(nestCase, len(p.nest))
	case token.WHEN:
		return p.encloses(nestCase, len(p.nest)) || p.encloses(nestHandlers, len(p.nest))
	case token.EXCEPTION:
		t := p.peek(1)
		return t.Is(token.WHEN) && p.encloses(nestBlock, len(p.nest))
	}
	return p.atUnitEnd()
}

// parsePLStmt reads one statement of a block, its ';' included, which stays outside the node.
func (p *parser) parsePLStmt() ast.Stmt {
	lo := p.mark()
	if p.is(token.END) {
		return p.parseStrayEnd()
	}
	if p.at(token.At) {
		return p.parseInclude()
	}
	var labels []*ast.Name
	at := lo
	if p.at(token.LLabel) {
		labels = p.parseLabels()
		at = p.mark()
	}
	s := p.parseBareStmt(lo, labels)
	if labels != nil {
		switch s.(type) {
		case *ast.Block, *ast.Loop, *ast.While, *ast.For:
		default:
			if !p.unclosed {
				s = &ast.Labeled{Span: p.since(lo), Labels: labels, Stmt: s}
			}
		}
	}
	if p.unclosed {
		p.unclosed = false
		return p.badStmt(lo, len(p.f.Errors)-1)
	}
	if p.tok.Kind == token.Semi {
		p.next()
		return s
	}
	return p.missingSemi(s, lo, at)
}

// missingSemi handles a statement without ';'. Where a new statement plainly begins on a new line, or the
// list ends, only the ';' is missing and the next statement is not drawn in.
func (p *parser) missingSemi(s ast.Stmt, lo, at uint32) ast.Stmt {
	begins := p.atListEnd()
	if !begins && p.tok.Flags&token.FlagNewline != 0 {
		switch p.tok.Kind {
		case token.LLabel:
			begins = true
		case token.Ident, token.QuotedIdent, token.Bind:
			begins = p.beginsStmt(at)
		}
	}
	if !begins {
		p.expected("\";\"")
	}
	err := p.record(p.i, "", []string{"\";\""}, "")
	p.nestFrom = p.i
	return &ast.BadStmt{Span: ast.Span{Lo: lo, Hi: s.Range().Hi}, Err: err, InBlock: true}
}

// beginsStmt reports whether the current token looks like the begin of a statement; at is where the one
// before began: behind SQL a name proves nothing unless it is assigned to.
func (p *parser) beginsStmt(at uint32) bool {
	switch p.tok.Kw {
	case token.IF, token.FOR, token.BEGIN, token.DECLARE, token.SELECT, token.INSERT, token.UPDATE, token.DELETE,
		token.GOTO, token.RETURN, token.RAISE, token.EXIT, token.OPEN, token.CLOSE, token.FETCH, token.LOOP,
		token.WHILE, token.CASE, token.COMMIT, token.ROLLBACK, token.NULL, token.FORALL, token.MERGE:
		return true
	}
	switch p.peek(1).Kind {
	case token.Assign:
		return true
	case token.LParen, token.Semi, token.Dot:
		switch t := p.f.Tokens[at]; t.Kw {
		case token.SELECT, token.WITH, token.INSERT, token.UPDATE, token.DELETE, token.MERGE, token.OPEN:
			return false
		}
		return true
	}
	return false
}

// parseStrayEnd takes in an END IF, END LOOP or END CASE that closes nothing.
func (p *parser) parseStrayEnd() ast.Stmt {
	lo := p.mark()
	err := p.record(lo, "this END closes nothing", nil, "")
	p.next()
	p.next()
	for !p.at(token.Semi) && !p.atUnitEnd() && p.tok.Flags&token.FlagNewline == 0 {
		p.next()
	}
	s := &ast.BadStmt{Span: p.since(lo), Err: err, InBlock: true}
	p.got(token.Semi)
	p.nestFrom = p.i
	return s
}

// parseBareStmt reads a statement behind its labels, which begin at lo.
func (p *parser) parseBareStmt(lo uint32, labels []*ast.Name) ast.Stmt {
	at := p.mark()
	if p.tok.Kind != token.Ident || p.tok.Kw == 0 {
		return p.parseCallOrAssign()
	}
	switch p.tok.Kw {
	case token.IF:
		return p.parseIf()
	case token.CASE:
		return p.parseCaseStmt()
	case token.BEGIN, token.DECLARE:
		return p.parseBlockFrom(lo, labels)
	case token.FOR:
		return p.parseFor(lo, labels)
	case token.WHILE:
		if !p.usedAsName() {
			return p.parseWhile(lo, labels)
		}
	case token.LOOP:
		if !p.usedAsName() {
			return p.parseLoop(lo, labels)
		}
	case token.FORALL:
		if p.peek(1).Name() {
			return p.parseForAll()
		}
	case token.NULL:
		p.next()
		return &ast.NullStmt{Span: p.since(at)}
	case token.RETURN:
		if !p.usedAsName() {
			return p.parseReturn()
		}
	case token.EXIT, token.CONTINUE:
		if t := p.peek(1); t.Kind == token.Semi || t.Name() {
			return p.parseExit()
		}
	case token.GOTO:
		p.next()
		s := &ast.Goto{Label: p.parseIdent()}
		s.Span = p.since(at)
		return s
	case token.RAISE:
		if p.raisesMessage() {
			return p.parseRaiseMessage()
		}
		if t := p.peek(1); t.Kind == token.Semi || t.Name() {
			return p.parseRaise()
		}
	case token.PIPE:
		if t := p.peek(1); t.Is(token.ROW) {
			return p.parsePipeRow()
		}
	case token.PRAGMA:
		if p.peek(1).Name() {
			s := &ast.PragmaStmt{Pragma: p.parsePragma()}
			s.Span = p.since(at)
			return s
		}
	case token.OPEN:
		if t := p.peek(1); t.Name() || t.Kind == token.Bind {
			return p.parseOpen()
		}
	case token.FETCH:
		return p.parseFetch()
	case token.CLOSE:
		if t := p.peek(1); t.Name() || t.Kind == token.Bind {
			return p.parseClose()
		}
	case token.EXECUTE:
		if t := p.peek(1); t.Is(token.IMMEDIATE) {
			return p.parseExecImmediate()
		}
	default:
		p.sql = true
		s := p.parseSQLStmt()
		p.sql = false
		if s != nil {
			return s
		}
	}
	return p.parseCallOrAssign()
}

// usedAsName reports whether a word that could begin a statement is a variable or qualifier here.
func (p *parser) usedAsName() bool {
	switch p.peek(1).Kind {
	case token.Assign, token.Dot:
		return true
	}
	return false
}

// parseSQLStmt reads the SQL statements of a block: static DML, queries and transaction control; nil when the
// current word begins none of them. Procedures may be called like these words.
func (p *parser) parseSQLStmt() ast.Stmt {
	at := p.mark()
	t := p.peek(1)
	switch p.tok.Kw {
	case token.SELECT, token.WITH:
		q := p.parseSelect()
		return &ast.SelectStmt{Span: p.since(at), Query: q}
	case token.INSERT:
		if t.Name() {
			return p.parseInsert()
		}
	case token.UPDATE:
		if t.Name() || p.parenQueryAt(1) {
			return p.parseUpdate()
		}
	case token.DELETE:
		if t.Name() || p.parenQueryAt(1) {
			return p.parseDelete()
		}
	case token.MERGE:
		if t.Name() {
			return p.parseMerge()
		}
	case token.LOCK:
		if t.Is(token.TABLE) {
			return p.parseLockTable()
		}
	case token.COMMIT, token.ROLLBACK:
		if t.Kind == token.Semi || t.Name() {
			return p.parseTransaction()
		}
	case token.SAVEPOINT:
		if t.Name() {
			return p.parseTransaction()
		}
	case token.SET:
		if t.Is(token.TRANSACTION) || t.Is(token.ROLE) || t.Is(token.CONSTRAINT) || t.Is(token.CONSTRAINTS) {
			return p.parseTransaction()
		}
	}
	return nil
}

// parenQueryAt reports whether a query in as many parentheses as nesting may go begins n tokens on.
func (p *parser) parenQueryAt(n int) bool {
	if p.peek(n).Kind != token.LParen {
		return false
	}
	for deepest := n + MaxDepth; n <= deepest && p.peek(n).Kind == token.LParen; {
		n++
	}
	t := p.peek(n)
	return t.Is(token.SELECT) || t.Is(token.WITH) || t.Is(token.VALUES)
}

// parseCallOrAssign reads target := value or a procedure call.
func (p *parser) parseCallOrAssign() ast.Stmt {
	lo := p.mark()
	x := p.parseChain("a statement")
	if p.got(token.Assign) {
		s := &ast.AssignStmt{Target: x, Value: p.parseExpr()}
		s.Span = p.since(lo)
		return s
	}
	if p.tok.Kind != token.Semi && p.tok.Flags&token.FlagNewline == 0 {
		if _, called := x.(*ast.Call); called {
			p.expected("\":=\"", "\";\"")
		}
		p.expected("\":=\"", "\"(\"", "\";\"")
	}
	switch x.(type) {
	case *ast.Name, *ast.Call, *ast.Field:
	default:
		p.expected("\":=\"")
	}
	return &ast.CallStmt{Span: p.since(lo), Call: x}
}

// parseChain reads what can be assigned to or called as a statement: a name or bind with arguments, elements
// and fields behind it. what is said when none begins here.
func (p *parser) parseChain(what string) ast.Expr {
	lo := p.mark()
	var x ast.Expr
	switch {
	case p.tok.Kind == token.Bind && p.peek(1).Kind != token.Dot:
		p.next()
		p.got(token.Bind) // the indicator
		x = &ast.BindExpr{Span: p.since(lo)}
	case p.tok.Kind == token.LParen, p.is(token.TREAT) && p.peek(1).Kind == token.LParen, p.tok.Kind == token.Question:
		return p.parseOperand() // (x AS supertype).method, TREAT(x AS t).method
	case p.tok.Kind == token.Bind, p.tok.Name() && !wordOf(p.tok, wordPLSQLStop), p.tok.Name() && p.procedureWord():
		x = p.parseName()
	default:
		p.expected(what)
	}
	for {
		switch p.tok.Kind {
		case token.LParen:
			c := p.newCall()
			c.Fn, c.Args = x, p.parseCallArgs()
			c.Span = p.since(lo)
			x = c
		case token.Dot:
			p.next()
			f := &ast.Field{X: x, Name: p.parseIdent()}
			f.Span = p.since(lo)
			x = f
		default:
			return x
		}
	}
}

// procedureWord lets words through that are reserved for values but that procedures are called by.
func (p *parser) procedureWord() bool {
	switch p.tok.Kw {
	case token.DELETE, token.INSERT, token.UPDATE, token.GRANT, token.REVOKE, token.DROP, token.CREATE, token.ALTER,
		token.START, token.CONNECT, token.CHECK, token.OPTION, token.VIEW:
		switch p.peek(1).Kind {
		case token.LParen, token.Semi, token.Assign, token.Dot:
			return true
		}
	}
	return false
}

// parseCallArgs reads (a, n => b). Empty parentheses give nil.
func (p *parser) parseCallArgs() []*ast.Arg {
	p.next()
	if p.got(token.RParen) {
		return nil
	}
	var args []*ast.Arg
	for {
		args = append(args, p.parseArg(0))
		if !p.got(token.Comma) {
			break
		}
	}
	if !p.got(token.RParen) {
		p.expected("\",\"", "\")\"")
	}
	return args
}
