package tns

import (
	"landfall/internal/orasim/session"
)

// wireSize is the size of a column as described: 0 only for LONG, because 0 means "always null" to clients.
func wireSize(col *session.Column) int {
	switch col.Type {
	case session.Number, session.PLSQLInteger:
		return 22
	case session.Date:
		return 7
	case session.Timestamp, session.TimestampLTZ, session.IntervalDS:
		return 11
	case session.TimestampTZ:
		return 13
	case session.IntervalYM:
		return 5
	case session.BinaryFloat:
		return 4
	case session.BinaryDouble:
		return 8
	case session.Long, session.LongRaw:
		return 0
	case session.RowID:
		return 10
	case session.CLOB, session.BLOB, session.BFile:
		return 4000
	case session.Object:
		return 2000
	case session.PLSQLBoolean, session.RefCursor:
		return 4
	case session.URowID:
		return max(col.Size, 4000)
	}
	return max(col.Size, 1)
}

// describe is message 16.
func (c *connection) describe(cols []session.Column) {
	e := &c.enc
	e.byte(16)
	e.clr(make([]byte, 16)) // a hash of the statement, that no client looks at
	c.describeBody(cols)
}

// describeBody is what message 16 and a REF CURSOR have in common.
func (c *connection) describeBody(cols []session.Column) {
	e := &c.enc
	size := 0
	for i := range cols {
		size += wireSize(&cols[i])
	}
	e.ub(uint64(min(size, 1<<31-1)))
	e.ub(uint64(len(cols)))
	if len(cols) > 0 {
		e.byte(0)
	}
	for i := range cols {
		c.describeColumn(&cols[i], i)
	}
	e.dlc([]byte{120, 126, 11, 20, 22, 2, 12}) // the date of something; no client looks at it
	for range 4 {
		e.ub(0)
	}
	e.dlc(nil)
}

func (c *connection) describeColumn(col *session.Column, i int) {
	e := &c.enc
	scaled := false
	switch col.Type {
	case session.Number, session.Timestamp, session.TimestampTZ, session.TimestampLTZ, session.IntervalDS:
		scaled = true
	}
	chars, charset, form := 0, 0, byte(0)
	text := isText(col.Type) && col.Type != session.Long
	if isText(col.Type) || col.Type == session.CLOB {
		charset, form = c.clientSet.ID, 1
		if col.National {
			charset, form = ncharset, formNational
		}
	}
	if text {
		if chars = col.Chars; chars <= 0 {
			chars = max(col.Size, 1)
		}
	}
	e.byte(byte(col.Type), 0, byte(col.Precision))
	if scaled && c.dialect.universal {
		e.sb(int64(col.Scale))
	} else {
		e.byte(byte(int8(col.Scale)))
	}
	e.ub(uint64(wireSize(col)))
	e.ub(0) // elements
	e.ub(0) // flags
	if col.Type == session.Object {
		id := session.XMLTypeID
		if col.Shape != nil {
			id = col.Shape.ID
		}
		e.dlc(id)
		e.ub(1)
	} else {
		e.ub(0)
		e.ub(0)
	}
	e.ub(uint64(charset))
	e.byte(form)
	e.ub(uint64(chars))
	if c.dialect.fields >= 8 {
		e.ub(0)
	}
	nullable := byte(0)
	if col.Nullable {
		nullable = 1
	}
	e.byte(nullable)
	name := c.toClient(col.Name)
	e.byte(byte(min(len(name), 255)))
	e.dlc(name)
	e.dlc(c.toClient(col.TypeSchema))
	e.dlc(c.toClient(col.TypeName))
	e.ub(uint64(i + 1))
	e.ub(0)
}
