package engine

import (
	"bytes"
	"slices"

	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
	"landfall/internal/orasim/ora"
	"landfall/internal/orasim/value/datetime"
	"landfall/internal/orasim/value/number"
)

// aggregate is a compiled call of an aggregate function.
type aggregate struct {
	typ   typ
	start func() aggState
}

// aggState takes in the rows of one group.
type aggState interface {
	add(e *env) error
	result(e *env) ([]byte, error)
}

// aggregates are the functions that can make groups, by name. DISTINCT is the caller's business.
var aggregates map[string]func(c *compiler, n *ast.Call, args []expr) (*aggregate, error)

func init() {
	aggregates = map[string]func(c *compiler, n *ast.Call, args []expr) (*aggregate, error){
		"COUNT": aggCount, "SUM": aggSum, "AVG": aggAvg, "MIN": aggMin, "MAX": aggMax, "MEDIAN": aggMedian,
		"STDDEV": aggSpread, "STDDEV_POP": aggSpread, "STDDEV_SAMP": aggSpread, "VARIANCE": aggSpread, "VAR_POP": aggSpread, "VAR_SAMP": aggSpread,
		"COVAR_POP": aggPairs, "COVAR_SAMP": aggPairs, "CORR": aggPairs,
		"REGR_SLOPE": aggPairs, "REGR_INTERCEPT": aggPairs, "REGR_COUNT": aggPairs, "REGR_R2": aggPairs, "REGR_AVGX": aggPairs, "REGR_AVGY": aggPairs,
		"REGR_SXX": aggPairs, "REGR_SYY": aggPairs, "REGR_SXY": aggPairs,
		"LISTAGG": aggListagg, "PERCENTILE_CONT": aggPercentile, "PERCENTILE_DISC": aggPercentile,
		"ANY_VALUE": aggAnyValue, "STATS_MODE": aggMode, "APPROX_COUNT_DISTINCT": nil, "XMLAGG": nil, "COLLECT": aggCollect, "JSON_ARRAYAGG": aggJSONArray, "JSON_OBJECTAGG": aggJSONObject,
		"WM_CONCAT": nil, "BIT_AND_AGG": nil, "BIT_OR_AGG": nil, "SYS_XMLAGG": nil, "CHECKSUM": nil, "KURTOSIS_POP": nil,
	}
}

// aggregateCall compiles a call of an aggregate in a block that makes groups.
func (c *compiler) aggregateCall(n *ast.Call, name string) (expr, error) {
	s := c.scope
	if s != nil && s.nested != nil && !c.inNested && !c.inAgg {
		c.inNested = true
		a, err := c.aggregate(n, name)
		c.inNested = false
		if err != nil {
			return expr{}, err
		}
		if !c.hasNestedAggregate(n) {
			return expr{}, c.unsupported(n, "aggregates of groups beside aggregates of aggregates")
		}
		slot := len(s.nested.keys) + 1 + len(s.nested.aggs)
		s.nested.aggs = append(s.nested.aggs, a)
		return slotExpr(a.typ, 0, slot), nil
	}
	if s == nil || s.stage != stageGroup || c.inAgg {
		if c.inAgg {
			return expr{}, c.unsupported(n, "aggregate of an aggregate")
		}
		return expr{}, c.fail(n, 934)
	}
	was, wasAliases := s.stage, s.aliases
	s.stage, s.aliases, c.inAgg = stageFrom, nil, true
	a, err := c.aggregate(n, name)
	s.stage, s.aliases, c.inAgg = was, wasAliases, false
	if err != nil {
		return expr{}, err
	}
	g := s.group
	slot := len(g.keys) + 1 + len(g.aggs)
	g.aggs = append(g.aggs, a)
	return slotExpr(a.typ, 0, slot), nil
}

