package engine

import (
	"encoding/json"
	"strings"
	"unicode/utf8"

	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
	"landfall/internal/orasim/ora"
)

// cond compiles a condition.
func (c *compiler) cond(e ast.Expr) (cond, error) {
	switch n := e.(type) {
	case *ast.Paren:
		return c.cond(n.X)
	case *ast.List:
		if len(n.Items) == 1 {
			return c.cond(n.Items[0])
		}
	case *ast.Binary:
		return c.binaryCond(n)
	case *ast.Unary:
		if n.Op.Is(token.NOT) {
			k, err := c.cond(n.X)
			if err != nil {
				return nil, err
			}
			return negate(k), nil
		}
		if n.Op.Is(token.PRIOR) {
			return c.priorCond(n)
		}
	case *ast.Is:
		if c.inPLSQL() {
			if _, ok, err := c.nameOfBlock(n); ok || err != nil {
				return c.booleanCond(n)
			}
		}
		return c.isCond(n)
	case *ast.In:
		return c.inCond(n)
	case *ast.Between:
		return c.between(n)
	case *ast.Like:
		return c.like(n)
	case *ast.Exists:
		return c.exists(n)
	case *ast.Member:
		return c.member(n)
	case *ast.Quantified:
		return c.quantified(n)
	case *ast.Call:
		if !c.inPLSQL() || c.isCondCall(n) {
			return c.condCall(n)
		}
	}
	if c.inPLSQL() {
		return c.booleanCond(e)
	}
	if _, bad := e.(*ast.BadExpr); !bad {
		switch e.(type) {
		case *ast.Name, *ast.Literal, *ast.BindExpr, *ast.Case, *ast.Subquery:
			return nil, ora.At(ora.New(920), c.tokenAt(e.Range().Hi))
		}
	}
	return nil, c.unsupported(e, "condition")
}

// priorCond is PRIOR over a comparison: it belongs to the left side.
func (c *compiler) priorCond(n *ast.Unary) (cond, error) {
	return nil, c.unsupported(n, "PRIOR before a condition")
}

func (c *compiler) binaryCond(n *ast.Binary) (cond, error) {
	switch {
	case n.Op.Is(token.AND), n.Op.Is(token.OR):
		x, err := c.cond(n.X)
		if err != nil {
			return nil, err
		}
		y, err := c.cond(n.Y)
		if err != nil {
			return nil, err
		}
		if n.Op.Is(token.AND) {
			return allOf([]cond{x, y}), nil
		}
		return anyOf([]cond{x, y}), nil
	}
	switch n.Op.Kind {
	case token.EQ, token.NE, token.LT, token.LE, token.GT, token.GE:
	default:
		if c.inPLSQL() {
			return c.booleanCond(n)
		}
		return nil, ora.At(ora.New(920), c.tokenAt(n.Range().Hi))
	}
	left, lok := ast.Unparen(n.X).(*ast.List)
	if lok && len(left.Items) > 1 {
		return c.rowComparison(n, n.Op.Kind, n.X, n.Y)
	}
	x, err := c.expr(n.X)
	if err != nil {
		return nil, err
	}
	y, err := c.expr(n.Y)
	if err != nil {
		return nil, err
	}
	return c.compareExprs(n, n.Op.Kind, x, y)
}

// rowComparison is (a, b) = (c, d) or = (subquery).
func (c *compiler) rowComparison(n ast.Node, op token.Kind, left, right ast.Expr) (cond, error) {
	if op != token.EQ && op != token.NE {
		return nil, c.unsupported(n, "comparison of lists")
	}
	xs, err := c.rowValue(left)
	if err != nil {
		return nil, err
	}
	if q, ok := ast.Unparen(right).(*ast.Subquery); ok {
		return c.rowSubquery(n, op, xs, q)
	}
	// ((1, 2)) is how the right side of a comparison of lists is written
	if l, ok := ast.Unparen(right).(*ast.List); ok && len(l.Items) == 1 {
		right = l.Items[0]
	}
	ys, err := c.rowValue(right)
	if err != nil {
		return nil, err
	}
	k, err := c.rowsEqual(n, xs, ys)
	if err != nil {
		return nil, err
	}
	if op == token.NE {
		return negate(k), nil
	}
	return k, nil
}

