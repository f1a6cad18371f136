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

// partition builds the partitions of a table: by range, list and hash, and each of these again inside of partitions.
func (m *tableMaker) partition(n *ast.Partitioning) error {
	if n == nil {
		return nil
	}
	c, t := m.c, m.t
	switch n.Kind {
	case token.RANGE, token.LIST, token.HASH:
	default:
		// by reference comes when the foreign key is there. Of the others the table is there, with one segment; how rows would be spread is not known
		return nil
	}
	by, err := m.partitionKey(n)
	if err != nil {
		return err
	}
	if n.Automatic {
		return c.unsupported(n, "automatic list partitioning")
	}
	by.interval = n.Interval
	if n.Sub != nil {
		if by.sub, err = m.partitionKey(n.Sub); err != nil {
			return err
		}
		by.sub.template = n.Sub.Template
		if by.sub.count, err = m.partitionCount(n.Sub.Count); err != nil {
			return err
		}
	}
	t.partBy = by
	for i, def := range n.Partitions {
		p, err := m.onePartition(by, n.Kind, def, fmt.Sprintf("SYS_P%d", i+1), t.space)
		if err != nil {
			return err
		}
		if err := m.subPartitions(p, def); err != nil {
			return err
		}
		t.parts = append(t.parts, p)
	}
	if len(t.parts) == 0 && n.Kind == token.HASH && n.Count != nil {
		k, err := m.partitionCount(n.Count)
		if err != nil {
			return err
		}
		for i := range k {
			p := &partition{name: fmt.Sprintf("SYS_P%d", i+1), space: t.space}
			if err := m.subPartitions(p, nil); err != nil {
				return err
			}
			t.parts = append(t.parts, p)
		}
	}
	if len(t.parts) == 0 {
		t.partBy = nil
	}
	return nil
}

// reference is PARTITION BY REFERENCE (foreign key): every partition of the parent, or sub-partition where it has them, has one here of its name (VLDB and
// Partitioning Guide, "Creating Reference-Partitioned Tables").
func (m *tableMaker) reference(n *ast.Partitioning) error {
	c, t := m.c, m.t
	if len(n.Columns) != 1 {
		return c.unsupported(n, "partitioning")
	}
	by := &partitioning{kind: "REFERENCE", ref: c.f.Last(n.Columns[0]), file: c.f}
	t.partBy = by
	parent := m.s.db.parentOf(t)
	if parent == nil || parent.parts == nil {
		return c.fail(n, 14652)
	}
	own := map[string]*ast.PartitionDef{}
	for i, leaf := range parent.allLeaves() {
		name := leaf.name
		if i < len(n.Partitions) && n.Partitions[i].Name != nil {
			name = c.f.Last(n.Partitions[i].Name)
			own[name] = n.Partitions[i]
		}
		space := t.space
		if def := own[name]; def != nil {
			s, err := c.spaceOf(def.Props)
			if err != nil {
				return err
			}
			if s != nil {
				space = s
			}
		}
		t.parts = append(t.parts, &partition{name: name, space: space, seg: m.s.db.newSegmentIn(space), of: leaf.seg.DataObject})
	}
	return nil
}

// allLeaves are the partitions of a table that hold rows.
func (t *table) allLeaves() []*partition {
	var list []*partition
	for _, p := range t.parts {
		list = append(list, p.leaves()...)
	}
	return list
}

// parentOf is the table whose partitions those of a table partitioned by reference follow, nil where it is not there.
func (db *Database) parentOf(t *table) *table {
	for _, f := range t.foreign {
		if f.name != t.partBy.ref {
			continue
		}
		o := db.objects2(objectName{owner: f.refOwner, name: f.refTable})
		if o == nil {
			return nil
		}
		db.mu.RLock()
		defer db.mu.RUnlock()
		return o.table
	}
	return nil
}

// follow finds the partition of a row by the partition of its parent, and makes it where the parent has got a new one.
func (db *Database) follow(s *Session, t *table, vals [][]byte) (*partition, error) {
	parent := db.parentOf(t)
	if parent == nil {
		return nil, ora.New(8103)
	}
	for _, f := range t.foreign {
		if f.name != t.partBy.ref {
			continue
		}
		missing := ora.New(2291, t.owner+"."+f.name)
		key := f.values(vals)
		if key == nil {
			return nil, ora.New(14400)
		}
		k, places, err := parent.keyFor(f.refCols, key)
		if err != nil {
			return nil, err
		}
		for _, ref := range k.index(s, parent).Refs(k.encode(places)) {
			st := ref.Current(nil)
			if st.Row == nil && st.Pending == nil {
				continue
			}
			object := ref.Segment().DataObject
			for _, p := range t.parts {
				if p.of == object {
					return p, nil
				}
			}
			return db.followNew(t, parent, object)
		}
		return nil, missing
	}
	return nil, ora.New(8103)
}

