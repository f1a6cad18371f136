package engine

import (
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
	"landfall/internal/orasim/ora"
	"landfall/internal/orasim/value/number"
)

// expr compiles an expression that has a value.
func (c *compiler) expr(e ast.Expr) (expr, error) {
	if x, ok, err := c.grouped(e); ok || err != nil {
		return x, err
	}
	if c.names != nil {
		if x, ok, err := c.ofBlock(e); ok || err != nil {
			return x, err
		}
	}
	switch n := e.(type) {
	case *ast.Paren:
		return c.expr(n.X)
	case *ast.List:
		if len(n.Items) == 1 {
			return c.expr(n.Items[0])
		}
		return expr{}, c.fail(n, 907)
	case *ast.Literal:
		return c.literal(n)
	case *ast.Name:
		return c.name(n)
	case *ast.OuterMark:
		return c.expr(n.X)
	case *ast.BindExpr:
		return c.bind(n)
	case *ast.Unary:
		return c.unary(n)
	case *ast.Binary:
		switch n.Op.Kind {
		case token.Plus, token.Minus, token.Star, token.Slash, token.Concat:
			x, err := c.expr(n.X)
			if err != nil {
				return expr{}, err
			}
			y, err := c.expr(n.Y)
			if err != nil {
				return expr{}, err
			}
			if n.Op.Kind == token.Concat {
				return c.concat(n, x, y)
			}
			return c.arithmetic(n, n.Op.Kind, x, y)
		}
		return expr{}, c.unsupported(n, "a condition as a value")
	case *ast.Case:
		return c.caseExpr(n)
	case *ast.Call:
		return c.call(n)
	case *ast.Field:
		return c.fieldExpr(n)
	case *ast.Cast:
		return c.castExpr(n)
	case *ast.Extract:
		return c.extract(n)
	case *ast.Subquery:
		return c.scalarSubquery(n)
	case *ast.Multiset:
		return c.multisetOp(n)
	case *ast.CursorExpr:
		return expr{}, c.fail(n, 22902)
	case *ast.AtTimeZone:
		return c.atTimeZone(n)
	case *ast.IntervalOf:
		return c.intervalOf(n)
	}
	return expr{}, c.unsupported(e, "expression")
}

func (c *compiler) bind(n *ast.BindExpr) (expr, error) {
	i, ok := c.bindOf[n.Lo]
	if c.ddl {
		return expr{}, c.fail(n, 1027)
	}
	if !ok || i >= len(c.binds) {
		return expr{}, c.fail(n, 1008)
	}
	x := computed(c.binds[i].typ, func(e *env) ([]byte, error) { return e.ex.binds[i], nil })
	x.bind = i + 1
	return x, nil
}

func (c *compiler) unary(n *ast.Unary) (expr, error) {
	switch {
	case n.Op.Is(token.PRIOR):
		if c.scope == nil || !c.scope.hier {
			return expr{}, c.fail(n, 976)
		}
		was := c.inPrior
		c.inPrior = true
		x, err := c.expr(n.X)
		c.inPrior = was
		if err != nil {
			return expr{}, err
		}
		return computed(x.typ, func(e *env) ([]byte, error) {
			prior := e.prior
			if prior == nil && e.node != nil && e.node.parent != nil {
				prior = e.node.parent.row
			}
			if prior == nil {
				return nil, nil
			}
			return x.eval(&env{row: prior, outer: e.outer, ex: e.ex})
		}), nil
	case n.Op.Is(token.CONNECT_BY_ROOT):
		if c.scope == nil || !c.scope.hier {
			return expr{}, c.fail(n, 976)
		}
		x, err := c.expr(n.X)
		if err != nil {
			return expr{}, err
		}
		return computed(x.typ, func(e *env) ([]byte, error) {
			root := e.node
			if root == nil {
				return nil, ora.Unsupported("CONNECT_BY_ROOT behind GROUP BY")
			}
			for root.parent != nil {
				root = root.parent
			}
			return x.eval(&env{row: root.row, outer: e.outer, ex: e.ex, node: root})
		}), nil
	case n.Op.Kind == token.Minus, n.Op.Kind == token.Plus:
		x, err := c.expr(n.X)
		if err != nil {
			return expr{}, err
		}
		if n.Op.Kind == token.Plus {
			if x.typ.kind.text() {
				return c.convert(n, x, kNumber)
			}
			return x, nil
		}
		if x.typ.kind.interval() || x.typ.kind == kDouble || x.typ.kind == kFloat {
			minus := fixed(tNumber, number.FromInt(-1).Bytes())
			return c.arithmetic(n, token.Star, x, minus)
		}
		f, err := c.number(n, x)
		if err != nil {
			return expr{}, err
		}
		r := computed(tNumber, func(e *env) ([]byte, error) {
			v, ok, err := f(e)
			if !ok || err != nil {
				return nil, err
			}
			return v.Neg().Bytes(), nil
		})
		r.constant = x.constant
		return r, nil
	}
	return expr{}, c.unsupported(n, "operator")
}

