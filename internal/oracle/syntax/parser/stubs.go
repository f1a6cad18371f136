package parser

import (
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// Every function here is replaced by its owner (see seams.go) with the real one; the file goes away with the last.

func (p *parser) parseSubprogramDecl() ast.Decl { p.expected("a declaration"); return nil }
func (p *parser) parseCreate() ast.Stmt         { p.expected("a statement"); return nil }
func (p *parser) parseAlter() ast.Stmt          { p.expected("a statement"); return nil }
func (p *parser) parseBlock() ast.Stmt          { p.expected("a statement"); return nil }
func (p *parser) parsePLStmt() ast.Stmt         { p.expected("a statement"); return nil }
func (p *parser) parseOtherStatement() ast.Stmt { p.expected("a statement"); return nil }

// parseCreateUnit reads CREATE [OR REPLACE] [EDITIONABLE|NONEDITIONABLE] and a PL/SQL unit; lo is the mark of
// CREATE, and the current token is PACKAGE, PROCEDURE, FUNCTION, TRIGGER, TYPE or LIBRARY.
func (p *parser) parseCreateUnit(lo uint32, replace bool, editionable token.Keyword) ast.Stmt {
	p.expected("a statement")
	return nil
}