// aggregate compiles function and arguments.
func (c *compiler) aggregate(n *ast.Call, name string) (*aggregate, error) {
	make, ok := aggregates[name]
	if n.Filter != nil || n.Options != nil && name != "JSON_ARRAYAGG" && name != "JSON_OBJECTAGG" || n.Spec != nil && (name != "COLLECT" || n.Spec.Head != token.ORDER) {
		return nil, c.unsupported(n, "aggregate")
	}
	if n.Within != nil && name != "LISTAGG" && name != "PERCENTILE_CONT" && name != "PERCENTILE_DISC" {
		return c.hypothetical(n, name)
	}
	if !ok || make == nil {
		return nil, c.unsupported(n, "aggregate")
	}
	var args []expr
	for _, a := range n.Args {
		x, err := c.expr(a.X)
		if err != nil {
			return nil, err
		}
		args = append(args, x)
	}
	agg, err := make(c, n, args)
	if err != nil {
		return nil, err
	}
	if (n.Distinct == token.DISTINCT || n.Distinct == token.UNIQUE) && name != "MIN" && name != "MAX" && name != "COLLECT" {
		if len(args) == 0 {
			return nil, c.fail(n, 936)
		}
		inner := agg.start
		x := args[0]
		agg = &aggregate{typ: agg.typ, start: func() aggState { return &distinctState{in: inner(), x: x, seen: map[string]bool{}} }}
	}
	if n.Keep != nil {
		return c.keep(n, agg)
	}
	return agg, nil
}

// distinctState passes on rows with a value that was not there before.
type distinctState struct {
	in   aggState
	x    expr
	seen map[string]bool
}

func (s *distinctState) add(e *env) error {
	v, err := s.x.eval(e)
	if v == nil || err != nil {
		return err
	}
	k := string(appendKey(nil, v, s.x.typ))
	if s.seen[k] {
		return nil
	}
	s.seen[k] = true
	return s.in.add(e)
}

func (s *distinctState) result(e *env) ([]byte, error) { return s.in.result(e) }

// keep is KEEP (DENSE_RANK FIRST|LAST ORDER BY ...): only the rows that come first (last).
func (c *compiler) keep(n *ast.Call, agg *aggregate) (*aggregate, error) {
	keys, err := c.orderItems(n.Keep.OrderBy, nil, nil, false)
	if err != nil {
		return nil, err
	}
	inner, last := agg.start, n.Keep.Last
	return &aggregate{typ: agg.typ, start: func() aggState { return &keepState{start: inner, in: inner(), keys: keys, last: last} }}, nil
}

type keepState struct {
	start func() aggState
	in    aggState
	keys  []orderKey
	last  bool
	best  [][]byte
}

func (s *keepState) add(e *env) error {
	k, err := evalKeys(s.keys, e)
	if err != nil {
		return err
	}
	if s.best != nil {
		r := compareKeys(s.keys, k, s.best)
		if s.last {
			r = -r
		}
		if r > 0 {
			return nil
		}
		if r < 0 {
			s.in = s.start()
		}
	}
	s.best = k
	return s.in.add(e)
}

func (s *keepState) result(e *env) ([]byte, error) { return s.in.result(e) }

func evalKeys(keys []orderKey, e *env) ([][]byte, error) {
	k := make([][]byte, len(keys))
	for i := range keys {
		v, err := keys[i].x.eval(e)
		if err != nil {
			return nil, err
		}
		k[i] = v
	}
	return k, nil
}

func (c *compiler) oneArg(n *ast.Call, args []expr) (expr, error) {
	if len(args) != 1 {
		return expr{}, c.fail(n, 909)
	}
	return args[0], nil
}

type countState struct {
	x expr
	n int64
}

func (s *countState) add(e *env) error {
	if s.x.eval != nil {
		v, err := s.x.eval(e)
		if v == nil || err != nil {
			return err
		}
	}
	s.n++
	return nil
}

func (s *countState) result(*env) ([]byte, error) { return number.FromInt(s.n).Bytes(), nil }

func aggCount(c *compiler, n *ast.Call, args []expr) (*aggregate, error) {
	var x expr
	if !n.Star {
		var err error
		if x, err = c.oneArg(n, args); err != nil {
			return nil, err
		}
	}
	return &aggregate{tNumber, func() aggState { return &countState{x: x} }}, nil
}

// sumState adds up numbers, binary floats or intervals.
type sumState struct {
	x    expr
	sum  number.Number
	f    float64
	span datetime.Span
	mons datetime.Months
	n    int64
	avg  bool
}

func (s *sumState) add(e *env) error {
	v, err := s.x.eval(e)
	if v == nil || err != nil {
		return err
	}
	s.n++
	switch s.x.typ.kind {
	case kDouble:
		s.f += decodeDouble(v)
	case kFloat:
		s.f += float64(decodeFloat(v))
	case kSpan:
		d, err := datetime.DecodeSpan(v)
		s.span = s.span.Add(d)
		return err
	case kMonths:
		m, err := datetime.DecodeMonths(v)
		s.mons += m
		return err
	default:
		d, err := number.Decode(v)
		if err == nil {
			s.sum, err = s.sum.Add(d)
		}
		return numErr(err)
	}
	return nil
}

