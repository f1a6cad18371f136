package parser

import (
	"bytes"
	"strings"

	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// parseCommand reads a SQL*Plus command whose word of the given size stands at off.
func (p *parser) parseCommand(off int, verb token.Keyword, size int) {
	end, banner := p.lx.CommandEnd(off, verb)
	if banner >= 0 {
		p.noteAt(banner, "SQL*Plus takes the hyphen at the end of this line as a continuation and swallows the next line", "")
	}
	if p.script.cmdSep != 0 && verb != token.PROMPT && verb != token.REMARK && verb != token.DOCUMENT && verb != token.SET {
		if i := bytes.IndexByte(p.f.Src[off+1:end], p.script.cmdSep); i >= 0 {
			end = off + 1 + i + 1
		}
	}
	switch verb {
	case token.APPEND, token.CHANGE, token.DEL, token.INPUT, token.LIST:
		p.noteAt(off, "read as the SQL*Plus editing command "+verb.String(), "")
	}
	lo := uint32(len(p.f.Tokens))
	tok := token.Token{Off: uint32(off), Len: uint32(end - off), Kind: token.Command, Flags: p.lx.Pending()}
	c := &ast.PlusCommand{Verb: verb, Nested: size == 2 && p.f.Src[off] == '@'}
	if verb == token.EXECUTE {
		tok.Len = uint32(size)
		p.f.Tokens = append(p.f.Tokens, tok)
		p.lx.Seek(off+size, 0)
		p.f.Tokens = p.lx.FillTo(p.f.Tokens, end)
		p.i = lo + 1
		p.parseExecBody(c)
	} else {
		p.f.Tokens = append(p.f.Tokens, tok)
		p.lx.Seek(end, 0)
	}
	p.i = uint32(len(p.f.Tokens))
	c.Span = ast.Span{Lo: lo, Hi: p.i}
	p.f.Stmts = append(p.f.Stmts, c)
	if verb == token.SET {
		p.applySettings(c)
	}
}

// parseExecBody parses the statements of EXECUTE, which SQL*Plus puts between BEGIN and END. The ';' that
// EXECUTE does not need is added as a token without text.
func (p *parser) parseExecBody(c *ast.PlusCommand) {
	first := p.i
	if n := len(p.f.Tokens); n > int(first) && p.f.Tokens[n-1].Kind != token.Semi {
		p.f.Tokens = append(p.f.Tokens, token.Token{Off: p.f.Tokens[n-1].End(), Kind: token.Semi})
	}
	p.stop = uint32(len(p.f.Tokens))
	p.plsql++
	p.load()
	p.beginUnit()
	ok := p.recoverable(func() {
		if p.at(token.EOF) {
			p.expected("a statement")
		}
		for !p.at(token.EOF) && !(p.is(token.EXCEPTION) && p.peek(1).Is(token.WHEN)) {
			c.Body = append(c.Body, p.parsePLStmt())
		}
		if p.gotKw(token.EXCEPTION) { // SQL*Plus puts BEGIN and END around it all
			c.Handlers = p.parseHandlers()
		}
		if !p.at(token.EOF) {
			p.expected("the end of the command")
		}
	})
	p.plsql--
	if !ok {
		c.Body, c.Handlers = nil, nil
		if p.stop > first {
			c.Body = []ast.Stmt{&ast.BadStmt{Span: ast.Span{Lo: first, Hi: p.stop}, Err: len(p.f.Errors) - 1}}
		}
	}
	p.stop = noStop
}

// applySettings follows the system variables that change how the rest of the script is read.
func (p *parser) applySettings(c *ast.PlusCommand) {
	for _, s := range p.f.Settings(c) {
		off, on := strings.EqualFold(s.Value, "OFF"), strings.EqualFold(s.Value, "ON")
		sign := byte(0)
		if v := strings.Trim(s.Value, `'"`); len(v) == 1 && !(v[0] >= '0' && v[0] <= '9' || v[0]|0x20 >= 'a' && v[0]|0x20 <= 'z') {
			sign = v[0]
		}
		switch s.Name {
		case "DEF", "DEFI", "DEFIN", "DEFINE", "SCAN":
			switch {
			case off:
				p.lx.Define = 0
			case on:
				p.lx.Define = '&'
			case sign != 0:
				p.lx.Define = sign
			}
		case "SQLT", "SQLTERMINATOR", "SQLTERM":
			p.lx.Terminator = 0
			if sign != 0 && sign != ';' {
				p.lx.Terminator = sign
			}
		case "CMDS", "CMDSEP":
			p.script.cmdSep = sign
			if on {
				p.script.cmdSep = ';'
			}
		case "SQLBL", "SQLBLANKLINES":
			p.script.blankLines = off
		}
	}
}
