package value

import (
	"encoding/binary"
	"math"
	"strconv"

	ora "landfall/internal/oracle/value"
)

// NaN as PostgreSQL's get_float8_nan makes it; Oracle's is the same number with other bits.
const (
	nan64 = 0x7ff8000000000000
	nan32 = 0x7fc00000
)

func appendDouble(e *Encoder, c *column, dst, src []byte) ([]byte, Fault) {
	u, err := ora.DecodeDouble(src)
	if err != nil {
		return dst, e.bad(err)
	}
	if f := math.Float64frombits(u); f != f {
		u = nan64
	}
	return binary.BigEndian.AppendUint64(dst, u), NoFault
}

func appendFloat(e *Encoder, c *column, dst, src []byte) ([]byte, Fault) {
	u, err := ora.DecodeFloat(src)
	if err != nil {
		return dst, e.bad(err)
	}
	if f := math.Float32frombits(u); f != f {
		u = nan32
	}
	return binary.BigEndian.AppendUint32(dst, u), NoFault
}

func appendFloatAsDouble(e *Encoder, c *column, dst, src []byte) ([]byte, Fault) {
	u, err := ora.DecodeFloat(src)
	if err != nil {
		return dst, e.bad(err)
	}
	f := float64(math.Float32frombits(u))
	if f != f {
		return binary.BigEndian.AppendUint64(dst, nan64), NoFault
	}
	return binary.BigEndian.AppendUint64(dst, math.Float64bits(f)), NoFault
}

// appendFloatNumeric writes a BINARY_FLOAT or BINARY_DOUBLE as numeric: the shortest decimal number that names it.
func appendFloatNumeric(e *Encoder, c *column, dst, src []byte) ([]byte, Fault) {
	var f float64
	width := 64
	if c.Source.Type == ora.BinaryFloat {
		u, err := ora.DecodeFloat(src)
		if err != nil {
			return dst, e.bad(err)
		}
		f, width = float64(math.Float32frombits(u)), 32
	} else {
		u, err := ora.DecodeDouble(src)
		if err != nil {
			return dst, e.bad(err)
		}
		f = math.Float64frombits(u)
	}
	switch {
	case f != f:
		return append(dst, 0, 0, 0, 0, numericNaN>>8, 0, 0, 0), NoFault
	case math.IsInf(f, 0):
		return appendInfinite(c, dst, f < 0)
	}
	e.scratch = strconv.AppendFloat(e.scratch[:0], f, 'e', -1, width)
	n := len(e.scratch)
	var err error
	if e.scratch, err = ora.AppendNumber(e.scratch, e.scratch[:n]); err != nil {
		return dst, Overflow // beyond NUMBER's exponents, which are all that is written here
	}
	if err = e.number.Decode(e.scratch[n:]); err != nil {
		return dst, e.bad(err)
	}
	return e.appendDecimal(c, dst, &e.number)
}
