package gen

import (
	"strings"

	"landfall/internal/oracle/syntax/ast"
)

// PL/pgSQL has no GOTO. A jump forward leaves a labelled block that ends where the label stands; a jump back goes on with
// a labelled loop that begins there and is left at its end.

// jumps finds the labels of the routine at hand that GOTOs go to, and where blocks and loops have to stand.
type jumps struct {
	ends   map[ast.Stmt]string // blocks that end in front of a statement
	loops  map[ast.Stmt]string // loops that begin there
	around map[ast.Stmt]string // blocks that begin there, outside of the loops
	begins map[ast.Stmt]string // blocks that begin there, inside the loops
	behind map[ast.Stmt]string // what stands behind it, with its semicolons but the last
	exit   map[*ast.Goto]string
}

// jumpsOf looks at all statement lists of the routine once.
func (g *gen) jumpsOf() *jumps {
	b := g.body
	if b.jumps != nil {
		return b.jumps
	}
	b.jumps = &jumps{
		ends: map[ast.Stmt]string{}, loops: map[ast.Stmt]string{}, around: map[ast.Stmt]string{}, begins: map[ast.Stmt]string{}, behind: map[ast.Stmt]string{}, exit: map[*ast.Goto]string{},
	}
	if b.facts == nil || !b.facts.gotos || b.node == nil {
		return b.jumps
	}
	ast.Walk(b.node, func(n ast.Node) bool {
		for _, list := range stmtLists(n) {
			g.jumpsIn(list, b.jumps)
		}
		if r, ok := n.(*ast.Routine); ok && ast.Node(r) != b.node {
			return false
		}
		return true
	})
	return b.jumps
}

func stmtLists(n ast.Node) [][]ast.Stmt {
	switch x := n.(type) {
	case *ast.Block:
		return [][]ast.Stmt{x.Stmts}
	case *ast.IfArm:
		return [][]ast.Stmt{x.Then}
	case *ast.If:
		return [][]ast.Stmt{x.Else}
	case *ast.CaseArm:
		return [][]ast.Stmt{x.Then}
	case *ast.CaseStmt:
		return [][]ast.Stmt{x.Else}
	case *ast.Loop:
		return [][]ast.Stmt{x.Stmts}
	case *ast.While:
		return [][]ast.Stmt{x.Stmts}
	case *ast.For:
		return [][]ast.Stmt{x.Stmts}
	case *ast.Handler:
		return [][]ast.Stmt{x.Stmts}
	}
	return nil
}

// jumpsIn handles the labels of one list. Blocks for jumps forward begin as early as they can, so that they lie inside each
// other; one whose label lies in a loop for jumps back begins in that loop.
func (g *gen) jumpsIn(list []ast.Stmt, js *jumps) {
	type span struct{ from, to int }
	var backs []span
	for k, s := range list {
		for _, name := range ast.Labels(s) {
			label := g.f.Last(name)
			last := -1
			for i := k; i < len(list); i++ {
				for _, gt := range g.gotosTo(list[i], label) {
					last = i
					js.exit[gt] = "CONTINUE " + g.jumpName(label+"$BACK")
				}
			}
			if last >= 0 {
				back := g.jumpName(label + "$BACK")
				js.loops[s] += "<<" + back + ">>\nLOOP\n"
				js.behind[list[last]] = ";\nEXIT " + back + ";\nEND LOOP" + js.behind[list[last]]
				backs = append(backs, span{k, last})
			}
		}
	}
	for k, s := range list {
		for _, name := range ast.Labels(s) {
			label := g.f.Last(name)
			var gotos []*ast.Goto
			first := -1
			for i := range k {
				for _, gt := range g.gotosTo(list[i], label) {
					if first < 0 {
						first = i
					}
					gotos = append(gotos, gt)
				}
			}
			start := 0
			for _, b := range backs {
				if b.from < k && k <= b.to {
					start = max(start, b.from)
				}
			}
			if first < 0 || first < start {
				continue
			}
			for _, gt := range gotos {
				js.exit[gt] = "EXIT " + g.jumpName(label)
			}
			open := "<<" + g.jumpName(label) + ">>\nBEGIN\n"
			around := false // a loop that begins at the same statement ends before the block does
			for _, b := range backs {
				around = around || b.from == start && b.to < k
			}
			if around {
				js.around[list[start]] = open + js.around[list[start]]
			} else {
				js.begins[list[start]] = open + js.begins[list[start]]
			}
			js.ends[s] = "END;\n" + js.ends[s]
		}
	}
}

func (g *gen) jumpName(label string) string { return g.localName(label) }

// gotosTo are the GOTOs inside a statement that go to a label.
func (g *gen) gotosTo(s ast.Stmt, label string) []*ast.Goto {
	var list []*ast.Goto
	ast.Walk(s, func(n ast.Node) bool {
		if x, ok := n.(*ast.Goto); ok && g.f.Last(x.Label) == label {
			list = append(list, x)
		}
		return true
	})
	return list
}

// gotoStmt converts GOTO.
func (g *gen) gotoStmt(x *ast.Goto) string {
	if s, ok := g.jumpsOf().exit[x]; ok {
		return s
	}
	return g.refuse(x, "goto", "GOTO %s: the label stands where no block or loop around it can be left", g.source(x.Label)).s
}

// labeled converts a statement that a GOTO can go to.
func (g *gen) labeled(x *ast.Labeled) string { return g.stmt(x.Stmt) }

// withJumps puts the blocks and loops that stand for labels around the text of a statement.
func (g *gen) withJumps(s ast.Stmt, text string) string {
	if g.body == nil || g.body.jumpless[s] {
		return text
	}
	before, behind := g.jumpMarks(s)
	return before + text + behind
}

// jumpMarks are the blocks and loops that begin and end in front of a statement and behind it.
func (g *gen) jumpMarks(s ast.Stmt) (before, behind string) {
	if g.body == nil || g.body.facts == nil || !g.body.facts.gotos {
		return "", ""
	}
	js := g.jumpsOf()
	in := "\n" + g.indent(s)
	return strings.ReplaceAll(js.ends[s]+js.around[s]+js.loops[s]+js.begins[s], "\n", in), strings.ReplaceAll(js.behind[s], "\n", in)
}