// followNew adds the partition for one that the parent has got since.
func (db *Database) followNew(t, parent *table, object uint32) (*partition, error) {
	db.growing.Lock()
	defer db.growing.Unlock()
	o := db.objects2(objectName{owner: t.owner, name: t.name})
	cur := db.current(t)
	if cur == nil {
		return nil, ora.New(8103)
	}
	for _, p := range cur.parts {
		if p.of == object {
			return p, nil
		}
	}
	for _, leaf := range parent.allLeaves() {
		if leaf.seg.DataObject != object {
			continue
		}
		p := &partition{made: true, name: leaf.name, space: cur.space, seg: db.newSegmentIn(cur.space), of: object}
		t2 := *cur
		t2.parts = append(slices.Clone(cur.parts), p)
		db.mu.Lock()
		o.table = &t2
		db.version.Add(1)
		db.mu.Unlock()
		return p, nil
	}
	return nil, ora.New(8103)
}

// partitionKey reads the kind and columns of PARTITION BY and SUBPARTITION BY.
func (m *tableMaker) partitionKey(n *ast.Partitioning) (*partitioning, error) {
	by := &partitioning{kind: n.Kind.String(), file: m.c.f}
	switch n.Kind {
	case token.RANGE, token.LIST, token.HASH:
	default:
		return nil, m.c.unsupported(n, "partitioning")
	}
	for _, name := range n.Columns {
		col := m.t.column(m.c.f.Last(name))
		if col == nil {
			return nil, m.c.invalid(name, m.c.f.Parts(name))
		}
		by.cols = append(by.cols, col.internal)
	}
	return by, nil
}

// partitionCount is the n of PARTITIONS n and SUBPARTITIONS n, 0 where it is not written.
func (m *tableMaker) partitionCount(n ast.Expr) (int, error) {
	if n == nil {
		return 0, nil
	}
	x, err := m.c.expr(n)
	if err != nil {
		return 0, err
	}
	f, err := m.c.integer(n, x)
	if err != nil {
		return 0, err
	}
	k, _, err := f(m.c.still())
	if err != nil || k < 1 || k > 1024 {
		return 0, m.c.unsupported(n, "partitions")
	}
	return int(k), nil
}

// onePartition makes a partition or sub-partition of its definition. It has no segment yet.
func (m *tableMaker) onePartition(by *partitioning, kind token.Keyword, def *ast.PartitionDef, name string, space *tablespace) (*partition, error) {
	c := m.c
	p := &partition{name: name, space: space}
	if def.Name != nil {
		p.name = c.f.Last(def.Name)
	}
	own, err := c.spaceOf(def.Props)
	if err != nil {
		return nil, err
	}
	if own != nil {
		p.space = own
	}
	for _, v := range def.Values {
		p.text += c.f.Source(v) + ", "
	}
	p.text = trimComma(p.text)
	if err := m.bounds(by, kind, def, p); err != nil {
		return nil, err
	}
	if kind == token.RANGE {
		p.text = m.t.highValue(by, p)
	}
	return p, nil
}

