package tns_test

import (
	"encoding/binary"
	"fmt"
	"math"
	"strings"
	"time"
	"unicode/utf16"

	"landfall/internal/orasim/session"
)

// num makes the bytes of a NUMBER of decimal text such as "-12.5" or "1e125".
func num(s string) []byte {
	negative := strings.HasPrefix(s, "-")
	s = strings.TrimPrefix(s, "-")
	exp := 0
	if m, e, ok := strings.Cut(s, "e"); ok {
		s = m
		fmt.Sscan(e, &exp)
	}
	whole, frac, _ := strings.Cut(s, ".")
	digits := whole + frac
	point := len(whole) + exp // of the decimal point, in digits
	for strings.HasPrefix(digits, "0") {
		digits = digits[1:]
		point--
	}
	digits = strings.TrimRight(digits, "0")
	if digits == "" {
		return []byte{0x80}
	}
	if point%2 != 0 {
		digits = "0" + digits
		point++
	}
	if len(digits)%2 != 0 {
		digits += "0"
	}
	out := []byte{byte(192 + point/2)}
	for i := 0; i < len(digits); i += 2 {
		d := (digits[i]-'0')*10 + digits[i+1] - '0'
		if negative {
			d = 100 - d
		}
		out = append(out, d+1)
	}
	if negative {
		out[0] = ^out[0]
		if len(out) < 21 {
			out = append(out, 102)
		}
	}
	return out
}

func date(year, month, day, hour, minute, second int) []byte {
	return []byte{byte(year/100 + 100), byte(year%100 + 100), byte(month), byte(day), byte(hour + 1), byte(minute + 1), byte(second + 1)}
}

func timestamp(b []byte, nano int) []byte {
	return binary.BigEndian.AppendUint32(b[:7:7], uint32(nano))
}

// zoned makes a TIMESTAMP WITH TIME ZONE of an instant and an offset in minutes.
func zoned(t time.Time, minutes int) []byte {
	t = t.UTC()
	b := timestamp(date(t.Year(), int(t.Month()), t.Day(), t.Hour(), t.Minute(), t.Second()), t.Nanosecond())
	return append(b, byte(minutes/60+20), byte(minutes%60+60))
}

func binaryDouble(f float64) []byte {
	u := math.Float64bits(f)
	if u>>63 == 0 {
		u |= 1 << 63
	} else {
		u = ^u
	}
	return binary.BigEndian.AppendUint64(nil, u)
}

func binaryFloat(f float32) []byte {
	u := math.Float32bits(f)
	if u>>31 == 0 {
		u |= 1 << 31
	} else {
		u = ^u
	}
	return binary.BigEndian.AppendUint32(nil, u)
}

func yearMonth(years, months int) []byte {
	return append(binary.BigEndian.AppendUint32(nil, uint32(int64(years)+1<<31)), byte(months+60))
}

func daySecond(days, h, m, s, nano int) []byte {
	b := binary.BigEndian.AppendUint32(nil, uint32(int64(days)+1<<31))
	b = append(b, byte(h+60), byte(m+60), byte(s+60))
	return binary.BigEndian.AppendUint32(b, uint32(int64(nano)+1<<31))
}

func rowID(object uint32, file uint16, block uint32, row uint16) []byte {
	b := binary.BigEndian.AppendUint32([]byte{1}, object)
	b = binary.BigEndian.AppendUint16(b, file)
	b = binary.BigEndian.AppendUint32(b, block)
	return binary.BigEndian.AppendUint16(b, row)
}

func utf16be(s string) []byte {
	var b []byte
	for _, u := range utf16.Encode([]rune(s)) {
		b = binary.BigEndian.AppendUint16(b, u)
	}
	return b
}

func fromUTF16(b []byte) string {
	var u []uint16
	for ; len(b) >= 2; b = b[2:] {
		u = append(u, binary.BigEndian.Uint16(b))
	}
	return string(utf16.Decode(u))
}

func varchar(name string, size int) session.Column {
	return session.Column{Name: name, Type: session.Varchar2, Size: size, Chars: size, Nullable: true}
}

func number(name string, precision, scale int) session.Column {
	return session.Column{Name: name, Type: session.Number, Precision: precision, Scale: scale, Nullable: true}
}

func column(name string, t session.Type) session.Column {
	return session.Column{Name: name, Type: t, Nullable: true}
}

func hexOf(b []byte) string { return fmt.Sprintf("%x", b) }
