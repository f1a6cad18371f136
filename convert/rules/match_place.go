package rules

import (
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// above is the nearest node of a type over the one at hand.
func above[N ast.Node](p *Pass) (n N, ok bool) {
	for i := len(p.parents) - 1; i >= 0; i-- {
		if n, ok = p.parents[i].(N); ok {
			return n, true
		}
	}
	return n, false
}

// inColumn gives the column definition that a data type belongs to, with its table; ok is false for the types of
// variables, parameters, casts.
func (p *Pass) inColumn() (column *ast.ColumnDef, ok bool) {
	column, ok = p.Parent(0).(*ast.ColumnDef)
	return column, ok
}

// inSQL reports whether the node is inside a query or DML statement.
func (p *Pass) inSQL() bool {
	for _, n := range p.parents {
		switch n.(type) {
		case *ast.Select, *ast.Insert, *ast.Update, *ast.Delete, *ast.Merge, *ast.MultiInsert:
			return true
		}
	}
	return false
}

// inPLSQL reports whether the node is inside a PL/SQL block.
func (p *Pass) inPLSQL() bool {
	_, ok := above[*ast.Block](p)
	return ok
}

// routine is the innermost routine around the node, nil outside.
func (p *Pass) routine() *ast.Routine {
	r, _ := above[*ast.Routine](p)
	return r
}

// autonomous reports whether the routine, trigger or block around the node runs in a transaction of its own.
func (p *Pass) autonomous() bool {
	for i := len(p.parents) - 1; i >= 0; i-- {
		if b, ok := p.parents[i].(*ast.Block); ok && declaresAutonomous(b.Decls) {
			return true
		}
	}
	return false
}

func declaresAutonomous(decls []ast.Decl) bool {
	for _, d := range decls {
		if pr, ok := d.(*ast.Pragma); ok && pr.Kind == token.AUTONOMOUS_TRANSACTION {
			return true
		}
	}
	return false
}

// inHandler, inLoop and inTrigger tell what stands around the node, up to the routine it belongs to.
func (p *Pass) inHandler() bool {
	return p.within(func(n ast.Node) bool { _, ok := n.(*ast.Handler); return ok })
}

func (p *Pass) inLoop() bool {
	return p.within(func(n ast.Node) bool {
		switch n.(type) {
		case *ast.Loop, *ast.While, *ast.For:
			return true
		}
		return false
	})
}

func (p *Pass) inTrigger() bool {
	return p.within(func(n ast.Node) bool { _, ok := n.(*ast.CreateTrigger); return ok })
}

// inHandledBlock reports whether a block with exception handlers stands around the node within its routine.
func (p *Pass) inHandledBlock() bool {
	return p.within(func(n ast.Node) bool { b, ok := n.(*ast.Block); return ok && len(b.Handlers) > 0 })
}

func (p *Pass) within(is func(ast.Node) bool) bool {
	for i := len(p.parents) - 1; i >= 0; i-- {
		if _, ok := p.parents[i].(*ast.Routine); ok {
			return false
		}
		if is(p.parents[i]) {
			return true
		}
	}
	return false
}

// queryBlock is the innermost query block around the node, nil outside.
func (p *Pass) queryBlock() *ast.QueryBlock {
	q, _ := above[*ast.QueryBlock](p)
	return q
}

// holds reports whether is holds for n or anything below it; subqueries and nested routines are left out.
func holds(n ast.Node, is func(ast.Node) bool) bool {
	found := false
	ast.Walk(n, func(c ast.Node) bool {
		if found {
			return false
		}
		if is(c) {
			found = true
		}
		switch c.(type) {
		case *ast.Select, *ast.Routine:
			return c == n
		}
		return !found
	})
	return found
}
