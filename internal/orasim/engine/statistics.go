package engine

import (
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/orasim/value/number"
)

// spreadState keeps sums for variance and standard deviation.
type spreadState struct {
	x    expr
	name string
	n    int64
	sum  number.Number
	sqr  number.Number
}

func (s *spreadState) add(e *env) error {
	v, err := s.x.eval(e)
	if v == nil || err != nil {
		return err
	}
	d, err := number.Decode(v)
	if err != nil {
		return numErr(err)
	}
	s.n++
	if s.sum, err = s.sum.Add(d); err != nil {
		return numErr(err)
	}
	q, err := d.Mul(d)
	if err == nil {
		s.sqr, err = s.sqr.Add(q)
	}
	return numErr(err)
}

func (s *spreadState) result(*env) ([]byte, error) {
	pop := s.name == "STDDEV_POP" || s.name == "VAR_POP"
	samp := s.name == "STDDEV_SAMP" || s.name == "VAR_SAMP"
	if s.n == 0 || samp && s.n == 1 {
		return nil, nil
	}
	if s.n == 1 {
		return number.FromInt(0).Bytes(), nil
	}
	div := s.n - 1
	if pop {
		div = s.n
	}
	r, err := spread(s.sum, s.sqr, s.n)
	if err == nil {
		r, err = r.Div(number.FromInt(div))
	}
	if err == nil && r.Sign() < 0 {
		r = number.Number{}
	}
	if err == nil && s.name[:3] == "STD" {
		r, err = r.Sqrt()
	}
	return r.Bytes(), numErr(err)
}

// spread is sum(x*x) - sum(x)*sum(x)/n.
func spread(sum, sqr number.Number, n int64) (number.Number, error) {
	p, err := sum.Mul(sum)
	if err == nil {
		p, err = p.Div(number.FromInt(n))
	}
	if err != nil {
		return p, err
	}
	return sqr.Sub(p)
}

func aggSpread(c *compiler, n *ast.Call, args []expr) (*aggregate, error) {
	x, err := c.oneArg(n, args)
	if err != nil {
		return nil, err
	}
	if x.typ.kind.binary() {
		return nil, c.unsupported(n, "statistics of binary floats")
	}
	if x, err = c.convert(n, x, kNumber); err != nil {
		return nil, err
	}
	name := c.f.Last(n.Fn.(*ast.Name))
	return &aggregate{tNumber, func() aggState { return &spreadState{x: x, name: name} }}, nil
}

// pairsState is for functions of two columns. Y is the first argument, as in REGR_SLOPE(y, x).
type pairsState struct {
	y, x                  expr
	name                  string
	n                     int64
	sy, sx, sxy, sxx, syy number.Number
}

func (s *pairsState) add(e *env) error {
	a, err := s.y.eval(e)
	if a == nil || err != nil {
		return err
	}
	b, err := s.x.eval(e)
	if b == nil || err != nil {
		return err
	}
	y, err := number.Decode(a)
	if err != nil {
		return numErr(err)
	}
	x, err := number.Decode(b)
	if err != nil {
		return numErr(err)
	}
	s.n++
	sum := func(to *number.Number, p, q number.Number) {
		if err != nil {
			return
		}
		var m number.Number
		if m, err = p.Mul(q); err == nil {
			*to, err = to.Add(m)
		}
	}
	one := number.FromInt(1)
	sum(&s.sy, y, one)
	sum(&s.sx, x, one)
	sum(&s.sxy, x, y)
	sum(&s.sxx, x, x)
	sum(&s.syy, y, y)
	return numErr(err)
}

func (s *pairsState) result(*env) ([]byte, error) {
	if s.name == "REGR_COUNT" {
		return number.FromInt(s.n).Bytes(), nil
	}
	if s.n == 0 || s.name == "COVAR_SAMP" && s.n < 2 {
		return nil, nil
	}
	var err error
	do := func(r number.Number, e error) number.Number {
		if err == nil {
			err = e
		}
		return r
	}
	n := number.FromInt(s.n)
	cross := do(s.sxy.Sub(do(do(s.sx.Mul(s.sy)).Div(n))))
	xx, yy := do(spread(s.sx, s.sxx, s.n)), do(spread(s.sy, s.syy, s.n))
	if err != nil {
		return nil, numErr(err)
	}
	var r number.Number
	switch s.name {
	case "COVAR_POP":
		r = do(cross.Div(n))
	case "COVAR_SAMP":
		r = do(cross.Div(number.FromInt(s.n - 1)))
	case "CORR":
		if xx.Sign() <= 0 || yy.Sign() <= 0 {
			return nil, nil
		}
		r = do(cross.Div(do(do(xx.Mul(yy)).Sqrt())))
	case "REGR_SLOPE", "REGR_INTERCEPT":
		if xx.Sign() <= 0 {
			return nil, nil
		}
		r = do(cross.Div(xx))
		if s.name == "REGR_INTERCEPT" {
			r = do(do(s.sy.Div(n)).Sub(do(r.Mul(do(s.sx.Div(n))))))
		}
	case "REGR_R2":
		switch {
		case xx.Sign() <= 0:
			return nil, nil
		case yy.Sign() <= 0:
			r = number.FromInt(1)
		default:
			r = do(do(cross.Mul(cross)).Div(do(xx.Mul(yy))))
		}
	case "REGR_AVGX":
		r = do(s.sx.Div(n))
	case "REGR_AVGY":
		r = do(s.sy.Div(n))
	case "REGR_SXX":
		r = xx
	case "REGR_SYY":
		r = yy
	case "REGR_SXY":
		r = cross
	}
	return r.Bytes(), numErr(err)
}

func aggPairs(c *compiler, n *ast.Call, args []expr) (*aggregate, error) {
	if len(args) != 2 {
		return nil, c.fail(n, 909)
	}
	y, err := c.convert(n, args[0], kNumber)
	if err != nil {
		return nil, err
	}
	x, err := c.convert(n, args[1], kNumber)
	if err != nil {
		return nil, err
	}
	name := c.f.Last(n.Fn.(*ast.Name))
	return &aggregate{tNumber, func() aggState { return &pairsState{y: y, x: x, name: name} }}, nil
}