// name compiles a column, pseudocolumn, sequence or function without parentheses.
func (c *compiler) name(n *ast.Name) (expr, error) {
	if n.Link != 0 {
		return expr{}, c.unsupported(n, "database link")
	}
	parts := c.f.Parts(n)
	if n.Star || len(parts) == 0 {
		return expr{}, c.fail(n, 936)
	}
	if c.scope != nil && c.scope.aliases != nil && len(parts) == 1 {
		if x, ok := c.scope.aliases[parts[0]]; ok {
			if x.eval == nil {
				return expr{}, c.fail(n, 960)
			}
			return x, nil
		}
	}
	hit, err := c.column(n, parts)
	if err != nil {
		return expr{}, err
	}
	if hit != nil {
		return c.columnExpr(n, hit)
	}
	if x, ok, err := c.attributeName(n, parts); ok || err != nil {
		return x, err
	}
	if c.names != nil {
		if x, ok, err := c.nameOfBlock(n); ok || err != nil {
			return x, err
		}
	}
	if x, ok, err := c.pseudo(n, parts); ok || err != nil {
		return x, err
	}
	if len(parts) <= 3 {
		if x, ok, err := c.sequenceExpr(n, parts); ok || err != nil {
			return x, err
		}
	}
	if x, ok, err := c.callBuiltin(n, parts, nil, nil); ok || err != nil {
		return x, err
	}
	return expr{}, c.unknownName(n, n, parts, "value")
}

func (c *compiler) columnExpr(n ast.Node, hit *found) (expr, error) {
	if hit.col.merged && hit.col.hidden {
		return expr{}, c.fail(n, 25154)
	}
	c.touch(hit.depth, hit.src.index)
	slot := hit.col.slot
	if hit.depth == 0 && hit.scope.nested != nil && !c.inNested {
		return expr{}, c.fail(n, 937)
	}
	if hit.scope.stage == stageGroup {
		key, ok := hit.scope.group.keyOf(slot)
		if !ok {
			return expr{}, c.fail(n, hit.scope.group.notAKey())
		}
		slot = key
	}
	x := expr{typ: hit.col.typ, slot: -1, col: hit.col}
	switch hit.depth {
	case 0:
		x.slot = slot
		x.eval = func(e *env) ([]byte, error) { return e.row[slot], nil }
	case 1:
		x.eval = func(e *env) ([]byte, error) { return e.outer.row[slot], nil }
	default:
		depth := hit.depth
		x.eval = func(e *env) ([]byte, error) {
			for range depth {
				e = e.outer
			}
			return e.row[slot], nil
		}
	}
	return x, nil
}

