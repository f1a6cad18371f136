package tns

import (
	"bytes"
	"testing"

	"landfall/internal/orasim/session"
	"landfall/internal/orasim/value/charset"
)

// TestObjectImage holds that an image is read as it was written, and that one that is cut off or has another byte is an
// error or another value, and no fault.
func TestObjectImage(t *testing.T) {
	set, _ := charset.Of(873)
	c := &connection{dbSet: set, clientSet: set}
	inner := &session.Shape{ID: make([]byte, 16), Name: "INNER", Parts: []session.Column{{Type: session.Varchar2}, {Type: session.Number}}}
	many := &session.Shape{ID: make([]byte, 16), Name: "MANY", Collection: true, Parts: []session.Column{{Type: session.Object, Shape: inner}}}
	texts := &session.Shape{ID: make([]byte, 16), Name: "TEXTS", Collection: true, Parts: []session.Column{{Type: session.Varchar2, National: true}}}
	shape := &session.Shape{ID: make([]byte, 16), Name: "OUTER", Parts: []session.Column{
		{Type: session.Raw}, {Type: session.Object, Shape: inner}, {Type: session.Object, Shape: many}, {Type: session.Object, Shape: texts}, {Type: session.PLSQLBoolean}, {Type: session.Date},
	}}
	one := session.AppendParts(nil, [][]byte{[]byte("one"), {0xc1, 2}})
	long := bytes.Repeat([]byte{0, 'x'}, 200)
	for _, v := range [][][]byte{
		{
			bytes.Repeat([]byte{7}, 300), one, session.AppendParts(nil, [][]byte{one, nil, one}), session.AppendParts(nil, [][]byte{long, nil}),
			{1},
			{120, 124, 2, 29, 1, 1, 1},
		},
		{nil, nil, nil, nil, nil, nil},
		{{1}, one, session.AppendParts(nil, nil), nil, {0}, nil},
	} {
		want := session.AppendParts(nil, v)
		image, err := c.image(shape, want)
		if err != nil {
			t.Fatal(err)
		}
		r := &imageReader{c: c, b: image}
		if got := r.image(shape, 0); r.err != nil || !bytes.Equal(got, want) || len(r.b) != 0 {
			t.Errorf("%x: %v, %x, want %x", image, r.err, got, want)
		}
		for i := range image {
			r := &imageReader{c: c, b: image[:i]}
			if r.image(shape, 0); r.err == nil {
				t.Errorf("an image of %d of %d bytes was read", i, len(image))
			}
			for _, other := range []byte{0, 1, 0xf5, 0xfd, 0xfe, 0xff} {
				changed := bytes.Clone(image)
				changed[i] = other
				r := &imageReader{c: c, b: changed}
				r.image(shape, 0)
			}
		}
	}
	r := &imageReader{c: c, b: []byte{imageOfObject, imageVersion, 10, 1, 7, imageNullObject, 1, clrNull, 1, clrNull, clrNull, clrNull}} // as go-ora writes NULL
	if got, want := r.image(shape, 0), session.AppendParts(nil, [][]byte{{7}, nil, nil, nil, nil, nil}); r.err != nil || !bytes.Equal(got, want) {
		t.Errorf("%v, %x", r.err, got)
	}
}
