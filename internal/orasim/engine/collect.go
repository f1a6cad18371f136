package engine

import (
	"slices"

	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
	"landfall/internal/orasim/ora"
	"landfall/internal/orasim/session"
)

// collectCast is CAST(COLLECT([DISTINCT] x [ORDER BY ...]) AS nested table) (SQL Language Reference 19c, COLLECT). ok is false for any
// other CAST. Alone, COLLECT gives a type without a name, which is ORA-03001, as are NULLs and groups without rows, of which the manual
// says nothing.
func (c *compiler) collectCast(n *ast.Cast) (x expr, ok bool, err error) {
	call, is := n.X.(*ast.Call)
	if !is {
		return expr{}, false, nil
	}
	name, is := call.Fn.(*ast.Name)
	if !is || c.f.NumParts(name) != 1 || c.f.Last(name) != "COLLECT" {
		return expr{}, false, nil
	}
	u := c.typeNamed(n.Type)
	if u == nil || u.elem == nil || u.limit > 0 || call.Over != nil {
		return expr{}, true, c.unsupported(n, "CAST")
	}
	was := c.collects
	c.collects = u
	x, err = c.expr(call)
	c.collects = was
	return x, true, err
}

func aggCollect(c *compiler, n *ast.Call, args []expr) (*aggregate, error) {
	u := c.collects
	if u == nil || len(args) != 1 {
		return nil, c.unsupported(n, "aggregate")
	}
	x, err := c.partValue(n, args[0], *u.elem)
	if err != nil {
		return nil, err
	}
	distinct := n.Distinct == token.DISTINCT || n.Distinct == token.UNIQUE
	if distinct {
		if _, err := c.nestedTable(n, fixed(u.typ(), nil)); err != nil {
			return nil, err
		}
	}
	var keys []orderKey
	if n.Spec != nil {
		by := &ast.OrderBy{Span: n.Spec.Span}
		for _, it := range n.Spec.Items {
			item, ok := it.(*ast.OrderItem)
			if !ok {
				return nil, c.unsupported(n, "aggregate")
			}
			by.Items = append(by.Items, item)
		}
		if keys, err = c.orderItems(by, nil, nil, false); err != nil {
			return nil, err
		}
	}
	return &aggregate{u.typ(), func() aggState {
		s := &collectState{x: x, elem: *u.elem, keys: keys}
		if distinct {
			s.seen = map[string]bool{}
		}
		return s
	}}, nil
}

// collectState gathers the values of a group.
type collectState struct {
	x    expr
	elem typ
	keys []orderKey
	seen map[string]bool // of DISTINCT
	rows []listRow
}

func (s *collectState) add(e *env) error {
	v, err := s.x.eval(e)
	if err != nil {
		return err
	}
	if v == nil {
		return ora.Unsupported("COLLECT of NULL")
	}
	if s.seen != nil {
		k := string(appendKey(nil, v, s.elem))
		if s.seen[k] {
			return nil
		}
		s.seen[k] = true
	}
	k, err := evalKeys(s.keys, e)
	s.rows = append(s.rows, listRow{v, k})
	return err
}

func (s *collectState) result(*env) ([]byte, error) {
	if len(s.rows) == 0 {
		return nil, ora.Unsupported("COLLECT of no rows")
	}
	rows := slices.Clone(s.rows)
	slices.SortStableFunc(rows, func(a, b listRow) int { return compareKeys(s.keys, a.keys, b.keys) })
	var list [][]byte
	for _, r := range rows {
		list = append(list, r.v)
	}
	return session.AppendParts(nil, list), nil
}