func (c *compiler) rowsEqual(n ast.Node, xs, ys []expr) (cond, error) {
	if len(xs) < len(ys) {
		return nil, c.fail(n, 913)
	}
	if len(xs) > len(ys) {
		return nil, c.fail(n, 947)
	}
	ks := make([]cond, len(xs))
	for i := range xs {
		k, err := c.compareExprs(n, token.EQ, xs[i], ys[i])
		if err != nil {
			return nil, err
		}
		ks[i] = k
	}
	return allOf(ks), nil
}

func (c *compiler) isCond(n *ast.Is) (cond, error) {
	if c.inPLSQL() && (n.What == token.SET || n.What == token.EMPTY) {
		return nil, c.unsupported(n, "condition")
	}
	var k cond
	x, err := c.expr(n.X)
	if err != nil {
		return nil, err
	}
	switch n.What {
	case token.NULL:
		k = func(e *env) (tri, error) {
			v, err := x.eval(e)
			return truth(v == nil), err
		}
	case token.OF:
		if k, err = c.isOf(n, x); err != nil {
			return nil, err
		}
	case token.SET:
		if k, err = c.isASet(n, x); err != nil {
			return nil, err
		}
	case token.EMPTY:
		if k, err = c.isEmpty(n, x); err != nil {
			return nil, err
		}
	case token.NAN, token.INFINITE:
		y, err := c.convert(n, x, kDouble)
		if err != nil {
			return nil, err
		}
		nan := n.What == token.NAN
		k = unaryCond(y, func(_ *env, v []byte) (tri, error) {
			f := decodeDouble(v)
			if nan {
				return truth(f != f), nil
			}
			return truth(f-f != f-f && f == f), nil
		})
	case token.JSON:
		strict := false
		if n.Opts != nil {
			switch strings.Trim(upper(strings.TrimSpace(c.f.Source(n.Opts))), "()") {
			case "", "FORMAT JSON":
			case "STRICT":
				strict = true
			default:
				return nil, c.unsupported(n, "condition")
			}
		}
		if x.typ.kind != kBlob && x.typ.kind != kRaw {
			if x, err = c.text(n, x); err != nil {
				return nil, err
			}
		}
		k = unaryCond(x, func(_ *env, v []byte) (tri, error) {
			if json.Valid(v) || strict {
				return truth(json.Valid(v)), nil
			}
			// Oracle takes JavaScript's laxer syntax too
			return unknown, ora.Unsupported("IS JSON of what is no strict JSON")
		})
	default:
		return nil, c.unsupported(n, "condition")
	}
	if n.Not {
		k = negate(k)
	}
	return k, nil
}

func (c *compiler) between(n *ast.Between) (cond, error) {
	x, err := c.expr(n.X)
	if err != nil {
		return nil, err
	}
	lo, err := c.expr(n.Low)
	if err != nil {
		return nil, err
	}
	hi, err := c.expr(n.Top)
	if err != nil {
		return nil, err
	}
	a, err := c.compareExprs(n, token.GE, x, lo)
	if err != nil {
		return nil, err
	}
	b, err := c.compareExprs(n, token.LE, x, hi)
	if err != nil {
		return nil, err
	}
	k := allOf([]cond{a, b})
	if n.Not {
		k = negate(k)
	}
	return k, nil
}

func (c *compiler) inCond(n *ast.In) (cond, error) {
	xs, err := c.rowValue(n.X)
	if err != nil {
		return nil, err
	}
	var k cond
	switch set := ast.Unparen(n.Set).(type) {
	case *ast.Subquery:
		k, err = c.inSubquery(n, xs, set)
	case *ast.List:
		items := set.Items
		// (a, b) IN ((1, 2)) reads as a list of one list, (a, b) IN (1, 2) is wrong
		ks := make([]cond, 0, len(items))
		for _, it := range items {
			ys, err := c.rowValue(it)
			if err != nil {
				return nil, err
			}
			if len(xs) == 1 && len(ys) == 1 {
				one, err := c.compareExprs(it, token.EQ, xs[0], ys[0])
				if err != nil {
					return nil, err
				}
				ks = append(ks, one)
				continue
			}
			one, err := c.rowsEqual(it, xs, ys)
			if err != nil {
				return nil, err
			}
			ks = append(ks, one)
		}
		if len(ks) == 0 {
			return nil, c.fail(n, 936)
		}
		k = anyOf(ks)
	default:
		ys, err2 := c.rowValue(n.Set)
		if err2 != nil {
			return nil, err2
		}
		k, err = c.rowsEqual(n, xs, ys)
	}
	if err != nil {
		return nil, err
	}
	if n.Not {
		k = negate(k)
	}
	return k, nil
}

