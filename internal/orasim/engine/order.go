package engine

import (
	"slices"
	"strconv"
	"strings"

	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
	"landfall/internal/orasim/ora"
)

// orderKey is one item of an ORDER BY.
type orderKey struct {
	x          expr
	out        int // column of the select list it is, -1 for an expression
	desc       bool
	nullsFirst bool
	cmp        order
}

func itoa(n int) string { return strconv.Itoa(n) }

func upper(s string) string { return strings.ToUpper(s) }

// orderItems compiles ORDER BY. Items may be positions and aliases of the select list; of a DISTINCT query they must be
// among its items.
func (c *compiler) orderItems(ob *ast.OrderBy, cols []outCol, canons []string, distinct bool) ([]orderKey, error) {
	s := c.scope
	aliases := map[string]expr{}
	index := map[string]int{}
	for i, col := range cols {
		if _, twice := aliases[col.name]; twice {
			if index[col.name] >= 0 && canons[index[col.name]] != canons[i] {
				aliases[col.name] = expr{}
				index[col.name] = -1
			}
			continue
		}
		at := i
		aliases[col.name] = computed(col.typ, func(e *env) ([]byte, error) { return e.out[at], nil })
		index[col.name] = i
	}
	var keys []orderKey
	for _, it := range ob.Items {
		k := orderKey{out: -1}
		x := ast.Unparen(it.X)
		if l, ok := x.(*ast.Literal); ok && l.Kind == ast.LitNumber && cols != nil {
			i, err := strconv.Atoi(c.f.Source(l))
			if err != nil || i < 1 || i > len(cols) {
				return nil, c.fail(l, 1785)
			}
			k.out = i - 1
			k.x = expr{typ: cols[i-1].typ}
		} else if name, ok := x.(*ast.Name); ok && c.f.NumParts(name) == 1 && aliases[c.f.Last(name)].eval != nil && index[c.f.Last(name)] >= 0 {
			k.out = index[c.f.Last(name)]
			k.x = expr{typ: cols[k.out].typ}
		} else {
			if canons != nil {
				if i := slices.Index(canons, c.canon(it.X)); i >= 0 {
					k.out = i
					k.x = expr{typ: cols[i].typ}
				}
			}
			if k.out < 0 {
				if distinct {
					return nil, c.fail(it.X, 1791)
				}
				s.aliases = aliases
				var err error
				k.x, err = c.expr(it.X)
				s.aliases = nil
				if err != nil {
					return nil, err
				}
			}
		}
		if kd := k.x.typ.kind; kd.lob() || kd == kLong || kd == kLongRaw || kd == kXML || kd == kOther {
			return nil, c.fail(it.X, 932, "-", kd)
		} else if kd == kCursor {
			return nil, c.unsupported(it.X, "order by a cursor")
		}
		k.desc = it.Dir == token.DESC
		k.nullsFirst = k.desc
		switch it.Nulls {
		case token.FIRST:
			k.nullsFirst = true
		case token.LAST:
			k.nullsFirst = false
		}
		k.cmp = orderOf(k.x.typ, c.set())
		keys = append(keys, k)
	}
	return keys, nil
}

// compareKeys compares two rows of keys.
func compareKeys(keys []orderKey, a, b [][]byte) int {
	for i := range keys {
		k := &keys[i]
		x, y := a[i], b[i]
		switch {
		case x == nil && y == nil:
			continue
		case x == nil:
			if k.nullsFirst {
				return -1
			}
			return 1
		case y == nil:
			if k.nullsFirst {
				return 1
			}
			return -1
		}
		if r := k.cmp(x, y); r != 0 {
			if k.desc {
				return -r
			}
			return r
		}
	}
	return 0
}

// sorted reads all rows of a block, drops duplicates, sorts and cuts.
func (b *block) sorted(outer *env, r *projection) (rows, error) {
	type sortRow struct {
		row  [][]byte
		keys [][]byte
	}
	var all []sortRow
	var seen map[string]bool
	if b.distinct {
		seen = map[string]bool{}
	}
	n := len(b.items)
	var buf []byte
	for {
		row, err := r.next()
		if err != nil {
			return nil, err
		}
		if row == nil {
			break
		}
		if err := outer.ex.tick(); err != nil {
			return nil, err
		}
		if seen != nil {
			buf = buf[:0]
			for i, v := range row {
				buf = appendKey(buf, v, b.items[i].typ)
			}
			if seen[string(buf)] {
				continue
			}
			seen[string(buf)] = true
		}
		keep := make([][]byte, n+len(b.order))
		copy(keep, row)
		e := r.e
		e.out = keep[:n]
		for i := range b.order {
			k := &b.order[i]
			if k.out >= 0 {
				keep[n+i] = keep[k.out]
				continue
			}
			if keep[n+i], err = k.x.eval(e); err != nil {
				return nil, err
			}
		}
		all = append(all, sortRow{keep[:n:n], keep[n:]})
	}
	if b.order != nil {
		slices.SortStableFunc(all, func(x, y sortRow) int { return compareKeys(b.order, x.keys, y.keys) })
	}
	out := make([][][]byte, len(all))
	keys := make([][][]byte, len(all))
	for i := range all {
		out[i], keys[i] = all[i].row, all[i].keys
	}
	if b.limit != nil {
		var err error
		if out, err = b.limit.cut(outer, out, keys, b.order); err != nil {
			return nil, err
		}
	}
	return &sliceRows{rows: out}, nil
}

