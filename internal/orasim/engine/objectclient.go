package engine

import (
	"bytes"
	"crypto/md5"
	"encoding/binary"
	"errors"
	"slices"

	"landfall/internal/orasim/ora"
	"landfall/internal/orasim/session"
)

// Objects and collections at the seam: what they are made of, and their values as lists of parts. Values of subtypes, and what has
// REFs or XMLTYPE in it, are ORA-03001.

// typeID is TYPE_OID: drivers ask for a type by it. Oracle's are random; these are the same in every run.
func (o *object) typeID() []byte { return typeIdentity(o.owner, o.name, o.id) }

func typeIdentity(owner, name string, id uint32) []byte {
	sum := md5.Sum(binary.BigEndian.AppendUint32([]byte(owner+"\x00"+name+"\x00"), id))
	return sum[:]
}

// TypeOf implements session.Types.
func (s *Session) TypeOf(id []byte) (*session.Shape, error) {
	o := s.db.typeWithID(id)
	if o == nil {
		return nil, nil
	}
	shape, err := s.shapeOf(s.udtOf(o), 0)
	return shape, seam(err)
}

// typeWithID is the type as it is now, nil where none has the identity. Every value that is bound asks for its own.
func (db *Database) typeWithID(id []byte) *object {
	db.mu.RLock()
	defer db.mu.RUnlock()
	for _, o := range db.objects {
		if o.kind == "TYPE" && o.space == 0 && !o.system && bytes.Equal(o.typeID(), id) {
			c := *o
			return &c
		}
	}
	return nil
}

// shapeOf is what values of a type are made of.
func (s *Session) shapeOf(u *udt, depth int) (*session.Shape, error) {
	if u == nil || depth > 16 {
		return nil, ora.Unsupported("a type whose definition is not known")
	}
	shape := &session.Shape{ID: u.object.typeID(), Schema: u.object.owner, Name: u.object.name, Collection: u.elem != nil}
	for _, a := range u.made() {
		col := a.typ.column(a.name, s.db.set)
		if a.typ.kind == kOther {
			if a.typ.ref {
				return nil, ora.Unsupported("an attribute that is a REF, for the client")
			}
			part, err := s.shapeOf(s.udt(a.typ), depth+1)
			if err != nil {
				return nil, err
			}
			col.Shape = part
		}
		shape.Parts = append(shape.Parts, col)
	}
	return shape, nil
}

// describe is a column of a result as the client sees it. A type that has no shape is refused when it has a value.
func (s *Session) describe(col outCol) session.Column {
	d := col.typ.column(string(s.db.set.Plain([]byte(col.name))), s.db.set)
	d.Nullable = col.null
	if u := s.udt(col.typ); u != nil {
		if shape, err := s.shapeOf(u, 0); err == nil {
			d.Shape = shape
		}
	}
	return d
}

// clientPart is a value of a type in the form of the seam.
func (s *Session) clientPart(t typ, v []byte) ([]byte, error) {
	if v == nil {
		return nil, nil
	}
	switch {
	case t.kind == kOther:
		return s.clientObject(t, v)
	case t.kind == kClob:
		return s.lobs.add(&lob{clob: true, raw: nonNil(bytes.Clone(v))}), nil
	case t.kind == kBlob:
		return s.lobs.add(&lob{data: bytes.Clone(v)}), nil
	case t.kind == kXML:
		return nil, ora.Unsupported("an XMLTYPE in an object, for the client")
	case t.kind.text():
		return s.seamText(v, t.national), nil
	}
	return v, nil
}

// clientObject is an object or collection as the list of its parts.
func (s *Session) clientObject(t typ, v []byte) ([]byte, error) {
	u := s.udt(t)
	if u == nil {
		return nil, ora.Unsupported("a value of type " + t.String() + " in a result")
	}
	var list [][]byte
	var err error
	types := []typ{}
	if u.elem != nil {
		list, err = parts(v)
		types = slices.Repeat([]typ{*u.elem}, len(list))
	} else {
		var of objectName
		of, list, err = objectParts(v)
		if err == nil && (of != u.object.objectName || len(list) < len(u.attrs)) {
			err = ora.Unsupported("a value of a type under " + u.titled() + ", or of its definition before a change, for the client")
		}
		for _, a := range u.attrs {
			types = append(types, a.typ)
		}
	}
	if err != nil {
		return nil, err
	}
	out := make([][]byte, len(types))
	for i, p := range types {
		if out[i], err = s.clientPart(p, list[i]); err != nil {
			return nil, err
		}
	}
	return session.AppendParts(nil, out), nil
}

// heldObject is the image of an object or collection that came as the list of its parts.
func (s *Session) heldObject(t typ, v []byte) ([]byte, error) {
	u := s.udt(t)
	if u == nil {
		return nil, ora.Unsupported("a bind of type " + t.String())
	}
	list, err := session.PartsOf(v)
	if err != nil {
		return nil, ora.Unsupported("a value of type " + u.titled() + " that has not its parts")
	}
	if u.elem != nil {
		if u.limit > 0 && len(list) > u.limit {
			return nil, ora.New(22165, len(list), u.limit)
		}
		for i := range list {
			if list[i], err = s.heldPart(*u.elem, list[i]); err != nil {
				return nil, err
			}
		}
		return session.AppendParts(nil, list), nil
	}
	if len(list) != len(u.attrs) {
		return nil, ora.Unsupported("a value of type " + u.titled() + " that has not its parts")
	}
	for i, a := range u.attrs {
		if list[i], err = s.heldPart(a.typ, list[i]); err != nil {
			return nil, err
		}
	}
	return u.image(list), nil
}

// heldPart is an attribute or element that came through the seam.
func (s *Session) heldPart(t typ, v []byte) ([]byte, error) {
	switch {
	case v == nil:
		return nil, nil
	case t.kind == kOther:
		return s.heldObject(t, v)
	case t.kind == kXML:
		return nil, ora.Unsupported("an XMLTYPE in an object that is bound")
	}
	v, err := s.bindValue(session.Bind{Type: t.column("", s.db.set).Type, National: t.national}, v)
	if err != nil || v == nil {
		return nil, err
	}
	r, err := fit(t, false, s.db.set)(v)
	var long *tooLong
	if errors.As(err, &long) {
		return nil, ora.New(22814)
	}
	return r, err
}
