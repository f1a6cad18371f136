package value

import (
	"bytes"
	"errors"
	"fmt"
	"testing"
)

func stream(rows ...[]byte) []byte {
	b := AppendHeader(nil)
	for _, r := range rows {
		b = append(b, r...)
	}
	return AppendTrailer(b)
}

var twoRows = [][]byte{[]byte("\x00\x02\x00\x00\x00\x01a\xff\xff\xff\xff"), []byte("\x00\x02\x00\x00\x00\x00\x00\x00\x00\x03bcd")}

func TestReaderPieces(t *testing.T) {
	s := stream(twoRows...)
	for size := 1; size <= len(s); size++ {
		r := NewReader(2, 100)
		var got [][]byte
		for at := 0; at < len(s); at += size {
			err := r.Feed(s[at:min(at+size, len(s))], func(tuple []byte) error { got = append(got, bytes.Clone(tuple)); return nil })
			if err != nil {
				t.Fatalf("in pieces of %d: %v", size, err)
			}
		}
		if err := r.Close(); err != nil {
			t.Fatalf("in pieces of %d: %v", size, err)
		}
		if fmt.Sprintf("%x", got) != fmt.Sprintf("%x", twoRows) {
			t.Fatalf("in pieces of %d: %x", size, got)
		}
	}
	if r := NewReader(2, 0); r.Feed(s[:len(s)-1], func([]byte) error { return nil }) != nil || r.Close() == nil {
		t.Error("a stream without its last byte was whole")
	}
}

func TestReaderRefuses(t *testing.T) {
	for name, s := range map[string][]byte{
		"text":           []byte("1\ttext that is long enough\n"),
		"an OID column":  append([]byte("PGCOPY\n\xff\r\n\x00\x00\x01"), make([]byte, 20)...),
		"three fields":   append(AppendHeader(nil), 0, 3),
		"length -2":      append(AppendHeader(nil), 0, 2, 0xff, 0xff, 0xff, 0xfe),
		"after the end":  append(stream(), 0),
		"a row too long": append(AppendHeader(nil), append([]byte{0, 2, 0, 0, 1, 0}, make([]byte, 200)...)...),
	} {
		if err := NewReader(2, 100).Feed(s, func([]byte) error { return nil }); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
	stop := errors.New("stop")
	if err := NewReader(2, 0).Feed(stream(twoRows...), func([]byte) error { return stop }); err != stop {
		t.Error(err)
	}
}

func TestSplit(t *testing.T) {
	fields, err := Split(nil, twoRows[0])
	if err != nil || len(fields) != 2 || string(fields[0]) != "a" || fields[1] != nil {
		t.Errorf("%q, %v", fields, err)
	}
	if fields, err = Split(fields, twoRows[1]); err != nil || fields[0] == nil || len(fields[0]) != 0 || string(fields[1]) != "bcd" {
		t.Errorf("%q, %v", fields, err)
	}
	for _, s := range []string{"", "\x00", "\x00\x01", "\x00\x01\x00\x00\x00\x02a", "\x00\x01\x00\x00\x00\x01ab", "\xff\xff", "\x00\x01\xff\xff\xff\xfe"} {
		if fields, err := Split(nil, []byte(s)); err == nil {
			t.Errorf("%x: %q", s, fields)
		}
	}
}

func FuzzReader(f *testing.F) {
	f.Add(stream(twoRows...), 3)
	f.Fuzz(func(t *testing.T, s []byte, size int) {
		if size < 1 {
			return
		}
		r := NewReader(2, 0)
		var whole []byte
		for at := 0; at < len(s); at += min(size, len(s)) {
			err := r.Feed(s[at:min(at+min(size, len(s)), len(s))], func(tuple []byte) error {
				whole = append(whole, tuple...)
				fields, err := Split(nil, tuple)
				if err != nil || len(fields) != 2 {
					t.Fatalf("%x: %v", tuple, err)
				}
				return nil
			})
			if err != nil {
				return
			}
		}
		if !bytes.Contains(s, whole) {
			t.Fatalf("%x is not of the stream", whole)
		}
	})
}

func TestHasherPieces(t *testing.T) {
	s := stream(twoRows...)
	var want Fingerprint
	for _, r := range twoRows {
		want.Add(r)
	}
	for size := 1; size <= len(s); size++ {
		h := NewHasher(2)
		for at := 0; at < len(s); at += size {
			if err := h.Feed(s[at:min(at+size, len(s))]); err != nil {
				t.Fatalf("in pieces of %d: %v", size, err)
			}
		}
		if err := h.Close(); err != nil || h.Fingerprint() != want {
			t.Fatalf("in pieces of %d: %s, %v; want %s", size, h.Fingerprint(), err, want)
		}
	}
	if h := NewHasher(2); h.Feed(s[:len(s)-1]) != nil || h.Close() == nil {
		t.Error("a stream without its last byte was whole")
	}
	extended := append(AppendHeader(nil)[:15], 0, 0, 0, 3, 1, 2, 3, 0xff, 0xff)
	if h := NewHasher(2); h.Feed(extended) != nil || h.Close() != nil {
		t.Error("a header with an extension was refused")
	}
	if h := NewHasher(0); h.Feed(append(AppendHeader(nil), 0, 0, 0, 0, 0xff, 0xff)) != nil || h.Close() != nil || h.Fingerprint().Rows != 2 {
		t.Error("rows of no fields")
	}
}

// FuzzHasher holds that a Hasher and a Reader say the same of any stream in any pieces.
func FuzzHasher(f *testing.F) {
	f.Add(stream(twoRows...), 3)
	f.Add(append(AppendHeader(nil), 0, 2, 0xff, 0xff, 0xff, 0xfe), 7)
	f.Fuzz(func(t *testing.T, s []byte, size int) {
		size = max(1, min(size, len(s)))
		h, r := NewHasher(2), NewReader(2, 0)
		var want Fingerprint
		var errH, errR error
		for at := 0; at < len(s) && errH == nil && errR == nil; at += size {
			piece := s[at:min(at+size, len(s))]
			errH = h.Feed(piece)
			errR = r.Feed(piece, func(tuple []byte) error { want.Add(tuple); return nil })
		}
		if errH == nil && errR == nil {
			errH, errR = h.Close(), r.Close()
		}
		if (errH == nil) != (errR == nil) || errH == nil && h.Fingerprint() != want {
			t.Fatalf("%s, %v; the reader %s, %v", h.Fingerprint(), errH, want, errR)
		}
	})
}
