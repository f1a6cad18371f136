package tns

import (
	"fmt"

	"landfall/internal/orasim/session"
	"landfall/internal/orasim/value/charset"
)

// oac is the declaration of a bind or of a define: what the client will send, or wants to get.
type oac struct {
	kind     byte
	flag     byte
	size     int
	elements int
	cont     uint64
	charset  int
	form     byte
	chars    int
	typeID   []byte // of an object type
}

const (
	oacArray     = 0x40
	oacSame      = 0x80      // the same placeholder as before: no value of its own
	oacPrefetch  = 0x2000000 // a LOB with its length in front of the locator
	formImplicit = 1
	formNational = 2
	maxVarchar   = 32767
)

func (d *decoder) oac(fields int) oac {
	var o oac
	o.kind = d.byte()
	o.flag = d.byte()
	d.skip(2) // precision and scale, which mean nothing here
	o.size = d.ub4()
	o.elements = d.count(maxArray, "elements")
	o.cont = d.ub8()
	o.typeID = d.dlc(maxName)
	d.ub2()
	o.charset = d.ub2()
	o.form = d.byte()
	o.chars = d.ub4()
	if fields >= 8 {
		d.ub4() // collation
	}
	return o
}

func (d *decoder) oacs(n, fields int) []oac {
	list := make([]oac, 0, min(n, 256))
	for i := 0; i < n && d.err == nil; i++ {
		list = append(list, d.oac(fields))
	}
	return list
}

// Numbers of types that only clients use.
const (
	typeVarnum      = 6
	typeVarchar     = 9
	typeString      = 5
	typeCharz       = 97
	typeRowIDText   = 104
	typeLongVarchar = 94
	typeLongVarraw  = 95
	typeResultSet   = 116
)

// bindType translates the client's number of a type; ok is false for one that is not served.
func bindType(kind byte) (t session.Type, ok bool) {
	switch kind {
	case 1, typeString, typeVarchar, byte(session.RowID), typeRowIDText, byte(session.URowID):
		return session.Varchar2, true // ROWIDs are bound as text
	case typeCharz:
		return session.Char, true
	case typeVarnum:
		return session.Number, true
	case typeLongVarchar:
		return session.Long, true
	case typeLongVarraw:
		return session.LongRaw, true
	case typeResultSet:
		return session.RefCursor, true
	case 187:
		return session.Timestamp, true
	case 188:
		return session.TimestampTZ, true
	case 232:
		return session.TimestampLTZ, true
	case 189:
		return session.IntervalYM, true
	case 190:
		return session.IntervalDS, true
	}
	switch t = session.Type(kind); t {
	case session.Number, session.PLSQLInteger, session.Long, session.Date, session.Raw, session.LongRaw, session.Char,
		session.BinaryFloat, session.BinaryDouble, session.RefCursor, session.CLOB, session.BLOB, session.BFile,
		session.Timestamp, session.TimestampTZ, session.IntervalYM, session.IntervalDS, session.TimestampLTZ,
		session.PLSQLBoolean, session.Object:
		return t, true
	}
	return 0, false
}

func isText(t session.Type) bool {
	return t == session.Varchar2 || t == session.Char || t == session.Long
}

// late tells whether the value of a bind stands behind all others of its row: LONGs do, and in SQL what is longer than a
// VARCHAR2 can be.
func (o oac) late(block bool) bool {
	switch o.kind {
	case byte(session.Long), byte(session.LongRaw), typeLongVarchar, typeLongVarraw:
		return true
	}
	return !block && o.size > maxVarchar
}

// declared gives the binds as the backend sees them.
func (c *connection) declared(list []oac) ([]session.Bind, error) {
	out := make([]session.Bind, len(list))
	for i, o := range list {
		t, ok := bindType(o.kind)
		if !ok {
			return nil, &session.Error{Code: 3115, Text: fmt.Sprintf("unsupported network datatype or representation (a bind of type %d)", o.kind)}
		}
		out[i] = session.Bind{Type: t, Size: o.size, National: o.form == formNational && (isText(t) || t == session.CLOB)}
		if t == session.Object {
			shape, err := c.shapeOf(o.typeID)
			if err != nil {
				return nil, err
			}
			if shape == nil {
				return nil, &session.Error{Code: 3115, Text: "unsupported network datatype or representation (a bind of an object type that is not known)"}
			}
			out[i].TypeSchema, out[i].TypeName = shape.Schema, shape.Name
		}
		if o.flag&oacArray != 0 || o.elements > 0 {
			out[i].Elements = max(o.elements, 1)
		}
	}
	return out, nil
}

