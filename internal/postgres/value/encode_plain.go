package value

import (
	"bytes"
	"encoding/binary"
	"math"
	"slices"
	"unicode/utf8"

	ora "landfall/internal/oracle/value"
)

// shortWay says how a column's common values are encoded without all that the others need: NUMBERs that are positive and as the column has
// them, times of the Gregorian calendar, ASCII text within the limit. plain_test.go holds each to the long way.
type shortWay uint8

const (
	noShortWay shortWay = iota
	shortText           // of c.least to c.most bytes
	shortNumber
	shortInteger
	shortTime
)

// chooseShort finds the short way of a column whose size is known.
func (c *column) chooseShort(k kind) {
	src := c.Source.Type
	switch {
	case k == kindNumeric && src == ora.Number && c.sized:
		c.short = shortNumber
	case c.bits > 0 && src == ora.Number:
		c.short = shortInteger
	case k == kindTimestamp:
		c.short = shortTime
	case k == kindChar && c.limit > 0: // shorter ones need blanks
		c.short, c.least, c.most = shortText, c.limit, c.limit
	case (k == kindVarchar || k == kindVarcharBytes) && c.limit > 0 && src == ora.Varchar2:
		c.short, c.least, c.most = shortText, 1, c.limit
	case (k == kindText || k == kindVarchar || k == kindVarcharBytes) && src == ora.Varchar2:
		c.short, c.least, c.most = shortText, 1, math.MaxInt16
	}
}

// plainRoom is what any short way but that of text writes at most: the length of a field, the head of a numeric and its digits.
const plainRoom = 4 + 8 + 2*12

// appendPlain appends a field, its length first, where the column's short way takes the value; else it reports false and dst is as it was.
func (c *column) appendPlain(dst, src []byte) ([]byte, bool) {
	switch c.short {
	case shortText:
		if len(src) < c.least || len(src) > c.most {
			return dst, false
		}
		at := len(dst)
		dst = slices.Grow(dst, 4+len(src))[:at+4+len(src)]
		binary.BigEndian.PutUint32(dst[at:], uint32(len(src)))
		if !copyPlain(dst[at+4:], src) && (c.least == c.most || !utf8.Valid(src) || bytes.IndexByte(src, 0) >= 0) {
			return dst[:at], false // c.most counts characters, so that text of no more bytes fits; what is to be padded need not be long enough
		}
		return dst, true
	case shortNumber:
		at := len(dst)
		dst = slices.Grow(dst, plainRoom)
		n := c.plainNumeric((*[plainRoom]byte)(dst[at:at+plainRoom]), src)
		return dst[:at+n], n > 0
	case shortInteger:
		v, ok := plainInteger(src)
		if !ok || v < c.low || v > c.high {
			return dst, false
		}
		switch c.bits {
		case 16:
			return binary.BigEndian.AppendUint16(append(dst, 0, 0, 0, 2), uint16(v)), true
		case 32:
			return binary.BigEndian.AppendUint32(append(dst, 0, 0, 0, 4), uint32(v)), true
		}
		return binary.BigEndian.AppendUint64(append(dst, 0, 0, 0, 8), uint64(v)), true
	case shortTime:
		v, ok := plainInstant(c, src)
		if !ok {
			return dst, false
		}
		return binary.BigEndian.AppendUint64(append(dst, 0, 0, 0, 8), uint64(v)), true
	}
	return dst, false
}

