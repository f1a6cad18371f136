package engine

import (
	"bytes"
	"math"
	"slices"
	"strings"

	"landfall/internal/orasim/value/charset"
	"landfall/internal/orasim/value/datetime"
	"landfall/internal/orasim/value/number"
)

// edgesOf are the ends of a type, and values that are easy to get wrong (SQL Language Reference, "Data Types"): as they are stored, within what check
// constraints allow.
func edgesOf(t typ, l columnLimit, set *charset.Set) [][]byte {
	switch t.kind {
	case kNumber:
		return numberEdges(t, l)
	case kVarchar, kChar:
		return textEdges(t, set)
	case kLong, kClob:
		list := [][]byte{[]byte("x"), []byte(" leading, trailing "), []byte("line\r\nline\ttab"), bytes.Repeat([]byte("é"), 2000), bytes.Repeat([]byte("😀"), 9000), []byte(strings.Repeat("0123456789", 10000))}
		if t.kind == kClob {
			list = append(list, []byte{}) // EMPTY_CLOB(), which is not NULL
		}
		for i := range list {
			list[i] = heldEdge(string(list[i]), t, set)
		}
		return list
	case kBlob, kLongRaw, kRaw:
		size := 100_000
		if t.kind == kRaw {
			size = t.size
		}
		all := make([]byte, min(size, 256))
		for i := range all {
			all[i] = byte(i)
		}
		list := [][]byte{{0}, {0xff}, all, bytes.Repeat([]byte{0}, size), bytes.Repeat([]byte{0xff}, size)}
		if t.kind == kBlob {
			list = append(list, []byte{})
		}
		return list
	case kDate, kTimestamp, kZoned, kLocal:
		return dateEdges(t)
	case kMonths:
		most := power10(t.prec)*12 - 1
		return [][]byte{datetime.Months(most).Bytes(), datetime.Months(-most).Bytes(), datetime.Months(0).Bytes(), datetime.Months(-1).Bytes()}
	case kSpan:
		most := int64(power10(t.prec) - 1)
		nanos := int64(1_000_000_000 - power10(9-t.scale))
		return [][]byte{
			datetime.Span{Days: most, Seconds: 86399, Nanos: nanos}.Bytes(), datetime.Span{Days: -most, Seconds: -86399, Nanos: -nanos}.Bytes(), datetime.Span{}.Bytes(),
			datetime.Span{Nanos: -int64(power10(9 - t.scale))}.Bytes(),
		}
	case kFloat:
		return [][]byte{
			encodeFloat(math.MaxFloat32), encodeFloat(-math.MaxFloat32), encodeFloat(math.SmallestNonzeroFloat32), encodeFloat(0), encodeFloat(float32(math.Inf(1))), encodeFloat(float32(math.Inf(-1))),
			encodeFloat(float32(math.NaN())), encodeFloat(0.1),
		}
	case kDouble:
		return [][]byte{
			encodeDouble(math.MaxFloat64), encodeDouble(-math.MaxFloat64), encodeDouble(math.SmallestNonzeroFloat64), encodeDouble(0), encodeDouble(math.Inf(1)), encodeDouble(math.Inf(-1)), encodeDouble(math.NaN()),
			encodeDouble(0.1),
		}
	case kXML:
		return [][]byte{[]byte("<a/>"), []byte("<?xml version=\"1.0\"?>\n<é x=\"1 &lt; 2\">😀<![CDATA[<b>]]></é>"), []byte("<r>" + strings.Repeat("<i>x</i>", 5000) + "</r>")}
	}
	return nil
}

func power10(n int) int {
	r := 1
	for range n {
		r *= 10
	}
	return r
}