// bindRows reads the values of some iterations. Which binds have values depends on the call: all of them in a first
// execution, but for those of RETURNING with clients that do not send what the server does not need; none that only
// gives something back when the client knows already which ones do.
func (c *connection) bindRows(cur *cursor, iterations int, again bool) (rows [][][]byte, arrays map[int][][]byte, err error) {
	d := &c.dec
	sent := make([]bool, len(cur.binds))
	any, late := false, false
	for i, o := range cur.binds {
		returning := i < len(cur.places) && cur.places[i].returning
		switch {
		case o.flag&oacSame != 0:
		case again && i < len(cur.directions) && cur.directions[i] != session.In && cur.directions[i] != session.InOut:
		case returning && (again || !cur.allValues):
		default:
			sent[i], any = true, true
			late = late || o.late(cur.block)
		}
	}
	if !any {
		iterations = max(iterations, 1)
		for range iterations {
			rows = append(rows, make([][]byte, len(cur.binds)))
		}
		return rows, nil, d.err
	}
	rows = make([][][]byte, 0, min(iterations, 4096))
	for range iterations {
		if m := d.byte(); m != 7 && d.err == nil {
			d.fail("message %d where bind values should be", m)
		}
		row := make([][]byte, len(cur.binds))
		for pass := range 2 {
			if pass == 1 && !late {
				break
			}
			for i, o := range cur.binds {
				if !sent[i] || o.late(cur.block) != (pass == 1) {
					continue
				}
				if o.flag&oacArray != 0 || o.elements > 0 {
					n := d.count(maxArray, "elements")
					list := make([][]byte, 0, min(n, 4096))
					for j := 0; j < n && d.err == nil; j++ {
						list = append(list, c.bindValue(cur, o))
					}
					if arrays == nil {
						arrays = map[int][][]byte{}
					}
					arrays[i] = list
				} else {
					row[i] = c.bindValue(cur, o)
				}
			}
		}
		if d.err != nil {
			return nil, nil, d.err
		}
		for i, o := range cur.binds { // values that were said before under the same name
			if o.flag&oacSame == 0 || i >= len(cur.places) {
				continue
			}
			for j := range i {
				if cur.places[j].name == cur.places[i].name && cur.binds[j].flag&oacSame == 0 {
					row[i] = row[j]
					break
				}
			}
		}
		rows = append(rows, row)
	}
	return rows, arrays, d.err
}

// bindValue reads one value and makes it what the backend wants. Whether it can be one of its type is looked at here too,
// so that no backend needs to expect a DATE of three bytes; what is wrong with it is kept until the request is read.
func (c *connection) bindValue(cur *cursor, o oac) []byte {
	d := &c.dec
	t, ok := bindType(o.kind)
	if !ok {
		d.fail("a value of type %d", o.kind)
		return nil
	}
	switch t {
	case session.Object:
		return c.objectBind(cur, o)
	case session.CLOB, session.BLOB, session.BFile:
		if d.count(maxName, "bytes of a locator") == 0 {
			return nil
		}
		loc, err := unwrapLocator(d.clr(maxName))
		if err != nil {
			cur.invalid(err)
		}
		return loc
	case session.RefCursor:
		if d.ub4() == 0 {
			return nil
		}
		id := d.ub4()
		if open := c.cursors[id]; open != nil {
			return open.handle
		}
		return nil
	case session.PLSQLBoolean:
		n := int(d.byte())
		if n == 0 || n == clrNull {
			return nil
		}
		if n == 0xfd { // an escape: null
			d.byte()
			return nil
		}
		b := d.raw(min(n, 8))
		if len(b) == 0 {
			return nil
		}
		return []byte{b[len(b)-1] & 1}
	}
	v := d.clr(maxRequest)
	if v == nil || d.err != nil {
		return nil
	}
	if isText(t) {
		if o.form == formNational {
			return v
		}
		return charset.Convert(v, c.bindSet(o), c.dbSet)
	}
	if !plausible(t, v) {
		cur.invalid(errLength)
		return nil
	}
	if t == session.TimestampTZ {
		return normalZone(v)
	}
	return v
}

// bindSet is the character set of a bind's values: drivers say it with the bind, and one of them does not say its own.
func (c *connection) bindSet(o oac) *charset.Set {
	if set, ok := charset.Of(o.charset); ok {
		return set
	}
	return c.clientSet
}

var errLength = &session.Error{Code: 3146, Text: "invalid buffer length for TTC field"}

// plausible tells whether bytes have a length that values of the type can have.
func plausible(t session.Type, v []byte) bool {
	n := len(v)
	switch t {
	case session.Number, session.PLSQLInteger:
		return n <= 22
	case session.Date:
		return n == 7
	case session.Timestamp, session.TimestampLTZ:
		return n == 7 || n == 11
	case session.TimestampTZ:
		return n == 13
	case session.IntervalYM:
		return n == 5
	case session.IntervalDS:
		return n == 11
	case session.BinaryFloat:
		return n == 4
	case session.BinaryDouble:
		return n == 8
	}
	return true
}
