package parser

import "landfall/internal/oracle/syntax/ast"

// slab hands out the nodes that make up most of a tree from blocks, which saves an allocation a node. The
// blocks live as long as the tree does, and that holds nearly all of their nodes anyway.
type slab struct {
	names    []ast.Name
	literals []ast.Literal
	calls    []ast.Call
	args     []ast.Arg
	binaries []ast.Binary
	clause   *ast.Clause // a spare one: parseProp often finds nothing to read
}

// slabSize is how many nodes a block has: few for a short text, which would leave most of them unused.
func (p *parser) slabSize() int { return min(max(len(p.f.Src)/64, 4), 128) }

func (p *parser) newName() *ast.Name {
	if len(p.slab.names) == 0 {
		p.slab.names = make([]ast.Name, p.slabSize())
	}
	n := &p.slab.names[0]
	p.slab.names = p.slab.names[1:]
	return n
}

func (p *parser) newLiteral() *ast.Literal {
	if len(p.slab.literals) == 0 {
		p.slab.literals = make([]ast.Literal, p.slabSize())
	}
	n := &p.slab.literals[0]
	p.slab.literals = p.slab.literals[1:]
	return n
}

func (p *parser) newCall() *ast.Call {
	if len(p.slab.calls) == 0 {
		p.slab.calls = make([]ast.Call, max(p.slabSize()/4, 2))
	}
	n := &p.slab.calls[0]
	p.slab.calls = p.slab.calls[1:]
	return n
}

func (p *parser) newArg() *ast.Arg {
	if len(p.slab.args) == 0 {
		p.slab.args = make([]ast.Arg, p.slabSize())
	}
	n := &p.slab.args[0]
	p.slab.args = p.slab.args[1:]
	return n
}

func (p *parser) newBinary() *ast.Binary {
	if len(p.slab.binaries) == 0 {
		p.slab.binaries = make([]ast.Binary, p.slabSize())
	}
	n := &p.slab.binaries[0]
	p.slab.binaries = p.slab.binaries[1:]
	return n
}
