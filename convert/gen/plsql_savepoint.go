package gen

import (
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// savepoints finds the pairs of SAVEPOINT and ROLLBACK TO that a block with handlers stands for: the savepoint is set at
// the beginning of the block or right in front of it, and the handlers begin with rolling back to it. An error leaves
// such a block with all that it did undone, which is what the pair is for. A savepoint that nothing rolls back to goes.
func (b *bodyFacts) savepoints(g *gen, node ast.Node, body *ast.Block) {
	if !hasWord(g.f, node.Range(), token.SAVEPOINT) {
		return // most routines; nothing can be dropped then
	}
	set := map[string][]*ast.Savepoint{}
	back := map[string][]*ast.Rollback{}
	var blocks []*ast.Block
	before := map[*ast.Block]*ast.Savepoint{}
	list := func(stmts []ast.Stmt) {
		for i := 0; i+1 < len(stmts); i++ {
			s, ok := stmts[i].(*ast.Savepoint)
			if !ok {
				continue
			}
			if inner, ok := stmts[i+1].(*ast.Block); ok && len(inner.Handlers) > 0 {
				before[inner] = s
			}
		}
	}
	ast.Walk(node, func(n ast.Node) bool {
		switch x := n.(type) {
		case *ast.Routine:
			return x == node
		case *ast.Savepoint:
			set[g.f.Last(x.Name)] = append(set[g.f.Last(x.Name)], x)
		case *ast.Rollback:
			if x.To != nil {
				back[g.f.Last(x.To)] = append(back[g.f.Last(x.To)], x)
			}
		case *ast.Block:
			list(x.Stmts)
			if len(x.Handlers) > 0 {
				blocks = append(blocks, x)
			}
		case *ast.Loop:
			list(x.Stmts)
		case *ast.While:
			list(x.Stmts)
		case *ast.For:
			list(x.Stmts)
		case *ast.IfArm:
			list(x.Then)
		}
		return true
	})
	for name, list := range set {
		if len(back[name]) == 0 {
			for _, s := range list {
				b.dropped[s] = true
			}
		}
	}
	for _, k := range blocks {
		s := before[k]
		if s == nil {
			for _, st := range k.Stmts {
				if p, ok := st.(*ast.Savepoint); ok {
					s = p
					break
				}
				if g.writesAny(st) {
					break
				}
			}
		}
		if s == nil {
			continue
		}
		name := g.f.Last(s.Name)
		var pairs []*ast.Rollback
		for _, h := range k.Handlers {
			for _, st := range h.Stmts {
				if r, ok := st.(*ast.Rollback); ok {
					if r.To != nil && g.f.Last(r.To) == name {
						pairs = append(pairs, r)
					}
					break
				}
				if g.writesAny(st) {
					break
				}
			}
		}
		if len(pairs) == 0 {
			continue
		}
		b.savepoint[k] = true
		b.dropped[s] = true
		for _, r := range pairs {
			b.dropped[r] = true
		}
	}
	// one that is rolled back to anywhere else as well is needed as it is
	for name, list := range back {
		for _, r := range list {
			if !b.dropped[r] {
				for _, s := range set[name] {
					delete(b.dropped, s)
				}
			}
		}
	}
}
