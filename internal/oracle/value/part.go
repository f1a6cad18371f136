package value

import (
	"encoding/binary"
	"encoding/hex"
	"math"
	"strings"
)

// AppendPart appends the bytes of a scalar that is part of an object, from the text that it travels as: numbers as TO_CHAR(x, 'TM9') makes
// them, where ~ is infinite; dates as SYYYY-MM-DD HH24:MI:SS[.FF9][ TZH:TZM]; intervals as TO_CHAR makes them; RAW in hex; BINARY_FLOAT and
// BINARY_DOUBLE as the hex digits of their IEEE 754 form; texts as they are.
func AppendPart(dst []byte, c Column, text string) ([]byte, error) {
	switch c.Type {
	case Raw:
		b, err := hex.DecodeString(text)
		if err != nil {
			return dst, ErrDriver
		}
		return append(dst, b...), nil
	case BinaryFloat, BinaryDouble:
		b, err := hex.DecodeString(text)
		switch {
		case err == nil && c.Type == BinaryFloat && len(b) == 4:
			return AppendFloat(dst, math.Float32frombits(binary.BigEndian.Uint32(b))), nil
		case err == nil && c.Type == BinaryDouble && len(b) == 8:
			return AppendDouble(dst, math.Float64frombits(binary.BigEndian.Uint64(b))), nil
		}
		return dst, ErrDriver
	case Number:
		switch text = strings.TrimSpace(text); text {
		case "~":
			return append(dst, 0xff, 0x65), nil
		case "-~":
			return append(dst, 0), nil
		}
	case Date, Timestamp, TimestampTZ:
		text = strings.TrimPrefix(text, " ")
	}
	return AppendText(dst, c, text)
}
