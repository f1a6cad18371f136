package parser

import (
	"fmt"
	"iter"

	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// The bodies of packages are most of the text of most sources, and their trees take some 40 bytes a token. A reader that goes
// over a source several times can let go of them in between: PutAway drops the trees of the routines of a package body and
// leaves its declarations and the headings, ReadBack makes them again. Only what was read without an error and without
// conditional compilation is put away, so that reading back cannot say anything new.

// PutAway lets go of the trees of a package body's routines. It must have been read with Options.Thin, and be one of which something was
// put away then.
func PutAway(s *ast.CreatePackageBody) {
	for r := range bodies(s) {
		if !r.Body.Away() {
			r.Body.PutAway()
		}
	}
}

// Away reports whether something of a package body is put away.
func Away(s *ast.CreatePackageBody) bool {
	for r := range bodies(s) {
		if r.Body.Away() {
			return true
		}
	}
	return false
}

// ReadBack reads what was put away of a package body again: the trees are equal to those before, in the same
// Blocks. Nobody else may look at s meanwhile.
func ReadBack(f *ast.File, s *ast.CreatePackageBody) {
	p := &parser{f: &ast.File{Name: f.Name, Src: f.Src}, again: f.Tokens, stop: noStop}
	p.script.budget = len(f.Src)
	for r := range bodies(s) {
		if r.Body.Away() {
			p.routineAgain(s, r)
		}
	}
}

// bodies are the routines of a package body that have one themselves.
func bodies(s *ast.CreatePackageBody) iter.Seq[*ast.Routine] {
	return func(yield func(*ast.Routine) bool) {
		for _, d := range s.Decls {
			if r, ok := d.(*ast.Routine); ok && r.Body != nil && !yield(r) {
				return
			}
		}
	}
}

func (p *parser) routineAgain(s *ast.CreatePackageBody, r *ast.Routine) {
	p.i, p.f.Tokens = r.Lo, p.again[:r.Lo]
	p.beginUnit()
	p.plsql = 1
	p.open(nestDecl, lastPart(s.Name))
	p.load()
	was := r.Span
	n := p.parseRoutine()
	if len(p.f.Errors) > 0 || n.Span != was || n.Body == nil {
		panic(fmt.Sprintf("%s: tokens %d to %d were read as another routine the second time", p.f.Name, was.Lo, was.Hi))
	}
	*r.Body = *n.Body
}

// fillAgain is fill for tokens that are there already: up to the next place at which the lexer stopped for good.
func (p *parser) fillAgain() bool {
	n := len(p.f.Tokens)
	if n == len(p.again) {
		return false
	}
	for n < len(p.again) {
		n++
		if k := p.again[n-1].Kind; k == token.Semi || k == token.TermSlash {
			break
		}
	}
	p.f.Tokens = p.again[:n]
	return true
}

// thinned puts away the routines of a package body that was just read, when nothing was wrong with it.
func (p *parser) thinned(errs int) {
	if !p.thin || p.conditional || len(p.f.Errors) > errs {
		return
	}
	if s, ok := p.f.Stmts[len(p.f.Stmts)-1].(*ast.CreatePackageBody); ok {
		PutAway(s)
		p.apart = slab{}
	}
}