func (s *sumState) result(*env) ([]byte, error) {
	if s.n == 0 {
		return nil, nil
	}
	switch s.x.typ.kind {
	case kDouble, kFloat:
		f := s.f
		if s.avg {
			f /= float64(s.n)
		}
		if s.x.typ.kind == kFloat {
			return encodeFloat(float32(f)), nil
		}
		return encodeDouble(f), nil
	case kSpan:
		return s.span.Bytes(), nil
	case kMonths:
		return s.mons.Bytes(), nil
	}
	if !s.avg {
		return s.sum.Bytes(), nil
	}
	r, err := s.sum.Div(number.FromInt(s.n))
	return r.Bytes(), numErr(err)
}

func (c *compiler) summable(n *ast.Call, args []expr) (expr, error) {
	x, err := c.oneArg(n, args)
	if err != nil {
		return x, err
	}
	if x.typ.kind.binary() {
		return x, nil
	}
	return c.convert(n, x, kNumber)
}

func aggSum(c *compiler, n *ast.Call, args []expr) (*aggregate, error) {
	if len(args) == 1 && args[0].typ.kind.interval() {
		return nil, c.fail(n, 932, kNumber, args[0].typ.kind)
	}
	x, err := c.summable(n, args)
	if err != nil {
		return nil, err
	}
	t := typ{kind: x.typ.kind, scale: noScale}
	if t.kind == kNumber {
		t = tNumber
	}
	return &aggregate{t, func() aggState { return &sumState{x: x} }}, nil
}

func aggAvg(c *compiler, n *ast.Call, args []expr) (*aggregate, error) {
	a, err := aggSum(c, n, args)
	if err != nil {
		return nil, err
	}
	inner := a.start
	return &aggregate{a.typ, func() aggState { s := inner().(*sumState); s.avg = true; return s }}, nil
}

type bestState struct {
	x    expr
	cmp  order
	sign int
	best []byte
}

func (s *bestState) add(e *env) error {
	v, err := s.x.eval(e)
	if v == nil || err != nil {
		return err
	}
	if s.best == nil || s.cmp(v, s.best)*s.sign > 0 {
		s.best = v
	}
	return nil
}

func (s *bestState) result(*env) ([]byte, error) { return s.best, nil }

func aggBest(c *compiler, n *ast.Call, args []expr, sign int) (*aggregate, error) {
	x, err := c.oneArg(n, args)
	if err != nil {
		return nil, err
	}
	if k := x.typ.kind; k.lob() || k == kLong || k == kLongRaw || k == kXML || k == kOther {
		return nil, c.fail(n, 932, "-", k)
	}
	cmp := orderOf(x.typ, c.set())
	return &aggregate{x.typ, func() aggState { return &bestState{x: x, cmp: cmp, sign: sign} }}, nil
}

func aggMin(c *compiler, n *ast.Call, args []expr) (*aggregate, error) {
	return aggBest(c, n, args, -1)
}

func aggMax(c *compiler, n *ast.Call, args []expr) (*aggregate, error) { return aggBest(c, n, args, 1) }

type anyState struct {
	x expr
	v []byte
}

func (s *anyState) add(e *env) error {
	if s.v != nil {
		return nil
	}
	v, err := s.x.eval(e)
	s.v = v
	return err
}

func (s *anyState) result(*env) ([]byte, error) { return s.v, nil }

func aggAnyValue(c *compiler, n *ast.Call, args []expr) (*aggregate, error) {
	x, err := c.oneArg(n, args)
	return &aggregate{x.typ, func() aggState { return &anyState{x: x} }}, err
}

// valuesState collects values to look at them in order.
type valuesState struct {
	x      expr
	values [][]byte
	finish func(e *env, sorted [][]byte) ([]byte, error)
	desc   bool
}

func (s *valuesState) add(e *env) error {
	v, err := s.x.eval(e)
	if v != nil && err == nil {
		s.values = append(s.values, v)
	}
	return err
}

func (s *valuesState) result(e *env) ([]byte, error) {
	if len(s.values) == 0 {
		return nil, nil
	}
	cmp := orderOf(s.x.typ, e.ex.s.db.set)
	sorted := slices.Clone(s.values)
	slices.SortStableFunc(sorted, func(a, b []byte) int {
		if s.desc {
			return cmp(b, a)
		}
		return cmp(a, b)
	})
	return s.finish(e, sorted)
}