// slotExpr reads a place of the row of the block at a depth.
func slotExpr(t typ, depth, slot int) expr {
	x := computed(t, func(e *env) ([]byte, error) {
		for range depth {
			e = e.outer
		}
		return e.row[slot], nil
	})
	if depth == 0 {
		x.slot = slot
	}
	return x
}

// pseudo compiles a pseudocolumn.
func (c *compiler) pseudo(n *ast.Name, parts []string) (expr, bool, error) {
	name := parts[len(parts)-1]
	switch name {
	case "ROWID", "ORA_ROWSCN":
		depth := 0
		for s := c.scope; s != nil; s = s.parent {
			var hit *src
			for _, x := range s.srcs {
				if x.is(parts[:len(parts)-1]) && x.rowid != noRowID {
					if hit != nil {
						return expr{}, false, c.fail(n, 918)
					}
					hit = x
				}
			}
			if hit != nil {
				c.touch(depth, hit.index)
				if name == "ORA_ROWSCN" {
					return expr{}, false, c.unsupported(n, "pseudocolumn")
				}
				slot := hit.rowid
				hit.wantRowID = true
				if s.stage == stageGroup {
					key, ok := s.group.keyOf(slot)
					if !ok {
						return expr{}, false, c.fail(n, s.group.notAKey())
					}
					slot = key
				}
				return slotExpr(tRowID, depth, slot), true, nil
			}
			depth++
		}
		if len(parts) > 1 {
			return expr{}, false, c.invalid(n, parts)
		}
		return expr{}, false, c.fail(n, 1446)
	}
	if len(parts) > 1 {
		return expr{}, false, nil
	}
	slot := -1
	switch name {
	case "ROWNUM":
		slot = slotRownum
	case "LEVEL":
		slot = slotLevel
	case "CONNECT_BY_ISLEAF":
		slot = slotLeaf
	case "CONNECT_BY_ISCYCLE":
		slot = slotCycle
	}
	if slot < 0 {
		return expr{}, false, nil
	}
	depth := 0
	s := c.scope
	for ; s != nil; s = s.parent {
		if slot == slotRownum && len(s.srcs) > 0 || s.hier {
			break
		}
		depth++
	}
	if s == nil {
		if slot == slotRownum {
			return expr{}, false, c.fail(n, 976)
		}
		return expr{}, false, c.fail(n, 1788)
	}
	s.rownum = s.rownum || slot == slotRownum
	if depth == 0 {
		s.volatile = true
	}
	for k := c.scope; k != s; k = k.parent {
		k.outer = true
	}
	if s.stage == stageGroup {
		key, ok := s.group.keyOf(slot)
		if !ok {
			return expr{}, false, c.fail(n, s.group.notAKey())
		}
		slot = key
	}
	return slotExpr(tNumber, depth, slot), true, nil
}

// caseExpr is CASE in both forms.
func (c *compiler) caseExpr(n *ast.Case) (expr, error) {
	var conds []cond
	var operand expr
	var err error
	if n.Operand != nil {
		if operand, err = c.expr(n.Operand); err != nil {
			return expr{}, err
		}
	}
	results := make([]expr, 0, len(n.Whens)+1)
	for _, w := range n.Whens {
		var k cond
		if n.Operand != nil {
			if l, ok := w.Cond.(*ast.List); ok && len(l.Items) != 1 {
				return expr{}, c.unsupported(w, "CASE with lists")
			}
			v, err := c.expr(w.Cond)
			if err != nil {
				return expr{}, err
			}
			k, err = c.compareExprs(w, token.EQ, operand, v)
			if err != nil {
				return expr{}, err
			}
		} else if k, err = c.cond(w.Cond); err != nil {
			return expr{}, err
		}
		conds = append(conds, k)
		x, err := c.expr(w.Then)
		if err != nil {
			return expr{}, err
		}
		results = append(results, x)
	}
	if n.Else != nil {
		x, err := c.expr(n.Else)
		if err != nil {
			return expr{}, err
		}
		results = append(results, x)
	} else {
		x := fixed(tNull, nil)
		x.null = true
		results = append(results, x)
	}
	t, results, err := c.unify(n, results, true)
	if err != nil {
		return expr{}, err
	}
	return computed(t, func(e *env) ([]byte, error) {
		for i, k := range conds {
			b, err := k(e)
			if err != nil {
				return nil, err
			}
			if b == yes {
				return results[i].eval(e)
			}
		}
		return results[len(conds)].eval(e)
	}), nil
}

