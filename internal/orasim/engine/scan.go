package engine

import (
	"bytes"
	"slices"

	"landfall/internal/orasim/ora"
	"landfall/internal/orasim/store"
	"landfall/internal/orasim/value/number"
)

// scanNode reads a table: all of it, a range of ROWIDs, one ROWID, or what has a key.
type scanNode struct {
	t      *table
	src    *src
	base   int
	parts  []*partition // PARTITION (p)
	conds  []cond
	asOf   func(*env) (uint64, error)
	rowID  []expr     // = : the row of one of them
	from   []rowBound // ROWID >= and >
	to     []rowBound
	key    *key // = on all columns of a unique key
	keyAt  []expr
	ranged *keyRange // of an index-organized table
	lookup []expr    // columns that are compared with something outside of the block, and that
	lookAt []int
}

// rowBound is one end of a range of ROWIDs.
type rowBound struct {
	x      expr
	beyond bool // the ROWID itself is not in the range
}

type scanCursor struct {
	n        *scanNode
	e        *env
	snap     store.Snapshot
	segs     []*store.Segment
	scan     *store.Scan
	refs     []store.Ref // instead of a scan
	i        int
	keys     []string // of a range of keys; refs are those of the one before at
	at       int
	from, to []byte
	sys      [][][]byte
}

func (n *scanNode) open(e *env) (cursor, error) {
	c := &scanCursor{n: n, e: e, snap: e.ex.snap}
	if n.t.dict != nil {
		c.sys = e.ex.dictRows(n.t)
		return c, c.narrow()
	}
	if n.t.notLoadable != "" && n.t.external {
		return nil, ora.Unsupported("rows of the external table " + n.t.name)
	}
	if n.asOf != nil {
		if e.ex.of != nil {
			return nil, ora.Unsupported("a flashback clause within one")
		}
		scn, err := n.asOf(e)
		if err != nil {
			return nil, err
		}
		if err := e.ex.s.db.flashback(scn); err != nil {
			return nil, err
		}
		c.snap = store.Snapshot{SCN: scn}
	}
	if (n.asOf != nil || e.ex.of != nil) && c.snap.SCN < n.t.since {
		return nil, ora.New(1466)
	}
	ok, err := c.access()
	if err != nil {
		return nil, err
	}
	if !ok {
		if n.parts != nil {
			for _, p := range n.parts {
				for _, l := range p.leaves() {
					c.segs = append(c.segs, l.seg)
				}
			}
		} else {
			c.segs = n.t.segments(e.ex.s)
		}
	}
	return c, nil
}

// flashback is ORA-08181 for an SCN that there is not.
func (db *Database) flashback(scn uint64) error {
	if scn > db.store.SCN() || scn < store.FirstSCN {
		return ora.New(8181)
	}
	return nil
}

// access uses ROWIDs and keys; false means a full scan.
func (c *scanCursor) access() (bool, error) {
	n, db := c.n, c.e.ex.s.db
	switch {
	case n.rowID != nil:
		c.refs = []store.Ref{}
		v, err := n.rowID[0].eval(c.e)
		if err != nil {
			return false, err
		}
		if r, ok := db.store.Find(v); ok && c.owns(r.Segment()) {
			c.refs = append(c.refs, r)
		}
		return true, nil
	case n.key != nil && c.snap.SCN >= n.key.since:
		k := make([][]byte, len(n.keyAt))
		for i, x := range n.keyAt {
			v, err := x.eval(c.e)
			if err != nil {
				return false, err
			}
			if v == nil {
				c.refs = []store.Ref{}
				return true, nil
			}
			k[i] = v
		}
		c.refs = n.key.index(c.e.ex.s, n.t).Refs(n.key.encode(k))
		return true, nil
	case n.ranged != nil && c.snap.SCN >= n.ranged.key.since:
		var err error
		c.keys, err = c.keysInRange(n.ranged)
		c.refs = []store.Ref{}
		return true, err
	case n.lookup != nil:
		return c.lookup()
	}
	return c.rowRange()
}

// rowRange finds out from where to where the ROWIDs go; it is true when there are none.
func (c *scanCursor) rowRange() (bool, error) {
	none := func() (bool, error) {
		c.refs = []store.Ref{}
		return true, nil
	}
	for i, list := range [][]rowBound{c.n.from, c.n.to} {
		for _, b := range list {
			v, err := b.x.eval(c.e)
			if err != nil {
				return false, err
			}
			if len(v) != 13 { // NULL: no row meets the condition
				return none()
			}
			if b.beyond {
				if v = neighbour(v, i == 0); v == nil {
					return none()
				}
			}
			switch {
			case i == 0 && (c.from == nil || bytes.Compare(v, c.from) > 0):
				c.from = v
			case i == 1 && (c.to == nil || bytes.Compare(v, c.to) < 0):
				c.to = v
			}
		}
	}
	if c.from != nil && c.to != nil && bytes.Compare(c.from, c.to) > 0 {
		return none()
	}
	return false, nil
}

// neighbour is the next ROWID up or down, nil where there is none.
func neighbour(v []byte, up bool) []byte {
	v = slices.Clone(v)
	for i := len(v) - 1; i >= 0; i-- {
		if up {
			if v[i]++; v[i] != 0 {
				return v
			}
		} else if v[i]--; v[i] != 0xff {
			return v
		}
	}
	return nil
}