// between interpolates between two values: a + (b-a)*f.
func between(t typ, a, b []byte, f number.Number) ([]byte, error) {
	if bytes.Equal(a, b) || f.IsZero() {
		return a, nil
	}
	switch t.kind {
	case kNumber:
		x, err := number.Decode(a)
		if err != nil {
			return nil, numErr(err)
		}
		y, err := number.Decode(b)
		if err == nil {
			var d number.Number
			if d, err = y.Sub(x); err == nil {
				if d, err = d.Mul(f); err == nil {
					d, err = x.Add(d)
				}
			}
			return d.Bytes(), numErr(err)
		}
		return nil, numErr(err)
	case kDouble:
		x, y := decodeDouble(a), decodeDouble(b)
		return encodeDouble(x + (y-x)*f.Float()), nil
	}
	return nil, ora.Unsupported("interpolation of " + t.kind.String())
}

func aggMedian(c *compiler, n *ast.Call, args []expr) (*aggregate, error) {
	x, err := c.oneArg(n, args)
	if err != nil {
		return nil, err
	}
	if x.typ.kind.text() {
		if x, err = c.convert(n, x, kNumber); err != nil {
			return nil, err
		}
	}
	half, _ := number.Parse("0.5")
	t := x.typ
	return &aggregate{t, func() aggState {
		return &valuesState{x: x, finish: func(_ *env, v [][]byte) ([]byte, error) {
			if len(v)%2 == 1 {
				return v[len(v)/2], nil
			}
			return between(t, v[len(v)/2-1], v[len(v)/2], half)
		}}
	}}, nil
}

func aggPercentile(c *compiler, n *ast.Call, args []expr) (*aggregate, error) {
	p, err := c.oneArg(n, args)
	if err != nil {
		return nil, err
	}
	if n.Within == nil || len(n.Within.OrderBy.Items) != 1 {
		return nil, c.fail(n, 30491)
	}
	it := n.Within.OrderBy.Items[0]
	x, err := c.expr(it.X)
	if err != nil {
		return nil, err
	}
	f, err := c.number(n, p)
	if err != nil {
		return nil, err
	}
	cont := c.f.Last(n.Fn.(*ast.Name)) == "PERCENTILE_CONT"
	if cont && x.typ.kind.text() {
		if x, err = c.convert(n, x, kNumber); err != nil {
			return nil, err
		}
	}
	t := x.typ
	return &aggregate{t, func() aggState {
		return &valuesState{x: x, desc: it.Dir == token.DESC, finish: func(e *env, v [][]byte) ([]byte, error) {
			share, ok, err := f(e)
			if !ok || err != nil {
				return nil, err
			}
			if share.Sign() < 0 || share.Cmp(number.FromInt(1)) > 0 {
				return nil, ora.New(1428, share.String())
			}
			if !cont {
				// the first value whose CUME_DIST reaches the share
				pos, err := share.Mul(number.FromInt(int64(len(v))))
				if err != nil {
					return nil, numErr(err)
				}
				up, err := pos.Ceil()
				i, _ := up.Int()
				return v[max(0, int(i)-1)], numErr(err)
			}
			pos, err := share.Mul(number.FromInt(int64(len(v) - 1)))
			if err != nil {
				return nil, numErr(err)
			}
			lo := pos.Trunc(0)
			frac, err := pos.Sub(lo)
			if err != nil {
				return nil, numErr(err)
			}
			i, _ := lo.Int()
			return between(t, v[i], v[min(int(i)+1, len(v)-1)], frac)
		}}
	}}, nil
}

func aggMode(c *compiler, n *ast.Call, args []expr) (*aggregate, error) {
	x, err := c.oneArg(n, args)
	if err != nil {
		return nil, err
	}
	cmp := orderOf(x.typ, c.set())
	return &aggregate{x.typ, func() aggState {
		return &valuesState{x: x, finish: func(_ *env, v [][]byte) ([]byte, error) {
			best, most, tie := v[0], 0, false
			for i := 0; i < len(v); {
				j := i
				for j < len(v) && cmp(v[i], v[j]) == 0 {
					j++
				}
				switch {
				case j-i > most:
					best, most, tie = v[i], j-i, false
				case j-i == most:
					tie = true
				}
				i = j
			}
			if tie {
				return nil, ora.Unsupported("STATS_MODE with several modes")
			}
			return best, nil
		}}
	}}, nil
}
