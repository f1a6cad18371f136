package engine

import (
	"slices"

	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/orasim/ora"
	"landfall/internal/orasim/value/number"
)

// listState is LISTAGG: values in the order of WITHIN GROUP, NULLs left out.
type listState struct {
	x, sep expr
	keys   []orderKey
	rows   []listRow
}

type listRow struct {
	v    []byte
	keys [][]byte
}

func (s *listState) add(e *env) error {
	v, err := s.x.eval(e)
	if v == nil || err != nil {
		return err
	}
	k, err := evalKeys(s.keys, e)
	s.rows = append(s.rows, listRow{v, k})
	return err
}

func (s *listState) result(e *env) ([]byte, error) {
	rows := slices.Clone(s.rows)
	slices.SortStableFunc(rows, func(a, b listRow) int { return compareKeys(s.keys, a.keys, b.keys) })
	var out []byte
	for i, r := range rows {
		if i > 0 && s.sep.eval != nil {
			v, err := s.sep.eval(e)
			if err != nil {
				return nil, err
			}
			out = append(out, v...)
		}
		out = append(out, r.v...)
		if e.ex.s.db.set.Len(out) > 4000 {
			return nil, ora.New(1489)
		}
	}
	return out, nil
}

func aggListagg(c *compiler, n *ast.Call, args []expr) (*aggregate, error) {
	if len(args) < 1 || len(args) > 2 {
		return nil, c.fail(n, 909)
	}
	for _, a := range n.Args {
		if a.Extra != nil {
			if text := upper(c.f.Source(a.Extra)); text != "ON OVERFLOW ERROR" {
				return nil, c.unsupported(a.Extra, "LISTAGG")
			}
		}
	}
	x, err := c.text(n, args[0])
	if err != nil {
		return nil, err
	}
	var sep expr
	if len(args) == 2 {
		if sep, err = c.text(n, args[1]); err != nil {
			return nil, err
		}
	}
	var keys []orderKey
	if n.Within != nil {
		if keys, err = c.orderItems(n.Within.OrderBy, nil, nil, false); err != nil {
			return nil, err
		}
	}
	return &aggregate{typ{kind: kVarchar, size: 4000}, func() aggState { return &listState{x: x, sep: sep, keys: keys} }}, nil
}

// hypothetical is RANK, DENSE_RANK, PERCENT_RANK and CUME_DIST as aggregates: the rank that values would have in the group.
func (c *compiler) hypothetical(n *ast.Call, name string) (*aggregate, error) {
	switch name {
	case "RANK", "DENSE_RANK", "PERCENT_RANK", "CUME_DIST":
	default:
		return nil, c.unsupported(n, "aggregate")
	}
	keys, err := c.orderItems(n.Within.OrderBy, nil, nil, false)
	if err != nil {
		return nil, err
	}
	if len(n.Args) != len(keys) {
		return nil, c.fail(n, 909)
	}
	var args []expr
	for i, a := range n.Args {
		x, err := c.expr(a.X)
		if err != nil {
			return nil, err
		}
		if x, err = c.convert(a, x, keys[i].x.typ.kind); err != nil {
			return nil, err
		}
		args = append(args, x)
	}
	return &aggregate{tNumber, func() aggState { return &rankState{name: name, args: args, keys: keys} }}, nil
}

type rankState struct {
	name string
	args []expr
	keys []orderKey
	rows [][][]byte
}

func (s *rankState) add(e *env) error {
	k, err := evalKeys(s.keys, e)
	s.rows = append(s.rows, k)
	return err
}

func (s *rankState) result(e *env) ([]byte, error) {
	at := make([][]byte, len(s.args))
	for i, x := range s.args {
		v, err := x.eval(e)
		if err != nil {
			return nil, err
		}
		at[i] = v
	}
	before, upTo := int64(0), int64(0)
	distinct := map[string]bool{}
	for _, r := range s.rows {
		switch c := compareKeys(s.keys, r, at); {
		case c < 0:
			before++
			upTo++
			var k []byte
			for i, v := range r {
				k = appendKey(k, v, s.keys[i].x.typ)
			}
			distinct[string(k)] = true
		case c == 0:
			upTo++
		}
	}
	n := int64(len(s.rows))
	var r number.Number
	var err error
	switch s.name {
	case "RANK":
		r = number.FromInt(before + 1)
	case "DENSE_RANK":
		r = number.FromInt(int64(len(distinct)) + 1)
	case "PERCENT_RANK":
		if n > 0 {
			r, err = number.FromInt(before).Div(number.FromInt(n))
		}
	default:
		r, err = number.FromInt(upTo + 1).Div(number.FromInt(n + 1))
	}
	return r.Bytes(), numErr(err)
}
