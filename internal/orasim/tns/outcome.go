package tns

import (
	"context"
	"errors"

	"landfall/internal/orasim/session"
	"landfall/internal/orasim/value/charset"
)

// Directions in message 11.
const (
	directionIn    = 32
	directionOut   = 16
	directionInOut = 48
)

// outcome answers an execution that was no query.
func (c *connection) outcome(ctx context.Context, cur *cursor, res *session.Result, commit bool) error {
	if err := c.outBinds(ctx, cur, res); err != nil {
		return c.failInstead(err, cur.id)
	}
	if commit {
		if err := c.sess.Commit(ctx); err != nil {
			return c.failInstead(err, cur.id)
		}
	}
	if len(res.Implicit) > 0 {
		if err := c.implicit(res.Implicit); err != nil {
			return c.failInstead(err, cur.id)
		}
	}
	c.executed(cur, res)
	x := ending{cursor: cur.id, rows: res.RowCount, rowID: res.LastRowID, sqlType: sqlType(cur.kind)}
	if res.Warning != nil {
		x.warning = warnCompilation
	}
	if len(res.BatchErrors) > 0 {
		x.code, x.text = 24381, c.toClient("ORA-24381: error(s) in array DML\n")
		for _, e := range res.BatchErrors {
			x.batch = append(x.batch, batchError{code: e.Code, row: e.Row, text: c.toClient(e.Error() + "\n")})
		}
	}
	return c.end(x)
}

// failed answers an execution that has an error, after what was done before it. Whole is a call that says whether row counts are wanted: one
// that executes again does not, and drivers do that too when they want none any longer.
func (c *connection) failed(cur *cursor, res *session.Result, err error, whole bool) error {
	x, other := c.complaint(err, cur.id)
	if other != nil {
		return other
	}
	if res != nil {
		x.rows = res.RowCount
		x.rowID = res.LastRowID
		if whole && len(res.RowCounts) > 0 && cur.rowCounts {
			c.executed(cur, res) // of the iterations before the one that failed
		}
	}
	return c.end(x)
}

// executed is message 8.
func (c *connection) executed(cur *cursor, res *session.Result) {
	e := &c.enc
	e.byte(8)
	e.ub(2)
	e.ub(0)
	e.ub(0)
	e.ub(0)
	c.newSchema()
	e.ub(0) // registration
	if !cur.rowCounts || cur.kind == session.Query || cur.block {
		return
	}
	var counts []uint64
	if res != nil {
		if counts = res.RowCounts; counts == nil {
			counts = []uint64{res.RowCount}
		}
	}
	e.ub(uint64(len(counts)))
	for _, n := range counts {
		e.ub(n)
	}
}

// keySchema is the number of the current schema among the keys and values of message 8.
const keySchema = 168

// newSchema writes the keys and values of message 8: the current schema, when it has been set since the client was told.
func (c *connection) newSchema() {
	e := &c.enc
	name, set := "", c.schemaSet
	if teller, ok := c.sess.(session.SchemaTeller); ok {
		name, set = teller.CurrentSchema()
	}
	if set == c.schemaSet {
		e.ub(0)
		return
	}
	c.schemaSet = set
	e.ub(1)
	e.dlc(c.toClient(name))
	e.ub(0)
	e.ub(keySchema)
}

// outBinds sends what comes back through binds: message 11 says which ones do, rows of values follow.
func (c *connection) outBinds(ctx context.Context, cur *cursor, res *session.Result) error {
	if len(res.Out) == 0 {
		return nil
	}
	if len(res.Out) != len(cur.binds) {
		return errors.New("the result has not one entry for each bind")
	}
	cur.directions = cur.directions[:0]
	for _, o := range res.Out {
		cur.directions = append(cur.directions, o.Direction)
	}
	e := &c.enc
	n := len(cur.binds)
	e.byte(11, 0)
	e.ub(uint64(n & 255))
	e.ub(uint64(n >> 8))
	e.ub(1)
	e.ub(0)
	e.ub(0)
	e.ub(0)
	back := false
	for _, o := range res.Out {
		switch o.Direction {
		case session.In:
			e.byte(directionIn)
		case session.InOut:
			e.byte(directionInOut)
			back = true
		default:
			e.byte(directionOut)
			back = true
		}
	}
	if !back {
		return nil
	}
	if !cur.block {
		return c.returned(ctx, cur, res)
	}
	// a row of values for each iteration of a block
	iterations := 1
	for _, o := range res.Out {
		iterations = max(iterations, len(o.Values))
	}
	for k := range iterations {
		if err := c.outRow(ctx, cur, res, k); err != nil {
			return err
		}
	}
	return nil
}

