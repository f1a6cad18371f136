package value

import (
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"math"
	"math/big"
	"strconv"
	"strings"
	"time"
)

// AppendValueText writes a field of a tuple that COPY TO has sent, in the form in which internal/oracle/value writes values as
// text. It shares nothing with the encoder: it works with math/big and package time, slowly, so that a fault of one is
// none of the other. Composite values and arrays have no such text.
func AppendValueText(dst []byte, t Target, field []byte) ([]byte, error) {
	short := func(n int) bool { return len(field) != n }
	switch k := t.kind(); k {
	case kindNumeric:
		return numericText(dst, field)
	case kindInt2, kindInt4, kindInt8:
		if short(map[kind]int{kindInt2: 2, kindInt4: 4, kindInt8: 8}[k]) {
			return dst, ErrStream
		}
		n := new(big.Int).SetBytes(field)
		if field[0]&0x80 != 0 {
			n.Sub(n, new(big.Int).Lsh(big.NewInt(1), uint(8*len(field))))
		}
		return n.Append(dst, 10), nil
	case kindFloat4:
		if short(4) {
			return dst, ErrStream
		}
		return strconv.AppendFloat(dst, float64(math.Float32frombits(binary.BigEndian.Uint32(field))), 'g', -1, 32), nil
	case kindFloat8:
		if short(8) {
			return dst, ErrStream
		}
		return strconv.AppendFloat(dst, math.Float64frombits(binary.BigEndian.Uint64(field)), 'g', -1, 64), nil
	case kindText, kindVarchar, kindVarcharBytes, kindJSON, kindXML:
		return append(dst, field...), nil
	case kindChar:
		return append(dst, strings.TrimRight(string(field), " ")...), nil
	case kindJSONB:
		if len(field) == 0 || field[0] != 1 {
			return dst, ErrStream
		}
		return append(dst, field[1:]...), nil
	case kindBytea, kindUUID:
		return append(dst, strings.ToUpper(hex.EncodeToString(field))...), nil
	case kindBoolean:
		if short(1) {
			return dst, ErrStream
		}
		return strconv.AppendBool(dst, field[0] != 0), nil
	case kindTimestamp, kindTimestampTZ:
		if short(8) {
			return dst, ErrStream
		}
		return append(dst, timeText(int64(binary.BigEndian.Uint64(field)))...), nil
	case kindDate:
		if short(4) {
			return dst, ErrStream
		}
		return append(dst, timeText(int64(int32(binary.BigEndian.Uint32(field)))*24*3600*1e6)...), nil
	case kindInterval:
		if short(16) {
			return dst, ErrStream
		}
		return intervalText(dst, field)
	}
	return dst, fmt.Errorf("values of type %s have no text to compare", t)
}

// timeText is a time of microseconds since 2000-01-01.
func timeText(micros int64) string {
	switch micros {
	case math.MaxInt64:
		return "infinity"
	case math.MinInt64:
		return "-infinity"
	}
	seconds, rest := micros/1e6, micros%1e6
	at := time.Unix(time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC).Unix()+seconds, rest*1000).UTC()
	year, sign := at.Year(), ""
	if year < 1 { // package time has a year 0, as PostgreSQL counts, and Oracle has none
		year, sign = 1-year, "-"
	}
	s := fmt.Sprintf("%s%04d-%s", sign, year, at.Format("01-02 15:04:05.000000"))
	return strings.TrimSuffix(strings.TrimRight(s, "0"), ".")
}

func intervalParts(field []byte) (micros, days, months int64) {
	return int64(binary.BigEndian.Uint64(field)), int64(int32(binary.BigEndian.Uint32(field[8:]))), int64(int32(binary.BigEndian.Uint32(field[12:])))
}

func intervalText(dst, field []byte) ([]byte, error) {
	micros, days, months := intervalParts(field)
	sign := "+"
	if micros < 0 || days < 0 || months < 0 {
		sign, micros, days, months = "-", -micros, -days, -months
	}
	switch {
	case micros < 0 || days < 0 || months < 0 || months != 0 && (micros != 0 || days != 0):
		return dst, fmt.Errorf("an interval of %d months, %d days and %d microseconds is none of Oracle's", months, days, micros)
	case months != 0:
		return fmt.Appendf(dst, "%s%d-%02d", sign, months/12, months%12), nil
	}
	clock := time.Unix(0, 0).UTC().Add(time.Duration(micros) * time.Microsecond).Format("15:04:05.000000")
	return fmt.Appendf(dst, "%s%d %s", sign, days, strings.TrimSuffix(strings.TrimRight(clock, "0"), ".")), nil
}

// numericText adds up the digits to base 10000.
func numericText(dst, field []byte) ([]byte, error) {
	if len(field) < 8 {
		return dst, ErrStream
	}
	n, weight, sign := int(binary.BigEndian.Uint16(field)), int(int16(binary.BigEndian.Uint16(field[2:]))), binary.BigEndian.Uint16(field[4:])
	if len(field) != 8+2*n {
		return dst, ErrStream
	}
	switch sign {
	case 0xc000:
		return append(dst, "NaN"...), nil
	case 0xd000:
		return append(dst, "Infinity"...), nil
	case 0xf000:
		return append(dst, "-Infinity"...), nil
	}
	all := new(big.Int)
	for i := range n {
		all.Mul(all, big.NewInt(10000))
		all.Add(all, big.NewInt(int64(binary.BigEndian.Uint16(field[8+2*i:]))))
	}
	r := new(big.Rat).SetInt(all)
	scale := new(big.Int).Exp(big.NewInt(10000), big.NewInt(int64(max(weight-n+1, n-1-weight))), nil)
	if weight-n+1 >= 0 {
		r.Mul(r, new(big.Rat).SetInt(scale))
	} else {
		r.Quo(r, new(big.Rat).SetInt(scale))
	}
	if sign == 0x4000 {
		r.Neg(r)
	}
	s := r.FloatString(4 * max(0, n-1-weight))
	if strings.Contains(s, ".") {
		s = strings.TrimSuffix(strings.TrimRight(s, "0"), ".")
	}
	return append(dst, s...), nil
}
