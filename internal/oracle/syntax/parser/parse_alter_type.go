package parser

import (
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// parseAlterType reads the changes of a type: compile, attributes, methods, limits, finality and what happens to
// dependent objects.
func (p *parser) parseAlterType(a *ast.Alter) {
	for p.tok.Kind == token.Ident {
		lo := p.mark()
		act := &ast.AlterAction{Verb: p.tok.Kw}
		switch p.tok.Kw {
		case token.COMPILE:
			p.next()
			p.parseCompileWords(act)
		case token.ADD, token.MODIFY, token.DROP:
			p.next()
			p.parseTypeChange(act)
		case token.REPLACE:
			p.next()
			if p.gotKw(token.AUTHID) && p.gotAny(token.CURRENT_USER, token.DEFINER) == 0 {
				p.expected("CURRENT_USER", "DEFINER")
			}
			p.wantKw(token.AS, token.OBJECT)
			act.Decls = p.parseTypeElems()
		case token.NOT:
			p.next()
			if act.Object = p.gotAny(token.FINAL, token.INSTANTIABLE, token.PERSISTABLE); act.Object == 0 {
				p.expected("FINAL", "INSTANTIABLE")
			}
		case token.FINAL, token.INSTANTIABLE, token.PERSISTABLE, token.RESET, token.EDITIONABLE, token.NONEDITIONABLE,
			token.INVALIDATE:
			p.next()
		case token.CASCADE:
			p.parseTypeCascade(act)
		default:
			return
		}
		p.addAction(a, lo, act)
		if p.at(token.Comma) {
			if t := p.peek(1); !t.Is(token.ADD) && !t.Is(token.MODIFY) && !t.Is(token.DROP) {
				return
			}
			p.next()
		}
	}
}

// parseTypeChange reads [ADD|MODIFY|DROP] ATTRIBUTE ... | LIMIT n | ELEMENT TYPE t | method.
func (p *parser) parseTypeChange(act *ast.AlterAction) {
	switch {
	case p.is(token.ATTRIBUTE):
		p.next()
		act.Object = token.ATTRIBUTE
		group := p.got(token.LParen)
		for {
			lo := p.mark()
			c := &ast.ColumnDef{Name: p.parseIdent()}
			if act.Verb != token.DROP {
				c.Type = p.parseDataType()
			}
			c.Span = p.since(lo)
			act.Columns = append(act.Columns, c)
			if t := p.peek(1); !p.at(token.Comma) || !group && (t.Is(token.ADD) || t.Is(token.MODIFY) || t.Is(token.DROP)) {
				break
			}
			p.next()
		}
		if group {
			p.want(token.RParen)
		}
	case p.is(token.LIMIT):
		p.next()
		act.Object = token.LIMIT
		act.Exprs = append(act.Exprs, p.parseNumber())
	case p.is(token.ELEMENT):
		p.next()
		act.Object = token.ELEMENT
		p.wantKw(token.TYPE)
		lo := p.mark()
		c := &ast.Clause{Head: token.TYPE, Types: []*ast.DataType{p.parseDataType()}}
		c.Span = p.since(lo)
		act.Props = append(act.Props, c)
	default:
		act.Object = token.METHOD
		if !p.atMethod() || act.Verb == token.MODIFY {
			p.expected("ATTRIBUTE", "MEMBER", "STATIC", "CONSTRUCTOR", "MAP", "ORDER")
		}
		p.plsql++
		act.Decls = append(act.Decls, p.parseMethod())
		p.plsql--
	}
}

// parseTypeCascade reads CASCADE [[NOT] INCLUDING TABLE DATA | CONVERT TO SUBSTITUTABLE] [FORCE] [EXCEPTIONS INTO t].
func (p *parser) parseTypeCascade(act *ast.AlterAction) {
	p.wantKw(token.CASCADE)
	act.Cascade = true
	if p.gotKw(token.CONVERT) {
		p.wantKw(token.TO, token.SUBSTITUTABLE)
	} else if p.gotKw(token.NOT) || p.is(token.INCLUDING) {
		p.wantKw(token.INCLUDING, token.TABLE, token.DATA)
	}
	p.gotKw(token.FORCE)
	if p.gotSeq(token.EXCEPTIONS, token.INTO) {
		act.Names = append(act.Names, p.parseName())
	}
}
