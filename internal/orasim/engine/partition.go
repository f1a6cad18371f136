package engine

import (
	"context"
	"fmt"
	"hash/fnv"
	"slices"
	"strings"

	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
	"landfall/internal/orasim/ora"
	"landfall/internal/orasim/value/datetime"
	"landfall/internal/orasim/value/number"
)

// partition builds the partitions of a table: by range, list and hash. Sub-partitions are not kept apart: a composite
// table has one segment a partition.
func (m *tableMaker) partition(n *ast.Partitioning) error {
	if n == nil {
		return nil
	}
	c, t := m.c, m.t
	by := &partitioning{kind: n.Kind.String(), file: c.f}
	if n.Sub != nil {
		by.sub = n.Sub.Kind.String()
	}
	switch n.Kind {
	case token.RANGE, token.LIST, token.HASH:
	default:
		// the table is there, with one segment; how rows would be spread is not known
		return nil
	}
	for _, name := range n.Columns {
		col := t.column(c.f.Last(name))
		if col == nil {
			return c.invalid(name, c.f.Parts(name))
		}
		by.cols = append(by.cols, col.internal)
	}
	if n.Automatic {
		return c.unsupported(n, "automatic list partitioning")
	}
	by.interval = n.Interval
	t.partBy = by
	for i, def := range n.Partitions {
		p := &partition{name: fmt.Sprintf("SYS_P%d", i+1), seg: m.s.db.newSegment()}
		if def.Name != nil {
			p.name = c.f.Last(def.Name)
		}
		for _, v := range def.Values {
			p.text += c.f.Source(v) + ", "
		}
		p.text = trimComma(p.text)
		if err := m.bounds(n, def, p); err != nil {
			return err
		}
		if n.Kind == token.RANGE {
			p.text = t.highValue(by, p)
		}
		t.parts = append(t.parts, p)
	}
	if len(t.parts) == 0 && n.Kind == token.HASH && n.Count != nil {
		x, err := c.expr(n.Count)
		if err != nil {
			return err
		}
		f, err := c.integer(n, x)
		if err != nil {
			return err
		}
		k, _, err := f(c.still())
		if err != nil || k < 1 || k > 1024 {
			return c.unsupported(n, "partitions")
		}
		for i := range k {
			t.parts = append(t.parts, &partition{name: fmt.Sprintf("SYS_P%d", i+1), seg: m.s.db.newSegment()})
		}
	}
	if len(t.parts) == 0 {
		t.partBy = nil
	}
	return nil
}

// highValue is the bound of a range as the dictionary shows it.
func (t *table) highValue(by *partitioning, p *partition) string {
	parts := strings.Split(p.text, ", ")
	if len(parts) != len(p.bound) {
		parts = make([]string, len(p.bound))
	}
	for i, v := range p.bound {
		kd := t.cols[by.cols[i]].typ.kind
		switch {
		case v == nil:
			parts[i] = "MAXVALUE"
		case kd == kDate || kd == kTimestamp:
			d, err := datetime.Decode(v)
			if err != nil {
				continue
			}
			text := fmt.Sprintf("% 05d-%02d-%02d %02d:%02d:%02d", d.Year, d.Month, d.Day, d.Hour, d.Minute, d.Second)
			if kd == kDate {
				parts[i] = "TO_DATE('" + text + "', 'SYYYY-MM-DD HH24:MI:SS', 'NLS_CALENDAR=GREGORIAN')"
			} else {
				parts[i] = "TIMESTAMP'" + text + "'"
			}
		}
	}
	return strings.Join(parts, ", ")
}

func trimComma(s string) string {
	if len(s) >= 2 {
		return s[:len(s)-2]
	}
	return s
}

func (m *tableMaker) bounds(n *ast.Partitioning, def *ast.PartitionDef, p *partition) error {
	c, t := m.c, m.t
	value := func(e ast.Expr, at int) ([]byte, error) {
		x, err := c.expr(e)
		if err != nil {
			return nil, err
		}
		if x, err = c.convert(e, x, t.cols[at].typ.kind); err != nil {
			return nil, err
		}
		ex := m.s.execution(context.Background())
		return x.eval(&env{ex: ex})
	}
	keyword := func(e ast.Expr, k token.Keyword) bool {
		switch v := e.(type) {
		case *ast.Name:
			return c.f.Last(v) == k.String()
		case *ast.Literal:
			return k == token.DEFAULT && v.Kind == ast.LitDefault
		}
		return false
	}
	by := t.partBy
	switch n.Kind {
	case token.RANGE:
		if len(def.Values) != len(by.cols) {
			return c.fail(def, 14019)
		}
		for i, e := range def.Values {
			if keyword(e, token.MAXVALUE) {
				p.bound = append(p.bound, nil)
				continue
			}
			v, err := value(e, by.cols[i])
			if err != nil {
				return err
			}
			p.bound = append(p.bound, v)
		}
	case token.LIST:
		for _, e := range def.Values {
			if keyword(e, token.DEFAULT) {
				p.def = true
				continue
			}
			items := []ast.Expr{e}
			if l, ok := e.(*ast.List); ok {
				items = l.Items
			}
			if len(items) != len(by.cols) {
				return c.unsupported(def, "list partition")
			}
			var vals [][]byte
			for i, it := range items {
				v, err := value(it, by.cols[i])
				if err != nil {
					return err
				}
				vals = append(vals, v)
			}
			p.values = append(p.values, vals)
		}
	}
	return nil
}

