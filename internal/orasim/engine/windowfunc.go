package engine

import (
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
	"landfall/internal/orasim/ora"
	"landfall/internal/orasim/value/number"
)

func count(n int) []byte { return number.FromInt(int64(n)).Bytes() }

// analytic are the functions that are analytic only. They need an order where ordered is set.
var analytic = map[string]struct{ ordered bool }{
	"ROW_NUMBER": {true}, "RANK": {true}, "DENSE_RANK": {true}, "PERCENT_RANK": {true}, "CUME_DIST": {true}, "NTILE": {true}, "LAG": {true}, "LEAD": {true},
	"FIRST_VALUE": {}, "LAST_VALUE": {}, "NTH_VALUE": {}, "RATIO_TO_REPORT": {},
}

// windowFunction compiles what a function does with a partition.
func (c *compiler) windowFunction(n *ast.Call, name string, w *window, over *ast.Over) (typ, error) {
	if n.Filter != nil || n.Options != nil || n.Spec != nil {
		return typ{}, c.unsupported(n, "analytic function")
	}
	kind, only := analytic[name]
	if only && kind.ordered {
		if w.order == nil {
			return typ{}, c.fail(n, 30485)
		}
		if over.Frame != nil {
			return typ{}, c.fail(over, 907)
		}
	}
	if !only {
		switch name {
		case "COLLECT", "JSON_ARRAYAGG", "JSON_OBJECTAGG": // of which the manual says nothing with OVER
			return typ{}, c.unsupported(n, "analytic function")
		}
		if _, ok := aggregates[name]; !ok {
			return typ{}, c.unsupported(n, "analytic function")
		}
		return c.windowAggregate(n, name, w, over)
	}
	var args []expr
	for _, a := range n.Args {
		x, err := c.expr(a.X)
		if err != nil {
			return typ{}, err
		}
		args = append(args, x)
	}
	switch name {
	case "ROW_NUMBER", "RANK", "DENSE_RANK", "PERCENT_RANK", "CUME_DIST":
		if len(args) != 0 {
			return typ{}, c.fail(n, 909)
		}
		w.compute = rankings[name]
		return tNumber, nil
	case "NTILE":
		return tNumber, c.ntile(n, args, w)
	case "LAG", "LEAD":
		return c.lag(n, name, args, w)
	case "RATIO_TO_REPORT":
		if w.order != nil {
			return typ{}, c.fail(n, 30487)
		}
		return tNumber, c.ratio(n, args, w)
	}
	if err := c.frameOf(w, over); err != nil {
		return typ{}, err
	}
	return c.valueOf(n, name, args, w)
}

var rankings = map[string]func(p *winPart) error{
	"ROW_NUMBER": func(p *winPart) error {
		for i := range p.rows {
			p.set(i, count(i+1))
		}
		return nil
	},
	"RANK": func(p *winPart) error {
		return p.groups(func(lo, hi, nth int) ([]byte, error) { return count(lo + 1), nil })
	},
	"DENSE_RANK": func(p *winPart) error {
		return p.groups(func(lo, hi, nth int) ([]byte, error) { return count(nth), nil })
	},
	"PERCENT_RANK": func(p *winPart) error {
		return p.groups(func(lo, hi, nth int) ([]byte, error) {
			if len(p.rows) == 1 {
				return count(0), nil
			}
			r, err := number.FromInt(int64(lo)).Div(number.FromInt(int64(len(p.rows) - 1)))
			return r.Bytes(), err
		})
	},
	"CUME_DIST": func(p *winPart) error {
		return p.groups(func(lo, hi, nth int) ([]byte, error) {
			r, err := number.FromInt(int64(hi)).Div(number.FromInt(int64(len(p.rows))))
			return r.Bytes(), err
		})
	},
}

// groups gives every run of equal rows one value.
func (p *winPart) groups(f func(lo, hi, nth int) ([]byte, error)) error {
	nth := 0
	for i := 0; i < len(p.rows); {
		j := p.peers(i)
		nth++
		v, err := f(i, j, nth)
		if err != nil {
			return err
		}
		for ; i < j; i++ {
			p.set(i, v)
		}
	}
	return nil
}

func (c *compiler) ntile(n *ast.Call, args []expr, w *window) error {
	x, err := c.oneArg(n, args)
	if err != nil {
		return err
	}
	f, err := c.integer(n, x)
	if err != nil {
		return err
	}
	w.compute = func(p *winPart) error {
		k, ok, err := f(p.at(0))
		if err != nil {
			return err
		}
		if !ok || k < 1 {
			return ora.New(1428, k)
		}
		size, more := len(p.rows)/k, len(p.rows)%k
		i := 0
		for b := 1; b <= k && i < len(p.rows); b++ {
			m := size
			if b <= more {
				m++
			}
			for ; m > 0; m-- {
				p.set(i, count(b))
				i++
			}
		}
		return nil
	}
	return nil
}

