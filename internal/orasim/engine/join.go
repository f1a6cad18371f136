package engine

// pair is an equality that a hash join uses: one expression for each side, of one kind.
type pair struct {
	left, right expr
	typ         typ
}

// joinNode joins two nodes. Left rows keep their order.
type joinNode struct {
	left, right node
	lo, hi      int // places of the right side
	leftLo      int
	leftHi      int
	pairs       []pair
	conds       []cond       // further conditions of the join
	outer       bool         // left rows without a partner stay
	full        bool         // right ones too
	lateral     bool         // the right side depends on the left row
	merge       []func(*env) // fills columns that stand for both sides
}

type joinCursor struct {
	n       *joinNode
	e       *env
	left    cursor
	right   cursor             // lateral only
	all     [][][]byte         // rows of the right side
	table   map[string][]int32 // by key
	hit     []bool             // of full joins
	match   []int32
	i       int
	in      bool // a left row is being joined
	joined  bool
	rest    int // unmatched right rows, at the end of a full join
	atRest  bool
	buf     []byte
	started bool
}

func (n *joinNode) open(e *env) (cursor, error) {
	left, err := n.left.open(e)
	if err != nil {
		return nil, err
	}
	return &joinCursor{n: n, e: e, left: left}, nil
}

// build reads the right side.
func (c *joinCursor) build() error {
	c.started = true
	if c.n.lateral {
		return nil
	}
	right, err := c.n.right.open(c.e)
	if err != nil {
		return err
	}
	defer right.close()
	if len(c.n.pairs) > 0 {
		c.table = map[string][]int32{}
	}
	for {
		ok, err := right.next()
		if err != nil {
			return err
		}
		if !ok {
			break
		}
		if err := c.e.ex.tick(); err != nil {
			return err
		}
		row := append([][]byte(nil), c.e.row[c.n.lo:c.n.hi]...)
		if c.table != nil {
			key, null, err := c.key(func(p pair) expr { return p.right })
			if err != nil {
				return err
			}
			if null && !c.n.full {
				continue
			}
			if !null {
				c.table[key] = append(c.table[key], int32(len(c.all)))
			}
		}
		c.all = append(c.all, row)
	}
	if c.n.full {
		c.hit = make([]bool, len(c.all))
	}
	if c.table == nil {
		c.match = make([]int32, len(c.all))
		for i := range c.match {
			c.match[i] = int32(i)
		}
	}
	return nil
}

func (c *joinCursor) key(side func(pair) expr) (string, bool, error) {
	c.buf = c.buf[:0]
	for _, p := range c.n.pairs {
		x := side(p)
		v, err := x.eval(c.e)
		if err != nil {
			return "", false, err
		}
		if v == nil {
			return "", true, nil
		}
		c.buf = appendKey(c.buf, v, p.typ)
	}
	return string(c.buf), false, nil
}

func (c *joinCursor) next() (bool, error) {
	ok, err := c.step()
	if ok {
		for _, f := range c.n.merge {
			f(c.e)
		}
	}
	return ok, err
}

func (c *joinCursor) step() (bool, error) {
	n := c.n
	for !c.atRest {
		if !c.in {
			ok, err := c.left.next()
			if err != nil {
				return false, err
			}
			if !ok {
				if !n.full {
					return false, nil
				}
				if !c.started {
					if err := c.build(); err != nil {
						return false, err
					}
				}
				c.atRest = true
				break
			}
			if !c.started {
				// the right side is read into the same row: keep the left one
				saved := append([][]byte(nil), c.e.row...)
				if err := c.build(); err != nil {
					return false, err
				}
				copy(c.e.row, saved)
			}
			c.in, c.joined, c.i = true, false, 0
			if n.lateral {
				if c.right, err = n.right.open(c.e); err != nil {
					return false, err
				}
			} else if c.table != nil {
				key, null, err := c.key(func(p pair) expr { return p.left })
				if err != nil {
					return false, err
				}
				c.match = nil
				if !null {
					c.match = c.table[key]
				}
			}
		}
		found, err := c.partner()
		if err != nil {
			return false, err
		}
		if found {
			c.joined = true
			return true, nil
		}
		c.in = false
		if c.right != nil {
			c.right.close()
			c.right = nil
		}
		if !c.joined && (n.outer || n.full) {
			clear(c.e.row[n.lo:n.hi])
			return true, nil
		}
	}
	for ; c.rest < len(c.all); c.rest++ {
		if !c.hit[c.rest] {
			clear(c.e.row[n.leftLo:n.leftHi])
			copy(c.e.row[n.lo:n.hi], c.all[c.rest])
			c.rest++
			return true, nil
		}
	}
	return false, nil
}

// partner finds the next row of the right side for the left row at hand.
func (c *joinCursor) partner() (bool, error) {
	for {
		if err := c.e.ex.tick(); err != nil {
			return false, err
		}
		at := int32(-1)
		if c.right != nil {
			ok, err := c.right.next()
			if !ok || err != nil {
				return false, err
			}
		} else {
			if c.i == len(c.match) {
				return false, nil
			}
			at = c.match[c.i]
			c.i++
			copy(c.e.row[c.n.lo:c.n.hi], c.all[at])
		}
		ok, err := meets(c.e, c.n.conds)
		if err != nil {
			return false, err
		}
		if ok {
			if c.hit != nil {
				c.hit[at] = true
			}
			return true, nil
		}
	}
}

func (c *joinCursor) close() {
	c.left.close()
	if c.right != nil {
		c.right.close()
	}
}
