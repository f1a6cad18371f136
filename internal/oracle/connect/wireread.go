package connect

import "github.com/sijms/go-ora/v2/network"

// reader reads what an answer is made of, and keeps the first error; after one, everything is zero.
type reader struct {
	n   *network.Session
	err error
}

// maxValue is what one value can have: a LONG has up to 2 GB.
const maxValue = 1<<31 - 1

func (r *reader) byte() byte {
	if r.err != nil {
		return 0
	}
	var b byte
	b, r.err = r.n.GetByte()
	return b
}

// bytes gives the next n, in the driver's buffer: they stay as they are, since it begins a new one for each answer.
func (r *reader) bytes(n int) []byte {
	if r.err != nil || n == 0 {
		return nil
	}
	if n < 0 || n > maxValue {
		r.err = errLength
		return nil
	}
	var b []byte
	b, r.err = r.n.GetBytes(n)
	return b
}

func (r *reader) skip(n int) { r.bytes(n) }

// number is an integer with its length in front.
func (r *reader) number() int {
	head := r.byte()
	size, negative := int(head&0x7F), head&0x80 != 0
	if size > 8 {
		r.err = errLength
		return 0
	}
	v := 0
	for _, b := range r.bytes(size) {
		v = v<<8 | int(b)
	}
	if negative {
		v = -v
	}
	return v
}

// clr is a value of bytes: nil when there is none. Long ones come in chunks, which are put together.
func (r *reader) clr() []byte {
	switch head := r.byte(); head {
	case 0, 0xFF, 0xFD:
		return nil
	case 0xFE:
		var out []byte
		for {
			var size int
			if r.n.UseBigClrChunks {
				size = r.number()
			} else {
				size = int(r.byte())
			}
			if r.err != nil {
				return nil
			}
			if size == 0 {
				return out
			}
			out = append(out, r.bytes(size)...)
			if len(out) > maxValue {
				r.err = errLength
			}
		}
	default:
		return r.bytes(int(head))
	}
}

// dlc is a length and, unless that is 0, a clr.
func (r *reader) dlc() []byte {
	if r.number() > 0 {
		return r.clr()
	}
	return nil
}

// pair is a key, a value and a number.
func (r *reader) pair() {
	r.dlc()
	r.dlc()
	r.number()
}

// piggyback is message 23, without its number: news of the session that are of no use here but must be read over.
func (r *reader) piggyback() {
	switch r.byte() {
	case 2: // process id
		size := r.number()
		r.skip(1)
		r.skip(size)
	case 4: // session values
		r.number()
		r.skip(1)
		for range r.number() {
			r.pair()
		}
		r.number()
		r.number()
		r.number()
	case 5: // NLS settings
		r.number()
		r.skip(1)
		n := r.number()
		r.skip(1)
		for range n {
			r.pair()
		}
		r.number()
	case 7: // transaction id
		r.number()
		r.clr()
	case 8:
		r.number()
		r.skip(1)
		r.number()
		r.number()
		r.skip(1)
		r.dlc()
	case 9:
		r.number()
		r.skip(1)
	case 0:
		r.skip(1)
	}
}
