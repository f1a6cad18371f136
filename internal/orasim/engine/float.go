package engine

import (
	"encoding/binary"
	"math"
	"strconv"
	"strings"

	"landfall/internal/oracle/syntax/ast"
)

// Binary floats travel as big endian IEEE bits whose order is that of the numbers: the sign bit set when positive, all
// bits inverted when negative.

func init() {
	constant := func(t typ, v []byte) builtin {
		return builtin{0, 0, true, func(*compiler, ast.Node, []expr) (expr, error) { return fixed(t, v), nil }}
	}
	register(map[string]builtin{
		"BINARY_FLOAT_INFINITY":  constant(tFloat, encodeFloat(float32(math.Inf(1)))),
		"BINARY_FLOAT_NAN":       constant(tFloat, encodeFloat(float32(math.NaN()))),
		"BINARY_DOUBLE_INFINITY": constant(tDouble, encodeDouble(math.Inf(1))),
		"BINARY_DOUBLE_NAN":      constant(tDouble, encodeDouble(math.NaN())),
	})
}

func encodeDouble(f float64) []byte {
	if f == 0 {
		f = 0 // no negative zero
	}
	if math.IsNaN(f) {
		f = math.NaN()
	}
	u := math.Float64bits(f)
	if u>>63 == 0 {
		u |= 1 << 63
	} else {
		u = ^u
	}
	return binary.BigEndian.AppendUint64(nil, u)
}

func decodeDouble(b []byte) float64 {
	if len(b) != 8 {
		return math.NaN()
	}
	u := binary.BigEndian.Uint64(b)
	if u>>63 == 1 {
		u &^= 1 << 63
	} else {
		u = ^u
	}
	return math.Float64frombits(u)
}

func encodeFloat(f float32) []byte {
	if f == 0 {
		f = 0
	}
	if f != f {
		f = float32(math.NaN())
	}
	u := math.Float32bits(f)
	if u>>31 == 0 {
		u |= 1 << 31
	} else {
		u = ^u
	}
	return binary.BigEndian.AppendUint32(nil, u)
}

func decodeFloat(b []byte) float32 {
	if len(b) != 4 {
		return float32(math.NaN())
	}
	u := binary.BigEndian.Uint32(b)
	if u>>31 == 1 {
		u &^= 1 << 31
	} else {
		u = ^u
	}
	return math.Float32frombits(u)
}

// floatText is TO_CHAR of a binary float without a format: scientific with as many digits as tell the number from
// its neighbours.
func floatText(f float64, bits int) string {
	switch {
	case math.IsNaN(f):
		return "Nan"
	case math.IsInf(f, 1):
		return "Inf"
	case math.IsInf(f, -1):
		return "-Inf"
	case f == 0:
		return "0"
	}
	digits := 17
	if bits == 32 {
		digits = 9
	}
	s := strconv.FormatFloat(f, 'E', digits-1, bits)
	mant, exp, _ := strings.Cut(s, "E")
	if mant = strings.TrimRight(mant, "0"); strings.HasSuffix(mant, ".") {
		mant += "0"
	}
	sign := exp[:1]
	exp = strings.TrimLeft(exp[1:], "0")
	for len(exp) < 3 {
		exp = "0" + exp
	}
	return mant + "E" + sign + exp
}
