package parser

import "landfall/internal/oracle/syntax/token"

// terminator moves over what ends a statement. A bad one has been reported: a missing terminator is no news.
func (p *parser) terminator(unit, bad bool) {
	p.script.afterUnit, p.script.afterSQL = unit, !unit
	switch {
	case p.at(token.Semi):
		p.i++
	case p.at(token.TermSlash):
		p.script.afterUnit, p.script.afterSQL = false, false
		p.noteDot()
		p.i++
	case bad, p.unclosedBefore():
	case int(p.i) >= len(p.f.Tokens):
		if p.lx.AtEnd() && !unit {
			p.noteAt(len(p.f.Src), "the last statement has no terminator", "end it with ; or a line with /")
		}
	default:
		p.noteAt(int(p.f.Tokens[p.i].Off), "the statement before has no terminator", "end it with ; or a line with /")
	}
	p.rewind()
}

// wantUnitSemi reports a PL/SQL unit whose last END has no ';' (PLS-00103); the tree is good all the same.
func (p *parser) wantUnitSemi() {
	if p.at(token.Semi) || p.i == 0 {
		return
	}
	s := p.f.Stmts[len(p.f.Stmts)-1].Range()
	for i := s.Hi; i > s.Lo && i+2 > s.Hi; i-- { // END, or END name
		if p.f.Tokens[i-1].Is(token.END) {
			p.record(i-1, "no \";\" behind END", nil, "add it")
			return
		}
	}
}

// unclosedBefore reports whether the last token has no closing mark, so that it has eaten the terminator too.
func (p *parser) unclosedBefore() bool {
	i := min(int(p.i), len(p.f.Tokens))
	return i > 0 && p.f.Tokens[i-1].Flags&token.FlagUnclosed != 0
}

// rewind gives the tokens from p.i on back to the lexer: what follows a statement may be a SQL*Plus command.
func (p *parser) rewind() {
	p.stop = noStop
	if int(p.i) >= len(p.f.Tokens) {
		return
	}
	t := p.f.Tokens[p.i]
	p.script.budget -= p.lx.Offset() - int(t.Off)
	p.cutTokens(p.i, int(t.Off), t.Flags&^(token.FlagSubst|token.FlagInactive|token.FlagUnclosed))
}

// cutTokens drops the tokens from index i on and reads on at an offset.
func (p *parser) cutTokens(i uint32, off int, flags token.Flag) {
	p.f.Tokens = p.f.Tokens[:i]
	for _, e := range p.f.Errors[p.script.errors:] {
		if e.Lexical && int(e.Off) >= off {
			e.Msg = "" // indexes of other errors must not change; sortErrors takes it out
		}
	}
	kept := p.f.Notes[:p.script.notes]
	for _, e := range p.f.Notes[p.script.notes:] {
		if int(e.Off) <= off {
			kept = append(kept, e)
		}
	}
	p.f.Notes = kept
	p.cond.reset()
	p.lx.Seek(off, flags)
	p.i = i
}

// noteBlankLine remarks on the first blank line inside the statement that began at token lo. SQL*Plus drops such
// a statement when SQLBLANKLINES is OFF, other tools run it; it is read whole.
func (p *parser) noteBlankLine(lo uint32) {
	for i := lo + 1; i < p.i && int(i) < len(p.f.Tokens); i++ {
		if p.f.Tokens[i].Flags&token.FlagBlank != 0 {
			p.noteAt(int(p.f.Tokens[i].Off), "a blank line stands inside the statement: SQL*Plus drops it with SQLBLANKLINES OFF", "")
			return
		}
	}
}

// noteSuspect remarks on a quoted text in the SQL statement just read that holds the end of a statement: a quote
// may be missing.
func (p *parser) noteSuspect() {
	off := p.lx.Suspect - 1
	if off < 0 || int(p.i) < len(p.f.Tokens) && int(p.f.Tokens[p.i].Off) <= off {
		return
	}
	p.noteAt(off, "a line of this text ends in ; or is a lone /, where SQL*Plus ends the statement", "look whether a closing quote is missing")
}

// loneSlash judges a '/' with no statement in front of it.
func (p *parser) loneSlash() {
	if p.script.afterSQL && p.f.Src[p.tok.Off] == '/' {
		p.noteAt(int(p.tok.Off), "a / behind a statement that ; has ended runs it again", "")
	}
	p.noteDot()
	p.script.afterUnit, p.script.afterSQL = false, false
}

func (p *parser) noteDot() {
	if p.f.Src[p.tok.Off] == '.' {
		p.noteAt(int(p.tok.Off), "a dot alone on its line ends the statement without running it", "")
	}
}

// looseSlash takes a '/' between statements that only a comment follows on its line, or that stands behind the
// ';' in the same line, as the terminator it is meant to be.
func (p *parser) looseSlash() bool {
	end := int(p.tok.End())
	if int(p.i)+1 < len(p.f.Tokens) && p.f.Tokens[p.i+1].Flags&token.FlagNewline == 0 {
		return false
	}
	p.noteAt(int(p.tok.Off), "SQL*Plus does not take a / that is not alone on its line", "put it on its own line")
	p.f.Tokens[p.i].Kind = token.TermSlash
	p.tok.Kind = token.TermSlash
	p.loneSlash()
	if int(p.i)+1 < len(p.f.Tokens) {
		p.script.budget -= p.lx.Offset() - end
		p.cutTokens(p.i+1, end, 0)
	} else {
		p.i++
	}
	return true
}
