package gen

import (
	"slices"
	"strconv"

	"landfall/internal/oracle/resolve"
	"landfall/internal/oracle/syntax/ast"
)

// dynamicRows converts a block that only changes rows or reads some: the statement in it does the same. ok is false where what comes
// back does not go to arguments of its own.
func (g *gen) dynamicRows(at ast.Node, d *resolve.Dynamic, sub *gen, s ast.Stmt, binds map[uint32]int, using []*ast.UsingArg) (r dynamicSQL, ok bool) {
	r = dynamicSQL{known: true, used: []int{}}
	var into *ast.Into
	sel, _ := s.(*ast.SelectStmt)
	if ret := returningOf(s); ret != nil {
		into = ret.Into
	} else if sel != nil {
		b := intoBlock(sel.Query.Body)
		if b == nil {
			return r, false
		}
		into, r.query, r.strict = b.Into, true, !b.Into.Bulk
	}
	if into != nil {
		if _, ok := at.(*ast.ExecImmediate); !ok {
			return r, false
		}
		r.bulk = into.Bulk
		for _, t := range into.Targets {
			b, bind := t.(*ast.BindExpr)
			if !bind || binds[b.Lo] >= len(using) || !using[binds[b.Lo]].Out {
				return r, false
			}
			r.outs = append(r.outs, binds[b.Lo])
		}
	}
	number := map[int]int{}
	for i, u := range using {
		if u.Out && !u.In {
			if !slices.Contains(r.outs, i) {
				return r, false
			}
			continue
		}
		r.used = append(r.used, i)
		number[i] = len(r.used)
	}
	sub.noInto = true
	sub.bindText = func(tok uint32) string {
		if n, ok := number[binds[tok]]; ok {
			return "$" + strconv.Itoa(n)
		}
		return "NULL"
	}
	if sel == nil {
		sql, _ := sub.dml(s)
		r.text = g.holeText(d, sql)
		return r, true
	}
	sub.bulkInto = into
	sub.placeTargets(sel.Query, func(items int) []resolve.Type {
		var targets []ast.Expr
		for _, i := range r.outs {
			targets = append(targets, using[i].X)
		}
		return g.targetTypes(targets, items, r.bulk)
	})
	r.text = g.holeText(d, sub.query(sel.Query))
	return r, true
}

// hides reports whether a name in the one SQL statement of a block that is run as text is a variable of the routine around it, which
// the text does not see: inline, it would stand for the variable.
func (g *gen) hides(sub *gen, b *ast.Block) bool {
	if len(b.Decls) > 0 || len(b.Handlers) > 0 || len(b.Stmts) != 1 || g.body.facts == nil {
		return false
	}
	switch b.Stmts[0].(type) {
	case *ast.Insert, *ast.Update, *ast.Delete, *ast.Merge, *ast.SelectStmt:
	default:
		return false
	}
	for i := range sub.f.Significant(b.Stmts[0].Range()) {
		if sub.f.Tokens[i].Name() && g.body.facts.declared[sub.f.Ident(i)] {
			return true
		}
	}
	return false
}
