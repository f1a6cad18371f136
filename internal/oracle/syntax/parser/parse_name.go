package parser

import (
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/lexer"
	"landfall/internal/oracle/syntax/token"
)

// parseIdent reads one name part. Any keyword may be a name here except those the SQL grammar could not do
// without; Oracle itself lets most reserved words through in qualified positions.
func (p *parser) parseIdent() *ast.Name {
	lo := p.mark()
	if !p.tok.Name() && p.tok.Kind != token.Bind {
		p.expected("a name")
	}
	p.next()
	n := p.newName()
	n.Span = p.since(lo)
	return n
}

// parseName reads a qualified name with an optional database link: a.b.c@link.domain@qualifier.
func (p *parser) parseName() *ast.Name {
	lo := p.mark()
	if !p.tok.Name() && p.tok.Kind != token.Bind {
		p.expected("a name")
	}
	p.next()
	n := p.newName()
	for p.at(token.Dot) && p.partFollows() {
		p.next()
		p.next()
	}
	if p.at(token.At) && !p.atInclude() {
		p.parseLink(n)
	}
	n.Span = p.since(lo)
	return n
}

// atInclude reports whether the @ here begins a line: SQL*Plus runs the file named behind it, statement or not.
func (p *parser) atInclude() bool {
	return p.tok.Flags&token.FlagNewline != 0 && p.startsStatement(p.i, lexer.StartCommand)
}

// partFollows reports whether a further part of a name stands behind the dot here.
func (p *parser) partFollows() bool {
	t := p.peek(1)
	return t.Name() && !wordOf(t, wordNoPart)
}

// parseLink reads @link[.domain...][@qualifier] behind a name.
func (p *parser) parseLink(n *ast.Name) {
	n.Link = p.mark()
	p.next()
	p.parseIdent()
	for p.at(token.Dot) && p.peek(1).Name() || p.at(token.At) {
		p.next()
		p.parseIdent()
	}
}

// parseNewName reads one name part that the statement gives: a column alias, a query name, a column of a
// definition. Reserved words are refused.
func (p *parser) parseNewName() *ast.Name {
	if p.word(wordReserved) {
		p.expected("a name")
	}
	return p.parseIdent()
}

// parseNameList reads (a, b, c).
func (p *parser) parseNameList() []*ast.Name {
	p.want(token.LParen)
	names := []*ast.Name{p.parseNewName()}
	for p.got(token.Comma) {
		names = append(names, p.parseNewName())
	}
	p.want(token.RParen)
	return names
}

// parseItemAlias reads the alias of a select item, with or without AS; nil without one.
func (p *parser) parseItemAlias() (name *ast.Name, as bool) {
	if p.is(token.AS) {
		p.next()
		return p.parseNewName(), true
	}
	switch p.tok.Kind {
	case token.QuotedIdent:
		return p.parseIdent(), false
	case token.Ident:
		if words[p.tok.Kw]&wordReserved != 0 {
			return nil, false
		}
		if words[p.tok.Kw]&wordTableStop != 0 && p.clauseFollows(false) {
			return nil, false
		}
		return p.parseIdent(), false
	}
	return nil, false
}

// parseTableAlias reads the alias of an item of FROM or of the target of DML; nil without one. Oracle takes
// no AS there, but does in MERGE and since 23ai everywhere.
func (p *parser) parseTableAlias() *ast.Name {
	switch p.tok.Kind {
	case token.QuotedIdent:
		return p.parseIdent()
	case token.Ident:
		k := p.tok.Kw
		if k == token.AS {
			if n := p.peek(1); n.Name() && !wordOf(n, wordReserved) {
				p.next()
				return p.parseIdent()
			}
			return nil
		}
		if words[k]&wordReserved != 0 || words[k]&wordTableStop != 0 && p.clauseFollows(true) {
			return nil
		}
		return p.parseIdent()
	}
	return nil
}

// clauseFollows decides for a word that is not reserved whether it begins the next clause here (true) or is
// an alias (false): LEFT before JOIN is a join, LEFT before a comma is an alias. table tells which of the two
// places it is.
func (p *parser) clauseFollows(table bool) bool {
	n := p.peek(1)
	switch p.tok.Kw {
	case token.JOIN:
		return table
	case token.INNER:
		return table && n.Is(token.JOIN)
	case token.LEFT, token.RIGHT, token.FULL:
		return table && (n.Is(token.JOIN) || n.Is(token.OUTER))
	case token.CROSS:
		return table && (n.Is(token.JOIN) || n.Is(token.APPLY))
	case token.OUTER:
		return table && n.Is(token.APPLY)
	case token.NATURAL:
		return table && (n.Is(token.JOIN) || n.Is(token.INNER) || n.Is(token.LEFT) || n.Is(token.RIGHT) || n.Is(token.FULL))
	case token.PARTITION:
		return table && (n.Kind == token.LParen || n.Is(token.BY) || n.Is(token.FOR))
	case token.SUBPARTITION:
		return table && (n.Kind == token.LParen || n.Is(token.FOR))
	case token.SAMPLE:
		return table && (n.Kind == token.LParen || n.Is(token.BLOCK))
	case token.PIVOT:
		return table && (n.Kind == token.LParen || n.Is(token.XML))
	case token.UNPIVOT:
		return table && (n.Kind == token.LParen || n.Is(token.INCLUDE) || n.Is(token.EXCLUDE))
	case token.MATCH_RECOGNIZE:
		return table && n.Kind == token.LParen
	case token.VERSIONS:
		return table && (n.Is(token.BETWEEN) || n.Is(token.PERIOD))
	case token.NESTED:
		return table && (n.Is(token.PATH) || n.Name() && !wordOf(n, wordReserved))
	case token.EXTERNAL:
		return table && n.Is(token.MODIFY)
	case token.USING:
		return true
	case token.MODEL:
		switch n.Kw {
		case token.PARTITION, token.DIMENSION, token.IGNORE, token.KEEP, token.UNIQUE, token.RETURN,
			token.REFERENCE, token.MAIN:
			return n.Kind == token.Ident
		}
		return false
	case token.WINDOW:
		return n.Name() && p.peek(2).Is(token.AS)
	case token.QUALIFY:
		return startsOperand(n) || n.Is(token.NOT) || n.Is(token.CASE)
	case token.FETCH:
		return n.Is(token.FIRST) || n.Is(token.NEXT) || n.Is(token.APPROX) || n.Is(token.APPROXIMATE) || n.Is(token.EXACT)
	case token.OFFSET:
		switch n.Kind {
		case token.Number, token.Bind, token.Ident, token.QuotedIdent, token.LParen, token.Question, token.Plus, token.Minus:
			return !wordOf(n, wordReserved) && !wordOf(n, wordTableStop)
		}
		return false
	case token.EXCEPT:
		return n.Is(token.SELECT) || n.Is(token.ALL) || n.Is(token.DISTINCT) || n.Kind == token.LParen || n.Is(token.WITH)
	case token.LOG:
		return n.Is(token.ERRORS)
	case token.RETURNING, token.RETURN:
		return table && (startsOperand(n) || n.Is(token.CASE) || n.Is(token.NULL))
	case token.BULK:
		return n.Is(token.COLLECT)
	case token.LOOP, token.END, token.WHEN:
		return p.plsql > 0 || p.tok.Kw == token.WHEN
	case token.BEGIN, token.DECLARE: // or, in a script, a block behind a query that lacks its terminator
		return p.plsql > 0 || p.tok.Flags&token.FlagBlank != 0
	}
	return false
}