func (c *compiler) lag(n *ast.Call, name string, args []expr, w *window) (typ, error) {
	if len(args) < 1 || len(args) > 3 {
		return typ{}, c.fail(n, 909)
	}
	x := args[0]
	offset := func(*env) (int, bool, error) { return 1, true, nil }
	var err error
	if len(args) > 1 {
		if offset, err = c.integer(n, args[1]); err != nil {
			return typ{}, err
		}
	}
	other := fixed(x.typ, nil)
	if len(args) > 2 {
		if other, err = c.convert(n, args[2], x.typ.kind); err != nil {
			return typ{}, err
		}
	}
	dir := -1
	if name == "LEAD" {
		dir = 1
	}
	ignore := n.Nulls == token.IGNORE
	w.compute = func(p *winPart) error {
		for i := range p.rows {
			k, ok, err := offset(p.at(i))
			if err != nil {
				return err
			}
			if !ok || k < 0 {
				return ora.New(1428, k)
			}
			j := i
			var v []byte
			hit := false
			if ignore && k > 0 {
				for j += dir; j >= 0 && j < len(p.rows); j += dir {
					u, err := x.eval(p.at(j))
					if err != nil {
						return err
					}
					if u != nil {
						if k--; k == 0 {
							v, hit = u, true
							break
						}
					}
				}
			} else if j = i + dir*k; j >= 0 && j < len(p.rows) {
				hit = true
				if v, err = x.eval(p.at(j)); err != nil {
					return err
				}
			}
			if !hit {
				if v, err = other.eval(p.at(i)); err != nil {
					return err
				}
			}
			p.set(i, v)
		}
		return nil
	}
	t := x.typ
	if t.kind == kNull {
		t = typ{kind: kVarchar, size: 1}
	}
	return t, nil
}

func (c *compiler) ratio(n *ast.Call, args []expr, w *window) error {
	x, err := c.oneArg(n, args)
	if err != nil {
		return err
	}
	f, err := c.number(n, x)
	if err != nil {
		return err
	}
	w.compute = func(p *winPart) error {
		var sum number.Number
		for i := range p.rows {
			v, ok, err := f(p.at(i))
			if err != nil {
				return err
			}
			if ok {
				if sum, err = sum.Add(v); err != nil {
					return numErr(err)
				}
			}
		}
		for i := range p.rows {
			v, ok, err := f(p.at(i))
			if err != nil {
				return err
			}
			if !ok || sum.IsZero() {
				continue
			}
			r, err := v.Div(sum)
			if err != nil {
				return numErr(err)
			}
			p.set(i, r.Bytes())
		}
		return nil
	}
	return nil
}

// valueOf is FIRST_VALUE, LAST_VALUE and NTH_VALUE.
func (c *compiler) valueOf(n *ast.Call, name string, args []expr, w *window) (typ, error) {
	want := 1
	if name == "NTH_VALUE" {
		want = 2
	}
	if len(args) != want {
		return typ{}, c.fail(n, 909)
	}
	x := args[0]
	nth := func(*env) (int, bool, error) { return 1, true, nil }
	if want == 2 {
		var err error
		if nth, err = c.integer(n, args[1]); err != nil {
			return typ{}, err
		}
	}
	back := name == "LAST_VALUE" || n.FromLast == token.LAST
	ignore := n.Nulls == token.IGNORE
	w.compute = func(p *winPart) error {
		for i := range p.rows {
			k, ok, err := nth(p.at(i))
			if err != nil {
				return err
			}
			if !ok || k < 1 {
				return ora.New(1428, k)
			}
			lo, hi, err := p.span(i)
			if err != nil {
				return err
			}
			var v []byte
			for m := lo; m < hi; m++ {
				j := m
				if back {
					j = hi - 1 - (m - lo)
				}
				u, err := x.eval(p.at(j))
				if err != nil {
					return err
				}
				if u == nil && ignore {
					continue
				}
				if k--; k == 0 {
					v = u
					break
				}
			}
			p.set(i, v)
		}
		return nil
	}
	t := x.typ
	if t.kind == kNull {
		t = typ{kind: kVarchar, size: 1}
	}
	return t, nil
}

// windowAggregate is an aggregate over frames.
func (c *compiler) windowAggregate(n *ast.Call, name string, w *window, over *ast.Over) (typ, error) {
	distinct := n.Distinct == token.DISTINCT || n.Distinct == token.UNIQUE
	if (n.Within != nil || distinct || n.Keep != nil) && w.order != nil {
		return typ{}, c.fail(n, 30487)
	}
	a, err := c.aggregate(n, name)
	if err != nil {
		return typ{}, err
	}
	if err := c.frameOf(w, over); err != nil {
		return typ{}, err
	}
	w.compute = func(p *winPart) error {
		f := w.frame
		if f == nil || f.from.unbounded && (f.to.current || f.to.unbounded) {
			// the frame only grows
			st := a.start()
			done := 0
			for i := 0; i < len(p.rows); {
				hi, j := len(p.rows), len(p.rows)
				if f != nil && !f.to.unbounded {
					hi = i + 1
					if !f.rows {
						hi = p.peers(i)
					}
					j = hi
				}
				for ; done < hi; done++ {
					if err := st.add(p.at(done)); err != nil {
						return err
					}
				}
				v, err := st.result(p.at(i))
				if err != nil {
					return err
				}
				for ; i < j; i++ {
					p.set(i, v)
				}
			}
			return nil
		}
		for i := range p.rows {
			lo, hi, err := p.span(i)
			if err != nil {
				return err
			}
			st := a.start()
			for j := lo; j < hi; j++ {
				if err := st.add(p.at(j)); err != nil {
					return err
				}
			}
			v, err := st.result(p.at(i))
			if err != nil {
				return err
			}
			p.set(i, v)
		}
		return nil
	}
	return a.typ, nil
}