// subPartitions gives a partition its segment, or sub-partitions that have one each: those of its definition, else those of the
// template, else hash ones, else a single one for everything (VLDB and Partitioning Guide, "Creating Composite Partitioned Tables").
func (m *tableMaker) subPartitions(p *partition, def *ast.PartitionDef) error {
	sub := m.t.partBy.sub
	if sub == nil {
		p.seg = m.s.db.newSegmentIn(p.space)
		return nil
	}
	kind := map[string]token.Keyword{"RANGE": token.RANGE, "LIST": token.LIST, "HASH": token.HASH}[sub.kind]
	var defs []*ast.PartitionDef
	count := sub.count
	if def != nil {
		defs = def.Subs
		k, err := m.partitionCount(def.SubCount)
		if err != nil {
			return err
		}
		if k > 0 {
			count = k
		}
	}
	prefix := ""
	if defs == nil && len(sub.template) > 0 && (def == nil || def.SubCount == nil) {
		defs, prefix = sub.template, p.name+"_"
	}
	for _, d := range defs {
		q, err := m.onePartition(sub, kind, d, m.s.db.generatedName("SYS_SUBP"), p.space)
		if err != nil {
			return err
		}
		if d.Name != nil {
			q.name = prefix + q.name
		}
		p.subs = append(p.subs, q)
	}
	if p.subs == nil {
		if kind != token.HASH {
			count = 1
		}
		for range max(1, count) {
			q := &partition{name: m.s.db.generatedName("SYS_SUBP"), space: p.space}
			switch kind {
			case token.RANGE:
				q.bound, q.text = make([][]byte, len(sub.cols)), trimComma(strings.Repeat("MAXVALUE, ", len(sub.cols)))
			case token.LIST:
				q.def, q.text = true, "DEFAULT"
			}
			p.subs = append(p.subs, q)
		}
	}
	for _, q := range p.subs {
		q.seg = m.s.db.newSegmentIn(q.space)
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

func (m *tableMaker) bounds(by *partitioning, kind token.Keyword, def *ast.PartitionDef, p *partition) error {
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
	switch kind {
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

// route finds the partition or sub-partition that holds a row, and makes one where the table is partitioned by intervals.
func (db *Database) route(s *Session, t *table, vals [][]byte) (*partition, error) {
	if t.partBy.kind == "REFERENCE" {
		return db.follow(s, t, vals)
	}
	p := db.pick(t, t.partBy, t.parts, vals)
	if p == nil && t.partBy.interval != nil {
		var err error
		if p, err = db.interval(s, t, vals[t.partBy.cols[0]]); err != nil {
			return nil, err
		}
	}
	if p != nil && p.subs != nil {
		p = db.pick(t, t.partBy.sub, p.subs, vals)
	}
	if p == nil {
		return nil, ora.New(14400)
	}
	return p, nil
}

// pick finds the one of several partitions that a row belongs to, nil where none takes it.
func (db *Database) pick(t *table, by *partitioning, parts []*partition, vals [][]byte) *partition {
	key := make([][]byte, len(by.cols))
	for i, at := range by.cols {
		key[i] = vals[at]
	}
	switch by.kind {
	case "RANGE":
		for _, p := range parts {
			if db.below(t, by, key, p.bound) {
				return p
			}
		}
	case "LIST":
		var other *partition
		for _, p := range parts {
			if p.def {
				other = p
			}
			for _, v := range p.values {
				if sameValues(v, key) {
					return p
				}
			}
		}
		return other
	default:
		h := fnv.New64a()
		for _, v := range key {
			h.Write(v)
			h.Write([]byte{0})
		}
		return parts[h.Sum64()%uint64(len(parts))]
	}
	return nil
}

// below compares a key with the bound of a range: NULL is above everything but MAXVALUE.
func (db *Database) below(t *table, by *partitioning, key, bound [][]byte) bool {
	for i := range key {
		switch {
		case bound[i] == nil:
			return true
		case key[i] == nil:
			return false
		}
		if r := orderOf(t.cols[by.cols[i]].typ, db.set)(key[i], bound[i]); r != 0 {
			return r < 0
		}
	}
	return false
}

// interval adds the partition that a key needs, for intervals of days and of months and for numbers.
func (db *Database) interval(s *Session, t *table, value []byte) (*partition, error) {
	if value == nil {
		return nil, ora.New(14400)
	}
	key := [][]byte{value}
	c := &compiler{s: s, schema: t.owner, f: t.partBy.file, ddl: true}
	x, err := c.expr(t.partBy.interval)
	if err != nil {
		return nil, err
	}
	step, err := x.eval(&env{ex: s.execution(context.Background())})
	if err != nil {
		return nil, err
	}
	db.growing.Lock() // one session at a time adds partitions
	defer db.growing.Unlock()
	o := db.objects2(objectName{owner: t.owner, name: t.name})
	cur := db.current(t)
	if cur == nil || cur.parts == nil {
		return nil, ora.New(8103)
	}
	for _, p := range cur.parts {
		if db.below(cur, cur.partBy, key, p.bound) {
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
		if orderOf(col.typ, db.set)(key[0], next) < 0 {
			p := &partition{made: true, name: db.generatedName("SYS_P"), space: cur.space, bound: [][]byte{next}}
			p.text = cur.highValue(cur.partBy, p)
			t2 := *cur
			if err := (&tableMaker{s: s, c: c, t: &t2}).subPartitions(p, nil); err != nil {
				return nil, err
			}
			t2.parts = append(slices.Clone(cur.parts), p)
			slices.SortStableFunc(t2.parts, func(a, b *partition) int { return orderOf(col.typ, db.set)(a.bound[0], b.bound[0]) })
			db.mu.Lock()
			o.table = &t2
			db.version.Add(1)
			db.mu.Unlock()
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
