package engine

import (
	"sync"

	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
	"landfall/internal/orasim/ora"
	"landfall/internal/orasim/value/number"
)

// sequence hands out numbers. Without a cache that could be lost, the numbers of a simulated database have no gaps but
// those of rolled back transactions.
type sequence struct {
	owner, name string
	mu          sync.Mutex
	next        num
	start       num
	step        num
	min, max    num
	cycle       bool
	order       bool
	cache       int
	used        bool
}

// take gives the next number.
func (q *sequence) take() (num, error) {
	q.mu.Lock()
	defer q.mu.Unlock()
	v := q.next
	if v.Cmp(q.max) > 0 || v.Cmp(q.min) < 0 {
		if !q.cycle {
			if q.step.Sign() > 0 {
				return num{}, ora.New(8004, q.name)
			}
			return num{}, &ora.Error{Code: 8004, Text: "sequence " + q.name + ".NEXTVAL goes below MINVALUE and cannot be instantiated"}
		}
		v = q.min
		if q.step.Sign() < 0 {
			v = q.max
		}
	}
	next, err := v.Add(q.step)
	if err != nil {
		return num{}, numErr(err)
	}
	q.next, q.used = next, true
	return v, nil
}

// last is LAST_NUMBER of ALL_SEQUENCES: the first number that is not in the cache.
func (q *sequence) last() num {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.cache < 2 || !q.used {
		return q.next
	}
	// the cache was filled in steps of its size from the start on
	d, err := q.next.Sub(q.start)
	if err != nil {
		return q.next
	}
	size, err := q.step.Mul(number.FromInt(int64(q.cache)))
	if err != nil {
		return q.next
	}
	k, err := d.Div(size)
	if err != nil {
		return q.next
	}
	up, err := k.Ceil()
	if err != nil {
		return q.next
	}
	if m, err := up.Mul(size); err == nil {
		if r, err := m.Add(q.start); err == nil {
			return r
		}
	}
	return q.next
}

// sequenceExpr is s.NEXTVAL and s.CURRVAL.
func (c *compiler) sequenceExpr(n *ast.Name, parts []string) (expr, bool, error) {
	what := parts[len(parts)-1]
	if what != "NEXTVAL" && what != "CURRVAL" || len(parts) < 2 {
		return expr{}, false, nil
	}
	o := c.s.db.lookup(c.schema, parts[:len(parts)-1])
	if o == nil || o.sequence == nil || c.views == 0 && c.s.permit(o, "SELECT") == 942 {
		return expr{}, true, c.fail(n, 2289)
	}
	if c.views == 0 && c.s.permit(o, "SELECT") != 0 {
		return expr{}, true, c.fail(n, 1031)
	}
	if c.noSequence {
		return expr{}, true, c.fail(n, 2287)
	}
	if c.scope != nil && (c.scope.stage == stageGroup || c.scope.parent != nil && c.views == 0) {
		return expr{}, true, c.fail(n, 2287)
	}
	c.volatile()
	q := o.sequence
	if what == "CURRVAL" {
		return computed(tNumber, func(e *env) ([]byte, error) {
			v, ok := e.ex.s.currvals[q]
			if got := e.ex.seqs[q]; got != nil {
				v, ok = got, true
			}
			if !ok {
				return nil, ora.New(8002, q.name)
			}
			return v, nil
		}), true, nil
	}
	return computed(tNumber, func(e *env) ([]byte, error) { return e.ex.nextval(q) }), true, nil
}

// nextval takes a number once a row.
func (ex *execution) nextval(q *sequence) ([]byte, error) {
	if v := ex.seqs[q]; v != nil {
		return v, nil
	}
	v, err := q.take()
	if err != nil {
		return nil, err
	}
	b := v.Bytes()
	ex.seqs[q] = b
	ex.s.currvals[q] = b
	return b, nil
}

// sequenceOf makes a sequence of its options.
func (c *compiler) sequenceOf(owner, name string, opts []*ast.SeqOption, old *sequence) (*sequence, error) {
	q := &sequence{owner: owner, name: name, step: number.FromInt(1), cache: 20}
	var start, lo, hi *num
	restart := false
	if old != nil {
		old.mu.Lock()
		q.step, q.min, q.max, q.cycle, q.order, q.cache, q.next, q.start, q.used = old.step, old.min, old.max, old.cycle, old.order, old.cache, old.next, old.start, old.used
		lo, hi = &q.min, &q.max
		old.mu.Unlock()
	}
	for _, o := range opts {
		var v num
		if o.Value != nil {
			x, err := c.expr(o.Value)
			if err != nil {
				return nil, err
			}
			b, err := x.eval(c.still())
			if err != nil {
				return nil, err
			}
			if v, err = number.Decode(b); err != nil {
				return nil, numErr(err)
			}
		}
		switch o.Kind {
		case token.INCREMENT:
			if old != nil {
				// the next number counts from the last one
				if prev, err := q.next.Sub(q.step); err == nil && q.used {
					if q.next, err = prev.Add(v); err != nil {
						return nil, numErr(err)
					}
				}
			}
			q.step = v
		case token.START:
			start = &v
			if old != nil && !restart {
				for _, p := range opts {
					restart = restart || p.Kind == token.RESTART
				}
				if !restart {
					return nil, c.fail(o, 2283)
				}
			}
		case token.RESTART:
			restart = true
		case token.MAXVALUE:
			hi = &v
		case token.MINVALUE:
			lo = &v
		case token.NOMAXVALUE:
			hi = nil
		case token.NOMINVALUE:
			lo = nil
		case token.CYCLE:
			q.cycle = true
		case token.NOCYCLE:
			q.cycle = false
		case token.CACHE:
			k, _ := v.Int()
			q.cache = int(k)
		case token.NOCACHE:
			q.cache = 0
		case token.ORDER:
			q.order = true
		case token.NOORDER, token.KEEP, token.NOKEEP, token.GLOBAL, token.NOSCALE, token.NOSHARD:
			if o.Kind == token.NOORDER {
				q.order = false
			}
		default:
			return nil, c.unsupported(o, "sequence option")
		}
	}
	if q.step.IsZero() {
		return nil, ora.New(4002)
	}
	up := q.step.Sign() > 0
	must := func(s string) num { n, _ := number.Parse(s); return n }
	if lo == nil {
		v := number.FromInt(1)
		if !up {
			v = must("-999999999999999999999999999")
		}
		lo = &v
	}
	if hi == nil {
		v := must("9999999999999999999999999999")
		if !up {
			v = number.FromInt(-1)
		}
		hi = &v
	}
	q.min, q.max = *lo, *hi
	if q.min.Cmp(q.max) >= 0 {
		return nil, ora.New(4004)
	}
	if old == nil || restart {
		if start == nil {
			start = lo
			if !up {
				start = hi
			}
		}
		q.start, q.next, q.used = *start, *start, false
	}
	if q.start.Cmp(q.min) < 0 {
		return nil, ora.New(4006)
	}
	if q.start.Cmp(q.max) > 0 {
		return nil, ora.New(4008)
	}
	return q, nil
}