// owns reports whether a segment is one of those the node reads.
func (c *scanCursor) owns(s *store.Segment) bool {
	if c.n.parts != nil {
		for _, p := range c.n.parts {
			for _, l := range p.leaves() {
				if l.seg == s {
					return true
				}
			}
		}
		return false
	}
	for _, o := range c.n.t.segments(c.e.ex.s) {
		if o == s {
			return true
		}
	}
	return false
}

// lookup is for blocks that run once for each row of another one: the second time, the places of all values are noted.
func (c *scanCursor) lookup() (bool, error) {
	ex := c.e.ex
	type state struct {
		runs  int
		table map[string][]store.Ref
	}
	st, _ := ex.memo[c.n].(*state)
	if st == nil {
		st = &state{}
		ex.memo[c.n] = st
	}
	st.runs++
	if st.runs < 3 {
		return false, nil
	}
	if st.table == nil {
		st.table = map[string][]store.Ref{}
		cols := make([][]byte, c.n.t.width())
		for _, seg := range c.n.t.segments(ex.s) {
			sc := seg.Scan(c.snap, nil, nil)
			for {
				r, row, ok, err := sc.Next()
				if err != nil {
					return false, err
				}
				if !ok {
					break
				}
				n := store.Decode(row, cols)
				c.n.t.complete(cols, n)
				var k []byte
				for i, at := range c.n.lookAt {
					k = appendKey(k, cols[at], c.n.lookup[i].typ)
				}
				st.table[string(k)] = append(st.table[string(k)], r)
			}
		}
	}
	var k []byte
	for _, x := range c.n.lookup {
		v, err := x.eval(c.e)
		if err != nil {
			return false, err
		}
		if v == nil {
			c.refs = []store.Ref{}
			return true, nil
		}
		k = appendKey(k, v, x.typ)
	}
	c.refs = st.table[string(k)]
	if c.refs == nil {
		c.refs = []store.Ref{}
	}
	return true, nil
}

// narrow is lookup for views of the dictionary.
func (c *scanCursor) narrow() error {
	if c.n.lookup == nil {
		return nil
	}
	type state struct {
		runs  int
		table map[string][][][]byte
	}
	st, _ := c.e.ex.memo[c.n].(*state)
	if st == nil {
		st = &state{}
		c.e.ex.memo[c.n] = st
	}
	if st.runs++; st.runs < 3 {
		return nil
	}
	if st.table == nil {
		st.table = map[string][][][]byte{}
		for _, row := range c.sys {
			var k []byte
			for i, at := range c.n.lookAt {
				k = appendKey(k, row[at], c.n.lookup[i].typ)
			}
			st.table[string(k)] = append(st.table[string(k)], row)
		}
	}
	var k []byte
	c.sys = nil
	for _, x := range c.n.lookup {
		v, err := x.eval(c.e)
		if v == nil || err != nil {
			return err
		}
		k = appendKey(k, v, x.typ)
	}
	c.sys = st.table[string(k)]
	return nil
}

func (c *scanCursor) next() (bool, error) {
	for {
		if err := c.e.ex.tick(); err != nil {
			return false, err
		}
		ok, err := c.fetch()
		if !ok || err != nil {
			return false, err
		}
		pass, err := meets(c.e, c.n.conds)
		if err != nil {
			return false, err
		}
		if pass {
			return true, nil
		}
	}
}

// fetch fills the places of the next row, whatever the conditions say.
func (c *scanCursor) fetch() (bool, error) {
	n, t := c.n, c.n.t
	if t.dict != nil {
		if c.i == len(c.sys) {
			return false, nil
		}
		copy(c.e.row[c.n.base:], c.sys[c.i])
		c.i++
		return true, nil
	}
	var r store.Ref
	var row []byte
	if c.refs != nil {
		for row == nil {
			if c.i == len(c.refs) {
				if c.at == len(c.keys) {
					return false, nil
				}
				c.refs, c.i = n.ranged.key.index(c.e.ex.s, t).Refs(c.keys[c.at]), 0
				c.at++
				continue
			}
			r = c.refs[c.i]
			c.i++
			var err error
			if row, err = c.e.ex.s.db.store.Read(r, c.snap); err != nil {
				return false, err
			}
			if row != nil && c.keys != nil {
				cols := c.e.row[n.base : n.base+t.width()]
				t.complete(cols, store.Decode(row, cols))
				if !c.hasKey(n.ranged.key, cols) {
					row = nil
				}
			}
		}
	} else {
		for {
			if c.scan == nil {
				if c.i == len(c.segs) {
					return false, nil
				}
				c.scan = c.segs[c.i].Scan(c.snap, c.from, c.to)
				c.i++
			}
			var ok bool
			var err error
			if r, row, ok, err = c.scan.Next(); err != nil {
				return false, err
			}
			if ok {
				break
			}
			c.scan = nil
		}
	}
	cols := c.e.row[c.n.base : c.n.base+t.width()]
	if k := store.Decode(row, cols); k < len(cols) {
		t.complete(cols, k)
	}
	if c.n.src.wantRowID {
		c.e.row[c.n.src.rowid] = r.RowID()
	}
	return true, nil
}

// complete fills in what rows lack that are older than a column.
func (t *table) complete(cols [][]byte, n int) {
	for ; n < len(t.cols); n++ {
		cols[n] = t.cols[n].missing
	}
}

func (c *scanCursor) close() {}

// scnValue reads an SCN of a NUMBER.
func scnValue(v []byte) (uint64, error) {
	n, err := number.Decode(v)
	if err != nil {
		return 0, numErr(err)
	}
	i, ok := n.Int()
	if !ok || i < 0 {
		return 0, ora.New(8181)
	}
	return uint64(i), nil
}
