package value

import (
	"encoding/binary"
	"math"
	"strconv"
	"unsafe"

	ora "landfall/internal/oracle/value"
)

// Signs of numeric, and the display scale that numeric_send gives infinities.
const (
	numericNegative = 0x4000
	numericNaN      = 0xc000
	numericInf      = 0xd000
	numericNegInf   = 0xf000
	infiniteScale   = 32
)

// appendNumeric writes numeric: the digits to base 10000, without zeros at either end, and the display scale of the
// column, or of the number where the column has none. numeric_recv drops digits behind the display scale without a word, so it
// is never smaller than the number's own.
func appendNumeric(e *Encoder, c *column, dst, src []byte) ([]byte, Fault) {
	n := &e.number
	if err := n.Decode(src); err != nil {
		return dst, e.bad(err)
	}
	return e.appendDecimal(c, dst, n)
}

func (e *Encoder) appendDecimal(c *column, dst []byte, n *ora.Decimal) ([]byte, Fault) {
	if n.Inf {
		return appendInfinite(c, dst, n.Neg)
	}
	scale := n.Fraction()
	if c.sized {
		if scale > c.scale {
			if fault := e.cut(c, n, c.scale); fault != NoFault {
				return dst, fault
			}
		}
		if n.Len > 0 && n.Whole() > c.precision-c.scale {
			return dst, Overflow
		}
		scale = c.scale
	}
	scale = max(scale, 0)
	if n.Len == 0 {
		return append(dst, 0, 0, 0, 0, 0, 0, byte(scale>>8), byte(scale)), NoFault
	}
	half := n.Exp&1 ^ 1 // the first digit to base 10000 has only one of base 100
	count := (n.Len + half + 1) / 2
	sign := 0
	if n.Neg {
		sign = numericNegative
	}
	weight := n.Exp >> 1
	dst = append(dst, byte(count>>8), byte(count), byte(weight>>8), byte(weight), byte(sign>>8), byte(sign), byte(scale>>8), byte(scale))
	i := 0
	if half == 1 {
		dst = append(dst, 0, n.Digits[0])
		i = 1
	}
	for ; i+1 < n.Len; i += 2 {
		d := int(n.Digits[i])*100 + int(n.Digits[i+1])
		dst = append(dst, byte(d>>8), byte(d))
	}
	if i < n.Len {
		d := int(n.Digits[i]) * 100
		dst = append(dst, byte(d>>8), byte(d))
	}
	return dst, NoFault
}

func appendInfinite(c *column, dst []byte, neg bool) ([]byte, Fault) {
	if c.sized { // numeric(p,s) has no infinity
		return dst, Infinite
	}
	sign := numericInf
	if neg {
		sign = numericNegInf
	}
	return append(dst, 0, 0, 0, 0, byte(sign>>8), byte(sign), 0, infiniteScale), NoFault
}

// cut takes digits behind scale off a number, where the policy lets it.
func (e *Encoder) cut(c *column, n *ora.Decimal, scale int) Fault {
	switch c.Policy.Action(Fraction) {
	case Round:
		n.Round(scale)
	case Truncate:
		n.Truncate(scale)
	default:
		return Fraction
	}
	e.mark(c, Fraction)
	return NoFault
}

// appendInteger writes int2, int4 or int8.
func appendInteger(e *Encoder, c *column, dst, src []byte) ([]byte, Fault) {
	n := &e.number
	if err := n.Decode(src); err != nil {
		return dst, e.bad(err)
	}
	if n.Fraction() > 0 && !n.Inf {
		if fault := e.cut(c, n, 0); fault != NoFault {
			return dst, fault
		}
	}
	v, err := n.Int64()
	switch {
	case n.Inf:
		return dst, Infinite
	case err != nil:
		return dst, Overflow
	}
	return c.appendInt(dst, v)
}

// appendInt writes an integer of the column's size.
func (c *column) appendInt(dst []byte, v int64) ([]byte, Fault) {
	if v < c.low || v > c.high {
		return dst, Overflow
	}
	switch c.bits {
	case 16:
		return binary.BigEndian.AppendUint16(dst, uint16(v)), NoFault
	case 32:
		return binary.BigEndian.AppendUint32(dst, uint32(v)), NoFault
	}
	return binary.BigEndian.AppendUint64(dst, uint64(v)), NoFault
}

// appendNumberText writes a NUMBER as PostgreSQL would print it as numeric.
func appendNumberText(e *Encoder, c *column, dst, src []byte) ([]byte, Fault) {
	if err := e.number.Decode(src); err != nil {
		return dst, e.bad(err)
	}
	at := len(dst)
	dst = e.number.AppendText(dst)
	if c.limit > 0 && len(dst)-at > c.limit {
		return dst, TooLong
	}
	return dst, NoFault
}

// appendNumberDouble writes the float8 that is nearest; a number that it does not hold exactly has a Fraction fault, unless
// the policy lets it round.
func appendNumberDouble(e *Encoder, c *column, dst, src []byte) ([]byte, Fault) {
	n := &e.number
	if err := n.Decode(src); err != nil {
		return dst, e.bad(err)
	}
	if n.Inf {
		f := math.Inf(1)
		if n.Neg {
			f = math.Inf(-1)
		}
		return binary.BigEndian.AppendUint64(dst, math.Float64bits(f)), NoFault
	}
	e.scratch = n.AppendText(e.scratch[:0])
	length := len(e.scratch)
	f, err := strconv.ParseFloat(unsafe.String(&e.scratch[0], length), 64) // it keeps nothing of the text
	if err != nil {
		return dst, Overflow
	}
	// the shortest text of f names f; where it is not the number's, digits were lost
	e.scratch = strconv.AppendFloat(e.scratch, f, 'f', -1, 64)
	if string(e.scratch[:length]) != string(e.scratch[length:]) {
		if c.Policy.Action(Fraction) != Round {
			return dst, Fraction
		}
		e.mark(c, Fraction)
	}
	return binary.BigEndian.AppendUint64(dst, math.Float64bits(f)), NoFault
}