// limit is OFFSET and FETCH.
type limit struct {
	offset, count func(*env) (int, bool, error)
	percent       func(*env) (float64, bool, error)
	fetch, ties   bool
}

func (c *compiler) rowLimit(n *ast.RowLimit) (*limit, error) {
	if n == nil {
		return nil, nil
	}
	if n.Accuracy != 0 || len(n.Parts) > 0 || n.Target != nil {
		return nil, c.unsupported(n, "row limit")
	}
	l := &limit{fetch: n.Fetch, ties: n.Ties}
	was := c.scope
	if was != nil {
		c.scope = was.parent
	}
	defer func() { c.scope = was }()
	if n.Offset != nil {
		x, err := c.expr(n.Offset)
		if err != nil {
			return nil, err
		}
		if l.offset, err = c.integer(n, x); err != nil {
			return nil, err
		}
	}
	if n.Count != nil {
		x, err := c.expr(n.Count)
		if err != nil {
			return nil, err
		}
		if n.Percent {
			f, err := c.number(n, x)
			if err != nil {
				return nil, err
			}
			l.percent = func(e *env) (float64, bool, error) {
				v, ok, err := f(e)
				return v.Float(), ok, err
			}
		} else if l.count, err = c.integer(n, x); err != nil {
			return nil, err
		}
	}
	return l, nil
}

// bounds gives how many rows to skip and how many to give; many without a limit. NULL gives no row.
func (l *limit) bounds(e *env) (skip, count int, err error) {
	count = int(^uint(0) >> 1)
	if l.offset != nil {
		n, ok, err := l.offset(e)
		if err != nil {
			return 0, 0, err
		}
		if !ok {
			return 0, 0, nil
		}
		skip = max(0, n)
	}
	if l.fetch && l.percent == nil {
		count = 1
		if l.count != nil {
			n, ok, err := l.count(e)
			if err != nil {
				return 0, 0, err
			}
			if !ok {
				return skip, 0, nil
			}
			count = max(0, n)
		}
	}
	return skip, count, nil
}

// stream cuts rows that come in no order.
func (l *limit) stream(e *env, r *projection) (rows, error) {
	if l.percent != nil {
		var all [][][]byte
		defer r.close()
		for {
			row, err := r.next()
			if err != nil {
				return nil, err
			}
			if row == nil {
				break
			}
			all = append(all, slices.Clone(row))
		}
		out, err := l.cut(e, all, nil, nil)
		return &sliceRows{rows: out}, err
	}
	skip, count, err := l.bounds(e)
	if err != nil {
		return nil, err
	}
	return &limitRows{rows: r, skip: skip, count: count}, nil
}

type limitRows struct {
	rows
	skip, count int
}

func (r *limitRows) next() ([][]byte, error) {
	for ; r.skip > 0; r.skip-- {
		row, err := r.rows.next()
		if row == nil || err != nil {
			return nil, err
		}
	}
	if r.count <= 0 {
		return nil, nil
	}
	r.count--
	return r.rows.next()
}

// cut applies the limit to rows that are all there.
func (l *limit) cut(e *env, out, keys [][][]byte, order []orderKey) ([][][]byte, error) {
	skip, count, err := l.bounds(e)
	if err != nil {
		return nil, err
	}
	total := len(out)
	if l.percent != nil {
		p, ok, err := l.percent(e)
		if err != nil {
			return nil, err
		}
		if !ok {
			return nil, nil
		}
		count = int(p*float64(total)/100 + 0.9999999999)
	}
	skip = min(skip, total)
	end := total
	if count < total-skip {
		end = skip + max(0, count)
	}
	if l.ties && len(order) > 0 && end > skip {
		for end < total && compareKeys(order, keys[end-1], keys[end]) == 0 {
			end++
		}
	}
	if end < skip {
		return nil, ora.Unsupported("row limit")
	}
	return out[skip:end], nil
}