// route finds the partition of a row, and makes one where the table is partitioned by intervals.
func (db *Database) route(s *Session, t *table, vals [][]byte) (*partition, error) {
	by := t.partBy
	key := make([][]byte, len(by.cols))
	for i, at := range by.cols {
		key[i] = vals[at]
	}
	switch by.kind {
	case "RANGE":
		for _, p := range t.parts {
			if below(t, by, key, p.bound) {
				return p, nil
			}
		}
		if by.interval != nil {
			return db.interval(s, t, key)
		}
	case "LIST":
		var other *partition
		for _, p := range t.parts {
			if p.def {
				other = p
			}
			for _, v := range p.values {
				if sameValues(v, key) {
					return p, nil
				}
			}
		}
		if other != nil {
			return other, nil
		}
	default:
		h := fnv.New64a()
		for _, v := range key {
			h.Write(v)
			h.Write([]byte{0})
		}
		return t.parts[h.Sum64()%uint64(len(t.parts))], nil
	}
	return nil, ora.New(14400)
}

// below compares a key with the bound of a range: NULL is above everything but MAXVALUE.
func below(t *table, by *partitioning, key, bound [][]byte) bool {
	for i := range key {
		switch {
		case bound[i] == nil:
			return true
		case key[i] == nil:
			return false
		}
		if r := orderOf(t.cols[by.cols[i]].typ)(key[i], bound[i]); r != 0 {
			return r < 0
		}
	}
	return false
}

// interval adds the partition that a key needs, for intervals of days and of months and for numbers.
func (db *Database) interval(s *Session, t *table, key [][]byte) (*partition, error) {
	if key[0] == nil {
		return nil, ora.New(14400)
	}
	c := &compiler{s: s, schema: t.owner, f: t.partBy.file, ddl: true}
	x, err := c.expr(t.partBy.interval)
	if err != nil {
		return nil, err
	}
	step, err := x.eval(&env{ex: s.execution(context.Background())})
	if err != nil {
		return nil, err
	}
	db.mu.Lock()
	defer db.mu.Unlock()
	o := db.objects[objectName{owner: t.owner, name: t.name}]
	cur := o.table
	for _, p := range cur.parts {
		if below(cur, cur.partBy, key, p.bound) {
			return p, nil
		}
	}
	bound := cur.parts[len(cur.parts)-1].bound[0]
	col := cur.cols[cur.partBy.cols[0]]
	start := bound
	for i := 1; ; i++ {
		next, err := advance(start, step, i, x.typ.kind, col.typ.kind)
		if err != nil {
			return nil, err
		}
		if orderOf(col.typ)(key[0], next) < 0 {
			id := db.newID()
			p := &partition{made: true, name: fmt.Sprintf("SYS_P%d", id), seg: db.store.NewSegment(id), bound: [][]byte{next}}
			p.text = cur.highValue(cur.partBy, p)
			t2 := *cur
			t2.parts = append(slices.Clone(cur.parts), p)
			slices.SortStableFunc(t2.parts, func(a, b *partition) int { return orderOf(col.typ)(a.bound[0], b.bound[0]) })
			o.table = &t2
			db.version.Add(1)
			return p, nil
		}
		if i > 100000 {
			return nil, ora.New(14300)
		}
	}
}

// advance is start + n steps.
func advance(start, step []byte, n int, kind, col kind) ([]byte, error) {
	if kind == kNumber {
		a, err := number.Decode(start)
		if err != nil {
			return nil, numErr(err)
		}
		b, err := number.Decode(step)
		if err == nil {
			if b, err = b.Mul(number.FromInt(int64(n))); err == nil {
				a, err = a.Add(b)
			}
		}
		return a.Bytes(), numErr(err)
	}
	t, err := datetime.Decode(start)
	if err != nil {
		return nil, err
	}
	if kind == kMonths {
		m, err := datetime.DecodeMonths(step)
		if err != nil {
			return nil, err
		}
		r, _, err := t.AddInterval(m * datetime.Months(n))
		if err != nil {
			return nil, dateErr(err)
		}
		t = r
	} else {
		d, err := datetime.DecodeSpan(step)
		if err != nil {
			return nil, err
		}
		k := int64(n)
		if t, err = t.Add(d.Days*k, d.Seconds*k, d.Nanos*k); err != nil {
			return nil, dateErr(err)
		}
	}
	if col == kDate {
		return t.Date(), nil
	}
	return t.Timestamp(), nil
}
