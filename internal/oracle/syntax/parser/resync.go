package parser

import (
	"bytes"

	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/lexer"
	"landfall/internal/oracle/syntax/token"
)

// statementLine is the index of the first token of the line in which token at stands, when that line must
// begin a statement; 0 otherwise.
func (p *parser) statementLine(lo, at uint32, least lexer.Start) uint32 {
	if int(at) >= len(p.f.Tokens) || p.script.budget < 0 {
		return 0
	}
	i := at
	for i > lo && p.f.Tokens[i].Flags&token.FlagNewline == 0 {
		i--
	}
	if i == lo || !p.startsStatement(i, least) {
		return 0
	}
	return i
}

// startsStatement reports whether token i stands in column 1 and begins a statement.
func (p *parser) startsStatement(i uint32, least lexer.Start) bool {
	t := p.f.Tokens[i]
	if t.Flags&token.FlagNewline == 0 || t.Off == 0 {
		return false
	}
	if least <= lexer.StartDML && p.lx.ResumedAt(int(t.Off)) && lexer.MayBegin(p.f.Src, t) {
		return true // the lexer has found that a statement begins here
	}
	if c := p.f.Src[t.Off-1]; c != '\n' && c != '\r' {
		return false
	}
	return lexer.LineStart(p.f.Src, int(t.Off)) >= least
}

// skipToEnd moves from where parsing failed to the end of the bad statement.
func (p *parser) skipToEnd(lo uint32, unit bool, least lexer.Start) {
	first := p.i
	garbage := !unit && int(first) < len(p.f.Tokens) && first == lo // not even its first word begins a statement
	for !p.at(token.EOF) && !p.at(token.TermSlash) {
		if p.at(token.Semi) && !unit {
			return
		}
		if p.i > first && p.script.budget >= 0 && p.startsStatement(p.i, least) {
			return
		}
		if garbage && p.i > first && p.tok.Flags&token.FlagNewline != 0 && lexer.MayBegin(p.f.Src, p.tok) {
			if before := p.f.Tokens[p.i-1]; !before.Is(token.AS) && !before.Is(token.IS) { // CRAETE VIEW v AS
				return
			}
		}
		if p.tok.Kind == token.Illegal && !unit && p.f.Text(p.i) == "；" && p.tok.Flags&token.FlagNewline == 0 {
			// a full-width semicolon is meant to end the statement when it ends the line
			if p.next(); p.tok.Flags&token.FlagNewline != 0 || p.at(token.EOF) {
				return
			}
			continue
		}
		if p.tok.Len > 16 && isText(p.tok.Kind) && p.script.budget >= 0 {
			if line := p.lx.PlausibleIn(int(p.tok.Off), int(p.tok.End()), least); line > 0 {
				p.closeText(p.i, line)
				p.load()
				return
			}
		}
		p.next()
	}
}

func isText(k token.Kind) bool {
	switch k {
	case token.String, token.NString, token.UString, token.QString, token.QuotedIdent:
		return true
	}
	return false
}

// cutString looks for a quoted text among the tokens [lo, hi] that has swallowed a line which must begin a
// statement: a quote is missing. The text is cut there, everything behind is read anew, and the errors that
// came of it are dropped.
func (p *parser) cutString(lo, hi uint32, least lexer.Start, errs int) bool {
	if p.script.budget < 0 {
		return false
	}
	for i := lo; i <= hi && int(i) < len(p.f.Tokens); i++ {
		t := p.f.Tokens[i]
		if t.Len <= 16 || !isText(t.Kind) || t.Flags&token.FlagUnclosed != 0 {
			continue
		}
		if line := p.lx.PlausibleIn(int(t.Off), int(t.End()), least); line > 0 {
			p.dropErrors(errs)
			p.closeText(i, line)
			p.load()
			return true
		}
	}
	return false
}

// cutAtSlash handles a PL/SQL unit with errors in which a quoted text has swallowed a line with a lone
// slash. SQL*Plus ends the unit at that line, quoted or not.
func (p *parser) cutAtSlash(lo uint32, errs int) {
	hi := min(p.i, uint32(len(p.f.Tokens)))
	for i := lo; i < hi && p.script.budget >= 0; i++ {
		t := p.f.Tokens[i]
		if t.Len <= 3 || !isText(t.Kind) {
			continue
		}
		text := p.f.Src[t.Off:t.End()]
		k := bytes.Index(text, []byte("\n/\n"))
		if k < 0 {
			k = bytes.Index(text, []byte("\n/\r\n"))
		}
		if k < 0 {
			continue
		}
		p.dropErrors(errs)
		p.closeText(i, int(t.Off)+k+1)
		p.f.Stmts[len(p.f.Stmts)-1] = &ast.BadStmt{Span: ast.Span{Lo: lo, Hi: i + 1}, Err: len(p.f.Errors) - 1}
		p.stop = noStop
		p.load()
		return
	}
}

// closeText lets the quoted token i end at the line break before an offset, reports it, and reads on there.
func (p *parser) closeText(i uint32, line int) {
	p.stop = noStop
	t := p.f.Tokens[i]
	p.script.budget -= p.lx.Offset() - line
	p.cutTokens(i+1, line, token.FlagNewline)
	end := line
	for end > int(t.Off)+1 && (p.f.Src[end-1] == '\n' || p.f.Src[end-1] == '\r') {
		end--
	}
	t.Len = uint32(end) - t.Off
	t.Flags |= token.FlagUnclosed
	p.f.Tokens[i] = t
	p.f.Errors = append(p.f.Errors, &ast.Error{Off: t.Off, Tok: i, Msg: "quoted text is not closed", Hint: "add the closing quote", Lexical: true})
}

// dropErrors withdraws the parse errors recorded since there were n; what the lexer found stays.
func (p *parser) dropErrors(n int) {
	for _, e := range p.f.Errors[n:] {
		if !e.Lexical {
			e.Msg = ""
		}
	}
}