// outRow sends what one iteration of a block gives back.
func (c *connection) outRow(ctx context.Context, cur *cursor, res *session.Result, k int) error {
	e := &c.enc
	e.byte(7)
	for i, o := range res.Out {
		if o.Direction == session.In {
			continue
		}
		if len(o.Values) <= k {
			return errors.New("an OUT bind has no value")
		}
		values := o.Values[k]
		if cur.declared[i].Elements > 0 {
			e.ub(uint64(len(values)))
		} else if len(values) != 1 {
			return errors.New("an OUT bind has more than one value")
		}
		for _, v := range values {
			if err := c.outValue(ctx, cur, i, v); err != nil {
				return err
			}
		}
	}
	return nil
}

// returned sends the values of RETURNING: a row for each iteration, in which each bind has as many as there were rows.
func (c *connection) returned(ctx context.Context, cur *cursor, res *session.Result) error {
	e := &c.enc
	iterations := 0
	for _, o := range res.Out {
		iterations = max(iterations, len(o.Values))
	}
	for k := range iterations {
		e.byte(7)
		for i, o := range res.Out {
			if o.Direction != session.Returning {
				continue
			}
			if k >= len(o.Values) {
				return errors.New("returned values are missing")
			}
			e.ub(uint64(len(o.Values[k])))
			for _, v := range o.Values[k] {
				if err := c.outValue(ctx, cur, i, v); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// outValue writes a value for bind i, and behind it the length that it should have had, when it does not fit into what the client has for it;
// else 0. Only values of RETURNING can be too long, blocks have ended with ORA-06502 then.
func (c *connection) outValue(ctx context.Context, cur *cursor, i int, v []byte) error {
	e := &c.enc
	b := cur.declared[i]
	switch {
	case b.Type == session.RefCursor:
		if err := c.refCursor(ctx, nil, v); err != nil {
			return err
		}
	case b.Type == session.CLOB || b.Type == session.BLOB || b.Type == session.BFile:
		if err := c.lobValue(ctx, b.Type, b.National, cur.binds[i].cont&oacPrefetch != 0, v); err != nil {
			return err
		}
	case b.Type == session.PLSQLBoolean:
		c.boolean(v)
	case b.Type == session.Object:
		shape, err := c.shapeOf(cur.binds[i].typeID)
		if err != nil {
			return err
		}
		if shape == nil {
			return errors.New("a value of a type that is not known")
		}
		if err := c.objectValue(shape, v); err != nil {
			return err
		}
	case isText(b.Type) && !b.National:
		set := c.bindSet(cur.binds[i])
		text := charset.Convert(v, c.dbSet, set)
		if size := b.Size; size > 0 && len(text) > size {
			e.clr(set.Cut(text, size))
			e.ub(uint64(len(text)))
			return c.room()
		}
		e.clr(text)
	case b.Type == session.Raw && b.Size > 0 && len(v) > b.Size:
		e.clr(v[:b.Size])
		e.ub(uint64(len(v)))
		return c.room()
	default:
		e.clr(v)
	}
	e.ub(0)
	return c.room()
}

func (c *connection) boolean(v []byte) {
	switch {
	case len(v) == 0:
		c.enc.byte(0)
	case v[0] == 0:
		c.enc.byte(1, 0)
	default:
		c.enc.byte(2, 1, 1)
	}
}

// implicit is message 27: the results that a block gave back without a bind.
func (c *connection) implicit(list []*session.Cursor) error {
	e := &c.enc
	e.byte(27)
	e.ub(uint64(len(list)))
	for _, open := range list {
		cur, err := c.cursorOf(open, nil)
		if err != nil {
			return err
		}
		cur.handle = []byte{}
		e.byte(0)
		c.describeBody(cur.columns)
		e.ub(uint64(cur.id))
	}
	return nil
}

// refCursor writes a value of type REF CURSOR: its columns and the number it can be fetched by. One that is not open has
// no columns and the number 0, which clients refuse. Of the cursor in whose row it stands it is a nested one.
func (c *connection) refCursor(ctx context.Context, in *cursor, handle []byte) error {
	e := &c.enc
	e.byte(1)
	if handle == nil {
		c.describeBody(nil)
		e.ub(0)
		return nil
	}
	open, err := c.sess.Cursor(ctx, handle)
	if err != nil {
		return err
	}
	cur, err := c.cursorOf(open, handle)
	if err != nil {
		return err
	}
	if in != nil {
		if in.nested == nil {
			in.nested = map[int]*cursor{}
		}
		in.nested[cur.id], cur.parent = cur, in
	}
	c.describeBody(cur.columns)
	e.ub(uint64(cur.id))
	return nil
}
