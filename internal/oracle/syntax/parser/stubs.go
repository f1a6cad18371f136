package parser

import (
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// Every function here is replaced by its owner (see seams.go) with the real one; the file goes away with the last.

func (p *parser) parseAlter() ast.Stmt          { p.expected("a statement"); return nil }
func (p *parser) parseOtherStatement() ast.Stmt { p.expected("a statement"); return nil }

func (p *parser) parseCreate() ast.Stmt {
	lo := p.mark()
	p.next()
	replace := p.gotSeq(token.OR, token.REPLACE)
	editionable := p.gotAny(token.EDITIONABLE, token.NONEDITIONABLE)
	return p.parseCreateUnit(lo, replace, editionable)
}
