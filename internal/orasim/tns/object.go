package tns

import (
	"encoding/binary"
	"errors"

	"landfall/internal/orasim/session"
	"landfall/internal/orasim/value/charset"
)

// The image of an object: flags, version, length, and its attributes one behind the other, those of an object within it
// without a head of their own. That of a collection has a segment of one byte in front, flags, and how many elements there
// are. Every scalar has its length in front, and so have collections, and objects that are elements.
const (
	imageVersion    = 1
	imageOfObject   = 0x84 // version 8.1, no segment in front
	imageOfMany     = 0x88 // version 8.1, a collection
	imageNoSegment  = 0x04
	imageDegenerate = 0x10 // kept in a LOB
	imageNullObject = 0xfd
	imageShort      = 245 // the longest length in one byte
	maxParts        = 1 << 20
)

var (
	errImage = &session.Error{Code: 3146, Text: "invalid buffer length for TTC field"}
	extentID = []byte{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 1}
)

// shapeOf is the type with an identity; nil for one that is not known.
func (c *connection) shapeOf(id []byte) (*session.Shape, error) {
	types, ok := c.sess.(session.Types)
	if !ok || len(id) == 0 {
		return nil, nil
	}
	return types.TypeOf(id)
}

// objectValue writes a value of an object type or collection.
func (c *connection) objectValue(shape *session.Shape, v []byte) error {
	e := &c.enc
	if v == nil {
		for range 5 {
			e.ub(0) // type, object, snapshot, version, length
		}
		e.ub(1)
		return nil
	}
	image, err := c.image(shape, v)
	if err != nil {
		return err
	}
	e.dlc(append(append([]byte{0, 34, 2, 8}, shape.ID...), extentID...))
	e.ub(0) // object identity
	e.ub(0) // snapshot
	e.ub(0) // version
	e.ub(uint64(len(image)))
	e.ub(1)
	e.clr(image)
	return nil
}

// image is that of a whole value.
func (c *connection) image(shape *session.Shape, v []byte) ([]byte, error) {
	parts, err := session.PartsOf(v)
	if err != nil {
		return nil, err
	}
	b := []byte{imageOfObject, imageVersion, clrLong, 0, 0, 0, 0}
	if shape.Collection {
		b[0] = imageOfMany
		b = appendLength(append(b, 1, 1, 0), len(parts))
	}
	if b, err = c.imageParts(b, shape, parts); err != nil {
		return nil, err
	}
	binary.BigEndian.PutUint32(b[3:], uint32(len(b)))
	return b, nil
}

func (c *connection) imageParts(b []byte, shape *session.Shape, parts [][]byte) ([]byte, error) {
	if !shape.Collection && len(parts) != len(shape.Parts) {
		return nil, errors.New("an object has not the attributes of its type")
	}
	for i, v := range parts {
		col := &shape.Parts[0]
		if !shape.Collection {
			col = &shape.Parts[i]
		}
		switch {
		case v == nil && col.Shape != nil && !col.Shape.Collection:
			b = append(b, imageNullObject)
		case v == nil:
			b = append(b, clrNull)
		case col.Shape != nil && (shape.Collection || col.Shape.Collection):
			whole, err := c.image(col.Shape, v)
			if err != nil {
				return nil, err
			}
			b = append(appendLength(b, len(whole)), whole...)
		case col.Shape != nil:
			inner, err := session.PartsOf(v)
			if err != nil {
				return nil, err
			}
			if b, err = c.imageParts(b, col.Shape, inner); err != nil {
				return nil, err
			}
		default:
			v = c.imageScalar(col, v)
			b = append(appendLength(b, len(v)), v...)
		}
	}
	return b, nil
}

func (c *connection) imageScalar(col *session.Column, v []byte) []byte {
	switch {
	case col.Type == session.CLOB || col.Type == session.BLOB || col.Type == session.BFile:
		return c.wrapLocator(col.Type, col.National, v)
	case col.Type == session.PLSQLBoolean:
		return []byte{0, 0, 0, v[len(v)-1]}
	case isText(col.Type) && !col.National:
		return charset.Convert(v, c.dbSet, c.clientSet)
	}
	return v
}

func appendLength(b []byte, n int) []byte {
	if n <= imageShort {
		return append(b, byte(n))
	}
	return binary.BigEndian.AppendUint32(append(b, clrLong), uint32(n))
}

// objectBind reads a value of an object type; nil is NULL.
func (c *connection) objectBind(cur *cursor, o oac) []byte {
	d := &c.dec
	d.dlc(maxName) // identity of the type, which the bind has said
	d.dlc(maxName) // and of the object
	d.dlc(maxName) // snapshot
	d.ub2()        // version
	size := d.count(maxRequest, "bytes of an object")
	d.ub4() // flags
	if size == 0 || d.err != nil {
		return nil
	}
	v := d.clr(maxRequest)
	if nullImage(v) {
		return nil
	}
	shape, err := c.shapeOf(o.typeID)
	if err == nil && shape == nil {
		err = errImage
	}
	if err == nil && d.err == nil {
		v, err = c.imageOf(shape, v)
	}
	if err != nil {
		cur.invalid(err)
		return nil
	}
	return v
}