// unify brings the results of CASE, COALESCE, set operators and the like to one type. Strict refuses mixtures that
// need a conversion from or to text, as CASE does; otherwise the first one decides.
func (c *compiler) unify(n ast.Node, xs []expr, strict bool) (typ, []expr, error) {
	t := tNull
	for _, x := range xs {
		k := x.typ.kind
		if x.null || k == kNull {
			if t.kind == kNull && k != kNull {
				t.size = max(t.size, x.typ.size)
			}
			continue
		}
		if t.kind == kNull {
			t = x.typ
			if x.constant && k == kNumber {
				t = tNumber
			}
			continue
		}
		switch {
		case t.kind == k:
			if err := c.sameObject(n, t, x.typ); err != nil {
				return t, nil, err
			}
			t = widen(t, x.typ)
		case t.kind.text() && k.text():
			t.kind = kVarchar
			t = widen(t, x.typ)
		case t.kind.numeric() && k.numeric():
			if k == kDouble || t.kind == kNumber {
				t = typ{kind: k, scale: noScale}
				if k == kNumber {
					t = tNumber
				}
			}
		case t.kind.datetime() && k.datetime():
			t = typ{kind: widerDatetime(t.kind, k), scale: max(t.scale, x.typ.scale)}
		case t.kind == kClob && k.text(), k == kClob && t.kind.text():
			t = typ{kind: kClob, national: t.national || x.typ.national}
		case t.kind == kLong && k.text(), k == kLong && t.kind.text():
			t = typ{kind: kLong}
		case t.kind == kBlob && k == kRaw, k == kBlob && t.kind == kRaw:
			t = tBlob
		case strict:
			return t, nil, c.fail(n, 932, t.kind, k)
		}
	}
	out := make([]expr, len(xs))
	for i, x := range xs {
		if t.kind == kNull || x.typ.kind == t.kind {
			out[i] = x
			continue
		}
		y, err := c.convert(n, x, t.kind)
		if err != nil {
			return t, nil, err
		}
		out[i] = y
	}
	if t.kind == kNull {
		t = typ{kind: kVarchar, size: max(1, t.size)}
	}
	return t, out, nil
}

func widerDatetime(a, b kind) kind {
	for _, k := range []kind{kZoned, kLocal, kTimestamp} {
		if a == k || b == k {
			return k
		}
	}
	return kDate
}

// widen makes a type that holds both of one kind.
func widen(a, b typ) typ {
	switch a.kind {
	case kVarchar, kChar:
		if a.kind == kChar && (b.kind != kChar || a.size != b.size || a.charSem != b.charSem) {
			a.kind = kVarchar
		}
		if a.charSem != b.charSem && !a.national && !b.national {
			a.size, b.size = bytesOf(a), bytesOf(b)
			a.charSem = false
		}
		a.size = min(max(a.size, b.size), 4000)
		a.national = a.national || b.national
		a.charSem = a.charSem || a.national
	case kRaw:
		a.size = max(a.size, b.size)
	case kNumber:
		if a.prec != b.prec || a.scale != b.scale || a.float != b.float {
			return tNumber
		}
		a.pls = a.pls && b.pls
	case kTimestamp, kZoned, kLocal, kSpan:
		a.scale = max(a.scale, b.scale)
		a.prec = max(a.prec, b.prec)
	case kMonths:
		a.prec = max(a.prec, b.prec)
	}
	return a
}
