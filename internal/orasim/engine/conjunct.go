package engine

import (
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// conjunct is one of the conditions that a WHERE or ON clause joins by AND.
type conjunct struct {
	n        ast.Expr
	cond     cond
	used     map[int]bool // sources of the block
	outer    bool         // refers to blocks around
	volatile bool         // ROWNUM, sequences: stays where it is
	marked   int          // source with (+), -1 without
	stop     bool         // ROWNUM <= n: once false, false for good
	// of an equality: both sides, brought to one kind
	eq           bool
	x, y         expr
	xUsed, yUsed map[int]bool
	typ          typ
	exact        bool // equal bytes are equal values
	ranged       bool // the scan reads no row that does not meet it
	// of a comparison with ROWID
	op token.Kind
	// alternatives are the comparisons of a condition that joins them by OR, see compiler.alternatives
	alternatives [][]*conjunct
}

// conjuncts takes an expression apart at its ANDs and compiles each part.
func (c *compiler) conjuncts(e ast.Expr) ([]*conjunct, error) {
	switch n := e.(type) {
	case *ast.Paren:
		if b, ok := ast.Unparen(n.X).(*ast.Binary); ok && b.Op.Is(token.AND) {
			return c.conjuncts(n.X)
		}
	case *ast.Binary:
		if n.Op.Is(token.AND) {
			left, err := c.conjuncts(n.X)
			if err != nil {
				return nil, err
			}
			right, err := c.conjuncts(n.Y)
			return append(left, right...), err
		}
	case *ast.Between:
		// as two conditions, so that ROWID ranges are seen
		if !n.Not {
			return c.betweenConjuncts(n)
		}
	}
	k, err := c.conjunct(e)
	if err != nil {
		return nil, err
	}
	return []*conjunct{k}, nil
}

func (c *compiler) betweenConjuncts(n *ast.Between) ([]*conjunct, error) {
	var list []*conjunct
	for i, bound := range []ast.Expr{n.Low, n.Top} {
		op := token.Token{Kind: token.GE}
		if i == 1 {
			op.Kind = token.LE
		}
		k, err := c.conjunct(&ast.Binary{Span: n.Span, Op: op, X: n.X, Y: bound})
		if err != nil {
			return nil, err
		}
		list = append(list, k)
	}
	return list, nil
}

// tracked runs f and tells what it refers to.
func (c *compiler) tracked(f func() error) (used map[int]bool, outer, volatile bool, err error) {
	s := c.scope
	wasUsed, wasOuter, wasVolatile := s.used, s.outer, s.volatile
	s.used, s.outer, s.volatile = map[int]bool{}, false, false
	err = f()
	used, outer, volatile = s.used, s.outer, s.volatile
	s.used, s.outer, s.volatile = wasUsed, wasOuter || outer, wasVolatile || volatile
	for i := range used {
		if s.used != nil {
			s.used[i] = true
		}
	}
	return used, outer, volatile, err
}

func (c *compiler) conjunct(e ast.Expr) (*conjunct, error) {
	k := &conjunct{n: e, marked: -1}
	var err error
	k.used, k.outer, k.volatile, err = c.tracked(func() error {
		k.cond, err = c.cond(e)
		return err
	})
	if err != nil {
		return nil, err
	}
	if err := c.outerMark(k, e); err != nil {
		return nil, err
	}
	b, ok := ast.Unparen(e).(*ast.Binary)
	if !ok {
		return k, nil
	}
	k.op = b.Op.Kind
	if b.Op.Is(token.OR) && !k.volatile && len(k.used) == 1 {
		k.alternatives, err = c.alternatives(e)
		return k, err
	}
	if l, isList := ast.Unparen(b.X).(*ast.List); isList && len(l.Items) != 1 {
		return k, nil
	}
	switch k.op {
	case token.EQ, token.LT, token.LE, token.GT, token.GE:
		if k.used, k.volatile, err = c.sides(k, b); err != nil {
			return nil, err
		}
	}
	return k, nil
}

// sides compiles both sides of a comparison on their own.
func (c *compiler) sides(k *conjunct, b *ast.Binary) (used map[int]bool, volatile bool, err error) {
	var x, y expr
	var xv, yv, xo, yo bool
	k.xUsed, xo, xv, err = c.tracked(func() error { x, err = c.expr(b.X); return err })
	if err != nil {
		return nil, false, err
	}
	k.yUsed, yo, yv, err = c.tracked(func() error { y, err = c.expr(b.Y); return err })
	if err != nil {
		return nil, false, err
	}
	if n, ok := ast.Unparen(b.X).(*ast.Name); ok && xv && !yv && (k.op == token.LE || k.op == token.LT) && c.f.Source(n) != "" {
		k.stop = c.f.Last(n) == "ROWNUM" && len(k.yUsed) == 0
	}
	k.typ = pairType(x, y)
	px, py, _, err := c.sameKind(b, x, y)
	if err != nil {
		return nil, false, err
	}
	k.typ = pairType(px, py)
	// a bind of text beside a CHAR column compares exactly: the kind is that of the pair
	k.exact = px.typ.kind != kChar || py.typ.kind != kChar
	k.eq = k.op == token.EQ
	k.x, k.y = px, py
	// what no row of the block changes is computed once
	mx, my := once(px, len(k.xUsed) == 0 && !xo && !xv), once(py, len(k.yUsed) == 0 && !yo && !yv)
	if mx.eval != nil || my.eval != nil {
		if mx.eval == nil {
			mx = px
		}
		if my.eval == nil {
			my = py
		}
		k.x, k.y = mx, my
		if k.marked < 0 {
			if k.cond, err = c.compareExprs(b, k.op, mx, my); err != nil {
				return nil, false, err
			}
		}
	}
	used = map[int]bool{}
	for i := range k.xUsed {
		used[i] = true
	}
	for i := range k.yUsed {
		used[i] = true
	}
	return used, xv || yv, nil
}

// once keeps the value of an expression for as long as a statement runs. A statement is run by one goroutine at a time. It gives
// nothing where there is nothing to spare.
func once(x expr, fixed bool) expr {
	if !fixed || x.constant || x.bind > 0 || x.slot >= 0 {
		return expr{}
	}
	var of *execution
	var value []byte
	inner := x.eval
	x.eval = func(e *env) ([]byte, error) {
		if of == e.ex {
			return value, nil
		}
		v, err := inner(e)
		if err == nil {
			of, value = e.ex, v
		}
		return v, err
	}
	return x
}

// outerMark finds the table that (+) stands at.
func (c *compiler) outerMark(k *conjunct, e ast.Expr) error {
	var err error
	inOr := false
	ast.Walk(e, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.Subquery, *ast.Exists:
			return false
		case *ast.Binary:
			if n.Op.Is(token.OR) {
				inOr = true
			}
		case *ast.OuterMark:
			name, ok := ast.Unparen(n.X).(*ast.Name)
			if !ok {
				err = c.unsupported(n, "(+)")
				return false
			}
			parts := c.f.Parts(name)
			hit, err2 := c.scope.find(parts)
			if err2 != nil || hit == nil {
				if last := parts[len(parts)-1]; last == "ROWID" && len(parts) > 1 {
					if x := c.scope.source(parts[:len(parts)-1]); x != nil {
						k.marked = x.index
						return false
					}
				}
				err = c.unsupported(n, "(+)")
				return false
			}
			if k.marked >= 0 && k.marked != hit.src.index {
				err = c.fail(n, 1468)
				return false
			}
			k.marked = hit.src.index
			return false
		}
		return true
	})
	if err == nil && k.marked >= 0 && inOr {
		return c.fail(e, 1719)
	}
	return err
}

// within reports whether a conjunct refers to no other sources than these.
func (k *conjunct) within(srcs []int) bool {
	if k.volatile {
		return false
	}
	return subset(k.used, srcs)
}

func subset(used map[int]bool, srcs []int) bool {
	n := 0
	for _, i := range srcs {
		if used[i] {
			n++
		}
	}
	return n == len(used)
}

// pairFor gives the sides of an equality between two sets of sources.
func (k *conjunct) pairFor(left, right []int) (pair, bool) {
	if !k.eq || k.volatile || len(k.xUsed) == 0 || len(k.yUsed) == 0 {
		return pair{}, false
	}
	switch {
	case subset(k.xUsed, left) && subset(k.yUsed, right):
		return pair{left: k.x, right: k.y, typ: k.typ}, true
	case subset(k.xUsed, right) && subset(k.yUsed, left):
		return pair{left: k.y, right: k.x, typ: k.typ}, true
	}
	return pair{}, false
}
