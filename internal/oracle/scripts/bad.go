package scripts

import (
	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// head is what the first words of a CREATE tell.
type head struct {
	kind    model.ObjectKind
	name    *ast.Name
	replace bool
	public  bool
}

// leadingWords are the keywords at the beginning of a span.
func leadingWords(f *ast.File, s ast.Span) (list []token.Keyword) {
	for i := s.Lo; i < s.Hi && len(list) < 8 && f.Tokens[i].Kind == token.Ident; i++ {
		list = append(list, f.Tokens[i].Kw)
	}
	return list
}

// headKinds are the words that name a kind of object, longest first.
var headKinds = []struct {
	words []token.Keyword
	kind  model.ObjectKind
}{
	{[]token.Keyword{token.MATERIALIZED, token.VIEW, token.LOG, token.ON}, model.KindMaterializedViewLog},
	{[]token.Keyword{token.MATERIALIZED, token.VIEW}, model.KindMaterializedView},
	{[]token.Keyword{token.PACKAGE, token.BODY}, model.KindPackageBody},
	{[]token.Keyword{token.TYPE, token.BODY}, model.KindTypeBody},
	{[]token.Keyword{token.DATABASE, token.LINK}, model.KindDatabaseLink},
	{[]token.Keyword{token.PACKAGE}, model.KindPackage},
	{[]token.Keyword{token.TYPE}, model.KindType},
	{[]token.Keyword{token.TABLE}, model.KindTable},
	{[]token.Keyword{token.VIEW}, model.KindView},
	{[]token.Keyword{token.INDEX}, model.KindIndex},
	{[]token.Keyword{token.SEQUENCE}, model.KindSequence},
	{[]token.Keyword{token.SYNONYM}, model.KindSynonym},
	{[]token.Keyword{token.PROCEDURE}, model.KindProcedure},
	{[]token.Keyword{token.FUNCTION}, model.KindFunction},
	{[]token.Keyword{token.TRIGGER}, model.KindTrigger},
	{[]token.Keyword{token.LIBRARY}, model.KindLibrary},
}

// readHead reads CREATE [OR REPLACE] modifiers kind name of a statement that could not be read as a whole.
func readHead(f *ast.File, s ast.Span) (h head) {
	i := s.Lo
	if i >= s.Hi {
		return h
	}
	if f.Tokens[i].Kw == token.CREATE {
		i++
	}
	for ; i < s.Hi && f.Tokens[i].Kind == token.Ident; i++ {
		switch f.Tokens[i].Kw {
		case token.OR, token.EDITIONABLE, token.NONEDITIONABLE, token.GLOBAL, token.PRIVATE, token.TEMPORARY, token.UNIQUE, token.BITMAP,
			token.NO, token.FORCE, token.NOFORCE, token.EDITIONING, token.SHARDED, token.DUPLICATED, token.SHARED, token.IMMUTABLE, token.BLOCKCHAIN:
			continue
		case token.REPLACE:
			h.replace = true
			continue
		case token.PUBLIC:
			h.public = true
			continue
		}
		break
	}
kinds:
	for _, k := range headKinds {
		for j, w := range k.words {
			if n := i + uint32(j); n >= s.Hi || f.Tokens[n].Kind != token.Ident || f.Tokens[n].Kw != w {
				continue kinds
			}
		}
		h.kind = k.kind
		i += uint32(len(k.words))
		break
	}
	if h.kind == "" {
		return h
	}
	for i < s.Hi && (f.Tokens[i].Kw == token.IF || f.Tokens[i].Kw == token.NOT || f.Tokens[i].Kw == token.EXISTS) {
		i++
	}
	lo := i
	for i < s.Hi && f.Tokens[i].Name() {
		i++
		if i >= s.Hi || f.Tokens[i].Kind != token.Dot {
			break
		}
		i++
	}
	if i > lo {
		h.name = &ast.Name{Span: ast.Span{Lo: lo, Hi: i}}
	}
	return h
}

// bad registers the object of a CREATE that could not be read, so that it is counted and refused, not lost.
func (x *extractor) bad(s *ast.BadStmt) {
	if words := leadingWords(x.f, s.Span); len(words) == 0 || words[0] != token.CREATE && words[0] != token.PACKAGE &&
		words[0] != token.PROCEDURE && words[0] != token.FUNCTION && words[0] != token.TRIGGER && words[0] != token.TYPE {
		return
	}
	h := readHead(x.f, s.Span)
	if h.kind == "" || h.name == nil {
		return
	}
	schema, name := x.qualified(h.name)
	if h.public {
		schema = "PUBLIC"
	}
	o := x.createAs(s, key{h.kind, schema, name}, h.replace, false).obj
	if x.u.Err != nil {
		o.Invalid = "cannot be read: " + x.u.Err.Msg
	}
	detail(o)
	switch h.kind {
	case model.KindSynonym:
		o.Synonym = &model.Synonym{Public: h.public}
	case model.KindDatabaseLink:
		o.Link = &model.Link{Public: h.public}
	case model.KindProcedure, model.KindFunction:
		o.Routine = &model.Routine{Name: name, Function: h.kind == model.KindFunction, Pos: o.Pos, Lines: o.Lines}
	}
}