func numberEdges(t typ, l columnLimit) [][]byte {
	var list []num
	add := func(neg bool, digits string, exp int) {
		if n, err := number.FromDecimal(neg, digits, exp); err == nil {
			list = append(list, n)
		}
	}
	if t.prec == 0 || t.float {
		add(false, "1", 125)
		add(true, "1", 125)
		add(false, "1", -130)
		add(true, "1", -130)
		add(false, strings.Repeat("9", 38), 37)
		add(true, strings.Repeat("9", 38), 37)
		add(false, strings.Repeat("3", 38), -1)
		add(false, strings.Repeat("9", 40), 125)
	} else {
		add(false, strings.Repeat("9", t.prec), t.prec-t.scale-1) // 10^(p-s) - 10^-s
		add(true, strings.Repeat("9", t.prec), t.prec-t.scale-1)
		add(false, "1", -t.scale)
		add(true, "1", -t.scale)
	}
	list = append(list, number.FromInt(0), number.FromInt(1), number.FromInt(-1))
	var out [][]byte
	for _, n := range list {
		if (l.low == nil || n.Cmp(*l.low) >= 0) && (l.high == nil || n.Cmp(*l.high) <= 0) {
			out = append(out, n.Bytes())
		}
	}
	return out
}

// textEdges are texts of full length, in characters of one byte and of four, and characters that formats stumble over.
func textEdges(t typ, set *charset.Set) [][]byte {
	var out [][]byte
	has := func(s string) bool { // what the character set does not have is no edge
		return t.national || set.Identity() || !slices.ContainsFunc([]rune(s), func(r rune) bool { return !set.Says(r) })
	}
	room := 4000
	if t.size > 4000 {
		room = 32767
	}
	for _, s := range []string{"x", " ", "a\tb\r\nc", `'"\,;`, "\\N", "\\.", "é", "中文", "😀", "e\u0301", "\uFEFF", "NULL", " x "} {
		if !has(s) {
			continue
		}
		if held := heldEdge(s, t, set); textLength(held, t, set) <= t.size {
			out = append(out, held)
		}
	}
	for _, one := range []string{"Z", "\u00e9", "\u4e2d", "\U0001F600"} {
		if !has(one) {
			continue
		}
		held := heldEdge(one, t, set)
		n, bytesOfOne := t.size, set.Len(held)
		switch {
		case !t.charSem && !t.national:
			n /= bytesOfOne
		case !t.national:
			n /= runeCount(held)
		case len(one) == 4:
			n /= 2
		}
		n = min(n, room/bytesOfOne)
		if n > 0 {
			out = append(out, bytes.Repeat(held, n))
		}
	}
	return out
}

// heldEdge is text as a column holds it.
func heldEdge(s string, t typ, set *charset.Set) []byte {
	if t.national {
		return []byte(s)
	}
	return set.Admit([]byte(s))
}

func dateEdges(t typ) [][]byte {
	most := 1_000_000_000 - power10(9-t.scale)
	least := power10(9 - t.scale)
	if t.kind == kDate || t.scale == 0 {
		most, least = 0, 0
	}
	day := func(y, m, d, h, mi, s, n int) datetime.Time {
		return datetime.Time{Year: y, Month: m, Day: d, Hour: h, Minute: mi, Second: s, Nano: n}
	}
	list := []datetime.Time{
		day(9999, 12, 31, 23, 59, 59, most), day(1, 1, 1, 0, 0, 0, 0), day(1, 1, 1, 0, 0, 0, least), day(1582, 10, 4, 23, 59, 59, 0), day(1582, 10, 15, 0, 0, 0, 0),
		day(1969, 12, 31, 23, 59, 59, most), day(1970, 1, 1, 0, 0, 0, 0), day(2000, 2, 29, 12, 0, 0, least), day(2016, 12, 31, 23, 59, 59, most), day(-4712, 1, 1, 0, 0, 0, 0), day(-1, 12, 31, 23, 59, 59, 0),
	}
	var out [][]byte
	for i, d := range list {
		switch t.kind {
		case kDate:
			out = append(out, d.Date())
		case kZoned:
			if d.Year < 1 {
				continue // an instant before year 1 has no zone arithmetic here
			}
			out = append(out, d.Zoned([]int{0, 0, 0, 345, -720, 840}[i%6]))
		default:
			out = append(out, d.Timestamp())
		}
	}
	return out
}
