package parser

import (
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/lexer"
	"landfall/internal/oracle/syntax/token"
)

// Options changes how a source is read.
type Options struct{}

// Parse reads a whole script. It never fails: see ast.File.Errors.
func Parse(name string, src []byte, _ Options) *ast.File {
	p := &parser{f: &ast.File{Name: name, Src: src}, lx: lexer.New(src)}
	p.lx.Report = func(off int, msg, hint string) {
		p.f.Errors = append(p.f.Errors, &ast.Error{Off: uint32(off), Tok: uint32(len(p.f.Tokens)), Msg: msg, Hint: hint})
	}
	for p.load(); !p.at(token.EOF); p.load() {
		lo := p.mark()
		var s ast.Stmt
		if !p.recoverable(func() {
			s = p.parseStatement()
			if !p.at(token.Semi) && !p.at(token.TermSlash) && !p.at(token.EOF) {
				p.expected("the end of the statement")
			}
		}) {
			for !p.at(token.Semi) && !p.at(token.TermSlash) && !p.at(token.EOF) {
				p.next()
			}
			s = &ast.BadStmt{Span: p.since(lo), Err: len(p.f.Errors) - 1}
		}
		p.f.Stmts = append(p.f.Stmts, s)
		if !p.at(token.EOF) {
			p.i++ // the terminator; load fills on demand
		}
	}
	return p.f
}
