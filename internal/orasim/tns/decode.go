package tns

import (
	"errors"
	"fmt"
	"io"
)

// Limits on what a request may hold. They bound memory and time of a connection that sends nonsense; what drivers send
// is far below.
const (
	maxRequest  = 512 << 20 // bytes of one request
	maxText     = 64 << 20  // of SQL
	maxName     = 4096      // of a user, a schema, a module
	maxPairs    = 1024      // key/value pairs of a login
	maxPairLen  = 64 << 10
	maxBinds    = 65535
	maxColumns  = 4096
	maxArray    = 1 << 20 // iterations of array DML, elements of an index-by table
	maxCursors  = 65535   // the number has two bytes
	maxLocators = 1 << 16 // in one request
)

// errMalformed is the cause of all errors of a request that is not what the protocol says. The connection ends then:
// no request carries its length, so there is no next one to go on with.
var errMalformed = errors.New("malformed request")

// decoder takes the primitives of a request apart, over as many packets as it takes. The first error stays, and all
// reads after it give zeros; loops over counts look at err.
type decoder struct {
	buf    []byte
	pos    int
	more   func() ([]byte, error) // the next piece; io.EOF when there is none
	err    error
	budget int // bytes that may still come in for this request
}

func (d *decoder) fail(format string, args ...any) {
	if d.err == nil {
		d.err = fmt.Errorf("%w: %s", errMalformed, fmt.Sprintf(format, args...))
	}
}

// fill gets the next piece; the old one is used up.
func (d *decoder) fill() bool {
	if d.err != nil {
		return false
	}
	if d.more == nil {
		d.err = io.ErrUnexpectedEOF
		return false
	}
	b, err := d.more()
	if err != nil {
		d.err = err
		return false
	}
	if d.budget -= len(b); d.budget < 0 {
		d.fail("longer than %d bytes", maxRequest)
		return false
	}
	d.buf, d.pos = b, 0
	return true
}

// buffered is how much of the last piece has not been looked at.
func (d *decoder) buffered() int { return len(d.buf) - d.pos }

func (d *decoder) byte() byte {
	for d.pos >= len(d.buf) {
		if !d.fill() {
			return 0
		}
	}
	d.pos++
	return d.buf[d.pos-1]
}

// raw gives n bytes. They stay as they are: pieces are not used again. What is long is collected as it arrives, so that a
// length that lies takes no memory.
func (d *decoder) raw(n int) []byte {
	if n < 0 || n > d.budget+d.buffered() {
		d.fail("%d bytes announced", n)
	}
	if d.err != nil || n == 0 {
		return nil
	}
	if n <= d.buffered() {
		d.pos += n
		return d.buf[d.pos-n : d.pos : d.pos]
	}
	var out []byte
	for n > 0 {
		if d.pos >= len(d.buf) && !d.fill() {
			return nil
		}
		k := min(n, d.buffered())
		out = append(out, d.buf[d.pos:d.pos+k]...)
		d.pos += k
		n -= k
	}
	return out
}

func (d *decoder) skip(n int) { d.raw(n) }

// ub reads a number of at most width bytes: its length, then itself, big endian.
func (d *decoder) ub(width int) uint64 {
	n := int(d.byte())
	negative := n&0x80 != 0
	n &= 0x7f
	if n > width || negative {
		d.fail("a number of %d bytes where at most %d can be", n, width)
		return 0
	}
	var u uint64
	for range n {
		u = u<<8 | uint64(d.byte())
	}
	return u
}

func (d *decoder) ub2() int { return int(d.ub(2)) }
func (d *decoder) ub4() int { return int(d.ub(4)) }
func (d *decoder) ub8() uint64 {
	return d.ub(8)
}

// sb reads a signed number, whose sign is the top bit of its length.
func (d *decoder) sb(width int) int64 {
	n := int(d.byte())
	negative := n&0x80 != 0
	if n &= 0x7f; n > width {
		d.fail("a number of %d bytes where at most %d can be", n, width)
		return 0
	}
	var u int64
	for range n {
		u = u<<8 | int64(d.byte())
	}
	if negative {
		return -u
	}
	return u
}

// count reads a UB4 that says how many things follow.
func (d *decoder) count(most int, what string) int {
	n := d.ub4()
	if n > most {
		d.fail("%d %s", n, what)
		return 0
	}
	return n
}

// ptr reads the flag that stands for a pointer of the client's: whether its target follows later on.
func (d *decoder) ptr() bool { return d.byte() != 0 }

const (
	clrNull  = 0xff
	clrLong  = 0xfe
	clrShort = 252 // the most bytes that fit behind a one byte length
)

// clr reads bytes with their length; nil is null (or empty, which is the same).
func (d *decoder) clr(most int) []byte {
	n := int(d.byte())
	switch {
	case d.err != nil || n == 0 || n == clrNull:
		return nil
	case n != clrLong:
		if n > most {
			d.fail("%d bytes where at most %d can be", n, most)
			return nil
		}
		return d.raw(n)
	}
	var out []byte
	for {
		n := d.ub4()
		if d.err != nil || n == 0 {
			return out
		}
		if n > most-len(out) {
			d.fail("more than %d bytes", most)
			return nil
		}
		piece := d.raw(n)
		if out == nil {
			out = piece // its capacity ends with it, so that append copies
		} else {
			out = append(out, piece...)
		}
	}
}

// dlc reads bytes with their length twice: a UB4, and if that is not 0 a clr.
func (d *decoder) dlc(most int) []byte {
	if d.count(most, "bytes") == 0 {
		return nil
	}
	return d.clr(most)
}

// pair reads a key, its value and its flag.
func (d *decoder) pair() (key, value string, flag int) {
	k := d.dlc(maxPairLen)
	v := d.dlc(maxPairLen)
	return string(k), string(v), d.ub4()
}