// copyPlain copies text and reports whether it is ASCII without zeros, as nearly all is. dst is as long as src.
func copyPlain(dst, src []byte) bool {
	var bad uint64 // a high bit in it is a byte that had one, or was 0
	n := len(src)
	switch {
	case n >= 8:
		from, to := src, dst
		for len(from) > 32 && len(to) > 32 {
			w, x, y, z := binary.LittleEndian.Uint64(from), binary.LittleEndian.Uint64(from[8:]), binary.LittleEndian.Uint64(from[16:]), binary.LittleEndian.Uint64(from[24:])
			bad |= w | x | y | z | (w - lowBits) | (x - lowBits) | (y - lowBits) | (z - lowBits)
			binary.LittleEndian.PutUint64(to, w)
			binary.LittleEndian.PutUint64(to[8:], x)
			binary.LittleEndian.PutUint64(to[16:], y)
			binary.LittleEndian.PutUint64(to[24:], z)
			from, to = from[32:], to[32:]
		}
		for len(from) > 8 && len(to) > 8 {
			w := binary.LittleEndian.Uint64(from)
			bad |= w | (w - lowBits)
			binary.LittleEndian.PutUint64(to, w)
			from, to = from[8:], to[8:]
		}
		w := binary.LittleEndian.Uint64(src[n-8:])
		bad |= w | (w - lowBits)
		binary.LittleEndian.PutUint64(dst[n-8:], w)
	case n >= 4:
		w, x := uint64(binary.LittleEndian.Uint32(src)), uint64(binary.LittleEndian.Uint32(src[n-4:]))
		binary.LittleEndian.PutUint32(dst, uint32(w))
		binary.LittleEndian.PutUint32(dst[n-4:], uint32(x))
		w |= x << 32
		bad = w | (w - lowBits)
	default:
		for i, b := range src {
			bad |= uint64(b) | (uint64(b) - 1)
			dst[i] = b
		}
	}
	return bad&highBits == 0
}

// plainNumeric writes a field of numeric and gives its size with its length; 0 where src is not as plain as that.
func (c *column) plainNumeric(dst *[plainRoom]byte, src []byte) int {
	if len(src) < 2 || len(src) > 21 || src[0] < 0x80 {
		return 0
	}
	digits, exp := src[1:], int(src[0])-193 // digits to base 100, one more than they are
	first, last := digits[0], digits[len(digits)-1]
	whole, fraction := 2*exp+1, 2*(len(digits)-1-exp)
	if first > 10 {
		whole++
	}
	if (last-1)%10 == 0 {
		fraction--
	}
	if first < 2 || last < 2 || fraction > c.scale || whole > c.precision-c.scale {
		return 0
	}
	weight, scale := exp>>1, max(c.scale, 0)
	half := exp&1 ^ 1 // the first digit to base 10000 has only one of base 100
	count := (len(digits) + half + 1) / 2
	binary.BigEndian.PutUint32(dst[:], uint32(8+2*count))
	binary.BigEndian.PutUint64(dst[4:], uint64(count)<<48|uint64(uint16(weight))<<32|uint64(scale)) // the sign is 0
	at := 12
	if half == 1 {
		if first > 100 {
			return 0
		}
		dst[at], dst[at+1] = 0, first-1
		at += 2
		digits = digits[1:]
	}
	for len(digits) > 1 && at < plainRoom-1 {
		hi, lo := digits[0]-1, digits[1]-1
		if hi > 99 || lo > 99 {
			return 0
		}
		binary.BigEndian.PutUint16(dst[at:], uint16(hi)*100+uint16(lo))
		at += 2
		digits = digits[2:]
	}
	if len(digits) > 0 && at < plainRoom-1 {
		if last > 100 {
			return 0
		}
		binary.BigEndian.PutUint16(dst[at:], uint16(last-1)*100)
		at += 2
	}
	return at
}

// plainInteger is the value of a NUMBER that is what most keys are: positive, whole and of no more than 18 digits. It reports whether src
// is one.
func plainInteger(src []byte) (v int64, ok bool) {
	if len(src) < 2 || src[0] < 0xc1 || src[0] > 0xc9 || len(src)-1 > int(src[0])-0xc0 || src[1] < 2 || src[len(src)-1] < 2 {
		return 0, false
	}
	for _, d := range src[1:] {
		if d-1 > 99 {
			return 0, false
		}
		v = v*100 + int64(d-1)
	}
	for range int(src[0]) - 0xc0 - (len(src) - 1) {
		v *= 100
	}
	return v, true
}
