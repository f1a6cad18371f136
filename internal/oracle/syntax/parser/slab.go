package parser

import (
	"unsafe"

	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// slab hands out the nodes that make up most of a tree from blocks, which saves an allocation a node and the
// bytes by which the allocator rounds up. The blocks live as long as the tree does, and that holds nearly all
// of their nodes anyway.
type slab struct {
	names    []ast.Name
	literals []ast.Literal
	calls    []ast.Call
	args     []ast.Arg
	binaries []ast.Binary
	tables   []ast.TableName
	inserts  []ast.Insert
	lists    []ast.List
	types    []ast.DataType
	exprs    []ast.Expr
	argLists []*ast.Arg
	clause   *ast.Clause // a spare one: parseProp often finds nothing to read
}

// blockBytes is the size of a full block: one of the allocator's, less the header it puts on blocks with pointers.
const blockBytes = 8192 - 8

// take is the next node of a block, of a new one when it is used up. Short texts get short blocks, most of which
// would go unused otherwise.
func take[T any](p *parser, block *[]T) *T {
	if len(*block) == 0 {
		*block = make([]T, p.blockLen(unsafe.Sizeof((*block)[0])))
	}
	x := &(*block)[0]
	*block = (*block)[1:]
	return x
}

func (p *parser) blockLen(size uintptr) int {
	return min(max(len(p.f.Src)/(64*int(size)/16), 2), blockBytes/int(size))
}

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
func cut[T any](p *parser, block *[]T, list []T) []T {
	if len(*block) < len(list) {
		n := p.blockLen(unsafe.Sizeof(list[0]))
		if len(list) > n/8 {
			return append(make([]T, 0, len(list)), list...)
		}
		*block = make([]T, n)
	}
	out := (*block)[:len(list):len(list)]
	copy(out, list)
	*block = (*block)[len(list):]
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
