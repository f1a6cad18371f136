package engine

import (
	"context"

	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
	"landfall/internal/orasim/engine/plsql"
	"landfall/internal/orasim/session"
)

// brokenUnit is CREATE of a unit of PL/SQL, or of a type, whose text has a mistake of syntax behind its name: it is created all the
// same, INVALID, with a row in ALL_ERRORS, and the client gets the warning ORA-24344. What is before the name is read as SQL, as are the
// headings of triggers. Mistakes of another kind than syntax are not looked for.
type brokenUnit struct {
	object               *object
	replace, ifNotExists bool
	name                 ast.Node
}

// unitMistake is a row of ALL_ERRORS. Lines and columns are those of the text as ALL_SOURCE has it.
type unitMistake struct {
	line, col, number int
	text              string
}

// brokenStatement is such a statement out of a text that could not be read; nil for any other one, and where f is.
func (s *Session) brokenStatement(f *ast.File) *Statement {
	if f == nil || len(f.Errors) == 0 || f.Errors[0].Lexical || len(f.Stmts) == 0 {
		return nil
	}
	u := &brokenUnit{object: &object{}}
	at := 0
	is := func(kws ...token.Keyword) bool {
		for _, kw := range kws {
			if at < len(f.Tokens) && f.Tokens[at].Is(kw) {
				at++
				return true
			}
		}
		return false
	}
	if !is(token.CREATE) {
		return nil
	}
	if is(token.OR) {
		if !is(token.REPLACE) {
			return nil
		}
		u.replace = true
	}
	is(token.EDITIONABLE, token.NONEDITIONABLE)
	begin := at
	if !is(token.PROCEDURE, token.FUNCTION, token.PACKAGE, token.TYPE) {
		return nil
	}
	u.object.kind = upper(f.Text(uint32(begin)))
	if (u.object.kind == "PACKAGE" || u.object.kind == "TYPE") && is(token.BODY) {
		u.object.kind += " BODY"
		u.object.space = 'b'
	}
	if is(token.IF) {
		if !is(token.NOT) || !is(token.EXISTS) {
			return nil
		}
		u.ifNotExists = true
	}
	parts := []string{}
	for first := at; at < len(f.Tokens); at++ {
		if t := f.Tokens[at]; t.Kind != token.Ident && t.Kind != token.QuotedIdent || t.Is(token.IS) || t.Is(token.AS) {
			return nil
		}
		parts = append(parts, f.Ident(uint32(at)))
		if at+1 == len(f.Tokens) || f.Tokens[at+1].Kind != token.Dot || len(parts) == 2 {
			u.name = ast.Node(&ast.Name{Span: ast.Span{Lo: uint32(first), Hi: uint32(at + 1)}})
			break
		}
		at++
	}
	if u.name == nil || int(f.Errors[0].Tok) <= at {
		return nil
	}
	u.object.owner, u.object.name = s.schema, parts[len(parts)-1]
	if len(parts) == 2 {
		u.object.owner = parts[0]
	}
	base := f.OffsetPos(f.Tokens[begin].Off)
	m := unitMistake{number: 103}
	m.line, m.col, m.text = plsql.SyntaxMistake(f, f.Errors[0])
	if m.line == base.Line {
		m.col -= base.Col - 1
	}
	m.line -= base.Line - 1
	u.object.mistakes = []unitMistake{m}
	u.object.text = string(f.Src[f.Tokens[begin].Off:])
	return &Statement{s: s, f: f, stmt: f.Stmts[0], kind: session.Create, broken: u}
}

// createBroken enters it.
func (s *Session) createBroken(ctx context.Context, c *compiler, u *brokenUnit) error {
	if err := s.commit(ctx); err != nil {
		return err
	}
	o := *u.object
	return s.create(c, u.name, &o, u.replace, u.ifNotExists)
}
