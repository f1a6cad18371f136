package parser

import (
	"sync"
	"unsafe"

	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// slab hands out the nodes that make up most of a tree from blocks, which saves an allocation a node and the
// bytes by which the allocator rounds up. The blocks live as long as the tree does, and that holds nearly all
// of their nodes anyway.
type slab struct {
	names    blocks[ast.Name]
	literals blocks[ast.Literal]
	calls    blocks[ast.Call]
	args     blocks[ast.Arg]
	binaries blocks[ast.Binary]
	tables   blocks[ast.TableName]
	inserts  blocks[ast.Insert]
	lists    blocks[ast.List]
	types    blocks[ast.DataType]
	exprs    blocks[ast.Expr]
	argLists blocks[*ast.Arg]
	clause   *ast.Clause // a spare one: parseProp often finds nothing to read
	again    bool        // of trees that are put away: their blocks come back, and serve the next tree
}

// blocks are those of one type of node. Of a slab that serves again, used holds the ones that are handed out, and spare
// those that came back, empty.
type blocks[T any] struct {
	rest        []T // of the block at hand
	used, spare [][]T
}

// blockBytes is the size of a full block: one of the allocator's, less the header it puts on blocks with pointers.
const blockBytes = 8192 - 8

// take is the next node of a block, of another one when it is used up.
func take[T any](p *parser, b *blocks[T]) *T {
	if len(b.rest) == 0 {
		b.next(p)
	}
	x := &b.rest[0]
	b.rest = b.rest[1:]
	return x
}

// next takes up another block.
func (b *blocks[T]) next(p *parser) {
	if n := len(b.spare); n > 0 {
		b.rest = b.spare[n-1]
		b.spare = b.spare[:n-1]
	} else {
		b.rest = make([]T, b.room(p))
	}
	if p.slab.again {
		b.used = append(b.used, b.rest)
	}
}

// room is how many nodes a block holds. Short texts get short blocks, most of which would go unused otherwise.
func (b *blocks[T]) room(p *parser) int {
	var none T
	size := int(unsafe.Sizeof(none))
	if p.slab.again {
		return blockBytes / size
	}
	return min(max(len(p.f.Src)/(64*size/16), 2), blockBytes/size)
}

// back empties the blocks that were handed out and takes them back.
func (b *blocks[T]) back() {
	if len(b.used) == 0 {
		return
	}
	last := len(b.used) - 1
	b.used[last] = b.used[last][:cap(b.used[last])-len(b.rest)] // the rest is empty still
	for i, block := range b.used {
		clear(block)
		b.used[i] = block[:cap(block)]
	}
	b.spare = append(b.spare, b.used...)
	clear(b.used)
	b.rest, b.used = nil, b.used[:0]
}

// kept leaves the blocks that were handed out to the tree.
func (b *blocks[T]) kept() {
	clear(b.used)
	b.rest, b.used = nil, b.used[:0]
}

// back takes back all blocks: nobody looks at a node of them any more.
func (s *slab) back() {
	s.names.back()
	s.literals.back()
	s.calls.back()
	s.args.back()
	s.binaries.back()
	s.tables.back()
	s.inserts.back()
	s.lists.back()
	s.types.back()
	s.exprs.back()
	s.argLists.back()
	s.clause = nil
}

// kept leaves all blocks to the tree, which stays.
func (s *slab) kept() {
	s.names.kept()
	s.literals.kept()
	s.calls.kept()
	s.args.kept()
	s.binaries.kept()
	s.tables.kept()
	s.inserts.kept()
	s.lists.kept()
	s.types.kept()
	s.exprs.kept()
	s.argLists.kept()
	s.clause = nil
}

// slabs are those that serve again.
var slabs = sync.Pool{New: func() any { return &slab{again: true} }}

func (p *parser) newName() *ast.Name       { return take(p, &p.slab.names) }
func (p *parser) newLiteral() *ast.Literal { return take(p, &p.slab.literals) }
func (p *parser) newCall() *ast.Call       { return take(p, &p.slab.calls) }
func (p *parser) newArg() *ast.Arg         { return take(p, &p.slab.args) }
func (p *parser) newBinary() *ast.Binary   { return take(p, &p.slab.binaries) }
func (p *parser) newTable() *ast.TableName { return take(p, &p.slab.tables) }
func (p *parser) newInsert() *ast.Insert   { return take(p, &p.slab.inserts) }
func (p *parser) newList() *ast.List       { return take(p, &p.slab.lists) }

func (p *parser) newType() *ast.DataType { return take(p, &p.slab.types) }

func (p *parser) oneExpr(x ast.Expr) []ast.Expr { return cut(p, &p.slab.exprs, []ast.Expr{x}) }

// cut copies a list to its exact size out of a block.
func cut[T any](p *parser, b *blocks[T], list []T) []T {
	if len(b.rest) < len(list) {
		if len(list) > b.room(p)/8 {
			return append(make([]T, 0, len(list)), list...)
		}
		b.next(p)
	}
	out := b.rest[:len(list):len(list)]
	copy(out, list)
	b.rest = b.rest[len(list):]
	return out
}

// longList is how many items a list collects on the scratch stack before it gets a slice of its own.
const longList = 4096

// parseExprs reads x, y, z into a slice of exactly their number: a list is collected on a scratch stack; a long
// one gets room for as many as there are commas ahead, since growing by doubling would cost several times its
// size.
func (p *parser) parseExprs(first ast.Expr) []ast.Expr {
	if !p.at(token.Comma) {
		return p.oneExpr(first)
	}
	from := len(p.exprs)
	p.exprs = append(p.exprs, first)
	for p.got(token.Comma) {
		if len(p.exprs)-from == longList {
			return p.parseLongList(from)
		}
		x := p.parseExpr()
		p.exprs = append(p.exprs, x)
	}
	list := cut(p, &p.slab.exprs, p.exprs[from:])
	p.exprs = p.exprs[:from]
	return list
}

func (p *parser) parseLongList(from int) []ast.Expr {
	list := append(make([]ast.Expr, 0, longList+1+p.commasAhead()), p.exprs[from:]...)
	p.exprs = p.exprs[:from]
	for {
		list = append(list, p.parseExpr())
		if !p.got(token.Comma) {
			return list
		}
	}
}

// commasAhead counts the commas up to the end of the list at hand among the tokens that are there already.
func (p *parser) commasAhead() int {
	depth, n := 0, 0
	for i := int(p.i); i < len(p.f.Tokens) && p.script.budget > 0; i++ {
		p.script.budget--
		switch p.f.Tokens[i].Kind {
		case token.LParen:
			depth++
		case token.RParen:
			depth--
			if depth < 0 {
				return n
			}
		case token.Comma:
			if depth == 0 {
				n++
			}
		case token.Semi:
			return n
		}
	}
	return n
}
