package value

import (
	"encoding/binary"
	"math"
)

// DecodeDouble reads a BINARY_DOUBLE as its IEEE bits.
func DecodeDouble(src []byte) (uint64, error) {
	if len(src) != 8 {
		return 0, ErrFloat
	}
	u := binary.BigEndian.Uint64(src)
	if u>>63 != 0 {
		return u &^ (1 << 63), nil
	}
	return ^u, nil
}

// DecodeFloat reads a BINARY_FLOAT as its IEEE bits.
func DecodeFloat(src []byte) (uint32, error) {
	if len(src) != 4 {
		return 0, ErrFloat
	}
	u := binary.BigEndian.Uint32(src)
	if u>>31 != 0 {
		return u &^ (1 << 31), nil
	}
	return ^u, nil
}

// AppendDouble writes a BINARY_DOUBLE. Oracle has one NaN, and no negative zero.
func AppendDouble(dst []byte, f float64) []byte {
	u := math.Float64bits(f)
	if f != f {
		u = 0x7ff8000000000000
	} else if f == 0 {
		u = 0
	}
	if u>>63 == 0 {
		u |= 1 << 63
	} else {
		u = ^u
	}
	return binary.BigEndian.AppendUint64(dst, u)
}

// AppendFloat writes a BINARY_FLOAT, likewise.
func AppendFloat(dst []byte, f float32) []byte {
	u := math.Float32bits(f)
	if f != f {
		u = 0x7fc00000
	} else if f == 0 {
		u = 0
	}
	if u>>31 == 0 {
		u |= 1 << 31
	} else {
		u = ^u
	}
	return binary.BigEndian.AppendUint32(dst, u)
}