// imageOf reads an image. An embedded object that is NULL is 0xFD; 0xFF is an object whose first attribute is NULL. But go-ora writes 0xFF for
// the one too, so an image that does not come out even is read so.
func (c *connection) imageOf(shape *session.Shape, image []byte) ([]byte, error) {
	r := &imageReader{c: c, b: image}
	v := r.image(shape, 0)
	if r.err == nil && len(r.b) == 0 {
		return v, nil
	}
	loose := &imageReader{c: c, b: image, loose: true}
	if w := loose.image(shape, 0); loose.err == nil {
		return w, nil
	}
	return v, r.err
}

// nullImage is go-ora's NULL of an object type or collection.
func nullImage(v []byte) bool { return len(v) == 1 && (v[0] == clrNull || v[0] == imageNullObject) }

// imageReader takes an image apart. After an error it reads nothing.
type imageReader struct {
	c     *connection
	b     []byte
	err   error
	loose bool // 0xFF is NULL of an embedded object too
}

func (r *imageReader) take(n int) []byte {
	if r.err != nil || n > len(r.b) || n < 0 {
		if r.err == nil {
			r.err = errImage
		}
		return nil
	}
	v := r.b[:n:n]
	r.b = r.b[n:]
	return v
}

func (r *imageReader) byte() byte {
	if v := r.take(1); v != nil {
		return v[0]
	}
	return 0
}

func (r *imageReader) length() int {
	n := int(r.byte())
	if n == clrLong {
		if v := r.take(4); v != nil {
			n = int(binary.BigEndian.Uint32(v))
		}
	}
	return n
}

// image reads a head and the parts behind it.
func (r *imageReader) image(shape *session.Shape, depth int) []byte {
	flags := r.byte()
	r.byte()   // version
	r.length() // of the whole
	if flags&imageDegenerate != 0 || depth > 32 {
		r.err = errImage
		return nil
	}
	if flags&imageNoSegment == 0 {
		r.take(r.length())
	}
	if !shape.Collection {
		return r.attributes(shape, depth)
	}
	r.byte() // flags of the collection
	n := r.length()
	if n > maxParts || n > len(r.b) {
		r.err = errImage
		return nil
	}
	list := make([][]byte, 0, n)
	for i := 0; i < n && r.err == nil; i++ {
		list = append(list, r.part(&shape.Parts[0], true, depth))
	}
	return session.AppendParts(nil, list)
}

func (r *imageReader) attributes(shape *session.Shape, depth int) []byte {
	var list [][]byte
	for i := range shape.Parts {
		list = append(list, r.part(&shape.Parts[i], false, depth))
	}
	return session.AppendParts(nil, list)
}

// part reads an attribute or element.
func (r *imageReader) part(col *session.Column, element bool, depth int) []byte {
	if r.err != nil {
		return nil
	}
	embedded := col.Shape != nil && !element && !col.Shape.Collection
	if len(r.b) > 0 && (r.b[0] == clrNull && (!embedded || r.loose) || r.b[0] == imageNullObject && col.Shape != nil) {
		r.byte()
		return nil
	}
	if embedded {
		return r.attributes(col.Shape, depth+1)
	}
	v := r.take(r.length())
	if r.err != nil {
		return nil
	}
	if col.Shape != nil {
		if nullImage(v) {
			return nil
		}
		inner := &imageReader{c: r.c, b: v, loose: r.loose}
		v = inner.image(col.Shape, depth+1)
		if r.err = inner.err; r.err == nil && len(inner.b) > 0 && !r.loose {
			r.err = errImage
		}
		return v
	}
	return r.scalar(col, v)
}

func (r *imageReader) scalar(col *session.Column, v []byte) []byte {
	switch {
	case len(v) == 0:
		return nil
	case col.Type == session.CLOB || col.Type == session.BLOB || col.Type == session.BFile:
		loc, err := unwrapLocator(v)
		if err != nil {
			r.err = err
		}
		return loc
	case col.Type == session.PLSQLBoolean:
		return []byte{v[len(v)-1] & 1}
	case isText(col.Type) && !col.National:
		return charset.Convert(v, r.c.clientSet, r.c.dbSet)
	case isText(col.Type):
		return v
	case (col.Type == session.Timestamp || col.Type == session.TimestampLTZ) && len(v) == 7:
	case !plausible(col.Type, v):
		r.err = errImage
		return nil
	case col.Type == session.TimestampTZ:
		return normalZone(v)
	}
	return v
}
