package session

import (
	"encoding/binary"
	"errors"
)

// Shape is what values of an object type or collection are made of. Such a value passes the seam as the list of its parts
// (AppendParts), each in the form of its column; the value of a part that has a Shape is a list itself.
type Shape struct {
	ID           []byte // TYPE_OID, 16 bytes
	Schema, Name string
	Collection   bool
	Parts        []Column // the attributes, those that are inherited first; of a collection its element
}

// Types is a Session that knows object types. TypeOf is nil for an identity that no type has.
type Types interface {
	TypeOf(id []byte) (*Shape, error)
}

// nullLength stands for the length of a part that is NULL.
const nullLength = 1<<32 - 1

// AppendParts makes the list of parts: how many there are, then each behind its length, as u32, all ones for NULL.
func AppendParts(b []byte, parts [][]byte) []byte {
	b = binary.BigEndian.AppendUint32(b, uint32(len(parts)))
	for _, v := range parts {
		b = AppendPart(b, v)
	}
	return b
}

// AppendPart makes one part of such a list.
func AppendPart(b, v []byte) []byte {
	if v == nil {
		return binary.BigEndian.AppendUint32(b, nullLength)
	}
	return append(binary.BigEndian.AppendUint32(b, uint32(len(v))), v...)
}

var errParts = errors.New("a list of parts that is none")

// PartsOf takes such a list apart; the parts point into it.
func PartsOf(v []byte) ([][]byte, error) {
	if len(v) < 4 {
		return nil, errParts
	}
	n := int(binary.BigEndian.Uint32(v))
	v = v[4:]
	if n > len(v)/4 {
		return nil, errParts
	}
	parts := make([][]byte, 0, n)
	for range n {
		part, rest, err := PartOf(v)
		if err != nil {
			return nil, err
		}
		parts, v = append(parts, part), rest
	}
	return parts, nil
}

// PartOf takes one part off the front.
func PartOf(v []byte) (part, rest []byte, err error) {
	if len(v) < 4 {
		return nil, nil, errParts
	}
	size := int(binary.BigEndian.Uint32(v))
	if v = v[4:]; size == nullLength {
		return nil, v, nil
	}
	if size > len(v) {
		return nil, nil, errParts
	}
	return v[:size:size], v[size:], nil
}