// quantified is x op ANY|SOME|ALL (list or subquery).
func (c *compiler) quantified(n *ast.Quantified) (cond, error) {
	if q, ok := ast.Unparen(n.Set).(*ast.Subquery); ok {
		return c.quantifiedSubquery(n, q)
	}
	x, err := c.expr(n.X)
	if err != nil {
		return nil, err
	}
	items := []ast.Expr{n.Set}
	if l, ok := ast.Unparen(n.Set).(*ast.List); ok {
		items = l.Items
	}
	var ks []cond
	for _, it := range items {
		y, err := c.expr(it)
		if err != nil {
			return nil, err
		}
		k, err := c.compareExprs(n, n.Op.Kind, x, y)
		if err != nil {
			return nil, err
		}
		ks = append(ks, k)
	}
	if n.Quant == token.ALL {
		return allOf(ks), nil
	}
	return anyOf(ks), nil
}

// like is X LIKE pattern [ESCAPE c], by characters.
func (c *compiler) like(n *ast.Like) (cond, error) {
	if n.Op != token.LIKE && n.Op != token.LIKEC {
		return nil, c.unsupported(n, "condition")
	}
	x, err := c.exprText(n.X)
	if err != nil {
		return nil, err
	}
	p, err := c.exprText(n.Pattern)
	if err != nil {
		return nil, err
	}
	var esc expr
	if n.Escape != nil {
		if esc, err = c.exprText(n.Escape); err != nil {
			return nil, err
		}
	}
	k := func(e *env) (tri, error) {
		v, err := x.eval(e)
		if v == nil || err != nil {
			return unknown, err
		}
		pat, err := p.eval(e)
		if pat == nil || err != nil {
			return unknown, err
		}
		escape := rune(-1)
		if esc.eval != nil {
			s, err := esc.eval(e)
			if err != nil {
				return unknown, err
			}
			r, size := utf8.DecodeRune(s)
			if len(s) == 0 || size != len(s) {
				return unknown, ora.New(1425)
			}
			escape = r
		}
		tokens, err := likePattern(string(pat), escape)
		if err != nil {
			return unknown, err
		}
		return truth(matchLike([]rune(string(v)), tokens)), nil
	}
	if n.Not {
		return negate(k), nil
	}
	return k, nil
}

func (c *compiler) exprText(e ast.Expr) (expr, error) {
	x, err := c.expr(e)
	if err != nil {
		return x, err
	}
	return c.text(e, x)
}

const (
	likeOne  rune = -1
	likeMany rune = -2
)

func likePattern(p string, escape rune) ([]rune, error) {
	var out []rune
	rs := []rune(p)
	for i := 0; i < len(rs); i++ {
		switch r := rs[i]; {
		case r == escape:
			i++
			if i == len(rs) || rs[i] != '%' && rs[i] != '_' && rs[i] != escape {
				return nil, ora.New(1424)
			}
			out = append(out, rs[i])
		case r == '%':
			if n := len(out); n == 0 || out[n-1] != likeMany {
				out = append(out, likeMany)
			}
		case r == '_':
			out = append(out, likeOne)
		default:
			out = append(out, r)
		}
	}
	return out, nil
}

// matchLike is linear but for the last %: the usual two pointers with one place to come back to.
func matchLike(s, p []rune) bool {
	i, j := 0, 0
	star, mark := -1, 0
	for i < len(s) {
		switch {
		case j < len(p) && p[j] == likeMany:
			star, mark = j, i
			j++
		case j < len(p) && (p[j] == likeOne || p[j] == s[i]):
			i++
			j++
		case star >= 0:
			mark++
			i, j = mark, star+1
		default:
			return false
		}
	}
	for j < len(p) && p[j] == likeMany {
		j++
	}
	return j == len(p)
}
